"""The editor's table of words that people type for one another is checked, and read as it is meant."""

from __future__ import annotations

import json

import pytest

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import speak
from generator.catalogue.synonyms import Synonym
from generator.files.cache import Cache
from generator.publishing.search.index import search_index

FAULTS = [
    ("tea: {sane: [cha]}", "content/synonyms.yml:1: ‘sane’ is not known; there may be form, page, same, see"),
    ("tea: {}", "content/synonyms.yml:1: ‘tea’ has nothing beside it; give same, see, page or form"),
    (
        "tea: {same: ['—']}",
        "content/synonyms.yml:1: ‘—’ is no word to search for; write one with letters or figures, "
        "of 60 characters at most",
    ),
    (
        "tea: {same: [cha]}\nleaf: {same: [Cha]}",
        "content/synonyms.yml:2: ‘Cha’ stands in line 1 already; make one entry of the two",
    ),
    (
        "tea: {page: questions/#tea}",
        "content/synonyms.yml:1: there is no page ‘questions/#tea’; give that of a list, such as batches/, or a "
        "section of the prose, such as questions/#text",
    ),
    (
        "餠: {form: 饼饼}",
        "content/synonyms.yml:1: ‘餠’ and its form must be one character each, with nothing else beside them",
    ),
    ("tea: {same: ['c\u200bha']}", "content/synonyms.yml:1: ‘c\\u200bha’ holds an invisible character (U+200B)"),
]


def table_of(project, text: str):
    """The content of `project` with `text` as its table."""
    (project / "content/synonyms.yml").write_text(text, "utf-8")
    return read_content(project)


@pytest.mark.parametrize(("text", "sentence"), FAULTS)
def test_what_is_wrong_is_said_with_its_line(world, text, sentence):
    (problem,) = table_of(world, text).problems
    assert str(problem).startswith(sentence)


def test_it_is_said_in_three_languages(world):
    sentences = set()
    for language in LANGUAGES:
        speak(language)
        (problem,) = table_of(world, "tea: {page: nowhere/}").problems
        assert "nowhere/" in str(problem)
        sentences.add(str(problem))
    assert len(sentences) == 3


def test_words_are_read_as_they_are_meant(world, tmp_path):
    content = table_of(
        world,
        "茶: {same: [tea, thee], see: [乌龙]}\nlatest: {page: batches/}\nform: {page: data/#cite}\n餠: {form: 饼}",
    )
    assert content.problems == []
    assert content.synonyms.groups[0] == Synonym(("茶", "tea", "thee"), ("乌龙",))
    assert content.synonyms.forms == (("餠", "饼"),)
    index = json.loads(search_index(content, content.catalogue(), Cache(tmp_path / "cache")))
    (tea, latest, form) = index["synonyms"]
    # Nothing has “thee”: it is typed, and never looked for.
    assert tea == ["茶\ntea", "thee", "乌龙", -1]
    assert latest[:3] == ["", "latest", ""]
    assert index["paths"][latest[3]] == "batches/"
    assert index["paths"][form[3]] == "data/#cite"


def test_a_former_address_leads_to_its_standard(world, tmp_path):
    content = read_content(world)
    index = json.loads(search_index(content, content.catalogue(), Cache(tmp_path / "cache")))
    former = {old: one.address for one in content.catalogue().standards for old in one.former_addresses}
    assert {old: index["paths"][place] for old, place in index["moved"].items()} == {
        old: f"standards/{address}/" for old, address in former.items()
    }
    assert former


def test_each_word_of_the_real_table_finds_something(real_content):
    """Every group has a word of the list, or a page: else it would lead nowhere."""
    catalogue = real_content.catalogue()
    records = [*catalogue.standards, *catalogue.fields, *catalogue.organisations]
    names = [getattr(one, "title", None) or one.name for one in records]
    titles = " ".join(text.words for name in names for text in name.values()).lower()
    others = " ".join(word for one in records for called in one.also_called.values() for word in called).lower()
    lonely = [
        group.words
        for group in real_content.synonyms.groups
        if not group.page and not any(word.lower() in f"{titles} {others}" for word in (*group.words, *group.see))
    ]
    assert lonely == []
