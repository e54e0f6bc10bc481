"""Chinese characters that people write in place of one another."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import version

from generator.catalogue.letters import UNIFIED
from generator.files.cache import Cache

_TO_SIMPLIFIED = ("hk2s", "tw2s", "t2s")
"""The OpenCC configurations in whose Simplified form regional variants meet."""


def variants_of(texts: Iterable[str], others: Iterable[tuple[str, str]], cache: Cache) -> dict[str, str]:
    """Variant → form, for each character that people write in place of one in `texts`.

    The form is the Simplified one. `others` are pairs of a variant that OpenCC does not know, with its form; radicals
    that PDFs hold in the place of letters are variants too. The tables of all variants are kept in `cache`.
    """
    # OpenCC takes longer than the rest of the index, and says the same each time.
    key = f"variants-{version('opencc')}.json"
    tables: dict[str, dict[str, str]] = json.loads(cache.get_or_make(key, lambda: json.dumps(_tables()).encode()))
    simplified = tables["t2s"]
    wanted = {simplified.get(character, character) for character in set().union(*texts)}
    variants: dict[str, str] = {}
    for name in _TO_SIMPLIFIED:
        for variant, form in tables[name].items():
            if form in wanted:
                variants.setdefault(variant, form)
    for variant, letter in (*UNIFIED.items(), *others):
        form = variants.get(letter, letter)
        if form in wanted:
            variants.setdefault(variant, form)
    return variants


def _tables() -> dict[str, dict[str, str]]:
    """Configuration → character → its form, for each that has another one."""
    import opencc

    characters = [chr(code) for code in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000))]
    tables = {}
    for name in _TO_SIMPLIFIED:
        # One call for all characters: a line each, so that no two are read as a phrase.
        forms = opencc.OpenCC(name).convert("\n".join(characters)).split("\n")
        pairs = zip(characters, forms, strict=True)
        tables[name] = {character: form for character, form in pairs if form != character}
    return tables
