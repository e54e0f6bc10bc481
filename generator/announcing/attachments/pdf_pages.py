"""What one page of a PDF shows: letters, lines, grounds."""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from ctypes import c_double, c_float, c_int, c_uint, c_void_p, cast
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from generator.announcing.attachments.attachment import AttachmentError
from generator.announcing.attachments.bounds import MAX_LETTERS, TOO_MUCH
from generator.catalogue.messages import Message

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the upper left corner of the page as it is shown."""
Line = tuple[float, float, float]
"""Where a line stands across its own direction, where it starts, where it ends."""

_Pointer = Any
"""To something of a page, as the reader of PDFs gives it."""

THIN = 3.5
"""Points up to which a painted rectangle is a line."""
_MOST_LINES = 60_000
"""Pieces of lines of a page: dotted borders are many."""
_A4 = (0.0, 0.0, 595.0, 842.0)
_BAND = 20
"""Points of a page from top to bottom that are looked through at once."""
_SAMPLE = 7
"""One letter of so many tells how a page is turned."""
_ASLANT = 3
"""Degrees."""
_WHITE = (255, 255, 255)
_DEEPEST = 8
"""Drawings within drawings."""
_INVISIBLE = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_SPACES = frozenset([9, 10, 13, 32, 0xA0])
_END_HYPHEN = 2
"""What the reader of PDFs makes of a hyphen at the end of a line."""
_NO_LETTER = "\ufffd"
_MARKS = {
    pdfium.FPDF_ANNOT_FREETEXT: Message("reading.mark-note"),
    pdfium.FPDF_ANNOT_INK: Message("reading.mark-drawing"),
    pdfium.FPDF_ANNOT_LINE: Message("reading.mark-line"),
    pdfium.FPDF_ANNOT_STAMP: Message("reading.mark-stamp"),
    pdfium.FPDF_ANNOT_TEXT: Message("reading.mark-note"),
    pdfium.FPDF_ANNOT_WIDGET: Message("reading.mark-field"),
}
"""What may be laid over a page, and is no part of it."""


@dataclass(slots=True)
class Letter:
    """One letter where it is shown."""

    text: str
    box: Box
    base: float
    """Of its line, growing from one line to the next."""
    start: float
    """On its line, growing in the direction of reading."""
    end: float
    size: float
    """Height of its font, in points."""
    x: float
    """Its middle, from the left."""
    y: float
    """Its middle, from the top."""
    source: int = 0
    """Which text of the page it is painted with."""
    is_struck: bool = False


@dataclass(slots=True)
class Ground:
    """A coloured rectangle."""

    box: Box
    colour: tuple[int, int, int]
    order: int
    """Of painting, among all objects of the page."""


@dataclass(slots=True)
class PrintedPage:
    """One page as it is shown."""

    number: int
    width: float
    height: float
    room: float
    """Between a Chinese letter and another of a line, where it stands for a space; as a part of their size."""
    letters: list[Letter] = field(default_factory=list)
    across: list[Line] = field(default_factory=list)
    """Lines from left to right."""
    down: list[Line] = field(default_factory=list)
    """Lines from top to bottom."""
    grounds: list[Ground] = field(default_factory=list)
    hidden: str = ""
    """Letters that the file holds and the page does not show."""
    slanting: str = ""
    """Letters that stand aslant, such as a watermark's."""
    marks: list[Message] = field(default_factory=list)
    """What is laid over it, and is not read."""
    has_picture: bool = False
    """Whether a picture takes a good part of it."""


@dataclass(slots=True)
class _Text:
    """A text object of a page."""

    order: int
    is_hidden: bool
    colour: tuple[int, int, int]
    clip: Box


def read_page(page: pypdfium2.PdfPage, number: int, room: float) -> PrintedPage:
    """What `page`, the one of that `number` from 1, shows.

    `room` is that of a space beside a Chinese letter, as a part of its size.

    Raises AttachmentError for a drawing.
    """
    return _PageReader(page, number, room).read()


class _PageReader:
    def __init__(self, page: pypdfium2.PdfPage, number: int, room: float) -> None:
        self.source, self.text = page, page.get_textpage()
        self.rotation = self._turn()
        self.left, self.bottom, self.right, self.top = page.get_cropbox() or page.get_mediabox() or _A4
        width, height = self.right - self.left, self.top - self.bottom
        if self.rotation in (90, 270):
            width, height = height, width
        self.page = PrintedPage(number, width, height, room)
        self.texts: dict[int, _Text] = {}
        self.grounds: dict[int, list[Ground]] = defaultdict(list)
        self.struck: list[Line] = []

    def read(self) -> PrintedPage:
        """The page."""
        order = 0
        for n in range(pdfium.FPDFPage_CountObjects(self.source.raw)):
            for item, matrix in _parts(pdfium.FPDFPage_GetObject(self.source.raw, n), pypdfium2.PdfMatrix()):
                order += 1
                self._take(item, matrix, order)
            if len(self.page.across) + len(self.page.down) > _MOST_LINES:
                raise AttachmentError(Message("reading.drawing-on-page", page=self.page.number))
        self._read_marks()
        self._read_letters()
        self._strike()
        return self.page

    def _turn(self) -> int:
        """The degrees, clockwise, by which the page is turned for most of its letters to stand upright."""
        matrix = pdfium.FS_MATRIX()
        turns: Counter[int] = Counter()
        for n in range(0, pdfium.FPDFText_CountChars(self.text.raw), _SAMPLE):
            if pdfium.FPDFText_IsGenerated(self.text.raw, n) != 1:
                pdfium.FPDFText_GetMatrix(self.text.raw, n, matrix)
                turns[round(_angle(matrix) / 90)] += 1
        return -90 * turns.most_common(1)[0][0] % 360 if turns else self.source.get_rotation()

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        """The place on the page as it is shown of a place in the file."""
        match self.rotation:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
            case _:
                return x - self.left, self.top - y

    def _box(self, left: float, bottom: float, right: float, top: float) -> Box:
        return _around([self._shown(left, bottom), self._shown(right, top)])

    # --- lines ------------------------------------------------------------------------------------------------------

    def _take(self, item: _Pointer, matrix: pypdfium2.PdfMatrix, order: int) -> None:
        match pdfium.FPDFPageObj_GetType(item):
            case pdfium.FPDF_PAGEOBJ_PATH:
                self._take_path(item, matrix, order)
            case pdfium.FPDF_PAGEOBJ_TEXT:
                *colour, opacity = _colour(item)
                mode = pdfium.FPDFTextObj_GetTextRenderMode(item)
                is_hidden = mode in _INVISIBLE or (mode == pdfium.FPDF_TEXTRENDERMODE_FILL and not opacity)
                self.texts[_address(item)] = _Text(
                    order, is_hidden, (colour[0], colour[1], colour[2]), self._clip(item)
                )
            case pdfium.FPDF_PAGEOBJ_IMAGE:
                x0, y0, x1, y1 = self._bounds(item)
                if (x1 - x0) * (y1 - y0) > 0.25 * self.page.width * self.page.height:
                    self.page.has_picture = True

    def _bounds(self, item: _Pointer) -> Box:
        sides = [c_float() for _ in range(4)]
        pdfium.FPDFPageObj_GetBounds(item, *sides)
        return self._box(*(side.value for side in sides))

    def _take_path(self, item: _Pointer, matrix: pypdfium2.PdfMatrix, order: int) -> None:
        fill, stroke = c_int(), c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        *colour, opacity = _colour(item)
        matrix = _matrix(item).multiply(matrix)
        for points in _outlines(item):
            corners = [self._shown(*matrix.on_point(*point)) for point in points]
            box = x0, y0, x1, y1 = _around(corners)
            if fill.value and opacity:
                if y1 - y0 <= THIN:
                    self.page.across.append(((y0 + y1) / 2, x0, x1))
                if x1 - x0 <= THIN:
                    self.page.down.append(((x0 + x1) / 2, y0, y1))
                if min(x1 - x0, y1 - y0) > THIN and opacity == 255 and not pdfium.FPDFPageObj_HasTransparency(item):
                    self.page.grounds.append(Ground(box, (colour[0], colour[1], colour[2]), order))
            if stroke.value:
                for (ax, ay), (bx, by) in pairwise(corners):
                    if abs(ay - by) < 1 and abs(ax - bx) > 1:
                        self.page.across.append(((ay + by) / 2, min(ax, bx), max(ax, bx)))
                    elif abs(ax - bx) < 1 and abs(ay - by) > 1:
                        self.page.down.append(((ax + bx) / 2, min(ay, by), max(ay, by)))

    def _clip(self, item: _Pointer) -> Box:
        """The part of the page to which `item` is cut."""
        clip: Box = (0, 0, self.page.width, self.page.height)
        path = pdfium.FPDFPageObj_GetClipPath(item)
        x, y = c_float(), c_float()
        for n in range(max(pdfium.FPDFClipPath_CountPaths(path), 0)):
            points = []
            for m in range(pdfium.FPDFClipPath_CountPathSegments(path, n)):
                pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(path, n, m), x, y)
                points.append(self._shown(x.value, y.value))
            if points:
                x0, y0, x1, y1 = _around(points)
                clip = (max(clip[0], x0), max(clip[1], y0), min(clip[2], x1), min(clip[3], y1))
        return clip

    def _read_marks(self) -> None:
        """Note what is laid over the page; a line through words is as good as one that is printed."""
        rectangle = pdfium.FS_RECTF()
        for n in range(pdfium.FPDFPage_GetAnnotCount(self.source.raw)):
            mark = pdfium.FPDFPage_GetAnnot(self.source.raw, n)
            kind = pdfium.FPDFAnnot_GetSubtype(mark)
            if pdfium.FPDFAnnot_GetFlags(mark) & (pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW):
                continue
            if kind == pdfium.FPDF_ANNOT_STRIKEOUT:
                pdfium.FPDFAnnot_GetRect(mark, rectangle)
                x0, y0, x1, y1 = self._box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
                self.struck.append(((y0 + y1) / 2, x0, x1))
            elif kind in _MARKS:
                self.page.marks.append(_MARKS[kind])
            pdfium.FPDFPage_CloseAnnot(mark)

    # --- letters ----------------------------------------------------------------------------------------------------

    def _read_letters(self) -> None:
        page, raw = self.page, self.text.raw
        for ground in page.grounds:
            for n in range(int(ground.box[1] // _BAND), int(ground.box[3] // _BAND) + 1):
                self.grounds[n].append(ground)
        last: dict[str, Letter] = {}
        loose, matrix, x, y = pdfium.FS_RECTF(), pdfium.FS_MATRIX(), c_double(), c_double()
        count = pdfium.FPDFText_CountChars(raw)
        if count > MAX_LETTERS:
            raise AttachmentError(TOO_MUCH)
        for n in range(count):
            character = _character(raw, n)
            if not character:
                continue
            pdfium.FPDFText_GetLooseCharBox(raw, n, loose)
            pdfium.FPDFText_GetCharOrigin(raw, n, x, y)
            pdfium.FPDFText_GetMatrix(raw, n, matrix)
            ink = self._box(loose.left, loose.bottom, loose.right, loose.top)
            size = pdfium.FPDFText_GetFontSize(raw, n) * math.hypot(matrix.c, matrix.d)
            turn = (_angle(matrix) + self.rotation) % 360
            letter = _letter(character, self._shown(x.value, y.value), turn, size, ink)
            if letter:
                letter.source = _address(pdfium.FPDFText_GetTextObject(raw, n))
            if letter is None:
                page.slanting += character
            elif character != " " and self._is_hidden(letter):
                page.hidden += character
            elif not _is_again(letter, last.get(character)):
                last[character] = letter
                page.letters.append(letter)

    def _is_hidden(self, letter: Letter) -> bool:
        """Whether nobody who looks at the page sees `letter`."""
        text = self.texts.get(letter.source)
        if text is None:
            return False
        x, y = letter.x, letter.y
        x0, y0, x1, y1 = text.clip
        if text.is_hidden or not (x0 <= x <= x1 and y0 <= y <= y1):
            return True
        ground = _WHITE
        for one in self.grounds[int(y // _BAND)]:
            if one.box[0] <= x <= one.box[2] and one.box[1] <= y <= one.box[3]:
                if one.order > text.order:
                    return True
                ground = one.colour
        # On a picture anything may be seen.
        return not self.page.has_picture and _is_one_colour(text.colour, ground)

    def _strike(self) -> None:
        """Note which letters a line runs through, and take these lines, and those below words, from those of tables."""
        bands: dict[int, list[Letter]] = defaultdict(list)
        for letter in self.page.letters:
            for n in range(int(letter.box[1] // _BAND), int(letter.box[3] // _BAND) + 1):
                bands[n].append(letter)

        sides = sorted(line[0] for line in self.page.down)

        def is_of_letters(line: Line) -> bool:
            """Whether `line` runs through letters, or is drawn below them alone."""
            y, x0, x1 = line
            near = [one for one in bands[int(y // _BAND)] if x0 - 1 <= one.x <= x1 + 1 and one.text != " "]
            through = [one for one in near if -0.66 < (y - one.box[3]) / one.size + 0.12 < -0.14]
            if _width(through) > 0.3 * (x1 - x0):
                for one in through:
                    one.is_struck = True
                return True
            below = [one for one in near if -0.02 < (y - one.box[3]) / one.size + 0.12 < 0.25]
            at = bisect_left(sides, x0 - 1)
            return _width(below) > 0.9 * (x1 - x0) and not (at < len(sides) and sides[at] <= x0 + 1)

        self.page.across = [line for line in self.page.across if not is_of_letters(line)]
        for line in self.struck:
            is_of_letters(line)


def _width(letters: list[Letter]) -> float:
    return sum(one.box[2] - one.box[0] for one in letters)


def _address(item: _Pointer) -> int:
    return cast(item, c_void_p).value or 0


def _letter(text: str, origin: tuple[float, float], turn: float, size: float, ink: Box) -> Letter | None:
    """A letter of a font of that `size`, turned clockwise by `turn` degrees; None for one that stands aslant."""
    if abs(turn - 90 * round(turn / 90)) > _ASLANT:
        return None
    x, y = origin
    x0, y0, x1, y1 = ink
    match round(turn / 90) % 4:
        case 0:
            base, start, first, end = y, x, x0, x1
        case 1:
            base, start, first, end = -x, y, y0, y1
        case 2:
            base, start, first, end = -y, -x, -x1, -x0
        case _:
            base, start, first, end = x, -y, -y1, -y0
    # The reader of PDFs knows only the ink of some letters: there is as much room behind it as before.
    end = start + size if is_wide(text) else min(max(end + first - start, start), start + 2 * size)
    top, bottom = base - 0.88 * size, base + 0.12 * size
    match round(turn / 90) % 4:
        case 0:
            box = (start, top, end, bottom)
        case 1:
            box = (-bottom, start, -top, end)
        case 2:
            box = (-end, -bottom, -start, -top)
        case _:
            box = (top, -end, bottom, -start)
    return Letter(text, box, base, start, end, size, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _angle(matrix: _Pointer) -> float:
    """The degrees, clockwise, by which a letter is turned; one that leans is not."""
    return math.degrees(-math.atan2(matrix.b, matrix.a))


def is_wide(text: str) -> bool:
    """Whether `text` is a letter as wide as it is high."""
    return bool(text) and unicodedata.east_asian_width(text) in "WF"


def _is_one_colour(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return abs(one[0] - other[0]) < 20 and abs(one[1] - other[1]) < 20 and abs(one[2] - other[2]) < 20


def _is_again(letter: Letter, last: Letter | None) -> bool:
    """Whether `letter` is painted over the `last` of its kind, which makes it bold."""
    if last is None or letter.source == last.source:
        return False
    near = 0.2 * letter.size
    return abs(letter.x - last.x) < near and abs(letter.y - last.y) < near


def _character(text: _Pointer, n: int) -> str:
    """The letter at `n`; '' where the page has none, but the reader of PDFs adds one."""
    code = pdfium.FPDFText_GetUnicode(text, n)
    if code in _SPACES:
        return "" if pdfium.FPDFText_IsGenerated(text, n) == 1 else " "
    # A hyphen at the end of a line would be taken away, as if the word went on.
    if code == _END_HYPHEN and pdfium.FPDFText_IsHyphen(text, n) == 1:
        return "-"
    if code <= _END_HYPHEN or pdfium.FPDFText_HasUnicodeMapError(text, n) == 1:
        return _NO_LETTER
    return chr(code)


def _parts(
    item: _Pointer, outer: pypdfium2.PdfMatrix, depth: int = 0
) -> Iterator[tuple[_Pointer, pypdfium2.PdfMatrix]]:
    """Each object that `item` is made of, with the matrix that brings what holds it onto the page."""
    if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_FORM:
        yield item, outer
    elif depth < _DEEPEST:
        own = _matrix(item).multiply(outer)
        for n in range(pdfium.FPDFFormObj_CountObjects(item)):
            yield from _parts(pdfium.FPDFFormObj_GetObject(item, n), own, depth + 1)


def _matrix(item: _Pointer) -> pypdfium2.PdfMatrix:
    raw = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(item, raw)
    return pypdfium2.PdfMatrix.from_raw(raw)


def _outlines(path: _Pointer) -> Iterator[list[tuple[float, float]]]:
    """The points of each part of `path`, in its own coordinates."""
    points: list[tuple[float, float]] = []
    x, y = c_float(), c_float()
    for n in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, n)
        if pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points
            points = []
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        points.append((x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points


def _colour(item: _Pointer) -> tuple[int, int, int, int]:
    """Red, green, blue, opacity, each up to 255."""
    parts = [c_uint(), c_uint(), c_uint(), c_uint(255)]
    pdfium.FPDFPageObj_GetFillColor(item, *parts)
    red, green, blue, opacity = (part.value for part in parts)
    return red, green, blue, opacity


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)
