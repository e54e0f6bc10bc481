"""Proposals for what an announced row leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from pypinyin import lazy_pinyin

from generator.announcing.attachments.normalise import in_one_form, is_chinese
from generator.catalogue.columns import Seat
from generator.catalogue.languages import LANGUAGES, Standing
from generator.catalogue.numbers import hyphenated
from generator.catalogue.scripts import Scripts, converter, on_screens

_LONGEST = 60
"""Letters of an address made of a title or name."""
_SEATS: tuple[tuple[Seat, tuple[str, ...]], ...] = (
    ("hong-kong", ("香港",)),
    ("macao", ("澳门",)),
    (
        "guangdong",
        ("广东", "广州", "深圳", "珠海", "佛山", "惠州", "东莞", "中山", "江门", "肇庆", "潮州", "汕头", "粤"),
    ),
    ("national", ("中国", "全国", "国家", "中华")),
)


def slug(text: str) -> str:
    """`text` as an address: pinyin for Chinese, lower-case letters, figures and single hyphens."""
    return hyphenated(text if text.isascii() else " ".join(lazy_pinyin(text)))


class Addresses:
    """The addresses that are taken, with proposals for new ones."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = set(taken)
        self._numbers: dict[str, int] = {}

    def take(self, address: str) -> str:
        """The `address` itself, which nobody is given from now on."""
        self._taken.add(address)
        return address

    def propose(self, name: str) -> str:
        """A new address made of a number, title or name; taken from now on."""
        return self.unused(slug(name)[:_LONGEST].rstrip("-"))

    def unused(self, wanted: str) -> str:
        """`wanted`, or with a number after it that nobody has; taken from now on."""
        address = wanted = wanted or "unnamed"
        if re.fullmatch(r"index|page-\d+", wanted):
            address = f"{wanted}-2"
        while address in self._taken:
            # A long list may want one address thousands of times.
            self._numbers[wanted] = self._numbers.get(wanted, 1) + 1
            address = f"{wanted}-{self._numbers[wanted]}"
        return self.take(address)


_QUOTES = {"zh-Hant": str.maketrans("“”‘’", "「」『』"), "zh-Hans": str.maketrans("「」『』", "“”‘’")}


class OtherScript:
    """Chinese text in the other script, reviewed forms first."""

    def __init__(self, scripts: Scripts) -> None:
        forms = {"zh-Hant": scripts.reviewed, "zh-Hans": {right: form for form, right in scripts.reviewed.items()}}
        self.forms, self.written = forms, scripts.written
        self.patterns = {
            language: re.compile("|".join(map(re.escape, sorted(of_language, key=len, reverse=True))) or "(?!)")
            for language, of_language in forms.items()
        }
        self.converters = {"zh-Hant": converter("s2hk"), "zh-Hans": converter("hk2s")}

    def text(self, text: str, language: str) -> str:
        """`text`, which is in the other script, in that of `language`, with its quotation marks."""
        converted = self.converters[language].convert(text).translate(_QUOTES[language])
        if language == "zh-Hant":
            converted = "".join(map(on_screens, converted))
            converted = "".join(self.written.get(letter, letter) for letter in converted)
        if len(converted) != len(text):
            return converted
        for match in self.patterns[language].finditer(text):
            right = self.forms[language][match[0]]
            if len(right) == len(match[0]):
                converted = converted[: match.start()] + right + converted[match.end() :]
        return converted

    def names(self, name: str) -> tuple[dict[str, str], dict[str, Standing]]:
        """The official `name` in each language, with each standing; '' where it needs translating."""
        standing: dict[str, Standing] = dict.fromkeys(LANGUAGES, "translated")
        if not is_chinese(name):
            return dict.fromkeys(LANGUAGES, "") | {"en": name}, {**standing, "en": "official"}
        simplified = self.text(name, "zh-Hans")
        given = "zh-Hant" if simplified != name else "zh-Hans"
        traditional = name if given == "zh-Hant" else self.text(name, "zh-Hant")
        standing |= {"zh-Hans": "converted", "zh-Hant": "converted", given: "official"}
        return {"zh-Hans": simplified, "zh-Hant": traditional, "en": ""}, standing


def region(name: str) -> Seat | Literal[""]:
    """The seat that the name of a body suggests; '' where it suggests none."""
    form = in_one_form(name)
    for seat, words in _SEATS:
        if any(word in form for word in words):
            return seat
    return ""
