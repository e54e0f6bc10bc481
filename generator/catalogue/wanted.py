"""What is wanted of the list, though nothing is wrong with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from generator.catalogue.languages import LANGUAGES, own_texts
from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.model import Lookup, Standard
from generator.catalogue.scripts import Scripts

_LOOKUPS = timedelta(days=90)
"""How long a look at the sources is young enough."""
_BY_SOURCES = ("list_identifier", "designation", "publisher", "field", "batch", "issued_on")
"""Columns that a source should state."""

Lack = Literal["missing", "doubtful", "unreviewed", "unstated"]
"""What is wanted of a cell.

`missing`: a value.
`doubtful`: a look at letters that conversion may have chosen wrongly.
`unreviewed`: a look at a translation by somebody else.
`unstated`: a source that says it, as it was assigned or derived here.
"""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Something that is wanted of a standard."""

    standard: Standard
    column: str
    """The column of the records that it is about, such as `title:en`."""
    lack: Lack


def wanted_of(standards: Iterable[Standard], scripts: Scripts) -> Iterator[Wanted]:
    """What is wanted of `standards`, one after the other."""
    for standard in standards:
        for column, lack in (*_wanted_titles(standard, scripts), *_wanted_facts(standard)):
            yield Wanted(standard, column, lack)


def _wanted_titles(standard: Standard, scripts: Scripts) -> Iterator[tuple[str, Lack]]:
    titles = own_texts(standard.title)
    for language in LANGUAGES:
        column = f"title:{language}"
        title = titles.get(language)
        if not title:
            yield column, "missing"
        elif title.standing == "translated":
            yield column, "unreviewed"
        elif language == "zh-Hant" and title.standing == "converted" and scripts.doubts(title.words):
            yield column, "doubtful"


def _wanted_facts(standard: Standard) -> Iterator[tuple[str, Lack]]:
    for column in _BY_SOURCES:
        if not getattr(standard, column):
            yield column, "missing"
    if any(place.is_assigned_here for place in standard.fields):
        yield "field", "unstated"
    if standard.derivation:
        yield "batch", "unstated"


def work_list(wanted: Iterable[Wanted]) -> Message | None:
    """How much is `wanted`, in a sentence, titles first; None where nothing is."""
    counts: Counter[tuple[str, Lack]] = Counter((one.column, one.lack) for one in wanted)
    ordered = sorted(counts, key=lambda one: (not one[0].startswith("title"), -counts[one]))
    clauses = [_clause(column, lack, counts[column, lack]) for column, lack in ordered]
    return Message("wanted.work-list", clauses=tuple(clauses)) if clauses else None


def _clause(column: str, lack: Lack, count: int) -> Message:
    name = ColumnName(column)
    match lack:
        case "missing":
            return Message("wanted.missing", count=count, column=name)
        case "doubtful":
            return Message("wanted.doubtful", count=count, column=name)
        case "unreviewed":
            return Message("wanted.unreviewed", count=count, column=name)
        case "unstated":
            return Message("wanted.unstated", count=count, column=name)


def wanted_lookup(lookup: Lookup | None, today: date) -> Message | None:
    """A sentence where nobody looked at the sources for long."""
    if lookup is None or today - lookup.day <= _LOOKUPS:
        return None
    return Message("wanted.lookup", day=lookup.day, count=(today - lookup.day).days)
