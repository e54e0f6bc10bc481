"""Announced rows → the standards as they would be recorded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from generator.announcing import entries, proposal
from generator.announcing.attachments.headings import REMARK, REVIEW
from generator.announcing.attachments.normalise import in_one_form, is_same_but_for_signs
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.draft import STANDARDS, Draft
from generator.announcing.matching import Matches
from generator.announcing.questions import accept, as_new, skip
from generator.announcing.remarks import BETWEEN, Remark
from generator.announcing.succession import record_successions
from generator.catalogue.columns import ALL_FIELDS, BATCH, DERIVATION, ENDED, WHO_ASSIGNED_ALL, Facts
from generator.catalogue.languages import LANGUAGES, Standing
from generator.catalogue.messages import ColumnName, Message
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
        self.draft.restate()
        self.draft.rename()

    def _complete(self, row: AnnouncedRow, record: Row) -> None:
        """Put what `row` says into the facts of `record`."""
        facts, before = self.draft.after[record.address], self.draft.before[record.address]
        self.draft.addresses[row.label] = record.address
        values = self._values(row, facts)
        self._ask_about_less(row, facts, values)
        for column, value in values.items():
            if column in _PLAIN and number_key(value) != number_key(facts.get(column, "")):
                self._replace(row, facts, column, value)
            elif value and column not in _APART and not column.startswith(_TITLES):
                facts[column] = value
        self._set_titles(row, facts, values)
        self._note_words(row, facts, before)
        self._set_batch(row, facts)
        if facts != before or not (self.is_own or self._cites_attachment(facts)):
            self._cite(row, facts)
        if facts == before:
            self.draft.unchanged += 1
        if facts.get("note:zh-Hans") and any(facts.get(column) != before.get(column) for column in _NOTED):
            self.draft.note(Message("import.note-before"), facts["address"])
        self.draft.move(facts, before)

    def _add(self, row: AnnouncedRow) -> None:
        """Add a new standard as `row` announces it, with proposals for what it leaves open."""
        facts: Facts = {}
        values = self._values(row, facts)
        facts |= {column: value for column, value in values.items() if value and not column.startswith(_TITLES)}
        title = next((row.cells[f"title:{la}"] for la in LANGUAGES if f"title:{la}" in row.cells), "")
        named = values.get("list_identifier") or values.get("designation") or title
        taken = self.draft.taken
        address = taken.take(values["address"]) if values.get("address") else taken.propose(named)
        self.draft.addresses[row.label] = facts["address"] = address
        self._set_titles(row, facts, values)
        self._note_words(row, facts, {})
        if not facts.get("field") and (field := self.fields.within(facts.get("title:zh-Hans", ""))):
            self.draft.note(Message("import.field-in-title"), Message("import.row-of", row=row.called, what=field))
        self.draft.proposed.add((address, "address"))
        if batch := self._batch_of(row):
            facts[BATCH] = batch
        facts.setdefault("recorded_on", self.today.isoformat())
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
        if fields := self._fields_of(row):
            values["field"] = joined(fields)
            values["field_assigned_by"] = row.cells.get(WHO_ASSIGNED_ALL, values.get("field_assigned_by", "source"))
        batch = self.draft.batches.rows.get(facts.get(BATCH, "") or self._batch_of(row))
        if batch and values.get("announced_on") == batch["announced_on"]:
            del values["announced_on"]
        if not self.is_own:
            self._put_withdrawal(row, facts, values)
        return values

    def _put_withdrawal(self, row: AnnouncedRow, facts: Mapping[str, str], values: Facts) -> None:
        """Put into `values` that the standard of `facts` is withdrawn, where `row` says that it has been.

        What it says in other words than a status is kept with these words.
        """
        text = row.cells.get(REMARK, "")
        remark = Remark.of(text, self.today)
        if not remark.is_recorded:
            self.draft.note(Message("import.remark"), Message("import.row", row=row.called, name=text))
        words = dict(row.words)
        on = values.get("withdrawn_on", "")
        if on > self.today.isoformat():
            del values["withdrawn_on"]
            self.draft.remarks.append(Message("import.to-be-withdrawn", row=row.called, day=on))
        elif on and facts.get("status") not in ENDED:
            words.setdefault("status", on)
            values.setdefault("status", "withdrawn")
        if remark.is_withdrawn:
            words.setdefault("status", text)
            values.setdefault("status", "withdrawn")
            if remark.withdrawn_on and values.setdefault("withdrawn_on", remark.withdrawn_on) == remark.withdrawn_on:
                words.setdefault("withdrawn_on", text)
        if (review := row.cells.get(REVIEW, "")) and values.get("status") != "withdrawn":
            self._ask_about_review(row, review, facts, values, words)
        row.words = words

    def _ask_about_review(
        self, row: AnnouncedRow, review: str, facts: Mapping[str, str], values: Facts, words: Facts
    ) -> None:
        """Withdraw the standard of `row` by its `review` where the editor says so, or ask."""
        if row.label in self.accepted and values.setdefault("status", "withdrawn") == "withdrawn":
            words.setdefault("status", review)
        elif row.label not in self.accepted:
            self.draft.ask(
                row.label,
                Message("import.review", row=row.called, name=row.name, review=review),
                accept(row.label, Message("import.if-it-is")),
                skip(row.label),
                address=facts.get("address", ""),
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
            self.draft.problems.append(Message("import.several-bodies", name=name))
        return address or self._draft_entry("organisations", name)

    def _fields_of(self, row: AnnouncedRow) -> list[str]:
        """The addresses of the fields that `row` names, or of the one that the heading above it names."""
        first, name = row.cells.get("field", ""), row.cells.get(ALL_FIELDS, "")
        if not (first or name):
            return [field for section in row.sections if (field := self.fields.under(section))][:1]
        fields = self.fields.listed(name or first)
        if name and self.fields.listed(first) != fields[:1]:
            self.draft.problems.append(Message("import.another-field", row=row.called, field=first, fields=name))
        name = name or first
        if not fields and _LISTED.search(name):
            self.draft.problems.append(Message("import.several-fields", name=name))
        return fields or [self._draft_entry("fields", name, self._batch_of(row))]

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
                self.draft.ask(
                    row.label,
                    Message(
                        "import.would-change",
                        row=row.called,
                        column=ColumnName(column),
                        address=facts["address"],
                        recorded=recorded,
                        value=value,
                    ),
                    accept(row.label, Message("import.if-right")),
                    as_new(row.label),
                    address=facts["address"],
                )
            if facts["address"] == proposal.slug(recorded):
                self.draft.remarks.append(
                    Message("import.keeps-address", address=facts["address"], column=ColumnName(column), value=value)
                )
        facts[column] = value

    def _ask_about_less(self, row: AnnouncedRow, facts: Facts, values: Mapping[str, str]) -> None:
        """Ask where a row says less than its record."""
        if self.is_own or row.label in self.accepted:
            return
        blank = [column for column in _SPARED if column in row.blank and facts.get(column) and not values.get(column)]
        # Our own guess is no more than the row says.
        if facts.get("field_assigned_by") == "catalogue" and "field" in blank:
            blank.remove("field")
        less: list[ColumnName | Message] = [ColumnName(column) for column in blank]
        for language in LANGUAGES:
            column = f"title:{language}"
            title, recorded = row.cells.get(column, ""), facts.get(column, "")
            is_shorter = title and title != recorded and title in recorded
            if is_shorter and facts.get(f"standing:{language}") == "official":
                less.append(Message("import.shorter", column=ColumnName(column), given=title, recorded=recorded))
        if less:
            self.draft.ask(
                row.label,
                Message("import.says-less", row=row.called, address=facts["address"], columns=tuple(less)),
                accept(row.label, Message("import.to-keep-recorded")),
                address=facts["address"],
            )

    # --- titles -----------------------------------------------------------------------------------------------------

    def _set_titles(self, row: AnnouncedRow, facts: Facts, values: Mapping[str, str]) -> None:
        """Give `facts` the titles of `row`, in both Chinese scripts."""
        if self.is_own:
            facts |= {column: value for column, value in values.items() if column.startswith(_TITLES)}
            return
        titles = self._titles(row, facts, values)
        for language, title in titles.items():
            if is_same_but_for_signs(title, facts.get(f"title:{language}", "")):
                titles[language] = facts[f"title:{language}"]
        changed = {language for language, title in titles.items() if title != facts.get(f"title:{language}", "")}
        for language, other in (_CHINESE, _CHINESE[::-1]):
            is_wanted = language in changed or not facts.get(f"title:{other}")
            if language in titles and other not in titles and is_wanted:
                is_kept = facts.get(f"standing:{language}") != "official"
                self._set_title(facts, other, self.script.text(titles[language], other), "converted", is_kept=is_kept)
        for language, title in titles.items():
            is_kept = facts.get(f"standing:{language}") != "official"
            standing = "translated" if f"title:{language}" in row.claim.translations else "official"
            self._set_title(facts, language, title, standing, is_kept=is_kept)
        is_recorded = facts["address"] in self.draft.before
        if is_recorded and changed & set(_CHINESE) and facts.get("title:en") and "en" not in titles:
            self.draft.note(Message("import.chinese-title-changed"), facts["address"])

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
        if recorded == title and standing != "official":
            return
        facts |= {f"title:{language}": title, f"standing:{language}": standing}
        # What a person reviewed was another wording, or our own.
        facts.pop(f"reviewed:{language}", None)
        if recorded == title:
            return
        also = f"also_called:{language}"
        names = [name for name in several(facts.get(also, "")) if name != title]
        if recorded and is_kept and in_one_form(recorded) != in_one_form(title):
            names.append(recorded)
        facts[also] = joined(dict.fromkeys(names))
        if not facts[also]:
            del facts[also]
        if standing == "converted":
            self.draft.proposed.add((facts["address"], f"title:{language}"))

    def _note_words(self, row: AnnouncedRow, facts: Facts, before: Mapping[str, str]) -> None:
        """Note from which words of `row` a value of `facts` was read, where these are none of its own column."""
        for column, words in row.words.items():
            if facts.get(column, "") != before.get(column, ""):
                self.draft.words[facts["address"], column] = words

    # --- batch and source ------------------------------------------------------------------------------

    def _set_batch(self, row: AnnouncedRow, facts: Facts) -> None:
        """Give a recorded standard the batch of `row`, unless it was announced before."""
        batch = self._batch_of(row)
        if batch and not self.is_own and facts.get("batch_derived_from"):
            # What a source states takes the place of what dates led to; our own export states no more than we do.
            for column in DERIVATION:
                facts.pop(column, None)
            facts[BATCH] = batch
        if batch and facts.setdefault(BATCH, batch) != batch:
            self.draft.note(
                Message("import.announced-before"),
                Message("import.row-announced", row=row.called, address=facts["address"], batch=facts[BATCH]),
            )

    def _cite(self, row: AnnouncedRow, facts: Facts) -> None:
        """Name the attachment as a source; a row of our own export names its sources itself."""
        if self.is_own and (facts.get("sources") or row.cells.get("sources")):
            facts.setdefault("sources", row.cells.get("sources", ""))
        else:
            self.draft.cite(facts, row.label)

    def _cites_attachment(self, facts: Mapping[str, str]) -> bool:
        return any(one.partition("#")[0] in self.attachments for one in several(facts.get("sources", "")))
