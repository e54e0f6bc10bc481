"""The characters of a Chinese text that belong to the other script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import opencc

from generator.catalogue.records import Problem, read_yaml
from generator.catalogue.texts import unpublishable

SCRIPTS = "scripts.yml"

_CONVERSION = {"zh-Hant": "s2hk", "zh-Hans": "hk2s"}
"""language → the OpenCC configuration that changes only what does not belong in it."""


@dataclass(frozen=True, slots=True)
class Scripts:
    """The reviewed table of forms that conversion gets wrong."""

    reviewed: dict[str, str]
    """Simplified form → Hong Kong form."""

    def strangers_in(self, texts: list[str], language: str) -> list[tuple[str, str]]:
        """The characters of each text that are wrong in `language`, with what conversion would write.

        `language` is `zh-Hans` or `zh-Hant`. Reviewed forms are right as they stand. ('', '') where
        nothing is wrong.
        """
        # OpenCC reads up to a NUL, as C does.
        lines = [text.replace("\n", " ").replace("\0", " ") for text in texts]
        converted = converter(_CONVERSION[language]).convert("\n".join(lines)).split("\n") if lines else []
        reviewed = self.reviewed if language == "zh-Hans" else self.reviewed.values()
        strangers: list[tuple[str, str]] = []
        for line, other in zip(lines, converted, strict=True):
            if line == other:
                strangers.append(("", ""))
            elif len(line) != len(other):
                strangers.append((line, other))
            else:
                excused = _covered(line, reviewed)
                wrong = [n for n, c in enumerate(line) if c != other[n] and n not in excused]
                strangers.append(("".join(line[n] for n in wrong), "".join(other[n] for n in wrong)))
        return strangers


def read_scripts(content: Path, problems: list[Problem]) -> Scripts:
    """The table in `content/scripts.yml`; what is wrong in it is added to `problems`."""
    reviewed = {}
    for row in read_yaml(content / SCRIPTS, problems) or ():
        for column, text in (("the form", row.address), ("zh-Hant", row["zh-Hant"]), ("why", row["why"])):
            if not text.strip():
                problems.append(Problem(row.file, row.line, f"‘{row.address}’ has no {column}"))
            elif clause := unpublishable(text):
                problems.append(Problem(row.file, row.line_of(column), f"‘{row.address}’: {column} {clause}"))
        for column in row.cells.keys() - {"zh-Hant", "why"}:
            problems.append(Problem(row.file, row.line_of(column), f"‘{column}’ is not a key here; zh-Hant or why?"))
        if row["zh-Hant"]:
            reviewed[row.address] = row["zh-Hant"]
    return Scripts(reviewed)


def stranger_sentence(what: str, language: str, wrong: str, right: str) -> str:
    """The sentence about characters `wrong` of `what`, which script conversion would write as `right`."""
    return (
        f"{what} has ‘{wrong}’, which script conversion would write ‘{right}’ in {language}; "
        "mend it, or add the form to scripts.yml if it is right here"
    )


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
