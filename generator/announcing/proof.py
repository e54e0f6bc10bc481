"""The proof sheet of an announcement: one page to print, read, sign."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.catalogue.languages import HTML_LANG, LANGUAGES, SENTENCE_SPACE, own_texts
from generator.catalogue.messages import ChoiceName, ColumnName, Message, speaking
from generator.catalogue.model import Batch, Catalogue, FieldPlace, Standard
from generator.catalogue.scripts import Scripts

_SIGNING = ("hong-kong", "macao")
"""Where somebody is asked to nod."""


class _Letter(NamedTuple):
    """A letter of a title."""

    letter: str
    is_changed: bool
    """Whether conversion changed it."""
    others: str
    """What it may be instead; '' where there is no doubt."""


class _Title(NamedTuple):
    """A title in one language."""

    lang: str
    letters: list[_Letter]
    """Empty where it is wanted."""
    standing: str
    review: str


class _Entry(NamedTuple):
    """A standard as the sheet shows it."""

    numbers: tuple[str, ...]
    titles: list[_Title]
    fields: list[tuple[str, Message]]
    """The name of each field, who put it there."""
    sources: list[Message | str]
    is_derived: bool
    """Whether it is of the announcement by dates alone."""


def proof_sheet(catalogue: Catalogue, batch: Batch, scripts: Scripts, language: str) -> str:
    """The HTML of the sheet of `batch`, in the words of `language`.

    It needs no other file.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    entries = [_entry(standard, scripts, language) for standard in batch.standards]
    letters = [letter for entry in entries for title in entry.titles for letter in title.letters]
    with speaking(language):
        return environment.get_template("proof.html").render(
            lang=HTML_LANG[language],
            batch=batch,
            names=[(HTML_LANG[one], batch.name[one].words) for one in LANGUAGES],
            titles=[(HTML_LANG[one], ColumnName(f"title:{one}").in_language(one)) for one in LANGUAGES],
            version=catalogue.version,
            space=SENTENCE_SPACE[language],
            entries=entries,
            doubts=sum(bool(letter.others) for letter in letters),
            signing=[ChoiceName("region", one).in_language(language) for one in _SIGNING],
            column=ColumnName,
            word=lambda key, **values: Message(f"wanted.{key}", **values),
        )


def _entry(standard: Standard, scripts: Scripts, language: str) -> _Entry:
    return _Entry(
        tuple(filter(None, (standard.list_identifier, standard.designation))),
        list(_titles(standard, scripts, language)),
        [(place.field.name[language].words, _assigner(place)) for place in standard.fields],
        list(_sources(standard, language)),
        standard.derivation is not None,
    )


def _assigner(place: FieldPlace) -> Message:
    return Message("wanted.by-us") if place.is_assigned_here else Message("wanted.by-source")


def _titles(standard: Standard, scripts: Scripts, language: str) -> Iterator[_Title]:
    titles = own_texts(standard.title)
    for own in LANGUAGES:
        lang = HTML_LANG[own]
        if title := titles.get(own):
            is_converted = title.standing == "converted"
            before = titles["zh-Hans" if own == "zh-Hant" else "zh-Hant"].words if is_converted else title.words
            doubts = scripts.doubts(title.words) if is_converted and own == "zh-Hant" else {}
            yield _Title(
                lang,
                list(_letters(title.words, before, doubts)),
                ChoiceName("standing", title.standing).in_language(language),
                title.review,
            )
        else:
            yield _Title(lang, [], Message("wanted.none").in_language(language), "")


def _letters(words: str, before: str, doubts: dict[int, str]) -> Iterator[_Letter]:
    """The letters of a title, which was converted from `before`."""
    # Where conversion made more or fewer letters of it, all of it is to be read.
    pairs = zip(words, before, strict=True) if len(words) == len(before) else ((letter, "") for letter in words)
    for place, (letter, other) in enumerate(pairs):
        yield _Letter(letter, letter != other, doubts.get(place, ""))


def _sources(standard: Standard, language: str) -> Iterator[Message | str]:
    """Who states it; of an attachment, in which sheet and row."""
    for source in standard.sources:
        name = source.file or source.name[language].words
        sheet, _, row = standard.rows.get(source.address, "").rpartition(":")
        if sheet:
            yield Message("wanted.sheet-and-row", name=name, sheet=sheet, row=row)
        elif row:
            yield Message("wanted.row", name=name, row=row)
        else:
            yield name
