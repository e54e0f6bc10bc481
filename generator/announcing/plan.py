"""An attachment and the records → what an import would do, and its doing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.announcing import entries, proposal, writing
from generator.announcing.attachments.attachment import Attachment, AttachmentError, read_attachment
from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import AnnouncedRow, Table, read_table
from generator.announcing.completion import Completion
from generator.announcing.draft import Draft
from generator.announcing.matching import Match, Matcher
from generator.catalogue import check
from generator.catalogue.changes import Change, changes
from generator.catalogue.columns import BATCH, Facts
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import RECORDS, UNKNOWN_BATCH, Problem, read_records
from generator.catalogue.scripts import Scripts, read_scripts
from generator.files.journal import write_all

Matches = list[tuple[AnnouncedRow, Match | None]]
"""Each announced row with the record that it speaks of; None for a new standard."""


@dataclass(slots=True)
class Plan:
    """What an import would do.

    `batch` is the announcement's address, '' where the file says it row by row; `changes` are those of
    standards, `proposed` the (address, column) that nobody announced; `added` the (file, address) of new entries of
    the short lists; `remarks`, `questions` and `problems` are sentences; `texts` maps each file below the records
    that changes to its new text; `left` is what the check will ask for afterwards.
    """

    batch: str = ""
    rows: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    proposed: set[tuple[str, str]] = field(default_factory=set)
    facts: dict[str, Facts] = field(default_factory=dict)
    added: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    left: list[Problem] = field(default_factory=list)

    @property
    def may_be_written(self) -> bool:
        return not self.problems and not self.questions


@dataclass(frozen=True, slots=True)
class Answers:
    """What the editor said: the announcement, rows whose doubtful record is the right one, rows that are new."""

    batch: str = ""
    accepted: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()


def plan(content: Path, name: str, data: bytes, answers: Answers, today: date) -> Plan:
    """What importing the file `name` that holds `data` would do to the records below `content`. Writes nothing."""
    made = Plan()
    records = read_records(content)
    scripts = read_scripts(content, records.problems)
    if records.problems:
        made.problems = [f"{problem}" for problem in records.problems]
        made.remarks.append("The records themselves cannot be read; mend this first.")
        return made
    try:
        attachment = read_attachment(name, data)
    except AttachmentError as error:
        made.problems.append(f"{name} {error}")
        return made
    table = read_table(attachment)
    made.rows, made.remarks = len(table.rows), table.remarks
    made.problems = [f"{name}: {problem}" for problem in table.problems]
    if made.problems:
        return made
    draft = Draft.of(records, attachment.sha256)
    _announce(draft, attachment, table, answers, scripts, today)
    made.batch, made.unchanged, made.facts, made.proposed = draft.batch, draft.unchanged, draft.after, draft.proposed
    made.remarks += draft.remarks
    made.questions, made.problems = draft.questions, draft.problems
    made.changes = [] if made.problems else list(changes(draft.before, draft.after))
    if made.changes:
        made.added = [(f"{list_name}.yml", address) for list_name, new in draft.entries.items() for address in new]
        made.texts = writing.texts(draft, content / RECORDS, made.changes, today)
        made.left = writing.left(content, records.folder, made.texts)
    return made


def write(content: Path, made: Plan) -> None:
    """Write a plan that may be written: all of its files or none."""
    write_all(content / RECORDS, made.texts)


def _announce(
    draft: Draft, attachment: Attachment, table: Table, answers: Answers, scripts: Scripts, today: date
) -> None:
    """Put into `draft` what the rows of `table` say."""
    matches = _matched(draft, table, answers)
    _choose_batch(draft, table, matches, answers.batch)
    if draft.problems:
        return
    _ask(draft, matches, answers)
    sources = {row.address for row in draft.records.tables["sources"]}
    wanted = f"annex-{draft.batch or today.isoformat()}"
    draft.source = draft.source or proposal.unused(wanted, sources)
    Completion(draft, scripts, is_own=table.is_own, accepted=answers.accepted, today=today).complete(matches)
    _note_missing(draft, matches)
    if draft.source not in sources and (draft.has_cited or draft.entries):
        number = int(draft.source.removeprefix(wanted).strip("-") or 1)
        entry = entries.source(_names_of_batch(draft), number, attachment.name, attachment.sha256, today)
        draft.entries.setdefault("sources", {})[draft.source] = entry
    for list_name, new in draft.entries.items():
        for address, entry in new.items():
            if list_name != "sources":
                entry["sources"] = [draft.source]
            if list_name == "batches":
                # What is on the list already was announced before.
                added = sum(cells.get(BATCH) == address for cells in draft.after.values())
                entry |= {"standards": added, "standards_total": entry["standards_total"] + added}


def _matched(draft: Draft, table: Table, answers: Answers) -> Matches:
    """Each row with its record; what is in doubt becomes a question."""
    rows, matcher = table.rows, Matcher(draft.records.tables["standards"])
    labels = {row.label for row in rows}
    for label in sorted((answers.accepted | answers.new) - labels):
        draft.problems.append(f"there is no row {label} in the list")
    for label in sorted(answers.accepted & answers.new):
        draft.problems.append(f"row {label} is both accepted and new; say one of the two")
    sure = {row.label: None if row.label in answers.new else matcher.sure(row) for row in rows}
    for row in rows:
        if (match := sure[row.label]) and (sentence := matcher.take(row, match)):
            draft.problems.append(sentence)
    found = []
    for row in rows:
        match = sure[row.label]
        if match is None and row.label not in answers.new and (match := matcher.likely(row)):
            matcher.take(row, match)
        if match is None and (owner := matcher.owner(row)):
            draft.problems.append(
                f"row {row.label} cannot be new: {owner.address} ({owner['title:zh-Hans']}) has its number; correct it"
            )
        for one in matcher.namesakes(row) if match is None else ():
            draft.remarks.append(
                f"row {row.label} ‘{row.name}’ is new, with the title of {one.address} but other numbers; "
                "if it takes its place, say so in supersedes"
            )
        found.append((row, match))
    return found


def _ask(draft: Draft, matches: Matches, answers: Answers) -> None:
    """Ask about each row whose record, or whose announcement, is in doubt."""
    for row, match in matches:
        if row.label in answers.accepted:
            continue
        if match and (doubt := match.doubt or _doubt(draft, match)):
            draft.questions.append(
                f"row {row.label} ‘{row.name}’: is it {match.record.address}"
                f" ({match.record['title:zh-Hans']})? {doubt}. Say --accept {row.label} if it is, "
                f"--new {row.label} if it is another standard."
            )
        year = re.search(r"-(\d{4})$", row.cells.get("designation", ""))
        _, latest = _days_of_batch(draft)
        is_recorded = match and match.record["designation"] == row.cells.get("designation")
        if year and latest and year[1] > latest[:4] and not is_recorded:
            draft.questions.append(
                f"row {row.label}: {row.cells['designation']} is of a later year than the announcement {draft.batch}. "
                f"Is --batch right? Say --accept {row.label} if both are."
            )


def _doubt(draft: Draft, match: Match) -> str:
    """What speaks against the record of `match` being of the announcement; ''."""
    record, batch = match.record, draft.records.batch_of[match.record.file]
    earliest, _ = _days_of_batch(draft)
    if match.is_by_title and batch and earliest and batch != draft.batch:
        return f"It has that title only, and was announced as {batch}"
    if not batch and earliest:
        said = {row.address: row["said_on"] for row in draft.records.tables["sources"]}
        days = [day for one in record.many("sources") if (day := said.get(one.partition("#")[0], ""))]
        if days and min(days) < earliest:
            return f"It was on the list on {min(days)}, before this announcement"
    return ""


def _days_of_batch(draft: Draft) -> tuple[str, str]:
    """The first and the last day on which the announcement may have been; '' where it is not one."""
    if entry := draft.entries.get("batches", {}).get(draft.batch):
        day = entry.get("announced_on")
        return (day, day) if day else (entry["announced_earliest"], entry["announced_latest"])
    if row := draft.batches.rows.get(draft.batch):
        day = row["announced_on"]
        return (day, day) if day else (row["announced_earliest"], row["announced_latest"])
    return "", ""


def _choose_batch(draft: Draft, table: Table, matches: Matches, asked: str) -> None:
    """The announcement that is `asked` for, that the rows or the texts above them name, or that all rows are of."""
    if any(BATCH in row.cells for row in table.rows) and not asked:
        for row in table.rows:
            said = row.cells.get(BATCH, "")
            if said and said != UNKNOWN_BATCH and not draft.batches.address(said):
                hint = check.did_you_mean(said, draft.batches.rows)
                draft.problems.append(f"row {row.label}: the batch ‘{said}’ is not in batches.yml{hint}")
        return
    known = "、".join(f"{row.address} ({row['name:zh-Hans']})" for row in draft.batches.rows.values())
    if asked:
        draft.batch = asked if asked == UNKNOWN_BATCH else draft.batches.address(asked)
        if not draft.batch and entries.is_new_batch(asked):
            draft.batch = _new_batch(draft, asked)
        if not draft.batch:
            draft.problems.append(
                f"--batch {asked} is none of {known}, nor the month or day of a new one, such as 2026-05"
            )
        return
    above = in_one_form(" ".join(table.above))
    named = {
        row.address
        for row in draft.batches.rows.values()
        for language in LANGUAGES
        if (name := in_one_form(row[f"name:{language}"])) and name in above
    }
    recorded = {draft.records.batch_of[match.record.file] for _, match in matches if match}
    chosen = named or (recorded if all(match for _, match in matches) else set())
    if table.is_own and matches and all(match for _, match in matches):
        return
    if len(chosen) == 1 and "" not in chosen:
        draft.batch = chosen.pop()
    else:
        draft.problems.append(
            f"Which announcement is this? Say --batch with {known}, "
            "or with the month or day of a new one, such as 2026-05 or 2026-05-18"
        )


def _new_batch(draft: Draft, asked: str) -> str:
    """The address of the announcement of the month, or on the day, `asked`; a second one in a month is called by
    its day."""
    rows = draft.batches.rows
    earlier = [row for row in rows.values() if (row["announced_on"] or row["announced_earliest"]) <= asked]
    total = int(earlier[-1]["standards_total"]) if earlier else 0
    address, entry = entries.batch(asked, total)
    if address in rows and rows[address]["announced_on"] == asked:
        return address
    if address in rows:
        address = asked
    draft.entries.setdefault("batches", {})[address] = entry
    return address


def _note_missing(draft: Draft, matches: Matches) -> None:
    """Say which standards of the batch the file does not name: an import never takes one away."""
    named = {match.record.address for _, match in matches if match}
    silent = [
        row
        for row in draft.records.tables["standards"]
        if draft.records.batch_of[row.file] == draft.batch and row.address not in named
    ]
    if silent and draft.batch:
        shown = ", ".join(f"{row.address} ({row['title:zh-Hans']})" for row in silent[:8])
        more = f" and {len(silent) - 8} more" if len(silent) > 8 else ""
        draft.remarks.append(f"Recorded for {draft.batch} but not in the file; they stay: {shown}{more}")


def _names_of_batch(draft: Draft) -> dict[str, str]:
    """The announcement's name in the three languages; the list's own where the rows are of several."""
    if new := draft.entries.get("batches", {}).get(draft.batch):
        return new["name"]
    if row := draft.batches.rows.get(draft.batch):
        return {language: row[f"name:{language}"] for language in LANGUAGES}
    return {"zh-Hans": "湾区标准", "zh-Hant": "灣區標準", "en": "Bay Area Standards"}
