"""The rules on what supports a text, a listing, a field, a case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.cells import day_of, did_you_mean, lies_before
from generator.catalogue.columns import BATCH, CASE_KINDS, LISTING, STANDARD, TABLES
from generator.catalogue.languages import LANGUAGES, STANDINGS
from generator.catalogue.messages import Message, choices_in_file, column_in_file
from generator.catalogue.records import Problem, Records, Row

_REVIEW = re.compile(r"(\d{4}-\d{2}-\d{2}) \S.*")


def unpaired_titles(records: Records) -> Iterator[Problem]:
    """A title that may be missing has a standing; without the title there is none."""
    may_be_missing = [one.name for one in TABLES["standards"] if one.name.startswith("title:") and not one.required]
    for row in records.tables["standards"]:
        for title in may_be_missing:
            standing = title.replace("title", "standing")
            if row[title] and not row[standing]:
                yield row.problem(title, has_no_standing(row, standing))
            elif row[standing] and not row[title]:
                sentence = Message("check.no-title", standing=column_in_file(standing), title=column_in_file(title))
                yield row.problem(standing, sentence)


def has_no_standing(row: Row, standing: str) -> Message:
    """The sentence about a text of `row` of which the column `standing` says nothing."""
    choices = choices_in_file("standing", STANDINGS)
    return Message("check.has-no-standing", what=row.called, column=column_in_file(standing), choices=choices)


def unreviewed_texts(records: Records) -> Iterator[Problem]:
    """A reviewed text says when it was reviewed and by whom; no other does."""
    reviewed_tables = [table for table, columns in TABLES.items() if any(c.name == "reviewed:en" for c in columns)]
    for table in reviewed_tables:
        for row in records.tables[table]:
            for language in LANGUAGES:
                yield from _review_faults(row, f"standing:{language}", f"reviewed:{language}")


def _review_faults(row: Row, standing: str, review: str) -> Iterator[Problem]:
    standing_column, review_column = column_in_file(standing), column_in_file(review)
    if row[standing] == "reviewed" and not row[review]:
        yield row.problem(standing, Message("check.no-review", standing=standing_column, review=review_column))
    elif row[review] and row[standing] != "reviewed":
        sentence = Message("check.not-reviewed", review=review_column, standing=standing_column, value=row[standing])
        yield row.problem(review, sentence)
    elif row[review] and not _is_review(row[review]):
        yield row.problem(review, Message("check.not-review", review=review_column, value=row[review]))


def _is_review(text: str) -> bool:
    review = _REVIEW.fullmatch(text)
    return bool(review and day_of(review[1]))


def derived_batches(records: Records) -> Iterator[Problem]:
    """A derived batch has its reason; the standard stands in the file of that batch."""
    for row in records.tables["standards"]:
        sources, reason = row["batch_derived_from"], row["batch_reason:en"]
        if sources and not reason:
            yield row.problem("batch_derived_from", Message("check.no-reason"))
        if reason and not sources:
            yield row.problem("batch_reason:en", Message("check.no-derivation"))
        if sources and not records.batch_of[row.file]:
            yield row.problem("batch_derived_from", Message("check.in-no-batch"))


def misstated_facts(records: Records) -> Iterator[Problem]:
    """What a source is said to state is there, and the source is cited."""
    facts = {LISTING, *(column.name for column in STANDARD)}
    for row in records.tables["standards"]:
        sources = {one.partition("#")[0] for one in row.many("sources")}
        for statement in row.many("stated_by"):
            fact, mark, source = statement.partition("=")
            value = records.batch_of[row.file] if fact == BATCH else row[fact]
            column = column_in_file("stated_by")
            if not mark:
                yield row.problem(column.name, Message("check.not-statement", column=column, value=statement))
            elif fact not in facts:
                hint = did_you_mean(fact, facts)
                yield row.problem(column.name, Message("check.states-unknown", column=column, fact=fact, hint=hint))
            elif fact != LISTING and not value:
                sentence = Message("check.states-empty", column=column, fact=column_in_file(fact))
                yield row.problem(column.name, sentence)
            elif source not in sources:
                sentence = Message("check.states-foreign", column=column, source=source, standard=row.called)
                yield row.problem(column.name, sentence)


def opened_fields(records: Records) -> Iterator[Problem]:
    """A field says which announcement named it, else who does."""
    for row in records.tables["fields"]:
        if not row["opened_by"] and not row["named_by:en"]:
            yield Problem(row.file, row.line, Message("check.named-by-nobody", field=row.address))
        if row["opened_by"] and row["named_by:en"]:
            sentence = Message("check.named-twice", field=row.address, batch=row["opened_by"])
            yield row.problem("named_by", sentence)


def days_of_events(records: Records) -> Iterator[Problem]:
    """What happened has one day, or lies between two."""
    for table, name in (("cases", "happened"), ("events", "held")):
        for row in records.tables[table]:
            on, earliest, latest = (row[f"{name}_{which}"] for which in ("on", "earliest", "latest"))
            if on and (earliest or latest):
                column = column_in_file(f"{name}_on")
                yield row.problem(column.name, Message("check.days-around", address=row.address, column=column))
            first, final = day_of(earliest), day_of(latest)
            if first and final and final < first:
                late = f"{name}_latest"
                yield row.problem(late, lies_before(late, final, f"{name}_earliest", first))


def kept_addresses(records: Records) -> Iterator[Problem]:
    """The address of a case is no heading of the page of the cases."""
    for row in records.tables["cases"]:
        if row.address in (*CASE_KINDS, "figures", "top"):
            yield Problem(row.file, row.line, Message("check.address-of-heading", address=row.address))


def planned_cases(records: Records) -> Iterator[Problem]:
    """What happens only after its sources spoke of it is planned."""
    sources = {row.address: row for row in records.tables["sources"]}
    for row in records.tables["cases"]:
        days = [sources[one]["said_on"] for one in row.many("sources") if one in sources]
        first = row["happened_on"] or row["happened_earliest"]
        if first and days and all(days) and first > max(days) and row["kind"] != "planned":
            sentence = Message("check.not-planned", case=row.address, day=max(days))
            yield row.problem("happened_on" if row["happened_on"] else "happened_earliest", sentence)


def days_of_lookups(records: Records) -> Iterator[Problem]:
    """The sources were looked at on a day; the last stands last."""
    last = ""
    for row in records.tables["lookups"]:
        if not day_of(row.address):
            yield Problem(row.file, row.line, Message("check.not-day", address=row.address))
        elif row.address < last:
            yield Problem(row.file, row.line, Message("check.lookup-order", day=row.address, last=last))
        last = max(last, row.address)


def parts_of_cases(records: Records) -> Iterator[Problem]:
    """A body in a case has a record or name; a result has a source."""
    cases = {row.address: row for row in records.tables["cases"]}
    scripts = {row.address: row.many("languages") for row in records.tables["sources"]}
    for row in records.tables["bodies"]:
        if bool(row["organisation"]) == bool(row["name:en"]):
            both, neither = Message("check.both-names", case=row.address), Message("check.no-name", case=row.address)
            yield Problem(row.file, row.line, both if row["organisation"] else neither)
        if row["name:en"] and not any(row[f"standing:{language}"] for language in LANGUAGES):
            yield row.problem("name", Message("check.body-without-standing", case=row.address))
        if "sources" not in records.unread:
            printed = {
                language for source in cases[row.address].many("sources") for language in scripts.get(source, ())
            }
            yield from _names_in_unread_scripts(row, printed)
    for row in records.tables["results"]:
        if row["source"] and row["source"] not in cases[row.address].many("sources"):
            sentence = Message("check.foreign-source", source=row["source"], case=row.address)
            yield row.problem("source", sentence)


def _names_in_unread_scripts(row: Row, printed: set[str]) -> Iterator[Problem]:
    """A name that no source prints in its script is converted or translated."""
    for language in LANGUAGES:
        standing = f"standing:{language}"
        if row[standing] in ("official", "reported") and language not in printed:
            sentence = Message(
                "check.unprinted-name",
                name=column_in_file(f"name:{language}"),
                standing=row[standing],
                case=row.address,
                language=language,
            )
            yield row.problem(standing, sentence)
