"""Compressed twins of the site's files, for servers that send them as they lie there."""

from __future__ import annotations

import gzip
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

TEXTS = frozenset({".css", ".csv", ".html", ".ics", ".js", ".json", ".ndjson", ".svg", ".txt", ".webmanifest", ".xml"})
WORTH_IT = 1400
"""Bytes; a smaller file fits into one packet as it is."""
_PAGE, _BEST = 5, 11
"""Brotli's quality for pages, of which there are many, and for what every reader loads."""


def compress(site: Path) -> None:
    """Write a `.gz` and a `.br` beside each text below the folder `site` that is worth it.

    The same files give the same bytes: no time of day is in them.
    """
    texts = [path for path in site.rglob("*") if path.suffix in TEXTS and path.stat().st_size >= WORTH_IT]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(_compress, texts))


def _compress(path: Path) -> None:
    data = path.read_bytes()
    quality = _BEST if "assets" in path.parts else _PAGE
    for ending, packed in (
        (".gz", gzip.compress(data, 6, mtime=0)),
        (".br", brotli.compress(data, brotli.MODE_TEXT, quality)),
    ):
        path.with_name(path.name + ending).write_bytes(packed)
