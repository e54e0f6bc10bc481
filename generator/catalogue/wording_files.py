"""The files of words: labels that the site prints, messages that the program says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.cells import did_you_mean
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import MESSAGES, Message
from generator.catalogue.records import Problem, Row, read_text, read_yaml, shown
from generator.catalogue.scripts import Scripts, stranger_sentence
from generator.catalogue.texts import unpublishable

LABELS = "labels.yml"
_IN_FRAME = re.compile(r"\bwords\.([a-z_]+)\[")
_KEY = re.compile(r"[a-z][\w-]*", re.ASCII)
_PLACE = re.compile(r"\{([a-z][a-z_]*)\}")
_BRACE = re.compile(r"\{[^{}]*\}?|\}")
_MARKUP = re.compile(r"</?[a-z][^>]*>|<!--", re.IGNORECASE)
_PLURALS = {"en:one", "en:other"}
_LONGEST = 1000
"""Characters of the longest label."""


def read_labels(content: Path, scripts: Scripts, problems: list[Problem]) -> dict[str, Labels]:
    """`content/labels.yml` as one `Labels` a language; what is wrong in it is added to `problems`.

    The labels that the frame beside `content` prints must be there.
    """
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    rows = _read(content / LABELS, scripts, problems)
    for row in rows:
        for column in row.cells:
            language, _, plural = column.partition(":")
            if language in words:
                words[language][f"{row.address}:{plural}" if plural else row.address] = row[column]
    if rows:
        problems.extend(_missing(rows, content.parent / "overrides"))
    return {language: Labels(language, words[language]) for language in LANGUAGES}


def check_messages(content: Path, scripts: Scripts, problems: list[Problem]) -> None:
    """Add to `problems` what is wrong in the files of messages below `content`."""
    for path in sorted((content / MESSAGES.name).glob("*.yml")):
        _read(path, scripts, problems)


def _read(path: Path, scripts: Scripts, problems: list[Problem]) -> list[Row]:
    """The words of one file; what is wrong in it is added to `problems`."""
    rows = read_yaml(path, problems) or []
    for row in rows:
        problems.extend(_incomplete(row))
        problems.extend(_unprintable(row))
    for language in ("zh-Hans", "zh-Hant"):
        strangers = scripts.strangers_in([row[language] for row in rows], language)
        for row, (wrong, right) in zip(rows, strangers, strict=True):
            if wrong:
                sentence = stranger_sentence(_name(row, language), language, wrong, right)
                problems.append(row.problem(language, sentence))
    return rows


def _missing(rows: list[Row], frame: Path) -> Iterator[Problem]:
    """The templates of the frame print labels that exist, and have nothing to fill in."""
    labels = {row.address: row for row in rows}
    for template in sorted(frame.rglob("*.html")):
        text = read_text(template, [])
        for key in sorted(set(_IN_FRAME.findall(text or ""))):
            label = labels.get(key)
            if label is None:
                hint = did_you_mean(key, labels)
                sentence = Message("words.missing-for-template", key=key, template=shown(template), hint=hint)
                yield Problem(rows[0].file, 1, sentence)
            elif any("{" in label[column] or column in _PLURALS for column in label.cells):
                sentence = Message("words.not-for-template", key=key, template=shown(template))
                yield Problem(label.file, label.line, sentence)


def _incomplete(row: Row) -> Iterator[Problem]:
    """A label stands in three languages, with the same places in each."""
    places = {}
    for language in LANGUAGES:
        texts = [row[column] for column in row.cells if column.partition(":")[0] == language]
        if not texts:
            sentence = Message("words.no-language", key=row.address, language=language)
            yield Problem(row.file, row.line, sentence)
        else:
            places[language] = {place for text in texts for place in _PLACE.findall(text)}
    for column in row.cells:
        if column not in LANGUAGES and column not in _PLURALS:
            yield row.problem(column, Message("words.unknown-language", column=column))
    if (english := {column for column in row.cells if column[:2] == "en"}) not in ({"en"}, _PLURALS, set()):
        sentence = Message("words.plural-forms", key=row.address, forms=tuple(sorted(english)))
        yield Problem(row.file, row.line, sentence)
    wanted = places.get("zh-Hans")
    for language, given in places.items():
        if wanted is not None and given != wanted:
            sentence = Message(
                "words.other-places", key=row.address, language=language, given=_shown(given), wanted=_shown(wanted)
            )
            yield Problem(row.file, row.line, sentence)


def _unprintable(row: Row) -> Iterator[Problem]:
    """A label is one line of plain text, in which places stand as {name}."""
    if not _KEY.fullmatch(row.address):
        yield Problem(row.file, row.line, Message("words.key", key=row.address))
    for column, cell in row.cells.items():
        if isinstance(cell, tuple):
            clause = Message("words.list")
        elif len(cell) > _LONGEST:
            clause = Message("words.too-long", length=len(cell), most=_LONGEST)
        elif brace := _BRACE.search(_PLACE.sub("", cell)):
            clause = Message("words.brace", brace=brace[0], example="{count}")
        elif markup := _MARKUP.search(cell):
            clause = Message("words.markup", markup=markup[0])
        else:
            clause = unpublishable(cell)
        if clause:
            yield row.problem(column, Message("check.fault", what=_name(row, column), clause=clause))


def _name(row: Row, column: str) -> Message:
    """How the text of `row` in `column` is called."""
    return Message("words.name", name=f"{row.address}:{column}")


def _shown(places: set[str]) -> tuple[str, ...] | Message:
    return tuple(f"{{{place}}}" for place in sorted(places)) or Message("words.no-places")
