"""How complete the list is, by language, by announcement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.catalogue.figures import figures_of
from generator.catalogue.languages import LANGUAGES, STANDINGS
from generator.catalogue.model import Standard
from generator.publishing.pages.addresses import relative_link
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages

_PATH = "coverage/"
_STATED: dict[str, Callable[[Standard], object]] = {
    "list_identifier": lambda one: one.list_identifier,
    "designation": lambda one: one.designation,
    "publisher": lambda one: one.publisher,
    "field": lambda one: any(not place.is_assigned_here for place in one.fields),
    "issued_on": lambda one: one.issued_on,
    "implemented_on": lambda one: one.implemented_on,
}
"""Label → whether a source states it of a standard."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of how complete the list is."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet(_PATH, "coverage", pages, site.catalogue.changed_on)


def _page(edition: Edition) -> Page:
    t, figures = edition.labels, figures_of(edition.catalogue)
    values = {
        "lead": edition.say("home_completeness", recorded=figures.recorded, announced=figures.announced),
        "complete_href": relative_link(_PATH, "about/#complete"),
        "help_href": relative_link(_PATH, "about/#correct"),
        "languages": [edition.say(f"language_{language}") for language in LANGUAGES],
        "standings": list(_standings(edition)),
        "attributes": [edition.say(label) for label in ("version_announced", "version_recorded", *_STATED)],
        "batches": list(_batches(edition)),
    }
    return edition.page("coverage", _PATH, t("coverage_title"), t("coverage_description"), values)


def _standings(edition: Edition) -> Iterator[tuple[str, list[str]]]:
    """(name of a standing, how many titles have it in each language), for each that occurs; last those wanted."""
    titles = [edition.own_titles(standard) for standard in edition.catalogue.standards]
    counts = {
        language: Counter(one[language].standing if language in one else "" for one in titles) for language in LANGUAGES
    }
    for standing in (*STANDINGS, ""):
        of_each = [counts[language][standing] for language in LANGUAGES]
        if any(of_each) or not standing:
            name = edition.say(f"standing_{standing}" if standing else "title_wanted")
            yield name, list(map(edition.written, of_each))


def _batches(edition: Edition) -> Iterator[tuple[Link, list[str]]]:
    """(link to an announcement, its counts in the order of `attributes`), the newest first; last the whole list."""
    catalogue = edition.catalogue
    for batch in reversed(catalogue.batches):
        yield edition.link(_PATH, batch), _counts(edition, edition.written(batch.standards_added), batch.standards)
    if unknown := [standard for standard in catalogue.standards if standard.batch is None]:
        link = Link(relative_link(_PATH, "batches/#unknown"), edition.say("batch_unknown"))
        yield link, _counts(edition, "", unknown)
    total = edition.written(catalogue.batches[-1].standards_total)
    whole = Link(relative_link(_PATH, "standards/"), edition.say("coverage_total"))
    yield whole, _counts(edition, total, catalogue.standards)


def _counts(edition: Edition, announced: str, standards: Sequence[Standard]) -> list[str]:
    stated = (sum(map(bool, map(is_stated, standards))) for is_stated in _STATED.values())
    return [announced, *map(edition.written, (len(standards), *stated))]
