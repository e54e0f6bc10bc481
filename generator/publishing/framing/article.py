"""The article of a page, read in one go: what it says as plain Markdown, where it leads, which places it has."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import NamedTuple

_TAG = re.compile(r"(</?[a-zA-Z!][^>]*>)")
_NAME = re.compile(r"</?[a-z0-9]+")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_CODE = re.compile(r"<pre[^>]*>(.*?)</pre>|<code[^>]*>(.*?)</code>", re.DOTALL)
_BREAK, _ITEM = "\n\n", "- "
_BLOCKS = ("p", "section", "details", "figure", "table", "blockquote")
_MARKS = {
    **{f"<h{n}": f"{_BREAK}{'#' * n} " for n in range(1, 7)},
    **dict.fromkeys((f"</h{n}" for n in range(1, 7)), _BREAK),
    **dict.fromkeys((f"{slash}{name}" for name in _BLOCKS for slash in ("<", "</")), _BREAK),
    "<summary": f"{_BREAK}**",
    "</summary": f"**{_BREAK}",
    "<strong": "**",
    "</strong": "**",
    "<em": "*",
    "</em": "*",
    "<a": "[",
    # A list of terms has no form in Markdown: each becomes `- term: description`.
    "</dt": ": ",
    "<tr": "\n|",
    "<th": " ",
    "<td": " ",
    "</th": " |",
    "</td": " |",
}
"""Beginning of a tag → what stands in its place, where it is always the same."""
_MORE = {
    *("<a", "</a", "<li", "<dt", "<ul", "<ol", "<dl", "</ul", "</ol", "</dl"),
    *("<h1", "<table", "<th", "<td", "</tr", "<button", "<svg", "<form", "<nav", "<section"),
}
"""Of which there is more to say than that."""
_SHARING = "bas-share"
_SPECIAL = re.compile(r"[\\`*_\[\]|#~&<\n]")
_INERT = {ord(c): f"\\{c}" for c in "\\`*_[]|#~"} | {ord("<"): "&lt;", ord("\n"): " "}
_INDENT = "\x00"
"""Stands for the indentation of a list in a list until spaces are tidied; HTML has no such character."""
_KEPT = re.compile("\x01(\\d+)\x01")
"""Stands, with its number, for a piece of code, whose spaces and lines stay as they are."""
_ADDRESS = {ord(c): f"%{ord(c):02X}" for c in " ()<>"}
"""What would end an address in Markdown."""
_SPACES = re.compile(r" *\n[ \n]*| {2,}")


@dataclass(frozen=True, slots=True)
class Article:
    """What was read: the `text` as Markdown; `links`, (element, address) for each that leads somewhere or loads
    something; `ids`, the places; how many main `headings`."""

    text: str
    links: list[tuple[str, str]]
    ids: frozenset[str]
    headings: int


def read_article(html: str) -> Article:
    """Read `html`, which the templates or Python-Markdown wrote: well-formed, attributes in double quotes, text
    escaped."""
    codes: list[str] = []
    said: list[str] = []
    links: list[tuple[str, str]] = []
    ids: list[str] = []
    lists: list[str] = []
    headings = columns = rows = 0
    address = silent_until = ""

    def keep(found: re.Match[str]) -> str:
        block, inline = found.groups()
        kept = f"\x01{len(codes)}\x01"
        codes.append(f"`{unescape(inline)}`" if block is None else _fenced(block))
        return kept if block is None else f"<p>{kept}</p>"

    pieces = [*_TAG.split(_CODE.sub(keep, html) if "<code" in html else html), ""]
    for text, beginning in zip(pieces[::2], pieces[1::2], strict=True):
        name, element, mark, target, place, is_sharing, is_plain = _tag(beginning)
        if silent_until:
            if name == silent_until:
                silent_until = ""
        elif text == "\n":
            said.append(" ")
        elif text:
            said.append(_inert(text) if _SPECIAL.search(text) else text)
        if is_plain:
            if mark and not silent_until:
                said.append(mark)
            continue
        if place:
            ids.append(place)
        if target is not None:
            links.append((element, target))
        if silent_until:
            continue
        said.append(mark)
        match name:
            case "<a":
                address = target or ""
            case "</a":
                said.append(f"]({address.translate(_ADDRESS)})")
            case "<li" | "<dt":
                said.append(f"\n{_INDENT * (len(lists) - 1)}{lists[-1] if lists else _ITEM}")
            case "<ul" | "<ol" | "<dl":
                said.append("" if lists else _BREAK)
                lists.append("1. " if name == "<ol" else _ITEM)
            case "</ul" | "</ol" | "</dl":
                del lists[-1:]
                said.append("" if lists else _BREAK)
            case "<button" | "<svg" | "<form" | "<nav":
                silent_until = f"</{element}"
            case "<section" if is_sharing:
                silent_until = "</section"
            case "<h1":
                headings += 1
            case "<th" | "<td":
                columns += 1
            case "<table":
                rows = 0
            case "</tr":
                # The first row is the head of a table, whether it says so or not.
                if not rows:
                    said.append(f"\n|{' --- |' * columns}")
                rows, columns = rows + 1, 0
    tidy = _SPACES.sub(_tidied, "".join(said)).strip().replace(_INDENT, "  ")
    text = _KEPT.sub(lambda kept: codes[int(kept[1])], tidy)
    return Article(text, links, frozenset(ids), headings)


class _Tag(NamedTuple):
    """A tag as it stands: its beginning, such as `</a`, the element, the mark in its place, its `target`, which it
    leads to or loads, if any, which place it is, whether it holds ways to share, and whether there is nothing but its
    mark to it."""

    name: str
    element: str
    mark: str
    target: str | None
    place: str
    is_sharing: bool
    is_plain: bool


@lru_cache(maxsize=10_000)
def _tag(beginning: str) -> _Tag:
    """The tag that `beginning` is; most stand on every page."""
    found = _NAME.match(beginning)
    name = found[0] if found else ""
    values = {attribute: unescape(value) for attribute, value in _ATTRIBUTE.findall(beginning)}
    target, place = values.get("href", values.get("src")), values.get("id", "")
    is_plain = name not in _MORE and target is None and not place
    return _Tag(name, name.strip("</"), _MARKS.get(name, ""), target, place, values.get("class") == _SHARING, is_plain)


def _inert(text: str) -> str:
    """`text`, escaped for HTML, with a backslash before whatever Markdown would read as its own."""
    return unescape(text).translate(_INERT)


def _tidied(spaces: re.Match[str]) -> str:
    lines = spaces[0].count("\n")
    return _BREAK if lines > 1 else "\n" if lines else " "


def _fenced(html: str) -> str:
    text = unescape(_TAG.sub("", html)).strip("\n")
    return f"```\n{text}\n```"
