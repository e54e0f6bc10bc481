"""What an editor is asked, with the answers that can be given."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question."""

    option: str
    """What is added to the command, such as `--accept 4`."""
    meaning: str
    """What it says, as a clause: `if it is`."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that the file leaves open."""

    row: str
    """The label of the row that it is about."""
    sentence: str
    answers: tuple[Answer, ...]

    def __str__(self) -> str:
        answers = ", ".join(f"{answer.option} {answer.meaning}" for answer in self.answers)
        return f"{self.sentence} Say {answers}."


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


def accept(row: str, meaning: str) -> Answer:
    """The answer yes about the row with that label; `meaning` is a clause."""
    return Answer(f"--accept {row}", meaning)


def as_new(row: str) -> Answer:
    """The answer that the row with that label is a standard of its own."""
    return Answer(f"--new {row}", "if it is another standard")


def skip(row: str) -> Answer:
    """The answer that the row with that label announces nothing."""
    return Answer(f"--skip {row}", "if it announces no standard")
