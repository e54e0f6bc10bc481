"""What each announcement changed."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Batch, Standard
from generator.publishing.pages.addresses import ROWS, address_of, relative_link
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.sentences import when
from generator.publishing.pages.site_pages import SitePages

_PATH = "changes/"


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of changes."""
    yield PageSet(
        _PATH, "changes", lambda: [_page(edition) for edition in site.editions.values()], site.catalogue.changed_on
    )


def _page(edition: Edition) -> Page:
    t, catalogue = edition.labels, edition.catalogue
    values = {
        "version": edition.say("version_sentence", version=catalogue.version),
        "corrections": edition.corrections(_PATH, catalogue.corrections[: -ROWS - 1 : -1]),
        "batches": [_batch(edition, batch) for batch in reversed(catalogue.batches)],
        "unknown": _entries(
            edition, [one for one in catalogue.standards if one.batch is None], "standards/?batch=none"
        ),
    }
    return edition.page("changes", _PATH, t("changes_title"), t("changes_description"), values)


def _batch(edition: Edition, batch: Batch) -> dict[str, object]:
    added, total = batch.standards_added, batch.standards_total
    unrecorded = added - len(batch.standards)
    change = edition.say(
        "batch_change", when=when(batch, edition.labels), count=added, before=total - added, total=total
    )
    return {
        "address": batch.address,
        "link": edition.link(_PATH, batch),
        "sentence": change,
        "fields": edition.links(_PATH, batch.fields),
        **_entries(edition, batch.standards, address_of(batch)),
        "unrecorded": edition.say("not_recorded_yet", count=unrecorded) if unrecorded > 0 else "",
    }


def _entries(edition: Edition, standards: list[Standard], all_of_them: str) -> dict[str, object]:
    """The first of `standards`, with a link to the page `all_of_them` where there are more."""
    return {
        "entries": edition.items(_PATH, standards[:ROWS]),
        "more": edition.say("all_of_them", count=len(standards)) if len(standards) > ROWS else "",
        "more_href": relative_link(_PATH, all_of_them),
    }
