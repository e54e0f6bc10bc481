"""A worksheet that came back filled in → the records that it completes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from generator.announcing.attachments.headings import FILLED_IN, RECORD, REMARK
from generator.announcing.attachments.normalise import is_same_but_for_signs
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.draft import Draft
from generator.announcing.entries import NameIndex
from generator.announcing.questions import accept
from generator.catalogue.columns import Facts
from generator.catalogue.languages import Standing
from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.numbers import NUMBERS, number_key
from generator.catalogue.records import joined, of_each, once, several

_OF_OTHERS = ("official", "reported")
"""Standings of what somebody else printed."""
_READ_ONLY = (*NUMBERS, "title:zh-Hans")


class CompletedWorksheet:
    """A worksheet, whose rows complete the records of `draft` one by one."""

    def __init__(self, draft: Draft, accepted: Collection[str], today: date) -> None:
        """Complete `draft`; `accepted` are the labels of rows that may replace what others printed.

        After `today` nobody reviewed anything.
        """
        self.draft, self.accepted, self.today = draft, accepted, today
        self.fields = NameIndex(draft.records, "fields")
        self.addresses = {
            address: row.address
            for row in draft.records.tables["standards"]
            for address in (*row.many("former_addresses"), row.address)
        }

    def complete(self, row: AnnouncedRow) -> None:
        """Put what `row` fills in into its record. An empty cell changes nothing."""
        address = self.addresses.get(row.cells.get(RECORD, ""))
        if not address:
            name = row.cells.get(RECORD) or row.name
            self.draft.problems.append(Message("wanted.no-record", row=row.called, name=name))
            return
        facts = self.draft.after[address]
        self.draft.addresses[row.label] = address
        for language in FILLED_IN:
            self._complete_title(row, facts, language)
        self._complete_field(row, facts)
        self._note_the_rest(row, facts)
        if facts == self.draft.before[address]:
            self.draft.unchanged += 1

    def _complete_title(self, row: AnnouncedRow, facts: Facts, language: str) -> None:
        column, standing = f"title:{language}", f"standing:{language}"
        recorded = facts.get(column, "")
        title = row.cells.get(column, recorded)
        day, person = (row.cells.get(f"{name}:{language}", "") for name in ("reviewed_on", "reviewed_by"))
        if bool(day) != bool(person) or (day and not title):
            sentence = Message("wanted.half-review", row=row.called, column=ColumnName(column))
            self.draft.problems.append(sentence)
            return
        if day > self.today.isoformat():
            sentence = Message("wanted.later-review", row=row.called, column=ColumnName(column), day=day)
            self.draft.problems.append(sentence)
            return
        if title == recorded and not day:
            return
        if facts.get(standing) in _OF_OTHERS:
            if title == recorded:
                self.draft.note(Message("wanted.not-ours"), self._row(row))
                return
            if not self._may_replace(row, facts, column, title):
                return
            self._keep_as_other_name(facts, language)
        ours: Standing = "translated" if language == "en" else "converted"
        facts |= {column: title, standing: "reviewed" if day else ours, f"reviewed:{language}": f"{day} {person}"}
        if not day:
            del facts[f"reviewed:{language}"]

    def _keep_as_other_name(self, facts: Facts, language: str) -> None:
        """Keep the title that somebody else printed as another name."""
        also = f"also_called:{language}"
        facts[also] = joined(dict.fromkeys((*several(facts.get(also, "")), facts[f"title:{language}"])))

    def _complete_field(self, row: AnnouncedRow, facts: Facts) -> None:
        name = row.cells.get("field", "")
        fields = self.fields.listed(name)
        recorded = self.fields.listed(facts.get("field", ""))
        words = several(facts.get("field_assigned_by", ""))
        assigners = dict(zip(recorded, of_each(words, len(recorded)), strict=False))
        if name and not fields:
            self.draft.problems.append(Message("wanted.no-field", row=row.called, name=name))
        elif name and fields != recorded:
            is_stated = any(assigners.get(field) == "source" for field in recorded if field not in fields)
            if not is_stated or self._may_replace(row, facts, "field", name):
                who = once(assigners.get(field, "catalogue") for field in fields)
                facts |= {"field": joined(fields), "field_assigned_by": joined(who)}

    def _may_replace(self, row: AnnouncedRow, facts: Facts, column: str, value: str) -> bool:
        """Whether the editor accepted that `value` replaces what somebody else said; asks where not."""
        if row.label in self.accepted:
            return True
        sentence = Message(
            "wanted.replaces",
            row=row.called,
            column=ColumnName(column),
            address=facts["address"],
            recorded=facts[column],
            value=value,
        )
        answer = accept(row.label, Message("import.if-right"))
        self.draft.ask(row.label, sentence, answer, address=facts["address"])
        return False

    def _note_the_rest(self, row: AnnouncedRow, facts: Facts) -> None:
        """Note what `row` says that a worksheet does not change."""
        for column in _READ_ONLY:
            value, recorded = row.cells.get(column, ""), facts.get(column, "")
            is_same = (
                number_key(value) == number_key(recorded)
                if column in NUMBERS
                else is_same_but_for_signs(value, recorded)
            )
            if value and not is_same:
                self.draft.note(Message("wanted.read-only"), f"{self._row(row)} ‘{value}’")
        if remark := row.cells.get(REMARK):
            self.draft.note(Message("wanted.remarks"), f"{self._row(row)} ‘{remark}’")

    def _row(self, row: AnnouncedRow) -> str:
        return f"{row.label} ({row.cells[RECORD]})"
