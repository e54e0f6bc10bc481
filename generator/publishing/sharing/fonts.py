"""Fonts for pictures, with each language's own forms of Chinese characters."""

# Run as a program, it installs them where it can, and otherwise says what to do.

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message, speak, system_language
from generator.publishing.sharing.debian import install

FAMILIES = {
    "zh-Hans": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
    "zh-Hant": ("Noto Sans CJK HK", "Noto Sans HK", "Source Han Sans HC", "PingFang HK"),
    "en": ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC"),
}
"""Language → families whose characters have its forms, the best first. Taiwan's and Japan's are not Hong Kong's."""
STYLES = {"regular": ("Regular",), "bold": ("Bold", "Semibold", "Medium")}
"""Style → its names in fonts, the best first."""
PACKAGE = "fonts-noto-cjk"
"""The package of Debian that has them."""
NO_FONT = Message("build.no-font", package=PACKAGE)
"""How to get one."""
_BEGINNINGS = ("noto", "source", "pingfang")
"""Of the names of files that hold `FAMILIES`: opening every font of a machine takes seconds."""
_ENDINGS = {".ttc", ".otf", ".ttf"}


class FontError(Exception):
    """No font for the pictures."""

    def __init__(self) -> None:
        super().__init__(NO_FONT)


@dataclass(frozen=True, slots=True)
class Font:
    """One face of a font file."""

    file: str
    """The path of the file."""
    index: int
    """Its place among the faces of the file, from 0."""
    name: str
    """Family and style, such as `Noto Sans CJK HK Bold`."""
    bytes: int
    """The size of the file, which tells its versions apart."""


def fonts() -> dict[tuple[str, str], Font]:
    """(language, style) → font, for each of LANGUAGES and STYLES.

    Raises FontError when one is missing.
    """
    faces = _faces()
    chosen = {}
    for language in LANGUAGES:
        for style, names in STYLES.items():
            choices = (f"{family} {name}" for family in FAMILIES[language] for name in names)
            font = next((faces[name] for name in choices if name in faces), None)
            if font is None:
                raise FontError
            chosen[language, style] = font
    return chosen


@cache
def _faces() -> dict[str, Font]:
    """Family with style → font, of the files on this machine that may hold one of `FAMILIES`."""
    faces: dict[str, Font] = {}
    for folder in _folders():
        for file in sorted(folder.rglob("*")):
            if file.suffix.lower() in _ENDINGS and file.name.lower().startswith(_BEGINNINGS):
                for font in _faces_in(file):
                    faces.setdefault(font.name, font)
    return faces


def _faces_in(file: Path) -> list[Font]:
    """Every face of `file`; none where it is no font."""
    faces = []
    while True:
        try:
            name = " ".join(filter(None, ImageFont.truetype(str(file), 10, index=len(faces)).getname()))
        except OSError:
            # After the last face of a collection; or no font at all, whatever its name says.
            return faces
        faces.append(Font(str(file), len(faces), name, file.stat().st_size))


def _folders() -> list[Path]:
    """Where Linux, macOS and Windows keep fonts, as far as it is there."""
    # Where there is no home, it is a folder that is not there.
    home = Path(os.path.expanduser("~"))  # noqa: PTH111
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
    """Install the fonts if they are missing.

    Prints what to do when they cannot be had.
    """
    speak(system_language())
    try:
        fonts()
    except FontError as error:
        install(PACKAGE, why=Message("build.no-font-here"))
        _faces.cache_clear()
        try:
            fonts()
        except FontError:
            print(error)


if __name__ == "__main__":
    main()
