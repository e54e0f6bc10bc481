"""The worksheet: what is wanted goes out as Excel, and comes back filled in, in whatever order, onto its records."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.cell_range import CellRange

from generator.__main__ import commands
from generator.announcing.plan import Plan, plan, write_plan
from generator.announcing.questions import Answers
from generator.announcing.worksheet import worksheet_bytes
from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ColumnName
from tests.conftest import change_standard, without_titles
from tests.libreoffice import converted

TODAY = date(2026, 11, 27)
TITLE, DAY, PERSON = "English title", "English title reviewed on", "English title reviewed by"
TRADITIONAL = "Traditional title"
RECORD = "Address (do not change)"


def exported(language: str = "en") -> bytes:
    content = read_content(Path())
    assert not content.problems
    return worksheet_bytes(content.catalogue(), content.scripts, language)


def filled_in(cells: dict[str, dict[str, str]], data: bytes = b"") -> bytes:
    """The worksheet with `cells`: address → heading → text."""
    book = load_workbook(io.BytesIO(data or exported()))
    sheet = book.worksheets[0]
    headings = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    rows = {str(row[headings[RECORD] - 1].value): number for number, row in enumerate(sheet.iter_rows(min_row=2), 2)}
    for address, texts in cells.items():
        for heading, text in texts.items():
            sheet.cell(rows[address], headings[heading], text or None)
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def imported(data: bytes, *accepted: str, name: str = "worksheet.xlsx") -> Plan:
    return plan(Path("content"), name, data, Answers(accepted=frozenset(accepted)), TODAY)


def changed(result: Plan) -> dict[tuple[str, str], str]:
    """(address, column) → what it becomes."""
    assert result.may_be_written, [*result.problems, *result.questions]
    return {(one.address, one.attribute): one.after for one in result.changes}


def facts(address: str) -> dict[str, str]:
    """The cells of a record."""
    for path in Path("content/records/standards").glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row["address"] == address:
                    return row
    raise KeyError(address)


@pytest.fixture
def project(world) -> Path:
    """The imaginary world, which wants an English title of tea-1 and a Traditional one of tea-2."""
    return without_titles(world)


@pytest.mark.parametrize("language", LANGUAGES)
def test_as_it_went_out_it_changes_nothing_in_any_language(project, language):
    result = imported(exported(language))
    assert changed(result) == {}
    assert result.rows == result.unchanged > 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_a_row_for_each_standard_that_wants_a_title_and_its_words_are_in_the_language(project, language):
    sheet = load_workbook(io.BytesIO(exported(language))).worksheets[0]
    assert ColumnName("title:en").in_language(language).casefold() in [str(cell.value).casefold() for cell in sheet[1]]
    addresses = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert {"tea-1", "tea-2"} <= set(addresses)
    assert len(addresses) == len(set(addresses))


def test_an_english_title_that_is_filled_in_is_a_translation(project):
    result = imported(filled_in({"tea-1": {TITLE: "Imaginary white down"}}))
    assert changed(result) == {("tea-1", "title:en"): "Imaginary white down", ("tea-1", "standing:en"): "translated"}
    write_plan(Path("content"), result)
    assert facts("tea-1")["title:en"] == "Imaginary white down"
    assert not read_content(Path()).problems


def test_with_the_person_and_the_day_it_is_reviewed(project):
    review = {TITLE: "Imaginary white down", DAY: "2026-11-26", PERSON: "Nobody of Nowhere"}
    write_plan(Path("content"), imported(filled_in({"tea-1": review})))
    row = facts("tea-1")
    assert (row["standing:en"], row["reviewed:en"]) == ("reviewed", "2026-11-26 Nobody of Nowhere")
    assert not read_content(Path()).problems


def test_a_translation_is_reviewed_without_being_changed(world):
    title = facts("tea-1")["title:en"]
    write_plan(Path("content"), imported(filled_in({"tea-1": {DAY: "2026-11-26", PERSON: "Nobody of Nowhere"}})))
    row = facts("tea-1")
    assert (row["title:en"], row["standing:en"]) == (title, "reviewed")
    assert not read_content(Path()).problems


def test_a_traditional_title_stays_a_conversion_until_somebody_reviewed_it(project):
    result = imported(filled_in({"tea-2": {TRADITIONAL: "想像的茶"}}))
    assert changed(result)["tea-2", "standing:zh-Hant"] == "converted"
    by = {f"{TRADITIONAL} reviewed by": "Nobody of Nowhere", f"{TRADITIONAL} reviewed on": "2026-11-26"}
    result = imported(filled_in({"tea-2": {TRADITIONAL: "想像的茶", **by}}))
    assert changed(result)["tea-2", "standing:zh-Hant"] == "reviewed"
    assert changed(result)["tea-2", "reviewed:zh-Hant"] == "2026-11-26 Nobody of Nowhere"


def test_a_new_translation_is_not_reviewed_because_the_one_before_was(world):
    change_standard(world, "tea-1", {"standing:en": "reviewed", "reviewed:en": "2026-11-26 Nobody"})
    change_standard(world, "tea-1", {"title:zh-Hant": "", "standing:zh-Hant": ""})
    result = imported(filled_in({"tea-1": {TITLE: "Another imaginary title"}}))
    assert changed(result)["tea-1", "standing:en"] == "translated"
    assert changed(result)["tea-1", "reviewed:en"] == ""


def test_an_empty_cell_changes_nothing(world):
    assert changed(imported(filled_in({"tea-1": {TITLE: "", TRADITIONAL: "", "Field": ""}}))) == {}


def test_what_a_source_says_is_replaced_only_when_the_editor_says_so(project):
    change_standard(project, "tea-2", {"standing:en": "official"})
    before = facts("tea-2")["title:en"]
    data = filled_in({"tea-2": {TITLE: "Another imaginary title"}})
    result = imported(data)
    (question,) = result.questions
    assert before in str(question.wording)
    assert "Another imaginary title" in str(question.wording)
    assert question.address == "tea-2"
    assert not result.may_be_written
    accepted = changed(imported(data, question.row))
    assert accepted["tea-2", "title:en"] == "Another imaginary title"
    assert accepted["tea-2", "standing:en"] == "translated"
    assert before in accepted["tea-2", "also_called:en"]


def test_a_field_is_chosen_by_its_name_and_is_ours(project):
    change_standard(project, "tea-1", {"field": "", "field_assigned_by": ""})
    name = next(one.name["en"].words for one in read_content(Path()).catalogue().fields)
    result = changed(imported(filled_in({"tea-1": {"Field": name}})))
    assert result["tea-1", "field_assigned_by"] == "catalogue"
    assert result["tea-1", "field"]


def test_several_fields_are_written_in_one_cell(project):
    change_standard(project, "tea-1", {"field": "leaves", "field_assigned_by": "source"})
    result = changed(imported(filled_in({"tea-1": {"Field": "Leaves, Cups"}})))
    assert (result["tea-1", "field"], result["tea-1", "field_assigned_by"]) == ("leaves | cups", "source | catalogue")


def test_a_field_that_a_source_states_goes_only_when_the_editor_says_so(project):
    change_standard(project, "tea-1", {"field": "leaves | cups", "field_assigned_by": "source | catalogue"})
    sheet = filled_in({"tea-1": {"Field": "Cups"}})
    (question,) = imported(sheet).questions
    assert changed(imported(sheet, question.row))["tea-1", "field"] == "cups"


def test_rows_in_any_order_with_empty_ones_and_columns_of_others_are_understood(project):
    book = load_workbook(io.BytesIO(filled_in({"tea-1": {TITLE: "Imaginary white down"}})))
    sheet = book.worksheets[0]
    heading, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    random.Random(1).shuffle(rows)
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(["Asked by", *heading])
    for row in rows:
        sheet.append(["a colleague", *row])
        sheet.append([None] * 20)
    for _ in range(30):
        sheet.append([""] * 20)
    result = imported(saved(book))
    assert changed(result) == {("tea-1", "title:en"): "Imaginary white down", ("tea-1", "standing:en"): "translated"}


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_saved_by_another_program_it_says_the_same(project, tmp_path, kind):
    review = {TITLE: "Imaginary white down", DAY: "2026-11-26", PERSON: "Nobody of Nowhere"}
    folder = tmp_path / "office"
    folder.mkdir()
    data = converted(filled_in({"tea-1": review}), "filled-in.xlsx", "ods", folder)
    if kind == "xlsx":
        data = converted(data, "again.ods", "xlsx", folder)
    result = changed(imported(data, name=f"worksheet.{kind}"))
    assert result == {
        ("tea-1", "title:en"): "Imaginary white down",
        ("tea-1", "standing:en"): "reviewed",
        ("tea-1", "reviewed:en"): "2026-11-26 Nobody of Nowhere",
    }


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({PERSON: "Nobody of Nowhere"}, "a review of the English title has a person and a day"),
        ({DAY: "2026-11-26"}, "a review of the English title has a person and a day"),
        ({RECORD: "no-such-tea"}, "‘no-such-tea’ is the address of no standard"),
        ({"Field": "Imaginary nonsense"}, "the field ‘Imaginary nonsense’ is not recorded"),
    ],
)
def test_what_cannot_be_entered_is_said_and_nothing_is_written(project, cells, sentence):
    result = imported(filled_in({"tea-1": cells}))
    assert [problem for problem in result.problems if sentence in str(problem)]
    assert not result.texts


def test_what_it_does_not_change_is_said_and_not_lost_in_silence(project):
    data = filled_in({"tea-1": {"Simplified title": "想象的另一种茶", "Remark": "an imaginary remark"}})
    result = imported(data)
    assert changed(result) == {}
    remarks = "\n".join(map(str, result.remarks))
    assert "想象的另一种茶" in remarks
    assert "an imaginary remark" in remarks


def test_readers_are_told_of_a_title_that_was_published_otherwise(project):
    ledger = project / "content/records/addresses.txt"
    ledger.write_text(ledger.read_text("utf-8") + "standards/tea-1\n", "utf-8")
    result = imported(filled_in({"tea-1": {TITLE: "Imaginary white down"}}))
    changes = csv.DictReader(io.StringIO(result.texts["changes.csv"]))
    (change,) = (one for one in changes if one["to"] == "Imaginary white down")
    assert (change["standard"], change["attribute"], change["made_on"]) == ("tea-1", "title:en", "2026-11-27")


def test_doubtful_letters_are_red_and_beside_them_is_what_they_may_be(project):
    titles = {"title:zh-Hans": "想象的卤茶", "title:zh-Hant": "想像的滷茶", "standing:zh-Hant": "converted"}
    change_standard(project, "tea-2", titles)
    sheet = load_workbook(io.BytesIO(exported()), rich_text=True).worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    (row,) = (row for row in sheet.iter_rows(min_row=2) if row[0].value == "tea-2")
    title = row[headings.index(TRADITIONAL)].value
    assert isinstance(title, CellRichText)
    assert [one.text for one in title if isinstance(one, TextBlock)] == ["滷"]
    assert row[headings.index("Doubtful characters")].value == "滷 (or 鹵)"


def test_a_title_that_looks_like_a_formula_is_a_text(project):
    change_standard(project, "tea-2", {"title:en": "=1+1 imaginary teas"})
    sheet = load_workbook(io.BytesIO(exported())).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert changed(imported(exported())) == {}


def test_the_fields_are_offered_in_the_cell(project):
    book = load_workbook(io.BytesIO(exported()))
    (choice,) = book.worksheets[0].data_validations.dataValidation
    names = [one.name["en"].words for one in read_content(Path()).catalogue().fields]
    sheet, _, cells = choice.formula1.strip("=").rpartition("!")
    area = CellRange(cells.replace("$", ""))
    offered = book[sheet.strip("'")].iter_rows(area.min_row, area.max_row, area.min_col, area.max_col)
    assert [cell.value for (cell,) in offered] == names


def test_the_command_never_writes_over_somebodys_work(project):
    first = CliRunner().invoke(commands, ["worksheet", "mine.xlsx"])
    assert first.exit_code == 0, first.output
    Path("mine.xlsx").write_bytes(b"an afternoon of work")
    second = CliRunner().invoke(commands, ["worksheet", "mine.xlsx"])
    assert second.exit_code == 1
    assert "mine.xlsx is there already" in second.output
    assert Path("mine.xlsx").read_bytes() == b"an afternoon of work"
