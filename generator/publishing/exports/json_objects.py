"""A record → the object that stands for it in JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from generator.catalogue.columns import ALL_FIELDS, FIRST, STANDARD, Facts
from generator.catalogue.evidence import evidence_of
from generator.catalogue.languages import LANGUAGES, Trilingual
from generator.catalogue.model import (
    Adoption,
    Batch,
    Case,
    CaseBody,
    Catalogue,
    Event,
    Field,
    Organisation,
    Record,
    Shared,
    Source,
    Standard,
    Statement,
)
from generator.catalogue.records import of_each, several
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.pages.addresses import CASES, address_of, short_of
from generator.publishing.pages.sentences import how_sure

JsonObject = dict[str, Any]
"""Property → a text, a number, a list, an object."""

_PLACES = {
    column.name: (*column.name.partition(":")[::2], column.many and column.name not in FIRST) for column in STANDARD
}
"""Column → the property that holds it; the language below that, '' for none; whether it is a list."""


def standard_object(standard: Standard, published: PublishedList) -> JsonObject:
    """The facts of `standard`, with how sure its listing is, and its addresses."""
    evidence = evidence_of(standard)
    properties = {
        "level": evidence.level,
        "kind": evidence.kind,
        "sources": _addresses(evidence.sources),
        "summary": {language: how_sure(standard, published.labels[language]) for language in LANGUAGES},
    }
    return (
        nested(published.facts[standard.address])
        | {"evidence": _stated(properties)}
        | _links(standard, published.site_url)
    )


def as_of_object(catalogue: Catalogue) -> JsonObject:
    """Which list it is: its version, and up to when it tells what."""
    return {
        "version": catalogue.version,
        "digest": catalogue.digest,
        "announced_up_to": _day(catalogue.announced_up_to),
        **({"sources_looked_at": _day(catalogue.lookup.day)} if catalogue.lookup else {}),
    }


def nested(facts: Facts) -> JsonObject:
    """Facts as JSON has them: `title:en` below `title`, several values as a list.

    A title that is not there yet is null, as is its standing.
    """
    properties: JsonObject = {}
    for column, text in facts.items():
        name, language, is_list = _PLACES[column]
        value = several(text) if is_list else several(text)[0] if column in FIRST else text
        if language:
            properties.setdefault(name, {})[language] = value
        else:
            properties[name] = value
    if fields := several(facts.get("field", "")):
        places = zip(fields, of_each(several(facts["field_assigned_by"]), len(fields)), strict=True)
        properties[ALL_FIELDS] = [{"field": field, "assigned_by": assigner} for field, assigner in places]
    for name in ("title", "standing"):
        properties[name] = dict.fromkeys(LANGUAGES) | properties[name]
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
        **_texts("name", record.name),
        **own,
        "sources": _addresses(record.sources),
        "recorded_on": _day(record.recorded_on),
        "former_addresses": list(record.former_addresses),
    }
    return _stated(properties) | _links(record, site_url)


def source_object(source: Source) -> JsonObject:
    """What is known of `source`. It has no page, so no address on the site."""
    properties = {
        "address": source.address,
        **_texts("name", source.name),
        "kind": source.kind,
        "said_on": _day(source.said_on),
        "url": source.url,
        "is_copy": source.is_copy,
        "languages": list(source.languages),
        "file": source.file,
        "sha256": source.sha256,
        "read_on": _day(source.read_on),
        "note": source.note,
    }
    return _stated(properties)


def case_object(case: Case, site_url: str) -> JsonObject:
    """What is known of `case`, with its place on the page of the cases."""
    properties = {
        "address": case.address,
        **_texts("title", case.title),
        "kind": case.kind,
        "standards": _addresses(case.standards),
        "fields": _addresses(case.fields),
        "regions": list(case.regions),
        "place": case.place,
        **_days("happened", case.earliest, case.latest),
        "described": case.described,
        "bodies": [_body(body) for body in case.bodies],
        "results": [{"figure": one.figure, "counts": one.counts, "source": one.source.address} for one in case.results],
        "note": case.note,
        "sources": _addresses(case.sources),
        "recorded_on": _day(case.recorded_on),
    }
    links = {language: f"{site_url}{language}/{CASES}#{case.address}" for language in LANGUAGES}
    return _stated(properties) | {"url": links}


def _body(body: CaseBody) -> JsonObject:
    organisation = {"organisation": body.organisation.address} if body.organisation else {}
    return organisation | _stated(_texts("name", body.name)) | {"part": body.part}


def event_object(event: Event) -> JsonObject:
    """What is known of `event`."""
    return _stated(
        {
            "address": event.address,
            "kind": event.kind,
            "title": event.title,
            **_days("held", event.earliest, event.latest),
            "place": event.place,
            "organiser": event.organiser,
            "organisations": _addresses(event.organisations),
            "batch": event.batch.address if event.batch else "",
            "standards": _addresses(event.standards),
            "fields": _addresses(event.fields),
            "what": event.what,
            "note": event.note,
            "sources": _addresses(event.sources),
        }
    )


def statement_object(statement: Statement) -> JsonObject:
    """What a source says of an announcement."""
    return {
        "address": statement.address,
        "batch": statement.batch.address,
        "topic": statement.topic,
        "text": statement.text,
        "sources": _addresses(statement.sources),
    }


def adoption_object(figure: Adoption) -> JsonObject:
    """A `figure` of the use of the list."""
    return _stated(
        {
            "address": figure.address,
            "said_on": _day(figure.said_on),
            "batch": figure.batch.address if figure.batch else "",
            "regions": list(figure.regions),
            "figure": figure.figure,
            "counts": figure.counts,
            "scope": figure.scope,
            "note": figure.note,
            "sources": _addresses(figure.sources),
        }
    )


def _days(name: str, earliest: date | None, latest: date | None) -> JsonObject:
    """The day on which something was, or the days between which it was."""
    if earliest == latest:
        return {f"{name}_on": _day(earliest)}
    return {f"{name}_earliest": _day(earliest), f"{name}_latest": _day(latest)}


def _field(field: Field) -> JsonObject:
    return {
        "also_called": _several(field.also_called),
        "about": field.about,
        "opened_by": field.opened_by.address if field.opened_by else "",
        "named_by": field.named_by,
        "standards": _addresses(field.standards),
    }


def _batch(batch: Batch) -> JsonObject:
    return {
        "announced_on": _day(batch.announced_on),
        "announced_earliest": "" if batch.announced_on else _day(batch.earliest),
        "announced_latest": "" if batch.announced_on else _day(batch.latest),
        "place": batch.place,
        "announcement": batch.announcement,
        "announcement_url": batch.announcement_url,
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


def _texts(name: str, texts: Trilingual) -> JsonObject:
    """A title or a name, how sure each is, who reviewed it when."""
    return {
        name: {language: texts[language].words for language in LANGUAGES},
        "standing": {language: texts[language].standing for language in LANGUAGES},
        "reviewed": {language: text.review for language in LANGUAGES if (text := texts[language]).review},
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
