"""The published list: its records as they refer to each other."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.catalogue.columns import CaseKind, EventKind, Region, Role, Route, Seat, SourceKind, Status, Topic
from generator.catalogue.languages import Trilingual, Wording

Regions = dict[Region, int]
"""region → a number of bodies; a region without a figure is absent."""


# Records refer to each other in circles, so that a written-out one would have no end: none is.


@dataclass(slots=True, eq=False, repr=False)
class Source:
    """Somebody who said something about the list, and where it was read."""

    address: str
    name: Trilingual
    kind: SourceKind
    said_on: date | None
    url: str
    """'' where no address is known."""
    is_own_host: bool
    """Whether `url` is the outlet's own; otherwise it is a mirror or reprint, and nobody is sent there."""
    file: str
    """The name of the attachment that it is; '' where it is none."""
    sha256: str
    read_on: date | None
    languages: tuple[str, ...]
    """The languages in which it is written, as far as that is recorded."""
    note: Wording | None

    @property
    def is_copy(self) -> bool:
        """Whether it was read in a mirror or reprint."""
        return bool(self.url) and not self.is_own_host


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
    announcement_url: str
    """Where the announcement's own text is; '' where no source gives it."""
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
    recorded_on: date
    standards: list[Standard] = dataclasses.field(default_factory=list)
    fields: list[Field] = dataclasses.field(default_factory=list)
    organisations: list[Organisation] = dataclasses.field(default_factory=list)
    events: list[Event] = dataclasses.field(default_factory=list)
    statements: list[Statement] = dataclasses.field(default_factory=list)
    adoption: list[Adoption] = dataclasses.field(default_factory=list)
    corrections: list[Correction] = dataclasses.field(default_factory=list)
    """What it changed of standards announced before."""

    @property
    def announced_on(self) -> date | None:
        """The day of the announcement, where it is known."""
        return self.earliest if self.earliest == self.latest else None

    @property
    def is_known_by_totals(self) -> bool:
        """Whether only two totals tell of it, and no announcement was seen."""
        return self.announced_on is None and "standards" in self.derived


@dataclass(slots=True, eq=False, repr=False)
class Field:
    """A subject area of the list."""

    address: str
    record: str
    former_addresses: tuple[str, ...]
    name: Trilingual
    also_called: dict[str, tuple[str, ...]]
    about: Wording
    """Our own description."""
    opened_by: Batch | None
    """The announcement that named it; None where none did."""
    named_by: Wording | None
    """Who names it, where no announcement did."""
    sources: tuple[Source, ...]
    recorded_on: date
    standards: list[Standard] = dataclasses.field(default_factory=list)
    cases: list[Case] = dataclasses.field(default_factory=list)
    events: list[Event] = dataclasses.field(default_factory=list)


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
    recorded_on: date
    published: list[Standard] = dataclasses.field(default_factory=list)
    led: list[Standard] = dataclasses.field(default_factory=list)
    cases: list[Case] = dataclasses.field(default_factory=list)
    events: list[Event] = dataclasses.field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class Derivation:
    """Why a standard is in a batch that no source states."""

    reason: Wording
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FieldPlace:
    """The place of a standard in one of its fields."""

    field: Field
    is_assigned_here: bool
    """Whether this catalogue put it there; otherwise a source did."""


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
    fields: tuple[FieldPlace, ...]
    """The principal one first."""
    batch: Batch | None
    derivation: Derivation | None
    """How `batch` follows from dates; None where a source states it."""
    earliest: date
    """The first day on which it can have been announced."""
    announced_on: date | None
    """The day it was announced: its own where a source states one, else that of the batch that a source states."""
    issued_on: date | None
    implemented_on: date | None
    withdrawn_on: date | None
    status: Status | Literal[""]
    """'' where no source states it."""
    route: Route | Literal[""]
    """'' where no source states it."""
    text_url: str
    """Its own page on the official platform; '' where no source gives it."""
    sources: tuple[Source, ...]
    rows: dict[str, str]
    """Source → the row of that attachment in which it stands."""
    stated_by: dict[str, tuple[Source, ...]]
    """Column, or `LISTING`, → those of `sources` that state it, where that is recorded."""
    note: Wording | None
    recorded_on: date
    supersedes: list[Standard] = dataclasses.field(default_factory=list)
    superseded_by: list[Standard] = dataclasses.field(default_factory=list)
    corrections: list[Correction] = dataclasses.field(default_factory=list)
    cases: list[Case] = dataclasses.field(default_factory=list)
    events: list[Event] = dataclasses.field(default_factory=list)

    @property
    def field(self) -> Field | None:
        """The principal field."""
        return self.fields[0].field if self.fields else None


@dataclass(slots=True, eq=False, repr=False)
class CaseBody:
    """A body in a case, with its part."""

    organisation: Organisation | None
    """Its record; None where it has none."""
    name: Trilingual
    part: Wording


@dataclass(slots=True, eq=False, repr=False)
class CaseResult:
    """A figure that somebody gives of a case."""

    figure: Wording
    counts: Wording
    """What the figure counts."""
    source: Source
    """Who gives it."""


@dataclass(slots=True, eq=False, repr=False)
class Case:
    """A reported use of standards of the list."""

    address: str
    record: str
    title: Trilingual
    kind: CaseKind
    standards: tuple[Standard, ...]
    """Those that a source names; none where it names no title."""
    fields: tuple[Field, ...]
    regions: tuple[Region, ...]
    place: Wording | None
    earliest: date | None
    latest: date | None
    """It happened on or between the two days; None for what no source states."""
    described: Wording
    """What was done."""
    bodies: list[CaseBody]
    results: list[CaseResult]
    note: Wording | None
    sources: tuple[Source, ...]
    recorded_on: date


@dataclass(slots=True, eq=False, repr=False)
class Event:
    """Something that happened around the list."""

    address: str
    record: str
    kind: EventKind
    title: Wording
    earliest: date | None
    latest: date | None
    """It was held on or between the two days; None for what no source states."""
    place: Wording | None
    organiser: Wording | None
    """Who held it, as far as that is no body on record."""
    organisations: tuple[Organisation, ...]
    batch: Batch | None
    standards: tuple[Standard, ...]
    fields: tuple[Field, ...]
    what: Wording | None
    note: Wording | None
    sources: tuple[Source, ...]


@dataclass(slots=True, eq=False, repr=False)
class Statement:
    """What a source says of an announcement, in our words."""

    address: str
    batch: Batch
    topic: Topic
    text: Wording
    sources: tuple[Source, ...]


@dataclass(slots=True, eq=False, repr=False)
class Adoption:
    """A figure of the use of the list, with what it counts."""

    address: str
    said_on: date
    batch: Batch | None
    """The announcement up to which it counts."""
    regions: tuple[Region, ...]
    figure: Wording
    counts: Wording
    scope: Wording | None
    """The standards that it speaks of."""
    note: Wording | None
    sources: tuple[Source, ...]


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
class Lookup:
    """A day on which somebody looked at sources again."""

    day: date
    what: Wording
    """What was looked at."""


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
    cases: list[Case]
    events: list[Event]
    """The oldest first, those of no known day last."""
    adoption: list[Adoption]
    """The oldest first."""

    lookup: Lookup | None
    """The last time that the sources were looked at."""
    digest: str
    """The SHA-256 digest of the records, in hexadecimal digits."""

    @property
    def announced_up_to(self) -> date:
        """The last day on which the newest announcement can have been."""
        return self.batches[-1].latest

    @property
    def changed_on(self) -> date:
        """The day on which the list last changed here."""
        recorded = (one.recorded_on for one in (*self.batches, *self.standards, *self.cases))
        return max((*recorded, *(one.made_on for one in self.corrections)))

    @property
    def version(self) -> str:
        """The list's version, such as `2026-11-27-3f9a2c1b`.

        The day on which the list last changed, then the first eight digits of the digest of its records.
        """
        return f"{self.changed_on}-{self.digest[:8]}"
