"""The list as data: whole, record by record, and as its schema says."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from datetime import date
from itertools import chain

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from referencing import Registry, Resource
from selectolax.lexbor import LexborHTMLParser

from generator.announcing.plan import Answers, plan
from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.exports.formats import DOWNLOADS
from generator.publishing.exports.json_text import indented, one_line
from generator.publishing.exports.list_files import FORMULA, standards_csv
from tests.conftest import SITE_URL, published_list

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_json_is_written_as_the_library_writes_it(value):
    assert indented(value) == json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    assert one_line(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


KINDS = {"standards": "standard", "fields": "field", "batches": "batch", "organisations": "organisation"}


@pytest.fixture(params=["january_project", "world_project", "untitled_project"])
def api(request):
    return request.getfixturevalue(request.param) / "build/site/api/v1"


def read(path):
    return json.loads(path.read_text("utf-8"))


def validator(api, name: str) -> jsonschema.Draft202012Validator:
    schemas = [read(path) for path in sorted((api / "schema").glob("*.json"))]
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas)
    schema = next(one for one in schemas if one["$id"].endswith(f"/{name}.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(schema, registry=registry, format_checker=checker)


@pytest.mark.parametrize(("table", "kind"), KINDS.items())
def test_every_record_is_as_its_schema_says(api, table, kind):
    valid = validator(api, kind)
    records = read(api / f"{table}.json")[table]
    files = {path.stem: read(path) for path in (api / table).glob("*.json")}
    assert sorted(files) == sorted(record["address"] for record in records)
    assert {name: [fault.message for fault in valid.iter_errors(one)] for name, one in files.items()} == {
        name: [] for name in files
    }
    known = set(read(api / f"schema/{kind}.json")["properties"])
    assert {name: sorted(one.keys() - known) for name, one in files.items()} == {name: [] for name in files}
    # Nothing that no source states is there as an empty value.
    assert [
        one["address"] for one in files.values() if any(value in ("", [], {}, None) for value in one.values())
    ] == []


@pytest.mark.parametrize(
    ("table", "kind"), {"cases": "case", "events": "event", "statements": "statement", "adoption": "figure"}.items()
)
def test_what_is_told_of_the_list_is_as_its_schema_says(api, world_project, table, kind):
    valid, records = validator(api, kind), read(api / f"{table}.json")[table]
    assert {one["address"]: [fault.message for fault in valid.iter_errors(one)] for one in records} == {
        one["address"]: [] for one in records
    }
    known = set(read(api / f"schema/{kind}.json")["properties"])
    assert {name for one in records for name in one} <= known
    assert [one["address"] for one in records if any(value in ("", [], {}, None) for value in one.values())] == []
    assert read(api / "index.json")[f"{table}_url"] == f"{SITE_URL}api/v1/{table}.json"
    if world_project in api.parents:
        # Every property that a record may have is tried.
        assert {name for one in records for name in one} >= known - {"reviewed"}
        assert all(
            list(valid.iter_errors(one | {"kind": "lost", "topic": "lost", "said_on": "soon"})) for one in records
        )


def test_a_case_says_who_did_what_and_who_gives_each_figure(world_project):
    cases = {one["address"]: one for one in read(world_project / "build/site/api/v1/cases.json")["cases"]}
    teahouse = cases["whispering-teahouse"]
    assert (teahouse["kind"], teahouse["standards"], teahouse["happened_on"]) == (
        "demonstration",
        ["tea-1", "tea-3"],
        "2020-02-29",
    )
    institute, house = teahouse["bodies"]
    assert (institute["organisation"], institute["part"]["en"]) == ("institute-of-imaginary-tea", "Boiled the water")
    assert "organisation" not in house
    assert house["standing"] == {"zh-Hans": "official", "zh-Hant": "converted", "en": "translated"}
    assert [(one["figure"]["en"], one["source"]) for one in teahouse["results"]] == [
        ("4321 cups", "gazette"),
        ("765", "kettle"),
    ]
    assert teahouse["url"]["zh-Hant"] == f"{SITE_URL}zh-Hant/cases/#whispering-teahouse"
    # Of what is only known in part, no more is said.
    assert cases["library-of-cups"]["happened_earliest"] == "2021-01-02"
    assert cases["library-of-cups"].keys().isdisjoint({"happened_on", "happened_latest", "results", "bodies"})


def test_a_reviewed_title_says_by_whom_and_when(world_project):
    oolong = read(world_project / "build/site/api/v1/standards/tea-3.json")
    assert oolong["standing"]["zh-Hant"] == "reviewed"
    assert oolong["reviewed"] == {"zh-Hant": "2021-11-02 Nobody of the Kettle"}
    assert oolong["recorded_on"] == "2026-11-23"


def test_the_whole_list_is_as_its_schema_says_and_holds_every_standard(api):
    listed = read(api / "standards.json")
    assert list(validator(api, "standards").iter_errors(listed)) == []
    lines = [json.loads(line) for line in (api / "standards.ndjson").read_text("utf-8").splitlines()]
    addresses = [one["address"] for one in listed["standards"]]
    assert [one["address"] for one in lines] == addresses
    assert listed["recorded"] == len(addresses)
    with (api / "standards.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["address"] for row in csv.DictReader(file)] == addresses


def test_a_schema_refuses_what_is_no_standard(api):
    valid = validator(api, "standard")
    good = read(api / "standards.json")["standards"][0]
    for wrong in (
        good | {"address": "WQ 1"},
        good | {"status": "lost"},
        good | {"announced_on": "2023-13-01"},
        good | {"title": {"en": "x"}},
        {name: value for name, value in good.items() if name != "sources"},
    ):
        assert list(valid.iter_errors(wrong)) != []


def test_the_index_leads_to_every_file(api):
    index = read(api / "index.json")
    leads = [
        value for name, value in index.items() if isinstance(value, str) and name.endswith("_url") and "{" not in value
    ]
    for url in (*leads, *index["schemas"].values(), *index["about_url"].values()):
        assert url.startswith(SITE_URL)
        path = api.parents[1] / url.removeprefix(SITE_URL)
        assert (path / "index.html" if url.endswith("/") else path).is_file()
    assert index["record_url"] == SITE_URL + "api/v1/{table}/{address}.json"


def test_every_download_is_named_wherever_readers_and_programs_look_for_it(january_project):
    site = january_project / "build/site"
    index = read(site / "api/v1/index.json").values()
    page = LexborHTMLParser((site / "en/index.html").read_text("utf-8"))
    things = [json.loads(one.text()) for one in page.css("script[type='application/ld+json']")]
    (listed,) = (one for one in chain.from_iterable(map(flat, things)) if one.get("@type") == "Dataset")
    offered = {one["contentUrl"]: one["encodingFormat"] for one in listed["distribution"]}
    foot = {link.attributes["href"]: link.text() for link in page.css(".bas-footer a")}
    headers = (site / "_headers").read_text("utf-8")
    for download in DOWNLOADS:
        assert (site / download.path).is_file()
        assert SITE_URL + download.path in index
        assert offered.pop(SITE_URL + download.path) == download.media_type
        assert foot.get(f"../{download.path}", "") == download.name
        assert f"api/*.{download.ending}\n  Content-Type: {download.media_type};" in headers
    assert offered == {}


def flat(thing: dict | list) -> list[dict]:
    """The things of a page's JSON-LD, which may be one or several."""
    return thing if isinstance(thing, list) else thing.get("@graph", [thing])


def test_a_standard_names_its_pages_and_what_it_belongs_to(january_project):
    mooncakes = read(january_project / "build/site/api/v1/standards/wq-1-10.json")
    assert mooncakes["short_url"] == f"{SITE_URL}s/wq-1-10/"
    assert mooncakes["url"]["zh-Hant"] == f"{SITE_URL}zh-Hant/standards/wq-1-10/"
    assert (mooncakes["field"], mooncakes["batch"], mooncakes["announced_on"]) == ("food", "2023-04", "2023-04-24")
    assert mooncakes["title"]["zh-Hant"] == "廣式月餅"
    assert "status" not in mooncakes


def test_a_spreadsheet_finds_no_formula_in_the_list_and_the_list_comes_back_unchanged(world):
    path = world / "content/records/standards/batch-unknown.csv"
    path.write_text(path.read_text("utf-8").replace(",苦茶,苦茶,Bitter Tea,", ',=1+1,@苦茶,"-2+3",'), "utf-8")
    exported = standards_csv(published_list(read_content(world)))
    cells = [cell for row in csv.reader(exported.lstrip("\ufeff").splitlines()) for cell in row]
    assert [cell for cell in cells if cell[:1] in FORMULA and cell] == []
    assert {"'=1+1", "'@苦茶", "'-2+3"} <= set(cells)
    again = plan(world / "content", "standards.csv", exported.encode(), Answers(), date(2021, 11, 1))
    assert (again.problems, again.changes) == ([], [])


def test_the_examples_on_the_data_page_print_what_it_says(january_project, site, tmp_path):
    """Run as a reader would who copies them, in each language."""
    for language in LANGUAGES:
        html = (january_project / f"build/site/{language}/data/index.html").read_text("utf-8")
        blocks = [one.text().replace(SITE_URL, site) for one in LexborHTMLParser(html).css("pre code")]
        curl, python, printed = blocks
        command, _, shown = curl.removeprefix("$ ").partition("\n")
        said = subprocess.run(command, shell=True, capture_output=True, text=True, check=True).stdout
        assert said == shown
        (tmp_path / "example.py").write_text(python)
        ran = subprocess.run([sys.executable, tmp_path / "example.py"], capture_output=True, text=True, check=True)
        assert ran.stdout == printed
