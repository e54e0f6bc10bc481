"""The page of one announcement, a part of its standards a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.columns import REGIONS, SEATS, TOPICS
from generator.catalogue.languages import SENTENCE_SPACE
from generator.catalogue.model import Batch, Regions
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import ROWS, address_of, relative_link, short_of
from generator.publishing.pages.cases import adoption_figures, case_links, cases_of
from generator.publishing.pages.edition import Edition, Link, Part, latest, parts_of
from generator.publishing.pages.escaping import escape, escape_url
from generator.publishing.pages.fields import recorded_fields
from generator.publishing.pages.organisations import body_line
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import announcement_sentence, sharing
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
        "lead": escape(announcement_sentence(batch, t)),
        "derived": _derived(edition, batch),
        "answer": _answer(edition, batch),
        **(edition.sharing(path, short, sharing(batch, t)) if part.number == 1 else {"share": None}),
        "announcement": escape(batch.announcement),
        "note": edition.wording(batch.note),
        **_fields(edition, batch, path),
        **_sources_say(edition, batch, path),
        "pictures": _pictures(edition, batch),
        "rows": edition.rows(path, part.standards),
        "titles_note": edition.titles_note(part.standards),
        "parts": edition.parts(path, part),
        "list_href": relative_link(path, f"standards/?until={batch.address}"),
        "corrections": edition.corrections(path, batch.corrections[:ROWS]),
        "organisations": [body_line(edition, path, one) for one in batch.organisations],
        "sources": edition.sources(batch.sources),
        "previous": edition.link(path, previous) if previous else None,
        "next": edition.link(path, following) if following else None,
    }
    title = edition.numbered(t("batch_title", name=name), part)
    description = t("batch_description", name=name, count=batch.standards_added, total=batch.standards_total)
    linked = (json_ld.batch(batch, language, address_of(batch), short),) if batch.announced_on else ()
    subject = Subject("batches", name, batch.record, short if part.number == 1 else "", linked)
    return edition.page("batch", path, title, description, values, subject)


def _derived(edition: Edition, batch: Batch) -> str:
    """Names the figures of the first sentence that follow from others, where it does not say so itself."""
    columns = {
        "standards": "added",
        "standards_total": "total",
        "fields": "fields_added",
        "fields_total": "fields_total",
    }
    if batch.is_known_by_totals:
        del columns["standards"]
    names = [edition.labels(label) for column, label in columns.items() if column in batch.derived]
    return edition.say("derived_figures", figures=edition.labels("list_comma").join(names)) if names else ""


def _answer(edition: Edition, batch: Batch) -> dict[str, object]:
    """How many of its titles are recorded, on what grounds, where the rest is."""
    recorded, announced = len(batch.standards), batch.standards_added
    if recorded >= announced:
        first = edition.say("titles_recorded_all", count=recorded)
    elif recorded:
        first = edition.say("titles_recorded", count=recorded, announced=announced)
    else:
        first = edition.say("titles_recorded_none", count=announced)
    return {
        "first": first,
        "sentence": SENTENCE_SPACE[edition.language].join(_grounds(edition, batch)),
        "facts": [*_held_by(edition, batch), *_figures(edition, batch)],
        "go": _go(edition, batch),
    }


def _go(edition: Edition, batch: Batch) -> Link | None:
    """The announcement's own text where it is known; else the platform for what is not recorded."""
    if batch.announcement_url:
        return Link(escape_url(batch.announcement_url), edition.say("read_announcement"))
    return edition.platform() if len(batch.standards) < batch.standards_added else None


def _grounds(edition: Edition, batch: Batch) -> Iterator[str]:
    """Why the standards recorded are in `batch`, and where the others are."""
    recorded = len(batch.standards)
    derived = sum(one.derivation is not None for one in batch.standards)
    rest = batch.standards_added - recorded
    if not recorded:
        if rest:
            yield edition.say("titles_all_elsewhere")
        return
    if not derived:
        yield edition.say("titles_stated", count=recorded)
    elif derived == recorded:
        yield edition.say("titles_derived", count=recorded)
    else:
        yield edition.say("titles_stated_and_derived", stated=recorded - derived, derived=derived)
    if rest > 0:
        yield edition.say("titles_elsewhere", count=rest)


def _held_by(edition: Edition, batch: Batch) -> Iterator[tuple[str, str]]:
    """Who held the ceremony, as a fact of the answer."""
    for event in batch.events:
        if event.kind == "ceremony":
            names = [*map(edition.name, event.organisations), edition.wording(event.organiser)]
            if any(names):
                yield edition.say("organiser"), edition.say("semicolon").join(filter(None, names))


def _fields(edition: Edition, batch: Batch, path: str) -> dict[str, object]:
    """The fields that came with `batch`, and how many of all fields the announcements name by then."""
    batches = edition.catalogue.batches
    named = sum(len(one.fields) for one in batches[: batches.index(batch) + 1])
    fields, empty_fields = recorded_fields(edition, path, batch.fields)
    return {
        "fields": fields,
        "empty_fields": empty_fields,
        "fields_named": edition.say("fields_named", count=batch.fields_total, named=named)
        if batch.fields_total and named < batch.fields_total
        else "",
        "fields_href": relative_link(path, "fields/"),
    }


def _sources_say(edition: Edition, batch: Batch, path: str) -> dict[str, object]:
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


def _counts(batch: Batch) -> Iterator[tuple[str, Regions]]:
    """(label, figures) of what is known by region."""
    counts = {"taking_part": batch.taking_part, "taking_part_total": batch.taking_part_total, "pledged": batch.pledged}
    return ((label, figures) for label, figures in counts.items() if figures)


def _figures(edition: Edition, batch: Batch) -> Iterator[tuple[str, str]]:
    """(label, figure) of each other figure that is known."""
    if batch.led_by_hong_kong_or_macao is not None:
        count = batch.led_by_hong_kong_or_macao
        yield edition.say("led_by_hong_kong_or_macao"), edition.say("standards_count", count=count)
    for label, figures in _counts(batch):
        of_each = (
            edition.say("count_by_region", region=edition.labels(f"region_{region}"), count=figures[region])
            for region in REGIONS
            if region in figures
        )
        yield edition.say(label), " · ".join(of_each)
    if batch.declared_total is not None:
        yield edition.say("declared_total"), edition.written(batch.declared_total)


def _pictures(edition: Edition, batch: Batch) -> list[tuple[str, list[tuple[str, str, float]], str]]:
    """(heading, [(region, figure, length of its bar)], what is missing) of each figure that is known by region."""
    return [
        (edition.say(label), _by_region(edition, figures), _regions_missing(edition, figures))
        for label, figures in _counts(batch)
    ]


def _by_region(edition: Edition, figures: Regions) -> list[tuple[str, str, float]]:
    widest = max(1, *figures.values())
    return [
        (edition.say(f"region_{region}"), edition.written(figures[region]), round(100 * figures[region] / widest, 1))
        for region in REGIONS
        if region in figures
    ]


def _regions_missing(edition: Edition, figures: Regions) -> str:
    """Names the places without a figure; that of the Mainland has Guangdong's in it."""
    covered = {*figures, "guangdong"} if "mainland" in figures else {*figures}
    missing = [edition.labels(f"region_{one}") for one in SEATS if one != "national" and one not in covered]
    names = edition.labels("list_comma").join(missing)
    return edition.say("regions_without_figure", regions=names) if missing else ""
