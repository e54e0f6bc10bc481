"""The tables of Word documents, as Word shows them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from lxml.etree import _Element as Element

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet
from generator.announcing.attachments.bounds import bound, even
from generator.announcing.attachments.open_xml import part, relation
from generator.announcing.attachments.shown import Above, Marks, Run, cell_of, short_rows, text_of
from generator.catalogue.messages import Message

_AROUND = 2000
"""Characters that are kept of the text about a table."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_TRACKED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")}
_FOREIGN = {f"{_W}altChunk", f"{_W}subDoc"}
"""Parts that Word takes from other files when it opens a document."""
_UNSEEN = {f"{_W}rt", f"{_W}instrText", f"{_W}delText", f"{_W}sdtPr", f"{_W}tblPr", f"{_W}trPr", f"{_W}tcPr", _FALLBACK}
"""Elements of which a viewer shows no text; what is a fallback stands there twice."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_AS_SPACES = str.maketrans("\n\r", "  ")
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_LOOKS = ("strike", "dstrike", "vanish")
_PICTURES = {"{http://schemas.openxmlformats.org/drawingml/2006/main}blip", "{urn:schemas-microsoft-com:vml}imagedata"}
_COUNTED = re.compile(r"%(\d)")

Style = dict[str, bool]


class Level(NamedTuple):
    """How Word counts the paragraphs of one level of a list."""

    start: int
    form: str
    text: str


def docx(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The tables of a Word document, each a sheet.

    A merged cell is in each place that it covers. Raises AttachmentError for a document that shows more than one
    state of its text.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        document = _Document(archive)
    yield from document.sheets()
    remarks += document.remarks()


class _Document:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        main = relation(archive, "", "officeDocument") or "word/document.xml"
        self.root = part(archive, main)
        if self.root.tag != f"{_W}document":
            raise ValueError("its text is missing")
        _refuse_unsettled(self.root)
        styles, numbering = relation(archive, main, "styles"), relation(archive, main, "numbering")
        self.styles = _Styles(part(archive, styles) if styles else None)
        self.counters = _Counters(part(archive, numbering) if numbering else None)
        self.marks, self.above = Marks(), Above()
        self.fields: list[bool] = []
        """Of each field that is begun, whether its result is."""
        self.count = self.unread_numbers = 0
        edges = [part(archive, one) for one in archive.namelist() if re.match(r"word/(header|footer)\d*\.xml", one)]
        paragraphs = (one for root in [self.root, *edges] for one in root.iter(f"{_W}p"))
        lines = [_line(one) for one in paragraphs if not _is_in_cell(one)]
        self.around = "\n".join(filter(None, lines))[:_AROUND]

    def sheets(self) -> Iterator[Sheet]:
        """The sheets of all tables, those within another after it."""
        yield from self._read(self._flow(self.root, "", {}))
        if self.count:
            return
        if any(one.tag in _PICTURES for one in self.root.iter()):
            raise AttachmentError(Message("reading.word-with-pictures"))
        raise AttachmentError(Message("reading.word-without-table"))

    def remarks(self) -> list[Message]:
        """The sentences about what was not read."""
        sentences = self.marks.remark()
        if self.unread_numbers:
            sentences.append(Message("reading.word-numbers", count=self.unread_numbers))
        if pictures := sum(one.tag in _PICTURES and _is_in_cell(one) for one in self.root.iter()):
            sentences.append(Message("reading.word-pictures", count=pictures))
        return sentences

    def _read(self, flow: Iterator[Run | Element]) -> Iterator[Sheet]:
        """The sheets of the tables in `flow`; the text between them stands above the next."""
        for is_text, pieces in groupby(flow, lambda piece: isinstance(piece, Run)):
            if not is_text:
                for table in pieces:
                    if not isinstance(table, Run):
                        yield from self._table(table)
                continue
            runs = [piece for piece in pieces if isinstance(piece, Run) and not piece.is_struck]
            for level, group in groupby(runs, lambda run: run.level):
                for line in text_of(group, self.marks).split("\n"):
                    self.above.add(line, level)

    # --- text -------------------------------------------------------------------------------------------------------

    def _flow(self, node: Element, paragraph_style: str, look: Style, level: int = 0) -> Iterator[Run | Element]:
        """The runs of text within `node`, and its tables; `look` is that of a table's style."""
        for child in node:
            if child.tag in _UNSEEN or not isinstance(child.tag, str):
                continue
            if child.tag == f"{_W}tbl" and _is_table(child):
                yield child
            elif child.tag == f"{_W}p":
                yield from self._paragraph(child, look)
            elif child.tag == f"{_W}r":
                yield from self._run(child, paragraph_style, look, level)
            elif child.tag == f"{_MATH}t":
                yield Run(child.text or "", level=level)
            elif child.tag == f"{_W}sdt" and child.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
                continue
            else:
                yield from self._flow(child, paragraph_style, look, level)

    def _paragraph(self, paragraph: Element, look: Style) -> Iterator[Run | Element]:
        style = _value(paragraph.find(f"{_W}pPr/{_W}pStyle")) or self.styles.default
        level = self.styles.heading(paragraph, style)
        pieces = list(self._flow(paragraph, style, look, level))
        if number := self.counters.number(paragraph, self.styles.numbering(style)):
            # A number that stands alone is the whole text of the cell.
            if any(isinstance(piece, Run) and piece.text.strip() for piece in pieces):
                self.unread_numbers += _is_in_cell(paragraph)
            else:
                yield Run(number)
        yield Run("\n", level=level)
        yield from pieces
        yield Run("\n", level=level)

    def _run(self, run: Element, paragraph_style: str, look: Style, level: int) -> Iterator[Run | Element]:
        properties = run.find(f"{_W}rPr")
        looks = self.styles.look(properties, paragraph_style, look)
        is_raised = properties is not None and _value(properties.find(f"{_W}vertAlign")) == "superscript"
        for child in run:
            if child.tag == f"{_W}fldChar":
                self._field(child.get(f"{_W}fldCharType") or "")
            elif all(self.fields) and not looks.get("vanish"):
                text = _text(child)
                if text:
                    is_struck = looks.get("strike", False) or looks.get("dstrike", False)
                    yield Run(text, is_struck, is_raised, level)
                elif len(child) and child.tag not in _UNSEEN:
                    # A text box, or what stands for it.
                    yield from self._flow(child, paragraph_style, look, level)

    def _field(self, sign: str) -> None:
        if sign == "begin":
            self.fields.append(False)
        elif self.fields and sign == "separate":
            self.fields[-1] = True
        elif self.fields:
            self.fields.pop()

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Sheet]:
        """The sheet of `table`, then those of the tables in its cells."""
        self.count += 1
        sheet = Sheet(f"table {self.count}", [], around=self.around, caption=self.above.take(), number=self.count)
        look = self.styles.looks.get(_value(table.find(f"{_W}tblPr/{_W}tblStyle")), {})
        within: list[list[Run | Element]] = []
        counts: list[tuple[int, int]] = []
        hidden: list[int] = []
        for row in _within(table, "tr"):
            above = sheet.rows[-1] if sheet.rows else []
            cells, count = self._row(row, above, look, within)
            bound(sheet.called, len(sheet.rows) + 1, len(cells))
            sheet.rows.append(cells)
            counts.append((count, sum(cell is not _NO_CELL for cell in cells)))
            if _is_on(row.find(f"{_W}trPr/{_W}hidden")):
                hidden.append(len(sheet.rows))
        sheet.rows = even(sheet.called, sheet.rows)
        sheet.short_rows, sheet.hidden_rows = short_rows(counts), frozenset(hidden)
        yield sheet
        for flow in within:
            yield from self._read(iter(flow))

    def _row(
        self, row: Element, above: list[Cell], look: Style, within: list[list[Run | Element]]
    ) -> tuple[list[Cell], int]:
        """The cells of `row` in their places, and how many it has; those with tables go to `within`."""
        before = int(_value(row.find(f"{_W}trPr/{_W}gridBefore")) or 0)
        bound(Message("reading.a-table"), 0, before)
        cells: list[Cell] = [_NO_CELL] * before
        elements = list(_within(row, "tc"))
        for element in elements:
            width = int(_value(element.find(f"{_W}tcPr/{_W}gridSpan")) or 1)
            bound(Message("reading.a-table"), 0, len(cells) + width)
            if _goes_on(element, "hMerge") and cells:
                cell = cells[-1]
            elif _goes_on(element, "vMerge") and len(cells) < len(above):
                cell = above[len(cells)]
            else:
                cell = self._cell(element, look, within)
            cells += [cell] * width
        return cells, len(elements)

    def _cell(self, element: Element, look: Style, within: list[list[Run | Element]]) -> Cell:
        flow = list(self._flow(element, "", look))
        runs = [piece for piece in flow if isinstance(piece, Run)]
        if len(runs) < len(flow):
            within.append(flow)
        cell = cell_of(runs, self.marks)
        return cell if cell.text else Cell()


_NO_CELL = EMPTY
"""What stands in a place for which a row has no cell."""


def _refuse_unsettled(root: Element) -> None:
    """Raise AttachmentError for a document that is read in one way, and shown in another."""
    tags = {one.tag for one in root.iter()}
    if tags & _TRACKED:
        raise AttachmentError(Message("reading.tracked-changes"))
    if tags & _FOREIGN:
        raise AttachmentError(Message("reading.other-parts"))


def _line(paragraph: Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(f"{_W}t") if not _is_in_fallback(text)).strip()


def _text(node: Element) -> str:
    """The text of one piece of a run."""
    name = str(node.tag).removeprefix(_W)
    if name == "t":
        text = (node.text or "").translate(_AS_SPACES)
        return text if node.get(_SPACE) == "preserve" else text.strip()
    if name == "sym":
        # A sign of a font of signs has a place in the private use area.
        return chr(int(node.get(f"{_W}char") or "FFFD", 16))
    return _SIGNS.get(name, "")


def _within(node: Element, name: str) -> Iterator[Element]:
    """The rows of a table or cells of a row, within whatever wraps them."""
    for child in node:
        if child.tag == f"{_W}{name}":
            yield child
        elif child.tag not in (f"{_W}tr", f"{_W}tc", f"{_W}tbl"):
            yield from _within(child, name)


def _is_table(table: Element) -> bool:
    """Whether `table` is more than the frame of one text or of other tables."""
    is_frame = _is_in_cell(table) or any(_is_wide(one) for one in table.iter(f"{_W}tbl") if one is not table)
    return _is_wide(table) or not is_frame


def _is_wide(table: Element) -> bool:
    """Whether `table` has rows and columns."""
    rows = [len(list(_within(row, "tc"))) for row in _within(table, "tr")]
    return len(rows) > 1 and max(rows) > 1


def _is_in_cell(node: Element) -> bool:
    return next(node.iterancestors(f"{_W}tc"), None) is not None


def _is_in_fallback(node: Element) -> bool:
    return next(node.iterancestors(_FALLBACK), None) is not None


def _goes_on(cell: Element, name: str) -> bool:
    """Whether `cell` is the further part of a merged one."""
    merged = cell.find(f"{_W}tcPr/{_W}{name}")
    return merged is not None and _value(merged) != "restart"


def _value(node: Element | None) -> str:
    return "" if node is None else node.get(f"{_W}val") or ""


def _is_on(node: Element | None) -> bool:
    return node is not None and _value(node) not in ("0", "false", "off", "none")


class _Styles:
    """The looks that a document names."""

    def __init__(self, root: Element | None) -> None:
        self.looks: dict[str, Style] = {}
        self.default = ""
        self.levels: dict[str, int] = {}
        self.lists: dict[str, Element] = {}
        styles = {} if root is None else {one.get(f"{_W}styleId") or "": one for one in root.iter(f"{_W}style")}
        for name, style in styles.items():
            if style.get(f"{_W}type") == "paragraph" and style.get(f"{_W}default") in ("1", "true", "on"):
                self.default = name
            self._take(name, styles)

    def _take(self, name: str, styles: dict[str, Element]) -> None:
        """Note what the style `name` is like, after the ones on which it is based."""
        chain: list[str] = []
        while name in styles and name not in chain and len(chain) < 12:
            chain.append(name)
            name = _value(styles[name].find(f"{_W}basedOn"))
        look: Style = {}
        for one in reversed(chain):
            look |= _own_look(styles[one].find(f"{_W}rPr"))
            if (level := styles[one].find(f"{_W}pPr/{_W}outlineLvl")) is not None:
                self.levels[chain[0]] = int(_value(level) or 9) + 1
            if (numbers := styles[one].find(f"{_W}pPr/{_W}numPr")) is not None:
                self.lists[chain[0]] = numbers
        if chain:
            self.looks[chain[0]] = look

    def look(self, properties: Element | None, paragraph_style: str, of_table: Style) -> Style:
        """The look of a run with `properties` in a paragraph of that style."""
        of_paragraph = self.looks.get(paragraph_style, {})
        own = {} if properties is None else _own_look(properties)
        name = "" if properties is None else _value(properties.find(f"{_W}rStyle"))
        of_run = self.looks.get(name, {})
        # What two styles switch on, one within the other, is off again (ISO/IEC 29500-1, 17.7.3).
        styled = {one: of_paragraph.get(one, False) != of_run.get(one, False) for one in _LOOKS}
        return {one: own.get(one, styled[one] or of_table.get(one, False)) for one in _LOOKS}

    def heading(self, paragraph: Element, style: str) -> int:
        """The level of the heading that `paragraph` is, from 1; 0 for none."""
        own = paragraph.find(f"{_W}pPr/{_W}outlineLvl")
        level = self.levels.get(style, 0) if own is None else int(_value(own) or 9) + 1
        return level if level < 10 else 0

    def numbering(self, style: str) -> Element | None:
        """How paragraphs of that style are numbered."""
        return self.lists.get(style)


def _own_look(properties: Element | None) -> Style:
    if properties is None:
        return {}
    return {one: _is_on(node) for one in _LOOKS if (node := properties.find(f"{_W}{one}")) is not None}


class _Counters:
    """The numbers that Word itself writes before paragraphs."""

    def __init__(self, root: Element | None) -> None:
        self.levels: dict[str, dict[int, Level]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.lists: dict[str, str] = {}
        self.anew: set[str] = set()
        """The lists that begin to count anew."""
        if root is None:
            return
        for one in root.iter(f"{_W}abstractNum"):
            self.levels[one.get(f"{_W}abstractNumId") or ""] = {
                int(level.get(f"{_W}ilvl") or 0): Level(
                    int(_value(level.find(f"{_W}start")) or 1),
                    _value(level.find(f"{_W}numFmt")) or "decimal",
                    _value(level.find(f"{_W}lvlText")),
                )
                for level in one.iter(f"{_W}lvl")
            }
        for one in root.iter(f"{_W}num"):
            name = one.get(f"{_W}numId") or ""
            self.lists[name] = _value(one.find(f"{_W}abstractNumId"))
            if next(one.iter(f"{_W}startOverride"), None) is not None:
                self.anew.add(name)

    def number(self, paragraph: Element, of_style: Element | None) -> str:
        """The number of `paragraph`, counted in figures; '' for none."""
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        if (numbers := of_style if own is None else own) is None:
            return ""
        list_name, place = _value(numbers.find(f"{_W}numId")), int(_value(numbers.find(f"{_W}ilvl")) or 0)
        name = self.lists.get(list_name, "")
        levels = self.levels.get(name, {})
        if place not in levels:
            return ""
        counts = self.counts[name]
        if list_name in self.anew:
            counts.clear()
            self.anew.remove(list_name)
        counts[place] = counts.get(place, levels[place].start - 1) + 1
        for deeper in [one for one in counts if one > place]:
            del counts[deeper]
        if levels[place].form != "decimal":
            return ""
        return _COUNTED.sub(lambda at: str(counts.get(int(at[1]) - 1, 1)), levels[place].text)
