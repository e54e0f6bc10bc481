"""The JSON Schema (2020-12) of the published data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from generator.catalogue.columns import (
    ALL_FIELDS,
    ASSIGNERS,
    FIRST,
    HISTORY,
    IN_SOME_LANGUAGES,
    REGIONS,
    ROLES,
    SEATS,
    SOURCE_KINDS,
    STANDARD,
    TABLES,
    Column,
    Kind,
)
from generator.catalogue.evidence import CONFIDENCES
from generator.catalogue.languages import ALIAS_LANGUAGES, LANGUAGES, STANDINGS
from generator.catalogue.log import LOG_KINDS
from generator.publishing.exports.json_objects import JsonObject

_VERSION = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
_TEXT = {"type": "string", "minLength": 1}
_ADDRESS = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_DAY = {"type": "string", "format": "date"}
_URL = {"type": "string", "format": "uri"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_COUNT = {"type": "integer", "minimum": 0}


def _described(description: str, schema: JsonObject) -> JsonObject:
    return {"description": description, **schema}


def _list(items: JsonObject) -> JsonObject:
    return {"type": "array", "items": items}


def _in_some(languages: tuple[str, ...], value: JsonObject) -> JsonObject:
    return {"type": "object", "properties": dict.fromkeys(languages, value), "additionalProperties": False}


def _by_language(value: JsonObject, *, required: bool = True) -> JsonObject:
    return _in_some(LANGUAGES, value) | ({"required": LANGUAGES} if required else {})


def _column(column: Column) -> JsonObject:
    """The schema of what stands in a cell, or of each of several values there."""
    match column.kind:
        case Kind.CHOICE:
            value = {"enum": column.choices}
        case Kind.DATE:
            value = _DAY
        case Kind.ADDRESS | Kind.REFERENCE if not column.placed:
            value = _ADDRESS
        case Kind.URL:
            value = _URL
        case _:
            value = _TEXT
    return _list(value) if column.many and column.name not in FIRST else value


def _or_null(value: JsonObject) -> JsonObject:
    """The schema of what may be wanted still."""
    return {"anyOf": [value, {"type": "null"}]}


def _property(columns: Sequence[Column]) -> JsonObject:
    """The schema of the property that holds `columns`: one, or one for each language."""
    first = columns[0]
    value = _column(first)
    if len(columns) > 1:
        # A text stands in three languages or in none; other names need not.
        value = _by_language(value, required=first.name.partition(":")[0] not in IN_SOME_LANGUAGES)
        if first.required:
            wanted = {one.name.partition(":")[2]: _or_null(_column(one)) for one in columns if not one.required}
            value["properties"] |= wanted
    return _described(first.description, value)


def _record(title: str, required: Sequence[str], properties: JsonObject) -> JsonObject:
    """The schema of a record that has a page."""
    links = {
        "url": _described("Its page in each language", _by_language(_URL, required=False)),
        "short_url": _described("Its address in no language", _URL),
    }
    return {**_VERSION, "title": title, "type": "object", "required": required, "properties": properties | links}


def _group(title: str, properties: JsonObject, required: Sequence[str]) -> JsonObject:
    """The schema of a record that standards belong to."""
    first = {
        "address": _STANDARD["address"],
        "name": _described("Its name in three languages", _by_language(_TEXT)),
        "standing": _described("How sure each name is", _by_language({"enum": STANDINGS})),
        "reviewed": _STANDARD["reviewed"],
        "also_called": _described("Other names", _in_some(ALIAS_LANGUAGES, _list(_TEXT))),
    }
    last = {
        "note": _STANDARD["note"],
        "sources": _described("Addresses of sources", _list(_TEXT)),
        "recorded_on": _STANDARD["recorded_on"],
        "former_addresses": _STANDARD["former_addresses"],
    }
    return _record(title, ("address", "name", "standing", *required), first | properties | last)


def _properties(columns: Iterable[Column]) -> dict[str, JsonObject]:
    """Property → its schema, in the order of the `columns`."""
    groups = groupby(columns, lambda column: column.name.partition(":")[0])
    return {name: _property(list(group)) for name, group in groups}


def _required(columns: Iterable[Column]) -> tuple[str, ...]:
    """The properties that every record has."""
    return tuple(dict.fromkeys(column.name.partition(":")[0] for column in columns if column.required))


def _table(title: str, table: str, properties: JsonObject) -> JsonObject:
    """The schema of a record of a `table` without pages of their own, with further `properties`."""
    columns = TABLES[table]
    return {
        **_VERSION,
        "title": title,
        "type": "object",
        "required": ("address", *_required(columns)),
        "properties": {"address": _STANDARD["address"]} | _properties(columns) | properties,
    }


def _entries(title: str, table: str) -> JsonObject:
    """The schema of a list whose entries stand in `table`."""
    columns = TABLES[table]
    entry = {"type": "object", "required": _required(columns), "properties": _properties(columns)}
    return _described(title, _list(entry))


_STANDARD = _properties(STANDARD) | {
    ALL_FIELDS: _described(
        "All its fields, the principal one first",
        _list(
            {
                "type": "object",
                "required": ["field", "assigned_by"],
                "properties": {
                    "field": _described("The address of the field", _ADDRESS),
                    "assigned_by": _described("Whether a source or this catalogue put it there", {"enum": ASSIGNERS}),
                },
            }
        ),
    )
}
_BY_REGION = _described("Bodies by region", {"type": "object", "propertyNames": {"enum": REGIONS}})

SCHEMAS: dict[str, JsonObject] = {
    "standard": _record(
        "A standard of the published list",
        _required(STANDARD),
        _STANDARD
        | {
            "evidence": _described(
                "How surely its sources state that it is on the list",
                {
                    "type": "object",
                    "required": ["level", "summary"],
                    "properties": {
                        "level": {"enum": CONFIDENCES},
                        "kind": _described("What the best of the sources is", {"enum": SOURCE_KINDS}),
                        "sources": _described("Addresses of those that state it, the best first", _list(_ADDRESS)),
                        "summary": _described("The same in a line", _by_language(_TEXT)),
                    },
                },
            )
        },
    ),
    "standards": _described(
        "The whole list",
        {
            **_VERSION,
            "type": "object",
            "required": ["version", "digest", "announced_up_to", "announced", "recorded", "standards"],
            "properties": {
                "version": _described("The day of its last change, the first eight digits of its digest", _TEXT),
                "digest": _described(
                    "The SHA-256 digest of its records", {"type": "string", "pattern": "^[0-9a-f]{64}$"}
                ),
                "announced_up_to": _described("The last day on which its newest announcement can have been", _DAY),
                "sources_looked_at": _described("The day on which its sources were last looked at", _DAY),
                "announced": _described("How many standards were announced so far", _COUNT),
                "recorded": _described("How many of them are recorded here", _COUNT),
                "standards": _list({"$ref": "standard.json"}),
            },
        },
    ),
    "field": _group(
        "A subject area of the list",
        {
            "about": _described("What the field is about", _by_language(_TEXT)),
            "opened_by": _described("The address of the announcement that named it", _ADDRESS),
            "named_by": _described("Who names it, where no announcement did", _by_language(_TEXT)),
            "standards": _described("Addresses of its standards, in list order", _list(_ADDRESS)),
        },
        ("about",),
    ),
    "batch": _group(
        "Standards that were announced together",
        {
            "announced_on": _described("The day, where it is known", _DAY),
            "announced_earliest": _described("It was announced on this day or later", _DAY),
            "announced_latest": _described("It was announced on this day or earlier", _DAY),
            "place": _described("Where it was announced", _by_language(_TEXT)),
            "announcement": _described("The announcement's own title", _TEXT),
            "announcement_url": _described("Where the announcement's own text is", _URL),
            "standards_added": _described("Standards announced here", _COUNT),
            "standards_total": _described("Standards on the list from then on", _COUNT),
            "fields_added": _described("Fields opened here", _COUNT),
            "fields_total": _described("Fields from then on", _COUNT),
            "led_by_hong_kong_or_macao": _described("Standards led by bodies of Hong Kong or Macao", _COUNT),
            "taking_part": _BY_REGION,
            "taking_part_total": _BY_REGION,
            "pledged": _BY_REGION,
            "declared_total": _described("Declarations of use so far", _COUNT),
            "standards": _described("Addresses of its standards that are recorded", _list(_ADDRESS)),
        },
        ("standards_added", "standards_total"),
    ),
    "organisation": _group(
        "A body with a part in the list",
        {
            "region": _described("Where it sits", {"enum": SEATS}),
            "role": _described("What it is there for", {"enum": ROLES}),
            "part": _described("What it does for the list", _by_language(_TEXT)),
            "website": _described("Its own site", _URL),
            **{
                name: _described(f"Addresses: {words}", _list(_ADDRESS))
                for name, words in {
                    "led_in": "announcements of which it was a lead body",
                    "took_part_in": "announcements that it took part in",
                    "published": "standards that it issued",
                    "led": "standards that it led",
                }.items()
            },
        },
        ("region", "role", "part"),
    ),
    "case": _table(
        "A reported use of standards of the list",
        "cases",
        {
            "bodies": _entries("Bodies, each with its part", "bodies"),
            "results": _entries("Figures, each with what it counts and who says so", "results"),
            "url": _described("Its place on the page of the cases, in each language", _by_language(_URL)),
        },
    ),
    "event": _table("Something that happened around the list", "events", {}),
    "statement": _table("What a source says of an announcement, in our words", "statements", {}),
    "change": _described(
        "An entry of the log",
        {
            **_VERSION,
            "type": "object",
            "required": ["id", "day", "kind", "table", "address", "title", "summary", "url"],
            "properties": {
                "id": _described("Never changes", _TEXT),
                "day": _described("The day on which it became known here", _DAY),
                "kind": _described("What happened", {"enum": LOG_KINDS}),
                "table": _described("What its record is", {"enum": ["batches", "standards", "cases"]}),
                "address": _described("The address of its record", _ADDRESS),
                "batch": _described("The address of the announcement of its standard", _ADDRESS),
                "field": _described("The address of the principal field of its standard", _ADDRESS),
                "fields": _described("The addresses of all fields of its standard", _list(_ADDRESS)),
                "attribute": _described("The property that changed", {"enum": HISTORY}),
                "from": _described("What it was; absent where it was empty", _TEXT),
                "to": _described("What it is since; absent where it became empty", _TEXT),
                "source": _described("The address of the source of the change", _ADDRESS),
                "title": _described("What it tells, in three languages", _by_language(_TEXT)),
                "summary": _described("The rest of it, in three languages", _by_language(_TEXT)),
                "url": _described("Where to read more, in each language", _by_language(_URL)),
            },
        },
    ),
    "version": _described(
        "A version of the list, in the index of them",
        {
            **_VERSION,
            "type": "object",
            "required": ["version", "day", "announced", "recorded", "url", "bytes"],
            "properties": {
                "version": _described("The day of its last change, the first eight digits of its digest", _TEXT),
                "digest": _described("The SHA-256 digest of its records; absent where it is not known", _DIGEST),
                "day": _described("The day on which the list had last changed", _DAY),
                "announced": _described("How many standards had been announced", _COUNT),
                "recorded": _described("How many of them were recorded here", _COUNT),
                "changes": _described(
                    "Addresses of standards that differ from the version before; absent from the first",
                    {
                        "type": "object",
                        "required": ["added", "changed", "removed"],
                        "properties": {name: _list(_ADDRESS) for name in ("added", "changed", "removed")},
                    },
                ),
                "url": _described("Its whole list, as JSON in gzip", _URL),
                "bytes": _described("The size of that file", _COUNT),
            },
        },
    ),
    "figure": _table("A figure of the use of the list, with what it counts", "adoption", {}),
}
"""Name → schema of one record of each kind, and of the list of standards."""
