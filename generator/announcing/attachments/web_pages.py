"""The tables of web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet
from generator.announcing.attachments.bounds import MAX_COLUMNS, MAX_TAGS, TOO_MUCH, bound, even
from generator.announcing.attachments.spreadsheets import decoded

_AROUND = 2000
"""Characters that are kept of the text about a table."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}


def html(data: bytes, remarks: list[str]) -> Iterator[Sheet]:
    """The tables of a saved web page, each a sheet."""
    declared = _CHARSET.search(data[:4096])
    encoding = _CHINESE.get(declared[1].decode().lower(), "") if declared else ""
    text = data.decode(encoding, "replace") if encoding else decoded(data, remarks)
    if text.count("<") > MAX_TAGS:
        raise AttachmentError(TOO_MUCH)
    page = LexborHTMLParser(text)
    around = "\n".join(one.text() for one in page.css("title, h1, h2, caption"))[:_AROUND]
    tables = [table for table in page.css("table") if not table.css_first("table table")]
    for n, table in enumerate(tables, 1):
        name = f"table {n}"
        yield Sheet(name, even(name, _spread(table, name)), around=around)


def _spread(table: LexborNode, name: str) -> list[list[Cell]]:
    """The rows of a table of HTML; a cell is in each place that it spans."""
    lines = table.css("tr")
    rows: list[dict[int, Cell]] = [{} for _ in lines]
    for n, line in enumerate(lines):
        place = 0
        for element in line.css("td, th"):
            while place in rows[n]:
                place += 1
            cell = Cell(" ".join(element.text(separator="").split()))
            width = _span(element, "colspan")
            bound(name, len(rows), place + width)
            for row in rows[n : n + _span(element, "rowspan")]:
                row |= dict.fromkeys(range(place, place + width), cell)
    return [[row.get(column, EMPTY) for column in range(max(row, default=-1) + 1)] for row in rows]


def _span(element: LexborNode, name: str) -> int:
    text = element.attributes.get(name) or "1"
    return min(int(text), 1000 if name == "rowspan" else MAX_COLUMNS) if text.isdecimal() and text != "0" else 1
