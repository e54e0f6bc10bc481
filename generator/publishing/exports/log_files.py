"""The whole log as one file: JSON, lines of JSON."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.log import LogEntry, log_of
from generator.catalogue.model import Batch, Catalogue, Standard
from generator.publishing.exports.formats import CHANGES_JSON, CHANGES_NDJSON
from generator.publishing.exports.json_objects import JsonObject
from generator.publishing.exports.json_text import indented, one_line
from generator.publishing.pages.addresses import log_address
from generator.publishing.pages.sentences import Named, log_sentence, log_title, names_of


def log_files(catalogue: Catalogue, labels: dict[str, Labels], site_url: str) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) of each file of the log.

    The newest entry stands first.
    """
    named = names_of(catalogue)
    changes = [_change(entry, labels, named, site_url) for entry in log_of(catalogue)]
    yield CHANGES_JSON, indented({"version": catalogue.version, "changes": changes})
    yield CHANGES_NDJSON, "".join(f"{one_line(change)}\n" for change in changes)


def _change(entry: LogEntry, labels: dict[str, Labels], named: Named, site_url: str) -> JsonObject:
    record, correction = entry.record, entry.correction
    batch, places = (record.batch, record.fields) if isinstance(record, Standard) else (None, ())
    fields = [place.field.address for place in places]
    stated: JsonObject = {
        "id": entry.id,
        "day": str(entry.day),
        "kind": entry.kind,
        "table": _table(entry),
        "address": record.address,
        "batch": batch.address if batch else "",
        "field": fields[0] if fields else "",
        "fields": fields,
        "attribute": correction.attribute if correction else "",
        "from": correction.before if correction else "",
        "to": correction.after if correction else "",
        "source": correction.source.address if correction and correction.source else "",
    }
    return {name: value for name, value in stated.items() if value} | {
        "title": {language: log_title(entry, labels[language]) for language in LANGUAGES},
        "summary": {language: log_sentence(entry, labels[language], named) for language in LANGUAGES},
        "url": {language: f"{site_url}{language}/{log_address(entry)}" for language in LANGUAGES},
    }


def _table(entry: LogEntry) -> str:
    """The table of its record."""
    match entry.record:
        case Batch():
            return "batches"
        case Standard():
            return "standards"
        case _:
            return "cases"
