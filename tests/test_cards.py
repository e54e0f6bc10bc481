"""The pictures of pages: of the right size, in letters that exist, with the whole title, drawn when they change."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont

from generator.publishing.sharing import fonts as finding
from generator.publishing.sharing.fonts import FontError, fonts
from generator.publishing.sharing.image_cache import drawn
from generator.publishing.sharing.social_cards import SQUARE, WIDE, cards, fitted
from tests.conftest import SITE_URL

TEXTS = ("site", "above", "title", "below", "foot", "scan")


@pytest.fixture(scope="session")
def drawn_cards(january_content):
    made = january_content.catalogue()
    about = (made, *made.standards, *made.fields, *made.batches)
    return [card for one in about for card in cards(one, january_content.labels, SITE_URL)]


def test_every_card_is_as_large_as_chats_want_and_light_enough(january_project):
    site = january_project / "build/site"
    files = list((site / "cards").rglob("*.png"))
    assert len(files) > 100
    for file in files:
        with Image.open(file) as card:
            assert card.size == (SQUARE if "square" in file.parts else WIDE), file
        assert file.stat().st_size < 200_000, file


def test_every_character_has_a_letter_in_the_font(drawn_cards):
    """One that is missing would be an empty box."""
    covered = {
        font: set(TTFont(font.file, fontNumber=font.index).getBestCmap() or ()) for font in set(fonts().values())
    }
    for card in drawn_cards:
        for text in (getattr(card, name) for name in TEXTS):
            for font in (card.regular, card.bold):
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


def test_a_line_breaks_where_a_reader_would(drawn_cards):
    font = fonts()["zh-Hant", "bold"]
    _, lines = fitted("適老易食食品（適老照護食）通用要求，以及其他「灣區標準」的規定" * 3, font, 60, 500, 900)
    for line in lines:
        assert line[0] not in "，。、）」》"
        assert line[-1] not in "（「《"
    _, lines = fitted("Guidelines for Bridges, Artificial Islands and Tunnels", font, 60, 500, 900)
    assert " ".join(lines) == "Guidelines for Bridges, Artificial Islands and Tunnels"


def test_the_longest_title_of_the_list_stays_inside_its_picture(drawn_cards):
    for language in ("zh-Hans", "zh-Hant", "en"):
        wide = [card for card in drawn_cards if card.size == WIDE and f"/{language}/" in card.file]
        longest = max(wide, key=lambda card: len(card.title))
        with Image.open(BytesIO(longest.draw())) as picture:
            levels = picture.convert("L").crop((1125, 20, 1200, 630))
            assert min(levels.tobytes()) > 200, longest.file


def test_a_square_card_carries_the_code_of_its_page(drawn_cards):
    for card in [card for card in drawn_cards if card.size == SQUARE][::7]:
        with Image.open(BytesIO(card.draw())) as picture:
            (code,) = zxingcpp.read_barcodes(picture.convert("RGB"))
        assert code.text == card.url


def test_only_what_changed_is_drawn_again(drawn_cards, tmp_path):
    kept, card = tmp_path / "kept", drawn_cards[0]
    first = drawn(card, kept)
    at = first.stat().st_mtime_ns
    assert drawn(card, kept) == first
    assert first.stat().st_mtime_ns == at
    other = drawn(dataclasses.replace(card, title="另一個名稱"), kept)
    assert other != first
    assert other.read_bytes() != first.read_bytes()
    assert len(list(kept.iterdir())) == 2


def test_the_same_card_is_the_same_bytes(drawn_cards):
    assert drawn_cards[0].draw() == drawn_cards[0].draw()


def test_without_a_font_a_sentence_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(finding, "_faces", dict)
    with pytest.raises(FontError, match="apt-get install fonts-noto-cjk"):
        fonts()
