"""The command with bytes in the place of pictures: `python -m tests.benchmarks.undrawn build`.

Pictures are drawn once in the life of a record, so that other builds are measured without. `… pages` builds the HTML
pages in three languages alone. Loads nothing else, so that what is measured is the command.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from generator import __main__ as program
from generator.publishing import build
from generator.publishing.sharing.qr_codes import QrCode
from generator.publishing.sharing.social_cards import Card
from generator.publishing.targets import pieces

SIZES = {Card: 21_000, QrCode: 1_500}
"""Bytes of a picture once it is drawn."""


@contextmanager
def undrawn() -> Iterator[None]:
    """Pictures are mere bytes meanwhile, as many as they would be."""
    draw = {kind: kind.draw for kind in SIZES}
    for kind, size in SIZES.items():
        kind.draw = lambda _, size=size: bytes(size)
    try:
        yield
    finally:
        for kind in SIZES:
            kind.draw = draw[kind]


def build_pages_alone() -> None:
    """Have builds make nothing but pages, whose links to other files are not verified."""
    build.pieces = lambda *everything: (piece for piece in pieces(*everything) if piece.is_framed)
    build.verify.problems = lambda *_: ()


if __name__ == "__main__":
    if sys.argv[1:] == ["pages"]:
        build_pages_alone()
        sys.argv[1:] = ["build"]
    with undrawn():
        program.commands(prog_name="python -m generator")
