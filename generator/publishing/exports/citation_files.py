"""All standards of the list as one file for reference managers."""

from __future__ import annotations

from generator.publishing.exports.published_list import PublishedList
from generator.publishing.pages.citations import exports


def standards_bib(published: PublishedList) -> str:
    """The list as entries of biblatex."""
    return _joined(published, "bib")


def standards_ris(published: PublishedList) -> str:
    """The list as records of RIS."""
    return _joined(published, "ris")


def _joined(published: PublishedList, ending: str) -> str:
    """The citations of all standards, in list order."""
    return "".join(dict(exports(standard))[ending] for standard in published.catalogue.standards)
