"""Pictures, each drawn once and kept until what it shows changes."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from typing import Protocol

WORTH_A_PROCESS = 200
"""So many pictures are drawn in the time that further processes need to start."""


class Picture(Protocol):
    """A file of the site that is drawn. Its `repr` tells all that decides how it looks."""

    @property
    def file(self) -> str:
        """Its path below the site."""
        ...

    def draw(self) -> bytes:
        """The file."""
        ...


def identity(pictures: Iterable[Picture]) -> str:
    """What decides all `pictures`, as a digest."""
    return hashlib.sha256("".join(map(_key, pictures)).encode()).hexdigest()


def place(pictures: Iterable[Picture], site: Path, kept: Path) -> int:
    """Put every picture into the folder `site`; how many were drawn for it.

    The folder `kept` holds those drawn before, and afterwards exactly these.
    """
    kept.mkdir(parents=True, exist_ok=True)
    keyed = {_key(picture): picture for picture in pictures}
    before = {path.name for path in kept.iterdir()}
    missing = [(picture, kept / key) for key, picture in keyed.items() if key not in before]
    processes = os.cpu_count() or 1
    if len(missing) < WORTH_A_PROCESS or processes == 1:
        for picture, path in missing:
            _draw(picture, path)
    else:
        # Spawned, as this process may run threads: a server's, a progress bar's.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            list(pool.map(_draw, *zip(*missing, strict=True), chunksize=20))
    for folder in {(site / picture.file).parent for picture in keyed.values()}:
        folder.mkdir(parents=True, exist_ok=True)
    for key, picture in keyed.items():
        link_or_copy(kept / key, site / picture.file)
    for name in before - keyed.keys():
        (kept / name).unlink()
    return len(missing)


def link_or_copy(file: Path, other: Path) -> None:
    """Have `other` hold what `file` holds, without writing it again where the disk can do that. Neither may be
    written into from then on, only replaced."""
    try:
        os.link(file, other)
    except OSError:
        # What stands there may be another name of a file that is kept.
        other.unlink(missing_ok=True)
        shutil.copyfile(file, other)


def _draw(picture: Picture, path: Path) -> None:
    """Draw `picture` into `path`, whole or not at all."""
    drawn = path.with_suffix(".new")
    drawn.write_bytes(picture.draw())
    drawn.rename(path)


def _key(picture: Picture) -> str:
    return hashlib.sha256(f"{picture!r} {_versions()}".encode()).hexdigest()[:32]


@cache
def _versions() -> str:
    """What draws, as a digest: another version of a library, or of this program, may draw otherwise."""
    digest = hashlib.sha256(f"{version('pillow')} {version('segno')} {version('uniseg')}".encode())
    for name in ("cards.py", "codes.py", "mark.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    return digest.hexdigest()
