"""What records say of each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from generator.catalogue.cells import cell_fault, day_of, did_you_mean
from generator.catalogue.columns import ENDED, STANDARD, TABLES, Column, Kind
from generator.catalogue.messages import Message, column_in_file
from generator.catalogue.records import LEDGER, SEPARATOR, Problem, Records, Row, several

_PAGED = ("standards", "fields", "batches", "organisations")
"""The tables whose records have a page each, and therefore an address that must last."""
_RENAMED = 50
"""So many addresses may be unknown because they are misspelt; of more, a whole file is missing."""
_COMPARED = 100_000
"""So many pairs of addresses are compared within two seconds."""
_HISTORY = {column.name: column for column in STANDARD if column.has_history}


def unknown_references(records: Records) -> Iterator[Problem]:
    """A record refers only to records that exist, by a present or a former address.

    A standard supersedes others by their present ones, by which circles are found.
    """
    present = {table: {row.address for row in rows} for table, rows in records.tables.items()}
    answering = {table: _answering(records, table) for table in records.tables}
    unknown = [
        (row, column, value)
        for table, rows in records.tables.items()
        for column in TABLES[table]
        # Of a table that cannot be read, nothing can be said.
        if column.kind is Kind.REFERENCE and column.table not in records.unread
        for addresses in ((present if column.name == "supersedes" else answering)[column.table],)
        for row in rows
        for cell in (row.many(column.name) if column.many else (row[column.name],))
        for value in (cell.partition("#")[0] if column.placed else cell,)
        if value and SEPARATOR not in value and value not in addresses
    ]
    for row, column, value in unknown:
        near = _near(present[column.table], unknown)
        yield row.problem(column.name, _unknown(value, column, near))


def _near(words: Collection[str], unknown: Collection[object]) -> Collection[str]:
    """The `words` among which each of the `unknown` is looked for; none where that would take long."""
    return words if len(unknown) <= _RENAMED and len(words) * len(unknown) <= _COMPARED else ()


def _unknown(value: str, column: Column, addresses: Collection[str]) -> Message:
    """The sentence about a `value` of `column` that is none of the `addresses` of its table."""
    where = "standards/" if column.table == "standards" else f"{column.table}.yml"
    hint = did_you_mean(value, addresses) or Message("check.add-first")
    if column.many and re.search("[;；｜、]", value):
        hint = Message("check.write-bar")
    return Message("check.unknown-reference", column=column_in_file(column.name), value=value, where=where, hint=hint)


def addresses_used_twice(records: Records) -> Iterator[Problem]:
    """Within a table no two records answer to one address, present or former."""
    for table in _PAGED:
        taken: dict[str, Row] = {}
        for row in records.tables[table]:
            for address in (row.address, *row.many("former_addresses")):
                first = taken.setdefault(address.casefold(), row) if address else row
                if first is not row:
                    place = f"{first.file}:{first.line}"
                    yield Problem(row.file, row.line, Message("check.address-taken", address=address, place=place))
                # The feed of the whole list stands beside those of the fields.
                if table == "fields" and address == "list":
                    yield Problem(row.file, row.line, Message("check.address-own", address=address))
            if row.address in row.many("former_addresses"):
                yield row.problem("former_addresses", Message("check.present-address", address=row.address))


def succession(records: Records) -> Iterator[Problem]:
    """A withdrawn or superseded standard says so, and nothing supersedes itself."""
    predecessors = {row.address: row.many("supersedes") for row in records.tables["standards"]}
    successors: dict[str, list[str]] = {}
    for address, formers in predecessors.items():
        for former in formers:
            successors.setdefault(former, []).append(address)
    circular = _blocked(predecessors) & _blocked(successors)
    for row in records.tables["standards"]:
        if row["withdrawn_on"] and row["status"] not in ENDED:
            yield Problem(row.file, row.line, Message("check.withdrawn-status"))
        if row.address in successors and row["status"] not in ENDED:
            sentence = Message("check.superseded-status", successors=tuple(successors[row.address]))
            yield Problem(row.file, row.line, sentence)
        if row["status"] == "superseded" and row.address not in successors:
            yield Problem(row.file, row.line, Message("check.no-successor"))
        if row.address in circular:
            yield Problem(row.file, row.line, Message("check.circle", address=row.address))


def _blocked(graph: Mapping[str, Sequence[str]]) -> set[str]:
    """The addresses from which `graph` leads into a circle."""
    sorter = TopologicalSorter(graph)
    with suppress(CycleError):
        sorter.prepare()
    blocked = set(graph)
    while ready := sorter.get_ready():
        blocked.difference_update(ready)
        sorter.done(*ready)
    return blocked


def unknown_changes(records: Records) -> Iterator[Problem]:
    """A change is of a recorded standard; changes stand in time order.

    Its address is a present or a former one.
    """
    standards = _answering(records, "standards")
    changed = [row for row in records.tables["changes"] if row["standard"] and "standards" not in records.unread]
    unknown = [row for row in changed if row["standard"] not in standards]
    near = _near(standards, unknown)
    for row in unknown:
        sentence = Message(
            "check.unknown-reference",
            column=column_in_file("standard"),
            value=row["standard"],
            where="standards/",
            hint=did_you_mean(row["standard"], near),
        )
        yield row.problem("standard", sentence)
    last = ""
    for row in records.tables["changes"]:
        if day_of(row["made_on"]) and row["made_on"] < last:
            yield row.problem("made_on", Message("check.change-order", day=row["made_on"], last=last))
        last = max(last, row["made_on"]) if day_of(row["made_on"]) else last


def unfitting_changes(records: Records) -> Iterator[Problem]:
    """What an attribute changed from and to is what this attribute holds."""
    answering = {table: _answering(records, table) for table in _PAGED}
    rows = records.tables["changes"]
    for row in rows:
        # Of an unknown attribute is said elsewhere that it is.
        column = _HISTORY.get(row["attribute"], Column(row["attribute"]))
        name = column_in_file(column.name)
        if row["from"] == row["to"]:
            yield row.problem("to", Message("check.changes-nothing", column=name))
        if column.required and not row["to"]:
            yield row.problem("to", Message("check.becomes-empty", column=name))
        for side in ("from", "to"):
            for value in several(row[side]) if column.many else filter(None, (row[side],)):
                clause = cell_fault(value, column)
                addresses = answering.get(column.table, (value,))
                if not clause and column.table not in records.unread and value not in addresses:
                    clause = _unknown(value, column, _near(addresses, rows))
                if clause:
                    yield row.problem(side, Message("check.in-change", side=column_in_file(side), clause=clause))


def _answering(records: Records, table: str) -> set[str]:
    """The present and former addresses of the records of `table`."""
    return {address for row in records.tables[table] for address in (row.address, *row.many("former_addresses"))}


def vanished_addresses(records: Records) -> Iterator[Problem]:
    """An address that was published answers for ever.

    It does so by its record, or as a former address.
    """
    answered = addresses(records)
    gone = [one for one in records.published if one not in answered and one.partition("/")[0] not in records.unread]
    near = _near(answered, gone)
    for path in gone:
        yield Problem(
            f"{records.folder}/{LEDGER}",
            records.published[path],
            Message("check.gone", address=path, hint=did_you_mean(path, near)),
        )


def addresses(records: Records) -> set[str]:
    """Every address that the records' pages answer to, such as `standards/wq-1-8`."""
    return {f"{table}/{address}" for table in _PAGED for address in _answering(records, table)}
