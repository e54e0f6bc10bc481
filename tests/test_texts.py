"""What no reader could see or read is said, whatever the text is; odd but real writing passes."""

from __future__ import annotations

import pytest

from generator.catalogue.texts import conflict_line, unpublishable

INVISIBLE = "holds an invisible character ({}); type the text again without it"
NONE = "holds {}, which is no character; type the text again without it"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("a\u200bb", INVISIBLE.format("U+200B")),
        ("a\u202eb", INVISIBLE.format("U+202E")),
        ("a\u2066b", INVISIBLE.format("U+2066")),
        ("a\u00adb", INVISIBLE.format("U+00AD")),
        ("a\u2028b", INVISIBLE.format("U+2028")),
        ("a\tb", INVISIBLE.format("U+0009")),
        ("a\x00b", INVISIBLE.format("U+0000")),
        ("\ue000", INVISIBLE.format("U+E000")),
        ("\ud800", INVISIBLE.format("U+D800")),
        ("\U000e0041", INVISIBLE.format("U+E0041")),
        ("\u3164", INVISIBLE.format("U+3164")),
        ("\u2800", INVISIBLE.format("U+2800")),
        ("\u115f", INVISIBLE.format("U+115F")),
        ("\u1160", INVISIBLE.format("U+1160")),
        ("\uffa0", INVISIBLE.format("U+FFA0")),
        ("a\u034f", INVISIBLE.format("U+034F")),
        ("\ufe0f", INVISIBLE.format("U+FE0F")),
        ("☕\ufe0f\ufe0f", INVISIBLE.format("U+FE0F")),
        ("Tea\ufe0f", INVISIBLE.format("U+FE0F")),
        ("\u0378", NONE.format("U+0378")),
        ("\ufdd0", NONE.format("U+FDD0")),
        ("\U0002ffff", NONE.format("U+2FFFF")),
        ("caf\ufffd", "holds ‘\ufffd’ (U+FFFD) in the place of a character that was lost; type the text again"),
        ("a" + "\u0301" * 5, "piles more than 4 accents on one letter (U+0301); type the text again without them"),
        (" \u0301", "holds an accent without a letter (U+0301); type the text again without it"),
    ],
)
def test_a_character_that_nobody_could_read_is_said(text, clause):
    assert str(unpublishable(text)) == clause


@pytest.mark.parametrize(
    "text",
    [
        "",
        "丝苗米",
        "Ação e cafe\u0301",
        "【广式月饼】（第二版）——“甲”、《乙》：‘丙’！",
        "全\u3000角\u00a0空格",
        "㎡ ℃ ™ Ⅳ ① ½",
        "葛\U000e0100飾",
        "\U00020bb7野家",
        "\U00031350",
        "\U0002ebf0",
        "🍵 ☕\ufe0f 1\ufe0f\u20e3 🇭🇰 \U0001fae8",
        "한국어 ไทยก็ที่ Tiếng Việt བོད་སྐད་ עִבְרִית العربية",
        "<b> & \"q\" 'a' \\ {x} `c` | # ~",
    ],
)
def test_odd_but_real_writing_passes(text):
    assert unpublishable(text) is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 0),
        ("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n", 2),
        ("a\nb\n>>>>>>> other\n", 3),
        ("||||||| base", 1),
        # An underlined heading, an arrow and a quotation in a quotation.
        ("Title\n=======\n", 0),
        ("<<<<<<<<<< a\na <<<<<<< b\n", 0),
    ],
)
def test_a_place_where_git_could_not_choose_is_found(text, line):
    assert conflict_line(text) == line
