"""The rows of a sheet that name its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.announcing.attachments.attachment import Cell
from generator.announcing.attachments.headings import NAMING, column_of, column_of_parts

_LONGEST = 150
"""Characters of a heading, in all its languages."""
_DEEPEST = 3
"""Rows of a heading: two groups one below the other, and what they hold."""
_FIGURE = re.compile(r"\d{2}|^\W*\d+\W*$")
"""What a heading does not hold, other than a cell of a list."""


@dataclass(frozen=True, slots=True)
class HeadingRows:
    """The rows that name the columns of a list."""

    height: int
    """How many rows it takes."""
    texts: list[str]
    """The words above each place; a heading of several rows has them one after the other."""
    columns: list[str]
    """The column at each place; '' where the words name none."""
    chosen: frozenset[int] = frozenset()
    """The places whose column the editor chose, whatever the words say."""

    @property
    def is_of_a_list(self) -> bool:
        """Whether it has numbers or titles of standards."""
        return any(column in NAMING for column in self.columns)


def heading_at(rows: Sequence[list[Cell]], index: int) -> HeadingRows | None:
    """The heading that begins in row `index`, from 0; None where that row is none.

    A row is one when two of its cells, merged ones counted once, are known headings.
    """
    first = rows[index]
    # Nearly every row is the row of a standard, which is told by any figure that it has.
    if any(_FIGURE.search(cell.text) or len(cell.text) > _LONGEST for cell in first):
        return None
    columns = [column_of(cell.text) if cell.text else "" for cell in first]
    if not any(columns):
        return None
    heading = HeadingRows(1, [cell.text for cell in first], columns)
    for height in range(2, _DEEPEST + 1):
        if index + height > len(rows) or not _goes_on(rows[index : index + height]):
            break
        deeper = _together(rows[index : index + height])
        if _known(deeper.columns) < _known(heading.columns):
            break
        heading = deeper
    if _known(heading.columns) < 2 or _distinct(first) < 2:
        return None
    return heading


def nearest_heading(rows: Sequence[list[Cell]]) -> tuple[int, list[str], list[str]]:
    """The row that comes nearest to a heading, from 1.

    With its words that are understood, then those that are not. 0 where no row holds a known heading.
    """
    best: tuple[int, list[str], list[str]] = (0, [], [])
    for number, cells in enumerate(rows, 1):
        texts = list(dict.fromkeys(" ".join(cell.text.split()) for cell in cells if cell.text))
        known = [text for text in texts if column_of(text)]
        if len(known) > len(best[1]):
            best = (number, known, [text for text in texts if text not in known])
    return best


def _goes_on(rows: Sequence[list[Cell]]) -> bool:
    """Whether the last of `rows` is a further row of the heading that the others are."""
    above, below = rows[-2], rows[-1]
    is_further = False
    for place, cell in enumerate(below):
        upper = above[place]
        if not cell.text or cell is upper:
            continue
        if _FIGURE.search(cell.text) or len(cell.text) > _LONGEST:
            return False
        if upper.text and not _is_group(above, below, place):
            return False
        is_further = True
    return is_further


def _is_group(above: Sequence[Cell], below: Sequence[Cell], place: int) -> bool:
    """Whether the cell `above` stands over several of those `below`: merged, or with empty places after it."""
    cell = above[place]
    around = [above[other] for other in (place - 1, place + 1) if 0 <= other < len(above)]
    if any(other is cell for other in around):
        return True
    after = place + 1
    return after < len(above) and not above[after].text and bool(below[after].text)


def _together(rows: Sequence[list[Cell]]) -> HeadingRows:
    """The heading that all of `rows` are."""
    texts, columns = [], []
    for place in range(len(rows[0])):
        parts: list[str] = []
        cells: list[Cell] = []
        for n, row in enumerate(rows):
            cell = row[place]
            # An empty place belongs to the group before it, where something stands below.
            if not cell.text and n + 1 < len(rows) and rows[-1][place].text:
                cell = next((one for one in reversed(row[:place]) if one.text), cell)
            if cell.text and not any(cell is other for other in cells):
                cells.append(cell)
                parts.append(cell.text)
        texts.append(" ".join(parts))
        columns.append(column_of_parts(parts) if parts else "")
    return HeadingRows(len(rows), texts, columns)


def _known(columns: Sequence[str]) -> int:
    return len({column for column in columns if column})


def _distinct(cells: Sequence[Cell]) -> int:
    return len({id(cell) for cell in cells if cell.text})
