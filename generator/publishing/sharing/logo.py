"""The logo of the site, three waves for three places."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageDraw

from generator.publishing.sharing.colours import PAPER, WATER, Colour

WAVES = (6.5, 12, 17.5)
"""Where each wave begins, from the top, on a field of 24 × 24; the same as in the SVG drawings of the logo."""
STROKE = 2.4
"""The breadth of a wave on that field; the same as in the SVG drawings."""
_WAVE = (((0, 0), (4.5, -3), (6.5, 3), (11, 0)), ((11, 0), (13.7, -1.8), (15.6, -1.4), (18, 0)))
_SHARP = 4
"""Drawn so many times larger, then reduced: Pillow draws lines without soft edges."""


def draw_logo(pen: ImageDraw.ImageDraw, at: tuple[float, float], side: int, colour: int | Colour) -> None:
    """Draw the logo in the square of `side` pixels whose upper left corner is `at`."""
    left, top = at
    pen.bitmap((round(left), round(top)), _mask(side), colour)


@cache
def _mask(side: int) -> Image.Image:
    """Where the waves are on a square of `side` pixels."""
    mask = Image.new("L", (side * _SHARP, side * _SHARP), 0)
    pen, unit = ImageDraw.Draw(mask), side / 24 * _SHARP
    radius = STROKE * unit / 2
    for start in WAVES:
        points = [((3 + x) * unit, (start + y) * unit) for x, y in _curve()]
        pen.line(points, 255, round(STROKE * unit), joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    return mask.resize((side, side), Image.Resampling.LANCZOS)


def _curve(steps: int = 24) -> Iterator[tuple[float, float]]:
    """Points along one wave, from its two cubic Bézier curves."""
    for (ax, ay), (bx, by), (cx, cy), (dx, dy) in _WAVE:
        for n in range(steps + 1):
            t = n / steps
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


@dataclass(frozen=True, slots=True)
class Icon:
    """The logo as an icon, filled to the edge.

    Any mask may be cut from it.
    """

    file: str
    """Its path below the site; it ends in .ico or .png, and so the icon is drawn."""
    side: int
    """Its breadth and height in pixels."""

    def draw(self) -> bytes:
        """The icon, as ICO or PNG."""
        picture = Image.new("RGB", (self.side, self.side), PAPER)
        logo = round(self.side * 0.62)
        start = (self.side - logo) / 2
        draw_logo(ImageDraw.Draw(picture), (start, start), logo, WATER)
        out = io.BytesIO()
        picture.save(out, "ICO" if self.file.endswith(".ico") else "PNG")
        return out.getvalue()


ICONS = tuple(
    Icon(file, side)
    for file, side in (
        ("favicon.ico", 32),
        ("assets/images/icon-180.png", 180),
        ("assets/images/icon-192.png", 192),
        ("assets/images/icon-512.png", 512),
    )
)
"""For browsers that take no SVG, Apple's home screen, and the web manifest."""
