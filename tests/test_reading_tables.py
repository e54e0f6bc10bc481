"""What the rows of a list are, whatever heads, sections, totals and spellings it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from generator.announcing.attachments.attachment import Attachment, Cell, Sheet
from generator.announcing.attachments.bounds import even
from generator.announcing.attachments.cells import read_cell
from generator.announcing.attachments.headings import column_of, column_of_parts
from generator.announcing.attachments.normalise import day, in_one_form
from generator.announcing.attachments.table import Table, read_table
from generator.announcing.remarks import Remark
from generator.catalogue.letters import unified
from generator.catalogue.messages import Message

HEADINGS = ["序号", "识别号", "标准编号", "标准名称", "发布单位"]
BODIES = {in_one_form("幻想茶研究院")}


def sheet(*rows: Sequence[str | Cell], **options) -> Sheet:
    """A sheet of texts; a `Cell` that stands in several places is one merged cell."""
    cells = [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows]
    return Sheet(options.pop("name", ""), even(Message("reading.a-table"), cells), **options)


def table(*sheets: Sheet, skipped: tuple[str, ...] = (), columns: dict[str, str] | None = None) -> Table:
    return read_table(Attachment("list", "", list(sheets)), BODIES, skipped, columns)


def rows_of(read: Table) -> list[dict[str, str]]:
    return [row.cells for row in read.rows]


def asked_in(read: Table) -> list[str]:
    return [str(question.sentence) for question in read.questions]


def problems_in(read: Table) -> list[str]:
    return [str(problem) for problem in read.problems]


# --- headings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("国家标准编号", "designation"),
        ("国　家　标　准　名　称", "title"),
        ("代替标准号", "supersedes"),
        ("被代替标准编号", "supersedes"),
        ("起始实施日期", "implemented_on"),
        ("批准部门", "publisher"),
        ("团体名称", "publisher"),
        ("归口单位", "other"),
        ("类型", "other"),
        ("標題", "title"),
        ("範疇", "field"),
        ("StdNo", "designation"),
        ("Reference", "designation"),
        ("Reference and title of the harmonised standard (and reference document)", "designation and title"),
        ("标准编号及名称", "designation and title"),
        ("标准编号\nStandard No.", "designation"),
        ("标准名称 Title", "title"),
        ("标准名称（英文）", "title:en"),
        ("发布单位\nIssuing body", "publisher"),
        ("复审结论", "review"),
        ("天气", ""),
        ("标准名称100", ""),
    ],
)
def test_a_heading_names_its_column_in_the_words_of_all_kinds_of_lists(heading, column):
    assert column_of(heading) == column


@pytest.mark.parametrize(
    ("parts", "column"),
    [
        (["标准名称", "中文"], "title"),
        (["标准名称", "英文"], "title:en"),
        (["日期", "发布"], "issued_on"),
        (["日期", "实施"], "implemented_on"),
        (["Date", "Issue"], "issued_on"),
    ],
)
def test_a_heading_in_two_rows_is_read_as_one(parts, column):
    assert column_of_parts(parts) == column


def test_groups_over_two_columns_make_a_heading_of_two_rows():
    titles, days, ordinal, number = Cell("标准名称"), Cell("日期"), Cell("序号"), Cell("标准编号")
    read = table(
        sheet(
            [ordinal, number, titles, titles, days, days],
            [ordinal, number, "中文", "英文", "发布", "实施"],
            ["1", "茶/T 1-2020", "白毫", "White Tips", "2020-01-02", "2020-02-03"],
        )
    )
    assert rows_of(read) == [
        {
            "designation": "茶/T 1-2020",
            "title:zh-Hans": "白毫",
            "title:en": "White Tips",
            "issued_on": "2020-01-02",
            "implemented_on": "2020-02-03",
        }
    ]


def test_a_group_whose_cells_are_not_merged_is_a_group_too():
    read = table(
        sheet(
            ["序号", "标准编号", "日期", ""], ["", "", "发布", "实施"], ["1", "茶/T 1-2020", "2020-01-02", "2020-02-03"]
        )
    )
    assert rows_of(read)[0].keys() == {"designation", "issued_on", "implemented_on"}


def test_a_second_heading_with_other_columns_begins_a_second_block():
    read = table(
        sheet(
            ["序号", "标准编号", "标准名称"],
            ["1", "茶/T 1-2020", "白毫"],
            ["二、杯", "", ""],
            ["序号", "标准名称", "标准编号"],
            ["1", "漏杯", "茶/T 4-2020"],
        )
    )
    assert [row["designation"] for row in rows_of(read)] == ["茶/T 1-2020", "茶/T 4-2020"]
    assert read.rows[1].sections == ("二、杯",)
    assert asked_in(read) == []


def test_a_heading_that_stands_again_on_each_page_is_no_row():
    read = table(
        sheet(HEADINGS, ["1", "TEA 1", "茶/T 1-2020", "白毫", "甲"], name="page 1"),
        sheet(HEADINGS, ["2", "TEA 2", "茶/T 2-2020", "绿茶", "甲"], name="page 2"),
    )
    assert [row.label for row in read.rows] == ["page-1:2", "page-2:2"]


def test_a_column_of_numbers_is_one_whatever_its_heading():
    read = table(sheet(["序号", "文号", "标准名称"], ["1", "T/TEA 1-2020", "白毫"], ["2", "T/TEA 2-2020", "绿茶"]))
    assert [row["designation"] for row in rows_of(read)] == ["T/TEA 1-2020", "T/TEA 2-2020"]


def test_a_number_and_a_title_in_one_cell_are_told_apart():
    cells = ["茶/T 1-2020 白毫", "茶/T 2-2020《绿茶》", "EN 9999:2006\nTea for nobody", "漏杯（T/TEA 4-2020）"]
    read = table(sheet(["序号", "标准编号及名称"], *([str(n), cell] for n, cell in enumerate(cells, 1))))
    assert [(row["designation"], row.get("title:zh-Hans") or row["title:en"]) for row in rows_of(read)] == [
        ("茶/T 1-2020", "白毫"),
        ("茶/T 2-2020", "绿茶"),
        ("EN 9999-2006", "Tea for nobody"),
        ("T/TEA 4-2020", "漏杯"),
    ]


def test_a_column_that_is_not_understood_but_holds_days_is_said():
    read = table(
        sheet(["序号", "标准编号", "报批"], ["1", "茶/T 1-2020", "2020-01-02"], ["2", "茶/T 2-2020", "2020-01-03"])
    )
    assert "column 3 ‘报批’ → not understood, though it holds days" in str(read.remarks[0])


def test_where_no_list_is_found_the_nearest_row_is_named():
    read = table(sheet(["这是一张表"], ["标准名称", "天气", "心情"], ["白毫", "晴", "好"]))
    assert problems_in(read) == [
        "no list was found: a row of headings is wanted, such as 序号, 识别号, 标准编号, 标准名称, 发布单位. "
        "row 2 comes nearest: ‘标准名称’ is understood, ‘天气’, ‘心情’ is not"
    ]


# --- what the editor chose ------------------------------------------------------------------------------------------


def test_what_the_editor_chose_for_a_column_counts_more_than_its_heading():
    rows = ["序号", "文号", "标准编号", "标准名称"], ["1", "茶/T 1-2020", "T/CUP 1-2020", "白毫"]
    read = table(sheet(*rows, has_letters=True), columns={"B": "designation", "C": "other"})
    assert (rows_of(read), read.problems) == ([{"designation": "茶/T 1-2020", "title:zh-Hans": "白毫"}], [])
    assert "B ‘文号’ → designation, as you say" in str(read.remarks[0])
    assert [place.name for place in read.rows[0].claim.places.values()] == ["A", "B", "C", "D"]


def test_a_chosen_column_takes_its_meaning_from_one_that_only_says_so():
    rows = ["序号", "标准编号", "旧号"], ["1", "茶/T 1-2020", "茶/T 1-2000"]
    read = table(sheet(*rows), columns={"3": "designation"})
    assert rows_of(read) == [{"designation": "茶/T 1-2000"}]


def test_what_was_chosen_for_a_column_holds_on_the_pages_after_it():
    def page(number: int) -> Sheet:
        rows = ["序号", "文号", "名"], [str(number), f"TEA {number}", f"第{number}种茶"]
        return sheet(*rows, name=f"page {number}", page=number)

    read = table(page(1), page(2), columns={"page-1:2": "list_identifier", "page-1:3": "title", "page-2:3": "remark"})
    assert rows_of(read) == [
        {"list_identifier": "TEA 1", "title:zh-Hans": "第1种茶"},
        {"list_identifier": "TEA 2", "remark": "第2种茶"},
    ]
    assert [row.sheet for row in read.rows] == ["page 1", "page 2"]


def test_a_list_whose_headings_say_nothing_is_read_by_what_was_chosen():
    read = table(sheet(["茶/T 1-2020", "白毫"], ["茶/T 2-2020", "绿茶"]), columns={"1": "designation", "2": "title"})
    assert [row["title:zh-Hans"] for row in rows_of(read)] == ["白毫", "绿茶"]


def test_a_choice_that_leaves_neither_number_nor_title_leaves_no_list():
    rows = ["序号", "标准编号", "发布单位"], ["1", "茶/T 1-2020", "甲"]
    (problem,) = problems_in(table(sheet(*rows, has_letters=True), columns={"B": "other"}))
    assert problem.startswith("no list was found")


@pytest.mark.parametrize(
    ("columns", "problem"),
    [
        ({"F": "title"}, "the list has no column F; it has A, B, C"),
        ({"page-1:2": "title"}, "the list has no column page-1:2; it has A, B, C"),
        ({"B": "colour"}, "‘colour’ is no column of a list; ordinal, list_identifier, designation"),
        ({"B": "title", "C": "title"}, "B1 and C1 both say title; rename or delete one of ‘标准编号’ and ‘标准名称’"),
    ],
)
def test_a_choice_that_cannot_be_is_a_problem(columns, problem):
    rows = ["序号", "标准编号", "标准名称"], ["1", "茶/T 1-2020", "白毫"]
    (found,) = table(sheet(*rows, has_letters=True), columns=columns).problems
    assert str(found).startswith(problem)


# --- rows -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["合计", "", "2项", "", ""], "a total"),
        (["总计：2项", "", "", "", ""], "a total"),
        (["审核：甲某", "", "", "制表：乙某", ""], "signatures"),
        (["注：以上自愿采用。", "", "", "", ""], "an explanation"),
    ],
)
def test_a_row_that_announces_nothing_is_told_and_never_a_standard(row, why):
    read = table(sheet(HEADINGS, ["1", "TEA 1", "茶/T 1-2020", "白毫", "甲"], row))
    assert len(read.rows) == 1
    assert [str(one.why) for one in read.unread] == [why]
    assert asked_in(read) == []


@pytest.mark.parametrize(
    ("row", "clause"),
    [
        (["1", "茶/T 1-2020", "白毫", "幻想茶研究院", ""], "its number ‘白毫’ has no figure"),
        (["1", "茶/T 1-2020", "白毫", "幻想茶研究院", ""], "its identifier ‘茶/T 1-2020’ is a standard’s own number"),
        (["1", "茶/T 1-2020", "白毫", "幻想茶研究院", ""], "its title ‘幻想茶研究院’ is a known body"),
        (["1", "TEA 1", "茶/T 1-2020", "2020-01-01", "甲"], "its title ‘2020-01-01’ has no letter"),
        (["1", "TEA 1", "茶/T 1-2020", "茶/T 2-2020", "甲"], "its title ‘茶/T 2-2020’ is a number"),
        (["1", "TEA 1", "茶/T 1-2020", "标准名称", "甲"], "its title ‘标准名称’ is the heading of a column"),
        (["1", "TEA 1", "茶/T 1-2020", "白毫", "2020-01-01"], "its publisher ‘2020-01-01’ is no body"),
        (["1", "某某人", "茶/T 1-2020", "白毫", "甲"], "its identifier ‘某某人’ is none of the list’s"),
        (["1", "", "", "白毫", ""], "it has nothing but a title"),
    ],
)
def test_a_row_that_is_not_plausible_is_a_question_with_answers(row, clause):
    read = table(sheet(HEADINGS, row))
    (question,) = read.questions
    assert clause in str(question.sentence)
    assert [answer.option for answer in question.answers] == ["--accept 2", "--skip 2"]
    skipped = table(sheet(HEADINGS, row), skipped=("2",))
    assert (skipped.rows, skipped.questions) == ([], [])


def test_a_row_with_fewer_cells_than_its_heading_is_a_question():
    read = table(sheet(HEADINGS, ["1", "TEA 1", "茶/T 1-2020", "白毫"], short_rows=frozenset({2})))
    assert "it has fewer cells than its heading" in asked_in(read)[0]


def test_a_row_with_a_cell_too_many_is_a_question():
    rows = [[str(n), f"TEA {n}", f"茶/T {n}-2020", f"第{n}种茶", "甲", ""] for n in range(1, 5)]
    rows[1][4:] = ["的喝法", "甲"]
    (question,) = table(sheet([*HEADINGS, ""], *rows)).questions
    assert (question.row, "it has ‘甲’ where no heading is" in str(question.sentence)) == ("3", True)


def test_a_list_without_headings_is_told_where_they_are_wanted():
    (problem,) = problems_in(table(sheet(["1", "T/TEA 1-2020", "白毫"], ["2", "T/TEA 2-2020", "绿茶"])))
    assert problem.endswith("column 2 holds numbers: write headings above it")


def test_a_title_in_a_language_that_the_list_has_not_is_not_recorded_as_english():
    read = table(sheet(["N.º", "Norma", "Título"], ["1", "T/TEA 1-2020", "Chá"]))
    assert rows_of(read) == [{"designation": "T/TEA 1-2020"}]
    assert "‘Título’ → not recorded" in str(read.remarks[0])


@pytest.mark.parametrize(
    ("ordinals", "asked"),
    [
        (["1", "2", "3"], []),
        (["0", "1", "2"], []),
        (["1", "2", "4"], ["序号 3 is missing"]),
        (["2", "4", "6"], ["序号 1 is missing", "序号 3 is missing", "序号 5 is missing"]),
        (["1", "", "3"], ["it has no 序号, though others have"]),
        (["1", "1", "2"], ["序号 1 follows 1"]),
        (["1", "2", "9"], ["序号 3–8 is missing"]),
        (["（1）", "2.", "３"], []),
    ],
)
def test_the_lists_own_numbering_is_its_checksum(ordinals, asked):
    rows = [[one, f"TEA {n}", f"茶/T {n}-2020", f"第{n}种茶", "甲"] for n, one in enumerate(ordinals, 1)]
    read = table(sheet(HEADINGS, *rows))
    assert len(asked_in(read)) == len(asked)
    for sentence, clause in zip(asked_in(read), asked, strict=True):
        assert clause in sentence


def test_the_numbering_may_begin_again_below_another_heading_and_go_on_over_pages():
    first = sheet(
        ["序号", "标准编号"], ["一、茶", ""], ["1", "茶/T 1-2020"], ["二、杯", ""], ["1", "茶/T 2-2020"], name="1"
    )
    second = sheet(["2", "茶/T 3-2020"], name="2")
    assert asked_in(table(first, second)) == []


def test_a_row_that_a_page_cuts_in_two_is_one_row():
    read = table(
        sheet(["序号", "标准编号", "标准名称"], ["1", "茶/T 1011.3-", "白毫"], name="page 1"),
        sheet(["", "2020", "的喝法"], ["2", "茶/T 2-2020", "绿茶"], name="page 2", is_continued=True),
    )
    assert [(row["designation"], row["title:zh-Hans"]) for row in rows_of(read)] == [
        ("茶/T 1011.3-2020", "白毫的喝法"),
        ("茶/T 2-2020", "绿茶"),
    ]


def test_captions_and_sections_say_where_a_row_belongs():
    read = table(
        sheet(HEADINGS, ["1", "TEA 1", "茶/T 1-2020", "白毫", "甲"], name="1", caption="附件\n一、茶叶领域"),
        sheet(HEADINGS, ["1", "TEA 2", "茶/T 2-2020", "漏杯", "甲"], name="2", caption="二、茶杯领域"),
    )
    assert [row.sections for row in read.rows] == [("一、茶叶领域", "附件"), ("二、茶杯领域",)]


def test_a_section_of_withdrawn_standards_withdraws_its_rows_in_its_own_words():
    read = table(
        sheet(
            HEADINGS,
            ["一、新增标准", "", "", "", ""],
            ["1", "TEA 1", "茶/T 1-2020", "白毫", "甲"],
            ["二、废止标准", "", "", "", ""],
            ["1", "TEA 2", "茶/T 2-2020", "绿茶", "甲"],
        )
    )
    assert [row.cells.get("status") for row in read.rows] == [None, "withdrawn"]
    assert read.rows[1].words == {"status": "二、废止标准"}


def test_a_fault_that_stands_in_every_row_is_said_once():
    rows = [[str(n), f"茶/T {n}-2020", f"第{n}种茶", "=A1"] for n in range(1, 30)]
    read = table(sheet(["序号", "标准编号", "标准名称", "发布单位"], *([*r[:3], Cell(r[3], "formula")] for r in rows)))
    assert problems_in(read) == [
        "row 2, column 4: holds a formula (=A1); copy the column and paste it as values"
        "; so are 28 cells more, down to row 30, column 4"
    ]


# --- cells ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2025-11-01",
        "2025-11-01 00:00:00",
        "2025-11-01 00:00:00.0",
        "20251101",
        "2025年11月1日",
        "2025/11/1",
        "1 Nov 2025",
        "November 1, 2025",
        "1st November 2025",
        "自2025年11月1日起实施",
        "二〇二五年十一月一日",
    ],
)
def test_a_day_is_read_as_people_write_it(text):
    assert day(text) == "2025-11-01"


@pytest.mark.parametrize("text", ["2025年12月", "自公布之日起实施", "发布之日", "2025"])
def test_what_is_no_day_is_left_out_and_said(text):
    reading = read_cell("implemented_on", Cell(text))
    assert (reading.values, reading.problem, reading.question) == ((), None, None) or text == "2025"
    assert text in str(reading.note or reading.problem)


def test_a_day_that_may_be_two_is_asked_about():
    question = str(read_cell("issued_on", Cell("01/11/2025")).question)
    assert question.startswith("date issued ‘01/11/2025’: which is the month?")
    assert read_cell("issued_on", Cell("25/12/2025")).values == (("issued_on", "2025-12-25"),)


def test_the_number_by_which_excel_keeps_a_day_is_that_day():
    reading = read_cell("issued_on", Cell("45962", "number"))
    assert reading.values == (("issued_on", "2025-11-01"),)
    assert "45962" in str(reading.note)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("⻝品安全⽤油", "食品安全用油"),
        ("⽉饼", "月饼"),
        ("机动⻋⻓⻔", "机动车长门"),
        ("⻥丸⻰眼", "鱼丸龙眼"),
        ("\uf9be\uf9e4", "料理"),
    ],
)
def test_letters_are_what_they_look_like(text, letters):
    assert unified(text) == letters
    reading = read_cell("title", Cell(text))
    assert reading.values == (("title", letters),)
    assert "which it only looks like" in str(reading.note)


@pytest.mark.parametrize("text", ["白毫�", "白\u200b毫", "白\ue000毫", "\u202e白毫"])
def test_letters_that_nobody_can_read_stop_the_import(text):
    assert str(read_cell("title", Cell(text)).problem).startswith("holds ")


@pytest.mark.parametrize(
    ("text", "number"),
    [("T∕TEA 8-2022", "T/TEA 8-2022"), ("T⁄TEA 8：2022", "T/TEA 8-2022"), ("T/TEA\n8-\n2022", "T/TEA 8-2022")],
)
def test_slashes_colons_and_line_ends_of_a_number_are_made_plain(text, number):
    assert read_cell("designation", Cell(text)).values == (("designation", number),)


def test_lines_of_a_title_are_joined_as_its_script_is():
    assert read_cell("title", Cell("示例\n糕点")).values == (("title", "示例糕点"),)
    assert read_cell("title", Cell("Example\nSnack")).values == (("title", "Example Snack"),)


def test_a_chinese_title_above_an_english_one_is_two_titles():
    values = (("title", "示例点心"), ("title:en", "Example Dim Sum"))
    assert read_cell("title", Cell("示例点心\nExample Dim Sum")).values == values
    assert read_cell("title", Cell("示例装置 ISO\n9001 的要求")).values == (("title", "示例装置 ISO 9001 的要求"),)
    assert read_cell("title", Cell("示例装置\nXYZ-2000")).values == (("title", "示例装置XYZ-2000"),)


def test_of_a_body_in_two_languages_the_chinese_name_is_taken_and_the_other_said():
    reading = read_cell("publisher", Cell("幻想茶研究院\nInstitute of Imaginary Tea"))
    assert reading.values == (("publisher", "幻想茶研究院"),)
    assert "Institute of Imaginary Tea" in str(reading.note)


def test_a_column_that_is_no_route_is_said_and_not_recorded():
    assert "is no way in which" in str(read_cell("route", Cell("团体标准")).note)


@pytest.mark.parametrize(
    ("remark", "is_withdrawn", "on"),
    [
        ("已废止", True, ""),
        ("自2024年8月1日起废止", True, "2024-08-01"),
        ("withdrawn on 1 August 2024", True, "2024-08-01"),
        ("2027年3月1日起废止", False, ""),
        ("废止 GB 1-2008 等 8 项标准相关强条", False, ""),
        ("代替 GB 1-2001，原标准同时废止", False, ""),
        ("相关强条已由 GB 2-2021 废止", False, ""),
        ("部分条文废止", False, ""),
        ("拟废止", False, ""),
        ("自公布之日起废止", False, ""),
    ],
)
def test_a_remark_withdraws_only_its_own_row_on_a_day_that_has_come(remark, is_withdrawn, on):
    statements = Remark.of(remark, date(2026, 11, 27))
    assert (statements.is_withdrawn, statements.withdrawn_on) == (is_withdrawn, on)
