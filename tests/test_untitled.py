"""A standard without a title in a language is published all the same, under the title that it has."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from generator.announcing.plan import Answers, plan
from generator.catalogue.content import read_content
from generator.catalogue.facts import facts_in, facts_of
from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.publishing.exports.list_files import standards_csv
from generator.publishing.sharing.social_cards import cards
from tests.browsing import DESK, served
from tests.conftest import (
    UNTITLED,
    built,
    change_standard,
    published_list,
    violations_of,
    without_titles,
)
from tests.elements import attribute, element

SHOWN = {"tea-1": ("en", "白毫", "zh-Hans"), "tea-2": ("zh-Hant", "陈年乌龙", "zh-Hans")}
"""Standard → the language that lacks its title, the title that is shown instead, its `lang`."""
SAID_TO_BE_WANTED = {
    ("en", "zh-Hans"): "英文：暂缺",
    ("en", "zh-Hant"): "英文：暫缺",
    ("zh-Hant", "zh-Hans"): "繁体中文：暂缺",
    ("zh-Hant", "en"): "Traditional Chinese: None yet",
}
"""(The language that lacks the title, that of the page) → what stands in its place."""
WORDS = {
    "tea-1": "No English title yet. The title shown is the Chinese one.",
    "tea-2": "本標準暫無繁體名稱，這裏顯示的是簡體名稱。",
}


def page_of(project: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / path / "index.html").read_bytes())


def data_of(project: Path, name: str):
    return json.loads((project / "build/site/api/v1" / name).read_text("utf-8"))


@pytest.mark.parametrize("address", SHOWN)
def test_its_page_shows_the_title_that_it_has_and_says_what_is_wanted(untitled_project, address):
    own, title, lang = SHOWN[address]
    page = page_of(untitled_project, f"{own}/standards/{address}")
    heading = element(page, "h1")
    assert heading.text() == title
    assert attribute(heading, "span[lang]", "lang") == lang
    assert WORDS[address] in element(page, "article").text()
    # Its other titles stand below, each with whose it is; the one that is wanted has no standing.
    assert page.css(".bas-own") == []
    assert [attribute(one, "span[lang]", "lang") for one in page.css(".bas-titles li")] == [
        HTML_LANG[other] for other in LANGUAGES if other != own
    ]
    assert len(page.css(".bas-whose")) == 2
    plain = (untitled_project / f"build/site/{own}/standards/{address}/index.md").read_text("utf-8")
    assert plain.startswith(f"# {title}\n\n{WORDS[address]}\n")
    for other in set(LANGUAGES) - {own}:
        page = page_of(untitled_project, f"{other}/standards/{address}")
        assert page.css("h1 span[lang]") == []
        (wanted,) = page.css(".bas-titles .bas-unknown")
        assert wanted.text() == SAID_TO_BE_WANTED[own, other]
        assert not any(words in element(page, "article").text() for words in WORDS.values())


def test_a_reader_can_send_a_title_where_there_is_somebody_to_send_it_to(world, monkeypatch, untitled_project):
    assert "Suggest a title" not in element(page_of(untitled_project, "en/standards/tea-1"), "article").text()
    monkeypatch.setenv("CONTACT", "mailto:tea@standards.invalid")
    page = page_of(built(without_titles(world)), "en/standards/tea-1")
    link = element(page, "article a[href='#correct']")
    assert link.text() == "Suggest a title"
    assert attribute(page, "#correct a", "href").startswith("mailto:tea@standards.invalid?subject=Correction")


@pytest.mark.parametrize("address", SHOWN)
def test_wherever_it_is_named_its_title_is_marked_with_its_language(untitled_project, address):
    own, title, lang = SHOWN[address]
    site = untitled_project / "build/site"
    found = set()
    for file in (site / own).rglob("*.html"):
        for link in LexborHTMLParser(file.read_bytes()).css(f"article a:not([class])[href$='/{address}/']"):
            found.add(file.parent.relative_to(site / own).parts[:1])
            assert [one.text() for one in link.css(f"span[lang={lang}]")] == [title], file
    assert found >= {("standards",), ("batches",), ("fields",), ("organisations",), ("changes",)}
    notice = page_of(untitled_project, f"{own}/fields/leaves/notice")
    assert title in [cell.text() for cell in notice.css(f"th[lang={lang}]")]
    short = page_of(untitled_project, f"s/{address}")
    (section,) = (one for one in short.css("section") if own in (one.attributes["lang"] or ""))
    assert (element(section, "h2").text(), attribute(section, "h2", "lang")) == (title, lang)
    assert title in element(short, "title").text()


def test_a_list_says_that_titles_are_wanted_where_one_of_them_is(untitled_project):
    sentence = "Standards without an English title are listed by their Chinese title until they have one."
    said = {
        path: sentence in element(page_of(untitled_project, f"en/{path}"), "body").text()
        for path in ("standards", "batches/2020-03", "fields/leaves", "fields/leaves/notice", "batches/2021-09")
    }
    assert said == dict.fromkeys(said, True) | {"batches/2021-09": False}


def test_the_data_says_null_and_no_column_holds_a_title_in_another_language(untitled_project, untitled_content):
    listed = {one["address"]: one for one in data_of(untitled_project, "standards.json")["standards"]}
    for address, language in UNTITLED.items():
        for one in (listed[address], data_of(untitled_project, f"standards/{address}.json")):
            assert (one["title"][language], one["standing"][language]) == (None, None)
            assert all(one["title"][other] for other in LANGUAGES if other != language)
    published = published_list(untitled_content)
    assert facts_in(data_of(untitled_project, "standards.json")) == facts_of(published.catalogue)
    rows = {row["address"]: row for row in csv.DictReader(io.StringIO(standards_csv(published).removeprefix("\ufeff")))}
    assert (rows["tea-1"]["title:en"], rows["tea-1"]["standing:en"]) == ("", "")
    assert (rows["tea-2"]["title:zh-Hant"], rows["tea-2"]["standing:zh-Hant"]) == ("", "")
    sheet = openpyxl.load_workbook(untitled_project / "build/site/api/v1/standards.xlsx")["English"]
    head, *cells = sheet.iter_rows(values_only=True)
    tea = next(dict(zip(head, row, strict=True)) for row in cells if row[0] == "TEA 1")
    assert (tea["English title"], tea["Source of English title"]) == (None, None)
    assert tea["Simplified Chinese title"] == "白毫"


def test_the_list_that_was_exported_changes_nothing_when_it_is_imported(world):
    data = standards_csv(published_list(read_content(without_titles(world)))).encode()
    made = plan(Path("content"), "standards.csv", data, Answers(), date(2026, 12, 1))
    assert (made.problems, made.questions, made.changes) == ([], [], [])


def test_a_title_that_comes_later_is_a_change_in_its_history(world):
    without_titles(world)
    Path("content/records/addresses.txt").write_text("standards/tea-1\n", "utf-8")
    data = "标准编号,标准名称,英文名称\n茶/T 1-2020,白毫,White Down\n".encode()
    made = plan(Path("content"), "annex.csv", data, Answers(batch="2020-03"), date(2026, 12, 1))
    assert (made.problems, made.questions, made.left) == ([], [], [])
    assert made.facts["tea-1"]["standing:en"] == "official"
    assert "2026-12-01,2020-03,tea-1,title:en,,White Down," in made.texts["changes.csv"]


def test_a_title_that_comes_or_goes_reaches_every_page_that_names_it(world):
    titles = built(world) / "build/site"
    first = {path: path.read_bytes() for path in titles.rglob("*.html")}
    cells = {"title:en": "White Down", "standing:en": "translated"}
    change_standard(world, "tea-1", dict.fromkeys(cells, ""))
    built(world)
    assert "White Down" not in element(page_of(world, "en/standards"), "body").text()
    change_standard(world, "tea-1", cells)
    built(world)
    assert {path: path.read_bytes() for path in titles.rglob("*.html")} == first


def test_a_title_may_be_taken_back(world):
    change_standard(world, "tea-1", {"title:en": "", "standing:en": ""})
    changes = world / "content/records/changes.csv"
    changes.write_text(changes.read_text("utf-8") + "2022-01-01,,tea-1,title:en,White Down,,gazette\n", "utf-8")
    page = page_of(built(world), "en/standards/tea-1")
    assert "English title removed: White Down" in element(page, ".bas-history").text()


def test_feeds_calendar_and_cards_tell_of_it_by_the_title_that_it_has(untitled_project, untitled_content):
    feed = json.loads((untitled_project / "build/site/feeds/en/leaves.json").read_text("utf-8"))
    assert any("白毫" in item["title"] for item in feed["items"])
    calendar = (untitled_project / "build/site/feeds/en/calendar.ics").read_text("utf-8")
    assert re.search("^SUMMARY:.*白毫", calendar, re.MULTILINE)
    catalogue, labels = untitled_content.catalogue(), untitled_content.labels
    oolong = next(one for one in catalogue.standards if one.address == "tea-2")
    drawn = {card.file: card for card in cards(oolong, catalogue.announced_up_to, labels)}
    simplified, traditional = (drawn[f"cards/{language}/standards/tea-2.png"] for language in ("zh-Hans", "zh-Hant"))
    assert traditional.large == (("陈年乌龙", "zh-Hans"),)
    assert traditional.draw() != simplified.draw()


def test_machines_are_told_the_language_of_the_title(untitled_project):
    page = page_of(untitled_project, "en/standards/tea-1")
    work = next(
        thing
        for node in page.css('script[type="application/ld+json"]')
        if (thing := json.loads(node.text()))["@type"] == "CreativeWork"
    )
    assert work["name"] == {"@language": "zh-Hans", "@value": "白毫"}
    assert work["alternateName"] == [{"@language": "zh-Hant-HK", "@value": "白毫"}]
    assert attribute(page, "meta[name=citation_title]", "content") == "白毫"
    assert attribute(page, "meta[name=citation_language]", "content") == "zh-Hans"
    (item,) = data_of(untitled_project, "citations/tea-1.json")
    assert (item["title"], item["language"]) == ("白毫", "zh-CN")
    bibtex = (untitled_project / "build/site/api/v1/citations/tea-1.bib").read_text("utf-8")
    assert "titleaddon" not in bibtex
    cited = [node.text() for node in page.css(".bas-citation dd span[lang=zh-Hans]")]
    assert len(cited) == 3
    assert not any("[白毫]" in text or " ." in text for text in cited)


@pytest.fixture(scope="module")
def site(untitled_project):
    with served(untitled_project / "build/site") as address:
        yield address


@pytest.mark.parametrize("typed", ["白毫", "baihao", "silver tip", "TEA 1"])
def test_it_is_found_by_any_of_its_names_and_said_to_want_a_title(browser, site, typed):
    page = browser.new_context(viewport=DESK).new_page()
    page.goto(f"{site}en/")
    page.keyboard.press("/")
    page.keyboard.type(typed)
    first = page.get_by_role("option").first
    expect(first.locator(".bas-result-title[lang=zh-Hans]")).to_have_text("白毫")
    expect(first.locator(".bas-result-about")).to_have_text("TEA 1, 茶/T 1-2020 · no English title yet")
    page.context.close()


def test_in_english_order_it_stands_last(browser, site):
    page = browser.new_context(viewport=DESK).new_page()
    for sort in ("title", "-title"):
        page.goto(f"{site}en/standards/?sort={sort}")
        expect(page.locator("th[aria-sort]")).to_have_text("Title")
        expect(page.locator(".bas-standards tbody .bas-title a").last).to_have_text("白毫")
    page.context.close()


@pytest.mark.parametrize("path", ["en/standards/tea-1/", "en/standards/", "zh-Hant/standards/tea-2/"])
def test_axe_finds_no_fault(browser, site, path):
    page = browser.new_context(viewport=DESK).new_page()
    page.goto(site + path)
    assert violations_of(page, path) == []
    page.context.close()
