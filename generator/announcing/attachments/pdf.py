"""The tables of a PDF."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import pypdfium2

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Damage, Sheet
from generator.announcing.attachments.bounds import MAX_LETTERS, PAGES, TOO_MUCH, bound
from generator.announcing.attachments.pdf_grids import Area, Grid, columns_of, grids, lines_of, pieces
from generator.announcing.attachments.pdf_pages import Letter, PrintedPage, is_wide, read_page
from generator.announcing.attachments.unreadable import PROTECTED
from generator.catalogue.messages import Message, in_series

_AROUND = 2000
"""Characters that are kept of the text about a table."""
_NEAR = 3.0
"""Points between what is meant to be at one place."""
_PAGE_NUMBER = re.compile(
    r"\W*(?:第|page)?\s*\d{1,4}\s*(?:页|頁)?(?:\s*(?:/|of|，?共)\s*\d{1,4}\s*(?:页|頁)?)?\W*", re.IGNORECASE
)
_DEEPEST = 4
"""Rows of a table before its heading, with a title of the whole."""
_NARROW = 0.17
"""Room for a space, as a part of the size of a letter."""


@dataclass(slots=True)
class _Place:
    """A table with what stands about it."""

    page: int
    number: int
    """Of the table on its page, from 1."""
    grid: Grid
    room: float
    """Between a Chinese letter and another, where it stands for a space."""
    rows: list[list[Cell]] = field(default_factory=list)
    caption: str = ""
    goes_on: bool = False
    """Whether it is the rest of the table before it."""
    may_be_cut: bool = False
    """Whether its first row may be the rest of a row of the page before."""


def pdf(data: bytes, remarks: list[Message]) -> list[Sheet]:
    """The tables of a PDF that holds text, each a sheet.

    Raises AttachmentError for one that shows no table with lines, or none that can be read.
    """
    pages = _pages(data)
    letters = sum(len(page.letters) for page in pages)
    if not letters:
        has_text = any(page.hidden for page in pages)
        raise AttachmentError(Message("reading.scanned-with-text") if has_text else Message("reading.scanned"))
    if sum(one.text == "\ufffd" for page in pages for one in page.letters) > letters / 3:
        raise AttachmentError(Message("reading.no-letters"))
    tables, around = _tables(pages, remarks)
    if not tables:
        raise AttachmentError(Message("reading.no-lines"))
    _fill(tables, remarks)
    remarks.append(Message("reading.hold-against-page"))
    return _sheets(tables, around)


def _pages(data: bytes) -> list[PrintedPage]:
    """What each page of a PDF shows."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise AttachmentError(PROTECTED) from None
        raise
    if len(document) > PAGES:
        raise AttachmentError(Message("reading.many-pages", count=len(document)))
    # Skia, which prints for browsers, leaves out the spaces that the font of Chinese letters has.
    room = 0.15 if "Skia" in document.get_metadata_value("Producer") else 0.6
    pages: list[PrintedPage] = []
    for n in range(len(document)):
        pages.append(read_page(document[n], n + 1, room))
        if sum(len(page.letters) for page in pages) > MAX_LETTERS:
            raise AttachmentError(TOO_MUCH)
    return pages


def _tables(pages: list[PrintedPage], remarks: list[Message]) -> tuple[list[_Place], str]:
    """The tables of `pages`, with the text about them."""
    tables: list[_Place] = []
    texts: list[str] = []
    running = _running(pages)
    is_apart = True
    for page in pages:
        _remark(page, remarks)
        page_grids = grids(page)
        lines = _outside(page, page_grids, remarks)
        lines = [(y, text) for y, text in lines if text not in running and not _PAGE_NUMBER.fullmatch(text)]
        texts += [text for _, text in lines]
        for number, grid in enumerate(page_grids, 1):
            above = [text for y, text in lines if y < grid.ys[0] + 1]
            lines = [(y, text) for y, text in lines if y >= grid.ys[0] + 1]
            goes_on = number == 1 and not is_apart and not above and _is_one(tables[-1].grid, grid)
            tables.append(_Place(page.number, number, grid, page.room, caption="\n".join(above), goes_on=goes_on))
        is_apart = bool(lines) or not page_grids
    return tables, "\n".join(texts)[:_AROUND]


def _outside(page: PrintedPage, page_grids: list[Grid], remarks: list[Message]) -> list[tuple[float, str]]:
    """Each line of text outside the tables of `page`, with its height from the top."""
    inside = {id(one) for grid in page_grids for area in grid.areas for one in area.letters}
    outside = lines_of(one for one in page.letters if id(one) not in inside)
    loose = [line for line in outside if len(pieces(line)) > 2]
    if len(loose) > 2:
        text = _text(loose[0], page.room).strip()
        remarks.append(Message("reading.loose-lines", page=page.number, text=text, count=len(loose) - 1))
    lines = [(line[0].y, _text(line, page.room).strip()) for line in outside]
    return [(y, text) for y, text in lines if text]


def _remark(page: PrintedPage, remarks: list[Message]) -> None:
    """Say what of `page` is not read."""
    if text := page.hidden.strip()[:60]:
        remarks.append(Message("reading.not-shown", page=page.number, text=text))
    if text := page.slanting.strip()[:60]:
        remarks.append(Message("reading.aslant", page=page.number, text=text))
    if page.marks:
        remarks.append(Message("reading.laid-over", page=page.number, marks=tuple(dict.fromkeys(page.marks))))
    if page.has_picture:
        remarks.append(Message("reading.large-picture", page=page.number))


def _running(pages: list[PrintedPage]) -> set[str]:
    """The lines that stand on each of several pages: running titles."""
    if len(pages) < 2:
        return set()
    texts = []
    for page in pages:
        edge = page.height / 10
        ends = [one for one in page.letters if one.y < edge or one.y > page.height - edge]
        texts.append({_text(line, page.room).strip() for line in lines_of(ends)})
    return set.intersection(*texts)


def _is_one(upper: Grid, lower: Grid) -> bool:
    """Whether two tables have the same columns, as far as both divide them."""
    one, other = ([x - grid.xs[0] for x in grid.xs] for grid in (upper, lower))
    few, many = sorted((one, other), key=len)
    return abs(one[-1] - other[-1]) < _NEAR and all(any(abs(x - y) < _NEAR for y in many) for x in few)


# --- cells ----------------------------------------------------------------------------------------------------------


def _fill(tables: list[_Place], remarks: list[Message]) -> None:
    """Give each of `tables` its rows; what goes on over a page is joined."""
    chains: list[list[_Place]] = []
    for table in tables:
        if table.goes_on:
            chains[-1].append(table)
        else:
            chains.append([table])
    ends: list[Message] = []
    for chain in chains:
        widest = max((table.grid for table in chain), key=lambda grid: len(grid.xs))
        xs = [x - widest.xs[0] for x in widest.xs]
        for table in chain:
            _spread(table, xs, ends)
        for upper, lower in pairwise(chain):
            _join(upper, lower, chain[0], remarks)
    if ends := list(dict.fromkeys(ends)):
        more = Message("reading.more", count=len(ends) - 5) if len(ends) > 5 else ""
        remarks.append(Message("reading.line-ends", places=in_series(ends[:5]), more=more))


def _spread(table: _Place, xs: list[float], ends: list[Message]) -> None:
    """Put the text of each cell into all places that it covers, between the columns of `xs`."""
    grid = table.grid
    at = [min(range(len(xs)), key=lambda n: abs(xs[n] - x + grid.xs[0])) for x in grid.xs]
    bound(Message("reading.page", page=table.page), len(grid.ys) - 1, len(xs) - 1)
    table.rows = [[EMPTY] * (len(xs) - 1) for _ in grid.ys[1:]]
    for area in grid.areas:
        cell = _cell(area, table.room)
        if any(is_wide(a[-1:]) and is_wide(b[:1]) for a, b in pairwise(cell.text.split("\n"))):
            ends.append(Message("reading.page-row", page=table.page, row=str(area.top + 1)))
        for row in range(area.top, area.bottom):
            for column in range(at[area.left], at[area.right]):
                table.rows[row][column] = cell
    grid.is_open_above = [grid.is_open_above[n] for n in range(len(at) - 1) for _ in range(at[n], at[n + 1])]
    grid.is_open_below = [grid.is_open_below[n] for n in range(len(at) - 1) for _ in range(at[n], at[n + 1])]


def _cell(area: Area, room: float) -> Cell:
    """What a cell shows."""
    letters = [one for one in area.letters if one.text != " "]
    struck = sum(one.is_struck for one in letters)
    damage: Damage = "" if not struck else "struck" if struck == len(letters) else "partly struck"
    columns = columns_of(area.letters)
    texts = ["".join(one.text for one in column) for column in columns]
    text = ""
    for lower in texts or [_text(line, room) for line in lines_of(area.letters)]:
        # A space at the end of a line that breaks there is one, though nobody sees it.
        has_space = text.endswith(" ") and is_wide(text.strip()[-1:]) and is_wide(lower[:1])
        text = f"{text.rstrip()}{' ' if has_space else chr(10)}{lower}" if text.strip() else lower
    return Cell("\n".join(" ".join(line.split()) for line in text.split("\n")), damage)


def _text(line: list[Letter], room: float) -> str:
    """A line of text, with a space where there is room for one.

    `room` is the least between a Chinese letter and another, as a part of their size.
    """
    apart = [b.start - a.end for a, b in pairwise(line) if is_wide(a.text) and is_wide(b.text)]
    # Letters that are spread over a column stand apart, but have no spaces between them.
    spread = max(min(apart), 0) if len(apart) > 1 else 0
    text = ""
    for n, letter in enumerate(line):
        if n and " " not in (letter.text, text[-1]):
            before = line[n - 1]
            width, wide = letter.start - before.end, is_wide(before.text) + is_wide(letter.text)
            least = (_NARROW, room, _NARROW)[wide] * min(letter.size, before.size)
            if width - (spread if wide == 2 else 0) > least:
                text += " "
        text += letter.text
    return text.lstrip()


def _join(upper: _Place, lower: _Place, first: _Place, remarks: list[Message]) -> None:
    """Join what the end of the page between two parts of a table cuts, where the lines show it."""
    heading = _repeated_heading(first.rows, lower.rows)
    if heading == len(lower.rows):
        return
    pairs = list(zip(upper.rows[-1], lower.rows[heading], strict=True))
    # Below a heading that is repeated there always is a line.
    are_open = [
        below and (above or bool(heading))
        for below, above in zip(upper.grid.is_open_below, lower.grid.is_open_above, strict=True)
    ]
    is_cut = all(are_open) and not all(one.text and other.text for one, other in pairs)
    lower.may_be_cut = all(are_open) != is_cut or not any(are_open)
    if lower.may_be_cut and any(are_open):
        return
    for (one, other), is_open in zip(pairs, are_open, strict=True):
        if is_open:
            _make_one(upper, lower, one, other)
        elif not any(are_open):
            _carry(upper, lower, one, other, remarks)
    if is_cut:
        lower.rows[heading] = [EMPTY] * len(pairs)


def _repeated_heading(first: list[list[Cell]], rows: list[list[Cell]]) -> int:
    """How many of `rows` repeat the heading of the `first` part of their table."""
    texts, others = ([[cell.text for cell in row] for row in one] for one in (first, rows))
    for start in range(min(_DEEPEST, len(texts))):
        height = 0
        while height < min(len(others), len(texts) - start) and others[height] == texts[start + height]:
            height += 1
        if height:
            return height
    return 0


def _make_one(upper: _Place, lower: _Place, one: Cell, other: Cell) -> None:
    """Put one cell in all places of two cells that the end of a page cuts."""
    damage = one.damage if one.damage == other.damage or not other.text else "partly struck"
    whole = Cell("\n".join(filter(None, (one.text, other.text))), damage if one.text else other.damage)
    for rows in (upper.rows, lower.rows):
        for row in rows:
            row[:] = [whole if cell is one or cell is other else cell for cell in row]


def _carry(upper: _Place, lower: _Place, one: Cell, other: Cell, remarks: list[Message]) -> None:
    """Join two cells, each merged from several rows, of which one is blank; no line shows whether they are one."""
    if bool(one.text) == bool(other.text):
        return
    heights = [_height(one, upper.rows), _height(other, lower.rows)]
    text = " ".join((one.text or other.text).split())
    if min(heights) > 1:
        _make_one(upper, lower, one, other)
        remarks.append(Message("reading.carried-over", text=text, upper=upper.page, lower=lower.page))
    elif heights[0 if one.text else 1] > 1:
        remarks.append(Message("reading.carried-unsure", text=text, upper=upper.page, lower=lower.page))


def _height(cell: Cell, rows: list[list[Cell]]) -> int:
    """How many of `rows` a cell covers."""
    return sum(any(part is cell for part in row) for row in rows)


# --- sheets ---------------------------------------------------------------------------------------------------------


def _sheets(tables: list[_Place], around: str) -> list[Sheet]:
    counts = Counter(table.page for table in tables)
    return [
        Sheet(
            f"page {table.page}" + (f", table {table.number}" if counts[table.page] > 1 else ""),
            table.rows,
            around=around if not n else "",
            caption=table.caption,
            is_continued=table.may_be_cut,
            page=table.page,
            number=table.number if counts[table.page] > 1 else 0,
        )
        for n, table in enumerate(tables)
    ]
