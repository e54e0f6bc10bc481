"""The hand-written pages, which have the same names in each language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import Problem, read_text, shown
from generator.catalogue.scripts import Scripts, stranger_sentence

PROSE = "pages"
TAKEN = frozenset({"index", "standards", "fields", "batches", "organisations", "changes"})
"""The names of pages that are made from the records."""
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_HEADING = re.compile(r"^#{2,} .*?(?:\{#([\w-]+)\})?\s*$", re.MULTILINE)
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_FIGURE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prose:
    """One hand-written page in one language."""

    name: str
    """Of its file, without the ending."""
    title: str
    description: str
    """Its first paragraph as plain text."""
    body: str
    """Markdown below its title, with `{{ figure }}` places."""

    def sections(self) -> list[tuple[str, str, str]]:
        """(id, heading, plain text) of each part below a heading."""
        parts = re.split(r"^#{2,} (.+?) \{#([\w-]+)\}\s*$", self.body, flags=re.MULTILINE)
        triples = zip(parts[1::3], parts[2::3], parts[3::3], strict=True)
        return [(place, heading, _plain(text)) for heading, place, text in triples]

    def with_figures(self, figures: dict[str, str]) -> str:
        """The body with the value of each `{{ figure }}`.

        Each is written as the page's language writes it.
        """
        return _FIGURE.sub(lambda place: figures[place[1]], self.body)


def read_prose(
    content: Path, figures: Collection[str], scripts: Scripts, problems: list[Problem]
) -> dict[str, dict[str, Prose]]:
    """name → language → `Prose`, for each file below `content/pages`.

    `figures` are the names that prose may print. What is wrong is added to `problems`: a page that one
    language lacks, headings whose ids differ, an unknown figure, a character of the other script.
    """
    folder = content / PROSE
    names = sorted({path.stem for path in folder.glob("*/*.md")})
    for name in sorted(TAKEN.intersection(names)):
        problems.append(Problem(shown(folder / f"en/{name}.md"), 1, f"the page ‘{name}’ is made from the records"))
    prose: dict[str, dict[str, Prose]] = {name: {} for name in names if name not in TAKEN}
    for name, editions in prose.items():
        ids: dict[str, list[str]] = {}
        for language in LANGUAGES:
            path = folder / language / f"{name}.md"
            if not path.exists():
                problems.append(Problem(shown(path), 1, f"the page ‘{name}’ is missing in {language}"))
                continue
            text = read_text(path, problems) or ""
            problems.extend(_problems(text, path, language, figures, scripts))
            ids[language] = _HEADING.findall(text)
            editions[language] = _prose(name, text)
        if len(set(map(tuple, ids.values()))) > 1:
            listed = "; ".join(f"{language}: {' '.join(given)}" for language, given in ids.items())
            problems.append(Problem(shown(folder / name), 1, f"the headings’ ids differ between languages ({listed})"))
    return prose


def _prose(name: str, text: str) -> Prose:
    title = _TITLE.search(text)
    body = text[title.end() :].strip() if title else text
    return Prose(name, title[1].strip() if title else name, _plain(body.split("\n\n", 1)[0]), body)


def _plain(text: str) -> str:
    """`text` on one line, without code, figures and the marks of Markdown."""
    words = _CODE.sub("", text)
    return " ".join(_FIGURE.sub("", re.sub(r"\]\([^)]*\)|[*\[|]|^- |^\|[-|]+$", "", words, flags=re.MULTILINE)).split())


def _problems(text: str, path: Path, language: str, figures: Collection[str], scripts: Scripts) -> Iterator[Problem]:
    file = shown(path)
    if not _TITLE.match(text.lstrip()):
        yield Problem(file, 1, "has no title; its first line is ‘# Title’")
    lines = text.splitlines()
    for n, line in enumerate(lines, 1):
        heading = _HEADING.match(line)
        if heading and not heading[1]:
            yield Problem(file, n, "this heading has no id; end it with {#id}, the same in each language")
        for figure in _FIGURE.findall(line):
            if figure not in figures:
                yield Problem(file, n, f"‘{figure}’ is not a figure; one of {', '.join(sorted(figures))}")
    if language != "en":
        for n, (wrong, right) in enumerate(scripts.strangers_in(lines, language), 1):
            if wrong:
                yield Problem(file, n, stranger_sentence("this line", language, wrong, right))
