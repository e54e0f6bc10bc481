"""What an attachment leaves open, with the evidence by which it is decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.announcing.attachments.attachment import Sheet
from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.plan import Plan
from generator.announcing.questions import Answer, Question
from generator.catalogue.columns import BATCH
from generator.catalogue.languages import LIST_SEPARATOR
from generator.catalogue.messages import ColumnName, Message, spoken_language
from generator.catalogue.records import Records, Row

_MANY = 3
"""More questions of one kind than these may be answered together."""
_IS_IT = "import.if-it-is"
_BUTTONS = {
    _IS_IT: Message("desk.answer-is-it"),
    "import.if-both-are": Message("desk.answer-both-right"),
    "import.if-right": Message("desk.answer-right"),
    "import.if-another-standard": Message("desk.answer-another"),
    "import.if-no-standard": Message("desk.answer-no-standard"),
    "import.to-keep-recorded": Message("desk.answer-keep"),
}
"""Key of what an answer means → what its button says; other answers say their meaning."""
_COMPARED = ("list_identifier", "designation", "title:zh-Hans", "publisher", "field", BATCH)
"""Columns of a record that are shown beside a row, whether that has them or not."""
_TABLES = {"publisher": "organisations", "led_by": "organisations", "field": "fields", BATCH: "batches"}
"""Column whose values are addresses → the table of these."""


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One column of a row in doubt."""

    column: ColumnName
    announced: str
    """What the file says."""
    recorded: str
    """What is recorded."""

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.announced and self.recorded) and in_one_form(self.announced) != in_one_form(self.recorded)


@dataclass(frozen=True, slots=True)
class AskedRow:
    """A row in doubt; an answer is one to all that is asked about it."""

    row: str
    """Its label."""
    where: Message
    """Where it stands."""
    questions: list[Question]
    evidence: list[ComparedCell]

    @property
    def record(self) -> str:
        """The address of the recorded standard; '' for none."""
        return next((one.address for one in self.questions if one.address), "")

    @property
    def sentences(self) -> list[Message]:
        """What is asked."""
        return [in_desk_words(one.sentence) for one in self.questions]

    @property
    def kind(self) -> tuple[str, ...]:
        """What rows have in common of which the same is asked."""
        return tuple(key for one in self.questions for key in (one.sentence.key, *(a.meaning.key for a in one.answers)))

    @property
    def buttons(self) -> list[tuple[Answer, Message]]:
        """Each answer with what its button says."""
        answers: dict[str, Answer] = {}
        for answer in (answer for one in self.questions for answer in one.answers):
            # That it is this record says more than any other yes.
            if answer.kind not in answers or answer.meaning.key == _IS_IT:
                answers[answer.kind] = answer
        return [(answers[kind], button_of(answers[kind])) for kind in ("accept", "new", "skip") if kind in answers]


def button_of(answer: Answer) -> Message:
    """What the button of `answer` says."""
    return _BUTTONS.get(answer.meaning.key, answer.meaning)


def in_desk_words(message: Message) -> Message:
    """`message` without the option of a command in it, which nobody types here."""
    match message:
        case Message(key="import.which-batch"):
            return Message("desk.which-batch")
        case Message(key="import.unknown-batch" | "import.notice-day", values={"given": given}):
            return Message("desk.no-day", given=given)
        case Message(key="import.later-year", values={"row": row, "designation": designation, "batch": batch}):
            return Message("desk.later-year", row=row, designation=designation, batch=batch)
        case _:
            return message


def asked_rows(plan: Plan, records: Records) -> list[list[AskedRow]]:
    """The rows about which `plan` asks, many that raise the same question together."""
    rows = {row.label: row for row in plan.table.rows}
    sheets = {sheet.name: sheet for sheet in plan.attachment.sheets} if plan.attachment else {}
    questions: dict[str, list[Question]] = {}
    for question in plan.questions:
        questions.setdefault(question.row, []).append(question)
    asked = [_asked(label, own, rows.get(label), sheets, records) for label, own in questions.items()]
    counts = Counter(one.kind for one in asked)
    alike: dict[tuple[str, ...], list[AskedRow]] = {}
    for one in asked:
        alike.setdefault(one.kind if counts[one.kind] > _MANY else (one.row,), []).append(one)
    return [*alike.values()]


def _asked(
    label: str, questions: list[Question], row: AnnouncedRow | None, sheets: Mapping[str, Sheet], records: Records
) -> AskedRow:
    if row is None:
        return AskedRow(label, Message("desk.row", row=label), questions, [])
    address = next((one.address for one in questions if one.address), "")
    where = Message("desk.row-of-sheet", sheet=sheets[row.sheet].called, row=str(row.number))
    return AskedRow(label, where, questions, [*_evidence(row, _record(records, address), records)])


def _record(records: Records, address: str) -> Row | None:
    return next((row for row in records.tables["standards"] if row.address == address), None) if address else None


def _evidence(row: AnnouncedRow, record: Row | None, records: Records) -> Iterator[ComparedCell]:
    columns = dict.fromkeys((*_COMPARED, *row.cells))
    for column in columns:
        announced, recorded = row.cells.get(column, ""), _recorded(record, column, records) if record else ""
        if announced or recorded:
            yield ComparedCell(ColumnName(column), announced, recorded)


def _recorded(record: Row, column: str, records: Records) -> str:
    """What `record` says in `column`, names in place of addresses."""
    if column not in _TABLES:
        return record[column]
    language = spoken_language()
    addresses = (records.batch_of.get(record.file, ""),) if column == BATCH else record.many(column)
    names = {row.address: row[f"name:{language}"] for row in records.tables[_TABLES[column]]}
    return LIST_SEPARATOR[language].join(names.get(one) or one for one in addresses)
