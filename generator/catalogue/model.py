"""The published list, made of rows without problems."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from generator.catalogue.columns import REGIONS, Region, Role, Route, Seat, Status
from generator.catalogue.languages import LANGUAGES, Standing, Text, Trilingual, Wording
from generator.catalogue.records import Records, Row

Regions = dict[Region, int]
"""region → a number of bodies; a region without a figure is absent."""


# Records refer to each other in circles, so that a written-out one would have no end: none is.


@dataclass(slots=True, eq=False, repr=False)
class Source:
    """Somebody who said something about the list, and where it was read."""

    address: str
    name: Trilingual
    said_on: date | None
    url: str
    """'' where no address is known."""
    is_own_host: bool
    """Whether `url` is the outlet's own; otherwise it is a mirror or reprint, and nobody is sent there."""
    file: str
    """The name of the attachment that it is; '' where it is none."""
    sha256: str
    read_on: date | None
    note: Wording | None


@dataclass(slots=True, eq=False, repr=False)
class Batch:
    """Standards that were announced together."""

    address: str
    record: str
    """The file and line of its record."""
    former_addresses: tuple[str, ...]
    name: Trilingual
    earliest: date
    latest: date
    """The same day as `earliest` where the date is known; otherwise it was announced between the two."""
    place: Wording | None
    announcement: str
    """The announcement's own title, in Simplified Chinese; '' where it was not seen."""
    standards_added: int
    standards_total: int
    fields_added: int | None
    fields_total: int | None
    led_by_hong_kong_or_macao: int | None
    taking_part: Regions
    taking_part_total: Regions
    """For the whole list up to this batch."""
    pledged: Regions
    declared_total: int | None
    derived: frozenset[str]
    """Names of the columns whose figure is a subtraction or sum of published ones."""
    note: Wording | None
    sources: tuple[Source, ...]
    standards: list[Standard] = dataclasses.field(default_factory=list)
    fields: list[Field] = dataclasses.field(default_factory=list)
    organisations: list[Organisation] = dataclasses.field(default_factory=list)
    corrections: list[Correction] = dataclasses.field(default_factory=list)
    """What it changed of standards announced before."""

    @property
    def announced_on(self) -> date | None:
        """The day of the announcement, where it is known."""
        return self.earliest if self.earliest == self.latest else None


@dataclass(slots=True, eq=False, repr=False)
class Field:
    """A subject area that an announcement named."""

    address: str
    record: str
    former_addresses: tuple[str, ...]
    name: Trilingual
    also_called: dict[str, tuple[str, ...]]
    about: Wording
    opened_by: Batch
    sources: tuple[Source, ...]
    standards: list[Standard] = dataclasses.field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Organisation:
    """A body with a part in the list."""

    address: str
    record: str
    former_addresses: tuple[str, ...]
    name: Trilingual
    also_called: dict[str, tuple[str, ...]]
    region: Seat
    role: Role
    part: Wording
    website: str
    led_in: tuple[Batch, ...]
    took_part_in: tuple[Batch, ...]
    sources: tuple[Source, ...]
    published: list[Standard] = dataclasses.field(default_factory=list)
    led: list[Standard] = dataclasses.field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Standard:
    """One standard of the published list."""

    address: str
    record: str
    former_addresses: tuple[str, ...]
    list_identifier: str
    designation: str
    title: Trilingual
    also_called: dict[str, tuple[str, ...]]
    publisher: Organisation | None
    led_by: tuple[Organisation, ...]
    field: Field | None
    is_field_assigned_here: bool
    batch: Batch | None
    announced_on: date | None
    """The day it was announced: its own where a source states one, else its batch's."""
    issued_on: date | None
    implemented_on: date | None
    withdrawn_on: date | None
    status: Status | Literal[""]
    """'' where no source states it."""
    route: Route | Literal[""]
    """'' where no source states it."""
    sources: tuple[Source, ...]
    rows: dict[str, str]
    """Source → the row of that attachment in which it stands."""
    note: Wording | None
    supersedes: list[Standard] = dataclasses.field(default_factory=list)
    superseded_by: list[Standard] = dataclasses.field(default_factory=list)
    corrections: list[Correction] = dataclasses.field(default_factory=list)


Record = Standard | Field | Batch | Organisation
"""What has a page of its own."""
Shared = Standard | Field | Batch
"""What has a short address too."""


@dataclass(slots=True, eq=False, repr=False)
class Correction:
    """One change of a published standard."""

    made_on: date
    standard: Standard
    attribute: str
    """The column of `HISTORY` that changed."""
    before: str
    """Its text, for a reference the addresses; '' where it was empty."""
    after: str
    """The same since; '' where it became empty."""
    batch: Batch | None
    """The announcement that it came with."""
    source: Source | None


@dataclass(slots=True, eq=False, repr=False)
class Catalogue:
    """The published list, in list order."""

    sources: list[Source]
    batches: list[Batch]
    """The oldest first."""
    fields: list[Field]
    organisations: list[Organisation]
    standards: list[Standard]
    """Batch by batch, as the batch has them; last those whose batch no source states."""
    corrections: list[Correction]
    """The oldest first."""

    @property
    def newest(self) -> date:
        """The day on which the list last said something new."""
        return max((self.batches[-1].latest, *(one.made_on for one in self.corrections)))

    @property
    def version(self) -> str:
        """The list's version, such as `2026.1.0`.

        The year of the newest announcement, its number within that year, and on how many days since then published
        standards were corrected.
        """
        newest = self.batches[-1]
        year = newest.latest.year
        which = sum(batch.latest.year == year for batch in self.batches)
        days = {one.made_on for one in self.corrections if one.made_on >= newest.latest and one.batch is not newest}
        return f"{year}.{which}.{len(days)}"


def catalogue(records: Records) -> Catalogue:
    """The model of `records`, which `check.problems` has found to be without problems."""
    tables = records.tables
    sources = {row.address: _source(row) for row in tables["sources"]}
    batches = {row.address: _batch(row, sources) for row in tables["batches"]}
    fields = {row.address: _field(row, batches, sources) for row in tables["fields"]}
    organisations = {row.address: _organisation(row, batches, sources) for row in tables["organisations"]}

    position = {address: n for n, address in enumerate(batches)}
    rows = sorted(tables["standards"], key=lambda row: position.get(records.batch_of[row.file], len(position)))
    standards: dict[str, Standard] = {}
    for row in rows:
        batch = batches.get(records.batch_of[row.file])
        standards[row.address] = _standard(row, batch, fields, organisations, sources)
    for row in rows:
        standard = standards[row.address]
        for former in row.many("supersedes"):
            standard.supersedes.append(standards[former])
            standards[former].superseded_by.append(standard)
    by_address = {former: standards[row.address] for row in rows for former in row.many("former_addresses")}
    by_address |= standards
    corrections = [_correction(row, by_address, batches, sources) for row in tables["changes"]]
    return Catalogue(
        list(sources.values()),
        list(batches.values()),
        list(fields.values()),
        list(organisations.values()),
        list(standards.values()),
        corrections,
    )


def _source(row: Row) -> Source:
    return Source(
        address=row.address,
        name=_texts(row, "name"),
        said_on=_date(row["said_on"]),
        url=row["url"],
        is_own_host=row["host"] == "own",
        file=row["file"],
        sha256=row["sha256"],
        read_on=_date(row["read_on"]),
        note=_wording(row, "note"),
    )


def _batch(row: Row, sources: dict[str, Source]) -> Batch:
    return Batch(
        address=row.address,
        record=f"{row.file}:{row.line}",
        former_addresses=row.many("former_addresses"),
        name=_texts(row, "name"),
        earliest=date.fromisoformat(row["announced_on"] or row["announced_earliest"]),
        latest=date.fromisoformat(row["announced_on"] or row["announced_latest"]),
        place=_wording(row, "place"),
        announcement=row["announcement:zh-Hans"],
        standards_added=int(row["standards"]),
        standards_total=int(row["standards_total"]),
        fields_added=_count(row["fields"]),
        fields_total=_count(row["fields_total"]),
        led_by_hong_kong_or_macao=_count(row["led_by_hong_kong_or_macao"]),
        taking_part=_regions(row, "taking_part"),
        taking_part_total=_regions(row, "taking_part_total"),
        pledged=_regions(row, "pledged"),
        declared_total=_count(row["declared_total"]),
        derived=frozenset(row.many("derived")),
        note=_wording(row, "note"),
        sources=_sources(row, sources),
    )


def _field(row: Row, batches: dict[str, Batch], sources: dict[str, Source]) -> Field:
    opened_by = batches[row["opened_by"]]
    field = Field(
        address=row.address,
        record=f"{row.file}:{row.line}",
        former_addresses=row.many("former_addresses"),
        name=_texts(row, "name"),
        also_called=_also_called(row),
        about={language: row[f"about:{language}"] for language in LANGUAGES},
        opened_by=opened_by,
        sources=_sources(row, sources),
    )
    opened_by.fields.append(field)
    return field


def _organisation(row: Row, batches: dict[str, Batch], sources: dict[str, Source]) -> Organisation:
    led_in = tuple(batches[address] for address in row.many("led_in"))
    took_part_in = tuple(batches[address] for address in row.many("took_part_in"))
    organisation = Organisation(
        address=row.address,
        record=f"{row.file}:{row.line}",
        former_addresses=row.many("former_addresses"),
        name=_texts(row, "name"),
        also_called=_also_called(row),
        region=cast("Seat", row["region"]),
        role=cast("Role", row["role"]),
        part={language: row[f"part:{language}"] for language in LANGUAGES},
        website=row["website"],
        led_in=led_in,
        took_part_in=took_part_in,
        sources=_sources(row, sources),
    )
    for batch in dict.fromkeys(led_in + took_part_in):
        batch.organisations.append(organisation)
    return organisation


def _standard(
    row: Row,
    batch: Batch | None,
    fields: dict[str, Field],
    organisations: dict[str, Organisation],
    sources: dict[str, Source],
) -> Standard:
    standard = Standard(
        address=row.address,
        record=f"{row.file}:{row.line}",
        former_addresses=row.many("former_addresses"),
        list_identifier=row["list_identifier"],
        designation=row["designation"],
        title=_texts(row, "title"),
        also_called=_also_called(row),
        publisher=organisations.get(row["publisher"]),
        led_by=tuple(organisations[address] for address in row.many("led_by")),
        field=fields.get(row["field"]),
        is_field_assigned_here=row["field_assigned_by"] == "catalogue",
        batch=batch,
        announced_on=_date(row["announced_on"]) or (batch.announced_on if batch else None),
        issued_on=_date(row["issued_on"]),
        implemented_on=_date(row["implemented_on"]),
        withdrawn_on=_date(row["withdrawn_on"]),
        status=cast("Status", row["status"]),
        route=cast("Route", row["route"]),
        sources=_sources(row, sources),
        rows=dict(one.split("#", 1) for one in row.many("sources") if "#" in one),
        note=_wording(row, "note"),
    )
    if batch:
        batch.standards.append(standard)
    if standard.field:
        standard.field.standards.append(standard)
    if standard.publisher:
        standard.publisher.published.append(standard)
    for organisation in standard.led_by:
        organisation.led.append(standard)
    return standard


def _correction(
    row: Row, standards: dict[str, Standard], batches: dict[str, Batch], sources: dict[str, Source]
) -> Correction:
    correction = Correction(
        made_on=date.fromisoformat(row["made_on"]),
        standard=standards[row["standard"]],
        attribute=row["attribute"],
        before=row["from"],
        after=row["to"],
        batch=batches.get(row["batch"]),
        source=sources.get(row["source"]),
    )
    correction.standard.corrections.append(correction)
    if correction.batch:
        correction.batch.corrections.append(correction)
    return correction


def _texts(row: Row, name: str) -> Trilingual:
    return {
        language: Text(row[f"{name}:{language}"], language, cast("Standing", row[f"standing:{language}"]))
        for language in LANGUAGES
    }


def _wording(row: Row, name: str) -> Wording | None:
    words = {language: row[f"{name}:{language}"] for language in LANGUAGES}
    return words if all(words.values()) else None


def _also_called(row: Row) -> dict[str, tuple[str, ...]]:
    return {language: row.many(f"also_called:{language}") for language in LANGUAGES}


def _sources(row: Row, sources: dict[str, Source]) -> tuple[Source, ...]:
    return tuple(sources[one.partition("#")[0]] for one in row.many("sources"))


def _regions(row: Row, name: str) -> Regions:
    return {region: int(row[f"{name}:{region}"]) for region in REGIONS if row[f"{name}:{region}"]}


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _count(text: str) -> int | None:
    return int(text) if text else None
