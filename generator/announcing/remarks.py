"""The remarks of announced rows, as far as they say something certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.announcing.attachments.normalise import day

_WITHDRAWN = re.compile(r"废止|廢止|撤销|撤銷|作废|作廢|withdrawn|revoked|abolished", re.IGNORECASE)
_SUPERSEDES = re.compile(r"(?:代替|替代|取代|replaces|supersedes)\s*[:：]?\s*(.+)", re.IGNORECASE)
_SUPERSEDED = re.compile(r"(?:被|由)\s*(.+?)\s*(?:代替|替代|取代)|(?:replaced|superseded) by\s*(.+)", re.IGNORECASE)
_UNSURE = re.compile(
    r"不|未|拟|擬|计划|計劃|征求|徵求|部分|部份|建议|建議|\b(?:not|propos\w*|partial\w*|draft|plan\w*|may)\b",
    re.IGNORECASE,
)
"""A remark with one of these says nothing certain."""
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
BETWEEN = re.compile(r"[、，,；;|]|和|及|\band\b")
"""What stands between several names or numbers in one cell."""


@dataclass(frozen=True, slots=True)
class Remark:
    """The certain statements of one remark about its standard."""

    is_withdrawn: bool
    """Whether the standard was withdrawn, on a day that is past or not given."""
    withdrawn_on: str
    """That day, as 2023-04-24; '' where none is given."""
    supersedes: list[str]
    """Numbers of the standards that it supersedes."""
    superseded_by: list[str]
    """Numbers of the standards that supersede it."""
    is_recorded: bool
    """Whether all of the above is all that it says."""

    @classmethod
    def of(cls, text: str, today: date) -> Remark:
        """The statements of `text`; a withdrawal after `today` has not happened yet."""
        named = _DATE.search(text)
        on = day(named[0]) if named else ""
        is_unsure, is_about_withdrawal = bool(_UNSURE.search(text)), bool(_WITHDRAWN.search(text))
        is_withdrawn = is_about_withdrawal and not is_unsure and on <= today.isoformat()
        supersedes, superseded = ([] if is_unsure else one.findall(text) for one in (_SUPERSEDES, _SUPERSEDED))
        return cls(
            is_withdrawn,
            on if is_withdrawn else "",
            [number for listed in supersedes for number in listed_numbers(listed)],
            [number for listed in superseded for number in listed_numbers("、".join(listed))],
            is_withdrawn or (not is_about_withdrawal and bool(supersedes or superseded)) or not text,
        )


def listed_numbers(text: str) -> list[str]:
    """The numbers that a text lists."""
    return [number for part in BETWEEN.split(text) if (number := part.strip(" 。.《》"))]
