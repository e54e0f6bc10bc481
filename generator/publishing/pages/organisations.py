"""The list of all bodies with a part in the list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue.columns import ROLES, SEATS, Seat
from generator.catalogue.model import Organisation
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


class BodyLine(NamedTuple):
    """A body as lists show it."""

    link: Link
    region: str
    part: str
    """What it does for the list."""
    counts: str
    """How much of the list it has a part in; '' for nothing recorded here."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The list of bodies."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet("organisations/", "organisations", pages, site.catalogue.changed_on)


def _page(edition: Edition) -> Page:
    t, path = edition.labels, "organisations/"
    regions = [
        (region, edition.say(f"region_{region}"), roles)
        for region in SEATS
        if (roles := list(_roles(edition, path, region)))
    ]
    title, description = t("organisations_title"), t("organisations_description")
    return edition.page("organisations", path, title, description, {"regions": regions})


def _roles(edition: Edition, here: str, region: Seat) -> Iterator[tuple[str, list[BodyLine]]]:
    """(what they do for the list, the bodies) of each role in `region`."""
    for role in ROLES:
        bodies = [one for one in edition.catalogue.organisations if one.region == region and one.role == role]
        if bodies:
            yield edition.say(f"role_{role}"), [body_line(edition, here, one) for one in bodies]


def body_line(edition: Edition, here: str, body: Organisation) -> BodyLine:
    """`body` as a list on the page at `here` shows it."""
    counts = {"body_issued": body.published, "body_led": body.led, "body_cases": body.cases}
    return BodyLine(
        edition.link(here, body),
        edition.say(f"region_{body.region}"),
        edition.wording(body.part),
        " · ".join(edition.say(label, count=len(records)) for label, records in counts.items() if records),
    )
