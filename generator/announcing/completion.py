"""What the rows of an announcement say → the standards as they would be recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from generator.announcing import entries, proposal
from generator.announcing.attachments.headings import REMARK
from generator.announcing.attachments.normalise import day, in_one_form, is_chinese
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.draft import STANDARDS, Draft
from generator.announcing.matching import Match
from generator.catalogue.columns import BATCH, Facts
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.numbers import NUMBERS, number_key
from generator.catalogue.records import SEPARATOR, UNKNOWN_BATCH, Row, joined, several
from generator.catalogue.scripts import Scripts

_PLAIN = (*NUMBERS, "issued_on", "implemented_on", "withdrawn_on", "status", "route")
"""Columns whose text is recorded as it is announced."""
_SPARED = ("publisher", "field", *_PLAIN)
"""Columns that a blank cell never empties."""
_NOTED = (*NUMBERS, "title:zh-Hans", "publisher", "batch", "status")
"""Columns on which a note may have been written."""
_CHINESE = ("zh-Hans", "zh-Hant")
_WITHDRAWN = re.compile(r"废止|廢止|撤销|撤銷|作废|作廢|withdrawn|revoked|abolished", re.IGNORECASE)
_SUPERSEDES = re.compile(r"(?:代替|替代|取代|replaces|supersedes)\s*[:：]?\s*(.+)", re.IGNORECASE)
_SUPERSEDED = re.compile(r"(?:被|由)\s*(.+?)\s*(?:代替|替代|取代)|(?:replaced|superseded) by\s*(.+)", re.IGNORECASE)
_UNSURE = re.compile(
    r"不|未|拟|擬|计划|計劃|征求|徵求|部分|部份|建议|建議|\b(?:not|propos\w*|partial\w*|draft|plan\w*|may)\b",
    re.IGNORECASE,
)
"""What a remark says that makes nothing of it certain."""
_DATE = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_LISTED = re.compile(r"[、；;/|]")
_BETWEEN = re.compile(r"[、，,；;|]|和|及|\band\b")


class Completion:
    """Completes a draft, row by row. `is_own` tells that the rows are the list's own export, whose every cell is
    meant; `accepted` are the labels of rows that the editor was asked about; what lies after `today` is not recorded as
    having happened."""

    def __init__(self, draft: Draft, scripts: Scripts, *, is_own: bool, accepted: frozenset[str], today: date) -> None:
        self.draft, self.is_own, self.accepted, self.today = draft, is_own, accepted, today
        self.organisations, self.fields = (entries.Named(draft.records, one) for one in ("organisations", "fields"))
        self.script = proposal.OtherScript(scripts)
        self.guess = proposal.FieldGuess(draft.records.tables["standards"])
        self.attachments = {row.address for row in draft.records.tables["sources"] if row["sha256"]}

    def complete(self, matches: list[tuple[AnnouncedRow, Match | None]]) -> None:
        """Put what every row says into its record, or into a new one."""
        for row, match in matches:
            if match:
                self._complete(row, match.record)
            else:
                self._add(row)
        self._succeed(matches)
        self._rename()

    def _batch_of(self, row: AnnouncedRow) -> str:
        """The address of the batch of a row; '' where it is not known."""
        said = row.cells.get(BATCH, "")
        address = self.draft.batch or (self.draft.batches.address(said) if said else "")
        return "" if address == UNKNOWN_BATCH else address

    def _complete(self, row: AnnouncedRow, record: Row) -> None:
        """Put what `row` says into the facts of `record`."""
        facts = self.draft.after[record.address]
        told = self._told(row, facts)
        self._spare(row, facts, told)
        for column in _PLAIN:
            value, known = told.get(column, ""), facts.get(column, "")
            if value and number_key(value) != number_key(known):
                self._replace(row, facts, column, value)
        for column in set(STANDARDS) - set(_PLAIN) - {"address", "sources", "former_addresses"}:
            if not column.startswith(("title:", "standing:")) and (value := told.get(column, "")):
                facts[column] = value
        self._retitle(row, facts, told)
        if not facts.get(BATCH) and (batch := self._batch_of(row)):
            facts[BATCH] = batch
        elif facts.get(BATCH, "") != self._batch_of(row) and self._batch_of(row):
            self.draft.remarks.append(f"row {row.label} is {record.address} of {facts[BATCH]}, and stays there")
        if facts != self.draft.before[record.address] or not (self.is_own or self._cites_attachment(facts)):
            self._cite(row, facts)
        if facts == self.draft.before[record.address]:
            self.draft.unchanged += 1
        before = self.draft.before[record.address]
        if facts.get("note:zh-Hans") and any(facts.get(column) != before.get(column) for column in _NOTED):
            self.draft.remarks.append(f"{facts['address']} has a note that was written before this; read it again")
        better = self._better_address(facts, self.draft.before[record.address])
        if better != record.address:
            self.draft.moved[record.address] = better

    def _replace(self, row: AnnouncedRow, facts: Facts, column: str, value: str) -> None:
        """Put `value` into `column`; another number than the recorded one is asked about first."""
        known = facts.get(column, "")
        if known and column in NUMBERS and not self.is_own:
            if row.label not in self.accepted:
                self.draft.questions.append(
                    f"row {row.label} would change the {column} of {facts['address']} from {known} to {value}. "
                    f"Say --accept {row.label} if that is right, --new {row.label} if it is another standard."
                )
            if facts["address"] == proposal.slug(known):
                self.draft.remarks.append(f"{facts['address']} keeps its address, though its {column} becomes {value}")
        facts[column] = value

    def _spare(self, row: AnnouncedRow, facts: Facts, told: Mapping[str, str]) -> None:
        """Ask where a row says less than its record."""
        if self.is_own or row.label in self.accepted:
            return
        less = [column for column in _SPARED if column in row.blank and facts.get(column) and not told.get(column)]
        # Our own guess is no more than the row says.
        if facts.get("field_assigned_by") == "catalogue" and "field" in less:
            less.remove("field")
        for language in LANGUAGES:
            said, known = row.cells.get(f"title:{language}", ""), facts.get(f"title:{language}", "")
            if facts.get(f"standing:{language}") == "official" and said != known and said and said in known:
                less.append(f"title:{language} (‘{said}’ for ‘{known}’)")
        if less:
            self.draft.questions.append(
                f"row {row.label} says less than {facts['address']}: {', '.join(less)}. "
                f"Complete the row, or say --accept {row.label} to keep what is recorded."
            )

    def _told(self, row: AnnouncedRow, facts: Mapping[str, str]) -> Facts:
        """What `row` says, by the columns of the records."""
        told = {column: text for column, text in row.cells.items() if column in STANDARDS}
        if name := row.cells.get("publisher", ""):
            told["publisher"] = self._organisation(name)
        if names := row.cells.get("led_by", ""):
            several = names.split(SEPARATOR) if self.is_own else _BETWEEN.split(names)
            told["led_by"] = joined(self._organisation(one.strip()) for one in several if one.strip())
        name = row.cells.get("field", "")
        section = self.fields.under(row.section) if row.section and not name else ""
        if name or section:
            told["field"] = section or self._field(name, self._batch_of(row))
            told.setdefault("field_assigned_by", "source")
        batch = self.draft.batches.rows.get(facts.get(BATCH, "") or self._batch_of(row))
        if batch and told.get("announced_on") == batch["announced_on"]:
            del told["announced_on"]
        told.pop("supersedes", None)
        if self.is_own and row.cells.get("supersedes"):
            told["supersedes"] = row.cells["supersedes"]
        remark = row.cells.get(REMARK, "")
        found = _DATE.search(remark)
        on = day(found[0]) if found else ""
        if _WITHDRAWN.search(remark) and not _UNSURE.search(remark) and on <= self.today.isoformat():
            told.setdefault("status", "withdrawn")
            if on:
                told.setdefault("withdrawn_on", on)
        elif remark and (
            _UNSURE.search(remark)
            or _WITHDRAWN.search(remark)
            or not (_SUPERSEDES.search(remark) or _SUPERSEDED.search(remark))
        ):
            self.draft.remarks.append(
                f"row {row.label}: the remark ‘{remark}’ is not recorded; a note would be its place"
            )
        if (
            told.get("withdrawn_on")
            and not told.get("status")
            and facts.get("status") not in ("withdrawn", "superseded")
        ):
            told["status"] = "withdrawn"
        return told

    def _retitle(self, row: AnnouncedRow, facts: Facts, told: Mapping[str, str]) -> None:
        """Give `facts` the titles of `row`, and the other Chinese script where only one is announced. A title that
        was not official stays as a name it is also called by."""
        if self.is_own:
            facts |= {c: v for c, v in told.items() if c.startswith(("title:", "standing:"))}
            return
        given = {language: told[f"title:{language}"] for language in LANGUAGES if f"title:{language}" in told}
        if row.label in self.accepted:
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
                    self._name(
                        facts, other, title, "converted", is_kept=facts.get(f"standing:{language}") != "official"
                    )
        for language, title in given.items():
            self._name(facts, language, title, "official", is_kept=facts.get(f"standing:{language}") != "official")
        if (
            changed & set(_CHINESE)
            and facts.get("title:en")
            and "en" not in given
            and facts["address"] in self.draft.before
        ):
            self.draft.remarks.append(f"{facts['address']}: its Chinese title changed; read its English title again")

    def _name(self, facts: Facts, language: str, title: str, standing: str, *, is_kept: bool) -> None:
        """Give `facts` a title; where `is_kept`, the one before stays as a name it is also called by."""
        known = facts.get(f"title:{language}", "")
        if known == title:
            if standing == "official":
                facts[f"standing:{language}"] = standing
            return
        also = f"also_called:{language}"
        names = [one for one in several(facts.get(also, "")) if one != title]
        if known and is_kept and in_one_form(known) != in_one_form(title):
            names.append(known)
        facts |= {f"title:{language}": title, f"standing:{language}": standing}
        facts[also] = joined(dict.fromkeys(names))
        if not facts[also]:
            del facts[also]
        if standing == "converted":
            self.draft.proposed.add((facts["address"], f"title:{language}"))

    def _add(self, row: AnnouncedRow) -> None:
        """A new standard as `row` announces it, with proposals for what it leaves open."""
        facts: Facts = {}
        told = self._told(row, facts)
        facts |= {c: v for c, v in told.items() if v and not c.startswith(("title:", "standing:"))}
        title = next((row.cells[f"title:{la}"] for la in LANGUAGES if f"title:{la}" in row.cells), "")
        address = told.get("address") or proposal.address(
            told.get("list_identifier", ""), told.get("designation", ""), title, self.draft.taken
        )
        self.draft.taken.add(address)
        facts["address"] = address
        self._retitle(row, facts, told)
        if not self.is_own:
            # What is still to be written will be a translation.
            facts |= {f"standing:{la}": facts.get(f"standing:{la}") or "translated" for la in LANGUAGES}
        if not facts.get("field") and (
            guessed := self.fields.within(facts.get("title:zh-Hans", ""))
            or self.guess.field(facts.get("title:zh-Hans", ""))
        ):
            facts |= {"field": guessed, "field_assigned_by": "catalogue"}
            self.draft.proposed.add((address, "field"))
        self.draft.proposed.add((address, "address"))
        if batch := self._batch_of(row):
            facts[BATCH] = batch
        self._cite(row, facts)
        self.draft.after[address] = facts

    def _cite(self, row: AnnouncedRow, facts: Facts) -> None:
        if self.is_own and (facts.get("sources") or row.cells.get("sources")):
            facts.setdefault("sources", row.cells.get("sources", ""))
            return
        cited = several(facts.get("sources", ""))
        if self.draft.source not in (one.partition("#")[0] for one in cited):
            facts["sources"] = joined((*cited, f"{self.draft.source}#{row.label.replace(SEPARATOR, ' ')}"))
            self.draft.has_cited = True

    def _cites_attachment(self, facts: Mapping[str, str]) -> bool:
        return any(one.partition("#")[0] in self.attachments for one in several(facts.get("sources", "")))

    def _better_address(self, facts: Facts, before: Mapping[str, str]) -> str:
        """The address of the best identifier, where the record had none as good before."""
        address = facts["address"]
        for column in NUMBERS:
            if before.get(column):
                return address
            if facts.get(column):
                wanted = proposal.slug(facts[column])
                if wanted == address:
                    return address
                better = proposal.unused(wanted, self.draft.taken)
                self.draft.taken.add(better)
                return better
        return address

    def _succeed(self, matches: list[tuple[AnnouncedRow, Match | None]]) -> None:
        """Note which standards the rows supersede."""
        by_number = {
            number_key(facts[column]): address
            for address, facts in self.draft.after.items()
            for column in NUMBERS
            if facts.get(column)
        }
        for row, match in [] if self.is_own else matches:
            own = match.record.address if match else self._address_of(row, by_number)
            remark = "" if _UNSURE.search(row.cells.get(REMARK, "")) else row.cells.get(REMARK, "")
            pairs = []
            for said in (row.cells.get("supersedes", ""), *_SUPERSEDES.findall(remark)):
                pairs += [(own, one) for one in _numbers(said)]
            for said in _SUPERSEDED.findall(remark):
                pairs += [(one, own) for one in _numbers("、".join(said))]
            for successor, former in pairs:
                new, old = (one if one == own else by_number.get(number_key(one), "") for one in (successor, former))
                if new and old and new != old:
                    self._supersede(row, new, old)
                elif new != old:
                    other = former if successor == own else successor
                    self.draft.remarks.append(f"row {row.label}: {other} is not on the list; no succession is recorded")

    def _supersede(self, row: AnnouncedRow, new: str, old: str) -> None:
        """Note that `new` supersedes `old`, as `row` says."""
        facts, former = self.draft.after[new], self.draft.after[old]
        if old in several(facts.get("supersedes", "")):
            return
        facts["supersedes"] = joined((*several(facts.get("supersedes", "")), old))
        self._cite(row, facts)
        if former.get("status") not in ("superseded", "withdrawn"):
            former["status"] = "superseded"
            self._cite(row, former)

    def _address_of(self, row: AnnouncedRow, by_number: Mapping[str, str]) -> str:
        for column in NUMBERS:
            if address := by_number.get(number_key(row.cells.get(column, "")) or "-"):
                return address
        return next(a for a, facts in reversed(self.draft.after.items()) if row.name in facts.values())

    def _rename(self) -> None:
        """Move each record to its better address; the old one stays as a former one."""
        moved = self.draft.moved
        for former, address in moved.items():
            facts = self.draft.after.pop(former)
            known = several(facts.get("former_addresses", ""))
            facts |= {"address": address, "former_addresses": joined((*known, former))}
            self.draft.after[address] = facts
            self.draft.rows[address] = self.draft.rows.pop(former)
            self.draft.proposed |= {(address, column) for at, column in self.draft.proposed if at == former}
        for facts in self.draft.after.values():
            named = several(facts.get("supersedes", ""))
            if any(one in moved for one in named):
                facts["supersedes"] = joined(moved.get(one, one) for one in named)

    def _organisation(self, name: str) -> str:
        if self.organisations.address(name) == "" and len(_LISTED.split(name)) > 1:
            self.draft.problems.append(
                f"publisher ‘{name}’ names several bodies; leave the one that issues the standard, "
                "and put the others under 牵头单位"
            )
        return self.organisations.address(name) or self._drafted("organisations", name, self.organisations)

    def _field(self, name: str, batch: str) -> str:
        if self.fields.under(name) == "" and len(_LISTED.split(name)) > 1:
            self.draft.problems.append(f"field ‘{name}’ names several fields; leave the one that the standard is of")
        return self.fields.under(name) or self._drafted("fields", name, self.fields, batch)

    def _drafted(self, table: str, name: str, known: entries.Named, batch: str = "") -> str:
        address = proposal.unused(proposal.slug(name)[:60].strip("-"), set(known.by_name.values()))
        has_chinese = is_chinese(name)
        names = dict.fromkeys(LANGUAGES, "")
        standing = dict.fromkeys(LANGUAGES, "converted" if has_chinese else "translated") | {"en": "translated"}
        if has_chinese:
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
        entry = entries.field(names, standing, batch) if table == "fields" else entries.organisation(names, standing)
        self.draft.entries.setdefault(table, {})[address] = entry
        known.by_name[in_one_form(name)] = address
        return address


def _numbers(said: str) -> list[str]:
    """The numbers that a text lists."""
    return [one for part in _BETWEEN.split(said) if (one := part.strip(" 。.《》"))]
