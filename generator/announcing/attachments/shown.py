"""The text of a cell or a line as a viewer shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from generator.announcing.attachments.attachment import Cell, Damage
from generator.catalogue.messages import Message, in_series

_CAPTION = 2000
"""Characters that are kept of what stands above a table."""
_LINES = 10
"""So many of its last lines; before them stand the rest of a page and of an announcement."""
_MARK = re.compile(
    r"\s*(?:[\[(（【〔]?\s*(?:注|註)?\s*(?:\d{1,2}(?:\s*[,，、]\s*\d{1,2})*|[a-z])\s*[\])）】〕]?|[*＊†‡※①-⑳]+)\s*"
)
"""The mark of a note, where it stands raised."""
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class Run(NamedTuple):
    """A piece of text of one look."""

    text: str
    is_struck: bool = False
    is_raised: bool = False
    level: int = 0
    """Of the heading that it stands in, from 1; 0 for no heading."""


class Marks:
    """The raised marks of notes, which are no part of a text."""

    def __init__(self) -> None:
        self.places: list[Message] = []

    def remark(self) -> list[Message]:
        """The sentence about them, if there are any."""
        if not self.places:
            return []
        shown = in_series(dict.fromkeys(self.places[:3]))
        more = Message("reading.and-so-on") if len(self.places) > 3 else ""
        return [Message("reading.raised-marks", count=len(self.places), shown=shown, more=more)]


def text_of(runs: Iterable[Run], marks: Marks) -> str:
    """The text of `runs`, with raised figures written so.

    A raised mark of a note goes to `marks`.
    """
    text = ""
    for is_raised, pieces in groupby(runs, lambda run: run.is_raised):
        piece = "".join(run.text for run in pieces)
        if not is_raised:
            text += piece
        elif _MARK.fullmatch(piece) and text.strip() and not re.search(r"[A-Za-z]$", text):
            # After a letter it is a power, as of m².
            marks.places.append(Message("reading.mark-at", mark=piece.strip(), text=text.strip()[-40:]))
        else:
            text += piece.translate(_RAISED)
    return text


def damage_of(runs: Iterable[Run]) -> Damage:
    """How much of `runs` is struck out."""
    looks = {run.is_struck for run in runs if run.text.strip()}
    if looks == {True}:
        return "struck"
    return "partly struck" if True in looks else ""


def line_ends_joined(text: str) -> str:
    """`text` with one sign for any line ends, without spaces about it."""
    return "\n".join(filter(None, map(str.strip, text.splitlines())))


def cell_of(runs: list[Run], marks: Marks) -> Cell:
    """The cell that holds `runs`."""
    return Cell(line_ends_joined(text_of(runs, marks)), damage_of(runs))


class Above:
    """The headings and lines that stand above the next table."""

    def __init__(self) -> None:
        self.headings: dict[int, str] = {}
        self.lines: list[str] = []

    def add(self, text: str, level: int = 0) -> None:
        """Add a paragraph; one of a `level` ends all headings below it."""
        text = line_ends_joined(text)
        if not text:
            return
        if level:
            self.headings = {one: heading for one, heading in self.headings.items() if one < level} | {level: text}
            self.lines = []
        else:
            self.lines.append(text)

    def take(self) -> str:
        """The caption of a table that stands here; its lines belong to no other."""
        lines = [*self.headings.values(), *self.lines[-_LINES:]]
        self.lines = []
        return "\n".join(lines)[-_CAPTION:]


def short_rows(rows: Iterable[tuple[int, int]]) -> frozenset[int]:
    """The numbers, from 1, of rows that have fewer places than others.

    Each of `rows` is (cells, places that they cover). A row of one cell, such as a title, tells nothing. The others
    are the first full row, or the most.
    """
    places = [(number, covered) for number, (cells, covered) in enumerate(rows, 1) if cells > 1]
    if not places:
        return frozenset()
    counts = Counter(covered for _, covered in places)
    most = max(counts, key=lambda covered: (counts[covered], covered))
    width = max(most, places[0][1])
    return frozenset(number for number, covered in places if covered < width)
