"""Time of an announcement: `python -m tests.benchmarks.announcing`.

The preview of a spreadsheet of 10,000 rows, a CSV of 50,000 and a PDF of 800, as the command runs it; then a batch of
73 imported into a list of 183, and the build before and after: pages, how many of them changed, seconds. Pictures are
apart. Medians of several runs.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import pytest

from generator.announcing.plan import Answers, plan, write_plan
from generator.publishing.build import build
from tests import attachments
from tests.benchmarks.undrawn import undrawn
from tests.browsing import a_browser
from tests.conftest import REPOSITORY, SITE_URL, WORLD, make_project, quietly
from tests.invented import titles, write_standards

ROUNDS = 5
LONG, LONGER, PRINTED = 10_000, 50_000, 800
BEFORE, ADDED = 183, 73


def main() -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch, undrawn():
        patch.setenv("SITE_URL", SITE_URL)
        project = make_project(Path(folder) / "long", WORLD)
        for file in long_files(project):
            seconds = [previewed(file) for _ in range(ROUNDS)]
            spread = f"{min(seconds):.1f}–{max(seconds):.1f}"
            print(f"Preview of {file.stem} rows, {file.suffix}: {statistics.median(seconds):.1f} s ({spread})")
        runs = []
        for number in range(3):
            patch.chdir(make_project(Path(folder) / f"batch-{number}", WORLD))
            runs.append(announced())
        pages, before, after_pages, changed, after = map(statistics.median, zip(*runs, strict=True))
        print(f"{BEFORE} standards: {pages:.0f} pages, {before:.1f} s")
        print(f"{ADDED} more: {after_pages:.0f} pages, {changed:.0f} changed, {after:.1f} s")


def long_files(project: Path) -> list[Path]:
    """Lists of many rows in `project`, named by their length."""
    rows = [[n, f"TEA {n}", f"茶/T {n}-2021", title[0], "幻想茶研究院"] for n, title in enumerate(titles(LONG), 1)]
    table = "\n".join(
        ["序号,识别号,标准编号,标准名称,发布单位"]
        + [f"{n},TEA {n},茶/T {n}-2021,第{n}种茶,幻想茶研究院" for n in range(1, LONGER + 1)]
    )
    page = "<style>td {border: 1px solid}</style><table>" + "".join(
        f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in [attachments.HEADINGS, *rows[:PRINTED]]
    )
    with a_browser() as browser:
        tab = browser.new_page()
        tab.set_content(page)
        printed = tab.pdf(format="A4")
    contents = {
        f"{LONG}.xlsx": attachments.xlsx(rows, title=""),
        f"{LONGER}.csv": table.encode(),
        f"{PRINTED}.pdf": printed,
    }
    for name, content in contents.items():
        (project / name).write_bytes(content)
    return [project / name for name in contents]


def previewed(file: Path) -> float:
    """Seconds of one preview of a long attachment, from start to end of the command."""
    started = time.perf_counter()
    subprocess.run(
        (sys.executable, "-m", "generator", "import", file.name, "--batch", "2021-09"),
        cwd=file.parent,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.DEVNULL,
        check=False,
    )
    return time.perf_counter() - started


def announced() -> tuple[int, float, int, int, float]:
    """A list built, a batch imported, the list built again: pages and seconds before, pages, changed and seconds
    after; in the working folder."""
    write_standards(Path("content/records"), BEFORE)
    first = build(Path(), quietly)
    named = list(enumerate(titles(BEFORE + ADDED), 1))[BEFORE:]
    rows = [[n - BEFORE, f"TEA {n}", f"茶/T {n}-2022", title[0], title[2], "幻想茶研究院"] for n, title in named]
    data = attachments.xlsx(rows, ["序号", "识别号", "标准编号", "标准名称", "英文名称", "发布单位"], "")
    announcement = plan(Path("content"), "annex.xlsx", data, Answers("2022-05-18"), date(2022, 5, 20))
    assert announcement.may_be_written, (announcement.problems, announcement.questions)
    write_plan(Path("content"), announcement)
    second = build(Path(), quietly)
    return first.pages, first.seconds, second.pages, second.changed.total(), second.seconds


if __name__ == "__main__":
    main()
