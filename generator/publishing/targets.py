"""Everything that the site consists of, as targets of a build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from generator.catalogue.columns import Facts
from generator.catalogue.content import Content
from generator.catalogue.figures import figures_of
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, Field, Record, Shared, Standard
from generator.catalogue.versions import Version, in_order, with_snapshots
from generator.files.cache import Cache
from generator.publishing.exports.calendars import calendar_files
from generator.publishing.exports.feeds import feed_files
from generator.publishing.exports.formats import DOWNLOADS
from generator.publishing.exports.json_api import record_files, table_files
from generator.publishing.exports.licences import LICENCES, licences
from generator.publishing.exports.list_files import standards_json
from generator.publishing.exports.log_files import log_files
from generator.publishing.exports.opensearch import opensearch
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.exports.sitemap import robots, sitemaps
from generator.publishing.exports.version_files import version_files
from generator.publishing.exports.web_manifest import web_manifest
from generator.publishing.exports.well_known import SECURITY, llms, security
from generator.publishing.framing.frames import Frames
from generator.publishing.html_templates import html_environment
from generator.publishing.incremental.target import SITE, Output, Target
from generator.publishing.pages import page_sets
from generator.publishing.pages.addresses import LIST, MARKDOWN_COPY, ROOT, ROWS, short_of
from generator.publishing.pages.edition import editions
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.rendering import Templates, article_html, markdown_page
from generator.publishing.pages.site_pages import SitePages
from generator.publishing.search.index import SEARCH_INDEX, search_index
from generator.publishing.search.words import search_words
from generator.publishing.settings import Settings
from generator.publishing.sharing.image_cache import Picture, drawn
from generator.publishing.sharing.logo import ICONS
from generator.publishing.sharing.printed_notice import notices
from generator.publishing.sharing.qr_codes import QrCode
from generator.publishing.sharing.redirects import redirects
from generator.publishing.sharing.short_links import Spellings, list_page, other_spellings, short_pages
from generator.publishing.sharing.social_cards import cards
from generator.publishing.verification.page_scan import scan_article, scan_page

THEME = "the theme"
"""The target of what the theme brings along."""
HOSTING = "hosting"
"""The target of what servers need, which is made last, from what was made before."""
_File = tuple[str, str | bytes]
"""A path below the site, and what the file there holds."""


@dataclass(slots=True)
class SiteTargets:
    """The targets of a site."""

    content: Content
    catalogue: Catalogue
    facts: dict[str, Facts]
    """Address → facts of each standard."""
    settings: Settings
    cache: Cache
    reads: set[str]
    """Takes the standards whose rows a target was given."""
    before: Sequence[Version] = ()
    """The versions of the list that were published before, the oldest first."""
    frames: Frames | None = None
    """What MkDocs made, once it is needed."""

    def page_sets(self) -> list[PageSet]:
        """The pages of the site."""
        content, catalogue = self.content, self.catalogue
        contact, repository = self.settings.contact, self.settings.repository
        every = editions(
            catalogue,
            content.labels,
            self.reads,
            has_letters=bool(contact),
            is_correctable=bool(contact or repository),
        )
        return list(page_sets(SitePages(catalogue, content.labels, content.prose, every, self._versions)))

    def _versions(self) -> list[Version]:
        """All versions of the list, this one too."""
        if any(one.name == self.catalogue.version for one in self.before):
            return in_order(self.before)
        return with_snapshots(self.before, [standards_json(self._published_list())])

    def _published_list(self) -> PublishedList:
        return PublishedList(self.catalogue, self.facts, self.content.labels, self.settings.site_url)

    def targets(self, pages: list[PageSet]) -> Iterator[Target]:
        """The targets, those that take longest first, so that processes end at the same time."""
        html = html_environment(self.settings.policy_with(()), self.cache)
        for name, files in self._whole_list(pages, html):
            yield Target(name, lambda files=files: self._outputs(files()), reads_all=True)
        yield Target(THEME, self._theme, needs_frames=True)
        templates, spellings = Templates(self.cache), other_spellings(self.catalogue)
        # A page of one standard is the shortest.
        for page_set in sorted(pages, key=lambda one: isinstance(one.record, Standard)):

            def make(page_set: PageSet = page_set) -> Iterator[Output]:
                for page in page_set.pages():
                    yield from self._page(page, templates)
                    if page.kind == "standards":
                        yield from self._outputs([self._code_beside(page)])
                if record := page_set.record:
                    yield from self._outputs(self._beside(record, spellings, html))

            name = page_set.path or page_set.kind
            yield Target(name, make, needs_frames=True, reads_all=page_set.has_version)

    def _page(self, page: Page, templates: Templates) -> Iterator[Output]:
        """A page: its Markdown, the finished page, its copy in plain Markdown."""
        body = templates.body(page)
        yield Output(f"pages/{page.file}", markdown_page(page, body).encode())
        assert self.frames is not None
        html = self.frames.filler.fill(page, article_html(body))
        yield Output(f"{SITE}{html.file}", html.html.encode(), html.scan, page.kind)
        if page.language != ROOT:
            copy = html.file.removesuffix("index.html") + MARKDOWN_COPY
            yield Output(f"{SITE}{copy}", templates.plain(page, self.settings.site_url).encode())

    def _code_beside(self, page: Page) -> QrCode:
        """The QR code of the address of `page`, a part of the list."""
        folder = page.html_file.removesuffix("index.html")
        return QrCode(f"{folder}qr.svg", self.settings.site_url + (page.short or folder))

    def _theme(self) -> Iterator[Output]:
        assert self.frames is not None
        return self._outputs(self.frames.theme.items())

    def _whole_list(
        self, pages: list[PageSet], html: Environment
    ) -> Iterator[tuple[str, Callable[[], Iterable[_File | Picture]]]]:
        """(name, what makes them) of the files that the whole list decides."""
        catalogue, labels, url = self.catalogue, self.content.labels, self.settings.site_url
        published, day = self._published_list(), catalogue.announced_up_to
        yield "search index", lambda: [(SEARCH_INDEX, search_index(self.content, catalogue, self.cache))]
        yield "search words", lambda: [search_words(labels[language], figures_of(catalogue)) for language in LANGUAGES]
        for download in DOWNLOADS:
            yield download.path, lambda download=download: [(download.path, download.make(published))]
        yield "tables", lambda: table_files(catalogue, url)
        yield "versions", lambda: version_files(self._versions(), catalogue.version, url)
        yield "list in no language", lambda: [list_page(catalogue, labels, url, html)]
        yield "sitemap", lambda: sitemaps(url, pages)
        yield "log", lambda: log_files(catalogue, labels, url)
        yield "feeds", lambda: feed_files(catalogue, labels, url)
        yield "calendars", lambda: calendar_files(catalogue, labels, url)
        yield "well-known files", self._well_known
        yield "pictures of the list", lambda: [*cards(catalogue, day, labels), *ICONS]

    def _well_known(self) -> Iterator[_File]:
        """Small files for programs."""
        labels, settings, url = self.content.labels, self.settings, self.settings.site_url
        yield "robots.txt", robots(url)
        yield LICENCES, licences()
        yield "llms.txt", llms(self.catalogue, labels, url)
        if settings.security_contact:
            yield SECURITY, security(settings.security_contact, settings.security_expires, url)
        for language in LANGUAGES:
            yield f"{language}/opensearch.xml", opensearch(labels[language], url)
            yield f"{language}/site.webmanifest", web_manifest(labels[language])

    def _beside(self, record: Record, spellings: Spellings, html: Environment) -> Iterator[_File | Picture]:
        """What there is of `record` beside its page."""
        labels, url = self.content.labels, self.settings.site_url
        self.reads.add(record.address)
        yield from redirects(record, labels, url, html)
        yield from record_files(record, self._published_list())
        if isinstance(record, Shared):
            short = short_of(record)
            yield from short_pages(record, spellings[record], labels, url, html)
            yield from cards(record, self.catalogue.announced_up_to, labels)
            yield QrCode(f"{short}qr.svg", url + short)
        if isinstance(record, Field):
            self.reads.update(standard.address for standard in record.standards[:ROWS])
            yield from notices(record, self.catalogue, labels, url, html)

    def _outputs(self, files: Iterable[_File | Picture]) -> Iterator[Output]:
        for file in files:
            if isinstance(file, tuple):
                name, text = file
                content = text if isinstance(text, bytes) else text.encode()
                yield Output(f"{SITE}{name}", content, self._scan(name, text))
            else:
                yield Output(f"{SITE}{file.file}", drawn(file, self.cache))

    def _scan(self, name: str, text: str | bytes):
        """What there is to verify in the file `name`."""
        if not name.endswith(".html"):
            return None
        html = text if isinstance(text, str) else text.decode()
        # A short page is in no language, and there are thousands.
        if name[1:2] == "/" or name.startswith(LIST):
            return scan_article(name, html[html.find("<body") :], self.settings.site_url)
        return scan_page(name, html, self.settings.site_url)
