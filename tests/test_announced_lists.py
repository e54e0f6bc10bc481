"""What was put into a list is what the plan says, or the plan says that it is not."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import xlwt
from click.testing import CliRunner
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P
from openpyxl import Workbook

from generator.__main__ import commands
from generator.announcing.attachments.attachment import read_attachment
from generator.announcing.attachments.table import read_table
from generator.announcing.plan import Plan
from generator.announcing.preview import preview
from generator.announcing.questions import Question, accept
from generator.catalogue.messages import ColumnName, Message
from tests import attachments

HEADS = {
    "ordinal": ["序号", "No."],
    "list_identifier": ["识别号", "“湾区标准”识别号", "GBA Standard No."],
    "designation": ["标准编号", "国家标准编号", "Standard No.", "標準編號"],
    "title": ["标准名称", "名 称", "Title", "標題"],
    "publisher": ["发布单位", "Issuing body", "批准部门"],
    "implemented_on": ["实施日期", "起始实施日期", "Effective date"],
    "other": ["归口单位", "ICS", "类型"],
}
"""Column → what lists call it."""
TITLES = ["白毫的喝法", "绿茶 第2部分：器具", "Tea for nobody", "茶（冻）", "茶“壶”与杯", "a, b; c"]
ROWS = [
    {
        "ordinal": str(n),
        "list_identifier": f"TEA {n + 500}",
        "designation": f"T/TEA {n + 500}-2020",
        "title": f"{title} {n}",
        "publisher": "空杯行会",
        "implemented_on": "2021-03-04",
        "other": "无人之会",
    }
    for n, title in enumerate(TITLES, 1)
]


def as_csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    book = Workbook()
    for row in table:
        attachments.sheet_of(book).append(row)
    return attachments.saved(book)


def as_xls(table: list[list[str]]) -> bytes:
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("list")
    for n, row in enumerate(table):
        for place, text in enumerate(row):
            sheet.write(n, place, text)
    book.save(out)
    return out.getvalue()


def as_ods(table: list[list[str]]) -> bytes:
    document, out = OpenDocumentSpreadsheet(), io.BytesIO()
    sheet = OdfTable(name="list")
    for row in table:
        line = TableRow()
        for text in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=text))
            line.addElement(cell)
        sheet.addElement(line)
    document.spreadsheet.addElement(sheet)  # pyright: ignore[reportAttributeAccessIssue]
    document.write(out)
    return out.getvalue()


def as_docx(table: list[list[str]]) -> bytes:
    document, out = Document(), io.BytesIO()
    grid = document.add_table(len(table), len(table[0]))
    for n, row in enumerate(table):
        for place, text in enumerate(row):
            grid.cell(n, place).text = text
    document.save(out)
    return out.getvalue()


def as_html(table: list[list[str]]) -> bytes:
    rows = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in table)
    return f"<meta charset=utf-8><table>{rows}</table>".encode()


WRITERS = {"csv": as_csv, "xlsx": as_xlsx, "xls": as_xls, "ods": as_ods, "docx": as_docx, "html": as_html}


@some.composite
def announced_lists(draw: some.DrawFn) -> tuple[str, list[str], list[list[str]]]:
    """A kind of file; the columns of a list in any order; its table with heads of any kind."""
    columns = draw(some.permutations(list(HEADS)).map(list))
    columns = columns[: draw(some.integers(3, len(columns)))]
    if not {"designation", "list_identifier"} & set(columns):
        columns.append("designation")
    heading = [draw(some.sampled_from(HEADS[column])) for column in columns]
    rows = draw(some.lists(some.sampled_from(ROWS), min_size=1, unique_by=lambda row: row["ordinal"]))
    rows = [row | {"ordinal": str(n)} for n, row in enumerate(rows, 1)]
    extra = draw(some.sampled_from([[], [["合计"] + [""] * (len(columns) - 1)], [[""] * len(columns)]]))
    return draw(some.sampled_from(list(WRITERS))), columns, [heading, *([r[c] for c in columns] for r in rows), *extra]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(announced_lists())
def test_what_was_put_in_is_what_is_read_whatever_the_order_heads_and_file(one):
    kind, columns, table = one
    read = read_table(read_attachment(f"list.{kind}", WRITERS[kind](table)))
    assert read.problems == []
    recorded = [column for column in columns if column not in ("ordinal", "other")]
    written = [dict(zip(columns, row, strict=True)) for row in table[1:] if row[0] != "合计" and any(row)]
    assert len(read.rows) == len(written)
    for row, announced in zip(read.rows, written, strict=True):
        titles = [text for column, text in row.cells.items() if column.startswith("title")]
        assert titles == ([announced["title"]] if "title" in recorded else [])
        for column in set(recorded) - {"title"}:
            assert row.cells[column] == announced[column]
    assert [one.text for one in read.unread] == ["合计" for row in table if row[0] == "合计"]


@pytest.fixture
def plan_of(world):
    """The plan of a file as other programs get it."""

    def plan(data: bytes, *options: str) -> dict:
        Path("list.csv").write_bytes(data)
        done = CliRunner().invoke(commands, ["import", "list.csv", "--batch", "2022-05", "--json", *options])
        return json.loads(done.output)

    return plan


def test_the_plan_as_data_has_every_row_and_every_cell_with_what_became_of_it(plan_of):
    plan = plan_of(
        "序号,标准编号,标准名称,实施日期,归口单位\n1,T/TEA 1:2020,白毫的喝法,自公布之日起,甲\n合计,,,,\n"
        "3,没有数字,绿茶的喝法,2021-03-04,乙\n".encode()
    )
    first, second = plan["rows"]
    assert (first["label"], first["ordinal"], first["address"], first["outcome"]) == ("2", 1, "t-tea-1-2020", "new")
    assert [(cell["column"], cell["text"], cell["recorded"], cell["note"]) for cell in first["cells"]] == [
        ("1", "1", "1", ""),
        ("2", "T/TEA 1:2020", {"designation": "T/TEA 1-2020"}, "‘T/TEA 1:2020’ → T/TEA 1-2020"),
        ("3", "白毫的喝法", {"title:zh-Hans": "白毫的喝法"}, ""),
        ("4", "自公布之日起", "", "‘自公布之日起’ is no day, and is not recorded"),
        ("5", "甲", "", ""),
    ]
    assert [(one["where"], one["text"], one["why"]) for one in plan["unread"]] == [("row 3", "合计", "a total")]
    assert [question["row"] for question in plan["questions"]] == ["4", "4"]
    assert [answer["option"] for answer in plan["questions"][0]["answers"]] == ["--accept 4", "--skip 4"]
    assert second["label"] == "4"


def test_every_question_is_answered_by_what_it_names(plan_of):
    data = "序号,标准编号,标准名称\n1,T/TEA 1-2020,白毫的喝法\n3,T/TEA 3-2020,绿茶的喝法\n5,乱写,茶杯的用法\n".encode()
    asked = plan_of(data)["questions"]
    assert asked
    for place in (0, -1):
        answers = [question["answers"][place] for question in asked]
        options = [word for answer in answers for word in answer["option"].split()]
        assert options == [word for answer in answers for word in (f"--{answer['kind']}", answer["row"])]
        assert plan_of(data, *options)["questions"] == []


def test_a_notice_changes_what_it_names_and_opens_no_announcement(world):
    Path("notice.csv").write_text(
        "序号,识别号,标准名称,备注\n1,TEA 1,白毫,已废止\n2,TEA 99,不在清单上的茶,已废止\n", "utf-8"
    )
    done = CliRunner().invoke(commands, ["import", "notice.csv", "--notice", "2022-05-18", "--json"])
    plan = json.loads(done.output)
    assert (plan["problems"], plan["questions"]) == ([], [])
    assert plan["entries"] == [{"file": "sources.yml", "address": "notice-2022-05-18"}]
    changed = {(one["address"], one["attribute"]): one for one in plan["changes"] if one["attribute"] != "sources"}
    assert list(changed) == [("tea-1", "status")]
    assert changed["tea-1", "status"]["words"] == "已废止"
    assert "No recorded standards, of which a notice adds none: row 3 ‘不在清单上的茶’" in plan["remarks"]


def test_a_file_whose_rows_were_all_announced_before_is_a_notice(world):
    Path("notice.csv").write_text("识别号,标准名称,备注\nTEA 1,白毫,自2021年10月1日起废止\n", "utf-8")
    done = CliRunner().invoke(commands, ["import", "notice.csv", "--batch", "2022-05", "--write"])
    assert done.exit_code == 0, done.output
    assert "2022-05" not in Path("content/records/batches.yml").read_text("utf-8")
    assert "notice-2022-05:" in Path("content/records/sources.yml").read_text("utf-8")


def test_a_question_that_many_rows_raise_is_asked_once_and_answered_for_all(world):
    rows = "\n".join(f"{n},T/TEA {n}-2020,第{n}种茶,2021-03-04" for n in range(1, 8))
    Path("list.csv").write_text(f"序号,标准编号,标准名称,发布单位\n{rows}\n", "utf-8")
    command = ["import", "list.csv", "--batch", "2022-05"]
    asked = [line for line in CliRunner().invoke(commands, command).output.splitlines() if line.startswith("row ")]
    assert len(asked) == 1
    assert "its publisher ‘2021-03-04’ is no body" in asked[0]
    assert "--accept 2,3,4,5,6,7,8 if it is" in asked[0]
    assert CliRunner().invoke(commands, [*command, "--accept", "2,3,4,5,6,7,8"]).exit_code == 0


def test_what_would_replace_something_recorded_is_asked_one_by_one():
    def question(row: str) -> Question:
        column, right = ColumnName("title:en"), accept(row, Message("import.if-right"))
        values = {"column": column, "address": f"tea-{row}", "recorded": f"Cup {row}", "value": f"Pot {row}"}
        return Question(row, Message("import.would-change", row=row, **values), (right,))

    asked = list(preview(Plan(questions=[question(str(number)) for number in range(2, 9)]), "list.csv"))
    for number in range(2, 9):
        assert f"from Cup {number} to Pot {number}. Say --accept {number} if that is right." in "\n".join(asked)


def test_questions_that_rest_on_what_each_row_has_of_its_own_are_asked_one_by_one(world):
    numbered = [f",茶/T {n}-2018,第{n}种茶" for n in range(1, 5)]
    reviewed = [f"TEA {n},茶/T {n}-2020,第{n}种茶,{'废止' if n % 2 else '应予废止'}" for n in range(70, 80)]
    Path("numbers.csv").write_text("\n".join(["识别号,标准编号,标准名称", *numbered]), "utf-8")
    Path("reviews.csv").write_text("\n".join(["识别号,标准编号,标准名称,复审结论", *reviewed]), "utf-8")

    def asked(file: str) -> list[str]:
        lines = CliRunner().invoke(commands, ["import", file, "--batch", "2020-03"]).output.splitlines()
        return [line for line in lines if line.startswith("row ")]

    records = [line.partition("is it ")[2].partition(" ")[0] for line in asked("numbers.csv")]
    assert [address for address in records if address] == ["tea-1", "tea-2", "tea-3", "tea-4"]
    one, other = asked("reviews.csv")
    assert "came to ‘应予废止’" in one
    assert "--accept 2,4,6,8,10 if it is" in one
    assert "came to ‘废止’" in other
    assert "--accept 3,5,7,9,11 if it is" in other
