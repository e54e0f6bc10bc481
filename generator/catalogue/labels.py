"""Every word the site prints, in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from generator.catalogue.cells import did_you_mean
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import Problem, Row, read_text, read_yaml, shown
from generator.catalogue.scripts import Scripts, stranger_sentence
from generator.catalogue.texts import unpublishable

LABELS = "labels.yml"
_LOCALES = {
    "zh-Hans": Locale.parse("zh_Hans_CN"),
    "zh-Hant": Locale.parse("zh_Hant_HK"),
    # British order of day and month, as Hong Kong and Macao write English.
    "en": Locale.parse("en_GB"),
}
_IN_FRAME = re.compile(r"\bwords\.([a-z_]+)\[")
_KEY = re.compile(r"[a-z][\w-]*", re.ASCII)
_PLACE = re.compile(r"\{([a-z][a-z_]*)\}")
_BRACE = re.compile(r"\{[^{}]*\}?|\}")
_MARKUP = re.compile(r"</?[a-z][^>]*>|<!--", re.IGNORECASE)
_PLURALS = {"en:one", "en:other"}
_LONGEST = 1000
"""Characters of the longest label."""


class LabelError(Exception):
    """A label that is printed is missing or does not fit."""

    def __init__(self, key: str, sentence: str) -> None:
        super().__init__(key, sentence)
        self.key = key
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that the site prints in one language."""

    language: str
    """One of `LANGUAGES`."""
    words: dict[str, str]
    """Key, or `key:one` and `key:other`, → its text."""

    def __call__(self, key: str, **values: object) -> str:
        """The label `key` with `values` in its places; a whole-number `count` chooses the plural form.

        Numbers and dates are written as the language writes them.
        Raises LabelError for a label that is missing, or has a place that nothing fills.
        """
        label = self.words.get(key)
        if label is None and isinstance(count := values.get("count"), int):
            label = self.words.get(f"{key}:{_LOCALES[self.language].plural_form(count)}")
        if label is None:
            raise LabelError(key, f"the label ‘{key}’ is printed, but is not here in {self.language}")
        try:
            return label.format_map({name: self.written(value) for name, value in values.items()})
        except (KeyError, ValueError, IndexError, AttributeError) as error:
            places = ", ".join(f"{{{name}}}" for name in values) or "none"
            raise LabelError(
                key,
                f"the label ‘{key}’ in {self.language} has a brace or place that nothing fills ({error}); "
                f"it may hold {places}",
            ) from None

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


def read_labels(content: Path, scripts: Scripts, problems: list[Problem]) -> dict[str, Labels]:
    """`content/labels.yml` as one `Labels` a language; what is wrong in it is added to `problems`.

    The labels that the frame beside `content` prints must be there.
    """
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    rows = read_yaml(content / LABELS, problems) or []
    for row in rows:
        problems.extend(_incomplete(row))
        problems.extend(_unprintable(row))
        for column in row.cells:
            language, _, plural = column.partition(":")
            if language in words:
                words[language][f"{row.address}:{plural}" if plural else row.address] = row[column]
    if rows:
        problems.extend(_missing(rows, content.parent / "overrides"))
    for language in ("zh-Hans", "zh-Hant"):
        strangers = scripts.strangers_in([row[language] for row in rows], language)
        for row, (wrong, right) in zip(rows, strangers, strict=True):
            if wrong:
                sentence = stranger_sentence(f"{row.address}:{language}", language, wrong, right)
                problems.append(Problem(row.file, row.line_of(language), sentence))
    return {language: Labels(language, words[language]) for language in LANGUAGES}


def _missing(rows: list[Row], frame: Path) -> Iterator[Problem]:
    """The templates of the frame print labels that exist, and have nothing to fill in."""
    labels = {row.address: row for row in rows}
    for template in sorted(frame.rglob("*.html")):
        text = read_text(template, [])
        for key in sorted(set(_IN_FRAME.findall(text or ""))):
            label = labels.get(key)
            if label is None:
                sentence = f"the label ‘{key}’ is missing; {shown(template)} prints it{did_you_mean(key, labels)}"
                yield Problem(rows[0].file, 1, sentence)
            elif any("{" in label[column] or column in _PLURALS for column in label.cells):
                sentence = f"the label ‘{key}’ has places or plural forms, which {shown(template)} cannot fill"
                yield Problem(label.file, label.line, sentence)


def _incomplete(row: Row) -> Iterator[Problem]:
    """A label stands in three languages, with the same places in each."""
    places = {}
    for language in LANGUAGES:
        texts = [row[column] for column in row.cells if column.partition(":")[0] == language]
        if not texts:
            yield Problem(row.file, row.line, f"the label ‘{row.address}’ has no {language}")
        else:
            places[language] = {place for text in texts for place in _PLACE.findall(text)}
    for column in row.cells:
        if column not in LANGUAGES and column not in _PLURALS:
            yield Problem(row.file, row.line_of(column), f"‘{column}’ is not a language of a label")
    if (english := {column for column in row.cells if column[:2] == "en"}) not in ({"en"}, _PLURALS, set()):
        sentence = (
            f"the label ‘{row.address}’ has {' and '.join(sorted(english))}; write en alone, or one and other below it"
        )
        yield Problem(row.file, row.line, sentence)
    wanted = places.get("zh-Hans")
    for language, given in places.items():
        if wanted is not None and given != wanted:
            yield Problem(
                row.file,
                row.line,
                f"the label ‘{row.address}’ has the places {_shown(given)} in {language} "
                f"but {_shown(wanted)} in zh-Hans",
            )


def _unprintable(row: Row) -> Iterator[Problem]:
    """A label is one line of plain text, in which places stand as {name}."""
    if not _KEY.fullmatch(row.address):
        sentence = f"the label ‘{row.address}’ has no name of small letters, digits, _ and -"
        yield Problem(row.file, row.line, sentence)
    for column, cell in row.cells.items():
        name = f"{row.address}:{column}"
        if isinstance(cell, tuple):
            clause = "holds a list; a label is one text"
        elif len(cell) > _LONGEST:
            clause = f"has {len(cell)} characters; a label has at most {_LONGEST}"
        elif brace := _BRACE.search(_PLACE.sub("", cell)):
            clause = f"holds ‘{brace[0]}’, which nothing fills; a place is a plain name, such as {{count}}"
        elif markup := _MARKUP.search(cell):
            clause = f"holds ‘{markup[0]}’, which would be printed as it stands; a label is plain text"
        else:
            clause = unpublishable(cell)
        if clause:
            yield Problem(row.file, row.line_of(column), f"{name} {clause}")


def _shown(places: set[str]) -> str:
    return ", ".join(f"{{{place}}}" for place in sorted(places)) or "none"
