"""Several files are replaced all or none, wherever that is cut off, and there is a way back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.files import transaction
from generator.files.disk import files_below, write
from generator.files.transaction import can_step_back, commit, is_cut_off, prepare, recover, step_back, write_all

BEFORE = {"site/index.html": "old", "site/same.html": "same", "site/gone/page/index.html": "gone"}
AFTER = {"site/index.html": "new", "site/same.html": "same", "site/come/page/index.html": "come"}
NEW = ("site/index.html", "site/come/page/index.html")
GONE = ("site/gone/page/index.html",)


def contents(folder: Path) -> dict[str, str]:
    names = [name for name in files_below(folder) if not name.startswith(".transaction")]
    return {name: (folder / name).read_text() for name in names}


def stage(folder: Path, files: dict[str, str]) -> Path:
    staged = prepare(folder)
    for name, text in files.items():
        write(staged / name, text)
    return staged


def replace(folder: Path) -> None:
    """Make of BEFORE what is AFTER."""
    commit(stage(folder, {name: AFTER[name] for name in NEW}), NEW, GONE, leads_back=True)


@pytest.fixture
def folder(tmp_path):
    commit(stage(tmp_path, BEFORE), BEFORE, leads_back=True)
    return tmp_path


def test_what_differs_moves_and_moves_back_and_forth(folder):
    untouched = (folder / "site/same.html").stat()
    replace(folder)
    assert contents(folder) == AFTER
    assert not (folder / "site/gone").exists()
    for expected in (BEFORE, AFTER, BEFORE):
        assert can_step_back(folder)
        step_back(folder)
        assert contents(folder) == expected
    assert (folder / "site/same.html").stat().st_ino == untouched.st_ino


def test_without_a_way_back_nothing_is_left_beside(tmp_path):
    write_all(tmp_path, {"a.txt": "a", "b/c.txt": "c"})
    write_all(tmp_path, {"a.txt": "A"})
    assert contents(tmp_path) == {"a.txt": "A", "b/c.txt": "c"}
    assert not can_step_back(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "b"]


def test_a_folder_in_the_place_of_a_file_and_a_file_in_that_of_a_folder_go(tmp_path):
    write(tmp_path / "site/page/index.html/stray.txt", "x")
    write(tmp_path / "site/list", "x")
    files = {"site/page/index.html": "page", "site/list/index.html": "list"}
    commit(stage(tmp_path, files), files, ["site/page/index.html/stray.txt", "site/list"], leads_back=True)
    assert contents(tmp_path) == files


@pytest.mark.parametrize("steps", range(24))
def test_a_transaction_that_was_cut_off_is_carried_out_by_the_next_command(folder, monkeypatch, steps):
    left = steps

    def cut(function):
        def step(*values, **named):
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return function(*values, **named)

        return step

    for name in ("_move", "remove_empty_parents", "_describe", "sync"):
        monkeypatch.setattr(transaction, name, cut(getattr(transaction, name)))
    for name in ("rename", "unlink", "replace"):
        monkeypatch.setattr(Path, name, cut(getattr(Path, name)))
    monkeypatch.setattr(os, "replace", cut(os.replace))
    try:
        replace(folder)
        is_through = True
    except KeyboardInterrupt:
        is_through = False
    monkeypatch.undo()
    has_happened = is_through or is_cut_off(folder) or contents(folder) == AFTER
    recover(folder)
    assert contents(folder) == (AFTER if has_happened else BEFORE)
    assert not is_cut_off(folder)
    if has_happened:
        step_back(folder)
        assert contents(folder) == BEFORE


@pytest.mark.parametrize("name", ["../evil.txt", "/evil.txt", "a/../../evil.txt", ""])
def test_a_transaction_that_somebody_else_put_there_writes_nothing_outside(tmp_path, name):
    folder = tmp_path / "records"
    write(folder / ".transaction-coming/files/evil.txt", "evil")
    change = {"files": [name], "gone": [], "leads_back": False}
    write(folder / ".transaction-coming/change.json", json.dumps(change))
    assert not is_cut_off(folder)
    assert not recover(folder)
    assert list(files_below(tmp_path)) == []


@pytest.mark.parametrize(
    "noise", [b"", b"[]", b'{"files": ["a"', b"\x00\xff" * 50, b'{"files": [1], "gone": [], "leads_back": 0}']
)
def test_a_torn_transaction_is_as_good_as_none(folder, noise):
    for name in (".transaction-coming", ".transaction-going", ".transaction-back"):
        write(folder / name / "change.json", noise)
    assert not recover(folder)
    assert not can_step_back(folder)
    assert contents(folder) == BEFORE
