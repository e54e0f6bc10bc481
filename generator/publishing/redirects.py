"""Pages at former addresses, which lead on to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.catalogue.model import Catalogue
from generator.publishing.labels import Labels
from generator.publishing.markdown import link
from generator.publishing.pages import moved


def redirects(
    catalogue: Catalogue, labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file, HTML) for each former address in each language; the file's path is below the site."""
    template = templates.get_template("moved.html")
    for old, new in moved(catalogue).items():
        for language in LANGUAGES:
            html = template.render(
                lang=HTML_LANG[language],
                title=labels[language]("moved_title"),
                target=link(old, new),
                canonical=f"{site_url}{language}/{new}",
            )
            yield f"{language}/{old}index.html", html
