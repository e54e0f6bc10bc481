"""Several files are replaced all or none, wherever that is cut off, and there is a way back."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from generator.files import transaction
from generator.files.disk import files_below, remove, write
from generator.files.seal import sealed
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


OUTSIDE = ("../evil.txt", "/evil.txt", "a/../../evil.txt", "", "..\\evil.txt", "C:evil.txt", "link/evil.txt", "e\0")


@pytest.mark.parametrize("name", OUTSIDE)
@pytest.mark.parametrize("column", ["files", "gone"])
def test_a_transaction_that_somebody_else_put_there_reaches_nothing_outside(tmp_path, name, column):
    folder, outside = tmp_path / "records", tmp_path / "outside"
    write(outside / "evil.txt", "good")
    write(folder / ".transaction-coming/files/link/evil.txt", "evil")
    (folder / "link").symlink_to(outside)
    change = {"files": [], "gone": [], "leads_back": False} | {column: [name]}
    write(folder / ".transaction-coming/change", sealed("change", json.dumps(change).encode()))
    assert not is_cut_off(folder)
    assert not recover(folder)
    assert sorted(files_below(tmp_path)) == ["outside/evil.txt", "records/link"]
    assert (outside / "evil.txt").read_text() == "good"


def test_what_leads_through_a_link_is_refused_before_anything_is_replaced(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (folder / "site/come").symlink_to(elsewhere)
    with pytest.raises(OSError, match="a link or a folder is in the place"):
        replace(folder)
    (folder / "site/come").unlink()
    assert contents(folder) == BEFORE
    assert list(elsewhere.iterdir()) == []


NOISE = (
    b"",
    b"[]",
    b'{"files": ["a"',
    b"\x00\xff" * 50,
    b'{"files": [1], "gone": [], "leads_back": 0}',
    b'{"files": 1, "gone": null, "leads_back": NaN}',
    b"[" * 10_000,
    b"9" * 10_000,
)


@pytest.mark.parametrize("noise", [*NOISE, *(sealed("change", noise) for noise in NOISE)])
def test_a_torn_or_foreign_transaction_is_as_good_as_none(folder, noise):
    for name in (".transaction-coming", ".transaction-going", ".transaction-back"):
        write(folder / name / "change", noise)
    assert not can_step_back(folder)
    assert not recover(folder)
    assert contents(folder) == BEFORE
    replace(folder)
    assert contents(folder) == AFTER


@pytest.mark.parametrize("name", ["coming", "going", "back", "next-1"])
@pytest.mark.parametrize("what", ["file", "pipe", "link", "loop", "folder", "pipe in it", "folder in it"])
def test_whatever_is_in_the_place_of_a_transaction_the_next_one_is_carried_out(folder, name, what):
    path = folder / f".transaction-{name}"
    remove(path)
    match what:
        case "file":
            path.write_bytes(b"x")
        case "pipe":
            os.mkfifo(path)
        case "link":
            path.symlink_to(folder / "site")
        case "loop":
            path.symlink_to(path)
        case "folder":
            write(path / "files/site/index.html/x", "x")
        case "pipe in it":
            path.mkdir()
            os.mkfifo(path / "change")
        case _:
            write(path / "change/x", "x")
    assert not recover(folder)
    replace(folder)
    assert contents(folder) == AFTER
    step_back(folder)
    assert contents(folder) == BEFORE


def test_a_transaction_whose_description_was_damaged_after_it_began_loses_nothing(folder, monkeypatch):
    monkeypatch.setattr(transaction, "_bring", interrupt)
    with pytest.raises(KeyboardInterrupt):
        replace(folder)
    monkeypatch.undo()
    assert contents(folder) != BEFORE
    (folder / ".transaction-coming/change").write_bytes(b"damaged")
    assert not recover(folder)
    assert contents(folder) == BEFORE


def test_a_transaction_whose_way_back_was_torn_after_it_began_loses_nothing(folder, monkeypatch):
    monkeypatch.setattr(transaction, "sync", lambda place: interrupt() if place.name.endswith("coming") else None)
    with pytest.raises(KeyboardInterrupt):
        replace(folder)
    monkeypatch.undo()
    (folder / ".transaction-going/change").write_bytes(b"")
    assert recover(folder)
    assert contents(folder) == AFTER
    step_back(folder)
    assert contents(folder) == BEFORE


def test_a_way_back_that_lacks_a_file_is_none(folder):
    replace(folder)
    assert can_step_back(folder)
    (folder / ".transaction-back/files" / GONE[0]).unlink()
    assert not can_step_back(folder)


def test_only_what_is_named_is_moved_and_what_is_named_has_to_be_there(folder):
    staged = stage(folder, {"site/index.html": "new", "site/stray.html": "stray"})
    commit(staged, ["site/index.html"])
    assert contents(folder) == BEFORE | {"site/index.html": "new"}
    with pytest.raises(FileNotFoundError):
        commit(stage(folder, {}), ["site/index.html"])
    assert contents(folder) == BEFORE | {"site/index.html": "new"}
    assert not list(folder.glob(".transaction-next-*"))


@pytest.mark.parametrize("system", ["darwin", "win32"])
def test_a_system_without_a_call_for_all_files_syncs_each(folder, monkeypatch, system):
    synced = []
    monkeypatch.setattr(transaction.sys, "platform", system)
    monkeypatch.setattr(os, "fsync", synced.append)
    replace(folder)
    # With the description of what is replaced, once more when all is done.
    assert len(synced) == len(NEW) + 2
    assert contents(folder) == AFTER


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt
