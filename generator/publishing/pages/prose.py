"""The hand-written pages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from generator.catalogue.figures import figures_of
from generator.catalogue.prose import Prose
from generator.publishing.pages.edition import Edition
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of each hand-written text."""
    for name, texts in site.prose.items():

        def pages(texts: dict[str, Prose] = texts) -> list[Page]:
            return [_page(edition, texts[edition.language]) for edition in site.editions.values()]

        yield PageSet(f"{name}/", "prose", pages, has_version=True)


def _page(edition: Edition, prose: Prose) -> Page:
    figures = dataclasses.asdict(figures_of(edition.catalogue))
    written = {name: edition.labels.written(value) for name, value in figures.items()}
    values = {"body": prose.with_figures(written), "prose": prose, "figures": written}
    return edition.page("prose", f"{prose.name}/", prose.title, prose.description, values)
