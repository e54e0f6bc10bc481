"""Everything that people wrote in a project, read and tried before it is published."""

from __future__ import annotations

from pathlib import Path

from generator.catalogue.content import CONTENT, Content, misprinted, read_content
from generator.catalogue.labels import LabelError
from generator.catalogue.messages import Message
from generator.catalogue.prose import TAKEN
from generator.catalogue.records import Problem, shown
from generator.catalogue.wording_files import check_messages
from generator.publishing.framing.overrides import check_overrides
from generator.publishing.pages import samples
from generator.publishing.pages.addresses import ROOT
from generator.publishing.pages.edition import editions
from generator.publishing.pages.rendering import Templates
from generator.publishing.pages.site_pages import SitePages
from generator.publishing.settings import MKDOCS_YML, Settings, read_settings


def read_project(project: Path) -> tuple[Content, Settings | None]:
    """The content and the settings of `project`; None where settings are wrong.

    Everything wrong in them, or in the frame, is among the problems of the content. Writes nothing.
    """
    content = read_content(project)
    settings = read_settings(project, content.problems)
    check_overrides(project, content.problems)
    for page, line in settings.menu.items() if settings else ():
        if page.removesuffix(".md") not in TAKEN.union(content.prose):
            problem = Problem(shown(project / MKDOCS_YML), line, Message("build.unknown-page", page=page))
            content.problems.append(problem)
    content.problems[:] = sorted({*content.problems})
    return content, settings


def check_content(project: Path) -> Content:
    """Read and check `project`; try one page of each kind. Writes nothing."""
    content, _ = read_project(project)
    # No page prints them, so that no build waits for this.
    check_messages(project / CONTENT, content.scripts, content.problems)
    if content.problems:
        return content
    catalogue = content.catalogue()
    try:
        templates = Templates()
        every = editions(catalogue, content.labels, set())
        for page_set in samples(SitePages(catalogue, content.labels, content.prose, every, lambda: content.versions)):
            for page in page_set.pages():
                templates.body(page)
                if page.language != ROOT:
                    templates.plain(page, "")
    except LabelError as error:
        content.problems.append(misprinted(project, error))
    return content
