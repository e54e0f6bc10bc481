"""What was written into the content, kept so that it can be taken back."""

# An entry is written in the same transaction as the files that it tells of: wherever that is cut off, there are both or
# neither. What takes an entry back is an entry itself.

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal

from generator.catalogue.content import DESK
from generator.catalogue.labels import LabelError
from generator.catalogue.messages import Message, message_data, message_of
from generator.files.disk import files_below, read_file, read_if_there
from generator.files.seal import sealed, unsealed
from generator.files.transaction import recover, write_all

_UNDO = f"{DESK}/undo"
_ENTRY = "entry"
_MOST = 200
"""So many entries are kept."""

Deed = Literal["written", "undone", "redone"]
"""What an entry did: something new, or something taken back, or that brought again."""


class UndoError(Exception):
    """Something cannot be taken back; the message says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One write of the journal."""

    name: str
    """That of its folder; a later entry has a greater one."""
    deed: Deed
    """Whether `what` was written, or undone, or redone."""
    what: Message
    """What was written first, in words."""
    made_on: str
    """The day."""
    before: Mapping[str, str]
    """File below the content → digest of what stood there; '' for no file."""
    after: Mapping[str, str]
    """File below the content → digest of what was written; '' for no file."""
    may_be_undone: bool = False
    """Whether each file is now as it was left, and no later entry brought that again."""

    @property
    def sentence(self) -> Message:
        """What the entry did, in words."""
        match self.deed:
            case "written":
                return self.what
            case "undone":
                return Message("edits.undone", what=self.what)
            case "redone":
                return Message("edits.redone", what=self.what)


def write_journaled(
    content: Path, what: Message, texts: Mapping[str, str | bytes | None], today: date, *, deed: Deed = "written"
) -> None:
    """Write `texts` below `content`, all or none.

    They map a path to what is to stand there, None for no file. `what` says in words what that is. Raises OSError when
    the disk refuses it.
    """
    recover(content)
    names = sorted(_names(content))
    name = f"{int(names[-1]) + 1 if names else 1:06}"
    before = {file: _content(content / file) for file in texts}
    data = {
        "deed": deed,
        "what": message_data(what),
        "made_on": today.isoformat(),
        "before": {file: _digest(old) for file, old in before.items()},
        "after": {file: _digest(new.encode() if isinstance(new, str) else new) for file, new in texts.items()},
    }
    entry: dict[str, str | bytes | None] = {
        f"{_UNDO}/{name}/{_ENTRY}": sealed(_ENTRY, json.dumps(data, ensure_ascii=False, indent=1).encode()),
        **{f"{_UNDO}/{name}/{_kept(file)}": old for file, old in before.items() if old is not None},
    }
    forgotten = [f"{_UNDO}/{old}/{file}" for old in names[: 1 - _MOST] for file in files_below(content / _UNDO / old)]
    write_all(content, dict.fromkeys(forgotten) | entry | dict(texts))


def journal(content: Path) -> list[JournalEntry]:
    """The entries below `content`, the newest first."""
    states: dict[str, str] = {}
    left: list[Mapping[str, str]] = []
    entries = []
    for name in sorted(_names(content), reverse=True):
        entry = _entry(content, name)
        if entry is None:
            continue
        after = entry.after
        for file in after.keys() - states:
            states[file] = _digest(_content(content / file))
        is_again = any(after.items() <= later.items() for later in left)
        is_as_left = not is_again and all(states[file] == digest for file, digest in after.items())
        if entry.deed != "undone":
            left.append(after)
        entries.append(replace(entry, may_be_undone=is_as_left))
    return entries


def _entry(content: Path, name: str) -> JournalEntry | None:
    """The entry in the folder called `name`; None where it is damaged, or another version of the program wrote it."""
    data = unsealed(_ENTRY, read_if_there(content / _UNDO / name / _ENTRY))
    try:
        values = json.loads(data or b"")
        entry = JournalEntry(name, **values | {"what": message_of(values["what"])})
        str(entry.sentence)
    except (ValueError, TypeError, KeyError, LabelError, OSError):
        return None
    return entry


def texts_before(content: Path, entry: JournalEntry) -> dict[str, bytes | None]:
    """Path below `content` → what stood there before `entry`; None for no file.

    Raises UndoError where a file has changed since, or where what is kept is damaged.
    """
    if changed := [file for file, digest in entry.after.items() if _digest(_content(content / file)) != digest]:
        raise UndoError(Message("edits.changed-since", files=tuple(changed)))
    texts = {
        file: read_if_there(content / _UNDO / entry.name / _kept(file)) if digest else None
        for file, digest in entry.before.items()
    }
    if damaged := [file for file, digest in entry.before.items() if _digest(texts[file]) != digest]:
        raise UndoError(Message("edits.damaged", files=tuple(damaged)))
    return texts


def undo(content: Path, entry: JournalEntry, today: date, texts: Mapping[str, bytes | None] = {}) -> None:
    """Put back what stood there before `entry`, all or nothing.

    `texts` are written with it. What takes back an undo does it again. Raises UndoError where that is impossible,
    OSError when the disk refuses it.
    """
    deed = "redone" if entry.deed == "undone" else "undone"
    write_journaled(content, entry.what, {**texts_before(content, entry), **texts}, today, deed=deed)


def _names(content: Path) -> Iterator[str]:
    return (path.name for path in (content / _UNDO).glob("*") if path.name.isdecimal())


def _kept(file: str) -> str:
    """The path, in the folder of an entry, of what stood in `file` before."""
    return f"before/{file}"


def _content(path: Path) -> bytes | None:
    """What stands in the file at `path`; None for no file."""
    try:
        return read_file(path)
    except FileNotFoundError:
        return None


def _digest(data: bytes | None) -> str:
    """The digest of what stands in a file; '' for no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()
