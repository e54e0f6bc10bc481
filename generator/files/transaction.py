"""Several files of a folder replaced in one atomic step: all or none."""

# It is atomic wherever the program is cut off. The new files are staged in a folder of their own. Once that is renamed
# to `_COMING` the transaction has happened: whoever comes next carries it out to its end. What it replaces is gathered
# first; it can be kept as the transaction that leads back.

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.files.disk import files_below, read_file, remove_empty_parents, write, write_whole

_NEXT = ".transaction-next-"
_COMING = ".transaction-coming"
_GOING = ".transaction-going"
_BACK = ".transaction-back"
_CHANGE = "change.json"
_FILES = "files"


@dataclass(frozen=True, slots=True)
class _Change:
    """What a transaction does to its folder; the names are paths below it."""

    files: list[str]
    """Files that are new or have a new content."""
    gone: list[str]
    """Files that are removed."""
    leads_back: bool
    """Whether the opposite of this change is kept."""


def prepare(folder: Path) -> Path:
    """An empty folder for the files of the next transaction in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=_NEXT, dir=folder)) / _FILES
    staged.mkdir()
    return staged


def commit(staged: Path, files: Collection[str], gone: Iterable[str] = (), *, leads_back: bool = False) -> None:
    """Replace `files`, and remove the files `gone`.

    `files` lie in the folder `staged` that `prepare` gave. `leads_back` keeps what was there for `step_back`. Raises
    OSError, with all files as they were, when the disk refuses the change before it has begun.
    """
    stage, folder = staged.parent, staged.parent.parent
    try:
        _describe(stage, _Change(sorted(files), sorted(gone), leads_back))
        # A file system may keep a rename and lose what the renamed file holds, unless that is on the disk before.
        sync(folder)
        stage.rename(folder / _COMING)
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    recover(folder)


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write `texts` (path below `folder` → text), all or none.

    Raises OSError when the disk refuses them.
    """
    staged = prepare(folder)
    for name, text in texts.items():
        write(staged / name, text)
    commit(staged, texts)


def recover(folder: Path) -> bool:
    """Carry out a transaction in `folder` that was cut off; whether there was one.

    One that was cut off while it was prepared is forgotten.
    """
    for leftover in folder.glob(f"{_NEXT}*"):
        shutil.rmtree(leftover, ignore_errors=True)
    coming, going = folder / _COMING, folder / _GOING
    change = _read(coming)
    if change:
        if not _read(going):
            _gather(folder, going, change)
        _bring(coming / _FILES, folder)
        sync(folder)
        (coming / _CHANGE).unlink()
    shutil.rmtree(coming, ignore_errors=True)
    opposite = _read(going)
    if opposite and opposite.leads_back:
        shutil.rmtree(folder / _BACK, ignore_errors=True)
        going.rename(folder / _BACK)
    shutil.rmtree(going, ignore_errors=True)
    return change is not None


def is_cut_off(folder: Path) -> bool:
    """Whether a transaction in `folder` waits to be carried out."""
    return _read(folder / _COMING) is not None


def can_step_back(folder: Path) -> bool:
    """Whether a transaction that leads back is kept in `folder`."""
    return _read(folder / _BACK) is not None


def step_back(folder: Path) -> None:
    """Carry out the transaction that leads back.

    The one that leads forth again takes its place.
    """
    (folder / _BACK).rename(folder / _COMING)
    recover(folder)


def sync(folder: Path) -> None:
    """Have the file system of `folder` write what it has not written yet."""
    if sys.platform != "linux":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # Of all file systems the others may be slow, and are nobody's business here.
        ctypes.CDLL(None).syncfs(descriptor)
    finally:
        os.close(descriptor)


def _gather(folder: Path, going: Path, change: _Change) -> None:
    """Move what `change` replaces or removes from `folder` into `going`, which then describes the way back."""
    standing = set(os.listdir(folder))  # noqa: PTH208
    for name in (*change.gone, *change.files):
        # A first site replaces nothing, in a hundred thousand files.
        if name.partition("/")[0] in standing and (folder / name).is_file():
            _move(folder / name, going / _FILES / name)
    for name in change.gone:
        remove_empty_parents((folder / name).parent, folder)
    replaced = sorted(files_below(going / _FILES))
    new = sorted(set(change.files).difference(replaced))
    # What came into an empty folder leads back to nothing.
    _describe(going, _Change(replaced, new, change.leads_back and bool(replaced)))


def _bring(staged: Path, folder: Path) -> None:
    """Move all that lies in `staged` into `folder`; a folder that is not there yet in one go."""
    if not staged.exists():
        return
    for entry in list(os.scandir(staged)):
        place = folder / entry.name
        if entry.is_dir() and place.is_dir():
            _bring(Path(entry.path), place)
            continue
        if place.is_dir():
            # A folder, empty by now, in the place of a file.
            shutil.rmtree(place)
        os.replace(entry.path, place)  # noqa: PTH105


def _describe(transaction: Path, change: _Change) -> None:
    """Write what the folder `transaction` holds, which makes it complete."""
    transaction.mkdir(exist_ok=True)
    content = {"files": change.files, "gone": change.gone, "leads_back": change.leads_back}
    write_whole(transaction / _CHANGE, json.dumps(content, ensure_ascii=False))


def _read(transaction: Path) -> _Change | None:
    """What the folder `transaction` does; None where it is not complete, or describes what no program wrote here."""
    try:
        change = _Change(**json.loads(read_file(transaction / _CHANGE)))
    except (OSError, ValueError, TypeError):
        return None
    names = [*change.files, *change.gone]
    return change if all(isinstance(name, str) and _is_below(name) for name in names) else None


def _is_below(name: str) -> bool:
    """Whether the path `name` stays in its folder: a transaction may come from a checkout of somebody else's."""
    return bool(name) and not name.startswith("/") and ".." not in name.split("/")


def _move(file: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    file.replace(place)
