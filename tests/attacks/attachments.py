"""Trials 3a, 3b and 5: damaged, hostile and enormous attachments, and names that a shell would run."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from generator.announcing.attachments.bounds import MAX_TAGS
from generator.announcing.preview import import_command_line, visible
from tests import attachments
from tests.attachments import with_part, zipped
from tests.attacks.trial import Run, Trial, generator_command, project_copy, run
from tests.browsing import a_browser
from tests.conftest import REPOSITORY, WORLD
from tests.test_hostile_attachments import BOMBS, CONTENT, DAMAGES, NAMES, PAGE, SHEET, WORD

MUTATIONS = 80
"""How many times each kind of file is damaged."""
PATIENCE = 20
"""Seconds within which a file is read or refused."""
MEGABYTES = 1500
"""The memory that all processes may take together."""
LONG = 50_000
"""Rows of a plain list that is read in whole."""
LONG_PATIENCE = 10
"""Seconds within which it is."""


def trials(seed: int) -> Iterator[Trial]:
    """Damage by chance, hostile files made by hand, long lists, names; each through the whole preview."""
    with project_copy(WORLD) as project:
        yield _mutations(project, random.Random(seed))
        yield _handmade(project)
        yield _long_lists(project)
        yield _names(project)


def _samples() -> dict[str, bytes]:
    with a_browser() as browser:
        page = attachments.pdf(browser)
    return {
        "xlsx": attachments.xlsx(),
        "xls": attachments.xls(),
        "ods": attachments.ods(),
        "docx": attachments.docx(),
        "html": attachments.html(),
        "csv": attachments.text("utf-8"),
        "gb18030.csv": attachments.text("gb18030"),
        "pdf": page,
    }


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """`data` with one damage: of its bytes, or of a part within a zip file that itself is whole."""
    if data[:2] == b"PK" and chance.random() < 0.5:
        part = chance.choice([SHEET, CONTENT, WORD, "xl/styles.xml", "xl/workbook.xml", "META-INF/manifest.xml"])
        try:
            return with_part(data, part, lambda content: _mutated(content, chance))
        except KeyError:
            pass
    at, length = chance.randrange(len(data)), chance.choice([1, 2, 8, 64, 512])
    match chance.randrange(6):
        case 0:
            return data[:at]
        case 1:
            return data[:at] + data[at + length :]
        case 2:
            return data[:at] + chance.randbytes(length) + data[at + length :]
        case 3:
            return data[:at] + data[at : at + length] * chance.choice([2, 50, 2000]) + data[at:]
        case 4:
            damaged = bytearray(data)
            for _ in range(length):
                damaged[chance.randrange(len(data))] = chance.randrange(256)
            return bytes(damaged)
        case _:
            figure = chance.choice([b"0", b"-1", b"9" * 9, b"x", b"1e9", b""])
            places = [n for n, byte in enumerate(data) if 48 <= byte < 58] or [at]
            place = chance.choice(places)
            return data[:place] + figure + data[place + 1 :]


def _previewed(project: Path, name: str, data: bytes) -> Run:
    (project / name).write_bytes(data)
    try:
        return run(generator_command("import", name, "--batch", "2021-09"), project, patience=3 * PATIENCE)
    finally:
        (project / name).unlink()


def _expect_sentence(trial: Trial, what: str, outcome: Run, patience: float = PATIENCE) -> None:
    """Count a file that was read, or refused in a sentence, within the bounds."""
    is_said = outcome.code in (0, 1) and "Nothing" in outcome.last_line() and not outcome.is_traceback
    is_bounded = outcome.seconds < patience and outcome.megabytes < MEGABYTES and not outcome.is_hanging
    cost = f"{outcome.seconds:.1f} s, {outcome.megabytes:.0f} MB"
    trial.expect(is_said and is_bounded, f"{what}: {outcome.code}, {cost}: {outcome.last_line()}")


def _mutations(project: Path, chance: random.Random) -> Trial:
    trial = Trial("3a", "mutated xlsx, xls, ods, docx, pdf, html, csv: read or refused in a sentence, records whole")
    before = _records(project)
    for kind, sample in _samples().items():
        for n in range(MUTATIONS):
            outcome = _previewed(project, f"mutated.{kind}", _mutated(sample, chance))
            _expect_sentence(trial, f"{kind} {n}", outcome)
    trial.expect(_records(project) == before, "the records changed")
    return trial


def _records(project: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in sorted((project / "content").rglob("*")) if file.is_file()}


def _pdf(stream: bytes, pages: int = 1) -> bytes:
    """A PDF of so many `pages`, each of which draws the compressed `stream`."""
    kids = " ".join(["3 0 R"] * pages)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(stream), stream),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 5\n0000000000 65535 f \n%btrailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def _entities(part: bytes) -> bytes:
    laughs = b"".join(b'<!ENTITY l%d "%b">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return b'<!DOCTYPE x [<!ENTITY l0 "ha">' + laughs + b'<!ENTITY f SYSTEM "file:///etc/passwd">]>' + part


def _handmade_files() -> dict[str, Callable[[], bytes]]:
    """What was done → the file."""
    xlsx, ods, docx = attachments.xlsx(), attachments.ods(), attachments.docx()
    many = MAX_TAGS - 100_000

    def filled(data: bytes, part: str, before: bytes, filling: bytes) -> Callable[[], bytes]:
        return lambda: with_part(data, part, lambda content: content.replace(before, filling + before, 1))

    return {
        **{kind: bomb for kind, (bomb, _) in BOMBS.items()},
        **{kind: damage for kind, (damage, _) in DAMAGES.items()},
        "a million cells in a row": filled(xlsx, SHEET, b"<sheetData>", b"<sheetData><row>" + b"<c/>" * 10**6),
        "a row for every third tag": filled(xlsx, SHEET, b"</sheetData>", b"<row><c/></row>" * (many // 3)),
        "elements nested in a sheet": filled(xlsx, SHEET, b"<sheetData>", b"<a>" * 500_000 + b"</a>" * 500_000),
        "styles": filled(xlsx, "xl/styles.xml", b"</cellXfs>", b"<xf/>" * many),
        "empty cells of .ods": filled(ods, CONTENT, b"</table:table-row>", b"<table:table-cell/>" * 10**6),
        "empty rows of .ods": filled(ods, CONTENT, b"<table:table-row>", b"<table:table-row/>" * 10**6),
        "elements in a text": filled(ods, CONTENT, b"</text:p>", b"<text:s/>" * 10**6),
        "spaces below the bound": filled(ods, CONTENT, b"</text:p>", b'<text:s text:c="5000000"/>'),
        "empty paragraphs": filled(docx, WORD, b"<w:sectPr", b"<w:p/>" * many),
        "rows of .docx": filled(docx, WORD, b"</w:tbl>", b"<w:tr><w:tc><w:p/></w:tc></w:tr>" * 150_000),
        "cells that go on": filled(
            docx, WORD, b"</w:tbl>", b"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>" * 20_000
        ),
        "elements nested in .docx": filled(docx, WORD, b"<w:sectPr", b"<w:a>" * 500_000 + b"</w:a>" * 500_000),
        "tables of .docx": filled(
            docx, WORD, b"<w:sectPr", b"<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 90_000
        ),
        **{
            f"entities in {part}": lambda data=data, part=part: with_part(data, part, _entities)
            for data, part in ((xlsx, SHEET), (ods, CONTENT), (docx, WORD))
        },
        "entities in UTF-16": lambda: with_part(
            docx, WORD, lambda content: _entities(content.split(b"?>", 1)[1]).decode().encode("utf-16")
        ),
        "a bomb in a zip file": lambda: zipped({"xl/workbook.xml": b" " * 900_000_000}),
        "a hundred bombs": lambda: zipped({f"xl/{n}.xml": b" " * 2_000_000 for n in range(100)}),
        "many entries": lambda: zipped({f"xl/{n}.xml": b"" for n in range(9000)}),
        "a picture of 99 MB": lambda: zipped({"xl/workbook.xml": b"<a/>", "xl/media/a.png": bytes(99_000_000)}),
        "names that lead out": lambda: zipped({"../../evil": b"x", "/etc/evil": b"x", "xl/workbook.xml": b"<a/>"}),
        "cells of HTML": lambda: f"{PAGE}<tr>".encode() + b"<td>" * many,
        "rows of HTML": lambda: PAGE.encode() + b"<tr>" * many,
        "tables of HTML": lambda: b"<table><tr><td>a</table>" * (many // 4),
        "nested tables": lambda: b"<table><tr><td>" * (many // 3),
        "nested elements": lambda: b"<div>" * many,
        "attributes": lambda: b"<table " + b" ".join(b"a%d" % n for n in range(2 * 10**6)) + b"><tr><td>x</table>",
        "fields of one row": lambda: b",".join([b"a"] * 9_000_000),
        "one field": lambda: b'a,b\n"' + b"x" * 19_000_000,
        "bytes that are no text": lambda: bytes(range(128, 255)) * 150_000,
        "20 MB of GB18030": lambda: "茶/T 1-2020,云雾茶壶\n".encode("gb18030") * 900_000,
        "20 MB of UTF-16": lambda: "\ufeff茶/T 1-2020,云雾茶壶\n".encode("utf-16-le") * 600_000,
        "a bomb in a PDF": lambda: _pdf(zlib.compress(b"0 0 m 1 1 l S\n" * 30_000_000, 9)),
        "letters of a PDF": lambda: _pdf(zlib.compress(b"BT /F1 9 Tf (aaaaaaaaa) Tj ET\n" * 300_000, 9)),
        "pages of a PDF": lambda: _pdf(zlib.compress(b"0 0 m 1 1 l S"), 100_000),
        "lines on all pages of a PDF": lambda: _pdf(zlib.compress(b"0 0 m 1 1 l S\n" * 20_000, 9), 300),
    }


def _handmade(project: Path) -> Trial:
    trial = Trial("3b", "bombs, entities, lying zips, spans, nesting, pages: read or refused within 20 s and 1.5 GB")
    before = _records(project)
    for what, made in _handmade_files().items():
        _expect_sentence(trial, what, _previewed(project, "handmade", made()))
    trial.expect(_records(project) == before, "the records changed")
    return trial


def _long_lists(project: Path) -> Trial:
    trial = Trial("3b", "50,000 plain rows: planned in whole within 10 s")
    lists = {
        "numbers": lambda n: f"TEA {n},茶/T {n}-2021,第{n}号标准的技术要求和服务规范,幻想茶研究院",
        "one title": lambda n: f"TEA {n},茶/T {n}-2021,茶的标准,幻想茶研究院",
        "English": lambda n: f"TEA {n},T/TEA {n}-2021,Standard number {n} of imaginary tea,Institute of Imaginary Tea",
        "a hundred bodies": lambda n: f"TEA {n},茶/T {n}-2021,标准名称{n},第{n % 100}号茶会",
    }
    for what, line in lists.items():
        rows = "\n".join(["识别号,标准编号,标准名称,发布单位", *map(line, range(100, LONG + 100))])
        outcome = _previewed(project, "long.csv", rows.encode())
        _expect_sentence(trial, what, outcome, LONG_PATIENCE)
        trial.expect(f"{LONG:,} rows" in outcome.output or outcome.code == 1, f"{what}: not all rows were planned")
    return trial


def _names(project: Path) -> Trial:
    trial = Trial("5", "names of files in make import, as the preview prints it: nothing of a name runs")
    for part in ("Makefile", ".venv", "requirements"):
        (project / part).symlink_to(REPOSITORY / part)
    for name in NAMES:
        shutil.copy(WORLD / "batches.yml", project / name)
        command = import_command_line(name, ["--batch", "2021-09"])
        outcome = subprocess.run(
            ("bash", "-c", command),
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            check=False,
        )
        # It is found under its whole name, and refused for what it holds.
        shown = visible(name).encode()
        is_found = shown in outcome.stdout and b"no list was found" in outcome.stdout
        trial.expect(is_found, f"{command}: {outcome.stdout[-200:]} {outcome.stderr[-200:]}")
        trial.expect(not (project / "PWNED").exists(), f"{command}: ran")
        (project / "PWNED").unlink(missing_ok=True)
        (project / name).unlink()
    return trial
