"""Pictures, each drawn once and kept until what it shows changes."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol


class Picture(Protocol):
    """A file of the site that is drawn. Its `repr` tells all that decides how it looks."""

    @property
    def file(self) -> str:
        """Its path below the site."""
        ...

    def draw(self) -> bytes:
        """The file."""
        ...


def drawn(picture: Picture, kept: Path) -> Path:
    """The file, in the folder `kept`, of `picture`, which is drawn unless it was before."""
    path = kept / _key(picture)
    if not path.exists():
        _draw(picture, path)
    return path


def _draw(picture: Picture, path: Path) -> None:
    """Draw `picture` into `path`, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_bytes(picture.draw())
    new.rename(path)


def _key(picture: Picture) -> str:
    return hashlib.sha256(f"{picture!r} {_versions()}".encode()).hexdigest()[:32]


@cache
def _versions() -> str:
    """What draws, as a digest: another version of a library, or of this program, may draw otherwise."""
    digest = hashlib.sha256(f"{version('pillow')} {version('segno')} {version('uniseg')}".encode())
    for name in ("social_cards.py", "qr_codes.py", "logo.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
