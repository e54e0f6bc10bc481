"""Records corrected, added and completed at the desk, with the way back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Thread
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser
from tornado.httpclient import AsyncHTTPClient, HTTPResponse
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port

from generator.announcing.journal import journal
from generator.catalogue.check import problems
from generator.catalogue.columns import LISTED, YAML_TABLES
from generator.catalogue.records import read_records
from generator.catalogue.scripts import read_scripts
from generator.desk.guard import Desk
from generator.desk.server import desk_application
from tests.browsing import DESK, PHONE
from tests.conftest import change_standard, violations_of
from tests.desks import open_desk
from tests.elements import attribute, element

TODAY = date.today().isoformat()


class Visitor:
    """A browser without script, which asks the desk of a project."""

    def __init__(self, loop: asyncio.AbstractEventLoop, project: Path) -> None:
        self.loop, self.content = loop, project / "content"
        sockets, port = bind_unused_port(address="127.0.0.1")
        self.desk = Desk(project, port, "key")
        self.server = HTTPServer(desk_application(self.desk))
        self.server.add_sockets([sockets])
        self.host = f"http://127.0.0.1:{port}"
        self.cookies = {f"desk_{port}": "key", "desk_language": "zh-Hans"}

    def ask(self, path: str, fields: list[tuple[str, str]] | None = None) -> HTTPResponse:
        """What the desk answers to a page that is opened, or a form that is sent."""
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if fields is not None:
            headers |= {"Origin": self.host, "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(fields)

        async def asked() -> HTTPResponse:
            return await AsyncHTTPClient().fetch(
                self.host + path,
                method="GET" if body is None else "POST",
                body=body,
                headers=headers,
                follow_redirects=False,
                raise_error=False,
            )

        result = asyncio.run_coroutine_threadsafe(asked(), self.loop).result(60)
        for cookie in result.headers.get_list("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return result

    def open(self, path: str) -> LexborHTMLParser:
        response = self.ask(path)
        assert response.code == 200, (path, response.code)
        return LexborHTMLParser(response.body.decode())

    def send(self, path: str, page: LexborHTMLParser, **changed: str) -> LexborHTMLParser | str:
        """The page, or the address, that follows when the form of `page` is sent with `changed` fields.

        These are named with `_` for what is no letter or digit.
        """
        names = {re.sub("[^A-Za-z0-9]", "_", name): name for name, _ in fields_of(page)}
        others = {names.get(name, name.replace("__", "-")): text for name, text in changed.items()}
        fields, left = [], dict(others)
        for name, value in fields_of(page):
            fields.append((name, left.pop(name, value)))
        response = self.ask(path, [*fields, *left.items()])
        if response.code == 302:
            return response.headers["Location"]
        return LexborHTMLParser(response.body.decode())

    def save(self, path: str, page: LexborHTMLParser, **changed: str) -> str:
        """Send a form, look at what would change, save it; the address that follows."""
        preview = self.send(path, page, **changed)
        assert isinstance(preview, LexborHTMLParser)
        assert not faults_of(preview)
        button = preview.css_first("button[name=seen-change]")
        assert button, preview.body.text() if preview.body else ""
        follows = self.send(path, preview, seen__change=button.attributes["value"] or "")
        assert isinstance(follows, str)
        return follows


def fields_of(page: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """(name, value) of each field that a browser would send."""
    for node in page.css("form[method=post] :is(input, textarea, select)"):
        attributes = node.attributes
        name = attributes.get("name") or ""
        if not name or (attributes.get("type") in ("checkbox", "radio") and "checked" not in attributes):
            continue
        if node.tag == "select":
            chosen = node.css_first("option[selected]")
            yield name, (chosen.attributes.get("value") or "") if chosen else ""
        elif node.tag == "textarea":
            yield name, node.text().removeprefix("\n")
        else:
            yield name, attributes.get("value") or ""


def faults_of(page: LexborHTMLParser) -> list[str]:
    return [node.text() for node in page.css(".notice.bad li")]


@pytest.fixture
def visitor(world) -> Iterator[Visitor]:
    # In a thread of its own: Playwright's loop runs in this one.
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def opened() -> Visitor:
        return Visitor(loop, world)

    visitor = asyncio.run_coroutine_threadsafe(opened(), loop).result()
    yield visitor
    loop.call_soon_threadsafe(visitor.server.stop)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


def sound(world: Path) -> bool:
    return not problems(read_records(world / "content"), read_scripts(world / "content", []))


def test_every_record_has_a_form_that_changes_nothing_by_itself(visitor, world):
    records = read_records(world / "content")
    for table in ("standards", *YAML_TABLES):
        for row in records.tables[table][:4] if table != "lookups" else ():
            page = visitor.open(f"/records/{table}/{row.address}")
            after = visitor.send(f"/records/{table}/{row.address}", page)
            assert isinstance(after, LexborHTMLParser), (table, row.address)
            assert "没有改动" in element(after, "body").text(), (table, row.address)
            assert not faults_of(after)
    assert LISTED
    assert journal(world / "content") == []


def test_a_correction_is_previewed_in_words_then_saved_then_taken_back(visitor, world):
    before = (world / "content/records/standards/batch-2020-03.csv").read_bytes()
    path = "/records/standards/tea-1"
    preview = visitor.send(
        path, visitor.open(path), title_en="Better tea", status="withdrawn", withdrawn_on="2026-01-02"
    )
    text = preview.css_first("section.notice").text()
    assert "英文名称" in text
    assert "Better tea" in text
    assert "废止" in text
    assert (world / "content/records/standards/batch-2020-03.csv").read_bytes() == before
    follows = visitor.save(path, visitor.open(path), title_en="Better tea")
    assert follows == "/records/standards/tea-1"
    assert "Better tea" in (world / "content/records/standards/batch-2020-03.csv").read_text("utf-8")
    history = visitor.open("/history")
    assert "改正记录" in history.css_first("ol li").text()
    confirm = visitor.open(history.css_first("ol li a").attributes["href"])
    assert "撤销这次改动" in confirm.css_first("h1").text()
    assert visitor.send("/history/000001", confirm) == "/history"
    assert (world / "content/records/standards/batch-2020-03.csv").read_bytes() == before


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(visitor, world):
    path = "/records/standards/tea-1"
    page = visitor.send(path, visitor.open(path), issued_on="soon", title_en="A title that I typed")
    assert "还没有保存" in page.css_first(".notice.bad h2").text()
    assert page.css_first("#f-issued-on").attributes["aria-invalid"] == "true"
    assert page.css_first("#f-title-en").text().strip() == "A title that I typed"
    assert journal(world / "content") == []


def test_who_saves_after_somebody_else_is_told_and_keeps_the_text(visitor, world):
    path = "/records/fields/leaves"
    early = visitor.open(path)
    visitor.save(path, visitor.open(path), about_en="Leaves of the bush.")
    late = visitor.send(path, early, about_en="Mine.")
    assert "已被改过" in faults_of(late)[0]
    assert late.css_first("#f-about-en").text().strip() == "Mine."
    visitor.save(path, late)
    assert "    en: Mine.\n" in (world / "content/records/fields.yml").read_text("utf-8")


def test_a_withdrawal_of_what_changed_meanwhile_is_saved_the_second_time(visitor, world):
    source = read_records(world / "content").tables["sources"][0].address
    path = "/records/withdrawal/tea-1"
    early = visitor.open(path)
    visitor.save("/records/standards/tea-1", visitor.open("/records/standards/tea-1"), title_en="Better tea")
    late = visitor.send(path, early, source=source)
    assert "已被改过" in faults_of(late)[0]
    visitor.save(path, late)
    rows = {row.address: row for row in read_records(world / "content").tables["standards"]}
    assert (rows["tea-1"]["title:en"], rows["tea-1"]["status"]) == ("Better tea", "withdrawn")


def test_a_source_is_added_with_the_address_of_its_name_and_day(visitor, world):
    names = {"name_zh_Hans": "茶报", "name_zh_Hant": "茶報", "name_en": "Tea Herald"}
    standing = dict.fromkeys(("standing_zh_Hans", "standing_zh_Hant", "standing_en"), "devised")
    page = visitor.open("/records/sources/")
    follows = visitor.save("/records/sources/", page, **names, **standing, kind="press", said_on="2026-02-28")
    assert follows == "/records/sources/tea-herald-2026-02-28"
    assert sound(world)


def test_a_case_is_added_with_a_body_and_a_result(visitor, world):
    source = read_records(world / "content").tables["sources"][0].address
    fields = {
        "title_zh_Hans": "用茶",
        "title_zh_Hant": "用茶",
        "title_en": "Tea in use",
        **dict.fromkeys(("standing_zh_Hans", "standing_zh_Hant", "standing_en"), "devised"),
        "kind": "event",
        "described_zh_Hans": "喝茶。",
        "described_zh_Hant": "喝茶。",
        "described_en": "Tea.",
        "sources": source,
        "standards": "tea-1",
        "bodies_0_organisation": "institute-of-imaginary-tea",
        **{f"bodies_0_part_{one}": "Drank" if one == "en" else "喝茶" for one in ("zh_Hans", "zh_Hant", "en")},
        **{f"results_0_figure_{one}": "5" for one in ("zh_Hans", "zh_Hant", "en")},
        **{f"results_0_counts_{one}": "tea" if one == "en" else "茶" for one in ("zh_Hans", "zh_Hant", "en")},
        "results_0_source": source,
    }
    follows = visitor.save("/records/cases/", visitor.open("/records/cases/"), **fields)
    assert follows == "/records/cases/tea-in-use"
    assert sound(world)
    page = visitor.open("/records/cases/tea-in-use")
    visitor.save("/records/cases/tea-in-use", page, **{"bodies.0.gone": "yes"})
    assert not [row for row in read_records(world / "content").tables["bodies"] if row.address == "tea-in-use"]


def test_a_withdrawal_names_its_notice_and_writes_both(visitor, world):
    path = "/records/withdrawal/tea-1"
    page = visitor.send(path, visitor.open(path), withdrawn_on="2026-02-28")
    assert "由谁宣布" in page.css_first(".notice.bad").text()
    names = {"new_name_zh_Hans": "茶报", "new_name_zh_Hant": "茶報", "new_name_en": "Tea Herald"}
    follows = visitor.save(path, page, **names, new_kind="government", new_said_on="2026-02-28")
    assert follows == "/records/standards/tea-1"
    row = next(row for row in read_records(world / "content").tables["standards"] if row.address == "tea-1")
    assert (row["status"], row["withdrawn_on"]) == ("withdrawn", "2026-02-28")
    assert row.many("sources")[-1] == "tea-herald-2026-02-28"
    assert sound(world)
    assert len(journal(world / "content")) == 1


def test_a_successor_is_recorded_with_what_it_supersedes(visitor, world):
    records = read_records(world / "content")
    source = records.tables["sources"][0].address
    path = "/records/withdrawal/tea-1"
    visitor.save(path, visitor.open(path), status="superseded", successor="tea-2", source=source)
    rows = {row.address: row for row in read_records(world / "content").tables["standards"]}
    assert rows["tea-1"]["status"] == "superseded"
    assert "tea-1" in rows["tea-2"].many("supersedes")
    assert sound(world)


def test_the_sources_were_looked_at_today(visitor, world):
    words = {"what_zh_Hans": "查阅了来源。", "what_zh_Hant": "查閱了來源。", "what_en": "The sources were read."}
    page = visitor.open("/records/looked-at")
    assert visitor.save("/records/looked-at", page, **words) == "/records/looked-at"
    assert f"{TODAY}:" in (world / "content/records/lookups.yml").read_text("utf-8")
    assert sound(world)


def test_records_are_found_by_number_and_by_a_name_in_either_script(visitor, world):
    row = read_records(world / "content").tables["standards"][0]
    for query in (row["list_identifier"], row["title:zh-Hant"], row["title:en"].upper()):
        page = visitor.open(f"/records?{urlencode({'q': query})}")
        assert f"/records/standards/{row.address}" in [node.attributes["href"] for node in page.css("ul.rows a")]
    assert "找到0条" in visitor.open("/records?q=nowhere-at-all").body.text()


def test_all_that_is_filled_in_for_a_batch_is_saved_at_once(visitor, world):
    untitled(world)
    page = visitor.open("/complete/2020-03")
    fields = {"tea_1_title_en": "White tea", "reviewer": "陈大文", "tea-1.reviewed:en": "yes"}
    assert visitor.send("/complete/2020-03", page, **fields) == "/complete/2020-03"
    row = next(row for row in read_records(world / "content").tables["standards"] if row.address == "tea-1")
    assert (row["title:en"], row["standing:en"]) == ("White tea", "reviewed")
    assert row["reviewed:en"] == f"{TODAY} 陈大文"
    assert "补全记录" in visitor.open("/history").css_first("ol li").text()
    assert sound(world)


def test_a_standard_is_put_into_a_second_field_where_a_batch_is_completed(visitor, world):
    page = visitor.open("/complete/2020-03?all=1")
    sent = [*fields_of(page), ("tea-1.field", "cups")]
    assert visitor.ask("/complete/2020-03?all=1", sent).code == 302
    row = next(row for row in read_records(world / "content").tables["standards"] if row.address == "tea-1")
    # Who stated the first did not state the second.
    assert (row["field"], row["field_assigned_by"]) == ("leaves | cups", "source | catalogue")
    assert sound(world)


def test_the_form_of_a_record_asks_for_each_field_who_put_it_there(visitor, world):
    path = "/records/standards/ku-cha"
    page = visitor.open(path)
    chosen = [(name, value) for name, value in fields_of(page) if name.startswith("field")]
    assert chosen == [
        *(("field", value) for value in ("leaves", "cups", "")),
        *(("field_assigned_by", value) for value in ("catalogue", "source", "")),
    ]
    sent = [(name, "source" if value == "catalogue" else value) for name, value in fields_of(page)]
    preview = LexborHTMLParser(visitor.ask(path, sent).body.decode())
    seen = attribute(preview, "button[name=seen-change]", "value")
    assert visitor.ask(path, [*sent, ("seen-change", seen)]).code == 302
    row = next(row for row in read_records(world / "content").tables["standards"] if row.address == "ku-cha")
    # What is the same for all is written once.
    assert (row["field"], row["field_assigned_by"]) == ("leaves | cups", "source")
    assert sound(world)


def test_a_standard_that_came_without_a_chinese_title_gets_one_here(visitor, world):
    chinese = [f"{name}:{language}" for name in ("title", "standing") for language in ("zh-Hans", "zh-Hant")]
    change_standard(world, "tea-1", dict.fromkeys(chinese, ""))
    assert not sound(world)
    page = visitor.open("/complete/2020-03")
    visitor.send("/complete/2020-03", page, tea_1_title_zh_Hans="白毫", tea_1_title_zh_Hant="白毫")
    row = next(row for row in read_records(world / "content").tables["standards"] if row.address == "tea-1")
    assert [row[f"{name}:zh-Hans"] for name in ("title", "standing")] == ["白毫", "translated"]
    assert sound(world)


def test_where_one_of_a_batch_is_wrong_nothing_is_written_and_all_is_kept(visitor, world):
    untitled(world)
    page = visitor.open("/complete/2020-03?all=1")
    after = visitor.send("/complete/2020-03?all=1", page, tea_1_title_en="White tea", tea_2_title_zh_Hant="这是简体")
    assert len(faults_of(after)) == 1
    assert after.css_first("#f-tea-2-title-zh-Hant").attributes["aria-invalid"] == "true"
    assert after.css_first("#f-tea-1-title-en").text().strip() == "White tea"
    assert journal(world / "content") == []


def test_what_is_reviewed_says_by_whom(visitor, world):
    page = visitor.open("/complete/2020-03?all=1")
    after = visitor.send("/complete/2020-03?all=1", page, **{"tea-1.reviewed:en": "yes"})
    assert "请填写核对人" in faults_of(after)[0]
    assert journal(world / "content") == []


def test_whoever_goes_on_to_the_next_step_saves_first(visitor, world):
    untitled(world)
    page = visitor.open("/complete/2020-03")
    assert visitor.send("/complete/2020-03", page, tea_1_title_en="White tea", then="see") == "/see"
    assert "White tea" in (world / "content/records/standards/batch-2020-03.csv").read_text("utf-8")


def test_a_new_body_and_field_are_completed_bit_by_bit(visitor, world):
    organisations, fields = (world / f"content/records/{name}.yml" for name in ("organisations", "fields"))
    with organisations.open("a", encoding="utf-8") as file:
        file.write(
            "\nnew-body:\n  name:\n    zh-Hans: 新机构\n    zh-Hant: 新機構\n    en:\n"
            "  standing: {zh-Hans: official, zh-Hant: converted, en: translated}\n  region:\n  role: issues\n"
            "  part:\n    zh-Hans: 发布标准。\n    zh-Hant: 發布標準。\n    en: Issues standards.\n"
            "  sources: [gazette]\n  recorded_on: 2026-11-24\n"
        )
    fields.write_text(fields.read_text("utf-8").replace("    en: The leaves of tea.\n", "    en:\n"), "utf-8")
    page = visitor.open("/complete/2020-03")
    assert [node.text() for node in page.css("fieldset.entry > legend")][:2] == ["机构：新机构", "领域：叶"]
    visitor.send("/complete/2020-03", page, organisations_new_body_name_en="The new body")
    assert "    en: The new body\n" in organisations.read_text("utf-8")
    assert not sound(world)
    page = visitor.open("/complete/2020-03")
    visitor.send(
        "/complete/2020-03", page, organisations_new_body_region="macao", fields_leaves_about_en="What falls from tea."
    )
    assert sound(world)
    assert not visitor.open("/complete/2020-03").css("fieldset.entry > legend")[0].text().startswith("机构")


def untitled(world: Path) -> None:
    """Take the English title of tea-1 away."""
    path = world / "content/records/standards/batch-2020-03.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    header = lines[0].strip().split(",")
    (number,) = (number for number, line in enumerate(lines) if line.startswith("tea-1,"))
    cells = lines[number].rstrip("\n").split(",")
    for column in ("title:en", "standing:en", "reviewed:en"):
        cells[header.index(column)] = ""
    path.write_text("".join([*lines[:number], ",".join(cells) + "\n", *lines[number + 1 :]]), "utf-8")


def test_the_worksheet_and_the_proof_sheet_are_given_out(visitor):
    response = visitor.ask("/complete/worksheet.xlsx")
    assert response.code == 200
    assert response.body.startswith(b"PK")
    assert visitor.ask("/complete/2020-03/proof").code == 200
    assert visitor.ask("/complete/nowhere/proof").code == 404


def test_what_nobody_recorded_has_no_page(visitor):
    for path in (
        "/records/standards/nothing",
        "/records/nothing/tea-1",
        "/records/batches/",
        "/records/withdrawal/nothing",
        "/complete/nothing",
        "/history/000009",
        "/records?kind=nothing",
    ):
        assert visitor.ask(path).code == 404, path


@pytest.fixture
def desk(world) -> Iterator[str]:
    with open_desk(world) as address:
        yield address


PAGES = (
    "/records",
    "/records/standards/tea-1",
    "/records/cases/",
    "/records/cases/whispering-teahouse",
    "/records/withdrawal/tea-1",
    "/records/looked-at",
    "/complete",
    "/complete/2020-03?all=1",
    "/history",
)


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (DESK, "dark"), (PHONE, "light"), (PHONE, "dark")])
def test_every_page_can_be_read_by_everybody_and_fits(desk, browser, size, scheme):
    page: Page = browser.new_page(viewport=size, color_scheme=scheme)
    page.goto(desk)
    host = page.url.rstrip("/")
    for path in PAGES:
        page.goto(host + path)
        assert not violations_of(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
    page.close()


def test_a_record_is_corrected_and_taken_back_by_keyboard_alone(desk, browser, world):
    before = (world / "content/records/standards/batch-2020-03.csv").read_bytes()
    page = browser.new_page(viewport=DESK)
    page.goto(desk)
    page.locator("nav.menu").get_by_role("link", name="记录", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("编号或名称").focus()
    page.keyboard.type("TEA 1")
    page.keyboard.press("Enter")
    page.locator("ul.rows a").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("英文名称", exact=True).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("A better tea")
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == "预览改动":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="保存后会改动以下内容")).to_be_visible()
    expect(page.locator("ins")).to_have_text("A better tea")
    assert not violations_of(page, "preview")
    page.get_by_role("button", name="保存").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已保存")
    page.locator("nav.menu").get_by_role("link", name="历史").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="撤销", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="撤销这次改动？")).to_be_visible()
    assert not violations_of(page, "undo")
    page.get_by_role("button", name="撤销").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("已撤销：改正记录")
    expect(page.get_by_role("link", name="恢复", exact=True)).to_be_visible()
    assert (world / "content/records/standards/batch-2020-03.csv").read_bytes() == before
