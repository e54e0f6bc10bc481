"""The sheets of an attachment as they are, beside what was understood of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.announcing.attachments.attachment import Cell, Sheet
from generator.announcing.attachments.headings import OTHER
from generator.announcing.attachments.normalise import is_chinese, only_script_of
from generator.announcing.attachments.table import AnnouncedRow, Unread, labels_of
from generator.announcing.plan import Plan
from generator.catalogue.changes import Change
from generator.catalogue.messages import ColumnName, Message

_MOST_ROWS = 600
"""So many rows of one sheet are shown."""
_MOST_COLUMNS = 30
_UNTOLD = ("standing:", "sources", "former_addresses", "recorded_on", "batch_")
"""Beginnings of columns that follow from others, and are not told of a row."""

RowOutcome = Literal["new", "changing", "unchanged", "asked", "unread", "wrong", ""]


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One column of a sheet."""

    mark: str
    """Its letter or number."""
    choice: str
    """What a choice of its meaning is called; '' where it means what the sheet before says."""
    meaning: ColumnName
    """What it was taken for."""
    chosen: str
    """The column that the editor chose; '' for none."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a sheet."""

    text: str
    """What is recorded of it, or what stands there."""
    original: str = ""
    """What stands there, where something else is recorded."""
    why: Message | str = ""
    """What is wrong with it, asked about it, or not recorded."""
    span: int = 1
    """How many columns it takes."""

    @property
    def language(self) -> str:
        """The language of its text, as far as that shows; '' where it does not."""
        return (only_script_of(self.text) or "zh-Hans") if is_chinese(self.text) else ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a sheet that is not empty."""

    number: int
    """From 1."""
    label: str
    """What answers call it; '' where it announces nothing."""
    cells: list[GridCell]
    outcome: RowOutcome
    """What the import does with it."""
    sentence: Message | str
    """The same in words; '' where there is nothing to say."""


@dataclass(frozen=True, slots=True)
class SheetGrid:
    """One sheet that is not empty."""

    called: Message
    """What the editor calls it."""
    columns: list[GridColumn]
    rows: list[GridRow]
    hidden: int
    """How many rows more it has."""
    sentence: Message | str
    """Why nothing in it was read; '' where something was."""


def grids_of(plan: Plan, chosen: Mapping[str, str]) -> Iterator[SheetGrid]:
    """The sheets of the attachment of `plan`; `chosen` are the columns that the editor chose."""
    sheets = plan.attachment.sheets if plan.attachment else []
    labels = labels_of(sheets)
    view = _View(plan)
    for sheet in sheets:
        if sheet.name in labels:
            yield view.grid(sheet, labels[sheet.name], chosen)


class _View:
    """What became of the rows of a plan, by where they stand."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.rows: dict[str, dict[int, AnnouncedRow]] = defaultdict(dict)
        self.unread: dict[str, dict[int, Unread]] = defaultdict(dict)
        self.changes: dict[str, list[Change]] = defaultdict(list)
        self.asked = {question.row for question in plan.questions}
        for row in plan.table.rows:
            self.rows[row.sheet][row.number] = row
        for one in plan.table.unread:
            self.unread[one.sheet][one.row] = one
        for change in plan.changes:
            self.changes[change.address].append(change)

    def grid(self, sheet: Sheet, label: str, chosen: Mapping[str, str]) -> SheetGrid:
        filled = [number for number, cells in enumerate(sheet.rows, 1) if any(cell.text for cell in cells)]
        width = max(place + 1 for cells in sheet.rows for place, cell in enumerate(cells) if cell.text)
        shown = filled[:_MOST_ROWS]
        whole = self.unread[sheet.name].get(0)
        width = min(width, _MOST_COLUMNS)
        return SheetGrid(
            sheet.called,
            [self._column(sheet, label, place, chosen) for place in range(width)],
            [self._row(sheet, number, width) for number in shown],
            len(filled) - len(shown),
            whole.why if whole else "",
        )

    def _column(self, sheet: Sheet, label: str, place: int, chosen: Mapping[str, str]) -> GridColumn:
        name = f"{label}{sheet.mark(place)}"
        claims = [row.claim for row in self.rows[sheet.name].values()]
        claim = claims[0] if claims else None
        is_taken_over = claim is not None and place in claim.places and claim.places[place].name != name
        meaning = claim.columns.get(place, "") if claim else ""
        return GridColumn(
            sheet.mark(place), "" if is_taken_over else name, ColumnName(meaning or OTHER), chosen.get(name, "")
        )

    def _row(self, sheet: Sheet, number: int, width: int) -> GridRow:
        cells = _spans(sheet.rows[number - 1][:width])
        row = self.rows[sheet.name].get(number)
        if row:
            outcome, sentence = self._outcome(row)
            shown = [_cell(row, place, cell, span) for place, cell, span in cells]
            return GridRow(number, row.label, shown, outcome, sentence)
        unread = self.unread[sheet.name].get(number)
        sentence = Message("desk.outcome-unread", why=unread.why) if unread else ""
        if not unread and sheet.is_continued and number < min(self.rows[sheet.name], default=0):
            sentence = Message("desk.outcome-rest")
        return GridRow(
            number,
            "",
            [GridCell(cell.text, span=span) for _, cell, span in cells],
            "unread" if unread else "",
            sentence,
        )

    def _outcome(self, row: AnnouncedRow) -> tuple[RowOutcome, Message | str]:
        changes = self.changes[address] if (address := self.plan.addresses.get(row.label)) else []
        attributes = [one.attribute for one in changes if not one.attribute.startswith(_UNTOLD)]
        if any(reading.problem for reading in row.readings.values()):
            return "wrong", Message("desk.outcome-wrong")
        if row.label in self.asked:
            return "asked", Message("desk.outcome-asked")
        if any(change.sign == "+" for change in changes):
            return "new", Message("desk.outcome-new")
        if attributes:
            columns = tuple(map(ColumnName, attributes))
            return "changing", Message("desk.outcome-changing", address=address, columns=columns)
        if address and not self.plan.problems:
            return "unchanged", Message("desk.outcome-unchanged", address=address)
        return "", ""


def _spans(cells: list[Cell]) -> list[tuple[int, Cell, int]]:
    """(place, cell, number of columns) of each of `cells`; what is merged is one."""
    spans: list[tuple[int, Cell, int]] = []
    for place, cell in enumerate(cells):
        if spans and cell.text and cell is spans[-1][1]:
            first, _, span = spans.pop()
            spans.append((first, cell, span + 1))
        else:
            spans.append((place, cell, 1))
    return spans


def _cell(row: AnnouncedRow, place: int, cell: Cell, span: int) -> GridCell:
    """The `cell` at `place` as it is recorded."""
    reading = row.readings.get(place)
    if reading is None:
        return GridCell(cell.text, span=span)
    text = "\n".join(value for _, value in reading.values)
    if text and text != cell.text:
        return GridCell(text, cell.text, reading.question or "", span)
    return GridCell(cell.text, "", reading.problem or reading.question or reading.note or "", span)
