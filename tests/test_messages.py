"""What the program says: every message in three languages, no sentence from anywhere else."""

from __future__ import annotations

import ast
import ctypes
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.announcing.attachments.headings import MEANINGS, WORKSHEET
from generator.catalogue.changes import Change
from generator.catalogue.columns import ALL_FIELDS, SOURCE_KINDS, TABLES, WHO_ASSIGNED_ALL
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import (
    MESSAGES,
    ChoiceName,
    ColumnName,
    Message,
    language_of,
    message_data,
    message_of,
    speaking,
    windows_language,
)
from generator.catalogue.records import Problem, read_yaml
from generator.catalogue.scripts import read_scripts
from generator.catalogue.wording_files import check_messages

GENERATOR = MESSAGES.parents[1] / "generator"
MODULES = [path.relative_to(GENERATOR).as_posix() for path in sorted(GENERATOR.rglob("*.py"))]
TEMPLATES = sorted(path for room in ("announcing", "desk") for path in (GENERATOR / room / "templates").glob("*.html"))
"""The pages for the editor; those of the site print labels."""
PLACE = re.compile(r"\{([a-z][a-z_]*)\}")


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """(where, key, names of the values) of each message that the program makes."""
    for path in sorted(GENERATOR.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="Message"), args=[ast.Constant(value=str(key))], keywords=values):
                    names = {value.arg for value in values if value.arg}
                    yield f"{path.relative_to(GENERATOR)}:{node.lineno}", key, names


def places() -> dict[str, set[str]]:
    """Key → the places of each message."""
    return {
        f"{path.stem}.{row.address}": {place for column in row.cells for place in PLACE.findall(row[column])}
        for path in sorted(MESSAGES.glob("*.yml"))
        for row in read_yaml(path, []) or []
    }


def test_every_message_has_its_three_forms_with_the_same_places():
    problems: list[Problem] = []
    check_messages(MESSAGES.parent, read_scripts(MESSAGES.parent, problems), problems)
    assert not problems


def test_traditional_is_hong_kongs():
    """Words that the Mainland uses for what a computer does, and a field by the site's own word."""
    foreign = re.compile("什麼|菜單|程序|窗口|默認|鼠標|打印|服務器|登錄|點擊|鏈接|信息|粘貼|單元格|回車|範疇|纔|裡")
    assert [
        (path.name, row.address, found[0])
        for path in sorted(MESSAGES.glob("*.yml"))
        for row in read_yaml(path, []) or []
        if (found := foreign.search(row["zh-Hant"]))
    ] == []


def test_every_message_that_the_program_makes_is_worded():
    wordings = places()
    for where, key, names in calls():
        assert key in wordings, where
        assert names == wordings[key], where


def test_every_message_is_said_somewhere():
    keys = {key for _, key, _ in calls()}
    names = [
        name for template in TEMPLATES for name in re.findall(r"\bword\([\"']([\w-]+)", template.read_text("utf-8"))
    ]
    for message in places():
        file, _, name = message.partition(".")
        # A template may choose the end of a key.
        ends = [one for one in names if name == one or (one.endswith("-") and name.startswith(one))]
        assert message in keys or ends or file == "columns", message


PROGRAM_FAULTS = {"RuntimeError", "AssertionError", "TypeError", "ValueError", "NotImplementedError"}
SPOKEN_ENGLISH = re.compile(
    r"(?:(?<=[\s({“‘\"])|^)(?:[a-z][a-z’-]*|…)(?:[,;:.]? (?:[a-z][a-z’-]*|…)){2,}", re.IGNORECASE
)
"""Three words in a row, or values among them."""
ENGLISH_MODULES = {
    "announcing/attachments/headings.py": "words that lists of standards write above their columns",
    "announcing/attachments/normalise.py": "words that announcements write in their cells",
    "announcing/entries.py": "English texts of records, beside the Chinese ones",
    "catalogue/machine.py": "what readers of YAML and CSV say, which this module says in words",
    "publishing/exports/": "the published data, whose documentation is in English",
    "publishing/incremental/names.py": "names of inputs and targets, which this module says in words",
    "publishing/inputs.py": "names of inputs",
    "publishing/targets.py": "names of targets",
}
"""Module or folder → what its English is."""
ENGLISH_TEXTS = {
    "# every address that was ever published, one a line": "a line of a file",
    "it is larger than … MB": "for programs; people are told `machine.too-large`",
    "it is a pipe or a device": "for programs; people are told `machine.no-file`",
    "a link or a folder is in the place of a file": "for programs; people are told `machine.place-taken`",
    "Traceback (most recent call last):": "what Python writes",
    "start new thread": "what Python writes",
    "make import FILE=… ARGS=…": "a command",
    "List identifier …": "a note for programs that keep citations",
}
"""Text, with … for its values → what it is."""


def english_of(module: Path) -> Iterator[tuple[int, str]]:
    """(line, text) of each text of `module` that is English prose, for people as far as one can see."""
    silent: set[ast.AST] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        match node:
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name in PROGRAM_FAULTS:
                silent.update(ast.walk(node))
            case (
                ast.Expr(value=ast.Constant())
                | ast.Call(func=ast.Attribute(value=ast.Name(id="re")))
                | ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super"))))
                | ast.keyword(arg="description")
            ):
                silent.update(ast.walk(node))
            case ast.JoinedStr() if node not in silent:
                silent.update(node.values)
                parts = [part.value if isinstance(part, ast.Constant) else "…" for part in node.values]
                yield from english_in(node.lineno, "".join(map(str, parts)))
            case ast.Constant(value=str(text), lineno=line) if node not in silent:
                yield from english_in(line, text)


def english_in(line: int, text: str) -> Iterator[tuple[int, str]]:
    """(line, text) if `text` is English prose."""
    for words in SPOKEN_ENGLISH.findall(text):
        if re.search(r"\b[a-z]{2,}\b", words) and text not in ENGLISH_TEXTS:
            yield line, text


@pytest.mark.parametrize("module", MODULES)
def test_no_sentence_reaches_a_person_from_anywhere_else(module):
    if not module.startswith(tuple(ENGLISH_MODULES)):
        assert not list(english_of(GENERATOR / module))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_holds_a_sentence(template):
    text = re.sub(
        r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<style.*?</style>", "…", template.read_text("utf-8"), flags=re.DOTALL
    )
    texts = [re.sub(r"<[^>]*>", "\n", text), *re.findall(r'\b(?:title|alt|placeholder|aria-label)="([^"]*)"', text)]
    assert not [one for text in texts for one in english_in(0, text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_is_worded_with_all_that_it_holds(language):
    inner = Message("words.too-long", length=4000, most=1000)
    outer = Message("check.fault", what=ColumnName("title:en"), clause=inner)
    expected = {
        "zh-Hans": "英文名称有4,000个字符；词条最多1,000个",
        "zh-Hant": "英文名稱有4,000個字元；詞條最多1,000個",
        "en": "English title has 4,000 characters; a label has at most 1,000",
    }
    assert outer.in_language(language) == expected[language]
    with speaking(language):
        assert str(outer) == expected[language]


def test_a_message_crosses_to_another_process_as_data():
    values = {"what": ColumnName("title:en", is_in_file=True), "wrong": ("a", Message("words.list")), "right": 7}
    message = Message("check.stranger", language="zh-Hans", **values)
    assert message_of(message_data(message)) == message
    change = Change("~", "ku-cha", "status", "current", "withdrawn").line
    assert message_of(message_data(change)) == change
    day = Message("check.stranger", what=date(2020, 3, 1))
    assert message_of(message_data(day)).values == {"what": "2020-03-01"}


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh_SG", "zh-Hans"),
        ("zh", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh_HK.UTF-8", "zh-Hant"),
        ("zh_TW", "zh-Hant"),
        ("zh_MO", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("C.UTF-8", "en"),
        ("pt_PT", "en"),
        ("", "en"),
    ],
)
def test_the_language_of_a_machine_is_one_of_the_three(tag, language):
    assert language_of(tag) == language


@pytest.mark.parametrize(
    ("number", "language"),
    [
        (0x0804, "zh-Hans"),
        (0x1004, "zh-Hans"),
        (0x0C04, "zh-Hant"),
        (0x1404, "zh-Hant"),
        (0x0404, "zh-Hant"),
        (0x0816, "en"),
        (0xFFFF, "en"),
    ],
)
def test_windows_tells_its_language_by_a_number(monkeypatch, number, language):
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    assert language_of(windows_language()) == language


CHANGES = [
    (
        Change("+", "ku-cha", "", "", "TEA 4 · 苦茶"),
        ("+ ku-cha：TEA 4 · 苦茶", "+ ku-cha：TEA 4 · 苦茶", "+ ku-cha: TEA 4 · 苦茶"),
    ),
    (
        Change("~", "ku-cha", "status", "current", "withdrawn"),
        ("~ ku-cha：状态：现行 → 已废止", "~ ku-cha：狀態：現行 → 已廢止", "~ ku-cha: status: Current → Withdrawn"),
    ),
    (
        Change("~", "ku-cha", "designation", "茶/T 9-2021", ""),
        (
            "~ ku-cha：标准编号：茶/T 9-2021 → （空）",
            "~ ku-cha：標準編號：茶/T 9-2021 → （空）",
            "~ ku-cha: designation: 茶/T 9-2021 → (empty)",
        ),
    ),
    (
        Change("~", "ku-cha", "sources", "gazette", "gazette | kettle"),
        ("~ ku-cha：来源：+kettle", "~ ku-cha：來源：+kettle", "~ ku-cha: sources: +kettle"),
    ),
    (
        Change("~", "ku-cha", "sources", "gazette | kettle", "kettle | gazette"),
        ("~ ku-cha：来源：次序不同", "~ ku-cha：來源：次序不同", "~ ku-cha: sources: in another order"),
    ),
]


@pytest.mark.parametrize(("change", "lines"), CHANGES)
def test_a_change_is_told_in_words(change, lines):
    assert tuple(change.line.in_language(language) for language in LANGUAGES) == lines


def test_every_word_that_a_column_may_hold_has_a_name_that_people_know():
    assert [one for one in CHOICES if ChoiceName(*one).in_language("zh-Hans") == one[1]] == []


CHOICES = {
    (column.name.partition(":")[0], choice)
    for columns in TABLES.values()
    for column in columns
    # An attribute is a column.
    if column.name != "attribute"
    for choice in column.choices
}


def test_every_column_of_the_records_and_of_a_list_has_a_name_that_people_know():
    columns = {column.name for columns in TABLES.values() for column in columns}
    columns |= {*MEANINGS, *WORKSHEET, "doubts", ALL_FIELDS, WHO_ASSIGNED_ALL}
    columns |= {f"{column}_{choice}" for column, choice in CHOICES if column in ("host", "field_assigned_by")}
    columns |= {f"source_{kind}" for kind in SOURCE_KINDS}
    assert {f"columns.{re.sub('[: ]', '_', column)}" for column in columns} == {
        key for key in places() if key.startswith("columns.")
    }
