"""The use of the list, what happened around it, what is only derived: told wherever it belongs, and told as that."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.columns import CASE_KINDS
from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages.addresses import address_of
from tests.conftest import WORLD, built, make_project
from tests.elements import element
from tests.invented import titles

CASES = "cases/"
MARK = {"zh-Hans": "按日期推断", "zh-Hant": "按日期推斷", "en": "derived from dates"}


def page(project: Path, language: str, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / language / path / "index.html").read_bytes())


def copy(project: Path, language: str, path: str) -> str:
    return (project / "build/site" / language / path / "index.md").read_text("utf-8")


def section(tree: LexborHTMLParser, identifier: str) -> LexborHTMLParser:
    """What stands below the heading `identifier`, up to the next one of its rank."""
    node = element(tree, f"[id='{identifier}']")
    rank, html = node.tag, ""
    while (node := node.next) is not None and node.tag != rank and not (rank == "h3" and node.tag == "h2"):
        html += node.html or ""
    return LexborHTMLParser(html)


def links(tree: LexborHTMLParser) -> set[str]:
    return {node.attributes["href"] or "" for node in tree.css("a")}


def yaml_of(table: str) -> dict:
    return yaml.safe_load((WORLD / f"{table}.yml").read_text("utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_case_and_whatever_it_concerns_lead_to_each_other(world_project, world_catalogue, language):
    cases = page(world_project, language, CASES)
    for case in world_catalogue.cases:
        concerned = {*case.standards, *case.fields, *(body.organisation for body in case.bodies if body.organisation)}
        concerned |= {one.batch for one in case.standards if one.batch}
        concerned |= {one.field for one in case.standards if one.field}
        assert concerned
        back = links(section(cases, case.address))
        for record in concerned:
            path = address_of(record)
            assert f"../{path}" in back
            assert f"../../{CASES}#{case.address}" in links(page(world_project, language, path))
            assert f"](../../{CASES}#{case.address})" in copy(world_project, language, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_names_a_case_that_does_not_concern_it(world_project, world_catalogue, language):
    named = {
        f"{file.parent.relative_to(world_project / 'build/site' / language)}/": set(
            re.findall(r"/cases/#([a-z-]+)", text)
        )
        for file in (world_project / "build/site" / language).rglob("index.md")
        if (text := file.read_text("utf-8"))
    }
    assert {path for path, cases in named.items() if "teahouse-on-the-moon" in cases} == {
        "standards/tea-1/",
        "fields/leaves/",
        "batches/2020-03/",
        "organisations/guild-of-empty-cups/",
        # What is new is told there.
        "changes/",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_cases_stand_by_kind_and_planned_ones_apart_and_last(world_project, world_catalogue, language):
    tree = page(world_project, language, CASES)
    headings = [node.attributes["id"] for node in tree.css("article h2[id]")]
    assert headings == [*CASE_KINDS, "figures"]
    planned = section(tree, "planned")
    assert [node.attributes["id"] for node in planned.css("h3")] == ["teahouse-on-the-moon"]
    # Wherever else it is named, its kind stands beside it.
    words = element(tree, "#planned").text().rstrip("¶").strip()
    for path in ("standards/tea-1/", "fields/leaves/", "batches/2020-03/", "organisations/guild-of-empty-cups/"):
        (entry,) = page(world_project, language, path).css("li:has(> a[href$='#teahouse-on-the-moon'])")
        assert words in entry.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_cases_holds_no_number_that_no_record_states(world_project, language):
    """Unlike figures are never added up, and nobody counts cases."""
    article = element(page(world_project, language, CASES), "article")
    records = "".join(file.read_text("utf-8") for file in sorted(WORLD.rglob("*.*")))
    stated = {number.lstrip("0") for number in re.findall(r"\d+", records)}
    printed = set(re.findall(r"\d+", article.text().replace(",", "")))
    assert printed <= stated
    results = [one["figure"][language] for case in yaml_of("cases").values() for one in case.get("results", [])]
    figures = [one["figure"][language] for one in yaml_of("adoption").values()]
    assert [figure for figure in results + figures if figure not in article.text()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_stands_with_what_it_counts_and_who_says_so(world_project, language):
    tree = page(world_project, language, CASES)
    sources = yaml_of("sources")
    for address, case in yaml_of("cases").items():
        text = section(tree, address).text()
        for one in case.get("results", []):
            assert one["counts"][language] in text
            assert sources[one["source"]]["name"][language] in text
    for one in yaml_of("adoption").values():
        (row,) = (row for row in tree.css(".bas-use tr") if one["counts"][language] in row.text())
        assert one["figure"][language] in row.text()
        assert all(sources[source]["name"][language] in row.text() for source in one["sources"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_happened_stands_with_its_announcement_and_what_was_only_coming_apart(world_project, language):
    events = yaml_of("events")
    for path, batch in (*((f"batches/{one}/", one) for one in yaml_of("batches")), ("batches/", "")):
        tree = page(world_project, language, path)
        expected = {"events": set(), "coming": set()}
        for one in events.values():
            if not batch or one.get("batch") == batch:
                expected["coming" if one["kind"] in ("public_notice", "drafting") else "events"].add(
                    one["title"][language]
                )
        for place, names in expected.items():
            told = section(tree, place).css(".bas-event .bas-name") if tree.css_first(f"#{place}") else []
            assert {node.text() for node in told} == names


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "events", "coming"),
    [
        ("standards/tea-2/", ["prize-for-silence"], []),
        ("standards/tea-4/", [], ["draft-of-rain"]),
        ("fields/dreams/", ["call-for-dreams"], []),
        ("fields/cups/", [], ["draft-of-rain"]),
        ("organisations/institute-of-imaginary-tea/", ["first-kettle"], []),
        ("organisations/guild-of-empty-cups/", ["prize-for-silence"], ["draft-of-rain"]),
    ],
)
def test_what_happened_stands_with_whatever_it_concerns(world_project, language, path, events, coming):
    tree, titles = page(world_project, language, path), yaml_of("events")
    for place, addresses in (("events", events), ("coming", coming)):
        told = section(tree, place).css(".bas-event .bas-name") if tree.css_first(f"#{place}") else []
        assert [node.text() for node in told] == [titles[address]["title"][language] for address in addresses]


def test_what_was_only_coming_is_in_no_count(tmp_path, world_project, monkeypatch):
    """Without it every page but those that tell it stays the same."""
    project = make_project(tmp_path, WORLD)
    path = project / "content/records/events.yml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("notice-of-clouds:")], "utf-8")
    built(project)
    site, other = world_project / "build/site", project / "build/site"
    changed = {
        file.parent.relative_to(site).as_posix().partition("/")[2]
        for file in site.rglob("index.md")
        if file.read_bytes() != (other / file.relative_to(site)).read_bytes()
    }
    assert changed == {
        "batches",
        "batches/2021-09",
        # These four name the version, which is one of all records.
        "changes",
        "data",
        "standards",
        "versions",
        "fields/cups",
        "organisations/guild-of-empty-cups",
        "standards/tea-4",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_sources_say_stands_with_its_announcement_and_its_sources(world_project, language):
    sources = yaml_of("sources")
    for one in yaml_of("statements").values():
        text = section(page(world_project, language, f"batches/{one['batch']}/"), "statements").text()
        assert one["text"][language] in text
        assert all(sources[source]["name"][language] in text for source in one["sources"])


# --- a batch that only dates lead to ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_derived_batch_has_its_mark_wherever_it_is_shown(world_project, language):
    mark = MARK[language]
    own = page(world_project, language, "standards/hen-chang/")
    (facts,) = (node for node in own.css(".bas-facts > div") if "batches/2021-09/" in (node.html or ""))
    assert mark in facts.text()
    reason = {
        "zh-Hans": "剪报晚于头春，此后只有秋茶。",
        "zh-Hant": "剪報晚於頭春，此後只有秋茶。",
        "en": "The clipping is younger than the first flush; after that there was only the autumn flush.",
    }
    assert reason[language] in element(own, "#sources ~ p").text()
    for path in ("standards/", "batches/2021-09/"):
        tree = page(world_project, language, path)
        marked = [row for row in tree.css(".bas-standards tbody tr") if mark in row.text()]
        (row,) = marked
        assert "hen-chang" in (row.html or "")
        (line,) = (line for line in copy(world_project, language, path).splitlines() if mark in line)
        assert "hen-chang" in line
    case = section(page(world_project, language, CASES), "moonlit-race")
    assert mark in case.text()
    assert mark in copy(world_project, language, "standards/hen-chang/")
    for page_part in (
        element(own, ".bas-answer").text(),
        element(own, ".bas-share").attributes["data-bas-message"] or "",
    ):
        assert {"zh-Hans": "推断", "zh-Hant": "推斷", "en": "derived"}[language] in page_part


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_says_that_a_derived_standard_was_announced_on_the_day_of_its_batch(
    world_project, world_catalogue, language
):
    (standard,) = (one for one in world_catalogue.standards if one.derivation)
    assert (standard.batch.address, standard.announced_on) == ("2021-09", None)
    own = page(world_project, language, "standards/hen-chang/")
    assert own.css("article time") == []
    linked = "".join(node.text() for node in own.css("script[type='application/ld+json']"))
    assert "2021-" not in linked
    assert own.css_first("meta[name='citation_publication_date']") is None


def test_a_derived_standard_has_but_the_day_it_was_recorded_in_feeds_data_and_sitemap(tmp_path):
    project = make_project(tmp_path, WORLD)
    path = project / "content/records/standards/batch-2021-09.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # The feed of a field tells its standards.
    rows[1] |= {"field": "cups", "field_assigned_by": "source"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    built(project)
    site = project / "build/site"
    one = json.loads((site / "api/v1/standards/hen-chang.json").read_text("utf-8"))
    assert (one["field"], one["batch"], one["batch_derived_from"]) == ("cups", "2021-09", ["kettle", "gazette"])
    assert set(one["batch_reason"]) == set(LANGUAGES)
    assert "announced_on" not in one
    for file in (site / "feeds").rglob("cups.json"):
        items = [item for item in json.loads(file.read_text("utf-8"))["items"] if "/hen-chang/" in item["url"]]
        # It is news on the day on which it was recorded alone.
        assert {item["date_published"][:10] for item in items} <= {"2026-11-23"}
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    entries = re.findall(r"<url>.*?</url>", sitemap, re.DOTALL)
    own = [entry for entry in entries if "/standards/hen-chang/</loc>" in entry]
    assert {re.findall("<lastmod>(.*)</lastmod>", entry)[0] for entry in own} == {"2026-11-23"}


def test_the_spreadsheet_says_why_a_batch_is_derived(world_project):
    book = openpyxl.load_workbook(world_project / "build/site/api/v1/standards.xlsx")
    headings = ("推断批次的依据", "推斷批次的依據", "Why this announcement")
    for language, sheet, heading in zip(LANGUAGES, book, headings, strict=True):
        head, *rows = sheet.iter_rows(values_only=True)
        place = head.index(heading)
        assert head[place - 1] == ("Announcement" if language == "en" else "批次")
        titles = [str(row[2]) for row in rows if row[place]]
        assert len(titles) == 1
        assert titles[0].startswith({"zh-Hans": "很长", "zh-Hant": "很長", "en": "A very long title"}[language])


def test_the_index_of_the_search_says_which_batches_are_derived(world_project, world_catalogue):
    index = json.loads((world_project / "build/site/assets/search.json").read_text("utf-8"))
    derived = [n for n, one in enumerate(world_catalogue.standards) if one.derivation]
    assert index["derived"] == derived
    assert [index["paths"][n] for n in derived] == ["standards/hen-chang/"]


# --- many cases ---

MANY = 200
LIGHT = 400_000
"""Bytes of a page that opens at once on a phone; a server sends a tenth of them."""


def write_cases(file: Path, count: int) -> None:
    """Write `count` invented cases, one kind after the other."""
    standards = ("tea-1", "tea-2", "tea-3", "tea-4", "tea-9")
    cases = {}
    for n, words in enumerate(titles(count)):
        wording = dict(zip(LANGUAGES, words, strict=True))
        cases[f"use-{n}"] = {
            "title": wording,
            "standing": dict.fromkeys(LANGUAGES, "devised"),
            "kind": CASE_KINDS[n % len(CASE_KINDS)],
            "standards": [standards[n % len(standards)]],
            "happened_latest": "2020-02-01",
            "described": {language: " ".join([f"{text}."] * 3) for language, text in wording.items()},
            "bodies": [{"organisation": "guild-of-empty-cups", "part": wording}],
            "results": [{"figure": wording, "counts": wording, "source": "gazette"}],
            "sources": ["gazette", "kettle"],
            "recorded_on": "2020-03-01",
        }
    file.write_text(json.dumps(cases, ensure_ascii=False, indent=1), "utf-8")


@pytest.fixture(scope="module")
def many_cases(tmp_path_factory) -> Path:
    project = make_project(tmp_path_factory.mktemp("many-cases"), WORLD)
    write_cases(project / "content/records/cases.yml", MANY)
    return built(project)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_hundred_cases_stand_on_one_light_page_with_its_contents(many_cases, language):
    tree = page(many_cases, language, CASES)
    assert len(tree.css("article h3[id]")) == MANY
    kinds = [node.attributes["id"] for node in tree.css("article h2[id]")]
    assert kinds == [*CASE_KINDS, "figures"]
    contents = [node.attributes["href"] for node in tree.css(".bas-parts a")]
    assert contents == [f"#{kind}" for kind in kinds]
    assert (many_cases / "build/site" / language / CASES / "index.html").stat().st_size < LIGHT


def test_a_record_is_referred_to_by_its_former_address_too(world):
    """An import that finds a better address for a standard leaves what others say of it as it is."""
    path = world / "content/records/events.yml"
    path.write_text(path.read_text("utf-8").replace("standards: [tea-2]", "standards: [bai-cha]"), "utf-8")
    content = read_content(Path())
    assert content.problems == []
    (moved,) = (one for one in content.catalogue().standards if "bai-cha" in one.former_addresses)
    assert [one.standards for one in moved.events] == [(moved,)]
