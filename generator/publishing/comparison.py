"""The pages that the last build changed, beside those before it."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.catalogue.languages import LANGUAGES
from generator.files.disk import is_folder, read_if_there
from generator.files.transaction import last_step
from generator.publishing.guards import BUILD
from generator.publishing.incremental.target import SITE

_PAGE = "index.html"
_BLOCKS = ",".join(["h1", "h2", "h3", "h4", "p", "li", "dt", "dd", "th", "td", "caption", "figcaption", "summary"])
"""What stands on lines of its own."""
Effect = Literal["added", "removed", "changed"]
"""What a build did to a page."""
EFFECTS: tuple[Effect, ...] = ("added", "removed", "changed")
"""In the order in which they are looked at."""


@dataclass(frozen=True, slots=True)
class ChangedPage:
    """A page that the last build changed."""

    path: str
    """Below the site, such as `en/standards/wq-1-8/`."""
    effect: Effect

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.path.partition("/")[0]


@dataclass(frozen=True, slots=True)
class Passage:
    """Some lines of a page's text, and whether they came or went."""

    sign: Literal["+", "-", " "]
    lines: tuple[str, ...]


def changed_pages(project: Path) -> list[ChangedPage]:
    """The pages that the last build changed, the new ones first."""
    step, site = last_step(project / BUILD), project / BUILD / SITE
    effects: dict[str, Effect] = dict.fromkeys(step.added, "added")
    for name in step.replaced:
        effects[name] = "changed" if (project / BUILD / name).exists() else "removed"
    pages = [
        ChangedPage(name.removeprefix(SITE).removesuffix(_PAGE), effect)
        for name, effect in effects.items()
        if name.startswith(SITE) and name.endswith(f"/{_PAGE}")
    ]
    if not is_folder(site):
        return []
    pages = [page for page in pages if page.language in LANGUAGES]
    return sorted(pages, key=lambda page: (EFFECTS.index(page.effect), page.path))


def site_file(project: Path, path: str, *, is_before: bool) -> bytes | None:
    """The content of a file of the site, now or before the last build.

    `path` is below the site. None where it is not there. A `path` that ends with `/` is that of a page.
    """
    name = f"{SITE}{path}{_PAGE if path.endswith('/') or not path else ''}"
    if "\0" in name or ".." in Path(name).parts:
        return None
    step = last_step(project / BUILD) if is_before else None
    if step and name in step.added:
        return None
    return read_if_there(step.replaced[name] if step and name in step.replaced else project / BUILD / name)


def heading(project: Path, page: ChangedPage) -> str:
    """The heading of a changed page as it is now, or was; '' for none."""
    article = _article(project, page.path, is_before=page.effect == "removed")
    first = article.css_first("h1") if article else None
    return _words(first) if first else ""


def changed_text(project: Path, path: str) -> list[Passage]:
    """The text of a page before the last build and now, in passages."""
    before, now = (_lines(project, path, is_before=is_before) for is_before in (True, False))
    passages: list[Passage] = []
    for kind, a, b, c, d in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if kind == "equal":
            passages.append(Passage(" ", before[a:b]))
            continue
        if a < b:
            passages.append(Passage("-", before[a:b]))
        if c < d:
            passages.append(Passage("+", now[c:d]))
    return passages


def _lines(project: Path, path: str, *, is_before: bool) -> tuple[str, ...]:
    """What a page says, heading by heading and line by line."""
    article = _article(project, path, is_before=is_before)
    blocks = article.css(_BLOCKS) if article else []
    return tuple(words for block in blocks if not _holds_blocks(block) and (words := _words(block)))


def _article(project: Path, path: str, *, is_before: bool) -> LexborNode | None:
    """What a page is about, without the frame around it and without buttons."""
    page = LexborHTMLParser(site_file(project, path, is_before=is_before) or b"")
    for button in page.css("button"):
        button.decompose()
    return page.css_first("article")


def _holds_blocks(block: LexborNode) -> bool:
    """Whether what `block` says stands in blocks of its own."""
    return any(inner != block for inner in block.css(_BLOCKS))


def _words(node: LexborNode) -> str:
    return " ".join(node.text().split())
