"""The sheets of spreadsheets of every kind, merged cells filled."""

from __future__ import annotations

import csv as csv_format
import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stdout
from copy import copy
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import xlrd
from odf import opendocument
from odf.element import Element
from odf.namespaces import OFFICENS, TABLENS, TEXTNS
from odf.table import CoveredTableCell, Table, TableCell, TableColumn, TableRow
from odf.text import S
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as ExcelCell
from openpyxl.cell.cell import MergedCell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
from openpyxl.worksheet.worksheet import Worksheet
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
from generator.announcing.attachments.number_formats import OF_CHINA, shown_day, shown_number, shown_text
from generator.announcing.attachments.open_looks import OpenLooks
from generator.announcing.attachments.open_xml import all_transitional, is_strict
from generator.announcing.attachments.shown import Marks, Run, cell_of, line_ends_joined, short_rows
from generator.announcing.attachments.unreadable import PROTECTED
from generator.catalogue.messages import Message

_ERROR = re.compile(r"#(?:REF|N/A|NAME|VALUE|DIV/0|NUM|NULL)[!?]?|Err:\d+")

_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([\w:$]+)")


def xlsx(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The sheets of a workbook of Excel since 2007."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if is_strict(archive):
            data = all_transitional(archive)
    _bound_merged(data)
    book = load_workbook(io.BytesIO(data), keep_links=False, rich_text=True)
    marks = Marks()
    for sheet in book.worksheets:
        rows = _excel_rows(sheet, book.epoch, marks)
        for area in sheet.merged_cells.ranges:
            _fill(rows, area.min_row - 1, area.max_row, area.min_col - 1, area.max_col)
        hidden = frozenset(
            n for n, row in sheet.row_dimensions.items() if _is_unseen(row, row.height) and n <= len(rows)
        )
        columns = (one for one in sheet.column_dimensions.values() if _is_unseen(one, one.width))
        yield Sheet(
            sheet.title,
            rows,
            True,
            sheet.sheet_state != "visible",
            frozenset(n for n in hidden if n <= len(rows)),
            hidden_columns=frozenset(place - 1 for one in columns for place in range(one.min or 1, (one.max or 0) + 1)),
        )
    remarks += marks.remark()


def _excel_rows(sheet: Worksheet, epoch: datetime, marks: Marks) -> list[list[Cell]]:
    """The rows of `sheet` as far as there is something in them: formats alone are no content."""
    cells = [cell for cell in sheet._cells.values() if cell.value is not None]
    height = max((cell.row for cell in cells), default=0)
    width = max((cell.column for cell in cells), default=0)
    bound(Message("reading.sheet", name=sheet.title), height, width)
    rows = [[EMPTY] * width for _ in range(height)]
    for cell in cells:
        rows[cell.row - 1][cell.column - 1] = _excel(cell, epoch, marks)
    return rows


def _is_unseen(dimension: RowDimension | ColumnDimension, size: float | None) -> bool:
    return bool(dimension.hidden) or size == 0


def _bound_merged(data: bytes) -> None:
    """Raise AttachmentError where merged cells cover too much: openpyxl makes an object for each place."""
    covered = 0
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            for area in _MERGED.findall(archive.read(part)) if part.startswith("xl/worksheets/") else ():
                left, top, right, bottom = (edge or 0 for edge in range_boundaries(area.decode()))
                bound(Message("reading.merged-cell"), bottom, right)
                covered += (bottom - top + 1) * (right - left + 1)
    if covered > MAX_CELLS:
        raise AttachmentError(TOO_MUCH)


def _excel(cell: ExcelCell | MergedCell, epoch: datetime, marks: Marks) -> Cell:
    value = cell.value
    form = OF_CHINA.get(cell._style.numFmtId, cell.number_format) if cell.has_style else "General"
    is_struck = bool(cell.has_style and cell.font.strike)
    if isinstance(value, CellRichText):
        return _written(cell_of([_rich_run(piece, is_struck) for piece in value], marks), form)
    if cell.data_type == "n" and form in OF_CHINA.values() and isinstance(value, (int, float)):
        value = from_excel(value, epoch)
    if is_struck:
        return Cell(str(value), "struck")
    match cell.data_type:
        case "f":
            return Cell(str(getattr(value, "text", value)), "formula")
        case "e":
            return Cell(str(value), "error")
    if isinstance(value, (date, datetime)):
        return Cell(shown_day(value, form), "date")
    if isinstance(value, (time, timedelta)):
        return Cell(str(value), "date")
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, (int, float, Decimal)):
        return _number(float(value), form)
    return _written(cell_of([Run(_unescaped(str(value)))], marks), form)


def _rich_run(piece: str | TextBlock, is_struck: bool) -> Run:
    if isinstance(piece, str):
        return Run(_unescaped(piece), is_struck)
    return Run(_unescaped(piece.text), bool(piece.font.strike), piece.font.vertAlign == "superscript")


def _unescaped(text: str) -> str:
    """`text` without the escapes by which Excel writes what XML has no letters for (ISO/IEC 29500-1, 22.9.2.19)."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda at: chr(int(at[1], 16)), text) if "_x" in text else text


def xls(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The sheets of a workbook of Excel before 2007."""
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except XLRDError as error:
        if "encrypted" in str(error):
            raise AttachmentError(PROTECTED) from None
        if "find workbook" in str(error):
            raise AttachmentError(Message("reading.no-workbook")) from None
        raise
    marks = Marks()
    for sheet in book.sheets():
        used = [(row, column) for row in range(sheet.nrows) for column in range(sheet.row_len(row))]
        used = [(row, column) for row, column in used if sheet.cell_type(row, column) not in _NOTHING]
        height, width = (max((place[axis] for place in used), default=-1) + 1 for axis in (0, 1))
        bound(Message("reading.sheet", name=sheet.name), height, width)
        rows = [[EMPTY] * width for _ in range(height)]
        for row, column in used:
            rows[row][column] = _old_excel(book, sheet, (row, column), marks)
        for top, bottom, left, right in sheet.merged_cells:
            _fill(rows, top, bottom, left, right)
        hidden = frozenset(n + 1 for n, row in sheet.rowinfo_map.items() if row.hidden and n < len(rows))
        columns = frozenset(place for place, column in sheet.colinfo_map.items() if column.hidden or not column.width)
        yield Sheet(sheet.name, rows, True, sheet.visibility != 0, hidden, hidden_columns=columns)
    remarks += marks.remark()


_NOTHING = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def _old_excel(book: xlrd.Book, sheet: xlrd.sheet.Sheet, place: tuple[int, int], marks: Marks) -> Cell:
    cell = sheet.cell(*place)
    # It is None only where a book is opened without its formats.
    style = book.xf_list[cell.xf_index or 0]
    form = OF_CHINA.get(style.format_key) or book.format_map[style.format_key].format_str
    is_struck = bool(book.font_list[style.font_index].struck_out)
    if cell.ctype == xlrd.XL_CELL_TEXT:
        value = str(cell.value)
        starts = [(0, style.font_index), *sheet.rich_text_runlist_map.get(place, [])]
        ends = [*(start for start, _ in starts[1:]), len(value)]
        fonts = [(value[start:end], book.font_list[font]) for (start, font), end in zip(starts, ends, strict=True)]
        # Its escapement is 1 for what is raised.
        runs = [Run(text, bool(font.struck_out), font.escapement == 1) for text, font in fonts]
        return _written(cell_of(runs, marks), form)
    text = _old_value(cell, book, form)
    return Cell(text.text, "struck") if is_struck else text


def _old_value(cell: xlrd.sheet.Cell, book: xlrd.Book, form: str) -> Cell:
    value = cell.value
    match cell.ctype:
        case xlrd.XL_CELL_NUMBER:
            return _number(float(value), form)
        case xlrd.XL_CELL_DATE:
            return Cell(shown_day(xlrd.xldate_as_datetime(float(value), book.datemode), form), "date")
        case xlrd.XL_CELL_ERROR:
            return Cell(xlrd.error_text_from_code.get(int(value), "#ERROR"), "error")
    return Cell("TRUE" if value else "FALSE")


def ods(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The sheets of an OpenDocument spreadsheet."""
    with redirect_stdout(io.StringIO()) as complaints:
        document = opendocument.load(io.BytesIO(data))
    if complaints.getvalue():
        # It prints that it cannot read a part, and goes on with what stood before the damage.
        raise ValueError("a part of it is no XML")
    # A row of spaces is written as their number.
    if sum(int(spaces.getAttrNS(TEXTNS, "c") or 1) for spaces in document.body.getElementsByType(S)) > MAX_CHARACTERS:
        raise AttachmentError(TOO_MUCH)
    looks = OpenLooks(document)
    marks = Marks()
    for table in document.body.getElementsByType(Table):
        yield _open_sheet(table, looks, marks)
    remarks += marks.remark()


def _open_sheet(table: Element, looks: OpenLooks, marks: Marks) -> Sheet:
    name = table.getAttrNS(TABLENS, "name") or "?"
    called = Message("reading.sheet", name=name)
    rows: list[list[Cell]] = []
    hidden: set[int] = set()
    merged: list[tuple[int, int, int, int]] = []
    columns = _open_columns(table)
    for row in table.getElementsByType(TableRow):
        cells, areas = _open_row(row, called, [style for style, _ in columns], looks, marks)
        merged += [(len(rows), len(rows) + down, left, right) for down, left, right in areas]
        repeated = _whole(row, "number-rows-repeated")
        if row.getAttrNS(TABLENS, "visibility") in ("collapse", "filter"):
            hidden |= set(range(len(rows) + 1, len(rows) + 1 + min(repeated, MAX_ROWS)))
        bound(called, len(rows) + (repeated if cells else 0), len(cells))
        # Programs end a sheet with a million empty rows. A repeated cell is no merged one.
        rows += [list(map(copy, cells)) for _ in range(repeated if cells else min(repeated, 100))]
    while rows and not rows[-1]:
        rows.pop()
    rows = even(called, rows)
    for top, bottom, left, right in merged:
        _fill(rows, top, bottom, left, right)
    return Sheet(
        name,
        rows,
        True,
        looks.is_hidden(table),
        frozenset(n for n in hidden if n <= len(rows)),
        hidden_columns=frozenset(place for place, (_, is_hidden) in enumerate(columns) if is_hidden),
    )


def _open_columns(table: Element) -> list[tuple[str, bool]]:
    """The (style of its cells, whether it is hidden) of each column."""
    columns: list[tuple[str, bool]] = []
    for column in table.getElementsByType(TableColumn):
        style = column.getAttrNS(TABLENS, "default-cell-style-name") or ""
        is_hidden = column.getAttrNS(TABLENS, "visibility") in ("collapse", "filter")
        repeated = min(_whole(column, "number-columns-repeated"), MAX_COLUMNS - len(columns))
        columns += [(style, is_hidden)] * repeated
    return columns


def _open_row(
    row: Element, sheet: Message, styles: list[str], looks: OpenLooks, marks: Marks
) -> tuple[list[Cell], list[tuple[int, int, int]]]:
    """The cells of a row, with the (height, left, right) of merged areas beginning there.

    `styles` are those of the columns.
    """
    cells: list[Cell] = []
    areas: list[tuple[int, int, int]] = []
    of_row = row.getAttrNS(TABLENS, "default-cell-style-name")
    for element in row.childNodes:
        if element.qname not in _OPEN_CELLS:
            continue
        own = element.getAttrNS(TABLENS, "style-name")
        style = own or of_row or next(iter(styles[len(cells) : len(cells) + 1]), "")
        cell = _open_cell(element, looks.runs(element, style), marks)
        down, across = _whole(element, "number-rows-spanned"), _whole(element, "number-columns-spanned")
        if down > 1 or across > 1:
            areas.append((down, len(cells), len(cells) + across))
        repeated = _whole(element, "number-columns-repeated")
        if cell.text:
            bound(sheet, 0, len(cells) + repeated)
        # And a row with thousands of empty cells.
        cells += [copy(cell) for _ in range(repeated if cell.text else min(repeated, MAX_COLUMNS - len(cells)))]
    return _trimmed(cells), areas


_OPEN_CELLS = (TableCell().qname, CoveredTableCell().qname)


def _whole(element: Element, attribute: str) -> int:
    return int(element.getAttrNS(TABLENS, attribute) or 1)


def _open_cell(element: Element, runs: list[Run], marks: Marks) -> Cell:
    cell = cell_of(runs, marks)
    if formula := element.getAttrNS(TABLENS, "formula"):
        return Cell(str(formula), "formula")
    if cell.damage:
        return cell
    match element.getAttrNS(OFFICENS, "value-type"):
        case "date":
            day = str(element.getAttrNS(OFFICENS, "date-value") or cell.text)[:10]
            return Cell(day if not cell.text or _names_a_day(cell.text) else cell.text, "date")
        case "float":
            text = cell.text or str(element.getAttrNS(OFFICENS, "value"))
            return Cell(text, "number" if _BARE.fullmatch(text) else "")
    return _written(cell)


def _names_a_day(text: str) -> bool:
    """Whether what is shown of a day is all of it, not a month alone."""
    return len(re.findall(r"\d+", text)) >= 3 or bool(re.search(r"\d\D+[A-Za-z]{3}|[A-Za-z]{3}\D+\d+\D+\d", text))


def csv(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The one sheet of a text with commas, tabs or semicolons between its cells."""
    text = decoded(data, remarks)
    separator = _separator(text)
    rows: list[list[Cell]] = []
    counts: list[tuple[int, int]] = []
    try:
        for texts in csv_format.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            cells = [_written(Cell(line_ends_joined(one))) for one in texts]
            bound(Message("reading.the-file"), len(rows) + 1, len(cells))
            rows.append(cells)
            # A row that ends in empty cells is whole, however many of them are written.
            is_whole = not cells or not cells[-1].text
            counts.append((0 if is_whole else sum(bool(cell.text) for cell in cells), len(cells)))
    except csv_format.Error as error:
        raise AttachmentError(Message("reading.not-csv", row=str(len(rows) + 1), what=str(error))) from None
    yield Sheet("", even(Message("reading.the-file"), rows), short_rows=short_rows(counts))


def _separator(text: str) -> str:
    """The sign that parts the first rows of `text` into the same number of cells, more than one, most often."""
    lines = text.splitlines()[:20]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if sign in line)
        return max(((rows, signs) for signs, rows in counts.items()), default=(0, 0))

    return max(",\t;", key=evenness)


def _written(cell: Cell, form: str = "") -> Cell:
    """A `cell` of text, in a format, with the damage that its text shows."""
    text = shown_text(cell.text, form)
    if not text:
        return EMPTY
    if _ERROR.fullmatch(text):
        return Cell(text, "error")
    is_formula = text.startswith("=") and len(text) > 1
    return Cell(text, cell.damage or ("formula" if is_formula else ""))


_BARE = re.compile(r"[\d.,+\-Ee%]+")
"""A number without any letters beside it."""


def _number(value: float, form: str) -> Cell:
    """A number as it is shown; with letters beside it, it is a text."""
    text = shown_number(value, form)
    return Cell(text, "number" if _BARE.fullmatch(text) else "")


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
