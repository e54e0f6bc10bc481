"""The page of one field, a part of its standards a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.figures import figures_of
from generator.catalogue.model import Field
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import ROWS, address_of, short_of
from generator.publishing.pages.cases import case_links, cases_of
from generator.publishing.pages.edition import Edition, Part, changed_on, latest, parts_of
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import field_about, in_brief, sharing
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The pages of each field."""
    for field in site.catalogue.fields:
        day = latest(map(changed_on, field.standards))
        for path, part in parts_of(address_of(field), field.standards, ROWS):

            def pages(field: Field = field, path: str = path, part: Part = part) -> list[Page]:
                return [_page(edition, field, path, part) for edition in site.editions.values()]

            is_first = part.number == 1
            short = short_of(field) if is_first else ""
            yield PageSet(path, "field", pages, day, field if is_first else None, short)


def _page(edition: Edition, field: Field, path: str, part: Part) -> Page:
    t, name, short = edition.labels, field.name[edition.language].words, short_of(field)
    values = {
        "about": escape(field_about(field, t)),
        "answer": _answer(edition, field),
        **(edition.sharing(path, short, sharing(field, t)) if part.number == 1 else {"share": None}),
        "opened_by": edition.link(path, field.opened_by) if field.opened_by else None,
        "opened_on": edition.when(field.opened_by) if field.opened_by else "",
        "named_by": edition.wording(field.named_by),
        "rows": edition.rows(path, part.standards),
        "titles_note": edition.titles_note(part.standards),
        "parts": edition.parts(path, part),
        "is_assigned_here": any(
            place.is_assigned_here for one in field.standards for place in one.fields if place.field is field
        ),
        "names": edition.names(field.name),
        "also_called": edition.other_names(field.also_called),
        "cases": case_links(edition, path, list(dict.fromkeys((*field.cases, *cases_of(field.standards))))),
        **edition.events(path, field.events),
        "sources": edition.sources(field.sources),
    }
    title = edition.numbered(t("field_title", name=name), part)
    description = t("message_field", name=name, recorded=in_brief(field, t))
    linked = (json_ld.field(field, edition.language, address_of(field), short),)
    subject = Subject("fields", name, field.record, short if part.number == 1 else "", linked)
    return edition.page("field", path, title, description, values, subject)


def _answer(edition: Edition, field: Field) -> dict[str, object]:
    """How many standards of `field` are recorded, where the rest is."""
    figures = figures_of(edition.catalogue)
    if count := len(field.standards):
        first, sentence = edition.say("recorded_here", count=count), edition.say("field_total_not_stated")
    else:
        first = edition.say("field_none_recorded", recorded=figures.recorded)
        sentence = edition.say("field_none_recorded_rest", announced=figures.announced)
    return {"first": first, "sentence": sentence, "go": edition.platform()}
