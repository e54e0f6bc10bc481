"""The growth of the list as a picture, true to scale in time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from generator.catalogue.model import Batch

_HEIGHT = 150
_TOP = 24
"""Above the highest step, for its figure."""
_LAST_YEAR = 0.12
"""The least part of the width for the last year, which is written there."""


class Mark(NamedTuple):
    """Words in the picture."""

    x: float
    """In percent of the width."""
    y: int
    words: str


class Span(NamedTuple):
    """Days on one of which the list grew; sides in percent of the width."""

    x: float
    y: int
    width: float
    height: int


class Growth(NamedTuple):
    """What the picture draws; in paths a day is one unit wide."""

    days: int
    height: int
    top: int
    line: str
    """The path of the total, as far as its days are known."""
    area: str
    axis: str
    """The path of the base, with a stroke where each year begins."""
    spans: list[Span]
    totals: list[Mark]
    years: list[Mark]


def growth_of(batches: Sequence[Batch]) -> Growth:
    """The picture of `batches`, from the year of the first to the last."""
    start = date(batches[0].earliest.year, 1, 1)
    years = {year: (date(year, 1, 1) - start).days for year in range(start.year, batches[-1].latest.year + 1)}
    days = max(1, (batches[-1].latest - start).days, round(max(years.values()) / (1 - _LAST_YEAR)))
    highest = max(1, *(batch.standards_total for batch in batches))

    def x(day: int) -> float:
        return round(100 * day / days, 1)

    def y(total: int) -> int:
        return round(_HEIGHT * (1 - total / highest))

    line, area, spans, totals, before = "", f"M0 {_HEIGHT}", [], [], 0
    for batch in batches:
        earliest, latest = (batch.earliest - start).days, (batch.latest - start).days
        level, above = y(before), y(batch.standards_total)
        line += f"H{earliest}" if line else f"M{earliest} {level}"
        if batch.announced_on:
            line += f"V{above}"
        else:
            line += f"M{latest} {above}"
            left = x(earliest)
            spans.append(Span(left, _TOP + above, round(x(latest) - left, 1), max(1, level - above)))
        area += f"H{latest}V{above}"
        totals.append(Mark(x(latest), _TOP + above - 6, str(batch.standards_total)))
        before = batch.standards_total
    axis = f"M0 {_HEIGHT}H{days}" + "".join(f"M{day} {_HEIGHT}v-6" for day in years.values())
    named = [Mark(x(day), _TOP + _HEIGHT + 18, str(year)) for year, day in years.items()]
    return Growth(days, _HEIGHT, _TOP, line, f"{area}V{_HEIGHT}z", axis, spans, totals, named)
