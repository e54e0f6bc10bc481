"""A designation is printed in one form in each language, and never glued to another number."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.exports.feeds import FEEDS
from tests.browsing import PHONE
from tests.elements import element

DESIGNATION = re.compile(r"(?:T/[A-Z]+|茶/T) \d+(?P<dash>[-—])\d{4}")
DATA = "script, code, meta[name='eprints.id_number'], [data-copy], [data-copies], .bas-citation dd"
"""What holds numbers for programs, and for who copies one; a citation is in the language of its title."""


def printed(file: Path) -> str:
    """What a reader of the page in `file` sees, its head and its message for a chat included."""
    if file.suffix != ".html":
        return re.sub(r"`[^`]*`|^- (?:GB/T|ISO).*$", "", file.read_text("utf-8"), flags=re.MULTILINE)
    tree = LexborHTMLParser(file.read_bytes())
    for node in tree.css(DATA):
        node.remove()
    return tree.html or ""


@pytest.mark.parametrize("name", ["january_project", "world_project"])
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_feeds_and_calendars_print_one_form(name, language, request):
    site = request.getfixturevalue(name) / "build/site"
    folders = (site / language, site / FEEDS / language)
    files = [file for folder in folders for file in folder.rglob("*.*") if file.suffix not in (".gz", ".br")]
    found = set()
    for file in files:
        text = printed(file)
        for number in DESIGNATION.finditer(text):
            found.add(number["dash"])
            place = (file.relative_to(site).as_posix(), number[0])
            assert number["dash"] == ("-" if language == "en" else "—"), place
            assert not re.search(r"(WQ|TEA) [\d-]+(</span>)? ?(<span[^>]*>)?$", text[: number.start()]), place
    assert found


def test_a_short_page_prints_the_form_of_each_language(january_project):
    tree = LexborHTMLParser((january_project / "build/site/s/wq-1-10/index.html").read_bytes())
    assert [element(section, "[translate=no]").text() for section in tree.css("section")] == [
        "WQ 1-10、T/GBAS 8—2022",
        "WQ 1-10、T/GBAS 8—2022",
        "WQ 1-10, T/GBAS 8-2022",
    ]
    assert element(tree, "title").text().endswith(" · WQ 1-10、T/GBAS 8—2022")


def test_data_keep_the_hyphen(january_project):
    site = january_project / "build/site"
    standards = json.loads((site / "api/v1/standards.json").read_text("utf-8"))["standards"]
    assert "T/GBAS 8-2022" in {one.get("designation") for one in standards}
    assert "T/GBAS 8-2022" in (site / "api/v1/citations/wq-1-10.ris").read_text("utf-8")


def test_the_search_and_the_filtered_list_print_the_form_of_the_page(open_page):
    for language, numbers in (("zh-Hant", "WQ 1-10、T/GBAS 8—2022"), ("en", "WQ 1-10, T/GBAS 8-2022")):
        page = open_page(f"{language}/about/", PHONE)
        page.locator("[data-bas-search]").click()
        page.locator("dialog input").fill("T/GBAS 8")
        page.locator(".bas-result-about").first.wait_for()
        assert page.locator(".bas-result-about").first.inner_text() == numbers
