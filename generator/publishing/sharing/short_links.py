"""Addresses in no language, which open in the reader's own: `/s/wq-1-8/`, `/f/food/`, `/standards/`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from jinja2 import Environment

from generator.catalogue.figures import SITE_URL_PLACEHOLDER
from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES, Text, own_texts
from generator.catalogue.model import Batch, Catalogue, Field, Shared, Standard
from generator.catalogue.numbers import address_spellings
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import LIST, address_of, short_of
from generator.publishing.pages.json_ld import JsonLd
from generator.publishing.pages.sentences import in_brief, is_in_use, numbers, sureness, titles_of, verdict
from generator.publishing.sharing.card_drawing import SIZE
from generator.publishing.sharing.social_cards import CARDS

Spellings = dict[Shared, list[str]]
"""Record → other spellings of its short path."""


def short_pages(
    record: Shared, others: Collection[str], labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file below the site, HTML) of the short address of `record`.

    Those of `others`, its other spellings, follow.
    """
    short = short_of(record)
    yield f"{short}index.html", _short_page(record, labels, site_url, templates)
    if others:
        moved = templates.get_template("moved.html").render(
            languages=LANGUAGES,
            labels=labels,
            target=f"../{record.address}/",
            canonical=site_url + short,
        )
        for other in others:
            yield f"{other}index.html", moved


def _short_page(record: Shared, labels: dict[str, Labels], site_url: str, templates: Environment) -> str:
    """The page at the short address of `record`."""
    titles = titles_of(record)
    values = {
        "title": " · ".join(dict.fromkeys(title.words for title in own_texts(titles).values())),
        "numbers": _numbers(record, labels[LANGUAGES[0]]),
        "card": f"{CARDS}{address_of(record).strip('/')}.png",
        "json_ld": [
            json.dumps(thing, ensure_ascii=False).replace(SITE_URL_PLACEHOLDER, site_url) for thing in _json_ld(record)
        ],
        "sections": [_section(record, t) for t in labels.values()],
    }
    return _rendered(short_of(record), values, labels, site_url, templates)


def list_page(
    catalogue: Catalogue, labels: dict[str, Labels], site_url: str, templates: Environment
) -> tuple[str, str]:
    """The page of the list at its address in no language, with its file."""
    recorded, announced = len(catalogue.standards), catalogue.batches[-1].standards_total
    sections = []
    for t in labels.values():
        sentence = t("standards_sentence", recorded=recorded, announced=announced)
        title = Text(t("site_title"), t.language, "devised")
        values = {"title": title, "standing": "", "numbers": "", "verdict": sentence, "sureness": ""}
        sections.append(_frame_of_section(t, LIST) | values | {"brief": sentence.rstrip("。.")})
    values = {
        "title": " · ".join(t("site_title") for t in labels.values()),
        "numbers": "",
        "card": f"{CARDS}home.png",
        "json_ld": [],
        "sections": sections,
    }
    return f"{LIST}index.html", _rendered(LIST, values, labels, site_url, templates)


def _rendered(
    path: str, values: dict[str, Any], labels: dict[str, Labels], site_url: str, templates: Environment
) -> str:
    """The page at `path` with the `values` of what it is about."""
    briefs = (str(section["brief"]) for section in values["sections"])
    return templates.get_template("short.html").render(
        **values,
        description=" · ".join(filter(None, (values["numbers"], *briefs))),
        site_name=" · ".join(t("site_name") for t in labels.values()),
        up="../" * path.count("/"),
        url=site_url + path,
        site_url=site_url,
        card_size=SIZE,
    )


def _section(record: Shared, t: Labels) -> dict[str, object]:
    """What the page says of `record` in the language of `t`."""
    title = titles_of(record)[t.language]
    is_standard = isinstance(record, Standard)
    return {
        **_frame_of_section(t, address_of(record)),
        "title": title,
        "standing": t(f"standing_{title.standing}") if title.language == t.language else t("title_wanted"),
        "numbers": _numbers(record, t),
        "verdict": verdict(record, t) if is_standard else in_brief(record, t),
        "sureness": sureness(record, t) if is_standard and is_in_use(record) else "",
        "brief": in_brief(record, t).rstrip("。."),
    }


def _frame_of_section(t: Labels, path: str) -> dict[str, object]:
    """What a page says in the language of `t`, whatever it is about; it leads to `path`."""
    return {
        "language": t.language,
        "lang": HTML_LANG[t.language],
        "site": t("site_name"),
        "path": f"{t.language}/{path}",
        "open": t("short_open"),
        "unofficial": t("unofficial_catalogue"),
    }


def other_spellings(catalogue: Catalogue) -> Spellings:
    """The other spellings of short paths; one that two records could have leads to neither."""
    spellings: Spellings = {}
    for records in (catalogue.standards, catalogue.fields, catalogue.batches):
        present = {record.address for record in records}
        uses = Counter(alias for record in records for alias in aliases(record))
        for record in records:
            kind = short_of(record).partition("/")[0]
            free = [alias for alias in aliases(record) if alias not in present and uses[alias] == 1]
            spellings[record] = [f"{kind}/{alias}/" for alias in free]
    return spellings


def aliases(record: Shared) -> list[str]:
    """Other last parts of a record's short address.

    They are its former addresses, and its numbers as people write them.
    """
    stated = (record.list_identifier, record.designation) if isinstance(record, Standard) else ()
    numbered = [spelling for number in filter(None, stated) for spelling in address_spellings(number)]
    names = dict.fromkeys((*record.former_addresses, *numbered))
    return [name for name in names if name and name != record.address]


def _numbers(record: Shared, t: Labels) -> str:
    """The numbers of `record`, as the language of `t` prints them."""
    return numbers(record, t) if isinstance(record, Standard) else ""


def _json_ld(record: Shared) -> list[JsonLd]:
    """The record in Simplified Chinese, with its names in the other languages, for search engines."""
    language, path, short = LANGUAGES[0], address_of(record), short_of(record)
    match record:
        case Standard():
            return [json_ld.standard(record, language, path, short)]
        case Field():
            return [json_ld.field(record, language, path, short)]
        case Batch():
            return [json_ld.batch(record, language, path, short)] if record.announced_on else []
