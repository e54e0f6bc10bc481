"""The sheets of spreadsheets of every kind, merged cells filled."""

from __future__ import annotations

import csv as csv_format
import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date, datetime, time

import xlrd
from odf import opendocument, teletype
from odf.element import Element
from odf.namespaces import OFFICENS, STYLENS, TABLENS, TEXTNS
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import S
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import range_boundaries
from xlrd.biffh import XLRDError

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet
from generator.announcing.attachments.bounds import (
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_MUCH,
    bound,
    even,
)
from generator.announcing.attachments.encodings import decoded

_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|Err:\d+")

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([\w:$]+)")


def xlsx(data: bytes, _remarks: list[str]) -> Iterator[Sheet]:
    """The sheets of a workbook of Excel since 2007."""
    _bound_merged(data)
    book = load_workbook(io.BytesIO(data), keep_links=False)
    for sheet in book.worksheets:
        bound(sheet.title, sheet.max_row, sheet.max_column)
        rows = [[_excel(cell) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            _fill(rows, area.min_row - 1, area.max_row, area.min_col - 1, area.max_col)
        hidden = frozenset(n for n, row in sheet.row_dimensions.items() if row.hidden and n <= len(rows))
        yield Sheet(sheet.title, rows, True, sheet.sheet_state != "visible", hidden)


def _bound_merged(data: bytes) -> None:
    """Raise AttachmentError where merged cells cover too much: openpyxl makes an object for each place."""
    covered = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            for area in _MERGED.findall(archive.read(part)) if part.startswith("xl/worksheets/") else ():
                left, top, right, bottom = (edge or 0 for edge in range_boundaries(area.decode()))
                bound("a merged cell", bottom, right)
                covered += (bottom - top + 1) * (right - left + 1)
    if covered > MAX_CELLS:
        raise AttachmentError(TOO_MUCH)


def _excel(cell: ExcelCell | MergedCell) -> Cell:
    value = cell.value
    if isinstance(cell, MergedCell) or value is None:
        return EMPTY
    if cell.has_style and cell.font.strike:
        return Cell(str(value), "struck")
    match cell.data_type:
        case "f":
            return Cell(str(getattr(value, "text", value)), "formula")
        case "e":
            return Cell(str(value), "error")
        case "d":
            return _day(value)
        case "n" if isinstance(value, (int, float)):
            return Cell(_number(value, cell.number_format), "number")
    return _text(str(value))


def xls(data: bytes, _remarks: list[str]) -> Iterator[Sheet]:
    """The sheets of a workbook of Excel before 2007."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypted" in str(error):
            raise AttachmentError("is protected by a password; open it, take the password off, and save it") from None
        raise
    for sheet in book.sheets():
        bound(sheet.name, sheet.nrows, sheet.ncols)
        rows = even(sheet.name, [[_old_excel(cell, book) for cell in sheet.row(n)] for n in range(sheet.nrows)])
        for top, bottom, left, right in sheet.merged_cells:
            _fill(rows, top, bottom, left, right)
        hidden = frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden and n < len(rows))
        yield Sheet(sheet.name, rows, True, sheet.visibility != 0, hidden)


def _old_excel(cell: xlrd.sheet.Cell, book: xlrd.Book) -> Cell:
    value = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return _text(str(value))
        case xlrd.XL_CELL_NUMBER:
            # It is None only where a book is opened without its formats.
            style = book.xf_list[cell.xf_index or 0]
            return Cell(_number(float(value), book.format_map[style.format_key].format_str), "number")
        case xlrd.XL_CELL_DATE:
            return _day(xlrd.xldate_as_datetime(float(value), book.datemode))
        case xlrd.XL_CELL_ERROR:
            return Cell(xlrd.error_text_from_code.get(int(value), "#ERROR"), "error")
        case xlrd.XL_CELL_BOOLEAN:
            return Cell("TRUE" if value else "FALSE")
    return EMPTY


def ods(data: bytes, _remarks: list[str]) -> Iterator[Sheet]:
    """The sheets of an OpenDocument spreadsheet."""
    with redirect_stdout(io.StringIO()) as complaints:
        document = opendocument.load(io.BytesIO(data))
    if complaints.getvalue():
        # It prints that it cannot read a part, and goes on with what stood before the damage.
        raise ValueError("a part of it is no XML")
    # A row of spaces is written as their number.
    if sum(int(spaces.getAttrNS(TEXTNS, "c") or 1) for spaces in document.body.getElementsByType(S)) > MAX_CHARACTERS:
        raise AttachmentError(TOO_MUCH)
    hidden_styles = {
        style.getAttrNS(STYLENS, "name")
        for style in document.automaticstyles.getElementsByType(Style)
        if any(child.getAttrNS(TABLENS, "display") == "false" for child in style.childNodes)
    }
    for table in document.body.getElementsByType(Table):
        yield _open_sheet(table, is_hidden=table.getAttrNS(TABLENS, "style-name") in hidden_styles)


def _open_sheet(table: Element, *, is_hidden: bool) -> Sheet:
    name = table.getAttrNS(TABLENS, "name") or "?"
    rows: list[list[Cell]] = []
    hidden: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    for row in table.getElementsByType(TableRow):
        cells, areas = _open_row(row, name)
        merged += [(len(rows), len(rows) + down, left, right) for down, left, right in areas]
        repeated = _whole(row, "number-rows-repeated")
        if row.getAttrNS(TABLENS, "visibility") in ("collapse", "filter"):
            hidden |= set(range(len(rows) + 1, len(rows) + 1 + min(repeated, MAX_ROWS)))
        bound(name, len(rows) + (repeated if cells else 0), len(cells))
        # Programs end a sheet with a million empty rows.
        rows += [list(cells) for _ in range(repeated if cells else min(repeated, 100))]
    while rows and not rows[-1]:
        rows.pop()
    rows = even(name, rows)
    for top, bottom, left, right in merged:
        _fill(rows, top, bottom, left, right)
    return Sheet(name, rows, True, is_hidden, frozenset(n for n in hidden if n <= len(rows)))


def _open_row(row: Element, sheet: str) -> tuple[list[Cell], list[tuple[int, int, int]]]:
    """The cells of a row, with the (height, left, right) of merged areas beginning there."""
    cells: list[Cell] = []
    areas: list[tuple[int, int, int]] = []
    for element in row.childNodes:
        if element.qname not in (TableCell().qname, CoveredTableCell().qname):
            continue
        cell = _open_cell(element)
        down, across = _whole(element, "number-rows-spanned"), _whole(element, "number-columns-spanned")
        if down > 1 or across > 1:
            areas.append((down, len(cells), len(cells) + across))
        repeated = _whole(element, "number-columns-repeated")
        if cell.text:
            bound(sheet, 0, len(cells) + repeated)
        # And a row with thousands of empty cells.
        cells += [cell] * (repeated if cell.text else min(repeated, MAX_COLUMNS - len(cells)))
    return _trimmed(cells), areas


def _whole(element: Element, attribute: str) -> int:
    return int(element.getAttrNS(TABLENS, attribute) or 1)


def _open_cell(element: Element) -> Cell:
    text = teletype.extractText(element).strip()
    if formula := element.getAttrNS(TABLENS, "formula"):
        return Cell(str(formula), "formula")
    match element.getAttrNS(OFFICENS, "value-type"):
        case "date":
            return Cell(str(element.getAttrNS(OFFICENS, "date-value") or text)[:10], "date")
        case "float":
            return Cell(text or str(element.getAttrNS(OFFICENS, "value")), "number")
    return _text(text)


def csv(data: bytes, remarks: list[str]) -> Iterator[Sheet]:
    """The one sheet of a text with commas, tabs or semicolons between its cells."""
    text = decoded(data, remarks)
    first = "\n".join(text.splitlines()[:20])
    separator = max(",\t;", key=first.count)
    rows: list[list[Cell]] = []
    try:
        for cells in csv_format.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([_text(cell) for cell in cells])
            bound("the file", len(rows), len(cells))
    except csv_format.Error as error:
        raise AttachmentError(
            f"is not CSV from row {len(rows) + 1} on ({error}); check the quotes of that row"
        ) from None
    yield Sheet("", even("the file", rows))


def _text(text: str) -> Cell:
    text = text.strip()
    if _ERROR.fullmatch(text):
        return Cell(text, "error")
    return Cell(text, "formula" if text.startswith("=") and len(text) > 1 else "") if text else EMPTY


def _number(value: float | bool, form: str) -> str:
    """A number as Excel shows it: whole, in full, with the zeros of its format."""
    if isinstance(value, bool):
        return str(value).upper()
    if value != int(value) if abs(value) < 1e15 else False:
        return str(value)
    if abs(value) >= 1e11:
        return f"{value:.5E}"
    return str(int(value)).zfill(len(form)) if set(form) == {"0"} else str(int(value))


def _day(value: datetime | date | time | object) -> Cell:
    if isinstance(value, datetime):
        value = value.date()
    return Cell(value.isoformat() if isinstance(value, (date, time)) else str(value), "date")


def _fill(rows: list[list[Cell]], top: int, bottom: int, left: int, right: int) -> None:
    """Give every cell of a merged area the text of its first."""
    if top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top:bottom]:
        row[left:right] = [rows[top][left]] * len(row[left:right])


def _trimmed(cells: list[Cell]) -> list[Cell]:
    last = len(cells)
    while last and not cells[last - 1].text:
        last -= 1
    return cells[:last]
