"""The catalogue → the list as data, which is also the snapshot that later lists are compared with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from generator.catalogue.columns import TABLES
from generator.catalogue.languages import LANGUAGES, Trilingual
from generator.catalogue.model import Catalogue, Standard
from generator.catalogue.records import UNKNOWN_BATCH, joined, several

STANDARDS_JSON = "api/v1/standards.json"
STANDARDS_CSV = "api/v1/standards.csv"

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula may begin with."""

Facts = dict[str, str]
"""Column → text of one standard, empty ones left out."""


def standards_json(catalogue: Catalogue, facts: dict[str, Facts]) -> str:
    """The whole list as JSON: its version, how many standards were announced, and the `facts` of every one recorded,
    a line each."""
    head = {
        "version": catalogue.version,
        "announced": catalogue.batches[-1].standards_total,
        "recorded": len(catalogue.standards),
    }
    standards = ",\n".join(json.dumps(nested(one), ensure_ascii=False) for one in facts.values())
    return f'{json.dumps(head)[:-1]}, "standards": [\n{standards}\n]}}\n'


def standards_csv(facts: dict[str, Facts]) -> str:
    """The whole list as CSV in the columns of the records and a column `batch`; importing it changes nothing."""
    out = io.StringIO()
    # Excel takes a file for UTF-8 by its mark only.
    out.write("\ufeff")
    columns = [*(column.name for column in TABLES["standards"]), "batch"]
    rows = csv.DictWriter(out, columns, lineterminator="\r\n")
    rows.writeheader()
    for one in facts.values():
        rows.writerow({"batch": UNKNOWN_BATCH} | {column: _as_text(text) for column, text in one.items()})
    return out.getvalue()


def _as_text(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula: after the mark by which Excel itself keeps a text."""
    return f"'{text}" if text[:1] in FORMULA else text


def facts_of(catalogue: Catalogue) -> dict[str, Facts]:
    """Address → facts of each standard, in list order."""
    return {standard.address: facts_of_one(standard) for standard in catalogue.standards}


def facts_in(snapshot: str) -> dict[str, Facts]:
    """Address → facts of each standard of a published `standards.json`.

    Raises ValueError when `snapshot` is none.
    """
    data = json.loads(snapshot)
    if not isinstance(data, dict) or not isinstance(data.get("standards"), list):
        raise ValueError("it has no list of standards")
    listed = [dict(_flat(standard)) for standard in data["standards"]]
    return {facts["address"]: facts for facts in listed}


def facts_of_one(standard: Standard) -> Facts:
    """The facts of `standard`."""
    facts = {
        "address": standard.address,
        "list_identifier": standard.list_identifier,
        "designation": standard.designation,
        **_texts(standard.title),
        **{f"also_called:{language}": joined(names) for language, names in standard.also_called.items()},
        "publisher": standard.publisher.address if standard.publisher else "",
        "led_by": joined(one.address for one in standard.led_by),
        "field": standard.field.address if standard.field else "",
        "field_assigned_by": ("catalogue" if standard.is_field_assigned_here else "source") if standard.field else "",
        **{
            name: day.isoformat() if (day := getattr(standard, name)) else ""
            for name in ("announced_on", "issued_on", "implemented_on", "withdrawn_on")
        },
        "status": standard.status,
        "supersedes": joined(one.address for one in standard.supersedes),
        "route": standard.route,
        "sources": joined(
            f"{one.address}#{standard.rows[one.address]}" if one.address in standard.rows else one.address
            for one in standard.sources
        ),
        **{f"note:{language}": words for language, words in (standard.note or {}).items()},
        "former_addresses": joined(standard.former_addresses),
        "batch": standard.batch.address if standard.batch else "",
    }
    return {column: text for column, text in facts.items() if text}


def _texts(title: Trilingual) -> Facts:
    return {f"title:{language}": title[language].words for language in LANGUAGES} | {
        f"standing:{language}": str(title[language].standing) for language in LANGUAGES
    }


_MANY = frozenset(column.name for column in TABLES["standards"] if column.many)


def nested(facts: Facts) -> dict[str, object]:
    """Facts as JSON has them: `title:en` below `title`, several values as a list."""
    nested: dict[str, Any] = {}
    for column, text in facts.items():
        value = several(text) if column in _MANY else text
        name, _, language = column.partition(":")
        if language:
            nested.setdefault(name, {})[language] = value
        else:
            nested[name] = value
    return nested


def _flat(nested: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in nested.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}:")
        else:
            yield prefix + name, joined(map(str, value)) if isinstance(value, list) else str(value)
