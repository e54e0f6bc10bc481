"""Records that are corrected by hand: what would be written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.announcing import writing
from generator.announcing.draft import Draft
from generator.announcing.editing import with_entry
from generator.announcing.entry_editing import with_cell, with_item, without_item
from generator.announcing.journal import write_journaled
from generator.announcing.proposal import Addresses, slug
from generator.catalogue import check
from generator.catalogue.addresses import address_fault
from generator.catalogue.cells import cell_fault
from generator.catalogue.changes import Change, changes
from generator.catalogue.columns import BATCH, LISTED, TABLES, Column, Facts
from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.records import (
    RECORDS,
    SEPARATOR,
    UNKNOWN_BATCH,
    Problem,
    Records,
    Row,
    Value,
    joined,
    read_records,
)
from generator.catalogue.scripts import read_scripts

Cells = Mapping[str, Value]
"""Column → text, or texts; '' or () where it is to be empty."""
_LONGEST = 60
"""Letters of an address that is made of a name."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list in a record, such as a body in a case."""

    cells: Cells
    number: int | None = None
    """Which of the list it is now, from 0; None for a new one."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One record as it is to be."""

    table: str
    address: str
    cells: Cells = field(default_factory=dict)
    """The columns that are filled in; the others stay. Of a standard, `batch` may be one."""
    items: Mapping[str, Sequence[ListEntry]] = field(default_factory=dict)
    """Key of `LISTED` → its entries; those that are not named go."""
    is_new: bool = False
    """Whether there is no record of that address yet."""
    seen: str = ""
    """The `record_state` the record when it was read; '' to correct it whatever it is."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that forbids a correction."""

    sentence: Message
    edit: int | None = None
    """Which of the edits has it, from 0; None where it is elsewhere."""
    place: str = ""
    """The column, in a list with its key and number before it: `bodies.0.part:en`; '' for the whole record."""


@dataclass(slots=True)
class Amendment:
    """What edits would write."""

    changes: list[tuple[str, Change]] = field(default_factory=list)
    """(table, change) of each record."""
    faults: list[Fault] = field(default_factory=list)
    """Why it cannot be written."""
    left: list[Problem] = field(default_factory=list)
    """What the check named before, and still will."""
    texts: dict[str, str] = field(default_factory=dict)
    """File below the content → its new text, for each that changes."""
    addresses: list[str] = field(default_factory=list)
    """The address of each edited record afterwards."""

    @property
    def may_be_written(self) -> bool:
        """Whether it changes something, and nothing forbids it."""
        return bool(self.texts) and not self.faults


def correct(content: Path, edits: Sequence[Edit], today: date, source: str = "") -> Amendment:
    """What `edits` would write into the records below `content`; writes nothing.

    `source` is the address of who says what is corrected; the standards among them cite it from then on.
    """
    records = read_records(content)
    scripts = read_scripts(content, records.problems)
    if records.problems:
        return Amendment(faults=[Fault(_in_file(problem)) for problem in records.problems])
    edits = [_with_defaults(edit, today) for edit in edits]
    correction = Amendment(
        faults=[*_faults_of_cells(edits), *_faults_of_records(records, edits), *_stale(records, edits)]
    )
    if correction.faults:
        return correction
    folder, draft = content / RECORDS, _draft(records, edits, source)
    of_standards = list(changes(draft.before, draft.after))
    texts = writing.texts(draft, folder, of_standards, today)
    correction.changes = [("standards", change) for change in of_standards]
    for edit in edits:
        if edit.table != "standards":
            file = f"{edit.table}.yml"
            before = texts[file] if file in texts else _text(folder / file)
            texts[file] = _edited(before, edit, records)
            correction.changes += [(edit.table, change) for change in _changes(edit, records)]
    correction.addresses = [draft.moved.get(edit.address, edit.address) for edit in edits]
    texts = {name: text for name, text in texts.items() if text != _text(folder / name)}
    if texts:
        after, problems = writing.trial(content, records.folder, texts)
        known = Counter(map(_key, check.problems(records, scripts)))
        for problem in problems:
            known[_key(problem)] -= 1
            if known[_key(problem)] >= 0:
                correction.left.append(problem)
            else:
                correction.faults.append(_fault(problem, edits, correction.addresses, after))
    correction.texts = {f"{RECORDS}/{name}": text for name, text in texts.items()}
    return correction


def write_amendment(content: Path, correction: Amendment, what: Message, today: date) -> None:
    """Write a correction that may be written; `what` says in words what it is."""
    write_journaled(content, what, correction.texts, today)


def record_state(records: Records, table: str, address: str) -> str:
    """A text that changes when somebody changes the record."""
    row = next((row for row in records.tables[table] if row.address == address), None)
    if row is None:
        return ""
    parts = [part.cells for key in LISTED.get(table, ()) for part in items_of(records, key, address)]
    return hashlib.sha256(repr((row.file, row.cells, parts)).encode()).hexdigest()


def items_of(records: Records, key: str, address: str) -> list[Row]:
    """The entries of the list `key` in the record called `address`."""
    return [row for row in records.tables[key] if row.address == address]


def proposed_address(records: Records, table: str, cells: Cells) -> str:
    """An address, which no other answers to, for a new record with these `cells`."""
    taken = {one for row in records.tables[table] for one in (row.address, *row.many("former_addresses"))}
    name = "title" if any(column.name == "title:en" for column in TABLES[table]) else "name"
    wanted = next((text for one in (*NUMBERS, f"{name}:en", f"{name}:zh-Hans") if (text := cells.get(one))), "")
    address = slug(str(wanted))[:_LONGEST].rstrip("-")
    if table == "sources":
        address = "-".join(filter(None, (address, str(cells.get("said_on", "")))))
    return Addresses(taken).unused(address)


def _with_defaults(edit: Edit, today: date) -> Edit:
    """`edit` with its texts on one line, a new record with the day on which it is recorded."""
    cells = {name: _on_one_line(value) for name, value in edit.cells.items()}
    if edit.is_new and any(column.name == "recorded_on" for column in TABLES[edit.table]):
        cells.setdefault("recorded_on", today.isoformat())
    items = {
        key: [ListEntry({name: _on_one_line(value) for name, value in one.cells.items()}, one.number) for one in listed]
        for key, listed in edit.items.items()
    }
    return Edit(edit.table, edit.address, cells, items, edit.is_new, edit.seen)


def _on_one_line(value: Value) -> Value:
    """`value` without line breaks, and without the blanks around it."""
    if isinstance(value, str):
        return " ".join(value.split())
    return tuple(text for one in value if (text := " ".join(one.split())))


# --- what is wrong ----------------------------------------------------------------------------------------------------


def _faults_of_cells(edits: Iterable[Edit]) -> Iterator[Fault]:
    """What no file could hold as it was filled in."""
    for number, edit in enumerate(edits):
        for table, place, cells in _filled(edit):
            columns = {column.name: column for column in TABLES[table]}
            for name, value in cells.items():
                if name == BATCH and table == "standards":
                    continue
                for one in (value,) if isinstance(value, str) else value:
                    if one and (sentence := _fault_of_cell(one, columns[name])):
                        yield Fault(sentence, number, f"{place}{name}")


def _faults_of_records(records: Records, edits: Iterable[Edit]) -> Iterator[Fault]:
    """What has no place in the files."""
    batches = {UNKNOWN_BATCH, *(row.address for row in records.tables["batches"])}
    for number, edit in enumerate(edits):
        batch = str(edit.cells.get(BATCH, ""))
        if edit.table == "standards" and batch and batch not in batches:
            yield Fault(Message("edits.no-batch", batch=batch), number, BATCH)
        row = next((row for row in records.tables[edit.table] if row.address == edit.address), None)
        cells = {**(row.cells if row else {}), **edit.cells}
        if not any((*cells.values(), *edit.items.values())):
            yield Fault(Message("edits.empty"), number)


def _fault_of_cell(value: str, column: Column) -> Message | None:
    if column.many and SEPARATOR in value:
        return Message("edits.several", separator=SEPARATOR)
    return cell_fault(value, column)


def _filled(edit: Edit) -> Iterator[tuple[str, str, Cells]]:
    """The (table, beginning of the place, cells) of a record and of the entries of its lists."""
    yield edit.table, "", edit.cells
    for key, listed in edit.items.items():
        for number, one in enumerate(listed):
            yield key, f"{key}.{number}.", one.cells


def _stale(records: Records, edits: Iterable[Edit]) -> Iterator[Fault]:
    """A record was changed since it was read, or a new one cannot have its address."""
    for number, edit in enumerate(edits):
        is_there = any(row.address == edit.address for row in records.tables[edit.table])
        if edit.is_new and (sentence := address_fault(edit.address)):
            yield Fault(sentence, number, "address")
        elif edit.is_new and is_there:
            yield Fault(Message("edits.taken", address=edit.address), number, "address")
        elif not edit.is_new and not is_there:
            yield Fault(Message("edits.gone", address=edit.address), number)
        elif edit.seen and edit.seen != record_state(records, edit.table, edit.address):
            yield Fault(Message("edits.changed-meanwhile"), number)


def _key(problem: Problem) -> tuple[str, Message]:
    """A problem wherever it stands in its file: the lines above it may have moved."""
    return problem.file, problem.sentence


def _fault(problem: Problem, edits: Sequence[Edit], addresses: Sequence[str], after: Records) -> Fault:
    """The fault that `problem` of the records `after` the edits is."""
    for number, (edit, address) in enumerate(zip(edits, addresses, strict=True)):
        for table in (edit.table, *LISTED.get(edit.table, ())):
            rows = items_of(after, table, address)
            for position, row in enumerate(rows):
                is_here = problem.line == row.line or problem.line in row.lines.values()
                if is_here and Path(row.file).name == Path(problem.file).name:
                    place = f"{table}.{position}." if table != edit.table else ""
                    return Fault(problem.sentence, number, f"{place}{_column(problem, row)}")
    return Fault(_in_file(problem))


def _column(problem: Problem, row: Row) -> str:
    """The column of `row` that `problem` is about; '' where it is about the whole."""
    if named := next(_columns_named(problem.sentence), ""):
        return named
    names = [name for name, line in row.lines.items() if line == problem.line]
    return names[-1] if names else ""


def _columns_named(value: object) -> Iterator[str]:
    """The columns that a sentence, or a value of one, names."""
    match value:
        case ColumnName():
            yield value.name
        case Message():
            yield from _columns_named(tuple(value.values.values()))
        case tuple():
            for one in value:
                yield from _columns_named(one)


def _in_file(problem: Problem) -> Message:
    return Message("edits.in-file", file=problem.file, line=str(problem.line), sentence=problem.sentence)


# --- what is written --------------------------------------------------------------------------------------------------


def _draft(records: Records, edits: Iterable[Edit], source: str) -> Draft:
    """The records with what `edits` say of standards."""
    draft = Draft.of(records, "")
    draft.source, draft.has_cited = source, bool(source)
    for edit in edits:
        if edit.table == "standards":
            _enter(draft, edit)
    draft.restate()
    draft.rename()
    return draft


def _enter(draft: Draft, edit: Edit) -> None:
    """Put what `edit` says of a standard into `draft`."""
    before = draft.before.get(edit.address, {})
    facts: Facts = dict(before) or {"address": draft.taken.take(edit.address)}
    for name, value in edit.cells.items():
        text = value if isinstance(value, str) else joined(value)
        if text:
            facts[name] = text
        else:
            facts.pop(name, None)
    if draft.source and facts != before:
        cited = [one.strip() for one in facts.get("sources", "").split(SEPARATOR) if one.strip()]
        if draft.source not in (one.partition("#")[0] for one in cited):
            facts["sources"] = joined((*cited, draft.source))
    draft.after[edit.address] = facts
    if before:
        draft.move(facts, before)


def _edited(text: str, edit: Edit, records: Records) -> str:
    """The `text` of a YAML file as `edit` leaves it."""
    order = [column.name for column in TABLES[edit.table]]
    if edit.is_new:
        text = with_entry(text, edit.address, _nested(edit.cells, order))
    else:
        row = _row(records, edit)
        for name in sorted(_differing(edit.cells, row), key=order.index):
            text = with_cell(text, (edit.address,), name, edit.cells[name], order)
    for key, listed in edit.items.items():
        text = _with_items(text, edit.address, key, listed, items_of(records, key, edit.address))
    return text


def _with_items(text: str, address: str, key: str, listed: Sequence[ListEntry], rows: Sequence[Row]) -> str:
    """The `text` of a YAML file with the entries `listed` in the list `key`, which has `rows` now."""
    order = [column.name for column in TABLES[key]]
    for item in listed:
        if item.number is not None:
            names = sorted(_differing(item.cells, rows[item.number]), key=order.index)
            # What comes stands before what goes, so that an entry is never empty.
            for name in sorted(names, key=lambda name: not item.cells[name]):
                text = with_cell(text, (address, key, item.number), name, item.cells[name], order)
    for item in listed:
        if item.number is None:
            text = with_item(text, (address,), key, _nested(item.cells, order))
    staying = {item.number for item in listed}
    for number in range(len(rows) - 1, -1, -1):
        if number not in staying:
            text = without_item(text, (address,), key, number)
    return text


def _row(records: Records, edit: Edit) -> Row:
    return next(row for row in records.tables[edit.table] if row.address == edit.address)


def _differing(cells: Cells, row: Row) -> list[str]:
    """The columns in which `row` has something else than `cells`."""
    return [name for name, value in cells.items() if joined(_as_list(value)) != row[name]]


def _as_list(value: Value) -> list[str]:
    return ([value] if value else []) if isinstance(value, str) else list(value)


def _nested(cells: Cells, order: Iterable[str]) -> dict[str, object]:
    """The `cells` that are filled in, as an entry of YAML has them, its keys in `order`."""
    entry: dict[str, object] = {}
    for name in order:
        if value := cells.get(name):
            key, _, below = name.partition(":")
            if below:
                inner = entry.setdefault(key, {})
                assert isinstance(inner, dict)
                inner[below] = value
            else:
                entry[key] = value
    return entry


def _changes(edit: Edit, records: Records) -> Iterator[Change]:
    """What `edit` changes in a record that is no standard."""
    if edit.is_new:
        name = next((edit.cells[one] for one in ("name:zh-Hans", "title:zh-Hans") if edit.cells.get(one)), edit.address)
        yield Change("+", edit.address, "", "", str(name))
    else:
        row = _row(records, edit)
        for name in _differing(edit.cells, row):
            yield Change("~", edit.address, name, row[name], joined(_as_list(edit.cells[name])))
    for key, listed in edit.items.items():
        rows = items_of(records, key, edit.address)
        for item in listed:
            before = rows[item.number] if item.number is not None else Row("", 0, "", {})
            for name in _differing(item.cells, before):
                yield Change("~", edit.address, name, before[name], joined(_as_list(item.cells[name])))
        for number in {*range(len(rows))} - {item.number for item in listed}:
            for name in rows[number].cells:
                yield Change("~", edit.address, name, rows[number][name], "")


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8") if path.exists() else ""
