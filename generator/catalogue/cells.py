"""What one cell of the records may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

from generator.catalogue.addresses import address_fault
from generator.catalogue.columns import Column, Kind
from generator.catalogue.messages import Message, choices_in_file, column_in_file
from generator.catalogue.numbers import NUMBERS, is_scientific, looks_like_a_date, normalised
from generator.catalogue.texts import unpublishable

NOTHING = frozenset({"-", "–", "—", "/", "~", "无", "無", "不详", "不詳", "none", "unknown", "n/a", "null"})
LONGEST = 2000
"""Characters of the longest text, three times the longest title of the national list."""
_YEARS = range(1905, 2100)
"""The years of a day that a standard or its list can have.

Earlier is no standards body but the days from which spreadsheets count (1899, 1900, 1904); later, a slip of the key.
"""
_LETTER = re.compile(r"[^\W_]")
_COUNT = re.compile(r"[0-9]{1,9}")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONG_DASH = re.compile(r"[‐‑–—－]\d{4}$")
_ERROR = re.compile(
    r"#(?:(?:REF|VALUE|DIV/0|NUM|NULL|SPILL|CALC|FIELD|CONNECT|BLOCKED|UNKNOWN|BUSY|EXTERNAL|PYTHON|TIMEOUT)!"
    r"|NAME\?|N/A|GETTING_DATA)|^#{2,}$|^Err:5\d\d$",
    re.IGNORECASE,
)
"""What Excel and LibreOffice write where a formula fails or a column is too narrow.

https://support.microsoft.com/office/hide-error-values-and-error-indicators-d171b96e-8fb4-4863-a1ba-b64557474439
"""
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})", re.IGNORECASE)
_IN_URL = re.compile(r"(?:[^\s<>\"\\^`{|}%]|%[0-9A-Fa-f]{2})+")


def cell_fault(value: str, column: Column) -> Message | None:
    """The clause about what is wrong with one `value` of `column`; None for nothing."""
    return _unwritten(value, column.name) or _of_another_kind(value, column)


def _unwritten(value: str, name: str) -> Message | None:
    """The clause about a `value` that nobody means to record in the column `name`; None for none."""
    column = column_in_file(name)
    if "\n" in value or "\r" in value:
        return Message("check.line-break", column=column)
    if len(value) > LONGEST:
        return Message("check.too-long", column=column, length=len(value), most=LONGEST)
    if clause := unpublishable(value):
        return Message("check.fault", what=column, clause=clause)
    # Nearly no text has either, which is asked much faster.
    if ("#" in value or ":" in value) and _ERROR.search(value):
        return Message("check.error-value", column=column, value=value)
    if value.casefold() in NOTHING or not (_LETTER.search(value) or _is_drawn(value)):
        return Message("check.says-nothing", column=column, value=value)
    if is_scientific(value):
        return Message("check.shortened", column=column, value=value)
    if name in NUMBERS and looks_like_a_date(value):
        return Message("check.like-date", column=column, value=value)
    if name == "designation" and _LONG_DASH.search(value):
        return Message("check.long-dash", column=column, value=value)
    if name == "designation" and re.search(r"[∕⁄⧸＼：]|:(?:19|20)\d{2}$", value):
        return Message("check.spelling", column=column, value=value, right=normalised(value))
    if value != value.strip():
        return Message("check.space", column=column)
    return None


def _is_drawn(value: str) -> bool:
    """Whether `value`, in which there is no letter, is more than punctuation such as ???."""
    return any(unicodedata.category(character) == "So" for character in value)


def _of_another_kind(value: str, column: Column) -> Message | None:
    """The clause about a `value` that is not of the kind of `column`; None where it is."""
    name = column_in_file(column.name)
    match column.kind:
        case Kind.DATE if not day_of(value):
            return Message("check.not-date", column=name, value=value)
        case Kind.DATE if int(value[:4]) not in _YEARS:
            return Message("check.year", column=name, value=value, first=str(_YEARS[0]), last=str(_YEARS[-1]))
        case Kind.COUNT if count_of(value) is None:
            return Message("check.not-number", column=name, value=value)
        case Kind.CHOICE if value not in column.choices:
            hint = did_you_mean(value, column.choices) or Message(
                "check.one-of", choices=choices_in_file(column.name, column.choices)
            )
            return Message("check.unknown-choice", column=name, value=value, hint=hint)
        case Kind.ADDRESS:
            return address_fault(value)
        case Kind.URL if not _is_web_address(value):
            return Message("check.not-url", column=name, value=value)
        case Kind.REFERENCE if column.placed and value.endswith("#"):
            return Message("check.no-row", column=name, value=value)
    return None


def _is_web_address(text: str) -> bool:
    """Whether a browser on any machine could open `text`, and it names nobody's password."""
    try:
        parts = urlsplit(text)
        host, port = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return False
    is_plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and bool(_IN_URL.fullmatch(text))
    return is_plain and port != 0 and (bool(_HOST.fullmatch(host)) or _is_public(host))


def _is_public(host: str) -> bool:
    """Whether `host` is the number of a machine that others can ask."""
    try:
        return ip_address(host).is_global
    except ValueError:
        return False


def did_you_mean(word: str, words: Iterable[str]) -> Message | Literal[""]:
    """`; did you mean ‘…’?` with the nearest of `words`; '' where none is near."""
    near = get_close_matches(word, list(words), n=1)
    return Message("check.did-you-mean", word=near[0]) if near else ""


def lies_before(late: str, late_day: date, early: str, early_day: date) -> Message:
    """The sentence about the day in the column `late`, which lies before that in `early`."""
    late_column, early_column = column_in_file(late), column_in_file(early)
    return Message("check.lies-before", late=late_column, late_day=late_day, early=early_column, early_day=early_day)


def day_of(text: str) -> date | None:
    """The day that `text` such as 2023-04-24 names; None where there is none."""
    try:
        return date.fromisoformat(text) if _ISO_DATE.fullmatch(text) else None
    except ValueError:
        return None


def count_of(text: str) -> int | None:
    """The number that `text` writes in at most nine digits; None where it is none."""
    return int(text) if _COUNT.fullmatch(text) else None
