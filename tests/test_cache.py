"""A cache gives back what was put there, or nothing."""

from __future__ import annotations

import pytest

from generator.files.cache import Cache


def test_an_entry_outlasts_the_cache_object_and_others_go(tmp_path):
    Cache(tmp_path).put("pictures/a", b"one")
    assert Cache(tmp_path).get("pictures/a") == b"one"
    assert Cache(tmp_path).get("pictures/b") is None
    Cache(tmp_path).put("pictures/b", b"")
    assert Cache(tmp_path).get_or_make("pictures/b", lambda: b"made again") == b""
    Cache(tmp_path).remove_others("pictures", {"pictures/b"})
    assert Cache(tmp_path).get("pictures/a") is None
    assert Cache(tmp_path).get("pictures/b") == b""


@pytest.mark.parametrize("damage", [b"", b"x", b"abcd", b"\x00" * 4 + b"one", None])
def test_a_damaged_entry_is_as_good_as_none(tmp_path, damage):
    cache = Cache(tmp_path)
    cache.put("a", b"one")
    stored = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(stored[:-1] if damage is None else damage)
    assert cache.get_or_make("a", lambda: b"two") == b"two"
    assert cache.get("a") == b"two"


def test_a_folder_in_the_place_of_an_entry_costs_time_and_nothing_else(tmp_path):
    (tmp_path / "a").mkdir()
    assert Cache(tmp_path).get_or_make("a", lambda: b"one") == b"one"
