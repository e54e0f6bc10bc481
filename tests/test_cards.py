"""The pictures of pages: of the right size, in letters that exist, with the whole title, drawn when they change."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont

from generator.files.cache import Cache
from generator.publishing.sharing import fonts as finding
from generator.publishing.sharing.fonts import FontError, fonts
from generator.publishing.sharing.image_cache import drawn, key
from generator.publishing.sharing.social_cards import SIZE, Card, cards, fitted

TEXTS = ("site", "above", "title", "below", "foot", "as_of")


@pytest.fixture(scope="session")
def january_cards(january_content):
    made = january_content.catalogue()
    about = (made, *made.standards, *made.fields, *made.batches)
    return [card for one in about for card in cards(one, made.announced_up_to, january_content.labels)]


def test_every_card_is_as_large_as_chats_want_and_light_enough(january_project):
    site = january_project / "build/site"
    files = list((site / "cards").rglob("*.png"))
    assert len(files) > 100
    for file in files:
        with Image.open(file) as card:
            assert card.size == SIZE, file
        assert file.stat().st_size < 200_000, file


def test_every_character_has_a_letter_in_the_font(january_cards):
    """One that is missing would be an empty box."""
    covered = {
        font: set(TTFont(font.file, fontNumber=font.index).getBestCmap() or ()) for font in set(fonts().values())
    }
    for card in january_cards:
        for text in (getattr(card, name) for name in TEXTS):
            for font in (fonts()[card.language, "regular"], fonts()[card.language, "bold"]):
                assert {character for character in text if ord(character) not in covered[font]} == set(), card.file


def test_each_language_has_its_own_forms():
    found = fonts()
    assert found["zh-Hans", "bold"] != found["zh-Hant", "bold"]

    def shape(language: str, character: str) -> bytes:
        font = found[language, "regular"]
        return bytes(ImageFont.truetype(font.file, 80, index=font.index).getmask(character))  # pyright: ignore[reportArgumentType]

    # What is written alike in both scripts still has forms of its own in Guangzhou and in Hong Kong.
    for character in "骨令直。":
        assert shape("zh-Hans", character) != shape("zh-Hant", character)


LONGEST = ("茶" * 600, "Tea " * 150, "T" * 400, "茶，" * 200, "x")


@pytest.mark.parametrize("text", LONGEST)
def test_a_title_is_never_cut_and_never_runs_out_of_its_room(text):
    font = fonts()["zh-Hant", "bold"]
    size, lines = fitted(text, font, 108, 1040, 230)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert len(lines) * size * 1.3 <= 230
    face = ImageFont.truetype(font.file, size, index=font.index)
    assert max(map(face.getlength, lines)) <= 1040 * 1.02


def test_a_line_breaks_where_a_reader_would(january_cards):
    font = fonts()["zh-Hant", "bold"]
    _, lines = fitted("適老易食食品（適老照護食）通用要求，以及其他「灣區標準」的規定" * 3, font, 60, 500, 900)
    for line in lines:
        assert line[0] not in "，。、）」》"
        assert line[-1] not in "（「《"
    _, lines = fitted("Guidelines for Bridges, Artificial Islands and Tunnels", font, 60, 500, 900)
    assert " ".join(lines) == "Guidelines for Bridges, Artificial Islands and Tunnels"


def test_the_longest_title_of_the_list_stays_inside_its_picture(january_cards):
    for language in ("zh-Hans", "zh-Hant", "en"):
        longest = max((card for card in january_cards if card.language == language), key=lambda card: len(card.title))
        with Image.open(BytesIO(longest.draw())) as picture:
            levels = picture.convert("L").crop((1125, 20, 1200, 630))
            assert min(levels.tobytes()) > 200, longest.file


def test_only_what_changed_is_drawn_again(january_cards, tmp_path, monkeypatch):
    cache, card = Cache(tmp_path), january_cards[0]
    first = drawn(card, cache)
    with monkeypatch.context() as patch:
        patch.setattr(Card, "draw", lambda _: pytest.fail("drawn again"))
        assert drawn(dataclasses.replace(card), cache) == first
    for name in TEXTS:
        other = dataclasses.replace(card, **{name: "另一個名稱"})
        assert key(other) != key(card)
        assert drawn(other, cache) != first


@pytest.mark.parametrize("damage", [b"", b"noise", b"\0" * 20_000])
def test_a_damaged_picture_is_drawn_again(january_cards, tmp_path, damage):
    cache, card = Cache(tmp_path), january_cards[0]
    first = drawn(card, cache)
    (tmp_path / key(card)).write_bytes(damage)
    assert drawn(card, cache) == first
    (tmp_path / key(card)).write_bytes((tmp_path / key(card)).read_bytes()[:-1])
    assert drawn(card, cache) == first


def test_the_same_card_is_the_same_bytes(january_cards):
    assert january_cards[0].draw() == january_cards[0].draw()


def test_without_a_font_a_sentence_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(finding, "_faces", dict)
    with pytest.raises(FontError, match="apt-get install fonts-noto-cjk"):
        fonts()
