"""The log of the list: what became known here on which day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal, get_args

from generator.catalogue.model import Batch, Case, Catalogue, Correction, Field, Standard

LogKind = Literal["announced", "recorded", "corrected", "superseded", "withdrawn", "case"]
"""What an entry of the log tells.

`announced`: an announcement, or a standard of it, that was recorded soon after it.
`recorded`: an older announcement, a standard of one, or of one that no source states, recorded only now.
`corrected`, `superseded`, `withdrawn`: a change of a published standard.
`case`: a reported use.
"""
LOG_KINDS: tuple[LogKind, ...] = get_args(LogKind)
SOON = timedelta(days=60)
"""How long after its announcement a standard is newly announced, and how long one that was recorded is new here."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One thing that became known on one day."""

    id: str
    """Never changes: the day, the kind, the record's first address."""
    day: date
    kind: LogKind
    record: Batch | Standard | Case
    correction: Correction | None = None
    """The change that it tells, of `record`."""

    @property
    def fields(self) -> list[Field]:
        """The fields of the standards that it tells of, and those that a case concerns."""
        match self.record:
            case Batch():
                return []
            case Standard(fields=places):
                return [place.field for place in places]
            case Case():
                return fields_of_case(self.record)


def fields_of_case(case: Case) -> list[Field]:
    """The fields that a source names, and those of the standards."""
    places = (place for one in case.standards for place in one.fields)
    return [*dict.fromkeys((*case.fields, *(place.field for place in places)))]


def log_of(catalogue: Catalogue) -> list[LogEntry]:
    """Every entry of the log, the newest first.

    Within a day announcements stand first, then standards in list order.
    """
    entries = [
        *map(_batch_entry, catalogue.batches),
        *(_entry(one.recorded_on, kind_of_recording(one), one) for one in catalogue.standards),
        *_corrections(catalogue.corrections),
        *(_entry(case.recorded_on, "case", case) for case in catalogue.cases),
    ]
    return sorted(entries, key=lambda entry: entry.day, reverse=True)


def log_of_field(entries: Iterable[LogEntry], field: Field) -> list[LogEntry]:
    """Those of `entries` that tell of `field`."""
    return [entry for entry in entries if field in entry.fields]


def kind_of_recording(standard: Standard) -> Literal["announced", "recorded"]:
    """Whether `standard` was newly announced when it was recorded."""
    batch = standard.batch
    is_new = batch and not standard.derivation and _is_soon(standard.recorded_on, batch)
    return "announced" if is_new else "recorded"


def newly_recorded(catalogue: Catalogue) -> set[Standard]:
    """The standards that were recorded shortly before the list last changed, and after it began."""
    first = min((one.recorded_on for one in catalogue.standards), default=catalogue.changed_on)
    since = catalogue.changed_on - SOON
    return {one for one in catalogue.standards if one.recorded_on > first and one.recorded_on >= since}


def _is_soon(recorded_on: date, batch: Batch) -> bool:
    return recorded_on - batch.latest <= SOON


def _batch_entry(batch: Batch) -> LogEntry:
    """The entry of `batch`; its id stays what it was when all were called announced."""
    entry = _entry(batch.recorded_on, "announced", batch)
    return entry if _is_soon(batch.recorded_on, batch) else replace(entry, kind="recorded")


def _entry(day: date, kind: LogKind, record: Batch | Standard | Case) -> LogEntry:
    return LogEntry(f"{day}-{kind}-{_first_address(record)}", day, kind, record)


def _corrections(corrections: Iterable[Correction]) -> Iterator[LogEntry]:
    """An entry for each change of a published standard."""
    numbers: Counter[str] = Counter()
    for one in corrections:
        kind = _kind_of_change(one)
        name = f"{one.made_on}-{kind}-{_first_address(one.standard)}-{one.attribute.replace(':', '-')}"
        numbers[name] += 1
        # What changed twice on a day has its second change at the second place.
        id = name if numbers[name] == 1 else f"{name}-{numbers[name]}"
        yield LogEntry(id, one.made_on, kind, one.standard, one)


def _kind_of_change(correction: Correction) -> LogKind:
    if correction.attribute == "status" and correction.after == "withdrawn":
        return "withdrawn"
    if correction.attribute == "status" and correction.after == "superseded":
        return "superseded"
    return "corrected"


def _first_address(record: Batch | Standard | Case) -> str:
    """The address that the record had first, which stays when it moves."""
    return record.address if isinstance(record, Case) else (*record.former_addresses, record.address)[0]
