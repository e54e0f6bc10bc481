"""Texts made of what every format obeys come out of each of them as the texts that they are."""

from __future__ import annotations

import csv
import json
import random
from io import BytesIO, StringIO
from pathlib import Path

import feedparser
import openpyxl
import pytest
import rispy
import vobject
from PIL import Image
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.sharing.card_drawing import SIZE
from generator.publishing.sharing.social_cards import cards
from tests.attacks.texts import (
    REFUSED,
    hostile,
    misread,
    new_structure,
    running_cells,
    spoil,
    structures,
    unlike_records,
)
from tests.browsing import DESK, served
from tests.conftest import JANUARY, built, make_project
from tests.elements import attribute


@pytest.fixture(scope="session")
def title(world_catalogue) -> str:
    (hostile,) = (one for one in world_catalogue.standards if one.address == "hostile")
    title = hostile.title["en"].words
    for dangerous in ("<script>", "*b*", "](javascript:", "{#id", "`code`", "\\", "&", '"', "'", "|", "#", "~", "![i]"):
        assert dangerous in title
    return title


@pytest.fixture(scope="session")
def world_site(world_project):
    return world_project / "build/site"


def test_in_the_data(world_site, title):
    api = world_site / "api/v1"
    assert json.loads((api / "standards/hostile.json").read_text())["title"]["en"] == title
    lines = [json.loads(line) for line in (api / "standards.ndjson").read_text().splitlines()]
    assert title in {one["title"]["en"] for one in lines}
    with (api / "standards.csv").open(encoding="utf-8-sig", newline="") as file:
        assert title in {row["title:en"] for row in csv.DictReader(file)}
    book = openpyxl.load_workbook(api / "standards.xlsx")
    for sheet in book:
        assert title in [cell for row in sheet.iter_rows(values_only=True) for cell in row]


def test_in_the_citations(world_site, title):
    citations = world_site / "api/v1/citations"
    assert json.loads((citations / "hostile.json").read_text())[0]["title"] == title
    (record,) = rispy.loads((citations / "hostile.ris").read_text())
    assert record["title"] == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_page_its_message_and_what_it_tells_machines(world_site, title, language):
    page = LexborHTMLParser((world_site / language / "standards/hostile/index.html").read_bytes())
    assert title in attribute(page, ".bas-share", "data-bas-message")
    assert title in attribute(page, "meta[property='og:title']", "content")
    assert attribute(page, "meta[name='citation_title']", "content") == title
    assert all(title in one.text() for one in page.css(".bas-citation dd"))
    told = [json.loads(one.text()) for one in page.css('script[type="application/ld+json"]')]
    assert title in {one.get("name") for one in told}


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_the_notice_and_the_short_page(world_site, title, language):
    notice = LexborHTMLParser((world_site / language / "fields/cups/notice/index.html").read_bytes())
    assert title in {one.text() for one in notice.css("tbody th")}
    assert [one.attributes.get("src") for one in notice.css("script, img")] == [
        "../../../../assets/javascripts/notice.js",
        "../../../../f/cups/qr.svg",
    ]
    short = LexborHTMLParser((world_site / "s/hostile/index.html").read_bytes())
    assert {one.text() for one in short.css("h1, h2")} == {title}
    # Once, as it is the same in the three languages.
    assert attribute(short, "meta[property='og:title']", "content") == title


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_feeds_and_calendar(world_site, title, language):
    feeds = world_site / "feeds" / language
    atom = feedparser.parse((feeds / "cups.xml").read_bytes())
    assert not atom.bozo
    assert any("javascript:alert(1)" in one.title for one in atom.entries)
    assert all(one.title_detail.type == "text/plain" for one in atom.entries)
    assert any(one["title"].endswith(title) for one in json.loads((feeds / "cups.json").read_text())["items"])
    vobject.readOne((feeds / "calendar.ics").read_text("utf-8"), validate=True)


def test_in_a_view_of_the_list_and_the_files_made_of_it(browser, world_site, title):
    faults, files = [], {}
    with served(world_site) as address:
        page = browser.new_page(viewport=DESK)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        page.goto(f"{address}en/standards/?with=zh-Hans&q=%3Cqzqzqz%3E")
        expect(page.locator(".bas-filter .bas-copy")).to_contain_text("<qzqzqz>")
        assert page.locator("qzqzqz").count() == 0
        page.goto(f"{address}en/standards/?with=zh-Hans&sort=title&q=script")
        expect(page.locator("#hostile .bas-beside")).to_have_text(title)
        assert page.locator(".bas-standards :is(img, script, iframe)").count() == 0
        for ending in ("csv", "bib", "ris"):
            with page.expect_download() as download:
                page.locator(f"[data-view={ending}]").click()
            files[ending] = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    assert faults == []
    (row,) = (one for one in csv.DictReader(StringIO(files["csv"], newline="")) if one["address"] == "hostile")
    assert (row["title:en"], [cell for cell in row.values() if cell[:1] in "=+-@\t\r" and cell]) == (title, [])
    assert title in {one["title"] for one in rispy.loads(files["ris"])}
    citations = world_site / "api/v1/citations"
    assert (citations / "hostile.bib").read_text("utf-8") in files["bib"]


def test_on_the_cards(world_content, title):
    catalogue = world_content.catalogue()
    drawn = [
        card
        for one in catalogue.standards
        for card in cards(one, catalogue.announced_up_to, world_content.labels)
        if card.file.endswith("/hostile.png")
    ]
    assert {words for card in drawn for words, _ in card.large} == {title}
    for card in drawn:
        with Image.open(BytesIO(card.draw())) as picture:
            assert picture.size == SIZE


def test_in_every_value_of_the_list(january_project, tmp_path):
    """The long trial of `tests.attacks` takes other texts, and more of them."""
    project = make_project(tmp_path, JANUARY)
    chance = random.Random(2026)
    spoil(project / "content/records", lambda text: hostile(chance, text))
    site = built(project) / "build/site"
    assert list(new_structure(structures(january_project / "build/site"), structures(site))) == []
    assert list(misread(site)) == []
    assert list(running_cells(site)) == []
    assert list(unlike_records(site, project / "content/records")) == []


@pytest.mark.parametrize("text", REFUSED, ids=ascii)
def test_what_no_format_holds_is_refused_with_its_line(world, text):
    file = world / "content/records/standards/batch-unknown.csv"
    file.write_text(file.read_text("utf-8").replace("Bitter Tea", text, 1), "utf-8", newline="")
    assert [one for one in read_content(world).problems if str(one).startswith(f"{file.relative_to(world)}:")]
