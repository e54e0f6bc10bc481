"""The characters that no published text may hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from generator.catalogue.letters import lookalike
from generator.catalogue.messages import Message

_PLAIN = re.compile(r"[ -~¡-¬®-ʯ‐-‧‰-⁞、-〩〰-〿ぁ-ゖ゛-ヿ㐀-鿿！-ﾟ\u3000\U00020000-\U0002FFFD\U00030000-\U0003FFFD]*")
"""A text without any character to look at; nearly every one.

Planes 2 and 3 are set apart for Han (https://www.unicode.org/versions/latest/core-spec/chapter-2/#G286941). Which of
their characters Python takes for assigned depends on its version, and a rare name may have the newest of them.
"""
_PICTURES = re.compile(r"[\U0001F000-\U0001FAFF]")
"""What Unicode sets apart for emoji, for the same reason (https://www.unicode.org/Public/UCD/latest/ucd/emoji/)."""
_BLANK = re.compile(r"[\u034F\u115F\u1160\u17B4\u17B5\u2800\u3164\uFFA0\U00013441\U00013442\U00016FE4\U0001D159]")
"""What counts as a letter, mark or sign and shows nothing."""
_LOST = re.compile("[\ufffc\ufffd]")
"""What programs write for something that they could not read."""
_SELECTOR = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What chooses one of several shapes of the character before it."""
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
_SHAPED = frozenset({"Lu", "Ll", "Lt", "Lm"})
"""Letters of one shape, after which nothing is chosen."""
_MARKS = frozenset({"Mn", "Me"})
_PILE = 4
"""So many marks stand on one letter at most, in the scripts that pile most of them."""
_CONFLICT = re.compile(r"^(?:<{7}|\|{7}|>{7})(?: |$)", re.MULTILINE)


def unpublishable(text: str) -> Message | None:
    """The clause about the first character of `text` that nobody could read.

    None where there is none. It follows the name of what holds the text: `holds an invisible character (U+200B); …`.
    A line break is one too.
    """
    if _PLAIN.fullmatch(text):
        return None
    marks, before, is_floating = 0, " ", True
    for character in text:
        category = unicodedata.category(character)
        point = f"U+{ord(character):04X}"
        if category in _HIDDEN or _BLANK.match(character) or (_SELECTOR.match(character) and is_floating):
            return Message("check.invisible", point=point)
        if _LOST.match(character):
            return Message("check.lost", character=character, point=point)
        if (letter := lookalike(character)) != ("", ""):
            return Message("check.lookalike", character=character, point=point, letter=letter[1])
        if category == "Cn" and not (_PLAIN.fullmatch(character) or _PICTURES.match(character)):
            return Message("check.unassigned", point=point)
        marks = marks + 1 if category in _MARKS else 0
        if marks and before.isspace():
            return Message("check.bare-accent", point=point)
        if marks > _PILE:
            return Message("check.piled-accents", most=_PILE, point=point)
        before = character
        is_floating = category in _SHAPED or character.isspace() or bool(_SELECTOR.match(character))
    return None


def unpublishable_lines(text: str) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each line of a longer `text` that nobody could read."""
    for n, line in enumerate(text.split("\n"), 1):
        # Tabs indent.
        if clause := unpublishable(line.replace("\t", " ")):
            yield n, Message("check.fault", what=Message("check.this-line"), clause=clause)


def conflict_line(text: str) -> int:
    """The line, from 1, on which git left two versions of `text`; 0 where none."""
    marker = _CONFLICT.search(text)
    return text.count("\n", 0, marker.start()) + 1 if marker else 0
