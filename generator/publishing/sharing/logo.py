"""The mark of the site, three waves for three places, drawn into pictures and as icons."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw

WAVES = (6.5, 12, 17.5)
"""Where each wave begins, from the top, on a field of 24 × 24; the same as in overrides/assets/images/mark.svg."""
_WAVE = (((0, 0), (4.5, -3), (6.5, 3), (11, 0)), ((11, 0), (13.7, -1.8), (15.6, -1.4), (18, 0)))
_WIDTH = 2.4
_SHARP = 4
"""Drawn so many times larger, then reduced: Pillow draws lines without soft edges."""
WATER, PAPER = (0x0B, 0x5F, 0x63), (0xF5, 0xF4, 0xEF)


def draw_mark(pen: ImageDraw.ImageDraw, at: tuple[float, float], side: int, colour: int | tuple[int, ...]) -> None:
    """Draw the mark in the square of `side` pixels whose upper left corner is `at`."""
    left, top = at
    scale = side / 24
    mask = Image.new("L", (side * _SHARP, side * _SHARP), 0)
    fine, unit = ImageDraw.Draw(mask), scale * _SHARP
    radius = _WIDTH * unit / 2
    for start in WAVES:
        points = [((3 + x) * unit, (start + y) * unit) for x, y in _curve()]
        fine.line(points, 255, round(_WIDTH * unit), joint="curve")
        for x, y in (points[0], points[-1]):
            fine.ellipse((x - radius, y - radius, x + radius, y + radius), 255)
    pen.bitmap((round(left), round(top)), mask.resize((side, side), Image.LANCZOS), colour)


def _curve(steps: int = 24) -> Iterator[tuple[float, float]]:
    """Points along one wave, from its two cubic Bézier curves."""
    for a, b, c, d in _WAVE:
        for n in range(steps + 1):
            t = n / steps
            shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            yield tuple(sum(s * p[k] for s, p in zip(shares, (a, b, c, d), strict=True)) for k in (0, 1))


@dataclass(frozen=True, slots=True)
class Icon:
    """The mark as an icon of `side` × `side` pixels, filled to the edge, so that any mask may be cut from it."""

    file: str
    side: int

    def draw(self) -> bytes:
        picture = Image.new("RGB", (self.side, self.side), PAPER)
        mark = round(self.side * 0.62)
        draw_mark(ImageDraw.Draw(picture), ((self.side - mark) / 2,) * 2, mark, WATER)
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
