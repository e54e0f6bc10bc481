"""The standards that the tables of an attachment announce."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.announcing.attachments import normalise as spelling
from generator.announcing.attachments.attachment import Attachment, Cell, Sheet
from generator.announcing.attachments.cells import CellReading, read_cell
from generator.announcing.attachments.claims import Claim, claim_columns, place_of_numbers
from generator.announcing.attachments.heading_rows import HeadingRows, heading_at, nearest_heading
from generator.announcing.attachments.headings import MEANINGS, NAMING, ORDINAL, RECORD, TITLE, column_of
from generator.announcing.attachments.row_checks import doubts, furniture, gaps, ordinal_of
from generator.announcing.questions import Answer, Question, accept, skip
from generator.catalogue import numbers
from generator.catalogue.messages import ColumnName, Message, in_series
from generator.catalogue.numbers import NUMBERS

_FEW = 3
"""So many cells of which the same is said are named one by one."""
_SHOWN = 12
"""So many places that are not read are named."""
_WITHDRAWN = re.compile(
    r"\W*(?:[一二三四五六七八九十\d]+[、.．)）]?)?\s*已?(?:废止|廢止|撤销|撤銷)的?(?:湾区|灣區)?(?:标准|標準)(?:清单|清單|目录|目錄)?\W*"
    r"|withdrawn standards?\W*",
    re.IGNORECASE,
)
"""A heading of standards that are withdrawn."""


@dataclass(slots=True)
class AnnouncedRow:
    """One standard as an attachment announces it."""

    label: str
    """What the editor calls the row, and `--accept`."""
    number: int
    """Of the row in its sheet, from 1."""
    cells: dict[str, str] = field(default_factory=dict)
    """Column that says something → its text, spelled as it is recorded."""
    sheet: str = ""
    """The name of its sheet."""
    blank: set[str] = field(default_factory=set)
    """Columns that the table has and this row leaves empty."""
    sections: tuple[str, ...] = ()
    """The headings and captions under which it stands, the nearest first."""
    words: dict[str, str] = field(default_factory=dict)
    """Column → the words from which its text was read, where these stand elsewhere than in a cell of that column."""
    ordinal: int | None = None
    """Its own number in the list; None where it has none."""
    source: list[Cell] = field(default_factory=list)
    """Its cells as the file has them."""
    claim: Claim = field(default_factory=Claim)
    """What each of them is."""
    readings: dict[int, CellReading] = field(default_factory=dict)
    """Place of a cell, from 0 → what became of it, where that is not just what it says."""

    @property
    def called(self) -> Message:
        """What the editor calls it."""
        return called_row(self.label)

    @property
    def name(self) -> str:
        """A title of it, or a number where it has none."""
        return next(
            (self.cells[one] for one in ("title:zh-Hans", "title:zh-Hant", "title:en", *NUMBERS) if one in self.cells),
            "",
        )


@dataclass(slots=True)
class _Block:
    """Rows of a sheet below one heading."""

    sheet: Sheet
    claim: Claim
    rows: list[AnnouncedRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Fault:
    """Something that is wrong with one cell."""

    sheet: Sheet
    where: Message
    clause: Message


@dataclass(frozen=True, slots=True)
class Unread:
    """Something in the file that announces nothing, as far as is understood."""

    sheet: str
    """The name of its sheet."""
    row: int
    """Its row there, from 1; 0 for the whole sheet."""
    where: Message
    """The editor's name for its place."""
    text: str
    why: Message
    """As a clause, such as `a total`."""


@dataclass(slots=True)
class Table:
    """The standards that an attachment announces."""

    rows: list[AnnouncedRow] = field(default_factory=list)
    remarks: list[Message] = field(default_factory=list)
    """How the attachment was understood."""
    problems: list[Message] = field(default_factory=list)
    """What is wrong."""
    questions: list[Question] = field(default_factory=list)
    """What the rows leave open."""
    unread: list[Unread] = field(default_factory=list)
    """What was not taken for the row of a standard."""
    above: list[str] = field(default_factory=list)
    """The texts before the first header."""
    is_own: bool = False
    """Whether it is the list's own export."""
    is_worksheet: bool = False
    """Whether it is such an export to be filled in, which completes records."""


def read_table(
    attachment: Attachment,
    bodies: Collection[str] = (),
    skipped: Collection[str] = (),
    columns: Mapping[str, str] | None = None,
) -> Table:
    """The standards of all sheets of `attachment`, in their order.

    `bodies` are the names of known organisations, in one form. `skipped` are the labels of rows that announce nothing.
    `columns` are name of a place, such as `C` or `page-1:3`, → what it holds, whatever its heading says.
    """
    reader = _Reader(Table(remarks=list(attachment.remarks)), bodies, skipped, columns or {})
    reader.labels = labels_of(attachment.sheets)
    for sheet in attachment.sheets:
        reader.read(sheet)
    reader.finish(attachment.sheets)
    return reader.table


def labels_of(sheets: Sequence[Sheet]) -> dict[str, str]:
    """Name of each of `sheets` → the beginning of its rows' labels.

    It is '' for the only one; empty sheets have none.
    """
    lists = [sheet for sheet in sheets if any(cell.text for row in sheet.rows for cell in row)]
    words = [re.sub(r"\W+", "-", sheet.name).strip("-") for sheet in lists]
    are_distinct = len(set(words)) == len(words) and all(words)
    return {
        sheet.name: f"{word if are_distinct else number}:" if len(lists) > 1 else ""
        for number, (word, sheet) in enumerate(zip(words, lists, strict=True), 1)
    }


class _Reader:
    def __init__(
        self, table: Table, bodies: Collection[str], skipped: Collection[str], columns: Mapping[str, str]
    ) -> None:
        self.table, self.bodies, self.skipped = table, bodies, skipped
        self.chosen = columns
        self.heading = HeadingRows(0, [], [])
        self.places: list[str] = []
        self.labels: dict[str, str] = {}
        self.claim = Claim()
        self.width = 0
        self.sections: tuple[str, ...] = ()
        self.captions: tuple[str, ...] = ()
        self.notes: dict[tuple[str, bool], list[Message]] = defaultdict(list)
        self.faults: dict[tuple[str, str, str], list[_Fault]] = defaultdict(list)
        self.blocks: list[_Block] = []

    def read(self, sheet: Sheet) -> None:
        """Add the rows of `sheet` to the table."""
        headings = [(start, self._with_choices(sheet, one)) for start, one in _headings(sheet)]
        # A table that goes on over a page has its header on the first only.
        width = len(sheet.rows[0]) if sheet.rows else 0
        may_go_on = bool(self.claim) and not sheet.has_letters and width == self.width
        headings = headings or self._heading_by_choice(sheet, may_go_on)
        if sheet.is_hidden and any(heading.is_of_a_list for _, heading in headings):
            self._problem(Message("reading.hidden-sheet", sheet=sheet.called))
            return
        starts = [index for index, _ in headings]
        first = starts[0] if starts else len(sheet.rows)
        if sheet.caption:
            self.captions = tuple(line.strip() for line in reversed(sheet.caption.split("\n")) if line.strip())
            self.sections = self.captions
        if may_go_on and (first or not starts):
            self._read_block(sheet, 0, first, is_next=sheet.is_continued)
        elif headings and headings[0][1].is_of_a_list and not self.table.rows:
            self.table.above.append(sheet.around)
            self.table.above += [cell.text for row in sheet.rows[:first] for cell in row if cell.text]
        elif not headings:
            if any(cell.text for row in sheet.rows for cell in row):
                self._skip(sheet, 0, "", Message("reading.no-list-there"))
            return
        for (start, heading), end in zip(headings, [*starts, len(sheet.rows)][1:], strict=False):
            self._claim(sheet, start, heading, end)
            self._read_block(sheet, start + heading.height, end, is_next=sheet.is_continued and not start)

    def finish(self, sheets: list[Sheet]) -> None:
        """Say of the whole attachment what was understood, and what is wrong."""
        table, has_claim = self.table, bool(self.claim)
        for block in self.blocks:
            self._read_rows(block)
        table.problems += self._wrong_choices()
        table.remarks += self._all_notes()
        self._check_ordinals()
        table.problems += self._all_faults()
        if table.unread:
            more = Message("reading.more", count=len(table.unread) - _SHOWN) if len(table.unread) > _SHOWN else ""
            shown = tuple(map(_unread, table.unread[:_SHOWN]))
            table.remarks.append(Message("reading.not-read", places=shown, more=more))
        if not has_claim and not self.blocks and not table.problems:
            table.problems.append(_no_list(sheets))
        elif not table.rows and not table.problems:
            table.problems.append(Message("reading.no-rows"))
        table.problems.extend(_repeated(table.rows))

    def _all_notes(self) -> Iterator[Message]:
        """What is noted of cells; what is noted of many cells of a column is said once."""
        for (column, are_respelled), notes in self.notes.items():
            count, name, shown = len(notes), ColumnName(column), in_series(dict.fromkeys(notes[:_FEW]))
            more = Message("reading.and-so-on") if count > _FEW else ""
            if are_respelled:
                yield Message("reading.notes-respelled", count=count, column=name, shown=shown, more=more)
            else:
                yield Message("reading.notes", count=count, column=name, shown=shown, more=more)

    def _all_faults(self) -> Iterator[Message]:
        """What is wrong with cells; what is wrong with many cells of a column is said once."""
        for faults in self.faults.values():
            last = faults[-1].where
            are_many = len(faults) > _FEW
            more = Message("reading.more-faults", count=len(faults) - 1, last=last) if are_many else ""
            for one in faults[:1] if are_many else faults:
                yield _on(one.sheet, Message("reading.fault", where=one.where, fault=one.clause, more=more))

    def _problem(self, sentence: Message) -> None:
        self.table.problems.append(sentence)

    def _skip(self, sheet: Sheet, row: int, text: str, why: Message) -> None:
        where = _on(sheet, Message("reading.row", row=str(row))) if row else sheet.called
        self.table.unread.append(Unread(sheet.name, row, where, text, why))

    # --- what the editor chose --------------------------------------------------------------------------------------

    def _with_choices(self, sheet: Sheet, heading: HeadingRows) -> HeadingRows:
        """`heading` with what the editor chose for its places, or for those of the same heading before."""
        columns = list(heading.columns)
        chosen: set[int] = set()
        names = [self._name(sheet, place) for place in range(len(columns))]
        self.places += [name for name in names if name not in self.places]
        for place, name in enumerate(names):
            if (choice := self.chosen.get(name, "")) in MEANINGS:
                columns[place] = choice
                chosen.add(place)
            elif heading.texts == self.heading.texts and place in self.heading.chosen:
                columns[place] = self.heading.columns[place]
                chosen.add(place)
        self.heading = replace(heading, columns=columns, chosen=frozenset(chosen))
        return self.heading

    def _heading_by_choice(self, sheet: Sheet, may_go_on: bool) -> list[tuple[int, HeadingRows]]:
        """The heading of a sheet that has none by its words, but has columns that the editor chose.

        It is the one before, where that stands again. A sheet that `may_go_on` from the one before has no other.
        """
        rows = [[cell.text for cell in row] for row in sheet.rows]
        width = len(rows[0]) if rows else 0
        if self.heading.chosen and any(self.heading.texts) and self.heading.texts in rows:
            number = rows.index(self.heading.texts) + 1
        elif may_go_on or not any(self.chosen.get(self._name(sheet, place)) in MEANINGS for place in range(width)):
            return []
        else:
            number, _, _ = nearest_heading(sheet.rows)
        texts = rows[number - 1] if number else [""] * width
        heading = HeadingRows(min(number, 1), texts, [column_of(text) if text else "" for text in texts])
        return [(max(number - 1, 0), self._with_choices(sheet, heading))]

    def _name(self, sheet: Sheet, place: int) -> str:
        return f"{self.labels.get(sheet.name, '')}{sheet.mark(place)}"

    def _wrong_choices(self) -> Iterator[Message]:
        """What is wrong with the columns that the editor chose."""
        for name, column in self.chosen.items():
            if column not in MEANINGS:
                yield Message("reading.unknown-meaning", column=column, meanings=MEANINGS)
            elif name not in self.places:
                places = tuple(self.places) or Message("reading.no-places")
                yield Message("reading.unknown-place", name=name, places=places)

    def _claim(self, sheet: Sheet, start: int, heading: HeadingRows, end: int) -> None:
        """Note which place holds which column, by the `heading` in row `start` and the rows down to `end`."""
        if not heading.is_of_a_list:
            self.claim = Claim()
            text = " ".join(dict.fromkeys(heading.texts))
            where = _on(sheet, Message("reading.rows", first=str(start + 1), last=str(end)))
            why = Message("reading.other-list")
            self.table.unread.append(Unread(sheet.name, start + 1, where, text, why))
            return
        row = start + heading.height
        claim, problems = claim_columns(sheet, self.labels.get(sheet.name, ""), row, heading, sheet.rows[row:end])
        self.table.problems += [_on(sheet, problem) for problem in problems]
        self.table.is_worksheet = self.table.is_worksheet or RECORD in claim.columns.values()
        self.table.is_own = self.table.is_own or self.table.is_worksheet or "address" in claim.columns.values()
        if claim != self.claim:
            self.table.remarks.append(_on(sheet, claim.described()))
        self.claim, self.width = claim, len(heading.texts)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _read_block(self, sheet: Sheet, start: int, end: int, is_next: bool) -> None:
        """Add the rows of `sheet` from `start`, from 0, to `end`, by the present claim.

        The first may go on from the row before where `is_next`.
        """
        if not self.claim:
            return
        shown = range(start + 1, end + 1)
        if hidden := sorted(n for n in sheet.hidden_rows if n in shown and any(c.text for c in sheet.rows[n - 1])):
            self._problem(_on(sheet, Message("reading.hidden-rows", rows=_ranges(hidden))))
        if columns := [
            sheet.column(place)
            for place in sorted(sheet.hidden_columns)
            if any(row[place].text for row in sheet.rows[start:end] if place < len(row))
        ]:
            self._problem(_on(sheet, Message("reading.hidden-columns", columns=tuple(columns))))
        block = _Block(sheet, self.claim)
        for number, cells in enumerate(sheet.rows[start:end], start + 1):
            if not any(cell.text for cell in cells):
                continue
            label = f"{self.labels.get(sheet.name, '')}{number}"
            if is_next and number == start + 1 and (last := self._last_row()) and self._is_rest(sheet, number, last):
                last.source = [_joined(*pair) for pair in zip(last.source, cells, strict=True)]
            elif section := self._section(cells):
                self.sections = (section, *self.captions)
                self._skip(sheet, number, section, Message("reading.heading"))
            else:
                block.rows.append(
                    AnnouncedRow(label, number, {}, sheet.name, sections=self.sections, source=cells, claim=self.claim)
                )
        self.blocks.append(block)

    def _last_row(self) -> AnnouncedRow | None:
        return next((block.rows[-1] for block in reversed(self.blocks) if block.rows), None)

    def _is_rest(self, sheet: Sheet, number: int, last: AnnouncedRow) -> bool:
        """Whether row `number`, the first of the page `sheet`, is the rest of `last`, which the page cut in two.

        Where the list does not tell by its own numbers, it is asked.
        """
        cells, label = sheet.rows[number - 1], f"{self.labels.get(sheet.name, '')}{number}"
        texts = [text for cell in cells if (text := " ".join(cell.text.split()))]
        if len(last.source) != len(cells) or furniture(texts) or (self._section(cells) and cells[0].text):
            return False
        ordinals = [self._ordinal(last.source), self._ordinal(cells)]
        if ordinals != [None, None]:
            return None in ordinals
        if label in self.skipped:
            self._skip(sheet, number, " ".join(texts), Message("reading.rest-as-you-say", row=last.called))
            return True
        if not (self._is_numbered(last.source) and self._is_numbered(cells)):
            sentence = Message("reading.first-of-page", row=called_row(label), text=" ".join(texts)[:60])
            rest = Answer("skip", label, Message("reading.if-rest", row=last.called))
            answers = (accept(label, Message("reading.if-it-is")), rest)
            self.table.questions.append(Question(label, sentence, answers))
        return False

    def _is_numbered(self, cells: list[Cell]) -> bool:
        """Whether `cells` hold a whole number of a standard."""
        return any(
            column in NUMBERS and numbers.is_dated(numbers.normalised("".join(cells[place].text.split("\n"))))
            for place, column in self.claim.columns.items()
        )

    def _ordinal(self, cells: list[Cell]) -> int | None:
        place = self.claim.place_of(ORDINAL)
        return ordinal_of(cells[place].text) if place is not None and place < len(cells) else None

    def _section(self, cells: list[Cell]) -> str:
        """The text of a row that is a heading; '' for the row of a standard."""
        texts = {cell.text for cell in cells if cell.text}
        if len(texts) != 1 or len(cells) < 2:
            return ""
        places = [place for place, cell in enumerate(cells) if cell.text]
        is_row = len(places) == 1 and self.claim.columns.get(places[0]) in NAMING
        text = " ".join(next(iter(texts)).split())
        return "" if is_row or furniture([text]) or numbers.is_dated(numbers.normalised(text)) else text

    def _read_rows(self, block: _Block) -> None:
        """Read the cells of the rows of `block`, and put those that announce a standard into the table."""
        rows = [row for row in block.rows if self._is_announcing(block, row)]
        self._name_titles(rows)
        self.table.rows += rows
        block.rows = rows

    def _is_announcing(self, block: _Block, row: AnnouncedRow) -> bool:
        """Whether `row`, which is read by that, announces a standard."""
        texts = [text for cell in row.source if (text := " ".join(cell.text.split()))]
        text = " ".join(dict.fromkeys(texts))
        if row.label in self.skipped:
            self._skip(block.sheet, row.number, text, Message("reading.as-you-say"))
            return False
        if not self.table.is_own and (why := furniture(texts)):
            self._skip(block.sheet, row.number, text, why)
            return False
        self.claim = block.claim
        row.ordinal = self._ordinal(row.source)
        self._take(block.sheet, row)
        if not NAMING & row.cells.keys() and row.ordinal is None:
            self._skip(block.sheet, row.number, text, Message("reading.no-number-or-title"))
            return False
        self._doubt(block.sheet, row)
        return True

    def _doubt(self, sheet: Sheet, row: AnnouncedRow) -> None:
        """Ask about a row that is hardly the row of a standard."""
        if self.table.is_own:
            return
        clauses = list(doubts(row.cells, self.bodies))
        if row.number in sheet.short_rows:
            clauses.append(Message("reading.few-cells"))
        strays = [cell.text for place, cell in enumerate(row.source) if place in row.claim.strays and cell.text]
        if strays:
            clauses.append(Message("reading.stray", text=strays[0]))
        if len(row.cells) == 1 and row.cells.keys() & {TITLE} and len(self.claim.columns) > 2:
            clauses.append(Message("reading.title-only"))
        if clauses:
            name = row.cells.get(TITLE) or row.name
            sentence = Message("reading.implausible", row=row.called, name=name, clauses=in_series(clauses))
            self._ask(row, sentence, Message("reading.if-it-is"))

    def _ask(self, row: AnnouncedRow, sentence: Message, meaning: Message) -> None:
        self.table.questions.append(Question(row.label, sentence, (accept(row.label, meaning), skip(row.label))))

    def _check_ordinals(self) -> None:
        """Say which ordinals were read, and ask where they do not run on."""
        numbered = [block for block in self.blocks if ORDINAL in block.claim.columns.values()]
        rows = [row for block in numbered for row in block.rows]
        if self.table.is_own or all(row.ordinal is None for row in rows):
            return
        ordinals = [row.ordinal for row in rows]
        read = _ranges([one for one in ordinals if one is not None])
        self.table.remarks.append(Message("reading.ordinals", ordinals=read))
        places = [(row.ordinal, (id(block), *row.sections)) for block in numbered for row in block.rows]
        for place, clause in gaps(places):
            row = rows[place]
            sentence = Message("reading.missing-before", row=row.called, name=row.name, clause=clause)
            self._ask(row, sentence, Message("reading.if-none-is"))

    # --- cells ------------------------------------------------------------------------------------------------------

    def _take(self, sheet: Sheet, row: AnnouncedRow) -> None:
        """Put what the cells of `row` say into it, or a problem or question."""
        for place, column in self.claim.columns.items():
            if column == ORDINAL or place >= len(row.source):
                continue
            reading = read_cell(column, row.source[place])
            if reading.is_blank:
                row.blank.add(column)
                continue
            row.cells.update(reading.values)
            if reading.problem:
                fault = _Fault(sheet, sheet.where(row.number, place), reading.problem)
                self.faults[sheet.name, column, reading.problem.key].append(fault)
            if reading.question:
                sentence = Message("reading.in-row", row=row.called, clause=reading.question)
                self._ask(row, sentence, Message("reading.to-leave-out"))
            if reading.note:
                self.notes[column, reading.note.key == "reading.respelled"].append(reading.note)
            if reading.note or reading.problem or reading.question:
                row.readings[place] = reading
        state = next((one for one in row.sections if _WITHDRAWN.fullmatch(one)), "")
        if state and "status" not in row.cells:
            row.cells["status"], row.words["status"] = "withdrawn", state

    def _name_titles(self, rows: list[AnnouncedRow]) -> None:
        """Put each title of a column that names no language under its own."""
        script = spelling.script_of([row.cells.get(TITLE, "") for row in rows])
        for row in rows:
            if title := row.cells.pop(TITLE, ""):
                # One cell may be in the other script than its column.
                own = spelling.only_script_of(title) or script
                row.cells.setdefault(f"title:{own}" if spelling.is_chinese(title) else "title:en", title)


def _joined(upper: Cell, lower: Cell) -> Cell:
    """One cell of what the end of a page cut in two."""
    return Cell("\n".join(filter(None, (upper.text, lower.text))), upper.damage or lower.damage)


def _headings(sheet: Sheet) -> list[tuple[int, HeadingRows]]:
    """The (row from 0, heading) of each heading in `sheet`."""
    headings: list[tuple[int, HeadingRows]] = []
    index = 0
    while index < len(sheet.rows):
        heading = heading_at(sheet.rows, index)
        # Below a first one, two known words may be a row of some other table.
        if heading and (heading.is_of_a_list or headings):
            headings.append((index, heading))
        index += heading.height if heading else 1
    return headings


def _no_list(sheets: Sequence[Sheet]) -> Message:
    wanted = Message("reading.headings-wanted")
    nearest = [(sheet, *nearest_heading(sheet.rows)) for sheet in sheets]
    sheet, number, known, unknown = max(nearest, key=lambda one: len(one[2]), default=(None, 0, [], []))
    for one in sheets if not number else ():
        if (place := place_of_numbers(one.rows)) is not None:
            return Message("reading.no-list-but-numbers", wanted=wanted, place=_on(one, one.column(place)))
    if not sheet or not number:
        return Message("reading.no-list", wanted=wanted)
    return Message(
        "reading.no-list-but-nearest",
        wanted=wanted,
        place=_on(sheet, Message("reading.row", row=str(number))),
        known=_quoted(known),
        unknown=_quoted(unknown[:8]) or Message("reading.nothing-else"),
    )


def _quoted(texts: Sequence[str]) -> tuple[Message, ...]:
    return tuple(Message("reading.quoted", text=text[:30]) for text in texts)


def _unread(one: Unread) -> Message:
    if not one.text:
        return Message("reading.unread", where=one.where, why=one.why)
    return Message("reading.unread-text", where=one.where, text=one.text[:40], why=one.why)


def _repeated(rows: list[AnnouncedRow]) -> Iterator[Message]:
    """Rows that announce one standard twice."""
    for column in (*NUMBERS, "address", RECORD):
        first: dict[str, AnnouncedRow] = {}
        for row in rows:
            if form := numbers.number_key(row.cells.get(column, "")):
                other = first.setdefault(form, row)
                if other is not row:
                    yield Message(
                        "reading.repeated-number",
                        row=row.called,
                        column=ColumnName(column),
                        number=row.cells[column],
                        other=other.called,
                    )
    seen: dict[tuple[tuple[str, str], ...], AnnouncedRow] = {}
    for row in rows:
        if not any(column in row.cells for column in NUMBERS):
            other = seen.setdefault(tuple(sorted(row.cells.items())), row)
            if other is not row:
                yield Message("reading.repeated-row", row=row.called, other=other.called)


def called_row(label: str) -> Message:
    """The editor's name for the row with that label."""
    return Message("reading.row", row=label) if label.isdecimal() else Message("reading.labelled-row", row=label)


def _on(sheet: Sheet, clause: Message) -> Message:
    """`clause`, which is said of `sheet`, with its name where it has one."""
    return Message("reading.on-sheet", sheet=sheet.called, clause=clause) if sheet.name else clause


def _ranges(numbers_of_rows: list[int]) -> tuple[str, ...]:
    """1, 3–5 for [1, 3, 4, 5]."""
    runs: list[list[int]] = []
    for number in numbers_of_rows:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
