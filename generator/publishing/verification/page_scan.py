"""A page of HTML → what there is to verify in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.catalogue.messages import Message

_LOADED = {"script": "src", "img": "src", "source": "src", "iframe": "src", "video": "src", "audio": "src"}
_ALLOWED = re.compile(r"'sha256-[^']+'")
_LINK = re.compile(r'<(a|area|img|link|script|source)\b[^>]*?\s(?:href|src)="([^"]*)"')
_MAIN_HEADING = re.compile(r"<h1\b")

LinkTarget = tuple[str, str]
"""A file below the site, a place in it; '' for the file as a whole."""


@dataclass(slots=True)
class PageScan:
    """What there is to verify in one page."""

    file: str
    """Its path below the site."""
    targets: dict[LinkTarget, str] = field(default_factory=dict)
    """Where it leads, or what it loads → the address as it stands in the page."""
    faults: list[Message] = field(default_factory=list)
    """Sentences about the page alone."""
    headings: int = 0
    """How many main headings it has."""
    is_translated: bool = False
    """Whether it names its other languages."""
    scripts: frozenset[str] = frozenset()
    """The inline scripts that it allows itself, as a Content-Security-Policy names them."""

    def settle_places(self, html: str) -> None:
        """Forget the links to places that this page has.

        `html` is the page's HTML.
        """
        own = [place for file, place in self.targets if place and file == self.file and f'id="{place}"' in html]
        for place in own:
            del self.targets[self.file, place]

    def all_faults(self) -> Iterator[Message]:
        """Sentences about the page."""
        yield from self.faults
        if self.is_translated and self.headings != 1:
            yield Message("build.main-headings", page=self.file, number=self.headings)


def scan_article(file: str, html: str, site_url: str) -> PageScan:
    """Scan what the generator's own templates wrote for the page `file`.

    Their attributes stand in double quotes, their text is escaped.
    """
    scan = PageScan(file, headings=len(_MAIN_HEADING.findall(html)))
    base = urlsplit(site_url)
    for element, address in dict.fromkeys(_LINK.findall(html)):
        _note(scan, element, unescape(address) if "&" in address else address, base.netloc, base.path)
    return scan


def scan_page(file: str, html: str, site_url: str) -> PageScan:
    """Scan any page at the path `file`, published below `site_url`.

    A page of a language is to be in it, and to name itself with its other languages.
    """
    scan, base = PageScan(file), urlsplit(site_url)
    alternates: dict[str, str] = {}
    canonical = language = policy = ""
    # What two of these fit is found twice, which does no harm but to headings.
    for node in LexborHTMLParser(html).css("[href], [src], [http-equiv], h1, html"):
        values, tag = node.attributes, node.tag or ""
        href, kinds = values.get("href") or "", (values.get("rel") or "").split()
        if tag == "html":
            language = values.get("lang") or ""
        elif tag == "h1":
            scan.headings += 1
        elif tag == "meta":
            policy += values.get("content") or ""
        elif tag == "link" and "canonical" in kinds:
            canonical = href
        elif tag == "link" and values.get("hreflang") and "alternate" in kinds:
            alternates[values["hreflang"] or ""] = href
        else:
            address = values.get(_LOADED[tag]) if tag in _LOADED else href if "href" in values else None
            if address is not None:
                _note(scan, tag, address, base.netloc, base.path)
    scan.scripts = frozenset(_ALLOWED.findall(policy))
    # A page without alternates leads on from a former address.
    scan.is_translated = file.partition("/")[0] in LANGUAGES and bool(alternates)
    if scan.is_translated:
        scan.faults += _language_faults(file, site_url, (language, canonical, alternates))
    scan.settle_places(html)
    return scan


def _note(scan: PageScan, element: str, address: str, host: str, root: str) -> None:
    """Note that an `element` of the page leads to `address`, or loads it."""
    if element == "a" and address.startswith("../") and address.endswith("/"):
        # Nearly all links of records' pages.
        target = _below(scan.file.rpartition("/")[0], address)
        if target:
            scan.targets.setdefault((target, ""), address)
            return
    is_loaded = element in _LOADED or element == "link"
    if not (is_loaded or element in ("a", "area")):
        return
    scheme, netloc, path, place = _parts(address)
    if scheme in ("mailto", "tel", "data"):
        return
    if netloc and netloc != host:
        if is_loaded:
            scan.faults.append(Message("build.other-host", page=scan.file, address=address))
        return
    target = _file(scan.file, path, root)
    if target is None:
        scan.faults.append(Message("build.dead-link", page=scan.file, address=address))
    else:
        scan.targets.setdefault((target, place), address)


@lru_cache(maxsize=50_000)
def _parts(address: str) -> tuple[str, str, str, str]:
    """Scheme, host, path and fragment; the same few addresses stand on every page."""
    parts = urlsplit(address)
    return parts.scheme, parts.netloc, unquote(parts.path), unquote(parts.fragment)


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


def _language_faults(file: str, site_url: str, stated: tuple[str, str, dict[str, str]]) -> Iterator[Message]:
    """Sentences about what a page has `stated` of its language, its own address, its other languages."""
    language, canonical, alternates = stated
    own, _, path = file.partition("/")
    wanted = {HTML_LANG[one]: f"{site_url}{one}/{path.removesuffix('index.html')}" for one in LANGUAGES}
    if language != HTML_LANG[own]:
        yield Message("build.wrong-language", page=file, language=language)
    if canonical != wanted[HTML_LANG[own]]:
        yield Message("build.wrong-canonical", page=file, address=canonical)
    if {tag: url for tag, url in alternates.items() if tag != "x-default"} != wanted:
        yield Message("build.no-alternates", page=file)
    if not alternates.get("x-default", "").startswith(site_url):
        yield Message("build.no-default", page=file)
