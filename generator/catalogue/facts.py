"""The facts of each standard, by which a list is compared with the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from operator import attrgetter
from typing import Any

from generator.catalogue.columns import STANDARD, Column, Facts, Kind
from generator.catalogue.languages import Text
from generator.catalogue.messages import Message
from generator.catalogue.model import Catalogue, Standard
from generator.catalogue.records import joined, once


def facts_of(catalogue: Catalogue) -> dict[str, Facts]:
    """Address → facts of each standard, in list order."""
    return {standard.address: facts_of_one(standard) for standard in catalogue.standards}


def facts_in(data: object) -> dict[str, Facts]:
    """Address → facts of each standard of a published `standards.json`.

    `data` is what its JSON says. Raises ValueError when that is no list.
    """
    standards = data.get("standards") if isinstance(data, dict) else None
    if not isinstance(standards, list) or not all(isinstance(one, dict) for one in standards):
        raise ValueError(Message("check.no-standards"))
    listed = [dict(_flat(standard | _fields(standard))) for standard in standards]
    return {facts["address"]: facts for facts in listed}


def facts_of_one(standard: Standard) -> Facts:
    """The facts of `standard`."""
    return {column: text for column, cell in _CELLS.items() if (text := cell(standard))}


def _cell(column: Column) -> Callable[[Standard], str]:
    """The function that reads the text of `column` off a standard.

    Most columns are an attribute of the same name.
    """
    name, _, language = column.name.partition(":")
    value = attrgetter(name)
    match name, column.kind:
        case "title", _:
            return of_title(language, lambda title: title.words)
        case "standing", _:
            return of_title(language, lambda title: title.standing)
        case "reviewed", _:
            return of_title(language, lambda title: title.review)
        case "also_called", _:
            return lambda standard: joined(value(standard)[language])
        case "note", _:
            return lambda standard: (value(standard) or {}).get(language, "")
        case "field", _:
            return lambda standard: joined(place.field.address for place in standard.fields)
        case "field_assigned_by", _:
            return _assigners
        case "sources", _:
            return _cited
        case "stated_by", _:
            return _statements
        case "batch_derived_from", _:
            return lambda one: joined(source.address for source in one.derivation.sources) if one.derivation else ""
        case "batch_reason", _:
            return lambda one: one.derivation.reason[language] if one.derivation else ""
        case _, Kind.DATE:
            return lambda standard: day.isoformat() if (day := value(standard)) else ""
        case _, Kind.REFERENCE if column.many:
            return lambda standard: joined(one.address for one in value(standard))
        case _, Kind.REFERENCE:
            return lambda standard: one.address if (one := value(standard)) else ""
    return (lambda standard: joined(value(standard))) if column.many else value


def of_title(language: str, cell: Callable[[Text], str]) -> Callable[[Standard], str]:
    """The function that reads `cell` off the title in `language`; '' where there is none."""
    return lambda standard: cell(title) if (title := standard.title[language]).language == language else ""


def _assigners(standard: Standard) -> str:
    return joined(once("catalogue" if place.is_assigned_here else "source" for place in standard.fields))


def _cited(standard: Standard) -> str:
    """The sources, each with the row of the attachment in which the standard stands."""
    rows = standard.rows
    addresses = (source.address for source in standard.sources)
    return joined(f"{address}#{rows[address]}" if address in rows else address for address in addresses)


def _fields(standard: Mapping[str, Any]) -> dict[str, object]:
    """All fields of a `standard` in JSON as the columns of the records; nothing where it lists none.

    Its own `field` is the first of them alone.
    """
    if not (places := standard.get("fields")):
        return {}
    if not isinstance(places, list) or not all(_is_place(place) for place in places):
        raise ValueError(Message("check.no-standards"))
    return {
        "field": [place["field"] for place in places],
        "field_assigned_by": list(once(place["assigned_by"] for place in places)),
        "fields": None,
    }


def _is_place(place: object) -> bool:
    """Whether `place` in JSON is that of a standard in a field."""
    return isinstance(place, dict) and all(isinstance(place.get(key), str) for key in ("field", "assigned_by"))


def _statements(standard: Standard) -> str:
    """Which source states what."""
    return joined(f"{fact}={one.address}" for fact, sources in standard.stated_by.items() for one in sources)


_CELLS = {column.name: _cell(column) for column in STANDARD}


def _flat(nested: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in nested.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}:")
        elif value is not None:
            yield prefix + name, joined(map(str, value)) if isinstance(value, list) else str(value)
