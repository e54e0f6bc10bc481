"""A site is replaced all or nothing, wherever that is cut off, and there is a way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.files import transaction as replacing
from generator.files.disk import write
from generator.files.transaction import can_step_back, prepare, recover, replace, step_back

BEFORE = {"index.html": "old", "same.html": "same", "gone/page/index.html": "gone"}
AFTER = {"index.html": "new", "same.html": "same", "come/page/index.html": "come"}


def held(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def prepared(tmp_path):
    """A site, and the change that makes another of it."""
    new = prepare(tmp_path)
    for name, text in BEFORE.items():
        write(new / name, text)
    replace(tmp_path, ())
    new = prepare(tmp_path)
    for name in ("index.html", "come/page/index.html"):
        write(new / name, AFTER[name])
    return tmp_path


def test_the_first_site_has_no_way_back(tmp_path):
    write(prepare(tmp_path) / "index.html", "first")
    replace(tmp_path, ())
    assert held(tmp_path / "site") == {"index.html": "first"}
    assert not can_step_back(tmp_path)


def test_only_what_differs_moves_and_it_moves_back_and_forth(prepared):
    untouched = (prepared / "site/same.html").stat()
    replace(prepared, {"gone/page/index.html"})
    assert held(prepared / "site") == AFTER
    assert not (prepared / "site/gone").exists()
    for expected in (BEFORE, AFTER, BEFORE):
        step_back(prepared)
        assert held(prepared / "site") == expected
    assert (prepared / "site/same.html").stat().st_ino == untouched.st_ino


@pytest.mark.parametrize("steps", range(12))
def test_a_change_that_was_cut_off_is_ended_by_the_next_build(prepared, monkeypatch, steps):
    left = steps

    def cut(function):
        def step(*values):
            nonlocal left
            if left == 0:
                raise KeyboardInterrupt
            left -= 1
            return function(*values)

        return step

    for name in ("_move", "forsake", "_complete"):
        monkeypatch.setattr(replacing, name, cut(getattr(replacing, name)))
    monkeypatch.setattr(Path, "rename", cut(Path.rename))
    monkeypatch.setattr(Path, "unlink", cut(Path.unlink))
    try:
        replace(prepared, {"gone/page/index.html"})
    except KeyboardInterrupt:
        assert held(prepared / "site") != {}
    monkeypatch.undo()
    is_begun = (prepared / "site.coming").exists() or not (prepared / "site.next").exists()
    recover(prepared)
    assert held(prepared / "site") == (AFTER if is_begun else BEFORE)
    if is_begun:
        step_back(prepared)
        assert held(prepared / "site") == BEFORE
