"""The records as JSON: each by itself, each table, an index of all files."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, Record, Standard
from generator.publishing.exports.formats import (
    API,
    CHANGES_JSON,
    CHANGES_NDJSON,
    DOWNLOADS,
    JSON,
    VERSIONS_JSON,
    version_path,
)
from generator.publishing.exports.json_objects import (
    JsonObject,
    adoption_object,
    as_of_object,
    case_object,
    event_object,
    group_object,
    source_object,
    standard_object,
    statement_object,
)
from generator.publishing.exports.json_schema import SCHEMAS
from generator.publishing.exports.json_text import indented
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.pages.addresses import address_of
from generator.publishing.pages.citations import exports
from generator.publishing.pages.json_ld import LICENCE


def table_files(catalogue: Catalogue, site_url: str) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) for each table, source, schema, and the index.

    The table of the standards is a download.
    """
    tables = {
        "fields": [group_object(one, site_url) for one in catalogue.fields],
        "batches": [group_object(one, site_url) for one in catalogue.batches],
        "organisations": [group_object(one, site_url) for one in catalogue.organisations],
        "sources": [source_object(one) for one in catalogue.sources],
        "cases": [case_object(one, site_url) for one in catalogue.cases],
        "events": [event_object(one) for one in catalogue.events],
        "statements": [statement_object(one) for batch in catalogue.batches for one in batch.statements],
        "adoption": [adoption_object(one) for one in catalogue.adoption],
    }
    for name, records in tables.items():
        yield f"{API}{name}.json", indented({"version": catalogue.version, name: records})
    for source in tables["sources"]:
        yield f"{API}sources/{source['address']}.json", indented(source)
    for name, schema in SCHEMAS.items():
        path = f"{API}schema/{name}.json"
        yield path, indented({"$id": site_url + path} | schema)
    yield f"{API}index.json", indented(_index(catalogue, tuple(tables), site_url))


def record_files(record: Record, published: PublishedList) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) for each file about `record` alone."""
    path = f"{API}{address_of(record).strip('/')}.json"
    if isinstance(record, Standard):
        yield path, indented(standard_object(record, published))
        for ending, text in exports(record):
            yield f"{API}citations/{record.address}.{ending}", text
    else:
        yield path, indented(group_object(record, published.site_url))


def _index(catalogue: Catalogue, tables: tuple[str, ...], site_url: str) -> JsonObject:
    """What there is, for whoever comes first to the data."""
    return {
        "title": "GBA Standards (Bay Area Standards)",
        **as_of_object(catalogue),
        "announced": catalogue.batches[-1].standards_total,
        "recorded": len(catalogue.standards),
        "stability": "Files and properties of v1 stay; new properties may be added. Addresses last for ever.",
        "standards_url": site_url + JSON.path,
        **{f"{table}_url": f"{site_url}{API}{table}.json" for table in tables},
        **{f"standards_{one.ending}_url": site_url + one.path for one in DOWNLOADS if one is not JSON},
        "changes_url": site_url + CHANGES_JSON,
        "changes_ndjson_url": site_url + CHANGES_NDJSON,
        "versions_url": site_url + VERSIONS_JSON,
        "version_url": site_url + version_path("{version}"),
        "record_url": f"{site_url}{API}{{table}}/{{address}}.json",
        "citation_url": f"{site_url}{API}citations/{{address}}.{{bib,ris,json}}",
        "about_url": {language: f"{site_url}{language}/data/" for language in LANGUAGES},
        "licence": LICENCE,
        "schemas": {name: f"{site_url}{API}schema/{name}.json" for name in SCHEMAS},
    }
