"""The home page: figures, fields, the newest announcement, how the list grew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.catalogue.figures import figures_of
from generator.catalogue.log import log_of
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import relative_link
from generator.publishing.pages.bars import Bar, bar_of
from generator.publishing.pages.changes import days_of_log
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.fields import field_links
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The home page."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet("", "home", pages, site.catalogue.changed_on, has_version=True)


def _page(edition: Edition) -> Page:
    t, catalogue, language = edition.labels, edition.catalogue, edition.language
    figures, newest = figures_of(catalogue), catalogue.batches[-1]
    values = {
        "announced": edition.written(figures.announced),
        "recorded": edition.written(figures.recorded),
        "fields_announced": edition.written(figures.fields_announced),
        "newest": edition.link("", newest),
        "newest_day": edition.written(newest.latest)
        if newest.announced_on
        else edition.say("newest_until", date=newest.latest),
        "completeness": edition.say("home_completeness", recorded=figures.recorded, announced=figures.announced),
        "standards_href": relative_link("", "standards/"),
        "completeness_href": relative_link("", "about/#complete"),
        "fields": field_links(edition, "", [field for field in catalogue.fields if field.standards]),
        "empty_fields": edition.links("", [field for field in catalogue.fields if not field.standards]),
        "fields_href": relative_link("", "fields/"),
        "newest_sentence": edition.say("batch_added", count=newest.standards_added, total=newest.standards_total),
        "newest_note": edition.wording(newest.note),
        "growth": list(_growth(edition)),
        "visit_days": days_of_log(log_of(catalogue)),
        "changes_href": relative_link("", "changes/"),
    }
    title, description = t("site_title"), t("home_description")
    linked = (
        json_ld.website(language, t("site_name"), f"{language}/"),
        json_ld.dataset(catalogue, language, title, description),
    )
    return replace(edition.page("home", "", title, description, values), json_ld=linked)


def _growth(edition: Edition) -> Iterator[tuple[Link, Bar, str, str]]:
    """(link, bar, standards added, standards in all) of each announcement."""
    batches = edition.catalogue.batches
    widest = max(batch.standards_total for batch in batches)
    for batch in batches:
        bar = bar_of(batch.standards_total - batch.standards_added, batch.standards_added, widest)
        added, total = edition.written(batch.standards_added), edition.written(batch.standards_total)
        yield edition.link("", batch), bar, added, total
