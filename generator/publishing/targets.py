"""The catalogue → the pieces of the site: files that are made together, and again when what they rest on changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue.facts import Facts
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Batch, Catalogue, Field, Organisation, Record, Shared, Standard
from generator.catalogue.prose import Prose
from generator.files.cache import Cache
from generator.publishing.exports.calendars import calendar_files
from generator.publishing.exports.feeds import feed_files
from generator.publishing.exports.formats import DOWNLOADS
from generator.publishing.exports.json_api import record_files, table_files
from generator.publishing.exports.opensearch import opensearch
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.exports.sitemap import robots, sitemaps
from generator.publishing.exports.web_manifest import web_manifest
from generator.publishing.exports.well_known import SECURITY, llms, security
from generator.publishing.pages.page import Page, Sheet, short_of
from generator.publishing.pages.rendering import html_environment
from generator.publishing.search.index import SEARCH_INDEX, search_index
from generator.publishing.settings import Settings
from generator.publishing.sharing.image_cache import Picture
from generator.publishing.sharing.logo import ICONS
from generator.publishing.sharing.printed_notice import notices
from generator.publishing.sharing.qr_codes import QrCode
from generator.publishing.sharing.redirects import redirects
from generator.publishing.sharing.short_links import other_spellings, short_pages
from generator.publishing.sharing.social_cards import cards

File = tuple[str, str | bytes]
"""A path below the site, and what the file there holds."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some files of the site. `name` is its own; `rests_on` the records and values that decide what they hold, beside
    words, prose, templates and settings; `make` makes them; `is_framed` says whether what MkDocs makes is wanted for
    that."""

    name: str
    rests_on: tuple[object, ...]
    make: Callable[[], Iterable[Page | File | Picture]]
    is_framed: bool = False


def pieces(
    catalogue: Catalogue,
    sheets: Iterable[Sheet],
    facts: dict[str, Facts],
    labels: dict[str, Labels],
    prose: dict[str, dict[str, Prose]],
    settings: Settings,
    cache: Cache,
) -> Iterator[Piece]:
    """Every piece of the site, but for what the theme brings along; `facts` are those of the standards."""
    url = settings.site_url
    sheets = list(sheets)
    published = PublishedList(catalogue, facts, labels, url)
    # What takes longest first, so that processes end at the same time.
    for name, make in {
        "search index": lambda: [(SEARCH_INDEX, search_index(catalogue, prose, cache))],
        **{one.path: lambda one=one: [(one.path, one.make(published))] for one in DOWNLOADS},
        "data": lambda: table_files(catalogue, url),
        "sitemap": lambda: sitemaps(url, sheets),
        "feeds": lambda: feed_files(catalogue, labels, url),
        "calendars": lambda: calendar_files(catalogue, labels, url),
        "guides": lambda: _guides(catalogue, labels, settings),
        "pictures": lambda: [*cards(catalogue, labels), *ICONS],
    }.items():
        yield Piece(name, (catalogue,), make)
    others = other_spellings(catalogue)
    templates = html_environment(settings.policy_with(()))

    def beside(record: Record, spellings: Iterable[str]) -> Iterator[File | Picture]:
        yield from redirects(record, labels, url, templates)
        yield from record_files(record, published)
        if isinstance(record, Shared):
            yield from short_pages(record, spellings, labels, url, templates)
            yield from cards(record, labels)
            short = short_of(record)
            yield QrCode(f"{short}qr.svg", url + short)
        if isinstance(record, Field):
            yield from notices(record, catalogue, labels, url, templates)

    # A page of one standard is the shortest.
    for sheet in sorted(sheets, key=lambda one: isinstance(one.record, Standard)):
        yield Piece(sheet.path or sheet.kind, sheet.rests_on, sheet.pages, is_framed=True)
        if record := sheet.record:
            spellings = tuple(others.get(record, ()))
            rests_on = (*sheet.rests_on, spellings, *_held(record, catalogue))
            yield Piece(
                f"beside {sheet.path}",
                rests_on,
                lambda record=record, spellings=spellings: beside(record, spellings),
            )


def _held(record: Record, catalogue: Catalogue) -> Iterator[object]:
    """What is told beside a record's page that may not be on its sheet: all the standards that it holds."""
    match record:
        case Field():
            yield from (catalogue.version, catalogue.newest)
            yield tuple(one.address for one in record.standards)
        case Batch():
            yield tuple(one.address for one in record.standards)
        case Organisation():
            yield tuple(one.address for one in (*record.published, *record.led))


def _guides(catalogue: Catalogue, labels: dict[str, Labels], settings: Settings) -> Iterator[File]:
    """Small files for programs."""
    url = settings.site_url
    yield "robots.txt", robots(url)
    yield "llms.txt", llms(catalogue, labels, url)
    if settings.security_contact:
        yield SECURITY, security(settings.security_contact, settings.security_expires, url)
    for language in LANGUAGES:
        yield f"{language}/opensearch.xml", opensearch(labels[language], url)
        yield f"{language}/site.webmanifest", web_manifest(labels[language])
