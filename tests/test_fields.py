"""A standard lies in several fields, each where a source or this catalogue puts it."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from generator.announcing.plan import Answers, Plan, plan
from generator.catalogue.content import read_content
from generator.catalogue.facts import facts_in
from generator.catalogue.languages import LANGUAGES
from generator.publishing.exports.list_files import standards_csv
from tests.attachments import xlsx
from tests.browsing import DESK, served
from tests.conftest import REPOSITORY, change_standard, published_list
from tests.elements import attribute, element
from tests.test_check import messages

CARE_FOOD = "t-sata-094-2025"
BITTER_TEA = "ku-cha"
"""In leaves, as the catalogue says, and in cups, as a source says."""
ASSIGNED = {"zh-Hans": "由本站归类", "zh-Hant": "由本網站歸類", "en": "assigned by this catalogue"}


def page(project: Path, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / path / "index.html").read_text("utf-8"))


def data(project: Path, path: str) -> dict:
    return json.loads((project / "build/site/api/v1" / path).read_text("utf-8"))


def planned(attachment: bytes, name: str, batch: str = "") -> Plan:
    return plan(Path("content"), name, attachment, Answers(batch), date(2026, 11, 27))


def test_care_food_lies_in_food_and_in_elderly_care(real_catalogue):
    (standard,) = (one for one in real_catalogue.standards if one.address == CARE_FOOD)
    # No source on record says in which field it is.
    assert [(place.field.address, place.is_assigned_here) for place in standard.fields] == [
        ("food", True),
        ("elderly-care", True),
    ]
    assert all(standard in place.field.standards for place in standard.fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_buys_for_a_care_home_finds_care_food_under_elderly_care(real_project, language):
    rows = page(real_project, f"{language}/fields/elderly-care").css(".bas-standards tbody tr")
    assert [row for row in rows if row.css_first(f"a[href='../../standards/{CARE_FOOD}/']")]
    notice = page(real_project, f"{language}/fields/elderly-care/notice")
    assert "T/SATA 094" in element(notice, "body").text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_page_says_of_each_field_who_put_it_there(world_project, language):
    named = {
        attribute(node, "a", "href"): node.css_first(".bas-ours")
        for node in page(world_project, f"{language}/standards/{BITTER_TEA}").css("#facts ~ .bas-facts li")
        if node.css_first("a[href^='../../fields/']")
    }
    assert [(path, ours and ours.text()) for path, ours in named.items()] == [
        ("../../fields/leaves/", ASSIGNED[language]),
        ("../../fields/cups/", None),
    ]


def test_neighbours_are_those_of_the_principal_field(world_project):
    links = page(world_project, f"en/standards/{BITTER_TEA}").css(".bas-neighbours a")
    named = [str(link.attributes["href"]).split("/")[1] for link in links]
    fields = [data(world_project, f"standards/{address}.json")["field"] for address in named]
    assert set(fields) == {"leaves"}


@pytest.mark.parametrize("field", ["leaves", "cups"])
def test_the_pages_data_and_feed_of_each_field_have_it(world_project, field):
    assert f"standards/{BITTER_TEA}/" in str(page(world_project, f"en/fields/{field}").html)
    assert BITTER_TEA in data(world_project, f"fields/{field}.json")["standards"]
    feed = (world_project / f"build/site/feeds/en/{field}.json").read_text("utf-8")
    assert f"standards/{BITTER_TEA}/" in feed


def test_the_property_of_one_field_stays_and_another_has_all(world_project):
    one = data(world_project, f"standards/{BITTER_TEA}.json")
    assert (one["field"], one["field_assigned_by"]) == ("leaves", "catalogue")
    assert one["fields"] == [
        {"field": "leaves", "assigned_by": "catalogue"},
        {"field": "cups", "assigned_by": "source"},
    ]
    with (world_project / "build/site/api/v1/standards.csv").open(encoding="utf-8-sig", newline="") as file:
        (row,) = (row for row in csv.DictReader(file) if row["address"] == BITTER_TEA)
    assert (row["field"], row["field_assigned_by"]) == ("leaves", "catalogue")
    assert (row["fields"], row["fields_assigned_by"]) == ("leaves | cups", "catalogue | source")
    (entry,) = (one for one in data(world_project, "changes.json")["changes"] if one["address"] == BITTER_TEA)
    assert (entry["field"], entry["fields"]) == ("leaves", ["leaves", "cups"])


def test_a_list_published_before_there_were_several_is_read():
    standard = {"address": "tea-1", "field": "leaves", "field_assigned_by": "source"}
    assert facts_in({"standards": [standard]}) == {"tea-1": standard}


@pytest.mark.parametrize(
    "fields", ["leaves", ["leaves"], [{"field": "leaves"}], [{"field": ["a"], "assigned_by": "source"}]]
)
def test_a_published_list_whose_fields_are_none_is_refused(fields):
    with pytest.raises(ValueError, match="standards"):
        facts_in({"standards": [{"address": "tea-1", "fields": fields}]})


def test_the_filter_and_the_search_find_it_in_both(browser, world_project):
    with served(world_project / "build/site") as address:
        for field in ("leaves", "cups"):
            shown = browser.new_page(viewport=DESK)
            shown.goto(f"{address}en/standards/?field={field}")
            row = shown.locator(".bas-standards tbody tr", has=shown.locator(f"a[href='{BITTER_TEA}/']"))
            expect(row.locator(".bas-field")).to_have_text("Leaves, Cups")
            shown.goto(f"{address}en/standards/?q={field}")
            expect(row).to_have_count(1)
            shown.close()


@pytest.mark.parametrize(
    ("field", "assigners", "sentence"),
    [
        (
            "leaves | cups | dreams",
            "catalogue | source",
            "field_assigned_by names 2, field 3; write one for each field in the same order, or one for all",
        ),
        (
            "leaves",
            "catalogue | source",
            "field_assigned_by names 2, field 1; write one for each field in the same order, or one for all",
        ),
        ("leaves | leaves", "source", "field names ‘leaves’ 2 times; once is enough"),
        ("leaves | cups", "source | source", "field_assigned_by names ‘source’ 2 times; once is enough"),
        ("leaves | cupz", "source", "field ‘cupz’ is not in fields.yml; did you mean ‘cups’?"),
        ("leaves | cups", "", "has a field but no field_assigned_by; write source or catalogue"),
        ("leaves、cups", "source", "field ‘leaves、cups’ is not in fields.yml; write | between several"),
    ],
)
def test_the_check_says_what_is_wrong_with_several_fields(world, field, assigners, sentence):
    place = change_standard(world, "tea-1", {"field": field, "field_assigned_by": assigners})
    assert messages(world) == [f"{place}: {sentence}"]


@pytest.mark.parametrize("assigners", ["source", "source | catalogue | catalogue"])
def test_one_word_for_all_or_one_for_each_is_right(world, assigners):
    change_standard(world, "tea-1", {"field": "leaves | cups | dreams", "field_assigned_by": assigners})
    assert messages(world) == []


@pytest.mark.parametrize("cell", ["叶、杯", "葉；杯", "Leaves, Cups", "叶领域/杯领域"])
def test_a_cell_of_an_attachment_names_several_fields(world, cell):
    table = f'识别号,标准名称,领域\nTEA 60,跳舞的茶,"{cell}"\n'.encode()
    made = planned(table, "autumn.csv", "2021-09")
    assert made.problems == []
    assert (made.facts["tea-60"]["field"], made.facts["tea-60"]["field_assigned_by"]) == ("leaves | cups", "source")


def test_a_name_that_holds_a_sign_of_lists_stays_one(world):
    path = Path("content/records/fields.yml")
    path.write_text(path.read_text("utf-8").replace("zh-Hans: 梦\n", "zh-Hans: 梦、影和茶\n"), "utf-8")
    for cell, fields in (("梦、影和茶", "dreams"), ("叶、梦、影和茶、杯", "leaves | dreams | cups")):
        made = planned(f"识别号,标准名称,领域\nTEA 60,跳舞的茶,{cell}\n".encode(), "autumn.csv", "2021-09")
        assert (made.problems, made.facts["tea-60"]["field"]) == ([], fields)


def test_a_cell_with_a_field_that_nobody_knows_is_not_split(world):
    made = planned("识别号,标准名称,领域\nTEA 60,跳舞的茶,叶、茶舞\n".encode(), "autumn.csv", "2021-09")
    assert [str(one) for one in made.problems] == [
        "field ‘叶、茶舞’ seems to name several fields, and not all of them are recorded; add those first,"
        " or leave those that are recorded"
    ]


def test_a_heading_above_the_rows_is_never_split(world):
    made = planned(xlsx([["叶、杯"], [1, "TEA 50", "", "甲种茶", ""]], title=""), "autumn.xlsx", "2021-09")
    assert "field" not in made.facts["tea-50"]


def test_the_published_csv_that_was_corrected_in_one_of_two_cells_is_refused(world):
    exported = standards_csv(published_list(read_content(world)))
    rows = list(csv.DictReader(io.StringIO(exported.removeprefix("\ufeff"))))
    (row,) = (row for row in rows if row["address"] == BITTER_TEA)
    row["field"] = "dreams"
    called = f"row {rows.index(row) + 2}"
    assert [str(one) for one in planned(_csv(rows), "standards.csv").problems] == [
        f"{called}: field ‘dreams’ is not the first of fields ‘leaves | cups’; make the two cells agree"
    ]
    row |= {"fields": "dreams | cups", "fields_assigned_by": "source"}
    made = planned(_csv(rows), "standards.csv")
    assert made.problems == []
    assert {one.attribute: one.after for one in made.changes} == {
        "field": "dreams | cups",
        "field_assigned_by": "source",
    }


def _csv(rows: list[dict[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("zh-Hans", "食品、养老"), ("zh-Hant", "食品、養老"), ("en", "Food, Elderly care")],
)
def test_a_correction_names_all_fields_it_had_and_has(real_project, language, sentence):
    history = element(page(real_project, f"{language}/standards/{CARE_FOOD}"), ".bas-history")
    assert sentence in history.text()
    assert (REPOSITORY / "content/records/changes.csv").read_text("utf-8").count(f"{CARE_FOOD},field,") == 1
