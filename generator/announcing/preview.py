"""The lines that tell the editor what an import would do."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.announcing.plan import Plan
from generator.catalogue.check import counted
from generator.catalogue.languages import LANGUAGES

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


def preview(plan: Plan, file: str, options: Iterable[str] = ()) -> Iterator[str]:
    """The lines about a plan that is not written, ending with what to do next.

    `file` is as the editor gave it; `options` are those of the import, without `--write`.
    """
    name = Path(file).name
    yield f"{name} → {plan.batch}" if plan.batch else name
    yield from (f"  {remark}" for remark in plan.remarks)
    if plan.questions:
        yield "If each question below is answered by --accept:"
    yield from _changes(plan)
    if plan.problems:
        yield ""
        yield from plan.problems
        yield f"{counted(len(plan.problems), 'problem')}. Nothing was written."
        return
    if plan.questions:
        yield ""
        yield from plan.questions
        yield f"{counted(len(plan.questions), 'question')}. Nothing was written."
        return
    yield ""
    yield _count(plan)
    if not plan.texts:
        yield "Nothing to write."
        return
    if plan.left:
        yield "What it leaves to be completed:"
        yield from (f"  {problem}" for problem in plan.left[:_SHOWN_PROBLEMS])
        if len(plan.left) > _SHOWN_PROBLEMS:
            yield f"  and {len(plan.left) - _SHOWN_PROBLEMS} more"
    command = f'make import FILE={shlex.quote(file)} ARGS="{" ".join((*options, "--write"))}"'
    yield f"Nothing was written. If this is right: {command}"


def receipt(plan: Plan) -> Iterator[str]:
    """The lines about a plan that was written, ending with what to do next."""
    yield _count(plan)
    yield f"Written: {', '.join(sorted(plan.texts))}"
    if plan.left:
        yield f"{counted(len(plan.left), 'thing')} to be completed before the site can be built:"
        yield from (f"  {problem}" for problem in plan.left[:_SHOWN_PROBLEMS])
        if len(plan.left) > _SHOWN_PROBLEMS:
            yield f"  and {len(plan.left) - _SHOWN_PROBLEMS} more; make check names them all"
    yield "Next: make check, then make serve to look, then make site."


def _changes(plan: Plan) -> Iterator[str]:
    for change in plan.changes:
        is_proposed = (change.address, change.attribute) in plan.proposed
        yield f"{change}{' (proposed)' if is_proposed else ''}"
        if change.sign == "+":
            facts = plan.facts[change.address]
            for column in _SHOWN_COLUMNS:
                is_proposed = (change.address, column) in plan.proposed
                # Its Simplified title stands above already.
                if facts.get(column) and (is_proposed or column != "title:zh-Hans"):
                    yield f"    {column}: {facts[column]}{' (proposed)' if is_proposed else ''}"
    for file, address in plan.added:
        lasts = "" if file == "sources.yml" else "; rename it before it is published, if at all"
        yield f"+ {file}: {address} (proposed{lasts})"


def _count(plan: Plan) -> str:
    added = sum(change.sign == "+" for change in plan.changes)
    return (
        f"{counted(plan.rows, 'row')}: {added} new, {plan.rows - added - plan.unchanged} changing what is recorded, "
        f"{plan.unchanged} as recorded; "
        f"{counted(len(plan.added), 'new entry', 'new entries')}."
    )
