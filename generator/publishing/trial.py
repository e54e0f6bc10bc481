"""One page of each kind, tried with the words of the site."""

from __future__ import annotations

from pathlib import Path

from generator.catalogue.content import Content, misprinted, read_content
from generator.catalogue.labels import LabelError
from generator.publishing.pages import samples
from generator.publishing.pages.addresses import ROOT
from generator.publishing.pages.edition import editions
from generator.publishing.pages.rendering import Templates
from generator.publishing.pages.site_pages import SitePages


def check_content(project: Path) -> Content:
    """Read and check `project/content`; try one page of each kind. Writes nothing."""
    content = read_content(project)
    if content.problems:
        return content
    catalogue = content.catalogue()
    try:
        templates = Templates()
        every = editions(catalogue, content.labels, set())
        for page_set in samples(SitePages(catalogue, content.labels, content.prose, every)):
            for page in page_set.pages():
                templates.body(page)
                if page.language != ROOT:
                    templates.plain(page, "")
    except LabelError as error:
        content.problems.append(misprinted(project, error))
    return content
