"""What an attachment leaves open, with the evidence by which it is decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.plan import Plan
from generator.announcing.questions import Answer, Question
from generator.catalogue.columns import BATCH
from generator.catalogue.messages import ColumnName, Message, spoken_language
from generator.catalogue.records import Records, Row

_MANY = 3
"""More questions of one kind than these may be answered together."""
_BUTTONS = {
    "import.if-it-is": Message("desk.answer-is-it"),
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
class Evidence:
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
class AskedQuestion:
    """A question as the desk asks it."""

    question: Question
    where: Message
    """Where the row stands."""
    evidence: list[Evidence]
    record: str
    """The address of the recorded standard; '' for none."""

    @property
    def sentence(self) -> Message:
        """What is asked."""
        return in_desk_words(self.question.sentence)

    @property
    def buttons(self) -> list[tuple[Answer, Message]]:
        """Each answer with what its button says."""
        return [(one, button_of(one)) for one in self.question.answers]


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


def asked_questions(plan: Plan, records: Records) -> list[list[AskedQuestion]]:
    """The questions of `plan`, those that many rows raise alike together."""
    rows = {row.label: row for row in plan.table.rows}
    sheets = {sheet.name: sheet for sheet in plan.attachment.sheets} if plan.attachment else {}
    alike: dict[tuple[str, ...], list[AskedQuestion]] = {}
    for number, question in enumerate(plan.questions):
        row, record = rows.get(question.row), _record(records, question.address)
        where = Message("desk.row", row=question.row)
        if row and row.sheet in sheets:
            where = Message("desk.row-of-sheet", sheet=sheets[row.sheet].called, row=str(row.number))
        one = AskedQuestion(question, where, [*_evidence(row, record, records)] if row else [], question.address)
        kind = (question.sentence.key, *(answer.meaning.key for answer in question.answers))
        count = sum(kind[0] == other.sentence.key for other in plan.questions)
        alike.setdefault(kind if count > _MANY else (*kind, str(number)), []).append(one)
    return [*alike.values()]


def _record(records: Records, address: str) -> Row | None:
    return next((row for row in records.tables["standards"] if row.address == address), None) if address else None


def _evidence(row: AnnouncedRow, record: Row | None, records: Records) -> Iterator[Evidence]:
    columns = dict.fromkeys((*_COMPARED, *row.cells))
    for column in columns:
        announced, recorded = row.cells.get(column, ""), _recorded(record, column, records) if record else ""
        if announced or recorded:
            yield Evidence(ColumnName(column), announced, recorded)


def _recorded(record: Row, column: str, records: Records) -> str:
    """What `record` says in `column`, names in place of addresses."""
    text = records.batch_of.get(record.file, "") if column == BATCH else record[column]
    table = _TABLES.get(column)
    named = next((row for row in records.tables[table] if row.address == text), None) if table and text else None
    return named[f"name:{spoken_language()}"] or text if named else text
