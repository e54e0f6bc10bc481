"""The page of one body."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.model import Organisation
from generator.publishing.pages.addresses import address_of
from generator.publishing.pages.cases import case_links
from generator.publishing.pages.edition import Edition, changed_on, latest
from generator.publishing.pages.escaping import escape, escape_url
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import first_sentence
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of each body."""
    for organisation in site.catalogue.organisations:

        def pages(organisation: Organisation = organisation) -> list[Page]:
            return [_page(edition, organisation) for edition in site.editions.values()]

        day = latest(map(changed_on, (*organisation.published, *organisation.led)))
        yield PageSet(address_of(organisation), "organisation", pages, day, organisation)


def _page(edition: Edition, organisation: Organisation) -> Page:
    path, name = address_of(organisation), organisation.name[edition.language].words
    parts = (("led_in", organisation.led_in), ("took_part_in", organisation.took_part_in))
    lists = (
        ("published_by", organisation.published, f"standards/?publisher={organisation.address}"),
        ("led_standards", organisation.led, "standards/"),
    )
    values = {
        "part": edition.wording(organisation.part),
        "region": edition.say(f"region_{organisation.region}"),
        "batches": [(edition.say(label), edition.links(path, batches)) for label, batches in parts if batches],
        "website": escape_url(organisation.website),
        "website_name": escape(organisation.website),
        "also_called": edition.other_names(organisation.also_called),
        "names": edition.names(organisation.name),
        "cases": case_links(edition, path, organisation.cases),
        **edition.events(path, organisation.events),
        "lists": [
            {
                "id": label.replace("_", "-"),
                "title": edition.say(label),
                **edition.beginning(path, standards, all_of_them),
            }
            for label, standards, all_of_them in lists
            if standards
        ],
        "sources": edition.sources(organisation.sources),
    }
    description = edition.labels(
        "organisation_description", name=name, part=first_sentence(organisation.part[edition.language])
    )
    subject = Subject("organisations", name, organisation.record)
    return edition.page("organisation", path, name, description, values, subject)
