"""The tables of an attachment → the standards that it announces, row by row."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Attachment, Cell, Sheet
from generator.announcing.attachments.headings import ORDINAL, TITLE, column_of
from generator.announcing.attachments.normalise import lines_joined
from generator.catalogue import numbers
from generator.catalogue.check import NOTHING
from generator.catalogue.columns import STATUSES
from generator.catalogue.numbers import NUMBERS

_DATES = ("issued_on", "implemented_on", "withdrawn_on", "announced_on")
_NAMING = {*NUMBERS, TITLE, "title:zh-Hans", "title:zh-Hant", "title:en"}
_TO_COME = frozenset(
    {
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
    }
)
_DITTO = frozenset({"同上", "〃", "″", "ditto", "do."})


@dataclass(slots=True)
class AnnouncedRow:
    """One standard as an attachment announces it.

    `label` is what the editor calls the row, and `--accept`; `cells` maps each column that says something
    to its text, spelled as it is recorded; `blank` are the columns that the table has and this row leaves empty;
    `section` is the heading within the table under which it stands.
    """

    label: str
    number: int
    cells: dict[str, str] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    section: str = ""

    @property
    def name(self) -> str:
        """A title of it, or a number where it has none."""
        return next(
            (self.cells[one] for one in ("title:zh-Hans", "title:zh-Hant", "title:en", *NUMBERS) if one in self.cells),
            "",
        )


@dataclass(slots=True)
class Table:
    """What an attachment announces, and how it was understood: `remarks` and `problems` are sentences,
    `above` the texts before the first header, `is_own` whether it is the list's own export."""

    rows: list[AnnouncedRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    is_own: bool = False


def read_table(attachment: Attachment) -> Table:
    """The standards of all sheets of `attachment`, in their order."""
    table = Table(remarks=list(attachment.remarks))
    reader = _Reader(table)
    for sheet in attachment.sheets:
        reader.read(sheet)
    reader.finish()
    return table


class _Reader:
    def __init__(self, table: Table) -> None:
        self.table = table
        self.sheets: list[tuple[str, list[AnnouncedRow]]] = []
        self.columns: dict[int, str] = {}
        self.width = 0
        self.respelled: dict[str, list[str]] = defaultdict(list)
        self.skipped: list[str] = []

    def read(self, sheet: Sheet) -> None:
        start = self._header(sheet)
        if start is None:
            if not self.columns or len(sheet.rows[0] if sheet.rows else ()) != self.width or sheet.has_letters:
                if any(cell.text for row in sheet.rows for cell in row):
                    self.skipped.append(f"{sheet.name or 'the file'} (no list)")
                return
            # A table that goes on over a page has its header on the first only.
            start = 0
        elif sheet.is_hidden:
            self._problem(f"{sheet.name}: this sheet is hidden but holds a list; show it, or delete it, and save")
            return
        if hidden := sorted(n for n in sheet.hidden_rows if n > start and any(c.text for c in sheet.rows[n - 1])):
            self._problem(
                f"{_on(sheet)}hidden (by a filter?): row {_ranges(hidden)}; show what is hidden, or delete it, and save"
            )
        section = ""
        first = len(self.table.rows)
        for number, cells in enumerate(sheet.rows[start:], start + 1):
            texts = [cell.text for cell in cells]
            if not any(texts) or self._is_header(texts):
                continue
            if heading := self._section(cells):
                section = heading
                self.skipped.append(f"{_on(sheet)}row {number} (‘{heading[:40]}’)")
                continue
            row = AnnouncedRow(str(number), number, section=section)
            for place, column in self.columns.items():
                if place < len(cells):
                    self._take(sheet, row, column, place, cells[place])
            if _NAMING & row.cells.keys():
                self.table.rows.append(row)
            else:
                said = " ".join(dict.fromkeys(text for text in texts if text))
                self.skipped.append(f"{_on(sheet)}row {number} (‘{said[:40]}’)")
        self._titles(self.table.rows[first:])
        self.sheets.append((sheet.name, self.table.rows[first:]))

    def finish(self) -> None:
        table = self.table
        named = [(name, rows) for name, rows in self.sheets if rows]
        for name, rows in named if len(named) > 1 else ():
            for row in rows:
                row.label = f"{name}:{row.number}"
        for column, samples in self.respelled.items():
            shown = "; ".join(dict.fromkeys(samples[:3]))
            table.remarks.append(f"{len(samples)} of {column} respelled: {shown}{' …' if len(samples) > 3 else ''}")
        if self.skipped:
            more = f" and {len(self.skipped) - 12} more" if len(self.skipped) > 12 else ""
            table.remarks.append(f"Not read: {', '.join(self.skipped[:12])}{more}.")
        if not self.columns and not table.problems:
            table.problems.append(
                "no list was found: a row of headings is wanted, such as 序号, 识别号, 标准编号, 标准名称, 发布单位"
            )
        elif not table.rows and not table.problems:
            table.problems.append("the list has headings but no row below them")
        table.problems.extend(_repeated(table.rows))

    def _problem(self, sentence: str) -> None:
        self.table.problems.append(sentence)

    def _header(self, sheet: Sheet) -> int | None:
        """How many rows lie above the list in `sheet`, its header among them; None where it has no header."""
        for number, cells in enumerate(sheet.rows, 1):
            named = [(place, column_of(lines_joined(cell.text.split("\n")))) for place, cell in enumerate(cells)]
            found = {column for _, column in named if column}
            if len(found) < 2 or not found & _NAMING:
                continue
            self.table.above.append(sheet.around)
            self.table.above += [c.text for row in sheet.rows[: number - 1] for c in row if c.text]
            self.width = len(cells)
            self._claim(sheet, number, cells, named)
            return number
        return None

    def _claim(self, sheet: Sheet, number: int, cells: list[Cell], named: list[tuple[int, str]]) -> None:
        self.columns = {}
        told = []
        for place, column in named:
            text = " ".join(cells[place].text.split())
            # A merged heading stands in each place that it covers.
            if not text or (place and cells[place - 1] is cells[place]):
                continue
            if column and column in self.columns.values():
                other = next(at for at, taken in self.columns.items() if taken == column)
                self._problem(
                    f"{_on(sheet)}{sheet.where(number, other)} and {sheet.where(number, place)} both say {column}; "
                    f"rename or delete one of ‘{' '.join(cells[other].text.split())}’ and ‘{text}’"
                )
            elif column:
                self.columns[place] = column
            told.append(
                f"{sheet.column(place)} ‘{text}’ → {column if column != ORDINAL else 'not needed'}"
                if column
                else f"{sheet.column(place)} ‘{text}’ → ignored"
            )
        self.table.is_own = self.table.is_own or "address" in self.columns.values()
        self.table.remarks.append(f"{_on(sheet)}columns: {'; '.join(told)}")

    def _is_header(self, texts: list[str]) -> bool:
        return all(
            column_of(lines_joined(texts[place].split("\n"))) == column
            for place, column in self.columns.items()
            if place < len(texts)
        )

    def _section(self, cells: list[Cell]) -> str:
        """The text of a row that says one thing across the table; '' where it is a standard's."""
        said = {cell.text for cell in cells if cell.text}
        if len(said) != 1 or len(cells) < 2:
            return ""
        places = [place for place, cell in enumerate(cells) if cell.text]
        is_row = len(places) == 1 and self.columns.get(places[0]) in _NAMING
        return "" if is_row else said.pop()

    def _take(self, sheet: Sheet, row: AnnouncedRow, column: str, place: int, cell: Cell) -> None:
        """Put what `cell` says of `column` into `row`, or a problem."""
        if column == ORDINAL:
            return
        text = lines_joined(map(_visible, cell.text.split("\n"))) if "\n" in cell.text else _visible(cell.text)
        # The mark by which a spreadsheet keeps as a text what would be a formula.
        if re.match(r"'[=+\-@]", text):
            text = text[1:]
        where = f"{_on(sheet)}{sheet.where(row.number, place)}: "
        if not text or text.casefold() in NOTHING or text.strip("()（）[]").casefold() in _TO_COME:
            row.blank.add(column)
        elif text in _DITTO:
            self._problem(f"{where}says ‘{text}’; write the text itself")
        elif cell.damage == "struck":
            self._problem(f"{where}‘{text[:40]}’ is struck out; delete it, or take the line off")
        elif cell.damage == "formula":
            self._problem(f"{where}holds a formula ({text[:40]}); copy the column and paste it as values")
        elif cell.damage == "error":
            self._problem(f"{where}holds the error {text}; write what should stand there")
        elif column in NUMBERS:
            self._take_number(where, row, column, text, cell.damage)
        elif column in _DATES:
            if day := text if cell.damage == "date" and spelling.day(text) == text else spelling.day(text):
                row.cells[column] = day
            elif cell.damage == "number":
                self._problem(f"{where}{column} is {text}, the number by which Excel keeps a day; format it as a date")
            else:
                self._problem(f"{where}{column} ‘{text}’ is no day; write it as 2023-04-24")
        elif column in ("status", "route"):
            if word := spelling.choice(column, text):
                row.cells[column] = word
            elif column == "status":
                self._problem(
                    f"{where}the status ‘{text}’ is unknown; 现行, 即将实施, 被代替 and 废止 are known "
                    f"({', '.join(STATUSES)})"
                )
            else:
                self._problem(f"{where}the route ‘{text}’ is unknown; 制定 and 采信 are known")
        else:
            row.cells[column] = text

    def _take_number(self, where: str, row: AnnouncedRow, column: str, text: str, damage: str) -> None:
        as_text = "format the column as text, then type the number again"
        if damage == "date" or numbers.looks_like_a_date(text):
            self._problem(f"{where}{column} is the date {text}, which Excel made of a number such as 1-8; {as_text}")
        elif numbers.is_scientific(text):
            self._problem(f"{where}{column} is {text}, a number that Excel shortened; {as_text}")
        elif damage == "number":
            self._problem(f"{where}{column} is the bare number {text}; letters or leading zeros may be lost; {as_text}")
        elif re.search(r"[、，,;；|]", text):
            self._problem(f"{where}{column} ‘{text}’ is several; a row announces one standard")
        else:
            row.cells[column] = numbers.normalised(text)
            if row.cells[column] != text:
                self.respelled[column].append(f"‘{text}’ → {row.cells[column]}")

    def _titles(self, rows: list[AnnouncedRow]) -> None:
        """Put each title of a column that names no language under its own."""
        script = spelling.script_of([row.cells.get(TITLE, "") for row in rows])
        for row in rows:
            if title := row.cells.pop(TITLE, ""):
                # One cell may be in the other script than its column.
                own = spelling.only_script_of(title) or script
                row.cells.setdefault(f"title:{own}" if spelling.is_chinese(title) else "title:en", title)


def _repeated(rows: list[AnnouncedRow]) -> Iterator[str]:
    """Rows that announce one standard twice."""
    for column in (*NUMBERS, "address"):
        first: dict[str, AnnouncedRow] = {}
        for row in rows:
            if form := numbers.number_key(row.cells.get(column, "")):
                other = first.setdefault(form, row)
                if other is not row:
                    yield (
                        f"row {row.label} repeats {column} {row.cells[column]} of row {other.label}; "
                        "correct it, or delete the row if it is the same standard"
                    )
    seen: dict[tuple[tuple[str, str], ...], AnnouncedRow] = {}
    for row in rows:
        if not any(column in row.cells for column in NUMBERS):
            other = seen.setdefault(tuple(sorted(row.cells.items())), row)
            if other is not row:
                yield f"row {row.label} is row {other.label} again; delete one"


def _visible(text: str) -> str:
    """`text` without invisible characters, with single spaces."""
    if text.isprintable():
        return " ".join(text.split())
    kept = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") or c == "\t")
    return " ".join(kept.split())


def _on(sheet: Sheet) -> str:
    return f"{sheet.name}, " if sheet.name else ""


def _ranges(rows: list[int]) -> str:
    """7, 8, 9, 12 as 7–9, 12."""
    parts: list[list[int]] = []
    for number in rows:
        if parts and number == parts[-1][-1] + 1:
            parts[-1][1:] = [number]
        else:
            parts.append([number])
    return ", ".join("–".join(map(str, part)) for part in parts)
