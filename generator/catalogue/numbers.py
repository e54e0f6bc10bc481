"""The one normaliser of list identifiers or designations, such as `T/GBAS 6-2022`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.catalogue.addresses import address_fault

NUMBERS = ("list_identifier", "designation")
"""The columns of a standard that hold a number, in the order in which they identify it."""

_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－ｰ"), "-") | dict.fromkeys(map(ord, "∕⁄⧸╱＼\\"), "/")
_COLON = re.compile(r" ?: ?(?=(?:19|20)\d{2}$)")
_DATED = re.compile(r"[^\W\d_][^\W_/]*(?:[/ ][^\W_]+)*[ /]?\d*(?:[.-]\d+)*[-:](?:19|20)\d{2}")
_RUN = re.compile(r"[^\W\d_]+|\d+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""What shows nothing and comes along with what is copied, such as a zero-width space."""
_AFTER_SLASH = re.compile(r"/[\W\d_]*[^\W\d_]")
_YEAR = re.compile(r"[-:]?\d{4}$")
_DATE_OF_EXCEL = re.compile(
    r"\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?|[A-Z][a-z]{2}-\d{2,4}|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}月\d{1,2}日"
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[Ee][+-]?\d+")


@lru_cache(400_000)
def normalised(text: str) -> str:
    """The number that `text` spells, as it is recorded.

    Letters, figures, slashes and hyphens are plain, with one space before figures and a hyphen before the year.
    `ＷＱ1—8` → `WQ 1-8`, `T∕GBAS6:2022` → `T/GBAS 6-2022`.
    """
    # Before the signs are made plain: compatibility makes a fraction of some slashes.
    plain = " ".join(unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).split())
    plain = _COLON.sub("-", plain)
    plain = re.sub(r" ?([-/]) ?", r"\1", plain)
    if " " not in plain:
        plain = re.sub(r"^((?:.*/)?[^\W\d_]+)(?=\d)", r"\1 ", plain)
    return plain


def is_dated(number: str) -> bool:
    """True for the recorded number of a standard with its year: `T/GBAS 6-2022`."""
    return bool(_DATED.fullmatch(number))


@lru_cache(400_000)
def number_key(number: str) -> str:
    """The form that all spellings of one number share; '' where `number` is none.

    `T/GBAS 06-2022` → `tgbas 06 2022`.
    """
    return " ".join(_parts(number))


def search_key(number: str) -> str:
    """The key without leading zeros, by the rule of the browser's folding.js.

    `T/GBAS 06-2022` → `tgbas 6 2022`.
    """
    return " ".join(part.lstrip("0") or "0" for part in _parts(number))


def search_keys(number: str) -> list[str]:
    """The search key, and again without what stands before a slash.

    `T/GBAS 6-2022` → `tgbas 6 2022`, `gbas 6 2022`.
    """
    own = _AFTER_SLASH.search(number)
    return [search_key(number), search_key(number[own.start() :])] if own else [search_key(number)]


def undated(number: str) -> str:
    """The number without its year: `T/GBAS 6-2022` → `T/GBAS 6`."""
    return _YEAR.sub("", number)


def hyphenated(text: str) -> str:
    """The text as a part of an address: `T/GBAS 6-2022` → `t-gbas-6-2022`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def address_spellings(number: str) -> list[str]:
    """The spellings of a number in an address.

    `T/GBAS 6-2022` → `t-gbas-6-2022`, `tgbas6-2022`. There are none for a number that is not ASCII, and none that no
    folder can be called.
    """
    if not number.isascii():
        return []
    spellings = [hyphenated(number), re.sub(r"[^a-z0-9-]+", "", number.lower()).strip("-")]
    return [spelling for spelling in spellings if not address_fault(spelling)]


def looks_like_a_date(text: str) -> bool:
    """True where Excel likely made `text`, such as 8-Jan, of a number such as 1-8."""
    return bool(_DATE_OF_EXCEL.fullmatch(text))


def is_scientific(text: str) -> bool:
    """True where Excel shortened a number to `text`, such as 2.02E+11."""
    return bool(_SCIENTIFIC.fullmatch(text))


def _parts(number: str) -> list[str]:
    """The runs of letters and of figures, lower-case; letters apart by a sign only are one run."""
    parts: list[str] = []
    for run in _RUN.findall(_UNSEEN.sub("", unicodedata.normalize("NFKC", number)).lower()):
        if parts and not run.isdigit() and not parts[-1].isdigit():
            parts[-1] += run
        else:
            parts.append(run)
    return parts
