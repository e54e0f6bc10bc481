"""The list as it was last published, with the ledger of addresses."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import references
from generator.catalogue.check import counted
from generator.catalogue.columns import Facts
from generator.catalogue.content import CONTENT, Content
from generator.catalogue.continuity import broken, dead_pages
from generator.catalogue.facts import facts_in
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import LEDGER, RECORDS, Records, shown
from generator.files.disk import read_file, read_if_there
from generator.files.transaction import write_all
from generator.publishing.exports.formats import JSON

SITE_FOLDER = "build/site"
PUBLISHED = "build/published.json"
"""The snapshot of the list that is on the web, for a machine that did not build it."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did."""

    pages: int
    """How many pages the site has."""
    changed: Counter[str]
    """Kind of page → how many were written or removed."""
    reasons: dict[str, str]
    """Target → why it was made again."""
    seconds: float
    new_addresses: tuple[str, ...]
    """The addresses that are published for the first time."""
    url: str
    """The site's address."""
    remark: str
    """What should be known of it; '' mostly."""

    @property
    def summary(self) -> str:
        """`589 pages, 9 changed (standard 6, field 3), 0.9 s`."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.changed.most_common())
        changed = f"{self.changed.total()} changed" + (f" ({kinds})" if kinds else "")
        return f"{counted(self.pages, 'page')}, {changed}, {self.seconds:.1f} s"


class UnpublishedError(Exception):
    """The site was not replaced."""

    def __init__(self, summary: str, problems: Iterable[object], *, is_begun: bool = False) -> None:
        super().__init__(summary)
        self.problems = [str(problem) for problem in problems]
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
        return facts_in(read_file(path))
    except (OSError, ValueError, KeyError, RecursionError) as error:
        raise UnpublishedError(
            "1 problem",
            [f"{shown(path)}: is no snapshot of the list ({error}); a published {JSON.path} is wanted"],
        ) from None


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
        raise UnpublishedError(f"{counted(len(faults), 'break')} with the published list", faults)


def refuse_dead_addresses(site: Path, gone: set[str], records: Records, allowed: Collection[str]) -> None:
    """Raise UnpublishedError where a page that readers may have kept would vanish.

    `gone` are the files that leave the `site`.
    """
    unpublished = {address.partition("/")[2] for address in _recorded(gone) - records.published.keys()}
    if faults := list(dead_pages(site, gone, {*allowed, *unpublished})):
        raise UnpublishedError(f"{counted(len(faults), 'address', 'addresses')} would die", faults)


def version_in(site: Path) -> str:
    """The version of the list in a `site`; '' where there is none."""
    snapshot = read_if_there(site / JSON.path)
    return str(json.loads(snapshot)["version"]) if snapshot else ""


def new_addresses(records: Records) -> tuple[str, ...]:
    """The addresses that are published for the first time."""
    return tuple(sorted(references.addresses(records) - records.published.keys()))


def record_addresses(project: Path, addresses: tuple[str, ...]) -> None:
    """Add new `addresses` to the ledger of published ones, which is kept sorted.

    Raises OSError, with the ledger as it was, when it cannot be read or written.
    """
    records = project / CONTENT / RECORDS
    ledger = read_file(records / LEDGER).decode("utf-8-sig")
    lines = filter(None, map(str.strip, ledger.splitlines()))
    write_all(records, {LEDGER: "".join(f"{line}\n" for line in sorted({*lines, *addresses}))})


def _recorded(files: Iterable[str]) -> set[str]:
    """The addresses of records, such as `standards/wq-1-8`, that have a page among `files`."""
    paths = (file.split("/") for file in files if file.endswith("/index.html"))
    return {f"{parts[1]}/{parts[2]}" for parts in paths if parts[0] in LANGUAGES and len(parts) == 4}
