"""Which pages exist, and what each shows."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from generator.catalogue.columns import REGIONS, ROLES, ROUTES, STATUSES
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import (
    Batch,
    Catalogue,
    Correction,
    Field,
    Organisation,
    Record,
    Regions,
    Shared,
    Standard,
)
from generator.catalogue.prose import Prose
from generator.publishing.pages import citations
from generator.publishing.pages import json_ld as linked
from generator.publishing.pages.json_ld import Linked, breadcrumbs
from generator.publishing.pages.sentences import Named, correction_sentence, named_in, names_of, sharing, verdict, when

ROOT = "zh"
"""The folder whose pages land at the site's root. MkDocs gives the root to a language, so the landing
page has a language of its own, which is none of the three."""

NEIGHBOURS = 6
"""How many other standards of its field a standard's page names."""

Choices = dict[str, list[tuple[str, str]]]
"""Facet → (value, label) of each choice."""

ROWS = 200
"""How many standards a page lists; a longer list goes on at `page-2/` and so on."""

_STATED = (
    "list_identifier",
    "designation",
    "field",
    "batch",
    "announced_on",
    "publisher",
    "status",
    "route",
    "issued_on",
    "implemented_on",
)
"""What a reader asks of every standard; what no source states is named as such."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of the list as a whole, its version, and the address of the site."""

    announced: int
    recorded: int
    missing: int
    fields_announced: int
    fields_named: int
    announcements: int
    newest: date
    version: str
    site: str


FIGURES = tuple(one.name for one in dataclasses.fields(Figures))
"""What hand-written prose may print."""


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """One page in one language.

    `language` is one of `LANGUAGES`, or `ROOT` for the trilingual landing page; `path` is the page's
    address below its language, such as `standards/wq-1-8/`, or '' for the home page; `kind` names its
    template; `title` is for browsers and previews, `heading` what stands on the page; `crumbs` are the
    (title, path) of the pages above it, outermost first; `record` is the file and line of its record, and
    `short` its short path in no language, each '' where it has none; `linked` is what it tells machines, and `cited`
    what it tells reference managers;
    `shows` is what its template may name.
    """

    language: str
    path: str
    kind: str
    title: str
    heading: str
    description: str
    crumbs: tuple[tuple[str, str], ...]
    record: str
    short: str
    linked: tuple[Linked, ...]
    cited: Mapping[str, str]
    shows: Mapping[str, object]

    @property
    def template(self) -> str:
        return f"{self.kind}.md"

    @property
    def file(self) -> str:
        """Where its Markdown lies below the folder of pages."""
        return _file(self.language, self.path)


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """What stands at one address: a page in each language.

    `path`, `kind` and `short` are those of its pages; `record` is whose own address it is, None for a list or a part
    of one; `changed_on` the day on which what it tells last changed, None where no source says; `rests_on` the
    records, and other values, that decide what its pages say, beside words, prose and templates: the catalogue where
    it may be any; `form` what else than its kind decides which optional things its pages have; `pages` makes them.
    """

    path: str
    kind: str
    short: str
    record: Record | None
    changed_on: date | None
    rests_on: tuple[object, ...]
    form: tuple[object, ...]
    pages: Callable[[], list[Page]]

    @property
    def files(self) -> list[str]:
        """Where the Markdown of its pages lies below the folder of pages."""
        languages = (ROOT,) if self.kind == "landing" else LANGUAGES
        return [_file(language, self.path) for language in languages]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list of standards that may be longer than a page: its `rows`, and the paths of all
    parts, of which this is number `number`."""

    rows: list[Standard]
    number: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a bar picture: `start` and `length` are percentages of the widest row."""

    start: float
    length: float


def _file(language: str, path: str) -> str:
    return f"{language}/{path.strip('/') or 'index'}.md"


def sheets(catalogue: Catalogue, labels: dict[str, Labels], prose: dict[str, dict[str, Prose]]) -> Iterator[Sheet]:
    """What stands at every address of the site, the landing page first."""
    yield from itertools.chain.from_iterable(_kinds(catalogue, labels, prose))


def samples(catalogue: Catalogue, labels: dict[str, Labels], prose: dict[str, dict[str, Prose]]) -> Iterator[Sheet]:
    """The first sheet of each kind that there is."""
    for kind in _kinds(catalogue, labels, prose):
        yield from itertools.islice(kind, 1)


def _kinds(
    catalogue: Catalogue, labels: dict[str, Labels], prose: dict[str, dict[str, Prose]]
) -> Iterator[Iterable[Sheet]]:
    yield [Sheet("", "landing", "", None, None, (catalogue,), (), lambda: [_landing(catalogue, labels)])]
    yield from _Sheets(catalogue, labels, prose).every()


def pages(catalogue: Catalogue, labels: dict[str, Labels], prose: dict[str, dict[str, Prose]]) -> Iterator[Page]:
    """Every page of the site."""
    for sheet in sheets(catalogue, labels, prose):
        yield from sheet.pages()


def address_of(record: Record) -> str:
    """The path of a record's page, the same in each language."""
    match record:
        case Standard():
            return f"standards/{record.address}/"
        case Field():
            return f"fields/{record.address}/"
        case Batch():
            return f"batches/{record.address}/"
        case Organisation():
            return f"organisations/{record.address}/"


def short_of(record: Shared) -> str:
    """The short path of a record, in no language: `s/wq-1-8/`."""
    return f"{type(record).__name__[0].lower()}/{record.address}/"


def parts(path: str, standards: list[Standard]) -> Iterator[tuple[str, Part]]:
    """(path, part) for each page of a list of `standards` that begins at `path`."""
    starts = range(0, max(1, len(standards)), ROWS)
    paths = tuple(path if n == 1 else f"{path}page-{n}/" for n in range(1, len(starts) + 1))
    for number, (start, here) in enumerate(zip(starts, paths, strict=True), 1):
        yield here, Part(standards[start : start + ROWS], number, paths)


def former_paths(record: Record) -> list[str]:
    """The paths of a record's page at the addresses that it had before."""
    section = address_of(record).partition("/")[0]
    return [f"{section}/{former}/" for former in record.former_addresses]


def changed_on(standard: Standard) -> date | None:
    """The day on which the list last said something new of `standard`."""
    announced = standard.announced_on or (standard.batch.latest if standard.batch else None)
    return _latest((announced, *(one.made_on for one in standard.corrections)))


def _latest(days: Iterable[date | None]) -> date | None:
    return max(filter(None, days), default=None)


def _landing(catalogue: Catalogue, labels: dict[str, Labels]) -> Page:
    title = " · ".join(words("site_name") for words in labels.values())
    description = " ".join(words("home_sentence") for words in labels.values())
    shows = {"editions": list(labels.values()), "figures": figures(catalogue)}
    told = (
        linked.website("en", title, ""),
        linked.published_list(catalogue, "en", labels["en"]("site_title"), labels["en"]("home_description")),
    )
    return Page(ROOT, "", "landing", title, title, description, (), "", "", told, {}, shows)


def figures(catalogue: Catalogue) -> Figures:
    """The figures of `catalogue`."""
    batches = catalogue.batches
    announced = batches[-1].standards_total
    recorded = len(catalogue.standards)
    return Figures(
        announced=announced,
        recorded=recorded,
        missing=announced - recorded,
        fields_announced=max((batch.fields_total for batch in batches if batch.fields_total), default=0),
        fields_named=len(catalogue.fields),
        announcements=len(batches),
        newest=batches[-1].latest,
        version=catalogue.version,
        site=linked.SITE,
    )


class _Sheets:
    """The sheets of a catalogue in the three languages, those of a kind together."""

    def __init__(self, catalogue: Catalogue, labels: dict[str, Labels], prose: dict[str, dict[str, Prose]]) -> None:
        self.catalogue = catalogue
        self.prose = prose
        self.editions = {language: _Edition(language, catalogue, labels[language]) for language in LANGUAGES}
        self.named = names_of(catalogue)
        self.newest = catalogue.newest

    def every(self) -> Iterator[Iterable[Sheet]]:
        yield [self._sheet("", "home", _Edition.home, changed_on=self.newest)]
        yield self.standards()
        yield self.each_standard()
        yield [self._sheet("fields/", "fields", _Edition.fields, changed_on=self.newest)]
        yield self.each_field()
        yield [self._sheet("batches/", "batches", _Edition.batches, changed_on=self.newest)]
        yield self.each_batch()
        yield [self._sheet("organisations/", "organisations", _Edition.organisations, changed_on=self.newest)]
        yield self.each_organisation()
        yield [self._sheet("changes/", "changes", _Edition.changes, changed_on=self.newest)]
        for name, prose in self.prose.items():
            yield [self._sheet(f"{name}/", "prose", _Edition.prose, prose, changed_on=None)]

    def standards(self) -> Iterator[Sheet]:
        told = figures(self.catalogue)
        choices = {language: edition.choices() for language, edition in self.editions.items()}
        for path, part in parts("standards/", self.catalogue.standards):
            yield self._sheet(
                path,
                "standards",
                _Edition.standards,
                *(path, part, choices),
                changed_on=self.newest,
                rests_on=(*_table(part), repr((told, choices))),
            )

    def each_standard(self) -> Iterator[Sheet]:
        ordered = self.catalogue.standards
        places = {one: n for field in self.catalogue.fields for n, one in enumerate(field.standards)}
        for before, standard, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
            neighbours = _neighbours(standard, places)
            yield self._sheet(
                address_of(standard),
                "standard",
                _Edition.standard,
                *(standard, before, after, neighbours),
                record=standard,
                changed_on=changed_on(standard),
                rests_on=(
                    *(standard, before, after, *neighbours),
                    *(standard.field, standard.batch, standard.publisher, *standard.led_by),
                    *(tuple(standard.supersedes), tuple(standard.superseded_by)),
                    *_corrections(standard.corrections, self.named),
                ),
                form=tuple(linked.cited(standard, LANGUAGES[0])),
            )

    def each_field(self) -> Iterator[Sheet]:
        for field in self.catalogue.fields:
            days = _latest(map(changed_on, field.standards))
            assigned_here = any(standard.is_field_assigned_here for standard in field.standards)
            for path, part in parts(address_of(field), field.standards):
                yield self._sheet(
                    path,
                    "field",
                    _Edition.field,
                    *(field, path, part, assigned_here),
                    record=field if part.number == 1 else None,
                    changed_on=days,
                    rests_on=(field, field.opened_by, len(field.standards), assigned_here, *_table(part)),
                    form=(part.number == 1,),
                )

    def each_batch(self) -> Iterator[Sheet]:
        ordered = self.catalogue.batches
        for before, batch, after in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
            for path, part in parts(address_of(batch), batch.standards):
                yield self._sheet(
                    path,
                    "batch",
                    _Edition.batch,
                    *(batch, before, after, path, part),
                    record=batch if part.number == 1 else None,
                    changed_on=_latest((batch.latest, *(one.made_on for one in batch.corrections))),
                    rests_on=(
                        *(batch, before, after, len(batch.standards), *_table(part)),
                        *((field, len(field.standards)) for field in batch.fields),
                        tuple(batch.organisations),
                        *_corrections(batch.corrections[:ROWS], self.named),
                    ),
                    form=(part.number == 1, bool(batch.announced_on)),
                )

    def each_organisation(self) -> Iterator[Sheet]:
        for organisation in self.catalogue.organisations:
            standards = (*organisation.published, *organisation.led)
            shown = (*organisation.published[:ROWS], *organisation.led[:ROWS])
            yield self._sheet(
                address_of(organisation),
                "organisation",
                _Edition.organisation,
                organisation,
                record=organisation,
                changed_on=_latest(map(changed_on, standards)),
                rests_on=(
                    *(organisation, organisation.led_in, organisation.took_part_in),
                    *(len(organisation.published), len(organisation.led)),
                    *_rows(shown),
                ),
            )

    def _sheet(
        self,
        path: str,
        kind: str,
        page: Callable[..., Page],
        *values: object,
        changed_on: date | None,
        record: Record | None = None,
        rests_on: tuple[object, ...] = (),
        form: tuple[object, ...] = (),
    ) -> Sheet:
        """A sheet whose pages `page` makes in each edition from `values`; where `rests_on` is empty, it rests on
        everything."""
        short = short_of(record) if isinstance(record, Shared) else ""
        return Sheet(
            path,
            kind,
            short,
            record,
            changed_on,
            rests_on or (self.catalogue,),
            form,
            lambda: [page(edition, *values) for edition in self.editions.values()],
        )


def _table(part: Part) -> tuple[object, ...]:
    """What the table of `part` rests on."""
    return (part.number, part.paths, *_rows(part.rows))


def _rows(standards: Iterable[Standard]) -> Iterator[object]:
    """What rows of a table rest on: the standards, and what they name."""
    for standard in standards:
        yield from (standard, standard.field, standard.batch)


def _corrections(corrections: Iterable[Correction], named: Named) -> Iterator[object]:
    """What sentences about `corrections` rest on."""
    for one in corrections:
        yield from (one, one.standard, *named_in(one, named))


class _Edition:
    """The pages of one language."""

    def __init__(self, language: str, catalogue: Catalogue, labels: Labels) -> None:
        self.language = language
        self.catalogue = catalogue
        self.t = labels
        self.named = names_of(catalogue)

    def home(self) -> Page:
        newest = self.catalogue.batches[-1]
        widest = max(batch.standards_total for batch in self.catalogue.batches)
        growth = [
            (batch, Bar(*_shares(batch.standards_total - batch.standards_added, batch.standards_added, widest)))
            for batch in self.catalogue.batches
        ]
        return self._page(
            "",
            "home",
            self.t("site_title"),
            self.t("home_description"),
            linked=(
                linked.website(self.language, self.t("site_name"), f"{self.language}/"),
                linked.published_list(self.catalogue, self.language, self.t("site_title"), self.t("home_description")),
            ),
            catalogue=self.catalogue,
            figures=figures(self.catalogue),
            newest=newest,
            growth=growth,
        )

    def standards(self, path: str, part: Part, choices: dict[str, Choices]) -> Page:
        return self._page(
            path,
            "standards",
            self._numbered(self.t("standards_title"), part),
            self.t("standards_description", count=len(self.catalogue.standards)),
            part=part,
            first=(part.number - 1) * ROWS,
            rows=ROWS,
            figures=figures(self.catalogue),
            choices=choices[self.language],
        )

    def standard(
        self, standard: Standard, before: Standard | None, after: Standard | None, neighbours: list[Standard]
    ) -> Page:
        title = standard.title[self.language].words
        numbers = " ".join(filter(None, (standard.list_identifier, standard.designation)))
        return self._page(
            address_of(standard),
            "standard",
            f"{title} {numbers}".strip(),
            self.t("standard_description_numbered", title=title, numbers=numbers)
            if numbers
            else self.t("standard_description", title=title),
            heading=title,
            above=(("standards_title", "standards/"),),
            record=standard.record,
            short=short_of(standard),
            linked=(linked.standard(standard, self.language, address_of(standard), short_of(standard)),),
            cited=linked.cited(standard, self.language),
            standard=standard,
            verdict=verdict(standard, self.t),
            message=sharing(standard, self.t),
            citations=citations.written(standard),
            lang_cited=citations.own_language(standard),
            uncited=[self.t(name) for name in citations.missing(standard)],
            missing=[self.t(name) for name in _STATED if not getattr(standard, name)],
            neighbours=neighbours,
            previous=before,
            next=after,
        )

    def fields(self) -> Page:
        return self._page(
            "fields/",
            "fields",
            self.t("fields_title"),
            self.t("fields_description", count=len(self.catalogue.fields)),
            catalogue=self.catalogue,
            figures=figures(self.catalogue),
            unassigned=[standard for standard in self.catalogue.standards if standard.field is None],
            rows=ROWS,
        )

    def field(self, field: Field, path: str, part: Part, assigned_here: bool) -> Page:
        name = field.name[self.language].words
        return self._page(
            path,
            "field",
            self._numbered(self.t("field_title", name=name), part),
            self.t("field_description", name=name, count=len(field.standards)),
            heading=name,
            above=(("fields_title", "fields/"),),
            record=field.record,
            short=short_of(field) if part.number == 1 else "",
            linked=(linked.field(field, self.language, address_of(field), short_of(field)),),
            field=field,
            message=sharing(field, self.t),
            part=part,
            is_assigned_here=assigned_here,
        )

    def batches(self) -> Page:
        return self._page(
            "batches/",
            "batches",
            self.t("batches_title"),
            self.t("batches_description", count=len(self.catalogue.batches)),
            batches=list(reversed(self.catalogue.batches)),
            unknown=[standard for standard in self.catalogue.standards if standard.batch is None],
            rows=ROWS,
        )

    def batch(self, batch: Batch, before: Batch | None, after: Batch | None, path: str, part: Part) -> Page:
        name = batch.name[self.language].words
        return self._page(
            path,
            "batch",
            self._numbered(self.t("batch_title", name=name), part),
            self.t("batch_description", name=name, count=batch.standards_added, total=batch.standards_total),
            heading=name,
            above=(("batches_title", "batches/"),),
            record=batch.record,
            short=short_of(batch) if part.number == 1 else "",
            linked=(linked.batch(batch, self.language, address_of(batch), short_of(batch)),)
            if batch.announced_on
            else (),
            batch=batch,
            message=sharing(batch, self.t),
            part=part,
            pictures=self._pictures(batch),
            rows=ROWS,
            previous=before,
            next=after,
        )

    def organisations(self) -> Page:
        by_role = {
            role: [one for one in self.catalogue.organisations if one.role == role]
            for role in ROLES
            if any(one.role == role for one in self.catalogue.organisations)
        }
        return self._page(
            "organisations/",
            "organisations",
            self.t("organisations_title"),
            self.t("organisations_description"),
            by_role=by_role,
        )

    def organisation(self, organisation: Organisation) -> Page:
        name = organisation.name[self.language].words
        return self._page(
            address_of(organisation),
            "organisation",
            name,
            self.t("organisation_description", name=name, part=organisation.part[self.language]),
            above=(("organisations_title", "organisations/"),),
            record=organisation.record,
            organisation=organisation,
            rows=ROWS,
        )

    def changes(self) -> Page:
        return self._page(
            "changes/",
            "changes",
            self.t("changes_title"),
            self.t("changes_description"),
            batches=list(reversed(self.catalogue.batches)),
            unknown=[standard for standard in self.catalogue.standards if standard.batch is None],
            corrections=list(reversed(self.catalogue.corrections)),
            version=self.catalogue.version,
            rows=ROWS,
        )

    def prose(self, editions: dict[str, Prose]) -> Page:
        prose = editions[self.language]
        written = {name: self.t.written(value) for name, value in dataclasses.asdict(figures(self.catalogue)).items()}
        return self._page(
            f"{prose.name}/",
            "prose",
            prose.title,
            prose.description,
            body=prose.with_figures(written),
            prose=prose,
            figures=written,
        )

    def _page(
        self,
        path: str,
        kind: str,
        title: str,
        description: str,
        *,
        heading: str = "",
        above: tuple[tuple[str, str], ...] = (),
        record: str = "",
        short: str = "",
        linked: tuple[Linked, ...] = (),
        cited: Mapping[str, str] = MappingProxyType({}),
        **shows: object,
    ) -> Page:
        crumbs = tuple((self.t(key), crumb) for key, crumb in (("home_title", ""), *above)) if path else ()
        shows["correction"] = lambda one, shown: correction_sentence(one, self.t, self.named, shown)
        shows["when"] = lambda batch: when(batch, self.t)
        heading = heading or title
        way = (breadcrumbs(self.language, crumbs, heading, path),) if crumbs else ()
        told = (*way, *linked)
        return Page(
            self.language,
            path,
            kind,
            title,
            heading,
            description,
            crumbs,
            record,
            short,
            told,
            cited,
            shows,
        )

    def _numbered(self, title: str, part: Part) -> str:
        return title if part.number == 1 else self.t("part_title", title=title, number=part.number)

    def choices(self) -> Choices:
        """What the standards list can be filtered by: values that occur."""
        standards, language = self.catalogue.standards, self.language
        statuses, routes = {one.status for one in standards}, {one.route for one in standards}
        facets = {
            "field": [(one.address, one.name[language].words) for one in self.catalogue.fields if one.standards],
            "batch": [(one.address, one.name[language].words) for one in self.catalogue.batches if one.standards],
            "publisher": [
                (one.address, one.name[language].words) for one in self.catalogue.organisations if one.published
            ],
            "status": [(one, self.t(f"status_{one}")) for one in STATUSES if one in statuses],
            "route": [(one, self.t(f"route_{one}")) for one in ROUTES if one in routes],
        }
        empty = {
            "field": any(one.field is None for one in standards),
            "batch": any(one.batch is None for one in standards),
            "publisher": any(one.publisher is None for one in standards),
            "status": "" in statuses,
            "route": "" in routes,
        }
        return {
            facet: [*values, *([("none", self.t("not_stated"))] if empty[facet] else [])]
            for facet, values in facets.items()
        }

    def _pictures(self, batch: Batch) -> list[tuple[str, list[tuple[str, int, Bar]]]]:
        """The batch's figures by region: (heading, [(region, figure, bar)]) for each that is known."""
        known = (
            (self.t("taking_part"), batch.taking_part),
            (self.t("taking_part_total"), batch.taking_part_total),
            (self.t("pledged"), batch.pledged),
        )
        return [(heading, self._by_region(figures)) for heading, figures in known if figures]

    def _by_region(self, figures: Regions) -> list[tuple[str, int, Bar]]:
        widest = max(figures.values())
        return [
            (self.t(f"region_{region}"), figures[region], Bar(*_shares(0, figures[region], widest)))
            for region in REGIONS
            if region in figures
        ]


def _shares(start: int, length: int, widest: int) -> tuple[float, float]:
    """`start` and `length` as percentages of `widest`, to one decimal."""
    return round(100 * start / max(1, widest), 1), round(100 * length / max(1, widest), 1)


def _neighbours(standard: Standard, places: dict[Standard, int]) -> list[Standard]:
    """The standards nearest to `standard` in its field's order, itself left out."""
    if standard.field is None:
        return []
    others = standard.field.standards
    start = max(0, min(places[standard] - NEIGHBOURS // 2, len(others) - NEIGHBOURS - 1))
    return [other for other in others[start : start + NEIGHBOURS + 1] if other is not standard]
