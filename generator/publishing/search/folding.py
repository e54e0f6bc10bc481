"""Text and numbers without what people write in several ways, by the rules of the browser's folding.js."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

import opencc

_TO_SIMPLIFIED = ("hk2s", "tw2s", "t2s")
"""The OpenCC configurations in whose Simplified form regional variants meet."""

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")


_AFTER_SLASH = re.compile(r"/[\W\d_]*([^\W\d_]+)")


def folded(text: str, variants: Mapping[str, str]) -> str:
    """`text` as words in one case and width, without accents or signs, each variant in its one form:
    one space between words, none beside a Chinese character."""
    bare = "".join(c for c in unicodedata.normalize("NFD", _lower(text)) if unicodedata.category(c)[0] != "M")
    plain = "".join(variants.get(c, c) for c in unicodedata.normalize("NFC", bare))
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain)
    return _BESIDE_HAN.sub("", " ".join(words.split()))


def folded_number(number: str) -> str:
    """A number as it is compared: `T/GBAS 6-2022` → `tgbas 6 2022`, leading zeros gone."""
    form, last = "", ""
    for run in re.findall(r"[^\W\d_]+|\d+", _lower(number)):
        kind = "figures" if run.isdigit() else "letters"
        form += run if kind == last == "letters" else " " + (run if kind == "letters" else run.lstrip("0") or "0")
        last = kind
    return form.strip()


def number_forms(number: str) -> list[str]:
    """A number folded, and again without the letters before its slash: `T/GBAS 6-2022` → `tgbas 6 2022`,
    `gbas 6 2022`."""
    form = folded_number(number)
    own = _AFTER_SLASH.search(number)
    return [form, " ".join((own[1].lower(), *form.split(" ")[1:]))] if own else [form]


def variants_of(texts: Iterable[str]) -> dict[str, str]:
    """variant → form, for every character that people write in place of one that `texts` hold.

    The form is the Simplified one. Only variants of characters in `texts` are in the table.
    """
    simplify = opencc.OpenCC("t2s").convert
    wanted = set(simplify("".join(texts)))
    every = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    table: dict[str, str] = {}
    for name in _TO_SIMPLIFIED:
        # One call for all characters: a line each, so that no two are read as a phrase.
        forms = opencc.OpenCC(name).convert("\n".join(every)).split("\n")
        for character, form in zip(every, forms, strict=True):
            if form != character and form in wanted:
                table.setdefault(character, form)
    return table


def _lower(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
