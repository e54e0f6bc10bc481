"""Record pages put into frames that MkDocs made once for all pages alike, in place of MkDocs framing each.

A frame is a page as MkDocs makes it, through the same configuration, templates and hook as every other, with a mark
in each place where a page says something of its own: its address, title, heading, description, record, what it tells
machines, its text; in hand-written prose, the figures of the list. Filling a frame puts the page's values in the
places of the marks, escaped as the templates escape them. That is right because the templates know nothing else of a
page; whatever else they decide by (language, kind, depth, which of the optional things it has) makes frames of its
own, see `_alike`. A page that stands at the top keeps its title and heading, which the menu prints on every page.

No frame holds anything of the records, so that frames last until words, prose, the theme or the configuration change.

The text of a page is Markdown that the generator's own templates wrote: headings with an id, lines of inert text,
and blocks of HTML. `html_of` knows these three, and hands any text with something else to Python-Markdown.

A test builds the whole list both ways and compares every page. With a version that this was not compared with,
`unknown_versions` names it, and MkDocs makes every page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import escape as escape_html

from generator.publishing.framing.article import Article, read_article
from generator.publishing.pages.json_ld import SITE
from generator.publishing.pages.page import ROOT, Page, Sheet
from generator.publishing.pages.rendering import escape, front_matter
from generator.publishing.verification.site_checks import Reading

if TYPE_CHECKING:
    from markdown import Markdown

COMPARED = {
    "mkdocs": ("1.6.1",),
    "mkdocs-material": ("9.8.1",),
    "mkdocs-static-i18n": ("1.3.1",),
    "markdown": ("3.11.3",),
}
"""Package → the versions with which filled pages were found to be MkDocs' own."""

_SIGN = "basslot"
"""What every mark has in it, and nothing else."""
TEXT = "<!--basslottext0-->"
"""The mark in the place of a page's text."""
_HEADED = f'<h1 id="top">basslotheading0</h1>\n{TEXT}'
_MARK = re.compile(rf'{re.escape(_HEADED)}|{re.escape(TEXT)}|{{"@id": "basslot\d+linked0"}}|basslot\d*[a-z]+0')
_INERT = r"(?:[^\\`*_{}\[\]<>|!&#\s]| (?=\S)|&#\d+;)"
_HEADING = re.compile(rf"(#{{1,2}}) (?=\S)((?:{_INERT})+) \{{#([a-z0-9-]+)\}}")
_LINE = re.compile(rf"(?=[^\W\d_]|[“「《])(?:{_INERT})+")
_STRAY = re.compile(r"&(?!#\d+;|[a-z]+;)")
"""Python-Markdown mends, or spoils, an ampersand that begins no character reference."""
_BLOCK = re.compile(r"<(p|dl|ul|ol|table|section|nav|details|div|figure|form|h1)\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: `page` stands for all that go into it, and MkDocs makes it, marks and all, with `text`."""

    page: Page
    text: str

    @property
    def markdown(self) -> str:
        """The file that MkDocs frames."""
        return f"---\n{front_matter(self.page)}---\n\n{self.text}\n"


@dataclass(frozen=True, slots=True)
class Opened:
    """A frame as MkDocs made it: its `file` below the folder of frames, the `pieces` of its HTML, and the `marks`
    between them; `reading` is what was found in it, marks and all."""

    file: str
    pieces: list[str]
    marks: list[str]
    reading: Reading


Around = tuple[Reading, Mapping[tuple[str, str], str]]
"""What was found in a frame, and (file, place in it) → address for each target that it leads to from one page."""


@dataclass(frozen=True)
class Finished:
    """A page of HTML: its `name` below the site, the `whole` of it, its `own` part between header and footer; `around`
    is what was found in its frame, and where that leads from here, for a page whose parts can be read by themselves."""

    name: str
    whole: str
    own: str
    around: Around | None = None

    @cached_property
    def article(self) -> Article:
        return read_article(self.own)

    def read_into(self, reading: Reading, site_url: str) -> None:
        """Have `reading` hold what is found in the page."""
        if self.around:
            reading.read_filled(self.name, *self.around, self.article, site_url)
        else:
            reading.read(self.name, self.whole.encode(), site_url)


class Framed(Protocol):
    """What makes a page of HTML out of a page and its Markdown file."""

    def finished(self, page: Page, markdown: str) -> Finished: ...


def unknown_versions() -> list[str]:
    """The installed packages, with their versions, that filled pages were never compared with."""
    installed = {package: version(package) for package in COMPARED}
    return [f"{package} {found}" for package, found in installed.items() if found not in COMPARED[package]]


def frames(sheets: Iterable[Sheet]) -> list[Frame]:
    """The frames of the pages of `sheets`."""
    forms: dict[tuple, Sheet] = {}
    for sheet in sheets:
        segments = sheet.path.split("/")
        where = (segments[0], len(segments)) if len(segments) > 2 else sheet.path
        forms.setdefault((sheet.kind, where, bool(sheet.short), sheet.form), sheet)
    alike: dict[tuple, Page] = {}
    for sheet in forms.values():
        for page in sheet.pages():
            alike.setdefault(_alike(page), page)
    return [Frame(_marked(page, number), _marked_text(page)) for number, page in enumerate(alike.values())]


class Filled:
    """Pages put into `frames`, which MkDocs made into the folder `framed`; `site_url` is the site's address."""

    def __init__(self, frames: Iterable[Frame], framed: Path, site_url: str) -> None:
        self._frames = {_alike(frame.page): frame for frame in frames}
        self._framed = framed
        self._site_url = site_url
        self._opened: dict[tuple, Opened] = {}

    def finished(self, page: Page, markdown: str) -> Finished:
        # Prose stands in the frame.
        text = "" if page.kind == "prose" else html_of(markdown.partition("\n---\n\n")[2])
        frame, values = self.frame(page), self.values(page, text)
        made = [frame.pieces[0]]
        for mark, piece in zip(frame.marks, frame.pieces[1:], strict=True):
            made += (values[mark], piece)
        whole = "".join(made)
        # What is wrong with a frame is said of its pages; there, and where no heading is, a page is read as a whole.
        if frame.reading.faults or _HEADED not in frame.marks:
            return _whole(page, whole)

        def put(said: str) -> str:
            return _MARK.sub(lambda mark: values[mark[0]], said) if _SIGN in said else said

        around = frame.reading.targets.items()
        targets = {(put(file), place): put(address) for (file, place), (_, address) in around}
        return Finished(html_file(page), whole, text, (frame.reading, targets))

    def frame(self, page: Page) -> Opened:
        """The frame into which `page` goes."""
        alike = _alike(page)
        if alike not in self._opened:
            file = html_file(self._frames[alike].page)
            html = (self._framed / file).read_text(encoding="utf-8")
            reading = Reading()
            reading.read(file, html.encode(), self._site_url)
            self._opened[alike] = Opened(file, _MARK.split(html), _MARK.findall(html), reading)
        return self._opened[alike]

    def values(self, page: Page, html: str) -> dict[str, str]:
        """Mark → what stands in its place in `page`, whose text is `html`, as the templates write it."""
        own = zip(_segments(self._frames[_alike(page)].page)[1:], _segments(page)[1:], strict=True)
        return dict(own) | _values(page, html, self._site_url)


class Whole:
    """Pages that MkDocs made, each of them, into the folder `framed`."""

    def __init__(self, framed: Path) -> None:
        self._framed = framed

    def finished(self, page: Page, _: str) -> Finished:
        return _whole(page, (self._framed / html_file(page)).read_text(encoding="utf-8"))


def html_file(page: Page) -> str:
    """Where MkDocs writes `page`, below the site; it gives the root to a language."""
    return f"{'' if page.language == ROOT else f'{page.language}/'}{page.path}index.html"


def html_of(text: str) -> str:
    """Markdown → HTML, the same as Python-Markdown's, for what the templates write a good deal sooner."""
    if _STRAY.search(text):
        return _python_markdown().reset().convert(text)
    pieces: list[str] = []
    for piece in filter(None, re.split(r"\n\n+", text.strip())):
        if heading := _HEADING.fullmatch(piece):
            level = len(heading[1])
            pieces.append(f'<h{level} id="{heading[3]}">{heading[2]}</h{level}>')
        elif (block := _BLOCK.match(piece)) and piece.endswith(f"</{block[1]}>"):
            pieces.append(f"{piece}\n")
        elif _LINE.fullmatch(piece):
            pieces.append(f"<p>{piece}</p>")
        else:
            return _python_markdown().reset().convert(text)
    return "\n".join(pieces).strip()


@cache
def _python_markdown() -> Markdown:
    """As MkDocs and mkdocs.yml have it."""
    from markdown import Markdown

    return Markdown(
        extensions=["toc", "tables", "fenced_code", "attr_list"], extension_configs={"toc": {"toc_depth": "1-2"}}
    )


def _whole(page: Page, html: str) -> Finished:
    """A page of which nothing but its HTML is known."""
    return Finished(html_file(page), html, html[max(0, html.find("<article")) : html.rfind("</article>")])


def _segments(page: Page) -> list[str]:
    return page.path.strip("/").split("/")


def _alike(page: Page) -> tuple:
    """What the templates decide by; pages for which this is the same go into one frame."""
    segments = _segments(page)
    return (
        page.language,
        page.kind,
        segments[0],
        len(segments),
        page.crumbs,
        bool(page.record),
        bool(page.short),
        tuple(page.cited),
        len(page.linked),
        () if segments[1:] else (page.title, page.heading),
    )


def _marked(page: Page, number: int) -> Page:
    """A page like `page` that says marks."""
    section, *rest = _segments(page)
    marked = replace(
        page,
        description="basslotdescription0",
        cited={name: f"basslot{n}cited0" for n, name in enumerate(page.cited)},
        linked=tuple({"@id": f"basslot{n}linked0"} for n, _ in enumerate(page.linked)),
    )
    if not rest:
        return marked
    return replace(
        marked,
        path="/".join((section, *(f"basslot{number}{chr(ord('a') + n)}0" for n, _ in enumerate(rest)), "")),
        title="basslottitle0",
        heading="basslotheading0",
        record="basslotfile0:basslotline0" if page.record else "",
        short="basslotshort0" if page.short else "",
    )


def _marked_text(page: Page) -> str:
    """The text of the frame of `page`: a mark; of prose the prose itself, whose headings make a list of contents."""
    if page.kind == "landing":
        return TEXT
    if page.kind != "prose":
        # The skip link leads to the first heading.
        return f"# basslotheading0 {{#top}}\n\n{TEXT}"
    figures = {name: _figure(name) for name in page.shows["figures"]}
    return f"# {escape(page.heading)} {{#top}}\n\n{page.shows['prose'].with_figures(figures)}"


def _figure(name: str) -> str:
    return f"basslotfigure{name.replace('_', '')}0"


def _values(page: Page, html: str, site_url: str) -> dict[str, str]:
    """Mark → what stands in its place, but for the path's."""
    file, _, line = page.record.rpartition(":")
    told = (htmlsafe_json_dumps(thing, ensure_ascii=False, sort_keys=True) for thing in page.linked)
    figures = page.shows.get("figures") if page.kind == "prose" else None
    return {
        _HEADED: html,
        TEXT: html,
        "basslottitle0": escape(page.title),
        "basslotheading0": escape_html(page.heading),
        "basslotdescription0": escape(page.description),
        "basslotfile0": file,
        "basslotline0": line,
        "basslotshort0": page.short,
        **{f"basslot{n}cited0": escape_html(value) for n, value in enumerate(page.cited.values())},
        **{f'{{"@id": "basslot{n}linked0"}}': thing.replace(SITE, site_url) for n, thing in enumerate(told)},
        **{_figure(name): value.replace(SITE, site_url) for name, value in (figures or {}).items()},
    }
