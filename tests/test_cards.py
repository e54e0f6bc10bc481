"""The pictures of pages: of the right size, in letters that exist, with the whole title, drawn when they change."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageFont

from generator.files.cache import Cache
from generator.publishing.sharing import fonts as finding
from generator.publishing.sharing.card_drawing import SIZE, Card, fitted
from generator.publishing.sharing.fonts import FontError, fonts
from generator.publishing.sharing.image_cache import drawn, key
from generator.publishing.sharing.social_cards import cards

TEXTS = ("site", "above", "large", "small", "below", "verdicts", "notes")


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
        assert file.stat().st_size < 50_000, file


def test_every_character_has_a_letter_in_the_font(january_cards):
    """One that is missing would be an empty box."""
    covered = {
        font: set(TTFont(font.file, fontNumber=font.index).getBestCmap() or ()) for font in set(fonts().values())
    }
    for card in january_cards:
        for text, language in (phrase for name in TEXTS for phrase in getattr(card, name)):
            for font in (fonts()[language, "regular"], fonts()[language, "bold"]):
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
    for kind in ("cards/zh-Hans/", "cards/zh-Hant/", "cards/en/", "cards/standards/"):
        of_kind = [card for card in january_cards if card.file.startswith(kind)]
        longest = max(of_kind, key=lambda card: sum(len(words) for words, _ in card.large + card.small))
        with Image.open(BytesIO(longest.draw())) as picture:
            margin = picture.convert("L").crop((1135, 0, 1200, 630))
            for top, bottom in ((0, 430), (440, 630)):
                darkest, lightest = margin.crop((0, top, 65, bottom)).getextrema()
                assert darkest == lightest, longest.file


def test_only_what_changed_is_drawn_again(january_cards, tmp_path, monkeypatch):
    cache, card = Cache(tmp_path), january_cards[0]
    first = drawn(card, cache)
    with monkeypatch.context() as patch:
        patch.setattr(Card, "draw", lambda _: pytest.fail("drawn again"))
        assert drawn(dataclasses.replace(card), cache) == first
    for name in TEXTS:
        other = dataclasses.replace(card, **{name: (("另一個名稱", "zh-Hant"),)})
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
    for card in january_cards[:4]:
        assert card.draw() == dataclasses.replace(card).draw()


@pytest.fixture(scope="session")
def card_of(january_cards):
    return {card.file.removeprefix("cards/").removesuffix(".png"): card for card in january_cards}


def words(phrases) -> list[str]:
    return [text for text, _ in phrases]


def test_the_card_of_a_short_link_says_it_in_three_languages(card_of):
    card = card_of["standards/wq-1-10"]
    assert words(card.site) == ["湾区标准", "灣區標準", "Bay Area Standards"]
    assert words(card.large) == ["广式月饼", "廣式月餅"]
    assert [language for _, language in card.large + card.small] == ["zh-Hans", "zh-Hant", "en"]
    assert [language for _, language in card.verdicts] == ["zh-Hans", "zh-Hant", "en"]
    for name, note in zip(("非官方目录", "非官方目錄", "Unofficial catalogue"), words(card.notes), strict=True):
        assert note.startswith(name)
    assert card.day == "2026-01-27"


def test_the_card_of_a_page_has_its_own_title_large_and_the_others_beneath(card_of):
    card = card_of["en/standards/wq-1-10"]
    assert [language for _, language in card.large] == ["en"]
    assert words(card.small) == ["广式月饼", "廣式月餅"]


def test_a_title_that_two_scripts_share_is_set_once(card_of):
    assert words(card_of["fields/food"].large) == ["食品"]
    assert words(card_of["zh-Hant/fields/food"].small) == ["Food"]


def test_a_card_says_how_sure_and_that_the_catalogue_is_unofficial(january_cards):
    unofficial = {"zh-Hans": "非官方目录", "zh-Hant": "非官方目錄", "en": "Unofficial catalogue"}
    sure = {"zh-Hans": "可靠程度", "zh-Hant": "可靠程度", "en": "ow sure"}
    for card in january_cards:
        for language in {language for _, language in card.verdicts}:
            notes = "".join(text for text, own in card.notes if own == language)
            assert unofficial[language] in notes, card.file
            if "standards/" in card.file and card.is_in_use:
                assert sure[language] in notes, card.file


def test_the_card_of_a_field_says_how_many_are_recorded_not_how_many_there_are(january_content, card_of):
    food = next(field for field in january_content.catalogue().fields if field.address == "food")
    count = len(food.standards)
    assert words(card_of["zh-Hans/fields/food"].verdicts) == [f"本站收录{count}项标准"]
    assert words(card_of["fields/food"].verdicts) == [
        f"本站收录{count}项标准",
        f"本網站收錄{count}項標準",
        f"{count} standards recorded here",
    ]


def test_the_band_of_a_standard_that_no_longer_holds_is_another_colour(card_of):
    card = card_of["standards/wq-1-10"]

    def band(one: Card) -> object:
        with Image.open(BytesIO(one.draw())) as picture:
            return picture.convert("RGB").getpixel((5, 600))

    assert card.is_in_use
    assert band(card) != band(dataclasses.replace(card, is_in_use=False))


def test_without_a_font_a_sentence_says_how_to_get_one(monkeypatch):
    monkeypatch.setattr(finding, "_faces", dict)
    with pytest.raises(FontError, match="apt-get install fonts-noto-cjk"):
        fonts()
