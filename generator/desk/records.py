"""Records that are looked up, corrected or added by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from tornado.web import HTTPError

from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.correcting import (
    Amendment,
    Edit,
    Fault,
    correct,
    proposed_address,
    record_state,
    write_amendment,
)
from generator.catalogue.changes import Change
from generator.catalogue.columns import STANDARD, TABLES, YAML_TABLES, Column, Kind
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ChoiceName, ColumnName, Message
from generator.catalogue.records import Records, Row, read_records, several
from generator.desk.forms import (
    ListForm,
    Option,
    RecordForm,
    list_forms,
    name_of,
    references,
    sent_items,
)
from generator.desk.handler import DeskHandler, RefusalError, Routes

KINDS = ("standards", *(table for table in YAML_TABLES if table != "lookups"))
"""The tables whose records have forms."""
_ADDED = ("standards", "sources", "cases", "organisations", "fields")
"""Those to which records are added by hand."""
_SHOWN = 100
"""So many records are listed at once."""
_UNTOLD: dict[str, Any] = {"changes": [], "seen_change": "", "left": [], "is_previewed": False}
"""What a form says of changes before it was sent."""
_SOUGHT = ("list_identifier", "designation", "title:", "name:", "also_called:", "figure:", "text:")
"""Beginnings of the columns in which a record is looked for."""
_NEW_SOURCE = "new."
_WITHDRAWN = ("status", "withdrawn_on")
_ALL = "|".join(KINDS)


@dataclass(slots=True)
class Sent:
    """What a form sent."""

    edits: list[Edit]
    """What is to be written."""
    prefixes: list[str]
    """By edit: what stands before the names of its fields."""
    source: str = ""
    """The address of who says so; '' for nobody."""
    places: dict[str, str] = field(default_factory=dict)
    """Place of a fault in a list → the place in the form."""

    def faults(self, faults: Sequence[Fault]) -> dict[str, list[Message]]:
        """Name of a field, '' for none → what is wrong in it."""
        by_place: dict[str, list[Message]] = {}
        for fault in faults:
            place = ""
            if fault.edit is not None and fault.place:
                key, dot, column = fault.place.rpartition(".")
                place = self.prefixes[fault.edit] + (f"{self.places.get(key, key)}.{column}" if dot else column)
            by_place.setdefault(place, []).append(fault.sentence)
        return by_place


@dataclass(frozen=True, slots=True)
class ChangeInWords:
    """One change as a preview tells it."""

    who: str
    """The record."""
    column: ColumnName | None
    """None where the whole record is new."""
    before: Sequence[Any]
    """What goes."""
    after: Sequence[Any]
    """What comes."""
    is_list: bool = False
    """Whether others may stand beside these, which stay."""


def told_changes(records: Records, amendment: Amendment, language: str) -> Iterator[ChangeInWords]:
    """The changes of an amendment in words, by the names of what is referred to."""
    names: dict[str, dict[str, Any]] = {}
    for table, change in amendment.changes:
        row = next((row for row in records.tables[table] if row.address == change.address), None)
        who = name_of(row, table, language) if row else change.address
        if not change.attribute:
            yield ChangeInWords(change.after or change.before, None, (), ())
            continue
        column = _column_of(table, change)
        old, new = (several(text) if column.many else [text] if text else [] for text in (change.before, change.after))
        sides = ([one for one in old if one not in new], [one for one in new if one not in old])
        if column.table and column.table not in names:
            options = references(records, column.table, language)
            names[column.table] = {option.value: option.name for option in options}
        before, after = ([_worded(one, column, names) for one in side] for side in sides)
        yield ChangeInWords(who, ColumnName(column.name), before, after, column.many)


def _column_of(table: str, change: Change) -> Column:
    columns = chain(STANDARD if table == "standards" else TABLES[table], TABLES["bodies"], TABLES["results"])
    return next((column for column in columns if column.name == change.attribute), Column(change.attribute))


def _worded(text: str, column: Column, names: dict[str, dict[str, Any]]) -> object:
    if column.kind is Kind.CHOICE:
        return ChoiceName(column.name, text)
    address, mark, row = text.partition("#") if column.placed else (text, "", "")
    return f"{names.get(column.table, {}).get(address, address)}{mark}{row}"


def found(records: Records, table: str, query: str, language: str) -> list[Option]:
    """The records of `table` that have `query` in a number or name."""
    wanted = in_one_form(query)
    options = []
    for row in records.tables[table]:
        texts = (row.address, *(row[column] for column in row.cells if column.startswith(_SOUGHT)))
        if any(wanted in in_one_form(text) for text in texts):
            options.append(Option(row.address, name_of(row, table, language)))
    return options


class _Choose(DeskHandler):
    """All records, with a search by number or name."""

    section = "records"

    async def get(self) -> None:
        kind = self.get_query_argument("kind", "standards")
        if kind not in KINDS:
            raise HTTPError(404)
        query = self.get_query_argument("q", "")
        records = await self.aside(read_records, self.content)
        options = await self.aside(found, records, kind, query, self.language)
        self.show(
            "records.html",
            kinds=KINDS,
            added=_ADDED,
            kind=kind,
            query=query,
            options=options[:_SHOWN],
            more=max(0, len(options) - _SHOWN),
        )


class _Amending(DeskHandler):
    """A form that shows what it would change before it changes that."""

    section = "records"

    async def amend(self, records: Records, sent: Sent, what: Message, values: dict[str, Any], then: str) -> None:
        """Show what `sent` would change, or what is wrong; write it once that was seen.

        `then` is the page that follows, with a place for the address of the first record.
        """
        today = date.today()
        async with self.settings["writing"]:
            amendment = await self.aside(correct, self.content, sent.edits, today, sent.source)
            seen = hashlib.sha256(repr(sorted(amendment.texts.items())).encode()).hexdigest()
            if amendment.may_be_written and self.get_body_argument("seen-change", "") == seen:
                await self.aside(write_amendment, self.content, amendment, what, today)
                self.tell(Message("edits.saved", what=what))
                self.redirect(then.format(amendment.addresses[-1]))
                return
        faults = sent.faults(amendment.faults)
        changes = list(told_changes(records, amendment, self.language)) if not faults else []
        told = {"changes": changes, "seen_change": seen, "left": amendment.left, "is_previewed": True}
        self.show_form(records, faults, values | told)

    def show_form(self, records: Records, faults: dict[str, list[Message]], values: dict[str, Any]) -> None:
        raise NotImplementedError

    async def all_records(self) -> Records:
        """The records as they are; raises RefusalError where they cannot be read."""
        records = await self.aside(read_records, self.content)
        if records.problems:
            raise RefusalError(400, Message("edits.unreadable", problem=self.worded(records.problems[0])))
        return records

    def asked(self, name: str) -> list[str]:
        """The texts that were sent for `name`."""
        return self.get_body_arguments(name)

    def notice(self, records: Records) -> tuple[list[Edit], str]:
        """The new source that was filled in, with the address of whichever source was chosen."""
        form = RecordForm(records, "sources", self.language, _NEW_SOURCE)
        filled = form.sent(self.asked)
        if not any(filled[f"{_NEW_SOURCE}{column}"] for column in ("name:zh-Hans", "name:zh-Hant", "name:en", "url")):
            return [], self.get_body_argument("source", "")
        cells = form.cells(filled)
        address = proposed_address(records, "sources", cells)
        return [Edit("sources", address, cells, is_new=True)], address

    def notice_values(self, records: Records, faults: dict[str, list[Message]], *, is_sent: bool) -> dict[str, Any]:
        """What the part of a form shows that asks who says something."""
        form = RecordForm(records, "sources", self.language, _NEW_SOURCE)
        devised = {f"{_NEW_SOURCE}standing:{language}": ["devised"] for language in LANGUAGES}
        filled = form.sent(self.asked) if is_sent else devised
        return {
            "sources": references(records, "sources", self.language),
            "source": self.get_body_argument("source", "") if is_sent else "",
            "new_source": form.groups(filled, faults),
            "is_new_source": is_sent and any(filled[f"{_NEW_SOURCE}{one}"] for one in ("name:zh-Hans", "name:en")),
        }

    def seen_state(self, records: Records, table: str, row: Row | None, faults: dict[str, list[Message]]) -> str:
        """The state of the record with which a form is compared when it is sent.

        It is the present one from the time when somebody was told that it changed.
        """
        if row is None:
            return ""
        if self.request.method == "POST" and Message("edits.changed-meanwhile") not in faults.get("", []):
            return self.get_body_argument("seen", "")
        return record_state(records, table, row.address)


class _Record(_Amending):
    """The form of one record, or of a new one."""

    async def get(self, table: str, address: str) -> None:
        records = await self.all_records()
        self.show_form(records, {}, {"table": table, "row": _row(records, table, address)})

    async def post(self, table: str, address: str) -> None:
        records = await self.all_records()
        row = _row(records, table, address)
        form = RecordForm(records, table, self.language)
        cells = form.cells(form.sent(self.asked))
        items, places = sent_items(form, row, self.asked)
        new, source = self.notice(records) if table == "standards" else ([], "")
        if row is None:
            own = self.get_body_argument("own-address", "") or proposed_address(records, table, cells)
            edit = Edit(table, own, cells, items, is_new=True)
            what = Message("edits.added", kind=kind_name(table), name=_called(cells, self.language) or own)
        else:
            edit = Edit(table, address, cells, items, seen=self.get_body_argument("seen", ""))
            what = Message("edits.corrected", name=name_of(row, table, self.language))
        sent = Sent([*new, edit], [*(_NEW_SOURCE for _ in new), ""], source, places)
        await self.amend(records, sent, what, {"table": table, "row": row}, f"/records/{table}/{{}}")

    def show_form(self, records: Records, faults: dict[str, list[Message]], values: dict[str, Any]) -> None:
        table, row = values["table"], values["row"]
        is_sent = self.request.method == "POST"
        form = RecordForm(records, table, self.language)
        filled = form.sent(self.asked) if is_sent else form.of_row(row) if row else {}
        lists: list[ListForm] = list_forms(form, row, self.asked if is_sent else None, faults)
        self.show(
            "record.html",
            **_UNTOLD | values,
            name=name_of(row, table, self.language) if row else "",
            groups=form.groups(filled, faults),
            lists={key: [one for one in lists if one.key == key] for key in dict.fromkeys(one.key for one in lists)},
            faults=faults,
            seen=self.seen_state(records, table, row, faults),
            own_address=self.get_body_argument("own-address", "") if is_sent else "",
            notice=self.notice_values(records, faults, is_sent=is_sent) if table == "standards" else None,
        )


class _Withdrawal(_Amending):
    """A standard that is withdrawn or superseded, with the notice that says so."""

    async def get(self, address: str) -> None:
        records = await self.all_records()
        self.show_form(records, {}, {"row": _row(records, "standards", address)})

    async def post(self, address: str) -> None:
        records = await self.all_records()
        row = _row(records, "standards", address)
        form = RecordForm(records, "standards", self.language, only=_WITHDRAWN)
        new, source = self.notice(records)
        edit = Edit("standards", address, form.cells(form.sent(self.asked)), seen=self.get_body_argument("seen", ""))
        edits, prefixes = [*new], [_NEW_SOURCE for _ in new]
        if successor := self.get_body_argument("successor", ""):
            later = _row(records, "standards", successor)
            superseded = later.many("supersedes") if later else ()
            cells = {"supersedes": tuple(dict.fromkeys((*superseded, address)))}
            edits.append(Edit("standards", successor, cells))
            prefixes.append("successor.")
        sent = Sent([*edits, edit], [*prefixes, ""], source)
        what = Message("edits.withdrawn", name=name_of(row, "standards", self.language) if row else address)
        if not source:
            faults = {"source": [Message("edits.no-notice")]}
            self.show_form(records, faults, {"row": row})
            return
        await self.amend(records, sent, what, {"row": row}, "/records/standards/{}")

    def show_form(self, records: Records, faults: dict[str, list[Message]], values: dict[str, Any]) -> None:
        row, is_sent = values["row"], self.request.method == "POST"
        if row is None:
            raise HTTPError(404)
        form = RecordForm(records, "standards", self.language, only=_WITHDRAWN)
        filled = form.sent(self.asked) if is_sent else {"status": ["withdrawn"]}
        self.show(
            "withdrawal.html",
            **_UNTOLD | values,
            name=name_of(row, "standards", self.language),
            groups=form.groups(filled, faults),
            standards=[one for one in references(records, "standards", self.language) if one.value != row.address],
            successor=self.get_body_argument("successor", "") if is_sent else "",
            faults=faults,
            seen=self.seen_state(records, "standards", row, faults),
            notice=self.notice_values(records, faults, is_sent=is_sent),
        )


class _LookedAt(_Amending):
    """The sources that somebody looked at today."""

    async def get(self) -> None:
        self.show_form(await self.all_records(), {}, {})

    async def post(self) -> None:
        records = await self.all_records()
        today = date.today().isoformat()
        form = RecordForm(records, "lookups", self.language)
        is_new = _row(records, "lookups", today, is_wanted=False) is None
        sent = Sent([Edit("lookups", today, form.cells(form.sent(self.asked)), is_new=is_new)], [""])
        await self.amend(records, sent, Message("edits.looked-at", day=today), {}, "/records/looked-at")

    def show_form(self, records: Records, faults: dict[str, list[Message]], values: dict[str, Any]) -> None:
        form = RecordForm(records, "lookups", self.language)
        last = records.tables["lookups"][-1] if records.tables["lookups"] else None
        filled = form.sent(self.asked) if self.request.method == "POST" else {}
        self.show(
            "looked_at.html",
            **_UNTOLD | values,
            groups=form.groups(filled, faults),
            last=last,
            faults=faults,
        )


def kind_name(table: str) -> Message:
    """What one record of `table` is called."""
    match table:
        case "standards":
            return Message("edits.a-standard")
        case "sources":
            return Message("edits.a-source")
        case "batches":
            return Message("edits.a-batch")
        case "fields":
            return Message("edits.a-field")
        case "organisations":
            return Message("edits.an-organisation")
        case "cases":
            return Message("edits.a-case")
        case "events":
            return Message("edits.an-event")
        case "statements":
            return Message("edits.a-statement")
        case _:
            return Message("edits.a-figure")


def _called(cells: Any, language: str) -> str:
    names = (cells.get(f"{base}:{one}") for one in (language, *LANGUAGES) for base in ("title", "name"))
    return next(filter(None, names), "")


def _row(records: Records, table: str, address: str, *, is_wanted: bool = True) -> Row | None:
    """The record; None for a new one. Raises HTTPError where there is none of that address."""
    if address == "" and table in _ADDED:
        return None
    row = next((row for row in records.tables[table] if row.address == address), None)
    if row is None and is_wanted:
        raise HTTPError(404)
    return row


PAGES: Routes = [
    ("/records", _Choose),
    ("/records/looked-at", _LookedAt),
    ("/records/withdrawal/([a-z0-9-]+)", _Withdrawal),
    (f"/records/({_ALL})/([a-z0-9-]*)", _Record),
]
