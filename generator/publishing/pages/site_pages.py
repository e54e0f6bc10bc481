"""Everything that the kinds of page are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from generator.catalogue.labels import Labels
from generator.catalogue.model import Catalogue
from generator.catalogue.prose import Prose
from generator.catalogue.versions import Version
from generator.publishing.pages.edition import Editions


@dataclass(frozen=True, slots=True)
class SitePages:
    """The records, the words, the hand-written texts of a site."""

    catalogue: Catalogue
    labels: dict[str, Labels]
    prose: dict[str, dict[str, Prose]]
    """name → language → text."""
    editions: Editions
    versions: Callable[[], list[Version]] = list
    """Gives the versions of the list, the oldest first; the one on hand takes a moment to make."""
