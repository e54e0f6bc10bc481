"""The log → feeds of what is new in the list, in each field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from uuid import NAMESPACE_URL, uuid5

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG
from generator.catalogue.log import LogEntry, log_of, log_of_field
from generator.catalogue.model import Catalogue
from generator.publishing.exports.json_text import indented
from generator.publishing.pages.addresses import address_of, log_address
from generator.publishing.pages.sentences import Named, log_sentence, log_title, names_of

FEEDS = "feeds/"
"""The folder of the feeds, below the site."""
ENTRIES = 100
"""The entries of a feed, the newest first; those of the last of their days are all there."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news."""

    id: str
    """Never changes, wherever the site stands: made of the log's own and the language."""
    title: str
    url: str
    summary: str
    day: date
    """The day on which it became known here."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed, in one language."""

    url: str
    """Its own address, without its ending."""
    language: str
    title: str
    home: str
    """The address of the page whose news it has."""
    entries: list[FeedEntry]


def feed_files(catalogue: Catalogue, labels: dict[str, Labels], site_url: str) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) of each feed in each language.

    Sources of the forms: Atom 1.0 (RFC 4287), JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).
    """
    log, named = log_of(catalogue), names_of(catalogue)
    for language, t in labels.items():
        home = f"{site_url}{language}/"
        feeds = {"list": (t("site_title"), home, log)}
        for field in catalogue.fields:
            title = t("field_title", name=field.name[language].words)
            feeds[field.address] = title, home + address_of(field), log_of_field(log, field)
        for name, (title, page, entries) in feeds.items():
            path = f"{FEEDS}{language}/{name}"
            newest = [_entry(entry, t, named, site_url) for entry in newest_of(entries)]
            feed = Feed(site_url + path, language, title, page, newest)
            yield f"{path}.xml", _atom(feed)
            yield f"{path}.json", _json_feed(feed)


def newest_of(entries: list[LogEntry]) -> list[LogEntry]:
    """The newest of `entries`, of whole days.

    Whoever reads the feed once on each of these days misses nothing.
    """
    if len(entries) <= ENTRIES:
        return entries
    last = entries[ENTRIES - 1].day
    return [entry for entry in entries if entry.day >= last]


def _entry(entry: LogEntry, t: Labels, named: Named, site_url: str) -> FeedEntry:
    return FeedEntry(
        f"urn:uuid:{uuid5(NAMESPACE_URL, f'bay-area-standards/{t.language}/{entry.id}')}",
        log_title(entry, t),
        f"{site_url}{t.language}/{log_address(entry)}",
        log_sentence(entry, t, named),
        entry.day,
    )


def _atom(feed: Feed) -> str:
    entries = "".join(
        f"<entry><id>{escape(one.id)}</id><title>{escape(one.title)}</title>"
        f'<link href="{escape(one.url)}"/><published>{_moment(one.day)}</published>'
        f"<updated>{_moment(one.day)}</updated><summary>{escape(one.summary)}</summary></entry>\n"
        for one in feed.entries
    )
    updated = _moment(feed.entries[0].day) if feed.entries else "1970-01-01T00:00:00Z"
    own, home, title = escape(f"{feed.url}.xml"), escape(feed.home), escape(feed.title)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{HTML_LANG[feed.language]}">\n'
        f"<id>{own}</id><title>{title}</title><updated>{updated}</updated>\n"
        f'<link rel="self" href="{own}"/><link href="{home}"/>\n'
        f"<author><name>{title}</name></author>\n{entries}</feed>\n"
    )


def _json_feed(feed: Feed) -> str:
    return indented(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed.title,
            "home_page_url": feed.home,
            "feed_url": f"{feed.url}.json",
            "language": HTML_LANG[feed.language],
            "items": [
                {
                    "id": one.id,
                    "url": one.url,
                    "title": one.title,
                    "content_text": one.summary,
                    "date_published": _moment(one.day),
                }
                for one in feed.entries
            ],
        }
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
