"""The catalogue → feeds of what is new in the list, in each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG
from generator.catalogue.model import Batch, Catalogue, Correction, Field, Standard
from generator.publishing.exports.json_text import indented
from generator.publishing.pages.addresses import address_of, short_of
from generator.publishing.pages.sentences import Named, correction_sentence, names_of, news_of_batch, numbers, when

FEEDS = "feeds/"
"""The folder of the feeds, below the site."""
ENTRIES = 100
"""The most entries of a feed, the newest first."""

News = tuple[date, Batch | Standard | Correction]
"""A day, and what was new on it."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One piece of news."""

    id: str
    """Never changes: the first short address of its record; for a correction with its day and attribute."""
    title: str
    url: str
    summary: str
    day: date
    """The latest possible one where only two days are known, between which it was; the summary names them then."""
    is_day_known: bool


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
    for language, t in labels.items():
        writer = _Writer(t, names_of(catalogue), site_url)
        home = f"{site_url}{language}/"
        feeds = {"list": (t("site_title"), home, _news_of_list(catalogue))}
        for field in catalogue.fields:
            title = t("field_title", name=field.name[language].words)
            feeds[field.address] = title, home + address_of(field), _news_of_field(field)
        for name, (title, page, news) in feeds.items():
            path = f"{FEEDS}{language}/{name}"
            feed = Feed(site_url + path, language, title, page, writer.entries(news))
            yield f"{path}.xml", _atom(feed)
            yield f"{path}.json", _json_feed(feed)


def _news_of_list(catalogue: Catalogue) -> Iterator[News]:
    """Announcements and corrections."""
    yield from ((batch.latest, batch) for batch in catalogue.batches)
    yield from ((correction.made_on, correction) for correction in catalogue.corrections)


def _news_of_field(field: Field) -> Iterator[News]:
    """The standards of `field` whose announcement is known, and corrections of them."""
    for standard in field.standards:
        if standard.news_on:
            yield standard.news_on, standard
    for standard in field.standards:
        yield from ((correction.made_on, correction) for correction in standard.corrections)


class _Writer:
    """Writes entries in one language."""

    def __init__(self, labels: Labels, names: Named, site_url: str) -> None:
        self._t, self._names, self._site_url = labels, names, site_url

    def entries(self, news: Iterable[News]) -> list[FeedEntry]:
        """An entry for each of the newest `news`."""
        newest = sorted(news, key=lambda one: one[0], reverse=True)[:ENTRIES]
        return [self._entry(day, record) for day, record in newest]

    def _entry(self, day: date, news: Batch | Standard | Correction) -> FeedEntry:
        t, fragment, undated = self._t, "", None
        match news:
            case Batch():
                record, title = news, news_of_batch(news, t)
                undated = None if news.announced_on else news
                summary = t("batch_added", count=news.standards_added, total=news.standards_total)
            case Standard():
                record, title = news, news.title[t.language].words
                undated = None if news.announced_on or not news.batch or news.batch.announced_on else news.batch
                summary = numbers(news, t)
            case Correction():
                record, title = news.standard, news.standard.title[t.language].words
                summary = correction_sentence(news, t, self._names)
                fragment = f"#{day}-{news.attribute}"
        if undated:
            summary = t("colon").join(filter(None, (when(undated, t), summary)))
        # An address that moves keeps its first one as a former one.
        kind, _, address = short_of(record).strip("/").partition("/")
        first = (*record.former_addresses, address)[0]
        url = f"{self._site_url}{t.language}/{address_of(record)}"
        return FeedEntry(f"{self._site_url}{kind}/{first}/{fragment}", title, url, summary, day, not undated)


def _atom(feed: Feed) -> str:
    entries = "".join(
        f"<entry><id>{escape(one.id)}</id><title>{escape(one.title)}</title>"
        f'<link href="{escape(one.url)}"/><updated>{_moment(one.day)}</updated>'
        f"<summary>{escape(one.summary)}</summary></entry>\n"
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
                    "content_text": one.summary or one.title,
                    **({"date_published": _moment(one.day)} if one.is_day_known else {}),
                }
                for one in feed.entries
            ],
        }
    )


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
