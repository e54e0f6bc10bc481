"""Every problem of the records, in sentences."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from itertools import pairwise

from generator.catalogue.columns import TABLES, Column, Kind
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.numbers import NUMBERS, looks_like_a_date, number_key
from generator.catalogue.records import LEDGER, SEPARATOR, Problem, Records, Row
from generator.catalogue.scripts import Scripts, stranger_sentence
from generator.catalogue.texts import unpublishable

ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
NOTHING = frozenset({"-", "–", "—", "/", "无", "無", "不详", "不詳", "none", "unknown", "n/a", "null"})
_LONG_DASH = re.compile(r"[‐‑–—－]\d{4}$")
_RESERVED = re.compile(r"index|page-\d+")
_PAGED = ("standards", "fields", "batches", "organisations")
"""The tables whose records have a page each, and therefore an address that must last."""
_RENAMED = 50
"""So many addresses may be lost because records were given other ones."""


def problems(records: Records, scripts: Scripts) -> list[Problem]:
    """Everything wrong with `records`, in the order of files and lines."""
    rules = (
        unknown_columns,
        unreadable_cells,
        missing_cells,
        incomplete_wordings,
        unknown_references,
        addresses_used_twice,
        numbers_used_twice,
        batch_dates,
        batch_totals,
        standard_dates,
        unassigned_fields,
        succession,
        unknown_batches,
        source_hosts,
        unknown_changes,
        vanished_addresses,
    )
    broken = {problem for rule in rules for problem in rule(records)}
    return sorted(broken.union(records.problems, strangers(records, scripts)))


def did_you_mean(word: str, words: Iterable[str]) -> str:
    """`; did you mean ‘…’?` with the nearest of `words`; '' where none is near."""
    near = get_close_matches(word, list(words), n=1)
    return f"; did you mean ‘{near[0]}’?" if near else ""


def counted(count: int, one: str, many: str = "") -> str:
    """`count` with the word for it: 1 page, 2 pages."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def unknown_columns(records: Records) -> Iterator[Problem]:
    """A file holds the columns of its table and no others."""
    for table, rows in records.tables.items():
        columns = {column.name for column in TABLES[table]}
        # A CSV names its columns once, in its first row; a YAML entry names them itself.
        named = [(row.file, row.line_of(name), name) for row in rows if row.lines for name in row.cells]
        if table in ("standards", "changes"):
            files = [file for file in records.headers if (file in records.batch_of) == (table == "standards")]
            named = [(file, 1, name) for file in files for name in records.headers[file]]
        for file, line, name in named:
            if name not in columns:
                yield Problem(file, line, f"‘{name}’ is not a column of {table}{did_you_mean(name, columns)}")


def unreadable_cells(records: Records) -> Iterator[Problem]:
    """A cell can be read as what its column holds.

    A text is one visible line.
    """
    for table, rows in records.tables.items():
        columns = {column.name: column for column in TABLES[table]}
        # Most words, dates and references stand in many rows.
        readable: dict[str, set[str | tuple[str, ...]]] = {name: set() for name in columns}
        for row in rows:
            if table not in ("standards", "changes") and not ADDRESS.fullmatch(row.address):
                yield Problem(row.file, row.line, _not_an_address(row.address))
            for name, cell in row.cells.items():
                if name not in columns or cell in readable[name]:
                    continue
                if sentences := _faults(row, columns[name]):
                    yield from (_at(row, name, sentence) for sentence in sentences)
                else:
                    readable[name].add(cell)


def _faults(row: Row, column: Column) -> list[str]:
    """The clauses about what is wrong with the cell of `row` in `column`."""
    name, cell = column.name, row.cells[column.name]
    values = row.many(name) if column.many else (row[name],)
    faults = [fault for value in values if (fault := _unreadable(value, column))]
    is_several = isinstance(cell, tuple) or (column.kind is Kind.REFERENCE and SEPARATOR in cell)
    if is_several and not column.many:
        faults.insert(0, f"{name} takes one value; ‘{row[name]}’ is several")
    return faults


def _unreadable(value: str, column: Column) -> str:
    """The clause about what is wrong with one `value` of `column`; '' for nothing."""
    return _unwritten(value, column.name) or _of_another_kind(value, column)


def _unwritten(value: str, name: str) -> str:
    """The clause about a `value` that nobody means to record in the column `name`; '' for none."""
    if "\n" in value or "\r" in value:
        return f"{name} holds a line break; write it on one line"
    if clause := unpublishable(value):
        return f"{name} {clause}"
    if value.casefold() in NOTHING:
        return f"{name} says ‘{value}’; leave it empty where nothing is known"
    if name in NUMBERS and looks_like_a_date(value):
        return f"{name} ‘{value}’ looks like a date that Excel made of a number; type the number again as text"
    if name == "designation" and _LONG_DASH.search(value):
        return f"{name} ‘{value}’ has a long dash before its year; write a hyphen, -"
    if value != value.strip():
        return f"{name} begins or ends with a space; take it out"
    return ""


def _of_another_kind(value: str, column: Column) -> str:
    """The clause about a `value` that is not of the kind of `column`; '' where it is."""
    name = column.name
    match column.kind:
        case Kind.DATE if not _date(value):
            return f"{name} ‘{value}’ is not a date; write it as 2023-04-24"
        case Kind.COUNT if _count(value) is None:
            return f"{name} ‘{value}’ is not a number; write digits only, such as 1112"
        case Kind.CHOICE if value not in column.choices:
            hint = did_you_mean(value, column.choices) or f"; one of {', '.join(column.choices)} is wanted"
            return f"{name} ‘{value}’ is unknown{hint}"
        case Kind.ADDRESS if not ADDRESS.fullmatch(value):
            return _not_an_address(value)
        case Kind.URL if not re.fullmatch(r"https?://[^\s<>\"]+", value):
            return f"{name} ‘{value}’ is not a web address; it begins with https:// or http://"
    return ""


def _not_an_address(value: str) -> str:
    return f"the address ‘{value}’ may hold only a–z, 0–9 and single hyphens, such as wq-1-8"


def missing_cells(records: Records) -> Iterator[Problem]:
    """A record has what its table needs, in every language, with its standing."""
    for table, rows in records.tables.items():
        required = [column for column in TABLES[table] if column.required]
        for row in rows:
            for column in required:
                if column.name not in row.cells:
                    yield Problem(row.file, row.line, f"{row.address or 'this row'} has no {_wanted(column)}")


def _wanted(column: Column) -> str:
    if column.name.startswith("standing:"):
        return f"{column.name}; say how sure the text is: {', '.join(column.choices)}"
    if column.name == "sources":
        return "sources; a record that no source states is not published"
    return column.name


def incomplete_wordings(records: Records) -> Iterator[Problem]:
    """Our own words about a record stand in all three languages or in none."""
    for table, rows in records.tables.items():
        wordings = _wordings(table)
        for row in rows:
            for wording in wordings:
                given = [name for name in wording if name in row.cells]
                if given and len(given) < len(wording):
                    missing = ", ".join(name for name in wording if name not in given)
                    yield _at(row, given[0], f"{row.address} has {given[0]} but no {missing}")


def _wordings(table: str) -> list[list[str]]:
    """The columns of each wording of `table` that may be left out."""
    names = {column.name for column in TABLES[table] if not column.required}
    groups = {name.split(":")[0] for name in names} - {"also_called"}
    wordings = [[f"{group}:{language}" for language in LANGUAGES] for group in sorted(groups)]
    return [wording for wording in wordings if names.issuperset(wording)]


def unknown_references(records: Records) -> Iterator[Problem]:
    """A record refers only to records that exist."""
    addresses = {table: {row.address for row in rows} for table, rows in records.tables.items()}
    for table, rows in records.tables.items():
        # Of a table that cannot be read, nothing can be said.
        columns = [one for one in TABLES[table] if one.kind is Kind.REFERENCE and one.table not in records.unread]
        for row in rows:
            for column in columns:
                for cell in row.many(column.name) if column.many else [row[column.name]]:
                    value = cell.partition("#")[0] if column.placed else cell
                    if value and SEPARATOR not in value and value not in addresses[column.table]:
                        yield _at(row, column.name, _unknown(value, column, addresses[column.table]))


def _unknown(value: str, column: Column, addresses: set[str]) -> str:
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
                if _RESERVED.fullmatch(address):
                    yield Problem(row.file, row.line, f"the address ‘{address}’ is kept for the site’s own pages")
            if row.address in row.many("former_addresses"):
                yield _at(row, "former_addresses", f"‘{row.address}’ is the present address, not a former one")


def numbers_used_twice(records: Records) -> Iterator[Problem]:
    """A list identifier or designation belongs to one standard, however it is written."""
    for column in NUMBERS:
        taken: dict[str, Row] = {}
        for row in records.tables["standards"]:
            if number := row[column]:
                first = taken.setdefault(number_key(number), row)
                if first is not row:
                    written = f" as ‘{first[column]}’" if first[column] != number else ""
                    yield Problem(
                        row.file,
                        row.line,
                        f"{column} ‘{number}’ stands{written} in {first.file}:{first.line} too",
                    )


def batch_dates(records: Records) -> Iterator[Problem]:
    """A batch has a date, or the two dates around it.

    Batches stand in time order.
    """
    last = None
    for row in records.tables["batches"]:
        on, earliest, latest = (row[f"announced_{name}"] for name in ("on", "earliest", "latest"))
        if bool(on) == bool(earliest or latest) or bool(earliest) != bool(latest):
            yield Problem(
                row.file,
                row.line,
                f"{row.address} needs either announced_on, or announced_earliest together with announced_latest",
            )
            continue
        first, final = _date(on or earliest), _date(on or latest)
        if not first or not final:
            continue
        if final < first:
            yield _at(row, "announced_latest", f"announced_latest {final} lies before announced_earliest {first}")
        if last and first < last:
            yield Problem(row.file, row.line, f"{row.address} ({first}) stands after a batch of {last}; order by date")
        last = first


def batch_totals(records: Records) -> Iterator[Problem]:
    """A total is the one before plus what was added.

    No batch holds more than it announced.
    """
    recorded = {
        "standards": Counter(records.batch_of.get(row.file, "") for row in records.tables["standards"]),
        "fields": Counter(row["opened_by"] for row in records.tables["fields"]),
    }
    for what, counts in recorded.items():
        yield from _totals(records.tables["batches"], what)
        for row in records.tables["batches"]:
            added, count = _count(row[what]), counts[row.address]
            if added is not None and count > added:
                yield _at(row, what, f"{row.address} announced {added}, but {count} {what} are recorded for it")
    for row in records.tables["batches"]:
        for name in row.many("derived"):
            if name not in row.cells:
                hint = did_you_mean(name, row.cells)
                yield _at(row, "derived", f"derived names ‘{name}’, which {row.address} lacks{hint}")


def _totals(batches: list[Row], what: str) -> Iterator[Problem]:
    """A total of `what`, standards or fields, is the one before plus what was added."""
    before: int | None = 0
    for row in batches:
        name = f"{what}_total"
        added, total = _count(row[what]), _count(row[name])
        sum_of_both = None if before is None or added is None else before + added
        if sum_of_both is not None and total is not None and sum_of_both != total:
            yield _at(row, name, f"{name} is {total}, but {before} before and {added} added make {sum_of_both}")
        # Where neither is known, the next total cannot be held against anything.
        before = sum_of_both if total is None else total


def standard_dates(records: Records) -> Iterator[Problem]:
    """A standard is issued, then implemented, then withdrawn, and announced when its batch was."""
    batches = {row.address: row for row in records.tables["batches"]}
    order = ("issued_on", "implemented_on", "withdrawn_on")
    for row in records.tables["standards"]:
        dates = [(name, when) for name in order if (when := _date(row[name]))]
        for (first, a), (second, b) in pairwise(dates):
            if b < a:
                yield Problem(row.file, row.line, f"{second} {b} lies before {first} {a}")
        announced, batch = _date(row["announced_on"]), batches.get(records.batch_of.get(row.file, ""))
        if announced and batch:
            first = _date(batch["announced_on"] or batch["announced_earliest"])
            final = _date(batch["announced_on"] or batch["announced_latest"])
            if first and final and not first <= announced <= final:
                yield Problem(
                    row.file,
                    row.line,
                    f"announced_on {announced} is not when its batch {batch.address} was announced",
                )


def unassigned_fields(records: Records) -> Iterator[Problem]:
    """Who put a standard into its field is said, wherever it has one."""
    for row in records.tables["standards"]:
        if row["field"] and not row["field_assigned_by"]:
            yield Problem(row.file, row.line, "has a field but no field_assigned_by; write source or catalogue")
        if row["field_assigned_by"] and not row["field"]:
            yield Problem(row.file, row.line, "has field_assigned_by but no field; empty it or name the field")


def succession(records: Records) -> Iterator[Problem]:
    """A withdrawn or superseded standard says so, and nothing supersedes itself."""
    successors = defaultdict(list)
    for row in records.tables["standards"]:
        for former in row.many("supersedes"):
            successors[former].append(row.address)
    for row in records.tables["standards"]:
        if row["withdrawn_on"] and row["status"] not in ("withdrawn", "superseded"):
            yield Problem(row.file, row.line, "has withdrawn_on; its status must be withdrawn or superseded")
        if row.address in successors and row["status"] not in ("withdrawn", "superseded"):
            by = ", ".join(successors[row.address])
            yield Problem(row.file, row.line, f"is superseded by {by}; its status must be superseded")
        if row["status"] == "superseded" and row.address not in successors:
            yield Problem(row.file, row.line, "is superseded, but no standard names it in supersedes")
        if _supersedes_itself(row.address, successors):
            yield Problem(row.file, row.line, f"{row.address} supersedes itself, by way of its successors")


def _supersedes_itself(address: str, successors: dict[str, list[str]]) -> bool:
    ahead, seen = list(successors.get(address, ())), set()
    while ahead:
        one = ahead.pop()
        if one == address:
            return True
        if one not in seen:
            seen.add(one)
            ahead.extend(successors.get(one, ()))
    return False


def unknown_batches(records: Records) -> Iterator[Problem]:
    """A file of standards is named after a batch that exists."""
    addresses = {row.address for row in records.tables["batches"]}
    for file, batch in records.batch_of.items() if "batches" not in records.unread else ():
        if batch and batch not in addresses:
            hint = did_you_mean(batch, addresses) or "; add it there first"
            yield Problem(file, 1, f"the batch ‘{batch}’ in this file’s name is not in batches.yml{hint}")


def source_hosts(records: Records) -> Iterator[Problem]:
    """A source that gives a web address says whether it is the outlet's own."""
    for row in records.tables["sources"]:
        if row["url"] and not row["host"]:
            yield _at(row, "url", f"{row.address} has a url but no host; write own, or copy for a mirror or reprint")


def unknown_changes(records: Records) -> Iterator[Problem]:
    """A change is of a recorded standard; changes stand in time order.

    Its address is a present or a former one.
    """
    standards = {one for row in records.tables["standards"] for one in (row.address, *row.many("former_addresses"))}
    last = ""
    for row in records.tables["changes"]:
        if row["standard"] and row["standard"] not in standards and "standards" not in records.unread:
            hint = did_you_mean(row["standard"], standards)
            yield _at(row, "standard", f"standard ‘{row['standard']}’ is not in standards/{hint}")
        if _date(row["made_on"]) and row["made_on"] < last:
            yield _at(row, "made_on", f"{row['made_on']} stands after a change of {last}; the oldest stands first")
        last = max(last, row["made_on"]) if _date(row["made_on"]) else last


def vanished_addresses(records: Records) -> Iterator[Problem]:
    """An address that was published answers for ever.

    It does so by its record, or as a former address.
    """
    answered = addresses(records)
    gone = [one for one in records.published if one not in answered and one.partition("/")[0] not in records.unread]
    # To compare each of many with each of a long list would take hours; a whole file is missing then.
    near = answered if len(gone) <= _RENAMED else ()
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
    return {
        f"{table}/{address}"
        for table in _PAGED
        for row in records.tables[table]
        for address in (row.address, *row.many("former_addresses"))
    }


def strangers(records: Records, scripts: Scripts) -> Iterator[Problem]:
    """A Chinese text holds no character of the other script, outside scripts.yml."""
    for language in ("zh-Hans", "zh-Hant"):
        names = {
            table: [one.name for one in columns if one.kind is Kind.TEXT and one.name.endswith(f":{language}")]
            for table, columns in TABLES.items()
        }
        cells = [
            (row, name)
            for table, rows in records.tables.items()
            for row in rows
            for name in names[table]
            if name in row.cells
        ]
        differences = scripts.strangers_in([row[name] for row, name in cells], language)
        for (row, name), (wrong, right) in zip(cells, differences, strict=True):
            if wrong:
                yield _at(row, name, stranger_sentence(name, language, wrong, right))


def _at(row: Row, column: str, sentence: str) -> Problem:
    return Problem(row.file, row.line_of(column), sentence)


def _date(text: str) -> date | None:
    """The day that `text` such as 2023-04-24 names; None where there is none."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
