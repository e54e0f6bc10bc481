"""Damage of what the program wrote, and edits in any order."""

from __future__ import annotations

import csv
import io
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from generator.files.disk import files_below, remove
from generator.files.seal import sealed
from tests.attacks.builds import replace, site_of
from tests.attacks.trial import Trial, copy_of, generator_command, project_copy, run
from tests.conftest import WORLD

_STANDARDS = "content/records/standards"
_BUILD_ALONE = (
    "from pathlib import Path; from generator.publishing.build import build; build(Path(), lambda step, share='': None)"
)
"""A build that enters no addresses: what chance writes may go again."""
_URLS = ("", "", "", "https://one.invalid/", "https://two.invalid/below/")
_VALUES = (
    b"",
    b"[]",
    b"{}",
    b"null",
    b"NaN",
    b'{"files": 1}',
    b"[" * 10_000,
    b"9" * 10_000,
    b"\xff\xfe" * 300,
    b"\0" * 5000,
    b"x" * 3_000_000,
)


def trials(seed: int) -> Iterator[Trial]:
    """The rows 2e and 2f."""
    chance = random.Random(seed)
    yield _damages(chance)
    yield _edits(chance)


# --- damage ---


def _damages(chance: random.Random) -> Trial:
    trial = Trial("2e", "what lies below build/ and .cache damaged, × 3 builds, rollback: right again, no traceback")
    with tempfile.TemporaryDirectory(prefix="attack-") as name, project_copy(WORLD) as project:
        run(generator_command("build"), project)
        edits = (lambda _: None, _change_title, _change_word)
        replace(project / "content/records/fields.yml", "en: Leaves", "en: Tea Leaves")
        # The second build leads back to the first, from whose kept files something may be gone.
        assert run(generator_command("build"), project).code == 0
        expected = []
        for count in range(1, len(edits) + 1):
            fresh = copy_of(project, Path(name) / "fresh")
            shutil.rmtree(fresh / "build")
            for edit in edits[:count]:
                edit(fresh)
            assert run(generator_command("build"), fresh).code == 0
            expected.append(site_of(fresh))
            shutil.rmtree(fresh)
        for place in _places(project, chance):
            how = chance.choice(list(_DAMAGES))
            copy = copy_of(project, Path(name) / "damaged")
            _DAMAGES[how](copy / place, copy, chance)
            # A way back is the old site whole, or refused.
            if chance.random() < 0.2:
                _expect_way_back(trial, f"{place} {how}", copy)
            faults = []
            for edit, site in zip(edits, expected, strict=True):
                edit(copy)
                result = run(generator_command("build"), copy)
                if result.code or result.is_traceback:
                    faults.append(result.last_line())
                elif site_of(copy) != site:
                    faults.append("another site than from nothing")
            trial.expect(not faults, f"{place} {how}: {'; '.join(faults)}")
            shutil.rmtree(copy)
    return trial


def _expect_way_back(trial: Trial, what: str, project: Path) -> None:
    result = run(generator_command("rollback"), project)
    is_right = not result.is_traceback and (result.code == 0 or "is as it was." in result.output)
    trial.expect(is_right, f"{what}, rollback: {result.code}, {result.last_line()}")


def _places(project: Path, chance: random.Random) -> list[str]:
    """Files and folders of the program's own: all of the few kinds, some of the many."""
    build = [f"build/{name}" for name in files_below(project / "build")]
    cache = [f".cache/{name}" for name in files_below(project / ".cache")]
    single = [name for name in build if name.count("/") == 1 or name.endswith("/change")]
    folders = sorted({str(Path(name).parent) for name in build + cache})
    foreign = [f"{folder}/.transaction-{name}" for folder in ("build", "content") for name in ("coming", "going")]
    some = [
        *chance.sample(build, 40),
        *chance.sample(cache, 20),
        *chance.sample(folders, 25),
        ".cache/pronunciations.json",
        "build/site/api/v1/standards.json",
    ]
    return [*single * 3, "build/.transaction-back", "build/site", "build/pages", ".cache", *foreign * 2, *some]


def _to_file(path: Path, _: Path, chance: random.Random) -> None:
    remove(path)
    path.write_bytes(chance.choice(_VALUES))


def _to_part(path: Path, _: Path, chance: random.Random) -> None:
    for file in [path] if path.is_file() else list(path.rglob("*")):
        if file.is_file():
            content = file.read_bytes()
            file.write_bytes(content[: chance.randint(0, len(content))])


def _to_other_bits(path: Path, _: Path, chance: random.Random) -> None:
    for file in [path] if path.is_file() else list(path.rglob("*")):
        if file.is_file() and (content := bytearray(file.read_bytes())):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            file.write_bytes(content)


def _to_neighbour(path: Path, project: Path, chance: random.Random) -> None:
    """What another file of the program holds, itself whole."""
    top = path.relative_to(project).parts[0]
    others = [project / top / name for name in files_below(project / top)]
    content = chance.choice(others).read_bytes() if others else b""
    remove(path)
    path.write_bytes(content)


def _to_folder(path: Path, _: Path, __: random.Random) -> None:
    remove(path)
    (path / "stray").mkdir(parents=True)
    (path / "stray/index.html").write_text("<p>stray")


def _to_pipe(path: Path, _: Path, __: random.Random) -> None:
    remove(path)
    os.mkfifo(path)


def _to_link(path: Path, project: Path, chance: random.Random) -> None:
    """A link to itself, to nothing, to a file or a folder of the project."""
    remove(path)
    path.symlink_to(chance.choice([path, project / "nothing", project / "mkdocs.yml", project / "content/pages"]))


def _to_transaction(path: Path, _: Path, __: random.Random) -> None:
    """A transaction of somebody else, or of another version."""
    remove(path)
    (path / "files").mkdir(parents=True)
    (path / "files/index.html").write_text("evil")
    content = b'{"files": ["../../evil.html"], "gone": ["../../mkdocs.yml"], "leads_back": true}'
    (path / "change").write_bytes(sealed("change", content))


def _to_nothing(path: Path, _: Path, __: random.Random) -> None:
    remove(path)


_DAMAGES: dict[str, Callable[[Path, Path, random.Random], None]] = {
    "gone": _to_nothing,
    "holding something else": _to_file,
    "torn": _to_part,
    "with a bit turned": _to_other_bits,
    "holding what another holds": _to_neighbour,
    "a folder": _to_folder,
    "a pipe": _to_pipe,
    "a link": _to_link,
    "a foreign transaction": _to_transaction,
}


# --- edits ---


def _rows(project: Path, file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((project / _STANDARDS / file).read_text("utf-8"))))


def _write_rows(project: Path, file: str, rows: list[dict[str, str]], columns: list[str]) -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (project / _STANDARDS / file).write_text(out.getvalue(), "utf-8", newline="\n")


def _change_cells(project: Path, chance: random.Random, **cells: str) -> None:
    """Change cells of a standard that chance takes; `_` in the name of a column stands for its colon."""
    file = chance.choice(["batch-2020-03.csv", "batch-unknown.csv"])
    rows = _rows(project, file)
    if rows:
        row = chance.choice(rows)
        row |= {column.replace("__", ":"): value.format(row["address"]) for column, value in cells.items()}
        _write_rows(project, file, rows, list(row))


def _change_title(project: Path) -> None:
    replace(project / _STANDARDS / "batch-2020-03.csv", "White Down", "Whiter Down")


def _change_word(project: Path) -> None:
    replace(project / "content/labels.yml", "en: Bay Area Standards", "en: Standards of the Bay")


def _swap(file: str, one: str, other: str) -> Callable[[Path, random.Random], None]:
    """An edit that puts `other` in the place of `one`, or back."""

    def edit(project: Path, _: random.Random) -> None:
        path = project / file
        text = path.read_text("utf-8")
        if one in text:
            path.write_text(text.replace(one, other, 1), "utf-8", newline="\n")
        else:
            path.write_text(text.replace(other, one, 1), "utf-8", newline="\n")

    return edit


def _cells(**cells: str) -> Callable[[Path, random.Random], None]:
    return lambda project, chance: _change_cells(project, chance, **cells)


def _move_to_batch(project: Path, chance: random.Random) -> None:
    """A standard goes from one batch to another."""
    files = chance.sample(["batch-2020-03.csv", "batch-2021-09.csv", "batch-unknown.csv"], 2)
    rows, others = (_rows(project, file) for file in files)
    if len(rows) > 1:
        columns = list(rows[0])
        others.append(rows.pop(chance.randrange(len(rows))))
        _write_rows(project, files[0], rows, columns)
        _write_rows(project, files[1], others, columns)


def _delete_standard(project: Path, chance: random.Random) -> None:
    file = "batch-unknown.csv"
    if len(rows := _rows(project, file)) > 1:
        columns = list(rows[0])
        rows.pop(chance.randrange(len(rows)))
        _write_rows(project, file, rows, columns)


def _add_standard(project: Path, chance: random.Random) -> None:
    file = "batch-unknown.csv"
    if rows := _rows(project, file):
        number = chance.randint(100, 999)
        new = {"address": f"new-{number}", "title:en": f"New tea {number}", "list_identifier": f"NEW {number}"}
        kept = {name: rows[0][name] for name in rows[0] if name.startswith(("title:zh", "standing", "sources"))}
        _write_rows(project, file, [*rows, dict.fromkeys(rows[0], "") | kept | new], list(rows[0]))


def _shuffle(project: Path, chance: random.Random) -> None:
    file = chance.choice(["batch-2020-03.csv", "batch-unknown.csv"])
    rows = _rows(project, file)
    columns = list(rows[0])
    chance.shuffle(rows)
    _write_rows(project, file, rows, columns)


def _delete_field(project: Path, _: random.Random) -> None:
    """The field of cups goes, its standards are in none; or it comes back."""
    path = project / "content/records/fields.yml"
    text = path.read_text("utf-8")
    before, *mark = text.partition("cups:\n")
    if not mark[0]:
        shutil.copy(WORLD / "fields.yml", path)
        return
    path.write_text(before, "utf-8", newline="\n")
    for file in ("batch-2020-03.csv", "batch-2021-09.csv", "batch-unknown.csv"):
        if rows := _rows(project, file):
            for row in rows:
                if "cups" in row["field"]:
                    row |= {"field": "", "field_assigned_by": ""}
            _write_rows(project, file, rows, list(rows[0]))


def _go_back(project: Path, _: random.Random) -> None:
    """All records as they were at first."""
    shutil.rmtree(project / "content/records")
    shutil.copytree(WORLD, project / "content/records")


_EDITS: dict[str, Callable[[Path, random.Random], None]] = {
    "a title": _cells(title__en="Tea {}, renamed"),
    "a Chinese title": _cells(title__zh_Hans="改名", title__zh_Hant="改名"),
    "another name": _cells(also_called__en="Brew of {}"),
    "a note": _cells(note__en="x", note__zh_Hans="x", note__zh_Hant="x"),
    "a status": _cells(status="upcoming"),
    "a withdrawal": _cells(status="withdrawn", withdrawn_on="2022-02-02"),
    "no status": _cells(status="", withdrawn_on=""),
    "a route": _cells(route="confirmed"),
    "a publisher": _cells(publisher="guild-of-empty-cups"),
    "no publisher": _cells(publisher=""),
    "a leader": _cells(led_by="guild-of-empty-cups"),
    "a field": _cells(field="leaves", field_assigned_by="catalogue"),
    "several fields": _cells(field="leaves | cups", field_assigned_by="catalogue | source"),
    "no field": _cells(field="", field_assigned_by=""),
    "a day": _cells(issued_on="2019-12-31"),
    "a number": _cells(designation="T/TEA {}-2019"),
    "an identifier": _cells(list_identifier="TEA {}"),
    "a source": _cells(sources="kettle"),
    "a standing": _cells(standing__en="reviewed"),
    "a former address": _cells(former_addresses="old-{}"),
    "a move to another batch": _move_to_batch,
    "a standard gone": _delete_standard,
    "a new standard": _add_standard,
    "another order": _shuffle,
    "a field gone or back": _delete_field,
    "a name of a field": _swap("content/records/fields.yml", "en: Leaves", "en: Tea Leaves"),
    "a name of a batch": _swap("content/records/batches.yml", "en: First flush", "en: Spring flush"),
    "a change gone": _swap("content/records/changes.csv", "2021-12-24,,tea-4,title:zh-Hant,滴漏杯,漏杯,kettle\n", ""),
    "a word": _swap("content/labels.yml", "en: Bay Area Standards", "en: Standards of the Bay"),
    "a page": _swap("content/pages/en/about.md", "# About", "# About us"),
    "the frame": _swap("overrides/partials/footer.html", "<footer", "<footer  "),
    "a style sheet": _swap("overrides/assets/stylesheets/notice.css", "{", " {"),
    "the configuration": _swap("mkdocs.yml", "security_expires: 2027-11-01", "security_expires: 2027-11-02"),
    "everything as at first": _go_back,
}


def _edits(chance: random.Random) -> Trial:
    trial = Trial("2f", f"random sequences of {len(_EDITS)} kinds of edits: the site is that of a build from nothing")
    with tempfile.TemporaryDirectory(prefix="attack-") as name, project_copy(WORLD) as project:
        command = (generator_command()[0], "-c", _BUILD_ALONE)
        assert run(command, project).code == 0
        for _ in range(80):
            copy, steps = copy_of(project, Path(name) / "edited"), []
            for _ in range(chance.randint(2, 5)):
                _edit_and_build(copy, command, chance, steps)
            url = chance.choice(_URLS)
            last = run(command, copy, {"SITE_URL": url})
            fresh = copy_of(copy, Path(name) / "fresh")
            shutil.rmtree(fresh / "build")
            other = run(command, fresh, {"SITE_URL": url})
            is_same = last.code == other.code and (last.code != 0 or site_of(copy) == site_of(fresh))
            trial.expect(is_same, f"{', '.join(steps)}: {last.last_line()} | {other.last_line()}")
            shutil.rmtree(copy)
            shutil.rmtree(fresh)
    return trial


def _edit_and_build(project: Path, command: Sequence[str], chance: random.Random, steps: list[str]) -> None:
    for kind in chance.sample(list(_EDITS), chance.randint(1, 2)):
        _EDITS[kind](project, chance)
        steps.append(kind)
    url = chance.choice(_URLS)
    result = run(command, project, {"SITE_URL": url})
    steps.append(f"build {url}{'' if result.code == 0 else ' refused'}")
