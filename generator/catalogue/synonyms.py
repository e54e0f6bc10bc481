"""The editor's table of words that people type for one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.letters import unified
from generator.catalogue.messages import Message
from generator.catalogue.prose import TAKEN, Prose
from generator.catalogue.records import Problem, Row, read_yaml
from generator.catalogue.texts import unpublishable

SYNONYMS = "synonyms.yml"

_KEYS = {"same", "see", "page", "form"}
_WORD = re.compile(r"[^\W_]")
_LONGEST = 60
"""Characters of the longest word."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words that mean the same."""

    words: tuple[str, ...]
    see: tuple[str, ...] = ()
    """Words of other things that are shown too to whoever types one of `words`, but not the other way round."""
    page: str = ""
    """The path of the page that they lead to, without the language; '' for none."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The words and characters that the search takes for one another."""

    groups: tuple[Synonym, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()
    """Pairs of a variant, which conversion does not know, and its usual form."""


def read_synonyms(content: Path, prose: dict[str, dict[str, Prose]], problems: list[Problem]) -> Synonyms:
    """The table in `content/synonyms.yml`; what is wrong in it is added to `problems`."""
    rows = read_yaml(content / SYNONYMS, problems) or []
    sections = (f"{name}/#{place}" for name, editions in prose.items() for place in _ids(editions))
    pages = {*(f"{name}/" for name in TAKEN if name != "index"), *sections}
    lines: dict[str, int] = {}
    for row in rows:
        problems.extend(_faults(row, pages, lines))
    groups = tuple(
        Synonym((row.address, *row.many("same")), row.many("see"), row["page"]) for row in rows if not row["form"]
    )
    return Synonyms(groups, tuple((row.address, row["form"]) for row in rows if row["form"]))


def _ids(editions: dict[str, Prose]) -> set[str]:
    return {place for prose in editions.values() for place, _, _ in prose.sections()}


def _faults(row: Row, pages: set[str], lines: dict[str, int]) -> Iterator[Problem]:
    """What is wrong with an entry; `lines` holds where each word stood before, and takes its own."""
    for column in row.cells:
        if column not in _KEYS:
            yield row.problem(column, Message("check.unknown-synonym-key", key=column, keys=tuple(sorted(_KEYS))))
    if not row.cells:
        yield Problem(row.file, row.line, Message("check.lonely-synonym", word=row.address))
    words = [("", row.address), *((key, word) for key in ("same", "see", "form") for word in row.many(key))]
    for column, word in words:
        if clause := unpublishable(word):
            yield row.problem(column, Message("check.unpublishable-synonym", word=word, clause=clause))
        elif not _WORD.search(word) or len(word) > _LONGEST:
            yield row.problem(column, Message("check.no-synonym", word=word, most=_LONGEST))
    for column, word in words:
        key = unified(word).casefold()
        if column in ("", "same") and lines.setdefault(key, row.line_of(column)) != row.line_of(column):
            yield row.problem(column, Message("check.synonym-twice", word=word, line=str(lines[key])))
    if row["page"] and row["page"] not in pages:
        yield row.problem("page", Message("check.no-synonym-page", page=row["page"]))
    if row["form"] and (len(row.address) > 1 or len(row["form"]) > 1 or len(row.cells) > 1):
        yield row.problem("form", Message("check.no-single-form", word=row.address))
