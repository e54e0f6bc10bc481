"""What was written, in words, with the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tornado.web import HTTPError

from generator.announcing.journal import JournalEntry, UndoError, journal, texts_before, undo
from generator.announcing.writing import trial
from generator.catalogue import check
from generator.catalogue.content import CONTENT
from generator.catalogue.messages import Message
from generator.catalogue.records import LEDGER, RECORDS, Problem, read_records
from generator.catalogue.scripts import read_scripts
from generator.catalogue.versions import ENDING, VERSIONS, read_versions
from generator.desk.handler import DeskHandler, RefusalError, Routes
from generator.files.disk import read_file
from generator.publishing.published import SITE_FOLDER, version_in


class _History(DeskHandler):
    """All that was written, the newest first."""

    section = "history"

    async def get(self) -> None:
        entries = await self.aside(journal, self.content)
        self.show("history.html", entries=entries)


class _Undo(DeskHandler):
    """Asks whether something is to be taken back, then takes it back."""

    section = "history"

    async def get(self, name: str) -> None:
        entry = await self._entry(name)
        try:
            new = await self.aside(new_problems, self.content, entry)
        except UndoError as error:
            raise RefusalError(400, error.message) from None
        gone = [one for one in new if _is_gone(one)]
        others = [one for one in new if one not in gone]
        self.show("undo.html", entry=entry, problems=others, gone=gone, files=sorted(entry.after))

    async def post(self, name: str) -> None:
        async with self.settings["writing"]:
            entry = await self._entry(name)
            try:
                texts = {}
                if self.get_body_argument("unpublished", ""):
                    texts = await self.aside(_without_addresses, self.desk.project, entry)
                await self.aside(undo, self.content, entry, date.today(), texts)
            except UndoError as error:
                raise RefusalError(400, error.message) from None
        is_again = entry.deed == "undone"
        self.tell(Message("edits.redone", what=entry.what) if is_again else Message("edits.undone", what=entry.what))
        self.redirect("/history")

    async def _entry(self, name: str) -> JournalEntry:
        entries = await self.aside(journal, self.content)
        entry = next((entry for entry in entries if entry.name == name), None)
        if entry is None:
            raise HTTPError(404)
        return entry


def new_problems(content: Path, entry: JournalEntry) -> list[Problem]:
    """What the check will name once `entry` is taken back, and does not name now.

    Raises UndoError where it cannot be taken back.
    """
    texts = texts_before(content, entry)
    records = read_records(content)
    if records.problems:
        return []
    of_records = {
        name.removeprefix(f"{RECORDS}/"): data for name, data in texts.items() if name.startswith(f"{RECORDS}/")
    }
    now = {(one.file, one.sentence) for one in check.problems(records, read_scripts(content, []))}
    return [one for one in trial(content, records.folder, of_records)[1] if (one.file, one.sentence) not in now]


def _is_gone(problem: Problem) -> bool:
    """Whether an address was in a site that was built, and has no record."""
    return problem.sentence.key == "check.gone"


def _without_addresses(project: Path, entry: JournalEntry) -> dict[str, bytes | None]:
    """The files that tell of addresses of which no record is left once `entry` is taken back, without these.

    The ledger of published addresses loses them. The version that was built last goes where it has one of them.
    """
    content, ledger = project / CONTENT, f"{RECORDS}/{LEDGER}"
    gone = {problem.line for problem in new_problems(content, entry) if _is_gone(problem)}
    if not gone:
        return {}
    lines = read_file(content / ledger).splitlines(keepends=True)
    addresses = {line.decode().strip() for number, line in enumerate(lines, 1) if number in gone}
    texts: dict[str, bytes | None] = {
        ledger: b"".join(line for number, line in enumerate(lines, 1) if number not in gone)
    }
    built = version_in(project / SITE_FOLDER)
    for version in read_versions(content, []):
        if version.name == built and not addresses.isdisjoint(f"standards/{address}" for address in version.facts):
            texts[f"{VERSIONS}/{built}{ENDING}"] = None
    return texts


PAGES: Routes = [("/history", _History), ("/history/([0-9]+)", _Undo)]
