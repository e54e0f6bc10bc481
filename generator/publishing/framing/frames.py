"""The part of MkDocs in a build: frames for pages, files of the theme."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from generator.catalogue.messages import Message
from generator.files.cache import Cache
from generator.files.disk import files_below, write
from generator.files.transaction import scratch
from generator.publishing.framing.filling import FrameFiller, HtmlPage, frames_of
from generator.publishing.framing.mkdocs import MkDocsError, run_mkdocs
from generator.publishing.incremental.fingerprint import fingerprint_of
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.rendering import Templates, markdown_page
from generator.publishing.settings import MKDOCS_YML
from generator.publishing.verification.page_scan import scan_page

COMPARED = {
    "mkdocs": ("1.6.1",),
    "mkdocs-material": ("9.8.1",),
    "mkdocs-static-i18n": ("1.3.1",),
    "markdown": ("3.11.3",),
}
"""Package → the versions with which filled pages were compared with MkDocs' own, and are the same."""
_OWN_SITEMAP = {"sitemap.xml", "sitemap.xml.gz"}
"""MkDocs writes a sitemap of its own, and compresses it with the time of day in it."""
_UNUSED = (
    "assets/javascripts/bundle",
    "assets/javascripts/lunr/",
    "assets/javascripts/workers/",
    "assets/stylesheets/main",
    "assets/stylesheets/pal",
)
"""What the theme writes and no page of this site asks for."""


class Filler(Protocol):
    """Makes finished pages."""

    def fill(self, page: Page, article: str) -> HtmlPage:
        """`page`, whose text is `article` in HTML, as MkDocs makes it."""
        ...


@dataclass(frozen=True, slots=True)
class Frames:
    """What MkDocs made."""

    filler: Filler
    theme: dict[str, bytes]
    """Path below the site → content of what the theme brings along."""


class WholePages:
    """Pages that MkDocs made, each of them; `files` are file → content."""

    def __init__(self, files: Mapping[str, bytes], site_url: str) -> None:
        self._files = files
        self._site_url = site_url

    def fill(self, page: Page, article: str) -> HtmlPage:
        html = self._files[page.html_file].decode()
        return HtmlPage(page.html_file, html, scan_page(page.html_file, html, self._site_url))


def unknown_versions() -> list[str]:
    """The installed packages, with their versions, that filled pages were never compared with."""
    installed = {package: version(package) for package in COMPARED}
    return [f"{package} {number}" for package, number in installed.items() if number not in COMPARED[package]]


def frames_for(
    project: Path,
    page_sets: Iterable[PageSet],
    inputs: Mapping[str, str],
    cache: Cache,
    site_url: str,
    progress: Callable[[], object],
) -> Frames:
    """The frames of `page_sets`, from the `cache` or made by MkDocs.

    `progress` is told when MkDocs begins. `inputs` are fingerprints of all that decides how frames look beside their
    own texts. With a version that was not compared, MkDocs makes every page instead. Raises MkDocsError when it
    refuses.
    """
    if unknown_versions():
        templates = Templates()
        pages = [page for page_set in page_sets for page in page_set.pages()]
        texts = {page.file: markdown_page(page, templates.body(page)) for page in pages}
        progress()
        framed = {page.html_file for page in pages}
        files = _made_by_mkdocs(project, texts, framed)
        return Frames(WholePages(files, site_url), dict(_theme(files, framed)))
    frames = frames_of(page_sets)
    texts = {frame.page.file: frame.markdown for frame in frames.values()}
    key = f"frames/{fingerprint_of([*map(str, sorted(inputs.items())), *map(str, sorted(texts.items()))])}.zip"
    framed = {frame.page.html_file for frame in frames.values()}
    packed = cache.get(key)
    if packed is None:
        progress()
        files = _made_by_mkdocs(project, texts, framed)
        cache.put(key, _packed(files))
        cache.remove_others("frames", {key})
    else:
        files = _unpacked(packed)
    filler = FrameFiller(frames, lambda file: files[file].decode(), site_url)
    return Frames(filler, dict(_theme(files, framed)))


def _made_by_mkdocs(project: Path, texts: Mapping[str, str], wanted: set[str]) -> dict[str, bytes]:
    """File → content of the site that MkDocs makes of `texts` (Markdown file → text).

    The files `wanted` must be among them.
    """
    with scratch(project / "build") as folder:
        pages, site = folder / "pages", folder / "site"
        for file, text in texts.items():
            write(pages / file, text)
        run_mkdocs(project, pages, site)
        files = {name: (site / name).read_bytes() for name in sorted(files_below(site))}
    if missing := sorted(wanted - files.keys()):
        raise MkDocsError([Message("build.mkdocs-lacks", file=MKDOCS_YML, page=missing[0])])
    return files


def _theme(files: Mapping[str, bytes], pages: set[str]) -> Iterator[tuple[str, bytes]]:
    for name, content in files.items():
        if name not in pages | _OWN_SITEMAP and not name.startswith(_UNUSED) and not name.endswith(".map"):
            yield name, content


def _packed(files: Mapping[str, bytes]) -> bytes:
    """`files` as one archive."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in files.items():
            # Without the time of day.
            zipped.writestr(zipfile.ZipInfo(name), content)
    return archive.getvalue()


def _unpacked(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}
