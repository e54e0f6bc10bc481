"""Damages to one file of a project, which are undone again."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KINDS: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: None,
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "of absurd size": lambda path: path.open("wb").truncate(2**40),
}
"""What may stand in the place of a file → what puts it there."""
ODD = (
    b"",
    b"\n",
    b"\0",
    b"\xff\xfe",
    b"\r",
    "\u202e".encode(),
    "\u200b".encode(),
    "\u3164".encode(),
    "\ufffd".encode(),
    "\ue000".encode(),
    "茶".encode("gb18030"),
    "龍龙".encode(),
    b"<<<<<<< HEAD\n",
    b"\n=======\n",
    b"{{ 7*7 }}",
    b"{{ recorded }}",
    b"{% if tea %}",
    b"{# tea #}",
    b"{count}",
    b"{count[0]}",
    b"{",
    b"}",
    b"~",
    b"null",
    b"*tea",
    b"!!python/name:os.system ",
    b"\n# Tea\n",
    b"\n## Tea {#tea}\n",
    b"<b>",
    b"<script>",
    b"[a](https://[bad/)",
    b'"',
    b"'",
    b",",
    b"|",
    b":",
    b"\n- ",
    b"\t",
    b"tea " * 500,
)
"""What is typed, pasted or left by programs where it does not belong."""
DAMAGES = ("insert", "replace", "delete", "cut", *KINDS)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to one file."""

    file: str
    """Its path below the project."""
    kind: str
    """One of `DAMAGES`."""
    place: float
    """Where in the file, from 0 for its beginning to 1 for its end."""
    text: bytes
    """What comes there."""


def files_of(project: Path) -> list[str]:
    """The paths of all that people write in `project`."""
    files = [*(project / "content").rglob("*"), *(project / "overrides").rglob("*"), project / "mkdocs.yml"]
    return sorted(file.relative_to(project).as_posix() for file in files if file.is_file() and ".pyc" not in file.name)


@contextmanager
def damaged(project: Path, damage: Damage) -> Iterator[None]:
    """Have the `damage` done to `project` meanwhile."""
    path = project / damage.file
    whole = path.read_bytes()
    try:
        if damage.kind in KINDS:
            path.unlink()
            KINDS[damage.kind](path)
        else:
            path.write_bytes(_changed(whole, damage))
        yield
    finally:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
        path.write_bytes(whole)


def _changed(whole: bytes, damage: Damage) -> bytes:
    at = round(damage.place * len(whole))
    match damage.kind:
        case "insert":
            return whole[:at] + damage.text + whole[at:]
        case "replace":
            return whole[:at] + damage.text + whole[at + len(damage.text) :]
        case "delete":
            return whole[:at] + whole[at + max(1, len(damage.text)) :]
    return whole[:at]
