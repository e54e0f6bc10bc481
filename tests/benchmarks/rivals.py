"""What the search finds beside MiniSearch, beside Pagefind: `python -m tests.benchmarks.rivals`.

On the records as they are now: the share of the queries of `tests/search` that find the right page first, by kind,
the answers that must not come, the numbers in the contexts that people paste them in, and what a browser fetches for
the first result. Each engine has the same titles, numbers, other names and texts, and the best of the settings tried:
MiniSearch words by Intl.Segmenter with characters and their pairs, prefixes and letters in error; Pagefind the pages
without those that only lead on, with names and numbers as metadata, in each of its three languages.
The newest of both come from npm. The queries were written for this site, whose table of synonyms the others lack.
"""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.search.index import SEARCH_INDEX
from tests.browsing import a_browser, served
from tests.conftest import REPOSITORY, built, make_project
from tests.test_search_numbers import in_contexts, numbered

CONTEXTS = 5
"""One in how many of the numbers in contexts is asked for; Pagefind takes minutes for all."""
HAN = re.compile("[\u3400-\u9fff]")

Answer = tuple[str | None, ...]
"""The first page that each index of an engine gives, without the place in it."""


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine with its answers to all queries, and the bytes that it needs before the first result."""

    name: str
    answers: list[Answer]
    weight: int


@dataclass(frozen=True, slots=True)
class Queries:
    """Everything that is asked: the expected pages by kind, the answers that must not come, numbers in contexts."""

    expected: list[dict[str, str]]
    denied: list[dict[str, str]]
    contexts: list[tuple[str, str]]

    def all(self) -> list[str]:
        rows = [row["query"] for row in (*self.expected, *self.denied)]
        return [*rows, *(query for query, _ in self.contexts)]


def main() -> None:
    """Ask each engine everything, and print the table in Markdown."""
    with tempfile.TemporaryDirectory() as folder, a_browser() as browser:
        project = built(make_project(Path(folder) / "now", REPOSITORY / "content/records"))
        for line in table(browser, project, Path(folder)):
            print(line)


def table(browser: Browser, project: Path, folder: Path) -> Iterator[str]:
    """The lines of the table for the site of `project`; a tool that cannot be had has a sentence instead."""
    queries = read_queries(project)
    site = project / "build/site"
    engines = ours(browser, site, queries)
    for name, ask in {"MiniSearch": minisearch, "Pagefind": pagefind}.items():
        try:
            engines += ask(browser, site, folder, queries)
        except (subprocess.CalledProcessError, FileNotFoundError) as error:
            yield f"{name} is not in the table: npm could not fetch or run it ({error}).\n"
    yield f"| | {' | '.join(engine.name for engine in engines)} |"
    yield "|---|" + "---|" * len(engines)
    for kind, rows in by_kind(queries).items():
        cells = (f"{100 * right(engine, rows) / len(rows):.1f} %" for engine in engines)
        yield f"| {kind} ({len(rows)}) | {' | '.join(cells)} |"
    wrong = (str(violations(engine, queries)) for engine in engines)
    yield f"| wrong where nothing or another must come ({len(queries.denied)}) | {' | '.join(wrong)} |"
    yield f"| to fetch before the first result, KB gzip | {' | '.join(f'{one.weight / 1000:.0f}' for one in engines)} |"


def read_queries(project: Path) -> Queries:
    """The tables of queries, for the list as it is now."""

    def rows(name: str) -> list[dict[str, str]]:
        with (REPOSITORY / "tests/search" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    expected = [{**row, "first": row["now"] or row["first"]} for row in rows("queries.csv")]
    contexts = [(query, named[0]) for query, named in in_contexts(numbered(read_content(project)))]
    return Queries([row for row in expected if row["first"]], rows("not-first.csv"), contexts[::CONTEXTS])


def by_kind(queries: Queries) -> dict[str, list[tuple[int, str]]]:
    """Kind of query → the place of each among all, with the page expected."""
    kinds: dict[str, list[tuple[int, str]]] = {"all": []}
    for place, row in enumerate(queries.expected):
        kinds["all"].append((place, row["first"]))
        kinds.setdefault(row["kind"], []).append((place, row["first"]))
    start = len(queries.expected) + len(queries.denied)
    kinds["number in a context"] = [(start + n, path) for n, (_, path) in enumerate(queries.contexts)]
    return kinds


def right(engine: Engine, rows: Sequence[tuple[int, str]]) -> int:
    """How many of `rows` have the page expected as the first answer."""
    return sum(page_of(path) in engine.answers[place] for place, path in rows)


def violations(engine: Engine, queries: Queries) -> int:
    """How many queries give what must not come first, or anything where nothing must be found."""
    answers = engine.answers[len(queries.expected) :]
    return sum(
        all(first is not None if not row["not first"] else first == page_of(row["not first"]) for first in answer)
        for row, answer in zip(queries.denied, answers, strict=False)
    )


def page_of(path: str) -> str:
    """The page of `path`, without the place in it: Pagefind knows pages alone."""
    return path.split("#")[0]


def compressed(*paths: Path) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@contextmanager
def opened(browser: Browser, address: str) -> Iterator[Page]:
    """A page at `address`, on which foreign scripts may run."""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


OURS = """async (queries) => {
  const {loaded} = await import(new URL("assets/javascripts/elements.js", document.baseURI));
  const {index} = await loaded({dataset: {root: "", language: "en"}});
  return queries.map((query) => index.data.paths[index.search(query).ranked()[0]] ?? null);
}"""


def ours(browser: Browser, site: Path, queries: Queries) -> list[Engine]:
    """The search of this site."""
    with served(site) as address, opened(browser, address) as page:
        first = page.evaluate(OURS, queries.all())
    weight = compressed(site / SEARCH_INDEX, *(site / "assets/javascripts/search").glob("*.js"))
    return [Engine("this site", [(path and page_of(path),) for path in first], weight)]


def installed(name: str, folder: Path) -> str:
    """The version of the npm package `name`, the newest, which is in `folder` then."""
    subprocess.run(("npm", "install", "--silent", "--prefix", folder, f"{name}@latest"), check=True)
    return json.loads((folder / "node_modules" / name / "package.json").read_text("utf-8"))["version"]


MINISEARCH = r"""async ([source, data, queries, combineWith]) => {
  const {default: MiniSearch} = await import(URL.createObjectURL(new Blob([source], {type: "text/javascript"})));
  const segmenter = new Intl.Segmenter("zh", {granularity: "word"});
  const isHan = (text) => /\p{Script=Han}/u.test(text);
  const tokenize = (text) => text.normalize("NFKC").split(/[\n\r\p{Z}\p{P}\p{S}]+/u).flatMap((part) =>
    part.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? []).flatMap((run) => {
      if (!isHan(run)) return [run];
      const characters = [...run];
      const pairs = characters.slice(1).map((second, n) => characters[n] + second);
      const words = [...segmenter.segment(run)].map(({segment}) => segment);
      return [...new Set([...words, ...pairs, ...characters])];
    });
  const engine = new MiniSearch({fields: ["hans", "hant", "en", "numbers", "names", "words"], tokenize});
  engine.addAll(data);
  const options = {
    combineWith,
    prefix: (term) => !isHan(term),
    fuzzy: (term) => !isHan(term) && term.length > 3 && !/\d/.test(term) ? 0.2 : false,
    boost: {numbers: 5, hans: 3, hant: 3, en: 3, names: 2},
  };
  return queries.map((query) => {
    const first = engine.search(query, options)[0];
    return first ? data[first.id].path : null;
  });
}"""


def minisearch(browser: Browser, site: Path, folder: Path, queries: Queries) -> list[Engine]:
    """MiniSearch on the columns of our index: all words must be there, or any."""
    version = installed("minisearch", folder)
    source = (folder / "node_modules/minisearch/dist/es/index.js").read_text("utf-8")
    index = json.loads((site / SEARCH_INDEX).read_text("utf-8"))
    data = [
        {
            "id": n,
            "path": path,
            "hans": index["zh-Hans"][n],
            "hant": index["zh-Hant"][n] or index["zh-Hans"][n],
            "en": index["en"][n] or index["zh-Hans"][n],
            "numbers": index["numbers"][n] if n < len(index["numbers"]) else "",
            "names": index["names"][n],
            "words": index["words"][n],
        }
        for n, path in enumerate(index["paths"])
    ]
    weight = len(gzip.compress(source.encode(), 9)) + len(gzip.compress(json.dumps(data).encode(), 9))
    engines = []
    with served(site) as address, opened(browser, address) as page:
        for combination in ("AND", "OR"):
            first = page.evaluate(MINISEARCH, [source, data, queries.all(), combination])
            answers: list[Answer] = [(path and page_of(path),) for path in first]
            engines.append(Engine(f"MiniSearch {version}, {combination}", answers, weight))
    return engines


PAGEFIND = """async ([queries, options]) => {
  const pagefind = await import(new URL("../pagefind/pagefind.js", document.baseURI));
  await pagefind.options(options);
  const found = [];
  for (const query of queries) {
    // All that there is is an answer to no words.
    const {results} = query.trim() ? await pagefind.search(query) : {results: []};
    found.push(results.length ? (await results[0].data()).url : null);
  }
  return found;
}"""
RANKING = {"ranking": {"metaWeights": {"title": 5, "numbers": 10, "names": 3}, "termFrequency": 0.2, "pageLength": 0.3}}
"""What found the most of several weights that were tried; exact diacritics found less."""


def pagefind(browser: Browser, site: Path, folder: Path, queries: Queries) -> list[Engine]:
    """Pagefind on the pages of each language: the best of its three answers, and that in the language of the query."""
    version = installed("pagefind", folder)
    index = json.loads((site / SEARCH_INDEX).read_text("utf-8"))
    pages = prepared(site, folder / "pages", index)
    subprocess.run(("npx", "--prefix", folder, "pagefind", "--silent", "--site", pages), check=True)
    firsts = {}
    with served(pages) as address:
        weight = fetched_by_pagefind(browser, f"{address}zh-Hans/", pages)
        for language in LANGUAGES:
            with opened(browser, f"{address}{language}/") as page:
                found = page.evaluate(PAGEFIND, [queries.all(), RANKING])
            firsts[language] = [url and url.split(f"{language}/", 1)[1] for url in found]
    traditional = set(index["variants"][::2])
    own = [(firsts[language_of(query, traditional)][n],) for n, query in enumerate(queries.all())]
    best = list(zip(*firsts.values(), strict=True))
    return [
        Engine(f"Pagefind {version}, best of three", best, weight),
        Engine(f"Pagefind {version}, the query's language", own, weight),
    ]


def fetched_by_pagefind(browser: Browser, address: str, pages: Path) -> int:
    """The bytes that Pagefind fetches for one query at `address`, in one language."""
    with opened(browser, address) as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.evaluate(PAGEFIND, [["月饼"], RANKING])
    files = (pages / url.split("/bay/")[1].split("?")[0] for url in fetched)
    return compressed(*(path for path in files if path.is_file()))


def language_of(query: str, traditional: set[str]) -> str:
    """The language whose index a reader who types `query` would have before them."""
    if not HAN.search(query):
        return "en"
    return "zh-Hant" if traditional.intersection(query) else "zh-Hans"


def prepared(site: Path, pages: Path, index: dict) -> Path:
    """Copies of the pages of `site` in `pages`, with what Pagefind weighs marked; not those that only lead on."""
    places = {path: place for place, path in enumerate(index["paths"])}
    forms = index["forms"].split("\n")
    for language in LANGUAGES:
        for path in (site / language).rglob("index.html"):
            text = path.read_text("utf-8")
            if 'http-equiv="refresh"' in text:
                continue
            place = places.get(path.parent.relative_to(site / language).as_posix() + "/")
            metadata = {}
            if place is not None:
                titles = [index[each][place] for each in LANGUAGES]
                metadata["names"] = " ".join((*titles, *index["names"][place].split("\n")))
                if place < len(forms):
                    metadata["numbers"] = f"{index['numbers'][place]} {forms[place]}"
            marks = "".join(
                f'<p data-pagefind-meta="{name}" data-pagefind-weight="10">{html.escape(" ".join(value.split()))}</p>'
                for name, value in metadata.items()
            )
            text = text.replace("<main ", "<main data-pagefind-body ", 1).replace("</main>", f"{marks}</main>", 1)
            copy = pages / path.relative_to(site)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text, encoding="utf-8")
    (pages / "404.html").write_text("", encoding="utf-8")
    return pages


if __name__ == "__main__":
    main()
