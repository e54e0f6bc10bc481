"""The sitemap: every page, with its other languages and the day on which what it tells last changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.publishing.pages.page import Sheet

HELD = 40_000
"""Addresses in one file; the protocol allows 50,000."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(site_url: str, sheets: Iterable[Sheet]) -> Iterator[tuple[str, str]]:
    """(file, text) of sitemap.xml for `sheets`, each of which has a page in every language; of an index and its parts
    where one file cannot hold them. A short address is the one for other languages.

    Source of the form: https://www.sitemaps.org/protocol.html, with Google's xhtml:link alternates.
    """
    base = escape(site_url)
    entries = _entries(base, sheets)
    parts = list(iter(lambda: list(islice(entries, HELD)), []))
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


def _entries(base: str, sheets: Iterable[Sheet]) -> Iterator[str]:
    yield f"<url><loc>{base}</loc></url>\n"
    for sheet in sheets:
        if sheet.kind == "landing":
            continue
        addresses = {HTML_LANG[language]: f"{base}{language}/{sheet.path}" for language in LANGUAGES}
        if sheet.short:
            addresses["x-default"] = f"{base}{sheet.short}"
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>' for tag, address in addresses.items()
        )
        changed = f"<lastmod>{sheet.changed_on}</lastmod>" if sheet.changed_on else ""
        for address in addresses.values():
            yield f"<url><loc>{address}</loc>{changed}{links}</url>\n"


def _part(entries: list[str]) -> str:
    return f'{_HEAD}<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{"".join(entries)}</urlset>\n'
