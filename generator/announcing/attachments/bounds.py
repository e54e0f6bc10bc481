"""The bounds of what reading an attachment may take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet
from generator.catalogue.messages import Message

UNPACKED = 100_000_000
"""Bytes that a zipped document may unpack to."""
MARKUP = 30_000_000
"""Bytes of all its parts but pictures: libraries keep them as objects many times as large."""
MAX_TAGS = 3_000_000
"""Tags of these parts, or of a web page; twice those of 50,000 rows."""
PARTS = 5000
"""Files within a zipped document."""
PAGES = 300
"""Pages of a PDF."""
MAX_LETTERS = 500_000
"""Letters of a PDF, or of one page; ten times those of a list of 800 standards."""
MAX_ROWS = 60_000
"""Rows of a sheet, table or page."""
MAX_COLUMNS = 100
"""Columns of a sheet, table or page."""
MAX_CELLS = 600_000
"""Places of all sheets together, the empty ones too."""
MAX_CHARACTERS = 6_000_000
"""Characters of all places together; what is merged or repeated counts in each."""


TOO_MUCH = Message("reading.too-much")


def bound(sheet: Message, rows: int, columns: int) -> None:
    """Raise AttachmentError for what is called `sheet` with too many `rows`, `columns` or cells.

    It is asked before they are filled.
    """
    if rows > MAX_ROWS:
        raise AttachmentError(Message("reading.many-rows", sheet=sheet, rows=rows))
    if columns > MAX_COLUMNS:
        raise AttachmentError(Message("reading.many-columns", sheet=sheet, columns=columns))
    if rows * columns > MAX_CELLS:
        raise AttachmentError(Message("reading.many-cells", sheet=sheet, rows=rows, columns=columns))


def even(sheet: Message, rows: list[list[Cell]]) -> list[list[Cell]]:
    """`rows` of one length, the short ones filled up with empty cells.

    Raises AttachmentError for a table, called `sheet`, that becomes too large.
    """
    width = max(map(len, rows), default=0)
    bound(sheet, len(rows), width)
    return [row + [EMPTY] * (width - len(row)) for row in rows]


def bounded(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The `sheets` of an attachment, one by one.

    Raises AttachmentError as soon as they hold together more than a list can.
    """
    cells = characters = 0
    for sheet in sheets:
        cells += sum(map(len, sheet.rows))
        characters += sum(len(cell.text) for row in sheet.rows for cell in row)
        if cells > MAX_CELLS or characters > MAX_CHARACTERS:
            raise AttachmentError(TOO_MUCH)
        yield sheet
