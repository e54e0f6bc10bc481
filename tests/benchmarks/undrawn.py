"""The command with bytes in the place of pictures: `python -m tests.benchmarks.undrawn build`.

Pictures are drawn once in the life of a record and kept in the cache, which this fills.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from generator.__main__ import commands
from generator.publishing.sharing.card_drawing import Card
from generator.publishing.sharing.qr_codes import QrCode

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


if __name__ == "__main__":
    with undrawn():
        commands(prog_name="python -m generator")
