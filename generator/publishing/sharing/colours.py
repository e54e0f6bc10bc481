"""The colours that pictures, icons and the frame have in common."""

from __future__ import annotations

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255 each."""

WATER: Colour = (0x0B, 0x5F, 0x63)
"""`--water` of the style sheets, in the light."""
PAPER: Colour = (0xF5, 0xF4, 0xEF)
"""`--shade` of the style sheets, in the light."""
INK: Colour = (0x12, 0x25, 0x28)
QUIET: Colour = (0x4A, 0x6B, 0x6D)
PALE: Colour = (0xC9, 0xDB, 0xD6)


def css(colour: Colour) -> str:
    """`colour` as a style sheet writes it, `#0b5f63`."""
    return "#" + bytes(colour).hex()
