"""The catalogue → the index that the browser searches."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from generator.catalogue.columns import ROUTES, STATUSES
from generator.catalogue.content import Content
from generator.catalogue.evidence import is_hearsay
from generator.catalogue.languages import LANGUAGES, Trilingual, own_texts
from generator.catalogue.log import newly_recorded
from generator.catalogue.model import Batch, Catalogue, Field, Organisation, Standard
from generator.catalogue.numbers import search_keys
from generator.catalogue.synonyms import Synonym
from generator.files.cache import Cache
from generator.publishing.exports.json_text import one_line
from generator.publishing.pages.addresses import CASES, address_of
from generator.publishing.search.pronunciation import Pronunciations, Reading
from generator.publishing.search.variants import variants_of

SEARCH_INDEX = "assets/search.json"
"""Where the index lies below the site."""
_LISTS = ("standards", "fields", "batches", "organisations", "cases", "changes", "versions", "coverage", "check")
"""The pages that list or check records, by name; each has its title among the labels."""
_HAN = re.compile("[\u3400-\u9fff]")
_RUNS = re.compile("[\u3400-\u9fff]+|[^\\W_\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Document:
    """One thing that can be found."""

    kind: str
    """`standard`, `field`, `batch`, `organisation`, `case`; `page` for a list, `prose` for a section of a text."""
    path: str
    """The path of its page, without the language."""
    titles: dict[str, str]
    """By language."""
    names: tuple[str, ...] = ()
    """Other names that it is found by, in any language."""
    words: tuple[str, ...] = ()
    """What else is said of it, in any language."""


def search_index(content: Content, catalogue: Catalogue, cache: Cache) -> str:
    """The index as JSON: each column a list, with one entry for each document.

    `catalogue` is the model of `content`.
    Standards come first. Readings of titles are kept in `cache`.
    `kinds` are runs of (kind, count).
    An empty title is the same as the Simplified one.
    `variants` are pairs of a character and its form.
    `synonyms` are groups of words: a line each of those that mean the same and stand somewhere, of those that stand
    nowhere, of those meant too; then the place of the document that they lead to, -1 for none.
    `moved` are the places of standards by each address that they had before.
    `pinyin` and `jyutping` are each syllable's characters, and the titles that read otherwise.
    """
    documents = list(_documents(content, catalogue))
    places = {one.path: place for place, one in enumerate(documents)}
    simplified, traditional, english = ([one.titles[language] for one in documents] for language in LANGUAGES)
    texts = [*simplified, *traditional, *english, *(text for one in documents for text in (*one.names, *one.words))]
    typed = (word for group in content.synonyms.groups for word in (*group.words, *group.see))
    variants = variants_of((*texts, *typed), content.synonyms.forms, cache)
    forms = str.maketrans(variants)
    pronunciations = Pronunciations(cache)
    index = {
        "kinds": list(Counter(one.kind for one in documents).items()),
        "paths": [one.path for one in documents],
        "zh-Hans": simplified,
        "zh-Hant": _other_than(simplified, traditional),
        "en": _other_than(simplified, english),
        "names": ["\n".join(one.names) for one in documents],
        "words": ["\n".join(_told(one.words, forms)) for one in documents],
        **_standards(catalogue, places),
        "synonyms": list(_synonyms(content.synonyms.groups, places, _plain("\n".join(texts), forms), forms)),
        "moved": {old: places[address_of(one)] for one in catalogue.standards for old in one.former_addresses},
        "variants": "".join(f"{variant}{form}" for variant, form in variants.items()),
        "pinyin": _syllables(pronunciations.pinyin(simplified)),
        "jyutping": _syllables(pronunciations.jyutping(traditional)),
    }
    pronunciations.keep()
    return one_line(index)


def _standards(catalogue: Catalogue, places: dict[str, int]) -> dict[str, object]:
    """The columns that only standards have; `places` are those of all documents by their paths.

    `numbers` hold list identifier and designation, `forms` a line of what these are found by, each between tabs.
    `fields` are the places of those documents; `batch` and `publisher` that of the document, -1 for none.
    `status` and `route` are words; `statuses` and `routes` are all of these.
    `new` and `derived` are the places of those that are new here, and of those whose batch follows from dates.
    `hearsay` are those that nothing better states to be listed; `successors` those that supersede each, by place.
    `untitled` are, by language, those whose title is in another one.
    """
    standards, new = catalogue.standards, newly_recorded(catalogue)

    def places_of(records: Iterable[Batch | Organisation | None]) -> list[int]:
        return [places[address_of(record)] if record else -1 for record in records]

    numbers = [[number for number in (one.list_identifier, one.designation) if number] for one in standards]
    return {
        "numbers": ["\n".join(of_one) for of_one in numbers],
        "forms": "\n".join(_forms(of_one) for of_one in numbers),
        "fields": [[places[address_of(place.field)] for place in one.fields] for one in standards],
        "batch": places_of(one.batch for one in standards),
        "new": [n for n, one in enumerate(standards) if one in new],
        "hearsay": [n for n, one in enumerate(standards) if is_hearsay(one)],
        "successors": {
            n: [places[address_of(successor)] for successor in one.superseded_by]
            for n, one in enumerate(standards)
            if one.superseded_by
        },
        "derived": [n for n, one in enumerate(standards) if one.derivation],
        "untitled": {
            language: [n for n, one in enumerate(standards) if language not in own_texts(one.title)]
            for language in LANGUAGES
        },
        "publisher": places_of(one.publisher for one in standards),
        "status": [one.status for one in standards],
        "route": [one.route for one in standards],
        "statuses": STATUSES,
        "routes": ROUTES,
        "year": [one.announced_on.year if one.announced_on else 0 for one in standards],
    }


def _synonyms(
    groups: Iterable[Synonym], places: Mapping[str, int], texts: str, forms: dict[int, str]
) -> Iterator[tuple[str, str, str, int]]:
    """What the browser needs to know of `groups`; it looks only for words that `texts` have."""
    ways: dict[tuple[str, int], list[str]] = {}
    for group in groups:
        page = places.get(group.page, -1)
        # What leads to a page is looked for nowhere else.
        standing = [word for word in group.words if page < 0 and _plain(word, forms) in texts]
        see = "\n".join(word for word in group.see if _plain(word, forms) in texts)
        others = [word for word in group.words if word not in standing]
        if standing:
            yield "\n".join(standing), "\n".join(others), see, page
        else:
            ways.setdefault((see, page), []).extend(others)
    # Of words that stand nowhere it only matters where they lead.
    for (see, page), others in ways.items():
        yield "", "\n".join(others), see, page


def _plain(text: str, forms: dict[int, str]) -> str:
    """`text` in its usual `forms`, with a space for whatever is no letter."""
    return re.sub(r"[\W_]+", " ", text.translate(forms).lower())


def _documents(content: Content, catalogue: Catalogue) -> Iterator[Document]:
    for standard in catalogue.standards:
        yield Document("standard", address_of(standard), _words(standard.title), _names(standard))
    for field in catalogue.fields:
        yield Document("field", address_of(field), _words(field.name), _names(field), tuple(field.about.values()))
    for batch in catalogue.batches:
        words = (*(batch.place or {}).values(), batch.announcement, *(batch.note or {}).values())
        days = tuple(dict.fromkeys(day.isoformat() for day in (batch.earliest, batch.latest)))
        yield Document("batch", address_of(batch), _words(batch.name), days, tuple(filter(None, words)))
    for body in catalogue.organisations:
        yield Document("organisation", address_of(body), _words(body.name), _names(body), tuple(body.part.values()))
    for case in catalogue.cases:
        bodies = tuple(dict.fromkeys(text.words for body in case.bodies for text in body.name.values()))
        yield Document("case", f"{CASES}#{case.address}", _words(case.title), bodies, tuple(case.described.values()))
    for name in _LISTS:
        yield Document("page", f"{name}/", {each: content.labels[each](f"{name}_title") for each in LANGUAGES})
    for name, editions in content.prose.items():
        sections = [editions[language].sections() for language in LANGUAGES]
        for parts in zip(*sections, strict=True):
            titles = {language: title for language, (_, title, _) in zip(LANGUAGES, parts, strict=True)}
            yield Document("prose", f"{name}/#{parts[0][0]}", titles, (), tuple(text for _, _, text in parts))


def _words(title: Trilingual) -> dict[str, str]:
    return {language: text.words for language, text in title.items()}


def _other_than(simplified: list[str], titles: list[str]) -> list[str]:
    """Each of `titles`, '' where it is the Simplified one."""
    return ["" if title == same else title for same, title in zip(simplified, titles, strict=True)]


def _names(record: Standard | Field | Organisation) -> tuple[str, ...]:
    return tuple(chain.from_iterable(record.also_called.values()))


def _told(texts: tuple[str, ...], forms: dict[int, str]) -> Iterator[str]:
    """`texts` as the search looks into them: each word or run of Chinese once, in the usual `forms`.

    The texts of a document say the same in several scripts, and nobody reads them here.
    """
    seen: dict[str, None] = {}
    for text in texts:
        for run in _RUNS.findall(text.translate(forms).lower()):
            if _HAN.match(run):
                if not any(run in other for other in seen):
                    seen[run] = None
            elif len(run) > 2 or run.isdigit():
                seen[run] = None
    yield from seen


def _forms(numbers: list[str]) -> str:
    return "\t".join(("", *(form for number in numbers for form in search_keys(number)), ""))


def _syllables(readings: list[Reading]) -> tuple[dict[str, str], dict[str, str]]:
    """What the browser needs to know of `readings`, of one title each.

    First syllable → the characters that usually have it, then place of a title → its reading where that differs.
    A reading is its syllables with spaces between.
    """
    # A character's syllables in the order in which they are first met, which decides between two as frequent.
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for (character, syllable), count in Counter(chain.from_iterable(readings)).items():
        counts[character][syllable] = count
    usual = {character: max(counts[character], key=counts[character].__getitem__) for character in sorted(counts)}
    table: dict[str, str] = defaultdict(str)
    for character, syllable in usual.items():
        table[syllable] += character
    usual_pairs = set(usual.items())
    others = {
        str(place): " ".join(syllable for _, syllable in reading)
        for place, reading in enumerate(readings)
        if not usual_pairs.issuperset(reading)
    }
    return dict(sorted(table.items())), others
