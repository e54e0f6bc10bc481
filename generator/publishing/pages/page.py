"""One page in one language, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Record
from generator.publishing.pages.addresses import ROOT, html_file, markdown_file
from generator.publishing.pages.json_ld import JsonLd

Values = Mapping[str, object]
"""All that a template may name: escaped texts, links, lists of these."""


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """The record that a page is about."""

    section: str
    """The section whose list stands above the page, such as `standards`; '' for none."""
    heading: str
    """Its name."""
    record: str
    """Its `file:line`."""
    short: str = ""
    """Its short path in no language; '' where the page has none."""
    json_ld: tuple[JsonLd, ...] = ()
    """What the page tells search engines of it."""
    citation_meta: Mapping[str, str] = field(default_factory=dict)
    """What the page tells reference managers, by the names of `<meta>`."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page in one language, before it is rendered."""

    language: str
    """One of `LANGUAGES`; `ROOT` for the trilingual landing page."""
    path: str
    """Below its language, such as `standards/wq-1-8/`; '' for the home page."""
    kind: str
    """Names its templates."""
    title: str
    """For browser tabs and previews."""
    heading: str
    """The main heading; mostly the title without its numbers."""
    description: str
    values: Values
    """What its templates print."""
    crumbs: tuple[tuple[str, str], ...] = ()
    """(title, path) of the pages above it, outermost first."""
    record: str = ""
    """`file:line` of its record; '' for a list."""
    short: str = ""
    """Its short path in no language; '' where it has none."""
    json_ld: tuple[JsonLd, ...] = ()
    citation_meta: Mapping[str, str] = field(default_factory=dict)
    """What it tells reference managers, by the names of `<meta>`."""
    letter: Mapping[str, str] = field(default_factory=dict)
    """`subject` and `body` of a letter that reports an error of its record; nothing for a list."""
    as_of: str = ""
    """Up to when it tells the list; '' for the landing page."""

    @property
    def file(self) -> str:
        """Where its Markdown lies, below the folder of pages."""
        return markdown_file(self.language, self.path)

    @property
    def html_file(self) -> str:
        """Where it lies below the site."""
        return html_file(self.language, self.path)


@dataclass(frozen=True, slots=True, eq=False)
class PageSet:
    """The pages at one address, one in each language."""

    path: str
    """The path of its pages below their language."""
    kind: str
    """The kind of its pages."""
    pages: Callable[[], list[Page]]
    """Prepares the pages."""
    changed_on: date | None = None
    """The day on which what it tells last changed; None where no source says."""
    record: Record | None = None
    """Whose own address it is; None for a list, and for a further part of one."""
    short: str = ""
    """The short path of its pages; '' where they have none."""
    has_version: bool = False
    """Whether they tell the version, which any record changes."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of its pages."""
        return (ROOT,) if self.kind == "landing" else LANGUAGES
