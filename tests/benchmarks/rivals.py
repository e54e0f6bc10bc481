"""Other ways to the pages of a built project, to measure ours against: Hugo, MkDocs as it comes, and what can hardly
be undercut."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from generator.files.disk import files_below, read_if_there, write
from generator.publishing.build import PAGES, SITE, read_content
from generator.publishing.framing import filling
from generator.publishing.framing import mkdocs as frame
from generator.publishing.framing.filling import TEXT, Filled
from generator.publishing.framing.frames import FRAMED
from generator.publishing.pages.page import ROOT, Page, sheets
from generator.publishing.pages.rendering import Templates, as_yaml, escape
from tests.conftest import SITE_URL

_HUGO = {
    "baseURL": SITE_URL,
    "defaultContentLanguage": "en",
    "defaultContentLanguageInSubdir": True,
    "disableKinds": ["section", "taxonomy", "term", "rss", "sitemap", "404"],
    "languages": {language.lower(): {"contentDir": f"content/{language.lower()}"} for language in LANGUAGES},
    "markup": {"goldmark": {"renderer": {"unsafe": True}, "extensions": {"typographer": {"disable": True}}}},
}


def copy(project: Path, folder: Path) -> None:
    """Read every file of the site and write it elsewhere, in one process, and nothing else."""
    for name in files_below(project / SITE):
        write(f"{folder}/copy/{name}", read_if_there(f"{project}/{SITE}/{name}") or b"")


def mkdocs(project: Path, folder: Path) -> None:
    """Have MkDocs make every page, as it makes the frames."""
    frame.render(project, project / PAGES, folder / "mkdocs")


def hugo(project: Path, folder: Path) -> None:
    """Run Hugo on the site that `write_hugo` wrote."""
    del project
    command = (Path(sys.executable).with_name("hugo"), "--quiet", "--noBuildLock", "--cacheDir", folder / "hugo-cache")
    subprocess.run(command, cwd=folder / "hugo", stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=True)


def write_hugo(project: Path, folder: Path) -> None:
    """Write a site for Hugo: the Markdown pages of `project`, but for the landing page, which is in no language, and
    for each frame that MkDocs made a layout, into which Hugo puts what differs.

    A theme of these pages can hardly be lighter: menus, alternates and the like stand in the layouts as text, and
    what differs stands in front matter as it is printed.
    """
    site, layouts = folder / "hugo", {}
    for page, text, filled in _made(project):
        opened, values = filled.frame(page), filled.values(page, "")
        if opened.file not in layouts:
            layouts[opened.file] = f"frame{len(layouts)}"
            pieces = (_action(mark) + piece for mark, piece in zip(opened.marks, opened.pieces[1:], strict=True))
            write(site / f"layouts/_default/{layouts[opened.file]}.html", opened.pieces[0] + "".join(pieces))
        slots = {_slot(mark): value for mark, value in values.items() if TEXT not in mark}
        front = {"title": page.heading, "layout": layouts[opened.file], "slots": slots}
        lines = "".join(f"{name}: {as_yaml(value)}\n" for name, value in front.items())
        file = page.file.replace("index.md", "_index.md").replace(page.language, page.language.lower(), 1)
        write(site / "content" / file, f"---\n{lines}---\n\n{text}")
    write(site / "hugo.json", json.dumps(_HUGO))


def limit(project: Path, folder: Path) -> None:
    """Write pages as large as those of the standards, with their facts and little else, straight from the records
    through strings: no template, nothing checked, verified, compressed or kept."""
    made = read_content(project).catalogue()
    pieces = {
        language: (project / SITE / language / "standards" / made.standards[0].address / "index.html")
        .read_text("utf-8")
        .partition('<p class="bas-numbers">')
        for language in LANGUAGES
    }
    for one in made.standards:
        for language in LANGUAGES:
            before, numbers, after = pieces[language]
            facts = (one.list_identifier, one.designation, one.field.name[language], one.batch.name[language])
            titles = "".join(f"<dd>{escape(text.words)}</dd>" for text in one.title.values())
            told = "".join(f"<dd>{escape(fact)}</dd>" for fact in facts)
            html = f"{before}<title>{escape(one.title[language])}</title><dl>{titles}{told}</dl>{numbers}{after}"
            write(folder / "limit" / language / "standards" / one.address / "index.html", html)


def _made(project: Path) -> Iterator[tuple[Page, str, Filled]]:
    """(page, its text in Markdown, what has its frame) for each page."""
    content = read_content(project)
    every = list(sheets(content.catalogue(), content.labels, content.prose))
    templates, filled = Templates(content.labels), Filled(filling.frames(every), project / FRAMED, SITE_URL)
    for sheet in every:
        for page in sheet.pages():
            if page.language != ROOT:
                yield page, templates.markdown(page).partition("\n---\n\n")[2], filled


def _slot(mark: str) -> str:
    """What Hugo calls the value in the place of `mark`."""
    return "".join(filter(str.isalnum, mark))


def _action(mark: str) -> str:
    """What Hugo does in the place of `mark`."""
    return "{{ .Content }}" if TEXT in mark else f"{{{{ .Params.slots.{_slot(mark)} | safeHTML }}}}"
