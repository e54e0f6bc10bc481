"""Weight, speed, accuracy of the search: `python -m tests.benchmarks.search`.

For the list as it is now and invented lists of 2,000 and 20,000: the index and the script in bytes
(gzip -9), the median time from focus and key to the first result, that of each further key, and the memory
it takes, in Chromium at full speed and slowed down four times. Then what it finds beside others.
"""

from __future__ import annotations

import gzip
import os
import platform
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from generator.catalogue.content import read_content
from generator.files.cache import Cache
from generator.publishing.search.index import SEARCH_INDEX, search_index
from tests.benchmarks.rivals import table
from tests.browsing import PHONE, a_browser, served
from tests.conftest import REPOSITORY, WORLD, built, make_project
from tests.invented import write_standards

SLOWED = (1, 4)
"""How many times the processor is slowed down; four is about a cheap phone."""
ROUNDS = 3
NOW = 0
"""The list as it is now, among the invented ones by their sizes."""
TYPED = {
    NOW: ("月饼", "认知症 照顾", "oyster sauce", "WQ 1-10", "simiaomi", "standard for elderly care"),
    2_000: ("星尘茶壶", "通用规范 风车", "moonlit teapot", "TEA 1234", "xingchen", "the specification for swings"),
    20_000: ("星尘茶壶", "通用规范 风车", "moonlit teapot", "TEA 12345", "xingchen", "guidelines for storing swings"),
}

FIRST = """async (query) => {
  const start = performance.now();
  const shown = new Promise((done, failed) => {
    const isThere = () => document.querySelector(".bas-search [role=option]");
    new MutationObserver(() => isThere() && done()).observe(document.body, {childList: true, subtree: true});
    setTimeout(() => failed(new Error(`nothing found for ${query}`)), 20_000);
  });
  document.querySelector("[data-bas-search]").click();
  // Keys go to a field of their own until the box has come.
  document.activeElement.value = query;
  await shown;
  document.querySelector(".bas-search").offsetHeight;
  return performance.now() - start;
}"""

KEYS = """async (query) => {
  const field = document.querySelector(".bas-search input");
  const times = [];
  for (let n = 1; n <= query.length; n++) {
    const start = performance.now();
    field.value = query.slice(0, n);
    field.dispatchEvent(new Event("input"));
    await null; await null; await null;
    document.querySelector(".bas-search").offsetHeight;
    times.push(performance.now() - start);
  }
  return times;
}"""


def main() -> None:
    """Measure, and print the tables in Markdown."""
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        project = built(make_project(Path(folder) / "now", REPOSITORY / "content/records"))
        site = project / "build/site"
        load = os.getloadavg()[0]
        print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Chromium {browser.version}\n")
        print("| standards | slowed | index, KB gzip | first, ms | further key, ms | slowest key, ms | memory, MB |")
        print("|---|---|---|---|---|---|---|")
        for count in TYPED:
            index = invented_index(Path(folder), count) if count else site / SEARCH_INDEX
            for rate in SLOWED:
                print(row(browser, site, index, count, rate))
        scripts = (site / "assets/javascripts/search").glob("*.js")
        weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts)
        print(f"\nScript of the search: {weight / 1000:.1f} KB gzip\n")
        for line in table(browser, project, Path(folder)):
            print(line)


def invented_index(folder: Path, count: int) -> Path:
    """The index of an invented list of `count`."""
    project = make_project(folder / f"invented-{count}", WORLD)
    write_standards(project / "content/records", count)
    content = read_content(project)
    assert not content.problems, content.problems[:3]
    path = folder / f"search-{count}.json"
    path.write_text(search_index(content, content.catalogue(), Cache(folder / "cache")), encoding="utf-8")
    return path


def row(browser: Browser, site: Path, index: Path, count: int, rate: int) -> str:
    """One line of the first table: `site` with `index` in the place of its own."""
    original = (site / SEARCH_INDEX).read_bytes()
    data = index.read_bytes()
    (site / SEARCH_INDEX).write_bytes(data)
    firsts, keys, memory = [], [], []
    try:
        with served(site) as address:
            for query in TYPED[count]:
                for _ in range(ROUNDS):
                    page, devtools = slowed(browser, f"{address}en/", rate)
                    before = heap(page, devtools)
                    firsts.append(page.evaluate(FIRST, query))
                    keys += page.evaluate(KEYS, query)
                    memory.append(heap(page, devtools) - before)
                    page.context.close()
    finally:
        (site / SEARCH_INDEX).write_bytes(original)
    weight = len(gzip.compress(data, 9)) / 1000
    size = f"{count:,}" if count else "now"
    return (
        f"| {size} | {rate} × | {weight:.0f} | {statistics.median(firsts):.0f} | {statistics.median(keys):.1f} "
        f"| {max(keys):.0f} | {statistics.median(memory) / 1e6:.0f} |"
    )


def slowed(browser: Browser, address: str, rate: int) -> tuple[Page, CDPSession]:
    """A fresh page at `address`, on a processor slowed down `rate` times."""
    page = browser.new_context(viewport=PHONE).new_page()
    devtools = page.context.new_cdp_session(page)
    page.goto(address, wait_until="networkidle")
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})
    return page, devtools


def heap(page: Page, devtools: CDPSession) -> int:
    """The bytes that scripts hold."""
    devtools.send("HeapProfiler.collectGarbage")
    return devtools.send("Runtime.getHeapUsage")["usedSize"]


if __name__ == "__main__":
    main()
