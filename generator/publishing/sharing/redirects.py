"""Redirects: pages at former addresses, which lead on to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.catalogue.model import Record
from generator.publishing.pages.page import address_of, former_paths
from generator.publishing.pages.rendering import link


def redirects(
    record: Record, labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file below the site, HTML) for each former address of `record` in each language."""
    template, path = templates.get_template("moved.html"), address_of(record)
    for old in former_paths(record):
        for language in LANGUAGES:
            html = template.render(
                lang=HTML_LANG[language],
                title=labels[language]("moved_title"),
                target=link(old, path),
                canonical=f"{site_url}{language}/{path}",
            )
            yield f"{language}/{old}index.html", html
