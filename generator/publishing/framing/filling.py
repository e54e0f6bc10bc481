"""A page of records put into a frame that MkDocs made once."""

# A frame is a page as MkDocs makes it, through the same configuration, templates, hook as every other, with a
# placeholder in each place where a page says something of its own: its address, title, heading, description, record,
# what it tells machines, its text; in hand-written prose, the figures of the list. Filling a frame puts the page's
# values in these places, escaped as the templates escape them. That is right because the templates know nothing else of
# a page. Whatever else they decide by makes frames of its own, see `frame_key`. A page that stands at the top keeps its
# title and heading, as no other shares its frame.
#
# No frame holds anything of the records, so that frames last until words, prose, the theme or the configuration change.
# A test builds the whole list both ways and compares every page.

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast
from urllib.parse import quote

from markupsafe import escape as escape_html

from generator.catalogue.figures import SITE_URL_PLACEHOLDER
from generator.catalogue.messages import Message
from generator.catalogue.prose import Prose
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.json_ld import JsonLd, serialise
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.rendering import markdown_page
from generator.publishing.verification.page_scan import LinkTarget, PageScan, scan_article, scan_page

_SIGN = "basslot"
"""What every placeholder has in it, and no other text."""
_ARTICLE = "<!--basslotarticle0-->"
_HEADED_ARTICLE = f'<h1 id="top">basslotheading0</h1>\n{_ARTICLE}'
_JSON_LD = '<script type="application/ld+json">{"@id": "basslotjsonld0"}</script>\n'
_CITATION = '<meta name="basslotcitation0" content="basslotcitation0">\n'
_IN_SCRIPT = [(c, f"\\u{ord(c):04x}") for c in "<>&'"]
_SHORT = "basslotshort0"
_AS_OF = "basslotasof0"
_PLACEHOLDER = re.compile(
    "|".join((*map(re.escape, (_HEADED_ARTICLE, _ARTICLE, _JSON_LD, _CITATION)), r"basslot\d*[a-z]+0"))
)

FrameKey = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A page of placeholders, which MkDocs frames once for all pages alike."""

    page: Page
    """Has placeholders in the place of its own values."""
    text: str
    """Its Markdown, a placeholder too, or hand-written prose."""

    @property
    def markdown(self) -> str:
        """The file that MkDocs frames."""
        return markdown_page(self.page, self.text)


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A finished page."""

    file: str
    """Its path below the site."""
    html: str
    scan: PageScan
    """What there is to verify in it."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """A frame as MkDocs made it, cut at its placeholders."""

    pieces: list[str]
    placeholders: list[str]
    """What stands between the pieces."""
    segments: list[str]
    """The placeholders in the path of its page."""
    scan: PageScan
    """Of the whole frame, placeholders included."""
    own_targets: list[tuple[LinkTarget, str]]
    """(where the frame leads, address) of what is another one for each page."""
    shared_targets: dict[LinkTarget, str]
    """Where every page of the frame leads, as far as no page was verified yet."""


def frame_key(page: Page) -> FrameKey:
    """The values on which the theme's templates branch. Pages with equal values share a frame.

    A template in overrides/ with a new condition needs a value here; the comparison of every page fails otherwise.
    """
    segments = _segments(page.path)
    return (
        page.language,
        page.kind,
        segments[0],
        len(segments),
        page.crumbs,
        bool(page.record),
        bool(page.short),
        () if segments[1:] else (page.title, page.heading),
    )


def frames_of(page_sets: Iterable[PageSet]) -> dict[FrameKey, Frame]:
    """Key → frame, for all that the pages of `page_sets` need."""
    examples: dict[tuple[object, ...], PageSet] = {}
    for pages in page_sets:
        segments = _segments(pages.path)
        place = (segments[0], len(segments)) if len(segments) > 1 else pages.path
        examples.setdefault((pages.kind, place, bool(pages.short), pages.record is None), pages)
    alike: dict[FrameKey, Page] = {}
    for pages in examples.values():
        for page in pages.pages():
            alike.setdefault(frame_key(page), page)
    return {key: _frame(page, number) for number, (key, page) in enumerate(alike.items())}


class FrameFiller:
    """Puts pages into `frames`, which MkDocs made; `site_url` is the site's address.

    `framed` gives the HTML of a frame by its path below the site.
    """

    def __init__(self, frames: Mapping[FrameKey, Frame], framed: Callable[[str], str], site_url: str) -> None:
        self._frames = frames
        self._framed = framed
        self._site_url = site_url
        self._opened: dict[FrameKey, _Opened] = {}

    def fill(self, page: Page, article: str) -> HtmlPage:
        """`page`, whose text is `article` in HTML; prose stands in its frame already."""
        frame = self._open(page)
        values = _values(page, article, self._site_url)
        values |= zip(frame.segments, _segments(page.path)[1:], strict=True)
        parts = [frame.pieces[0]]
        for placeholder, piece in zip(frame.placeholders, frame.pieces[1:], strict=True):
            parts += (values[placeholder], piece)
        html = "".join(parts)
        if page.kind in ("prose", "landing"):
            return HtmlPage(page.html_file, html, scan_page(page.html_file, html, self._site_url))
        scan = scan_article(page.html_file, article, self._site_url)
        self._add_frame(scan, frame, values)
        scan.settle_places(html)
        return HtmlPage(page.html_file, html, scan)

    def _add_frame(self, scan: PageScan, frame: _Opened, values: Mapping[str, str]) -> None:
        """Add to the `scan` of an article what there is to verify in the frame around it."""

        def filled(text: str) -> str:
            for segment in frame.segments:
                text = text.replace(segment, values[segment])
            return text.replace(_SHORT, values[_SHORT])

        for (file, place), address in frame.own_targets:
            scan.targets.setdefault((filled(file), place), filled(address))
        # Where every page of the frame leads is verified once.
        while frame.shared_targets:
            target, address = frame.shared_targets.popitem()
            scan.targets.setdefault(target, filled(address))
        scan.faults += (
            Message(fault.key, **{name: filled(str(value)) for name, value in fault.values.items()})
            for fault in frame.scan.faults
        )
        scan.is_translated, scan.scripts = frame.scan.is_translated, frame.scan.scripts

    def _open(self, page: Page) -> _Opened:
        key = frame_key(page)
        opened = self._opened.get(key)
        if opened is None:
            example = self._frames[key].page
            html = self._framed(example.html_file)
            scan = scan_page(example.html_file, html, self._site_url)
            opened = self._opened[key] = _Opened(
                _PLACEHOLDER.split(html),
                _PLACEHOLDER.findall(html),
                _segments(example.path)[1:],
                scan,
                [(target, address) for target, address in scan.targets.items() if _SIGN in target[0]],
                {target: address for target, address in scan.targets.items() if _SIGN not in target[0]},
            )
        return opened


def _segments(path: str) -> list[str]:
    return path.strip("/").split("/")


def _frame(page: Page, number: int) -> Frame:
    """The frame of pages like `page`. The `number` tells its address from other frames'."""
    section, *rest = _segments(page.path)
    marked = replace(
        page,
        description="basslotdescription0",
        citation_meta={"basslotcitation0": "basslotcitation0"} if page.kind == "standard" else {},
        json_ld=({"@id": "basslotjsonld0"},),
        as_of=_AS_OF if page.as_of else "",
    )
    if rest:
        marked = replace(
            marked,
            path="/".join((section, *(f"basslot{number}{chr(ord('a') + n)}0" for n, _ in enumerate(rest)), "")),
            title="basslottitle0",
            heading="basslotheading0",
            record="basslotfile0:basslotline0" if page.record else "",
            letter={part: f"basslot{part}0" for part in page.letter},
            short=_SHORT if page.short else "",
        )
    return Frame(marked, _frame_text(page))


def _frame_text(page: Page) -> str:
    if page.kind == "landing":
        return _ARTICLE
    if page.kind != "prose":
        # The skip link leads to the first heading.
        return f"# basslotheading0 {{#top}}\n\n{_ARTICLE}"
    # Its headings make a list of contents, which MkDocs writes around it.
    figures, prose = _prose(page)
    return f"# {escape(page.heading)} {{#top}}\n\n{prose.with_figures({name: _figure(name) for name in figures})}"


def _prose(page: Page) -> tuple[Mapping[str, str], Prose]:
    return cast(Mapping[str, str], page.values["figures"]), cast(Prose, page.values["prose"])


def _figure(name: str) -> str:
    return f"basslotfigure{name.replace('_', '')}0"


def _values(page: Page, article: str, site_url: str) -> dict[str, str]:
    """Placeholder → what stands in its place in `page`, but for those of its path."""
    file, _, line = page.record.rpartition(":")
    metas = (f'<meta name="{name}" content="{escape_html(value)}">\n' for name, value in page.citation_meta.items())
    values = {
        _HEADED_ARTICLE: article,
        _ARTICLE: article,
        _JSON_LD: "".join(_script(thing) for thing in page.json_ld).replace(SITE_URL_PLACEHOLDER, site_url),
        _CITATION: "".join(metas),
        "basslottitle0": escape(page.title),
        "basslotheading0": str(escape_html(page.heading)),
        "basslotdescription0": escape(page.description),
        "basslotfile0": file,
        "basslotline0": line,
        _SHORT: page.short,
        _AS_OF: escape(page.as_of),
    }
    for part, text in page.letter.items():
        values[f"basslot{part}0"] = quote(text.replace(SITE_URL_PLACEHOLDER, site_url), safe="")
    if page.kind == "prose":
        figures, _ = _prose(page)
        values |= {_figure(name): value.replace(SITE_URL_PLACEHOLDER, site_url) for name, value in figures.items()}
    return values


def _script(thing: JsonLd) -> str:
    """As the theme's template prints it."""
    json = serialise(thing)
    for character, reference in _IN_SCRIPT:
        json = json.replace(character, reference)
    return f'<script type="application/ld+json">{json}</script>\n'
