"""The tables of an attachment of any kind, as the editor sees them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import Any, Literal

from generator.catalogue.messages import Message, message_of
from generator.files.disk import read_file

LARGEST = 20_000_000
"""Bytes of an attachment; the list of all standards is a hundred times smaller."""
READING_TIME = 12
"""Seconds that reading an attachment may take."""
LARGEST_ANSWER = 50_000_000
"""Bytes in which the reading process may say what it read."""
NO_MEMORY = 71
"""What the reading process returns when its memory does not suffice."""


class AttachmentError(Exception):
    """An attachment that cannot be read."""

    def __init__(self, clause: Message) -> None:
        super().__init__(clause)
        self.clause = clause
        """Why, and what to do: it follows the name of the file."""


Damage = Literal["", "number", "date", "formula", "error", "struck", "partly struck"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown."""

    text: str = ""
    damage: Damage = ""
    """What a spreadsheet made of the text; '' where it left it as it was."""


EMPTY = Cell()


@dataclass(slots=True)
class Sheet:
    """One sheet, table or page."""

    name: str
    """What rows are labelled and found by; '' for the only one of a file."""
    rows: list[list[Cell]]
    """From row 1 on, all of one length."""
    has_letters: bool = False
    """Whether its columns are called A, B, C."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """Numbers of rows, from 1."""
    hidden_columns: frozenset[int] = frozenset()
    """Places of columns, from 0."""
    around: str = ""
    """The text that stands about a table."""
    caption: str = ""
    """The lines that stand directly above it, since the table before."""
    short_rows: frozenset[int] = frozenset()
    """Numbers of rows, from 1, that the file gives fewer cells than their neighbours."""
    is_continued: bool = False
    """Whether it goes on from the sheet before, as a table does over the end of a page."""
    page: int = 0
    """The page of a PDF on which it stands, from 1; 0 for another file."""
    number: int = 0
    """Its number among the tables of its page or file, from 1; 0 where that tells nothing."""

    @property
    def called(self) -> Message:
        """The editor's name for it."""
        if self.page and self.number:
            return Message("reading.page-table", page=self.page, number=self.number)
        if self.page:
            return Message("reading.page", page=self.page)
        if self.number:
            return Message("reading.table", number=self.number)
        return Message("reading.sheet", name=self.name) if self.name else Message("reading.the-file")

    def mark(self, place: int) -> str:
        """The letters of the column at `place`, from 0.

        Where columns have none, it is the number, from 1.
        """
        if not self.has_letters:
            return str(place + 1)
        letters = ""
        place += 1
        while place:
            place, rest = divmod(place - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    def column(self, place: int) -> Message:
        """The editor's name for the column at `place`, from 0."""
        mark = self.mark(place)
        return Message("reading.letter", mark=mark) if self.has_letters else Message("reading.column", mark=mark)

    def where(self, row: int, place: int) -> Message:
        """The editor's name for one cell; `row` counts from 1, `place` from 0."""
        mark = self.mark(place)
        if self.has_letters:
            return Message("reading.cell", mark=mark, row=str(row))
        return Message("reading.row-column", row=str(row), mark=mark)


@dataclass(slots=True)
class Attachment:
    """A file that was read."""

    name: str
    sha256: str
    sheets: list[Sheet]
    remarks: list[Message] = field(default_factory=list)
    """How it was understood."""


def data_of(file: str) -> bytes:
    """The content of `file`, or of standard input for `-`.

    That is read no further than what can be imported. Raises OSError when no file can be read.
    """
    if file != "-":
        return read_file(file)
    with open(0, "rb", closefd=False) as stream:
        return stream.read(LARGEST + 1)


def sheet_data(sheet: Sheet) -> dict[str, Any]:
    """`sheet` as JSON can say it; which cells are one merged cell is kept."""
    places = Counter(id(cell) for row in sheet.rows for cell in row if cell.text)
    areas = {one: number for number, one in enumerate((one for one, count in places.items() if count > 1), 1)}
    rows = [[(cell.text, cell.damage, areas.get(id(cell), 0)) for cell in row] for row in sheet.rows]
    others = {name: getattr(sheet, name) for name in Sheet.__slots__ if name != "rows"}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in others.items()} | {
        "rows": rows
    }


def _sheet(data: dict[str, Any]) -> Sheet:
    """The sheet of `sheet_data`."""
    merged: dict[int, Cell] = {}

    def cell(text: str, damage: Damage, area: int) -> Cell:
        if not area:
            return Cell(text, damage) if text else EMPTY
        return merged.setdefault(area, Cell(text, damage))

    rows = [[cell(*values) for values in row] for row in data.pop("rows")]
    for name in ("hidden_rows", "hidden_columns", "short_rows"):
        data[name] = frozenset(data[name])
    return Sheet(rows=rows, **data)


def read_attachment(name: str, data: bytes) -> Attachment:
    """The tables of the file `name` that holds `data`.

    Raises AttachmentError when it is no file of a known kind, is damaged, protected or hostile. It is read by a
    process of its own with little time and memory, so that no file can harm more than itself.
    """
    if len(data) > LARGEST:
        raise AttachmentError(Message("reading.too-large", megabytes=LARGEST // 1_000_000))
    if not data.strip():
        raise AttachmentError(Message("reading.empty"))
    answer = json.loads(_read_apart(data))
    if "refused" in answer:
        raise AttachmentError(message_of(answer["refused"]))
    sheets = [_sheet(sheet) for sheet in answer["sheets"]]
    remarks = [message_of(remark) for remark in answer["remarks"]]
    return Attachment(name, hashlib.sha256(data).hexdigest(), sheets, remarks)


def _read_apart(data: bytes) -> bytes:
    """The answer of the process that reads `data`, as JSON."""
    with subprocess.Popen(
        (sys.executable, "-m", "generator.announcing.attachments.reader_process"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
    ) as process:
        assert process.stdin and process.stdout
        # Systems differ in what they can refuse to a process; all of them can end one.
        watch = Timer(READING_TIME, process.kill)
        watch.start()
        try:
            # One that ended early says by its code why.
            with suppress(OSError):
                process.stdin.write(data)
            with suppress(OSError):
                process.stdin.close()
            answer = process.stdout.read(LARGEST_ANSWER + 1)
            if len(answer) <= LARGEST_ANSWER:
                process.wait()
            is_late = watch.finished.is_set()
        finally:
            watch.cancel()
            process.kill()
    if process.returncode == 1 and not is_late:
        raise RuntimeError("the reading process failed; it says above why")
    if process.returncode != 0:
        raise AttachmentError(Message("reading.too-slow", seconds=READING_TIME))
    return answer
