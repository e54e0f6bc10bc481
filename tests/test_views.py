"""A table of standards as a reader links to it, keeps it, and reads it in two languages."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from tests.browsing import DESK

NOTICES = ("food", "cantonese-cuisine")
WORDS = {"zh-Hans": "编号不详", "zh-Hant": "編號不詳", "en": "Number not known"}


def rows(page: Page) -> Locator:
    """The rows of the table of standards."""
    return page.locator(".bas-standards tbody tr")


def addresses(page: Page) -> list[str]:
    """The addresses of the standards that are shown, from top to bottom."""
    return rows(page).evaluate_all("(all) => all.map((row) => row.id)")


def beside(page: Page) -> Locator:
    """The titles in the second language."""
    return page.locator(".bas-standards tbody .bas-beside")


def saved(page: Page, view: str) -> Download:
    """What the button for the file `view` downloads."""
    with page.expect_download() as one:
        page.locator(f"[data-view={view}]").click()
    return one.value


@pytest.mark.parametrize("viewport", [None, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_is_heard_in_its_row(open_page, language, viewport):
    page = open_page(f"{language}/standards/", **({"viewport": viewport} if viewport else {}))
    table = page.get_by_role("table", name=re.compile("14"))
    heading = table.get_by_role("row").nth(17).get_by_role("rowheader")
    expect(heading).to_have_count(1)
    expect(table.get_by_role("row").nth(17).get_by_role("cell").first).to_have_text(WORDS[language])
    assert WORDS[language] in table.get_by_role("row").nth(17).aria_snapshot()
    assert "—" not in re.sub("[0-9]—[0-9]", "", table.aria_snapshot().replace(" — ", ""))
    assert "↕" not in table.aria_snapshot()


def test_a_row_has_an_address_and_is_marked_for_whoever_follows_it(open_page):
    page = open_page("en/standards/?field=food", DESK)
    page.locator("#wq-1-10").hover()
    page.get_by_role("link", name="Link to this row").click()
    expect(page).to_have_url(re.compile(r"\?field=food#wq-1-10$"))
    page.reload()
    expect(page.locator("#wq-1-10:target")).to_be_in_viewport()
    assert page.locator("#wq-1-10").evaluate("(row) => getComputedStyle(row).backgroundColor") != "rgba(0, 0, 0, 0)"
    page.goto(page.url.split("standards")[0] + "fields/food/#wq-1-16")
    expect(page.locator("#wq-1-16:target")).to_be_in_viewport()


def test_the_keyboard_reaches_the_link_of_a_row(open_page):
    page = open_page("en/standards/", DESK)
    expect(page.locator(".bas-views")).to_be_visible()
    page.locator("#wq-1-8 .bas-title a").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Link to this row")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#wq-1-8$"))


def test_number_systems_are_sorted_apart(open_page):
    page = open_page("en/standards/?sort=number", DESK)
    known = page.locator(".bas-standards tbody .bas-number:not(:has(.bas-none))")
    expect(page.locator("th[data-sort=number]")).to_have_attribute("aria-sort", "ascending")
    expect(known).to_have_count(14)
    numbers = [text.split(",")[0] for text in known.all_inner_texts()]
    lists = [f"WQ 1-{n}" for n in (8, 9, 10, 11, 12, 13, 14, 15, 16, 229, 230, 252)]
    assert numbers == [*lists, "T/GRA 014-2025", "T/SATA 094-2025"]
    expect(page.locator(".bas-filter output")).to_have_text("Sorted by number")
    page.get_by_role("button", name="Back to the order of the list").click()
    expect(page).to_have_url(re.compile("/en/standards/$"))
    expect(page.locator(".bas-filter output")).to_be_hidden()


def test_columns_stand_where_they_stood_when_other_rows_come(open_page):
    page = open_page("en/standards/", DESK)
    places = "(all) => all.map((one) => one.getBoundingClientRect().x)"
    before = page.locator("thead th").evaluate_all(places)
    page.locator("select[name=field]").select_option("elderly-care")
    expect(rows(page)).to_have_count(2)
    assert page.locator("thead th").evaluate_all(places) == before


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("en/standards/?field=food&sort=-number", "standards-field-food-sort-number-"),
        ("zh-Hant/fields/cantonese-cuisine/", "fields-cantonese-cuisine-"),
        ("zh-Hans/batches/2023-04/", "batches-2023-04-"),
    ],
)
def test_the_table_saved_as_csv_holds_the_rows_that_are_shown(open_page, january_project, path, name):
    page = open_page(path)
    expect(page.locator("[data-view=csv]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    file = saved(page, "csv")
    content = Path(file.path()).read_bytes()
    published = (january_project / "build/site/api/v1/standards.csv").read_bytes()
    version = re.findall(r"\d{4}-\d\d-\d\d-[0-9a-f]{8}", file.suggested_filename)
    assert (file.suggested_filename, len(version)) == (f"{name}{version[0]}.csv", 1)
    assert content.startswith(b"\xef\xbb\xbfaddress,")
    assert set(content.splitlines()) <= set(published.splitlines())
    table = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert [row["address"] for row in table] == addresses(page) != []


@pytest.mark.parametrize("ending", ["bib", "ris"])
def test_the_table_saved_for_a_reference_manager_holds_the_citation_of_each_row(open_page, january_project, ending):
    page = open_page("en/standards/?q=rice")
    page.wait_for_load_state("networkidle")
    content = Path(saved(page, ending).path()).read_bytes()
    folder = january_project / "build/site/api/v1/citations"
    assert addresses(page) != []
    assert content == b"".join((folder / f"{one}.{ending}").read_bytes() for one in addresses(page))


def test_the_link_of_a_view_is_copied_and_paper_is_asked_for(open_page):
    page = open_page("en/standards/?field=food&with=zh-Hans", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-view=link]").click()
    expect(page.locator("#bas-said")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.evaluate("window.print = () => (window.printed = true)")
    page.locator("[data-view=print]").click()
    assert page.evaluate("window.printed")


def test_a_file_that_does_not_arrive_is_said(open_page, site):
    page = open_page("en/")
    page.route("**/api/v1/*", lambda route: route.abort())
    page.goto(f"{site}en/fields/food/")
    page.locator("[data-view=csv]").click()
    expect(page.locator("#bas-said")).to_have_text("Could not be loaded; please try again later")
    page.locator("[data-with=zh-Hans]").click()
    expect(beside(page)).to_have_count(0)
    page.unroute("**/api/v1/*")
    page.reload()
    expect(beside(page).first).to_have_text("丝苗米")


@pytest.mark.parametrize(
    ("path", "language", "first"),
    [
        ("en/standards/?field=food", "zh-Hans", "丝苗米"),
        ("zh-Hant/fields/food/", "en", "Simiao rice"),
        ("zh-Hans/batches/2023-04/", "zh-Hant", "絲苗米"),
    ],
)
def test_a_second_language_stands_beside_the_first_as_the_address_says(open_page, path, language, first):
    page = open_page(path)
    expect(beside(page)).to_have_count(0)
    page.locator(f"[data-with={language}]").click()
    expect(beside(page).first).to_have_text(re.compile(first, re.IGNORECASE))
    expect(beside(page).first).to_have_attribute("lang", HTML_LANG[language])
    assert beside(page).count() == rows(page).count()
    assert f"with={language}" in page.url
    assert page.evaluate("Object.keys(localStorage)") == []
    page.emulate_media(media="print")
    expect(beside(page).first).to_be_visible()
    page.go_back()
    expect(beside(page)).to_have_count(0)
    page.go_forward()
    expect(beside(page).first).to_have_text(re.compile(first, re.IGNORECASE))
    assert page.faults == []


def test_the_second_language_goes_with_the_filter_and_through_the_language_switch(open_page):
    page = open_page("en/standards/?with=zh-Hans", DESK)
    expect(beside(page)).to_have_count(51)
    page.locator("select[name=field]").select_option("elderly-care")
    expect(rows(page)).to_have_count(2)
    expect(beside(page)).to_have_text(["养老机构认知症老年人生活照顾指南", "老年居家护理服务规范"])
    assert page.url.endswith("?field=elderly-care&with=zh-Hans")
    page.locator("[data-bas-language=zh-Hant]").click()
    expect(page).to_have_url(re.compile(r"/zh-Hant/standards/\?field=elderly-care&with=zh-Hans$"))
    expect(beside(page).first).to_have_text("养老机构认知症老年人生活照顾指南")
    page.locator("[data-bas-language=zh-Hans]").click()
    expect(page).to_have_url(re.compile(r"/zh-Hans/standards/\?field=elderly-care&with=zh-Hant$"))
    expect(beside(page).first).to_have_text("養老機構認知症老年人生活照顧指南")


def test_an_address_with_a_language_that_is_not_offered_shows_the_first_alone(open_page):
    page = open_page("en/standards/?with=xx")
    page.wait_for_load_state("networkidle")
    assert (beside(page).count(), page.faults) == (0, [])


def test_a_notice_has_a_column_of_numbers_only_where_they_are_known(january_project):
    site = january_project / "build/site/en/fields"
    pages = {name: LexborHTMLParser((site / name / "notice/index.html").read_text("utf-8")) for name in NOTICES}
    headings = {name: [one.text() for one in page.css("thead th")] for name, page in pages.items()}
    assert headings == {"food": ["Title", "Number"], "cantonese-cuisine": ["Title"]}
    left_out = "The numbers are left out, as most are not known (1 of 31 are)."
    assert left_out in [one.text() for one in pages["cantonese-cuisine"].css("main p")]
    assert {one.text() for one in pages["cantonese-cuisine"].css("tbody td")} == set()
    assert len(pages["cantonese-cuisine"].css("tbody th[scope=row]")) == 31


def test_without_script_nothing_is_offered_that_needs_it(open_page):
    page = open_page("en/standards/?with=zh-Hans", java_script_enabled=False)
    expect(page.locator(".bas-views")).to_be_hidden()
    assert page.locator("footer a[href$='standards.csv']").count() == 1


@pytest.mark.parametrize("path", ["standards/", "fields/food/", "batches/2023-04/"])
def test_what_is_tapped_in_a_table_is_high_enough_for_a_thumb(open_page, path):
    page = open_page(f"en/{path}", has_touch=True)
    expect(page.locator(".bas-views")).to_be_visible()
    low = page.locator(".bas-views button, .bas-standards :is(a, button)").evaluate_all(
        """(all) => all.map((one) => one.getBoundingClientRect()).filter((box) => box.height < 24)
        .map((box) => [box.width, box.height])"""
    )
    assert low == []


def test_what_the_list_does_not_hold_is_not_denied(open_page):
    page = open_page("en/standards/?q=zzzz")
    expect(page.locator(".bas-filter output")).to_have_text("Not among the 51 recorded here; 267 were announced.")
    expect(page.locator(".bas-standards")).to_be_hidden()
    expect(page.get_by_role("button", name="Copy “zzzz”")).to_be_visible()
    expect(page.locator("article").get_by_role("link", name="Look on the official platform")).to_be_visible()
    page.locator(".bas-filter button[type=reset]").click()
    expect(rows(page)).to_have_count(51)
    expect(page.locator("article").get_by_role("link", name="Look on the official platform")).to_have_count(0)
