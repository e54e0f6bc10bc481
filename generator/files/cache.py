"""Files that outlast a build, each under a fingerprint of its sources."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from generator.files.disk import files_below, read_if_there, write_whole
from generator.files.seal import sealed, unsealed

CACHE = ".cache"
"""The folder of the cache in a project. Git ignores it, and it may be deleted at any time."""


class Cache:
    """Entries (key → bytes) in a folder.

    An entry that was damaged is as good as none.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """The entry under `key`, a relative path.

        None where there is none, or a damaged one.
        """
        return unsealed(key, read_if_there(f"{self._folder}/{key}"))

    def put(self, key: str, content: bytes) -> None:
        """Keep `content` under `key`.

        A disk that refuses it costs time in the next build, and nothing else.
        """
        with suppress(OSError):
            write_whole(f"{self._folder}/{key}", sealed(key, content))

    def get_or_make(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The entry under `key`, which `make` makes where there is none."""
        content = self.get(key)
        if content is None:
            self.put(key, content := make())
        return content

    def remove_others(self, folder: str, keys: Collection[str]) -> None:
        """Remove the entries below `folder`, a part of the cache, that are not among `keys`."""
        with suppress(OSError):
            for name in list(files_below(self._folder / folder)):
                if f"{folder}/{name}" not in keys:
                    (self._folder / folder / name).unlink()
