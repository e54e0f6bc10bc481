"""Announced rows → the records that they speak of."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain

from generator.announcing.attachments.normalise import in_one_form, pairs
from generator.announcing.attachments.table import AnnouncedRow, called_row
from generator.catalogue.messages import ColumnName, Message
from generator.catalogue.numbers import NUMBERS, number_key, search_key, undated
from generator.catalogue.records import Row

_PREFIXES = ("粤港澳大湾区", "湾区标准", "粤菜", "粤点", "粤式", "guangdonghongkongmacaogreaterbayarea")
TITLES = ("title:zh-Hans", "title:zh-Hant", "title:en")
_TELLING = 200
"""A pair of characters that more records hold tells none from another."""
_NEAREST = 8
"""How many records, by the pairs that they share, a title is compared with."""
_SHARED = 0.2
"""How many pairs per character two titles share before they are compared further."""
_ALIKE = 0.6
"""How alike two titles are before somebody is asked."""


@dataclass(frozen=True, slots=True)
class Match:
    """The record that a row speaks of."""

    record: Row
    doubt: Message | None = None
    """A clause why it may be another one, so that the editor is asked."""
    is_by_title: bool = False
    """Whether nothing but a title says so."""


Matches = list[tuple[AnnouncedRow, Match | None]]
"""Each announced row with the record that it speaks of; None for a new standard."""


class Matcher:
    """The records, by everything that a row may name them by.

    What one row took, no other can have.
    """

    def __init__(self, records: list[Row]) -> None:
        self.by_address = {record.address: record for record in records}
        self.by_former = {former: record for record in records for former in record.many("former_addresses")}
        self.by_number: dict[tuple[str, str], Row] = {}
        self.by_undated: dict[str, list[Row]] = defaultdict(list)
        self.by_bare: dict[str, list[Row]] = defaultdict(list)
        self.by_title: dict[str, list[Row]] = defaultdict(list)
        self.by_pair: dict[str, set[str]] = defaultdict(set)
        self.titles: dict[str, list[tuple[str, SequenceMatcher[str]]]] = {}
        self.taken: dict[str, str] = {}
        for record in records:
            for column in NUMBERS:
                if record[column]:
                    self.by_number[column, number_key(record[column])] = record
            if record["designation"]:
                self.by_undated[number_key(undated(record["designation"]))].append(record)
                self.by_bare[search_key(record["designation"])].append(record)
            forms = sorted({_title_form(title) for title in _titles(record)} - {""})
            # A matcher prepares once what it compares with.
            self.titles[record.address] = [(form, SequenceMatcher(None, "", form, autojunk=False)) for form in forms]
            for form in forms:
                self.by_title[form].append(record)
                for pair in pairs(form):
                    self.by_pair[pair].add(record.address)

    def take(self, row: AnnouncedRow, match: Match) -> Message | None:
        """Note whose record `match` is; a sentence where another row took it already."""
        other = self.taken.setdefault(match.record.address, row.label)
        if other == row.label:
            return None
        return Message("import.both-are", row=row.called, other=called_row(other), address=match.record.address)

    def sure(self, row: AnnouncedRow) -> Match | None:
        """The record with the address, a number or the title of `row`; or None."""
        cells = row.cells
        if record := self.by_address.get(cells.get("address", "")) or self.by_former.get(cells.get("address", "")):
            return Match(record)
        for column in NUMBERS:
            if record := self.by_number.get((column, number_key(cells.get(column, "")))):
                return Match(record, self._contradiction(row, record, column))
        designation = cells.get("designation", "")
        for record in self.by_undated.get(number_key(undated(designation)), ()) if designation else ():
            if undated(designation) == designation or undated(record["designation"]) == record["designation"]:
                return Match(record, self._contradiction(row, record, "designation"))
        same = {
            record.address: record
            for record in self._with_title_of(row)
            if record.address not in self.taken and not _differs(row, record)
        }
        if len(same) == 1:
            return Match(next(iter(same.values())), is_by_title=True)
        if same:
            return Match(next(iter(same.values())), Message("import.several-records", addresses=tuple(sorted(same))))
        return None

    def namesakes(self, row: AnnouncedRow) -> list[Row]:
        """The records that have a title of `row`."""
        return list({record.address: record for record in self._with_title_of(row)}.values())

    def _with_title_of(self, row: AnnouncedRow) -> Iterator[Row]:
        for title in TITLES:
            if title in row.cells:
                yield from self.by_title.get(_title_form(row.cells[title]), ())

    def owner(self, row: AnnouncedRow) -> Row | None:
        """The record that has the list identifier or the designation of `row`."""
        numbers = ((column, number_key(row.cells.get(column, ""))) for column in NUMBERS)
        return next((self.by_number[one] for one in numbers if one in self.by_number), None)

    def likely(self, row: AnnouncedRow) -> Match | None:
        """The nearest record that no row took, with the doubt; None where none is near."""
        return self._likely_by_number(row.cells.get("designation", "")) or self._likely_by_title(row)

    def _likely_by_number(self, designation: str) -> Match | None:
        if not designation:
            return None
        for record in self.by_undated.get(number_key(undated(designation)), ()):
            if record.address not in self.taken:
                recorded = record["designation"]
                return Match(record, Message("import.another-year", designation=designation, recorded=recorded))
        for record in self.by_bare.get(search_key(designation), ()):
            if record.address not in self.taken:
                recorded = record["designation"]
                return Match(record, Message("import.zeros", designation=designation, recorded=recorded))
        return None

    def _likely_by_title(self, row: AnnouncedRow) -> Match | None:
        best, worth = None, _ALIKE
        for title in TITLES:
            if title not in row.cells:
                continue
            form = _title_form(row.cells[title])
            holders = (self.by_pair.get(pair, ()) for pair in pairs(form))
            shared = Counter(chain.from_iterable(some for some in holders if len(some) <= _TELLING))
            for address in heapq.nsmallest(_NEAREST, shared, key=lambda one: (-shared[one], one)):
                record = self.by_address[address]
                if address in self.taken or _differs(row, record) or shared[address] < _SHARED * len(form):
                    continue
                for other, matcher in self.titles[address]:
                    if (alike := _alikeness(form, other, matcher, worth)) > worth:
                        best, worth = record, alike
        if best is None:
            return None
        return Match(best, Message("import.resembles", name=row.name, title=best["title:zh-Hans"]))

    def _contradiction(self, row: AnnouncedRow, record: Row, by: str) -> Message | None:
        """The doubt about `record`, though it has the number `by` of `row`."""
        other = "designation" if by == "list_identifier" else "list_identifier"
        given, recorded = row.cells.get(other, ""), record[other]
        if not given or not recorded or number_key(given) == number_key(recorded):
            return None
        titles = [_title_form(row.cells.get(title, "")) for title in TITLES]
        if any(form and form in map(_title_form, _titles(record)) for form in titles):
            return None
        title = record["title:zh-Hans"]
        return Message("import.number-alone", by=ColumnName(by), title=title, other=ColumnName(other))


def _titles(record: Row) -> list[str]:
    names = [record[title] for title in TITLES if record[title]]
    return names + [name for title in TITLES for name in record.many(title.replace("title", "also_called"))]


@lru_cache(100_000)
def _title_form(title: str) -> str:
    form = in_one_form(title)
    for prefix in _PREFIXES:
        form = form.removeprefix(prefix) or form
    return form


def _differs(row: AnnouncedRow, record: Row) -> bool:
    """True where `row` and `record` have different numbers of one kind."""
    return any(
        row.cells.get(column) and record[column] and number_key(row.cells[column]) != number_key(record[column])
        for column in NUMBERS
    )


def _alikeness(form: str, other: str, matcher: SequenceMatcher[str], least: float) -> float:
    """The likeness of two titles, from 0 to 1, by the `matcher` of the `other`; one within the other is alike.

    0 where it is not above `least`.
    """
    if len(min(form, other, key=len)) > 1 and (form in other or other in form):
        return 0.9
    matcher.set_seq1(form)
    # The first two are quickly told, and never less.
    is_near = matcher.real_quick_ratio() > least and matcher.quick_ratio() > least
    return matcher.ratio() if is_near else 0
