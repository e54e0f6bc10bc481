"""The list of all announcements."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Batch
from generator.publishing.pages.addresses import relative_link
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.fields import fields_sentence
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.sentences import when
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The list of announcements."""
    yield PageSet(
        "batches/", "batches", lambda: [_page(edition) for edition in site.editions.values()], site.catalogue.changed_on
    )


def _page(edition: Edition) -> Page:
    t, catalogue, path = edition.labels, edition.catalogue, "batches/"
    unknown = [standard for standard in catalogue.standards if standard.batch is None]
    values = {
        "batches": [_entry(edition, path, batch) for batch in reversed(catalogue.batches)],
        "fields_sentence": fields_sentence(edition),
        "fields_href": relative_link(path, "fields/"),
        "unknown_sentence": edition.say("batch_unknown_sentence", count=len(unknown)) if unknown else "",
        **edition.events(path, catalogue.events),
        **edition.beginning(path, unknown, "standards/?batch=none"),
    }
    description = t("batches_description", count=len(catalogue.batches))
    return edition.page("batches", path, t("batches_title"), description, values)


def _entry(edition: Edition, here: str, batch: Batch) -> dict[str, object]:
    """An announcement as the page lists it; each figure with the mark of one that was derived."""
    counts = (
        ("added_count", batch.standards_added, "derived" if "standards" in batch.derived else ""),
        ("total_count", batch.standards_total, "derived" if "standards_total" in batch.derived else ""),
        ("fields_count", batch.fields_total, "derived" if "fields_total" in batch.derived else ""),
        (
            "recorded_here",
            len(batch.standards),
            "batch_derived" if any(one.derivation for one in batch.standards) else "",
        ),
    )
    return {
        "link": edition.link(here, batch),
        "announced": _announced(edition, batch),
        "figures": [
            (edition.say(label, count=count), edition.say(mark) if mark else "")
            for label, count, mark in counts
            if count is not None
        ],
    }


def _announced(edition: Edition, batch: Batch) -> str:
    """When `batch` was announced, with the place where one is known."""
    if not batch.place:
        return edition.when(batch)
    return edition.say("day_and_place", day=when(batch, edition.labels), place=batch.place[edition.language])
