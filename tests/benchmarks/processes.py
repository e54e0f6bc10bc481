"""Time and memory that commands take with all processes they start."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import REPOSITORY, SITE_URL

ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY), "SITE_URL": SITE_URL}
"""Of every command that is measured."""
_INTERVAL = 0.05
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    """On the clock."""
    processor: float
    """Seconds of all processors, in all its processes."""
    output: str = ""
    """What it printed."""


def median(costs: Iterable[Cost]) -> Cost:
    """The median seconds of `costs`, each kind by itself."""
    clock, processor = zip(*((cost.seconds, cost.processor) for cost in costs), strict=True)
    return Cost(statistics.median(clock), statistics.median(processor))


def run(command: Sequence[str], folder: Path) -> Cost:
    """Run `command` in `folder`. Raises AssertionError with what it said when it fails."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode == 0, process.stdout + process.stderr
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, processor, process.stdout)


def peak(command: Sequence[str], folder: Path) -> float:
    """The peak of memory of `command` in `folder`, in MB, all its processes together, from Linux' /proc."""
    with subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL) as running:
        most = 0.0
        while running.poll() is None:
            most = max(most, memory_of_family(running.pid))
            time.sleep(_INTERVAL)
    assert running.returncode == 0
    return most


def memory_of_family(process: int) -> float:
    """The memory in MB of a process with all that it started, from Linux' /proc."""
    return sum(map(_memory, _family(process)))


def _family(process: int) -> list[int]:
    """A process with all that it started."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _memory(process: int) -> float:
    """The memory of a process in MB; of what it shares with others its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
