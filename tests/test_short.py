"""A short link lasts, and opens in the language of whoever opens it."""

from __future__ import annotations

import re

import pytest
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.content import read_content
from generator.publishing.sharing.short_links import aliases
from tests.conftest import SITE_URL, violations_of
from tests.elements import attribute


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hant-CN", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("yue-HK", "zh-Hant"),
        ("en-US", "en"),
        ("pt-PT", "en"),
    ],
)
def test_a_short_link_opens_in_the_receivers_language(open_page, locale, language):
    page = open_page("s/wq-1-10/", locale=locale)
    page.wait_for_url(f"**/{language}/standards/wq-1-10/")


def test_the_language_chosen_last_goes_before_the_browsers(open_page, site):
    page = open_page("zh-Hans/", locale="zh-CN")
    page.click("[data-bas-language=zh-Hant]")
    page.goto(f"{site}f/food/#standards")
    page.wait_for_url("**/zh-Hant/fields/food/#standards")


def test_without_script_it_lists_the_three_languages(open_page):
    page = open_page("b/2023-04/", java_script_enabled=False)
    assert page.locator("section h1, section h2").all_inner_texts() == ["第一批", "第一批", "First batch"]
    page.click("section[lang=en] a")
    page.wait_for_url("**/en/batches/2023-04/")


@pytest.mark.parametrize("path", ["s/wq-1-10", "f/food", "b/2023-04"])
def test_without_script_each_language_says_what_it_is_and_where_its_link_leads(open_page, path):
    page = open_page(f"{path}/", java_script_enabled=False)
    assert page.locator("header").inner_text().split(" · ") == ["湾区标准", "灣區標準", "Bay Area Standards"]
    assert page.locator("section a").all_inner_texts() == ["打开简体页面", "開啟繁體網頁", "Open the English page"]
    assert page.locator("section .bas-standing").count() == 3
    for lang, unofficial in (("zh-Hans", "非官方目录"), ("zh-Hant-HK", "非官方目錄"), ("en", "Unofficial catalogue")):
        assert unofficial in page.locator(f"section[lang={lang}]").inner_text()


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
def test_the_page_at_a_short_link_is_accessible(open_page, color_scheme):
    """Seen as a robot, which is not led on."""
    page = open_page("s/wq-1-10/", user_agent="Googlebot", color_scheme=color_scheme)
    assert violations_of(page, "short page") == []


def test_the_short_page_of_a_standard_says_how_sure_it_is_in_three_languages(open_page):
    page = open_page("s/wq-1-10/", java_script_enabled=False)
    for lang, sure in (("zh-Hans", "可靠程度"), ("zh-Hant-HK", "可靠程度"), ("en", "How sure are we?")):
        assert sure in page.locator(f"section[lang={lang}]").inner_text()


def test_a_preview_of_a_short_link_speaks_three_languages_and_has_a_card_of_its_own(january_project):
    site = january_project / "build/site"
    short = [site / "standards/index.html", *site.glob("[sfb]/*/index.html")]
    pages = [file for file in short if "og:title" in file.read_text("utf-8")]
    assert len(pages) > 50
    for file in pages:
        page = LexborHTMLParser(file.read_text("utf-8"))
        previews = [(one.attributes["property"], one.attributes["content"] or "") for one in page.css("meta[property]")]
        preview = dict(previews)
        assert preview["og:site_name"] == "湾区标准 · 灣區標準 · Bay Area Standards"
        parts = preview["og:description"].split(" · ")
        assert len(parts) in (3, 4), file
        assert re.search(r"[A-Za-z]{2} ", parts[-1]), file
        assert 20 < len(preview["og:description"]) < 200, file
        assert preview["og:description"] == attribute(page, "meta[name=description]", "content")
        assert [text for name, text in previews if str(name).startswith("og:locale")] == ["zh_CN", "zh_HK", "en_GB"]
        card = preview["og:image"].removeprefix(SITE_URL)
        assert card.count("/") == (1 if card == "cards/home.png" else 2), card
        with Image.open(site / card) as picture:
            assert [str(side) for side in picture.size] == [preview["og:image:width"], preview["og:image:height"]]
        assert preview["og:image:type"] == "image/png"
        assert preview["og:image:alt"] == preview["og:title"]
        # WeChat takes the first picture of the body.
        assert (file.parent / attribute(page, "body img", "src")).resolve() == (site / card).resolve()


def test_a_robot_reads_the_page_itself(open_page):
    page = open_page("s/wq-1-10/", user_agent="Mozilla/5.0 (compatible; Googlebot/2.1)")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/s/wq-1-10/")
    links = {one.get_attribute("hreflang"): one.get_attribute("href") for one in page.locator("link[hreflang]").all()}
    assert links == {
        "zh-Hans": f"{SITE_URL}zh-Hans/standards/wq-1-10/",
        "zh-Hant-HK": f"{SITE_URL}zh-Hant/standards/wq-1-10/",
        "en": f"{SITE_URL}en/standards/wq-1-10/",
        "x-default": f"{SITE_URL}s/wq-1-10/",
    }
    assert page.locator("link[rel=canonical]").get_attribute("href") == f"{SITE_URL}s/wq-1-10/"


@pytest.mark.parametrize("spelling", ["wq1-10", "t-gbas-8-2022", "tgbas8-2022"])
def test_a_number_as_people_write_it_leads_there_too(open_page, spelling):
    open_page(f"s/{spelling}/", locale="en-GB").wait_for_url("**/en/standards/wq-1-10/")


def test_a_former_address_leads_to_the_present_one(open_page):
    open_page("b/1/", locale="zh-HK").wait_for_url("**/zh-Hant/batches/2023-04/")


@pytest.mark.parametrize(("locale", "language"), [("zh-CN", "zh-Hans"), ("zh-MO", "zh-Hant"), ("pt-PT", "en")])
def test_the_list_opens_in_the_receivers_language_as_it_was_asked_for(open_page, locale, language):
    page = open_page("standards/?field=food&sort=-number#wq-1-10", locale=locale)
    page.wait_for_url(f"**/{language}/standards/?field=food&sort=-number#wq-1-10")


def test_without_script_the_list_is_offered_in_three_languages(open_page):
    page = open_page("standards/?only=wq-1-8", java_script_enabled=False)
    assert page.locator("section a").all_inner_texts() == ["打开简体页面", "開啟繁體網頁", "Open the English page"]
    assert "267" in page.locator("section[lang=en]").inner_text()
    page.click("section[lang=zh-Hant-HK] a")
    page.wait_for_url("**/zh-Hant/standards/")


def test_every_language_page_names_the_short_one_for_other_languages(january_project):
    for path, short in (
        ("standards/wq-1-10", "s/wq-1-10"),
        ("fields/food", "f/food"),
        ("batches/2023-04", "b/2023-04"),
        ("standards", "standards"),
    ):
        html = (january_project / f"build/site/zh-Hant/{path}/index.html").read_text("utf-8")
        assert f'hreflang="x-default" href="{SITE_URL}{short}/"' in html


def test_spellings_are_those_of_the_numbers(world):
    catalogue = read_content(world).catalogue()
    of = {standard.address: aliases(standard) for standard in catalogue.standards}
    assert of["tea-1"] == ["tea1"]
    assert of["tea-2"] == ["bai-cha", "tea2"]
    assert of["ku-cha"] == []
