"""What is wanted of a batch, filled in on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tornado.web import HTTPError

from generator.announcing.correcting import Amendment, Edit, correct, record_state, write_amendment
from generator.announcing.entries import NameIndex
from generator.announcing.proposal import OtherScript
from generator.catalogue.columns import TABLES
from generator.catalogue.content import Content, read_content
from generator.catalogue.messages import ChoiceName, Message
from generator.catalogue.records import UNKNOWN_BATCH, Records, Row, of_each, once, read_records
from generator.catalogue.scripts import Scripts, read_scripts
from generator.desk.forms import Asked, Control, Faults, Group, RecordForm, name_of
from generator.desk.handler import DeskHandler, RefusalError, Routes
from generator.desk.records import Sent

_TITLES = ("zh-Hant", "en")
"""The languages of which a title may be wanted of any standard; one without a Simplified title wants that first."""
_NEW = {
    "organisations": ("name", "standing", "region", "role", "part"),
    "fields": ("name", "standing", "about", "named_by"),
}
"""Table → the columns that an import leaves open in a new entry."""
_PRINTED = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""What a sheet may load that has its style in itself."""
_OF_OTHERS = ("official", "reported")
"""Standings of what somebody else printed, which is not changed here."""
_SURE = (*_OF_OTHERS, "reviewed")
_MOST = 3
"""So many fields are proposed."""


@dataclass(frozen=True, slots=True)
class WantedTitle:
    """The title of a standard in one language, as the page asks for it."""

    control: Control
    standing: ChoiceName | None
    is_of_others: bool
    marked: list[tuple[str, str]]
    """Its letters in pieces, each with what a doubtful letter may be instead; '' for what is sure."""
    may_be_reviewed: bool
    """Whether somebody's look at it is wanted."""
    is_reviewed: bool
    """Whether it was said that somebody looked at it."""


@dataclass(frozen=True, slots=True)
class WantedStandard:
    """One standard as the page shows it."""

    row: Row
    titles: list[WantedTitle]
    field: Control
    evidence: list[Message]
    """What speaks for a field."""
    faults: list[Message]
    """What is wrong with the whole record."""
    seen: str


@dataclass(frozen=True, slots=True)
class WantedEntry:
    """A new body or field that lacks something."""

    table: str
    name: str
    groups: list[Group]
    faults: list[Message]
    prefix: str
    seen: str


class _Batches(DeskHandler):
    """The batches, each with how many of its standards lack something."""

    section = "complete"

    async def get(self) -> None:
        records, scripts = await _read(self)
        batches = [(row.address, name_of(row, "batches", self.language)) for row in records.tables["batches"]]
        counts = Counter(
            records.batch_of[row.file] or UNKNOWN_BATCH
            for row in records.tables["standards"]
            if _is_wanted(row, scripts)
        )
        self.show("batches.html", batches=batches[::-1], counts=counts, unknown=UNKNOWN_BATCH)


class _Batch(DeskHandler):
    """What is wanted of one batch; it is saved whenever that is asked for."""

    section = "complete"

    async def get(self, batch: str) -> None:
        records, scripts = await _read(self)
        self._show(batch, records, scripts, None, {})

    async def post(self, batch: str) -> None:
        records, scripts = await _read(self)
        today = date.today()
        async with self.settings["writing"]:
            sent = _sent(_rows(records, batch), records, self.language, self.get_body_arguments)
            faults: dict[str, list[Message]] = {}
            if _is_review_missing(self.get_body_arguments, _rows(records, batch)):
                faults = {"reviewer": [Message("edits.no-reviewer")]}
            elif (day := self.get_body_argument("reviewed-on", "")) > today.isoformat():
                faults = {"reviewer": [Message("edits.later-review", day=day)]}
            else:
                amendment = await self.aside(correct, self.content, sent.edits, today)
                faults = sent.faults(amendment.faults)
                if not faults:
                    await self.aside(self._write, amendment, batch, records, today)
                    is_through = self.get_body_argument("then", "") == "see"
                    self.redirect("/see" if is_through else f"/complete/{batch}")
                    return
        self._show(batch, records, scripts, self.get_body_arguments, faults)

    def _write(self, amendment: Amendment, batch: str, records: Records, today: date) -> None:
        if not amendment.texts:
            self.tell(Message("desk.edit-no-change"))
            return
        count = len({(table, change.address) for table, change in amendment.changes})
        what = Message("edits.completed", batch=_batch_name(records, batch, self.language), count=count)
        write_amendment(self.content, amendment, what, today)
        self.tell(Message("edits.saved", what=what))

    def _show(self, batch: str, records: Records, scripts: Scripts, asked: Asked | None, faults: Faults) -> None:
        rows = _rows(records, batch)
        shows_all = bool(self.get_query_argument("all", ""))
        page = _Page(records, scripts, self.language, asked, faults)
        self.show(
            "completion.html",
            batch=batch,
            name=_batch_name(records, batch, self.language),
            standards=[page.standard(row) for row in rows if shows_all or asked or _is_wanted(row, scripts)],
            entries=list(page.entries()),
            total=len(rows),
            has_proof=batch != UNKNOWN_BATCH,
            shows_all=shows_all,
            faults=faults,
            today=date.today().isoformat(),
            reviewer=(asked("reviewer") or [""])[0] if asked else "",
            reviewed_on=(asked("reviewed-on") or [""])[0] if asked else date.today().isoformat(),
        )


class _Worksheet(DeskHandler):
    """What is wanted, as a workbook to fill in; it comes back as an attachment."""

    async def get(self) -> None:
        # It loads what writes workbooks, for which no other page should wait.
        from generator.announcing.worksheet import worksheet_bytes

        content = await _sound_content(self)
        data = await self.aside(worksheet_bytes, content.catalogue(), content.scripts, self.language)
        self.set_header("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        self.set_header("Content-Disposition", f'attachment; filename="worksheet-{date.today().isoformat()}.xlsx"')
        self.finish(data)


class _Proof(DeskHandler):
    """The proof sheet of a batch, to be printed."""

    policy = _PRINTED

    async def get(self, address: str) -> None:
        from generator.announcing.proof import proof_sheet

        content = await _sound_content(self)
        catalogue = content.catalogue()
        batch = next((one for one in catalogue.batches if one.address == address), None)
        if batch is None:
            raise HTTPError(404)
        self.finish(await self.aside(proof_sheet, catalogue, batch, content.scripts, self.language))


class _Page:
    """What the page of a batch shows of each record."""

    def __init__(self, records: Records, scripts: Scripts, language: str, asked: Asked | None, faults: Faults) -> None:
        self.records, self.scripts, self.language = records, scripts, language
        self.asked, self.faults = asked, faults
        self.other_script = OtherScript(scripts)
        self.fields = NameIndex(records, "fields")
        self.field_names = {row.address: name_of(row, "fields", language) for row in records.tables["fields"]}
        self.fields_of_bodies: dict[str, Counter[str]] = {}
        for row in records.tables["standards"]:
            for body in _bodies(row) if row["field"] else ():
                self.fields_of_bodies.setdefault(body, Counter()).update(row.many("field"))

    def standard(self, row: Row) -> WantedStandard:
        """One standard, as recorded or as it was sent."""
        form = RecordForm(self.records, "standards", self.language, f"{row.address}.", _columns(row))
        filled = form.sent(self.asked) if self.asked else form.of_row(row)
        if not self.asked and row["title:zh-Hans"] and not row["title:zh-Hant"]:
            filled[f"{row.address}.title:zh-Hant"] = [self.other_script.text(row["title:zh-Hans"], "zh-Hant")]
        columns = (column for group in form.groups(filled, self.faults) for column in group.columns)
        *titles, field = (control for column in columns for control in column)
        return WantedStandard(
            row,
            [self._title(row, control) for control in titles],
            field,
            list(self._evidence(row)),
            list(self.faults.get(row.address + ".", ())),
            self._seen("standards", row.address, row.address),
        )

    def entries(self) -> Iterator[WantedEntry]:
        """The bodies and fields that lack something."""
        for table in _NEW:
            for row in self.records.tables[table]:
                if not _lacks_something(row, table):
                    continue
                prefix = f"{table}.{row.address}."
                form = RecordForm(self.records, table, self.language, prefix, _open_columns(row, table))
                filled = form.sent(self.asked) if self.asked else form.of_row(row)
                groups, name = form.groups(filled, self.faults), name_of(row, table, self.language)
                faults = list(self.faults.get(prefix, ()))
                yield WantedEntry(table, name, groups, faults, prefix, self._seen(table, row.address, prefix))

    def _title(self, row: Row, control: Control) -> WantedTitle:
        standing = row[control.column.name.replace("title", "standing")]
        doubts = self.scripts.doubts(control.text) if control.language == "zh-Hant" and standing not in _SURE else {}
        return WantedTitle(
            control,
            ChoiceName("standing", standing) if standing else None,
            standing in _OF_OTHERS,
            [(letter, doubts.get(place, "")) for place, letter in enumerate(control.text)] if doubts else [],
            standing not in _SURE,
            bool(self.asked and self.asked(f"{row.address}.reviewed:{control.language}")),
        )

    def _evidence(self, row: Row) -> Iterator[Message]:
        if row["field"]:
            return
        if named := self.fields.within(row["title:zh-Hans"]):
            yield Message("edits.named-in-title", name=self.field_names[named])
        fields: Counter[str] = Counter()
        for body in _bodies(row):
            fields |= self.fields_of_bodies.get(body, Counter())
        for field, number in fields.most_common(_MOST):
            yield Message("edits.of-bodies", name=self.field_names.get(field, field), number=number)

    def _seen(self, table: str, address: str, place: str) -> str:
        sent = (self.asked(f"{place.rstrip('.')}.seen") or [""])[0] if self.asked else ""
        is_stale = Message("edits.changed-meanwhile") in self.faults.get("", ())
        return sent if sent and not is_stale else record_state(self.records, table, address)


async def _sound_content(page: DeskHandler) -> Content:
    """The content. Raises RefusalError where it has problems."""
    content = await page.aside(read_content, page.desk.project)
    if content.problems:
        problem = page.worded(content.problems[0])
        raise RefusalError(400, Message("edits.unsound", count=len(content.problems), problem=problem))
    return content


async def _read(page: DeskHandler) -> tuple[Records, Scripts]:
    """The records, with the rules of scripts. Raises RefusalError where they cannot be read."""
    records = await page.aside(read_records, page.content)
    scripts = await page.aside(read_scripts, page.content, records.problems)
    if records.problems:
        raise RefusalError(400, Message("edits.unreadable", problem=page.worded(records.problems[0])))
    return records, scripts


def _rows(records: Records, batch: str) -> list[Row]:
    """The standards of `batch`. Raises HTTPError where there is no such batch."""
    if batch != UNKNOWN_BATCH and all(row.address != batch for row in records.tables["batches"]):
        raise HTTPError(404)
    address = "" if batch == UNKNOWN_BATCH else batch
    return [row for row in records.tables["standards"] if records.batch_of[row.file] == address]


def _batch_name(records: Records, batch: str, language: str) -> str | Message:
    row = next((row for row in records.tables["batches"] if row.address == batch), None)
    return name_of(row, "batches", language) if row else Message("edits.unknown-batch")


def _is_wanted(row: Row, scripts: Scripts) -> bool:
    """Whether something that this page asks for is wanted of a standard."""
    if not all(row[column] for column in _columns(row)) or row["standing:en"] == "translated":
        return True
    return row["standing:zh-Hant"] == "converted" and bool(scripts.doubts(row["title:zh-Hant"]))


def _titles(row: Row) -> tuple[str, ...]:
    """The languages of which the title of a standard is filled in here."""
    return _TITLES if row["title:zh-Hans"] else ("zh-Hans", *_TITLES)


def _columns(row: Row) -> tuple[str, ...]:
    """The columns of a standard that are filled in here."""
    return (*(f"title:{language}" for language in _titles(row)), "field")


def _bodies(row: Row) -> list[str]:
    """The bodies that issue or lead a standard."""
    return [*filter(None, (row["publisher"],)), *row.many("led_by")]


def _open_columns(row: Row, table: str) -> list[str]:
    """The columns of a new body or field that are filled in here."""
    # What an announcement opened, nobody else named.
    return [column for column in _NEW[table] if column != "named_by" or not row["opened_by"]]


def _lacks_something(row: Row, table: str) -> bool:
    """Whether a body or field has not all that its table needs."""
    is_named = table != "fields" or row["opened_by"] or row["named_by:en"]
    return not is_named or any(column.required and not row[column.name] for column in TABLES[table])


def _is_review_missing(asked: Asked, rows: list[Row]) -> bool:
    """Whether something was said to be reviewed, but not by whom, or when."""
    is_reviewed = any(asked(f"{row.address}.reviewed:{language}") for row in rows for language in _titles(row))
    return is_reviewed and not (any(asked("reviewer")) and any(asked("reviewed-on")))


def _sent(rows: list[Row], records: Records, language: str, asked: Asked) -> Sent:
    """The edits of what differs from what is recorded."""
    sent = Sent([], [])
    review = " ".join((*asked("reviewed-on"), *asked("reviewer")))
    for row in rows:
        if not asked(f"{row.address}.seen"):
            continue
        if cells := _cells(row, records, language, asked, review):
            seen = asked(f"{row.address}.seen")[0]
            sent.edits.append(Edit("standards", row.address, cells, seen=seen))
            sent.prefixes.append(f"{row.address}.")
    for table in _NEW:
        for row in records.tables[table]:
            prefix = f"{table}.{row.address}."
            if seen := asked(f"{prefix}seen"):
                form = RecordForm(records, table, language, prefix, _open_columns(row, table))
                cells = form.cells(form.sent(asked))
                sent.edits.append(Edit(table, row.address, cells, seen=seen[0]))
                sent.prefixes.append(prefix)
    return sent


def _cells(row: Row, records: Records, language: str, asked: Asked, review: str) -> dict[str, str | tuple[str, ...]]:
    """The cells of a standard that differ from what is recorded, with what follows from them."""
    form = RecordForm(records, "standards", language, f"{row.address}.", _columns(row))
    sent = form.cells(form.sent(asked))
    given = {name: " ".join(value.split()) for name, value in sent.items() if isinstance(value, str)}
    cells: dict[str, str | tuple[str, ...]] = {}
    for one in _titles(row):
        title, standing, reviewed = f"title:{one}", f"standing:{one}", f"reviewed:{one}"
        if row[standing] in _OF_OTHERS:
            continue
        if given[title] != row[title]:
            usual = "converted" if one == "zh-Hant" else "translated" if row["title:en"] or one == "en" else "devised"
            cells |= {title: given[title], standing: usual if given[title] else "", reviewed: ""}
        if given[title] and asked(f"{row.address}.{reviewed}"):
            cells |= {standing: "reviewed", reviewed: review}
    if tuple(sent["field"]) != (fields := row.many("field")):
        assigners = dict(zip(fields, of_each(row.many("field_assigned_by"), len(fields)), strict=False))
        who = once(assigners.get(field, "catalogue") for field in sent["field"])
        cells |= {"field": sent["field"], "field_assigned_by": who}
    return cells


PAGES: Routes = [
    ("/complete", _Batches),
    ("/complete/worksheet.xlsx", _Worksheet),
    ("/complete/([a-z0-9-]+)/proof", _Proof),
    ("/complete/([a-z0-9-]+)", _Batch),
]
