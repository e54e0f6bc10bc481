"""The rows of a bar picture."""

from __future__ import annotations

from typing import NamedTuple


class Bar(NamedTuple):
    """One row of a bar picture, in percentages of the widest row."""

    start: float
    length: float


def bar_of(start: int, length: int, widest: int) -> Bar:
    """`start` and `length` as percentages of `widest`, to one decimal."""
    return Bar(round(100 * start / max(1, widest), 1), round(100 * length / max(1, widest), 1))
