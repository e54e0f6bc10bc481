"""The figures of the list as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.catalogue.model import Catalogue
from generator.publishing.pages.json_ld import SITE_URL_PLACEHOLDER


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
        fields_named=len(catalogue.fields),
        announcements=len(batches),
        newest=batches[-1].latest,
        version=catalogue.version,
        site=SITE_URL_PLACEHOLDER,
    )
