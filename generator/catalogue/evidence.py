"""The rules on what supports a text, a batch, a field, a case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.cells import day_of
from generator.catalogue.columns import CASE_KINDS, TABLES
from generator.catalogue.languages import LANGUAGES, STANDINGS
from generator.catalogue.records import Problem, Records, Row

_REVIEW = re.compile(r"(\d{4}-\d{2}-\d{2}) \S.*")


def unpaired_titles(records: Records) -> Iterator[Problem]:
    """A title that may be missing has a standing; without the title there is none."""
    may_be_missing = [one.name for one in TABLES["standards"] if one.name.startswith("title:") and not one.required]
    for row in records.tables["standards"]:
        for title in may_be_missing:
            standing = title.replace("title", "standing")
            if row[title] and not row[standing]:
                sentence = f"{row.address} has no {standing}; say how sure the text is: {', '.join(STANDINGS)}"
                yield row.problem(title, sentence)
            elif row[standing] and not row[title]:
                sentence = f"{standing} stands beside no {title}; write the title, or take {standing} out"
                yield row.problem(standing, sentence)


def unreviewed_texts(records: Records) -> Iterator[Problem]:
    """A reviewed text says when it was reviewed and by whom; no other does."""
    reviewed_tables = [table for table, columns in TABLES.items() if any(c.name == "reviewed:en" for c in columns)]
    for table in reviewed_tables:
        for row in records.tables[table]:
            for language in LANGUAGES:
                standing, review = f"standing:{language}", f"reviewed:{language}"
                if row[standing] == "reviewed" and not row[review]:
                    sentence = f"{standing} is reviewed; write in {review} when and by whom: 2026-11-27 Chan Tai-man"
                    yield row.problem(standing, sentence)
                elif row[review] and row[standing] != "reviewed":
                    sentence = f"{review} stands beside {standing} ‘{row[standing]}’; write reviewed, or take it out"
                    yield row.problem(review, sentence)
                elif row[review] and not _is_review(row[review]):
                    sentence = f"{review} ‘{row[review]}’ is not a day and a name, such as 2026-11-27 Chan Tai-man"
                    yield row.problem(review, sentence)


def _is_review(text: str) -> bool:
    review = _REVIEW.fullmatch(text)
    return bool(review and day_of(review[1]))


def derived_batches(records: Records) -> Iterator[Problem]:
    """A derived batch has its reason; the standard stands in the file of that batch."""
    for row in records.tables["standards"]:
        sources, reason = row["batch_derived_from"], row["batch_reason:en"]
        if sources and not reason:
            yield row.problem("batch_derived_from", "has batch_derived_from; write in batch_reason why it follows")
        if reason and not sources:
            yield row.problem("batch_reason:en", "has a batch_reason; name in batch_derived_from the sources of it")
        if sources and not records.batch_of[row.file]:
            sentence = "has batch_derived_from; move its row to the file of the batch that it is derived to be in"
            yield row.problem("batch_derived_from", sentence)


def opened_fields(records: Records) -> Iterator[Problem]:
    """A field says which announcement named it, else who does."""
    for row in records.tables["fields"]:
        if not row["opened_by"] and not row["named_by:en"]:
            sentence = f"{row.address} has no opened_by; where no announcement named it, write in named_by who does"
            yield Problem(row.file, row.line, sentence)
        if row["opened_by"] and row["named_by:en"]:
            sentence = f"{row.address} was named by the announcement {row['opened_by']}; take out named_by"
            yield row.problem("named_by", sentence)


def days_of_events(records: Records) -> Iterator[Problem]:
    """What happened has one day, or lies between two."""
    for table, name in (("cases", "happened"), ("events", "held")):
        for row in records.tables[table]:
            on, earliest, latest = (row[f"{name}_{which}"] for which in ("on", "earliest", "latest"))
            if on and (earliest or latest):
                yield row.problem(f"{name}_on", f"{row.address} has {name}_on; take out the days around it")
            first, final = day_of(earliest), day_of(latest)
            if first and final and final < first:
                sentence = f"{name}_latest {final} lies before {name}_earliest {first}"
                yield row.problem(f"{name}_latest", sentence)


def kept_addresses(records: Records) -> Iterator[Problem]:
    """The address of a case is no heading of the page of the cases."""
    for row in records.tables["cases"]:
        if row.address in (*CASE_KINDS, "figures", "top"):
            sentence = f"the address ‘{row.address}’ is kept for a heading of the page of cases; add a word"
            yield Problem(row.file, row.line, sentence)


def planned_cases(records: Records) -> Iterator[Problem]:
    """What happens only after its sources spoke of it is planned."""
    sources = {row.address: row for row in records.tables["sources"]}
    for row in records.tables["cases"]:
        days = [sources[one]["said_on"] for one in row.many("sources") if one in sources]
        first = row["happened_on"] or row["happened_earliest"]
        if first and days and all(days) and first > max(days) and row["kind"] != "planned":
            sentence = f"{row.address} lies after the last day on which it was spoken of, {max(days)}; kind is planned"
            yield row.problem("happened_on" if row["happened_on"] else "happened_earliest", sentence)


def days_of_lookups(records: Records) -> Iterator[Problem]:
    """The sources were looked at on a day; the last stands last."""
    last = ""
    for row in records.tables["lookups"]:
        if not day_of(row.address):
            yield Problem(row.file, row.line, f"‘{row.address}’ is not a day; write it as 2026-11-27:")
        elif row.address < last:
            yield Problem(row.file, row.line, f"{row.address} stands after {last}; the last day stands last")
        last = max(last, row.address)


def parts_of_cases(records: Records) -> Iterator[Problem]:
    """A body in a case has a record or name; a result has a source."""
    cases = {row.address: row for row in records.tables["cases"]}
    scripts = {row.address: row.many("languages") for row in records.tables["sources"]}
    for row in records.tables["bodies"]:
        if bool(row["organisation"]) == bool(row["name:en"]):
            both = "both organisation and name" if row["organisation"] else "neither organisation nor name"
            yield Problem(row.file, row.line, f"a body of {row.address} has {both}; write one of the two")
        if row["name:en"] and not any(row[f"standing:{language}"] for language in LANGUAGES):
            yield row.problem("name", f"a body of {row.address} has no standing; say how sure each name is")
        if "sources" not in records.unread:
            printed = {
                language for source in cases[row.address].many("sources") for language in scripts.get(source, ())
            }
            yield from _names_in_unread_scripts(row, printed)
    for row in records.tables["results"]:
        if row["source"] and row["source"] not in cases[row.address].many("sources"):
            yield row.problem("source", f"‘{row['source']}’ is no source of {row.address}; add it to its sources")


def _names_in_unread_scripts(row: Row, printed: set[str]) -> Iterator[Problem]:
    """A name that no source prints in its script is converted or translated."""
    for language in LANGUAGES:
        name, standing = f"name:{language}", f"standing:{language}"
        if row[standing] in ("official", "reported") and language not in printed:
            sentence = (
                f"{name} is {row[standing]}, but no source of {row.address} has {language} among its languages; "
                "write converted or translated, or add the source that prints it"
            )
            yield row.problem(standing, sentence)
