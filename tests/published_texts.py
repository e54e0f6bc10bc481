"""Every text of a built site, with the language that its reader is told."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import openpyxl

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES, own_texts
from generator.catalogue.model import Catalogue
from generator.publishing.pages import citations
from generator.publishing.sharing.social_cards import cards

INSERTED = "\ufffc"
"""Stands where another language, code, a citation or an address stands within a text."""

_LANGUAGE_OF = {lang: language for language, lang in HTML_LANG.items()}
_INLINE = {"a", "b", "code", "em", "i", "span", "strong", "time"}
_UNREAD = {"script", "style", "svg", "code"}
_VOID = {"br", "hr", "img", "input", "link", "meta"}
_ATTRIBUTES = {"alt", "aria-label", "title", "placeholder"}
_META = {"description", "og:title", "og:description", "og:site_name", "og:image:alt"}
_DATA_OF_SCRIPTS = {"data-copy", "data-copies", "data-named", "data-key", "data-sort", "data-root"}
"""What is copied as it stands, or read by scripts alone."""
_NOT_PROSE = re.compile(
    r"```.*?```|`[^`\n]*`|(?<=\])\([^)\s]*\)|<[^>]+>|(?<=\|) +(?=\|)|^[A-Z-]+[:;]|^ +- ", re.DOTALL | re.M
)
"""In Markdown, in a feed or in a calendar: code, addresses, tags, empty cells, names of properties,
items of inner lists."""
_BACKSLASH = re.compile(r"\\(?=[^\w\s])")


class PublishedText(NamedTuple):
    """A text that stands in a file of the site."""

    file: str
    """Below the site."""
    language: str
    """One of `LANGUAGES`: the one that it is marked with; '' where it is in none of them alone."""
    words: str
    """`INSERTED` stands in it for words of other languages."""

    @property
    def is_markup(self) -> bool:
        """Whether phrases of it can be marked with their language."""
        return self.file.endswith(".html")


def texts_of(site: Path, catalogue: Catalogue, labels: dict[str, Labels]) -> list[PublishedText]:
    """Each text of `site` once, with the first page and the first other file in which it stands."""
    texts: dict[tuple[bool, str, str], PublishedText] = {}
    cited = {text for standard in catalogue.standards for text in citations.written(standard).values()}
    in_pages = _any_of(cited)
    elsewhere = {language: _any_of(_foreign_names(catalogue, language) | cited) for language in LANGUAGES}
    standing_in = {language: _any_of(_standing_in(catalogue, language)) for language in LANGUAGES}
    for text in (*_in_files(site, standing_in), *_elsewhere(catalogue, labels)):
        hidden = in_pages if text.is_markup or not text.language else elsewhere[text.language]
        words = hidden.sub(INSERTED, text.words)
        texts.setdefault((text.is_markup, text.language, words), text._replace(words=words))
    return [text for text in texts.values() if any(letter.isalpha() for letter in text.words)]


def names_in(catalogue: Catalogue, language: str) -> set[str]:
    """The titles and names of records in `language`."""
    named = (*catalogue.fields, *catalogue.batches, *catalogue.organisations)
    with_others = (*catalogue.standards, *catalogue.fields, *catalogue.organisations)
    titles = [one for one in catalogue.corrections if one.attribute == f"title:{language}"]
    return {
        *(one.title[language].words for one in catalogue.standards if language in own_texts(one.title)),
        *(title for one in titles for title in (one.before, one.after)),
        *(one.name[language].words for one in named),
        *(name for one in with_others for name in one.also_called.get(language, ())),
    } - {""}


def _foreign_names(catalogue: Catalogue, language: str) -> set[str]:
    """The names that a file without markup holds, though they are in another language."""
    others = set(LANGUAGES) - {language}
    names = {name for other in others for name in names_in(catalogue, other)}
    names |= {one.name[other].words for one in catalogue.sources for other in others}
    names |= {f"《{one.announcement}》" for one in catalogue.batches if one.announcement}
    own = names_in(catalogue, language) | {one.name[language].words for one in catalogue.sources}
    return names - own


def _standing_in(catalogue: Catalogue, language: str) -> set[str]:
    """The titles in another language that are shown as there is none in `language`."""
    shown = [one.title[language] for one in catalogue.standards]
    return {title.words for title in shown if title.language != language}


def _any_of(texts: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(texts, key=len, reverse=True))) or "$^")


def _elsewhere(catalogue: Catalogue, labels: dict[str, Labels]) -> Iterator[PublishedText]:
    """What stands in pictures, and what scripts say or only other records would."""
    for language, own in labels.items():
        yield from (PublishedText(f"{key} in labels.yml", language, words) for key, words in own.words.items())
    for subject in (catalogue, *catalogue.standards, *catalogue.fields, *catalogue.batches):
        for card in cards(subject, catalogue.announced_up_to, labels):
            rows = (card.site, card.above, card.large, card.small, card.below, card.verdicts, card.notes)
            # What is drawn has a straight apostrophe for a curly one.
            phrases = ((words.replace("'", "’"), language) for row in rows for words, language in row)
            yield from (PublishedText(card.file, language, words) for words, language in phrases)


def _in_files(site: Path, standing_in: dict[str, re.Pattern[str]]) -> Iterator[PublishedText]:
    for path in sorted(site.rglob("*.*")):
        file = path.relative_to(site)
        own = next((part for part in file.parts if part in LANGUAGES), "")
        for language, words in _texts(path, own, standing_in):
            yield PublishedText(file.as_posix(), language, words)


def _texts(path: Path, own: str, standing_in: dict[str, re.Pattern[str]]) -> Iterator[tuple[str, str]]:
    """(language, words) of each text of the file, which is in the language `own` or in none."""
    match path.suffix:
        case ".html":
            page = _Page(own, standing_in)
            page.feed(path.read_text("utf-8"))
            yield from page.texts
        case ".json" | ".webmanifest":
            yield from _of_json(json.loads(path.read_text("utf-8")), own)
        case ".xlsx":
            for language, sheet in zip(LANGUAGES, openpyxl.load_workbook(path), strict=True):
                yield from ((language, str(cell.value)) for cell in sheet[1])
        case ".md" | ".xml" | ".ics" if own:
            whole = path.read_text("utf-8")
            if path.suffix == ".ics":
                whole = whole.replace("\n ", "")
            for line in _NOT_PROSE.sub(INSERTED, whole).splitlines():
                yield own, _BACKSLASH.sub("", unescape(line))


def _of_json(value: object, language: str) -> Iterator[tuple[str, str]]:
    """The texts in `value`; a key that is a language tells that of what it holds."""
    match value:
        case dict():
            for key, inner in value.items():
                yield from _of_json(inner, key if key in LANGUAGES else language)
        case list():
            for inner in value:
                yield from _of_json(inner, language)
        case str():
            yield language, value


class _Page(HTMLParser):
    """Reads a page in the language `own`, or in none; a block is one text in each of its languages.

    Where no phrase can be marked with its language, the titles `standing_in` for wanted ones are put aside.
    """

    def __init__(self, own: str, standing_in: dict[str, re.Pattern[str]]) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._own = own
        self._standing_in = standing_in
        self._open: list[tuple[str, str, bool]] = [("", own, False)]
        self._runs: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        lang = values.get("lang")
        language = _LANGUAGE_OF.get(lang, lang) if lang else self._open[-1][1]
        if tag in ("title", "meta") and not self._own:
            # A page in no language has one title, with its name in all of them.
            language = ""
        # A span with a class is set apart by its style.
        is_block = tag not in _INLINE or (tag == "span" and "class" in values)
        if is_block:
            self._end_block()
        for name, value in values.items():
            is_meta = name == "content" and (values.get("name") or values.get("property")) in _META
            if name in _ATTRIBUTES or is_meta or (name.startswith("data-") and name not in _DATA_OF_SCRIPTS):
                self.texts.append((language, self._unmarkable(language, value)))
        if tag not in _VOID:
            self._open.append((tag, language, is_block))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        while self._open[-1][0] != tag:
            self._open.pop()
        if self._open.pop()[2]:
            self._end_block()

    def _unmarkable(self, language: str, words: str) -> str:
        return self._standing_in[language].sub(INSERTED, words) if language in LANGUAGES else words

    def handle_data(self, data: str) -> None:
        is_read = not any(tag in _UNREAD for tag, _, _ in self._open)
        tag, language, _ = self._open[-1]
        self._runs.append(
            (language if is_read else "code", self._unmarkable(language, data) if tag == "title" else data)
        )

    def _end_block(self) -> None:
        for own in {language for language, _ in self._runs} - {"code"}:
            words = "".join(text if language == own else INSERTED for language, text in self._runs)
            self.texts.append((own, re.sub(r"\s+", " ", words).strip()))
        self._runs.clear()
