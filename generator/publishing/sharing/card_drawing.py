"""The picture that a chat shows of a link, drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from generator.publishing.sharing.colours import INK, PALE, PAPER, QUIET, WATER
from generator.publishing.sharing.fonts import Font, fonts
from generator.publishing.sharing.logo import draw_logo

SIZE = (1200, 630)
"""Pixels, in the shape that Open Graph's readers ask for (https://ogp.me)."""

_STEP = 17
"""A card has 16 levels, so that two pixels take one byte."""
_INK, _WATER, _QUIET, _PALE, _PAPER = (_STEP * n for n in (0, 4, 7, 13, 15))
_RAMP = ((_INK, INK), (_WATER, WATER), (_QUIET, QUIET), (_PALE, PALE), (_PAPER, PAPER))
"""(level, its colour). A card is drawn in levels of one ramp, which makes it small and quick; between two levels the
colours run into each other, as the edges of letters do."""
_MARGIN = 72
_WIDTH = SIZE[0] - 2 * _MARGIN
"""That of every text, in pixels."""
_BAND = 432
"""Where the band at the bottom begins, from the top."""
_LARGEST = 150
_LEADING = 1.3
_GAP = 64
"""Between two titles in one row; a line stands in its middle."""
_BREADTH = 100
"""The size at which the breadth of a text is taken; at other sizes it is in proportion."""

Phrase = tuple[str, str]
"""A few words, and the language whose forms of characters they are in."""
Phrases = tuple[Phrase, ...]
"""What stands in one row, if it fits."""
Units = list[tuple[str, float]]
"""The pieces of a text between which a line may break, with the breadth of each."""


class Lettering(NamedTuple):
    """How a text is set."""

    size: int
    """The height of its letters in pixels."""
    weight: str
    """`regular` or `bold`."""


@dataclass(frozen=True, slots=True)
class Card:
    """The card of one link."""

    file: str
    """Its path below the site."""
    site: Phrases
    """The name of the site, beside the logo."""
    above: Phrases
    """A few words over the titles."""
    large: Phrases
    """The titles that are set large."""
    small: Phrases
    """The titles beneath them, in the other languages."""
    below: Phrases
    """A few words under the titles."""
    verdicts: Phrases
    """What is to be known first, once or in each language."""
    notes: Phrases
    """What else is to be known: beneath a single verdict, else one beside each."""
    day: str
    """Up to when it tells the list, in the upper right corner, where no note says it."""
    is_in_use: bool
    """Whether what it tells of still holds; otherwise the band is as dark as ink."""

    def draw(self) -> bytes:
        """The card, as PNG. Raises FontError when the machine has no font for it."""
        picture = Image.new("L", SIZE, _PAPER)
        pen = ImageDraw.Draw(picture)
        draw_logo(pen, (_MARGIN - 8, 40), 64, _WATER)
        _write_row(pen, (_MARGIN + 74, 72), self.site, _bold(34), _INK)
        pen.text((SIZE[0] - _MARGIN, 72), self.day, _QUIET, _face(_font("en", "regular"), 26), anchor="rm")
        top = 128
        if self.above:
            _write_row(pen, (_MARGIN, top + 22), self.above, _regular(30), _WATER)
            top += 52
        end = self._write_titles(pen, top, _BAND - top - (70 if self.below else 20))
        _write_row(pen, (_MARGIN, end + 34), self.below, _regular(36), _QUIET)
        pen.rectangle((0, _BAND, *SIZE), _WATER if self.is_in_use else _INK)
        if len(self.verdicts) == 1:
            self._write_verdict(pen)
        else:
            self._write_verdicts(pen)
        picture = picture.point([level // _STEP for level in range(256)])
        picture.putpalette(_palette())
        out = io.BytesIO()
        # Of flat areas, runs of one level make as small a file as patterns do, in a third of the time.
        picture.save(out, "PNG", compress_type=Image.core.RLE, bits=4)
        return out.getvalue()

    def _write_titles(self, pen: ImageDraw.ImageDraw, top: int, room: int) -> int:
        """Write the titles as one, as large as the `room` lets them be; the height at which they end."""
        size = _LARGEST
        while True:
            style, lesser = _bold(size), _regular(min(size, max(44, round(size * 0.4))))
            rows = [(row, style) for row in _rows(self.large, style)]
            rows += [(row, lesser) for row in _rows(self.small, lesser)]
            if sum(style.size for _, style in rows) * _LEADING <= room or size == 1:
                break
            size = min(size - 1, int(size * 0.95))
        y = float(top)
        for row, style in rows:
            height = style.size * _LEADING
            _write_row(pen, (_MARGIN, y + height / 2), row, style, _INK)
            y += height
        return round(y)

    def _write_verdict(self, pen: ImageDraw.ImageDraw) -> None:
        """Write the only verdict, and the notes beneath it."""
        rows = []
        for (words, language), style, height in (
            (self.verdicts[0], _bold(42), 100),
            *((note, _regular(29), 76) for note in self.notes),
        ):
            size, lines = fitted(words, _font(language, style.weight), style.size, _WIDTH, height)
            rows += [(((line, language),), style._replace(size=size)) for line in lines]
        y = (_BAND + SIZE[1] - sum(style.size for _, style in rows) * _LEADING) / 2
        for row, style in rows:
            _write_row(pen, (_MARGIN, y + style.size * _LEADING / 2), row, style, _PAPER)
            y += style.size * _LEADING

    def _write_verdicts(self, pen: ImageDraw.ImageDraw) -> None:
        """Write the verdict of each language, and its note beside it."""
        for n, (words, note) in enumerate(zip(self.verdicts, self.notes, strict=True)):
            y = _BAND + 45 + 54 * n
            _write_row(pen, (_MARGIN, y), (words,), _bold(32), _PAPER, width=590)
            _write_row(pen, (_MARGIN + 620, y), (note,), _regular(24), _PALE, width=_WIDTH - 620)


def _rows(phrases: Phrases, style: Lettering) -> list[Phrases]:
    """The rows of `phrases`: one where they fit side by side, otherwise the lines of each."""
    if _breadth(phrases, style, _GAP) <= _WIDTH:
        return [phrases] if phrases else []
    return [
        ((line, language),)
        for words, language in phrases
        for line in _even_lines(_units(words, _font(language, style.weight), _WIDTH / style.size), _WIDTH / style.size)
    ]


def _breadth(row: Phrases, style: Lettering, gap: float) -> float:
    """The breadth of `row` with a `gap` between its phrases."""
    letters = sum(_measured(words, _font(language, style.weight)) for words, language in row)
    return letters * style.size + gap * (len(row) - 1)


def _write_row(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    row: Phrases,
    style: Lettering,
    level: int,
    *,
    width: float = _WIDTH,
) -> None:
    """Write `row` rightwards from `at`, half-way up its letters; smaller where it is broader than `width`."""
    x, y = at
    gap = style.size if style.size < 40 else _GAP
    if (used := _breadth(row, style, gap)) > width:
        style, gap = style._replace(size=int(style.size * width / used)), int(gap * width / used)
    for n, (words, language) in enumerate(row):
        if n:
            half = style.size * 0.42
            pen.line((x - gap / 2, y - half, x - gap / 2, y + half), _PALE, 2)
        face = _face(_font(language, style.weight), style.size)
        pen.text((x, y), words, level, face, anchor="lm")
        x += face.getlength(words) + gap


def fitted(text: str, font: Font, largest: int, width: int, height: float) -> tuple[int, list[str]]:
    """The greatest size at which `text` fits, and its lines.

    They go into `width` × `height` pixels; the size is `largest` at most. The lines are as even as they can be. A line
    breaks where Unicode's rules let it (UAX #14); nothing is left out.
    """
    size = largest
    if _measured(text, font) * size <= width and size * _LEADING <= height:
        return size, [text]
    units = _units(text, font, width / largest)
    while len(_lines(units, width / size)) * size * _LEADING > height and size > 1:
        size = min(size - 1, int(size * 0.94))
    return size, _even_lines(units, width / size)


def _even_lines(units: Units, breadth: float) -> list[str]:
    """The lines of `units`, no more than the `breadth` asks for, and as even as they can be."""
    lines = _lines(units, breadth)
    broadest = max((breadth for _, breadth in units), default=breadth)
    while breadth > broadest and len(narrower := _lines(units, breadth * 0.97)) == len(lines):
        lines, breadth = narrower, breadth * 0.97
    return lines


def _units(text: str, font: Font, widest: float) -> Units:
    """The pieces of `text` that stay together; letter by letter where one is broader than `widest`."""
    units = []
    for unit, breadth in _unbroken(text, font):
        if breadth > widest:
            units += [(letter, _measured(letter, font)) for letter in unit]
        else:
            units.append((unit, breadth))
    return units


@lru_cache(maxsize=50)
def _unbroken(text: str, font: Font) -> Units:
    """The pieces of `text` that stay together, however broad."""
    # Its tables take a while to load, and few builds draw.
    from uniseg.linebreak import line_break_units

    return [(unit, _measured(unit, font)) for unit in line_break_units(" ".join(text.split()))]


@lru_cache(maxsize=5_000)
def _measured(text: str, font: Font) -> float:
    """The breadth of `text` at a size of 1."""
    return _face(font, _BREADTH).getlength(text) / _BREADTH


def _lines(units: Units, width: float) -> list[str]:
    """The lines of `units`, (text, its breadth), that are at most `width` broad."""
    lines, line, used = [], "", 0.0
    for unit, breadth in units:
        if line and used + breadth > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + unit, used + breadth
    return [*lines, line] if line else lines


def _bold(size: int) -> Lettering:
    return Lettering(size, "bold")


def _regular(size: int) -> Lettering:
    return Lettering(size, "regular")


def _font(language: str, weight: str) -> Font:
    return _fonts()[language, weight]


@cache
def _fonts() -> dict[tuple[str, str], Font]:
    return fonts()


@cache
def _face(font: Font, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.file, size, index=font.index)


@cache
def _palette() -> bytes:
    """The colour of each level, three bytes each."""
    colours = []
    for (start, first), (end, last) in pairwise(_RAMP):
        for level in range(start, end, _STEP):
            share = (level - start) / (end - start)
            colours += [round(a + (b - a) * share) for a, b in zip(first, last, strict=True)]
    return bytes([*colours, *PAPER])
