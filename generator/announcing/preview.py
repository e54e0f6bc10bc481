"""A plan → the lines that tell the editor what an import would do."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.announcing.plan import Plan
from generator.catalogue.check import counted

_TOLD = ("publisher", "led_by", "field", "issued_on", "implemented_on", "withdrawn_on", "status", "supersedes", "route")
_SHOWN = 20
"""How many problems that are left are shown."""


def preview(made: Plan, file: str, options: Iterable[str] = ()) -> Iterator[str]:
    """What was understood, what would change in `+ ~ -` lines, what is wrong or asked, the count, and what to do
    next; `options` are those of the import, without `--write`."""
    name = Path(file).name
    yield f"{name} → {made.batch}" if made.batch else name
    yield from (f"  {remark}" for remark in made.remarks)
    if made.questions:
        yield "If each question below is answered by --accept:"
    yield from _changes(made)
    if made.problems:
        yield ""
        yield from made.problems
        yield f"{counted(len(made.problems), 'problem')}. Nothing was written."
        return
    if made.questions:
        yield ""
        yield from made.questions
        yield f"{counted(len(made.questions), 'question')}. Nothing was written."
        return
    yield ""
    yield _count(made)
    if not made.texts:
        yield "Nothing to write."
        return
    if made.left:
        yield "What it leaves to be completed:"
        yield from (f"  {problem}" for problem in made.left[:_SHOWN])
        if len(made.left) > _SHOWN:
            yield f"  and {len(made.left) - _SHOWN} more"
    command = f'make import FILE={shlex.quote(file)} ARGS="{" ".join((*options, "--write"))}"'
    yield f"Nothing was written. If this is right: {command}"


def written(made: Plan) -> Iterator[str]:
    """What an import did, and what to do next."""
    yield _count(made)
    yield f"Written: {', '.join(sorted(made.texts))}"
    if made.left:
        yield f"{counted(len(made.left), 'thing')} to be completed before the site can be built:"
        yield from (f"  {problem}" for problem in made.left[:_SHOWN])
        if len(made.left) > _SHOWN:
            yield f"  and {len(made.left) - _SHOWN} more; make check names them all"
    yield "Next: make check, then make serve to look, then make site."


def _changes(made: Plan) -> Iterator[str]:
    for change in made.changes:
        is_proposed = (change.address, change.attribute) in made.proposed
        yield f"{change}{' (proposed)' if is_proposed else ''}"
        if change.sign == "+":
            facts = made.facts[change.address]
            for column in ("title:zh-Hans", "title:zh-Hant", "title:en", *_TOLD):
                is_proposed = (change.address, column) in made.proposed
                # Its Simplified title stands above already.
                if facts.get(column) and (is_proposed or column != "title:zh-Hans"):
                    yield f"    {column}: {facts[column]}{' (proposed)' if is_proposed else ''}"
    for file, address in made.added:
        lasts = "" if file == "sources.yml" else "; rename it before it is published, if at all"
        yield f"+ {file}: {address} (proposed{lasts})"


def _count(made: Plan) -> str:
    added = sum(change.sign == "+" for change in made.changes)
    return (
        f"{counted(made.rows, 'row')}: {added} new, {made.rows - added - made.unchanged} changing what is recorded, "
        f"{made.unchanged} as recorded; "
        f"{counted(len(made.added), 'new entry', 'new entries')}."
    )
