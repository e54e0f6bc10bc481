"""What a PDF shows is what is read of it, or the reader says that it is not."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.announcing.attachments.attachment import Attachment, AttachmentError, Sheet
from generator.announcing.attachments.pdf import pdf
from generator.announcing.attachments.table import Table, read_table
from generator.catalogue.messages import Message

PRINTED_LISTS = 6
"""Lists made at random; each takes half a second. Raise it for a long trial."""
LINED = "table{border-collapse:collapse;width:100%}td,th{border:1px solid;padding:3px}"
HEAD = ["序号", "标准编号", "标准名称"]
LONG = "本文件规定了幻想装置的术语和定义、分类、要求、试验方法、检验规则、标志、包装、运输和贮存。" * 3
Rows = Sequence[Sequence[str]]


def printed(browser: Browser, html: str, **options: object) -> bytes:
    """What a browser prints of a page."""
    page = browser.new_page()
    page.set_content(html)
    paper = {} if "width" in options else {"format": "A4"}
    data = page.pdf(**({"print_background": True} | paper | options))  # pyright: ignore[reportArgumentType]
    page.close()
    return data


def table(rows: Rows, head: Sequence[str] = (), style: str = LINED) -> str:
    """A table of HTML; a cell that begins with `<td` is taken as it stands."""
    heads = f"<thead><tr>{''.join(f'<th>{one}</th>' for one in head)}</tr></thead>" if head else ""
    lines = ("".join(one if one.startswith("<td") else f"<td>{one}</td>" for one in row) for row in rows)
    return f"<style>{style}</style><table>{heads}<tbody>{''.join(f'<tr>{line}</tr>' for line in lines)}</tbody></table>"


def numbered(count: int) -> list[list[str]]:
    """So many imaginary standards."""
    return [[str(n), f"幻/T {100 + n}—2031", f"第{n}种幻想茶"] for n in range(1, count + 1)]


def texts(sheet: Sheet) -> list[list[str]]:
    return [[cell.text for cell in row] for row in sheet.rows]


def bare(text: str) -> str:
    """`text` without spaces and line ends, and with one kind of dash."""
    return re.sub(r"\s", "", text).replace("—", "-")


def read(data: bytes) -> tuple[list[Sheet], list[str], Table]:
    """The sheets of a PDF, the remarks about it, the list that they hold."""
    remarks: list[Message] = []
    sheets = pdf(data, remarks)
    return sheets, list(map(str, remarks)), read_table(Attachment("list.pdf", "", sheets, remarks))


@pytest.mark.parametrize(
    "style",
    [
        LINED,
        "table{width:100%}td,th{border:1px solid}",
        "table{border-collapse:collapse}td,th{border:2px dashed}",
        "table{border-collapse:collapse}td,th{border:1px dotted}",
        "table{border-collapse:collapse}td,th{border:4px double}",
        "table{border-collapse:collapse}td,th{border-bottom:1px solid #ddd}tr:nth-child(even){background:#eee}",
        "table{border-collapse:collapse}td,th{border-bottom:1px solid}",
        "table{border-collapse:collapse}td,th{padding:6px}tr:nth-child(even) td{background:#eee}",
        "table{border-collapse:collapse}th{background:#036;color:#fff}td{background:#eef;border-top:2px solid #fff}",
        LINED + "td:first-child,th:first-child{border-left:0}td:last-child,th:last-child{border-right:0}",
        LINED + "tr:nth-child(odd){background:#eee}th{background:#036;color:#fff}",
    ],
    ids=["lines", "boxes", "dashes", "dots", "double", "bands and rules", "rules", "bands", "grounds", "open", "both"],
)
def test_borders_of_any_kind_part_the_rows(browser, style):
    sheets, _, listed = read(printed(browser, table(numbered(50), HEAD, style)))
    assert [sheet.name for sheet in sheets] == ["page 1", "page 2"]
    assert texts(sheets[0])[:2] == [HEAD, *numbered(1)]
    assert [row.ordinal for row in listed.rows] == list(range(1, 51))
    assert [row.cells["title:zh-Hans"] for row in listed.rows] == [row[2] for row in numbered(50)]
    assert listed.questions == listed.problems == []


@pytest.mark.parametrize(
    "style, sentence",
    [
        (
            "table{border-collapse:collapse;border-top:2px solid;border-bottom:2px solid}th{border-bottom:1px solid}",
            "rows",
        ),
        ("td{padding:4px}", "no table with lines"),
    ],
)
def test_rows_that_no_lines_part_are_refused(browser, style, sentence):
    with pytest.raises(AttachmentError, match=sentence):
        read(printed(browser, table(numbered(9), HEAD, style)))


def test_tables_of_a_page_are_told_apart_with_what_stands_above_them(browser):
    html = f"<h1>附件</h1><p>一、茶</p>{table(numbered(2), HEAD)}<p>二、水</p>{table(numbered(3), HEAD)}<p>注：完</p>"
    sheets, _, _ = read(printed(browser, html))
    assert [(sheet.name, sheet.caption, len(sheet.rows)) for sheet in sheets] == [
        ("page 1, table 1", "附件\n一、茶", 3),
        ("page 1, table 2", "二、水", 4),
    ]


def test_a_row_that_the_end_of_a_page_cuts_is_one(browser):
    rows = [[f"幻/T {n}—2031", LONG, "空杯行会"] for n in (1, 2, 3)]
    for head in (["编号", "名称", "单位"], []):
        sheets, _, _ = read(printed(browser, table(rows, head), width="400px", height="300px"))
        assert len(sheets) > 2
        shown = [[bare(text) for text in row] for sheet in sheets for row in texts(sheet) if any(row)]
        assert [row for row in shown if row != head] == [[bare(text) for text in row] for row in rows]


@pytest.mark.parametrize("head", [["领域", *HEAD], []])
@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_a_cell_merged_over_the_end_of_a_page_is_one(browser, head, align):
    fields = ["食品", "粤菜", "交通"]
    rows = [[f"<td rowspan=14>{fields[n // 14]}</td>"] * (n % 14 == 0) + row for n, row in enumerate(numbered(42))]
    style = LINED + f"td{{vertical-align:{align};height:40px}}tr{{break-inside:avoid}}"
    sheets, _, _ = read(printed(browser, table(rows, head, style)))
    assert len(sheets) > 1
    shown = [row for sheet in sheets for row in texts(sheet) if row != head]
    assert shown == [[fields[n // 14], *row] for n, row in enumerate(numbered(42))]
    first = sheets[0].rows
    assert first[2][0] is first[3][0]
    assert first[2][1] is not first[3][1]


def test_struck_out_words_are_marked(browser):
    rows = [
        ["1", "幻/T 1—2031", "<s>整个划掉</s>"],
        ["2", "幻/T 2—2031", "部分<del>划掉</del>"],
        ["3", "幻/T 3—2031", "<u>只有下划线</u>"],
        ["4", "<s>幻/T 4—2031</s>", "<mark>着色</mark><span style='text-decoration:overline'>上划线</span>"],
    ]
    sheets, _, _ = read(printed(browser, table(rows, HEAD)))
    assert [[cell.damage for cell in row[1:]] for row in sheets[0].rows[1:]] == [
        ["", "struck"],
        ["", "partly struck"],
        ["", ""],
        ["struck", ""],
    ]
    assert texts(sheets[0])[4] == ["4", "幻/T 4—2031", "着色上划线"]


def test_what_nobody_sees_is_not_read_but_said(browser):
    rows = [
        ["1", "幻/T 1—2031", "<span style='color:#fff'>白字</span>黑字"],
        ["2", "幻/T 2—2031", "<b style='background:#036;color:#fff'>蓝底白字</b>"],
        ["3", "幻/T 3—2031", "<i style='background:#000;color:#000'>黑底黑字</i>字"],
    ]
    watermark = "<p style='position:fixed;top:9em;rotate:-40deg;font-size:40px;color:#ddd'>内部资料</p>"
    sheets, remarks, _ = read(printed(browser, table(rows, HEAD) + watermark))
    assert [row[2] for row in texts(sheets[0])[1:]] == ["黑字", "蓝底白字", "字"]
    assert "Page 1: ‘白字黑底黑字’ is in the file but is not shown, and is not read." in remarks
    assert "Page 1: ‘内部资料’ stands aslant, and is not read." in remarks


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_reads_as_an_upright_one(browser, degrees):
    html = table([["1", "幻/T 1—2031", "幻想 茶具<br>Imaginary tea set"]], HEAD)
    upright, _, _ = read(printed(browser, html))
    if degrees != 180:
        box = f"<div style='rotate:{degrees}deg;width:500px;height:500px;margin:100px'>{html}</div>"
        turned, _, _ = read(printed(browser, box))
        assert texts(turned[0]) == texts(upright[0])
    document = pypdfium2.PdfDocument(printed(browser, html))
    document[0].set_rotation(degrees)
    data = io.BytesIO()
    document.save(data)
    assert texts(read(data.getvalue())[0][0]) == texts(upright[0])


def test_spaces_are_those_that_are_seen(browser):
    titles = ["幻想 茶具", "茶A类TEA5号", "茶 A 类 TEA 5 号", "An imaginary tea set", "（幻想）：“茶”、《水》"]
    rows = [[str(n), f"幻/T {n}—2031", title] for n, title in enumerate(titles, 1)]
    for font in ("Noto Sans CJK SC", "Noto Serif CJK SC", "serif"):
        sheets, _, _ = read(printed(browser, table(rows, HEAD, LINED + f"*{{font-family:'{font}'}}")))
        assert [row[2] for row in texts(sheets[0])[1:]] == titles
    spread = LINED + "td{text-align-last:justify;width:160px}"
    sheets, _, _ = read(printed(browser, table([["1", "幻/T 1—2031", "幻想茶"]], HEAD, spread)))
    assert texts(sheets[0])[1][2] == "幻想茶"


def test_letters_set_from_top_to_bottom_are_read_so(browser):
    rows = [
        ["<td rowspan=2 style='writing-mode:vertical-rl'>幻想食品安全领域</td>", *numbered(1)[0]],
        ["2", "幻/T 2—2031", "<div style='writing-mode:vertical-rl;height:70px'>从上到下再从右到左</div>"],
    ]
    sheets, _, _ = read(printed(browser, table(rows, ["领域", *HEAD])))
    assert [bare(row[0]) for row in texts(sheets[0])[1:]] == ["幻想食品安全领域"] * 2
    assert bare(texts(sheets[0])[2][3]) == "从上到下再从右到左"


def test_letters_that_the_file_does_not_name_are_refused(browser):
    data = printed(browser, table(numbered(3), HEAD, LINED + "*{font-family:'Noto Sans CJK SC'}"))
    with pytest.raises(AttachmentError, match="does not say which letters"):
        read(data.replace(b"/ToUnicode", b"/ToUnikode"))


def test_a_list_without_its_own_numbers_asks_where_a_page_may_cut_a_row(browser):
    head = ["标准名称", "发布单位"]
    rows = [[f"第{n}种幻想茶", "空杯行会"] for n in range(60)]
    _, _, listed = read(printed(browser, table(rows, head)))
    assert [question.row for question in listed.questions] == ["page-2:2"]
    assert "--skip page-2:2 if it is the rest of row page-1:" in str(listed.questions[0].wording)
    _, _, listed = read(printed(browser, table(numbered(60), HEAD)))
    assert listed.questions == []


# --- lists made at random -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Printed:
    """A list with how it is printed."""

    rows: list[tuple[str, str, str, str]]
    """Number, title, publisher, field."""
    is_numbered: bool
    has_head_on_each_page: bool
    style: str
    paper: tuple[str, bool]

    def html(self) -> str:
        """The page that is printed; equal fields are one merged cell."""
        head = [*(["序号"] if self.is_numbered else []), "领域", "标准编号", "标准名称", "发布单位"]
        lines = []
        for n, (number, title, publisher, topic) in enumerate(self.rows):
            cells = [str(n + 1)] if self.is_numbered else []
            if not n or self.rows[n - 1][3] != topic:
                height = next((m for m, row in enumerate(self.rows[n:]) if row[3] != topic), len(self.rows) - n)
                cells.append(f"<td rowspan={height}>{topic}</td>")
            lines.append([*cells, number, title.replace("\n", "<br>"), publisher])
        if self.has_head_on_each_page:
            return table(lines, head, self.style)
        return table([head, *lines], (), self.style)


WORDS = st.sampled_from(
    ["幻想", "茶", "粤港澳", "安全要求", " ", "Imaginary", "tea set", "（二）", "\n", "通用技术规范", "—"]
)
TITLES = st.lists(WORDS, min_size=1, max_size=14).map("".join).map(lambda text: f"茶{text}器")
LISTS = st.builds(
    Printed,
    st.lists(
        st.tuples(
            st.integers(1, 99999).map(lambda n: f"幻/T {n}—2031"),
            TITLES,
            st.sampled_from(["空杯行会", "幻想茶研究院", "Guild of Empty Cups"]),
            st.sampled_from(["食品", "粤菜"]),
        ),
        min_size=2,
        max_size=45,
        unique_by=lambda row: row[0],
    ),
    st.booleans(),
    st.booleans(),
    st.builds(
        lambda borders, align, cut, font: (
            f"{borders}td{{vertical-align:{align}}}tr{{break-inside:{cut}}}*{{font-family:{font}}}"
        ),
        st.sampled_from(
            [
                LINED,
                LINED + "tr:nth-child(even){background:#eee}",
                "table{width:100%}td,th{border:1px solid}",
                "table{border-collapse:collapse}td,th{border:1px solid #aaa;padding:8px}",
                "table{border-collapse:collapse}td,th{border-bottom:1px solid}",
                LINED + "td:first-child,th:first-child{border-left:0}td:last-child,th:last-child{border-right:0}",
            ]
        ),
        st.sampled_from(["top", "middle"]),
        st.sampled_from(["auto", "avoid"]),
        st.sampled_from(["'Noto Sans CJK SC'", "'Noto Serif CJK SC'", "serif"]),
    ),
    st.sampled_from([("A4", False), ("A4", True), ("A5", False)]),
)


@settings(max_examples=PRINTED_LISTS, deadline=None)
@given(LISTS)
def test_what_is_printed_is_what_is_read(browser, printed_list):
    paper, is_landscape = printed_list.paper
    margin = dict.fromkeys(("top", "bottom", "left", "right"), "40px")
    data = printed(browser, printed_list.html(), format=paper, landscape=is_landscape, margin=margin)
    _, _, listed = read(data)
    if listed.questions or listed.problems:
        # A page may have cut a row where nothing shows it.
        assert not printed_list.is_numbered
        return
    columns = ("designation", "title:zh-Hans", "publisher", "field")
    shown = [tuple(bare(row.cells.get(column, "")) for column in columns) for row in listed.rows]
    assert shown == [tuple(map(bare, row)) for row in printed_list.rows]
