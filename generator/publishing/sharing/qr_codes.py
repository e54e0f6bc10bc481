"""The QR code of a short address, for a page, for a slide and for paper."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import segno

PIXELS = 20
"""Of a module in the PNG: some 700 pixels in all, enough for print at 6 cm."""
BORDER = 4
"""Modules of quiet around the code; ISO/IEC 18004 asks for four."""


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code of the address `url`; `file` ends in .svg or .png, and so it is drawn."""

    file: str
    url: str

    def draw(self) -> bytes:
        out = io.BytesIO()
        made = code(self.url)
        if self.file.endswith(".svg"):
            # White below the code: a dark page would hide it from many a reader.
            made.save(out, kind="svg", border=BORDER, light="#fff", xmldecl=False, svgclass=None, lineclass=None)
        else:
            made.save(out, kind="png", scale=PIXELS, border=BORDER)
        return out.getvalue()


def code(url: str) -> segno.QRCode:
    """The QR code of `url`, which survives the loss of 15 % of its area."""
    # Few builds draw, and the others should not wait for it.
    import segno

    return segno.make(url, error="m", micro=False, boost_error=False)
