"""Stale targets → their files, in parallel: a process for each core of the machine."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Self

from generator.files.cache import Cache
from generator.files.disk import write
from generator.publishing.incremental.compression import compressed_copies
from generator.publishing.incremental.fingerprint import fingerprint
from generator.publishing.incremental.manifest import ManifestEntry, same_content, state_of
from generator.publishing.incremental.target import SITE, BuildPlan, Output, Target
from generator.publishing.processes import end_with
from generator.publishing.verification.site_checks import SiteScan

CHUNK = 32
"""How many targets a process takes at a time."""
ALONE = 24
"""How many of the first targets, which take longest, it takes one by one."""


@dataclass(slots=True)
class Outcome:
    """What was made of some targets."""

    entries: dict[str, ManifestEntry] = field(default_factory=dict)
    staged: list[str] = field(default_factory=list)
    """The files that are new or differ, which lie in the staging folder."""
    changed: Counter[str] = field(default_factory=Counter)
    """Kind of page → how many of these files are such pages."""
    scan: SiteScan = field(default_factory=SiteScan)

    def merge(self, other: Outcome) -> None:
        """Take in what was made of other targets."""
        self.entries |= other.entries
        self.staged += other.staged
        self.changed += other.changed
        self.scan.merge(other.scan)


@dataclass(frozen=True, slots=True)
class Builder:
    """Makes targets of a plan."""

    plan: BuildPlan
    intact: Mapping[str, str]
    """File → state, of the last build's files that are as it wrote them."""
    staged: Path
    """Takes the files that are new or differ."""
    cache: Cache

    def make(self, targets: Iterable[Target]) -> Outcome:
        """Make `targets` here, one after the other."""
        outcome = Outcome()
        for target in targets:
            self.plan.reads.clear()
            entry = ManifestEntry(None)
            for output in target.make():
                self._store(output, entry, outcome)
            if not target.reads_all:
                entry.rows = sorted(self.plan.reads)
            outcome.entries[target.name] = entry
        # Most links lead from a page to what lies near.
        files = (name for entry in outcome.entries.values() for name in entry.files)
        outcome.scan.forget_arrived({name.removeprefix(SITE) for name in files})
        return outcome

    def _store(self, output: Output, entry: ManifestEntry, outcome: Outcome) -> None:
        content = fingerprint(output.content)
        is_same = self._keep(output, content, entry, outcome)
        if not is_same and output.kind:
            outcome.changed[output.kind] += 1
        if output.scan:
            outcome.scan.add(output.scan)
        for name, compress in compressed_copies(output.name, output.content, content, self.cache):
            if is_same and name in self.intact:
                entry.files[name] = self.intact[name]
            else:
                copy = Output(name, compress())
                self._keep(copy, fingerprint(copy.content), entry, outcome)

    def _keep(self, output: Output, content: str, entry: ManifestEntry, outcome: Outcome) -> bool:
        """Stage the file unless it is there as it is to be; whether it is."""
        state = self.intact.get(output.name, "")
        if same_content(state, len(output.content), content):
            entry.files[output.name] = state
            return True
        written = write(f"{self.staged}/{output.name}", output.content)
        entry.files[output.name] = state_of(written.st_size, written.st_mtime_ns, content)
        outcome.staged.append(output.name)
        return False


class Workers:
    """Has a `builder` make targets in several processes.

    To be left as a context, when nothing goes on being made. A worker ends when its parent does, however that ends.
    """

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._parts: deque[Future[Outcome]] = deque()
        self._total = 0
        self._pool: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        # Nobody waits for what they make any more.
        for worker in active_children() if error else ():
            worker.kill()
        if self._pool:
            self._pool.shutdown(cancel_futures=True)

    def submit(self, targets: Sequence[Target]) -> None:
        """Have `targets` made, those that take longest first."""
        for target in targets[:ALONE]:
            self._submit([target.name])
        for start in range(ALONE, len(targets), CHUNK):
            self._submit([target.name for target in targets[start : start + CHUNK]])

    def outcome(self, progress: Callable[[int, int], object]) -> Outcome:
        """What was made of all that was submitted.

        `progress` is told how many targets of how many are made.
        """
        outcome, total = Outcome(), self._total
        while self._parts:
            # What a part tells is much, and is not needed a second time.
            outcome.merge(self._parts.popleft().result())
            progress(len(outcome.entries), total)
        return outcome

    def _submit(self, names: list[str]) -> None:
        if self._pool is None:
            self._pool = _pool(self._builder)
        self._total += len(names)
        try:
            self._parts.append(self._pool.submit(_make, names))
        except RuntimeError:
            # Without the thread that minds them, which could not start, the pool cannot be shut down.
            self._pool = None
            raise


def _pool(builder: Builder) -> Executor:
    # Forked, so that nothing has to be read or sent again; other systems than Linux do not take that well.
    if sys.platform == "linux":
        return ProcessPoolExecutor(os.cpu_count(), get_context("fork"), _begin, (builder, os.getpid()))
    return ThreadPoolExecutor(1, initializer=_inherit, initargs=(builder,))


_inherited: list[Builder] = []
"""In a forked process, what its parent had at hand."""


def _begin(builder: Builder, parent: int) -> None:
    """Begin the work of a process."""
    _inherit(builder)
    end_with(parent)
    # The keyboard stops the parent, which says so and ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What was inherited stays for good; what is made here goes.
    gc.freeze()
    # A long list is made of many small objects; looking for garbage as often as usual finds little.
    gc.set_threshold(200_000)
    gc.enable()


def _inherit(builder: Builder) -> None:
    _inherited[:] = [builder]


def _make(names: Iterable[str]) -> Outcome:
    builder = _inherited[0]
    return builder.make(builder.plan.targets[name] for name in names)
