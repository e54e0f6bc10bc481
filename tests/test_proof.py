"""The proof sheet: all of an announcement on paper, with what a reader in Hong Kong or Macao has to look at."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.__main__ import commands
from generator.announcing.proof import proof_sheet
from generator.catalogue.content import read_content
from generator.catalogue.languages import HTML_LANG, LANGUAGES, own_texts
from generator.catalogue.messages import ChoiceName
from tests.conftest import change_standard, violations_of

BATCH = "2020-03"


def sheet(language: str = "en", address: str = BATCH) -> LexborHTMLParser:
    """The sheet of the working folder's announcement."""
    content = read_content(Path())
    assert not content.problems
    catalogue = content.catalogue()
    (batch,) = (one for one in catalogue.batches if one.address == address)
    return LexborHTMLParser(proof_sheet(catalogue, batch, content.scripts, language))


def titles(row: LexborNode) -> dict[str, str]:
    """Language → the title in a row, without marks."""
    return {span.attributes["lang"] or "": span.text() for span in row.css(".title > span")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_has_three_titles_with_their_standings(world, language):
    batch = next(one for one in read_content(Path()).catalogue().batches if one.address == BATCH)
    rows = sheet(language).css("tbody tr")
    assert len(rows) == len(batch.standards)
    for row, standard in zip(rows, batch.standards, strict=True):
        assert titles(row) == {HTML_LANG[own]: text.words for own, text in own_texts(standard.title).items()}
        standings = [small.text() for small in row.css(".title > small")]
        for own, standing in zip(LANGUAGES, standings, strict=True):
            text = standard.title[own]
            assert standing.startswith(ChoiceName("standing", text.standing).in_language(language))
            assert standing.endswith(text.review)


def test_a_title_that_is_wanted_is_said_to_be(world):
    change_standard(world, "tea-1", {"title:en": "", "standing:en": ""})
    first = sheet().css("tbody tr")[0]
    assert titles(first)["en"] == ""
    assert "None yet" in first.text()


def test_what_conversion_changed_and_what_is_doubtful_is_marked_letter_by_letter(world):
    change_standard(
        world,
        "tea-1",
        {"title:zh-Hans": "想象的卤茶叶", "title:zh-Hant": "想像的滷茶葉", "standing:zh-Hant": "converted"},
    )
    page = sheet()
    first = page.css("tbody tr")[0]
    assert [one.text() for one in first.css(".changed")] == ["像", "葉"]
    (mark,) = first.css("mark")
    assert mark.text() == "滷 (or 鹵)"
    assert "doubtful characters (1)" in page.css("body")[0].text()


def test_an_official_title_has_no_marks(world):
    titles_of_it = {"title:zh-Hans": "想象的卤茶", "title:zh-Hant": "想像的滷茶", "standing:zh-Hant": "official"}
    change_standard(world, "tea-1", titles_of_it)
    assert not sheet().css("tbody tr")[0].css(".changed, mark")


def test_the_attachment_is_named_with_sheet_and_row_and_the_field_with_who_chose_it(world):
    change_standard(world, "tea-1", {"sources": "gazette#Annex:12 | kettle#7", "field_assigned_by": "catalogue"})
    text = sheet().css("tbody tr")[0].text()
    assert "Annex, row 12" in text
    assert re.search(r"\S, row 7", text)
    assert "assigned by this catalogue" in text
    change_standard(world, "tea-1", {"field_assigned_by": "source"})
    assert "stated by a source" in sheet().css("tbody tr")[0].text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_stands_alone_and_runs_nothing(world, language):
    page = sheet(language)
    assert not page.css("script, link, img, iframe, [src], [href], [style], [onload]")
    assert "url(" not in (page.html or "")
    assert len(page.css(".sign")) == 2


def test_what_strangers_wrote_is_text(world):
    change_standard(world, "tea-1", {"title:en": "<script>alert(1)</script>"})
    page = sheet()
    assert not page.css("script")
    assert "<script>alert(1)</script>" in page.css("tbody tr")[0].text()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_fits_every_screen_and_stands_in_nobodys_way(world, browser, width):
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.set_content(sheet("zh-Hant").html or "")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations_of(page, "proof") == []
    page.context.close()


def test_the_command_writes_it_below_build_or_into_a_new_file(world):
    first = CliRunner().invoke(commands, ["proof", BATCH])
    assert first.exit_code == 0, first.output
    assert (world / f"build/proof-{BATCH}.html").read_text("utf-8").startswith("<!doctype html>")
    assert CliRunner().invoke(commands, ["proof", BATCH]).exit_code == 0
    (world / "mine.html").write_text("a page of mine", "utf-8")
    refused = CliRunner().invoke(commands, ["proof", BATCH, "mine.html"])
    assert refused.exit_code == 1
    assert (world / "mine.html").read_text("utf-8") == "a page of mine"
    unknown = CliRunner().invoke(commands, ["proof", "2099-01"])
    assert unknown.exit_code == 1
    assert f"There is no batch ‘2099-01’; there are {BATCH}" in unknown.output
