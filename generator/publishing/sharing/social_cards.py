"""Social cards: the picture that a chat shows of a link."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from generator.catalogue.figures import figures_of
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Batch, Catalogue, Field, Shared, Standard
from generator.publishing.pages.addresses import address_of
from generator.publishing.pages.sentences import field_about, numbers, verdict, when
from generator.publishing.sharing.colours import INK, PALE, PAPER, QUIET, WATER
from generator.publishing.sharing.fonts import Font, fonts
from generator.publishing.sharing.logo import draw_logo

CARDS = "cards/"
SIZE = (1200, 630)
"""Pixels, in the shape that Open Graph's readers ask for (https://ogp.me)."""

_INK, _WATER, _QUIET, _PALE, _PAPER = 0, 70, 110, 225, 255
_RAMP = ((_INK, INK), (_WATER, WATER), (_QUIET, QUIET), (_PALE, PALE), (_PAPER, PAPER))
"""(level, its colour). A card is drawn in levels of one ramp, which makes it small and quick; between two levels the
colours run into each other, as the edges of letters do."""
_MARGIN = 80
_FOOT = 160
"""The height of the foot in pixels."""
_SMALL = 38
_LARGEST = 108
_LEADING = 1.3
_BREADTH = 100
"""The size at which the breadth of a text is taken; at other sizes it is in proportion."""


@dataclass(frozen=True, slots=True)
class Card:
    """The card of one page."""

    file: str
    """Its path below the site."""
    language: str
    """The tag of the language whose forms of characters it shows."""
    site: str
    """The name of the site, beside the logo."""
    above: str
    """A few words over the title, or ''."""
    title: str
    title_language: str
    """That of the forms of its characters, where the page's language has no title."""
    below: str
    """A few words under the title, or ''."""
    foot: str
    """A sentence at the bottom."""
    as_of: str
    """Up to when it tells the list, in the upper right corner."""

    def draw(self) -> bytes:
        """The card, as PNG. Raises FontError when the machine has no font for it."""
        faces = fonts()
        regular, bold = faces[self.language, "regular"], faces[self.language, "bold"]
        titling = faces[self.title_language, "bold"]
        width, height = SIZE
        breadth, foot = width - 2 * _MARGIN, height - _FOOT
        picture = Image.new("L", SIZE, _PAPER)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, width, 14), _WATER)
        draw_logo(pen, (_MARGIN - 6, 52), 64, _WATER)
        pen.text((_MARGIN + 72, 84), self.site, _INK, _face(bold, 36), anchor="lm")
        pen.text((width - _MARGIN, 84), self.as_of, _QUIET, _face(regular, 26), anchor="rm")
        pen.line((_MARGIN, foot, width - _MARGIN, foot), _PALE, 2)
        _write(pen, _fitted_foot(self.foot, regular, breadth), regular, (_MARGIN, foot + 22), _QUIET)
        top = 150
        if self.above:
            pen.text((_MARGIN, top + 35), self.above, _WATER, _face(regular, _SMALL), anchor="lm")
            top += 70
        room = foot - top - (90 if self.below else 30)
        end = _write(pen, fitted(self.title, titling, _LARGEST, breadth, room), titling, (_MARGIN, top), _INK)
        pen.text((_MARGIN, end + 36), self.below, _INK, _face(regular, _SMALL), anchor="lm")
        picture.putpalette(_palette())
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=6)
        return out.getvalue()


def cards(subject: Shared | Catalogue, announced_up_to: date, labels: dict[str, Labels]) -> Iterator[Card]:
    """The cards of a record, or of the list, in each language.

    Standards that were announced later than `announced_up_to` are not told of.
    """
    path = "home" if isinstance(subject, Catalogue) else address_of(subject).strip("/")
    for language in LANGUAGES:
        words = labels[language]
        file = f"{CARDS}{language}/{path}.png"
        as_of = words("as_of_announced", announced=announced_up_to)
        yield Card(file, language, words("site_name"), *_texts(subject, words), as_of)


def _texts(subject: Shared | Catalogue, words: Labels) -> tuple[str, str, str, str, str]:
    """What stands above the title, the title, its language, what stands below it, and the foot."""
    language = words.language
    match subject:
        case Catalogue():
            count = figures_of(subject)
            landing = words("landing_figures", announced=count.announced, recorded=count.recorded)
            return "", words("site_title"), language, landing, words("home_sentence")
        case Standard():
            fields = words("list_comma").join(place.field.name[language].words for place in subject.fields)
            title = subject.title[language]
            return fields, title.words, title.language, numbers(subject, words), verdict(subject, words)
        case Field():
            below = words("standards_count", count=len(subject.standards)) if subject.standards else ""
            return words("field"), subject.name[language].words, language, below, field_about(subject, words)
        case Batch():
            added = words("batch_added", count=subject.standards_added, total=subject.standards_total)
            return words("batch"), subject.name[language].words, language, when(subject, words), added


def _write(pen: ImageDraw.ImageDraw, text: tuple[int, list[str]], font: Font, at: tuple[int, int], level: int) -> int:
    """Write `text`, a size with lines, from the upper left corner `at`; the height at which it ends."""
    left, top = at
    size, lines = text
    for n, line in enumerate(lines):
        pen.text((left, top + round((n + 0.5) * size * _LEADING)), line, level, _face(font, size), anchor="lm")
    return top + round(len(lines) * size * _LEADING)


@lru_cache
def _fitted_foot(text: str, font: Font, width: int) -> tuple[int, list[str]]:
    # The feet of most standards say the same.
    return fitted(text, font, 36, width, 98)


def fitted(text: str, font: Font, largest: int, width: int, height: int) -> tuple[int, list[str]]:
    """The greatest size at which `text` fits, and its lines.

    They go into `width` × `height` pixels; the size is `largest` at most. The lines are as even as they can be. A line
    breaks where Unicode's rules let it (UAX #14); nothing is left out.
    """
    face = _face(font, _BREADTH)
    units = [(unit, face.getlength(unit) / _BREADTH) for unit in _units(text, face, width / largest * _BREADTH)]
    size = largest
    while len(lines := _lines(units, width / size)) * size * _LEADING > height and size > 1:
        size = min(size - 1, int(size * 0.94))
    breadth = width / size
    while len(narrower := _lines(units, breadth * 0.97)) == len(lines) and breadth > 1:
        lines, breadth = narrower, breadth * 0.97
    return size, lines


def _units(text: str, face: ImageFont.FreeTypeFont, widest: float) -> Iterator[str]:
    """The pieces of `text` that stay together; letter by letter where a piece is broader than a line."""
    # Its tables take a while to load, and few builds draw.
    from uniseg.linebreak import line_break_units

    for unit in line_break_units(" ".join(text.split())):
        if face.getlength(unit) > widest:
            yield from unit
        else:
            yield unit


def _lines(units: list[tuple[str, float]], width: float) -> list[str]:
    """The lines of `units`, (text, its breadth), that are at most `width` broad."""
    lines, line, used = [], "", 0.0
    for unit, breadth in units:
        if line and used + breadth > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + unit, used + breadth
    return [*lines, line] if line else lines


@cache
def _face(font: Font, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font.file, size, index=font.index)


@cache
def _palette() -> bytes:
    """The colour of each level, three bytes each."""
    colours = []
    for (start, first), (end, last) in pairwise(_RAMP):
        for level in range(start, end):
            share = (level - start) / (end - start)
            colours += [round(a + (b - a) * share) for a, b in zip(first, last, strict=True)]
    return bytes([*colours, *PAPER])
