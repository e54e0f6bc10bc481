"""Time and memory of builds: `python -m tests.benchmarks.building [SIZE …]`.

Invented lists are built like for like, in turns: *everything* against a Hugo that makes a file for each file of ours;
*pages*, the HTML pages in three languages, against a Hugo and an MkDocs that make these alone. The limit is one process
that writes our finished files from memory. `build` is deleted before, caches are not; pictures are bytes of their size.
Then a first build with pictures drawn and without caches; after one record changed; after nothing did; `check`; and how
soon `serve` shows what an editor saved. Prints medians of several rounds as tables in Markdown.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.records import read_records
from generator.catalogue.references import addresses
from generator.files.disk import files_below, write
from generator.publishing.published import record_addresses
from tests.benchmarks import hugo
from tests.benchmarks.processes import ENVIRONMENT, Cost, median, peak, run
from tests.conftest import REPOSITORY, WORLD, make_project
from tests.invented import write_standards

ROUNDS = {183: 5, 2_000: 3, 20_000: 1}
"""How often a list of that many standards is measured; another one once."""
MKDOCS_UP_TO = 2_000
"""Standards; MkDocs needs many minutes for longer lists."""
DRAWN_UP_TO = 2_000
"""Standards; pictures of longer lists take long to draw."""
MEMORY = Path("/dev/shm")
"""A disk in memory, where there is one: a slow disk would be measured otherwise."""
GENERATOR = (sys.executable, "-m", "generator")
UNDRAWN = (sys.executable, "-m", "tests.benchmarks.undrawn")
"""The generator, but that pictures are mere bytes."""
PAGES_ALONE = (sys.executable, "-m", "tests.benchmarks.pages_alone")
"""The generator, but that it makes nothing but pages."""
PORT, ADDRESS, TITLE = 8765, "en/standards/wq-1-8/", "Simiao Rice"
"""Where a server answers here, with the page of a standard, which is called so."""

OURS, HUGO = "this build, everything", "Hugo, everything"
OUR_PAGES, HUGO_PAGES, MKDOCS = "this build, pages", "Hugo, pages", "MkDocs, pages"
LIMIT = "the limit: everything from memory"


def main() -> None:
    """Measure, and print the figures."""
    sizes = [int(size) for size in sys.argv[1:]] or list(ROUNDS)
    tables: dict[str, list[str]] = {
        "standards | from nothing | files | MB | seconds | processor seconds | peak memory, MB": [],
        "standards | everything: Hugo’s time ÷ ours | pages: Hugo’s ÷ ours | Hugo’s pages ÷ our everything": [],
        "standards | first build, pictures drawn, s | one record changed, s | nothing changed, s | check, s": [],
    }
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            for table, rows in zip(tables.values(), _measured(Path(folder), size), strict=True):
                table += (f"| {size:,} | {row} |" for row in rows)
            print("\n".join(f"… {rows[-1]}" for rows in tables.values()), file=sys.stderr, flush=True)
    for heading, rows in tables.items():
        print(f"| {heading} |\n|{'---|' * (heading.count('|') + 1)}\n" + "\n".join(rows) + "\n")
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
        real = make_project(Path(folder), REPOSITORY / "content/records")
        print(f"serve shows an edited title of the real list after {_served(real):.1f} s")


@dataclass(frozen=True, slots=True)
class _Way:
    """One way to a site."""

    command: tuple[str, ...]
    folder: Path
    """Where the command is run."""
    output: Path
    """What it writes into, to be removed."""
    site: Path
    """The finished site in it."""

    def watch(self) -> tuple[float, str]:
        """The peak of memory of a build, in MB; how many files it makes, and their MB."""
        shutil.rmtree(self.output, ignore_errors=True)
        memory = peak(self.command, self.folder)
        extent = _extent(self.site)
        shutil.rmtree(self.output)
        return memory, extent


def _measured(folder: Path, size: int) -> tuple[list[str], list[str], list[str]]:
    """The rows of a list of `size` for each table."""
    rounds = ROUNDS.get(size, 1)
    project, pages = _project(folder / "project", size), _project(folder / "pages", size)
    # Fills the caches.
    run((*UNDRAWN, "build"), project)
    run((*PAGES_ALONE, "build"), pages)
    hugo.write_site(project, folder / "hugo", everything=True)
    hugo.write_site(project, folder / "hugo-pages", everything=False)
    markdown = (project / "build/pages").rename(folder / "markdown")
    mkdocs = (sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "mkdocs"))
    ways = {
        OURS: _Way((*GENERATOR, "build"), project, project / "build", project / "build/site"),
        HUGO: _Way(hugo.COMMAND, folder / "hugo", folder / "hugo/public", folder / "hugo/public"),
        OUR_PAGES: _Way((*PAGES_ALONE, "build"), pages, pages / "build", pages / "build/site"),
        HUGO_PAGES: _Way(
            hugo.COMMAND, folder / "hugo-pages", folder / "hugo-pages/public", folder / "hugo-pages/public"
        ),
        MKDOCS: _Way(("env", f"DOCS_DIR={markdown}", *mkdocs), project, folder / "mkdocs", folder / "mkdocs"),
    }
    if size > MKDOCS_UP_TO:
        del ways[MKDOCS]
    # By themselves, as to be watched slows them.
    memory, extents = zip(*(way.watch() for way in ways.values()), strict=True)
    costs = {name: [] for name in (*ways, LIMIT)}
    for _ in range(rounds):
        for name, way in ways.items():
            costs[name].append(run(way.command, way.folder))
            if name == OURS:
                costs[LIMIT].append(_write_from_memory(way.site, folder / "limit"))
                shutil.rmtree(folder / "limit")
            # Hugo needs much memory, which the disk is part of.
            shutil.rmtree(way.output)
    medians = {name: median(each) for name, each in costs.items()}
    rows = [
        f"{name} | {extent} | {medians[name].seconds:.2f} | {medians[name].processor:.2f} | {peak_memory}"
        for name, extent, peak_memory in zip(
            medians, (*extents, extents[0]), (*(f"{most:,.0f}" for most in memory), "–"), strict=True
        )
    ]
    pairs = ((HUGO, OURS), (HUGO_PAGES, OUR_PAGES), (HUGO_PAGES, OURS))
    ratios = " | ".join(f"{medians[other].seconds / medians[ours].seconds:.2f}" for other, ours in pairs)
    return rows, [ratios], [_again(project, folder, size, rounds)]


def _project(folder: Path, size: int) -> Path:
    """A project of `size` invented standards, whose addresses are published."""
    project = make_project(folder, WORLD)
    write_standards(project / "content/records", size)
    record_addresses(project, tuple(addresses(read_records(project / "content"))))
    return project


def _again(project: Path, folder: Path, size: int, rounds: int) -> str:
    """The row of builds that have something to go by, or have never been."""
    first = "–"
    if size <= DRAWN_UP_TO:
        first = f"{run((*GENERATOR, 'build'), _project(folder / 'first', size)).seconds:.1f}"
        shutil.rmtree(folder / "first")
    run((*GENERATOR, "build"), project)
    changed, unchanged, checked = [], [], []
    records = project / "content/records/standards/batch-2020-03.csv"
    for number in range(rounds):
        lines = records.read_text("utf-8").splitlines(keepends=True)
        lines[size // 2 + number] = lines[size // 2 + number].replace(",official,", ",reported,", 1)
        records.write_text("".join(lines), "utf-8")
        changed.append(run((*GENERATOR, "build"), project))
        assert ", 0 changed" not in changed[-1].output, changed[-1].output
        unchanged.append(run((*GENERATOR, "build"), project))
        assert ", 0 changed" in unchanged[-1].output, unchanged[-1].output
        checked.append(run((*GENERATOR, "check"), project))
    return " | ".join((first, *(f"{median(costs).seconds:.2f}" for costs in (changed, unchanged, checked))))


def _extent(site: Path) -> str:
    """How many files `site` has, and their MB, as two cells."""
    sizes = [(site / name).stat().st_size for name in files_below(site)]
    return f"{len(sizes):,} | {sum(sizes) / 1e6:,.1f}"


def _write_from_memory(site: Path, folder: Path) -> Cost:
    """Write every file of `site` into `folder`, and nothing else, in this process."""
    contents: dict[bytes, bytes] = {}
    # Pictures are all alike here, and would fill the memory.
    files = {name: contents.setdefault(data := (site / name).read_bytes(), data) for name in files_below(site)}
    folders = sorted({(folder / name).parent for name in files})
    clock, processor = time.perf_counter(), time.process_time()
    for path in folders:
        path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        file = os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT)
        os.write(file, data)
        os.close(file)
    return Cost(time.perf_counter() - clock, time.process_time() - processor)


def _served(project: Path) -> float:
    """Seconds from saving another title until the server answers with it, the median."""
    records = project / "content/records/standards/batch-2023-04.csv"
    command = (*GENERATOR, "serve", "--port", str(PORT))
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=quiet, stderr=quiet) as server:
        try:
            _wait(TITLE, 120)
            waits = []
            for number in range(5):
                # It looks at the files once more after a build.
                time.sleep(1)
                before, after = TITLE if number == 0 else f"{TITLE} {number}", f"{TITLE} {number + 1}"
                write(records, records.read_text("utf-8").replace(before, after, 1))
                started = time.perf_counter()
                _wait(after, 20)
                waits.append(time.perf_counter() - started)
            return statistics.median(waits)
        finally:
            server.terminate()


def _wait(words: str, patience: float) -> None:
    """Wait until the page at ADDRESS says `words`. Raises TimeoutError after `patience` seconds."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{PORT}/{ADDRESS}", timeout=patience) as page:
            if words in page.read().decode():
                return
        time.sleep(0.02)
    raise TimeoutError(f"no ‘{words}’ in {patience} s")


if __name__ == "__main__":
    main()
