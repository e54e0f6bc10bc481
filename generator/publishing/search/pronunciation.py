"""How titles are read aloud, kept from one build to the next."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from generator.files.disk import read_if_there, write_if_changed

Reading = list[tuple[str, str]]
"""Each Chinese character of a title with its syllable, without tones."""


_UNREAD = "-"
"""The syllable of a character that a library does not know."""


class Readings:
    """Readings in Mandarin and in Cantonese. The file `kept` holds those of the last time, by the same libraries, whose
    dictionaries take a second to load."""

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._libraries = " ".join(f"{name} {version(name)}" for name in ("pypinyin", "ToJyutping"))
        said = json.loads(read_if_there(kept) or "{}")
        self._before = said if said.get("libraries") == self._libraries else {}
        self._now: dict[str, dict[str, str]] = {}

    def pinyin(self, titles: Iterable[str]) -> list[Reading]:
        """The readings of `titles` in Mandarin, as phrases are read."""
        return self._read("pinyin", titles, _pinyin)

    def jyutping(self, titles: Iterable[str]) -> list[Reading]:
        """The readings of `titles` in Cantonese."""
        return self._read("jyutping", titles, _jyutping)

    def keep(self) -> None:
        """Keep what was read, and nothing else."""
        write_if_changed(self._kept, json.dumps({"libraries": self._libraries, **self._now}, ensure_ascii=False))

    def _read(self, name: str, titles: Iterable[str], read: Callable[[str], Reading]) -> list[Reading]:
        before, now = self._before.get(name, {}), self._now.setdefault(name, {})
        readings = []
        for title in titles:
            syllables = before.get(title)
            reading = read(title) if syllables is None else _paired(title, syllables.split())
            now[title] = " ".join(sound for _, sound in reading)
            readings.append([heard for heard in reading if heard[1] != _UNREAD])
        return readings


def load() -> None:
    """Load the dictionaries: for a process that builds more than once."""
    _readers()


@cache
def _readers() -> tuple[Callable, Callable]:
    """What reads Mandarin, and what reads Cantonese. A command that makes no index should not wait for them."""
    import ToJyutping
    from pypinyin import lazy_pinyin

    return lazy_pinyin, ToJyutping.get_jyutping_list


def _pinyin(title: str) -> Reading:
    # What has no reading is answered by an empty one, so that the two stay in step.
    sounds = _readers()[0](title, errors=lambda other: [""] * len(other))
    return [(c, sound or _UNREAD) for c, sound in zip(title, sounds, strict=True) if _is_han(c)]


def _jyutping(title: str) -> Reading:
    return [(c, sound.rstrip("123456") if sound else _UNREAD) for c, sound in _readers()[1](title) if _is_han(c)]


def _paired(title: str, syllables: list[str]) -> Reading:
    return list(zip(filter(_is_han, title), syllables, strict=True))


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf" or character == "〇"
