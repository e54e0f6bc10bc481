"""Attachments of an imaginary announcement, in every kind of file that one comes as."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date

import xlwt
from docx import Document
from odf.element import Element
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser

Rows = Sequence[Sequence[object]]

TITLE = "关于茶的公告附件：秋茶清单"
HEADINGS = ["序号", "“湾区标准”识别号", "标准编号", "标准名称", "发布单位"]
AUTUMN: Rows = [
    [1, "ＴＥＡ 9", "茶/T 9—2021", "1. 数字开头的名称", "幻想茶研究院"],
    [2, "TEA10", "茶/T 10—2021", "茶壶的倒法", "幻想茶研究院"],
    [3, "TEA 11", "茶/T 11—2021", "云雾茶叶", "空杯行会"],
]
"""The three standards of the second announcement: one recorded, two new."""


def xlsx(
    rows: Rows = AUTUMN, headings: list[str] = HEADINGS, title: str = TITLE, book: Workbook | None = None
) -> bytes:
    """A workbook with a merged title row; the publisher of the first two rows is one merged cell."""
    book = book or Workbook()
    sheet = sheet_of(book)
    sheet.title = "附件"
    if title:
        sheet.append([title])
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(headings))
    sheet.append(headings)
    for row in rows:
        sheet.append([*row])  # pyright: ignore[reportArgumentType]
    if rows is AUTUMN:
        sheet["E4"] = None
        sheet.merge_cells("E3:E4")
        sheet.append([])
        sheet.append(["注：以上标准自愿采用。"])
    return saved(book)


def sheet_of(book: Workbook) -> Worksheet:
    """The one sheet of a new `book`."""
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return sheet


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("附件")
    sheet.write_merge(0, 0, 0, 4, TITLE)
    for n, row in enumerate([HEADINGS, *AUTUMN], 1):
        for place, value in enumerate(row[:4]):
            sheet.write(n, place, value)
    sheet.write(1, 4, HEADINGS[4])
    sheet.write_merge(2, 3, 4, 4, AUTUMN[0][4])
    sheet.write(4, 4, AUTUMN[2][4])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    document = OpenDocumentSpreadsheet()
    table = Table(name="附件")

    def cell(value: object, **options: object) -> Element:
        made = TableCell(valuetype="string", **options)
        made.addElement(P(text=str(value)))
        return made

    title = TableRow()
    title.addElement(cell(TITLE, numbercolumnsspanned=5))
    title.addElement(CoveredTableCell(numbercolumnsrepeated=4))
    table.addElement(title)
    for n, values in enumerate([HEADINGS, *AUTUMN]):
        row = TableRow()
        for value in values[:4]:
            row.addElement(cell(value))
        if n == 1:
            row.addElement(cell(values[4], numberrowsspanned=2))
        else:
            row.addElement(CoveredTableCell() if n == 2 else cell(values[4]))
        row.addElement(TableCell(numbercolumnsrepeated=1019))
        table.addElement(row)
    table.addElement(TableRow(numberrowsrepeated=1048571))
    document.spreadsheet.addElement(table)  # pyright: ignore[reportAttributeAccessIssue]
    out = io.BytesIO()
    document.write(out)
    return out.getvalue()


def text(encoding: str, separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([[TITLE], HEADINGS, *AUTUMN])
    return out.getvalue().encode(encoding)


def docx() -> bytes:
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(rows=0, cols=5)
    for values in [HEADINGS, *AUTUMN[:2], HEADINGS, *AUTUMN[2:]]:
        for cell, value in zip(table.add_row().cells, values, strict=True):
            cell.text = str(value)
    table.cell(1, 4).merge(table.cell(2, 4)).text = str(AUTUMN[0][4])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, styles: str = "", numbering: str = "", *, is_strict: bool = False) -> bytes:
    """A Word document with that XML as its body, as the named parts of Word have it."""
    kinds = {"styles": styles, "numbering": numbering}
    links = "".join(f'<Relationship Id="{kind}" Type="{_RELATIONS}/{kind}" Target="{kind}.xml"/>' for kind in kinds)
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    files = {
        "_rels/.rels": f'<Relationships xmlns="{package}"><Relationship Id="a" Type="{_RELATIONS}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}">{links}</Relationships>',
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
    }
    if is_strict:
        files = {name: strict(text) for name, text in files.items()}
    return zipped({name: text.encode() for name, text in files.items()})


def strict(xml: str) -> str:
    """`xml` in the namespaces of the strict form of Open XML."""
    return re.sub(
        r"http://schemas\.openxmlformats\.org/(wordprocessingml|spreadsheetml|officeDocument)/2006/",
        r"http://purl.oclc.org/ooxml/\1/",
        xml,
    )


def strict_xlsx(data: bytes) -> bytes:
    """A workbook as Excel saves it as “Strict Open XML Spreadsheet”."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: strict(archive.read(name).decode()).encode() for name in archive.namelist()})


def w_row(*cells: str, properties: str = "") -> str:
    """A row of Word; a cell is text, a paragraph's XML, or a whole w:tc or w:sdt."""
    return f"<w:tr>{properties}{''.join(map(w_cell, cells))}</w:tr>"


def w_cell(content: str) -> str:
    if content.startswith(("<w:tc>", "<w:sdt>")):
        return content
    return f"<w:tc>{content if content.startswith('<w:') else w_paragraph(content)}</w:tc>"


def w_paragraph(text: str, look: str = "", properties: str = "") -> str:
    return f"<w:p>{properties}{w_run(text, look)}</w:p>"


def w_run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def w_table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def html(charset: str = "utf-8") -> bytes:
    body = "".join(f"<td>{value}</td>" for value in AUTUMN[0][:4]) + f'<td rowspan="2">{AUTUMN[0][4]}</td></tr><tr>'
    body += "".join(f"<td>{value}</td>" for value in AUTUMN[1][:4]) + "</tr><tr>"
    body += "".join(f"<td>{value}</td>" for value in AUTUMN[2])
    head = "".join(f"<th>{heading}</th>" for heading in HEADINGS)
    page = (
        f'<!doctype html><html><head><meta charset="{charset}"></head><body><table><tr><td>菜单</td></tr></table>'
        f'<table><caption>{TITLE}</caption><tr><td colspan="5">{TITLE}</td></tr><tr>{head}</tr><tr>{body}</tr></table>'
    )
    return page.encode("gb18030" if charset == "gb2312" else charset)


def pdf(browser: Browser) -> bytes:
    """The table on paper, printed by a browser, in two parts of which only the first has headings."""
    style = "<style>table{border-collapse:collapse}td,th{border:1px solid;padding:2px}</style>"
    parts = [[HEADINGS, *AUTUMN[:2]], AUTUMN[2:]]
    tables = (
        "<table>" + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in part) + "</table>"
        for part in parts
    )
    page = browser.new_page()
    page.set_content(f"{style}<p>{TITLE}</p>" + '<p style="break-after:page"></p>'.join(tables))
    made = page.pdf(format="A4")
    page.close()
    return made


def damaged() -> bytes:
    """What Excel does to numbers: one of each."""
    book = Workbook()
    rows = [
        [1, date(2021, 1, 8), "茶/T 20-2021", "变成日期"],
        [2, "TEA 21", 2.02123456789e11, "变成科学记数"],
        [3, 22, "茶/T 22-2021", "变成数字"],
        [4, "TEA 23", '="茶/T "&23', "公式"],
        [5, "TEA 24", "茶/T 24-2021", "#REF!"],
        [6, "8月1日", "茶/T 25-2021", "月日"],
    ]
    return xlsx(rows, HEADINGS[:4], "", book)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The zip file `data`, its part `name` changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    return zipped(parts | {name: change(parts[name])})
