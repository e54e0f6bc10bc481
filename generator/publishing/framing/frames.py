"""What MkDocs makes for the site: a frame for each kind of page, and what the theme brings along."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.files.disk import files_below, read_if_there, write, write_changed
from generator.publishing.framing import filling
from generator.publishing.framing import mkdocs as frame
from generator.publishing.framing.filling import Filled, Framed, Whole, html_file
from generator.publishing.pages.page import Sheet
from generator.publishing.pages.rendering import Templates

_FRAMES = "build/frames"
"""The pages that MkDocs makes: one of each kind, with marks where a page says something of its own."""
FRAMED = "build/framed"
"""What it made of them."""
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
_SEAL = "build/framed.sha256"


class Framing:
    """The frames of all `sheets` in the folder `project`; `makers` is a digest of all that decides how frames look,
    beside their own texts. With a version that `filling` does not know, MkDocs makes every page instead."""

    def __init__(
        self, project: Path, sheets: Iterable[Sheet], templates: Templates, makers: str, site_url: str
    ) -> None:
        self._project = project
        self._folder = project / FRAMED
        if filling.unknown_versions():
            made = [page for sheet in sheets for page in sheet.pages()]
            self._texts = {page.file: templates.markdown(page) for page in made}
            self.framed: Framed = Whole(self._folder)
            """What puts pages into frames, once they are made."""
        else:
            found = filling.frames(sheets)
            made = [one.page for one in found]
            self._texts = {one.page.file: one.markdown for one in found}
            self.framed = Filled(found, self._folder, site_url)
        self._pages = {html_file(page) for page in made}
        self._key = digest([makers, *map(str, sorted(self._texts.items()))])

    def is_made(self) -> bool:
        """Whether the frames are there as MkDocs would make them."""
        seal = (read_if_there(self._project / _SEAL) or b"").decode().split()
        return seal == [self._key, _inventory(self._folder)]

    def make(self) -> None:
        """Have MkDocs make them. Raises FrameError."""
        seal = self._project / _SEAL
        seal.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)
        write_changed(self._project / _FRAMES, self._texts)
        frame.render(self._project, self._project / _FRAMES, self._folder)
        write(seal, f"{self._key}\n{_inventory(self._folder)}\n")

    def theme(self) -> Iterator[tuple[str, bytes]]:
        """(path, content) of what the theme brings along."""
        for name in sorted(files_below(self._folder)):
            if name not in self._pages | _OWN_SITEMAP and not name.startswith(_UNUSED) and not name.endswith(".map"):
                yield name, (self._folder / name).read_bytes()


def digest(texts: Iterable[str]) -> str:
    """A digest of `texts`, the same as long as they are."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _inventory(folder: Path) -> str:
    """A digest of which files `folder` holds and how large they are."""
    return digest([f"{name} {(folder / name).stat().st_size}" for name in sorted(files_below(folder))])
