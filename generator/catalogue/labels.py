"""The words of one language, with values in their places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

_LOCALES = {
    "zh-Hans": Locale.parse("zh_Hans_CN"),
    "zh-Hant": Locale.parse("zh_Hant_HK"),
    # British order of day and month, as Hong Kong and Macao write English.
    "en": Locale.parse("en_GB"),
}


class LabelError(Exception):
    """A label that is printed is missing or does not fit."""

    def __init__(self, key: str, language: str, places: tuple[str, ...] = (), fault: str = "") -> None:
        super().__init__(key, language, fault)
        self.key = key
        self.language = language
        self.places = places
        """The places that it may have, such as `{count}`."""
        self.fault = fault
        """What a place in it lacks, as Python says it; '' where the whole label is missing."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the site prints in one language."""

    language: str
    """One of `LANGUAGES`."""
    words: dict[str, str]
    """Key, or `key:one` and `key:other`, → its text."""

    def __call__(self, key: str, /, **values: object) -> str:
        """The label `key` with `values` in its places; a whole-number `count` chooses the plural form.

        Numbers and dates are written as the language writes them.
        Raises LabelError for a label that is missing, or has a place that nothing fills.
        """
        label = self.words.get(key)
        if label is None and isinstance(count := values.get("count"), int):
            label = self.words.get(f"{key}:{_LOCALES[self.language].plural_form(count)}")
        if label is None:
            raise LabelError(key, self.language)
        try:
            return label.format_map({name: self.written(value) for name, value in values.items()})
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            raise LabelError(key, self.language, tuple(f"{{{name}}}" for name in values), str(error)) from None

    def written(self, value: object) -> str:
        """`value` as the language writes it: a date in words, a number with separators."""
        return str(value) if isinstance(value, str) else _written(value, self.language)


@lru_cache(maxsize=50_000)
def _written(value: object, language: str) -> str:
    """The same few days and counts stand on many pages."""
    if isinstance(value, date):
        return format_date(value, "long", locale=_LOCALES[language])
    if isinstance(value, int):
        return format_decimal(value, locale=_LOCALES[language])
    return str(value)
