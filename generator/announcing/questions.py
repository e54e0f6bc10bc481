"""What an editor is asked, with the answers that can be given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from generator.catalogue.messages import Message


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question."""

    kind: Literal["accept", "new", "skip"]
    """What is answered: the doubtful is right, the row is a standard of its own, or it announces nothing."""
    row: str
    """The label of the row that it is about."""
    meaning: Message
    """What it says, as a clause: `if it is`."""

    @property
    def option(self) -> str:
        """What is added to the command, such as `--accept 4`."""
        return f"--{self.kind} {self.row}"


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file leaves open."""

    row: str
    """The label of the row that it is about."""
    sentence: Message
    answers: tuple[Answer, ...]
    address: str = ""
    """The record with which the row is compared; '' for none."""

    @property
    def wording(self) -> Message:
        """The question with its answers."""
        return Message("import.question", sentence=self.sentence, options=self.options(self.row))

    def options(self, rows: str) -> tuple[Message, ...]:
        """What may be said of `rows`, such as `4,7`, that raise this question."""
        return tuple(
            Message("import.option", option=f"--{answer.kind} {rows}", meaning=answer.meaning)
            for answer in self.answers
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """The editor's answers to what a file does not say."""

    batch: str = ""
    """The announcement: an address or name, or the month or day of a new one."""
    accepted: frozenset[str] = frozenset()
    """Labels of rows whose doubtful record is the right one."""
    new: frozenset[str] = frozenset()
    """Labels of rows that are standards of their own."""
    skipped: frozenset[str] = frozenset()
    """Labels of rows that announce nothing."""
    notice: str = ""
    """The day or month of a notice that announces no standards."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Place in a table, such as `C` or `page-1:3` → the column of the records that it holds, whatever its heading."""
    stated: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """`batches` or `sources` → column → what the announcement says of itself beside its list."""


def accept(row: str, meaning: Message) -> Answer:
    """The answer yes about the row with that label; `meaning` is a clause."""
    return Answer("accept", row, meaning)


def as_new(row: str) -> Answer:
    """The answer that the row with that label is a standard of its own."""
    return Answer("new", row, Message("import.if-another-standard"))


def skip(row: str) -> Answer:
    """The answer that the row with that label announces nothing."""
    return Answer("skip", row, Message("import.if-no-standard"))
