"""A record → the object that stands for it in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.catalogue.columns import STANDARD, Facts
from generator.catalogue.languages import LANGUAGES, Trilingual
from generator.catalogue.model import Batch, Field, Organisation, Record, Shared, Source, Standard
from generator.catalogue.records import several
from generator.publishing.pages.addresses import address_of, short_of

JsonObject = dict[str, Any]
"""Property → a text, a number, a list, an object."""

_PLACES = {column.name: (*column.name.partition(":")[::2], column.many) for column in STANDARD}
"""Column → the property that holds it; the language below that, '' for none; whether it is a list."""


def standard_object(standard: Standard, facts: Facts, site_url: str) -> JsonObject:
    """The `facts` of `standard`, with its addresses."""
    return nested(facts) | _links(standard, site_url)


def nested(facts: Facts) -> JsonObject:
    """Facts as JSON has them: `title:en` below `title`, several values as a list."""
    properties: JsonObject = {}
    for column, text in facts.items():
        name, language, is_list = _PLACES[column]
        value = several(text) if is_list else text
        if language:
            properties.setdefault(name, {})[language] = value
        else:
            properties[name] = value
    return properties


def group_object(record: Field | Batch | Organisation, site_url: str) -> JsonObject:
    """What is known of `record`, with the addresses of its standards and its own."""
    match record:
        case Field():
            own = _field(record)
        case Batch():
            own = _batch(record)
        case Organisation():
            own = _organisation(record)
    properties = {
        "address": record.address,
        **_named(record.name),
        **own,
        "sources": _addresses(record.sources),
        "former_addresses": list(record.former_addresses),
    }
    return _stated(properties) | _links(record, site_url)


def source_object(source: Source) -> JsonObject:
    """What is known of `source`. It has no page, so no address on the site."""
    properties = {
        "address": source.address,
        **_named(source.name),
        "said_on": _day(source.said_on),
        "url": source.url,
        "is_copy": bool(source.url) and not source.is_own_host,
        "file": source.file,
        "sha256": source.sha256,
        "read_on": _day(source.read_on),
        "note": source.note,
    }
    return _stated(properties)


def _field(field: Field) -> JsonObject:
    return {
        "also_called": _several(field.also_called),
        "about": field.about,
        "opened_by": field.opened_by.address,
        "standards": _addresses(field.standards),
    }


def _batch(batch: Batch) -> JsonObject:
    return {
        "announced_on": _day(batch.announced_on),
        "announced_earliest": "" if batch.announced_on else _day(batch.earliest),
        "announced_latest": "" if batch.announced_on else _day(batch.latest),
        "place": batch.place,
        "announcement": batch.announcement,
        "standards_added": batch.standards_added,
        "standards_total": batch.standards_total,
        "fields_added": batch.fields_added,
        "fields_total": batch.fields_total,
        "led_by_hong_kong_or_macao": batch.led_by_hong_kong_or_macao,
        "taking_part": batch.taking_part,
        "taking_part_total": batch.taking_part_total,
        "pledged": batch.pledged,
        "declared_total": batch.declared_total,
        "note": batch.note,
        "standards": _addresses(batch.standards),
    }


def _organisation(organisation: Organisation) -> JsonObject:
    return {
        "also_called": _several(organisation.also_called),
        "region": organisation.region,
        "role": organisation.role,
        "part": organisation.part,
        "website": organisation.website,
        "led_in": _addresses(organisation.led_in),
        "took_part_in": _addresses(organisation.took_part_in),
        "published": _addresses(organisation.published),
        "led": _addresses(organisation.led),
    }


def _links(record: Record, site_url: str) -> JsonObject:
    address = address_of(record)
    links: JsonObject = {"url": {language: f"{site_url}{language}/{address}" for language in LANGUAGES}}
    if isinstance(record, Shared):
        links["short_url"] = site_url + short_of(record)
    return links


def _named(name: Trilingual) -> JsonObject:
    return {
        "name": {language: name[language].words for language in LANGUAGES},
        "standing": {language: name[language].standing for language in LANGUAGES},
    }


def _several(names: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {language: list(values) for language, values in names.items() if values}


def _addresses(records: Iterable[Record | Source]) -> list[str]:
    return [record.address for record in records]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _stated(properties: JsonObject) -> JsonObject:
    """The properties that are stated: a count of 0, but no empty text."""
    return {name: value for name, value in properties.items() if value or (value == 0 and value is not False)}
