"""A file → its compressed twins, for servers that send them as they lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import brotli
import deflate

TEXTS = (".css", ".csv", ".ics", ".js", ".json", ".ndjson", ".svg", ".txt", ".webmanifest", ".xml")
"""Endings of what is compressed here. A page is not: it is small, and a server compresses it while it sends it."""
WORTH_IT = 4000
"""Bytes; a smaller file comes with the first packets as it is."""
_FIXED, _PASSING = 11, 5
"""Brotli's quality for what stays for years, and for what every change of a record makes anew."""


def compressed(name: str, data: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(path, what makes the content) of the twins of the file at the path `name`, which holds `data`; none for what
    is not worth it.

    The same data gives the same bytes: no time of day is in them.
    """
    if not name.endswith(TEXTS) or len(data) < WORTH_IT:
        return
    yield f"{name}.gz", lambda: bytes(deflate.gzip_compress(data, 6))
    quality = _FIXED if name.endswith((".css", ".js")) else _PASSING
    yield f"{name}.br", lambda: brotli.compress(data, brotli.MODE_TEXT, quality)
