"""Pieces → their files, with what stands beside each, in as many processes as the machine has cores."""

from __future__ import annotations

import gc
import os
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Self

from generator.files.cache import Cache
from generator.files.disk import read_if_there, write, write_if_changed
from generator.publishing.framing.filling import Framed
from generator.publishing.framing.twins import twin
from generator.publishing.incremental.compression import compressed
from generator.publishing.pages.page import ROOT, Page
from generator.publishing.pages.rendering import Templates
from generator.publishing.sharing.image_cache import Picture, drawn, key
from generator.publishing.targets import Piece
from generator.publishing.verification.site_checks import Reading

TOGETHER = 20
"""So many pieces are handed to a process at a time; the first, which take longest, one by one."""
ALONE = 8


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one piece, paths below the site, and the keys of its pictures in the cache."""

    files: list[str]
    pictures: list[str]


def files_of(made: Mapping[str, Made]) -> Iterator[str]:
    """Every file, a path below the site, of pieces that were `made`."""
    return (file for one in made.values() for file in one.files)


@dataclass(slots=True)
class Outcome:
    """What was made: piece → `Made`; how many pages of each kind are new or changed; what was found in the pages that
    are, or in all, where none was read before."""

    made: dict[str, Made] = field(default_factory=dict)
    changed: Counter[str] = field(default_factory=Counter)
    reading: Reading = field(default_factory=Reading)

    def add(self, other: Outcome) -> None:
        self.made |= other.made
        self.changed += other.changed
        self.reading.add(other.reading)


Beside = tuple[str, Callable[[], bytes]]
"""A path below the site, and what makes what the file there holds."""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes pieces: Markdown into the folder `pages`, pictures, unless they are there, into the `cache`, files that
    differ from those of the last `site` into `new`.

    There may be no last `site`. `is_known` says that whatever stands there beside a file that did not change was made
    from it just so.
    """

    templates: Templates
    framed: Framed
    site_url: str
    pages: Path
    cache: Cache
    site: Path | None
    new: Path
    is_known: bool

    def make(self, pieces: Sequence[Piece]) -> Outcome:
        """Make `pieces` here, one after the other."""
        outcome = Outcome()
        for piece in pieces:
            made = outcome.made[piece.name] = Made([], [])
            for thing in piece.make():
                match thing:
                    case Page():
                        self._page(thing, made, outcome)
                    case (str() as name, content):
                        self._file(name, content if isinstance(content, bytes) else content.encode(), made, outcome)
                    case picture:
                        self._picture(picture, made)
        # Most links lead from a page to what lies beside it: a long list would have half a million to remember.
        outcome.reading.targets = outcome.reading.unsettled(set(files_of(outcome.made)))
        return outcome

    def _page(self, page: Page, made: Made, outcome: Outcome) -> None:
        text = self.templates.markdown(page)
        write_if_changed(f"{self.pages}/{page.file}", text.encode())
        finished = self.framed.finished(page, text)
        twins = [] if page.language == ROOT else [twin(finished, self.site_url)]

        def read() -> None:
            finished.read_into(outcome.reading, self.site_url)

        if self._keep(finished.name, finished.whole.encode(), made, read, twins):
            outcome.changed[page.kind] += 1

    def _file(self, name: str, data: bytes, made: Made, outcome: Outcome) -> None:
        def read() -> None:
            if name.endswith(".html"):
                outcome.reading.read(name, data, self.site_url)

        self._keep(name, data, made, read, compressed(name, data))

    def _keep(self, name: str, data: bytes, made: Made, read: Callable[[], None], beside: Iterable[Beside]) -> bool:
        """Have the file at `name` hold `data`, and what goes `beside` it, and `read` it, as far as that is not known
        to be so; whether it is new or changed."""
        made.files.append(name)
        differs = self._last(name) != data
        if differs:
            write(f"{self.new}/{name}", data)
        is_known = self.is_known and not differs
        if not is_known:
            read()
        for other, make in beside:
            made.files.append(other)
            if not is_known and self._last(other) != (content := make()):
                write(f"{self.new}/{other}", content)
        return differs

    def _picture(self, picture: Picture, made: Made) -> None:
        data = drawn(picture, self.cache)
        made.pictures.append(key(picture))
        made.files.append(picture.file)
        if self._last(picture.file) != data:
            write(f"{self.new}/{picture.file}", data)

    def _last(self, name: str) -> bytes | None:
        return read_if_there(f"{self.site}/{name}") if self.site else None


class Workshop:
    """Has `maker` make pieces, in as many processes as the machine has cores, each from the moment it is ordered.

    `pieces` are all that may be ordered. To be left as a context, when nothing goes on being made.
    """

    def __init__(self, maker: Maker, pieces: Iterable[Piece]) -> None:
        held = (maker, {piece.name: piece for piece in pieces})
        # Forked, so that nothing has to be read or sent again; other systems than Linux do not take that well.
        self._pool = (
            ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _inherit, held)
            if sys.platform == "linux"
            else ThreadPoolExecutor(1, initializer=_inherit, initargs=held)
        )
        self._waiting: list[str] = []
        self._parts: deque[Future[Outcome]] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def order(self, piece: Piece) -> None:
        """Have `piece` made; those that take long are to be ordered first."""
        self._waiting.append(piece.name)
        if len(self._parts) < ALONE or len(self._waiting) == TOGETHER:
            self._hand_over()

    def outcome(self) -> Outcome:
        """What became of all that was ordered, once it is made."""
        self._hand_over()
        outcome = Outcome()
        while self._parts:
            # What a part says is not needed a second time, and is much.
            outcome.add(self._parts.popleft().result())
        return outcome

    def _hand_over(self) -> None:
        if self._waiting:
            self._parts.append(self._pool.submit(_make_part, self._waiting))
            self._waiting = []


_inherited: list[tuple[Maker, Mapping[str, Piece]]] = []
"""In a forked process, what its parent had at hand."""


def _inherit(maker: Maker, pieces: Mapping[str, Piece]) -> None:
    _inherited[:] = [(maker, pieces)]
    # What was inherited stays for good; what is made here goes.
    gc.freeze()
    gc.enable()


def _make_part(names: Iterable[str]) -> Outcome:
    maker, pieces = _inherited[0]
    return maker.make([pieces[name] for name in names])
