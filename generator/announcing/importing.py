"""An attachment and the records → what an import would do, and its doing."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator.announcing import drafts, proposal
from generator.announcing.attachment import Attachment, AttachmentError, read_attachment
from generator.announcing.changes import Change, changes, several
from generator.announcing.editing import edited_csv, with_entry, with_value
from generator.announcing.headings import BATCH, REMARK
from generator.announcing.journal import write_all
from generator.announcing.matching import Match, Matcher
from generator.announcing.spelling import day, in_one_form, number
from generator.announcing.table import AnnouncedRow, Table, read_table
from generator.catalogue import check
from generator.catalogue.columns import HISTORY, TABLES
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import (
    BATCH_FILE,
    CHANGES,
    RECORDS,
    SEPARATOR,
    UNKNOWN_BATCH,
    Problem,
    Records,
    Row,
    read_records,
)
from generator.catalogue.scripts import Scripts, read_scripts

_PLAIN = ("list_identifier", "designation", "issued_on", "implemented_on", "withdrawn_on", "status", "route")
"""Columns whose text is recorded as it is announced."""
_SPARED = ("publisher", "field", *_PLAIN)
"""Columns that a blank cell never empties."""
_CHINESE = ("zh-Hans", "zh-Hant")
_WITHDRAWN = re.compile(r"废止|廢止|撤销|撤銷|作废|作廢|withdrawn|revoked|abolished", re.IGNORECASE)
_SUPERSEDES = re.compile(r"(?<!被)(?:代替|替代|replaces|supersedes)\s*[:：]?\s*(.+)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_BETWEEN = re.compile(r"[、，,；;|]|和|及|\band\b")
_STANDARDS = [column.name for column in TABLES["standards"]]

Cells = dict[str, str]


@dataclass(slots=True)
class Plan:
    """What an import would do.

    `batch` is the announcement's address, '' where the file says it row by row; `changes` are those of
    standards, `proposed` the (address, column) that nobody announced; `added` the (file, address) of new entries of
    the short lists; `remarks`, `questions` and `problems` are sentences; `texts` maps each file below the records
    that changes to its new text; `left` is what the check will ask for afterwards.
    """

    batch: str = ""
    rows: int = 0
    unchanged: int = 0
    changes: list[Change] = field(default_factory=list)
    proposed: set[tuple[str, str]] = field(default_factory=set)
    facts: dict[str, Cells] = field(default_factory=dict)
    added: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    left: list[Problem] = field(default_factory=list)

    @property
    def may_be_written(self) -> bool:
        return not self.problems and not self.questions


@dataclass(frozen=True, slots=True)
class Answers:
    """What the editor said: the announcement, rows whose doubtful record is the right one, rows that are new."""

    batch: str = ""
    accepted: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()


def plan(content: Path, name: str, data: bytes, answers: Answers, today: date) -> Plan:
    """What importing the file `name` that holds `data` would do to the records below `content`. Writes nothing."""
    made = Plan()
    records = read_records(content)
    scripts = read_scripts(content, records.problems)
    if records.problems:
        made.problems = [f"{problem}" for problem in records.problems]
        made.remarks.append("The records themselves cannot be read; mend this first.")
        return made
    try:
        attachment = read_attachment(name, data)
    except AttachmentError as error:
        made.problems.append(f"{name} {error}")
        return made
    table = read_table(attachment)
    made.remarks, made.rows = table.remarks, len(table.rows)
    made.problems = [f"{name}: {problem}" for problem in table.problems]
    if not made.problems:
        _Import(content, records, scripts, attachment, table, answers, today, made).run()
    return made


def write(content: Path, made: Plan) -> None:
    """Write a plan that may be written: all of its files or none."""
    write_all(content / RECORDS, made.texts)


class _Import:
    """One import while it is planned."""

    def __init__(
        self,
        content: Path,
        records: Records,
        scripts: Scripts,
        attachment: Attachment,
        table: Table,
        answers: Answers,
        today: date,
        made: Plan,
    ) -> None:
        self.folder = content / RECORDS
        self.content, self.records, self.attachment, self.table = content, records, attachment, table
        self.answers, self.today, self.plan = answers, today, made
        self.standards = records.tables["standards"]
        self.matcher = Matcher(self.standards)
        self.script = proposal.OtherScript(scripts)
        self.guess = proposal.FieldGuess(self.standards)
        self.batches, self.organisations, self.fields = (
            drafts.Named(records, one) for one in ("batches", "organisations", "fields")
        )
        self.before = {row.address: self._facts(row) for row in self.standards}
        self.after = {address: dict(facts) for address, facts in self.before.items()}
        self.taken = {one for row in self.standards for one in (row.address, *row.many("former_addresses"))}
        self.places = {row.address: row for row in self.standards}
        self.entries: dict[str, dict[str, drafts.Entry]] = {}
        self.source = self._known_source()
        self.has_cited = False
        self.attachments = {row.address for row in records.tables["sources"] if row["sha256"]}

    def run(self) -> None:
        matches = self._matched()
        self._choose_batch(matches)
        if self.plan.problems:
            return
        self.source = self.source or proposal.unused(
            f"annex-{self.plan.batch or self.today.isoformat()}",
            {row.address for row in self.records.tables["sources"]},
        )
        moved: dict[str, str] = {}
        for row, match in matches:
            if match:
                self._complete(row, match.record, moved)
            else:
                self._add(row)
        self._succeed(matches)
        self._rename(moved)
        self._note_missing(matches)
        self._draft()
        self.plan.changes = list(changes(self.before, self.after))
        self.plan.facts = self.after
        if not self.plan.problems and self.plan.changes:
            self.plan.texts = self._texts(moved)
            self.plan.left = self._left()

    # --- which record a row speaks of -------------------------------------------------------------------------

    def _matched(self) -> list[tuple[AnnouncedRow, Match | None]]:
        rows, answers = self.table.rows, self.answers
        labels = {row.label for row in rows}
        for label in sorted((answers.accepted | answers.new) - labels):
            self.plan.problems.append(f"there is no row {label} in the list")
        sure = {row.label: None if row.label in answers.new else self.matcher.sure(row) for row in rows}
        for row in rows:
            if (match := sure[row.label]) and (sentence := self.matcher.take(row, match)):
                self.plan.problems.append(sentence)
        found = []
        for row in rows:
            match = sure[row.label]
            if match is None and row.label not in answers.new and (match := self.matcher.likely(row)):
                self.matcher.take(row, match)
            if match and match.doubt and row.label not in answers.accepted:
                self.plan.questions.append(
                    f"row {row.label} ‘{row.name}’: is it {match.record.address}"
                    f" ({match.record['title:zh-Hans']})? {match.doubt}. Say --accept {row.label} if it is, "
                    f"--new {row.label} if it is another standard."
                )
            found.append((row, match))
        return found

    def _choose_batch(self, matches: list[tuple[AnnouncedRow, Match | None]]) -> None:
        asked = self.answers.batch
        if any(BATCH in row.cells for row in self.table.rows) and not asked:
            for row in self.table.rows:
                said = row.cells.get(BATCH, "")
                if said and said != UNKNOWN_BATCH and not self.batches.address(said):
                    hint = check.did_you_mean(said, self.batches.rows)
                    self.plan.problems.append(f"row {row.label}: the batch ‘{said}’ is not in batches.yml{hint}")
            return
        known = "、".join(f"{row.address} ({row['name:zh-Hans']})" for row in self.batches.rows.values())
        if asked:
            self.plan.batch = asked if asked == UNKNOWN_BATCH else self.batches.address(asked)
            if not self.plan.batch and drafts.is_new_batch(asked):
                self.plan.batch = self._new_batch(asked)
            if not self.plan.batch:
                self.plan.problems.append(
                    f"--batch {asked} is none of {known}, nor the month or day of a new one, such as 2026-05"
                )
            return
        above = in_one_form(" ".join(self.table.above))
        named = {
            row.address
            for row in self.batches.rows.values()
            for language in LANGUAGES
            if (name := in_one_form(row[f"name:{language}"])) and name in above
        }
        recorded = {self.records.batch_of[match.record.file] for _, match in matches if match}
        chosen = named or (recorded if all(match for _, match in matches) else set())
        if self.table.is_own and matches and all(match for _, match in matches):
            return
        if len(chosen) == 1 and "" not in chosen:
            self.plan.batch = chosen.pop()
        else:
            self.plan.problems.append(
                f"Which announcement is this? Say --batch with {known}, "
                "or with the month or day of a new one, such as 2026-05 or 2026-05-18"
            )

    def _new_batch(self, asked: str) -> str:
        earlier = [
            row for row in self.batches.rows.values() if (row["announced_on"] or row["announced_earliest"]) <= asked
        ]
        total = int(earlier[-1]["standards_total"]) if earlier else 0
        address, entry = drafts.batch(asked, len(self.table.rows), total, "")
        if address in self.batches.rows:
            self.plan.problems.append(
                f"{address} is in batches.yml already; say --batch {address}, or name the new one there first"
            )
        self.entries.setdefault("batches", {})[address] = entry
        return address

    def _batch_of(self, row: AnnouncedRow) -> str:
        """The address of the batch of a row; '' where it is not known."""
        said = row.cells.get(BATCH, "")
        address = self.plan.batch or (self.batches.address(said) if said else "")
        return "" if address == UNKNOWN_BATCH else address

    # --- what a row says ---------------------------------------------------------------------------------------

    def _complete(self, row: AnnouncedRow, record: Row, moved: dict[str, str]) -> None:
        """Put what `row` says into the facts of `record`."""
        facts = self.after[record.address]
        self._spare(row, facts)
        told = self._told(row, facts)
        for column in _PLAIN:
            if (value := told.get(column, "")) and in_one_form(value) != in_one_form(facts.get(column, "")):
                facts[column] = value
        for column in set(_STANDARDS) - set(_PLAIN) - {"address", "sources", "former_addresses"}:
            if not column.startswith(("title:", "standing:")) and (value := told.get(column, "")):
                facts[column] = value
        self._retitle(row, facts, told)
        if not facts.get(BATCH) and (batch := self._batch_of(row)):
            facts[BATCH] = batch
        elif facts.get(BATCH, "") != self._batch_of(row) and self._batch_of(row):
            self.plan.remarks.append(f"row {row.label} is {record.address} of {facts[BATCH]}, and stays there")
        if facts != self.before[record.address] or not (self.table.is_own or self._cites_attachment(facts)):
            self._cite(row, facts)
        if facts == self.before[record.address]:
            self.plan.unchanged += 1
        better = self._better_address(facts, self.before[record.address])
        if better != record.address:
            moved[record.address] = better

    def _spare(self, row: AnnouncedRow, facts: Cells) -> None:
        """Ask where a row says less than its record."""
        if self.table.is_own or row.label in self.answers.accepted:
            return
        less = [column for column in _SPARED if column in row.blank and facts.get(column)]
        for language in LANGUAGES:
            said, known = row.cells.get(f"title:{language}", ""), facts.get(f"title:{language}", "")
            if facts.get(f"standing:{language}") == "official" and said != known and said and said in known:
                less.append(f"title:{language} (‘{said}’ for ‘{known}’)")
        if less:
            self.plan.questions.append(
                f"row {row.label} says less than {facts['address']}: {', '.join(less)}. "
                f"Complete the row, or say --accept {row.label} to keep what is recorded."
            )

    def _told(self, row: AnnouncedRow, facts: Mapping[str, str]) -> Cells:
        """What `row` says, by the columns of the records."""
        told = {column: text for column, text in row.cells.items() if column in _STANDARDS}
        if name := row.cells.get("publisher", ""):
            told["publisher"] = self._organisation(name)
        if names := row.cells.get("led_by", ""):
            several = names.split(SEPARATOR) if self.table.is_own else _BETWEEN.split(names)
            told["led_by"] = _joined(self._organisation(one.strip()) for one in several if one.strip())
        name = row.cells.get("field", "")
        section = self.fields.under(row.section) if row.section and not name else ""
        if name or section:
            told["field"] = section or self._field(name, self._batch_of(row))
            told.setdefault("field_assigned_by", "source")
        batch = self.batches.rows.get(facts.get(BATCH, "") or self._batch_of(row))
        if batch and told.get("announced_on") == batch["announced_on"]:
            del told["announced_on"]
        told.pop("supersedes", None)
        if self.table.is_own and row.cells.get("supersedes"):
            told["supersedes"] = row.cells["supersedes"]
        remark = row.cells.get(REMARK, "")
        if _WITHDRAWN.search(remark):
            told.setdefault("status", "withdrawn")
            if found := _DATE.search(remark):
                told.setdefault("withdrawn_on", day(found[0]))
        elif remark and not _SUPERSEDES.search(remark):
            self.plan.remarks.append(
                f"row {row.label}: the remark ‘{remark}’ is not recorded; a note would be its place"
            )
        if (
            told.get("withdrawn_on")
            and not told.get("status")
            and facts.get("status") not in ("withdrawn", "superseded")
        ):
            told["status"] = "withdrawn"
        return told

    def _retitle(self, row: AnnouncedRow, facts: Cells, told: Mapping[str, str]) -> None:
        """Give `facts` the titles of `row`, and the other Chinese script where only one is announced. A title that
        was not official stays as a name it is also called by."""
        if self.table.is_own:
            facts |= {c: v for c, v in told.items() if c.startswith(("title:", "standing:"))}
            return
        given = {language: told[f"title:{language}"] for language in LANGUAGES if f"title:{language}" in told}
        if row.label in self.answers.accepted:
            given = {
                la: title
                for la, title in given.items()
                if title not in facts.get(f"title:{la}", "") or title == facts[f"title:{la}"]
            }
        changed = {language for language, title in given.items() if title != facts.get(f"title:{language}", "")}
        for language, other in (_CHINESE, _CHINESE[::-1]):
            if language in given and other not in given:
                title = self.script.text(given[language], other)
                if language in changed or not facts.get(f"title:{other}"):
                    self._name(facts, other, title, "converted")
        for language, title in given.items():
            self._name(facts, language, title, "official")
        if changed & set(_CHINESE) and facts.get("title:en") and "en" not in given and facts["address"] in self.before:
            self.plan.remarks.append(f"{facts['address']}: its Chinese title changed; read its English title again")
        if facts.get("note:zh-Hans") and changed and facts["address"] in self.before:
            self.plan.remarks.append(f"{facts['address']}: its note was written before this title; read it again")

    def _name(self, facts: Cells, language: str, title: str, standing: str) -> None:
        known, sure = facts.get(f"title:{language}", ""), facts.get(f"standing:{language}", "")
        if known == title:
            if standing == "official":
                facts[f"standing:{language}"] = standing
            return
        also = f"also_called:{language}"
        names = [one for one in several(facts.get(also, "")) if one != title]
        if known and sure != "official" and in_one_form(known) != in_one_form(title):
            names.append(known)
        facts |= {f"title:{language}": title, f"standing:{language}": standing}
        facts[also] = _joined(dict.fromkeys(names))
        if not facts[also]:
            del facts[also]
        if standing == "converted":
            self.plan.proposed.add((facts["address"], f"title:{language}"))

    def _add(self, row: AnnouncedRow) -> None:
        """A new standard as `row` announces it, with proposals for what it leaves open."""
        facts: Cells = {}
        told = self._told(row, facts)
        facts |= {c: v for c, v in told.items() if v and not c.startswith(("title:", "standing:"))}
        title = next((row.cells[f"title:{la}"] for la in LANGUAGES if f"title:{la}" in row.cells), "")
        address = told.get("address") or proposal.address(
            told.get("list_identifier", ""), told.get("designation", ""), title, self.taken
        )
        self.taken.add(address)
        facts["address"] = address
        self._retitle(row, facts, told)
        if not self.table.is_own:
            # What is still to be written will be a translation.
            facts |= {f"standing:{la}": facts.get(f"standing:{la}") or "translated" for la in LANGUAGES}
        if not facts.get("field") and (guessed := self.guess.field(facts.get("title:zh-Hans", ""))):
            facts |= {"field": guessed, "field_assigned_by": "catalogue"}
            self.plan.proposed.add((address, "field"))
        self.plan.proposed.add((address, "address"))
        if batch := self._batch_of(row):
            facts[BATCH] = batch
        self._cite(row, facts)
        self.after[address] = facts

    def _cite(self, row: AnnouncedRow, facts: Cells) -> None:
        if self.table.is_own and (facts.get("sources") or row.cells.get("sources")):
            facts.setdefault("sources", row.cells.get("sources", ""))
            return
        cited = several(facts.get("sources", ""))
        if self.source not in (one.partition("#")[0] for one in cited):
            facts["sources"] = _joined((*cited, f"{self.source}#{row.label.replace(SEPARATOR, ' ')}"))
            self.has_cited = True

    def _cites_attachment(self, facts: Mapping[str, str]) -> bool:
        return any(one.partition("#")[0] in self.attachments for one in several(facts.get("sources", "")))

    def _better_address(self, facts: Cells, before: Mapping[str, str]) -> str:
        """The address of the best identifier, where the record had none as good before."""
        address = facts["address"]
        for column in ("list_identifier", "designation"):
            if before.get(column):
                return address
            if facts.get(column):
                wanted = proposal.slug(facts[column])
                if wanted == address:
                    return address
                better = proposal.unused(wanted, self.taken)
                self.taken.add(better)
                return better
        return address

    def _succeed(self, matches: list[tuple[AnnouncedRow, Match | None]]) -> None:
        """Note which standards the rows supersede."""
        by_number = {
            in_one_form(facts[column]): address
            for address, facts in self.after.items()
            for column in ("list_identifier", "designation")
            if facts.get(column)
        }
        for row, match in [] if self.table.is_own else matches:
            said = row.cells.get("supersedes", "")
            if found := _SUPERSEDES.search(row.cells.get(REMARK, "")):
                said = f"{said}、{found[1]}"
            own = match.record.address if match else self._address_of(row, by_number)
            for one in filter(None, (part.strip(" 。.《》") for part in _BETWEEN.split(said))):
                former = by_number.get(in_one_form(number(one)), "")
                if not former or former == own:
                    self.plan.remarks.append(
                        f"row {row.label}: it supersedes {one}, which is not on the list; not recorded"
                    )
                    continue
                facts = self.after[own]
                known = several(facts.get("supersedes", ""))
                facts["supersedes"] = _joined(dict.fromkeys((*known, former)))
                if self.after[former].get("status") not in ("superseded", "withdrawn"):
                    self.after[former]["status"] = "superseded"
                    self._cite(row, self.after[former])

    def _address_of(self, row: AnnouncedRow, by_number: Mapping[str, str]) -> str:
        for column in ("list_identifier", "designation"):
            if address := by_number.get(in_one_form(row.cells.get(column, "")) or "-"):
                return address
        return next(a for a, facts in reversed(self.after.items()) if row.name in facts.values())

    def _rename(self, moved: Mapping[str, str]) -> None:
        """Move each record to its better address; the old one stays as a former one."""
        for former, address in moved.items():
            facts = self.after.pop(former)
            known = several(facts.get("former_addresses", ""))
            facts |= {"address": address, "former_addresses": _joined((*known, former))}
            self.after[address] = facts
            self.places[address] = self.places.pop(former)
            self.plan.proposed |= {(address, column) for at, column in self.plan.proposed if at == former}
        for facts in self.after.values():
            named = several(facts.get("supersedes", ""))
            if any(one in moved for one in named):
                facts["supersedes"] = _joined(moved.get(one, one) for one in named)

    def _note_missing(self, matches: list[tuple[AnnouncedRow, Match | None]]) -> None:
        """Say which standards of the batch the file does not name: an import never takes one away."""
        named = {match.record.address for _, match in matches if match}
        silent = [
            row
            for row in self.standards
            if self.records.batch_of[row.file] == self.plan.batch and row.address not in named
        ]
        if silent and self.plan.batch:
            shown = ", ".join(f"{row.address} ({row['title:zh-Hans']})" for row in silent[:8])
            more = f" and {len(silent) - 8} more" if len(silent) > 8 else ""
            self.plan.remarks.append(f"Recorded for {self.plan.batch} but not in the file; they stay: {shown}{more}")

    # --- entries of the short lists ----------------------------------------------------------------------------

    def _organisation(self, name: str) -> str:
        return self.organisations.address(name) or self._drafted("organisations", name, self.organisations)

    def _field(self, name: str, batch: str) -> str:
        return self.fields.under(name) or self._drafted("fields", name, self.fields, batch)

    def _drafted(self, table: str, name: str, known: drafts.Named, batch: str = "") -> str:
        address = proposal.unused(proposal.slug(name)[:60].strip("-"), set(known.by_name.values()))
        is_chinese = bool(re.search(r"[\u3400-\u9fff]", name))
        names = dict.fromkeys(LANGUAGES, "")
        standing = dict.fromkeys(LANGUAGES, "converted" if is_chinese else "translated") | {"en": "translated"}
        if is_chinese:
            simplified = self.script.text(name, "zh-Hans")
            given = "zh-Hant" if simplified != name else "zh-Hans"
            names |= {
                "zh-Hans": simplified,
                "zh-Hant": self.script.text(name, "zh-Hant") if given == "zh-Hans" else name,
            }
        else:
            given = "en"
            names["en"] = name
        standing[given] = "official"
        entry = (
            drafts.field(names, standing, batch, "") if table == "fields" else drafts.organisation(names, standing, "")
        )
        self.entries.setdefault(table, {})[address] = entry
        known.by_name[in_one_form(name)] = address
        return address

    def _known_source(self) -> str:
        sha256 = self.attachment.sha256
        return next((row.address for row in self.records.tables["sources"] if row["sha256"] == sha256), "")

    def _draft(self) -> None:
        """Complete the new entries by the source that this file is."""
        known = {row.address for row in self.records.tables["sources"]}
        if self.source not in known and (self.has_cited or self.entries):
            batch = self.entries.get("batches", {}).get(self.plan.batch)
            row = self.batches.rows.get(self.plan.batch)
            names = (
                batch["name"]
                if batch
                else {language: row[f"name:{language}"] for language in LANGUAGES}
                if row
                else {"zh-Hans": "湾区标准", "zh-Hant": "灣區標準", "en": "Bay Area Standards"}
            )
            entry = drafts.source(names, self.attachment.name, self.attachment.sha256, self.today)
            self.entries.setdefault("sources", {})[self.source] = entry
        opened = Counter(str(entry["opened_by"]) for entry in self.entries.get("fields", {}).values())
        for table, entries in self.entries.items():
            for address, entry in entries.items():
                if table != "sources":
                    entry["sources"] = [self.source]
                if table == "batches" and opened[address]:
                    entry["fields"] = opened[address]
                self.plan.added.append((f"{table}.yml", address))

    # --- the new texts of the files ----------------------------------------------------------------------------

    def _texts(self, moved: Mapping[str, str]) -> dict[str, str]:
        texts = self._texts_of_standards()
        for table, entries in self.entries.items():
            text = self._read(f"{table}.yml")
            for address, entry in entries.items():
                text = with_entry(text, address, entry, self._line_after(entry) if table == "batches" else 0)
            texts[f"{table}.yml"] = text
        row = self.batches.rows.get(self.plan.batch)
        if row and self.has_cited and self.source not in row.many("sources"):
            text = texts.get("batches.yml") or self._read("batches.yml")
            texts["batches.yml"] = with_value(text, row.line_of("sources"), self.source)
        if history := self._history(moved):
            header = [column.name for column in TABLES["changes"]]
            texts[CHANGES] = edited_csv(self._read(CHANGES), added=history, columns=header)
        return texts

    def _line_after(self, entry: drafts.Entry) -> int:
        """The line of the first announcement later than a new one; 0 where it is the last."""
        first = str(entry.get("announced_on") or entry.get("announced_earliest"))
        later = [r for r in self.batches.rows.values() if (r["announced_on"] or r["announced_earliest"]) > first]
        return later[0].line if later else 0

    def _texts_of_standards(self) -> dict[str, str]:
        changed: dict[str, dict[int, Cells]] = {}
        removed: dict[str, set[int]] = {}
        added: dict[str, list[Cells]] = {}
        for address, facts in self.after.items():
            row = self.places.get(address)
            file = f"standards/{BATCH_FILE}{facts.get(BATCH) or UNKNOWN_BATCH}.csv"
            if row is None:
                added.setdefault(file, []).append(facts)
                continue
            here = f"standards/{Path(row.file).name}"
            if here != file:
                removed.setdefault(here, set()).add(row.line)
                added.setdefault(file, []).append(facts)
            elif facts != self.before[row.address]:
                changed.setdefault(here, {})[row.line] = facts
        return {
            file: edited_csv(
                self._read(file), changed.get(file, {}), removed.get(file, ()), added.get(file, ()), _STANDARDS
            )
            for file in sorted({*changed, *removed, *added})
        }

    def _history(self, moved: Mapping[str, str]) -> list[Cells]:
        """A row for each change that a reader of a published record is told."""
        former = {address: old for old, address in moved.items()}
        batch = "" if self.plan.batch == UNKNOWN_BATCH else self.plan.batch
        return [
            {
                "made_on": self.today.isoformat(),
                "batch": batch,
                "standard": change.address,
                "attribute": change.attribute,
                "from": change.before,
                "to": change.after,
                "source": self.source if self.has_cited else "",
            }
            for change in self.plan.changes
            if change.sign == "~"
            and change.attribute in HISTORY
            and f"standards/{former.get(change.address, change.address)}" in self.records.published
        ]

    def _read(self, name: str) -> str:
        path = self.folder / name
        return path.read_bytes().decode("utf-8") if path.exists() else ""

    def _left(self) -> list[Problem]:
        """What the check will say once the texts are written."""
        with tempfile.TemporaryDirectory() as folder:
            content = Path(folder) / "content"
            shutil.copytree(self.folder, content / RECORDS)
            shutil.copy(self.content / "scripts.yml", content)
            for name, text in self.plan.texts.items():
                (content / RECORDS / name).write_bytes(text.encode())
            records = read_records(content)
            found = check.problems(records, read_scripts(content, records.problems))
            prefix = (content / RECORDS).as_posix()
            return [
                Problem(problem.file.replace(prefix, self.records.folder), problem.line, problem.sentence)
                for problem in found
            ]

    def _facts(self, row: Row) -> Cells:
        """The facts of a record: its cells, and its batch."""
        facts = {column: row[column] for column in _STANDARDS if row[column]}
        if batch := self.records.batch_of[row.file]:
            facts[BATCH] = batch
        return facts


def _joined(values: Iterable[str]) -> str:
    return f" {SEPARATOR} ".join(values)
