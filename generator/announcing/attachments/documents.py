"""The tables of Word documents, web pages, PDFs."""

from __future__ import annotations

import io
import re

import pdfplumber
from docx import Document
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfplumber.utils.exceptions import PdfminerException
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet, even
from generator.announcing.attachments.spreadsheets import MAX_COLUMNS, MAX_ROWS, decoded

PAGES = 300
_AROUND = 2000
"""Characters that are kept of the text about a table."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5-hkscs": "big5hkscs"}


def docx(data: bytes, _remarks: list[str]) -> list[Sheet]:
    """The tables of a Word document.

    A merged cell is in each place that it covers.
    """
    document = Document(io.BytesIO(data))
    around = "\n".join(paragraph.text for paragraph in document.paragraphs)[:_AROUND]
    return [
        Sheet(
            f"table {n}",
            even([[Cell(cell.text.strip()) for cell in row.cells] for row in table.rows]),
            around=around,
        )
        for n, table in enumerate(document.tables, 1)
    ]


def html(data: bytes, remarks: list[str]) -> list[Sheet]:
    """The tables of a saved web page, each a sheet."""
    declared = _CHARSET.search(data[:4096])
    encoding = _CHINESE.get(declared[1].decode().lower(), "") if declared else ""
    text = data.decode(encoding, "replace") if encoding else decoded(data, remarks)
    page = LexborHTMLParser(text)
    around = "\n".join(one.text() for one in page.css("title, h1, h2, caption"))[:_AROUND]
    tables = [table for table in page.css("table") if not table.css("table table")]
    return [Sheet(f"table {n}", even(_spread(table)), around=around) for n, table in enumerate(tables, 1)]


def _spread(table: LexborNode) -> list[list[Cell]]:
    """The rows of a table of HTML; a cell is in each place that it spans."""
    rows: list[dict[int, Cell]] = []
    reserved: dict[tuple[int, int], Cell] = {}
    for n, row in enumerate(table.css("tr")[:MAX_ROWS]):
        cells: dict[int, Cell] = {}
        place = 0
        for element in row.css("td, th"):
            while (n, place) in reserved:
                place += 1
            cell = Cell(" ".join(element.text(separator="").split()))
            for down in range(_span(element, "rowspan")):
                for across in range(_span(element, "colspan")):
                    reserved[n + down, place + across] = cell
        for (line, column), cell in [item for item in reserved.items() if item[0][0] == n]:
            cells[column] = cell
            del reserved[line, column]
        rows.append(cells)
    width = min(max((max(row, default=-1) for row in rows), default=-1) + 1, MAX_COLUMNS)
    return [[row.get(column, EMPTY) for column in range(width)] for row in rows]


def _span(element: LexborNode, name: str) -> int:
    text = element.attributes.get(name) or "1"
    return min(int(text), 1000 if name == "rowspan" else MAX_COLUMNS) if text.isdecimal() and text != "0" else 1


def pdf(data: bytes, remarks: list[str]) -> list[Sheet]:
    """The tables of a PDF that holds text, each a sheet."""
    sheets, has_text = [], False
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > PAGES:
                raise AttachmentError(f"has {len(document.pages)} pages; print the pages of the list into a new PDF")
            for page in document.pages:
                has_text = has_text or bool(page.chars)
                for table in page.extract_tables():
                    rows = [[Cell((text or "").strip()) for text in row] for row in table]
                    around = "" if sheets else page.extract_text()[:_AROUND]
                    sheets.append(Sheet(f"page {page.page_number}", even(rows), around=around))
    except PdfminerException as error:
        if any(isinstance(one, PDFPasswordIncorrect) for one in error.args):
            raise AttachmentError("is protected by a password; open it, take the password off, and save it") from None
        raise
    if not has_text:
        raise AttachmentError(
            "holds pictures of pages, not text; ask for the spreadsheet, or have its text recognised first"
        )
    if not sheets:
        raise AttachmentError("holds text but no table with lines; copy the table into a spreadsheet")
    remarks.append("A PDF keeps no table, only lines and letters: hold every row against the page.")
    return sheets
