"""Every problem of the records, in sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from generator.catalogue.addresses import address_fault
from generator.catalogue.cells import cell_fault, count_of, day_of, did_you_mean, lies_before
from generator.catalogue.columns import IN_SOME_LANGUAGES, TABLES, YAML_TABLES, Column, Kind
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message, choices_in_file, column_in_file
from generator.catalogue.numbers import NUMBERS, number_key
from generator.catalogue.records import ENOUGH, SEPARATOR, Problem, Records, Row
from generator.catalogue.references import (
    addresses_used_twice,
    succession,
    unfitting_changes,
    unknown_changes,
    unknown_references,
    vanished_addresses,
)
from generator.catalogue.scripts import Scripts, stranger_sentence
from generator.catalogue.support import (
    days_of_events,
    days_of_lookups,
    derived_batches,
    has_no_standing,
    kept_addresses,
    misstated_facts,
    opened_fields,
    parts_of_cases,
    planned_cases,
    unpaired_titles,
    unreviewed_texts,
)


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
        unpaired_titles,
        unreviewed_texts,
        derived_batches,
        misstated_facts,
        opened_fields,
        days_of_events,
        kept_addresses,
        planned_cases,
        parts_of_cases,
        days_of_lookups,
        unknown_changes,
        unfitting_changes,
        vanished_addresses,
    )
    broken = {problem for rule in rules for problem in _enough(rule(records))}
    return sorted(broken.union(_enough(records.problems), _enough(strangers(records, scripts))))


def _enough(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first of `problems`, then one that says that there are more."""
    for number, problem in enumerate(problems):
        if number == ENOUGH:
            yield Problem(problem.file, problem.line, Message("check.and-more"))
            return
        yield problem


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
                hint = did_you_mean(name, columns)
                yield Problem(file, line, Message("check.unknown-column", column=name, table=table, hint=hint))


def unreadable_cells(records: Records) -> Iterator[Problem]:
    """A cell can be read as what its column holds.

    A text is one visible line.
    """
    for table, rows in records.tables.items():
        # What an attribute changed from and to is held against that attribute.
        columns = {one.name: one for one in TABLES[table] if table != "changes" or one.name not in ("from", "to")}
        # Most words, dates and references stand in many rows.
        readable: dict[str, set[str | tuple[str, ...]]] = {name: set() for name in columns}
        for row in rows:
            if table in YAML_TABLES and (sentence := address_fault(row.address)):
                yield Problem(row.file, row.line, sentence)
            for name, cell in row.cells.items():
                if name not in columns or cell in readable[name]:
                    continue
                if sentences := _faults(row, columns[name]):
                    yield from (row.problem(name, sentence) for sentence in sentences)
                else:
                    readable[name].add(cell)


def _faults(row: Row, column: Column) -> list[Message]:
    """The clauses about what is wrong with the cell of `row` in `column`."""
    name, cell = column.name, row.cells[column.name]
    as_shown = column_in_file(name)
    # Nearly every cell has one value.
    if isinstance(cell, str) and SEPARATOR not in cell:
        fault = cell_fault(cell, column)
        return [fault] if fault else []
    values = row.many(name) if column.many else (row[name],)
    faults = [fault for value in values if (fault := cell_fault(value, column))]
    is_several = isinstance(cell, tuple) or (column.kind is Kind.REFERENCE and SEPARATOR in cell)
    if is_several and not column.many:
        faults.insert(0, Message("check.one-value", column=as_shown, value=row[name]))
    elif isinstance(cell, tuple) and SEPARATOR in "".join(cell):
        faults.append(Message("check.bar-in-list", column=as_shown))
    # Who put it there is said of each field in turn, once where it is the same for all.
    if len(values) > 1 and not (column.each_of and len(set(values)) > 1):
        places = Counter(value.partition("#")[0] if column.placed else value for value in values)
        faults += [
            Message("check.repeated", column=as_shown, value=value, times=times)
            for value, times in places.items()
            if times > 1
        ]
    return faults


def missing_cells(records: Records) -> Iterator[Problem]:
    """A record has what its table needs, each text with its standing."""
    for table, sentence in (("batches", Message("check.no-batches")), ("sources", Message("check.no-sources"))):
        if not records.tables[table] and table not in records.unread:
            yield Problem(f"{records.folder}/{table}.yml", 1, sentence)
    for table, rows in records.tables.items():
        required = [column for column in TABLES[table] if column.required]
        for row in rows:
            for column in required:
                if column.name not in row.cells:
                    yield Problem(row.file, row.line, _missing(row, column))


def _missing(row: Row, column: Column) -> Message:
    """The sentence about the cell of `row` in `column`, which is empty."""
    if column.name == "sources":
        return Message("check.has-no-source", what=row.called)
    if column.name.startswith("standing:"):
        return has_no_standing(row, column.name)
    choices = choices_in_file(column.name, column.choices)
    hint = Message("check.one-of", choices=choices) if choices else ""
    return Message("check.has-no", what=row.called, column=column_in_file(column.name), hint=hint)


def incomplete_wordings(records: Records) -> Iterator[Problem]:
    """Our own words about a record stand in all three languages or in none."""
    for table, rows in records.tables.items():
        wordings = _wordings(table)
        for row in rows:
            for wording in wordings:
                given = [name for name in wording if name in row.cells]
                if given and len(given) < len(wording):
                    lacking = tuple(column_in_file(name) for name in wording if name not in given)
                    column = column_in_file(given[0])
                    sentence = Message("check.incomplete", what=row.called, column=column, lacking=lacking)
                    yield row.problem(given[0], sentence)


def _wordings(table: str) -> list[list[str]]:
    """The columns of each wording of `table` that may be left out."""
    names = {column.name for column in TABLES[table] if not column.required}
    groups = {name.split(":")[0] for name in names} - IN_SOME_LANGUAGES
    wordings = [[f"{group}:{language}" for language in LANGUAGES] for group in sorted(groups)]
    return [wording for wording in wordings if names.issuperset(wording)]


def numbers_used_twice(records: Records) -> Iterator[Problem]:
    """A list identifier or designation belongs to one standard, however it is written."""
    for column in NUMBERS:
        taken: dict[str, Row] = {}
        for row in records.tables["standards"]:
            if number := row[column]:
                first = taken.setdefault(number_key(number), row)
                if first is not row:
                    yield Problem(row.file, row.line, _taken(column, number, first))


def _taken(column: str, number: str, first: Row) -> Message:
    """The sentence about a `number` in `column` that the row `first` has too."""
    name, place = column_in_file(column), f"{first.file}:{first.line}"
    if first[column] == number:
        return Message("check.taken-number", column=name, number=number, place=place)
    return Message("check.respelt-number", column=name, number=number, spelling=first[column], place=place)


def batch_dates(records: Records) -> Iterator[Problem]:
    """A batch has a date, or the two dates around it.

    Batches stand in time order.
    """
    last = None
    for row in records.tables["batches"]:
        on, earliest, latest = (row[f"announced_{name}"] for name in ("on", "earliest", "latest"))
        if bool(on) == bool(earliest or latest) or bool(earliest) != bool(latest):
            yield Problem(row.file, row.line, Message("check.no-announced", batch=row.address))
            continue
        first, final = day_of(on or earliest), day_of(on or latest)
        if not first or not final:
            continue
        if final < first:
            yield row.problem("announced_latest", lies_before("announced_latest", final, "announced_earliest", first))
        if last and first < last:
            sentence = Message("check.batch-order", batch=row.address, day=first, last=last)
            yield Problem(row.file, row.line, sentence)
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
            added, count = count_of(row[what]), counts[row.address]
            if added is not None and count > added:
                yield row.problem(what, _too_many(what, row.address, added, count))
    for row in records.tables["batches"]:
        for name in row.many("derived"):
            if name not in row.cells:
                hint = did_you_mean(name, row.cells)
                yield row.problem("derived", Message("check.derived", name=name, batch=row.address, hint=hint))


def _too_many(what: str, batch: str, announced: int, recorded: int) -> Message:
    """The sentence about more standards, or fields, than a `batch` announced."""
    if what == "fields":
        return Message("check.too-many-fields", batch=batch, announced=announced, recorded=recorded)
    return Message("check.too-many-standards", batch=batch, announced=announced, recorded=recorded)


def _totals(batches: list[Row], what: str) -> Iterator[Problem]:
    """A total of `what`, standards or fields, is the one before plus what was added."""
    before: int | None = 0
    for row in batches:
        name = f"{what}_total"
        added, total = count_of(row[what]), count_of(row[name])
        sum_of_both = None if before is None or added is None else before + added
        if sum_of_both is not None and total is not None and sum_of_both != total:
            column = column_in_file(name)
            sentence = Message("check.total", column=column, total=total, before=before, added=added, right=sum_of_both)
            yield row.problem(name, sentence)
        # Where neither is known, the next total cannot be held against anything.
        before = sum_of_both if total is None else total


def standard_dates(records: Records) -> Iterator[Problem]:
    """A standard is issued, then implemented, then withdrawn, and announced when its batch was."""
    batches = {row.address: row for row in records.tables["batches"]}
    order = ("issued_on", "implemented_on", "withdrawn_on")
    for row in records.tables["standards"]:
        dates = [(name, when) for name in order if (when := day_of(row[name]))]
        for (first, a), (second, b) in pairwise(dates):
            if b < a:
                yield Problem(row.file, row.line, lies_before(second, b, first, a))
        announced, batch = day_of(row["announced_on"]), batches.get(records.batch_of.get(row.file, ""))
        if announced and batch:
            first = day_of(batch["announced_on"] or batch["announced_earliest"])
            final = day_of(batch["announced_on"] or batch["announced_latest"])
            if first and final and not first <= announced <= final:
                sentence = Message("check.other-day", day=announced, batch=batch.address)
                yield Problem(row.file, row.line, sentence)


def unassigned_fields(records: Records) -> Iterator[Problem]:
    """Who put a standard into each of its fields is said, or who into all."""
    for row in records.tables["standards"]:
        if row["field"] and not row["field_assigned_by"]:
            yield Problem(row.file, row.line, Message("check.field-not-assigned"))
        if row["field_assigned_by"] and not row["field"]:
            yield Problem(row.file, row.line, Message("check.no-field-assigned"))
        fields, assigners = len(row.many("field")), len(row.many("field_assigned_by"))
        if fields and assigners not in (0, 1, fields):
            yield row.problem("field_assigned_by", Message("check.fields-assigned", fields=fields, assigners=assigners))


def unknown_batches(records: Records) -> Iterator[Problem]:
    """A file of standards is named after a batch that exists."""
    addresses = {row.address for row in records.tables["batches"]}
    for file, batch in records.batch_of.items() if "batches" not in records.unread else ():
        if batch and batch not in addresses:
            hint = did_you_mean(batch, addresses) or Message("check.add-first")
            yield Problem(file, 1, Message("check.batch-in-name", batch=batch, hint=hint))


def source_hosts(records: Records) -> Iterator[Problem]:
    """A source that gives a web address says whether it is the outlet's own."""
    for row in records.tables["sources"]:
        if row["url"] and not row["host"]:
            yield row.problem("url", Message("check.no-host", source=row.address))


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
                yield row.problem(name, stranger_sentence(column_in_file(name), language, wrong, right))
