"""A finished page → the same facts as plain Markdown, for programs that read text."""

from __future__ import annotations

import re
from pathlib import Path

from html_to_markdown import ConversionOptions, convert
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES

TWIN = "index.md"
_ONLY_TO_LOOK_AT = "button, svg, form, nav, .bas-share, .md-content__button, .headerlink"
_OPTIONS = ConversionOptions(extract_metadata=False, skip_images=True, compact_tables=True)
_DEFINITIONS = (
    (re.compile(r"<(/?)dl\b[^>]*>"), r"<\1ul>"),
    (re.compile(r"<div[^>]*>\s*<dt>"), "<li>"),
    (re.compile(r"</dt>\s*<dd[^>]*>"), ": "),
    (re.compile(r"</dd>\s*</div>"), "</li>"),
)
"""A list of terms has no form in Markdown: its entries become `term: description`."""


def write_twins(site: Path) -> int:
    """Write `index.md` beside every page in a language below the folder `site`; how many."""
    pages = [page for language in LANGUAGES for page in sorted((site / language).rglob("index.html"))]
    written = 0
    for page in pages:
        if text := twin(page.read_text(encoding="utf-8")):
            page.with_name(TWIN).write_text(text, encoding="utf-8", newline="")
            written += 1
    return written


def twin(html: str) -> str:
    """The article of a page as Markdown, with the page's own address last; '' for a page that has none."""
    tree = LexborHTMLParser(html)
    article = tree.css_first("article")
    if article is None:
        return ""
    for node in article.css(_ONLY_TO_LOOK_AT):
        node.decompose()
    body = article.html
    for found, instead in _DEFINITIONS:
        body = found.sub(instead, body)
    address = tree.css_first("link[rel=canonical]").attributes["href"]
    return f"{convert(body, _OPTIONS).content.strip()}\n\n<{address}>\n"
