"""Redirects: pages at former addresses, which lead on to the present ones."""

from __future__ import annotations

from collections.abc import Iterator

from jinja2 import Environment

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, Record
from generator.publishing.pages.addresses import address_of, former_paths, relative_link, short_of
from generator.publishing.sharing.short_links import other_spellings


def redirects(
    record: Record, labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file below the site, HTML) for each former address of `record` in each language."""
    template, path = templates.get_template("moved.html"), address_of(record)
    for old in former_paths(record):
        for language in LANGUAGES:
            html = template.render(
                languages=[language],
                labels=labels,
                target=relative_link(old, path),
                canonical=f"{site_url}{language}/{path}",
            )
            yield f"{language}/{old}index.html", html


def moved_paths(catalogue: Catalogue) -> dict[str, str]:
    """Former path below the site → present one."""
    records = [*catalogue.standards, *catalogue.fields, *catalogue.batches, *catalogue.organisations]
    paths = {old: address_of(record) for record in records for old in former_paths(record)}
    short = {old: short_of(record) for record, spellings in other_spellings(catalogue).items() for old in spellings}
    return {f"{language}/{old}": f"{language}/{new}" for language in LANGUAGES for old, new in paths.items()} | short
