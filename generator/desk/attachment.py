"""The desk's second step: an attachment is read, understood, written."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path, PureWindowsPath
from typing import Any

import yaml
from tornado.web import HTTPError

from generator.announcing.attachments.attachment import LARGEST, AttachmentError, read_attachment
from generator.announcing.attachments.headings import MEANINGS
from generator.announcing.journal import write_journaled
from generator.announcing.plan import Plan, plan
from generator.catalogue.columns import HOSTS, REGIONS
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import ChoiceName, ColumnName, Message
from generator.catalogue.records import RECORDS, UNKNOWN_BATCH, read_records
from generator.desk.asked import asked_rows, button_of, in_desk_words
from generator.desk.drafts import (
    AttachmentDraft,
    all_drafts,
    attachment_of,
    begin_draft,
    draft_called,
    drop_draft,
    keep_draft,
)
from generator.desk.grid import grids_of
from generator.desk.guard import RefusalError
from generator.desk.handler import DeskHandler, Routes

_ATTACHMENTS = "attachments"
"""The folder of attachments as they were announced, below the content."""
_LONGEST_NAME = 150
"""Bytes of the longest name, without its ending: a disk takes 255, with the day in front."""
_LONGEST_ENDING = 10
_UNUSABLE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200e\u200f\u2028-\u202e\u2066-\u2069]+')
"""What no name of a file has on Windows, or what makes it look like another."""
_FIGURES = {
    "taking_part": [f"taking_part:{region}" for region in REGIONS],
    "pledged": [f"pledged:{region}" for region in REGIONS],
}
"""Figures by region, with their columns."""
_STATED = {
    "batches": [
        "announcement:zh-Hans",
        "announcement_url",
        *(f"place:{language}" for language in LANGUAGES),
        *("standards", "standards_total", "fields", "fields_total"),
        *(column for columns in _FIGURES.values() for column in columns),
    ],
    "sources": [*(f"name:{language}" for language in LANGUAGES), "said_on", "url", "host"],
}
"""Table → the columns that the form of an announcement asks for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What would be recorded of a new announcement, and who says so."""

    column: ColumnName
    text: str
    origin: Message


class _Attachments(DeskHandler):
    """Takes an attachment, and shows those that are being read."""

    section = "attachment"

    async def get(self) -> None:
        self.show("attachments.html", drafts=await self.aside(all_drafts, self.content), most=LARGEST // 10**6)

    async def post(self) -> None:
        files = self.request.files.get("attachment", [])
        if not files or not files[0].filename:
            raise RefusalError(400, Message("desk.no-file"))
        name, data = _file_name(files[0].filename), files[0].body
        try:
            await self.aside(read_attachment, name, data)
        except AttachmentError as error:
            raise RefusalError(400, Message("desk.unreadable", file=name, clause=error.args[0])) from None
        async with self.settings["writing"]:
            draft = await self.aside(begin_draft, self.content, name, data, date.today())
        self.redirect(f"/attachment/{draft.name}")


class _Attachment(DeskHandler):
    """One attachment: what was understood, what is asked, what would be written."""

    section = "attachment"

    async def get(self, name: str) -> None:
        self.show("attachment.html", **await self.aside(self._values, self._draft(name)))

    async def post(self, name: str) -> None:
        """Keep what the form says, then do what its button asks for."""
        form = self.form()
        deed, _, rest = form.get("do", "save").partition(" ")
        async with self.settings["writing"]:
            before = self._draft(name)
            draft = _with_form(before, form)
            if draft != before and form.get("state", "") != _state(before):
                # Another page kept something else since this one was shown.
                return self.redirect(f"/attachment/{name}?changed=1")
            match deed:
                case "answer":
                    draft = await self.aside(_answered, self.content, draft, *rest.partition(" ")[::2])
                case "withdraw":
                    draft = draft.without_answer(rest)
                case "drop":
                    await self.aside(drop_draft, self.content, draft)
                    self.tell(Message("desk.dropped", file=draft.file))
                    return self.redirect("/attachment")
                case "write":
                    await self.aside(keep_draft, self.content, draft)
                    batch = await self.aside(_written, self.content, draft, form.get("seen", ""))
                    if batch is None:
                        return self.redirect(f"/attachment/{name}?changed=1")
                    self.tell(Message("desk.written", file=draft.file))
                    return self.redirect(f"/complete/{batch}" if batch else "/complete")
            await self.aside(keep_draft, self.content, draft)
        return self.redirect(f"/attachment/{name}#{'asked' if deed == 'answer' else deed}")

    def _draft(self, name: str) -> AttachmentDraft:
        draft = draft_called(self.content, name)
        if draft is None:
            raise HTTPError(404)
        return draft

    def _values(self, draft: AttachmentDraft) -> dict[str, Any]:
        """What the page of `draft` shows."""
        result, records = _planned(self.content, draft), read_records(self.content)
        added = sum(change.sign == "+" for change in result.changes)
        return {
            "draft": draft,
            "plan": result,
            "problems": [in_desk_words(one) for one in result.problems],
            "counts": {"added": added, "changing": result.rows - added - result.unchanged},
            "asked": (asked := asked_rows(result, records)),
            "count_asked": sum(map(len, asked)),
            "button_of": button_of,
            "in_desk_words": in_desk_words,
            "grids": [*grids_of(result, draft.columns)],
            "meanings": [(name, ColumnName(name)) for name in MEANINGS],
            "batches": records.tables["batches"],
            "kind": _kind(draft, result, records.tables["batches"]),
            "facts": [*_facts(draft, result)],
            "figures": _FIGURES,
            "region_name": lambda column: ChoiceName("regions", column.partition(":")[2]),
            "hosts": HOSTS,
            "seen": _digest(result),
            "state": _state(draft),
            "has_changed": bool(self.get_query_argument("changed", "")),
        }


def _file_name(given: str) -> str:
    """The name of a file that a browser gave, fit for any disk."""
    path = Path(_UNUSABLE.sub("-", PureWindowsPath(given).name).strip(" .") or "-")
    return f"{_cut(path.stem, _LONGEST_NAME)}{_cut(path.suffix, _LONGEST_ENDING)}"


def _cut(text: str, most: int) -> str:
    """The beginning of `text` that takes no more than `most` bytes."""
    return text.encode()[:most].decode(errors="ignore")


def _planned(content: Path, draft: AttachmentDraft) -> Plan:
    return plan(content, draft.file, attachment_of(content, draft), draft.answers, date.today())


def _with_form(draft: AttachmentDraft, form: Mapping[str, str]) -> AttachmentDraft:
    """`draft` with what the fields of the page's form say; a field that is not there changes nothing."""
    kind, day = form.get("kind", ""), form.get("day", "")
    batch, notice = draft.batch, draft.notice
    match kind:
        case "file":
            batch, notice = "", ""
        case "new":
            batch, notice = day, ""
        case "recorded":
            batch, notice = form.get("batch", ""), ""
        case "notice":
            batch, notice = "", day
    chosen = {name.removeprefix("column "): value for name, value in form.items() if name.startswith("column ")}
    stated = {
        table: {column: value for column in columns if (value := form.get(f"{table} {column}", ""))}
        for table, columns in _STATED.items()
    }
    return replace(
        draft,
        batch=batch,
        notice=notice,
        columns={name: column for name, column in (draft.columns | chosen).items() if column},
        stated=stated if kind else draft.stated,
    )


def _kind(draft: AttachmentDraft, result: Plan, batches: list[Any]) -> str:
    """Which announcement the editor says it is: `file` where that is left to the file, which says it."""
    if draft.notice:
        return "notice"
    if draft.batch in (UNKNOWN_BATCH, *(row.address for row in batches)):
        return "recorded"
    return "new" if draft.batch or not result.batch else "file"


def _answered(content: Path, draft: AttachmentDraft, kind: str, rows: str) -> AttachmentDraft:
    """`draft` with the answer `kind` to each question about `rows`; one that is not asked changes nothing."""
    wanted = set(rows.split(","))
    for question in _planned(content, draft).questions:
        answer = next((one for one in question.answers if one.kind == kind), None)
        if answer and question.row in wanted:
            # One answer is one to all that is asked about a row.
            wanted.remove(question.row)
            draft = draft.with_answer(question.sentence, answer)
    return draft


def _facts(draft: AttachmentDraft, result: Plan) -> Iterator[Fact]:
    """What would be recorded of a new announcement, with what is derived marked as such."""
    if ("batches.yml", result.batch) not in result.added:
        return
    entry = yaml.safe_load(result.texts["batches.yml"])[result.batch]
    stated = draft.stated.get("batches", {})
    for key, value in entry.items():
        if key in ("standing", "derived", "sources", "recorded_on"):
            continue
        parts = value.items() if isinstance(value, dict) else [("", value)]
        for part, text in parts:
            column = f"{key}:{part}" if part else key
            if text in (None, ""):
                origin = Message("desk.fact-wanted")
            elif column in stated or key.startswith("announced"):
                origin = Message("desk.fact-stated")
            elif key in entry.get("derived", ()):
                origin = Message("desk.fact-derived")
            else:
                origin = Message("desk.fact-counted") if key == "standards" else Message("desk.fact-ours")
            yield Fact(ColumnName(column), "" if text is None else str(text), origin)


def _state(draft: AttachmentDraft) -> str:
    """What tells whether the fields of the page's form are those that were shown."""
    facts = (draft.batch, draft.notice, sorted(draft.columns.items()), draft.stated)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _digest(result: Plan) -> str:
    """What tells whether a plan is the one that was shown."""
    return hashlib.sha256(json.dumps(result.texts, sort_keys=True).encode()).hexdigest()


def _written(content: Path, draft: AttachmentDraft, seen: str) -> str | None:
    """Write what was `seen` of `draft`, with its attachment, all or nothing.

    The announcement's address, '' for several. None where nothing was written, as it would now be something else.
    """
    result, data = _planned(content, draft), attachment_of(content, draft)
    if not (result.may_be_written and result.texts and _digest(result) == seen):
        return None
    added = sum(change.sign == "+" for change in result.changes)
    what = Message("desk.imported", file=draft.file, count=result.rows, added=added)
    texts: dict[str, str | bytes | None] = {f"{RECORDS}/{name}": text for name, text in result.texts.items()}
    if not _is_kept(content, data):
        texts[_place(content, result.batch or draft.notice or draft.begun_on, draft.file)] = data
    write_journaled(content, what, texts | dict.fromkeys(draft.files), date.today())
    return result.batch


def _is_kept(content: Path, data: bytes) -> bool:
    """Whether an attachment with that content lies among those announced."""
    files = [path for path in (content / _ATTACHMENTS).glob("*") if path.is_file()]
    return any(path.stat().st_size == len(data) and path.read_bytes() == data for path in files)


def _place(content: Path, batch: str, file: str) -> str:
    """Where the attachment `file` of `batch` is kept, below `content`; no other is replaced."""
    path = Path(file)
    names = (f"{batch}-{path.stem}{f'-{number}' if number > 1 else ''}{path.suffix}" for number in count(1))
    return next(f"{_ATTACHMENTS}/{name}" for name in names if not (content / _ATTACHMENTS / name).exists())


PAGES: Routes = [("/attachment", _Attachments), (r"/attachment/([0-9a-f]{16})", _Attachment)]
