"""What a chat shows of a link: a picture of each standard, field, announcement and home page, in each language."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from PIL import Image, ImageDraw, ImageFont

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Batch, Catalogue, Field, Shared, Standard
from generator.publishing.pages.page import address_of, figures, short_of
from generator.publishing.pages.sentences import numbers, verdict, when
from generator.publishing.sharing.fonts import Font, fonts
from generator.publishing.sharing.logo import draw_mark
from generator.publishing.sharing.qr_codes import code

CARDS = "cards/"
WIDE = (1200, 630)
"""The shape that Open Graph's readers ask for."""
SQUARE = (1080, 1080)

_PAPER, _INK, _WATER, _QUIET, _PALE = 255, 0, 70, 110, 225
_RAMP = {0: (0x12, 0x25, 0x28), 70: (0x0B, 0x5F, 0x63), 110: (0x4A, 0x6B, 0x6D), 225: (0xC9, 0xDB, 0xD6)}
"""Level → colour. A card is drawn in levels of one ramp, which makes it small and quick; between two levels the
colours run into each other, as the edges of letters do."""
_MARGIN = 80
_LARGEST = 108
_LEADING = 1.3
_BREADTH = 100
"""The size at which the breadth of a text is taken; at other sizes it is in proportion."""


@dataclass(frozen=True, slots=True)
class Card:
    """One picture, `size` in pixels. `site` is the site's name, `above` a few words over the `title`, `below` those
    under it, `foot` a sentence at the bottom; a square one shows the QR code of `url`, with the words `scan`."""

    file: str
    size: tuple[int, int]
    site: str
    above: str
    title: str
    below: str
    foot: str
    url: str
    scan: str
    regular: Font
    bold: Font

    def draw(self) -> bytes:
        """The picture, as PNG."""
        width, height = self.size
        picture = Image.new("L", self.size, _PAPER)
        pen = ImageDraw.Draw(picture)
        pen.rectangle((0, 0, width, 14), _WATER)
        draw_mark(pen, (_MARGIN - 6, 52), 64, _WATER)
        pen.text((_MARGIN + 72, 84), self.site, _INK, _face(self.bold, 36), anchor="lm")
        is_square = width == height
        foot = height - (430 if is_square else 160)
        if is_square:
            self._draw_code(picture, pen)
        else:
            pen.line((_MARGIN, foot, width - _MARGIN, foot), _PALE, 2)
        self._draw_text(pen, self.foot, self.regular, 36, (_MARGIN, foot + 22, width - 2 * _MARGIN, 98), _QUIET)
        top = 150
        if self.above:
            pen.text((_MARGIN, top + 35), self.above, _WATER, _face(self.regular, 38), anchor="lm")
            top += 70
        room = (_MARGIN, top, width - 2 * _MARGIN, foot - top - (90 if self.below else 30))
        end = self._draw_text(pen, self.title, self.bold, _LARGEST, room, _INK)
        pen.text((_MARGIN, end + 36), self.below, _INK, _face(self.regular, 38), anchor="lm")
        picture.putpalette(_palette())
        out = io.BytesIO()
        picture.save(out, "PNG", compress_level=6)
        return out.getvalue()

    def _draw_code(self, picture: Image.Image, pen: ImageDraw.ImageDraw) -> None:
        width, height = self.size
        made = code(self.url)
        rows = [bytes(0 if module else 255 for module in row) for row in made.matrix_iter(border=4)]
        side = 290 // len(rows) * len(rows)
        drawn = Image.frombytes("L", (len(rows), len(rows)), b"".join(rows)).resize((side, side), Image.NEAREST)
        picture.paste(drawn, (width - _MARGIN - side, height - 40 - side))
        left = width - 2 * _MARGIN - side - 40
        pen.text((_MARGIN, height - 190), self.scan, _WATER, _face(self.bold, 34), anchor="lm")
        address = self.url.partition("://")[2]
        self._draw_text(pen, address, self.regular, 28, (_MARGIN, height - 160, left, 110), _QUIET)

    def _draw_text(
        self, pen: ImageDraw.ImageDraw, text: str, font: Font, largest: int, room: tuple[int, int, int, int], level: int
    ) -> int:
        """Write `text` into `room` (left, top, width, height), smaller where it would not fit; where it ends."""
        left, top, width, height = room
        size, lines = fitted(text, font, largest, width, height)
        for n, line in enumerate(lines):
            pen.text((left, top + round((n + 0.5) * size * _LEADING)), line, level, _face(font, size), anchor="lm")
        return top + round(len(lines) * size * _LEADING)


def cards(about: Shared | Catalogue, labels: dict[str, Labels], site_url: str) -> Iterator[Card]:
    """The cards of a record, or of the list, wide and square. Raises FontError when the machine has no font for
    them."""
    found = fonts()
    path, url = ("home", "") if isinstance(about, Catalogue) else (address_of(about).strip("/"), short_of(about))
    for language in LANGUAGES:
        t = labels[language]
        for folder, size in (("", WIDE), ("square/", SQUARE)):
            yield Card(
                file=f"{CARDS}{folder}{language}/{path}.png",
                size=size,
                site=t("site_name"),
                url=site_url + url,
                scan=t("scan"),
                **_words(about, t),
                regular=found[language, "regular"],
                bold=found[language, "bold"],
            )


def _words(about: Shared | Catalogue, t: Labels) -> dict[str, str]:
    """What the card says."""
    language = t.language
    match about:
        case Catalogue():
            held = figures(about)
            return {
                "above": "",
                "title": t("site_title"),
                "below": t("landing_figures", announced=held.announced, recorded=held.recorded),
                "foot": t("home_sentence"),
            }
        case Standard():
            return {
                "above": about.field.name[language].words if about.field else "",
                "title": about.title[language].words,
                "below": "   ".join(numbers(about, language)),
                "foot": verdict(about, t),
            }
        case Field():
            return {
                "above": t("field"),
                "title": about.name[language].words,
                "below": t("standards_count", count=len(about.standards)) if about.standards else "",
                "foot": about.about[language],
            }
        case Batch():
            return {
                "above": t("batch"),
                "title": about.name[language].words,
                "below": when(about, t),
                "foot": t("batch_added", count=about.standards_added, total=about.standards_total),
            }


def fitted(text: str, font: Font, largest: int, width: int, height: int) -> tuple[int, list[str]]:
    """The greatest size, up to `largest`, at which `text` goes into `width` × `height` pixels, and its lines there,
    as even as they can be. A line breaks where Unicode's rules let it (UAX #14); nothing is ever left out."""
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
    stops = sorted((_RAMP | {255: (0xF5, 0xF4, 0xEF)}).items())
    colours = []
    for (start, first), (end, last) in pairwise(stops):
        for level in range(start, end):
            share = (level - start) / (end - start)
            colours += [round(a + (b - a) * share) for a, b in zip(first, last, strict=True)]
    return bytes(colours + list(stops[-1][1]))
