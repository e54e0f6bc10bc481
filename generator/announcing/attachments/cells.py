"""What one cell of a list says, as it is recorded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Cell, Damage
from generator.announcing.attachments.headings import NUMBER_AND_TITLE, REVIEW, TITLE
from generator.announcing.attachments.normalise import lines_joined
from generator.catalogue import numbers
from generator.catalogue.cells import LONGEST, NOTHING, cell_fault
from generator.catalogue.columns import STATUSES, Column, Kind
from generator.catalogue.letters import lookalike, unified
from generator.catalogue.messages import ColumnName, Message
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


@dataclass(frozen=True, slots=True)
class CellReading:
    """What became of one cell."""

    values: tuple[tuple[str, str], ...] = ()
    """(column, text) of what is recorded; two where a cell holds a number and a title."""
    note: Message | None = None
    """Why something in it is not recorded, or not as it stands; None where all is."""
    question: Message | None = None
    """What has to be asked about it; None for nothing."""
    problem: Message | None = None
    """What is wrong with it; None for nothing."""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing."""
        return self == _BLANK


_BLANK = CellReading()


def read_cell(column: str, cell: Cell) -> CellReading:
    """What `cell` says of `column`, spelled as it is recorded."""
    raw = unified(cell.text)
    if fault := next((fault for line in raw.split("\n") if (fault := unpublishable(line.strip()))), None):
        return CellReading(problem=fault)
    text = _FORMULA_MARK.sub("", _text(column, raw), count=1)
    if not text or text.casefold() in NOTHING or text.strip("()（）[]").casefold() in _TO_COME:
        return _BLANK
    if len(text) > LONGEST:
        return CellReading(problem=Message("reading.long-cell", length=len(text)))
    if fault := _damage(text, cell.damage):
        return CellReading(problem=fault)
    if column in NUMBERS:
        return _number(column, text, cell)
    if column == NUMBER_AND_TITLE:
        return _number_and_title(raw, text)
    if column in DATES:
        return _date(column, text, cell.damage)
    if column in ("status", "route"):
        return _choice(column, text)
    if column == "text_url":
        fault = cell_fault(text, Column(column, Kind.URL))
        return CellReading(note=fault) if fault else CellReading(((column, text),))
    if column == REVIEW and spelling.in_one_form(text) in map(spelling.in_one_form, _GOES_ON):
        return CellReading(note=Message("reading.no-change", text=text))
    if column == TITLE and (titles := _in_two_languages(raw)):
        return CellReading(titles, Message("reading.two-titles", text=text[:60]))
    if column in ("publisher", "led_by", "field") and (names := _in_two_languages(raw)):
        return CellReading(((column, names[0][1]),), Message("reading.chinese-name", text=text[:80]))
    if column.startswith("title"):
        return CellReading(((column, _unquoted(text)),), _respelled(cell, text, _unquoted(text)))
    return CellReading(((column, text),), _respelled(cell, text, text))


def _text(column: str, raw: str) -> str:
    """The lines of a cell as one text: within a number a line end is nothing."""
    lines = [" ".join(line.split()) for line in raw.split("\n")]
    return "".join(lines) if column in NUMBERS else lines_joined(lines)


def _damage(text: str, damage: Damage) -> Message | None:
    """The fault of a cell whose own text nobody can know, else None."""
    if text in _DITTO:
        return Message("reading.ditto", text=text)
    match damage:
        case "struck":
            return Message("reading.struck", text=text[:40])
        case "partly struck":
            return Message("reading.partly-struck", text=text[:40])
        case "formula":
            return Message("reading.formula", text=text[:40])
        case "error":
            return Message("reading.error-value", text=text)
    return None


def _respelled(cell: Cell, text: str, value: str) -> Message | None:
    letter, right = lookalike(cell.text)
    if letter:
        return Message("reading.lookalike", letter=letter, right=right)
    return Message("reading.respelled", text=text, value=value) if text != value else None


def _number(column: str, text: str, cell: Cell) -> CellReading:
    name = ColumnName(column)
    if cell.damage == "date" or numbers.looks_like_a_date(text):
        return CellReading(problem=Message("reading.number-is-date", column=name, text=text))
    if numbers.is_scientific(text):
        return CellReading(problem=Message("reading.number-shortened", column=name, text=text))
    if cell.damage == "number":
        return CellReading(problem=Message("reading.bare-number", column=name, text=text))
    lines = [numbers.normalised(line) for line in cell.text.split("\n")]
    if re.search(r"[、，,;；|]", text) or sum(map(numbers.is_dated, lines)) > 1:
        return CellReading(problem=Message("reading.several-numbers", column=name, text=text))
    value = numbers.normalised(text)
    return CellReading(((column, value),), _respelled(cell, text, value))


def _number_and_title(raw: str, text: str) -> CellReading:
    """The number and the title of a cell that holds both, in either order."""
    lines = [" ".join(line.split()) for line in raw.split("\n") if line.strip()]
    for first, rest in _splits(lines, text):
        number, title = numbers.normalised(first.strip(" ,，:：()（）")), _unquoted(rest.strip(" ,，:："))
        if numbers.is_dated(number) and _WORDS.match(title):
            return CellReading((("designation", number), ("title", title)))
    return CellReading(problem=Message("reading.number-and-title", text=text[:60]))


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
        return CellReading(question=Message("reading.which-month", column=ColumnName(column), text=text))
    if spelling.is_impossible_day(text):
        return CellReading(problem=Message("reading.impossible-day", column=ColumnName(column), text=text))
    if damage == "number" or text.isdecimal():
        day = spelling.day_of_excel(text)
        if day:
            return CellReading(((column, day),), Message("reading.excel-day", text=text, day=day))
        return CellReading(problem=Message("reading.number-no-day", column=ColumnName(column), text=text))
    return CellReading(note=Message("reading.no-day", text=text))


def _choice(column: str, text: str) -> CellReading:
    if word := spelling.choice(column, text):
        return CellReading(((column, word),))
    if column == "route":
        return CellReading(note=Message("reading.no-route", text=text))
    return CellReading(problem=Message("reading.unknown-status", text=text, statuses=STATUSES))
