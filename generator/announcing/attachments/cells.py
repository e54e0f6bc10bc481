"""What one cell of a list says, as it is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Cell, Damage
from generator.announcing.attachments.headings import NUMBER_AND_TITLE, REVIEW, TITLE
from generator.announcing.attachments.normalise import lines_joined
from generator.catalogue import numbers
from generator.catalogue.cells import LONGEST, NOTHING
from generator.catalogue.columns import STATUSES
from generator.catalogue.letters import lookalike, unified
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.texts import unpublishable

DATES = ("issued_on", "implemented_on", "withdrawn_on", "announced_on", "reviewed_on:zh-Hant", "reviewed_on:en")
_TO_COME = frozenset(
    [
        "待定",
        "待发布",
        "待發布",
        "待公布",
        "待补",
        "待補",
        "待补充",
        "暂无",
        "暫無",
        "暂缺",
        "略",
        "tbd",
        "tba",
        "pending",
    ]
)
_DITTO = frozenset({"同上", "〃", "″", "ditto", "do."})
_FORMULA_MARK = re.compile(r"'(?=[=+\-@])")
"""The mark by which a spreadsheet keeps as a text what would be a formula."""
_WORDS = re.compile(r"[^\W_]*[^\W\d_]{2}")
"""What a title begins with."""
_WORD = re.compile(r"[A-Za-z]{3,}")
_QUOTED = re.compile(r"《([^《》]+)》")
_GOES_ON = frozenset(
    [
        "继续有效",
        "有效",
        "确认",
        "现行有效",
        "修订",
        "修改",
        "整合修订",
        "整合",
        "转化",
        "confirmed",
        "valid",
        "revise",
        "revised",
    ]
)
_AS_TEXT = "format the column as text, then type the number again"


@dataclass(frozen=True, slots=True)
class CellReading:
    """What became of one cell."""

    values: tuple[tuple[str, str], ...] = ()
    """(column, text) of what is recorded; two where a cell holds a number and a title."""
    note: str = ""
    """Why something in it is not recorded, or not as it stands; '' where all is."""
    question: str = ""
    """What has to be asked about it; '' for nothing."""
    problem: str = ""
    """What is wrong with it; '' for nothing."""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return self == _BLANK


_BLANK = CellReading()


def read_cell(column: str, cell: Cell) -> CellReading:
    """What `cell` says of `column`, spelled as it is recorded."""
    raw = unified(cell.text)
    if fault := next((fault for line in raw.split("\n") if (fault := unpublishable(line.strip()))), ""):
        return CellReading(problem=str(fault))
    text = _FORMULA_MARK.sub("", _text(column, raw), count=1)
    if not text or text.casefold() in NOTHING or text.strip("()（）[]").casefold() in _TO_COME:
        return _BLANK
    if len(text) > LONGEST:
        return CellReading(problem=f"has {len(text):,} characters, which no cell of a list has")
    if fault := _damage(text, cell.damage):
        return CellReading(problem=str(fault))
    if column in NUMBERS:
        return _number(column, text, cell)
    if column == NUMBER_AND_TITLE:
        return _number_and_title(raw, text)
    if column in DATES:
        return _date(column, text, cell.damage)
    if column in ("status", "route"):
        return _choice(column, text)
    if column == REVIEW and spelling.in_one_form(text) in map(spelling.in_one_form, _GOES_ON):
        return CellReading(note=f"‘{text}’ changes nothing that is recorded")
    if column == TITLE and (titles := _in_two_languages(raw)):
        return CellReading(titles, f"‘{text[:60]}’ is two titles")
    if column in ("publisher", "led_by", "field") and (names := _in_two_languages(raw)):
        return CellReading(((column, names[0][1]),), f"of ‘{text[:80]}’ the Chinese name is taken")
    if column.startswith("title"):
        return CellReading(((column, _unquoted(text)),), _respelled(cell, text, _unquoted(text)))
    return CellReading(((column, text),), _respelled(cell, text, text))


def _text(column: str, raw: str) -> str:
    """The lines of a cell as one text: within a number a line end is nothing."""
    lines = [" ".join(line.split()) for line in raw.split("\n")]
    return "".join(lines) if column in NUMBERS else lines_joined(lines)


def _damage(text: str, damage: Damage) -> str:
    """The fault of a cell whose own text nobody can know, else ''."""
    if text in _DITTO:
        return f"says ‘{text}’; write the text itself"
    match damage:
        case "struck":
            return f"‘{text[:40]}’ is struck out; delete it, or take the line off"
        case "partly struck":
            return f"‘{text[:40]}’ is partly struck out; delete what is struck out, or take the line off"
        case "formula":
            return f"holds a formula ({text[:40]}); copy the column and paste it as values"
        case "error":
            return f"holds the error {text}; write what should stand there"
    return ""


def _respelled(cell: Cell, text: str, value: str) -> str:
    if (letters := lookalike(cell.text)) != ("", ""):
        return "‘{}’ is read as {}, which it only looks like".format(*letters)
    return f"‘{text}’ → {value}" if text != value else ""


def _number(column: str, text: str, cell: Cell) -> CellReading:
    if cell.damage == "date" or numbers.looks_like_a_date(text):
        return CellReading(problem=f"{column} is the date {text}, which Excel made of a number such as 1-8; {_AS_TEXT}")
    if numbers.is_scientific(text):
        return CellReading(problem=f"{column} is {text}, a number that Excel shortened; {_AS_TEXT}")
    if cell.damage == "number":
        return CellReading(
            problem=f"{column} is the bare number {text}; letters or leading zeros may be lost; {_AS_TEXT}"
        )
    lines = [numbers.normalised(line) for line in cell.text.split("\n")]
    if re.search(r"[、，,;；|]", text) or sum(map(numbers.is_dated, lines)) > 1:
        return CellReading(problem=f"{column} ‘{text}’ is several; a row announces one standard")
    value = numbers.normalised(text)
    return CellReading(((column, value),), _respelled(cell, text, value))


def _number_and_title(raw: str, text: str) -> CellReading:
    """The number and the title of a cell that holds both, in either order."""
    lines = [" ".join(line.split()) for line in raw.split("\n") if line.strip()]
    for first, rest in _splits(lines, text):
        number, title = numbers.normalised(first.strip(" ,，:：()（）")), _unquoted(rest.strip(" ,，:："))
        if numbers.is_dated(number) and _WORDS.match(title):
            return CellReading((("designation", number), ("title", title)))
    return CellReading(
        problem=f"‘{text[:60]}’: where its number ends and its title begins is unclear; "
        "write them in two columns, or --skip the row"
    )


def _splits(lines: list[str], text: str) -> list[tuple[str, str]]:
    """The ways to part a cell into a number and a title."""
    parts = [(lines[0], lines_joined(lines[1:])), (lines[-1], lines_joined(lines[:-1]))] if len(lines) > 1 else []
    years = [match.end() for match in re.finditer(r"[-—–－:：]\s?(?:19|20)\d{2}(?!\d)", text)]
    parts += [(text[:end], text[end:]) for end in years]
    # A title in front ends where its brackets, or its Chinese letters, do.
    return parts + [
        (text[at.end() :], text[: at.end()]) for at in re.finditer(r"[》）)\u3400-\u9fff] ?(?=[（(]?[A-Z])", text)
    ]


def _in_two_languages(raw: str) -> tuple[tuple[str, str], ...]:
    """The titles of a cell whose first lines are Chinese and whose last are English; none for another one."""
    lines = [line for line in raw.split("\n") if line.strip()]
    chinese = [line for line in lines if spelling.is_chinese(line)]
    english = lines[len(chinese) :]
    if not chinese or chinese != lines[: len(chinese)] or len(_WORD.findall(" ".join(english))) < 2:
        return ()
    return (("title", _unquoted(lines_joined(chinese))), ("title:en", lines_joined(english)))


def _unquoted(title: str) -> str:
    """`title` without the 《》 around the whole of it."""
    quoted = _QUOTED.fullmatch(title)
    return quoted[1].strip() if quoted else title


def _date(column: str, text: str, damage: Damage) -> CellReading:
    if day := spelling.day(text):
        return CellReading(((column, day),))
    if spelling.is_two_days(text):
        return CellReading(
            question=f"{column} ‘{text}’: which is the month? Write it as 2023-04-24 in the file, or leave the day out"
        )
    if spelling.is_impossible_day(text):
        return CellReading(problem=f"{column} ‘{text}’ is no day; write it as 2023-04-24")
    if damage == "number" or text.isdecimal():
        day = spelling.day_of_excel(text)
        if day:
            return CellReading(((column, day),), f"{text} is the number by which Excel keeps {day}")
        return CellReading(problem=f"{column} is the number {text}, which is no day; write it as 2023-04-24")
    return CellReading(note=f"‘{text}’ is no day, and is not recorded")


def _choice(column: str, text: str) -> CellReading:
    if word := spelling.choice(column, text):
        return CellReading(((column, word),))
    if column == "route":
        return CellReading(note=f"‘{text}’ is no way in which a standard came to the list, and is not recorded")
    return CellReading(
        problem=f"the status ‘{text}’ is unknown; 现行, 即将实施, 被代替 and 废止 are known ({', '.join(STATUSES)})"
    )
