"""The list as it was last published, with the ledger of addresses, the versions kept."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import references
from generator.catalogue.columns import Facts
from generator.catalogue.content import CONTENT, Content
from generator.catalogue.continuity import broken, dead_pages
from generator.catalogue.facts import facts_in
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message
from generator.catalogue.records import LEDGER, RECORDS, Problem, Records, shown
from generator.catalogue.versions import ENDING, VERSIONS, Version, with_snapshots
from generator.files.disk import read_file, read_if_there, write_whole
from generator.files.transaction import write_all
from generator.publishing.exports.formats import JSON, VERSIONS_JSON, version_path

SITE_FOLDER = "build/site"
PUBLISHED = "build/published.json"
"""The snapshot of the list that is on the web, for a machine that did not build it."""
PUBLISHED_VERSIONS = "build/published-versions.json"
"""The index of the versions that are on the web, for the same machine."""

KINDS_OF_PAGE = {
    "landing": Message("build.kind-landing"),
    "home": Message("build.kind-home"),
    "standards": Message("build.kind-standards"),
    "standard": Message("build.kind-standard"),
    "fields": Message("build.kind-fields"),
    "field": Message("build.kind-field"),
    "batches": Message("build.kind-batches"),
    "batch": Message("build.kind-batch"),
    "cases": Message("build.kind-cases"),
    "coverage": Message("build.kind-coverage"),
    "checklist": Message("build.kind-checklist"),
    "organisations": Message("build.kind-organisations"),
    "organisation": Message("build.kind-organisation"),
    "changes": Message("build.kind-changes"),
    "versions": Message("build.kind-versions"),
    "prose": Message("build.kind-prose"),
    "removed": Message("build.kind-removed"),
}
"""Kind of page, or what happened to it → its name in a summary."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did."""

    pages: int
    """How many pages the site has."""
    changed: Counter[str]
    """Kind of page → how many were written or removed."""
    reasons: dict[str, Message]
    """Target → why it was made again."""
    seconds: float
    new_addresses: tuple[str, ...]
    """The addresses that are published for the first time."""
    url: str
    """The site's address."""
    remark: Message | None
    """What should be known of it; None mostly."""

    @property
    def summary(self) -> Message:
        """`589 pages, 9 changed (standard 6, field 3), 0.9 s`."""
        kinds = tuple(
            Message("build.pages-of-kind", kind=KINDS_OF_PAGE[kind], number=number)
            for kind, number in self.changed.most_common()
        )
        pages, changed, seconds = Message("build.pages", count=self.pages), self.changed.total(), f"{self.seconds:.1f}"
        if not kinds:
            return Message("build.summary", pages=pages, changed=changed, seconds=seconds)
        return Message("build.summary-of-kinds", pages=pages, changed=changed, kinds=kinds, seconds=seconds)


class UnpublishedError(Exception):
    """The site was not replaced."""

    def __init__(self, summary: Message, problems: Iterable[Message | Problem] = (), *, is_begun: bool = False) -> None:
        super().__init__(summary)
        self.summary = summary
        """What happened."""
        self.problems = list(problems)
        """Why, one a line."""
        self.is_begun = is_begun
        """Whether the new site was being put in place, which the next build carries to its end."""


class StoppedError(UnpublishedError):
    """Somebody stopped the program at the keyboard."""


def last_snapshot(project: Path) -> tuple[str, dict[str, Facts]]:
    """Where the snapshot of the list as last published lies; its standards.

    ('', {}) where there is none. Raises UnpublishedError when it cannot be read.
    """
    for path in (project / PUBLISHED, project / SITE_FOLDER / JSON.path):
        if path.exists():
            return shown(path), read_snapshot(path)
    return "", {}


def read_snapshot(path: Path) -> dict[str, Facts]:
    """The standards of the snapshot at `path`, address → facts.

    Raises UnpublishedError when it is none.
    """
    try:
        return facts_in(json.loads(read_file(path)))
    except (OSError, ValueError, KeyError, RecursionError) as error:
        sentence = Message("build.no-snapshot", file=shown(path), reason=reason_of(error), wanted=JSON.path)
        raise UnpublishedError(Message("build.problems", count=1), [sentence]) from None


def refuse_broken_promises(project: Path, content: Content, facts: dict[str, Facts], allowed: Collection[str]) -> None:
    """Raise UnpublishedError where the list breaks a promise of the published one.

    `facts` are those of the new list. `allowed` names addresses and identifiers that may break.
    """
    if (project / PUBLISHED).exists():
        before = read_snapshot(project / PUBLISHED)
    else:
        try:
            _, before = last_snapshot(project)
        except UnpublishedError:
            # A damaged folder of builds is as good as none, which is made again from nothing.
            before = {}
        # What only `serve` or a trial showed here was never on the web: the ledger says what was.
        before = {one: facts for one, facts in before.items() if f"standards/{one}" in content.records.published}
    if faults := list(broken(before, facts, allowed)):
        raise UnpublishedError(Message("build.breaks", count=len(faults)), faults)


def versions_before(project: Path, kept: list[Version], allowed: Collection[str]) -> list[Version]:
    """The versions published before, the oldest first.

    They are those `kept`, then the one on the web where it is not among them. Raises UnpublishedError where one would
    be lost that is not `allowed` to be.
    """
    snapshot = read_if_there(project / PUBLISHED)
    versions = with_snapshots(kept, [snapshot] if snapshot else [])
    versions = [one for one in versions if one in kept or one.name not in allowed]
    lost = _versions_online(project).difference((one.name for one in versions), allowed)
    if lost:
        faults = [
            Message("build.version-gone", file=f"{CONTENT}/{VERSIONS}/{name}{ENDING}", name=name)
            for name in sorted(lost)
        ]
        raise UnpublishedError(Message("build.versions-lost", count=len(lost)), faults)
    return versions


def _versions_online(project: Path) -> set[str]:
    """The versions in the index of the site on the web, or in `build/site`.

    The list of `build/site` itself may be one that only `serve` showed.
    """
    path = project / PUBLISHED_VERSIONS
    try:
        index = json.loads(read_file(path if path.exists() else project / SITE_FOLDER / VERSIONS_JSON))
        names = {one["version"] for one in index["versions"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        if path.exists():
            sentence = Message("build.no-index", file=shown(path), reason=reason_of(error), wanted=VERSIONS_JSON)
            raise UnpublishedError(Message("build.problems", count=1), [sentence]) from None
        return set()
    return names if path.exists() else names - {index["version"]}


def refuse_dead_addresses(site: Path, gone: set[str], records: Records, allowed: Collection[str]) -> None:
    """Raise UnpublishedError where a page that readers may have kept would vanish.

    `gone` are the files that leave the `site`.
    """
    unpublished = {address.partition("/")[2] for address in _recorded(gone) - records.published.keys()}
    if faults := list(dead_pages(site, gone, {*allowed, *unpublished})):
        raise UnpublishedError(Message("build.addresses-dead", count=len(faults)), faults)


def version_in(site: Path) -> str:
    """The version of the list in a `site`; '' for none, or a damaged one."""
    try:
        return str(json.loads(read_if_there(site / JSON.path) or b"")["version"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""


def new_addresses(records: Records) -> tuple[str, ...]:
    """The addresses that are published for the first time."""
    return tuple(sorted(references.addresses(records) - records.published.keys()))


def record_addresses(project: Path, addresses: tuple[str, ...]) -> None:
    """Add new `addresses` to the ledger of published ones, which is kept sorted.

    Raises OSError, with the ledger as it was, when it cannot be read or written.
    """
    content, path = project / CONTENT, f"{RECORDS}/{LEDGER}"
    ledger = read_file(content / path).decode("utf-8-sig")
    lines = filter(None, map(str.strip, ledger.splitlines()))
    write_all(content, {path: "".join(f"{line}\n" for line in sorted({*lines, *addresses}))})


def keep_versions(project: Path) -> list[str]:
    """Copy the versions in `build/site` that are not kept yet to the content.

    Gives their names. Raises OSError when the disk refuses it.
    """
    folder, site = project / CONTENT / VERSIONS, project / SITE_FOLDER
    names = [path.parent.name for path in sorted(site.glob(version_path("*")))]
    new = [name for name in names if not (folder / f"{name}{ENDING}").exists()]
    for name in new:
        folder.mkdir(exist_ok=True)
        write_whole(folder / f"{name}{ENDING}", read_file(site / version_path(name)))
    return new


def _recorded(files: Iterable[str]) -> set[str]:
    """The addresses of records, such as `standards/wq-1-8`, that have a page among `files`."""
    paths = (file.split("/") for file in files if file.endswith("/index.html"))
    return {f"{parts[1]}/{parts[2]}" for parts in paths if parts[0] in LANGUAGES and len(parts) == 4}
