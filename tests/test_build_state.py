"""From any state of `build/` and `.cache/`, after any edits, a build gives the same site as one from nothing."""

from __future__ import annotations

import csv
import errno
import io
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from generator.files import transaction
from generator.files.cache import CACHE
from generator.files.disk import files_below, remove
from generator.publishing import build as building
from generator.publishing.build import build, roll_back
from generator.publishing.incremental.manifest import MANIFEST, Manifest, read_manifest
from generator.publishing.published import StoppedError, UnpublishedError
from tests.conftest import REPOSITORY, WORLD, make_project, quietly

OWNED = ("site", "pages", "nginx.conf")
NO_FIELD = {"field": "", "field_assigned_by": ""}
NOISE = bytes(random.Random(0).randbytes(500))


def published(project: Path) -> dict[str, bytes]:
    """Every file that a build owns, but for the manifest, which has times in it."""
    names = [name for name in files_below(project / "build") if name.split("/")[0] in OWNED]
    return {name: (project / "build" / name).read_bytes() for name in names}


@pytest.fixture(scope="module")
def from_nothing(local_world) -> dict[str, bytes]:
    return published(local_world)


FILES = {
    "a page": "site/en/standards/tea-1/index.html",
    "a plain copy": "site/en/standards/tea-1/index.md",
    "a list": "site/zh-Hant/standards/index.html",
    "the landing page": "site/index.html",
    "the page of unknown addresses": "site/404.html",
    "a short page": "site/s/tea-1/index.html",
    "a former address": "site/en/standards/bai-cha/index.html",
    "data of a record": "site/api/v1/standards/tea-1.json",
    "a citation": "site/api/v1/citations/tea-1.bib",
    "the list as data": "site/api/v1/standards.json",
    "a compressed copy": "site/assets/search.json.gz",
    "another compressed copy": "site/assets/stylesheets/site.css.br",
    "the workbook": "site/api/v1/standards.xlsx",
    "a feed": "site/feeds/en/list.xml",
    "the sitemap": "site/sitemap.xml",
    "the search index": "site/assets/search.json",
    "a picture": "site/cards/en/standards/tea-1.png",
    "a QR code": "site/s/tea-1/qr.svg",
    "an icon": "site/favicon.ico",
    "a script": "site/assets/javascripts/site.js",
    "headers for hosts": "site/_headers",
    "a configuration": "nginx.conf",
    "a Markdown page": "pages/en/standards/tea-1.md",
    "the manifest": "manifest",
}
DAMAGES = ("deleted", "emptied", "changed", "scrambled", "a folder")


def damage(path: Path, how: str) -> None:
    content = path.read_bytes()
    path.unlink()
    match how:
        case "emptied":
            path.write_bytes(b"")
        case "changed":
            # As long as it was.
            path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
        case "scrambled":
            path.write_bytes(NOISE)
        case "a folder":
            path.mkdir()
            (path / "stray.txt").write_text("x")


@pytest.mark.parametrize("how", DAMAGES)
def test_whatever_becomes_of_a_file_the_next_build_mends_it(built_world, from_nothing, how):
    build_folder = built_world / "build"
    for what, name in FILES.items():
        assert (build_folder / name).is_file(), what
        damage(build_folder / name, how)
        build(built_world, quietly)
        state = published(built_world)
        assert sorted(state) == sorted(from_nothing), what
        assert [one for one in state if state[one] != from_nothing[one]] == [], what
    assert build(built_world, quietly).changed.total() == 0


@pytest.mark.parametrize("how", DAMAGES)
def test_whatever_becomes_of_the_cache_the_site_is_the_same(built_world, from_nothing, how):
    entries = list(files_below(built_world / CACHE))
    assert len({name.split("/")[0] for name in entries}) > 3
    for name in entries:
        damage(built_world / CACHE / name, how)
    shutil.rmtree(built_world / "build")
    build(built_world, quietly)
    assert published(built_world) == from_nothing


@pytest.mark.parametrize("kind", ["a pipe", "a link to itself", "a link to a folder", "a link to a file"])
def test_what_is_no_file_of_ours_is_replaced_and_neither_waited_for_nor_written_through(
    built_world, from_nothing, kind, tmp_path_factory
):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").write_text("theirs")
    places = (
        "build/nginx.conf",
        "build/pages",
        "build/site/en/standards",
        "build/site/s/tea-1/qr.svg",
        "build/manifest",
    )
    cached = sorted(files_below(built_world / CACHE))[::7]
    for name in (*places, *(f"{CACHE}/{one}" for one in cached)):
        path = built_world / name
        remove(path)
        match kind:
            case "a pipe":
                os.mkfifo(path)
            case "a link to itself":
                path.symlink_to(path)
            case "a link to a folder":
                path.symlink_to(elsewhere)
            case _:
                path.symlink_to(elsewhere / "file")
    build(built_world, quietly)
    assert published(built_world) == from_nothing
    assert not any((built_world / place).is_symlink() for place in places)
    assert [(path.name, path.read_text()) for path in elsewhere.iterdir()] == [("file", "theirs")]
    assert build(built_world, quietly).changed.total() == 0


MANIFESTS = (b"[]", b"{}", b"null", b"NaN", b"[2,{},{},{},[]]", b"[" * 10_000, b"\xff" * 100, b"9" * 10_000)


@pytest.mark.parametrize("content", MANIFESTS)
def test_a_manifest_that_no_build_wrote_is_as_good_as_none(tmp_path, content):
    (tmp_path / MANIFEST).write_bytes(content)
    assert read_manifest(tmp_path) == Manifest()


def test_a_manifest_with_one_bit_turned_is_as_good_as_none(built_world):
    path = built_world / "build" / MANIFEST
    content = bytearray(path.read_bytes())
    assert read_manifest(path.parent) != Manifest()
    for place in range(0, len(content), len(content) // 50):
        damaged = content.copy()
        damaged[place] ^= 1
        path.write_bytes(damaged)
        assert read_manifest(path.parent) == Manifest()


@pytest.mark.parametrize("gone", ["build", "build/site", "build/pages", "build/site/en", CACHE])
def test_a_folder_that_is_gone_is_made_again(built_world, from_nothing, gone):
    shutil.rmtree(built_world / gone)
    build(built_world, quietly)
    assert published(built_world) == from_nothing


def test_what_nobody_made_goes_and_what_was_made_is_not_written_again(built_world, from_nothing):
    strays = ("site/stray.html", "site/en/standards/stray/x.txt", "pages/en/stray.md", "site/cards/old.png")
    for name in strays:
        path = built_world / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("stray")
    times = {name: (built_world / "build" / name).stat().st_mtime_ns for name in from_nothing}
    build(built_world, quietly)
    assert published(built_world) == from_nothing
    assert {name: (built_world / "build" / name).stat().st_mtime_ns for name in from_nothing} == times


def test_a_copy_of_the_folder_with_other_times_is_as_good(built_world, from_nothing):
    for name in from_nothing:
        os.utime(built_world / "build" / name, (0, 0))
    result = build(built_world, quietly)
    assert (result.changed.total(), result.reasons) == (0, {})
    assert published(built_world) == from_nothing


def reasons_of(project: Path) -> dict[str, str]:
    """Target → why a build of `project` makes it again."""
    return {name: str(reason) for name, reason in build(project, quietly).reasons.items()}


def test_a_build_says_why_it_makes_something_again(built_world):
    (built_world / "build/site/en/standards/tea-1/index.md").unlink()
    assert reasons_of(built_world) == {"standards/tea-1/": "site/en/standards/tea-1/index.md is missing"}
    change_title(built_world, "tea-1", "Whiter Down")
    reasons = reasons_of(built_world)
    assert {reasons[name] for name in ("standards/tea-1/", "standards/", "sitemap")} == {"tea-1 changed"}
    assert "organisations/" not in reasons
    replaced(built_world, *EDITS["a word"])
    reasons = reasons_of(built_world)
    assert set(reasons.values()) == {"labels.yml changed"}
    assert len(reasons) > 30


def test_a_build_that_draws_says_how_far_it_is(world):
    shares = []
    build(world, lambda step, share=None: shares.append(share))
    counts = [tuple(map(int, str(share).split(" of "))) for share in shares if share]
    assert counts == sorted(counts)
    assert counts[-1][0] == counts[-1][1] > len(counts) > 20


# --- any sequence of edits ---


def edit_rows(project: Path, file: str, change) -> None:
    path = project / "content/records/standards" / file
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    columns = list(rows[0])
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(change(rows))
    path.write_text(out.getvalue(), "utf-8", newline="\n")


def change_title(project: Path, address: str, title: str) -> None:
    edit_rows(
        project,
        "batch-2020-03.csv",
        lambda rows: [row | {"title:en": title} if row["address"] == address else row for row in rows],
    )


def replaced(project: Path, file: str, old: str, new: str) -> None:
    path = project / file
    text = path.read_text("utf-8")
    assert old in text or new in text
    path.write_text(text.replace(old, new, 1) if old in text else text.replace(new, old, 1), "utf-8", newline="\n")


def delete_field(project: Path) -> None:
    """Its standards are in none."""
    fields = project / "content/records/fields.yml"
    text = re.sub("^cups:\n.*?(?=^dreams:)", "", fields.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    fields.write_text(text, "utf-8", newline="\n")
    events = project / "content/records/events.yml"
    events.write_text(events.read_text("utf-8").replace("fields: [cups]", "fields: [leaves]"), "utf-8", newline="\n")
    for file in ("batch-2020-03.csv", "batch-2021-09.csv", "batch-unknown.csv"):
        edit_rows(project, file, lambda rows: [row | (NO_FIELD if "cups" in row["field"] else {}) for row in rows])


def test_a_field_that_was_never_published_goes_with_all_its_pages(built_world):
    delete_field(built_world)
    build(built_world, quietly)
    state = published(built_world)
    assert not [name for name in state if "/cups/" in name]
    shutil.rmtree(built_world / "build")
    build(built_world, quietly)
    assert published(built_world) == state


EDITS = {
    "a word": ("content/labels.yml", "en: Bay Area Standards", "en: Standards of the Bay"),
    "a hand-written page": ("content/pages/en/about.md", "# About", "# About us"),
    "a field's name": ("content/records/fields.yml", "en: Leaves", "en: Tea Leaves"),
    "a body's website": ("content/records/organisations.yml", "website:", "website:"),
    "a source's day": ("content/records/sources.yml", "2020", "2019"),
    "a title, taken away": (
        "content/records/standards/batch-2020-03.csv",
        "陈年乌龙,陳年烏龍,Aged Oolong,official,converted,translated,",
        "陈年乌龙,陳年烏龍,,official,converted,,",
    ),
    "the theme": ("overrides/partials/footer.html", "<footer", "<footer  "),
    "a style sheet": ("overrides/assets/stylesheets/notice.css", "{", " {"),
    "the configuration": ("mkdocs.yml", "security_expires: 2027-11-01", "security_expires: 2027-11-02"),
}


class Edits(RuleBasedStateMachine):
    """A project that is edited and built in any order; what is built is compared with a build from nothing."""

    folder: Path
    is_edited = False

    @initialize()
    def begin(self) -> None:
        self.project = self.folder / "world"
        shutil.rmtree(self.project, ignore_errors=True)
        shutil.copytree(self.folder / "built", self.project, symlinks=True)
        os.chdir(self.project)
        os.environ.pop("SITE_URL", None)

    @rule(name=st.sampled_from(sorted(EDITS)))
    def edit(self, name: str) -> None:
        replaced(self.project, *EDITS[name])
        self.is_edited = True

    @rule(
        column=st.sampled_from(["title:en", "title:zh-Hans", "note:en", "also_called:en"]),
        text=st.sampled_from("甲乙*<x"),
    )
    def change_words(self, column: str, text: str) -> None:
        notes = ("note:zh-Hans", "note:zh-Hant", "note:en")

        def change(rows):
            first = rows[0] | {column: f"{rows[0][column]}{text}"}
            return [first | {one: first[one] or "x" for one in notes} if column in notes else first, *rows[1:]]

        edit_rows(self.project, "batch-2020-03.csv", change)
        self.is_edited = True

    @rule(
        column=st.sampled_from(["status", "field", "route", "publisher", "issued_on", "designation", "standing:en"]),
        row=st.integers(0, 3),
    )
    def change_fact(self, column: str, row: int) -> None:
        values = {
            "status": "upcoming",
            "field": "leaves | cups",
            "route": "confirmed",
            "publisher": "guild-of-empty-cups",
            "issued_on": "2019-12-31",
            "designation": f"T/TEA {row}-2019",
            "standing:en": "reviewed",
        }
        edit_rows(
            self.project,
            "batch-2020-03.csv",
            lambda rows: [one | {column: values[column]} if n == row else one for n, one in enumerate(rows)],
        )
        self.is_edited = True

    @rule()
    def add(self) -> None:
        def change(rows):
            number = len(rows) + 1
            new = {"address": f"new-{number}", "title:en": f"New tea {number}", "list_identifier": f"NEW {number}"}
            kept = ("title:zh-Hans", "title:zh-Hant", "sources", "standing:zh-Hans", "standing:zh-Hant", "standing:en")
            return [*rows, dict.fromkeys(rows[0], "") | {name: rows[0][name] for name in kept} | new]

        edit_rows(self.project, "batch-unknown.csv", change)
        self.is_edited = True

    @rule()
    def move_to_another_place(self) -> None:
        edit_rows(self.project, "batch-unknown.csv", lambda rows: [*rows[1:], rows[0]])
        self.is_edited = True

    @rule()
    def move_to_another_batch(self) -> None:
        moved: list[dict[str, str]] = []

        def take(rows):
            moved.extend(rows[-1:] if len(rows) > 1 else ())
            return rows[: len(rows) - len(moved)]

        edit_rows(self.project, "batch-2020-03.csv", take)
        edit_rows(self.project, "batch-2021-09.csv", lambda rows: [*rows, *moved])
        self.is_edited = True

    @rule(row=st.integers(0, 3))
    def withdraw(self, row: int) -> None:
        cells = {"status": "withdrawn", "withdrawn_on": "2022-02-02"}
        edit_rows(
            self.project,
            "batch-2020-03.csv",
            lambda rows: [one | cells if n == row else one for n, one in enumerate(rows)],
        )
        self.is_edited = True

    @rule()
    def delete_a_field(self) -> None:
        delete_field(self.project)
        self.is_edited = True

    @rule(url=st.sampled_from(["https://one.invalid/", "https://two.invalid/below/"]))
    def move_site(self, url: str) -> None:
        os.environ["SITE_URL"] = url
        self.is_edited = True

    @rule()
    def build_in_between(self) -> None:
        try:
            build(self.project, quietly)
        except UnpublishedError:
            # The check may refuse what chance wrote; then nothing may have changed.
            return

    @rule()
    def step_back(self) -> None:
        try:
            roll_back(self.project)
        except UnpublishedError:
            return

    def teardown(self) -> None:
        """A build now is the same as one from nothing."""
        if not self.is_edited:
            return
        try:
            build(self.project, quietly)
        except UnpublishedError:
            return
        fresh = self.folder / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(self.project, fresh, ignore=shutil.ignore_patterns("build"))
        os.chdir(fresh)
        try:
            build(fresh, quietly)
        finally:
            os.chdir(self.project)
        assert published(self.project) == published(fresh)


def test_any_sequence_of_edits_gives_the_site_that_a_build_from_nothing_gives(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("edits")
    monkeypatch.chdir(make_project(folder / "built", WORLD))
    monkeypatch.delenv("SITE_URL", raising=False)
    build(folder / "built", quietly)
    Edits.folder = folder
    case = Edits.TestCase
    case.settings = settings(
        max_examples=10,
        stateful_step_count=7,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        derandomize=True,
    )
    monkeypatch.setenv("SITE_URL", "")
    case().runTest()


# --- every single cell of the records ---


def told_otherwise(column: str, value: str) -> str | None:
    match column.partition(":")[0]:
        case "title" | "note" if value:
            return f"{value}x"
        case "also_called":
            return f"{value}; X" if value else "X"
        case "issued_on" | "implemented_on":
            return "" if value else "2020-02-02"
        case "standing":
            return {"official": "devised", "converted": "devised", "translated": "devised"}.get(value)
    return None


def test_a_cell_that_only_some_pages_show_reaches_all_of_them(built_world):
    """Each cell after which a build makes only some targets is changed, one after the other."""
    records = built_world / "content/records/standards"
    changes = 0
    for file in sorted(records.glob("*.csv")):
        for row in range(2):
            for column in next(csv.DictReader(io.StringIO(file.read_text("utf-8")))):

                def change(rows, row=row, column=column):
                    other = told_otherwise(column, rows[row][column]) if row < len(rows) else None
                    return [
                        one | {column: other} if n == row and other is not None else one for n, one in enumerate(rows)
                    ]

                before = file.read_text("utf-8")
                edit_rows(built_world, file.name, change)
                changes += file.read_text("utf-8") != before
        # After the changes of a file together, as after each: what one hid another cannot mend.
        result = build(built_world, quietly)
        assert len(result.reasons) < 60
        state = published(built_world)
        shutil.rmtree(built_world / "build")
        build(built_world, quietly)
        assert state == published(built_world)
    assert changes > 25


# --- a build that is killed ---


def children(process: int) -> set[int]:
    """The processes that a build forked, which run the same command."""
    own = Path(f"/proc/{process}/cmdline").read_bytes()
    numbers = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return {int(number) for number in numbers if cmdline(int(number)) == own}


def cmdline(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@pytest.mark.parametrize(("delay", "is_held_up"), [(0, False), (0.1, True), (0.4, False)])
def test_workers_end_with_a_build_that_is_killed_and_the_next_build_is_right(
    built_world, from_nothing, delay, is_held_up
):
    shutil.rmtree(built_world / "build/site")
    shutil.rmtree(built_world / CACHE / "pictures")
    build_process = subprocess.Popen(
        (sys.executable, "-m", "generator", "build"),
        cwd=built_world,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    workers: set[int] = set()
    while build_process.poll() is None and not workers:
        workers = children(build_process.pid)
        time.sleep(0.01)
    assert workers
    time.sleep(delay)
    for number in workers if is_held_up else ():
        os.kill(number, signal.SIGSTOP)
    build_process.kill()
    # Their output ends with the last of them.
    build_process.communicate(timeout=60)
    assert [number for number in workers if cmdline(number)] == []
    build(built_world, quietly)
    assert published(built_world) == from_nothing


# --- a machine that refuses, or differs ---


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            OSError(errno.ENOSPC, "No space left on device", "build/site/x"),
            "build/site/x: the disk refuses it (No space",
        ),
        (
            OSError(errno.EMFILE, "Too many open files", "mkdocs.yml"),
            "mkdocs.yml: the machine refuses it (Too many open",
        ),
        (OSError("unknown file format"), "build: the machine refuses it (unknown file format)"),
        (MemoryError(), "The machine has too little memory"),
        (BrokenProcessPool(), "The machine has too little memory"),
        (RuntimeError("can't start new thread"), "The machine refuses it (can't start new thread)"),
    ],
)
def test_what_a_machine_refuses_is_a_sentence_and_the_site_stands(built_world, monkeypatch, error, sentence):
    change_title(built_world, "tea-1", "Whiter Down")
    before = published(built_world)
    monkeypatch.setattr(building, "_verify", raising(error))
    with pytest.raises(UnpublishedError) as failure:
        build(built_world, quietly)
    assert not failure.value.is_begun
    assert str(failure.value.problems[0]).startswith(sentence)
    assert published(built_world) == before


def test_a_fault_of_the_program_is_no_sentence(built_world, monkeypatch):
    change_title(built_world, "tea-1", "Whiter Down")
    monkeypatch.setattr(building, "_verify", raising(RuntimeError("a fault")))
    with pytest.raises(RuntimeError, match="a fault"):
        build(built_world, quietly)


@pytest.mark.parametrize(
    ("step", "is_begun"), [("_gather", True), ("_bring", True), ("_describe", False), ("sync", False)]
)
def test_what_the_keyboard_stops_says_truly_what_stands(built_world, monkeypatch, step, is_begun):
    change_title(built_world, "tea-1", "Whiter Down")
    before = published(built_world)
    with monkeypatch.context() as patch:
        patch.setattr(transaction, step, raising(KeyboardInterrupt()))
        with pytest.raises(StoppedError) as failure:
            build(built_world, quietly)
    assert failure.value.is_begun is is_begun
    assert is_begun or published(built_world) == before
    build(built_world, quietly)
    assert "Whiter Down" in (built_world / "build/site/en/standards/tea-1/index.html").read_text("utf-8")


def test_a_stop_after_the_new_site_is_in_place_does_not_deny_it(built_world, monkeypatch):
    change_title(built_world, "tea-1", "Whiter Down")
    commit = transaction.commit

    def stop_late(*values, **named):
        commit(*values, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(transaction, "commit", stop_late)
    with pytest.raises(StoppedError) as failure:
        build(built_world, quietly)
    assert failure.value.is_begun


def test_an_earlier_site_that_was_damaged_is_not_put_back(built_world, from_nothing):
    change_title(built_world, "tea-1", "Whiter Down")
    build(built_world, quietly)
    after = published(built_world)
    kept = built_world / "build/.transaction-back/files/site/en/standards/tea-1/index.html"
    content = kept.read_bytes()
    kept.write_bytes(b"")
    with pytest.raises(UnpublishedError) as failure:
        roll_back(built_world)
    (problem,) = failure.value.problems
    assert str(problem) == "build/site/en/standards/tea-1/index.html was changed by another program"
    assert published(built_world) == after
    kept.write_bytes(content)
    roll_back(built_world)
    assert published(built_world) == from_nothing


def test_a_web_server_can_read_what_is_published_whatever_the_umask_of_the_builder(world):
    usual = os.umask(0o077)
    try:
        build(world, quietly)
    finally:
        os.umask(usual)
    for path in (world / "build", world / "build/site", *(world / "build/site").rglob("*")):
        assert path.stat().st_mode & 0o055 == (0o055 if path.is_dir() else 0o044), path


ELSEWHERE = """
import multiprocessing, os, sys, types
for name in ("resource", "readline", "pwd", "grp"):
    sys.modules[name] = None
del os.fork
multiprocessing.set_start_method("spawn", force=True)
from pathlib import Path
from generator.files import transaction
from generator.publishing import processes
from generator.publishing.build import build
from generator.publishing.incremental import workers
for module in (transaction, processes, workers):
    module.sys = types.SimpleNamespace(platform=%r)
build(Path(), lambda step, share=None: None)
"""


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_a_system_that_cannot_fork_gives_the_same_site(built_world, from_nothing, system):
    shutil.rmtree(built_world / "build")
    program = ELSEWHERE % system
    subprocess.run((sys.executable, "-c", program), cwd=built_world, check=True)
    assert published(built_world) == from_nothing


def raising(error: BaseException):
    def refuse(*_: object, **__: object):
        raise error

    return refuse
