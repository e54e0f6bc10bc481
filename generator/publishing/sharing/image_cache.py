"""Pictures, each drawn once and kept until what it shows changes."""

from __future__ import annotations

import functools
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from generator.files.cache import Cache
from generator.publishing.sharing.fonts import fonts

PICTURES = "pictures"
"""The part of the cache that holds the pictures."""


class Picture(Protocol):
    """A file of the site that is drawn.

    Its `repr` tells all that decides how it looks.
    """

    @property
    def file(self) -> str:
        """Its path below the site."""
        ...

    def draw(self) -> bytes:
        """The file. Raises FontError when the machine has no font for it."""
        ...


def key(picture: Picture) -> str:
    """The key of `picture` in the cache.

    It is another one whenever the picture would look otherwise. Raises FontError.
    """
    return f"{PICTURES}/{blake2b(f'{picture!r}{_versions()}'.encode(), digest_size=16).hexdigest()}"


def drawn(picture: Picture, cache: Cache) -> bytes:
    """The file of `picture`, from the `cache`, or drawn and put there. Raises FontError."""
    return cache.get_or_make(key(picture), picture.draw)


@functools.cache
def _versions() -> str:
    """A digest of what draws: other fonts, another version of a library or of this program may draw otherwise."""
    libraries = [f"{name} {version(name)}" for name in ("pillow", "segno", "uniseg")]
    digest = blake2b(f"{libraries} {fonts()}".encode(), digest_size=16)
    for name in ("colours.py", "logo.py", "qr_codes.py", "card_drawing.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
