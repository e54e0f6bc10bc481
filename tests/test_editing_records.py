"""A record that is corrected by hand: what would be written, and that no other line changes."""

from __future__ import annotations

import difflib
import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.announcing.correcting import (
    Amendment,
    Edit,
    ListEntry,
    correct,
    proposed_address,
    record_state,
    write_amendment,
)
from generator.announcing.entry_editing import with_cell, with_item, without_item
from generator.announcing.journal import journal, undo
from generator.catalogue.check import problems
from generator.catalogue.columns import LISTED, TABLES, YAML_TABLES
from generator.catalogue.messages import Message
from generator.catalogue.records import read_records
from generator.catalogue.scripts import read_scripts
from tests.conftest import REPOSITORY

TODAY = date(2027, 3, 1)
WHAT = Message("words.list")
CONTENT = Path("content")
NAME = [column.name for column in TABLES["organisations"]]


def corrected(*edits: Edit, source: str = "") -> Amendment:
    """The correction of `edits`, which may be written; it is."""
    correction = correct(CONTENT, edits, TODAY, source)
    assert not correction.faults, [str(fault.sentence) for fault in correction.faults]
    write_amendment(CONTENT, correction, WHAT, TODAY)
    assert not problems(read_records(CONTENT), read_scripts(CONTENT, []))
    return correction


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ, each behind its sign."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.fixture
def published(world):
    """The imaginary world, after its list was published."""
    with (CONTENT / "records/addresses.txt").open("a", encoding="utf-8") as file:
        file.writelines(f"standards/{row.address}\n" for row in read_records(CONTENT).tables["standards"])


def file_of(name: str) -> str:
    return (CONTENT / "records" / name).read_bytes().decode()


ENTRY = """# All.

a:
  name:
    zh-Hans: 甲  # of old
    en: "A, quoted"
  standing: {zh-Hans: official, en: translated}
  website: https://a.invalid
  sources: [x, "y: z"]  # two
  led_in:
    - one  # first
    - two

# About b.
b:
  name: {en: B}
  part:
    zh-Hans: >
      长
      文
    en:
"""


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("address", "column", "value", "lines"),
    [
        ("a", "name:zh-Hans", "乙", ["-    zh-Hans: 甲  # of old", "+    zh-Hans: 乙  # of old"]),
        ("a", "name:en", "Other", ['-    en: "A, quoted"', '+    en: "Other"']),
        ("a", "name:zh-Hant", "申: 乙", ['+    zh-Hant: "申: 乙"']),
        ("a", "name:en", "", ['-    en: "A, quoted"']),
        (
            "a",
            "standing:en",
            "reviewed",
            [
                "-  standing: {zh-Hans: official, en: translated}",
                "+  standing: {zh-Hans: official, en: reviewed}",
            ],
        ),
        (
            "a",
            "standing:en",
            "",
            ["-  standing: {zh-Hans: official, en: translated}", "+  standing: {zh-Hans: official}"],
        ),
        ("a", "reviewed:en", "2027-03-01 A", ["+  reviewed:", "+    en: 2027-03-01 A"]),
        ("a", "website", "", ["-  website: https://a.invalid"]),
        ("a", "region", "macao", ["+  region: macao"]),
        (
            "a",
            "sources",
            ("y: z", "w"),
            ['-  sources: [x, "y: z"]  # two', '+  sources: ["y: z", w]  # two'],
        ),
        ("a", "led_in", ("two", "three"), ["-    - one  # first", "+    - three"]),
        ("a", "led_in", (), ["-  led_in:", "-    - one  # first", "-    - two"]),
        ("b", "part:zh-Hans", "短", ["-    zh-Hans: >", "-      长", "-      文", "+    zh-Hans: 短"]),
        ("b", "part:en", "text", ["-    en:", "+    en: text"]),
        ("b", "part:en", "no", ["-    en:", '+    en: "no"']),
        ("b", "name:zh-Hans", "丙", ["-  name: {en: B}", "+  name: {en: B, zh-Hans: 丙}"]),
        ("b", "name:en", "", ["-  name: {en: B}"]),
        ("b", "sources", ("x",), ["+  sources: [x]"]),
    ],
)
def test_one_cell_changes_and_every_other_character_stays(ending, address, column, value, lines):
    text = ENTRY.replace("\n", ending)
    edited = with_cell(text, (address,), column, value, NAME)
    assert sorted(changed_lines(text, edited)) == sorted(lines)
    assert edited.count("\n") == edited.count(ending)


@pytest.mark.parametrize(
    "value",
    [
        *(
            "a: b",
            "# x",
            "a #b",
            "- a",
            "{x}",
            "x]",
            "a, b",
            "&a",
            "*a",
            "!t",
            "%d",
            "`q`",
            "'s'",
            '"d"',
            "\\",
            "null",
            "~",
        ),
        *("1:20", "=", "yes", "0x1F", "012", "1e3", "2024-02-30", "a:", "?", "|", ">", "---", "...", "“中”：", "😀"),
    ],
)
def test_whatever_is_filled_in_is_read_as_it_was_filled_in(value):
    text = ENTRY
    for address in ("a", "b"):
        text = with_cell(text, (address,), "name:en", value, NAME)
        text = with_cell(text, (address,), "part:en", value, NAME)
        text = with_cell(text, (address,), "sources", (value, "x"), NAME)
        text = with_cell(text, (address,), "led_in", (value, "x"), NAME)
    entries = loaded(text)
    for entry in (entries["a"], entries["b"]):
        assert (entry["name"]["en"], entry["part"]["en"]) == (value, value)
        assert (entry["sources"], entry["led_in"]) == ([value, "x"], [value, "x"])
    assert entries["a"]["name"]["zh-Hans"] == "甲"


def test_a_new_key_stands_where_its_table_has_it():
    lines = with_cell(ENTRY, ("a",), "region", "macao", NAME).splitlines()
    assert lines[lines.index("  region: macao") - 1].startswith("  standing:")
    lines = with_cell(ENTRY, ("b",), "former_addresses", ("c",), NAME).splitlines()
    assert lines[lines.index("  former_addresses: [c]") - 1] == "b:"


ITEMS = """c:
  title: x
  bodies:
    - organisation: o
      part: p
    # Why the next one.
    - name:
        en: n
      part: q

d:
  title: y
"""


def test_an_item_changes_comes_and_goes():
    order = ["organisation", "name:en", "part"]
    assert changed_lines(ITEMS, with_cell(ITEMS, ("c", "bodies", 0), "organisation", "", order)) == [
        "-    - organisation: o",
        "-      part: p",
        "+    - part: p",
    ]
    named = with_cell(ITEMS, ("c", "bodies", 0), "name:en", "m", order)
    assert changed_lines(ITEMS, named) == ["+      name:", "+        en: m"]
    without = with_cell(named, ("c", "bodies", 0), "organisation", "", order)
    assert loaded(without)["c"]["bodies"][0] == {"name": {"en": "m"}, "part": "p"}
    assert changed_lines(ITEMS, without_item(ITEMS, ("c",), "bodies", 0)) == [
        "-    - organisation: o",
        "-      part: p",
    ]
    longer = with_item(ITEMS, ("c",), "bodies", {"organisation": "r", "part": "s"})
    assert changed_lines(ITEMS, longer) == ["+    - organisation: r", "+      part: s"]
    first = with_item(ITEMS, ("d",), "bodies", {"name": {"en": "n"}, "part": "s"})
    assert changed_lines(ITEMS, first) == ["+  bodies:", "+    - name:", "+        en: n", "+      part: s"]
    assert without_item(first, ("d",), "bodies", 0) == ITEMS


def loaded(text: str) -> dict:
    """What a YAML text holds, each value as a text."""
    return yaml.load(text, yaml.CBaseLoader)


@pytest.mark.parametrize("table", YAML_TABLES)
def test_each_cell_of_the_real_list_can_be_changed_taken_out_and_brought_back(table, tmp_path):
    """No other cell of the file changes, and what was taken out comes back where it was."""
    order = [column.name for column in TABLES[table]]
    text = (REPOSITORY / f"content/records/{table}.yml").read_text("utf-8")
    root = loaded(text)
    for address in list(root)[:: max(1, len(root) // 5)]:
        for column in order:
            key, _, below = column.partition(":")
            value = root[address].get(key)
            value = value.get(below) if below and isinstance(value, dict) else value
            if value is None or (below and not isinstance(root[address][key], dict)):
                continue
            value = tuple(value) if isinstance(value, list) else value
            assert with_cell(text, (address,), column, value, order).count("\n") == text.count("\n")
            other = with_cell(text, (address,), column, "An: other", order)
            assert len(changed_lines(text, other)) >= 2
            gone = with_cell(text, (address,), column, "", order)
            back = with_cell(gone, (address,), column, value, order)
            assert loaded(back) == root
            expected = loaded(text)
            if below:
                del expected[address][key][below]
                if not expected[address][key]:
                    del expected[address][key]
            else:
                del expected[address][key]
            assert loaded(gone) == expected


def test_a_corrected_standard_changes_its_row_with_its_history(published):
    before = file_of("standards/batch-2020-03.csv"), file_of("changes.csv")
    made = corrected(Edit("standards", "tea-1", {"title:en": "A better title", "standing:en": "translated"}))
    assert [(change.attribute, change.after) for _, change in made.changes] == [("title:en", "A better title")]
    removed, added = changed_lines(before[0], file_of("standards/batch-2020-03.csv"))
    assert removed.startswith("-tea-1,")
    assert "A better title" in added
    (line,) = changed_lines(before[1], file_of("changes.csv"))
    assert line.startswith("+2027-03-01,,tea-1,title:en,")
    assert line.endswith("A better title,")


def test_what_would_be_wrong_stands_beside_its_field_and_nothing_is_written(world):
    before = file_of("standards/batch-2020-03.csv")
    edit = Edit("standards", "tea-1", {"issued_on": "soon", "title:zh-Hant": "茶叶"})
    correction = correct(CONTENT, [edit], TODAY)
    assert not correction.may_be_written
    assert [(fault.edit, fault.place) for fault in correction.faults] == [(0, "issued_on")]
    edit = Edit("standards", "tea-1", {"title:zh-Hant": "茶叶", "withdrawn_on": "2026-01-01"})
    correction = correct(CONTENT, [edit], TODAY)
    assert {fault.place for fault in correction.faults} >= {"title:zh-Hant"}
    assert len(correction.faults) == 2
    assert file_of("standards/batch-2020-03.csv") == before


def test_several_records_are_written_all_or_none(world):
    right = Edit("standards", "tea-1", {"title:en": "Right", "standing:en": "translated"})
    wrong = Edit("standards", "tea-2", {"field": "nowhere"})
    correction = correct(CONTENT, [right, wrong], TODAY)
    assert [fault.edit for fault in correction.faults] == [1]
    assert not correction.may_be_written


def test_what_was_wrong_before_forbids_nothing_and_is_said(world):
    path = CONTENT / "records/fields.yml"
    path.write_text(path.read_text("utf-8").replace("    en: The leaves of tea.\n", "    en:\n"), "utf-8")
    assert problems(read_records(CONTENT), read_scripts(CONTENT, []))
    edit = Edit("standards", "tea-1", {"title:en": "Another"})
    correction = correct(CONTENT, [edit], TODAY)
    assert correction.may_be_written
    assert len(correction.left) == 1
    corrected(Edit("fields", "leaves", {"about:en": "What falls from tea."}))


def test_who_changed_a_record_meanwhile_is_not_overwritten(world):
    records = read_records(CONTENT)
    seen = record_state(records, "fields", "leaves")
    corrected(Edit("fields", "leaves", {"about:en": "Leaves."}, seen=seen))
    correction = correct(CONTENT, [Edit("fields", "leaves", {"about:en": "Mine."}, seen=seen)], TODAY)
    assert [str(fault.sentence)[:23] for fault in correction.faults] == ["This record was changed"]


def test_a_number_that_becomes_known_moves_the_standard_to_its_address(world):
    records = read_records(CONTENT)
    row = next(row for row in records.tables["standards"] if not row["list_identifier"] and not row["designation"])
    made = corrected(Edit("standards", row.address, {"list_identifier": "TEA 99"}))
    assert made.addresses == ["tea-99"]
    after = next(row for row in read_records(CONTENT).tables["standards"] if row.address == "tea-99")
    assert row.address in after.many("former_addresses")


def test_a_standard_moves_to_the_file_of_another_batch_and_keeps_its_address(world):
    records = read_records(CONTENT)
    row = next(row for row in records.tables["standards"] if Path(row.file).name == "batch-unknown.csv")
    made = corrected(
        Edit(
            "standards",
            row.address,
            {
                "batch": "2021-09",
                "batch_derived_from": (),
                **dict.fromkeys(("batch_reason:zh-Hans", "batch_reason:zh-Hant", "batch_reason:en"), ""),
            },
        )
    )
    assert made.addresses == [row.address]
    assert f"\n{row.address}," in file_of("standards/batch-2021-09.csv")
    assert f"\n{row.address}," not in file_of("standards/batch-unknown.csv")


SOURCE = {
    "name:zh-Hans": "茶报",
    "name:zh-Hant": "茶報",
    "name:en": "Tea Herald",
    **{f"standing:{language}": "devised" for language in ("zh-Hans", "zh-Hant", "en")},
    "kind": "press",
    "said_on": "2027-02-28",
}


def test_a_withdrawal_with_its_notice_is_written_as_one(published):
    address = proposed_address(read_records(CONTENT), "sources", SOURCE)
    assert address == "tea-herald-2027-02-28"
    made = corrected(
        Edit("sources", address, SOURCE, is_new=True),
        Edit("standards", "tea-1", {"status": "withdrawn", "withdrawn_on": "2027-02-28"}),
        source=address,
    )
    assert set(made.texts) == {
        "records/sources.yml",
        "records/changes.csv",
        "records/standards/batch-2020-03.csv",
    }
    row = next(row for row in read_records(CONTENT).tables["standards"] if row.address == "tea-1")
    assert row.many("sources")[-1] == address
    assert f",tea-1,status,current,withdrawn,{address}\n" in file_of("changes.csv")
    assert file_of("sources.yml").endswith(
        "tea-herald-2027-02-28:\n  name:\n    zh-Hans: 茶报\n    zh-Hant: 茶報\n    en: Tea Herald\n"
        "  standing: {zh-Hans: devised, zh-Hant: devised, en: devised}\n  kind: press\n  said_on: 2027-02-28\n"
    )
    undo(CONTENT, journal(CONTENT)[0], TODAY)
    assert "tea-herald" not in file_of("sources.yml") + file_of("changes.csv")


def words(name: str, zh_hans: str, zh_hant: str, en: str) -> dict[str, str]:
    return {f"{name}:zh-Hans": zh_hans, f"{name}:zh-Hant": zh_hant, f"{name}:en": en}


def test_a_case_with_its_bodies_and_results_is_added_and_corrected(world):
    source = read_records(CONTENT).tables["sources"][0].address
    cells = {
        **words("title", "用茶", "用茶", "Tea in use"),
        **{f"standing:{language}": "devised" for language in ("zh-Hans", "zh-Hant", "en")},
        "kind": "demonstration",
        "standards": ("tea-1",),
        **words("described", "有人喝茶。", "有人喝茶。", "Somebody drank tea."),
        "sources": (source,),
    }
    body = {"organisation": "institute-of-imaginary-tea", **words("part", "喝茶", "喝茶", "Drank")}
    result = {**words("figure", "5杯", "5杯", "5 cups"), **words("counts", "茶", "茶", "tea"), "source": source}
    before = file_of("cases.yml")
    corrected(
        Edit("cases", "tea-in-use", cells, {"bodies": [ListEntry(body)], "results": [ListEntry(result)]}, is_new=True)
    )
    assert file_of("cases.yml").startswith(before.rstrip())
    case = loaded(file_of("cases.yml"))["tea-in-use"]
    assert case["recorded_on"] == "2027-03-01"
    assert case["bodies"][0]["part"]["en"] == "Drank"
    assert case["results"][0]["figure"]["zh-Hans"] == "5杯"
    other = {
        "organisation": "",
        **words("name", "茶客", "茶客", "A guest"),
        **{f"standing:{language}": "translated" for language in ("zh-Hans", "zh-Hant", "en")},
    }
    corrected(Edit("cases", "tea-in-use", {}, {"bodies": [ListEntry(other, 0), ListEntry(body)], "results": []}))
    case = loaded(file_of("cases.yml"))["tea-in-use"]
    assert [list(one) for one in case["bodies"]] == [["name", "standing", "part"], ["organisation", "part"]]
    assert "results" not in case


def test_a_fault_in_a_list_names_its_entry(world):
    body = {"organisation": "nobody", **words("part", "喝茶", "喝茶", "Drank")}
    rows = [ListEntry({}, 0), ListEntry({}, 1), ListEntry(body)]
    correction = correct(CONTENT, [Edit("cases", "whispering-teahouse", {}, {"bodies": rows})], TODAY)
    assert [(fault.edit, fault.place) for fault in correction.faults] == [(0, "bodies.2.organisation")]


@pytest.mark.parametrize("address", ["Herald", "a: b", "a\nb", "", "-a", "../a"])
def test_a_new_record_has_no_other_address_than_the_site_can_have(world, address):
    for table, cells in (("sources", SOURCE), ("standards", {"title:zh-Hans": "茶"})):
        correction = correct(CONTENT, [Edit(table, address, cells, is_new=True)], TODAY)
        assert [(fault.edit, fault.place) for fault in correction.faults] == [(0, "address")]


def test_the_sources_were_looked_at_today(world):
    what = words("what", "查阅了来源。", "查閱了來源。", "The sources were read.")
    corrected(Edit("lookups", TODAY.isoformat(), what, is_new=True))
    assert file_of("lookups.yml") == (
        "2027-03-01:\n  what:\n    zh-Hans: 查阅了来源。\n    zh-Hant: 查閱了來源。\n    en: The sources were read.\n"
    )


def test_what_no_file_could_hold_is_said_before_anything_is_tried(world):
    for value in ("a\x00b", "a\x7fb", "\u202ea"):
        correction = correct(CONTENT, [Edit("fields", "leaves", {"about:en": value})], TODAY)
        assert [fault.place for fault in correction.faults] == ["about:en"]
    made = correct(CONTENT, [Edit("fields", "leaves", {"about:en": " a\r\n b\u2028c "})], TODAY)
    assert re.search(r"en: a b c$", made.texts["records/fields.yml"], re.MULTILINE)


def test_nothing_is_written_where_nothing_changes(world):
    for table, keys in {table: LISTED.get(table, ()) for table in YAML_TABLES}.items():
        for row in read_records(CONTENT).tables[table]:
            correction = correct(CONTENT, [Edit(table, row.address, dict(row.cells))], TODAY)
            assert (correction.texts, correction.faults, keys and correction.changes) == ({}, [], keys and [])
            break
