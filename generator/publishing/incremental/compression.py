"""A file → its compressed copies, for servers that send them as they lie there."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import brotli
import deflate

from generator.files.cache import Cache

TEXTS = (".css", ".csv", ".ics", ".js", ".json", ".ndjson", ".svg", ".txt", ".webmanifest", ".xml")
"""Endings of what is compressed here. A page is not: it is small, and a server compresses it while it sends it."""
WORTH_IT = 4000
"""Bytes; a smaller file comes with the first packets as it is."""
LASTING = (".css", ".js")
"""Endings of what stays for years, and is worth the highest quality."""
_HIGHEST, _QUICK = 11, 5
"""Brotli's quality for that, and for what every change of a record makes anew."""


def compressed_copies(name: str, data: bytes, content: str, cache: Cache) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(path, what makes the content) of each compressed copy of a file.

    `name` is the file's path, `data` what it holds, `content` the fingerprint of that. There are none of what is not
    worth it. The same data gives the same bytes: no time of day is in them.
    """
    if not name.endswith(TEXTS) or len(data) < WORTH_IT:
        return
    yield f"{name}.gz", lambda: bytes(deflate.gzip_compress(data, 6))
    if name.endswith(LASTING):
        key = f"compressed/{content}.br"
        yield f"{name}.br", lambda: cache.get_or_make(key, lambda: brotli.compress(data, brotli.MODE_TEXT, _HIGHEST))
    else:
        yield f"{name}.br", lambda: brotli.compress(data, brotli.MODE_TEXT, _QUICK)
