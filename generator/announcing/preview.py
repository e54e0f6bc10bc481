"""The lines that tell the editor what an import would do."""

from __future__ import annotations

import os
import re
import shlex
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.announcing.plan import Plan
from generator.announcing.questions import Question
from generator.catalogue.check import counted
from generator.catalogue.languages import LANGUAGES
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


def _preview(plan: Plan, file: str, options: Sequence[str]) -> Iterator[str]:
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
        yield "If each question is answered by --accept:"
    yield from _changes(plan)
    if plan.remarks:
        yield ""
        yield "How it was understood:"
        yield from (f"  {remark}" for remark in plan.remarks)
    if plan.left and plan.may_be_written:
        yield "What it leaves to be completed:"
        yield from _some(plan.left)
    yield ""
    yield _ending(plan, file, options)


def _questions(questions: Sequence[Question]) -> Iterator[str]:
    """The questions; one that many rows raise is asked once."""
    kinds: dict[tuple[object, ...], list[Question]] = {}
    for question in questions:
        kind = re.sub(r"‘.*?’|row \S+|\d+", "", str(question.sentence))
        kinds.setdefault((kind, *(answer.meaning for answer in question.answers)), []).append(question)
    for alike in kinds.values():
        if len(alike) <= _FEW:
            yield from map(str, alike)
            continue
        rows = ",".join(question.row for question in alike[:_SHOWN_ROWS])
        more = f" The first {_SHOWN_ROWS} are named; --json has all." if len(alike) > _SHOWN_ROWS else ""
        answers = ", ".join(f"{answer.option.partition(' ')[0]} {rows} {answer.meaning}" for answer in alike[0].answers)
        yield f"{alike[0].sentence} So do {counted(len(alike) - 1, 'row')} more ask.{more} Say {answers}."


def _ending(plan: Plan, file: str, options: Sequence[str]) -> str:
    """What is to be done next."""
    if not plan.may_be_written:
        asked = [(len(plan.problems), "problem"), (len(plan.questions), "question")]
        return f"{', '.join(counted(count, word) for count, word in asked if count)}. Nothing was written."
    if not plan.texts:
        return "Nothing to write: the records say all of it."
    return f"Nothing was written. If this is right: {import_command_line(file, [*options, '--write'])}"


def _some(problems: Sequence[Problem]) -> Iterator[str]:
    yield from (f"  {problem}" for problem in problems[:_SHOWN_PROBLEMS])
    if len(problems) > _SHOWN_PROBLEMS:
        yield f"  and {len(problems) - _SHOWN_PROBLEMS} more; make check names them all"


def _receipt(plan: Plan) -> Iterator[str]:
    yield _count(plan)
    if not plan.texts:
        yield "Nothing to write: the records say all of it."
        return
    yield f"Written: {', '.join(sorted(plan.texts))}"
    if plan.left:
        yield f"{counted(len(plan.left), 'thing')} to be completed before the site can be built:"
        yield from _some(plan.left)
    yield "Next: make check, then make serve to look, then make site."


def _changes(plan: Plan) -> Iterator[str]:
    cited = {change.address for change in plan.changes if change.attribute == "sources"}
    for change in plan.changes:
        # That a record names the file as a source is told of all of them together.
        if change.attribute == "sources" and change.before and change.after.startswith(change.before):
            continue
        cited.discard(change.address)
        yield f"{change.line}{_origin(plan, change.address, change.attribute)}"
        if change.sign == "+":
            facts = plan.facts[change.address]
            for column in _SHOWN_COLUMNS:
                is_proposed = (change.address, column) in plan.proposed
                # Its Simplified title stands above already.
                if facts.get(column) and (is_proposed or column != "title:zh-Hans"):
                    yield f"    {column}: {facts[column]}{_origin(plan, change.address, column)}"
    if cited:
        yield f"~ {counted(len(cited), 'record')} as announced, which will name this file as a source too"
    for file, address in plan.added:
        lasts = "" if file == "sources.yml" else "; rename it before it is published, if at all"
        yield f"+ {file}: {address} (proposed{lasts})"


def _origin(plan: Plan, address: str, column: str) -> str:
    """What is said behind a value that is not what a cell of its own column says."""
    if words := plan.words.get((address, column)):
        return f" (read from ‘{words}’)"
    return " (proposed)" if (address, column) in plan.proposed else ""


def _count(plan: Plan) -> str:
    added = sum(change.sign == "+" for change in plan.changes)
    return (
        f"{counted(plan.rows, 'row')}: {added} new, {plan.rows - added - plan.unchanged} changing what is recorded, "
        f"{plan.unchanged} as recorded; "
        f"{counted(len(plan.added), 'new entry', 'new entries')}."
    )
