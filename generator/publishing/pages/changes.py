"""The log of the list, the newest day first, a part a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from generator.catalogue.log import LOG_KINDS, LogEntry, log_of
from generator.catalogue.model import Batch
from generator.publishing.pages.addresses import ROWS, VERSIONS_PAGE, log_address, part_paths, relative_link
from generator.publishing.pages.edition import Edition, Part
from generator.publishing.pages.escaping import escape, in_language
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.sentences import log_sentence
from generator.publishing.pages.site_pages import SitePages

_PATH = "changes/"


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The pages of the log."""
    log = log_of(site.catalogue)
    paths, days = part_paths(_PATH, len(log)), days_of_log(log)
    for number, path in enumerate(paths, 1):
        entries, part = log[(number - 1) * ROWS : number * ROWS], Part([], number, paths)

        def pages(entries: list[LogEntry] = entries, part: Part = part) -> list[Page]:
            return [_page(edition, entries, part, days) for edition in site.editions.values()]

        yield PageSet(path, "changes", pages, entries[0].day if entries else None, has_version=True)


def days_of_log(log: list[LogEntry]) -> str:
    """The days of the `log`, each with its number of entries, such as `2026-01-27:5`."""
    return " ".join(f"{day}:{count}" for day, count in Counter(entry.day for entry in log).items())


def _page(edition: Edition, entries: list[LogEntry], part: Part, all_days: str) -> Page:
    t, here = edition.labels, part.paths[part.number - 1]
    days = groupby(entries, key=lambda entry: entry.day)
    fields = {field for entry in entries for field in entry.fields}
    values = {
        "version": edition.say("version_sentence", version=edition.catalogue.version),
        "versions_href": relative_link(here, VERSIONS_PAGE),
        "days": [
            (str(day), edition.written(day), [_entry(edition, here, one) for one in of_day]) for day, of_day in days
        ],
        "kinds": [(kind, edition.say(f"log_{kind}")) for kind in LOG_KINDS if any(one.kind == kind for one in entries)],
        "fields": [(field.address, edition.name(field)) for field in edition.catalogue.fields if field in fields],
        "log_shown": edition.say("log_shown", total=len(entries)),
        "feeds": [
            (name, relative_link(here, f"../feeds/{edition.language}/list.{ending}"))
            for name, ending in (("Atom", "xml"), ("JSON Feed", "json"))
        ],
        "visit_days": all_days if part.number == 1 else "",
        "parts": edition.parts(here, part),
    }
    title = edition.numbered(t("changes_title"), part)
    return edition.page("changes", here, title, t("changes_description"), values)


def _entry(edition: Edition, here: str, entry: LogEntry) -> dict[str, object]:
    """An entry as the page prints it."""
    t, record = edition.labels, entry.record

    def shown(text: str, own: str) -> str:
        return in_language(text, own, edition.language)

    return {
        "id": entry.id,
        "kind": entry.kind,
        "kind_name": edition.say(f"log_{entry.kind}"),
        "is_announcement": isinstance(record, Batch),
        "fields": " ".join(field.address for field in entry.fields),
        "href": relative_link(here, log_address(entry)),
        "title": edition.name(record) if isinstance(record, Batch) else edition.marked(record.title[edition.language]),
        "sentence": log_sentence(entry, t, edition.named, shown)
        if entry.correction
        else escape(log_sentence(entry, t, edition.named)),
    }
