"""The columns of a table, by their headings or by what they hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from generator.announcing.attachments.attachment import Cell, Sheet
from generator.announcing.attachments.cells import read_cell
from generator.announcing.attachments.heading_rows import HeadingRows
from generator.announcing.attachments.headings import NUMBER_AND_TITLE, ORDINAL, OTHER, TITLE, is_translation
from generator.announcing.attachments.normalise import day
from generator.catalogue.letters import unified
from generator.catalogue.messages import ColumnName, Message, in_series
from generator.catalogue.numbers import is_dated, normalised

_SAMPLE = 200
"""So many cells of a column are looked at."""
_MOST = 0.6
"""The share of a column's cells that tells what the column holds."""
_BODY = re.compile(r"(?:会|會|院|所|局|部|厅|廳|委员会|委員會|公司|中心|大学|大學|协会|協會|学会|學會|署|处|處)$")
_TITLES = (TITLE, "title:zh-Hans", "title:zh-Hant", "title:en")
_NUMBER_HEADS = ("supersedes", "remark")
"""Columns that may hold numbers of other standards."""


@dataclass(frozen=True, slots=True)
class Place:
    """One column of a table as the editor sees it."""

    name: str = field(compare=False)
    """What `--column` calls it: `C`, or `page-1:3`."""
    called: Message
    """What the editor calls it."""
    heading: str
    """Its words on one line."""
    reading: Message
    """How it was understood, as a clause."""

    @property
    def described(self) -> Message:
        """How it was understood, with its heading."""
        if not self.heading:
            return Message("reading.place-without-heading", column=self.called, reading=self.reading)
        return Message("reading.place", column=self.called, heading=self.heading, reading=self.reading)


@dataclass(frozen=True, slots=True)
class Claim:
    """What each place of a table holds."""

    columns: dict[int, str] = field(default_factory=dict)
    """Place, from 0 → column."""
    places: dict[int, Place] = field(default_factory=dict)
    """Place → how it was understood, for each that has a heading or cells."""
    strays: frozenset[int] = frozenset()
    """The places without a heading where few rows have a cell."""
    translations: frozenset[str] = frozenset()
    """The columns of titles that their headings call a translation."""

    def __bool__(self) -> bool:
        return bool(self.columns)

    def place_of(self, column: str) -> int | None:
        """The place that holds `column`; None for none."""
        return next((place for place, name in self.columns.items() if name == column), None)

    def described(self) -> Message:
        """How all places were understood."""
        places = in_series(place.described for place in self.places.values())
        return Message("reading.columns", places=places)


def claim_columns(
    sheet: Sheet, label: str, row: int, heading: HeadingRows, rows: Sequence[list[Cell]]
) -> tuple[Claim, list[Message]]:
    """What each place of a table holds.

    The `heading` of `sheet`, whose rows' labels begin with `label`, ends in `row`, from 1. `rows` stand below it.
    With sentences about what is wrong with the heading.
    """
    contents = [_content(rows, place) for place in range(len(heading.texts))]
    columns = {place: column for place, column in enumerate(heading.columns) if column}
    problems = _part_twice(sheet, row, heading, columns, contents)
    _claim_by_content(columns, contents, heading.chosen)
    understood: dict[int, Place] = {}
    for place, words in enumerate(heading.texts):
        text = " ".join(words.split())
        if text or contents[place].cells or place in heading.chosen:
            reading = _reading(place, columns.get(place, ""), heading, contents[place])
            understood[place] = Place(f"{label}{sheet.mark(place)}", sheet.column(place), text, reading)
    recorded = {place: column for place, column in columns.items() if column != OTHER}
    translations = frozenset(column for place, column in recorded.items() if is_translation(heading.texts[place]))
    few = (sum(any(cell.text for cell in row) for row in rows) + 1) // 2
    strays = frozenset(
        place for place, words in enumerate(heading.texts) if not words and 0 < contents[place].cells <= few
    )
    return Claim(recorded, understood, strays - recorded.keys(), translations), problems


@dataclass(frozen=True, slots=True)
class _Content:
    """What the cells below one place look like."""

    cells: int
    """How many say something."""
    is_numbers: bool
    is_numbers_with_titles: bool
    is_days: bool
    is_bodies: bool


def place_of_numbers(rows: Sequence[list[Cell]]) -> int | None:
    """The place, from 0, that holds numbers of standards in most of `rows`, or None."""
    width = len(rows[0]) if rows else 0
    return next((place for place in range(width) if _content(rows, place).is_numbers), None)


def _content(rows: Sequence[list[Cell]], place: int) -> _Content:
    cells = [row[place] for row in rows if place < len(row) and row[place].text][:_SAMPLE]
    texts = [unified(" ".join(cell.text.split())) for cell in cells]

    def is_most(matches: Sequence[bool]) -> bool:
        return bool(matches) and sum(matches) >= _MOST * len(matches)

    are_numbers = [is_dated(normalised(text)) for text in texts]
    both = [
        not number and bool(re.search(r"\d{4}", text)) and not read_cell(NUMBER_AND_TITLE, cell).problem
        for cell, text, number in zip(cells, texts, are_numbers, strict=True)
    ]
    return _Content(
        len(cells),
        is_most(are_numbers),
        is_most(both),
        is_most([bool(day(text)) for text in texts]),
        is_most([bool(_BODY.search(text)) and len(text) > 2 for text in texts]),
    )


def _part_twice(
    sheet: Sheet, row: int, heading: HeadingRows, columns: dict[int, str], contents: Sequence[_Content]
) -> list[Message]:
    """Leave one place to each of `columns`; sentences about those where it is unclear which."""
    problems = []
    for column in dict.fromkeys(columns.values()):
        places = [place for place, name in columns.items() if name == column]
        chosen = [place for place in places if place in heading.chosen]
        if len(places) == 1 or column == OTHER:
            continue
        if len(chosen) == 1:
            best = chosen[0]
        elif len({heading.texts[place] for place in places}) == 1 and places[-1] - places[0] == len(places) - 1:
            # One heading over several places: what it names stands in the fullest.
            best = max(places, key=lambda place: (contents[place].is_numbers, contents[place].cells, -place))
        else:
            best = places[0]
            first, second = (" ".join(heading.texts[place].split()) for place in places[:2])
            one, other = (sheet.where(row, place) for place in places[:2])
            problems.append(
                Message(
                    "reading.same-column",
                    one=one,
                    other=other,
                    column=ColumnName(column),
                    heading=first,
                    second=second,
                )
            )
        for place in places:
            if place != best:
                del columns[place]
    return problems


def _claim_by_content(columns: dict[int, str], contents: Sequence[_Content], chosen: Collection[int]) -> None:
    """Put into `columns` what the cells of a place are beyond doubt, whatever its heading says.

    Places that are `chosen` by the editor keep their columns.
    """
    for place, content in enumerate(contents):
        if place in chosen:
            continue
        heading = columns.get(place, "")
        others = {column for at, column in columns.items() if at != place}
        if others & {"designation", NUMBER_AND_TITLE}:
            continue
        if content.is_numbers_with_titles and heading in ("", OTHER, "designation", *_TITLES):
            columns[place] = NUMBER_AND_TITLE
        elif content.is_numbers and heading not in _NUMBER_HEADS:
            columns[place] = "designation"


def _reading(place: int, column: str, heading: HeadingRows, content: _Content) -> Message:
    """How `place`, which is taken for `column`, was understood, as a clause."""
    if place in heading.chosen:
        return Message("reading.as-chosen", column=ColumnName(column))
    if column == ORDINAL:
        return Message("reading.counted")
    if column and column != OTHER:
        is_by_heading = column == heading.columns[place]
        name = ColumnName(column)
        return Message("reading.reading", column=name) if is_by_heading else Message("reading.by-content", column=name)
    if column:
        return Message("reading.not-recorded")
    if content.is_days:
        return Message("reading.holds-days")
    if content.is_numbers:
        return Message("reading.holds-numbers")
    return Message("reading.holds-bodies") if content.is_bodies else Message("reading.ignored")
