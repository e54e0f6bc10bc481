"""The tables of web pages, as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import groupby

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from generator.announcing.attachments.attachment import EMPTY, AttachmentError, Cell, Sheet
from generator.announcing.attachments.bounds import MAX_COLUMNS, MAX_TAGS, TOO_MUCH, bound, even
from generator.announcing.attachments.encodings import decoded
from generator.announcing.attachments.shown import Above, Marks, Run, damage_of, short_rows, text_of
from generator.catalogue.messages import Message

_AROUND = 2000
"""Characters that are kept of the text about a table."""
_DECLARED = re.compile(rb"<(?:meta|\?xml)\b[^>]*?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 4096
"""Bytes in which a page says its encoding."""

_UNSEEN = (
    "head",
    "script",
    "style",
    "template",
    "noscript",
    "datalist",
    "iframe",
    "object",
    "svg",
    "rp",
    "rt",
    "title",
)
"""Elements of which a browser shows no text."""
# fmt: off
_INLINE = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr", "o:p", "st1:place",
)
# fmt: on
"""Elements within a line."""
_LOOKS = ("display", "visibility", "text-decoration", "text-decoration-line", "vertical-align", "white-space")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_ELSEWHERE = re.compile(r"@media[^{]*(?:print|max-)[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}|@[\w-]+\s[^{};]*;")
"""Rules for paper and small screens, and those that are no rules for elements."""
_OF_A_MOMENT = re.compile(r"::|:(?!not\(|nth-|first-|last-|only-)")
"""Of a part of an element, or an element while something happens."""

_BREAK = "\v"
"""What is written for the end of a line until the white space about it is gone."""
_SPACE = re.compile(rf"[ \t\r\f\n{_BREAK}]+")
_WIDE = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def html(data: bytes, remarks: list[Message]) -> Iterator[Sheet]:
    """The tables of a saved web page, each a sheet.

    A merged cell is in each place that it covers.
    """
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    text = decoded(data, remarks, declared[1].decode() if declared else "")
    if text.count("<") > MAX_TAGS:
        raise AttachmentError(TOO_MUCH)
    parser = LexborHTMLParser(text)
    _refuse_frames(parser)
    page = _Page(parser)
    yield from page.sheets()
    if not page.count:
        if inner := parser.css_first("iframe[src]"):
            raise AttachmentError(Message("reading.page-with-inner", source=inner.attributes.get("src") or ""))
        raise AttachmentError(Message("reading.page-without-table"))
    remarks += page.remarks()


def _refuse_frames(page: LexborHTMLParser) -> None:
    frames = [frame.attributes.get("src") or "" for frame in page.css("frame")]
    if not frames:
        return
    # Excel keeps the first sheet of a workbook in the first frame.
    raise AttachmentError(Message("reading.frame", source=frames[0]))


class _Page:
    def __init__(self, parser: LexborHTMLParser) -> None:
        self.body = parser.body
        self.around = "\n".join(one.text() for one in parser.css("title, h1, h2, caption"))[:_AROUND]
        self.looks = _looks(parser)
        self.marks = Marks()
        self.above = Above()
        self.hidden: list[str] = []
        self.count = 0

    def sheets(self) -> Iterator[Sheet]:
        """The sheets of all tables, those within another after it."""
        if self.body:
            yield from self._read(self._flow(self.body, Run("")))

    def remarks(self) -> list[Message]:
        """The sentences about what was not read."""
        sentences = self.marks.remark()
        if self.hidden:
            sentences.append(Message("reading.hidden-by-page", count=len(self.hidden), text=self.hidden[0][:40]))
        return sentences

    def _read(self, flow: Iterator[Run | LexborNode]) -> Iterator[Sheet]:
        """The sheets of the tables in `flow`; the text between them stands above the next."""
        for is_text, pieces in groupby(flow, lambda piece: isinstance(piece, Run)):
            if is_text:
                self._note([piece for piece in pieces if isinstance(piece, Run)])
                continue
            for table in pieces:
                if isinstance(table, LexborNode):
                    yield from self._table(table)

    def _note(self, runs: list[Run]) -> None:
        for level, pieces in groupby(runs, lambda run: run.level):
            text = _collapsed("".join(run.text for run in pieces if not run.is_struck))
            for line in [text] if level else text.split("\n"):
                self.above.add(line, level)

    def _flow(self, node: LexborNode, look: Run) -> Iterator[Run | LexborNode]:
        """The runs of text within `node`, and the tables that are no mere frame of one text; it looks as `look`."""
        child = node.first_child
        while child is not None:
            if child.is_text_node:
                text = (child.text_content or "").replace(_BREAK, "").replace("\u00ad", "")
                yield look._replace(text=text.replace("\n", _BREAK) if self._is_as_typed(node) else text)
            elif child.is_element_node and not self._is_hidden(child):
                yield from self._element(child, look)
            child = child.next

    def _element(self, node: LexborNode, look: Run) -> Iterator[Run | LexborNode]:
        tag = node.tag or ""
        if tag == "table" and _is_table(node):
            yield node
        elif tag == "br":
            yield look._replace(text=_BREAK)
        elif tag in ("input", "select"):
            yield look._replace(text=_chosen(node))
        else:
            inner = self._look(node, tag, look)
            is_line = tag not in _INLINE or self._style(node, "display") == "block"
            if is_line:
                yield inner._replace(text=_BREAK)
            yield from self._flow(node, inner)
            if is_line:
                yield inner._replace(text=_BREAK)

    def _look(self, node: LexborNode, tag: str, look: Run) -> Run:
        decoration = self._style(node, "text-decoration") + self._style(node, "text-decoration-line")
        return look._replace(
            is_struck=look.is_struck or tag in ("del", "s", "strike") or "line-through" in decoration,
            is_raised=look.is_raised or tag == "sup" or self._style(node, "vertical-align") == "super",
            level=int(tag[1]) if re.fullmatch("h[1-6]", tag) else look.level,
        )

    def _style(self, node: LexborNode, name: str) -> str:
        return self.looks.get(node.mem_id, {}).get(name, "")

    def _is_as_typed(self, node: LexborNode) -> bool:
        return node.tag == "pre" or self._style(node, "white-space").startswith(("pre", "break-spaces"))

    def _is_hidden(self, node: LexborNode) -> bool:
        return (
            node.tag in _UNSEEN
            or "hidden" in node.attributes
            or (node.tag == "dialog" and "open" not in node.attributes)
            or self._style(node, "display") == "none"
            or self._style(node, "visibility") in ("hidden", "collapse")
        )

    # --- tables -----------------------------------------------------------------------------------------------------

    def _table(self, table: LexborNode) -> Iterator[Sheet]:
        """The sheet of `table`, then those of the tables in its cells."""
        for caption in table.iter():
            if caption.tag == "caption" and not self._is_hidden(caption):
                self._note([piece for piece in self._flow(caption, Run("")) if isinstance(piece, Run)])
        self.count += 1
        sheet = Sheet(f"table {self.count}", [], around=self.around, caption=self.above.take(), number=self.count)
        within: list[list[Run | LexborNode]] = []
        rows, counts = self._grid(table, sheet.called, within)
        sheet.rows = even(sheet.called, rows)
        sheet.short_rows = short_rows(counts)
        yield sheet
        for flow in within:
            yield from self._read(iter(flow))

    def _grid(
        self, table: LexborNode, called: Message, within: list[list[Run | LexborNode]]
    ) -> tuple[list[list[Cell]], list[tuple[int, int]]]:
        """The rows of `table`, and how many (cells, places) each has; cells with tables go to `within`."""
        lines = [row for row in _rows(table) if not self._is_hidden_row(row)]
        rows: list[dict[int, Cell]] = [{} for _ in lines]
        counts: list[int] = []
        below = _rows_of_group(lines)
        for n, line in enumerate(lines):
            place = 0
            elements = [element for element in _cells(line) if not self._is_hidden(element)]
            counts.append(len(elements))
            for element in elements:
                while place in rows[n]:
                    place += 1
                cell = self._cell(element, within)
                width = _span(element, "colspan") or 1
                bound(called, len(rows), place + width)
                for row in rows[n : n + min(_span(element, "rowspan") or below[n], below[n])]:
                    row |= dict.fromkeys(range(place, place + width), cell)
        grid = [[row.get(column, EMPTY) for column in range(max(row, default=-1) + 1)] for row in rows]
        # What hangs down from a row above is a cell of this one too.
        cells = [max(count, len(set(map(id, row.values())))) for count, row in zip(counts, rows, strict=True)]
        return grid, list(zip(cells, map(len, rows), strict=True))

    def _is_hidden_row(self, row: LexborNode) -> bool:
        is_hidden = self._is_hidden(row) or (row.parent is not None and self._is_hidden(row.parent))
        if is_hidden and (text := " ".join(row.text(separator=" ").split())):
            self.hidden.append(text)
        return is_hidden

    def _cell(self, element: LexborNode, within: list[list[Run | LexborNode]]) -> Cell:
        flow = list(self._flow(element, self._look(element, element.tag or "", Run(""))))
        runs = [piece for piece in flow if isinstance(piece, Run)]
        if len(runs) < len(flow):
            within.append(flow)
        text = _collapsed(text_of(runs, self.marks))
        # Excel says so of what it shows of a number.
        is_number = "x:num" in element.attributes and text.isdecimal()
        return Cell(text, damage_of(runs) or ("number" if is_number else "")) if text else EMPTY


def _is_table(table: LexborNode) -> bool:
    """Whether `table` is more than the frame of one text or of other tables."""
    inner = (one for one in table.css("table") if one.mem_id != table.mem_id)
    is_frame = _is_within_cell(table) or any(_is_wide(one) for one in inner)
    return _is_wide(table) or (not is_frame and bool(_rows(table)))


def _is_wide(table: LexborNode) -> bool:
    """Whether `table` has rows and columns."""
    rows = _rows(table)
    return len(rows) > 1 and any(len(_cells(row)) > 1 for row in rows)


def _rows(table: LexborNode) -> list[LexborNode]:
    """The rows of `table` in the order in which they are shown."""
    parts = [(part.tag, part) for part in table.iter() if part.tag in ("tr", "thead", "tbody", "tfoot")]
    parts.sort(key=lambda one: {"thead": 0, "tfoot": 2}.get(one[0] or "", 1))
    rows: list[LexborNode] = []
    for tag, part in parts:
        rows += [part] if tag == "tr" else [row for row in part.iter() if row.tag == "tr"]
    return rows


def _is_within_cell(node: LexborNode) -> bool:
    above = node.parent
    while above is not None and above.tag not in ("td", "th"):
        above = above.parent
    return above is not None


def _cells(row: LexborNode) -> list[LexborNode]:
    return [cell for cell in row.iter() if cell.tag in ("td", "th")]


def _rows_of_group(rows: list[LexborNode]) -> list[int]:
    """How many of `rows` its own part of the table has from each on; no cell hangs down beyond."""
    counts: list[int] = []
    parent = None
    for row in reversed(rows):
        group = row.parent.mem_id if row.parent else None
        counts.append(counts[-1] + 1 if counts and group == parent else 1)
        parent = group
    return counts[::-1]


def _span(element: LexborNode, name: str) -> int:
    text = (element.attributes.get(name) or "1").strip()
    return min(int(text), 1000 if name == "rowspan" else MAX_COLUMNS) if text.isdecimal() else 1


def _chosen(node: LexborNode) -> str:
    """What a field for input shows."""
    if node.tag == "select":
        option = node.css_first("option[selected]") or node.css_first("option")
        return option.text() if option else ""
    is_text = (node.attributes.get("type") or "text") in ("text", "search", "number", "date", "url")
    return (node.attributes.get("value") or "") if is_text else ""


def _collapsed(text: str) -> str:
    """`text` with its white space as a browser shows it.

    A line end of the source is nothing beside a Chinese letter, as CSS Text 3, 4.1.3, lets a browser have it.
    """

    def space(at: re.Match[str]) -> str:
        if _BREAK in at[0]:
            return "\n"
        is_beside = _WIDE.match(text[at.start() - 1 : at.start()]) or _WIDE.match(text[at.end() : at.end() + 1])
        return "" if "\n" in at[0] and is_beside else " "

    return _SPACE.sub(space, text).strip()


def _looks(parser: LexborHTMLParser) -> dict[int, dict[str, str]]:
    """Element → property → value, of those that `_LOOKS` names, as the page's own styles set them."""
    rules: list[tuple[tuple[int, int, int], str, dict[str, str]]] = []
    for style in parser.css("style"):
        text = _ELSEWHERE.sub("", _COMMENT.sub("", style.text()))
        for rule in text.split("}"):
            head, _, body = rule.rpartition("{")
            selectors = re.split("[{;]", head)[-1]
            if properties := _properties(body):
                rules += [
                    (_weight(selector), selector.strip(), properties)
                    for selector in selectors.split(",")
                    if not _OF_A_MOMENT.search(selector)
                ]
    looks: dict[int, dict[str, str]] = {}
    for _, selector, properties in sorted(rules, key=lambda rule: rule[0]):
        # A browser passes over a selector that it does not understand.
        with suppress(SelectolaxError):
            for node in parser.css(selector):
                looks.setdefault(node.mem_id, {}).update(properties)
    for node in parser.css("[style]"):
        looks.setdefault(node.mem_id, {}).update(_properties(node.attributes.get("style") or ""))
    return looks


def _weight(selector: str) -> tuple[int, int, int]:
    """The specificity of `selector`: ids, classes, names of elements."""
    return selector.count("#"), len(re.findall(r"[.\[:]", selector)), len(re.findall(r"(?:^|[\s>+~])\w", selector))


def _properties(body: str) -> dict[str, str]:
    pairs = (declaration.partition(":") for declaration in body.split(";"))
    values = {name.strip().lower(): value.replace("!important", "").strip().lower() for name, _, value in pairs}
    return {name: value for name, value in values.items() if name in _LOOKS}
