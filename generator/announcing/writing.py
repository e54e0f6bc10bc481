"""The new texts of the files that a draft changes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from generator.announcing.draft import STANDARDS, Draft
from generator.announcing.editing import edited_csv, with_entry, with_value
from generator.announcing.entries import Entry
from generator.catalogue import check
from generator.catalogue.changes import Change
from generator.catalogue.columns import BATCH, HISTORY, TABLES, Facts
from generator.catalogue.messages import Message
from generator.catalogue.records import BATCH_FILE, CHANGES, RECORDS, UNKNOWN_BATCH, Problem, Records, read_records
from generator.catalogue.scripts import SCRIPTS, read_scripts
from generator.files.disk import files_below, read_if_there, remove, write


def texts(draft: Draft, folder: Path, changes: Iterable[Change], today: date) -> dict[str, str]:
    """File below the `folder` of records → its new text, for each that `draft` changes."""
    texts = _texts_of_standards(draft, folder)
    for table, entries in draft.entries.items():
        text = _read(folder, f"{table}.yml")
        for address, entry in entries.items():
            text = with_entry(text, address, entry, _line_after(draft, entry) if table == "batches" else 0)
        texts[f"{table}.yml"] = text
    row = draft.batches.rows.get(draft.batch)
    if row and draft.has_cited and "sources" in row.cells and draft.source not in row.many("sources"):
        text = texts.get("batches.yml") or _read(folder, "batches.yml")
        texts["batches.yml"] = with_value(text, row.line_of("sources"), draft.source)
    if history := _history(draft, changes, today):
        header = [column.name for column in TABLES["changes"]]
        texts[CHANGES] = edited_csv(_read(folder, CHANGES), added=history, columns=header)
    return texts


def left(content: Path, records: str, new: Mapping[str, str]) -> list[Problem]:
    """The problems that the check will name once the texts `new` are written below `content`.

    `records` is the folder of records as messages show it.
    """
    return trial(content, records, new)[1]


def trial(content: Path, records: str, new: Mapping[str, str | bytes | None]) -> tuple[Records, list[Problem]]:
    """The records once `new` is written below `content`, with what the check will name.

    `new` maps a file to what is to stand there, None for no file. `records` is the folder of records as messages show
    it.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "content"
        for name in (SCRIPTS, *(f"{RECORDS}/{file}" for file in files_below(content / RECORDS))):
            if (data := read_if_there(content / name)) is not None:
                write(copy / name, data)
        for name, text in new.items():
            if text is None:
                remove(copy / RECORDS / name)
            else:
                write(copy / RECORDS / name, text)
        read = read_records(copy)
        if read.problems:
            raise RuntimeError(f"the import wrote what cannot be read: {read.problems}")
        prefix = (copy / RECORDS).as_posix()
        return read, [
            Problem(one.file.replace(prefix, records), one.line, _as_of(one.sentence, prefix, records))
            for one in check.problems(read, read_scripts(copy, read.problems))
        ]


def _as_of(value: Any, prefix: str, records: str) -> Any:
    """A sentence, or a value of one, that names files below `records` where they stand below `prefix`."""
    match value:
        case Message():
            return Message(value.key, **{name: _as_of(one, prefix, records) for name, one in value.values.items()})
        case tuple():
            return tuple(_as_of(one, prefix, records) for one in value)
        case str():
            return value.replace(prefix, records)
        case _:
            return value


def _line_after(draft: Draft, entry: Entry) -> int:
    """The line of the first announcement after a new one; 0 where it is the last."""
    first = str(entry.get("announced_on") or entry.get("announced_earliest"))
    later = [r for r in draft.batches.rows.values() if (r["announced_on"] or r["announced_earliest"]) > first]
    return later[0].line if later else 0


def _texts_of_standards(draft: Draft, folder: Path) -> dict[str, str]:
    changed: dict[str, dict[int, Facts]] = {}
    removed: dict[str, set[int]] = {}
    added: dict[str, list[Facts]] = {}
    for address, facts in draft.after.items():
        row = draft.rows.get(address)
        file = f"standards/{BATCH_FILE}{facts.get(BATCH) or UNKNOWN_BATCH}.csv"
        if row is None:
            added.setdefault(file, []).append(facts)
            continue
        here = f"standards/{Path(row.file).name}"
        if here != file:
            removed.setdefault(here, set()).add(row.line)
            added.setdefault(file, []).append(facts)
        elif facts != draft.before[row.address]:
            changed.setdefault(here, {})[row.line] = facts
    return {
        file: edited_csv(
            _read(folder, file), changed.get(file, {}), removed.get(file, ()), added.get(file, ()), STANDARDS
        )
        for file in sorted({*changed, *removed, *added})
    }


def _history(draft: Draft, changes: Iterable[Change], today: date) -> list[Facts]:
    """A row for each change that a reader of a published record is told."""
    former = {address: old for old, address in draft.moved.items()}
    batch = "" if draft.batch == UNKNOWN_BATCH else draft.batch
    return [
        {
            "made_on": today.isoformat(),
            "batch": batch,
            "standard": change.address,
            "attribute": change.attribute,
            "from": change.before,
            "to": change.after,
            "source": draft.source if draft.has_cited else "",
        }
        for change in changes
        if change.sign == "~"
        and change.attribute in HISTORY
        and f"standards/{former.get(change.address, change.address)}" in draft.records.published
    ]


def _read(folder: Path, name: str) -> str:
    path = folder / name
    return path.read_bytes().decode("utf-8") if path.exists() else ""
