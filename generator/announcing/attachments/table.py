"""The standards that the tables of an attachment announce."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Attachment, Cell, Damage, Sheet
from generator.announcing.attachments.headings import ORDINAL, TITLE, column_of
from generator.announcing.attachments.normalise import lines_joined
from generator.catalogue import numbers
from generator.catalogue.cells import NOTHING
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
    """One standard as an attachment announces it."""

    label: str
    """What the editor calls the row, and `--accept`."""
    number: int
    """Of the row in its sheet, from 1."""
    cells: dict[str, str] = field(default_factory=dict)
    """Column that says something → its text, spelled as it is recorded."""
    blank: set[str] = field(default_factory=set)
    """Columns that the table has and this row leaves empty."""
    section: str = ""
    """The heading within the table under which it stands."""

    @property
    def name(self) -> str:
        """A title of it, or a number where it has none."""
        return next(
            (self.cells[one] for one in ("title:zh-Hans", "title:zh-Hant", "title:en", *NUMBERS) if one in self.cells),
            "",
        )


@dataclass(slots=True)
class Table:
    """The standards that an attachment announces."""

    rows: list[AnnouncedRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """Sentences about how the attachment was understood."""
    problems: list[str] = field(default_factory=list)
    """Sentences about what is wrong."""
    above: list[str] = field(default_factory=list)
    """The texts before the first header."""
    is_own: bool = False
    """Whether it is the list's own export."""


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
        """Add the rows of `sheet` to the table."""
        start = self._start(sheet)
        if start is None:
            return
        if hidden := sorted(n for n in sheet.hidden_rows if n > start and any(c.text for c in sheet.rows[n - 1])):
            self._problem(
                f"{_on(sheet)}hidden (by a filter?): row {_ranges(hidden)}; show what is hidden, or delete it, and save"
            )
        section = ""
        rows: list[AnnouncedRow] = []
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
                rows.append(row)
            else:
                text = " ".join(dict.fromkeys(text for text in texts if text))
                self.skipped.append(f"{_on(sheet)}row {number} (‘{text[:40]}’)")
        self._name_titles(rows)
        self.table.rows += rows
        self.sheets.append((sheet.name, rows))

    def finish(self) -> None:
        """Say of the whole attachment what was understood, and what is wrong."""
        table = self.table
        with_rows = [(name, rows) for name, rows in self.sheets if rows]
        if len(with_rows) > 1:
            _tell_apart(with_rows)
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

    # --- the header -------------------------------------------------------------------------------------------------

    def _start(self, sheet: Sheet) -> int | None:
        """The number of rows down to the header of `sheet`; None where no list is."""
        start = self._header(sheet)
        if start is not None and sheet.is_hidden:
            self._problem(f"{sheet.name}: this sheet is hidden but holds a list; show it, or delete it, and save")
            return None
        if start is not None:
            return start
        # A table that goes on over a page has its header on the first only.
        width = len(sheet.rows[0]) if sheet.rows else 0
        if self.columns and width == self.width and not sheet.has_letters:
            return 0
        if any(cell.text for row in sheet.rows for cell in row):
            self.skipped.append(f"{sheet.name or 'the file'} (no list)")
        return None

    def _header(self, sheet: Sheet) -> int | None:
        """The number of the row that names the columns of `sheet`; None for none."""
        for number, cells in enumerate(sheet.rows, 1):
            columns = [column_of(lines_joined(cell.text.split("\n"))) for cell in cells]
            named = {column for column in columns if column}
            if len(named) < 2 or not named & _NAMING:
                continue
            self.table.above.append(sheet.around)
            self.table.above += [c.text for row in sheet.rows[: number - 1] for c in row if c.text]
            self.width = len(cells)
            self._claim(sheet, number, cells, columns)
            return number
        return None

    def _claim(self, sheet: Sheet, number: int, cells: list[Cell], columns: list[str]) -> None:
        """Note which place holds which of `columns`, by the header `cells` in the row `number`."""
        self.columns = {}
        readings: list[str] = []
        for place, column in enumerate(columns):
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
            reading = "not needed" if column == ORDINAL else column or "ignored"
            readings.append(f"{sheet.column(place)} ‘{text}’ → {reading}")
        self.table.is_own = self.table.is_own or "address" in self.columns.values()
        self.table.remarks.append(f"{_on(sheet)}columns: {'; '.join(readings)}")

    def _is_header(self, texts: list[str]) -> bool:
        return all(
            column_of(lines_joined(texts[place].split("\n"))) == column
            for place, column in self.columns.items()
            if place < len(texts)
        )

    def _section(self, cells: list[Cell]) -> str:
        """The text of a row that is a heading; '' for the row of a standard."""
        texts = {cell.text for cell in cells if cell.text}
        if len(texts) != 1 or len(cells) < 2:
            return ""
        places = [place for place, cell in enumerate(cells) if cell.text]
        is_row = len(places) == 1 and self.columns.get(places[0]) in _NAMING
        return "" if is_row else texts.pop()

    # --- the cells --------------------------------------------------------------------------------------------------

    def _take(self, sheet: Sheet, row: AnnouncedRow, column: str, place: int, cell: Cell) -> None:
        """Put what `cell` says of `column` into `row`, or a problem."""
        if column == ORDINAL:
            return
        text = lines_joined(map(_visible, cell.text.split("\n"))) if "\n" in cell.text else _visible(cell.text)
        # The mark by which a spreadsheet keeps as a text what would be a formula.
        if text.startswith(("'=", "'+", "'-", "'@")):
            text = text[1:]
        if not text or text.casefold() in NOTHING or text.strip("()（）[]").casefold() in _TO_COME:
            row.blank.add(column)
            return
        if fault := _damage(text, cell.damage) or self._put(row, column, text, cell.damage):
            self._problem(f"{_on(sheet)}{sheet.where(row.number, place)}: {fault}")

    def _put(self, row: AnnouncedRow, column: str, text: str, damage: Damage) -> str:
        """Put `text` into `row` as it is recorded; the fault where that fails, else ''."""
        if column in NUMBERS:
            return self._put_number(row, column, text, damage)
        if column in _DATES:
            return _put_date(row, column, text, damage)
        if column in ("status", "route"):
            return _put_choice(row, column, text)
        row.cells[column] = text
        return ""

    def _put_number(self, row: AnnouncedRow, column: str, text: str, damage: Damage) -> str:
        as_text = "format the column as text, then type the number again"
        if damage == "date" or numbers.looks_like_a_date(text):
            return f"{column} is the date {text}, which Excel made of a number such as 1-8; {as_text}"
        if numbers.is_scientific(text):
            return f"{column} is {text}, a number that Excel shortened; {as_text}"
        if damage == "number":
            return f"{column} is the bare number {text}; letters or leading zeros may be lost; {as_text}"
        if re.search(r"[、，,;；|]", text):
            return f"{column} ‘{text}’ is several; a row announces one standard"
        row.cells[column] = numbers.normalised(text)
        if row.cells[column] != text:
            self.respelled[column].append(f"‘{text}’ → {row.cells[column]}")
        return ""

    def _name_titles(self, rows: list[AnnouncedRow]) -> None:
        """Put each title of a column that names no language under its own."""
        script = spelling.script_of([row.cells.get(TITLE, "") for row in rows])
        for row in rows:
            if title := row.cells.pop(TITLE, ""):
                # One cell may be in the other script than its column.
                own = spelling.only_script_of(title) or script
                row.cells.setdefault(f"title:{own}" if spelling.is_chinese(title) else "title:en", title)


def _tell_apart(sheets: list[tuple[str, list[AnnouncedRow]]]) -> None:
    """Give each row of several `sheets` (name, rows) a label of its own.

    It is one word of letters and figures, which an editor can paste into a command.
    """
    words = [re.sub(r"\W+", "-", name).strip("-") for name, _ in sheets]
    are_distinct = len(set(words)) == len(words) and all(words)
    for number, (word, (_, rows)) in enumerate(zip(words, sheets, strict=True), 1):
        for row in rows:
            row.label = f"{word if are_distinct else number}:{row.number}"


def _damage(text: str, damage: Damage) -> str:
    """The fault of a cell whose own text nobody can know, else ''."""
    if text in _DITTO:
        return f"says ‘{text}’; write the text itself"
    match damage:
        case "struck":
            return f"‘{text[:40]}’ is struck out; delete it, or take the line off"
        case "formula":
            return f"holds a formula ({text[:40]}); copy the column and paste it as values"
        case "error":
            return f"holds the error {text}; write what should stand there"
    return ""


def _put_date(row: AnnouncedRow, column: str, text: str, damage: Damage) -> str:
    if day := spelling.day(text):
        row.cells[column] = day
        return ""
    if damage == "number":
        return f"{column} is {text}, the number by which Excel keeps a day; format it as a date"
    return f"{column} ‘{text}’ is no day; write it as 2023-04-24"


def _put_choice(row: AnnouncedRow, column: str, text: str) -> str:
    if word := spelling.choice(column, text):
        row.cells[column] = word
        return ""
    if column == "status":
        return f"the status ‘{text}’ is unknown; 现行, 即将实施, 被代替 and 废止 are known ({', '.join(STATUSES)})"
    return f"the route ‘{text}’ is unknown; 制定 and 采信 are known"


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
    visible = "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf", "Co", "Cs") or c == "\t")
    return " ".join(visible.split())


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
