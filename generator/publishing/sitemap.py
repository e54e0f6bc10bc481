"""The sitemap: every page, with its other languages."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape

from generator.catalogue.languages import LANGUAGES
from generator.publishing.markdown import HTML_LANG


def sitemap(site_url: str, paths: Mapping[str, str]) -> str:
    """sitemap.xml for the pages at `paths`, each of which exists in every language; their short paths, where they
    have one, are the address for other languages.

    Source of the form: https://www.sitemaps.org/protocol.html, with Google's xhtml:link alternates.
    """
    base = escape(site_url)
    entries = [f"<url><loc>{base}</loc></url>"]
    for path, short in paths.items():
        addresses = {HTML_LANG[language]: f"{base}{language}/{path}" for language in LANGUAGES}
        if short:
            addresses["x-default"] = f"{base}{short}"
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{address}"/>' for tag, address in addresses.items()
        )
        entries += [f"<url><loc>{address}</loc>{links}</url>" for address in addresses.values()]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
        + "\n".join(entries)
        + "\n</urlset>\n"
    )
