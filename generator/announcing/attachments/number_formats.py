"""What a cell of a spreadsheet shows, by its format."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache

_PIECE = re.compile(r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[[^\]]*\]|_.|\*.|(?P<other>.)', re.DOTALL)
"""A part of a format: a text, a colour or language or blank, or a sign that says something."""
_UNFILLED = {"0": "0", "?": " ", "#": ""}
"""What a place shows that no figure fills."""
OF_CHINA = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
}
"""Numbers of formats that a Chinese Excel has built in (ISO/IEC 29500-1, 18.8.30), which files do not define."""


def shown_number(value: float, form: str) -> str:
    """`value` as the format `form` shows it.

    A format that does more than write figures and texts is passed over.
    """
    if value == int(value) and 0 <= value < 1e15 and (places := _places(form)):
        digits = str(int(value))
        shown = ""
        left = sum(not is_text for is_text, _ in places)
        for is_text, sign in reversed(places):
            left -= not is_text
            if is_text:
                shown = sign + shown
            elif not left:
                # The first place takes all figures that are left.
                shown = (digits or _UNFILLED[sign]) + shown
            else:
                shown = (digits[-1:] or _UNFILLED[sign]) + shown
                digits = digits[:-1]
        return shown.strip()
    if value != int(value) if abs(value) < 1e15 else False:
        return str(value)
    return f"{value:.5E}" if abs(value) >= 1e11 else str(int(value))


@lru_cache(1000)
def _places(form: str) -> list[tuple[bool, str]]:
    """The (is text, sign) of a format that consists of figures and texts; none for one that does anything else."""
    places: list[tuple[bool, str]] = []
    for piece in _PIECE.finditer(form):
        text = piece["quoted"] or piece["escaped"]
        sign = piece["other"] or ""
        if sign == ";":
            break
        if text or sign in "-/() :" or sign > "\x7f":
            places.append((True, text or sign))
        elif sign in "0#?":
            places.append((False, sign))
        else:
            return []
    return places if any(not is_text for is_text, _ in places) else []


def shown_text(text: str, form: str) -> str:
    """`text` with what the format `form` writes about it."""
    if "@" not in form or form == "@":
        return text
    pieces = _PIECE.finditer(form.rpartition(";")[2])
    return "".join(text if one["other"] == "@" else one["quoted"] or one["escaped"] or "" for one in pieces)


def shown_day(value: date | datetime, form: str) -> str:
    """`value` with as much of a day as the format `form` shows: 2025-12-01, 2025年12月, 12月1日."""
    signs = "".join(piece["other"] or "" for piece in _PIECE.finditer(form)).lower()
    has_year, has_day = "y" in signs or "e" in signs, "d" in signs
    if (has_year and has_day) or not (has_year or has_day):
        return f"{value:%Y-%m-%d}"
    if has_day:
        return f"{value.month}月{value.day}日"
    return f"{value.year}年{value.month}月" if "m" in signs else f"{value.year}年"
