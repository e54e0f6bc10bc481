"""The QR code of a short address, for a page and for paper."""

from __future__ import annotations

import io
from dataclasses import dataclass

_BORDER = 4
"""Modules of quiet around the code; ISO/IEC 18004 asks for four."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code as SVG, in which each module is one unit wide."""

    file: str
    """Its path below the site."""
    url: str
    """What it says."""

    def draw(self) -> bytes:
        """The SVG; it can be read after the loss of 15 % of its area."""
        # Few builds draw, and the others should not wait for it.
        import segno

        out = io.BytesIO()
        code = segno.make(self.url, error="m", micro=False, boost_error=False)
        # White below the code: a dark page would hide it from many a reader.
        code.save(out, kind="svg", border=_BORDER, light="#fff", xmldecl=False, svgclass=None, lineclass=None)
        return out.getvalue()
