"""How long a build takes: `python -m tests.benchmarks.building`, or with sizes: `… 183 2000 20000`.

Invented lists are built from nothing and after the change of one record, by the command itself; beside them Hugo and
MkDocs make the same pages, strings make pages as large, and the finished files are copied by one process, as they
are. Pictures are apart: they are drawn once in the life of a record, so here they are empty files. Prints medians
of several rounds, ratios within a round, the peak of memory of all processes together, and the exponent by which the
time grows; then what `check` takes, and how soon `serve` shows what an editor saved.
"""

from __future__ import annotations

import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from generator.catalogue.check import addresses
from generator.catalogue.records import read_records
from generator.files.disk import write
from generator.publishing.build import record_addresses
from generator.publishing.sharing import image_cache as pictures
from tests.benchmarks import rivals
from tests.benchmarks.undrawn import empty
from tests.conftest import REPOSITORY, SITE_URL, WORLD, make_project
from tests.invented import write_standards

ROUNDS = {183: 5, 2000: 3, 20000: 1}
"""How often a list of that many standards is measured; another one once."""
MKDOCS_UP_TO = 2000
"""Standards; MkDocs needs many minutes for longer lists."""
MEMORY = Path("/dev/shm")
"""A disk in memory, where there is one: a slow disk would be measured otherwise."""
ENVIRONMENT = os.environ | {"PYTHONPATH": str(REPOSITORY), "SITE_URL": SITE_URL}
COMMAND = (sys.executable, "-m", "tests.benchmarks.undrawn")
"""The command, but that pictures are empty files."""
PORT, ADDRESS, TITLE = 8765, "en/standards/wq-1-8/", "Simiao Rice"
"""Where a server answers here, with the page of a standard, which is called so."""


def main() -> None:
    """Measure, and print the figures."""
    sizes = [int(size) for size in sys.argv[1:]] or list(ROUNDS)
    medians = {}
    print("Seconds, medians; in brackets the times that ours takes, in the same round.\n")
    print("| standards | pages | from nothing | one record | Hugo | MkDocs | strings | copy | peak memory, MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            medians[size] = _measured(Path(folder), size)
    print()
    for small, large in pairwise(sizes):
        grown = math.log(medians[large] / medians[small]) / math.log(large / small)
        print(f"From {small:,} to {large:,} standards the time grows with the exponent {grown:.2f}.")
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        project = make_project(Path(folder) / "long", WORLD)
        write_standards(project / "content/records", max(sizes))
        # As a list is that was built before.
        record_addresses(project, tuple(addresses(read_records(project / "content"))))
        seconds = statistics.median(_timed(lambda: _checked(project)) for _ in range(3))
        print(f"check of {max(sizes):,} standards: {seconds:.1f} s")
        real = make_project(Path(folder) / "real", REPOSITORY / "content/records")
        print(f"serve shows an edited title of the real list after {_served(real):.1f} s")


@contextmanager
def without_pictures() -> Iterator[None]:
    """Builds in this process have empty files for pictures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "_draw", empty)
        yield


def _measured(folder: Path, size: int) -> float:
    """Seconds of a build from nothing, the median, having printed a row of the table."""
    project = make_project(folder / "project", WORLD)
    write_standards(project / "content/records", size)
    # Draws what is drawn once, and loads what a disk may hold. Only this build is watched, which slows it.
    peak = _peak(project)
    rivals.write_hugo(project, folder)
    others = [rivals.hugo, rivals.mkdocs, rivals.limit, rivals.copy]
    if size > MKDOCS_UP_TO:
        others.remove(rivals.mkdocs)
    whole, again = [], []
    beside: dict[str, list[float]] = {one.__name__: [] for one in others}
    for number in range(ROUNDS.get(size, 1)):
        for path in (project / "build").iterdir():
            if path.name != "pictures":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        seconds, pages, _ = _build(project)
        whole.append(seconds)
        for one in others:
            beside[one.__name__].append(_timed(lambda one=one: one(project, folder)))
            for made in ("copy", "limit", "mkdocs", "hugo/public"):
                shutil.rmtree(folder / made, ignore_errors=True)
        records = project / "content/records/standards/batch-2020-03.csv"
        lines = records.read_text("utf-8").splitlines(keepends=True)
        lines[size // 2 + number] = lines[size // 2 + number].replace(",official,", ",reported,", 1)
        records.write_text("".join(lines), "utf-8")
        seconds, _, changed = _build(project)
        assert 0 < changed < 20
        again.append(seconds)
    cells = [f"{size:,}", f"{pages:,}", f"{statistics.median(whole):.1f}", f"{statistics.median(again):.1f}"]
    for name in ("hugo", "mkdocs", "limit", "copy"):
        took = beside.get(name, [])
        ratio = statistics.median(ours / other for ours, other in zip(whole, took, strict=True)) if took else 0
        cells.append(f"{statistics.median(took):.2f} ({ratio:.1f} ×)" if took else "–")
    print(f"| {' | '.join((*cells, f'{peak:,.0f}'))} |", flush=True)
    return statistics.median(whole)


def _build(project: Path) -> tuple[float, int, int]:
    """(seconds, pages, pages changed) of a build."""
    started = time.perf_counter()
    done = subprocess.run(
        (*COMMAND, "build"), cwd=project, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    seconds = time.perf_counter() - started
    assert done.returncode == 0, done.stdout
    pages, changed = re.search(r"([\d,]+) pages, (\d+) changed", done.stdout).groups()
    return seconds, int(pages.replace(",", "")), int(changed)


def _peak(project: Path) -> float:
    """The peak of memory of all processes of a build, in MB."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen((*COMMAND, "build"), cwd=project, env=ENVIRONMENT, **quiet) as running:
        peak = 0.0
        while running.poll() is None:
            peak = max(peak, sum(map(_memory, _family(running.pid))))
            time.sleep(0.25)
    assert running.returncode == 0
    return peak


def _timed(action: Callable[[], object]) -> float:
    """Seconds that `action` takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _checked(project: Path) -> None:
    subprocess.run((*COMMAND, "check"), cwd=project, env=ENVIRONMENT, stdout=subprocess.DEVNULL, check=True)


def _served(project: Path) -> float:
    """Seconds from saving another title until the server answers with it, the median."""
    records = project / "content/records/standards/batch-2023-04.csv"
    command = (*COMMAND, "serve", "--port", str(PORT))
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=project, env=ENVIRONMENT, **quiet) as server:
        try:
            _wait(TITLE, 120)
            took = []
            for number in range(5):
                # It looks at the files once more after a build.
                time.sleep(1)
                before, after = TITLE if number == 0 else f"{TITLE} {number}", f"{TITLE} {number + 1}"
                write(records, records.read_text("utf-8").replace(before, after, 1))
                took.append(_timed(lambda after=after: _wait(after, 20)))
            return statistics.median(took)
        finally:
            server.terminate()


def _wait(words: str, patience: float) -> None:
    """Wait until the page at ADDRESS says `words`, at most `patience` seconds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{ADDRESS}", timeout=patience) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"no ‘{words}’ in {patience} s")


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


if __name__ == "__main__":
    main()
