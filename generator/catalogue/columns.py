"""The columns of each file of records."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from generator.catalogue.languages import LANGUAGES, Standing


class Kind(StrEnum):
    """What a cell may hold."""

    TEXT = "text"
    DATE = "date"
    COUNT = "count"
    CHOICE = "choice"
    ADDRESS = "address"
    URL = "url"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a CSV file, or one key of a YAML entry.

    `name` is flat: the key `name: {en: …}` of a YAML entry is the column `name:en`.
    `choices` are the words a CHOICE may be; `table` is what a REFERENCE refers to;
    `many` allows several values (a YAML list; in CSV with ` | ` between them); `placed` allows a place
    within what is referred to, after a `#`: `annex-2024-02#12` is its row 12.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()
    table: str = ""
    placed: bool = False


REGIONS = ("guangdong", "mainland", "hong-kong", "macao")
"""Where the bodies that a batch counts come from."""
SEATS = ("national", "guangdong", "hong-kong", "macao")
"""Where an organisation sits."""
STATUSES = ("current", "upcoming", "superseded", "withdrawn")
ROUTES = ("formulated", "confirmed")
ROLES = ("announces", "maintains", "founded", "issues", "leads", "reviews", "supports")
HOSTS = ("own", "copy")
ASSIGNERS = ("source", "catalogue")


def _texts(name: str) -> tuple[Column, ...]:
    """A title or name in three languages, each with its standing."""
    standings = tuple(Standing)
    return (
        *(Column(f"{name}:{language}", required=True) for language in LANGUAGES),
        *(Column(f"standing:{language}", Kind.CHOICE, True, choices=standings) for language in LANGUAGES),
    )


def _wording(name: str, *, required: bool = False) -> tuple[Column, ...]:
    """Our own words in three languages: all three or none."""
    return tuple(Column(f"{name}:{language}", required=required) for language in LANGUAGES)


def _also_called() -> tuple[Column, ...]:
    return tuple(Column(f"also_called:{language}", many=True) for language in LANGUAGES)


def _by_region(name: str) -> tuple[Column, ...]:
    return tuple(Column(f"{name}:{region}", Kind.COUNT) for region in REGIONS)


def _references(name: str, table: str, *, required: bool = False) -> Column:
    return Column(name, Kind.REFERENCE, required, many=True, table=table)


_FORMER = Column("former_addresses", Kind.ADDRESS, many=True)
_SOURCES = _references("sources", "sources", required=True)

HISTORY = (
    "list_identifier",
    "designation",
    *(f"title:{language}" for language in LANGUAGES),
    "publisher",
    "field",
    "batch",
    "announced_on",
    "issued_on",
    "implemented_on",
    "withdrawn_on",
    "status",
    "supersedes",
    "route",
)
"""The attributes of a published standard whose changes are kept and told."""

TABLES: dict[str, tuple[Column, ...]] = {
    "sources": (
        *_texts("name"),
        Column("said_on", Kind.DATE),
        Column("url", Kind.URL),
        Column("host", Kind.CHOICE, choices=HOSTS),
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
    ),
    "fields": (
        _FORMER,
        *_texts("name"),
        *_also_called(),
        *_wording("about", required=True),
        Column("opened_by", Kind.REFERENCE, required=True, table="batches"),
        _SOURCES,
    ),
    "organisations": (
        _FORMER,
        *_texts("name"),
        *_also_called(),
        Column("region", Kind.CHOICE, required=True, choices=SEATS),
        Column("role", Kind.CHOICE, required=True, choices=ROLES),
        *_wording("part", required=True),
        Column("website", Kind.URL),
        _references("led_in", "batches"),
        _references("took_part_in", "batches"),
        _SOURCES,
    ),
    "standards": (
        Column("address", Kind.ADDRESS, required=True),
        Column("list_identifier"),
        Column("designation"),
        *_texts("title"),
        *_also_called(),
        Column("publisher", Kind.REFERENCE, table="organisations"),
        _references("led_by", "organisations"),
        Column("field", Kind.REFERENCE, table="fields"),
        Column("field_assigned_by", Kind.CHOICE, choices=ASSIGNERS),
        Column("announced_on", Kind.DATE),
        Column("issued_on", Kind.DATE),
        Column("implemented_on", Kind.DATE),
        Column("withdrawn_on", Kind.DATE),
        Column("status", Kind.CHOICE, choices=STATUSES),
        _references("supersedes", "standards"),
        Column("route", Kind.CHOICE, choices=ROUTES),
        Column("sources", Kind.REFERENCE, True, many=True, table="sources", placed=True),
        *_wording("note"),
        _FORMER,
    ),
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
"""table → its columns. `sources`, `batches`, `fields` and `organisations` are YAML files of that
name, whose keys are the addresses; `standards` is a folder of CSV files, one a batch; `changes` is a CSV
file, one row a change of a published standard, the oldest first."""
