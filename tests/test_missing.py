"""What is not here: addresses that do not exist, and what is searched for in vain, in Chromium."""

import re
from urllib.parse import unquote

import pytest
from playwright.sync_api import Route, expect

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from tests.browsing import DESK, PHONE

MOONCAKES = "standards/wq-1-10/"
MENDED = {
    # Upper and lower case.
    "en/standards/WQ-1-10/": f"en/{MOONCAKES}",
    "EN/Standards/WQ-1-10": f"en/{MOONCAKES}",
    "en/Fields/FOOD/": "en/fields/food/",
    # A part is missing, or one too many is there.
    "standards/wq-1-10/": f"zh-Hant/{MOONCAKES}",
    "en/wq-1-10/": f"en/{MOONCAKES}",
    "wq-1-10": f"zh-Hant/{MOONCAKES}",
    "en/food/": "en/fields/food/",
    "fields/": "zh-Hant/fields/",
    "changes/": "zh-Hant/changes/",
    "data": "zh-Hant/data/",
    "en/standards/WQ-1-10/index.html": f"en/{MOONCAKES}",
    "en/standards/wq-1-10.html": f"en/{MOONCAKES}",
    "en//standards//WQ-1-10//": f"en/{MOONCAKES}",
    # What a chat took for a part of the address.
    "zh-Hans/standards/wq-1-10/。": f"zh-Hans/{MOONCAKES}",
    "en/standards/wq-1-10，": f"en/{MOONCAKES}",
    "en/standards/wq-1-10）": f"en/{MOONCAKES}",
    "en/standards/wq-1-10/%20": f"en/{MOONCAKES}",
    "s/wq-1-10。": f"zh-Hant/{MOONCAKES}",
    # The languages, as others name them.
    "zh-hant/standards/wq-1-10/": f"zh-Hant/{MOONCAKES}",
    "zh-HK/standards/wq-1-10/": f"zh-Hant/{MOONCAKES}",
    "zh-TW/standards/wq-1-10/": f"zh-Hant/{MOONCAKES}",
    "zh-MO/": "zh-Hant/",
    "tc/": "zh-Hant/",
    "zh_CN/standards/wq-1-10/": f"zh-Hans/{MOONCAKES}",
    "zh-CN/": "zh-Hans/",
    "zh/standards/": "zh-Hans/standards/",
    "sc/fields/": "zh-Hans/fields/",
    "en-GB/about/": "en/about/",
    # Any spelling of a number, or the title itself.
    "WQ1-10": f"zh-Hant/{MOONCAKES}",
    "s/WQ%201-10": f"zh-Hant/{MOONCAKES}",
    "en/standards/WQ%201-10/": f"en/{MOONCAKES}",
    "s/T_GBAS 8-2022": f"zh-Hant/{MOONCAKES}",
    "en/T∕GBAS 8—2022": f"en/{MOONCAKES}",
    "en/standards/T/GBAS 8-2022/": f"en/{MOONCAKES}",
    "s/GBAS8": f"zh-Hant/{MOONCAKES}",
    "ＷＱ１－１０": f"zh-Hant/{MOONCAKES}",
    "en/广式月饼/": f"en/{MOONCAKES}",
    # What was asked and where on the page are kept.
    "EN/standards/?q=food&sort=title#top": "en/standards/?q=food&sort=title#top",
}


@pytest.mark.parametrize("path", MENDED)
def test_an_address_that_is_nearly_right_leads_to_its_page(open_page, site, path):
    page = open_page(path, locale="zh-HK")
    expect(page).to_have_url(site + MENDED[path])
    expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("en/standards/wq-1-999/", "WQ 1-252"),
        ("en/standards/mooncake/", "Mooncakes"),
        ("en/standards/wq-1/", "WQ 1-"),
    ],
)
def test_where_it_is_not_sure_the_likeliest_are_offered(open_page, site, path, near):
    page = open_page(path)
    links = page.locator("main li")
    expect(links.first).to_be_visible()
    assert page.url == site + path
    assert 1 <= links.count() <= 5
    assert near in " ".join(links.all_inner_texts())
    links.first.get_by_role("link").click()
    expect(page).to_have_url(re.compile("/en/standards/.+/$"))
    assert [fault for fault in page.faults if "404" not in fault] == []


UNKNOWN = {
    "zh-Hans": "网址可能输错了，或者这项标准不在本站收录的51项之中；已公布的共267项。",
    "zh-Hant": "網址可能輸入有誤，或這項標準不在本網站收錄的51項之中；已公布的共267項。",
    "en": "The address may be mistyped, or this standard is not among the 51 recorded here; 267 were announced.",
}
LOOK = {"zh-Hans": "到官方平台查阅", "zh-Hant": "到官方平台查閱", "en": "Look on the official platform"}
COPY = {"zh-Hans": "复制“{}”", "zh-Hant": "複製「{}」", "en": "Copy “{}”"}
NOTHING = {
    "zh-Hans": "不在本站收录的51项之中；已公布的共267项。",
    "zh-Hant": "不在本網站收錄的51項之中；已公布的共267項。",
    "en": "Not among the 51 recorded here; 267 were announced.",
}
PLATFORM = "https://www.gbsrc.org.cn/"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_has_the_frame_in_its_language_and_says_how_much_is_recorded(open_page, site, language):
    page = open_page(f"{language}/standards/wq-1-999/", permissions=CLIPBOARD)
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main p").first).to_have_text(UNKNOWN[language])
    assert page.locator("html").get_attribute("lang") == HTML_LANG[language]
    expect(page.get_by_role("link", name=LOOK[language])).to_have_attribute("href", PLATFORM)
    page.get_by_role("button", name=COPY[language].format("WQ 1-999")).click()
    expect(page.locator("#bas-said")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "WQ 1-999"
    assert page.locator(".bas-menu a").count() == 5
    assert page.locator("footer").count() == 1
    page.keyboard.press("/")
    page.keyboard.type("wq 1-10")
    expect(page.get_by_role("option").first).to_contain_text("WQ 1-10")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{language}/{MOONCAKES}")


def test_the_language_of_an_unknown_address_can_be_changed(open_page, site):
    page = open_page("en/standards/wq-1-999/")
    page.locator("[data-bas-language=zh-Hans]").click()
    expect(page).to_have_url(f"{site}zh-Hans/standards/wq-1-999/")
    expect(page.locator("h1")).to_have_text("找不到这个页面")


def test_an_unknown_address_without_a_language_is_answered_in_the_one_chosen_last(open_page, site):
    page = open_page("zh-Hans/")
    page.locator("[data-bas-language=zh-Hant]").click()
    page.goto(f"{site}no-such-thing/")
    expect(page.locator("h1")).to_have_text("找不到這個網頁")


def test_without_script_an_unknown_address_is_answered_in_three_languages(open_page, site):
    page = open_page("zh-Hant/standards/no-such-thing/", java_script_enabled=False)
    assert page.locator("h2").all_inner_texts() == ["找不到这个页面", "找不到這個網頁", "Page not found"]
    sections = {one: page.locator(f"section[lang={HTML_LANG[one]}]") for one in LANGUAGES}
    assert {one: section.locator("p").first.inner_text() for one, section in sections.items()} == {
        "zh-Hans": "网址可能输错了，或者本站没有收录这项标准。",
        "zh-Hant": "網址可能輸入有誤，或本網站沒有收錄這項標準。",
        "en": "The address may be mistyped, or this standard is not recorded here.",
    }
    assert page.get_by_role("link", name=LOOK["zh-Hant"]).get_attribute("href") == PLATFORM
    page.get_by_role("link", name="瀏覽全部標準").click()
    assert page.url == f"{site}zh-Hant/standards/"


@pytest.mark.parametrize(
    "path", ["s/No_tea/", "en/standards/WQ-1-10/", "standards/WQ-1-10", "No/Tea.html", "EN/changes"]
)
def test_where_every_address_is_answered_with_the_same_page_none_leads_to_another_without_end(open_page, site, path):
    page = open_page("404.html")
    unknown = page.evaluate("fetch(location).then((answer) => answer.text())")
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(unquote(route.request.url))
        route.fulfill(body=unknown, content_type="text/html")

    page.route(lambda address: "/assets/" not in address, answer)
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("link", name=LOOK["en"])).to_be_visible()
    assert len(asked) <= 4, asked


FOREIGN = [
    "//evil.invalid/",
    "/%5Cevil.invalid/x",
    "%2F%2Fevil.invalid%2Fx",
    "https:%2F%2Fevil.invalid/x",
    "https:%5C%5Cevil.invalid/x",
    "http:evil.invalid/x",
    "en/https:%5C%5Cevil.invalid/x",
    "javascript:document.title=1/x",
    "data:text%2Fhtml,%3Ch1%3Eevil/x",
    "%2e%2e%5C%2e%2e%5Cevil.invalid/x",
]
"""Addresses in which another host or a program is named."""


@pytest.mark.parametrize("path", FOREIGN)
def test_an_unknown_address_leads_to_no_other_site_and_asks_none(open_page, site, path):
    page = open_page("en/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site + path)
    page.wait_for_load_state("networkidle")
    expect(page.locator(".bas-copy")).to_be_visible()
    assert [address for address in (*asked, page.url) if not address.startswith(site)] == []
    assert [fault for fault in page.faults if "404" not in fault] == []


@pytest.mark.parametrize(
    "path", ["constructor/", "en/hasownproperty/", "%E0%A4%A/", "s/%3Cimg%20src=x%20onerror=alert(1)%3E"]
)
def test_an_unknown_address_of_any_letters_is_answered_as_text(open_page, path):
    page = open_page(path)
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1, name="Page not found")).to_be_visible()
    expect(page.locator(".bas-copy")).to_be_visible()
    assert page.locator("main img").count() == 0
    assert [fault for fault in page.faults if "404" not in fault] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_searched_for_in_vain_may_be_on_the_official_platform(open_page, language):
    page = open_page(f"{language}/", permissions=CLIPBOARD)
    page.keyboard.press("/")
    page.keyboard.insert_text("口罩")
    box = page.get_by_role("dialog")
    expect(box.locator(".bas-search-status")).to_have_text(NOTHING[language])
    expect(box.get_by_role("link", name=LOOK[language])).to_have_attribute("href", PLATFORM)
    box.get_by_role("button", name=COPY[language].format("口罩")).click()
    expect(box.locator("#bas-said")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "口罩"
    page.get_by_role("combobox").fill("WQ 1-999")
    expect(box.locator(".bas-search-status")).to_contain_text("51")
    expect(box.locator(".bas-search-status")).to_contain_text("267")
    expect(box.get_by_role("button", name=COPY[language].format("WQ 1-999"))).to_be_visible()
    assert page.faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_that_was_just_opened_offers_what_to_tap(open_page, language):
    page = open_page(f"{language}/fields/")
    page.locator("[data-bas-search]").click()
    box = page.get_by_role("dialog")
    fields = box.get_by_role("option")
    expect(fields.first).to_be_visible()
    assert fields.evaluate_all("(all) => all.every((one) => one.href.includes('/fields/'))")
    assert box.get_by_role("option", selected=True).count() == 0
    examples = box.locator(".bas-search-tries button")
    expect(examples).to_have_count(3)
    examples.nth(1).click()
    expect(box.get_by_role("option").first).to_have_attribute("href", re.compile(f"/{language}/{MOONCAKES}$"))


def test_a_single_result_is_not_offered_as_a_list(open_page):
    page = open_page("en/")
    page.keyboard.press("/")
    page.keyboard.type("WQ 1-10")
    expect(page.get_by_role("option")).to_have_count(1)


def test_escape_closes_a_search_in_which_nothing_is_typed(open_page):
    page = open_page("en/")
    page.keyboard.press("/")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


HEADER = """() => {
  const [brand, switches, mark, menu] = [".bas-brand span", ".bas-languages", ".bas-mark", ".bas-menu ul"]
    .map((one) => document.querySelector(one));
  const box = (one) => one.getBoundingClientRect();
  return {
    apart: box(switches).left - box(brand).right, mark: box(mark).width, more: menu.scrollWidth - menu.clientWidth,
    scrolled: menu.scrollLeft, start: box(menu.firstElementChild).left, page: document.documentElement.scrollWidth,
  };
}"""


@pytest.mark.parametrize("width", [320, 360, 390, 1088, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_has_room_for_what_is_in_it(open_page, site, language, width):
    page = open_page("", {"width": width, "height": 800})
    starts = set()
    for path in ("", "standards/", "about/", "organisations/"):
        page.goto(f"{site}{language}/{path}")
        header = page.evaluate(HEADER)
        assert header["apart"] >= 0, path
        assert header["mark"] >= 20, path
        assert header["page"] <= width, path
        if width >= 1088:
            assert header["more"] == 0, path
        starts.add(header["start"] + header["scrolled"])
    assert len(starts) == 1


def test_the_menu_fades_only_where_there_is_more_of_it(open_page):
    page = open_page("en/")
    menu = page.locator(".bas-menu ul")
    fade = "(menu) => ['--before', '--after'].map((one) => getComputedStyle(menu).getPropertyValue(one))"
    assert menu.evaluate(fade)[0] == "0px"
    assert menu.evaluate(fade)[1] != "0px"
    menu.evaluate("(menu) => menu.scrollTo(1000, 0)")
    page.wait_for_timeout(100)
    assert menu.evaluate(fade)[0] != "0px"
    assert menu.evaluate(fade)[1] == "0px"
    page.set_viewport_size(DESK)
    expect(menu).to_have_css("mask-image", "none")


@pytest.mark.parametrize("path", ["", "en/", "en/about/", f"en/{MOONCAKES}", "404.html"])
def test_a_page_has_nothing_that_the_theme_left(open_page, path):
    page = open_page(path, PHONE, java_script_enabled=False)
    left = page.locator("[class^=md-], [data-md-component], input[type=checkbox], [id^=__], #bas-words")
    assert left.count() == 0
    assert page.locator("label:not(:has(input, select, textarea))").count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_filtered_in_vain_says_how_much_is_recorded_and_where_the_rest_is(open_page, language):
    page = open_page(f"{language}/standards/?q=口罩", permissions=CLIPBOARD)
    expect(page.locator(".bas-filter output")).to_have_text(NOTHING[language])
    expect(page.locator(".bas-filter").get_by_role("link", name=LOOK[language])).to_have_attribute("href", PLATFORM)
    page.get_by_role("button", name=COPY[language].format("口罩")).click()
    expect(page.locator("#bas-said")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "口罩"
    page.locator(".bas-filter button[type=reset]").click()
    expect(page.locator(".bas-elsewhere")).to_have_count(0)
    assert page.faults == []
