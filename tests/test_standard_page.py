"""The page of a standard answers first, in one screen of a phone, and copies what it says that it copies."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES
from tests.browsing import PHONE, served
from tests.conftest import built, change_standard
from tests.elements import attribute, element

CLIPBOARD = ["clipboard-read", "clipboard-write"]
PLATFORM = "https://www.gbsrc.org.cn/"


def page_of(project: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / path / "index.html").read_bytes())


def words(page: LexborHTMLParser, selector: str) -> str:
    return " ".join(element(page, selector).text().split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_titles_come_first_then_the_answer_what_can_be_done_the_facts_and_who_says_so(january_project, language):
    page = page_of(january_project, f"{language}/standards/wq-1-10")
    order = ("h1", ".bas-own", ".bas-titles", ".bas-answer", ".bas-share", ".bas-facts", ".bas-sources")
    found = [node.attributes.get("class") or node.tag for node in page.css(", ".join(order))]
    assert found == [one.strip(".") for one in order]


@pytest.mark.parametrize(
    ("address", "answers"),
    [
        (
            "tea-1",
            {
                "zh-Hans": "已列入湾区标准清单 2020年3月1日公布。自愿采用，没有强制力。",
                "zh-Hant": "已納入灣區標準清單 2020年3月1日公布。自願採用，沒有強制力。",
                "en": "On the GBA Standards list Announced on 1 March 2020. It is voluntary and not binding.",
            },
        ),
        (
            "hen-chang",
            {
                "zh-Hans": "据称已列入湾区标准清单 按日期推断属秋茶，来源未说明。自愿采用，没有强制力。",
                "zh-Hant": "據稱已納入灣區標準清單 按日期推斷屬秋茶，來源沒有說明。自願採用，沒有強制力。",
                "en": "Said to be on the GBA Standards list Autumn flush, derived from dates; no source states it. "
                "It is voluntary and not binding.",
            },
        ),
        (
            "tea-4",
            {
                "zh-Hans": "已于2021年5月6日废止 2020年3月1日公布。",
                "zh-Hant": "已於2021年5月6日廢止 2020年3月1日公布。",
                "en": "Withdrawn on 6 May 2021 Announced on 1 March 2020.",
            },
        ),
        (
            "tea-2",
            {
                "zh-Hans": "已被代替 2020年3月1日公布。",
                "zh-Hant": "已被取代 2020年3月1日公布。",
                "en": "Superseded Announced on 1 March 2020.",
            },
        ),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_whether_it_is_on_the_list_since_when_and_that_nobody_has_to(world_project, address, answers, language):
    page = page_of(world_project, f"{language}/standards/{address}")
    assert words(page, ".bas-answer > p") == answers[language]
    # What is no longer in force looks otherwise.
    assert bool(page.css(".bas-answer.bas-past")) == (address in ("tea-2", "tea-4"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_superseded_standard_leads_to_the_one_that_replaced_it(world_project, language):
    assert attribute(page_of(world_project, f"{language}/standards/tea-2"), ".bas-go", "href") == "../tea-3/"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_that_no_source_gives_is_said_to_be_unknown(world_project, language):
    unknown = {"zh-Hans": "不详", "zh-Hant": "不詳", "en": "not known"}[language]
    page = page_of(world_project, f"{language}/standards/ku-cha")
    assert [node.text() for node in page.css(".bas-answer .bas-unknown")] == [unknown, unknown]
    assert [node.text() for node in page_of(world_project, f"{language}/standards/tea-1").css(".bas-code")] == [
        "TEA 1",
        "茶/T 1-2020" if language == "en" else "茶/T 1—2020",
    ]


def test_how_sure_it_is_is_said_in_words_beside_the_dots(world_project):
    page = page_of(world_project, "en/standards/tea-1")
    assert attribute(page, ".bas-sure", "aria-hidden") == "true"
    assert words(page, ".bas-answer dl > div:last-child dd").startswith(("High: ", "Medium: ", "Low: "))
    assert attribute(page, ".bas-answer dd a", "href") == "#sources"


def test_official_titles_and_numbers_are_not_to_be_translated(world_project):
    page = page_of(world_project, "zh-Hans/standards/tea-1")
    assert [node.text() for node in page.css("article [translate=no]")] == ["白毫", "TEA 1", "茶/T 1—2020"]
    assert attribute(page_of(world_project, "en/standards/tea-4"), "h1 span", "translate") == "no"


def test_where_a_standard_has_its_own_page_on_the_platform_the_button_leads_there(world):
    change_standard(world, "tea-1", {"text_url": "https://platform.invalid/tea-1"})
    page = page_of(built(world), "en/standards/tea-1")
    assert attribute(page, ".bas-go", "href") == "https://platform.invalid/tea-1"
    assert element(page, ".bas-go").text() == "Open its page on the official platform"
    assert page.css("[data-copies]") == []


def test_a_source_says_what_it_states_where_the_record_has_it(world):
    change_standard(world, "tea-1", {"stated_by": "designation=gazette | title:en=gazette"})
    sources = [node.text() for node in page_of(built(world), "en/standards/tea-1").css(".bas-sources li")]
    assert ["states: designation, English title" in text for text in sources] == [True, False]


def test_a_title_and_whose_wording_it_is_stand_close_and_flush(open_page):
    page = open_page("en/standards/wq-1-10/")
    for one in page.locator(".bas-titles li").all():
        title, whose = one.locator("[lang]").bounding_box(), one.locator(".bas-whose").bounding_box()
        assert title and whose
        assert title["x"] == whose["x"]
        assert 0 <= whose["y"] - title["y"] - title["height"] < 8


@pytest.mark.parametrize(("address", "copied"), [("wq-1-10", "T/GBAS 8-2022"), ("shao-e", "烧鹅")])
def test_the_number_or_the_title_is_copied_on_the_way_to_the_platform(open_page, address, copied):
    page = open_page(f"zh-Hant/standards/{address}/", permissions=CLIPBOARD)
    page.route(f"{PLATFORM}**", lambda route: route.fulfill(body="<title>Platform</title>", content_type="text/html"))
    expect(page.get_by_text("按下按鈕會自動複製。")).to_be_visible()
    page.locator(".bas-go").click()
    page.wait_for_url(PLATFORM)
    page.go_back()
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_without_script_it_says_to_copy_the_number(open_page):
    page = open_page("en/standards/wq-1-10/", java_script_enabled=False)
    expect(page.get_by_text("Copy the number and search for it there.")).to_be_visible()
    assert page.get_by_text("The button copies it for you.").is_hidden()
    assert page.locator(".bas-go").get_attribute("href") == PLATFORM


def test_a_number_is_selected_without_a_word_of_a_button(open_page):
    page = open_page("en/standards/wq-1-10/")
    for number in ("WQ 1-10", "T/GBAS 8-2022"):
        page.locator(".bas-code", has_text=number).click(click_count=3)
        assert page.evaluate("getSelection().toString()").strip() == number


@pytest.mark.parametrize("path", ["standards/wq-1-10/", "standards/shao-e/", "fields/food/", "batches/2024-02/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_button_has_a_name_of_its_own(open_page, language, path):
    page = open_page(f"{language}/{path}")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    buttons = page.locator("article button:visible").all()
    names = Counter(button.get_attribute("aria-label") or button.inner_text() for button in buttons)
    assert len(names) > 3
    assert [name for name, count in names.items() if count > 1] == []


def test_the_name_of_a_button_holds_what_stands_on_it(open_page):
    page = open_page("en/standards/wq-1-10/")
    for button in page.locator("article button[aria-label]").all():
        assert (button.text_content() or "") in (button.get_attribute("aria-label") or "")


def test_a_title_that_is_ours_is_said_to_be_so_when_it_is_copied(open_page):
    page = open_page("en/standards/shao-e/", permissions=CLIPBOARD)
    page.locator(".bas-share summary").click()
    page.get_by_role("button", name="Copy English title").click()
    expect(page.locator("#bas-said")).to_have_text("Copied Roast Goose · our translation (unofficial)")
    assert page.evaluate("navigator.clipboard.readText()") == "Roast Goose"


def bottom(page: Page, selector: str) -> float:
    return page.locator(selector).evaluate("(one) => one.getBoundingClientRect().bottom + scrollY")


def test_what_no_record_answers_is_answered_one_touch_away(open_page):
    page = open_page("zh-Hant/standards/wq-1-10/", viewport=PHONE)
    page.get_by_role("link", name="可以使用標識嗎？").click()
    page.wait_for_url("**/zh-Hant/questions/#mark")
    expect(page.locator("#mark")).to_be_in_viewport()


def test_a_link_to_the_citation_opens_it(open_page):
    page = open_page("zh-Hant/standards/wq-1-10/", viewport=PHONE)
    page.get_by_role("link", name="引用本標準").click()
    expect(page.locator(".bas-citation dd").first).to_be_in_viewport()


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_screen_of_a_phone_holds_the_answer_on_every_standard(browser, real_project, real_catalogue, language):
    page = browser.new_context(viewport=PHONE).new_page()
    late = {}
    with served(real_project / "build/site") as address:
        for standard in real_catalogue.standards:
            page.goto(f"{address}{language}/standards/{standard.address}/")
            end = bottom(page, ".bas-answer > div")
            if end > PHONE["height"]:
                late[standard.address] = end
    page.context.close()
    assert late == {}
