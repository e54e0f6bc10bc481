"""What speaks against a row's being the row of a standard."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from generator.announcing.attachments.headings import NAMING, column_of
from generator.announcing.attachments.normalise import day, in_one_form
from generator.catalogue.messages import Message
from generator.catalogue.numbers import is_dated, normalised

_TOTAL = re.compile(
    r"(?:[合总總小共]\s*[计計]|(?:sub-?)?total)\W*(?:\d+\s*(?:[项項个個条條]|standards?)?)?\W*", re.IGNORECASE
)
_COUNT = re.compile(r"(?:[合共][计計]?)?\s*\d+\s*[项項个個条條]\W*")
_SIGNED = re.compile(
    r"(?:审\s*核|制\s*表|填\s*表|复\s*核|校\s*对|批\s*准|经\s*办|审\s*批|签\s*发|填\s*报|联\s*系"
    r"|審\s*核|製\s*表|覆\s*核|校\s*對|經\s*辦|審\s*批|簽\s*發|填\s*報|聯\s*絡|聯\s*繫)"
    r"(?:人|日期|单位|單位|电话|電話)?\s*[:：].*"
)
_EXPLAINED = re.compile(
    r"(?:注|註|说明|說明|备注|備註|附注|附註|notes?|remarks?)\s*(?:\d+|[一二三四五六七八九十]+)?\s*[:：.、].*",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"[^\W\d_]+ ?\d+(?:[-.]\d+)*")
_ORDINAL = re.compile(r"\W*(\d{1,5})\W*")
_FIGURE = re.compile(r"\d")


def ordinal_of(text: str) -> int | None:
    """The row number that a cell holds, such as 12 or （12）; None for none."""
    number = _ORDINAL.fullmatch(text)
    return int(number[1]) if number else None


def furniture(texts: Sequence[str]) -> Message | None:
    """What a row is that announces nothing: a total, signatures, an explanation; None for none.

    `texts` are its cells that say something.
    """
    kind = None
    if texts and (_TOTAL.fullmatch(texts[0]) or (len(texts) == 1 and _COUNT.fullmatch(texts[0]))):
        kind = Message("reading.total")
    elif any(_SIGNED.fullmatch(text) for text in texts):
        kind = Message("reading.signatures")
    elif texts and _EXPLAINED.fullmatch(texts[0]) and len(texts) <= 2:
        kind = Message("reading.explanation")
    return None if kind and any(is_dated(normalised(text)) for text in texts) else kind


def doubts(cells: Mapping[str, str], bodies: Collection[str]) -> Iterator[Message]:
    """The clauses why the cells of a row may stand in the wrong columns.

    `cells` are column → text. `bodies` are the known names of organisations, in one form.
    """
    designation, identifier = cells.get("designation", ""), cells.get("list_identifier", "")
    if designation and not _FIGURE.search(designation):
        yield Message("reading.number-without-figure", text=designation)
    if identifier and is_dated(identifier):
        yield Message("reading.identifier-is-number", text=identifier)
    elif identifier and not _IDENTIFIER.fullmatch(identifier):
        yield Message("reading.no-identifier", text=identifier)
    for column in cells:
        if column.startswith("title"):
            yield from _doubts_of_title(cells[column], bodies)
    if (publisher := cells.get("publisher", "")) and not _may_be_a_body(publisher):
        yield Message("reading.no-body", text=publisher)
    if not NAMING & cells.keys():
        yield Message("reading.no-number-or-title")


@lru_cache(10_000)
def _may_be_a_body(name: str) -> bool:
    return bool(re.search(r"[^\W\d_]", name)) and not day(name) and not is_dated(name)


def gaps(rows: Sequence[tuple[int | None, tuple[object, ...]]]) -> Iterator[tuple[int, Message]]:
    """The (place, clause) of each row before which the list's own numbering has a gap.

    `rows` are (ordinal, or None; what it stands below) in their order. Below another heading it may begin again,
    with 1 or 0.
    """
    before = 0
    above: tuple[object, ...] = ()
    for place, (ordinal, sections) in enumerate(rows):
        is_first_below = sections != above
        above = sections
        if ordinal is None:
            yield place, Message("reading.no-ordinal")
        elif ordinal != before + 1 and not (ordinal in (0, 1) and is_first_below):
            missing = f"{before + 1}–{ordinal - 1}" if ordinal - before > 2 else str(before + 1)
            follows = Message("reading.ordinal-follows", ordinal=str(ordinal), before=str(before))
            yield place, follows if ordinal <= before else Message("reading.ordinal-missing", missing=missing)
        before = before + 1 if ordinal is None else ordinal


def _doubts_of_title(title: str, bodies: Collection[str]) -> Iterator[Message]:
    if in_one_form(title) in bodies:
        yield Message("reading.title-is-body", text=title)
    elif is_dated(title):
        yield Message("reading.title-is-number", text=title)
    elif day(title) or not re.search(r"[^\W\d_]", title):
        yield Message("reading.title-without-letter", text=title)
    elif column_of(title):
        yield Message("reading.title-is-heading", text=title)
    elif kind := furniture([title]):
        yield Message("reading.title-is-kind", text=title, kind=kind)
