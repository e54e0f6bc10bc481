"""The fonts of the pictures: one that has the right forms of characters for each language.

Run as a program it gets them where it can, and otherwise says what to do: only a build needs them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from generator.catalogue.languages import LANGUAGES
from generator.publishing.sharing.debian import install

FAMILIES = {
    "zh-Hans": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
    "zh-Hant": ("Noto Sans CJK HK", "Noto Sans HK", "Source Han Sans HC", "PingFang HK"),
    "en": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
}
"""language → families whose characters have its forms, the best first. Taiwan's and Japan's are not Hong Kong's."""
STYLES = {"regular": ("Regular",), "bold": ("Bold", "Semibold", "Medium")}
PACKAGE = "fonts-noto-cjk"
MISSING = (
    "No font has Chinese characters in the forms of the Mainland and of Hong Kong, which the pictures of pages need. "
    f"Install Noto Sans CJK: `sudo apt-get install {PACKAGE}` on Debian and Ubuntu, "
    "`brew install --cask font-noto-sans-cjk` on macOS, else from https://github.com/notofonts/noto-cjk"
)
_NAMED = ("noto", "source", "pingfang")
_ENDINGS = {".ttc", ".otf", ".ttf"}


class FontError(Exception):
    """No font for the pictures; the message says how to get one."""


@dataclass(frozen=True, slots=True)
class Font:
    """One face in a font file: the `index`th. `bytes` is the size of the file, which tells its versions apart."""

    file: str
    index: int
    name: str
    bytes: int


def fonts() -> dict[tuple[str, str], Font]:
    """(language, style) → its font, for each language and style. Raises FontError when one is missing."""
    faces = _faces()
    found = {}
    for language in LANGUAGES:
        for style, names in STYLES.items():
            wanted = (f"{family} {name}" for family in FAMILIES[language] for name in names)
            font = next((faces[name] for name in wanted if name in faces), None)
            if font is None:
                raise FontError(MISSING)
            found[language, style] = font
    return found


@cache
def _faces() -> dict[str, Font]:
    """Family with style → font, of those files on this machine that may hold one of `FAMILIES`."""
    found: dict[str, Font] = {}
    for folder in _folders():
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in _ENDINGS and file.name.lower().startswith(_NAMED):
                for font in _faces_in(file):
                    found.setdefault(font.name, font)
    return found


def _faces_in(file: Path) -> list[Font]:
    found = []
    while True:
        try:
            name = " ".join(filter(None, ImageFont.truetype(str(file), 10, index=len(found)).getname()))
        except OSError:
            # After the last face of a collection; or no font at all, whatever its name says.
            return found
        found.append(Font(str(file), len(found), name, file.stat().st_size))


def _folders() -> list[Path]:
    home = Path.home()
    places = (
        home / ".local/share/fonts",
        home / ".fonts",
        home / "Library/Fonts",
        Path("/usr/local/share/fonts"),
        Path("/usr/share/fonts"),
        Path("/Library/Fonts"),
        Path("/System/Library/Fonts"),
        Path(os.environ.get("LOCALAPPDATA", "/nowhere")) / "Microsoft/Windows/Fonts",
        Path(os.environ.get("WINDIR", "/nowhere")) / "Fonts",
    )
    return [place for place in places if place.is_dir()]


def main() -> None:
    """Install the fonts if they are missing; print a sentence when they cannot be had."""
    try:
        fonts()
    except FontError as error:
        install(PACKAGE, why="No Chinese font on this machine")
        _faces.cache_clear()
        try:
            fonts()
        except FontError:
            print(error)


if __name__ == "__main__":
    main()
