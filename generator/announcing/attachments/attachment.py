"""The tables of an attachment of any kind, as the editor sees them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

LARGEST = 20_000_000
"""Bytes of an attachment; the list of all standards is a hundred times smaller."""
READING_TIME = 15
"""Seconds that reading an attachment may take."""


class AttachmentError(Exception):
    """An attachment that cannot be read: a sentence that says why, and what to do."""


Damage = Literal["", "number", "date", "formula", "error", "struck"]


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
    """'' for the only one of a file."""
    rows: list[list[Cell]]
    """From row 1 on, all of one length."""
    has_letters: bool = False
    """Whether its columns are called A, B, C."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    """Numbers of rows, from 1."""
    around: str = ""
    """The text that stands about a table."""

    def column(self, place: int) -> str:
        """The editor's name for the column at `place`, from 0."""
        if not self.has_letters:
            return f"column {place + 1}"
        letters = ""
        place += 1
        while place:
            place, rest = divmod(place - 1, 26)
            letters = chr(ord("A") + rest) + letters
        return letters

    def where(self, row: int, place: int) -> str:
        """The editor's name for one cell; `row` counts from 1, `place` from 0."""
        return f"{self.column(place)}{row}" if self.has_letters else f"row {row}, {self.column(place)}"


@dataclass(slots=True)
class Attachment:
    """A file that was read."""

    name: str
    sha256: str
    sheets: list[Sheet]
    remarks: list[str] = field(default_factory=list)
    """Sentences about how it was understood."""


def even(rows: list[list[Cell]]) -> list[list[Cell]]:
    """`rows` of one length, the short ones filled up with empty cells."""
    width = max(map(len, rows), default=0)
    return [row + [EMPTY] * (width - len(row)) for row in rows]


def read_attachment(name: str, data: bytes) -> Attachment:
    """The tables of the file `name` that holds `data`.

    Raises AttachmentError when it is no file of a known kind, is damaged, protected or hostile. It is read by a
    process of its own with little time and memory, so that no file can harm more than itself.
    """
    if len(data) > LARGEST:
        raise AttachmentError(
            f"has {len(data) / 1e6:,.0f} MB; copy the table alone into a new spreadsheet and save it as .xlsx"
        )
    if not data.strip():
        raise AttachmentError("is empty; save the attachment again from where it was announced")
    answer = json.loads(_read_apart(data))
    if "refused" in answer:
        raise AttachmentError(answer["refused"])
    sheets = [
        Sheet(
            sheet["name"],
            [[Cell(*cell) for cell in row] for row in sheet["rows"]],
            sheet["has_letters"],
            sheet["is_hidden"],
            frozenset(sheet["hidden_rows"]),
            sheet["around"],
        )
        for sheet in answer["sheets"]
    ]
    return Attachment(name, hashlib.sha256(data).hexdigest(), sheets, answer["remarks"])


def _read_apart(data: bytes) -> bytes:
    """The answer of the process that reads `data`, as JSON."""
    try:
        process = subprocess.run(
            (sys.executable, "-m", "generator.announcing.attachments.reader_process"),
            input=data,
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])},
            capture_output=True,
            timeout=READING_TIME,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise AttachmentError(_too_much()) from None
    # Below 0 the system ended it, for its time or its memory.
    if process.returncode == NO_MEMORY or process.returncode < 0:
        raise AttachmentError(_too_much())
    if process.returncode != 0:
        raise RuntimeError(process.stderr.decode("utf-8", "replace"))
    return process.stdout


NO_MEMORY = 71
"""What the reading process returns when its memory does not suffice."""


def _too_much() -> str:
    return (
        f"takes more than {READING_TIME} seconds or too much memory to read, which no list of standards does; "
        "copy the table into a new spreadsheet and save it as .xlsx"
    )
