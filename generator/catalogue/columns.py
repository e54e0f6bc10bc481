"""The columns of each file of records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Literal, get_args

from generator.catalogue.languages import ALIAS_LANGUAGES, LANGUAGES, STANDINGS


class Kind(StrEnum):
    """The kind of text that a cell holds."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    CHOICE = "choice"
    ADDRESS = "address"
    URL = "url"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a CSV file, or one key of a YAML entry."""

    name: str
    """Flat: the key `name: {en: …}` of a YAML entry is the column `name:en`."""
    kind: Kind = Kind.TEXT
    """What its cells hold."""
    required: bool = False
    """Whether every record has it."""
    many: bool = False
    """Whether it takes several values: a YAML list, or ` | ` between them in CSV."""
    choices: tuple[str, ...] = ()
    """The words that a CHOICE may be."""
    table: str = ""
    """The table that a REFERENCE refers to."""
    each_of: str = ""
    """The column each of whose values it has one for, in the same order, or one for all where they are alike."""
    placed: bool = False
    """Whether a REFERENCE may name a place after a `#`: `annex-2024-02#12` is row 12 of that source."""
    has_history: bool = False
    """Whether the changes of a published standard in it are kept and told."""
    description: str = ""
    """What it says, in English, for the schema of the published data; that of `STANDARD` is published."""


Region = Literal["guangdong", "mainland", "hong-kong", "macao"]
"""Where the bodies that a batch counts come from."""
REGIONS: tuple[Region, ...] = get_args(Region)
Seat = Literal["national", "guangdong", "hong-kong", "macao"]
"""Where an organisation sits."""
SEATS: tuple[Seat, ...] = get_args(Seat)
Status = Literal["current", "upcoming", "superseded", "withdrawn"]
"""Whether a standard is in force."""
STATUSES: tuple[Status, ...] = get_args(Status)
ENDED: tuple[Status, ...] = ("withdrawn", "superseded")
"""The statuses of a standard that is no longer in force."""
Route = Literal["formulated", "confirmed"]
"""How a standard came to the list: written for it, or an existing one taken over."""
ROUTES: tuple[Route, ...] = get_args(Route)
Role = Literal["announces", "maintains", "founded", "issues", "leads", "reviews", "supports"]
"""What an organisation does for the list."""
ROLES: tuple[Role, ...] = get_args(Role)
SourceKind = Literal["list", "government", "body", "press", "unsigned"]
"""What a source is; the first can state best that a standard is listed, the last least."""
SOURCE_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
Host = Literal["own", "copy"]
"""Whether a web address is the outlet's own, or a mirror or reprint."""
HOSTS: tuple[Host, ...] = get_args(Host)
Assigner = Literal["source", "catalogue"]
"""Who put a standard into its field."""
ASSIGNERS: tuple[Assigner, ...] = get_args(Assigner)


CaseKind = Literal["demonstration", "certification", "event", "authorities", "institutions", "training", "planned"]
"""How a standard is used."""
CASE_KINDS: tuple[CaseKind, ...] = get_args(CaseKind)
EventKind = Literal[
    "ceremony",
    "call",
    "meeting",
    "memorandum",
    "press_conference",
    "legislature",
    "publication",
    "award",
    "public_notice",
    "drafting",
]
"""What happened around the list; the last two are of standards that were not on it then."""
EVENT_KINDS: tuple[EventKind, ...] = get_args(EventKind)
COMING: frozenset[EventKind] = frozenset({"public_notice", "drafting"})
"""Kinds of events that tell what was coming, and count nowhere."""
Topic = Literal["features", "participation", "review", "platform", "next_steps", "fields", "use"]
"""What a statement about an announcement is about, in the order of its page."""
TOPICS: tuple[Topic, ...] = get_args(Topic)


def _texts(name: str, *, required_in: tuple[str, ...] = LANGUAGES, has_history: bool = False) -> tuple[Column, ...]:
    """A title or name in three languages, each with its standing, and with who reviewed it when."""
    return (
        *(
            Column(
                f"{name}:{language}",
                required=language in required_in,
                has_history=has_history,
                description=f"Its {name} in three languages",
            )
            for language in LANGUAGES
        ),
        *(
            Column(
                f"standing:{language}",
                Kind.CHOICE,
                language in required_in,
                choices=STANDINGS,
                description=f"How sure each {name} is",
            )
            for language in LANGUAGES
        ),
        *(
            Column(f"reviewed:{language}", description=f"The day and the person that reviewed each {name}")
            for language in LANGUAGES
        ),
    )


def _wording(name: str, *, required: bool = False, description: str = "") -> tuple[Column, ...]:
    """Our own words in three languages: all three or none."""
    return tuple(Column(f"{name}:{language}", required=required, description=description) for language in LANGUAGES)


IN_SOME_LANGUAGES = frozenset({"also_called", "reviewed"})
"""Beginnings of the columns that may stand in one language without the others."""


def _also_called(languages: tuple[str, ...] = LANGUAGES) -> tuple[Column, ...]:
    return tuple(Column(f"also_called:{language}", many=True, description="Other names") for language in languages)


def _days(name: str) -> tuple[Column, ...]:
    """The day on which something was, or the days between which it was."""
    return (
        Column(f"{name}_on", Kind.DATE, description="The day, where it is known"),
        Column(f"{name}_earliest", Kind.DATE, description="It was on this day or later"),
        Column(f"{name}_latest", Kind.DATE, description="It was on this day or earlier"),
    )


def _by_region(name: str) -> tuple[Column, ...]:
    return tuple(Column(f"{name}:{region}", Kind.COUNT) for region in REGIONS)


def _references(name: str, table: str, *, required: bool = False, description: str = "") -> Column:
    return Column(name, Kind.REFERENCE, required, many=True, table=table, description=description)


_FORMER = Column(
    "former_addresses",
    Kind.ADDRESS,
    many=True,
    description="Addresses that it had before, which still answer",
)
_SOURCES = _references("sources", "sources", required=True, description="Addresses of sources")
_RECORDED = Column("recorded_on", Kind.DATE, required=True, description="When it was recorded here")

_STANDARD = (
    Column("address", Kind.ADDRESS, required=True, description="Its address, which lasts"),
    Column("list_identifier", has_history=True, description="Its number on the list, such as WQ 1-10"),
    Column(
        "designation",
        has_history=True,
        description="Its own number, with a hyphen before the year, such as T/GBAS 8-2022",
    ),
    *_texts("title", required_in=("zh-Hans",), has_history=True),
    *_also_called(),
    Column(
        "publisher",
        Kind.REFERENCE,
        table="organisations",
        has_history=True,
        description="The address of the issuing organisation",
    ),
    _references("led_by", "organisations", description="Addresses of the organisations that led it"),
    Column(
        "field",
        Kind.REFERENCE,
        many=True,
        table="fields",
        has_history=True,
        description="The address of its field, the first where it has several",
    ),
    Column(
        "field_assigned_by",
        Kind.CHOICE,
        many=True,
        choices=ASSIGNERS,
        each_of="field",
        description="Whether a source or this catalogue put it there",
    ),
    Column("announced_on", Kind.DATE, has_history=True, description="When it was announced"),
    Column("issued_on", Kind.DATE, has_history=True, description="When it was issued"),
    Column("implemented_on", Kind.DATE, has_history=True, description="When it came, or comes, into force"),
    Column("withdrawn_on", Kind.DATE, has_history=True, description="When it was withdrawn"),
    Column(
        "status",
        Kind.CHOICE,
        choices=STATUSES,
        has_history=True,
        description="Whether it is in force, where a source says",
    ),
    Column(
        "supersedes",
        Kind.REFERENCE,
        many=True,
        table="standards",
        has_history=True,
        description="Addresses of the standards that it supersedes",
    ),
    Column(
        "route",
        Kind.CHOICE,
        choices=ROUTES,
        has_history=True,
        description="Whether it was formulated for the list or confirmed",
    ),
    Column("text_url", Kind.URL, description="Its own page on the official platform"),
    Column(
        "sources",
        Kind.REFERENCE,
        required=True,
        many=True,
        table="sources",
        placed=True,
        description="Addresses of sources; after a # the row of an attachment",
    ),
    Column(
        "stated_by",
        many=True,
        description="Which source states what, such as designation=softmeal; listed is that it is on the list",
    ),
    *_wording("note", description="A remark"),
    _references(
        "batch_derived_from",
        "sources",
        description="Addresses of the sources from whose dates its announcement is derived, where none states it",
    ),
    *_wording("batch_reason", description="Why its announcement follows from these dates"),
    _RECORDED,
    _FORMER,
)

BATCH = "batch"
LISTING = "listed"
"""In `stated_by`, beside the columns: that the standard is on the list."""
STANDARD = (
    *_STANDARD,
    Column(BATCH, Kind.REFERENCE, table="batches", has_history=True, description="The address of its announcement"),
)
"""What is published of a standard: the columns of its row, and the batch, which the name of its file says."""
DERIVATION = tuple(column.name for column in STANDARD if column.name.startswith(("batch_derived_from", "batch_reason")))
"""The columns that say how the batch follows from dates."""
HISTORY = tuple(column.name for column in STANDARD if column.has_history)
"""The columns whose changes are kept and told."""

FIRST = ("field", "field_assigned_by")
"""Columns of which the published data hold the first value where they held one before there were several."""
ALL_FIELDS, WHO_ASSIGNED_ALL = "fields", "fields_assigned_by"
"""The columns of the published CSV that hold all their values."""

Facts = dict[str, str]
"""Column of `STANDARD` → text of one standard, empty ones left out; several values have ` | ` between."""

TABLES: dict[str, tuple[Column, ...]] = {
    "sources": (
        *_texts("name"),
        Column("kind", Kind.CHOICE, required=True, choices=SOURCE_KINDS),
        Column("said_on", Kind.DATE),
        Column("url", Kind.URL),
        Column("host", Kind.CHOICE, choices=HOSTS),
        Column("languages", Kind.CHOICE, many=True, choices=LANGUAGES),
        Column("file"),
        Column("sha256"),
        Column("read_on", Kind.DATE),
        *_wording("note"),
    ),
    "batches": (
        _FORMER,
        *_texts("name"),
        Column("announced_on", Kind.DATE),
        Column("announced_earliest", Kind.DATE),
        Column("announced_latest", Kind.DATE),
        *_wording("place"),
        Column("announcement:zh-Hans"),
        Column("announcement_url", Kind.URL),
        Column("standards", Kind.COUNT, required=True),
        Column("standards_total", Kind.COUNT, required=True),
        Column("fields", Kind.COUNT),
        Column("fields_total", Kind.COUNT),
        Column("led_by_hong_kong_or_macao", Kind.COUNT),
        *_by_region("taking_part"),
        *_by_region("taking_part_total"),
        *_by_region("pledged"),
        Column("declared_total", Kind.COUNT),
        Column("derived", many=True),
        *_wording("note"),
        _SOURCES,
        _RECORDED,
    ),
    "fields": (
        _FORMER,
        *_texts("name"),
        *_also_called(),
        *_wording("about", required=True),
        Column("opened_by", Kind.REFERENCE, table="batches"),
        *_wording("named_by"),
        _SOURCES,
        _RECORDED,
    ),
    "organisations": (
        _FORMER,
        *_texts("name"),
        *_also_called(ALIAS_LANGUAGES),
        Column("region", Kind.CHOICE, required=True, choices=SEATS),
        Column("role", Kind.CHOICE, required=True, choices=ROLES),
        *_wording("part", required=True),
        Column("website", Kind.URL),
        _references("led_in", "batches"),
        _references("took_part_in", "batches"),
        _SOURCES,
        _RECORDED,
    ),
    "standards": _STANDARD,
    "cases": (
        *_texts("title"),
        Column("kind", Kind.CHOICE, required=True, choices=CASE_KINDS, description="How the standards are used"),
        _references("standards", "standards", description="Addresses of the standards that a source names"),
        _references("fields", "fields", description="Addresses of the fields that a source names"),
        Column("regions", Kind.CHOICE, many=True, choices=REGIONS, description="Where it happened"),
        *_wording("place", description="Where it happened, in words"),
        *_days("happened"),
        *_wording("described", required=True, description="What was done"),
        *_wording("note", description="A remark"),
        _SOURCES,
        _RECORDED,
    ),
    "bodies": (
        Column("organisation", Kind.REFERENCE, table="organisations", description="The address of the body"),
        *_texts("name", required_in=()),
        *_wording("part", required=True, description="What it did"),
    ),
    "results": (
        *_wording("figure", required=True, description="The figure, in words"),
        *_wording("counts", required=True, description="What the figure counts"),
        Column("source", Kind.REFERENCE, required=True, table="sources", description="The address of who says so"),
    ),
    "events": (
        Column("kind", Kind.CHOICE, required=True, choices=EVENT_KINDS, description="What it was"),
        *_wording("title", required=True, description="What it was, in our words"),
        *_days("held"),
        *_wording("place", description="Where it was held"),
        *_wording("organiser", description="Who held it, as far as that is no organisation on record"),
        _references("organisations", "organisations", description="Addresses of the organisations that held it"),
        Column("batch", Kind.REFERENCE, table="batches", description="The address of its announcement"),
        _references("standards", "standards", description="Addresses of the standards that it concerns"),
        _references("fields", "fields", description="Addresses of the fields that it concerns"),
        *_wording("what", description="What happened"),
        *_wording("note", description="A remark"),
        _SOURCES,
    ),
    "statements": (
        Column("batch", Kind.REFERENCE, required=True, table="batches", description="The address of the announcement"),
        Column("topic", Kind.CHOICE, required=True, choices=TOPICS, description="What it is about"),
        *_wording("text", required=True, description="What the sources say, in our words"),
        _SOURCES,
    ),
    "adoption": (
        Column("said_on", Kind.DATE, required=True, description="The day on which it was said"),
        Column(
            "batch",
            Kind.REFERENCE,
            table="batches",
            description="The address of the announcement up to which it counts",
        ),
        Column("regions", Kind.CHOICE, many=True, choices=REGIONS, description="The regions that it counts"),
        *_wording("figure", required=True, description="The figure, in words"),
        *_wording("counts", required=True, description="What the figure counts"),
        *_wording("scope", description="The standards that it speaks of"),
        *_wording("note", description="A remark"),
        _SOURCES,
    ),
    "lookups": _wording("what", required=True),
    "changes": (
        Column("made_on", Kind.DATE, required=True),
        Column("batch", Kind.REFERENCE, table="batches"),
        Column("standard", Kind.ADDRESS, required=True),
        Column("attribute", Kind.CHOICE, required=True, choices=HISTORY),
        Column("from"),
        Column("to"),
        Column("source", Kind.REFERENCE, table="sources"),
    ),
}
"""Table → its columns.

`standards` is a folder of CSV files, one a batch. `changes` is a CSV file, one row a change of a published standard,
the oldest first. `LISTED` says where the tables of `bodies` and `results` stand. The others are YAML files of that
name, whose keys are the addresses.
"""
LISTED = {"cases": ("bodies", "results")}
"""Table → the keys of its entries that hold lists, each entry of which is a record of the table of that name."""
YAML_TABLES = tuple(
    table for table in TABLES if table not in ("standards", "changes", *chain.from_iterable(LISTED.values()))
)
"""The tables that are YAML files."""
