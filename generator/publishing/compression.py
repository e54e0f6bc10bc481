"""A file → its compressed twins, for servers that send them as they lie there."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import brotli

TEXTS = frozenset({".css", ".csv", ".html", ".ics", ".js", ".json", ".ndjson", ".svg", ".txt", ".webmanifest", ".xml"})
ENDINGS = (".gz", ".br")
WORTH_IT = 4000
"""Bytes; a smaller file comes with the first packets as it is."""
_PAGE, _BEST = 4, 11
"""Brotli's quality for pages, of which there are many, and for what every reader loads."""


def compressed(file: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    """(ending, content) of the twins of `file`, which holds `data`; none for what is not worth it.

    The same data gives the same bytes: no time of day is in them.
    """
    if file.suffix in TEXTS and len(data) >= WORTH_IT:
        yield ".gz", gzip.compress(data, 6, mtime=0)
        yield ".br", brotli.compress(data, brotli.MODE_TEXT, _BEST if "assets" in file.parts else _PAGE)
