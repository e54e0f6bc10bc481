"""How titles are read aloud, kept from one build to the next."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version

from generator.files.cache import Cache

Reading = list[tuple[str, str]]
"""Each Chinese character of a title with its syllable, without tones; characters that nobody can read left out."""

_KEY = "pronunciations.json"
_HAN = re.compile("[\u4e00-\u9fff\u3400-\u4dbf〇]")
_UNREAD = "-"
"""The syllable of a character that a library does not know."""


class Pronunciations:
    """Readings of titles in Mandarin and in Cantonese.

    The dictionaries take a second to load, so the readings of the last build are kept in `cache`, as long as the
    libraries stay the same.
    """

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._libraries = " ".join(f"{name} {version(name)}" for name in ("pypinyin", "ToJyutping"))
        last = json.loads(cache.get(_KEY) or "{}")
        self._last: dict[str, dict[str, str]] = last if last.get("libraries") == self._libraries else {}
        self._current: dict[str, dict[str, str]] = {}

    def pinyin(self, titles: Iterable[str]) -> list[Reading]:
        """The readings of `titles` in Mandarin, as phrases are read."""
        return self._read("pinyin", titles, _pinyin)

    def jyutping(self, titles: Iterable[str]) -> list[Reading]:
        """The readings of `titles` in Cantonese."""
        return self._read("jyutping", titles, _jyutping)

    def keep(self) -> None:
        """Keep the readings that were asked for, and no others."""
        current = {"libraries": self._libraries, **self._current}
        if current != self._last:
            self._cache.put(_KEY, json.dumps(current, ensure_ascii=False).encode())

    def _read(self, name: str, titles: Iterable[str], syllables_of: Callable[[str], list[str]]) -> list[Reading]:
        """The reading of each title, by the dictionary that `syllables_of` asks."""
        last, current = self._last.get(name, {}), self._current.setdefault(name, {})
        readings = []
        for title in titles:
            syllables = last.get(title)
            if syllables is None:
                syllables = " ".join(syllables_of(title))
            current[title] = syllables
            reading = list(zip(_HAN.findall(title), syllables.split(), strict=True))
            readings.append([pair for pair in reading if pair[1] != _UNREAD] if _UNREAD in syllables else reading)
        return readings


def load_dictionaries() -> None:
    """Load the dictionaries, for a process that builds more than once."""
    _libraries()


@cache
def _libraries() -> tuple[Callable[..., list[str]], Callable[[str], list[tuple[str, str | None]]]]:
    """The functions that read Mandarin and Cantonese. Whoever makes no index should not wait for them."""
    import ToJyutping
    from pypinyin import lazy_pinyin

    return lazy_pinyin, ToJyutping.get_jyutping_list


def _pinyin(title: str) -> list[str]:
    # What has no reading is answered by an empty one, so that the two stay in step.
    syllables = _libraries()[0](title, errors=lambda others: [""] * len(others))
    pairs = zip(title, syllables, strict=True)
    return [syllable or _UNREAD for character, syllable in pairs if _HAN.match(character)]


def _jyutping(title: str) -> list[str]:
    pairs = _libraries()[1](title)
    return [(syllable or _UNREAD).rstrip("123456") for character, syllable in pairs if _HAN.match(character)]
