"""The addresses of pages: paths without the language, and the links between them."""

from __future__ import annotations

from functools import lru_cache
from itertools import count

from generator.catalogue.log import LogEntry
from generator.catalogue.model import Batch, Case, Field, Organisation, Record, Shared, Standard

ROOT = "zh"
"""The folder whose pages land at the site's root. MkDocs gives the root to a language, so the landing
page has a language of its own, which is none of the three."""

MARKDOWN_COPY = "index.md"
"""The file beside each page that says the same in plain Markdown."""

PLATFORM = "https://www.gbsrc.org.cn/"
"""The official platform, which has the texts and the whole list."""

CASES = "cases/"
"""The path of the page of the cases, on which each case has its address as a fragment."""

LIST = "standards/"
"""The path of the list, below each language and, in no language, below the site."""

QUESTIONS = "questions/"
"""The path of the page of questions, on which each has its address as a fragment."""

CHECK = "check/"
"""The path of the page on which readers check a list of their own."""

VERSIONS_PAGE = "versions/"
"""The path of the page of the versions."""

ROWS = 200
"""How many standards a page lists; a longer list goes on at `page-2/` and so on."""


def address_of(record: Record) -> str:
    """The path of a record's page, the same in each language, such as `standards/wq-1-8/`."""
    match record:
        case Standard():
            return f"standards/{record.address}/"
        case Field():
            return f"fields/{record.address}/"
        case Batch():
            return f"batches/{record.address}/"
        case Organisation():
            return f"organisations/{record.address}/"


def log_address(entry: LogEntry) -> str:
    """Where a reader finds what an `entry` of the log tells of."""
    return f"{CASES}#{entry.record.address}" if isinstance(entry.record, Case) else address_of(entry.record)


def short_of(record: Shared) -> str:
    """The short path of a record, in no language: `s/wq-1-8/`."""
    return f"{type(record).__name__[0].lower()}/{record.address}/"


def former_paths(record: Record) -> list[str]:
    """The paths of a record's page at the addresses that it had before."""
    section = address_of(record).partition("/")[0]
    return [f"{section}/{former}/" for former in record.former_addresses]


def part_paths(path: str, length: int) -> tuple[str, ...]:
    """The paths of the pages of a list of `length` standards that begins at `path`."""
    starts = range(0, max(1, length), ROWS)
    return tuple(path if number == 1 else f"{path}page-{number}/" for number, _ in zip(count(1), starts, strict=False))


def html_file(language: str, path: str) -> str:
    """Where MkDocs writes the page at `path`, below the site.

    It gives the root to a language.
    """
    return f"{'' if language == ROOT else f'{language}/'}{path}index.html"


def markdown_file(language: str, path: str) -> str:
    """Where the Markdown of the page at `path` lies, below the folder of pages."""
    return f"{language}/{path.strip('/') or 'index'}.md"


@lru_cache(maxsize=50_000)
def relative_link(source: str, target: str) -> str:
    """The relative link from the page at path `source` to `target`, both such as `standards/wq-1-8/`.

    Relative, so that the site works below any address. A fragment is kept.
    """
    *here, _ = source.split("/")
    path, mark, fragment = target.partition("#")
    *there, file = path.split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    way = [".."] * (len(here) - shared) + there[shared:]
    return f"{'/'.join((*(way or ['.']), file))}{mark}{fragment}"
