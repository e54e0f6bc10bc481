"""The page on which readers check a list of their own."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.columns import STATUSES
from generator.catalogue.figures import figures_of
from generator.publishing.pages.addresses import CHECK, VERSIONS_PAGE, relative_link
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages

_FAMILY = "checked_"
"""How the labels begin that its script says."""
_OTHERS = (
    "on_list_low",
    "batch_unknown",
    "check_day",
    "letter_version",
    *(f"status_{status}" for status in STATUSES),
)
"""Labels of other pages that it says too."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of the check."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet(CHECK, "checklist", pages, site.catalogue.changed_on, has_version=True)


def _page(edition: Edition) -> Page:
    t, figures = edition.labels, figures_of(edition.catalogue)
    keys = (key for key in t.words if key.startswith(_FAMILY) or key in _OTHERS)
    values = {
        "completeness": edition.say("home_completeness", recorded=figures.recorded, announced=figures.announced),
        "says": [(key, edition.say(key)) for key in keys],
        "standards_href": relative_link(CHECK, "standards/"),
        "platform": edition.platform(),
        "version": edition.catalogue.version,
        "versions_href": relative_link(CHECK, VERSIONS_PAGE),
    }
    return edition.page("checklist", CHECK, t("check_title"), t("check_description"), values)
