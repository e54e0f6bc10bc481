"""Files read, compared and written."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
"""What a disk says that is full, or that may not be written to."""


def read_if_there(path: str | Path) -> bytes | None:
    """What the file at `path` holds; None where there is none."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123
            return file.read()
    except FileNotFoundError:
        return None


def write(path: str | Path, content: str | bytes) -> None:
    """Have the file at `path` hold `content`. Raises OSError, which names the file, when the disk refuses it."""
    data = content.encode() if isinstance(content, str) else content
    try:
        _write(path, data)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        _write(path, data)


def _write(path: str | Path, data: bytes) -> None:
    # Not by `Path`: a site is tens of thousands of small files, for each of which that takes as long as the disk.
    with open(path, "wb", buffering=0) as file:  # noqa: PTH123
        rest = memoryview(data)
        try:
            # A disk that is nearly full takes a part without a word, and refuses the next.
            while rest:
                rest = rest[file.write(rest) :]
        except OSError as error:
            error.filename = str(path)
            raise


def write_whole(path: str | Path, content: str | bytes) -> None:
    """`write` beside and rename, so that whoever reads the file finds the old content or the new, never a part.

    Raises OSError, which names the file, when the disk refuses it.
    """
    part = f"{path}.{os.getpid()}.part"
    try:
        write(part, content)
        os.replace(part, path)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            Path(part).unlink()
        raise


def write_if_changed(path: str | Path, content: str | bytes) -> bool:
    """`write` unless it is so already, so that whatever watches the file stays quiet; whether it was written."""
    content = content.encode() if isinstance(content, str) else content
    if read_if_there(path) == content:
        return False
    write(path, content)
    return True


def write_changed(folder: Path, files: Mapping[str, str | bytes]) -> int:
    """Make `folder` hold exactly `files` (path → content), writing only what differs; how many differed."""
    changed = sum([write_if_changed(folder / name, content) for name, content in files.items()])
    return changed + keep_only(folder, files)


def keep_only(folder: Path, files: Mapping[str, object] | set[str]) -> int:
    """Remove from `folder` every file that is not one of `files`, with the folders that it leaves empty; how many
    files."""
    others = [name for name in files_below(folder) if name not in files]
    for name in others:
        (folder / name).unlink()
        forsake((folder / name).parent, folder)
    return len(others)


def forsake(folder: Path, root: Path) -> None:
    """Remove `folder` and those above it, up to the folder `root`, as far as they are empty."""
    while folder != root and folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files below `folder`."""
    base = str(folder)
    for place, _, names in os.walk(base):
        below = place[len(base) + 1 :].replace(os.sep, "/")
        for name in names:
            yield f"{below}/{name}" if below else name


def are_there(folder: Path, names: Iterable[str]) -> bool:
    """Whether all files `names` are below `folder`."""
    # Not by `Path`, nor by what tells more than whether, which for as many files takes longer than the disk.
    base = str(folder)
    return all(os.access(f"{base}/{name}", os.F_OK) for name in names)


def link_or_copy(file: Path, other: Path) -> None:
    """Have `other` hold what `file` holds, without writing it again where the disk can do that. Neither may be
    written into from then on, only replaced."""
    try:
        os.link(file, other)
        return
    except OSError:
        other.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(file, other)
    except OSError:
        # What stands there may be another name of a file that is kept.
        other.unlink(missing_ok=True)
        shutil.copyfile(file, other)
