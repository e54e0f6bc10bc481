"""A build of the HTML pages in three languages alone: `python -m tests.benchmarks.pages_alone build`.

Links to files that are not there are not verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from jinja2 import Environment

from generator.__main__ import commands
from generator.catalogue.model import Record
from generator.publishing import build
from generator.publishing.incremental.target import Output
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.rendering import Templates
from generator.publishing.sharing.short_links import Spellings
from generator.publishing.targets import SiteTargets


class _Pages(SiteTargets):
    """The targets of a site, of which nothing is made but pages."""

    def _page(self, page: Page, templates: Templates) -> Iterator[Output]:
        # The Markdown page comes before the finished one, its plain copy after.
        return islice(super()._page(page, templates), 1, 2)

    def _whole_list(self, pages: list[PageSet], html: Environment) -> Iterator:
        return iter(())

    def _beside(self, record: Record, spellings: Spellings, html: Environment) -> Iterator:
        return iter(())


if __name__ == "__main__":
    build.SiteTargets = _Pages
    build.site_faults = lambda *_: ()
    commands(prog_name="python -m generator")
