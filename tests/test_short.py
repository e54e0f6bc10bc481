"""A short link lasts, and opens in the language of whoever opens it."""

from __future__ import annotations

import pytest

from generator.catalogue.content import read_content
from generator.publishing.sharing.short_links import aliases
from tests.conftest import SITE_URL


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


def test_every_language_page_names_the_short_one_for_other_languages(january_project):
    for path, short in (
        ("standards/wq-1-10", "s/wq-1-10"),
        ("fields/food", "f/food"),
        ("batches/2023-04", "b/2023-04"),
    ):
        html = (january_project / f"build/site/zh-Hant/{path}/index.html").read_text("utf-8")
        assert f'hreflang="x-default" href="{SITE_URL}{short}/"' in html


def test_spellings_are_those_of_the_numbers(world):
    catalogue = read_content(world).catalogue()
    of = {standard.address: aliases(standard) for standard in catalogue.standards}
    assert of["tea-1"] == ["tea1"]
    assert of["tea-2"] == ["bai-cha", "tea2"]
    assert of["ku-cha"] == []
