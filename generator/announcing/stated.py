"""What an announcement says of itself beside its list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.announcing.draft import Draft
from generator.announcing.entries import Entry
from generator.catalogue.cells import cell_fault
from generator.catalogue.columns import TABLES
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.catalogue.records import several

Stated = Mapping[str, Mapping[str, str]]
"""`batches` or `sources` → column → what is stated of a new announcement or source."""


def put_stated(draft: Draft, stated: Stated) -> None:
    """Put what is `stated` into the new announcement of `draft`, and into its new source."""
    for table, address in (("batches", draft.batch), ("sources", draft.source)):
        values = {column: text for column, text in stated.get(table, {}).items() if text}
        entry = draft.entries.get(table, {}).get(address)
        if entry is None or not values:
            continue
        draft.problems += _faults(table, values)
        if not draft.problems:
            draft.entries[table][address] = _completed(table, entry, values)


def _faults(table: str, values: Mapping[str, str]) -> Iterator[Message]:
    for column in TABLES[table]:
        for value in several(values.get(column.name, "")):
            if clause := cell_fault(value, column):
                yield Message("import.stated", clause=clause)


def _completed(table: str, entry: Entry, values: Mapping[str, str]) -> Entry:
    """`entry` with the stated `values`, in the order of the columns."""
    if table == "batches" and "standards_total" not in values and "standards" in values:
        before = entry["standards_total"] - entry["standards"]
        entry |= {"standards_total": before + int(values["standards"])}
    completed: Entry = {}
    for column in TABLES[table]:
        key, _, part = column.name.partition(":")
        # What is said in one language of a text is wanted in the others.
        is_wanted = part in LANGUAGES and any(f"{key}:{language}" in values for language in LANGUAGES)
        old = entry.get(key, {}).get(part) if part else entry.get(key)
        value = values.get(column.name, "" if is_wanted else old)
        if value is None:
            continue
        if part:
            completed.setdefault(key, {})[part] = value
        elif key == "derived":
            completed[key] = [name for name in value if name not in values]
        else:
            completed[key] = several(value) if column.many and isinstance(value, str) else value
    return {key: value for key, value in completed.items() if value != []}
