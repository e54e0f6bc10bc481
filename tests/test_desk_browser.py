"""An attachment read and written at the editor's desk, in a browser, in Simplified Chinese."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from generator.announcing.journal import journal
from generator.catalogue.content import read_content
from generator.desk.drafts import all_drafts
from tests.attachments import HEADINGS, xlsx
from tests.browsing import DESK, PHONE
from tests.conftest import violations_of
from tests.desks import open_desk

NAME = "第三批清单附件.xlsx"
COUNT = 73
DAY = "2026-05-18"
NEW_BODY = "凭空新立的茶会"
SAVE = "保存并重读"


def batch() -> bytes:
    """A list of 73 imaginary standards, two of them doubtful; one has no English title, one is of a new body."""
    rows = [
        [n, f"TEA {100 + n}", f"茶/T {100 + n}—2026", f"想象茶艺第{n}式", "幻想茶研究院", f"Imagined tea art, form {n}"]
        for n in range(1, COUNT + 1)
    ]
    # A title that is recorded, and a year that has not come.
    rows[4][1:4] = ["", "", "漏杯"]
    rows[9][2] = "茶/T 110—2031"
    rows[20][4] = NEW_BODY
    rows[30][5] = ""
    return xlsx(rows, [*HEADINGS, "英文名称"], title="")


@pytest.fixture
def desk(world) -> Iterator[str]:
    """The address of an open desk of the imaginary world."""
    with open_desk(world) as address:
        yield address


@pytest.fixture
def attachment(tmp_path_factory) -> Path:
    """The list in a file."""
    path = tmp_path_factory.mktemp("received") / NAME
    path.write_bytes(batch())
    return path


def opened(browser: Browser, desk: str, faults: list[str] | None = None, **options) -> Page:
    """The first page of the `desk` in a new browser; whatever goes wrong there is added to `faults`."""
    context = browser.new_context(**options)
    noted = [] if faults is None else faults
    context.on("console", lambda said: noted.extend([said.text] * (said.type in ("error", "warning"))))
    context.on("weberror", lambda error: noted.append(str(error.error)))
    page = context.new_page()
    page.goto(desk)
    return page


def button(page: Page, name: str) -> Locator:
    """The first button of that name that people see."""
    return page.locator("button:not(.unseen)", has_text=name).first


def asked(page: Page, row: int) -> Locator:
    """The question about a row of the sheet."""
    return page.locator(".ask", has=page.get_by_role("heading", name=f"第{row}行"))


def written(world: Path) -> list[dict[str, str]]:
    """The standards of the new announcement."""
    with (world / "content/records/standards/batch-2026-05.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("scripted", [True, False], ids=["with scripts", "without"])
def test_a_batch_is_announced(world, desk, browser, attachment, scripted):
    faults: list[str] = []
    page = opened(browser, desk, faults, viewport=DESK, java_script_enabled=scripted)
    page.get_by_role("navigation").get_by_role("link", name="附件").click()
    page.set_input_files("#attachment", attachment)
    button(page, "读这份附件").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    expect(page.locator("#problems + ul")).to_contain_text("附件没有写明是哪一次公布")
    expect(page.get_by_text("到现在为止什么都没有写入")).to_be_visible()
    expect(button(page, "写入")).to_be_disabled()
    page.get_by_label("新的一次公布").check()
    page.get_by_label("公布或通知的日期").fill(DAY)
    page.get_by_text("公布时写明的地点、数字和来源").click()
    page.get_by_label("简体地点").fill("茶馆")
    page.get_by_role("group", name="承诺声明使用的单位").get_by_label("香港").fill("7")
    button(page, SAVE).click()
    expect(page.locator(".facts")).to_contain_text("茶馆 公布时写明")
    expect(page.locator(".figures .wanted")).to_contain_text("2")
    # Beside the file's row stands the record that it may be.
    expect(asked(page, 6).locator("table")).to_contain_text("漏杯")
    expect(asked(page, 6).locator("table")).to_contain_text("茶/T 4-2020")
    expect(asked(page, 11)).to_contain_text("第11行：茶/T 110-2031 的年份比这次公布（2026-05）还晚")
    asked(page, 6).get_by_role("button", name="不是，另立一项").click()
    asked(page, 11).get_by_role("button", name="两者都对").click()
    expect(page.get_by_text("没有要您回答的问题")).to_be_visible()
    page.get_by_role("button", name="收回这个回答").last.click()
    asked(page, 11).get_by_role("button", name="两者都对").click()
    assert not (world / "content/records/standards/batch-2026-05.csv").exists()
    button(page, "写入").click()
    page.wait_for_url("**/complete/2026-05")
    expect(page.get_by_role("status").first).to_contain_text("已写入记录")
    _check_written(world, attachment.read_bytes())
    # What the new body lacks is mended from the first page.
    page.get_by_role("navigation").get_by_role("link", name="首页").click()
    expect(page.get_by_role("status")).to_have_count(0)
    page.get_by_role("listitem").filter(has_text="没有填英文名称").get_by_role("link", name="改正").click()
    expect(page.get_by_label("简体名称 （必填）")).to_have_value(NEW_BODY)
    assert faults == []


def _check_written(world: Path, data: bytes) -> None:
    """All 73 are recorded as the editor said, with the announcement, the body, the attachment and a way back."""
    rows = written(world)
    assert len(rows) == COUNT
    assert [row["list_identifier"] for row in rows if not row["title:en"]] == ["TEA 131"]
    assert {row["address"] for row in rows} & {"tea-4"} == set()
    entry = yaml.safe_load((world / "content/records/batches.yml").read_text("utf-8"))["2026-05"]
    assert (entry["announced_on"].isoformat(), entry["standards"], entry["standards_total"]) == (DAY, 73, 82)
    assert (entry["place"]["zh-Hans"], entry["pledged"]) == ("茶馆", {"hong-kong": 7})
    assert NEW_BODY in (world / "content/records/organisations.yml").read_text("utf-8")
    (kept,) = (world / "content/attachments").iterdir()
    assert (kept.name, kept.read_bytes()) == (f"2026-05-{NAME}", data)
    assert all_drafts(world / "content") == []
    (entry, *_) = journal(world / "content")
    assert entry.may_be_undone
    assert NAME in str(entry.sentence)


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until `place` has the focus, which must be seen."""
    for _ in range(400):
        if place.evaluate("place => place === document.activeElement"):
            assert place.evaluate("place => getComputedStyle(place).outlineStyle") != "none"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {place}")


def test_a_batch_is_announced_by_keyboard_alone(world, desk, browser, attachment):
    page = opened(browser, desk, viewport=PHONE)
    # A browser hands its chooser over only a while after it was asked to.
    page.on("filechooser", lambda chooser: chooser.set_files(attachment))
    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="附件"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/attachment")
    tab_to(page, page.locator("#attachment"))
    page.keyboard.press("Space")
    expect(page.locator("#attachment")).not_to_have_value("")
    tab_to(page, button(page, "读这份附件"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("新的一次公布"))
    tab_to(page, page.get_by_label("公布或通知的日期"))
    page.keyboard.type(DAY)
    # As in any form: it is saved.
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text("2026年5月公布的一批")
    for row, answer in ((6, "不是，另立一项"), (11, "两者都对")):
        tab_to(page, asked(page, row).get_by_role("button", name=answer))
        page.keyboard.press("Enter")
        expect(asked(page, row)).to_have_count(0)
    tab_to(page, button(page, "写入"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/complete/2026-05")
    assert len(written(world)) == COUNT
    _go_on_by_keyboard(page)
    assert "茶/T 101-2026" in (world / "build/site/en/standards/index.html").read_text("utf-8")
    for deed in ("补全记录", "导入"):
        tab_to(page, page.get_by_role("navigation").get_by_role("link", name="历史"))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("listitem").filter(has_text=deed).get_by_role("link", name="撤销"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/history/0*")
        if page.locator("#unpublished").count():
            tab_to(page, page.locator("#unpublished"))
            page.keyboard.press("Space")
        tab_to(page, button(page, "撤销"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/history")
    assert not (world / "content/records/standards/batch-2026-05.csv").exists()
    assert not read_content(world).problems


def _go_on_by_keyboard(page: Page) -> None:
    """Complete what the new body lacks, build the site, pack it."""
    tab_to(page, page.get_by_label("英文名称 （必填）"))
    page.keyboard.type("An Imagined Society")
    tab_to(page, page.get_by_label("所在地"))
    page.keyboard.press("ArrowDown")
    tab_to(page, button(page, "保存，下一步：预览"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/see")
    tab_to(page, button(page, "生成网站"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="网站已生成")).to_be_visible(timeout=120_000)
    tab_to(page, page.get_by_role("link", name="下一步：发布"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/publish")
    tab_to(page, button(page, "打包成 .zip"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=".zip")).to_be_visible()


def test_what_a_column_means_is_chosen_and_what_is_not_read_says_why(world, desk, browser, tmp_path):
    path = tmp_path / "odd.xlsx"
    rows = [[1, "茶/T 201-2026", "第一种"], [2, "茶/T 202—2026", "第二种"], ["合计：2项"]]
    path.write_bytes(xlsx(rows, ["序号", "标准编号", "说不清的一栏"], title=""))
    page = opened(browser, desk, viewport=DESK)
    page.goto(desk.partition("?")[0] + "attachment")
    page.set_input_files("#attachment", path)
    button(page, "读这份附件").click()
    sheet = page.locator(".sheet")
    expect(sheet.locator("tr.unread", has_text="合计：2项")).to_contain_text("没有读")
    page.get_by_label("第 C 栏的含义").select_option(label="标准名称")
    button(page, "按这些含义重读").click()
    expect(page.get_by_label("第 C 栏的含义")).to_have_value("title")
    page.get_by_label("新的一次公布").check()
    page.get_by_label("公布或通知的日期").fill("2026-05")
    button(page, SAVE).click()
    expect(sheet.locator("tr.new")).to_have_count(2)
    # The dash was respelled: the cell opens to what the file has.
    cell = sheet.locator("td.warn", has_text="茶/T 202-2026")
    expect(cell.get_by_text("原文：茶/T 202—2026")).to_be_hidden()
    cell.locator("summary").click()
    expect(cell.get_by_text("原文：茶/T 202—2026")).to_be_visible()


def test_a_notice_in_a_word_file_withdraws_a_standard(world, desk, browser, tmp_path):
    path = tmp_path / "废止公告.docx"
    document = Document()
    table = document.add_table(rows=0, cols=5)
    for row in (["序号", "标准编号", "标准名称", "状态", "废止日期"], ["1", "茶/T 1—2020", "白毫", "已废止", DAY]):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    page = opened(browser, desk, viewport=DESK)
    page.goto(desk.partition("?")[0] + "attachment")
    page.set_input_files("#attachment", path)
    button(page, "读这份附件").click()
    page.get_by_label("只是通知：更正或废止，不公布新标准").check()
    page.get_by_label("公布或通知的日期").fill(DAY)
    button(page, SAVE).click()
    expect(page.locator(".sheet tr.changing")).to_contain_text("状态")
    button(page, "写入").click()
    expect(page.get_by_role("status").first).to_contain_text("已写入记录")
    with (world / "content/records/standards/batch-2020-03.csv").open(encoding="utf-8", newline="") as file:
        record = next(row for row in csv.DictReader(file) if row["address"] == "tea-1")
    assert (record["status"], record["withdrawn_on"]) == ("withdrawn", DAY)
    sources = yaml.safe_load((world / "content/records/sources.yml").read_text("utf-8"))
    assert sources[f"notice-{DAY}"]["file"] == path.name
    assert (world / "content/attachments" / f"{DAY}-{path.name}").exists()


def test_what_changed_meanwhile_is_shown_before_it_is_written(world, desk, browser, attachment):
    page = opened(browser, desk, viewport=DESK)
    page.goto(desk.partition("?")[0] + "attachment")
    page.set_input_files("#attachment", attachment)
    button(page, "读这份附件").click()
    page.get_by_label("新的一次公布").check()
    page.get_by_label("公布或通知的日期").fill(DAY)
    button(page, SAVE).click()
    asked(page, 6).get_by_role("button", name="不是，另立一项").click()
    asked(page, 11).get_by_role("button", name="两者都对").click()
    batches = world / "content/records/batches.yml"
    batches.write_text(batches.read_text("utf-8") + "# looked at by hand\n", "utf-8")
    button(page, "写入").click()
    expect(page.get_by_role("alert")).to_contain_text("什么都没有写入")
    assert not (world / "content/records/standards/batch-2026-05.csv").exists()
    button(page, "写入").click()
    page.wait_for_url("**/complete/2026-05")
    assert "# looked at by hand" in batches.read_text("utf-8")


def test_a_file_is_dropped_and_one_that_is_too_large_is_not_sent(desk, browser):
    page = opened(browser, desk, viewport=DESK)
    page.goto(desk.partition("?")[0] + "attachment")
    drop = """([form, name, text, times]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text.repeat(times)], name));
      form.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }"""
    form = page.locator("form.drop").element_handle()
    expect(page.get_by_role("alert")).to_be_hidden()
    page.evaluate(drop, [form, "large.csv", "x" * 1000, 21_000])
    expect(page.get_by_role("alert")).to_contain_text("没有读")
    page.evaluate(drop, [form, "small.csv", "序号,标准编号,标准名称\n1,茶/T 30—2029,冬茶的沏法\n", 1])
    expect(page.get_by_role("heading", level=1)).to_have_text("small.csv")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_is_accessible_and_fits(desk, browser, attachment, scheme, viewport):
    page = opened(browser, desk, viewport=viewport, color_scheme=scheme)
    root = desk.partition("?")[0]
    violations = []

    def look(name: str) -> None:
        page.evaluate("document.querySelectorAll('details').forEach(one => (one.open = true))")
        violations.extend(violations_of(page, name))
        width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if width > 0:
            violations.append(f"{name}: wider than the window by {width}")

    look("home")
    page.goto(root + "attachment")
    look("attachments")
    page.set_input_files("#attachment", attachment)
    button(page, "读这份附件").click()
    look("with a problem")
    page.get_by_label("新的一次公布").check()
    page.get_by_label("公布或通知的日期").fill(DAY)
    button(page, SAVE).click()
    look("with questions")
    asked(page, 6).get_by_role("button", name="不是，另立一项").click()
    asked(page, 11).get_by_role("button", name="两者都对").click()
    look("ready")
    page.goto(root + "nowhere")
    look("an error")
    page.goto(root)
    look("home with a draft")
    assert violations == []
