"""The tables of Word documents."""

from __future__ import annotations

import io
from collections.abc import Iterator

from docx import Document
from docx.table import Table

from generator.announcing.attachments.attachment import Cell, Sheet
from generator.announcing.attachments.bounds import bound, even

_AROUND = 2000
"""Characters that are kept of the text about a table."""


def docx(data: bytes, _remarks: list[str]) -> Iterator[Sheet]:
    """The tables of a Word document.

    A merged cell is in each place that it covers.
    """
    document = Document(io.BytesIO(data))
    around = "\n".join(paragraph.text for paragraph in document.paragraphs)[:_AROUND]
    for n, table in enumerate(document.tables, 1):
        name = f"table {n}"
        yield Sheet(name, even(name, _word_rows(table, name)), around=around)


def _word_rows(table: Table, name: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    cells: dict[object, Cell] = {}
    for row in table.rows:
        bound(name, len(rows) + 1, sum(max(cell.grid_span, 0) for cell in row._tr.tc_lst))
        places = row.cells
        for cell in places:
            # The text of a merged cell is put together once, not in each of its places.
            if cell._tc not in cells:
                cells[cell._tc] = Cell(cell.text.strip())
        rows.append([cells[cell._tc] for cell in places])
    return rows
