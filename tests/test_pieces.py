"""A piece whose key stands is the same, whatever changed in the records."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.catalogue.facts import facts_of
from generator.catalogue.model import Catalogue
from generator.catalogue.records import read_records
from generator.files.cache import CACHE, Cache
from generator.publishing.build import Content, read_content
from generator.publishing.incremental.identity import Identities
from generator.publishing.pages.page import Page, sheets
from generator.publishing.pages.rendering import Templates
from generator.publishing.settings import read_settings
from generator.publishing.targets import pieces


def made(content: Content, project: Path) -> dict[str, tuple[str, str]]:
    """Piece → (key, all that it makes)."""
    catalogue, identities, templates = content.catalogue(), Identities(), Templates(content.labels)
    every, facts = sheets(catalogue, content.labels, content.prose), facts_of(catalogue)
    settings, cache = read_settings(project), Cache(project / CACHE)
    found = pieces(catalogue, every, facts, content.labels, content.prose, settings, cache)

    def written(thing: object) -> str:
        return templates.markdown(thing) if isinstance(thing, Page) else repr(thing)

    return {
        one.name: (identities.of(*one.rests_on), "".join(map(written, one.make())))
        for one in found
        if not one.name.endswith(".xlsx")
    }


def changes(records: Path) -> Iterator[tuple[str, Path, str]]:
    """(what, file, new text): each cell of some standards, and each text of the other records, told otherwise."""
    for file in sorted((records / "standards").glob("*.csv")):
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
        for n, row in enumerate(rows):
            for column, value in row.items() if n < 2 else ():
                other = told_otherwise(column, value)
                if other is not None:
                    out = io.StringIO()
                    writer = csv.DictWriter(out, row.keys(), lineterminator="\n")
                    writer.writeheader()
                    writer.writerows([*rows[:n], row | {column: other}, *rows[n + 1 :]])
                    yield f"{row['address']}: {column}", file, out.getvalue()
    for file in sorted(records.glob("*.yml")):
        lines = file.read_text("utf-8").splitlines(keepends=True)
        for n, line in enumerate(lines):
            name, _, value = line.strip().partition(": ")
            if value and name in ("zh-Hans", "zh-Hant", "en", "said_on", "url", "website"):
                other = line.replace(value, value.replace("2020", "2019") if name == "said_on" else f"{value}x", 1)
                yield f"{file.name}:{n + 1}", file, "".join([*lines[:n], other, *lines[n + 1 :]])


def told_otherwise(column: str, value: str) -> str | None:
    name = column.partition(":")[0]
    match name:
        case "title" | "note" if value:
            return f"{value}x"
        case "also_called":
            return f"{value}; X" if value else "X"
        case "list_identifier" | "designation":
            return f"{value}7" if value else "TEA 77"
        case "field":
            return "" if value else "cups"
        case "publisher":
            return "" if value else "institute-of-imaginary-tea"
        case "status":
            return "current" if value != "current" else ""
        case "issued_on" | "implemented_on" | "announced_on":
            return "" if value else "2020-02-02"
        case "standing":
            return {"official": "reported", "converted": "reviewed", "translated": "reviewed"}.get(value)
        case "route":
            return "confirmed" if value != "confirmed" else ""
        case "supersedes" if value:
            return ""
    return None


def test_what_rests_on_the_same_is_the_same(world):
    """Every single change of the records is tried; what it does not reach by its key, it does not change."""
    content = read_content(world)
    before = made(content, world)
    tried, kept = 0, 0
    for what, file, text in changes(world / "content/records"):
        original = file.read_text("utf-8")
        file.write_text(text, "utf-8", newline="\n")
        records = read_records(world / "content")
        file.write_text(original, "utf-8", newline="\n")
        if records.problems:
            continue
        after = made(Content(records, content.labels, content.prose, []), world)
        stale = [
            name
            for name, (key, said) in after.items()
            if name in before and before[name][0] == key and before[name][1] != said
        ]
        assert stale == [], what
        tried += 1
        kept += sum(before.get(name) == one for name, one in after.items())
    assert tried > 100
    # In a world as small as this one most things name each other.
    assert kept > 0.25 * tried * len(before)


@pytest.mark.parametrize("records", ["batches", "fields", "organisations", "standards", "sources", "corrections"])
def test_the_list_as_a_whole_rests_on_every_record(world, records):
    first, second = (read_content(world).catalogue() for _ in range(2))
    assert Identities().of(first) == Identities().of(second)
    getattr(second, records).pop()
    assert Identities().of(first) != Identities().of(second)


def test_what_others_say_of_a_record_is_not_its_own(world):
    catalogue: Catalogue = read_content(world).catalogue()
    field, standard = next((one, one.standards[0]) for one in catalogue.fields if one.standards)
    before = Identities().of(field), Identities().of(standard)
    field.standards.pop()
    assert before == (Identities().of(field), Identities().of(standard))
    standard.status = "upcoming"
    assert before[1] != Identities().of(standard)
