"""What the README, the map of the generator and the editor's guide say is true."""

from __future__ import annotations

import csv
import re

import pytest

from generator.catalogue.columns import ASSIGNERS, ROUTES, STATUSES, TABLES
from generator.catalogue.languages import LANGUAGES, STANDINGS
from generator.publishing.exports.json_api import table_files
from tests.conftest import REPOSITORY
from tests.test_check import run

README = (REPOSITORY / "README.md").read_text("utf-8")
MAP = (REPOSITORY / "generator/README.md").read_text("utf-8")
GUIDE = (REPOSITORY / "content/README.md").read_text("utf-8")


def test_the_check_shown_in_the_readme_prints_what_it_shows():
    (shown,) = re.findall(r"\$ \.venv/bin/python -m generator check\n(.*)\n", README)
    # The figures grow with the list, and its version changes with each record. Below it may be what is wanted.
    figure = r"[\da-f]{8}(?=\.)|\d+"
    assert re.sub(figure, "N", run("check", folder=REPOSITORY).stdout.splitlines()[0]) == re.sub(figure, "N", shown)


def test_every_make_command_that_is_shown_exists():
    targets = set(re.findall(r"^([a-z]+):", (REPOSITORY / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = set(
        re.findall(r"\bmake ([a-z]+)\b", "\n".join(re.findall(r"```.*?```|`[^`]+`", README + MAP + GUIDE, re.DOTALL)))
    )
    assert sorted(named - targets) == []
    assert named >= {"site", "serve", "test", "check"}


def test_every_file_that_is_named_exists():
    named = set(re.findall(r"`((?:content|generator|overrides|tests|\.github|requirements)/[\w./-]*)`", README + MAP))
    assert sorted(path for path in named if not (REPOSITORY / path).exists()) == []
    below = set(re.findall(r"`((?:records|pages)/[\w./-]*|labels\.yml|scripts\.yml)`", GUIDE))
    assert sorted(path for path in below if not (REPOSITORY / "content" / path).exists()) == []


def test_the_map_names_every_folder_of_the_generator_and_every_name_in_it_is_in_the_program():
    folders = {
        path for path in (REPOSITORY / "generator").rglob("*") if list(path.glob("*.py")) or path.name == "templates"
    }
    rows = set(re.findall(r"^\| `(generator/[\w/]*)/` \|", MAP, re.MULTILINE))
    assert rows == {path.relative_to(REPOSITORY).as_posix() for path in folders}
    files = [*(REPOSITORY / "generator").rglob("*.py"), *(REPOSITORY / "overrides/assets/javascripts").rglob("*.js")]
    program = "\n".join(path.read_text("utf-8") for path in files)
    names = set(re.findall(r"`([A-Za-z]*[A-Z_][A-Za-z_]*)`", MAP))
    assert len(names) > 15
    assert sorted(name for name in names if not re.search(rf"\b{name}\b", program)) == []


def test_the_guide_explains_every_column_and_value_of_a_standard_in_three_languages():
    _, *parts = re.split("^## ", GUIDE, flags=re.MULTILINE)
    assert [part.partition("\n")[0] for part in parts] == ["简体中文", "繁體中文", "English"]
    wanted = [column.name for column in TABLES["standards"]] + [*STANDINGS, *STATUSES, *ROUTES, *ASSIGNERS]
    for part in parts:
        assert [name for name in wanted if f"`{name}`" not in part] == []


def test_the_example_in_the_guide_is_the_record_it_names():
    rows = re.findall(r"^\| ((?:`[\w:-]+` ?)+)\| ((?:`[^`]+` ?)*)\|", GUIDE, re.MULTILINE)
    shown = {
        name: value.replace("\\|", "|")
        for names, values in rows
        for name, value in zip(re.findall(r"`([^`]+)`", names), re.findall(r"`([^`]+)`", values), strict=False)
    }
    with (REPOSITORY / "content/records/standards/batch-2023-04.csv").open(encoding="utf-8", newline="") as file:
        record = next(row for row in csv.DictReader(file) if row["address"] == "wq-1-10")
    assert len(shown) == 15
    # The guide names two of its three sources, and what one of them states first.
    for column in ("sources", "stated_by"):
        assert record.pop(column).startswith(shown.pop(column))
    assert {name: record[name] for name in shown} == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_page_names_every_table_and_what_says_how_sure_it_is(language, real_content):
    page = (REPOSITORY / f"content/pages/{language}/data.md").read_text("utf-8")
    tables = {path.rpartition("/")[2] for path, _ in table_files(real_content.catalogue(), "") if path.count("/") == 2}
    assert tables >= {"cases.json", "events.json", "statements.json", "adoption.json", "index.json"}
    assert sorted(name for name in tables if f"/{name}" not in page) == []
    properties = ("standing", "reviewed", "field_assigned_by", "batch_derived_from", "batch_reason", "recorded_on")
    assert [name for name in (*properties, *STANDINGS) if f"`{name}`" not in page] == []
