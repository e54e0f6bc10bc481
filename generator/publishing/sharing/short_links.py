"""Short addresses in no language, which open in the reader's own: `/s/wq-1-8/`, `/f/food/`, `/b/2023-04/`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from jinja2 import Environment

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES, Trilingual
from generator.catalogue.model import Batch, Catalogue, Field, Shared, Standard
from generator.catalogue.numbers import address_spellings
from generator.publishing.pages import json_ld as linked
from generator.publishing.pages.json_ld import SITE, Linked
from generator.publishing.pages.page import address_of, short_of


def short_pages(
    record: Shared, others: Iterable[str], labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file, HTML) for the short address of `record`, and for each of `others`, which are other spellings of it; the
    file's path is below the site."""
    page, moved = templates.get_template("short.html"), templates.get_template("moved.html")
    short = short_of(record)
    html = page.render(
        titles=_titles(record),
        linked=[json.dumps(one, ensure_ascii=False).replace(SITE, site_url) for one in _linked(record)],
        numbers=_numbers(record),
        path=address_of(record),
        short=short,
        site_url=site_url,
        labels=labels,
        languages=LANGUAGES,
    )
    yield f"{short}index.html", html
    for other in others:
        html = moved.render(
            lang="en",
            title=" · ".join(words("moved_title") for words in labels.values()),
            target=f"../{record.address}/",
            canonical=f"{site_url}{short}",
        )
        yield f"{other}index.html", html


def other_spellings(catalogue: Catalogue) -> dict[Shared, list[str]]:
    """Record → other spellings of its short path; what two records could be called leads to neither."""
    found = {}
    for records in (catalogue.standards, catalogue.fields, catalogue.batches):
        present = {record.address for record in records}
        spelled = Counter(alias for record in records for alias in aliases(record))
        for record in records:
            kind = short_of(record).partition("/")[0]
            free = [alias for alias in aliases(record) if alias not in present and spelled[alias] == 1]
            found[record] = [f"{kind}/{alias}/" for alias in free]
    return found


def aliases(record: Shared) -> list[str]:
    """Other last parts of a record's short address: former addresses, and its numbers as people write them."""
    numbered = [spelling for number in _numbers(record) for spelling in address_spellings(number)]
    aliases = dict.fromkeys((*record.former_addresses, *numbered))
    return [alias for alias in aliases if alias and alias != record.address]


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
