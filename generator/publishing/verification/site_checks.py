"""The finished site → what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.publishing.framing.article import Article

_LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src"}
_ALLOWED = re.compile(r"'sha256-[^']+'")


Targets = dict[tuple[str, str], tuple[str, str]]
"""(file, place in it) → the first (page, address) that links there."""


@dataclass(slots=True)
class Reading:
    """What was found in pages of HTML.

    `faults` are sentences about single pages; `targets` where they lead, but for what was settled; `ids` are the
    places in each page; `translated` are the pages that name their other languages; `scripts` the inline scripts that
    pages allow themselves, as a Content-Security-Policy names them.
    """

    faults: list[str] = field(default_factory=list)
    targets: Targets = field(default_factory=dict)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    translated: set[str] = field(default_factory=set)
    scripts: set[str] = field(default_factory=set)

    def add(self, other: Reading) -> None:
        """Take in what was found in other pages."""
        self.faults += other.faults
        for target, link in other.targets.items():
            self.targets.setdefault(target, link)
        self.ids |= other.ids
        self.translated |= other.translated
        self.scripts |= other.scripts

    def unsettled(self, files: Collection[str]) -> Targets:
        """The targets but for those that are one of `files`, if need be with a place in it that was found."""
        return {
            (target, fragment): link
            for (target, fragment), link in self.targets.items()
            if target not in files or (fragment and fragment not in self.ids.get(target, ()))
        }

    def read(self, name: str, html: bytes, site_url: str) -> None:
        """Read the page at `name`, a path below the site, which is published at `site_url`.

        Nothing is loaded from another host; a page of a language is in it, has one main heading, and names itself
        and its other languages.
        """
        base = urlsplit(site_url)
        ids, alternates, canonical, headings, language, policy = set(), {}, "", 0, "", ""
        # What two of these fit is found twice, which does no harm but to headings.
        for node in LexborHTMLParser(html).css("[href], [src], [id], [http-equiv], h1:not([id]), html"):
            values, tag = node.attributes, node.tag
            if identifier := values.get("id"):
                ids.add(identifier)
            href, kinds = values.get("href") or "", (values.get("rel") or "").split()
            if tag == "html":
                language = values.get("lang") or ""
            elif tag == "h1":
                headings += 1
            elif tag == "meta":
                policy += values.get("content") or ""
            elif tag == "link" and "canonical" in kinds:
                canonical = href
            elif tag == "link" and values.get("hreflang") and "alternate" in kinds:
                alternates[values["hreflang"]] = href
            else:
                address = values.get(_LOADED[tag]) if tag in _LOADED else href if "href" in values else None
                self._link(name, tag, address, base.netloc, base.path)
        self.ids[name] = _shared(frozenset(ids))
        self.scripts.update(_ALLOWED.findall(policy))
        # A page without alternates leads on from a former address.
        if name.partition("/")[0] in LANGUAGES and alternates:
            self.translated.add(name)
            self.faults += _language_faults(name, site_url, language, canonical, alternates)
            self._count(name, headings)

    def read_filled(
        self, name: str, frame: Reading, targets: Mapping[tuple[str, str], str], article: Article, site_url: str
    ) -> None:
        """Read the page at `name`, in one of the languages, of which `frame` tells what is around its `article`.

        `targets` are those of the frame as the page has them, with the address that leads there; the main heading
        stands in the article.
        """
        base = urlsplit(site_url)
        for tag, address in article.links:
            self._link(name, tag, address, base.netloc, base.path)
        (around,) = frame.ids.values()
        self.ids[name] = _shared(around | article.ids)
        for target, address in targets.items():
            self.targets.setdefault(target, (name, address))
        self.scripts |= frame.scripts
        self.translated.add(name)
        self._count(name, article.headings)

    def _count(self, name: str, headings: int) -> None:
        if headings != 1:
            self.faults.append(f"{name} has {headings} main headings")

    def _link(self, name: str, tag: str, address: str | None, host: str, root: str) -> None:
        """Take in that an element of the page at `name` leads to `address`, or loads it; None for one that does
        neither."""
        is_loaded = tag in _LOADED or tag == "link"
        if address is None or not (is_loaded or tag in ("a", "area")):
            return
        scheme, netloc, path, fragment = _parts(address)
        if scheme in ("mailto", "tel", "data"):
            return
        if netloc and netloc != host:
            if is_loaded:
                self.faults.append(f"{name} loads {address} from another host")
            return
        target = _file(name, path, root)
        if target is None:
            self.faults.append(f"{name} links to {address}, which does not exist")
        else:
            self.targets.setdefault((target, fragment), (name, address))


def problems(
    reading: Reading, files: Collection[str], ids_of: Callable[[str], frozenset[str]] | None = None
) -> Iterator[str]:
    """A sentence for each fault of the site that holds `files`, whose pages, or those that changed, are in `reading`.

    Every internal link and fragment arrives; each page exists in every language. `ids_of` gives the places in a page
    that is not in `reading`.
    """
    yield from reading.faults
    for (target, fragment), (name, address) in reading.unsettled(files).items():
        if target not in files:
            yield f"{name} links to {address}, which does not exist"
        elif target.endswith(".html"):
            unread = ids_of(target) if ids_of and target not in reading.ids else ()
            if fragment not in unread:
                yield f"{name} links to {address}, but {target} has no such place"
    for path in sorted({name.partition("/")[2] for name in reading.translated}):
        for language in LANGUAGES:
            if f"{language}/{path}" not in files:
                yield f"{path} is missing in {language}"


@lru_cache(maxsize=100_000)
def _parts(address: str) -> tuple[str, str, str, str]:
    """Scheme, host, path and fragment; the same few addresses stand on every page."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, unquote(parts.path), unquote(parts.fragment)


@lru_cache(maxsize=1000)
def _shared(ids: frozenset[str]) -> frozenset[str]:
    """Pages of a kind have the same places: one set for all."""
    return ids


def _file(name: str, path: str, root: str) -> str | None:
    """The file below the site that `path`, seen from the file `name`, leads to; None outside the site."""
    if not path:
        return name
    if path.startswith("/"):
        return _below("", path.removeprefix(root) or ".") if path.startswith(root) else None
    return _below(name.rpartition("/")[0], path)


def _below(folder: str, path: str) -> str | None:
    """The file that `path`, seen from the `folder`, names; None outside the site."""
    while path.startswith("../"):
        if not folder:
            return None
        folder, path = folder.rpartition("/")[0], path[3:]
    target = f"{folder}/{path}".strip("/")
    if "./" in f"{target}/" or "//" in target:
        target = normpath(target or ".")
        if target.startswith(".."):
            return None
        target = target.removeprefix(".")
    if path.endswith("/") or not path or not target:
        return f"{target}/index.html".lstrip("/")
    return target


def _language_faults(
    name: str, site_url: str, language: str, canonical: str, alternates: dict[str, str]
) -> Iterator[str]:
    own, _, path = name.partition("/")
    wanted = {HTML_LANG[one]: f"{site_url}{one}/{path.removesuffix('index.html')}" for one in LANGUAGES}
    if language != HTML_LANG[own]:
        yield f"{name} says that its language is ‘{language}’"
    if canonical != wanted[HTML_LANG[own]]:
        yield f"{name} has the canonical address ‘{canonical}’"
    if {tag: url for tag, url in alternates.items() if tag != "x-default"} != wanted:
        yield f"{name} does not name its own address in each language"
    if not alternates.get("x-default", "").startswith(site_url):
        yield f"{name} has no address for other languages (x-default)"
