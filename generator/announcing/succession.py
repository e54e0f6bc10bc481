"""The standards that announced rows say are superseded."""

from __future__ import annotations

from datetime import date

from generator.announcing.attachments.headings import REMARK
from generator.announcing.attachments.table import AnnouncedRow
from generator.announcing.draft import Draft
from generator.announcing.matching import Matches
from generator.announcing.remarks import Remark, listed_numbers
from generator.catalogue.messages import Message
from generator.catalogue.numbers import NUMBERS, number_key
from generator.catalogue.records import joined, several


def record_successions(draft: Draft, matches: Matches, today: date) -> None:
    """Put into `draft` which standards its rows supersede, or are superseded by."""
    by_number = {
        number_key(facts[column]): address
        for address, facts in draft.after.items()
        for column in NUMBERS
        if facts.get(column)
    }
    for row, match in matches:
        own = match.record.address if match else draft.addresses[row.label]
        remark = Remark.of(row.cells.get(REMARK, ""), today)
        for number in (*listed_numbers(row.cells.get("supersedes", "")), *remark.supersedes):
            _record(draft, row, number, own, by_number.get(number_key(number), ""))
        for number in remark.superseded_by:
            _record(draft, row, number, by_number.get(number_key(number), ""), own)


def _record(draft: Draft, row: AnnouncedRow, number: str, new: str, old: str) -> None:
    """Record that `new` supersedes `old`, one of which `row` calls `number`.

    An address is '' where no standard of the list has that number.
    """
    if not new or not old:
        draft.note(Message("import.no-succession"), Message("import.row-of", row=row.called, what=number))
        return
    facts, former = draft.after[new], draft.after[old]
    if new == old or old in several(facts.get("supersedes", "")):
        return
    facts["supersedes"] = joined((*several(facts.get("supersedes", "")), old))
    draft.cite(facts, row.label)
    if former.get("status") not in ("superseded", "withdrawn"):
        former["status"] = "superseded"
        draft.cite(former, row.label)
