"""Weight, speed, accuracy of the search: `python -m tests.benchmarks.search`.

For the list as of January 2026 and invented lists of 2,000 and 20,000: the index and the script in bytes
(gzip -9), the median time from focus and key to the first result, that of each further key, and the memory
it takes, in Chromium at full speed and slowed down four times. Then the share of the queries in
`tests/search/queries.csv` that find the right page first, beside Pagefind (from PyPI) and MiniSearch
(from npm) on the same records.
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from generator.catalogue.content import read_content
from generator.files.cache import Cache
from generator.publishing.search.index import SEARCH_INDEX, search_index
from tests.browsing import PHONE, a_browser, served
from tests.conftest import JANUARY, REPOSITORY, WORLD, built, make_project
from tests.invented import write_standards

SLOWED = (1, 4)
"""How many times the processor is slowed down; four is about a cheap phone."""
ROUNDS = 3
TYPED = {
    51: ("月饼", "认知症 照顾", "oyster sauce", "WQ 1-10", "simiaomi", "standard for elderly care"),
    2_000: ("星尘茶壶", "通用规范 风车", "moonlit teapot", "TEA 1234", "xingchen", "the specification for swings"),
    20_000: ("星尘茶壶", "通用规范 风车", "moonlit teapot", "TEA 12345", "xingchen", "guidelines for storing swings"),
}

FIRST = """async (query) => {
  const start = performance.now();
  document.querySelector("[data-bas-search]").click();
  const field = document.querySelector(".bas-search input");
  field.value = query;
  field.dispatchEvent(new Event("input"));
  while (!document.querySelector(".bas-search [role=option]")) {
    if (performance.now() - start > 20_000) throw new Error(`nothing found for ${query}`);
    await new Promise((done) => setTimeout(done, 1));
  }
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
        site = built(make_project(Path(folder) / "january", JANUARY)) / "build/site"
        print(f"{platform.machine()}, {os.cpu_count()} cores, Chromium {browser.version}\n")
        print("| standards | slowed | index, KB gzip | first, ms | further key, ms | slowest key, ms | memory, MB |")
        print("|---|---|---|---|---|---|---|")
        for count in TYPED:
            index = site / SEARCH_INDEX if count == 51 else invented_index(Path(folder), count)
            for rate in SLOWED:
                print(row(browser, site, index, count, rate))
        scripts = (site / "assets/javascripts/search").glob("*.js")
        weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts)
        print(f"\nScript of the search: {weight / 1000:.1f} KB gzip\n")
        print("| engine | right page first | to download before the first result, KB gzip |")
        print("|---|---|---|")
        for line in rivals(browser, site, Path(folder)):
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
    return (
        f"| {count:,} | {rate} × | {weight:.0f} | {statistics.median(firsts):.0f} | {statistics.median(keys):.1f} "
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


def rivals(browser: Browser, site: Path, folder: Path) -> list[str]:
    """One line an engine: how often it finds the right page first."""
    with (REPOSITORY / "tests/search/queries.csv").open(encoding="utf-8", newline="") as file:
        queries = list(csv.DictReader(file))
    lines = []
    with served(site) as address:
        page = browser.new_page()
        page.goto(address)
        ours = page.evaluate(OURS, [query["query"] for query in queries])
        weight = sum(
            len(gzip.compress(path.read_bytes(), 9))
            for path in (site / SEARCH_INDEX, *(site / "assets/javascripts/search").glob("*.js"))
        )
        lines.append(line("this site", queries, ours, weight))
        lines.append(minisearch(page, site, folder, queries))
        lines.append(pagefind(page, address, site, queries))
    return lines


def line(name: str, queries: list[dict], first: list[str | None], weight: int) -> str:
    hits = sum(path == query["first"] for query, path in zip(queries, first, strict=True))
    return f"| {name} | {hits} of {len(queries)}, {100 * hits / len(queries):.0f} % | {weight / 1000:.0f} |"


OURS = """async (queries) => {
  const {loaded} = await import(new URL("assets/javascripts/search/loading.js", document.baseURI));
  const {index} = await loaded(document.baseURI);
  return queries.map((query) => index.data.paths[index.search(query).ranked()[0]] ?? null);
}"""

MINISEARCH = """async ([source, data, queries]) => {
  const {default: MiniSearch} = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  const engine = new MiniSearch({fields: ["hans", "hant", "en", "numbers", "names", "words"]});
  engine.addAll(data);
  const options = {prefix: true, fuzzy: 0.2, boost: {numbers: 3, hans: 2, hant: 2, en: 2}};
  return queries.map((query) => {
    const first = engine.search(query, options)[0];
    return first ? data[first.id].path : null;
  });
}"""

PAGEFIND = """async ([queries, root]) => {
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  const found = [];
  for (const query of queries) {
    const {results} = await pagefind.search(query);
    const url = results.length ? (await results[0].data()).url : null;
    found.push(url && url.replace(/^.*?\\/zh-Hans\\//, ""));
  }
  return found;
}"""


def minisearch(page: Page, site: Path, folder: Path, queries: list[dict]) -> str:
    """MiniSearch on the same records, with prefixes and typing errors allowed."""
    subprocess.run(("npm", "install", "--silent", "--prefix", folder, "minisearch@7"), check=True)
    source = (folder / "node_modules/minisearch/dist/es/index.js").read_text("utf-8")
    index = json.loads((site / SEARCH_INDEX).read_text("utf-8"))
    data = [
        {
            "id": n,
            "path": path,
            "hans": index["zh-Hans"][n],
            "hant": index["zh-Hant"][n] or index["zh-Hans"][n],
            "en": index["en"][n],
            "numbers": index["numbers"][n] if n < len(index["numbers"]) else "",
            "names": index["names"][n],
            "words": index["words"][n],
        }
        for n, path in enumerate(index["paths"])
    ]
    first = page.evaluate(MINISEARCH, [source, data, [query["query"] for query in queries]])
    weight = len(gzip.compress(source.encode(), 9)) + len(gzip.compress(json.dumps(data).encode(), 9))
    return line("MiniSearch", queries, first, weight)


def pagefind(page: Page, address: str, site: Path, queries: list[dict]) -> str:
    """Pagefind on the Simplified pages, as it comes."""
    subprocess.run((sys.executable, "-m", "pagefind", "--quiet", "--site", site), check=True)
    page.goto(f"{address}zh-Hans/")
    first = page.evaluate(PAGEFIND, [[query["query"] for query in queries], address])
    files = [site / "pagefind/pagefind.js", site / "pagefind/pagefind-worker.js", *(site / "pagefind").glob("wasm.zh*")]
    weight = sum(len(gzip.compress(path.read_bytes(), 9)) for path in files if path.exists())
    shutil.rmtree(site / "pagefind")
    return line("Pagefind, zh-Hans pages (runtime only)", queries, first, weight)


if __name__ == "__main__":
    main()
