"""Announced rows → the standards as they would be recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from generator.announcing import entries, proposal
from generator.announcing.attachments.headings import REMARK
from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.draft import STANDARDS, Draft
from generator.announcing.matching import Matches
from generator.announcing.remarks import BETWEEN, Remark
from generator.announcing.succession import record_successions
from generator.catalogue.columns import BATCH, Facts
from generator.catalogue.languages import LANGUAGES, Standing
from generator.catalogue.numbers import NUMBERS, number_key
from generator.catalogue.records import SEPARATOR, UNKNOWN_BATCH, Row, joined, several
from generator.catalogue.scripts import Scripts

_PLAIN = (*NUMBERS, "issued_on", "implemented_on", "withdrawn_on", "status", "route")
"""Columns whose text is recorded as it is announced."""
_SPARED = ("publisher", "field", *_PLAIN)
"""Columns that a blank cell never empties."""
_NOTED = (*NUMBERS, "title:zh-Hans", "publisher", "batch", "status")
"""Columns on which a note may have been written."""
_TITLES = ("title:", "standing:")
_APART = frozenset({*_PLAIN, "address", "sources", "former_addresses"})
"""Columns that a row does not simply overwrite, beside the titles."""
_CHINESE = ("zh-Hans", "zh-Hant")
_LISTED = re.compile(r"[、；;/|]")


class Completion:
    """The completion of a draft, row by row."""

    def __init__(self, draft: Draft, scripts: Scripts, *, is_own: bool, accepted: frozenset[str], today: date) -> None:
        """Complete `draft`.

        `is_own` tells that the rows are the list's own export, whose every cell is meant.
        `accepted` are the labels of rows for which the editor answered a question with yes.
        After `today` nothing is recorded as having happened.
        """
        self.draft, self.is_own, self.accepted, self.today = draft, is_own, accepted, today
        self.organisations, self.fields = (entries.NameIndex(draft.records, one) for one in ("organisations", "fields"))
        self.script = proposal.OtherScript(scripts)
        self.guess = proposal.FieldGuess(draft.records.tables["standards"])
        self.attachments = {row.address for row in draft.records.tables["sources"] if row["sha256"]}

    def complete(self, matches: Matches) -> None:
        """Put what every row says into its record, or into a new one."""
        for row, match in matches:
            if match:
                self._complete(row, match.record)
            else:
                self._add(row)
        if not self.is_own:
            record_successions(self.draft, matches, self.today)
        self._rename()

    def _complete(self, row: AnnouncedRow, record: Row) -> None:
        """Put what `row` says into the facts of `record`."""
        facts, before = self.draft.after[record.address], self.draft.before[record.address]
        values = self._values(row, facts)
        self._ask_about_less(row, facts, values)
        for column, value in values.items():
            if column in _PLAIN and number_key(value) != number_key(facts.get(column, "")):
                self._replace(row, facts, column, value)
            elif value and column not in _APART and not column.startswith(_TITLES):
                facts[column] = value
        self._set_titles(row, facts, values)
        self._set_batch(row, facts)
        if facts != before or not (self.is_own or self._cites_attachment(facts)):
            self._cite(row, facts)
        if facts == before:
            self.draft.unchanged += 1
        if facts.get("note:zh-Hans") and any(facts.get(column) != before.get(column) for column in _NOTED):
            self.draft.remarks.append(f"{facts['address']} has a note that was written before this; read it again")
        better = self._better_address(facts, before)
        if better != record.address:
            self.draft.moved[record.address] = better

    def _add(self, row: AnnouncedRow) -> None:
        """Add a new standard as `row` announces it, with proposals for what it leaves open."""
        facts: Facts = {}
        values = self._values(row, facts)
        facts |= {column: value for column, value in values.items() if value and not column.startswith(_TITLES)}
        title = next((row.cells[f"title:{la}"] for la in LANGUAGES if f"title:{la}" in row.cells), "")
        named = values.get("list_identifier") or values.get("designation") or title
        taken = self.draft.taken
        address = taken.take(values["address"]) if values.get("address") else taken.propose(named)
        self.draft.new[row.label] = facts["address"] = address
        self._set_titles(row, facts, values)
        if not self.is_own:
            # What is still to be written will be a translation.
            facts |= {f"standing:{la}": facts.get(f"standing:{la}") or "translated" for la in LANGUAGES}
        self._guess_field(facts)
        self.draft.proposed.add((address, "address"))
        if batch := self._batch_of(row):
            facts[BATCH] = batch
        self._cite(row, facts)
        self.draft.after[address] = facts

    # --- what a row says --------------------------------------------------------------------------------------------

    def _values(self, row: AnnouncedRow, facts: Mapping[str, str]) -> Facts:
        """The values that `row` gives for the standard of `facts`, by the columns of the records."""
        values = {column: text for column, text in row.cells.items() if column in STANDARDS}
        if not self.is_own:
            values.pop("supersedes", None)
        if name := row.cells.get("publisher", ""):
            values["publisher"] = self._organisation(name)
        if names := row.cells.get("led_by", ""):
            bodies = names.split(SEPARATOR) if self.is_own else BETWEEN.split(names)
            values["led_by"] = joined(self._organisation(name.strip()) for name in bodies if name.strip())
        if field := self._field_of(row):
            values["field"] = field
            values.setdefault("field_assigned_by", "source")
        batch = self.draft.batches.rows.get(facts.get(BATCH, "") or self._batch_of(row))
        if batch and values.get("announced_on") == batch["announced_on"]:
            del values["announced_on"]
        self._put_remark(row, values)
        if "withdrawn_on" in values and facts.get("status") not in ("withdrawn", "superseded"):
            values.setdefault("status", "withdrawn")
        return values

    def _put_remark(self, row: AnnouncedRow, values: Facts) -> None:
        """Put what the remark of `row` says for certain into `values`."""
        text = row.cells.get(REMARK, "")
        remark = Remark.of(text, self.today)
        if remark.is_withdrawn:
            values.setdefault("status", "withdrawn")
            if remark.withdrawn_on:
                values.setdefault("withdrawn_on", remark.withdrawn_on)
        elif not remark.is_recorded:
            self.draft.remarks.append(
                f"row {row.label}: the remark ‘{text}’ is not recorded; a note would be its place"
            )

    def _batch_of(self, row: AnnouncedRow) -> str:
        """The address of the batch of a row; '' where it is not known."""
        name = row.cells.get(BATCH, "")
        address = self.draft.batch or (self.draft.batches.address(name) if name else "")
        return "" if address == UNKNOWN_BATCH else address

    def _organisation(self, name: str) -> str:
        """The address of the body called `name`; a new one gets an entry."""
        address = self.organisations.address(name)
        if not address and _LISTED.search(name):
            self.draft.problems.append(
                f"publisher ‘{name}’ names several bodies; leave the one that issues the standard, "
                "and put the others under 牵头单位"
            )
        return address or self._draft_entry("organisations", name)

    def _field_of(self, row: AnnouncedRow) -> str:
        """The address of the field that `row`, or the heading above it, names; '' for none."""
        name = row.cells.get("field", "")
        if not name:
            return self.fields.under(row.section) if row.section else ""
        address = self.fields.under(name)
        if not address and _LISTED.search(name):
            self.draft.problems.append(f"field ‘{name}’ names several fields; leave the one that the standard is of")
        return address or self._draft_entry("fields", name, self._batch_of(row))

    def _draft_entry(self, table: str, name: str, batch: str = "") -> str:
        """The address of a new entry called `name` in the short list `table`."""
        index = self.fields if table == "fields" else self.organisations
        address = index.taken.propose(name)
        names, standing = self.script.names(name)
        entry = (
            entries.field_entry(names, standing, batch)
            if table == "fields"
            else entries.organisation_entry(names, standing)
        )
        self.draft.entries.setdefault(table, {})[address] = entry
        index.by_name[in_one_form(name)] = address
        return address

    # --- what is asked ----------------------------------------------------------------------------------------------

    def _replace(self, row: AnnouncedRow, facts: Facts, column: str, value: str) -> None:
        """Put `value` into `column`; another number than the recorded one is asked about first."""
        recorded = facts.get(column, "")
        if recorded and column in NUMBERS and not self.is_own:
            if row.label not in self.accepted:
                self.draft.questions.append(
                    f"row {row.label} would change the {column} of {facts['address']} from {recorded} to {value}. "
                    f"Say --accept {row.label} if that is right, --new {row.label} if it is another standard."
                )
            if facts["address"] == proposal.slug(recorded):
                self.draft.remarks.append(f"{facts['address']} keeps its address, though its {column} becomes {value}")
        facts[column] = value

    def _ask_about_less(self, row: AnnouncedRow, facts: Facts, values: Mapping[str, str]) -> None:
        """Ask where a row says less than its record."""
        if self.is_own or row.label in self.accepted:
            return
        less = [column for column in _SPARED if column in row.blank and facts.get(column) and not values.get(column)]
        # Our own guess is no more than the row says.
        if facts.get("field_assigned_by") == "catalogue" and "field" in less:
            less.remove("field")
        for language in LANGUAGES:
            column = f"title:{language}"
            title, recorded = row.cells.get(column, ""), facts.get(column, "")
            is_shorter = title and title != recorded and title in recorded
            if is_shorter and facts.get(f"standing:{language}") == "official":
                less.append(f"{column} (‘{title}’ for ‘{recorded}’)")
        if less:
            self.draft.questions.append(
                f"row {row.label} says less than {facts['address']}: {', '.join(less)}. "
                f"Complete the row, or say --accept {row.label} to keep what is recorded."
            )

    # --- titles -----------------------------------------------------------------------------------------------------

    def _set_titles(self, row: AnnouncedRow, facts: Facts, values: Mapping[str, str]) -> None:
        """Give `facts` the titles of `row`, in both Chinese scripts."""
        if self.is_own:
            facts |= {column: value for column, value in values.items() if column.startswith(_TITLES)}
            return
        titles = self._titles(row, facts, values)
        changed = {language for language, title in titles.items() if title != facts.get(f"title:{language}", "")}
        for language, other in (_CHINESE, _CHINESE[::-1]):
            is_wanted = language in changed or not facts.get(f"title:{other}")
            if language in titles and other not in titles and is_wanted:
                is_kept = facts.get(f"standing:{language}") != "official"
                self._set_title(facts, other, self.script.text(titles[language], other), "converted", is_kept=is_kept)
        for language, title in titles.items():
            is_kept = facts.get(f"standing:{language}") != "official"
            self._set_title(facts, language, title, "official", is_kept=is_kept)
        is_recorded = facts["address"] in self.draft.before
        if is_recorded and changed & set(_CHINESE) and facts.get("title:en") and "en" not in titles:
            self.draft.remarks.append(f"{facts['address']}: its Chinese title changed; read its English title again")

    def _titles(self, row: AnnouncedRow, facts: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
        """Language → title of `row`, unless the editor accepted that the recorded one says more."""
        titles = {language: values[f"title:{language}"] for language in LANGUAGES if f"title:{language}" in values}
        if row.label not in self.accepted:
            return titles
        recorded = {language: facts.get(f"title:{language}", "") for language in LANGUAGES}
        return {
            language: title
            for language, title in titles.items()
            if title not in recorded[language] or title == recorded[language]
        }

    def _set_title(self, facts: Facts, language: str, title: str, standing: Standing, *, is_kept: bool) -> None:
        """Give `facts` a title; where `is_kept`, the former one stays as another name."""
        recorded = facts.get(f"title:{language}", "")
        if recorded == title:
            if standing == "official":
                facts[f"standing:{language}"] = standing
            return
        also = f"also_called:{language}"
        names = [name for name in several(facts.get(also, "")) if name != title]
        if recorded and is_kept and in_one_form(recorded) != in_one_form(title):
            names.append(recorded)
        facts |= {f"title:{language}": title, f"standing:{language}": standing}
        facts[also] = joined(dict.fromkeys(names))
        if not facts[also]:
            del facts[also]
        if standing == "converted":
            self.draft.proposed.add((facts["address"], f"title:{language}"))

    # --- field, batch, source, address ------------------------------------------------------------------------------

    def _guess_field(self, facts: Facts) -> None:
        """Propose a field for a standard that has none."""
        title = facts.get("title:zh-Hans", "")
        if not facts.get("field") and (field := self.fields.within(title) or self.guess.field(title)):
            facts |= {"field": field, "field_assigned_by": "catalogue"}
            self.draft.proposed.add((facts["address"], "field"))

    def _set_batch(self, row: AnnouncedRow, facts: Facts) -> None:
        """Give a recorded standard the batch of `row`, unless it was announced before."""
        batch = self._batch_of(row)
        if batch and facts.setdefault(BATCH, batch) != batch:
            self.draft.remarks.append(f"row {row.label} is {facts['address']} of {facts[BATCH]}, and stays there")

    def _cite(self, row: AnnouncedRow, facts: Facts) -> None:
        """Name the attachment as a source; a row of our own export names its sources itself."""
        if self.is_own and (facts.get("sources") or row.cells.get("sources")):
            facts.setdefault("sources", row.cells.get("sources", ""))
        else:
            self.draft.cite(facts, row.label)

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
                return self.draft.taken.unused(wanted)
        return address

    def _rename(self) -> None:
        """Move each record to its better address; the old one stays as a former one."""
        moved = self.draft.moved
        for former, address in moved.items():
            facts = self.draft.after.pop(former)
            formers = several(facts.get("former_addresses", ""))
            facts |= {"address": address, "former_addresses": joined((*formers, former))}
            self.draft.after[address] = facts
            self.draft.rows[address] = self.draft.rows.pop(former)
            self.draft.proposed |= {(address, column) for at, column in self.draft.proposed if at == former}
        for facts in self.draft.after.values():
            superseded = several(facts.get("supersedes", ""))
            if any(one in moved for one in superseded):
                facts["supersedes"] = joined(moved.get(one, one) for one in superseded)
