"""The columns of a record as the fields of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from generator.announcing.correcting import Cells, ListEntry, items_of
from generator.catalogue.columns import LISTED, STANDARD, TABLES, Column, Kind
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ChoiceName, ColumnName, Message
from generator.catalogue.records import Records, Row, of_each, once

Filled = Mapping[str, Sequence[str]]
"""Name of a field → the texts in it."""
Faults = Mapping[str, Sequence[Message]]
"""Name of a field → what is wrong in it."""
Asked = Callable[[str], list[str]]
"""Gives the texts that were sent for a name."""

_MOST = 1000
"""So many entries of a list are read of one form."""
_OURS = frozenset({"address", "former_addresses", "recorded_on", "file", "sha256", "derived"})
"""Columns that follow from what is filled in, or from an attachment."""
_NAMED = ("title", "name")
_OF_NAMES = ("standing", "reviewed")
_ON_ONE_LINE = ("reviewed", "also_called", "announcement")
_EXAMPLES = {
    "list_identifier": "WQ 1-10",
    "designation": "T/GBAS 8-2022",
    "reviewed:zh-Hans": "2026-11-27 陈大文",
    "reviewed:zh-Hant": "2026-11-27 陳大文",
    "reviewed:en": "2026-11-27 Chan Tai-man",
    "url": "https://",
    "text_url": "https://",
    "announcement_url": "https://",
    "stated_by": "designation=softmeal",
}
"""Column → how it is written."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a field."""

    value: str
    name: Message | ChoiceName | str
    """What people call it."""


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a form."""

    place: str
    """Its name in the form: the column, in a list with the list's key and a number before it."""
    column: Column
    texts: Sequence[str]
    """What stands in it."""
    faults: Sequence[Message]
    options: Sequence[Option] = ()

    @property
    def name(self) -> ColumnName:
        """What people call it."""
        return ColumnName(self.column.name)

    @property
    def id(self) -> str:
        """Its name in the page."""
        return "f-" + re.sub(r"[^A-Za-z0-9]+", "-", self.place)

    @property
    def language(self) -> str:
        """The language of its text; '' for none."""
        last = self.column.name.rpartition(":")[2]
        return last if last in LANGUAGES else ""

    @property
    def example(self) -> str:
        """How it is written; '' where nobody wonders."""
        return _EXAMPLES.get(self.column.name, "")

    @property
    def text(self) -> str:
        """What stands in a field of one text."""
        return " | ".join(self.texts)

    @property
    def look(self) -> str:
        """Which kind of field it is."""
        column = self.column
        if column.kind is Kind.REFERENCE or column.each_of:
            # In which order they stand means something.
            return "choices" if column.many else "choice"
        if column.kind is Kind.CHOICE:
            return "checks" if column.many else "choice"
        if column.many:
            return "texts"
        if column.kind is Kind.DATE:
            # A browser shows no day that is none.
            return "date" if all(re.fullmatch(r"\d{4}-\d\d-\d\d", text) for text in self.texts) else "text"
        return "area" if self.language and not column.name.startswith(_ON_ONE_LINE) else "text"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that stand beside each other, in one or more columns of the page."""

    columns: Sequence[Sequence[Control]]


@dataclass(frozen=True, slots=True)
class ListForm:
    """The form of one entry of a list in a record."""

    key: str
    place: str
    """The beginning of the names of its fields, such as `bodies.0`."""
    number: int | None
    """Which of the list it is in the record; None for a new one."""
    is_gone: bool
    """Whether it is to be taken out."""
    groups: list[Group]


@dataclass(slots=True)
class RecordForm:
    """The form of one record, or of an entry of a list in it."""

    records: Records
    table: str
    language: str
    prefix: str = ""
    """Stands before the names of its fields."""
    only: Sequence[str] = ()
    """Columns, or what stands before their colon, that it has; all that people fill in where there are none."""
    _options: dict[str, list[Option]] = field(default_factory=dict)

    @property
    def columns(self) -> list[Column]:
        """Those that are filled in."""
        columns = STANDARD if self.table == "standards" else TABLES[self.table]
        return [
            column
            for column in columns
            if ({column.name, column.name.partition(":")[0]} & {*self.only} if self.only else column.name not in _OURS)
        ]

    def of_row(self, row: Row) -> dict[str, list[str]]:
        """What stands in the fields of the record `row`."""
        filled = {self.prefix + column.name: list(self._texts(row, column)) for column in self.columns}
        if self.table == "standards" and "batch" in filled:
            filled[f"{self.prefix}batch"] = [one for one in (self.records.batch_of[row.file],) if one]
        return filled

    def sent(self, asked: Asked) -> dict[str, list[str]]:
        """What was sent in the fields."""
        filled = {}
        for column in self.columns:
            name = self.prefix + column.name
            texts = asked(name)
            if column.placed:
                places = asked(f"{name}#")
                texts = [f"{one}#{place}" if place else one for one, place in zip(texts, places, strict=False) if one]
            filled[name] = [text for text in texts if text]
        return filled

    def cells(self, filled: Filled) -> dict[str, str | tuple[str, ...]]:
        """The cells that `filled` fields are."""
        cells: dict[str, str | tuple[str, ...]] = {}
        for column in self.columns:
            texts = filled[self.prefix + column.name]
            if column.each_of:
                cells[column.name] = once(texts)
            else:
                cells[column.name] = tuple(texts) if column.many else " ".join(texts)
        return cells

    def groups(self, filled: Filled, faults: Faults) -> list[Group]:
        """The fields, those side by side that belong together."""
        groups: list[Group] = []
        named = {
            base: [control for control in self._controls(filled, faults) if control.column.name.split(":")[0] == base]
            for base in dict.fromkeys(column.name.split(":")[0] for column in self.columns)
        }
        single: list[Control] = []
        for base, controls in named.items():
            if base in _OF_NAMES and set(_NAMED) & named.keys():
                continue
            if ":" not in controls[0].column.name and not controls[0].column.many:
                single += controls
                continue
            if single:
                groups.append(Group([[control] for control in single]))
                single = []
            if ":" not in controls[0].column.name:
                groups.append(Group([controls]))
                continue
            about = [*controls, *(chain(*(named.get(one, []) for one in _OF_NAMES)) if base in _NAMED else ())]
            suffixes = dict.fromkeys(control.column.name.partition(":")[2] for control in controls)
            groups.append(Group([[one for one in about if one.column.name.endswith(f":{end}")] for end in suffixes]))
        return [*groups, Group([[control] for control in single])] if single else groups

    def _controls(self, filled: Filled, faults: Faults) -> Iterator[Control]:
        for column in self.columns:
            place = self.prefix + column.name
            texts = filled.get(place, [])
            yield Control(place, column, texts, faults.get(place, ()), self._options_of(column, texts))

    def _options_of(self, column: Column, texts: Sequence[str]) -> list[Option]:
        if column.kind is Kind.CHOICE:
            # A browser sends them in the order of the page; those that are recorded stay in theirs.
            first = texts if column.many else ()
            choices = dict.fromkeys((*(text for text in first if text in column.choices), *column.choices))
            options = [Option(choice, ChoiceName(column.name, choice)) for choice in choices]
        elif column.kind is Kind.REFERENCE:
            options = self._options.setdefault(column.table, references(self.records, column.table, self.language))
        else:
            return []
        there = {option.value for option in options}
        strangers = [one for text in texts if (one := text.partition("#")[0] if column.placed else text) not in there]
        return [*options, *(Option(one, one) for one in strangers)]

    def _texts(self, row: Row, column: Column) -> Sequence[str]:
        if column.each_of:
            return of_each(row.many(column.name), len(row.many(column.each_of)))
        return row.many(column.name) if column.many else tuple(filter(None, (row[column.name],)))


def references(records: Records, table: str, language: str) -> list[Option]:
    """The records of `table` by their names in `language`, as a field offers them."""
    options = [Option(row.address, name_of(row, table, language)) for row in records.tables[table]]
    return options if table in ("batches", "fields", "standards") else sorted(options, key=lambda one: str(one.name))


def name_of(row: Row, table: str, language: str) -> str:
    """What a record of `table` is called in a list in `language`."""
    spoken = dict.fromkeys((language, *LANGUAGES))
    columns = [f"{base}:{one}" for base in ("title", "name", "figure", "text", "what") for one in spoken]
    name = next((row[column] for column in columns if row[column]), row.address)
    if table == "standards":
        return " · ".join(filter(None, (row["list_identifier"], row["designation"], name)))
    return f"{name} · {row['said_on']}" if table == "sources" and row["said_on"] else name


def list_forms(form: RecordForm, row: Row | None, asked: Asked | None, faults: Faults) -> list[ListForm]:
    """The forms of the entries of the lists in a record.

    Each list has an empty one at its end. They hold what was sent, where something was `asked`, else what stands in the
    record `row`.
    """
    forms = []
    for key in LISTED.get(form.table, ()):
        rows = items_of(form.records, key, row.address) if row else []
        sent = "".join(asked(f"{key}.count")) if asked else ""
        count = min(int(sent), _MOST) if sent.isdecimal() else len(rows) + 1
        for position in range(count):
            place = f"{key}.{position}"
            of_item = RecordForm(form.records, key, form.language, f"{place}.")
            number = position if position < len(rows) else None
            filled = of_item.sent(asked) if asked else of_item.of_row(rows[position]) if position < len(rows) else {}
            is_gone = bool(asked and asked(f"{place}.gone"))
            forms.append(ListForm(key, place, number, is_gone, of_item.groups(filled, faults)))
    return forms


def sent_items(form: RecordForm, row: Row | None, asked: Asked) -> tuple[dict[str, list[ListEntry]], dict[str, str]]:
    """The entries of lists that were sent.

    With them comes the place of each in the form, by its place among them.
    """
    items: dict[str, list[ListEntry]] = {}
    places: dict[str, str] = {}
    for one in list_forms(form, row, asked, {}):
        of_item = RecordForm(form.records, one.key, form.language, f"{one.place}.")
        cells: Cells = of_item.cells(of_item.sent(asked))
        listed = items.setdefault(one.key, [])
        if not one.is_gone and any(cells.values()):
            places[f"{one.key}.{len(listed)}"] = one.place
            listed.append(ListEntry(cells, one.number))
    return items, places
