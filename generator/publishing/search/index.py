"""The catalogue → the index that the browser searches."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue.columns import ROUTES, STATUSES
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, Standard
from generator.catalogue.numbers import search_keys
from generator.catalogue.prose import Prose
from generator.publishing.pages.page import address_of
from generator.publishing.search.folding import variants_of
from generator.publishing.search.pronunciation import Reading, Readings

SEARCH_INDEX = "assets/search.json"
"""Where the index lies below the site."""


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found. `names` are other names it is found by, `words` what else is said of it,
    both in any language."""

    kind: str
    path: str
    titles: dict[str, str]
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    standard: Standard | None = None


def search_index(catalogue: Catalogue, prose: dict[str, dict[str, Prose]], readings: Readings) -> str:
    """The index as JSON, a column a list, with one entry a document in list order.

    `kinds` are runs of (kind, count); `numbers` hold list identifier and designation, `forms` a line of
    what these are found by, each between tabs; `field`, `batch` and `publisher` the place of that document,
    -1 for none; `variants` pairs of a character and its form;
    `pinyin` and `jyutping` each syllable's characters, and the titles that read otherwise.
    """
    documents = list(_documents(catalogue, prose))
    place = {document.path: n for n, document in enumerate(documents)}
    standards = [document.standard for document in documents if document.standard]

    def places(records: Iterable[object | None]) -> list[int]:
        return [place[address_of(record)] if record else -1 for record in records]

    numbers_of = [[number for number in (one.list_identifier, one.designation) if number] for one in standards]
    titles = {language: [document.titles[language] for document in documents] for language in LANGUAGES}
    searched = [*titles["zh-Hans"], *titles["zh-Hant"]]
    searched += [text for document in documents for text in (*document.names, *document.words)]
    index = {
        "kinds": list(Counter(document.kind for document in documents).items()),
        "paths": [document.path for document in documents],
        # The browser reads an empty Traditional title as the Simplified one.
        **(
            titles
            | {"zh-Hant": ["" if a == b else b for a, b in zip(titles["zh-Hans"], titles["zh-Hant"], strict=True)]}
        ),
        "names": ["\n".join(document.names) for document in documents],
        "words": ["\n".join(document.words) for document in documents],
        "numbers": ["\n".join(numbers) for numbers in numbers_of],
        "forms": "\n".join(_forms(numbers) for numbers in numbers_of),
        "field": places(one.field for one in standards),
        "batch": places(one.batch for one in standards),
        "publisher": places(one.publisher for one in standards),
        "status": [one.status for one in standards],
        "route": [one.route for one in standards],
        "statuses": STATUSES,
        "routes": ROUTES,
        "year": [one.announced_on.year if one.announced_on else 0 for one in standards],
        "variants": "".join(f"{variant}{form}" for variant, form in variants_of(searched).items()),
        "pinyin": _sounds(readings.pinyin(titles["zh-Hans"])),
        "jyutping": _sounds(readings.jyutping(titles["zh-Hant"])),
    }
    return json.dumps(index, ensure_ascii=False, separators=(",", ":"))


def _documents(catalogue: Catalogue, prose: dict[str, dict[str, Prose]]) -> Iterator[Document]:
    for standard in catalogue.standards:
        names = tuple(name for names in standard.also_called.values() for name in names)
        yield Document("standard", address_of(standard), _words(standard.title), names, standard=standard)
    for field in catalogue.fields:
        names = tuple(name for names in field.also_called.values() for name in names)
        yield Document("field", address_of(field), _words(field.name), names, tuple(field.about.values()))
    for batch in catalogue.batches:
        words = (*(batch.place or {}).values(), batch.announcement, *(batch.note or {}).values())
        days = tuple(dict.fromkeys(day.isoformat() for day in (batch.earliest, batch.latest)))
        yield Document("batch", address_of(batch), _words(batch.name), days, tuple(filter(None, words)))
    for organisation in catalogue.organisations:
        names = tuple(name for names in organisation.also_called.values() for name in names)
        words = tuple(organisation.part.values())
        yield Document("organisation", address_of(organisation), _words(organisation.name), names, words)
    for name, editions in prose.items():
        sections = [editions[language].sections() for language in LANGUAGES]
        for parts in zip(*sections, strict=True):
            titles = {language: title for language, (_, title, _) in zip(LANGUAGES, parts, strict=True)}
            yield Document("prose", f"{name}/#{parts[0][0]}", titles, (), tuple(text for _, _, text in parts))


def _words(texts: dict) -> dict[str, str]:
    return {language: text.words for language, text in texts.items()}


def _forms(numbers: list[str]) -> str:
    return "\t".join(("", *(form for number in numbers for form in search_keys(number)), ""))


def _sounds(readings: list[Reading]) -> list:
    """[syllable → the characters that usually have it, place of a title → its own reading where it differs].

    A reading is its syllables with spaces between.
    """
    heard: dict[str, Counter] = defaultdict(Counter)
    for reading in readings:
        for character, sound in reading:
            heard[character][sound] += 1
    usual = {character: sounds.most_common(1)[0][0] for character, sounds in sorted(heard.items())}
    table: dict[str, str] = defaultdict(str)
    for character, sound in usual.items():
        table[sound] += character
    others = {
        str(n): " ".join(sound for _, sound in reading)
        for n, reading in enumerate(readings)
        if any(usual[character] != sound for character, sound in reading)
    }
    return [dict(sorted(table.items())), others]
