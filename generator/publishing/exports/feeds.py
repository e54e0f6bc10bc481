"""The catalogue → feeds of what is new, one a language for the list and for each field, and a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.catalogue.model import Batch, Catalogue, Correction, Field, Standard
from generator.publishing.exports.json_text import indented
from generator.publishing.pages.page import address_of, short_of
from generator.publishing.pages.sentences import correction_sentence, names_of

FEEDS = "feeds/"
LISTED = 100
"""Entries of a feed, the newest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news. `id` never changes: it is the first short address of what it is about, with the day and the
    attribute where the news is a correction."""

    id: str
    title: str
    url: str
    summary: str
    on: date


def feed_files(catalogue: Catalogue, labels: dict[str, Labels], site_url: str) -> Iterator[tuple[str, str]]:
    """(file, text) for each feed, as Atom 1.0 (RFC 4287) and JSON Feed 1.1, and for each calendar (RFC 5545); the
    file's path is below the site."""
    for language in LANGUAGES:
        news = _News(catalogue, labels[language], site_url)
        home = f"{site_url}{language}/"
        yield from _both(f"{language}/list", news.t("site_title"), home, language, site_url, news.of_list())
        for field in catalogue.fields:
            title = news.t("field_title", name=field.name[language].words)
            url = f"{home}{address_of(field)}"
            yield from _both(f"{language}/{field.address}", title, url, language, site_url, news.of_field(field))
        yield f"{FEEDS}{language}/calendar.ics", news.calendar()


class _News:
    """What is new, in one language."""

    def __init__(self, catalogue: Catalogue, labels: Labels, site_url: str) -> None:
        self.catalogue, self.t, self.site_url = catalogue, labels, site_url
        self.language = labels.language
        self.named = names_of(catalogue)

    def of_list(self) -> list[Entry]:
        """Announcements and corrections."""
        return [
            *(self._announcement(batch) for batch in self.catalogue.batches),
            *(self._correction(one) for one in self.catalogue.corrections),
        ]

    def of_field(self, field: Field) -> list[Entry]:
        """The standards of `field` whose announcement is known, and corrections of them."""
        return [
            *(self._standard(one) for one in field.standards if one.announced_on or one.batch),
            *(self._correction(one) for standard in field.standards for one in standard.corrections),
        ]

    def calendar(self) -> str:
        """Announcements, and the days on which standards come into force."""
        # A build that makes no feed should not wait for it.
        from icalendar import Calendar, Event

        made = Calendar()
        made.add("prodid", "-//Bay Area Standards//EN")
        made.add("version", "2.0")
        made.add("name", self.t("site_title"))
        for kind, record, on, summary in self._days():
            event = Event()
            event.add("uid", f"{kind}-{record.address}@bay-area-standards")
            event.add("dtstamp", datetime.combine(on, time(), UTC))
            event.add("dtstart", on)
            event.add("summary", summary)
            event.add("url", f"{self.site_url}{self.language}/{address_of(record)}")
            made.add_component(event)
        return made.to_ical().decode("utf-8")

    def _days(self) -> Iterator[tuple[str, Batch | Standard, date, str]]:
        """(kind, record, day, what is on it) for each day of the calendar."""
        for batch in self.catalogue.batches:
            if batch.announced_on:
                yield "b", batch, batch.announced_on, batch.name[self.language].words
        for standard in self.catalogue.standards:
            if standard.implemented_on:
                title = f"{self.t('implemented_on')}{self.t('colon')}{standard.title[self.language].words}"
                yield "s", standard, standard.implemented_on, title

    def _announcement(self, batch: Batch) -> Entry:
        words = self.t("batch_added", count=batch.standards_added, total=batch.standards_total)
        return self._entry(batch, batch.name[self.language].words, words, batch.latest)

    def _standard(self, standard: Standard) -> Entry:
        numbers = " · ".join(filter(None, (standard.list_identifier, standard.designation)))
        on = standard.announced_on or standard.batch.latest
        return self._entry(standard, standard.title[self.language].words, numbers, on)

    def _correction(self, one: Correction) -> Entry:
        sentence = correction_sentence(one, self.t, self.named)
        entry = self._entry(one.standard, one.standard.title[self.language].words, sentence, one.made_on)
        return Entry(f"{entry.id}#{one.made_on}-{one.attribute}", entry.title, entry.url, entry.summary, entry.on)

    def _entry(self, record: Batch | Standard, title: str, summary: str, on: date) -> Entry:
        url = f"{self.site_url}{self.language}/{address_of(record)}"
        # An address that moves keeps its first one as a former one.
        kind, _, address = short_of(record).strip("/").partition("/")
        first = (*record.former_addresses, address)[0]
        return Entry(f"{self.site_url}{kind}/{first}/", title, url, summary, on)


def _both(
    path: str, title: str, home: str, language: str, site_url: str, entries: list[Entry]
) -> Iterator[tuple[str, str]]:
    newest = sorted(entries, key=lambda entry: entry.on, reverse=True)[:LISTED]
    file = f"{FEEDS}{path}"
    yield f"{file}.xml", _atom(title, home, f"{site_url}{file}.xml", language, newest)
    yield f"{file}.json", _json_feed(title, home, f"{site_url}{file}.json", language, newest)


def _atom(title: str, home: str, own: str, language: str, entries: list[Entry]) -> str:
    updated = _moment(entries[0].on) if entries else "1970-01-01T00:00:00Z"
    items = "".join(
        f"<entry><id>{escape(one.id)}</id><title>{escape(one.title)}</title>"
        f'<link href="{escape(one.url)}"/><updated>{_moment(one.on)}</updated>'
        f"<summary>{escape(one.summary)}</summary></entry>\n"
        for one in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{HTML_LANG[language]}">\n'
        f"<id>{escape(own)}</id><title>{escape(title)}</title><updated>{updated}</updated>\n"
        f'<link rel="self" href="{escape(own)}"/><link href="{escape(home)}"/>\n'
        f"<author><name>{escape(title)}</name></author>\n{items}</feed>\n"
    )


def _json_feed(title: str, home: str, own: str, language: str, entries: list[Entry]) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": home,
        "feed_url": own,
        "language": HTML_LANG[language],
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "content_text": one.summary or one.title,
                "date_published": _moment(one.on),
            }
            for one in entries
        ],
    }
    return indented(feed)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
