"""In a real browser, on a phone and at a desk: what readers do, by finger, keyboard and without script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import JSHandle, Locator, Page, Route, expect

from generator.catalogue.languages import LANGUAGES
from tests.browsing import DESK, PHONE

KINDS = (
    "",
    "standards/",
    "standards/wq-1-10/",
    "standards/t-sata-094-2025/",
    "fields/",
    "fields/cantonese-cuisine/",
    "fields/logistics/",
    "batches/",
    "batches/2024-02/",
    "organisations/",
    "organisations/gba-standardization-research-center/",
    "changes/",
    "versions/",
    "check/",
    "coverage/",
    "about/",
    "questions/",
)
"""One page of each kind."""


def titles(page: Page) -> Locator:
    """The titles that the standards list shows, from top to bottom."""
    return page.locator(".bas-standards tbody .bas-title a")


def open_tabs(beside: Page, address: str) -> dict[str, Page]:
    """A page of each kind below `address`, all in the browser of the page `beside`, so that they load together."""
    tabs = {kind: beside.context.new_page() for kind in KINDS}
    for kind, page in tabs.items():
        page.goto(address + kind, wait_until="commit")
    return tabs


def places(shown: JSHandle) -> list[list]:
    """Where the elements `shown` stand: name, left, top."""
    return shown.evaluate(
        """(shown) => shown.map((one) => [one.localName, one.getBoundingClientRect()])
        .map(([name, box]) => [name, Math.round(box.x), Math.round(box.y)])"""
    )


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_fits_is_quiet_and_asks_no_other_host(open_page, site, viewport, language):
    landing = open_page("", viewport)
    tabs = open_tabs(landing, f"{site}{language}/")
    for kind, page in tabs.items():
        page.wait_for_load_state("networkidle")
        width = page.evaluate("document.documentElement.scrollWidth")
        assert (kind, width, landing.faults) == (kind, viewport["width"], [])


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_script_arrives(open_page, site, viewport):
    context = open_page("404.html", viewport).context
    scripts: dict[Page, Route] = {}
    context.route("**/javascripts/site.js", lambda route: scripts.update({route.request.frame.page: route}))
    tabs = open_tabs(context.pages[0], f"{site}en/")
    before = {}
    for kind, page in tabs.items():
        page.locator("footer").wait_for()
        # What is for paper alone may come later.
        sheets = "link[rel=stylesheet]:not([media=print])"
        page.wait_for_function(f"[...document.querySelectorAll('{sheets}')].every((one) => one.sheet)")
        while page not in scripts:
            page.wait_for_timeout(20)
        shown = page.evaluate_handle(
            # The menu is scrolled, so that the present section is in sight.
            """[...document.body.querySelectorAll("*:not(.bas-menu *)")]
            .filter((one) => one.checkVisibility({visibilityProperty: true}))"""
        )
        before[kind] = shown, places(shown)
        scripts[page].continue_()
    for kind, page in tabs.items():
        page.wait_for_load_state("networkidle")
        shown, stood = before[kind]
        moved = [(*one, "is now at", *now[1:]) for one, now in zip(stood, places(shown), strict=True) if one != now]
        assert (kind, moved) == (kind, [])


def test_a_stranger_finds_the_mooncakes_in_three_touches(open_page):
    page = open_page("", has_touch=True)
    page.locator(".bas-enter[data-bas-language=zh-Hans]").tap()
    page.get_by_role("link", name="食品").first.tap()
    page.get_by_role("link", name="广式月饼").tap()
    expect(page.locator("h1")).to_have_text("广式月饼")
    expect(page.locator(".bas-answer")).to_contain_text("2023年4月24日公布")


def test_the_language_switch_stays_on_the_page_and_keeps_filter_and_fragment(open_page):
    page = open_page("zh-Hans/standards/?field=food&sort=-title#top")
    page.locator("[data-bas-language=en]").click()
    expect(page).to_have_url(re.compile(r"/bay/en/standards/\?field=food&sort=-title#top$"))
    expect(page.locator("select[name=field]")).to_have_value("food")
    expect(titles(page).first).to_have_text("Soy Sauce")
    assert page.faults == []


def test_a_filtered_view_is_an_address(open_page):
    page = open_page("en/standards/", DESK)
    everything = titles(page).all_inner_texts()
    page.locator("select[name=field]").select_option("elderly-care")
    assert page.url.endswith("/en/standards/?field=elderly-care")
    elderly = [
        "Guidelines for the Daily Care of Older Persons with Dementia in Residential Care Homes",
        "Specification for Home Nursing Services for Older Persons",
    ]
    expect(titles(page)).to_have_text(elderly)
    expect(page.locator(".bas-filter output")).to_have_text("2 standards match")
    page.locator("input[name=q]").press_sequentially("nursing")
    expect(page).to_have_url(re.compile(r"\?q=nursing&field=elderly-care$"))
    expect(titles(page)).to_have_text(elderly[1:])
    page.reload()
    expect(titles(page)).to_have_text(elderly[1:])
    page.go_back()
    expect(page.locator("select[name=field]")).to_have_value("")
    expect(titles(page)).to_have_text(everything)
    page.go_forward()
    expect(page.locator("select[name=field]")).to_have_value("elderly-care")
    page.locator(".bas-filter button[type=reset]").click()
    expect(page.locator("select[name=field]")).to_have_value("")
    expect(page).to_have_url(re.compile("/en/standards/$"))
    expect(titles(page)).to_have_text(everything)


@pytest.mark.parametrize("words", ["WQ 1-10", "wq1-10", "ＷＱ１－１０", "t/gbas 8—2022", "月餅"])
def test_the_list_is_filtered_by_any_spelling_of_a_number(open_page, words):
    page = open_page("zh-Hant/standards/")
    page.locator("input[name=q]").fill(words)
    expect(titles(page)).to_have_text(["廣式月餅"])


def test_a_facet_that_nothing_states_can_be_asked_for(open_page):
    page = open_page("zh-Hans/standards/?batch=none&field=none")
    expect(titles(page)).to_have_text(
        [
            "龙舟活动中心建设规范",
            "民间龙舟竞赛组织管理规范",
            "大型活动志愿服务通用规范",
            "移动电竞赛事用机技术要求和测试方法",
        ]
    )


def test_an_address_with_a_value_that_is_not_offered_filters_nothing(open_page):
    page = open_page("en/standards/?field=<script>&sort=nonsense&__proto__=x")
    expect(titles(page)).to_have_count(51)
    assert page.faults == []


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("zh-Hans", "安全基础要求 粮食加工品", "蒸石斑鱼"),
        ("zh-Hant", "八寶冬瓜盅", "護國菜"),
        ("en", "Almond Biscuits", "Whole Winter Melon Soup with Eight Treasures"),
    ],
)
def test_titles_sort_by_pinyin_strokes_or_letters(open_page, language, first, last):
    page = open_page(f"{language}/standards/", DESK)
    announced = titles(page).all_inner_texts()
    heading = page.locator("th[data-sort=title]")
    heading.locator("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(titles(page).first).to_have_text(first)
    heading.locator("button").click()
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(titles(page).first).to_have_text(last)
    heading.locator("button").click()
    expect(titles(page)).to_have_text(announced)


def test_numbers_sort_as_numbers_and_missing_ones_stand_last(open_page):
    page = open_page("en/standards/?sort=number", DESK)
    shown = page.locator(".bas-standards tbody .bas-identifier")
    expect(shown).to_have_text([f"WQ 1-{n}" for n in (8, 9, 10, 11, 12, 13, 14, 15, 16, 229, 230, 252)])
    page.goto(page.url.replace("sort=number", "sort=-number"))
    expect(shown.first).to_have_text("WQ 1-252")


def test_a_number_is_copied_with_one_touch(open_page):
    page = open_page("en/standards/wq-1-10/", permissions=["clipboard-read", "clipboard-write"])
    page.locator(".bas-share summary").click()
    page.locator("[data-copy='T/GBAS 8-2022']").click()
    expect(page.locator("#bas-said")).to_have_text("Copied T/GBAS 8-2022")
    assert page.evaluate("navigator.clipboard.readText()") == "T/GBAS 8-2022"
    page.locator("[data-copy='广式月饼']").click()
    expect(page.locator("#bas-said")).to_have_text("Copied 广式月饼")
    assert page.evaluate("navigator.clipboard.readText()") == "广式月饼"


def test_a_refused_clipboard_is_said(open_page):
    page = open_page("zh-Hant/standards/wq-1-10/")
    page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error()) }")
    page.locator("[data-copy]").first.click()
    expect(page.locator("#bas-said")).to_have_text("未能複製，請自行選取")


def test_the_keyboard_alone_skips_to_the_content_and_filters(open_page):
    page = open_page("en/standards/", DESK)
    expect(page.locator(".bas-filter")).to_be_visible()
    page.keyboard.press("Tab")
    skip = page.locator(".bas-skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#top$"))
    page.keyboard.press("Tab")
    expect(page.locator(".bas-lead a")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("input[name=q]")).to_be_focused()
    page.keyboard.type("oyster")
    expect(titles(page)).to_have_text(["Oyster Sauce", "Chiu Chow Oyster Omelette"])
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_without_script_every_page_is_complete(open_page):
    page = open_page("zh-Hans/standards/?field=food", java_script_enabled=False)
    assert page.locator(".bas-standards tbody tr:visible").count() == 51
    assert page.locator(".bas-filter:visible, .bas-theme:visible, .bas-copy:visible").count() == 0
    page.locator("[data-bas-language=zh-Hant]").click()
    assert page.url.endswith("/zh-Hant/standards/")
    page.get_by_role("link", name="廣式月餅").click()
    expect(page.locator("h1")).to_have_text("廣式月餅")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_dark_system_gets_dark_pages(open_page, script):
    page = open_page("en/", color_scheme="dark", java_script_enabled=script)
    shade = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(shade) == "rgb(18, 25, 27)"


def test_the_choice_of_light_or_dark_is_remembered(open_page):
    page = open_page("en/", color_scheme="dark")
    page.locator(".bas-theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.get_by_role("link", name="Food").first.click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def uncaught(page) -> list[str]:
    """What went wrong on `page`, but for what the network refused."""
    return [fault for fault in page.faults if not fault.lower().startswith("failed")]


@pytest.mark.parametrize(
    "path",
    ["f/%E0%A4/", "f/%/", "s/%ED%A0%80/", "b/%2F%2Fevil.invalid/", "s/---/", "f/__proto__/", "s/" + "9" * 3000 + "/"],
)
def test_an_address_that_encodes_nothing_is_as_one_that_does_not_exist(open_page, site, path):
    page = open_page(path)
    page.wait_for_load_state("networkidle")
    assert (page.url, uncaught(page)) == (site + path, [])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator("h1").count() == 1


def test_an_address_with_two_slashes_filters_as_any_other(open_page, site):
    page = open_page("en/")
    page.goto(site.replace("/bay/", "//bay/") + "en/standards/?q=nursing#top")
    expect(titles(page)).to_have_count(1)
    page.locator("input[name=q]").fill("")
    expect(titles(page)).to_have_count(51)
    expect(page).to_have_url(re.compile("//bay/en/standards/#top$"))
    assert [fault for fault in uncaught(page) if not fault.startswith("asked")] == []


@pytest.mark.parametrize("file", ["search.json", "words/en.json", "search/engine.js", "filter.js"])
def test_what_does_not_arrive_is_said_and_the_list_is_whole(open_page, site, file):
    page = open_page("en/")
    page.route(f"**/{file}", lambda route: route.abort())
    page.goto(f"{site}en/standards/?q=nursing")
    page.wait_for_load_state("networkidle")
    expect(titles(page)).to_have_count(51)
    failed = "The search could not be loaded; please try again later."
    if file != "filter.js":
        expect(page.locator(".bas-filter output")).to_have_text(failed)
        page.unroute(f"**/{file}")
        page.locator("input[name=q]").fill("oyster")
        expect(titles(page)).to_have_count(2)
        page.locator(".bas-filter button[type=reset]").click()
        expect(page.locator(".bas-filter output")).to_be_hidden()
    assert uncaught(page) == []


def test_a_browser_that_keeps_and_copies_nothing_is_served_all_the_same(open_page, site):
    page = open_page("en/")
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError") } });
        Object.defineProperty(navigator, "clipboard", { value: undefined })"""
    )
    page.route("**/citations/*", lambda route: route.abort())
    page.goto(f"{site}en/standards/wq-1-10/")
    page.locator(".bas-theme").click()
    for button in page.locator("[data-copy], [data-copy-file]").all():
        button.dispatch_event("click")
        expect(page.locator("#bas-said")).to_have_text("Could not copy. Select the text instead.")
    page.locator("[data-bas-language=zh-Hant]").click()
    expect(page.locator("h1")).to_have_text("廣式月餅")
    assert uncaught(page) == []


def test_a_former_address_opens_the_present_page(open_page):
    page = open_page("en/batches/1/")
    expect(page).to_have_url(re.compile(r"/en/batches/2023-04/$"))
