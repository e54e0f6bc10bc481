"""How long a build takes: `python -m tests.benchmarks.building`, or with sizes: `… 183 2000 20000`.

Invented lists are built from nothing, after the change of one record, and as a plain copy of the finished files, which
no build can undercut. Pictures are apart: they are drawn once in the life of a record, so here they are empty files.
Prints medians of several rounds, the ratio to the copy of the same round, the peak of memory of all processes
together, and the exponent by which the time grows.
"""

from __future__ import annotations

import gc
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from generator.publishing import pictures
from generator.publishing.disk import write
from generator.publishing.site import build
from tests.conftest import REPOSITORY, SITE_URL, WORLD, make_project, quietly
from tests.invented import write_standards

ROUNDS = {183: 5, 2000: 3}
"""How often a list of that many standards is measured; a longer one once."""
MEMORY = Path("/dev/shm")
"""A disk in memory, where there is one: a slow disk would be measured otherwise."""


def main() -> None:
    """Measure, and print the figures."""
    if sys.argv[1:2] == ["--build"]:
        _build_here()
        return
    sizes = [int(size) for size in sys.argv[1:]] or list(ROUNDS)
    medians = {}
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            medians[size] = _measured(Path(folder), size)
    for small, large in pairwise(sizes):
        grown = math.log(medians[large] / medians[small]) / math.log(large / small)
        print(f"From {small:,} to {large:,} standards the time grows with the exponent {grown:.2f}")


def _measured(folder: Path, size: int) -> float:
    """Seconds of a build from nothing, the median, having printed the rest."""
    project = make_project(folder / "project", WORLD)
    write_standards(project / "content/records", size)
    _built(project)
    whole, again, ratios, peaks = [], [], [], []
    for number in range(ROUNDS.get(size, 1)):
        for path in (project / "build").iterdir():
            if path.name != "pictures":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        done = _built(project)
        whole.append(done["seconds"])
        peaks.append(done["peak"])
        started = time.perf_counter()
        shutil.copytree(project / "build/site", folder / "copy")
        ratios.append(done["seconds"] / (time.perf_counter() - started))
        shutil.rmtree(folder / "copy")
        records = project / "content/records/standards/batch-2020-03.csv"
        lines = records.read_text("utf-8").splitlines(keepends=True)
        lines[size // 2 + number] = lines[size // 2 + number].replace(",official,", ",reported,", 1)
        records.write_text("".join(lines), "utf-8")
        changed = _built(project)
        assert 0 < changed["changed"] < done["pages"]
        again.append(changed["seconds"])
    print(
        f"{size:,} standards, {done['pages']:,} pages: {statistics.median(whole):.1f} s from nothing "
        f"({min(whole):.1f}–{max(whole):.1f}), {statistics.median(ratios):.1f} × a copy of the files; "
        f"{statistics.median(again):.1f} s after one record changed, which is on {changed['changed']} pages; "
        f"{max(peaks):,.0f} MB",
        flush=True,
    )
    return statistics.median(whole)


def _built(project: Path) -> dict[str, float]:
    """What a build in a process of its own says, with the peak of memory of all its processes in MB."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "SITE_URL": SITE_URL}
    running = subprocess.Popen(
        (sys.executable, "-m", "tests.benchmarks.building", "--build"),
        cwd=project,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    peak = 0.0
    ended = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not ended.wait(0.1):
            peak = max(peak, sum(map(_memory, _family(running.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    said, _ = running.communicate()
    ended.set()
    watcher.join()
    assert running.returncode == 0
    return json.loads(said) | {"peak": peak}


def _family(process: int) -> list[int]:
    """A process with all that it started, from Linux' /proc."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:
        return []
    return [process, *(one for child in children for one in _family(int(child)))]


def _memory(process: int) -> float:
    """The memory of a process in MB; of what it shares with others its part."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)


@contextmanager
def without_pictures() -> Iterator[None]:
    """Builds have empty files for pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_draw", lambda picture, path: write(path, b""))
        yield


def _build_here() -> None:
    """Build the working folder, with empty files for pictures, and print what was done as JSON."""
    # As the command does.
    gc.disable()
    with without_pictures():
        started = time.perf_counter()
        done = build(Path(), quietly)
    print(json.dumps({"pages": done.pages, "changed": done.changed.total(), "seconds": time.perf_counter() - started}))


if __name__ == "__main__":
    main()
