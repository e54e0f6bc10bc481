"""The one place where text from a record becomes inert in a page."""

from __future__ import annotations

import re
from functools import lru_cache

from generator.catalogue.languages import HTML_LANG

_SPECIAL = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~"})
_LIST_START = re.compile(r"^(?:[-+]|\d+[.)])(?=\s|$)")
_REFERENCE = re.compile(r"&#(\d+);")
_AMPERSAND = re.compile(r"&#38;(?=#?\w+;)")
_IN_MARKDOWN = {str(ord(c)): f"\\{c}" for c in "\\`*_[]#|~>-+"} | {str(ord("<")): "&lt;"}
_IN_URL = str.maketrans(
    {"&": "&amp;", '"': "%22", "'": "%27", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", " ": "%20"}
)


@lru_cache(maxsize=50_000)
def escape(text: str) -> str:
    """`text` as inert in Markdown, in HTML and in an HTML attribute.

    Its special characters become decimal character references, which nothing else in a page's text is written with.
    """
    escaped = text.translate(_SPECIAL)
    if _LIST_START.match(escaped):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def escape_url(url: str) -> str:
    """`url` for an attribute, and for the destination of a link in Markdown."""
    return url.translate(_IN_URL)


def in_language(text: str, own: str, around: str) -> str:
    """`text`, which is in the language `own`, escaped for a sentence in the language `around`."""
    return escape(text) if own == around else f'<span lang="{HTML_LANG[own]}">{escape(text)}</span>'


def plain_markdown(text: str) -> str:
    """Markdown with `escape`d texts, as people read it: character references become what they stand for.

    What Markdown would take for its own has a backslash in front of it.
    """
    if "&" not in text:
        return text
    text = _AMPERSAND.sub(r"\\&", text.replace("&amp;", "&"))
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    character = chr(int(reference[1]))
    # `escape` writes a figure so only where it would begin a numbered list.
    return reference[0] if character.isdigit() else _IN_MARKDOWN.get(reference[1], character)
