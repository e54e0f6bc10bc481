"""The list as a workbook: the same cells in any program, whatever stands in them, and the same bytes."""

from __future__ import annotations

import io
import json
import time
from datetime import date, datetime
from itertools import islice
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.exports.spreadsheet import standards_xlsx
from generator.publishing.exports.workbook import WorkbookSheet, workbook
from tests.conftest import SITE_URL, published_list


def test_the_spreadsheet_holds_the_list_in_three_languages_as_text(january_project):
    book = openpyxl.load_workbook(january_project / "build/site/api/v1/standards.xlsx")
    listed = json.loads((january_project / "build/site/api/v1/standards.json").read_text("utf-8"))["standards"]
    assert book.sheetnames == ["简体", "繁體", "English"]
    for language, sheet in zip(LANGUAGES, book, strict=True):
        head, *rows = sheet.iter_rows(values_only=True)
        assert [row[2] for row in rows] == [one["title"][language] for one in listed]
        assert [row[0] or "" for row in rows] == [one.get("list_identifier", "") for one in listed]
        assert len(set(head)) == len(head)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert {(cell.data_type, cell.number_format) for cell in cells} == {("s", "@")}
    english = dict(zip(*islice(book["English"].values, 2), strict=True))
    assert english["Date announced"] == listed[0]["announced_on"]
    assert english["Short link"] == f"{SITE_URL}s/{listed[0]['address']}/"


def test_a_formula_in_a_title_is_a_text_in_the_spreadsheet(world):
    path = world / "content/records/standards/batch-unknown.csv"
    path.write_text(path.read_text("utf-8").replace(",苦茶,苦茶,Bitter Tea,", ',=1+1,@苦茶,"-2+3",'), "utf-8")
    content = read_content(world)
    book = openpyxl.load_workbook(io.BytesIO(standards_xlsx(published_list(content))))
    for sheet, title in zip(book, ("=1+1", "@苦茶", "-2+3"), strict=True):
        (cell,) = (cell for row in sheet.iter_rows(min_col=3, max_col=3) for cell in row if cell.value == title)
        assert cell.data_type == "s"


def test_the_spreadsheet_is_the_same_bytes_each_time(world_content):
    first = standards_xlsx(published_list(world_content))
    time.sleep(2)  # A file in a ZIP is dated to two seconds.
    assert standards_xlsx(published_list(world_content)) == first


def opened(*sheets: WorkbookSheet) -> list[Any]:
    """The sheets of a workbook, as another program reads them."""
    return openpyxl.load_workbook(io.BytesIO(workbook(sheets, "Title", "2026.1", date(2026, 1, 27)))).worksheets


@pytest.mark.parametrize(
    "text",
    [
        "<b>&amp;\"'</b>",
        "]]><!--",
        "=1+1",
        '=HYPERLINK("x")',
        "  spaces at both ends  ",
        "\u3000茶\u3000",
        "\ttab, and\nline",
        "𠀀茶🍵",
        "e\u0301\u200b\u202eabc",
        "<r>no rich text</r>",
        "2023-04-24",
        "007",
        "#N/A",
        "TRUE",
        "x" * 32_767,
    ],
)
def test_a_cell_holds_whatever_text_was_put_there(text):
    (sheet,) = opened(WorkbookSheet("All", {"Heading": 16, text[:255] or "": 16}, [["", text], [text, ""]]))
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["Heading", text[:255]],
        [None, text],
        [text, None],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\x00b\x0bc\x1f", "a_x0000_b_x000B_c_x001F_"),
        ("\r", "_x000D_"),
        ("\ufffe\uffff", "_xFFFE__xFFFF_"),
        ("_x0041_", "_x005F_x0041_"),
        ("_x004_ x0041 _x00zz_", "_x004_ x0041 _x00zz_"),
    ],
)
def test_what_xml_cannot_hold_is_written_as_excel_writes_it(text, written):
    """Excel shows `_x0041_` as A, so that a text that looks like this needs its first character escaped."""
    book = ZipFile(io.BytesIO(workbook([WorkbookSheet("All", {"Heading": 16}, [[text]])], "", "", date(2026, 1, 27))))
    assert f">{written}</t>" in book.read("xl/sharedStrings.xml").decode()
    opened(WorkbookSheet("All", {"Heading": 16}, [[text]]))


def test_headings_stay_in_sight_stand_out_and_filter_and_texts_wrap():
    first, second = opened(
        WorkbookSheet("简体", {"Number": 16, "Title": 44}, [["1", "Tea"], ["", "Cup"]]),
        WorkbookSheet("It's <a> sheet", {"Number": 30}, []),
    )
    assert (first.title, second.title) == ("简体", "It's <a> sheet")
    assert (first.freeze_panes, second.freeze_panes) == ("A2", "A2")
    assert (first.auto_filter.ref, second.auto_filter.ref) == ("A1:B3", "A1:A1")
    assert [first.column_dimensions[name].width for name in "AB"] == pytest.approx([16.71, 44.71], abs=0.01)
    heading, cell = first["B1"], first["B2"]
    assert (heading.font.b, heading.fill.fgColor.rgb, heading.border.bottom.style) == (True, "FFE6F0EE", "thin")
    assert (cell.font.b, cell.fill.fill_type, cell.border.bottom) == (False, None, cell.border.top)
    assert (heading.alignment.wrap_text, cell.alignment.wrap_text) == (None, True)
    # What is typed into an empty cell later is a text too.
    assert {one.number_format for one in (heading, cell, first.column_dimensions["A"])} == {"@"}


def test_the_properties_name_the_list_its_version_and_its_day():
    read = openpyxl.load_workbook(
        io.BytesIO(workbook([WorkbookSheet("All", {"A": 9}, [])], "Tea & cups", "2026.1", date(2026, 1, 27)))
    )
    assert (read.properties.title, read.properties.description) == ("Tea & cups", "2026.1")
    assert read.properties.created == datetime(2026, 1, 27)
