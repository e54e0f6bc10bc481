"""The one form in which texts, days or words are recorded or compared."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache

from generator.catalogue.scripts import converter

_HAN = re.compile(r"[\u3400-\u9fff]")
_ISO = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+00:00(?::00(?:\.0+)?)?)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_ENGLISH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})|([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_NUMERIC = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_SINCE = re.compile(r"^自?\s*(\d.*\d\s*日?)\s*起?\s*(?:实施|實施|施行|生效|发布|發布|废止|廢止)?$")
"""A day with the word for what happens on it."""
_FIGURES = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TENS = re.compile(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_CHINESE_DAY = re.compile(r"[〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日")
_EXCEL = date(1899, 12, 30)
"""Day 0 of Excel's days, as it counts them from March 1900 on."""
_OF_EXCEL = range(20_000, 80_000)
"""The days of 1954 to 2119; a smaller or greater number is none of a standard."""
_MONTHS = {
    name: n
    for n, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)
}
_WORDS = {
    "status": {
        "current": "现行 有效 现行有效 已实施 实施 current active in_force valid",
        "upcoming": "即将实施 未实施 待实施 已发布未实施 upcoming pending not_yet_in_force",
        "superseded": "被代替 已被代替 已代替 被替代 superseded replaced",
        "withdrawn": "废止 已废止 撤销 已撤销 作废 已作废 withdrawn abolished revoked",
    },
    "route": {"formulated": "制定 新制定 formulated", "confirmed": "采信 确认 confirmed"},
}


@lru_cache(100_000)
def in_one_form(text: str) -> str:
    """`text` in one width, case and script, letters and figures only."""
    plain = unicodedata.normalize("NFKC", text).replace("\0", " ")
    if not plain.isascii():
        plain = converter("t2s").convert(plain)
    plain = plain.casefold()
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN")


def is_same_but_for_signs(one: str, other: str) -> bool:
    """True where two titles differ in nothing but spaces, the width of signs, or 《》."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    return re.sub(r"[\s《》]", "", unicodedata.normalize("NFKC", title))


def lines_joined(lines: Iterable[str]) -> str:
    """The lines of one cell as one text.

    No space comes between Chinese characters, or after a hyphen or slash.
    """
    joined = ""
    for line in (one.strip() for one in lines):
        if joined and line and joined[-1].isascii() and line[0].isascii() and joined[-1] not in "-/":
            joined += " "
        joined += line
    return joined


def day(text: str) -> str:
    """The day that `text` names, as 2023-04-24; '' when it names none."""
    plain = _SINCE.sub(r"\1", unicodedata.normalize("NFKC", text).strip())
    if _CHINESE_DAY.fullmatch(plain):
        plain = _TENS.sub(lambda ten: f"{ten[1] or '一'}{ten[2] or '〇'}", plain).translate(_FIGURES)
    if match := _ISO.fullmatch(plain) or _COMPACT.fullmatch(plain):
        year, month, of_month = map(int, match.groups())
    elif match := _NUMERIC.fullmatch(plain):
        first, second, year = map(int, match.groups())
        # Which of two is the month is known only where the other can be none.
        month, of_month = (first, second) if second > 12 else (second, first)
        if max(first, second) <= 12 and first != second:
            return ""
    elif match := _ENGLISH.fullmatch(plain):
        first, name, last, other, second, final = match.groups()
        year, month, of_month = int(last or final), _MONTHS.get((name or other)[:3].lower(), 0), int(first or second)
    else:
        return ""
    try:
        return date(year, month, of_month).isoformat()
    except ValueError:
        return ""


def is_impossible_day(text: str) -> bool:
    """True where `text` is written as a day that no calendar has, such as 2022-02-30."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(_ISO.fullmatch(plain)) and not day(text)


def is_two_days(text: str) -> bool:
    """True where `text` names one day or another, such as 01/11/2025."""
    match = _NUMERIC.fullmatch(unicodedata.normalize("NFKC", text).strip())
    return bool(match) and not day(text) and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= 12


def day_of_excel(text: str) -> str:
    """The day that Excel keeps as the number `text`, as 2023-04-24.

    '' where it keeps none so.
    """
    return (_EXCEL + timedelta(int(text))).isoformat() if text.isdecimal() and int(text) in _OF_EXCEL else ""


def choice(column: str, text: str) -> str:
    """The word of `column` (status or route) that `text` stands for; '' for none."""
    form = in_one_form(text)
    return next((word for word, terms in _WORDS[column].items() if form in map(in_one_form, terms.split())), "")


def only_script_of(text: str) -> str:
    """The language tag of a Chinese text by its script; '' where either would do."""
    traditional, simplified = _foreign(text)
    if bool(traditional) == bool(simplified):
        return ""
    return "zh-Hant" if traditional else "zh-Hans"


def script_of(texts: list[str]) -> str:
    """The language tag of Chinese `texts`: `zh-Hant` where more characters are Traditional."""
    traditional, simplified = _foreign("".join(texts))
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _foreign(text: str) -> tuple[int, int]:
    """The number of Traditional-only characters of `text`, then of Simplified-only ones."""
    line = text.replace("\0", " ")

    def changed(conversion: str) -> int:
        return sum(a != b for a, b in zip(line, converter(conversion).convert(line), strict=False))

    return changed("hk2s"), changed("s2hk")


def is_chinese(text: str) -> bool:
    """True where `text` holds a Chinese character."""
    return bool(_HAN.search(text))


def pairs(form: str) -> set[str]:
    """Every two characters that stand side by side in `form`."""
    return {form[n : n + 2] for n in range(len(form) - 1)}
