"""Chinese characters that people write in place of one another."""

from __future__ import annotations

from collections.abc import Iterable

import opencc

_TO_SIMPLIFIED = ("hk2s", "tw2s", "t2s")
"""The OpenCC configurations in whose Simplified form regional variants meet."""


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
