"""Several files of a folder replaced in one atomic step: all or none."""

# It is atomic wherever the program is cut off. The new files are staged in a folder of their own. Once that is renamed
# to `_COMING` the transaction has happened: whoever comes next carries it out to its end. What it replaces is gathered
# first; it can be kept as the transaction that leads back.

from __future__ import annotations

import ctypes
import errno
import json
import os
import re
import sys
import tempfile
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from generator.files.disk import (
    files_below,
    is_folder,
    read_if_there,
    remove,
    remove_empty_parents,
    write,
    write_whole,
)
from generator.files.seal import sealed, unsealed

_NEXT = ".transaction-next-"
_COMING = ".transaction-coming"
_GOING = ".transaction-going"
_BACK = ".transaction-back"
_CHANGE = "change"
_FILES = "files"
_OUTSIDE = re.compile(r"^$|^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0")
"""What a path has that leads out of its folder, on any system, or can be no path."""


class PlaceTakenError(OSError):
    """A link or a folder is in the place of what is to be written."""


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


@contextmanager
def scratch(folder: Path) -> Iterator[Path]:
    """An empty folder below `folder` for the time of the context.

    One that is left over goes with the next command.
    """
    staged = prepare(folder)
    try:
        yield staged
    finally:
        remove(staged.parent)


def commit(staged: Path, files: Collection[str], gone: Iterable[str] = (), *, leads_back: bool = False) -> None:
    """Replace `files`, and remove the files `gone`.

    `files` lie in the folder `staged` that `prepare` gave. `leads_back` keeps what was there for `step_back`. Raises
    OSError, with all files as they were, when the disk refuses the change before it has begun.
    """
    stage, folder = staged.parent, staged.parent.parent
    try:
        _describe(stage, _Change(sorted(files), sorted(gone), leads_back))
        _refuse_others(staged, set(files))
        if _read(stage) is None:
            raise PlaceTakenError(errno.ELOOP, "a link or a folder is in the place of a file", str(folder))
        # A file system may keep a rename and lose what the renamed file holds, unless that is on the disk before.
        sync(stage)
        stage.rename(folder / _COMING)
    except OSError:
        remove(stage)
        raise
    recover(folder)


def write_all(folder: Path, texts: Mapping[str, str | bytes | None]) -> None:
    """Write `texts` below `folder`, all or none.

    They map a path to what is to stand there, None for no file. Raises OSError when the disk refuses them.
    """
    staged = prepare(folder)
    new = {name: text for name, text in texts.items() if text is not None}
    for name, text in new.items():
        write(staged / name, text)
    commit(staged, new, texts.keys() - new)


def recover(folder: Path) -> bool:
    """Carry out a transaction in `folder` that was cut off; whether there was one.

    One that was cut off while it was prepared is forgotten.
    """
    for leftover in folder.glob(f"{_NEXT}*"):
        remove(leftover)
    coming, going = folder / _COMING, folder / _GOING
    change = _read(coming)
    if change:
        if not _read(going):
            _gather(folder, going, change)
        _bring(coming / _FILES, folder)
        sync(coming)
        (coming / _CHANGE).unlink()
    elif os.path.lexists(coming / _CHANGE):
        _put_back(folder, going)
    remove(coming)
    opposite = _read(going)
    if opposite and opposite.leads_back:
        remove(folder / _BACK)
        going.rename(folder / _BACK)
    remove(going)
    return change is not None


def is_cut_off(folder: Path) -> bool:
    """Whether a transaction in `folder` waits to be carried out."""
    return _read(folder / _COMING) is not None


def can_step_back(folder: Path) -> bool:
    """Whether a transaction that leads back is kept in `folder`, with all its files."""
    change = _read(folder / _BACK)
    return change is not None and set(change.files) <= set(files_below(folder / _BACK / _FILES))


@dataclass(frozen=True, slots=True)
class LastStep:
    """What the last transaction did that can be stepped back.

    The names are paths below its folder.
    """

    replaced: dict[str, Path]
    """File that it replaced or removed → where it is kept as it was."""
    added: list[str]
    """Files that were not there before."""


def last_step(folder: Path) -> LastStep:
    """What the last transaction in `folder` did; nothing where none can be stepped back."""
    change = _read(folder / _BACK)
    if change is None:
        return LastStep({}, [])
    return LastStep({name: folder / _BACK / _FILES / name for name in change.files}, change.gone)


def step_back(folder: Path) -> None:
    """Carry out the transaction that leads back.

    The one that leads forth again takes its place.
    """
    (folder / _BACK).rename(folder / _COMING)
    recover(folder)


def sync(folder: Path) -> None:
    """Have the disk hold all that was written below `folder`.

    Raises OSError when it refuses that.
    """
    if sys.platform != "linux":
        for name in files_below(folder):
            with (folder / name).open("rb+") as file:
                os.fsync(file)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        # All at once takes a hundredth of the time. Other file systems may be slow, and are nobody's business here.
        if ctypes.CDLL(None, use_errno=True).syncfs(descriptor):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
    finally:
        os.close(descriptor)


def _refuse_others(staged: Path, files: set[str]) -> None:
    """Remove what nobody named from the folder `staged`. Raises OSError when one of `files` is not there."""
    there = set(files_below(staged))
    for name in there - files:
        remove(staged / name)
    if missing := files - there:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(staged / min(missing)))


def _gather(folder: Path, going: Path, change: _Change) -> None:
    """Move what `change` replaces or removes from `folder` into `going`, which then describes the way back."""
    standing, coming = set(os.listdir(folder)), folder / _COMING / _FILES  # noqa: PTH208
    if not is_folder(going):
        remove(going)
    for name in change.gone:
        _move(folder / name, going / _FILES / name)
        remove_empty_parents((folder / name).parent, folder)
    for name in change.files:
        # A first site replaces nothing, in a hundred thousand files. What was brought before this was cut off stays.
        if name.partition("/")[0] in standing and (coming / name).exists():
            _move(folder / name, going / _FILES / name)
    replaced = sorted(files_below(going / _FILES))
    new = sorted(set(change.files).difference(replaced))
    # What came into an empty folder leads back to nothing.
    _describe(going, _Change(replaced, new, change.leads_back and bool(replaced)))


def _bring(staged: Path, folder: Path) -> None:
    """Move all that lies in `staged` into `folder`; a folder that is not there yet in one go."""
    if not is_folder(staged):
        return
    for entry in list(os.scandir(staged)):
        place = folder / entry.name
        if entry.is_dir(follow_symlinks=False) and is_folder(place):
            _bring(Path(entry.path), place)
            continue
        if entry.is_dir(follow_symlinks=False) or is_folder(place):
            # What is in the place of a folder, or a folder, empty by now, in the place of a file.
            remove(place)
        os.replace(entry.path, place)  # noqa: PTH105


def _put_back(folder: Path, going: Path) -> None:
    """Undo what a transaction began whose description is damaged since."""
    opposite = _read(going)
    for name in opposite.gone if opposite else ():
        remove(folder / name)
    _bring(going / _FILES, folder)
    remove(going)


def _describe(transaction: Path, change: _Change) -> None:
    """Write what the folder `transaction` holds, which makes it complete."""
    transaction.mkdir(exist_ok=True)
    write_whole(transaction / _CHANGE, sealed(_CHANGE, json.dumps(asdict(change)).encode()))


def _read(transaction: Path) -> _Change | None:
    """What the folder `transaction` does; None where it is not complete, or would reach out of its folder."""
    content = unsealed(_CHANGE, read_if_there(transaction / _CHANGE)) if is_folder(transaction) else None
    try:
        change = _Change(**json.loads(content or b""))
        return change if _stays_below(transaction.parent, change) else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        # Another version of the program wrote it, or somebody else, whose checkout this is.
        return None


def _stays_below(folder: Path, change: _Change) -> bool:
    """Whether all paths of `change` are below `folder`, and none leads through a link that stays."""
    gone = set(change.gone)
    folders: set[str] = set()
    for name in (*gone, *change.files):
        if not _is_below(name):
            return False
        parent = name.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    return not any(os.path.islink(f"{folder}/{one}") for one in folders - gone)  # noqa: PTH114


def _is_below(name: str) -> bool:
    """Whether the relative path `name` stays below its folder."""
    return not _OUTSIDE.search(name)


def _move(file: Path, place: Path) -> None:
    """Move a file; what is no file, or not there, stays."""
    if os.path.lexists(file) and not is_folder(file):
        place.parent.mkdir(parents=True, exist_ok=True)
        file.replace(place)
