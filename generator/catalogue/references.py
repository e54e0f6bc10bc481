"""What records say of each other."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from graphlib import CycleError, TopologicalSorter

from generator.catalogue.cells import cell_fault, day_of, did_you_mean
from generator.catalogue.columns import STANDARD, TABLES, Column, Kind
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


def _unknown(value: str, column: Column, addresses: Collection[str]) -> str:
    """The sentence about a `value` of `column` that is none of the `addresses` of its table."""
    where = "standards/" if column.table == "standards" else f"{column.table}.yml"
    hint = did_you_mean(value, addresses) or "; add it there first"
    if column.many and re.search("[;；｜、]", value):
        hint = "; write | between several"
    return f"{column.name} ‘{value}’ is not in {where}{hint}"


def addresses_used_twice(records: Records) -> Iterator[Problem]:
    """Within a table no two records answer to one address, present or former."""
    for table in _PAGED:
        taken: dict[str, Row] = {}
        for row in records.tables[table]:
            for address in (row.address, *row.many("former_addresses")):
                first = taken.setdefault(address.casefold(), row) if address else row
                if first is not row:
                    yield Problem(row.file, row.line, f"the address ‘{address}’ is taken by {first.file}:{first.line}")
                # The feed of the whole list stands beside those of the fields.
                if table == "fields" and address == "list":
                    yield Problem(row.file, row.line, f"the address ‘{address}’ is kept for the site’s own pages")
            if row.address in row.many("former_addresses"):
                yield row.problem("former_addresses", f"‘{row.address}’ is the present address, not a former one")


def succession(records: Records) -> Iterator[Problem]:
    """A withdrawn or superseded standard says so, and nothing supersedes itself."""
    predecessors = {row.address: row.many("supersedes") for row in records.tables["standards"]}
    successors: dict[str, list[str]] = {}
    for address, formers in predecessors.items():
        for former in formers:
            successors.setdefault(former, []).append(address)
    circular = _blocked(predecessors) & _blocked(successors)
    for row in records.tables["standards"]:
        if row["withdrawn_on"] and row["status"] not in ("withdrawn", "superseded"):
            yield Problem(row.file, row.line, "has withdrawn_on; its status must be withdrawn or superseded")
        if row.address in successors and row["status"] not in ("withdrawn", "superseded"):
            by = ", ".join(successors[row.address])
            yield Problem(row.file, row.line, f"is superseded by {by}; its status must be superseded")
        if row["status"] == "superseded" and row.address not in successors:
            yield Problem(row.file, row.line, "is superseded, but no standard names it in supersedes")
        if row.address in circular:
            yield Problem(row.file, row.line, f"{row.address} supersedes itself, by way of its successors")


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
        hint = did_you_mean(row["standard"], near)
        yield row.problem("standard", f"standard ‘{row['standard']}’ is not in standards/{hint}")
    last = ""
    for row in records.tables["changes"]:
        if day_of(row["made_on"]) and row["made_on"] < last:
            yield row.problem("made_on", f"{row['made_on']} stands after a change of {last}; the oldest stands first")
        last = max(last, row["made_on"]) if day_of(row["made_on"]) else last


def unfitting_changes(records: Records) -> Iterator[Problem]:
    """What an attribute changed from and to is what this attribute holds."""
    answering = {table: _answering(records, table) for table in _PAGED}
    rows = records.tables["changes"]
    for row in rows:
        # Of an unknown attribute is said elsewhere that it is.
        column = _HISTORY.get(row["attribute"], Column(row["attribute"]))
        if row["from"] == row["to"]:
            yield row.problem("to", f"{column.name} changes nothing; from and to are the same")
        if column.required and not row["to"]:
            yield row.problem("to", f"{column.name} cannot become empty; write in to what it became")
        for side in ("from", "to"):
            for value in several(row[side]) if column.many else filter(None, (row[side],)):
                clause = cell_fault(value, column)
                addresses = answering.get(column.table, (value,))
                if not clause and column.table not in records.unread and value not in addresses:
                    clause = _unknown(value, column, _near(addresses, rows))
                if clause:
                    yield row.problem(side, f"{side}: {clause}")


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
            f"{path} was published and is gone; bring the record back, or put this address "
            f"into former_addresses of the record it became{did_you_mean(path, near)}"
            " (if it was never on the web, delete this line)",
        )


def addresses(records: Records) -> set[str]:
    """Every address that the records' pages answer to, such as `standards/wq-1-8`."""
    return {f"{table}/{address}" for table in _PAGED for address in _answering(records, table)}
