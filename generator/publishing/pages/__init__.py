"""The kinds of page: what each shows, with its templates."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice

from generator.publishing.pages import (
    batch,
    batches,
    cases,
    changes,
    checklist,
    coverage,
    field,
    fields,
    home,
    landing,
    organisation,
    organisations,
    prose,
    standard,
    standards,
    versions,
)
from generator.publishing.pages.page import PageSet
from generator.publishing.pages.site_pages import SitePages

PAGE_KINDS = (
    landing,
    home,
    standards,
    standard,
    fields,
    field,
    batches,
    batch,
    cases,
    organisations,
    organisation,
    changes,
    versions,
    coverage,
    checklist,
    prose,
)
"""The modules of the kinds, in the order of the site."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The pages at every address, the landing page first."""
    return chain.from_iterable(kind.page_sets(site) for kind in PAGE_KINDS)


def samples(site: SitePages) -> Iterator[PageSet]:
    """The first pages of each kind that there is."""
    return chain.from_iterable(islice(kind.page_sets(site), 1) for kind in PAGE_KINDS)
