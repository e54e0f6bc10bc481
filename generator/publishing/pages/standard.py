"""The page of one standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue.languages import HTML_LANG
from generator.catalogue.model import Standard
from generator.publishing.pages import citations, json_ld
from generator.publishing.pages.addresses import address_of, relative_link, short_of
from generator.publishing.pages.cases import case_links
from generator.publishing.pages.edition import Edition, changed_on
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import numbers, sharing, verdict
from generator.publishing.pages.site_pages import SitePages

NEIGHBOURS = 6
"""How many other standards of its field a standard's page names."""

_STATED = (
    "list_identifier",
    "designation",
    "field",
    "batch",
    "announced_on",
    "publisher",
    "status",
    "route",
    "issued_on",
    "implemented_on",
)
"""What a reader asks of every standard; what no source states is named as such."""

_CITATION_FILES = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))


class _Around(NamedTuple):
    """The standards that a standard's page names beside its own."""

    previous: Standard | None
    next: Standard | None
    neighbours: list[Standard]


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of each standard."""
    ordered = site.catalogue.standards
    places = {one: n for field in site.catalogue.fields for n, one in enumerate(field.standards) if one.field is field}
    for previous, standard, following in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        around = _Around(previous, following, _neighbours(standard, places))

        def pages(standard: Standard = standard, around: _Around = around) -> list[Page]:
            return [_page(edition, standard, around) for edition in site.editions.values()]

        path, short = address_of(standard), short_of(standard)
        yield PageSet(path, "standard", pages, changed_on(standard), standard, short)


def _page(edition: Edition, standard: Standard, around: _Around) -> Page:
    t, language = edition.labels, edition.language
    path, short, title = address_of(standard), short_of(standard), edition.title(standard).words
    printed = numbers(standard, t)
    if printed:
        description = t("standard_description_numbered", title=title, numbers=printed)
    else:
        description = t("standard_description", title=title)
    values = {
        "item": edition.item(path, standard),
        # In the plain form, which other programs find.
        "designation_to_copy": escape(standard.designation),
        "verdict": escape(verdict(standard, t)),
        "is_in_use": standard.status not in ("withdrawn", "superseded"),
        **edition.sharing(path, short, sharing(standard, t)),
        "untitled": edition.untitled(standard),
        "is_correctable": edition.is_correctable,
        "names": edition.names(standard.title),
        **_facts(edition, standard, path),
        "missing": edition.say("list_comma").join(
            edition.say(name).lower() for name in _STATED if not getattr(standard, name)
        ),
        "note": edition.wording(standard.note),
        **_citation(edition, standard, path),
        "cases": case_links(edition, path, standard.cases),
        **edition.events(path, standard.events),
        "corrections": edition.corrections(path, reversed(standard.corrections)),
        "recorded_on": edition.day(standard.recorded_on),
        "sources": edition.sources(standard.sources, standard.rows),
        "neighbours": edition.items(path, around.neighbours),
        "neighbours_title": edition.say("neighbours", field=standard.field.name[language]) if standard.field else "",
        "previous": edition.item(path, around.previous).link if around.previous else None,
        "next": edition.item(path, around.next).link if around.next else None,
    }
    linked = (json_ld.standard(standard, language, path, short),)
    meta = json_ld.citation_meta(standard, language)
    subject = Subject("standards", title, standard.record, short, linked, meta)
    return edition.page("standard", path, " · ".join(filter(None, (title, printed))), description, values, subject)


def _facts(edition: Edition, standard: Standard, path: str) -> dict[str, object]:
    """What the sources state; '', None or nothing where they do not."""
    days = ("issued_on", "implemented_on", "withdrawn_on")
    return {
        "fields": [(edition.link(path, place.field), place.is_assigned_here) for place in standard.fields],
        "batch": edition.link(path, standard.batch) if standard.batch else None,
        **_derivation(edition, standard),
        "announced_on": edition.day(standard.announced_on),
        "publisher": edition.link(path, standard.publisher) if standard.publisher else None,
        "led_by": edition.links(path, standard.led_by),
        "status": edition.say(f"status_{standard.status}") if standard.status else "",
        "days": [(edition.say(name), edition.day(getattr(standard, name))) for name in days if getattr(standard, name)],
        "route": edition.say(f"route_{standard.route}") if standard.route else "",
        "succession": [
            (edition.say(name), edition.items(path, standards))
            for name, standards in (("supersedes", standard.supersedes), ("superseded_by", standard.superseded_by))
            if standards
        ],
        "also_called": edition.other_names(standard.also_called),
    }


def _derivation(edition: Edition, standard: Standard) -> dict[str, object]:
    """Why the standard is in its batch, where no source states it."""
    derivation = standard.derivation
    return {
        "batch_reason": edition.wording(derivation.reason) if derivation else "",
        "batch_sources": edition.sources(derivation.sources) if derivation else [],
    }


def _citation(edition: Edition, standard: Standard, path: str) -> dict[str, object]:
    """How to cite the standard, where the files for reference managers lie, what they lack."""
    comma = edition.labels("list_comma")
    files = f"../api/v1/citations/{standard.address}"
    return {
        "citations": [
            (edition.say(f"cite_{form}"), escape(text)) for form, text in citations.written(standard).items()
        ],
        "citation_lang": HTML_LANG[citations.own_language(standard)],
        "uncited": edition.say("cite_missing", what=comma.join(edition.labels(name).lower() for name in missing))
        if (missing := citations.missing(standard))
        else "",
        "citation_files": [(name, relative_link(path, f"{files}.{ending}")) for name, ending in _CITATION_FILES],
    }


def _neighbours(standard: Standard, places: dict[Standard, int]) -> list[Standard]:
    """The standards nearest to `standard` in the order of its principal field, itself left out."""
    if standard.field is None:
        return []
    others = standard.field.standards
    start = max(0, min(places[standard] - NEIGHBOURS // 2, len(others) - NEIGHBOURS - 1))
    return [other for other in others[start : start + NEIGHBOURS + 1] if other is not standard]
