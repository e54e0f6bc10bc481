"""The catalogue → files of data: the list, each record by itself, their schema, and an index that leads to all."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from generator.catalogue.columns import ASSIGNERS, REGIONS, ROLES, ROUTES, SEATS, STATUSES
from generator.catalogue.facts import (
    STANDARDS_CSV,
    STANDARDS_JSON,
    Facts,
    facts_of_one,
    nested,
    standards_csv,
    standards_json,
)
from generator.catalogue.languages import LANGUAGES, STANDINGS, Trilingual
from generator.catalogue.model import Batch, Catalogue, Field, Organisation, Record, Shared, Source, Standard
from generator.publishing.pages.citations import exports
from generator.publishing.pages.json_ld import LICENCE
from generator.publishing.pages.page import address_of, short_of

API = "api/v1/"


def list_files(catalogue: Catalogue, facts: dict[str, Facts], site_url: str) -> Iterator[tuple[str, str]]:
    """(file, text) for each file that holds all records of a kind, `facts` being those of the standards, and for what
    describes them; the file's path is below the site."""
    yield STANDARDS_JSON, standards_json(catalogue, facts)
    yield STANDARDS_CSV, standards_csv(facts)
    standards = zip(facts.values(), catalogue.standards, strict=True)
    lines = (_json(nested(one) | _links(standard, site_url)) for one, standard in standards)
    yield f"{API}standards.ndjson", "".join(f"{line}\n" for line in lines)
    for name in ("fields", "batches", "organisations", "sources"):
        records = [_told(one, site_url) for one in getattr(catalogue, name)]
        yield f"{API}{name}.json", _json({"version": catalogue.version, name: records}, indent=1) + "\n"
    for source in catalogue.sources:
        yield f"{API}sources/{source.address}.json", _json(_told(source, site_url), indent=1) + "\n"
    for name, schema in schemas().items():
        identified = {"$id": f"{site_url}{API}schema/{name}.json"} | schema
        yield f"{API}schema/{name}.json", _json(identified, indent=1) + "\n"
    yield f"{API}index.json", _json(_index(catalogue, site_url), indent=1) + "\n"


def record_files(record: Record, site_url: str) -> Iterator[tuple[str, str]]:
    """(file, text) for each file of data about `record` alone; the file's path is below the site."""
    yield f"{API}{address_of(record).strip('/')}.json", _json(_told(record, site_url), indent=1) + "\n"
    if isinstance(record, Standard):
        for ending, text in exports(record):
            yield f"{API}citations/{record.address}.{ending}", text


def _told(record: Record | Source, site_url: str) -> dict[str, object]:
    """What is told of `record`, with its addresses."""
    match record:
        case Standard():
            return nested(facts_of_one(record)) | _links(record, site_url)
        case Source():
            return _source(record)
        case Field():
            own = _field(record)
        case Batch():
            own = _batch(record)
        case Organisation():
            own = _organisation(record)
    told = {
        "address": record.address,
        **_named(record.name),
        **own,
        "sources": _addresses(record.sources),
        "former_addresses": list(record.former_addresses),
    }
    return _held(told) | _links(record, site_url)


def _field(field: Field) -> dict[str, object]:
    return {
        "also_called": _several(field.also_called),
        "about": field.about,
        "opened_by": field.opened_by.address,
        "standards": _addresses(field.standards),
    }


def _batch(batch: Batch) -> dict[str, object]:
    return {
        "announced_on": batch.announced_on.isoformat() if batch.announced_on else "",
        "announced_earliest": "" if batch.announced_on else batch.earliest.isoformat(),
        "announced_latest": "" if batch.announced_on else batch.latest.isoformat(),
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


def _organisation(organisation: Organisation) -> dict[str, object]:
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


def _source(source: Source) -> dict[str, object]:
    return _held(
        {
            "address": source.address,
            **_named(source.name),
            "said_on": source.said_on.isoformat() if source.said_on else "",
            "url": source.url,
            "is_copy": bool(source.url) and not source.is_own_host,
            "file": source.file,
            "sha256": source.sha256,
            "read_on": source.read_on.isoformat() if source.read_on else "",
            "note": source.note,
        }
    )


def _index(catalogue: Catalogue, site_url: str) -> dict[str, object]:
    """What there is, for whoever comes first to the data."""
    tables = ("standards", "fields", "batches", "organisations", "sources")
    return {
        "title": "Bay Area Standards",
        "version": catalogue.version,
        "announced": catalogue.batches[-1].standards_total,
        "recorded": len(catalogue.standards),
        "stability": "Files and properties of v1 stay; new properties may be added. Addresses last for ever.",
        **{f"{table}_url": f"{site_url}{API}{table}.json" for table in tables},
        "standards_csv_url": site_url + STANDARDS_CSV,
        "standards_xlsx_url": f"{site_url}{API}standards.xlsx",
        "standards_ndjson_url": f"{site_url}{API}standards.ndjson",
        "record_url": f"{site_url}{API}{{table}}/{{address}}.json",
        "citation_url": f"{site_url}{API}citations/{{address}}.{{bib,ris,json}}",
        "about_url": {language: f"{site_url}{language}/data/" for language in LANGUAGES},
        "licence": LICENCE,
        "schemas": {name: f"{site_url}{API}schema/{name}.json" for name in schemas()},
    }


# --- the schema -------------------------------------------------------------------------------------------------

_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_DAY = {"type": "string", "format": "date"}
_COUNT = {"type": "integer", "minimum": 0}


def schemas() -> dict[str, dict]:
    """Name → JSON Schema (2020-12) of one record of each kind, and of the list of standards."""
    standard = _record(
        "A standard of the published list",
        {
            "list_identifier": _said("Its number on the list, such as WQ 1-10", _TEXT),
            "designation": _said("Its own number, with a hyphen before the year, such as T/GBAS 8-2022", _TEXT),
            "title": _said("Its title in three languages", _by_language(_TEXT, required=True)),
            "standing": _said("How sure each title is", _by_language({"enum": list(STANDINGS)}, required=True)),
            "also_called": _said("Other names", _by_language(_list(_TEXT))),
            "publisher": _said("The address of the issuing organisation", _ADDRESS),
            "led_by": _said("Addresses of the organisations that led it", _list(_ADDRESS)),
            "field": _said("The address of its field", _ADDRESS),
            "field_assigned_by": _said("Whether a source or this catalogue put it there", {"enum": list(ASSIGNERS)}),
            "batch": _said("The address of its announcement", _ADDRESS),
            "announced_on": _said("When it was announced", _DAY),
            "issued_on": _said("When it was issued", _DAY),
            "implemented_on": _said("When it came, or comes, into force", _DAY),
            "withdrawn_on": _said("When it was withdrawn", _DAY),
            "status": _said("Whether it is in force, where a source says", {"enum": list(STATUSES)}),
            "supersedes": _said("Addresses of the standards that it supersedes", _list(_ADDRESS)),
            "route": _said("Whether it was formulated for the list or confirmed", {"enum": list(ROUTES)}),
            "note": _said("A remark", _by_language(_TEXT, required=True)),
            "sources": _said("Addresses of sources; after a # the row of an attachment", _list(_TEXT)),
        },
        ("title", "standing", "sources"),
    )
    by_region = _said("Bodies by region", {"type": "object", "propertyNames": {"enum": list(REGIONS)}})
    return {
        "standard": standard,
        "standards": _said(
            "The whole list",
            {
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "type": "object",
                "required": ["version", "announced", "recorded", "standards"],
                "properties": {
                    "version": _said("Year, which announcement of that year, days of correction since", _TEXT),
                    "announced": _said("How many standards were announced so far", _COUNT),
                    "recorded": _said("How many of them are recorded here", _COUNT),
                    "standards": _list({"$ref": "standard.json"}),
                },
            },
        ),
        "field": _record(
            "A subject area that an announcement named",
            {
                **_NAMES,
                "about": _said("What the field is about", _by_language(_TEXT, required=True)),
                "opened_by": _said("The address of the announcement that named it", _ADDRESS),
                "standards": _said("Addresses of its standards, in list order", _list(_ADDRESS)),
            },
            ("name", "standing", "about", "opened_by"),
        ),
        "batch": _record(
            "Standards that were announced together",
            {
                **_NAMES,
                "announced_on": _said("The day, where it is known", _DAY),
                "announced_earliest": _said("It was announced on this day or later", _DAY),
                "announced_latest": _said("It was announced on this day or earlier", _DAY),
                "place": _said("Where it was announced", _by_language(_TEXT, required=True)),
                "announcement": _said("The announcement's own title", _TEXT),
                "standards_added": _said("Standards announced here", _COUNT),
                "standards_total": _said("Standards on the list from then on", _COUNT),
                "fields_added": _said("Fields opened here", _COUNT),
                "fields_total": _said("Fields from then on", _COUNT),
                "led_by_hong_kong_or_macao": _said("Standards led by bodies of Hong Kong or Macao", _COUNT),
                "taking_part": by_region,
                "taking_part_total": by_region,
                "pledged": by_region,
                "declared_total": _said("Declarations of use so far", _COUNT),
                "standards": _said("Addresses of its standards that are recorded", _list(_ADDRESS)),
            },
            ("name", "standing", "standards_added", "standards_total"),
        ),
        "organisation": _record(
            "A body with a part in the list",
            {
                **_NAMES,
                "region": _said("Where it sits", {"enum": list(SEATS)}),
                "role": _said("What it is there for", {"enum": list(ROLES)}),
                "part": _said("What it does for the list", _by_language(_TEXT, required=True)),
                "website": _said("Its own site", {"type": "string", "format": "uri"}),
                **{
                    name: _said(f"Addresses: {words}", _list(_ADDRESS))
                    for name, words in {
                        "led_in": "announcements of which it was a lead body",
                        "took_part_in": "announcements that it took part in",
                        "published": "standards that it issued",
                        "led": "standards that it led",
                    }.items()
                },
            },
            ("name", "standing", "region", "role", "part"),
        ),
    }


def _said(description: str, schema: Mapping[str, object]) -> dict[str, object]:
    return {"description": description, **schema}


def _list(items: Mapping[str, object]) -> dict[str, object]:
    return {"type": "array", "items": items}


def _by_language(value: Mapping[str, object], *, required: bool = False) -> dict[str, object]:
    schema = {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, value),
        "additionalProperties": False,
    }
    return schema | ({"required": list(LANGUAGES)} if required else {})


_NAMES = {
    "name": _said("Its name in three languages", _by_language(_TEXT, required=True)),
    "standing": _said("How sure each name is", _by_language({"enum": list(STANDINGS)}, required=True)),
    "also_called": _said("Other names", _by_language(_list(_TEXT))),
}


def _record(title: str, properties: Mapping[str, object], required: tuple[str, ...]) -> dict[str, object]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "required": ["address", *required],
        "properties": {
            "address": _said("Its address, which lasts", _ADDRESS),
            **properties,
            "note": _said("A remark", _by_language(_TEXT, required=True)),
            "sources": _said("Addresses of sources", _list(_TEXT)),
            "former_addresses": _said("Addresses that it had before, which still answer", _list(_ADDRESS)),
            "url": _said("Its page in each language", _by_language({"type": "string", "format": "uri"})),
            "short_url": _said("Its address in no language", {"type": "string", "format": "uri"}),
        },
    }


# --- parts ------------------------------------------------------------------------------------------------------


def _links(record: Record, site_url: str) -> dict[str, object]:
    links: dict[str, object] = {"url": {la: f"{site_url}{la}/{address_of(record)}" for la in LANGUAGES}}
    if isinstance(record, Shared):
        links["short_url"] = site_url + short_of(record)
    return links


def _named(name: Trilingual) -> dict[str, dict[str, str]]:
    return {
        "name": {language: name[language].words for language in LANGUAGES},
        "standing": {language: name[language].standing for language in LANGUAGES},
    }


def _several(names: Mapping[str, tuple[str, ...]]) -> dict[str, list[str]]:
    return {language: list(values) for language, values in names.items() if values}


def _addresses(records: list | tuple) -> list[str]:
    return [record.address for record in records]


def _held(values: Mapping[str, object]) -> dict[str, object]:
    """The values that are stated: a count of 0 is, an empty text or list is not."""
    return {name: value for name, value in values.items() if value or (value == 0 and value is not False)}


def _json(value: object, indent: int | None = None) -> str:
    separators = (",", ": ") if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
