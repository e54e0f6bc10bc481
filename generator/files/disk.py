"""Files read, compared and written."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

REFUSALS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM}
"""Error numbers of a disk that is full, or that may not be written to."""


_LARGEST = 512 * 2**20
"""Bytes of the largest file that is read, such as the downloads of a list of 100,000 standards."""
_READ_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe would wait for somebody to write into it."""


class NoFileError(OSError):
    """A pipe or a device is in the place of a file."""


class TooLargeError(OSError):
    """A file is larger than it may be."""

    def __init__(self, path: str, megabytes: int) -> None:
        super().__init__(errno.EFBIG, f"it is larger than {megabytes} MB", path)
        self.megabytes = megabytes
        """Of the largest that is read."""


def read_file(path: str | Path, largest: int = _LARGEST) -> bytes:
    """The content of the regular file at `path`, of at most `largest` bytes.

    Raises OSError, which may be a NoFileError or a TooLargeError. Never waits.
    """
    # Neither `Path` nor a buffer, see `write`.
    with open(path, "rb", buffering=0, opener=_open) as file:
        state = os.fstat(file.fileno())
        if not stat.S_ISREG(state.st_mode):
            raise NoFileError(errno.EINVAL, "it is a pipe or a device", str(path))
        if state.st_size > largest:
            raise TooLargeError(str(path), largest // 2**20)
        return file.read()


def _open(path: str, _: int) -> int:
    return os.open(path, _READ_FLAGS)


def read_if_there(path: str | Path) -> bytes | None:
    """The content of the file at `path`; None where none can be read."""
    try:
        return read_file(path)
    except OSError:
        return None


def write(path: str | Path, content: str | bytes) -> os.stat_result:
    """Write `content` to the file at `path`, making its folders; the file's state.

    Raises OSError, which names the file, when the disk refuses it.
    """
    data = content.encode() if isinstance(content, str) else content
    # Neither `Path` nor a file object: a site is tens of thousands of files, for each of which these take longer than
    # the disk.
    try:
        file = os.open(path, _FLAGS, 0o666)
    except FileNotFoundError:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, _FLAGS, 0o666)
    try:
        size = os.write(file, data)
        # A disk that is nearly full takes a part without a word, and refuses the next.
        while size < len(data):
            size += os.write(file, memoryview(data)[size:])
        return os.fstat(file)
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        os.close(file)


_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write_whole(path: str | Path, content: str | bytes) -> None:
    """Write beside and rename: readers find the old content or the new.

    Nobody finds a part of it. Raises OSError, which names the file, when the disk refuses it.
    """
    part = f"{path}.{os.getpid()}.part"
    try:
        write(part, content)
        os.replace(part, path)  # noqa: PTH105
    except OSError:
        with suppress(OSError):
            Path(part).unlink()
        raise


def is_folder(path: Path) -> bool:
    """Whether a folder is at `path`, and not a link to one."""
    # Of `Path`, these raise where a folder above may not be looked into.
    return os.path.isdir(path) and not os.path.islink(path)  # noqa: PTH112, PTH114


def remove(path: Path) -> None:
    """Remove whatever is at `path`, as far as the disk lets it."""
    if is_folder(path):
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def remove_empty_parents(folder: Path, root: Path) -> None:
    """Remove `folder` and those above it, as far as they are empty.

    Stops at the folder `root`.
    """
    while folder != root and is_folder(folder) and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def files_below(folder: Path) -> Iterator[str]:
    """The paths of all files below `folder`, which need not exist."""
    return (name for name, _ in states_below(folder))


def states_below(folder: str | Path, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """(path, entry) of all files below `folder`, which need not exist.

    `below` goes in front of each path.
    """
    folders = [(str(folder), below)]
    while folders:
        path, below = folders.pop()
        with suppress(FileNotFoundError, NotADirectoryError), os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, f"{below}{entry.name}/"))
                else:
                    yield f"{below}{entry.name}", entry
