"""Short addresses in no language, which open in the reader's own: `/s/wq-1-8/`, `/f/food/`, `/b/2023-04/`."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator

from jinja2 import Environment

from generator.catalogue.languages import LANGUAGES, Trilingual
from generator.catalogue.model import Batch, Catalogue, Field, Standard
from generator.publishing import linked
from generator.publishing.labels import Labels
from generator.publishing.linked import SITE, Linked
from generator.publishing.pages import address_of, short_of

Shared = Standard | Field | Batch
"""What has a short address."""


def short_pages(
    catalogue: Catalogue, labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file, HTML) for the short address of each standard, field and batch, and for each other spelling of it,
    former addresses among them; the file's path is below the site."""
    page, moved = templates.get_template("short.html"), templates.get_template("moved.html")
    for records in (catalogue.standards, catalogue.fields, catalogue.batches):
        for record in records:
            short = short_of(record)
            titles = _titles(record)
            yield (
                f"{short}index.html",
                page.render(
                    titles=titles,
                    linked=[json.dumps(one, ensure_ascii=False).replace(SITE, site_url) for one in _linked(record)],
                    numbers=_numbers(record),
                    path=address_of(record),
                    short=short,
                    site_url=site_url,
                    labels=labels,
                    languages=LANGUAGES,
                ),
            )
    for old, new in moved_short(catalogue).items():
        yield (
            f"{old}index.html",
            moved.render(
                lang="en",
                title=" · ".join(words("moved_title") for words in labels.values()),
                target=f"../{new.split('/')[1]}/",
                canonical=f"{site_url}{new}",
            ),
        )


def moved_short(catalogue: Catalogue) -> dict[str, str]:
    """Other spelling of a short path → the short path; what two records could be called leads to neither."""
    found = {}
    for records in (catalogue.standards, catalogue.fields, catalogue.batches):
        present = {record.address for record in records}
        spelled = Counter(alias for record in records for alias in aliases(record))
        for record in records:
            short = short_of(record)
            kind = short.partition("/")[0]
            for alias in aliases(record):
                if alias not in present and spelled[alias] == 1:
                    found[f"{kind}/{alias}/"] = short
    return found


def aliases(record: Shared) -> list[str]:
    """Other last parts of a record's short address: former addresses, and its numbers as people write them, with
    hyphens or with nothing between their parts: `T/GBAS 6-2022` → `t-gbas-6-2022`, `tgbas6-2022`."""
    found = list(record.former_addresses)
    for number in _numbers(record):
        if number.isascii():
            found.append(re.sub(r"[^a-z0-9]+", "-", number.lower()).strip("-"))
            found.append(re.sub(r"[^a-z0-9-]+", "", number.lower()).strip("-"))
    return [alias for alias in dict.fromkeys(found) if alias and alias != record.address]


def _numbers(record: Shared) -> list[str]:
    if not isinstance(record, Standard):
        return []
    return [number for number in (record.list_identifier, record.designation) if number]


def _titles(record: Shared) -> Trilingual:
    return record.title if isinstance(record, Standard) else record.name


def _linked(record: Shared) -> list[Linked]:
    """What the page tells machines: of the record in Simplified Chinese, and what it is called in the others."""
    language, path, short = LANGUAGES[0], address_of(record), short_of(record)
    match record:
        case Standard():
            return [linked.standard(record, language, path, short)]
        case Field():
            return [linked.field(record, language, path, short)]
        case Batch():
            return [linked.batch(record, language, path, short)] if record.announced_on else []
