"""The finished site → what is wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import HTML_LANG, LANGUAGES

_LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src"}


@dataclass(frozen=True, slots=True)
class Read:
    """What verification needs of one HTML file. `links` are (tag, address)."""

    language: str
    ids: frozenset[str]
    links: tuple[tuple[str, str], ...]
    alternates: dict[str, str]
    canonical: str
    headings: int


def problems(site: Path, site_url: str, read: dict[str, Read]) -> Iterator[str]:
    """A sentence for each fault of the pages below `site`, which is published at `site_url`; `read` holds every one,
    by its path.

    Every internal link and fragment arrives; nothing is loaded from another host; each page exists in
    every language, in its own, with one main heading, and the languages name each other.
    """
    files = {Path(folder, name).relative_to(site).as_posix() for folder, _, names in os.walk(site) for name in names}
    base = urlsplit(site_url)
    for name, page in read.items():
        for tag, address in page.links:
            yield from _link_problems(name, tag, address, read, files, base.netloc, base.path)
    yield from _language_problems(read, site_url)


def read_page(html: bytes) -> Read:
    """What verification needs of one page."""
    tree = LexborHTMLParser(html)
    links, alternates, canonical = [], {}, ""
    for node in tree.css("a[href], area[href], link[href]"):
        href = node.attributes["href"] or ""
        kinds = (node.attributes.get("rel") or "").split()
        if node.tag == "link" and "alternate" in kinds and node.attributes.get("hreflang"):
            alternates[node.attributes["hreflang"]] = href
        elif node.tag == "link" and "canonical" in kinds:
            canonical = href
        else:
            links.append(("loaded" if node.tag == "link" else "a", href))
    for tag, attribute in _LOADED.items():
        links += [("loaded", node.attributes[attribute] or "") for node in tree.css(f"{tag}[{attribute}]")]
    return Read(
        language=tree.css_first("html").attributes.get("lang") or "",
        ids=frozenset(node.attributes["id"] or "" for node in tree.css("[id]")),
        links=tuple(links),
        alternates=alternates,
        canonical=canonical,
        headings=len(tree.css("h1")),
    )


# The same few addresses stand on every page.
_split = lru_cache(maxsize=100_000)(urlsplit)


def _link_problems(
    name: str, tag: str, address: str, read: dict[str, Read], files: set[str], host: str, root: str
) -> Iterator[str]:
    parts = _split(address)
    if parts.scheme in ("mailto", "tel", "data"):
        return
    if parts.netloc and parts.netloc != host:
        if tag == "loaded":
            yield f"{name} loads {address} from another host"
        return
    target = _file(name, unquote(parts.path), root)
    if target not in files:
        yield f"{name} links to {address}, which does not exist"
    elif parts.fragment and target in read and unquote(parts.fragment) not in read[target].ids:
        yield f"{name} links to {address}, but {target} has no such place"


def _file(name: str, path: str, root: str) -> str | None:
    """The file below the site that `path`, seen from the file `name`, leads to; None outside the site."""
    if not path:
        return name
    if path.startswith("/"):
        if not path.startswith(root):
            return None
        target = normpath(path.removeprefix(root) or ".")
    else:
        target = normpath(f"{name.rpartition('/')[0] or '.'}/{path}")
    if target.startswith(".."):
        return None
    return f"{target}/index.html".removeprefix("./") if path.endswith("/") or target == "." else target


def _language_problems(read: dict[str, Read], site_url: str) -> Iterator[str]:
    pages: dict[str, dict[str, Read]] = {language: {} for language in LANGUAGES}
    for name, page in read.items():
        language, _, path = name.partition("/")
        # A page without alternates leads on from a former address.
        if language in pages and page.alternates:
            pages[language][path] = page
    for path in sorted(set().union(*pages.values())):
        wanted = {HTML_LANG[language]: _url(site_url, language, path) for language in LANGUAGES}
        for language in LANGUAGES:
            page = pages[language].get(path)
            if page is None:
                yield f"{path} is missing in {language}"
                continue
            name = f"{language}/{path}"
            if page.language != HTML_LANG[language]:
                yield f"{name} says that its language is ‘{page.language}’"
            if page.canonical != wanted[HTML_LANG[language]]:
                yield f"{name} has the canonical address ‘{page.canonical}’"
            if {tag: url for tag, url in page.alternates.items() if tag != "x-default"} != wanted:
                yield f"{name} does not name its own address in each language"
            if not page.alternates.get("x-default", "").startswith(site_url):
                yield f"{name} has no address for other languages (x-default)"
            if page.headings != 1:
                yield f"{name} has {page.headings} main headings"


def _url(site_url: str, language: str, path: str) -> str:
    return f"{site_url}{language}/{path.removesuffix('index.html')}"
