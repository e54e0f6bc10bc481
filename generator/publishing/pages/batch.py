"""The page of one announcement, a part of its standards a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.columns import REGIONS, TOPICS
from generator.catalogue.model import Batch, Regions
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import ROWS, address_of, relative_link, short_of
from generator.publishing.pages.bars import Bar, bar_of
from generator.publishing.pages.batches import announced
from generator.publishing.pages.cases import adoption_figures, case_links, cases_of
from generator.publishing.pages.edition import Edition, Part, latest, parts_of
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.fields import field_links
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import sharing
from generator.publishing.pages.site_pages import SitePages

_Between = tuple[Batch | None, Batch | None]
"""The announcements before and after."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The pages of each announcement."""
    ordered = site.catalogue.batches
    for previous, batch, following in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        between = (previous, following)
        day = latest((batch.latest, *(one.made_on for one in batch.corrections)))
        for path, part in parts_of(address_of(batch), batch.standards, ROWS):

            def pages(batch: Batch = batch, between: _Between = between, part: Part = part) -> list[Page]:
                return [_page(edition, batch, between, part) for edition in site.editions.values()]

            is_first = part.number == 1
            yield PageSet(path, "batch", pages, day, batch if is_first else None, short_of(batch) if is_first else "")


def _page(edition: Edition, batch: Batch, between: _Between, part: Part) -> Page:
    t, language = edition.labels, edition.language
    name, path, short = batch.name[language].words, part.paths[part.number - 1], short_of(batch)
    previous, following = between
    values = {
        "lead": edition.say("batch_added", count=batch.standards_added, total=batch.standards_total),
        **(edition.sharing(path, short, sharing(batch, t)) if part.number == 1 else {"share": None}),
        "announced": announced(edition, batch),
        "announcement": escape(batch.announcement),
        "figures": list(_figures(edition, batch)),
        "recorded": edition.say("recorded_of", recorded=len(batch.standards), announced=batch.standards_added),
        "note": edition.wording(batch.note),
        **_told(edition, batch, path),
        "pictures": _pictures(edition, batch),
        "fields": field_links(edition, path, batch.fields),
        "fields_not_named": edition.say("fields_not_named", count=unnamed)
        if batch.fields and (unnamed := (batch.fields_added or 0) - len(batch.fields)) > 0
        else "",
        "rows": edition.rows(path, part.standards),
        "titles_note": edition.titles_note(part.standards),
        "parts": edition.parts(path, part),
        "list_href": relative_link(path, f"standards/?until={batch.address}"),
        "corrections": edition.corrections(path, batch.corrections[:ROWS]),
        "organisations": [
            (edition.link(path, one), edition.say(f"region_{one.region}")) for one in batch.organisations
        ],
        "sources": edition.sources(batch.sources),
        "previous": edition.link(path, previous) if previous else None,
        "next": edition.link(path, following) if following else None,
    }
    title = edition.numbered(t("batch_title", name=name), part)
    description = t("batch_description", name=name, count=batch.standards_added, total=batch.standards_total)
    linked = (json_ld.batch(batch, language, address_of(batch), short),) if batch.announced_on else ()
    subject = Subject("batches", name, batch.record, short if part.number == 1 else "", linked)
    return edition.page("batch", path, title, description, values, subject)


def _told(edition: Edition, batch: Batch, path: str) -> dict[str, object]:
    """What sources tell of the announcement beyond its figures."""
    return {
        **edition.events(path, batch.events),
        "statements": [
            (
                edition.say(f"topic_{topic}"),
                [(edition.wording(one.text), edition.sources(one.sources)) for one in statements],
            )
            for topic in TOPICS
            if (statements := [one for one in batch.statements if one.topic == topic])
        ],
        "use": adoption_figures(edition, batch.adoption),
        "cases": case_links(edition, path, cases_of(batch.standards)),
    }


def _figures(edition: Edition, batch: Batch) -> Iterator[tuple[str, str, bool]]:
    """(label, figure, whether it was derived) of each figure that is known."""
    before = batch.standards_total - batch.standards_added
    counts = (
        ("total_before", "standards_count", before or None, ""),
        ("added", "standards_count", batch.standards_added, "standards"),
        ("total", "standards_count", batch.standards_total, "standards_total"),
        ("fields_added", "fields_count", batch.fields_added, "fields"),
        ("fields_total", "fields_count", batch.fields_total, "fields_total"),
        ("led_by_hong_kong_or_macao", "standards_count", batch.led_by_hong_kong_or_macao, ""),
    )
    for label, sentence, count, column in counts:
        if count is not None:
            yield edition.say(label), edition.say(sentence, count=count), column in batch.derived
    if batch.declared_total is not None:
        yield edition.say("declared_total"), edition.written(batch.declared_total), False


def _pictures(edition: Edition, batch: Batch) -> list[tuple[str, list[tuple[str, str, Bar]]]]:
    """(heading, [(region, figure, bar)]) of each figure that is known by region."""
    counts = (
        ("taking_part", batch.taking_part),
        ("taking_part_total", batch.taking_part_total),
        ("pledged", batch.pledged),
    )
    return [(edition.say(label), _by_region(edition, figures)) for label, figures in counts if figures]


def _by_region(edition: Edition, figures: Regions) -> list[tuple[str, str, Bar]]:
    widest = max(figures.values())
    return [
        (edition.say(f"region_{region}"), edition.written(figures[region]), bar_of(0, figures[region], widest))
        for region in REGIONS
        if region in figures
    ]
