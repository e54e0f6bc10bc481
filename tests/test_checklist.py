"""A list of the reader's own, checked in the browser: each line has its answer, and nothing of it leaves the page."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from tests.browsing import DESK, PHONE, served
from tests.conftest import violations_of

OUTCOMES = {"listed": "On the list", "other": "On the list, written differently", "perhaps": "To confirm"}
OUTCOMES |= {"missing": "Not recorded here", "hearsay": "Said to be on the list"}
ROWS = """(rows) => rows.map((row) => {
    const [own, outcome, standard, since, state] = [...row.cells].map((cell) => cell.innerText.trim());
    const links = [...row.cells[2].querySelectorAll("a")].map((link) => link.pathname.split("/").at(-2));
    const line = Number(row.querySelector(".bas-check-line").lastChild.data);
    return { line, own, outcome, standard, since, state, links };
})"""
OF_ALL_OUTCOMES = """Standard No.\tTitle
TEA 1\tWhite Down

茶/T 1-2020
茶/T 1
白毫
Silver Tip
茶/T 2-2020
Leaking Cups
TEA 77
TEA 3\tWhite Down
bai hao
GB 7099-2015 Pastry
TEA 1 and also 茶/T 4—2020"""


@pytest.fixture(scope="module")
def world(world_project) -> Iterator[str]:
    """The address of the site of the imaginary world."""
    with served(world_project / "build/site") as address:
        yield address


@pytest.fixture
def check(browser, world) -> Iterator[Page]:
    """The English page of the check in the imaginary world, on a desk."""
    context = browser.new_context(viewport=DESK, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{world}en/check/")
    page.wait_for_load_state("networkidle")
    yield page
    context.close()


def status(page: Page) -> Locator:
    """What is said of the check."""
    return page.locator(".bas-checked [role=status]")


def rows(page: Page) -> list[dict]:
    """What the table shows."""
    return page.locator(".bas-check-table tbody tr").evaluate_all(ROWS)


def answered(page: Page, text: str) -> list[dict]:
    """The rows that answer the lines of `text`."""
    page.get_by_role("textbox").fill(text)
    page.locator(".bas-check .bas-go").click()
    expect(page.locator("#result")).to_be_focused()
    return rows(page)


def named(page: Page, text: str) -> list[tuple[str | None, list[str]]]:
    """(outcome, addresses) of each answer to `text`."""
    words = {words: name for name, words in OUTCOMES.items()}
    return [(words.get(row["outcome"], row["outcome"]), row["links"]) for row in answered(page, text)]


def test_each_line_has_its_answer_and_what_is_none_is_left_out(check):
    found = answered(check, OF_ALL_OUTCOMES)
    assert [(row["line"], row["outcome"], row["links"]) for row in found] == [
        (2, OUTCOMES["listed"], ["tea-1"]),
        (4, OUTCOMES["listed"], ["tea-1"]),
        (5, OUTCOMES["other"], ["tea-1"]),
        (6, OUTCOMES["other"], ["tea-1"]),
        (7, OUTCOMES["other"], ["tea-1"]),
        (8, OUTCOMES["listed"], ["tea-2"]),
        (9, OUTCOMES["hearsay"], ["tea-4"]),
        (10, OUTCOMES["missing"], []),
        (11, OUTCOMES["perhaps"], ["tea-3", "tea-1"]),
        (12, OUTCOMES["perhaps"], ["tea-1"]),
        (13, OUTCOMES["missing"], []),
        (14, OUTCOMES["listed"], ["tea-1"]),
        (14, OUTCOMES["hearsay"], ["tea-4"]),
    ]
    expect(status(check)).to_have_text(
        "12 lines, 13 entries: 6 on the list, 3 on the list but written differently, 2 to confirm, "
        "2 not recorded here; 2 of these only said to be on the list; 3 of these no longer in force"
    )
    expect(check.locator(".bas-checked")).to_contain_text("Empty lines left out: 1.")
    expect(check.locator(".bas-checked")).to_contain_text("left out: 1 (line 1)")


def test_it_is_said_how_a_line_is_written_otherwise_and_what_names_two_standards(check):
    notes = {row["line"]: row["standard"] for row in answered(check, OF_ALL_OUTCOMES)}
    assert "“茶/T 1” has no year." in notes[5]
    assert "Yours is its title in Simplified Chinese. Same as line 2." in notes[6]
    assert "“Silver Tip” is another name of it." in notes[7]
    assert "The number and the title do not match." in notes[11]


def test_what_is_no_longer_in_force_stands_first_with_what_supersedes_it(check):
    found = {row["line"]: row for row in answered(check, OF_ALL_OUTCOMES)}
    assert re.search("Superseded.*Replaced by: Aged Oolong, Second Edition", found[8]["state"], re.DOTALL)
    ended = check.locator(".bas-check-ended li")
    said = ["^Line 8: Aged Oolong .* Superseded", "^Line 9: Leaking .* Withdrawn", "^Line 14: Leaking .* Withdrawn"]
    expect(ended).to_have_text([re.compile(one) for one in said])
    follows = "(one) => one.compareDocumentPosition(document.querySelector('.bas-check-table')) & 4"
    assert ended.first.evaluate(follows)
    check.get_by_role("button", name="No longer in force").click()
    assert [row["line"] for row in rows(check)] == [8, 9, 14]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("茶／Ｔ　３：2021", ("listed", ["tea-3"])),
        ("12.\tTEA 3\t陈年乌龙（第二版）\t2021-10-31\tcurrent", ("listed", ["tea-3"])),
        ("標準名稱：陳年烏龍（第二版）", ("perhaps", ["tea-3"])),
        ("《陳年烏龍（第二版）》", ("other", ["tea-3"])),
        ("• Aged Oolong, Second Edition", ("listed", ["tea-3"])),
        ("(3) Bitter Tea", ("hearsay", ["ku-cha"])),
        ("1. A title that begins with a number", ("listed", ["tea-9"])),
        ("茶/T 3-2019", ("perhaps", ["tea-3"])),
        ("GB/T 1-2020 Bitter Tea", ("perhaps", ["ku-cha"])),
        ("TEA 3 《漏杯》", ("perhaps", ["tea-3", "tea-4"])),
        ("TEA 3\tGeneral specification for concrete", ("perhaps", ["tea-3"])),
        ("TEA 9\t茶/T 9-2021", ("listed", ["tea-9"])),
        ("Bitter Teas", ("perhaps", ["ku-cha"])),
        ("The tea offered shall be Aged Oolong, Second Edition, freshly picked.", ("perhaps", ["tea-3"])),
        ("='cmd'!A1", ("missing", [])),
        ("<img src=x onerror=alert(1)>", ("missing", [])),
        ("①Bitter Tea", ("hearsay", ["ku-cha"])),
        ("陳年烏龍（第二版） Aged Oolong, Second Edition", ("listed", ["tea-3"])),
        ("陈年乌尨（第二版）", ("perhaps", ["tea-3"])),
        ("白毫x", ("perhaps", ["tea-1"])),
        ("漏杯柜", ("perhaps", ["tea-4"])),
        ("EN 71-1:2014+A1:2018", ("missing", [])),
    ],
)
def test_a_line_may_be_written_in_any_way(check, line, expected):
    assert named(check, line) == [expected]


def test_running_text_answers_for_what_it_names_alone(check):
    tender = "投标人应当具备营业执照。\n产品应符合 TEA 1、茶/T 3-2021 及《漏杯》的要求。\n交货期为三十天。"
    assert named(check, tender) == [("listed", ["tea-1"]), ("listed", ["tea-3"]), ("hearsay", ["tea-4"])]


def test_a_list_in_one_line_answers_for_each_part(check):
    assert named(check, "TEA 1, TEA 3") == [("listed", ["tea-1"]), ("listed", ["tea-3"])]
    assert named(check, "白毫 漏杯") == [("other", ["tea-1"]), ("hearsay", ["tea-4"])]
    assert named(check, "Bitter Tea，Leaking Cups，Porcelain") == [
        ("hearsay", ["ku-cha"]),
        ("hearsay", ["tea-4"]),
        ("missing", []),
    ]
    assert "“Porcelain” is not recorded here." in rows(check)[2]["standard"]
    assert named(check, "White Down，Leaking Cups，Bitter Teas")[2] == ("perhaps", ["ku-cha"])
    assert "This is about “Bitter Teas”." in rows(check)[2]["standard"]


def test_a_number_without_the_letters_of_the_first_has_them_too(open_page):
    page = open_page("en/check/", DESK)
    listed = [("listed", ["wq-1-8"]), ("listed", ["wq-1-9"]), ("listed", ["wq-1-10"])]
    assert named(page, "符合 T/GBAS 6-2022、7-2022 及 8-2022 的要求。") == listed
    assert named(page, "WQ 1-8, 1-9, 1-10") == listed
    for other in ("2022-11", "020-12345678", "11-28-2026"):
        assert named(page, f"WQ 1-8, {other}") == listed[:1]
    assert named(page, "DB 4401/T 10-2018") == [("missing", [])]


def test_it_is_said_which_number_of_a_clause_is_not_recorded(check):
    found = answered(check, "应符合 TEA 1 及 GB 7099-2015/XG1-2023 的要求。\nGB 7099-2015")
    assert [row["outcome"] for row in found] == [OUTCOMES["listed"], OUTCOMES["missing"], OUTCOMES["missing"]]
    assert "“GB 7099-2015/XG1-2023” is not recorded here." in found[1]["standard"]
    assert "not recorded here" not in found[2]["standard"]
    assert [row["Note"] for row in downloaded(check)][1] == "“GB 7099-2015/XG1-2023” is not recorded here."


def test_titles_within_a_text_are_confirmed_one_by_one(check):
    text = "Aged Oolong, Second Edition with Bitter Tea in it"
    assert named(check, text) == [("perhaps", ["tea-3"]), ("perhaps", ["ku-cha"])]


def test_a_long_clause_is_read_to_its_end(check):
    assert named(check, "货物应当符合要求，" * 1000 + "包括 TEA 3。") == [("listed", ["tea-3"])]


def test_the_script_of_what_was_written_is_told_by_its_letters(open_page):
    page = open_page("en/check/", DESK)
    (row,) = answered(page, "嬰幼兒托育服務規範")
    assert "Yours is its title in Traditional Chinese." in row["standard"]


def test_those_only_said_to_be_on_the_list_are_shown_alone(check):
    answered(check, OF_ALL_OUTCOMES)
    check.get_by_role("button", name="Said to be on the list 2").click()
    assert [row["line"] for row in rows(check)] == [9, 14]
    expect(check.locator(".bas-check-table caption")).to_have_text("2 said to be on the list")


def test_each_line_that_is_left_out_is_named(check):
    answered(check, "\n".join(["TEA 1", *["1", "2"] * 10, "TEA 3", "Title"]))
    expect(check.locator(".bas-checked")).to_contain_text("left out: 21 (line 2–21, 23)")


def test_a_cell_with_a_line_break_is_one_line(check):
    assert named(check, '"Aged Oolong,\nSecond Edition"\tTEA 3\nTEA 1') == [
        ("listed", ["tea-3"]),
        ("listed", ["tea-1"]),
    ]


def test_what_is_not_recorded_is_not_said_to_be_off_the_list(check):
    answered(check, "TEA 77\nTEA 78")
    result = check.locator(".bas-checked")
    expect(result).to_contain_text("Not among the 8 recorded here; 9 were announced. They may still be on the list")
    expect(result.get_by_role("link", name="Look on the official platform")).to_be_visible()
    result.get_by_role("button", name="Copy what is not recorded here").click()
    expect(check.locator("#bas-said")).to_have_text("Copied TEA 77 …")
    assert check.evaluate("navigator.clipboard.readText()").splitlines() == ["TEA 77", "TEA 78"]
    assert "not on the list" not in check.inner_text("main").lower()


def test_a_nearest_standard_is_confirmed_dismissed_and_taken_back_by_keyboard(check):
    answered(check, "bai hao")
    confirm = check.get_by_role("button", name="It is this one: White Down")
    confirm.focus()
    check.keyboard.press("Enter")
    expect(status(check)).to_have_text("1 line: 1 on the list")
    assert rows(check)[0]["standard"].count("Confirmed by you.") == 1
    assert check.evaluate("document.activeElement.closest('tr') !== null")
    check.get_by_role("button", name="Undo").press("Enter")
    check.get_by_role("button", name="None of these").press("Enter")
    expect(status(check)).to_have_text("1 line: 1 not recorded here")


def test_the_keyboard_stays_in_the_table_where_a_row_leaves_it(check):
    answered(check, "bai hao\nBitter Teas\nTEA 1")
    check.get_by_role("button", name="To confirm 2").click()
    check.get_by_role("button", name="None of these: Line 1").press("Enter")
    expect(check.get_by_role("button", name="It is this one: Bitter Tea")).to_be_focused()
    assert [row["line"] for row in rows(check)] == [2]


@pytest.mark.parametrize(
    "line",
    [
        "序号\t標準編號\t標準名稱",
        "标准编号 标准名称",
        "Standard No., Title",
        "12.",
        "7\t\t",
        "sep=;",
        "投标人应当具备营业执照。",
        "湾区标准清单（第一批）",
        "序号\t标准编号\t标准名称\t采购量\t存放地点",
        "合计：4项",
        "制表人：\t\t日期：2026-11-28",
        "1.8",
        "1,200.00",
        "2023-04-25",
        "第 3 页 共 10 页",
        "#N/A",
        "——",
    ],
)
def test_a_line_that_names_nothing_is_left_out(check, line):
    assert [row["line"] for row in answered(check, f"{line}\nTEA 1")] == [2]
    expect(check.locator(".bas-checked")).to_contain_text("left out: 1 (line 1)")


def test_pasting_checks_at_once_and_clearing_forgets(check):
    check.evaluate("navigator.clipboard.writeText('TEA 1\\nTEA 3')")
    check.get_by_role("textbox").focus()
    check.keyboard.press("Control+V")
    expect(status(check)).to_have_text("2 lines: 2 on the list")
    check.get_by_role("button", name="Clear").click()
    expect(status(check)).to_be_empty()
    expect(check.locator(".bas-check-table")).to_be_hidden()
    expect(check.get_by_role("textbox")).to_have_value("")


@pytest.mark.parametrize("left", ["reset", "file"])
def test_a_check_that_is_left_leaves_nothing_behind(check, left):
    check.get_by_role("textbox").evaluate(
        "(field) => (field.value = Array.from({ length: 20_000 }, (_, n) => `Unknown title ${n}`).join('\\n'))"
    )
    check.evaluate("() => document.querySelector('.bas-check .bas-go').click()")
    expect(check.locator("progress")).to_be_visible()
    if left == "reset":
        check.get_by_role("button", name="Clear").click()
        expect(status(check)).to_be_empty()
    else:
        choose(check, "tender.pdf", b"%PDF")
        expect(status(check)).to_contain_text("tender.pdf: ")
    expect(check.locator("progress")).to_be_hidden()
    expect(check.locator("#result")).to_be_hidden()
    assert named(check, "TEA 1") == [("listed", ["tea-1"])]


def test_nothing_to_check_is_said(check):
    check.locator(".bas-check .bas-go").click()
    expect(status(check)).to_contain_text("There is nothing to check.")


# --- files ---


def workbook() -> bytes:
    """A workbook with a hidden sheet, as somebody keeps a list."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["序号", "标准编号", "标准名称"], [1, "TEA 1", "白毫"], [2, "", "漏杯"], [3, "TEA 77", None]):
        sheet.append(row)
    hidden = book.create_sheet("hidden")
    hidden.append(["TEA 9"])
    hidden.sheet_state = "hidden"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FILES = {
    "list.xlsx": workbook(),
    "utf-8.csv": '\ufeff编号,名称\r\nTEA 1,"白,\n毫"\r\n,漏杯\r\nTEA 77,\r\n'.encode(),
    "semicolons.csv": "编号;名称\nTEA 1;白毫\n;漏杯\nTEA 77;\n".encode(),
    "gb18030.csv": "编号,名称\nTEA 1,白毫\n,漏杯\nTEA 77,\n".encode("gb18030"),
    "big5.csv": "編號,名稱\nTEA 1,白毫\n,漏杯\nTEA 77,\n".encode("big5"),
    "utf-16.txt": "編號\t名稱\nTEA 1\t白毫\n\t漏杯\nTEA 77\n".encode("utf-16"),
    "utf-16-without-mark.txt": "编号\t名称\nTEA 1\t一白毫\n\t漏杯\nTEA 77\n".encode("utf-16-le"),
    "upright.csv": "编号|名称\nTEA 1|白毫\n|漏杯\nTEA 77|\n".encode(),
    "page.xls": (
        '<html><meta charset="utf-8"><table><tr><th>编号<th>名称</tr><tr><td>TEA 1</td><td>白毫</td></tr>'
        "<tr><td></td><td>漏杯</td></tr><tr><td>TEA 77</td></tr></table></html>"
    ).encode(),
    "spreadsheet.xml": (
        '<?xml version="1.0"?><Workbook><Worksheet><Table><Row><Cell><Data>TEA 1</Data></Cell></Row>'
        "<Row><Cell><Data>漏杯</Data></Cell></Row><Row><Cell><Data>TEA 77</Data></Cell></Row>"
        "</Table></Worksheet></Workbook>"
    ).encode(),
}


def choose(page: Page, name: str, content: bytes) -> None:
    """Give a file to the page."""
    page.locator("input[type=file]").set_input_files(FilePayload(name=name, mimeType="", buffer=content))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_read_in_the_browser(check, name):
    choose(check, name, FILES[name])
    expect(status(check)).to_contain_text("3 lines: 1 on the list, 1 on the list but written differently, 1 not")
    assert [row["links"] for row in rows(check)] == [["tea-1"], ["tea-4"], []]


def test_a_file_in_the_encoding_of_western_windows_is_read(check):
    choose(check, "western.csv", "Number,Title\nTEA 1,Café\nTEA 3,é\n".encode("cp1252"))
    expect(status(check)).to_have_text("2 lines: 2 on the list")


def test_every_sheet_of_a_workbook_is_read(check):
    book = Workbook()
    for n in range(12):
        book.create_sheet(f"{n}").append([f"TEA {n + 50}"])
    file = io.BytesIO()
    book.save(file)
    choose(check, "sheets.xlsx", file.getvalue())
    expect(status(check)).to_have_text("12 lines: 12 not recorded here")


def test_of_several_files_the_one_that_cannot_be_read_is_named(check):
    good = FilePayload(name="good.txt", mimeType="", buffer=b"TEA 1")
    check.locator("input[type=file]").set_input_files([good, FilePayload(name="b.pdf", mimeType="", buffer=b"%PDF")])
    expect(status(check)).to_contain_text("b.pdf: Word, PDF and other documents")


def zipped(**parts: str) -> bytes:
    """A packed archive of `parts`, whose names have two underscores for each slash and one for each full stop."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


BOMB = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY c "&a;&a;&a;&a;&a;&a;&a;&a;">]><workbook>&c;</workbook>'
FAULTS = {
    "old.xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Old Excel files (.xls)"),
    "tender.pdf": (b"%PDF-1.7\n%\xe2\xe3", "Word, PDF and other documents"),
    "tender.docx": (zipped(word__document_xml="<w/>"), "Word, PDF and other documents"),
    "cut.xlsx": (workbook()[:-200], "The file is damaged"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe", "The file is damaged"),
    "bomb.xlsx": (zipped(xl__workbook_xml="<workbook/>", xl__sharedStrings_xml=" " * 60_000_000), "too large"),
    "entities.xlsx": (zipped(xl__workbook_xml=BOMB), "The file is damaged"),
    "empty.txt": (b" \n", "There is no text in the file."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(check, name):
    content, reason = FAULTS[name]
    choose(check, name, content)
    expect(status(check)).to_contain_text(reason)
    expect(status(check)).to_contain_text("copy the column of numbers or titles, and paste it here")
    assert named(check, "TEA 1") == [("listed", ["tea-1"])]


def test_a_file_is_dropped_anywhere_on_the_page(check):
    check.evaluate(
        """() => {
        const data = new DataTransfer();
        data.items.add(new File(["TEA 1\\nTEA 77"], "list.txt"));
        for (const type of ["dragenter", "drop"]) {
            document.querySelector("footer").dispatchEvent(
                new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
        }
    }"""
    )
    expect(status(check)).to_have_text("2 lines: 1 on the list, 1 not recorded here")


# --- what is kept ---


def test_nothing_is_asked_for_after_the_page_has_come_and_no_network_is_needed(check):
    asked: list[str] = []
    check.context.on("request", lambda request: asked.append(request.url))
    check.context.set_offline(True)
    address = check.url
    answered(check, OF_ALL_OUTCOMES)
    choose(check, "list.xlsx", FILES["list.xlsx"])
    expect(status(check)).to_contain_text("3 lines")
    with check.expect_download():
        check.get_by_role("button", name="Download CSV").click()
    assert [one for one in asked if not one.startswith("blob:")] == []
    assert check.url == address
    assert check.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def downloaded(page: Page) -> list[dict[str, str]]:
    """The rows of the file that the page gives."""
    with page.expect_download() as one:
        page.get_by_role("button", name="Download CSV").click()
    assert re.fullmatch(r"check-\d{4}-\d\d-\d\d\.csv", one.value.suggested_filename)
    text = Path(one.value.path()).read_text("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_file_has_each_line_in_order_and_no_formula(check, world):
    answered(check, f"{OF_ALL_OUTCOMES}\n=HYPERLINK(A1)")
    found = downloaded(check)
    assert [int(row["Line"]) for row in found] == [*range(1, 15), 14, 15]
    assert found[0]["Result"] == "Not checked"
    first = found[1]
    assert (first["Your line"], first["Result"], first["Number"], first["Title"]) == (
        "TEA 1 White Down",
        "On the list",
        "TEA 1, 茶/T 1-2020",
        "White Down",
    )
    assert (first["Name in the address"], first["Status"]) == ("tea-1", "Current")
    assert first["Page"] == f"{world}en/standards/tea-1/"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d( – \d{4}-\d\d-\d\d)?", first["Date announced"])
    assert found[10]["Name in the address"] == "tea-3 | tea-1"
    assert found[-1]["Your line"] == "'=HYPERLINK(A1)"
    versions = check.locator(".bas-checked a[href$='versions/']").inner_text()
    assert {row["List version"] for row in found} == {versions}
    (day,) = {row["Checked on (by the clock of this device)"] for row in found}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", day)


def test_the_copy_is_a_table_for_excel(check):
    answered(check, "TEA 1\n+1 TEA 77")
    check.get_by_role("button", name="Copy as a table").click()
    expect(check.locator("#bas-said")).to_have_text("Copied. You can paste it into Excel.")
    heading, first, second = check.evaluate("navigator.clipboard.readText()").split("\r\n")
    assert heading.split("\t")[:3] == ["Line", "Your line", "Result"]
    assert first.split("\t")[:3] == ["1", "TEA 1", "On the list"]
    assert second.split("\t")[1] == "'+1 TEA 77"
    html = check.evaluate(
        "async () => (await (await navigator.clipboard.read())[0].getType('text/html')).text()",
    )
    assert html.count("<tr") == 3


def test_the_link_holds_what_is_listed_and_nothing_of_what_was_pasted(check, world):
    answered(check, OF_ALL_OUTCOMES)
    link = check.get_by_role("link", name="See these in the list")
    address = link.evaluate("(one) => one.href")
    assert address.startswith(f"{world}en/standards/?only=")
    assert parse_qs(urlsplit(address).query) == {"only": ["tea-1,tea-2,tea-4"]}
    check.get_by_role("button", name="Copy a link to these standards").click()
    expect(check.locator("#bas-said")).to_contain_text("Copied")
    assert check.evaluate("navigator.clipboard.readText()") == address.replace("/en/standards/", "/standards/")


def test_paper_has_a_dated_record_without_what_is_clicked(check):
    answered(check, "\n".join(f"TEA {n}" for n in range(1, 402)))
    assert len(rows(check)) == 200
    check.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(rows(check)) == 401
    check.emulate_media(media="print")
    text = check.inner_text("body")
    for words in ("Announcements up to", "List version", "by the clock of this device", "401 lines", "/en/check/"):
        assert words in text
    assert re.search(r"Checked on.*: \d{4}-\d\d-\d\d \d\d:\d\d", text)
    for selector in ("textarea", ".bas-check-ways", ".bas-check-filter button", ".bas-check-table button"):
        assert check.locator(selector).first.is_hidden()


# --- for everybody ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filled_result_stands_in_nobodys_way(browser, world, language):
    page = browser.new_page()
    page.goto(f"{world}{language}/check/")
    answered(page, OF_ALL_OUTCOMES)
    for width, scheme in ((320, "light"), (390, "dark"), (1280, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
        assert violations_of(page, f"{language} at {width} in {scheme}") == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_screen_reader_is_told_of_table_rows_and_languages(browser, world, language):
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{world}{language}/check/")
    answered(page, OF_ALL_OUTCOMES)
    expect(page.get_by_role("table")).to_have_count(1)
    expect(page.get_by_role("rowheader")).to_have_count(13)
    assert page.get_by_role("columnheader").count() == 5
    assert page.locator(".bas-check-table caption").inner_text()
    assert page.locator("html").get_attribute("lang") == HTML_LANG[language]
    page.close()


def test_a_title_that_is_wanted_stands_in_its_own_language(browser: Browser, untitled_project):
    with served(untitled_project / "build/site") as address:
        page = browser.new_page()
        page.goto(f"{address}en/check/")
        (row,) = answered(page, "白毫")
        assert row["outcome"] == OUTCOMES["listed"]
        expect(page.locator(".bas-check-table td a").first).to_have_attribute("lang", "zh-Hans")
        page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_page_says_why_and_leads_on(browser, site, language):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}{language}/check/")
    expect(page.locator(".bas-check-without")).to_be_visible()
    expect(page.locator("article a[rel=external]")).to_be_visible()
    expect(page.locator("article a[href='../standards/']")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_hidden()
    page.context.close()


def test_what_only_hearsay_lists_is_said_to_be_on_the_list(open_page):
    page = open_page("en/check/", DESK)
    (row,) = answered(page, "婴幼儿托育服务规范")
    assert row["outcome"] == "Said to be on the list"
    assert page.faults == []
