"""What the files of the whole list are made from."""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue.columns import Facts
from generator.catalogue.labels import Labels
from generator.catalogue.model import Catalogue


@dataclass(frozen=True, slots=True)
class PublishedList:
    """The list, as a download says it."""

    catalogue: Catalogue
    facts: dict[str, Facts]
    """Address → facts of each standard, in list order."""
    labels: dict[str, Labels]
    """By language."""
    site_url: str
    """Where the site is published, with a slash at its end."""
