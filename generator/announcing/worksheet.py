"""The worksheet of wanted titles and fields, as an Excel workbook to be filled in."""

from __future__ import annotations

import io
from itertools import groupby

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generator.announcing.attachments.headings import FILLED_IN, RECORD, REMARK
from generator.catalogue.languages import LIST_SEPARATOR, own_texts
from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.model import Catalogue, Standard
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.scripts import Scripts
from generator.catalogue.wanted import wanted_of

_DOUBTS = "doubts"
"""The column of what the marked letters may be instead."""
_WIDTHS = {
    RECORD: 32,
    "list_identifier": 14,
    "designation": 18,
    "title:zh-Hans": 36,
    "title:zh-Hant": 36,
    _DOUBTS: 16,
    "reviewed_by:zh-Hant": 14,
    "reviewed_on:zh-Hant": 14,
    "title:en": 48,
    "reviewed_by:en": 14,
    "reviewed_on:en": 14,
    "field": 20,
    REMARK: 36,
}
"""Column → its width in characters."""
_TO_FILL_IN = {
    f"{column}:{language}" for column in ("title", "reviewed_by", "reviewed_on") for language in FILLED_IN
} | {"field", REMARK}
_HEADING = PatternFill("solid", fgColor="FFE6F0EE")
_BLANK = PatternFill("solid", fgColor="FFFFF8DC")
_MARK = InlineFont(b=True, color=Color("FFC00000"), rFont="Calibri", sz=11)
_LINE = 15
"""Points of a line."""
_AS_TEXT = "@"
"""The number format that keeps what is typed as it is typed."""


def worksheet_bytes(catalogue: Catalogue, scripts: Scripts, language: str) -> bytes:
    """The worksheet as .xlsx, with headings in `language`.

    It has a row for each standard of which a title or the field is wanted. Importing it as it is changes nothing.
    """
    book = Workbook()
    book.properties.title = Message("wanted.title", version=catalogue.version).in_language(language)
    sheet, manual = book.worksheets[0], book.create_sheet(Message("wanted.manual").in_language(language))
    sheet.title = Message("wanted.sheet").in_language(language)
    _write_manual(manual, catalogue, language)
    wanted = (one for one in wanted_of(catalogue.standards, scripts) if one.column in _TO_FILL_IN)
    standards = [one for one, _ in groupby(wanted, key=lambda one: one.standard)]
    sheet.append([_heading(column, language) for column in _WIDTHS])
    for standard in standards:
        sheet.append(_cells(standard, scripts, language))
    _lay_out(sheet)
    if standards:
        names = f"'{manual.title}'!$C$2:$C${len(catalogue.fields) + 1}"
        # Several fields are typed in.
        choice = DataValidation("list", formula1=names, allow_blank=True, showErrorMessage=False)
        letter = get_column_letter(list(_WIDTHS).index("field") + 1)
        choice.add(f"{letter}2:{letter}{len(standards) + 1}")
        sheet.add_data_validation(choice)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _heading(column: str, language: str) -> str:
    name = ColumnName(column).in_language(language)
    return name[0].upper() + name[1:]


def _cells(standard: Standard, scripts: Scripts, language: str) -> list[str | CellRichText]:
    """The cells of one row, in the order of `_WIDTHS`."""
    titles = own_texts(standard.title)
    traditional = titles.get("zh-Hant")
    is_converted = traditional is not None and traditional.standing == "converted"
    doubts = scripts.doubts(traditional.words) if traditional and is_converted else {}
    texts = {
        RECORD: standard.address,
        **{number: getattr(standard, number) for number in NUMBERS},
        **{f"title:{own}": text.words for own, text in titles.items()},
        "field": LIST_SEPARATOR[language].join(place.field.name[language].words for place in standard.fields),
    }
    # What begins like a formula gets the mark by which spreadsheets keep it as a text.
    cells: dict[str, str | CellRichText] = {
        column: f"'{text}" if text.startswith("=") else text for column, text in texts.items()
    }
    if traditional and doubts:
        cells["title:zh-Hant"] = _marked(traditional.words, doubts)
        pairs = (
            Message("wanted.letter", letter=traditional.words[place], others=tuple(others))
            for place, others in doubts.items()
        )
        cells[_DOUBTS] = LIST_SEPARATOR[language].join(pair.in_language(language) for pair in pairs)
    return [cells.get(column, "") for column in _WIDTHS]


def _marked(text: str, doubts: dict[int, str]) -> CellRichText:
    """`text` with the letters at the places of `doubts` in red."""
    return CellRichText(*(TextBlock(_MARK, letter) if place in doubts else letter for place, letter in enumerate(text)))


def _lay_out(sheet: Worksheet) -> None:
    """Give `sheet` its widths, colours, formats; its headings stay in sight."""
    sheet.freeze_panes = "A2"
    # On paper it is as wide as a page.
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_title_rows = "1:1"
    widths = list(_WIDTHS.values())
    for row, cells in enumerate(sheet.iter_rows(min_row=2), 2):
        lines = max(_lines(str(cell.value or ""), width) for cell, width in zip(cells, widths, strict=True))
        if lines > 1:
            # Not every program makes room by itself.
            sheet.row_dimensions[row].height = lines * _LINE
    for number, (column, width) in enumerate(_WIDTHS.items(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
        for (cell,) in sheet.iter_rows(min_col=number, max_col=number):
            cell.number_format = _AS_TEXT
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            if cell.row == 1:
                cell.font, cell.fill = Font(bold=True), _HEADING
            elif column in _TO_FILL_IN:
                cell.fill = _BLANK


def _lines(text: str, width: int) -> int:
    """How many lines `text` takes in a column of `width` characters, of which a Chinese one takes two."""
    # Words do not fill a line to its end.
    return -(-sum(1 if letter.isascii() else 2 for letter in text) * 11 // (width * 10))


def _write_manual(sheet: Worksheet, catalogue: Catalogue, language: str) -> None:
    """Write into `sheet` how the worksheet is filled in, beside the names of the fields."""
    lines = (
        Message("wanted.to-fill-in"),
        Message("wanted.to-review"),
        Message("wanted.to-doubt"),
        Message("wanted.to-sort"),
        Message("wanted.to-import"),
    )
    sheet.column_dimensions["A"].width, sheet.column_dimensions["C"].width = 80, 30
    for number, line in enumerate(lines, 1):
        cell = sheet.cell(number, 1, line.in_language(language))
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    sheet.cell(1, 3, _heading("field", language)).font = Font(bold=True)
    for number, field in enumerate(catalogue.fields, 2):
        sheet.cell(number, 3, field.name[language].words)
