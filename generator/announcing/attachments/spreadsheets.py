"""Spreadsheets of every kind → sheets of cells, merged ones filled, with what a spreadsheet did to their texts."""

from __future__ import annotations

import csv as csv_format
import io
import re
from collections import Counter
from datetime import date, datetime, time

import xlrd
from charset_normalizer import from_bytes
from odf import opendocument, teletype
from odf.namespaces import OFFICENS, STYLENS, TABLENS
from odf.style import Style
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell

from generator.announcing.attachments.attachment import AttachmentError, Cell, Sheet

ROWS = 50_000
COLUMNS = 100

_EMPTY = Cell()
_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|Err:\d+")


def xlsx(data: bytes, _remarks: list[str]) -> list[Sheet]:
    """The sheets of a workbook of Excel since 2007."""
    book = load_workbook(io.BytesIO(data), keep_links=False)
    sheets = []
    for sheet in book.worksheets:
        _bound(sheet.title, sheet.max_row, sheet.max_column)
        rows = [[_excel(cell) for cell in row] for row in sheet.iter_rows()]
        for area in sheet.merged_cells.ranges:
            _fill(rows, area.min_row - 1, area.max_row, area.min_col - 1, area.max_col)
        hidden = frozenset(n for n, row in sheet.row_dimensions.items() if row.hidden and n <= len(rows))
        sheets.append(Sheet(sheet.title, rows, True, sheet.sheet_state != "visible", hidden))
    return sheets


def _excel(cell: ExcelCell) -> Cell:
    value = cell.value
    if value is None:
        return _EMPTY
    if cell.has_style and cell.font.strike:
        return Cell(str(value), "struck")
    match cell.data_type:
        case "f":
            return Cell(str(getattr(value, "text", value)), "formula")
        case "e":
            return Cell(str(value), "error")
        case "d":
            return _day(value)
        case "n":
            return Cell(_number(value, cell.number_format), "number")
    return _text(str(value))


def xls(data: bytes, _remarks: list[str]) -> list[Sheet]:
    """The sheets of a workbook of Excel before 2007."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise AttachmentError("is protected by a password; open it, take the password off, and save it") from None
        raise
    sheets = []
    for sheet in book.sheets():
        _bound(sheet.name, sheet.nrows, sheet.ncols)
        rows = [
            [_old_excel(cell, book) for cell in sheet.row(n)] + [_EMPTY] * (sheet.ncols - sheet.row_len(n))
            for n in range(sheet.nrows)
        ]
        for top, bottom, left, right in sheet.merged_cells:
            _fill(rows, top, bottom, left, right)
        hidden = frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden and n < len(rows))
        sheets.append(Sheet(sheet.name, rows, True, sheet.visibility != 0, hidden))
    return sheets


def _old_excel(cell: xlrd.sheet.Cell, book: xlrd.Book) -> Cell:
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return _text(cell.value)
        case xlrd.XL_CELL_NUMBER:
            form = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
            return Cell(_number(cell.value, form), "number")
        case xlrd.XL_CELL_DATE:
            return _day(xlrd.xldate_as_datetime(cell.value, book.datemode))
        case xlrd.XL_CELL_ERROR:
            return Cell(xlrd.error_text_from_code.get(cell.value, "#ERROR"), "error")
        case xlrd.XL_CELL_BOOLEAN:
            return Cell("TRUE" if cell.value else "FALSE")
    return _EMPTY


def ods(data: bytes, _remarks: list[str]) -> list[Sheet]:
    """The sheets of an OpenDocument spreadsheet."""
    document = opendocument.load(io.BytesIO(data))
    styles = document.automaticstyles.getElementsByType(Style)
    hidden_styles = {
        style.getAttrNS(STYLENS, "name")
        for style in styles
        if any(child.getAttrNS(TABLENS, "display") == "false" for child in style.childNodes)
    }
    sheets = []
    for table in document.spreadsheet.getElementsByType(Table):
        name = table.getAttrNS(TABLENS, "name") or "?"
        rows: list[list[Cell]] = []
        hidden, areas = set(), []
        for row in table.getElementsByType(TableRow):
            cells: list[Cell] = []
            for element in row.childNodes:
                if element.qname not in (TableCell().qname, CoveredTableCell().qname):
                    continue
                cell = _open_document(element)
                repeated = int(element.getAttrNS(TABLENS, "number-columns-repeated") or 1)
                down = int(element.getAttrNS(TABLENS, "number-rows-spanned") or 1)
                across = int(element.getAttrNS(TABLENS, "number-columns-spanned") or 1)
                if down > 1 or across > 1:
                    areas.append((len(rows), down, len(cells), across))
                # Programs end a row with thousands of empty cells.
                cells += [cell] * (min(repeated, COLUMNS) if not cell.text else repeated)
                _bound(name, len(rows), len(_trimmed(cells)))
            cells = _trimmed(cells)
            repeated = int(row.getAttrNS(TABLENS, "number-rows-repeated") or 1)
            if row.getAttrNS(TABLENS, "visibility") in ("collapse", "filter"):
                hidden |= set(range(len(rows) + 1, len(rows) + 1 + min(repeated, ROWS)))
            _bound(name, len(rows) + (repeated if cells else 0), 0)
            # And a sheet with a million empty rows.
            rows += [list(cells) for _ in range(repeated if cells else min(repeated, 100))]
        while rows and not rows[-1]:
            rows.pop()
        width = max(map(len, rows), default=0)
        rows = [row + [_EMPTY] * (width - len(row)) for row in rows]
        for top, down, left, across in areas:
            _fill(rows, top, top + down, left, left + across)
        hidden = frozenset(n for n in hidden if n <= len(rows))
        sheets.append(Sheet(name, rows, True, table.getAttrNS(TABLENS, "style-name") in hidden_styles, hidden))
    return sheets


def _open_document(element: object) -> Cell:
    text = teletype.extractText(element).strip()
    if element.getAttrNS(TABLENS, "formula"):
        return Cell(str(element.getAttrNS(TABLENS, "formula")), "formula")
    match element.getAttrNS(OFFICENS, "value-type"):
        case "date":
            return Cell(element.getAttrNS(OFFICENS, "date-value")[:10], "date")
        case "float":
            return Cell(text or str(element.getAttrNS(OFFICENS, "value")), "number")
    return _text(text)


def csv(data: bytes, remarks: list[str]) -> list[Sheet]:
    """The one sheet of a text with commas, tabs or semicolons between its cells."""
    text = decoded(data, remarks)
    first = "\n".join(text.splitlines()[:20])
    separator = max(",\t;", key=first.count)
    rows = []
    try:
        for cells in csv_format.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            rows.append([_text(cell) for cell in cells])
            _bound("the file", len(rows), len(cells))
    except csv_format.Error as error:
        raise AttachmentError(
            f"is not CSV from row {len(rows) + 1} on ({error}); check the quotes of that row"
        ) from None
    width = max(map(len, rows), default=0)
    return [Sheet("", [row + [_EMPTY] * (width - len(row)) for row in rows])]


def decoded(data: bytes, remarks: list[str]) -> str:
    """The text of `data`: Unicode, GB18030 or Big5; which of the latter is said in `remarks`."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    readable = Counter()
    for encoding in ("gb18030", "big5hkscs"):
        best = from_bytes(data, cp_isolation=[encoding]).best()
        if best:
            # Of two that can be read, the right one holds the commoner characters.
            readable[encoding] = 1 - best.chaos + sum(c in _COMMON for c in str(best)) / len(str(best))
    if not readable:
        raise AttachmentError("is a text in an encoding that is not known; save it as “CSV UTF-8”")
    encoding = readable.most_common(1)[0][0]
    remarks.append(f"Its text is {'GB18030' if encoding == 'gb18030' else 'Big5'}; read as such.")
    return data.decode(encoding)


_COMMON = frozenset("的标准標準编號编号名称名稱发發布单單位序规範规范指南要求服务務技术術管理产產品大湾灣区區粤粵")


def _text(text: str) -> Cell:
    text = text.strip()
    if _ERROR.fullmatch(text):
        return Cell(text, "error")
    return Cell(text, "formula" if text.startswith("=") and len(text) > 1 else "") if text else _EMPTY


def _number(value: float | bool, form: str) -> str:
    """A number as Excel shows it: whole, in full where it can, with the zeros its format puts before it."""
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


def _bound(sheet: str, rows: int, columns: int) -> None:
    if rows > ROWS:
        raise AttachmentError(f"uses {rows:,} rows in {sheet}; delete all rows below the table and save it")
    if columns > COLUMNS:
        raise AttachmentError(f"uses {columns:,} columns in {sheet}; delete all columns beside the table and save it")
