"""Damaged, lying and enormous attachments, with names that a shell would run: a sentence each, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.announcing.attachments import attachment as reading
from generator.announcing.attachments.attachment import AttachmentError, read_attachment
from generator.announcing.attachments.bounds import MAX_CHARACTERS, MAX_TAGS
from generator.announcing.attachments.file_types import sheets_of
from generator.announcing.plan import Answers, plan
from generator.announcing.preview import import_command_line, preview, receipt, visible
from tests import attachments
from tests.attachments import with_part
from tests.conftest import REPOSITORY
from tests.test_check import run
from tests.test_importing import records_below

SHEET = "xl/worksheets/sheet1.xml"
CONTENT, WORD = "content.xml", "word/document.xml"
PAGE = "<table><tr><th>序号<th>标准编号<th>标准名称"


# --- names --------------------------------------------------------------------------------------------------------

NAMES = [
    "2026-05 `touch PWNED`.csv",
    "$(touch PWNED).csv",
    "$(shell touch PWNED).csv",
    "${HOME} $$ $ $(FILE) $(error no).csv",
    "a'b\"c\\.csv",
    '"; touch PWNED; ".csv',
    "'; touch PWNED; '.csv",
    "a\n\ttouch PWNED\n.csv",
    "-x.csv",
    "--write.csv",
    " \tbefore and after ",
    "# a % * ? [a-z] ~ ! & | < > ( ) { } ; : = , @ + ^.csv",
    "\x1b]0;title\x07\u202evsc.exe.csv",
    "清单 附件（一）.csv",
    os.fsdecode(b"\xff\xfe.csv"),
]


@pytest.fixture
def make(tmp_path_factory) -> Path:
    """A folder in which `make import` says which arguments the program would get, in the file `arguments`."""
    folder = tmp_path_factory.mktemp("make")
    (folder / "Makefile").write_bytes((REPOSITORY / "Makefile").read_bytes())
    (folder / "requirements").mkdir()
    (folder / "requirements/site.txt").touch()
    program = folder / ".venv/bin/python"
    program.parent.mkdir(parents=True)
    program.write_text("""#!/bin/sh\nprintf '%s\\0' "$@" > arguments\n""", "utf-8")
    program.chmod(0o755)
    for stamp in ("python", "site"):
        (folder / f".venv/{stamp}.stamp").touch()
    return folder


def arguments_of(make: Path, file: str, options: list[str]) -> list[str]:
    """The arguments that the program gets of the command that a preview prints, pasted into a shell."""
    command = import_command_line(file, options)
    assert visible(command) == command
    subprocess.run(("bash", "-c", command), cwd=make, check=True, capture_output=True)
    arguments = os.fsdecode((make / "arguments").read_bytes()).split("\0")[:-1]
    assert arguments[:3] == ["-m", "generator", "import"]
    return arguments[3:]


@pytest.mark.parametrize("name", NAMES)
def test_the_command_of_a_preview_gives_the_program_the_name_and_runs_nothing_of_it(make, name):
    *options, dashes, file = arguments_of(make, name, ["--batch", "2026-05", "--write"])
    assert (options, dashes) == (["--batch", "2026-05", "--write"], "--")
    assert os.path.normpath(file) == name
    assert not (make / "PWNED").exists()


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.sampled_from("`$(){}'\"\\ \t\n#%;&|*~=!-:a茶"), min_size=1, max_size=12),
    label=st.text(st.sampled_from("`$(){}'\"\\ #%;&|*~=!-:a茶"), min_size=1, max_size=6),
)
def test_any_name_and_answer_reach_the_program_as_they_are(make, name, label):
    *options, _, file = arguments_of(make, name, ["--accept", label])
    assert (os.path.normpath(file), options) == (os.path.normpath(name), ["--accept", label])


def test_a_file_with_a_hostile_name_is_previewed_and_the_printed_command_runs(world):
    name = "2021-09 `touch PWNED` $(shell touch PWNED)\n.csv"
    (world / name).write_bytes(attachments.text("utf-8"))
    said = run("import", "--batch", "2021-09", "--", name, folder=world)
    assert said.returncode == 0
    assert said.stdout.splitlines()[0] == r"2021-09 `touch PWNED` $(shell touch PWNED)\n.csv → 2021-09"
    command = said.stdout.splitlines()[-1].partition("If this is right: ")[2]
    for part in ("Makefile", ".venv", "requirements"):
        (world / part).symlink_to(REPOSITORY / part)
    subprocess.run(("bash", "-c", command), cwd=world, check=True, env=os.environ | {"PYTHONPATH": str(REPOSITORY)})
    assert "tea-10" in (world / "content/records/standards/batch-2021-09.csv").read_text("utf-8")
    assert not (world / "PWNED").exists()


def test_the_names_of_sheets_make_labels_that_can_be_pasted(world):
    book = attachments.Workbook()
    for name, number in (("a`touch PWNED`;b", 50), ("a,b", 51)):
        sheet = book.create_sheet(name)
        sheet.append(attachments.HEADINGS)
        sheet.append([1, f"TEA {number}", "", f"第{number}种茶", ""])
    data = attachments.saved(book)
    announced = plan(Path("content"), "autumn", data, Answers("2021-09"), date(2021, 11, 1))
    assert announced.facts["tea-50"]["sources"] == "annex-2021-09#a-touch-PWNED-b:2"
    assert announced.facts["tea-51"]["sources"] == "annex-2021-09#a-b:2"


# --- what stands in the place of a file ---------------------------------------------------------------------------


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def ring_of_links(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize("place", [folder, pipe, device, ring_of_links, lambda path: None])
def test_what_is_no_file_is_a_sentence(world, place):
    place(world / "annex.xlsx")
    said = run("import", "annex.xlsx", folder=world)
    assert said.returncode == 1
    assert said.stderr.startswith("annex.xlsx: cannot be read (")
    assert said.stderr.endswith("). Nothing was written.\n")
    assert len(said.stderr.splitlines()) == 1


def test_standard_input_without_end_is_read_up_to_the_limit(world):
    with open("/dev/zero", "rb") as endless:  # noqa: PTH123
        said = subprocess.run(
            (sys.executable, "-m", "generator", "import", "-"),
            stdin=endless,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            check=False,
            timeout=60,
        )
    assert said.returncode == 1
    assert "standard input has more than 20 MB" in said.stdout


def test_an_import_that_the_disk_refuses_says_so_and_leaves_the_records(world):
    (world / "autumn.xlsx").write_bytes(attachments.xlsx())
    before = records_below(world / "content")
    said = run("import", "autumn.xlsx", "--write", folder=world, largest=1000)
    assert said.returncode == 1
    assert ": the disk refuses it (File too large); make room, or allow it to be read" in said.stderr
    assert "Records and site are whole" in said.stderr
    assert "Traceback" not in said.stderr
    assert records_below(world / "content") == before


def test_an_import_that_changes_nothing_says_so(world):
    (world / "autumn.xlsx").write_bytes(attachments.xlsx())
    assert "Written: " in run("import", "autumn.xlsx", "--write", folder=world).stdout
    again = run("import", "autumn.xlsx", "--write", folder=world)
    assert again.returncode == 0
    assert again.stdout.splitlines() == [
        "3 rows: 0 new, 0 changing what is recorded, 3 as recorded; 0 new entries.",
        "Nothing to write: the records say all of it.",
    ]
    announced = plan(Path("content"), "autumn", attachments.xlsx(), Answers("2021-09"), date(2021, 11, 1))
    assert list(receipt(announced)) == again.stdout.splitlines()
    assert list(preview(announced, "autumn"))[-1] == again.stdout.splitlines()[-1]


# --- damage -------------------------------------------------------------------------------------------------------


def with_damaged_sum(data: bytes, name: str) -> bytes:
    """The zip file `data`, whose part `name` is not what its check sum says."""
    at = data.index(name.encode()) + len(name) + 20
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def with_bytes(data: bytes, before: bytes, after: bytes, *, last: bool = False) -> bytes:
    """`data` with one place of `before` replaced."""
    at = data.rindex(before) if last else data.index(before)
    return data[:at] + after + data[at + len(before) :]


def entry_of(data: bytes, offset: int, value: bytes) -> bytes:
    """The zip file `data`, with `value` at the `offset` within its first central entry."""
    at = data.index(b"PK\x01\x02") + offset
    return data[:at] + value + data[at + len(value) :]


DAMAGES = {
    "a wrong check sum": (lambda: with_damaged_sum(attachments.xlsx(), SHEET), "document"),
    "an unknown compression": (lambda: entry_of(attachments.xlsx(), 10, b"\x63\x00"), "document"),
    "an entry beyond the end": (lambda: entry_of(attachments.docx(), 42, b"\xff\xff\xff\x7f"), "document"),
    "a central directory before the file": (
        lambda: with_bytes(attachments.ods(), b"PK\x05\x06", b"PK\x05\x06", last=True)[:-6] + b"\xff\xff\xff\x0f\0\0",
        "document",
    ),
    "a number that is none": (
        lambda: with_part(attachments.ods(), CONTENT, lambda part: part.replace(b'"1019"', b'"x"')),
        r"spreadsheet \(.ods\)",
    ),
    "half an .ods": (
        lambda: with_part(attachments.ods(), CONTENT, lambda part: part[: part.index(b"TEA 11")]),
        r"spreadsheet \(.ods\)",
    ),
    "a figure that is none": (
        lambda: with_part(attachments.xlsx(), SHEET, lambda part: part.replace(b"<v>1</v>", b"<v>x</v>")),
        r"spreadsheet \(.xlsx\)",
    ),
    "a style that is not there": (
        lambda: with_part(attachments.xlsx(), "xl/styles.xml", lambda part: part.replace(b'xfId="0"', b'xfId="99"')),
        r"spreadsheet \(.xlsx\)",
    ),
    "half a .docx": (
        lambda: with_part(attachments.docx(), WORD, lambda part: part[: len(part) // 2]),
        "Word document",
    ),
}


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_is_named_whatever_reads_the_file(kind):
    damage, what = DAMAGES[kind]
    with pytest.raises(AttachmentError, match=rf"is damaged as a {what} \(.+\); open it, save it again, or copy"):
        sheets_of(damage(), [])


def test_what_a_library_prints_is_no_answer():
    """odfpy prints the parts that it cannot read, openpyxl the styles that are not there."""
    for kind in ("half an .ods", "a style that is not there"):
        with pytest.raises(AttachmentError, match="is damaged as a"):
            read_attachment("autumn", DAMAGES[kind][0]())


# --- bounds -------------------------------------------------------------------------------------------------------

ROWS_REPEATED = b'<table:table-row table:number-rows-repeated="900000">'
TOO_MUCH = "holds far more than a list of standards"
BOMBS = {
    "one text merged over many cells": (
        lambda: with_part(
            attachments.xlsx([[""] * 99 + ["x"]] * 99, title="A" * 30_000),
            SHEET,
            lambda part: part.replace(b"A1:E1", b"A1:CU98"),
        ),
        TOO_MUCH,
    ),
    "a cell merged over the whole sheet": (
        lambda: with_part(attachments.xlsx(), SHEET, lambda part: part.replace(b"E3:E4", b"A1:XFD1048576")),
        "uses 1,048,576 rows in a merged cell",
    ),
    "many merged cells": (
        lambda: with_part(
            attachments.xlsx(),
            SHEET,
            lambda part: part.replace(b"<mergeCell ", b'<mergeCell ref="A1:CV999"/>' * 99 + b"<mergeCell ", 1),
        ),
        TOO_MUCH,
    ),
    "columns repeated": (
        lambda: with_part(
            attachments.ods(),
            CONTENT,
            lambda part: part.replace(
                b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="900000000" ', 1
            ),
        ),
        "uses 900,000,000 columns in 附件",
    ),
    "rows repeated": (
        lambda: with_part(
            attachments.ods(),
            CONTENT,
            lambda part: part.replace(
                b"<table:table-row>", b'<table:table-row table:number-rows-repeated="900000">', 1
            ),
        ),
        "uses 900,000 rows in 附件",
    ),
    "spaces repeated": (
        lambda: with_part(
            attachments.ods(),
            CONTENT,
            lambda part: part.replace(b"<text:p>", b'<text:p><text:s text:c="900000000"/>', 1),
        ),
        TOO_MUCH,
    ),
    "a cell over a billion columns": (
        lambda: with_part(
            attachments.docx(),
            WORD,
            lambda part: part.replace(b"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="1000000000"/>', 1),
        ),
        r"uses 1,000,000,\d+ columns in a table",
    ),
    "cells over a thousand columns each": (
        lambda: f"{PAGE}<tr>{'<td rowspan=1000 colspan=1000>x' * 2000}".encode(),
        "uses 200 columns in table 1",
    ),
    "one text over many rows": (
        lambda: f"{PAGE}<tr><td rowspan=9999 colspan=50>{'y' * 9000}{'<tr>' * 999}".encode(),
        TOO_MUCH,
    ),
    "tags without end": (lambda: b"<table><tr>" + b"<td>" * (MAX_TAGS + 1), TOO_MUCH),
    "rows without end": (lambda: b"a,b\n" * 70_000, "uses 60,001 rows in the file"),
    "columns without end": (lambda: b"a," * 70_000, "uses 70,001 columns in the file"),
    "text without end": (lambda: (b"a" * 100_000 + b"\n") * (MAX_CHARACTERS // 100_000 + 1), TOO_MUCH),
    "one long row above many short ones": (
        lambda: b"a," * 50 + b"\n" + b"a\n" * 50_000,
        "uses 50,001 rows of 51 columns in the file",
    ),
    "entities behind a long comment": (
        lambda: with_part(
            attachments.xlsx(),
            SHEET,
            lambda part: b"<!--" + b"x" * 9000 + b'--><!DOCTYPE a [<!ENTITY b "c">]>' + part,
        ),
        "defines XML entities",
    ),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_multiplies_is_refused_before_it_does(kind):
    bomb, sentence = BOMBS[kind]
    with pytest.raises(AttachmentError, match=sentence):
        sheets_of(bomb(), [])


def test_a_file_that_takes_too_long_is_given_up(monkeypatch):
    # A process that reads only begins after such a time.
    monkeypatch.setattr(reading, "READING_TIME", 0.01)
    with pytest.raises(AttachmentError, match=r"takes more than 0\.01 seconds or too much memory to read"):
        read_attachment("autumn.xlsx", attachments.xlsx())


@pytest.fixture
def no_limits(tmp_path, monkeypatch) -> None:
    """A system that limits neither the time nor the memory of a process, as Windows."""
    (tmp_path / "resource.py").write_text("raise ImportError\n", "utf-8")
    monkeypatch.chdir(tmp_path)


def test_time_and_answer_are_bounded_where_the_system_limits_nothing(no_limits, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_ANSWER", 500)
    with pytest.raises(AttachmentError, match="too much memory to read"):
        read_attachment("autumn.xlsx", attachments.xlsx())
    monkeypatch.setattr(reading, "LARGEST_ANSWER", 50_000_000)
    assert read_attachment("autumn.xlsx", attachments.xlsx()).sheets[0].name == "附件"
    monkeypatch.setattr(reading, "READING_TIME", 0.01)
    with pytest.raises(AttachmentError, match=r"takes more than 0\.01 seconds"):
        read_attachment("autumn.xlsx", attachments.xlsx())


def test_a_process_that_eats_memory_is_ended_and_said():
    with pytest.raises(AttachmentError, match="too much memory to read"):
        read_attachment("deep.html", b"<table><tr><td>" * (MAX_TAGS // 3))


@pytest.mark.parametrize("kind", ["numbered", "of one title", "by nobody known"])
def test_a_long_list_takes_time_by_its_length_alone(world, kind):
    """Each of these took time by the square of its length: it would keep this test for minutes."""
    rows = {
        "numbered": [f"TEA {n},茶/T {n}-2021,标准名称{n},幻想茶研究院" for n in range(100, 6100)],
        "of one title": [f",,{'很长的茶的名称' * 4}{chr(0x4E00 + n)},幻想茶研究院" for n in range(6000)],
        "by nobody known": [f"TEA {n},茶/T {n}-2021,茶{n},第{n}号茶会" for n in range(100, 6100)],
    }[kind]
    data = "\n".join(["识别号,标准编号,标准名称,发布单位", *rows]).encode()
    announced = plan(Path("content"), "long.csv", data, Answers("2021-09"), date(2021, 11, 1))
    assert announced.rows == 6000
    if kind == "by nobody known":
        assert [str(problem) for problem in announced.problems] == [
            "the file names 6,000 organisations that are not recorded, such as di-100-hao-cha-hui, "
            "di-101-hao-cha-hui, di-102-hao-cha-hui; is the column that of the organisations?"
        ]
