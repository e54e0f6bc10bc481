"""The records as an import would leave them, while it is planned."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.announcing.entries import Entry, Named
from generator.catalogue.columns import BATCH, TABLES, Facts
from generator.catalogue.records import Records, Row

STANDARDS = [column.name for column in TABLES["standards"]]


@dataclass(slots=True)
class Draft:
    """The standards `before` and `after` (address → cells), the new `entries` of the short lists (table → address →
    entry), and what is to be said of it: `remarks`, `questions` and `problems` are sentences.

    `batch` is the announcement; `source` the attachment's address among the sources; `rows` the row in which each
    recorded standard stands; `moved` each former address with the present one; `proposed` the (address, column)
    that nobody announced; `taken` every address that a standard answers to.
    """

    records: Records
    batches: Named
    source: str
    batch: str = ""
    before: dict[str, Facts] = field(default_factory=dict)
    after: dict[str, Facts] = field(default_factory=dict)
    rows: dict[str, Row] = field(default_factory=dict)
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    proposed: set[tuple[str, str]] = field(default_factory=set)
    has_cited: bool = False
    unchanged: int = 0
    remarks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, records: Records, sha256: str) -> Draft:
        """The draft that changes nothing yet, for an attachment with the digest `sha256`."""
        known = (row.address for row in records.tables["sources"] if row["sha256"] == sha256)
        draft = cls(records, Named(records, "batches"), next(known, ""))
        for row in records.tables["standards"]:
            cells = {column: row[column] for column in STANDARDS if row[column]}
            if batch := records.batch_of[row.file]:
                cells[BATCH] = batch
            draft.before[row.address] = cells
            draft.after[row.address] = dict(cells)
            draft.rows[row.address] = row
            draft.taken.update((row.address, *row.many("former_addresses")))
        return draft
