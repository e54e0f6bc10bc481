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
    {"index", "standards", "fields", "batches", "organisations", "cases", "changes", "versions", "coverage"}
)
"""The names of pages that are made from the records."""
WANTED = ("about", "data")
"""The names of pages that the frame leads to."""
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
        problems.append(Problem(shown(folder), 1, "this folder is missing"))
        return {}
    names = {*WANTED, *_names(folder, problems)}
    for name in sorted(TAKEN.intersection(names)):
        problems.append(Problem(shown(folder / f"en/{name}.md"), 1, f"the page ‘{name}’ is made from the records"))
    prose: dict[str, dict[str, Prose]] = {name: {} for name in sorted(names - TAKEN)}
    for name, editions in prose.items():
        ids: dict[str, list[str]] = {}
        for language in LANGUAGES:
            path = folder / language / f"{name}.md"
            if not path.exists():
                problems.append(Problem(shown(path), 1, f"the page ‘{name}’ is missing in {language}"))
                continue
            text = read_text(path, problems) or ""
            problems.extend(Problem(shown(path), *fault) for fault in _faults(text, language, figures, scripts))
            ids[language] = [heading[1] for line in text.split("\n") if (heading := _HEADING.fullmatch(line))]
            editions[language] = _prose(name, text)
        if len(set(map(tuple, ids.values()))) > 1:
            listed = "; ".join(f"{language}: {' '.join(given)}" for language, given in ids.items())
            problems.append(Problem(shown(folder / name), 1, f"the headings’ ids differ between languages ({listed})"))
    return prose


def _names(folder: Path, problems: list[Problem]) -> Iterator[str]:
    """The names of the pages in `folder`; what is none is added to `problems`."""
    for path in sorted(folder.glob("*")):
        if path.name not in LANGUAGES and not is_foreign(path.name):
            sentence = f"is not read; pages stand in {', '.join(LANGUAGES)}, a folder each"
            problems.append(Problem(shown(path), 1, sentence))
    for language in LANGUAGES:
        for path in sorted((folder / language).glob("*")):
            if is_foreign(path.name):
                continue
            if path.suffix == ".md" and (path.stem in TAKEN or not address_fault(path.stem)):
                yield path.stem
            else:
                sentence = "is not read; a page is a file such as about.md, its name of a–z, 0–9 and single hyphens"
                problems.append(Problem(shown(path), 1, sentence))


def _prose(name: str, text: str) -> Prose:
    title = _TITLE.search(text)
    body = text[title.end() :].strip() if title else text
    return Prose(name, title[1].strip() if title else name, _plain(body.split("\n\n", 1)[0]), body)


def _plain(text: str) -> str:
    """`text` on one line, without code, figures and the marks of Markdown."""
    words = _CODE.sub("", text)
    return " ".join(_FIGURE.sub("", re.sub(r"\]\([^)]*\)|[*\[|]|^- |^\|[-|]+$", "", words, flags=re.MULTILINE)).split())


def _faults(text: str, language: str, figures: Collection[str], scripts: Scripts) -> Iterator[tuple[int, str]]:
    """(line, sentence) about each fault of a page in `language`."""
    if len(text) > _LONGEST:
        yield 1, f"has {len(text):,} characters; part it into pages of at most {_LONGEST:,}"
        return
    yield from unpublishable_lines(text)
    lines = text.split("\n")
    for n, line in enumerate(lines, 1):
        for figure in _FIGURE.findall(line):
            if figure not in figures:
                yield n, f"‘{figure}’ is not a figure; one of {', '.join(sorted(figures))}"
        if unprinted := _UNPRINTED.search(_FIGURE.sub("", line)):
            yield (
                n,
                f"‘{unprinted[0]}’ would be printed as it stands; a figure is a plain name, such as {{{{ recorded }}}}",
            )
    yield from _title_faults(text)
    words, unclosed = _without_code(lines)
    if unclosed:
        yield unclosed, "these quotes of code are never closed; end the code with a line of the same quotes"
    yield from _heading_faults(words)
    yield from _markup_faults(words)
    if language != "en":
        for n, (wrong, right) in enumerate(scripts.strangers_in(lines, language), 1):
            if wrong:
                yield n, stranger_sentence(Message("check.this-line"), language, wrong, right)


def _title_faults(text: str) -> Iterator[tuple[int, str]]:
    title = _TITLE.match(text)
    if not title:
        yield 1, "has no title; its first line is ‘# Title’"
    elif mark := re.search(r"[][{}<>*`#_\\]", title[1]):
        yield 1, f"the title holds ‘{mark[0]}’; it is plain text"
    elif not _prose("", text).description or _prose("", text).body.startswith("#"):
        yield 1, "has no text below its title; the first paragraph tells what the page is about"


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


def _heading_faults(words: list[str]) -> Iterator[tuple[int, str]]:
    """(line, sentence) about each heading that is not one as Markdown and the list of contents take it."""
    # The title has this id.
    ids = Counter(["top"])
    for n, line in enumerate(words, 1):
        heading = _HEADING.fullmatch(line)
        if heading:
            ids[heading[1]] += 1
            if ids[heading[1]] > 1:
                yield n, f"the id ‘{heading[1]}’ is taken; each heading has its own"
        elif re.match("#(?!#)", line) and n > 1:
            yield n, "this is a second main heading; the parts of a page begin with ## Heading {#id}"
        elif line.startswith("##"):
            yield n, "this heading has no id; end it with {#id}, the same in each language"
        elif _NESTED.match(line):
            yield n, "this is a heading in a list or a quotation; headings stand alone, as ## Heading {#id}"
        elif n > 1 and _UNDERLINE.fullmatch(line) and words[n - 2].strip():
            yield n, "makes a heading of the line above; write that as ## Heading {#id}"


def _markup_faults(words: list[str]) -> Iterator[tuple[int, str]]:
    """(line, sentence) about HTML, and about links that lead nowhere."""
    places = {"top", *(heading[1] for line in words if (heading := _HEADING.fullmatch(line)))}
    for n, line in enumerate(words, 1):
        if markup := _MARKUP.search(line):
            yield n, f"holds ‘{markup[0]}’; a page is Markdown without HTML"
        for parts in _LINK.findall(line):
            address = "".join(parts)
            try:
                is_right = urlsplit(address).scheme in _SCHEMES
            except ValueError:
                is_right = False
            if not is_right:
                yield n, f"links to ‘{address}’, which is no address; write one that begins with https://"
            elif address.startswith("#") and address[1:] not in places:
                yield n, f"links to ‘{address}’, but no heading of this page has that id"
