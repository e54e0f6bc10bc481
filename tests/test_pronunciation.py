"""How titles are read aloud, and that a build does not ask the dictionaries twice."""

from __future__ import annotations

import pytest

from generator.files.cache import Cache
from generator.publishing.search import pronunciation
from generator.publishing.search.pronunciation import Pronunciations
from generator.publishing.search.variants import variants_of

TITLES = ["普洱茶2025", "龍井茶", "㐀茶", "Tea"]


def readings(cache: Cache, titles: list[str]) -> tuple[list, list]:
    """The readings of `titles` in Mandarin and in Cantonese, which are then kept in `cache`."""
    pronunciations = Pronunciations(cache)
    both = pronunciations.pinyin(titles), pronunciations.jyutping(titles)
    pronunciations.keep()
    return both


@pytest.fixture
def unasked(monkeypatch):
    """Makes a test fail that asks the dictionaries from then on."""

    def forbid() -> None:
        monkeypatch.setattr(pronunciation, "_libraries", lambda: pytest.fail("the dictionaries were loaded"))

    return forbid


def test_each_chinese_character_has_the_syllable_that_is_usual_in_its_phrase(tmp_path):
    mandarin, cantonese = readings(Cache(tmp_path), TITLES)
    assert mandarin[0] == [("普", "pu"), ("洱", "er"), ("茶", "cha")]
    assert cantonese[1] == [("龍", "lung"), ("井", "zeng"), ("茶", "caa")]
    assert mandarin[3] == cantonese[3] == []


def test_readings_are_kept_and_only_those_of_titles_that_are_there(tmp_path, unasked):
    cache = Cache(tmp_path)
    first = readings(cache, TITLES)
    unasked()
    assert readings(cache, TITLES) == first
    assert readings(cache, TITLES[1:]) == (first[0][1:], first[1][1:])
    assert not any("普洱茶" in path.read_text("utf-8", "replace") for path in tmp_path.rglob("*.*"))


@pytest.mark.parametrize("damage", [b"", b"{", b"\0" * 100])
def test_damaged_readings_are_as_good_as_none(tmp_path, damage):
    cache = Cache(tmp_path)
    first = readings(cache, TITLES)
    variants = variants_of(["茶麵"], (), cache)
    for path in tmp_path.iterdir():
        path.write_bytes(damage)
    assert readings(cache, TITLES) == first
    assert variants_of(["茶麵"], (), cache) == variants


def test_readings_of_other_libraries_are_not_used(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    first = readings(cache, TITLES)
    with monkeypatch.context() as patch:
        patch.setattr(pronunciation, "version", lambda _: "0.0")
        patch.setattr(pronunciation, "_pinyin", lambda title: ["?" for _ in pronunciation._HAN.findall(title)])
        assert readings(cache, TITLES)[0][1] == [("龍", "?"), ("井", "?"), ("茶", "?")]
    assert readings(cache, TITLES) == first


def test_variants_meet_in_the_simplified_form_of_what_is_searched(tmp_path):
    variants = variants_of(["面包", "衛生"], (), Cache(tmp_path))
    assert {character: variants[character] for character in "麵麪衞衛"} == dict(
        zip("麵麪衞衛", "面面卫卫", strict=True)
    )
    assert "龍" not in variants
