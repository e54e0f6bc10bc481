"""The figures of the list as a whole."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from generator.catalogue.model import Catalogue

SITE_URL_PLACEHOLDER = "site:/"
"""Stands for the site's address, which the pages do not know; the frame puts it in."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the list, its version, the address of the site."""

    announced: int
    recorded: int
    missing: int
    fields_announced: int
    fields_named: int
    announcements: int
    newest: date
    version: str
    site: str


FIGURES = tuple(figure.name for figure in dataclasses.fields(Figures))
"""The names that hand-written prose may print."""


def figures_of(catalogue: Catalogue) -> Figures:
    """The figures of `catalogue`."""
    batches = catalogue.batches
    announced = batches[-1].standards_total
    recorded = len(catalogue.standards)
    return Figures(
        announced=announced,
        recorded=recorded,
        missing=announced - recorded,
        fields_announced=max((batch.fields_total for batch in batches if batch.fields_total), default=0),
        fields_named=sum(field.opened_by is not None for field in catalogue.fields),
        announcements=len(batches),
        newest=batches[-1].latest,
        version=catalogue.version,
        site=SITE_URL_PLACEHOLDER,
    )
