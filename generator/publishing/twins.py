"""A finished page → the same facts as plain Markdown, for programs that read text."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

from html_to_markdown import ConversionOptions, convert

from generator.publishing.filling import Finished

TWIN = "index.md"
_ONLY_TO_LOOK_AT = re.compile(r"<(button|svg|form|nav)\b.*?</\1>|<section class=\"bas-share\".*?</section>", re.DOTALL)
_OPTIONS = ConversionOptions(extract_metadata=False, skip_images=True, tier_strategy="tier1")
"""The library's fast way gives up by itself on what it cannot do, but for tables without padding."""
_WITH_TABLES = ConversionOptions(extract_metadata=False, skip_images=True, compact_tables=True)
_DEFINITIONS = (
    (re.compile(r"<(/?)dl\b[^>]*>"), r"<\1ul>"),
    (re.compile(r"<div[^>]*>\s*<dt>"), "<li>"),
    (re.compile(r"</dt>\s*<dd[^>]*>"), ": "),
    (re.compile(r"</dd>\s*</div>"), "</li>"),
)
"""A list of terms has no form in Markdown: its entries become `term: description`."""
_CODE = re.compile(r"(<code\b.*?</code)(?=>)", re.DOTALL)
_TEXT = re.compile(r">[^<>\\`*_\[\]|#~&]*[\\`*_\[\]|#~&][^<]*")
"""Text after a tag that has a special character."""
_MARK = "\ue000"
"""Stands for a backslash while the page is converted; one that is there already would be doubled."""
_MARKED = re.compile(rf"{_MARK}(?:\\(?=[][|]))?")
"""With the backslash that the conversion itself sets, inside links and tables."""
_INERT = {ord(c): f"{_MARK}{c}" for c in "\\`*_[]|#~"} | {ord("&"): "&amp;", ord("<"): "&amp;lt;"}


def twin_of(page: Finished, site_url: str) -> tuple[str, Callable[[], bytes]]:
    """(path, what makes the content) of the twin of `page`, which is published below `site_url`."""
    folder = page.name.removesuffix("index.html")
    return f"{folder}{TWIN}", lambda: twin(page.article, f"{site_url}{folder}").encode()


def twin(article: str, address: str) -> str:
    """The `article` of a page, in HTML, as Markdown, with the page's `address` last."""
    body = _ONLY_TO_LOOK_AT.sub("", article)
    for found, instead in _DEFINITIONS:
        body = found.sub(instead, body)
    # Between pieces of code, which stand as they are, every second one is text and tags.
    pieces = _CODE.split(body)
    pieces[::2] = [_TEXT.sub(_inert, piece) for piece in pieces[::2]]
    body = "".join(pieces)
    options = _WITH_TABLES if "<table" in body else _OPTIONS
    text = _MARKED.sub(r"\\", convert(body, options).content.strip())
    return f"{text}\n\n<{address}>\n"


def _inert(found: re.Match[str]) -> str:
    """Text of a page with a mark before whatever Markdown would read as its own; `<` stays written as `&lt;`."""
    return unescape(found[0]).translate(_INERT)
