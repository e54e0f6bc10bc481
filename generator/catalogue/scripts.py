"""The characters of a Chinese text that belong to the other script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

import opencc

from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.records import Problem, Row, read_yaml
from generator.catalogue.texts import unpublishable

SCRIPTS = "scripts.yml"

_KEYS = {"zh-Hant", "also", "why"}
_CONVERSION = {"zh-Hant": "s2hk", "zh-Hans": "hk2s"}
"""language → the OpenCC configuration that changes only what does not belong in it."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """The reviewed table of forms that conversion gets wrong."""

    reviewed: dict[str, str]
    """Simplified form → Hong Kong form."""
    written: dict[str, str] = field(default_factory=dict)
    """Letter that conversion writes → the one that Hong Kong writes: 麪 → 麵."""
    also: frozenset[str] = frozenset()
    """Forms that are right in Hong Kong beside those that conversion writes."""

    def doubts(self, text: str) -> dict[int, str]:
        """Place of each doubtful letter of a Traditional `text` → what it may be.

        Conversion chose it among several that have the same Simplified form. A reviewed form is beyond doubt.
        """
        others = _others()
        places = [place for place, letter in enumerate(text) if letter in others]
        sure = _covered(text, {*self.reviewed.values(), *self.written.values(), *self.also}) if places else set()
        return {place: others[text[place]] for place in places if place not in sure}

    def strangers_in(self, texts: list[str], language: str) -> list[tuple[str, str]]:
        """The characters of each text that are wrong in `language`, with what conversion would write.

        `language` is `zh-Hans` or `zh-Hant`. Reviewed forms are right as they stand. ('', '') where
        nothing is wrong.

        A Traditional text is no Simplified one that was not converted: of a letter that both scripts have, the words
        around it decide, which conversion knows in Simplified only. So it is wrong where both the text and its
        Simplified form give another letter, and not only another form of it.
        """
        # OpenCC reads up to a NUL, as C does.
        lines = [text.replace("\n", " ").replace("\0", " ") for text in texts]
        converted = converter(_CONVERSION[language]).convert("\n".join(lines)).split("\n") if lines else []
        reviewed = (
            self.reviewed if language == "zh-Hans" else {*self.reviewed.values(), *self.written.values(), *self.also}
        )
        strangers: list[tuple[str, str]] = []
        for line, other in zip(lines, converted, strict=True):
            if line == other:
                strangers.append(("", ""))
            elif len(line) != len(other):
                strangers.append((line, other))
            else:
                excused = _covered(line, reviewed)
                if language == "zh-Hant":
                    excused |= _right_in_hong_kong(line, other)
                wrong = [n for n, c in enumerate(line) if c != other[n] and n not in excused]
                strangers.append(("".join(line[n] for n in wrong), "".join(other[n] for n in wrong)))
        return strangers


def _right_in_hong_kong(line: str, converted: str) -> set[int]:
    """The positions of letters of a Traditional `line` that are right, though conversion would write others."""
    again = converter("s2hk").convert(converter("hk2s").convert(line))
    right = {n for n, (c, other) in enumerate(zip(line, again, strict=False)) if c == other and len(again) == len(line)}
    # Hong Kong's list of forms and its screens write many letters in two ways.
    return right | {
        n for n, (c, d) in enumerate(zip(line, converted, strict=True)) if converter("t2hk").convert(c) == d
    }


@lru_cache(10_000)
def on_screens(letter: str) -> str:
    """The form of a Traditional `letter` that Hong Kong's screens show: 税 → 稅.

    They have the letters of Big5; conversion writes those of the Education Bureau's list of forms.
    """
    common = converter("hk2t").convert(letter)
    return letter if _is_in_big5(letter) or not _is_in_big5(common) else common


@cache
def _others() -> dict[str, str]:
    """Common Traditional letter → the other common ones that have the same Simplified form."""
    letters = [chr(code) for code in range(0x4E00, 0xA000) if _is_common(chr(code))]
    # A line each, so that no two are read as a word.
    lines = "\n".join(letters)
    simplified, forms = (converter(name).convert(lines).split("\n") for name in ("hk2s", "t2hk"))
    together: dict[str, set[str]] = {}
    for form, hong_kong in zip(simplified, forms, strict=True):
        together.setdefault(form, set()).add(on_screens(hong_kong))
    return {
        letter: "".join(sorted(several - {letter}))
        for several in together.values()
        if len(several) > 1
        for letter in several
    }


def _is_common(letter: str) -> bool:
    """Whether Big5 has `letter` among its 5,401 common ones."""
    return _is_in_big5(letter) and b"\xa4\x40" <= letter.encode("big5") <= b"\xc6\x7e"


def _is_in_big5(letter: str) -> bool:
    try:
        letter.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def read_scripts(content: Path, problems: list[Problem]) -> Scripts:
    """The table in `content/scripts.yml`; what is wrong in it is added to `problems`."""
    reviewed: dict[str, str] = {}
    written: dict[str, str] = {}
    also: set[str] = set()
    for row in read_yaml(content / SCRIPTS, problems) or ():
        problems.extend(_faults(row))
        if row["zh-Hant"]:
            is_simplified = converter("hk2s").convert(row.address) == row.address
            (reviewed if is_simplified else written)[row.address] = row["zh-Hant"]
        if row["also"]:
            also.add(row["also"])
    return Scripts(reviewed, written, frozenset(also))


def _faults(row: Row) -> Iterator[Problem]:
    """What is wrong with the form that `row` holds."""
    if not row["zh-Hant"] and not row["also"]:
        yield Problem(row.file, row.line, Message("check.form-without-hant", form=row.address))
    if not row.address.strip():
        yield Problem(row.file, row.line, Message("check.no-form"))
    if not row["why"].strip():
        yield Problem(row.file, row.line, Message("check.form-without-why", form=row.address))
    if clause := unpublishable(row.address):
        yield Problem(row.file, row.line, Message("check.unpublishable-form", form=row.address, clause=clause))
    for column in row.cells:
        if column not in _KEYS:
            yield row.problem(column, Message("check.unknown-key", key=column))
        elif clause := unpublishable(row[column]):
            sentence = Message("check.unpublishable-note", form=row.address, key=column, clause=clause)
            yield row.problem(column, sentence)


def stranger_sentence(what: ColumnName | Message, language: str, wrong: str, right: str) -> Message:
    """The sentence about characters `wrong` of `what`, which conversion writes as `right`."""
    script = Message("check.simplified") if language == "zh-Hans" else Message("check.traditional")
    return Message("check.stranger", what=what, language=script, wrong=wrong, right=right)


def _covered(line: str, forms: Iterable[str]) -> set[int]:
    """The positions in `line` that lie within one of `forms`."""
    covered: set[int] = set()
    for form in forms:
        start = line.find(form)
        while start >= 0:
            covered.update(range(start, start + len(form)))
            start = line.find(form, start + 1)
    return covered


@cache
def converter(name: str) -> opencc.OpenCC:
    """The converter of OpenCC's configuration `name`, such as `s2hk`."""
    return opencc.OpenCC(name)
