"""The lines that tell the editor what an import would do."""

from __future__ import annotations

import os
import shlex
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from generator.announcing.plan import Plan
from generator.announcing.questions import Question
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ChoiceName, ColumnName, Message
from generator.catalogue.records import Problem

_SHOWN_COLUMNS = (
    *(f"title:{language}" for language in LANGUAGES),
    "publisher",
    "led_by",
    "field",
    "issued_on",
    "implemented_on",
    "withdrawn_on",
    "status",
    "supersedes",
    "route",
)
"""The columns of a new standard that are shown."""
_SHOWN_PROBLEMS = 20
"""How many problems that are left are shown."""
_FEW = 3
"""So many questions of one kind are asked one by one."""
_SHOWN_ROWS = 100
"""How many rows are named of those that raise one question."""
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""The categories of characters that a terminal obeys, hides or cannot show."""


def preview(plan: Plan, file: str, options: Sequence[str] = ()) -> Iterator[str]:
    """The lines about a plan that is not written, ending with what to do next.

    `file` is as the editor gave it; `options` are those of the import, without `--write`.
    """
    return (visible(str(line)) for line in _preview(plan, file, options))


def receipt(plan: Plan) -> Iterator[str]:
    """The lines about a plan that was written, ending with what to do next."""
    return (visible(str(line)) for line in _receipt(plan))


def visible(line: str) -> str:
    """`line` with an escape, such as `\\x1b`, for each character that nobody sees.

    One that breaks the line is such a character. What strangers wrote in a file, or as its name, is printed as data.
    """
    return line if line.isprintable() else "".join(map(_visible_character, line))


def _visible_character(character: str) -> str:
    is_unseen = unicodedata.category(character) in _UNSEEN
    return character.encode("unicode_escape").decode() if is_unseen else character


def import_command_line(file: str, options: Sequence[str]) -> str:
    """The command that imports `file` with `options`, to be pasted into a shell."""
    # make drops what is blank in front of a value, and a dash begins an option.
    path = f"./{file}" if file[:1].isspace() else file
    # make keeps what stands for FILE as it is written; in ARGS it reads `$` itself, before the shell does.
    arguments = shlex.join(options).replace("$", "$$")
    return f"make import FILE={_quoted(path)} ARGS={shlex.quote(arguments)}"


def _quoted(text: str) -> str:
    """`text` as one word of a shell, on one visible line."""
    if visible(text) == text:
        return shlex.quote(text)
    # bash and zsh, which people type into, know this form.
    characters = (
        "".join(f"\\x{byte:02x}" for byte in os.fsencode(one)) if unicodedata.category(one) in _UNSEEN else one
        for one in text.replace("\\", "\\\\").replace("'", "\\'")
    )
    return f"$'{''.join(characters)}'"


def _preview(plan: Plan, file: str, options: Sequence[str]) -> Iterator[Message | str]:
    name = Path(file).name
    yield f"{name} → {plan.batch}" if plan.batch else name
    if not plan.problems:
        yield _count(plan)
    for lines in (plan.problems, list(_questions(plan.questions))):
        if lines:
            yield ""
            yield from lines
    if plan.questions and plan.changes:
        yield ""
        yield Message("import.if-accepted")
    yield from _changes(plan)
    if plan.remarks:
        yield ""
        yield Message("import.understood")
        yield from (f"  {remark}" for remark in plan.remarks)
    if plan.left and plan.may_be_written:
        yield Message("import.leaves")
        yield from _some(plan.left)
    yield ""
    yield _ending(plan, file, options)


def _questions(questions: Sequence[Question]) -> Iterator[Message]:
    """The questions; one that many rows raise is asked once."""
    kinds: dict[object, list[Question]] = {}
    for number, question in enumerate(questions):
        sentence = question.sentence
        # What is recorded, or may be another standard, is to be looked at row by row; so are the words of a review.
        is_its_own = "recorded" in sentence.values or any(answer.kind == "new" for answer in question.answers)
        kind = (_kind(sentence), sentence.values.get("review"), *(_kind(one.meaning) for one in question.answers))
        kinds.setdefault(number if is_its_own else kind, []).append(question)
    for alike in kinds.values():
        if len(alike) <= _FEW:
            yield from (question.wording for question in alike)
            continue
        first, count = alike[0], len(alike) - 1
        options = first.options(",".join(question.row for question in alike[:_SHOWN_ROWS]))
        if len(alike) <= _SHOWN_ROWS:
            yield Message("import.alike", sentence=first.sentence, count=count, options=options)
        else:
            yield Message(
                "import.alike-shown", sentence=first.sentence, count=count, shown=_SHOWN_ROWS, options=options
            )


def _kind(value: object) -> object:
    """What a message says beside what a row or cell has of its own."""
    match value:
        case Message():
            return value.key, *map(_kind, value.values.values())
        case tuple():
            return tuple(map(_kind, value))
        case ColumnName():
            return value
        case _:
            return None


def _ending(plan: Plan, file: str, options: Sequence[str]) -> Message:
    """What is to be done next."""
    problems, questions = len(plan.problems), len(plan.questions)
    if not plan.may_be_written:
        counts = (
            *([Message("import.problems", count=problems)] if problems else []),
            *([Message("import.questions", count=questions)] if questions else []),
        )
        return Message("import.refused", counts=counts)
    if not plan.texts:
        return Message("import.nothing-to-write")
    return Message("import.write-it", command=import_command_line(file, [*options, "--write"]))


def _some(problems: Sequence[Problem]) -> Iterator[str]:
    yield from (f"  {problem}" for problem in problems[:_SHOWN_PROBLEMS])
    if len(problems) > _SHOWN_PROBLEMS:
        yield f"  {Message('import.more-left', count=len(problems) - _SHOWN_PROBLEMS)}"


def _receipt(plan: Plan) -> Iterator[Message | str]:
    yield _count(plan)
    if not plan.texts:
        yield Message("import.nothing-to-write")
        return
    yield Message("import.written", files=tuple(sorted(plan.texts)))
    if plan.left:
        yield Message("import.to-complete", count=len(plan.left))
        yield from _some(plan.left)
    yield Message("import.next")


def _changes(plan: Plan) -> Iterator[str]:
    cited = {change.address for change in plan.changes if change.attribute == "sources"}
    for change in plan.changes:
        # That a record names the file as a source is told of all of them together.
        if change.attribute == "sources" and change.before and change.after.startswith(change.before):
            continue
        cited.discard(change.address)
        yield f"{change.line}{_origin(plan, change.address, change.attribute)}"
        if change.sign == "+":
            yield from (f"    {value}" for value in _values(plan, change.address))
    if cited:
        yield f"~ {Message('import.cited', count=len(cited))}"
    for file, address in plan.added:
        if file == "sources.yml":
            yield f"+ {Message('import.entry', file=file, address=address)}"
        else:
            yield f"+ {Message('import.entry-that-lasts', file=file, address=address)}"


def _values(plan: Plan, address: str) -> Iterator[Message]:
    """What is recorded of the new standard at `address`."""
    facts = plan.facts[address]
    for column in _SHOWN_COLUMNS:
        is_proposed = (address, column) in plan.proposed
        # Its Simplified title stands above already.
        if facts.get(column) and (is_proposed or column != "title:zh-Hans"):
            value = ChoiceName(column, facts[column]) if column in ("status", "route") else facts[column]
            origin = _origin(plan, address, column)
            yield Message("import.value", column=ColumnName(column), value=value, origin=origin)


def _origin(plan: Plan, address: str, column: str) -> Message | Literal[""]:
    """What is said behind a value that is not what a cell of its own column says."""
    if words := plan.words.get((address, column)):
        return Message("import.read-from", words=words)
    return Message("import.proposed") if (address, column) in plan.proposed else ""


def _count(plan: Plan) -> Message:
    added = sum(change.sign == "+" for change in plan.changes)
    return Message(
        "import.count",
        rows=Message("import.rows", count=plan.rows),
        added=added,
        changed=plan.rows - added - plan.unchanged,
        unchanged=plan.unchanged,
        entries=Message("import.entries", count=len(plan.added)),
    )
