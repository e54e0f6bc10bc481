"""The plan of an import: what it would do to the records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.announcing import entries, proposal, writing
from generator.announcing.attachments.attachment import Attachment, AttachmentError, read_attachment
from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import AnnouncedRow, Table, called_row, read_table
from generator.announcing.batch import choose_batch, days_of_batch, names_of_batch
from generator.announcing.completed_worksheet import CompletedWorksheet
from generator.announcing.completion import Completion
from generator.announcing.draft import Draft, first_of
from generator.announcing.matching import Match, Matcher, Matches
from generator.announcing.questions import Answers, Question, accept, as_new
from generator.announcing.stated import put_stated
from generator.catalogue.changes import Change, changes
from generator.catalogue.columns import BATCH, Facts
from generator.catalogue.messages import Message, column_in_file
from generator.catalogue.records import BATCH_FILE, RECORDS, UNKNOWN_BATCH, Problem, Records, Row, read_records
from generator.catalogue.scripts import Scripts, read_scripts
from generator.files.transaction import write_all

_MANY = 500
"""So many new bodies or fields no announcement names."""


@dataclass(slots=True)
class Plan:
    """The effects that an import would have."""

    batch: str = ""
    """The announcement's address; '' where the file says it row by row."""
    rows: int = 0
    """How many rows the list has."""
    unchanged: int = 0
    """How many of them say what is recorded."""
    changes: list[Change] = field(default_factory=list)
    """The changes of standards."""
    proposed: set[tuple[str, str]] = field(default_factory=set)
    """The (address, column) of each text that nobody announced."""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """The (address, column) of each value that was read from words elsewhere than in its column → these words."""
    facts: dict[str, Facts] = field(default_factory=dict)
    """Address → facts of each standard afterwards."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Label of a row → the address of the standard that it announces."""
    attachment: Attachment | None = None
    """The file as it is; None where it cannot be read."""
    table: Table = field(default_factory=Table)
    """The rows of the file, with what was read of each cell."""
    added: list[tuple[str, str]] = field(default_factory=list)
    """The (file, address) of each new entry of the short lists."""
    remarks: list[Message] = field(default_factory=list)
    """How the file was understood."""
    questions: list[Question] = field(default_factory=list)
    """What the editor has to answer."""
    problems: list[Message] = field(default_factory=list)
    """What is wrong."""
    texts: dict[str, str] = field(default_factory=dict)
    """File below the records → its new text, for each that changes."""
    left: list[Problem] = field(default_factory=list)
    """What the check will ask for afterwards."""

    @property
    def may_be_written(self) -> bool:
        """Whether nothing is wrong, or asked."""
        return not self.problems and not self.questions


def plan(content: Path, name: str, data: bytes, answers: Answers, today: date) -> Plan:
    """The plan to import the file `name` into the records below `content`; writes nothing."""
    result = Plan()
    records = read_records(content)
    scripts = read_scripts(content, records.problems)
    if records.problems:
        result.problems = [
            Message("import.in-records", file=one.file, line=str(one.line), sentence=one.sentence)
            for one in records.problems
        ]
        result.remarks.append(Message("import.records-unreadable"))
        return result
    try:
        attachment = read_attachment(name, data)
    except AttachmentError as error:
        result.problems.append(Message("import.unreadable", file=name, clause=error.clause))
        return result
    table = read_table(attachment, _bodies(records), answers.skipped, answers.columns)
    result.attachment, result.table = attachment, table
    result.rows, result.remarks = len(table.rows), table.remarks
    result.problems = [Message("import.in-file", file=name, sentence=sentence) for sentence in table.problems]
    if result.problems:
        return result
    draft = Draft.of(records, attachment.sha256)
    draft.notice = answers.notice
    draft.questions += [question for question in table.questions if question.row not in answers.accepted]
    if table.is_worksheet:
        worksheet = CompletedWorksheet(draft, answers.accepted, today)
        for row in table.rows:
            worksheet.complete(row)
    else:
        _announce(draft, attachment, table, answers, scripts, today)
    result.batch, result.unchanged, result.facts = draft.batch, draft.unchanged, draft.after
    result.remarks += draft.all_remarks()
    result.addresses = draft.addresses
    result.proposed, result.words = draft.proposed, draft.words
    result.questions, result.problems = draft.questions, draft.problems
    result.changes = [] if result.problems else list(changes(draft.before, draft.after))
    if result.changes:
        result.added = [(f"{table_name}.yml", one) for table_name, new in draft.entries.items() for one in new]
        result.texts = writing.texts(draft, content / RECORDS, result.changes, today)
        result.left = writing.left(content, records.folder, result.texts)
    return result


def _bodies(records: Records) -> frozenset[str]:
    """Every name of an organisation, in one form."""
    names = entries.NameIndex(records, "organisations").by_name
    return frozenset(names) - {in_one_form(address) for address in names.values()}


def write_plan(content: Path, plan: Plan) -> None:
    """Write a plan that may be written: all of its files or none."""
    write_all(content, {f"{RECORDS}/{name}": text for name, text in plan.texts.items()})


def _announce(
    draft: Draft, attachment: Attachment, table: Table, answers: Answers, scripts: Scripts, today: date
) -> None:
    """Put into `draft` what the rows of `table` say."""
    matches = _matches(draft, table, answers)
    choose_batch(draft, table, matches, answers.batch)
    if draft.problems:
        return
    _ask(draft, matches, answers)
    sources = {row.address for row in draft.records.tables["sources"]}
    wanted = f"notice-{draft.notice}" if draft.notice else f"annex-{draft.batch or today.isoformat()}"
    draft.source = draft.source or proposal.Addresses(sources).unused(wanted)
    Completion(draft, scripts, is_own=table.is_own, accepted=answers.accepted, today=today).complete(matches)
    draft.problems += _implausible(draft)
    _note_missing(draft, matches)
    if draft.source not in sources and (draft.has_cited or draft.entries):
        number = int(draft.source.removeprefix(wanted).strip("-") or 1)
        entry = (
            entries.notice_entry(draft.notice, number)
            if draft.notice
            else entries.source_entry(names_of_batch(draft), number)
        )
        entry |= {"file": attachment.name, "sha256": attachment.sha256, "read_on": today.isoformat()}
        draft.entries.setdefault("sources", {})[draft.source] = entry
    for table_name, new in draft.entries.items():
        for address, entry in new.items():
            if table_name != "sources":
                entry |= {"sources": [draft.source], "recorded_on": today.isoformat()}
            if table_name == "batches":
                # What is on the list already was announced before.
                added = sum(facts.get(BATCH) == address for facts in draft.after.values())
                entry |= {"standards": added, "standards_total": entry["standards_total"] + added}
    put_stated(draft, answers.stated)


def _implausible(draft: Draft) -> Iterator[Message]:
    """A sentence for each short list that would grow by more than one announcement can tell of."""
    for table, entries_of_table in draft.entries.items():
        count, examples = len(entries_of_table), tuple(entries_of_table)[:3]
        if count > _MANY and table == "organisations":
            yield Message("import.many-bodies", count=count, examples=examples)
        elif count > _MANY:
            yield Message("import.many-fields", count=count, examples=examples)


def _matches(draft: Draft, table: Table, answers: Answers) -> Matches:
    """Each row with its record; what cannot be is a problem."""
    rows, matcher = table.rows, Matcher(draft.records.tables["standards"])
    draft.problems += _impossible(answers, {row.label for row in rows})
    sure = {row.label: None if row.label in answers.new else matcher.sure(row) for row in rows}
    for row in rows:
        if (match := sure[row.label]) and (sentence := matcher.take(row, match)):
            draft.problems.append(sentence)
    matches: Matches = []
    for row in rows:
        match = sure[row.label]
        if match is None and row.label not in answers.new and (match := matcher.likely(row)):
            matcher.take(row, match)
        if match is None and draft.notice:
            draft.note(Message("import.none-by-notice"), Message("import.row", row=row.called, name=row.name))
            continue
        if match is None:
            _note_new(draft, matcher, row)
        matches.append((row, match))
    return matches


def _impossible(answers: Answers, labels: set[str]) -> Iterator[Message]:
    """A sentence for each answer that does not fit the rows called `labels`."""
    for label in sorted((answers.accepted | answers.new) - labels):
        yield Message("import.no-row", row=called_row(label))
    for label in sorted(answers.accepted & answers.new):
        yield Message("import.accepted-and-new", row=called_row(label))


def _note_new(draft: Draft, matcher: Matcher, row: AnnouncedRow) -> None:
    """Note what speaks against `row` being a new standard: its number or title is taken."""
    if owner := matcher.owner(row):
        draft.problems.append(
            Message("import.number-taken", row=row.called, address=owner.address, title=owner["title:zh-Hans"])
        )
    for namesake in matcher.namesakes(row):
        column = column_in_file("supersedes")
        draft.remarks.append(
            Message("import.namesake", row=row.called, name=row.name, address=namesake.address, column=column)
        )


def _ask(draft: Draft, matches: Matches, answers: Answers) -> None:
    """Ask about each row whose record, or whose announcement, is in doubt."""
    _, latest = days_of_batch(draft)
    for row, match in matches:
        if row.label in answers.accepted:
            continue
        if match and (doubt := match.doubt or _doubt(draft, match)):
            draft.ask(
                row.label,
                Message(
                    "import.is-it",
                    row=row.called,
                    name=row.name,
                    address=match.record.address,
                    title=match.record["title:zh-Hans"],
                    doubt=doubt,
                ),
                accept(row.label, Message("import.if-it-is")),
                as_new(row.label),
                address=match.record.address,
            )
        designation = row.cells.get("designation", "")
        year = re.search(r"-(\d{4})$", designation)
        is_recorded = match and match.record["designation"] == designation
        if year and latest and year[1] > latest[:4] and not is_recorded:
            draft.ask(
                row.label,
                Message("import.later-year", row=row.called, designation=designation, batch=draft.batch),
                accept(row.label, Message("import.if-both-are")),
            )


def _doubt(draft: Draft, match: Match) -> Message | None:
    """The doubt that the record of `match` is of the announcement."""
    record, batch = match.record, draft.stated_batch(match.record)
    earliest, _ = days_of_batch(draft)
    if match.is_by_title and batch and earliest and batch != draft.batch:
        return Message("import.title-only", batch=batch)
    if draft.records.batch_of[record.file] == draft.batch:
        return None
    if not batch and earliest:
        said_on = {row.address: row["said_on"] for row in draft.records.tables["sources"]}
        days = [day for one in record.many("sources") if (day := said_on.get(one.partition("#")[0], ""))]
        if days and min(days) < earliest:
            return Message("import.listed-before", day=min(days))
    return None


def _note_missing(draft: Draft, matches: Matches) -> None:
    """Say which standards of the batch the file does not name. An import never takes one away."""
    named = {match.record.address for _, match in matches if match}
    silent = [
        row
        for row in draft.records.tables["standards"]
        if draft.records.batch_of[row.file] == draft.batch and row.address not in named
    ]
    derived = [row for row in silent if row["batch_derived_from"]]
    stated = [row for row in silent if not row["batch_derived_from"]]
    if stated and draft.batch:
        draft.remarks.append(Message("import.stay", batch=draft.batch, standards=_shown(stated)))
    if derived and draft.batch:
        draft.remarks.append(
            Message(
                "import.by-dates",
                batch=draft.batch,
                standards=_shown(derived),
                file=f"{BATCH_FILE}{UNKNOWN_BATCH}.csv",
            )
        )


def _shown(rows: Sequence[Row]) -> Message | tuple[Message | str, ...]:
    """The first of `rows`, each with its title, and how many more there are."""
    return first_of([Message("import.record", address=row.address, title=row["title:zh-Hans"]) for row in rows])
