"""In a real browser: the log, what is new since the last visit, new rows, the list after an announcement."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import vobject
from playwright.sync_api import Locator, Page, expect

from generator.catalogue.languages import LANGUAGES
from tests.benchmarks.undrawn import undrawn
from tests.browsing import DESK, PHONE, served
from tests.conftest import WORLD, built, make_project, violations_of
from tests.invented import write_standards
from tests.test_log import DAY, SMOKE, added

REASON = {f"batch_reason:{language}": "2021" for language in LANGUAGES}
MIST = SMOKE | {
    "address": "wu-cha",
    "title:zh-Hans": "雾茶",
    "title:zh-Hant": "霧茶",
    "title:en": "Mist Tea",
    "recorded_on": "2026-11-24",
}
"""A standard that was recorded on the last day of the first list."""
WITHDRAWN = {"made_on": DAY, "standard": "tea-9", "attribute": "status", "to": "withdrawn", "source": "kettle"}


@pytest.fixture(scope="module")
def sites(tmp_path_factory) -> tuple[Path, Path]:
    """The imaginary world as it was published, and as it was published later.

    By then one more standard was recorded on the last day of the first list, another one later, and one was withdrawn.
    """
    before = make_project(tmp_path_factory.mktemp("before"), WORLD)
    with undrawn():
        built(before)
        after = shutil.copytree(before, tmp_path_factory.mktemp("after") / "project", symlinks=True)
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(after)
            added(MIST, "standards/batch-2020-03.csv")
            added(SMOKE)
            added(WITHDRAWN, "changes.csv")
        built(after)
    return before / "build/site", after / "build/site"


@pytest.fixture
def published(sites, tmp_path) -> Iterator[tuple[str, Path]]:
    """The address of a site that is published anew when its folder leads elsewhere; the folder."""
    folder = tmp_path / "site"
    folder.symlink_to(sites[0])
    with served(folder) as address:
        yield address, folder


@pytest.fixture(scope="module")
def site(sites) -> Iterator[str]:
    """The address of the later site; what `open_page` opens."""
    with served(sites[1]) as address:
        yield address


def publish(folder: Path, site: Path) -> None:
    folder.unlink()
    folder.symlink_to(site)


def entries(page: Page) -> Locator:
    """The titles of the entries of the log that are shown."""
    return page.locator(".bas-log > li:visible > a")


# --- the log ---


def test_the_log_is_whole_without_script(open_page):
    page = open_page("en/changes/", java_script_enabled=False)
    days = ["1 December 2026", "24 November 2026", "23 November 2026", "24 December 2021", "1 September 2021"]
    expect(page.locator("h2")).to_have_text(days)
    expect(entries(page)).to_have_count(24)
    expect(page.locator(".bas-log-filter")).to_be_hidden()
    expect(page.locator(".bas-visit")).to_be_hidden()
    expect(page.locator(".bas-announcement:visible")).to_have_count(2)


def test_the_log_is_filtered_by_kind_and_field_in_its_address(open_page):
    page = open_page("en/changes/", DESK)
    expect(page.locator("[name=kind] option")).to_have_text(
        [
            "All",
            "Newly recorded",
            "Corrected or completed",
            "Superseded",
            "Withdrawn",
            "New case of use",
        ]
    )
    page.locator("[name=kind]").select_option("corrected")
    assert page.url.endswith("/en/changes/?kind=corrected")
    expect(page.locator("h2:visible")).to_have_text(["24 December 2021", "1 September 2021"])
    expect(page.get_by_role("status").filter(has_text="Showing")).to_have_text("Showing 3 of 24 on this page")
    page.locator("[name=field]").select_option("cups")
    assert page.url.endswith("/en/changes/?kind=corrected&field=cups")
    expect(page.locator("h2:visible")).to_have_text(["24 December 2021"])
    expect(entries(page)).to_have_count(2)
    page.reload()
    expect(entries(page)).to_have_count(2)
    page.locator("[name=kind]").select_option("withdrawn")
    expect(entries(page)).to_have_count(0)
    expect(page.locator(".bas-log-filter output")).to_have_text("Nothing on this page matches")
    page.go_back()
    expect(page.locator("[name=kind]")).to_have_value("corrected")
    page.locator("[data-bas-language=zh-Hant]").click()
    expect(page).to_have_url(re.compile(r"/zh-Hant/changes/\?kind=corrected&field=cups$"))
    expect(page.locator(".bas-log-filter output")).to_have_text("本頁共24項，顯示2項")
    page.get_by_role("button", name="清除篩選").click()
    expect(entries(page)).to_have_count(24)
    expect(page).to_have_url(re.compile("/zh-Hant/changes/$"))
    expect(page.locator(".bas-log-filter output")).to_be_empty()
    assert page.faults == []


def test_what_the_log_does_not_offer_filters_nothing(open_page):
    page = open_page("zh-Hans/changes/?kind=<b>&field=__proto__")
    expect(page.locator(".bas-log-filter")).to_be_visible()
    expect(entries(page)).to_have_count(24)
    assert page.faults == []


# --- since the last visit ---


def await_visit(page: Page) -> None:
    """Wait until the browser has noted that the reader was here."""
    while not page.evaluate("sessionStorage.length"):
        page.wait_for_timeout(20)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "自上次访问以来有3条变动"),
        ("zh-Hant", "自上次瀏覽以來有3項變動"),
        ("en", "3 changes since your last visit"),
    ],
)
def test_a_returning_reader_is_told_how_much_is_new(browser, published, sites, language, words):
    address, folder = published
    context = browser.new_context(viewport=PHONE)
    # Nothing comes from the browser's cache, as both sites are but seconds old.
    context.route("**/*", lambda route: route.continue_())
    page = context.new_page()
    page.goto(f"{address}{language}/")
    await_visit(page)
    expect(page.locator(".bas-visit")).to_be_hidden()
    publish(folder, sites[1])
    page = context.new_page()
    note = page.locator(".bas-visit")
    page.goto(f"{address}{language}/")
    expect(note).to_have_text(words)
    heading = page.locator("#fields")
    stood = heading.bounding_box()
    page.reload()
    expect(note).to_have_text(words)
    note.get_by_role("link").click()
    expect(page).to_have_url(f"{address}{language}/changes/")
    expect(note).to_have_text(words)
    page.go_back()
    expect(note).to_be_visible()
    page.evaluate("document.querySelector('.bas-visit').hidden = true")
    assert heading.bounding_box() == stood
    later = context.new_page()
    later.goto(f"{address}{language}/")
    await_visit(later)
    expect(later.locator(".bas-visit")).to_be_hidden()
    assert context.cookies() == []
    context.close()


def test_one_change_is_told_as_one(open_page, site):
    page = open_page("en/about/")
    page.evaluate("localStorage.setItem('bas-visit', '2026-12-01:1')")
    for language, words in (
        ("en", "1 change since your last visit"),
        ("zh-Hans", "自上次访问以来有1条变动"),
        ("zh-Hant", "自上次瀏覽以來有1項變動"),
    ):
        page.goto(f"{site}{language}/changes/")
        expect(page.locator(".bas-visit")).to_have_text(words)


@pytest.mark.parametrize("kept", ["", "nonsense", "9999-12-31:1", "2026-12-01:many"])
def test_what_a_browser_kept_wrongly_tells_nothing(open_page, site, kept):
    page = open_page("en/about/")
    page.evaluate("(kept) => localStorage.setItem('bas-visit', kept)", kept)
    page.goto(f"{site}en/")
    await_visit(page)
    expect(page.locator(".bas-visit")).to_be_hidden()
    assert page.faults == []


def test_a_browser_that_keeps_nothing_tells_nothing(open_page, site):
    page = open_page("en/about/")
    page.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } })"""
    )
    page.goto(f"{site}en/")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".bas-visit")).to_be_hidden()
    assert page.faults == []


# --- new rows ---


def test_the_first_list_has_no_new_rows(sites):
    marked = [path for path in sites[0].rglob("*.html") if b'class="bas-new"' in path.read_bytes()]
    assert marked == []


@pytest.mark.parametrize(
    ("path", "rows"), [("standards", (MIST, SMOKE)), ("fields/leaves", (MIST, SMOKE)), ("batches/2021-09", (SMOKE,))]
)
@pytest.mark.parametrize(("language", "words"), [("zh-Hans", "新收录"), ("zh-Hant", "新收錄"), ("en", "new here")])
def test_a_row_of_a_standard_that_was_recorded_lately_says_so(sites, open_page, path, rows, language, words):
    page = open_page(f"{language}/{path}/")
    titles = [row[f"title:{language}"] for row in rows]
    new = page.locator(".bas-standards tr", has=page.locator(".bas-new"))
    expect(new.locator(".bas-title a")).to_have_text(titles)
    expect(new.locator(".bas-new")).to_have_text([words] * len(rows))
    copy = (sites[1] / language / path / "index.md").read_text("utf-8")
    assert re.findall(rf"\[([^\]]+)\]\([^)]+\) · {words}", copy) == titles


@pytest.fixture(scope="module")
def long_site(tmp_path_factory) -> Iterator[str]:
    """The address of an invented list of 230, the last of which is new, derived, withdrawn."""
    project = make_project(tmp_path_factory.mktemp("long"), WORLD)
    write_standards(project / "content/records", 230)
    file = project / "content/records/standards/batch-2020-03.csv"
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    rows[0] |= {"status": "current"}
    rows[-1] |= {**REASON, "batch_derived_from": "gazette", "status": "withdrawn", "recorded_on": DAY}
    with file.open("w", encoding="utf-8", newline="") as text:
        out = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    with undrawn():
        built(project)
    with served(project / "build/site") as address:
        yield address


def test_a_row_from_another_page_has_the_marks_of_its_own(open_page, long_site):
    page = open_page("en/about/")
    rows = []
    for path in ("standards/page-2/", "standards/?q=TEA+230"):
        page.goto(f"{long_site}en/{path}")
        row = page.locator(".bas-standards tbody tr", has_text="TEA 230")
        expect(row.locator(".bas-new")).to_have_text("new here")
        expect(row.locator(".bas-status")).to_have_text("Withdrawn")
        expect(row.locator(".bas-batch .bas-ours")).to_have_text("derived from dates")
        rows.append(row.evaluate("(row) => row.innerText.replace(/\\s+/g, ' ')"))
    assert rows[0] == rows[1]
    expect(page.locator(".bas-standards tbody tr")).to_have_count(1)


def test_a_long_log_says_how_much_of_its_page_it_shows(open_page, long_site):
    page = open_page("en/about/")
    page.goto(f"{long_site}en/changes/page-2/?kind=announced")
    expect(page.locator(".bas-log-filter output")).to_have_text("Showing 32 of 32 on this page")
    expect(entries(page)).to_have_count(32)
    assert page.locator(".bas-visit").count() == 0


# --- the list after an announcement ---


def test_each_announcement_leads_to_the_list_as_it_was_after_it(open_page):
    for language, words in (
        ("zh-Hans", "本次公布后的清单"),
        ("zh-Hant", "本次公布後的清單"),
        ("en", "The list after this announcement"),
    ):
        page = open_page(f"{language}/batches/2020-03/")
        page.get_by_role("link", name=words).click()
        expect(page).to_have_url(re.compile(rf"/{language}/standards/\?until=2020-03$"))
        expect(page.locator(".bas-standards tbody tr")).to_have_count(6)


SENTENCES = {
    "zh-Hans": "清单截至“秋茶”，按本站目前的收录列出：当时已公布的9项中，收录了9项。其中1项的批次按日期推断。"
    "另有1项，来源没有说明属于哪一批，不在此列出。",
    "zh-Hant": "清單截至「秋茶」，按本網站目前的收錄列出：當時已公布的9項中，收錄了9項。其中1項的批次按日期推斷。"
    "另有1項，來源沒有說明屬於哪一批，不在此列出。",
    "en": "The list after “Autumn flush”, as recorded today: 9 of the 9 announced by then. "
    "For 1 of them the announcement is derived from dates. "
    "1 more is left out, as no source states its announcement.",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_after_an_announcement_says_what_it_is(open_page, language):
    page = open_page(f"{language}/standards/?until=2021-09")
    expect(page.locator(".bas-filter-list[role=status]")).to_have_text(SENTENCES[language])
    rows = page.locator(".bas-standards tbody tr")
    expect(rows).to_have_count(9)
    expect(rows.locator(".bas-batch .bas-ours")).to_have_count(1)
    assert page.faults == []


def test_the_list_after_an_announcement_is_filtered_switched_and_cleared(open_page):
    page = open_page("en/standards/?until=2020-03&field=cups", DESK)
    rows = page.locator(".bas-standards tbody tr")
    expect(page.locator("[name=until] option")).to_have_text(["All", "First flush (2)", "Autumn flush (2)"])
    expect(rows.locator(".bas-field")).to_have_text(["Cups"] * 2)
    page.locator("[data-bas-language=zh-Hant]").click()
    expect(page).to_have_url(re.compile(r"/zh-Hant/standards/\?until=2020-03&field=cups$"))
    expect(rows).to_have_count(2)
    page.locator("[name=field]").select_option("")
    expect(rows).to_have_count(6)
    expect(page.locator(".bas-filter-list")).to_contain_text("清單截至「頭春」")
    page.locator(".bas-filter button[type=reset]").click()
    expect(page).to_have_url(re.compile("/zh-Hant/standards/$"))
    expect(rows).to_have_count(10)
    expect(page.locator(".bas-filter-list")).to_be_empty()
    page.go_back()
    expect(rows).to_have_count(6)
    assert page.faults == []


@pytest.mark.parametrize("asked", ["2019-01", "none", "<script>alert(1)</script>", "$&$1", "x" * 3000])
def test_an_unknown_announcement_is_said_and_ignored(open_page, asked):
    page = open_page("en/about/")
    page.goto(page.url.replace("about/", "standards/"))
    page.evaluate("(asked) => { location.search = `?until=${encodeURIComponent(asked)}` }", asked)
    expect(page.locator(".bas-filter-list")).to_have_text(
        f"“{asked[:40]}” in the address is no announcement of this list, and is ignored."
    )
    expect(page.locator(".bas-standards tbody tr")).to_have_count(10)
    page.locator("input[name=q]").fill("tea")
    expect(page.locator(".bas-filter-list")).to_be_empty()
    expect(page).to_have_url(re.compile(r"/standards/\?q=tea$"))
    assert page.faults == []


# --- beside the pages ---


def test_a_calendar_program_learns_the_name_and_when_to_look_again(sites):
    for language, name in (("zh-Hans", "湾区标准清单"), ("zh-Hant", "灣區標準清單")):
        text = (sites[1] / f"feeds/{language}/calendar.ics").read_text("utf-8")
        calendar = vobject.readOne(text, validate=True).contents
        hints = {key: [one.value for one in calendar[key]] for key in ("name", "x-wr-calname", "refresh-interval")}
        assert hints == {"name": [name], "x-wr-calname": [name], "refresh-interval": ["P1D"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_the_history_stands_in_the_way_of_anybody(open_page, site, language, scheme):
    page = open_page(f"{language}/about/", color_scheme=scheme)
    violations = []
    for path in ("", "changes/?kind=withdrawn", "changes/", "standards/?until=2021-09", "batches/2021-09/"):
        page.evaluate("localStorage.setItem('bas-visit', '2021-12-24:2'); sessionStorage.clear()")
        page.goto(f"{site}{language}/{path}")
        page.wait_for_load_state("networkidle")
        violations += violations_of(page, path)
    assert violations == []
