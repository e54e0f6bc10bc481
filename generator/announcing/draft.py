"""The records as an import would leave them, while it is planned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.announcing.entries import Entry, NameIndex
from generator.announcing.proposal import Addresses, slug
from generator.announcing.questions import Answer, Question
from generator.catalogue.columns import BATCH, LISTING, TABLES, Facts
from generator.catalogue.messages import Message
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.records import SEPARATOR, Records, Row, joined, several

_SHOWN = 8
"""So many rows or records are named of those of which the same is said."""
STANDARDS = [column.name for column in TABLES["standards"]]


@dataclass(slots=True)
class Draft:
    """The records before and after an import, with what is to be said of it."""

    records: Records
    """The records as they are."""
    batches: NameIndex
    """The announcements as they are."""
    source: str
    """The attachment's address among the sources; '' until it has one."""
    batch: str = ""
    """The announcement's address; '' where each row names its own."""
    notice: str = ""
    """The day or month of a notice, which withdraws or corrects standards and announces none; '' for another file."""
    before: dict[str, Facts] = field(default_factory=dict)
    """Address → facts of each recorded standard."""
    after: dict[str, Facts] = field(default_factory=dict)
    """Address → facts of each standard after the import."""
    rows: dict[str, Row] = field(default_factory=dict)
    """Address → the row in which a recorded standard stands."""
    entries: dict[str, dict[str, Entry]] = field(default_factory=dict)
    """Table → address → new entry of a short list."""
    moved: dict[str, str] = field(default_factory=dict)
    """Former address → present one."""
    taken: Addresses = field(default_factory=Addresses)
    """Every address that a standard answers to."""
    proposed: set[tuple[str, str]] = field(default_factory=set)
    """The (address, column) of each text that nobody announced."""
    words: dict[tuple[str, str], str] = field(default_factory=dict)
    """The (address, column) of each value that was read from words elsewhere than in its column → these words."""
    addresses: dict[str, str] = field(default_factory=dict)
    """Label of a row → the address of the standard that it announces."""
    has_cited: bool = False
    """Whether a record names the attachment as its source because of this import."""
    unchanged: int = 0
    """How many rows say what is recorded."""
    remarks: list[Message] = field(default_factory=list)
    """How rows were understood."""
    notes: dict[Message, list[Message | str]] = field(default_factory=dict)
    """What is said of several rows or records → these."""
    questions: list[Question] = field(default_factory=list)
    """What the editor has to answer."""
    problems: list[Message] = field(default_factory=list)
    """What is wrong."""

    @classmethod
    def of(cls, records: Records, sha256: str) -> Draft:
        """The draft that changes nothing yet, for an attachment with the digest `sha256`."""
        sources = (row.address for row in records.tables["sources"] if row["sha256"] == sha256)
        draft = cls(records, NameIndex(records, "batches"), next(sources, ""))
        for row in records.tables["standards"]:
            facts = {column: row[column] for column in STANDARDS if row[column]}
            if batch := records.batch_of[row.file]:
                facts[BATCH] = batch
            draft.before[row.address] = facts
            draft.after[row.address] = dict(facts)
            draft.rows[row.address] = row
            for address in (row.address, *row.many("former_addresses")):
                draft.taken.take(address)
        return draft

    def stated_batch(self, record: Row) -> str:
        """The batch that a source states of a recorded standard, not one derived from dates."""
        return "" if record["batch_derived_from"] else self.records.batch_of[record.file]

    def note(self, sentence: Message, subject: Message | str) -> None:
        """Say `sentence` of a row or record too, which `subject` names."""
        self.notes.setdefault(sentence, []).append(subject)

    def all_remarks(self) -> Iterator[Message]:
        """The remarks; what is said of many rows is said once."""
        yield from self.remarks
        for sentence, subjects in self.notes.items():
            yield Message("import.note", sentence=sentence, subjects=first_of(subjects))

    def ask(self, row: str, sentence: Message, *answers: Answer, address: str = "") -> None:
        """Ask about the row with that label, which is compared with the record `address`."""
        self.questions.append(Question(row, sentence, answers, address))

    def cite(self, facts: Facts, label: str) -> None:
        """Name the attachment as a source of `facts`, with its row `label`, once."""
        if not _cites(facts, self.source):
            cited = several(facts.get("sources", ""))
            facts["sources"] = joined((*cited, f"{self.source}#{label.replace(SEPARATOR, ' ')}"))
            self.has_cited = True

    def move(self, facts: Facts, before: Facts) -> None:
        """Have a standard move to the address of an identifier that is new."""
        address = facts["address"]
        column = next((one for one in NUMBERS if before.get(one) or facts.get(one)), "")
        if not column or before.get(column):
            return
        wanted = slug(facts[column])
        if wanted != address:
            self.moved[before["address"]] = self.taken.unused(wanted)

    def restate(self) -> None:
        """Have what sources are said to state follow the facts that changed."""
        for address, facts in self.after.items():
            before = self.before.get(address, {})
            if not (stated := facts.get("stated_by")) or stated != before.get("stated_by"):
                continue
            fact_of = {statement: statement.partition("=")[0] for statement in several(stated)}
            statements = [one for one, fact in fact_of.items() if facts.get(fact) == before.get(fact)]
            is_newly_cited = _cites(facts, self.source) and not _cites(before, self.source)
            if is_newly_cited and LISTING in fact_of.values():
                statements.append(f"{LISTING}={self.source}")
            facts["stated_by"] = joined(statements)

    def rename(self) -> None:
        """Give each standard that moves its address; the old one stays as a former one."""
        self.addresses = {label: self.moved.get(one, one) for label, one in self.addresses.items()}
        for former, address in self.moved.items():
            facts = self.after.pop(former)
            formers = several(facts.get("former_addresses", ""))
            facts |= {"address": address, "former_addresses": joined((*formers, former))}
            self.after[address] = facts
            self.rows[address] = self.rows.pop(former)
            self.proposed |= {(address, column) for at, column in self.proposed if at == former}
        for facts in self.after.values():
            superseded = several(facts.get("supersedes", ""))
            if any(one in self.moved for one in superseded):
                facts["supersedes"] = joined(self.moved.get(one, one) for one in superseded)


def _cites(facts: Facts, source: str) -> bool:
    """Whether `source` is one of those of `facts`."""
    return source in (one.partition("#")[0] for one in several(facts.get("sources", "")))


def first_of(subjects: Sequence[Message | str]) -> Message | tuple[Message | str, ...]:
    """The first of `subjects`, with how many more there are."""
    first, more = tuple(subjects[:_SHOWN]), len(subjects) - _SHOWN
    return Message("import.and-more", first=first, more=more) if more > 0 else first
