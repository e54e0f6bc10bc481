"""The first page of the desk: where the list stands, what can be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import cast

from generator.announcing.journal import JournalEntry, journal
from generator.catalogue.changes import Change, changes
from generator.catalogue.content import CONTENT, Content
from generator.catalogue.facts import facts_of
from generator.catalogue.messages import Message
from generator.catalogue.model import Batch
from generator.catalogue.records import Problem
from generator.catalogue.versions import Version
from generator.catalogue.wanted import wanted_lookup, wanted_of, work_list
from generator.desk.drafts import AttachmentDraft, all_drafts
from generator.desk.handler import SECTIONS, DeskHandler, Routes
from generator.desk.records import KINDS
from generator.publishing.exports.formats import JSON
from generator.publishing.published import SITE_FOLDER, UnpublishedError, last_snapshot, version_in
from generator.publishing.trial import check_content

_FEW = 5
"""So many announcements, versions or writes are shown, the newest first."""


@dataclass(slots=True)
class Overview:
    """Where the list stands."""

    drafts: list[AttachmentDraft]
    written: list[JournalEntry]
    """What the desk wrote last."""
    version: str = ""
    """That of the site which was built last; '' for none."""
    built_on: date | None = None
    """Since when that site is as it is."""
    changes: list[Change] = field(default_factory=list)
    """By which the records differ from it."""
    problems: Sequence[object] = ()
    """What keeps a site from being built."""
    forms: Mapping[object, str] = field(default_factory=dict)
    """Problem → the address of the form in which it is mended, for each that has one."""
    wanted: list[object] = field(default_factory=list)
    """Clauses about what would make the list more complete."""
    batches: list[Batch] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)


def overview_of(project: Path, today: date) -> Overview:
    """Where the list of `project` stands; writes nothing."""
    content = check_content(project)
    overview = Overview(
        all_drafts(project / CONTENT),
        journal(project / CONTENT)[:_FEW],
        problems=content.problems,
        versions=content.versions[: -_FEW - 1 : -1],
    )
    snapshot = project / SITE_FOLDER / JSON.path
    if snapshot.exists():
        overview.version = version_in(project / SITE_FOLDER)
        overview.built_on = date.fromtimestamp(snapshot.stat().st_mtime)
    if content.problems:
        overview.forms = {problem: form for problem in content.problems if (form := _form_of(problem, content))}
        return overview
    catalogue = content.catalogue()
    if wanted := work_list(wanted_of(catalogue.standards, content.scripts)):
        # Without the command that its sentence names.
        overview.wanted += cast("tuple[Message, ...]", wanted.values["clauses"])
    if lookup := wanted_lookup(catalogue.lookup, today):
        overview.wanted.append(lookup)
    overview.batches = catalogue.batches[: -_FEW - 1 : -1]
    try:
        place, before = last_snapshot(project)
    except UnpublishedError as failure:
        overview.problems = failure.problems
    else:
        overview.changes = list(changes(before, facts_of(catalogue))) if place else []
    return overview


def _form_of(problem: Problem, content: Content) -> str:
    """The address of the form of the record in which `problem` is; '' for none."""
    for table in KINDS:
        rows = [row for row in content.records.tables.get(table, ()) if row.file == problem.file]
        if row := max((row for row in rows if row.line <= problem.line), key=lambda row: row.line, default=None):
            return f"/records/{table}/{row.address}"
    return ""


class _Home(DeskHandler):
    section = "home"

    async def get(self) -> None:
        if self.get_query_argument("key", ""):
            self.let_in()
            # Without the key, which is not to stay in what a browser remembers of its pages.
            self.redirect("/")
            return
        overview = await self.aside(overview_of, self.desk.project, date.today())
        tasks = [name for name in SECTIONS if name != self.section]
        self.show("home.html", overview=overview, tasks=tasks)


PAGES: Routes = [("/", _Home)]
