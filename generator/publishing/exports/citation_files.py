"""All standards of the list as one file for reference managers."""

from __future__ import annotations

from generator.publishing.exports.published_list import PublishedList
from generator.publishing.pages.citations import bibtex, ris


def standards_bib(published: PublishedList) -> str:
    """The list as entries of biblatex."""
    return "".join(map(bibtex, published.catalogue.standards))


def standards_ris(published: PublishedList) -> str:
    """The list as records of RIS."""
    return "".join(map(ris, published.catalogue.standards))
