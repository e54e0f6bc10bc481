"""The values that pages of one language print, each prepared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from generator.catalogue.columns import COMING
from generator.catalogue.evidence import Confidence, evidence_of
from generator.catalogue.figures import SITE_URL_PLACEHOLDER
from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES, SENTENCE_SPACE, Text, Trilingual, own_texts
from generator.catalogue.log import newly_recorded
from generator.catalogue.model import (
    Batch,
    Case,
    Catalogue,
    Correction,
    Event,
    Field,
    Organisation,
    Source,
    Standard,
)
from generator.publishing.pages.addresses import CASES, PLATFORM, QUESTIONS, ROWS, address_of, part_paths, relative_link
from generator.publishing.pages.escaping import escape, escape_url, in_language, with_languages
from generator.publishing.pages.json_ld import breadcrumbs
from generator.publishing.pages.page import Page, Subject
from generator.publishing.pages.sentences import (
    Shown,
    as_of,
    correction_sentence,
    designation,
    how_sure,
    names_of,
    titles_note,
    when,
)


class Link(NamedTuple):
    """A link to a page."""

    href: str
    name: str


class Item(NamedTuple):
    """A standard as lists show it."""

    href: str
    title: str
    """Marked with its language where it is not that of the page."""
    status: str
    """'' for one in force, or where no source says."""
    identifier: str
    between: str
    """What separates the two numbers; '' where there are not two."""
    designation: str

    @property
    def link(self) -> Link:
        """The link alone."""
        return Link(self.href, self.title)


class TableRow(NamedTuple):
    """A standard as a table shows it."""

    address: str
    item: Item
    fields: list[Link]
    batch: str
    """The name of its announcement; '' where none is known."""
    is_derived: bool
    """Whether the announcement follows from dates alone."""
    is_new: bool
    """Whether it was recorded shortly before the list last changed."""


class TableRows(list[TableRow]):
    """The rows of a table, with its `caption`, escaped."""

    def __init__(self, rows: Iterable[TableRow], caption: str) -> None:
        super().__init__(rows)
        self.caption = caption


class Name(NamedTuple):
    """A title or a name in one language, with how sure it is."""

    language: str
    """The name of the language."""
    lang: str
    """The value of its `lang` attribute."""
    words: str
    """'' where it is still wanted, as its standing is."""
    standing: str
    standing_name: str
    copy: str
    """What the button is called that copies it."""


class SourceLine(NamedTuple):
    """Who said it, when, where it was read; '' for what is not known."""

    name: str
    url: str
    """'' where there is none that readers are sent to."""
    day: str
    file: str
    """The attachment, with the row in it."""
    host: str
    note: str
    states: str = ""
    """What it states of the record, where that is recorded."""


class Part(NamedTuple):
    """One page of a list that may be longer than a page."""

    standards: list[Standard]
    number: int
    """From 1."""
    paths: tuple[str, ...]
    """The paths of all pages of the list."""


class EscapedLabels:
    """The labels of a language without places, escaped, as attributes.

    Raises LabelError for one that is missing.
    """

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self.__dict__ |= {key: escape(text) for key, text in labels.words.items() if "{" not in text}

    def __getattr__(self, key: str) -> str:
        # The labels say what is wrong with one that is missing, or has a place that nothing fills.
        return escape(self._labels(key))


class Edition:
    """The records of `catalogue` in the words of one language.

    `reads` takes the address of each standard whose row a page is given, so that a build knows which pages show it.
    `has_letters` says whether readers are offered a letter about errors, which tells the version.
    `is_correctable` says whether they are offered that, or the record itself to correct.
    """

    def __init__(
        self,
        language: str,
        catalogue: Catalogue,
        labels: Labels,
        reads: set[str],
        has_letters: bool = False,
        is_correctable: bool = False,
    ) -> None:
        self.language = language
        self.lang = HTML_LANG[language]
        self.catalogue = catalogue
        self.labels = labels
        self.escaped_labels = EscapedLabels(labels)
        self.named = names_of(catalogue)
        self._reads = reads
        # Told on every page that has a letter, and asked of the whole list.
        self._letter_version = catalogue.version if has_letters else ""
        self.is_correctable = is_correctable
        self.as_of = as_of(catalogue, labels)
        self._new = newly_recorded(catalogue)
        self._items: dict[Standard, tuple[str, str, str, str, str]] = {}

    # --- words ---

    def say(self, key: str, **values: object) -> str:
        """The label `key` with `values`, escaped."""
        if not values:
            return getattr(self.escaped_labels, key)
        return escape(self.labels(key, **values))

    def question(self, path: str, question: str) -> Link:
        """The link from `path` to the answer with the id `question`."""
        return Link(relative_link(path, f"{QUESTIONS}#{question}"), self.say(f"ask_{question.replace('-', '_')}"))

    def written(self, value: object) -> str:
        """A number or a day as the language writes it, escaped."""
        return escape(self.labels.written(value))

    def name(self, record: Field | Batch | Organisation) -> str:
        """The name of `record`, escaped."""
        return escape(record.name[self.language].words)

    def marked(self, text: Text) -> str:
        """A title, escaped, marked with its language where it is not that of the page."""
        return in_language(text.words, text.language, self.language)

    def wording(self, words: Mapping[str, str] | None) -> str:
        """Our own words in the language, escaped, foreign phrases marked; '' where there are none."""
        return with_languages(words[self.language], self.language) if words else ""

    def names(self, texts: Trilingual) -> list[Name]:
        """A title or a name in all languages."""
        own = own_texts(texts)
        return [self._name(language, own.get(language)) for language in LANGUAGES]

    def _name(self, language: str, text: Text | None) -> Name:
        """A title or a name in `language`; without `text` it is wanted."""
        name, lang = self.say(f"language_{language}"), HTML_LANG[language]
        if text is None:
            return Name(name, lang, "", "", "", "")
        standing, copy = self.say(f"standing_{text.standing}"), self.say("copy_title", title=name)
        return Name(name, lang, escape(text.words), text.standing, standing, copy)

    def other_names(self, names: Mapping[str, tuple[str, ...]]) -> list[tuple[str, str]]:
        """(`lang` attribute, name) of each other name."""
        return [
            (HTML_LANG.get(language, language), escape(name)) for language, several in names.items() for name in several
        ]

    def when(self, batch: Batch) -> str:
        """The day of an announcement, or the days between which it was."""
        return escape(when(batch, self.labels))

    def days(self, earliest: date | None, latest: date | None) -> str:
        """The day on which something was, or what is known of it."""
        if earliest and latest:
            is_day = earliest == latest
            return self.written(latest) if is_day else self.say("between", earliest=earliest, latest=latest)
        if earliest:
            return self.say("not_before", date=earliest)
        return self.say("not_after", date=latest) if latest else self.say("day_not_stated")

    # --- records ---

    def link(self, here: str, record: Field | Batch | Organisation) -> Link:
        """The link from the page at `here` to the page of `record`."""
        return Link(relative_link(here, address_of(record)), self.name(record))

    def links(self, here: str, records: Iterable[Field | Batch | Organisation]) -> list[Link]:
        """The links from the page at `here` to the pages of `records`."""
        return [self.link(here, record) for record in records]

    def platform(self) -> Link:
        """The link to the official platform, for what is not here."""
        return Link(PLATFORM, self.say("look_on_platform"))

    def case_link(self, here: str, case: Case) -> Link:
        """The link from the page at `here` to `case`."""
        return Link(relative_link(here, f"{CASES}#{case.address}"), escape(case.title[self.language].words))

    def events(self, here: str, events: Iterable[Event]) -> dict[str, object]:
        """`events` as a page at `here` tells them, those apart that tell what was coming."""
        both = list(events)
        return {
            "events": self._events(here, (one for one in both if one.kind not in COMING)),
            "coming": self._events(here, (one for one in both if one.kind in COMING)),
        }

    def _events(self, here: str, events: Iterable[Event]) -> list[dict[str, object]]:
        return [
            {
                "kind": self.say(f"event_{event.kind}"),
                "title": self.wording(event.title),
                "when": self.days(event.earliest, event.latest),
                "place": self.wording(event.place),
                "organisations": self.links(here, event.organisations),
                "organiser": self.wording(event.organiser),
                "what": self.wording(event.what),
                "note": self.wording(event.note),
                "concerns": list(self._concerns(here, event)),
                "sources": self.sources(event.sources),
            }
            for event in events
        ]

    def _concerns(self, here: str, event: Event) -> Iterator[tuple[str, list[Link]]]:
        """(label, links) of what `event` concerns, without the record whose page is at `here`."""
        batches = [event.batch] if event.batch else []
        for label, records in (("batch", batches), ("standards_title", event.standards), ("field", event.fields)):
            others = [one for one in records if not here.startswith(address_of(one))]
            if others:
                links = [
                    self.item(here, one).link if isinstance(one, Standard) else self.link(here, one) for one in others
                ]
                yield self.say(label), links

    def title(self, standard: Standard) -> Text:
        """The title of `standard`, as it is."""
        self._reads.add(standard.address)
        return standard.title[self.language]

    def own_titles(self, standard: Standard) -> Trilingual:
        """The titles of `standard` by language; a language that has none is left out."""
        self._reads.add(standard.address)
        return own_texts(standard.title)

    def item(self, here: str, standard: Standard) -> Item:
        """`standard` as lists on the page at `here` show it."""
        self._reads.add(standard.address)
        words = self._items.get(standard)
        if words is None:
            words = self._items[standard] = (
                self.marked(standard.title[self.language]),
                self.say(f"status_{standard.status}") if standard.status not in ("", "current") else "",
                escape(standard.list_identifier),
                self.say("list_comma") if standard.list_identifier and standard.designation else "",
                escape(designation(standard.designation, self.language)),
            )
        return Item(relative_link(here, f"standards/{standard.address}/"), *words)

    def items(self, here: str, standards: Iterable[Standard]) -> list[Item]:
        """`standards` as lists on the page at `here` show them."""
        return [self.item(here, standard) for standard in standards]

    def rows(self, here: str, standards: Sequence[Standard]) -> TableRows:
        """`standards` as tables on the page at `here` show them."""
        numbered = sum(bool(standard.list_identifier or standard.designation) for standard in standards)
        rows = (
            TableRow(
                escape(standard.address),
                self.item(here, standard),
                [self.link(here, place.field) for place in standard.fields],
                self.name(standard.batch) if standard.batch else "",
                standard.derivation is not None,
                standard in self._new,
            )
            for standard in standards
        )
        caption = "standards_count" if numbered == len(standards) else "table_caption"
        return TableRows(rows, self.say(caption, count=len(standards), known=numbered))

    def untitled(self, standard: Standard) -> str:
        """Says that `standard` lacks a title in the language; '' where it has one."""
        return "" if standard.title[self.language].language == self.language else self.say("untitled")

    def titles_note(self, standards: Iterable[Standard]) -> str:
        """A remark on titles of `standards` that are our own or wanted; '' for none."""
        return escape(titles_note(standards, self.labels))

    def how_sure(self, standard: Standard) -> tuple[Confidence, str]:
        """The level, and the escaped line, of how sure it is that `standard` is listed."""
        return evidence_of(standard).level, escape(how_sure(standard, self.labels))

    def sources(self, sources: Iterable[Source], rows: Mapping[str, str] | None = None) -> list[SourceLine]:
        """`sources` of a record; `rows` are source → the row of that attachment."""
        return [self._source(source, (rows or {}).get(source.address, "")) for source in sources]

    def _source(self, source: Source, row: str) -> SourceLine:
        if source.said_on:
            day = self.written(source.said_on)
        elif source.read_on:
            day = self.say("read_on", date=source.read_on)
        else:
            day = self.say("undated")
        sheet, _, number = row.rpartition(":")
        place = self.say("comma").join(with_languages(part, self.language) for part in (source.file, sheet) if part)
        place += self.say("source_row", row=number) if number else ""
        return SourceLine(
            escape(source.name[self.language].words),
            escape_url(source.url) if source.is_own_host else "",
            day,
            place,
            self.say("host_copy") if source.is_copy else "",
            self.wording(source.note),
        )

    def corrections(self, here: str, corrections: Iterable[Correction]) -> list[dict[str, object]]:
        """Changes of published standards, as a page at `here` tells them."""
        return [
            {
                "day": str(one.made_on),
                "written_day": self.written(one.made_on),
                "item": self.item(here, one.standard),
                "sentence": self._correction(one, lambda text, own: in_language(text, own, self.language)),
                "source": self.say("source_of", name=one.source.name[self.language]) if one.source else "",
            }
            for one in corrections
        ]

    def _correction(self, one: Correction, shown: Shown) -> str:
        """A change of a standard in one sentence."""
        # The label's own words are no record's text, and may stand beside what is marked up.
        return correction_sentence(one, self.labels, self.named, shown, self.title)

    def day(self, day: date | None) -> tuple[str, str] | None:
        """(`datetime` attribute, written day) of `day`; None where it is not known."""
        return (day.isoformat(), self.written(day)) if day else None

    def beginning(self, here: str, standards: list[Standard], all_of_them: str) -> dict[str, object]:
        """The first rows of a table of `standards`.

        Where there are more, a link to the page `all_of_them`.
        """
        return {
            "rows": self.rows(here, standards[:ROWS]),
            "more": self.say("all_of_them", count=len(standards)) if len(standards) > ROWS else "",
            "more_href": relative_link(here, all_of_them),
        }

    def sharing(self, here: str, short: str, message: str) -> dict[str, object]:
        """What the share row of the page at `here` prints.

        `message` tells what the page is about.
        """
        return {
            "share": {
                "message": escape(f"{message}{SENTENCE_SPACE[self.language]}{self.as_of}"),
                "short": short,
                "href": relative_link(here, f"../{short}"),
                "card": relative_link(here, f"../cards/{self.language}/{here.strip('/')}.png"),
            }
        }

    # --- pages ---

    def parts(self, here: str, part: Part) -> list[tuple[str, int, bool]]:
        """(link, number, whether it is this one) of each page of a list.

        Nothing for a list of one page.
        """
        if len(part.paths) == 1:
            return []
        return [(relative_link(here, path), n, n == part.number) for n, path in enumerate(part.paths, 1)]

    def numbered(self, title: str, part: Part) -> str:
        """The title of one page of a list."""
        return title if part.number == 1 else self.labels("part_title", title=title, number=part.number)

    def page(
        self,
        kind: str,
        path: str,
        title: str,
        description: str,
        values: dict[str, object],
        subject: Subject | None = None,
    ) -> Page:
        """A page of this language with the `values` that its templates print.

        `subject` is None for a list.
        """
        subject = subject or Subject("", title, "")
        section = subject.section
        above = (("home_title", ""), *([(f"{section}_title", f"{section}/")] if section else []))
        crumbs = tuple((self.labels(key), crumb) for key, crumb in above) if path else ()
        way = (breadcrumbs(self.language, crumbs, subject.heading, path),) if crumbs else ()
        shared = {
            "label": self.escaped_labels,
            "heading": escape(subject.heading),
            "space": SENTENCE_SPACE[self.language],
            "others": [language for language in LANGUAGES if language != self.language],
        }
        return Page(
            self.language,
            path,
            kind,
            title,
            subject.heading,
            description,
            shared | values,
            crumbs,
            subject.record,
            subject.short,
            (*way, *subject.json_ld),
            subject.citation_meta,
            self._letter(path, subject.heading) if subject.record and self._letter_version else {},
            self.as_of,
        )

    def _letter(self, path: str, heading: str) -> dict[str, str]:
        """What a reader's letter about an error of the page at `path` begins with."""
        t = self.labels
        facts = {
            "letter_page": f"{SITE_URL_PLACEHOLDER}{self.language}/{path}",
            "letter_record": "/".join(path.split("/")[:2]),
            "letter_version": self._letter_version,
        }
        lines = (t("letter_begin"), "", "", *(f"{t(key)}{t('colon')}{value}" for key, value in facts.items()))
        return {"subject": t("letter_subject", title=heading), "body": "\r\n".join(lines)}


def parts_of(path: str, standards: list[Standard], rows: int) -> Iterator[tuple[str, Part]]:
    """Pagination: (path, part) of each page of a list of `standards`.

    It begins at `path`; `rows` is how many standards a page shows.
    """
    paths = part_paths(path, len(standards))
    for number, here in enumerate(paths, 1):
        yield here, Part(standards[(number - 1) * rows : number * rows], number, paths)


def latest(days: Iterable[date | None]) -> date | None:
    """The latest of `days` that are known."""
    return max(filter(None, days), default=None)


def changed_on(standard: Standard) -> date | None:
    """The day on which `standard` was recorded, or last corrected."""
    return latest((standard.recorded_on, *(one.made_on for one in standard.corrections)))


Editions = dict[str, Edition]
"""language → its edition, for all of `LANGUAGES`."""


def editions(
    catalogue: Catalogue,
    labels: dict[str, Labels],
    reads: set[str],
    *,
    has_letters: bool = False,
    is_correctable: bool = False,
) -> Editions:
    """The editions of `catalogue`; `has_letters` and `is_correctable` are as for an `Edition`."""
    return {
        language: Edition(language, catalogue, labels[language], reads, has_letters, is_correctable)
        for language in LANGUAGES
    }
