"""The versions of the list, each with what changed and its data."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.versions import Version, changes_since
from generator.publishing.exports.formats import version_path
from generator.publishing.pages.addresses import VERSIONS_PAGE, relative_link
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages

_FEW = 10
"""So many standards that came, changed or went are named one by one."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The list of versions."""

    def pages() -> list[Page]:
        versions = site.versions()
        return [_page(edition, versions) for edition in site.editions.values()]

    yield PageSet(VERSIONS_PAGE, "versions", pages, site.catalogue.changed_on, has_version=True)


def _page(edition: Edition, versions: list[Version]) -> Page:
    t = edition.labels
    rows = [_row(edition, before, one) for before, one in zip((None, *versions), versions, strict=False)]
    values = {"current": edition.say("version_sentence", version=edition.catalogue.version), "versions": rows[::-1]}
    return edition.page("versions", VERSIONS_PAGE, t("versions_title"), t("versions_description"), values)


def _row(edition: Edition, before: Version | None, version: Version) -> dict[str, object]:
    """A version as the page lists it."""
    return {
        "name": version.name,
        "day": edition.day(version.day),
        "announced": edition.written(version.announced),
        "recorded": edition.written(version.recorded),
        "changes": _changes(edition, before, version) if before else [(edition.say("version_first"), [])],
        "href": relative_link(VERSIONS_PAGE, f"../{version_path(version.name)}"),
        "data": edition.say("version_data", size=-(-len(version.data) // 1000)),
    }


def _changes(edition: Edition, before: Version, version: Version) -> list[tuple[str, list[Link]]]:
    """What differs from the version `before`: how much of each kind, with the standards where these are few."""
    changes = changes_since(before, version)
    kinds = {"version_added": changes.added, "version_changed": changes.changed, "version_removed": changes.removed}
    return [
        (edition.say(label, count=len(addresses)), _links(edition, addresses if len(addresses) <= _FEW else []))
        for label, addresses in kinds.items()
        if addresses
    ] or [(edition.say("version_unchanged"), [])]


def _links(edition: Edition, addresses: list[str]) -> list[Link]:
    """Those of `addresses` that are still on the list."""
    standards = {one.address: one for one in edition.catalogue.standards}
    return [edition.item(VERSIONS_PAGE, standards[one]).link for one in addresses if one in standards]
