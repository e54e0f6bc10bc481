"""The remarks of announced rows, as far as they say something certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from generator.announcing.attachments.normalise import day
from generator.catalogue.numbers import is_dated, normalised

_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?|\d{1,2} [A-Za-z]{3,9} \d{4}")
_OWN_WITHDRAWAL = re.compile(
    r"(?:本|该|該|此)?(?:项|項)?(?:标准|標準)?(?:现|現)?(?:已经|已經|已)?(?:自|于|於|从|從|即)?(?:§|日)?(?:起|之日起)?"
    r"(?:已经|已經|已|正式)?(?:予以|被)?(?:废止|廢止|撤销|撤銷|作废|作廢)(?:日期|时间|時間)?[:：]?(?:§)?"
    r"|(?:§ ?)?(?:has been |was |is )?(?:withdrawn|revoked|abolished)(?: (?:on|from|since|with effect from))?(?: ?§)?",
    re.IGNORECASE,
)
"""The withdrawal of the row's own standard, whose object is not named, where `§` stands for a day."""
_SUPERSEDES = re.compile(r"(?:代替|替代|取代|replaces|supersedes)\s*[:：]?\s*(.+)", re.IGNORECASE)
_SUPERSEDED = re.compile(r"(?:被|由)\s*(.+?)\s*(?:代替|替代|取代)|(?:replaced|superseded) by\s*(.+)", re.IGNORECASE)
_UNSURE = re.compile(
    r"不|未|拟|擬|计划|計劃|征求|徵求|部分|部份|建议|建議|相关|相關|条文|條文"
    r"|\b(?:not|propos\w*|partial\w*|part|draft|plan\w*|may|will)\b",
    re.IGNORECASE,
)
"""A remark with one of these says nothing certain of the whole standard."""
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
        """The statements of `text`; a withdrawal after `today` has not happened yet.

        A withdrawal is of the row's own standard only where nothing else is named: 代替 X，原标准同时废止 is not.
        """
        if not text:
            return _SILENCE
        named = _DAY.search(text)
        on = day(named[0]) if named else ""
        bare = re.sub(r"\s+(?=[^A-Za-z§])|[。.！!；;]\s*$", "", _DAY.sub("§", text.strip(), count=1))
        is_own = bool(_OWN_WITHDRAWAL.fullmatch(bare.strip())) and (bool(on) or not named)
        is_withdrawn = is_own and on <= today.isoformat()
        # What is to come has not happened either.
        is_unsure = bool(_UNSURE.search(text)) or on > today.isoformat()
        superseded = (
            [] if is_unsure else [number for numbers in _SUPERSEDED.findall(text) for number in numbers if number]
        )
        # 被 X 代替 holds 代替 too.
        supersedes = [] if is_unsure or superseded else _SUPERSEDES.findall(text)
        new, old = ([number for listed in one for number in listed_numbers(listed)] for one in (superseded, supersedes))
        rest = BETWEEN.sub("", _SUPERSEDES.sub("", _SUPERSEDED.sub("", text)))
        is_told = (
            bool(new or old)
            and not rest.strip(" 。.")
            and len(new) + len(old)
            == len(
                [part for listed in (*superseded, *supersedes) for part in BETWEEN.split(listed) if part.strip(" 。.")]
            )
        )
        return cls(is_withdrawn, on if is_withdrawn else "", old, new, is_withdrawn or is_told)


_SILENCE = Remark(is_withdrawn=False, withdrawn_on="", supersedes=[], superseded_by=[], is_recorded=True)


def listed_numbers(text: str) -> list[str]:
    """The numbers of standards that a text lists, as it spells them."""
    parts = [part.strip(" 。.《》()（）") for part in BETWEEN.split(text)]
    return [part for part in parts if is_dated(normalised(part)) or re.fullmatch(r"[A-Za-z]+ ?\d[\d-]*", part)]
