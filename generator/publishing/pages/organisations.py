"""The list of all bodies with a part in the list."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.columns import ROLES
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The list of bodies."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet("organisations/", "organisations", pages, site.catalogue.changed_on)


def _page(edition: Edition) -> Page:
    t, path = edition.labels, "organisations/"
    roles = []
    for role in ROLES:
        bodies = [
            (edition.link(path, one), edition.say(f"region_{one.region}"), edition.wording(one.part))
            for one in edition.catalogue.organisations
            if one.role == role
        ]
        if bodies:
            roles.append((role, edition.say(f"role_{role}"), bodies))
    title, description = t("organisations_title"), t("organisations_description")
    return edition.page("organisations", path, title, description, {"roles": roles})
