"""The sitemap: every page, its other languages, the day on which it last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from itertools import islice
from typing import Protocol

from generator.catalogue.languages import HTML_LANG, LANGUAGES

ADDRESSES = 40_000
"""Addresses in one file; the protocol allows 50,000."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Located(Protocol):
    """A page in all languages, as far as the sitemap tells it."""

    @property
    def kind(self) -> str:
        """`landing` for the page in no language."""
        ...

    @property
    def path(self) -> str:
        """Its path below each language."""
        ...

    @property
    def short(self) -> str:
        """Its short path, in no language; '' where it has none."""
        ...

    @property
    def changed_on(self) -> date | None:
        """The day on which what it tells last changed; None where that is not known."""
        ...


def sitemaps(site_url: str, pages: Iterable[Located]) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) of the sitemap for `pages`.

    Where one file cannot hold all, it is an index of parts. A short address is the one for other languages.
    Source of the form: https://www.sitemaps.org/protocol.html, with Google's xhtml:link alternates.
    """
    base = escape(site_url)
    entries = _entries(base, pages)
    parts = list(iter(lambda: list(islice(entries, ADDRESSES)), []))
    if len(parts) == 1:
        yield "sitemap.xml", _part(parts[0])
        return
    for number, part in enumerate(parts, 1):
        yield f"sitemap-{number}.xml", _part(part)
    named = "".join(f"<sitemap><loc>{base}sitemap-{n}.xml</loc></sitemap>\n" for n in range(1, len(parts) + 1))
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{named}</sitemapindex>\n"


def robots(site_url: str) -> str:
    """robots.txt: everything may be read, and where the sitemap is."""
    return f"User-agent: *\nAllow: /\nSitemap: {site_url}sitemap.xml\n"


def _entries(base: str, pages: Iterable[Located]) -> Iterator[str]:
    yield f"<url><loc>{base}</loc></url>\n"
    for page in pages:
        if page.kind == "landing":
            continue
        addresses = {HTML_LANG[language]: f"{base}{language}/{page.path}" for language in LANGUAGES}
        if page.short:
            addresses["x-default"] = f"{base}{page.short}"
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>' for tag, address in addresses.items()
        )
        changed = f"<lastmod>{page.changed_on}</lastmod>" if page.changed_on else ""
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{changed}{links}</url>\n"


def _part(entries: list[str]) -> str:
    return f'{_HEAD}<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(entries)}</urlset>\n'
