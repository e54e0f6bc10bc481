"""The list of all announcements."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Batch
from generator.publishing.pages.edition import Edition
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
        "batches": [
            {
                "link": edition.link(path, batch),
                "announced": announced(edition, batch),
                "added": edition.written(batch.standards_added),
                "total": edition.written(batch.standards_total),
                "recorded": edition.written(len(batch.standards)),
            }
            for batch in reversed(catalogue.batches)
        ],
        "unknown_sentence": edition.say("batch_unknown_sentence", count=len(unknown)) if unknown else "",
        **edition.events(path, catalogue.events),
        **edition.beginning(path, unknown, "standards/?batch=none"),
    }
    description = t("batches_description", count=len(catalogue.batches))
    return edition.page("batches", path, t("batches_title"), description, values)


def announced(edition: Edition, batch: Batch) -> str:
    """When `batch` was announced, with the place where one is known."""
    if not batch.place:
        return edition.when(batch)
    return edition.say("day_and_place", day=when(batch, edition.labels), place=batch.place[edition.language])
