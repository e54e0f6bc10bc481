"""The command with bytes in the place of pictures: `python -m tests.benchmarks.undrawn build`.

Pictures are drawn once in the life of a record, so that other builds are measured without. `… pages` builds the HTML
pages in three languages alone. Loads nothing else, so that what is measured is the command.
"""

from __future__ import annotations

import sys
from pathlib import Path

from generator import __main__ as program
from generator.files.disk import write
from generator.publishing import build
from generator.publishing.sharing import image_cache
from generator.publishing.targets import pieces

CARD, OTHER = 21_000, 1_500
"""Bytes of a drawn card, and of any other picture, most of which are QR codes."""


def draw_nothing(picture: image_cache.Picture, path: Path) -> None:
    """Write a file as large as the `picture` to `path`."""
    write(path, bytes(CARD if picture.file.startswith("cards/") else OTHER))


def build_pages_alone() -> None:
    """Have builds make nothing but pages, whose links to other files are not verified."""
    build.pieces = lambda *everything: (piece for piece in pieces(*everything) if piece.is_framed)
    build.verify.problems = lambda *_: ()


if __name__ == "__main__":
    image_cache._draw = draw_nothing
    if sys.argv[1:] == ["pages"]:
        build_pages_alone()
        sys.argv[1:] = ["build"]
    program.commands(prog_name="python -m generator")
