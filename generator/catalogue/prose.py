"""The hand-written pages, which have the same names in each language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator.catalogue.addresses import address_fault
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.catalogue.records import Problem, read_text, shown
from generator.catalogue.scripts import Scripts, stranger_sentence
from generator.catalogue.texts import unpublishable_lines
from generator.files.foreign import is_foreign

PROSE = "pages"
TAKEN = frozenset(
    {"index", "standards", "fields", "batches", "organisations", "cases", "changes", "versions", "coverage", "check"}
)
"""The names of pages that are made from the records."""
WANTED = ("about", "data", "questions")
"""The names of pages that the frame and the home page lead to."""
_LONGEST = 200_000
"""Characters of the longest page."""
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_HEADING = re.compile(r"#{2,6} .+? \{#([a-z0-9-]+)\} *")
_UNDERLINE = re.compile(r"(?:=+|-+) *")
_NESTED = re.compile(r" {0,3}(?:>|[*+-] |\d+\. )[> ]*#")
_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_FENCE = re.compile(r"`{3,}|~{3,}")
_FIGURE = re.compile(r"\{\{ *(\w+) *\}\}")
_UNPRINTED = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)|\{#(?![a-z0-9-]+\}).*?(?:#\}|$)")
_MARKUP = re.compile(r"</?[a-z][^>:]*(?:>|$)|<[!?]", re.IGNORECASE)
_LINK = re.compile(
    r"\]\(\s*<?([^\s<>)]*)|^ {0,3}\[[^\]]+\]:\s*<?([^\s<>]*)|<([a-z][a-z0-9+.-]*:[^<>]*)>", re.IGNORECASE
)
_SCHEMES = {"", "http", "https", "mailto"}


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
    if not folder.is_dir():
        problems.append(Problem(shown(folder), 1, Message("check.no-such-folder")))
        return {}
    names = {*WANTED, *_names(folder, problems)}
    for name in sorted(TAKEN.intersection(names)):
        problems.append(Problem(shown(folder / f"en/{name}.md"), 1, Message("check.page-of-records", page=name)))
    prose: dict[str, dict[str, Prose]] = {name: {} for name in sorted(names - TAKEN)}
    for name, editions in prose.items():
        ids: dict[str, list[str]] = {}
        for language in LANGUAGES:
            path = folder / language / f"{name}.md"
            if not path.exists():
                problems.append(Problem(shown(path), 1, Message("check.no-page", page=name, language=language)))
                continue
            text = read_text(path, problems) or ""
            problems.extend(Problem(shown(path), *fault) for fault in _faults(text, language, figures, scripts))
            ids[language] = [heading[1] for line in text.split("\n") if (heading := _HEADING.fullmatch(line))]
            editions[language] = _prose(name, text)
        if len(set(map(tuple, ids.values()))) > 1:
            listed = "; ".join(f"{language}: {' '.join(given)}" for language, given in ids.items())
            problems.append(Problem(shown(folder / name), 1, Message("check.other-headings", ids=listed)))
    return prose


def _names(folder: Path, problems: list[Problem]) -> Iterator[str]:
    """The names of the pages in `folder`; what is none is added to `problems`."""
    for path in sorted(folder.glob("*")):
        if path.name not in LANGUAGES and not is_foreign(path.name):
            problems.append(Problem(shown(path), 1, Message("check.no-language-folder", languages=LANGUAGES)))
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*")):
            if is_foreign(path.name):
                continue
            if path.suffix == ".md" and (path.stem in TAKEN or not address_fault(path.stem)):
                yield path.stem
            else:
                problems.append(Problem(shown(path), 1, Message("check.not-page")))


def _prose(name: str, text: str) -> Prose:
    title = _TITLE.search(text)
    body = text[title.end() :].strip() if title else text
    return Prose(name, title[1].strip() if title else name, _plain(body.split("\n\n", 1)[0]), body)


def _plain(text: str) -> str:
    """`text` on one line, without code, figures and the marks of Markdown."""
    words = _CODE.sub("", text)
    return " ".join(_FIGURE.sub("", re.sub(r"\]\([^)]*\)|[*\[|]|^- |^\|[-|]+$", "", words, flags=re.MULTILINE)).split())


def _faults(text: str, language: str, figures: Collection[str], scripts: Scripts) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each fault of a page in `language`."""
    if len(text) > _LONGEST:
        yield 1, Message("check.long-page", length=len(text), most=_LONGEST)
        return
    yield from unpublishable_lines(text)
    lines = text.split("\n")
    for n, line in enumerate(lines, 1):
        for figure in _FIGURE.findall(line):
            if figure not in figures:
                yield n, Message("check.no-figure", name=figure, figures=tuple(sorted(figures)))
        if unprinted := _UNPRINTED.search(_FIGURE.sub("", line)):
            yield n, Message("check.unprinted", text=unprinted[0], example="{{ recorded }}")
    yield from _title_faults(text)
    words, unclosed = _without_code(lines)
    if unclosed:
        yield unclosed, Message("check.open-code")
    yield from _heading_faults(words)
    yield from _markup_faults(words)
    if language != "en":
        for n, (wrong, right) in enumerate(scripts.strangers_in(lines, language), 1):
            if wrong:
                yield n, stranger_sentence(Message("check.this-line"), language, wrong, right)


def _title_faults(text: str) -> Iterator[tuple[int, Message]]:
    title = _TITLE.match(text)
    if not title:
        yield 1, Message("check.no-page-title")
    elif mark := re.search(r"[][{}<>*`#_\\]", title[1]):
        yield 1, Message("check.marked-title", mark=mark[0])
    elif not _prose("", text).description or _prose("", text).body.startswith("#"):
        yield 1, Message("check.no-first-paragraph")


def _without_code(lines: list[str]) -> tuple[list[str], int]:
    """`lines` with nothing in the place of code; the line of a block of code that does not end, or 0."""
    words: list[str] = []
    fence, begun = "", 0
    for n, line in enumerate(lines, 1):
        mark = _FENCE.match(line)
        if fence:
            if line.rstrip() == fence:
                fence = ""
        elif mark:
            fence, begun = mark[0], n
        words.append("" if fence or mark else _CODE.sub("", line))
    return words, begun if fence else 0


def _heading_faults(words: list[str]) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each heading that is not one as Markdown and the list of contents take it."""
    # The title has this id.
    ids = Counter(["top"])
    for n, line in enumerate(words, 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            ids[heading[1]] += 1
            if ids[heading[1]] > 1:
                yield n, Message("check.id-taken", id=heading[1])
        elif re.match("#(?!#)", line) and n > 1:
            yield n, Message("check.second-title", example="{#id}")
        elif line.startswith("##"):
            yield n, Message("check.no-id", example="{#id}")
        elif _NESTED.match(line):
            yield n, Message("check.nested-heading", example="{#id}")
        elif n > 1 and _UNDERLINE.fullmatch(line) and words[n - 2].strip():
            yield n, Message("check.underline", example="{#id}")


def _markup_faults(words: list[str]) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about HTML, and about links that lead nowhere."""
    places = {"top", *(heading[1] for line in words if (heading := _HEADING.fullmatch(line)))}
    for n, line in enumerate(words, 1):
        if markup := _MARKUP.search(line):
            yield n, Message("check.html", markup=markup[0])
        for parts in _LINK.findall(line):
            address = "".join(parts)
            try:
                is_right = urlsplit(address).scheme in _SCHEMES
            except ValueError:
                is_right = False
            if not is_right:
                yield n, Message("check.bad-link", link=address)
            elif address.startswith("#") and address[1:] not in places:
                yield n, Message("check.dead-link", link=address)
