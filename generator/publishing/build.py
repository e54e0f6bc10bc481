"""Records → the published site, all or nothing, making again only what changed."""

from __future__ import annotations

import json
import sysconfig
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from generator.catalogue import check
from generator.catalogue.check import counted
from generator.catalogue.continuity import broken, dead_pages
from generator.catalogue.facts import Facts, facts_in, facts_of
from generator.catalogue.labels import LABELS, LabelError, Labels, read_labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, catalogue
from generator.catalogue.prose import PROSE, Prose, read_prose
from generator.catalogue.records import LEDGER, RECORDS, Problem, Records, read_records, read_text, shown
from generator.catalogue.scripts import read_scripts
from generator.files import transaction as replacing
from generator.files.cache import CACHE, Cache
from generator.files.disk import REFUSALS, are_there, files_below, keep_only, read_if_there, write
from generator.files.journal import recover as recover_records
from generator.files.journal import write_all
from generator.publishing.exports.formats import JSON
from generator.publishing.framing import filling
from generator.publishing.framing import mkdocs as frame
from generator.publishing.framing.frames import Framing, digest
from generator.publishing.framing.twins import TWIN
from generator.publishing.hosting import NGINX_CONF, hosting_files
from generator.publishing.incremental.identity import Identities
from generator.publishing.incremental.manifest import Memory, recall, remember
from generator.publishing.incremental.workers import Maker, Workshop
from generator.publishing.pages.page import FIGURES, Sheet, address_of, former_paths, samples, sheets, short_of
from generator.publishing.pages.rendering import Templates
from generator.publishing.settings import MKDOCS_YML, Settings, SettingsError, read_settings
from generator.publishing.sharing.fonts import FontError, fonts
from generator.publishing.sharing.image_cache import PICTURES
from generator.publishing.sharing.short_links import other_spellings
from generator.publishing.targets import Piece, pieces
from generator.publishing.verification import site_checks as verify
from generator.publishing.verification.site_checks import Reading

CONTENT = "content"
BUILD = "build"
PATIENCE = 120
"""Seconds that a build waits for another one to end."""
PAGES = "build/pages"
SITE = f"build/{replacing.SITE}"
PUBLISHED = "build/published.json"
"""The snapshot of the list that is on the web, for a machine that did not build it."""
_MEMORY = "build/site.json"
_COMPILED = "build/templates"
_THEME = "theme"
_HOSTING = "hosting"

Progress = Callable[[str], None]
"""Told what is being done, in a few words."""


class UnpublishedError(Exception):
    """The site was not replaced. `problems` says why, one a line."""

    def __init__(self, summary: str, problems: Iterable[object]) -> None:
        super().__init__(summary)
        self.problems = [str(problem) for problem in problems]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything below `content/`, read; complete only when `problems` is empty."""

    records: Records
    labels: dict[str, Labels]
    prose: dict[str, dict[str, Prose]]
    problems: list[Problem]

    def catalogue(self) -> Catalogue:
        return catalogue(self.records)


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did: how many pages there are, how many of each kind it wrote or removed, its seconds, the
    addresses that are published for the first time, the site's address; `remark` is what should be known of it, ''
    mostly."""

    pages: int
    changed: Counter[str]
    seconds: float
    new_addresses: tuple[str, ...]
    url: str
    remark: str

    @property
    def summary(self) -> str:
        """`589 pages, 9 changed (standard 6, field 3), 0.9 s`."""
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.changed.most_common())
        changed = f"{self.changed.total()} changed" + (f" ({kinds})" if kinds else "")
        return f"{counted(self.pages, 'page')}, {changed}, {self.seconds:.1f} s"


def read_content(project: Path) -> Content:
    """Read and check everything below `project/content`."""
    content = project / CONTENT
    recover_records(content / RECORDS)
    records = read_records(content)
    scripts = read_scripts(content, records.problems)
    labels = read_labels(content, scripts, records.problems)
    prose = read_prose(content, FIGURES, scripts, records.problems)
    return Content(records, labels, prose, check.problems(records, scripts))


def check_content(project: Path) -> Content:
    """Read and check `project/content`, and try one page of each kind with its words."""
    content = read_content(project)
    if content.problems:
        return content
    try:
        templates = Templates(content.labels, project / _COMPILED)
        for sheet in samples(content.catalogue(), content.labels, content.prose):
            for page in sheet.pages():
                templates.markdown(page)
    except LabelError as error:
        content.problems.append(_misprinted(project, error))
    return content


def build(project: Path, progress: Progress, allowed: Collection[str] = ()) -> Published:
    """Check the content of `project`, write its pages, have them framed and verified, and put the new
    site in the place of the last one, which is kept for `roll_back`.

    `allowed` names addresses and identifiers that may break with what was published. Raises UnpublishedError,
    with `build/site` as it was, when anything is wrong.
    """
    started = time.monotonic()
    try:
        with _alone(project):
            return _build(project, progress, started, allowed)
    except LabelError as error:
        raise UnpublishedError("1 problem", [_misprinted(project, error)]) from None
    except (FontError, SettingsError) as error:
        raise UnpublishedError("1 problem", [error]) from None


def roll_back(project: Path) -> str:
    """Put the site before the last one back, and keep the last one in its place; the version of the list that
    stands now.

    Raises UnpublishedError when there is none.
    """
    with _alone(project):
        replacing.recover(project / BUILD)
        if not replacing.can_step_back(project / BUILD):
            raise UnpublishedError("There is no earlier site to go back to", [])
        (project / _MEMORY).unlink(missing_ok=True)
        replacing.step_back(project / BUILD)
    snapshot = read_if_there(project / SITE / JSON.path)
    return str(json.loads(snapshot)["version"]) if snapshot else ""


@contextmanager
def _alone(project: Path) -> Iterator[None]:
    """Nothing else writes into the folder of builds meanwhile: two at once, one by `serve` say, would write into each
    other's site.

    Raises UnpublishedError when another build does not end, and when the disk refuses something.
    """
    try:
        (project / BUILD).mkdir(exist_ok=True)
        with FileLock(project / BUILD / ".lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise UnpublishedError("Another build is still running", []) from None
    except OSError as error:
        if error.errno not in REFUSALS:
            raise
        where = shown(Path(error.filename)) if error.filename else BUILD
        said = f"{where}: the disk refuses it ({error.strerror}); make room, or allow it to be written"
        raise UnpublishedError("1 problem", [said]) from None


def last_snapshot(project: Path) -> tuple[str, dict[str, Facts]]:
    """Where the snapshot of the list as last published lies, and its standards; ('', {}) where there is none.

    Raises UnpublishedError when it cannot be read.
    """
    for path in (project / PUBLISHED, project / SITE / JSON.path):
        if path.exists():
            return shown(path), read_snapshot(path)
    return "", {}


def read_snapshot(path: Path) -> dict[str, Facts]:
    """The standards of the snapshot at `path`, address → facts. Raises UnpublishedError when it is none."""
    try:
        return facts_in(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise UnpublishedError(
            "1 problem",
            [f"{shown(path)}: is no snapshot of the list ({error}); a published {JSON.path} is wanted"],
        ) from None


def _build(project: Path, progress: Progress, started: float, allowed: Collection[str]) -> Published:
    replacing.recover(project / BUILD)
    progress("check")
    content = read_content(project)
    if content.problems:
        raise UnpublishedError(counted(len(content.problems), "problem"), content.problems)
    progress("pages")
    made = content.catalogue()
    place, before = last_snapshot(project)
    if place != shown(project / PUBLISHED):
        # What only `serve` or a trial showed here was never on the web: the ledger says what was.
        before = {one: facts for one, facts in before.items() if f"standards/{one}" in content.records.published}
    facts = facts_of(made)
    if faults := list(broken(before, facts, allowed)):
        raise UnpublishedError(f"{counted(len(faults), 'break')} with the published list", faults)
    settings = read_settings(project)
    every = list(sheets(made, content.labels, content.prose))
    changed = _publish(project, content, made, every, facts, settings, progress, allowed)
    unknown = filling.unknown_versions()
    remark = (
        f"MkDocs framed every page, which takes longer: {', '.join(unknown)} was not compared yet." if unknown else ""
    )
    return Published(
        sum(len(sheet.files) for sheet in every),
        changed,
        time.monotonic() - started,
        _new_addresses(content.records),
        settings.site_url,
        remark,
    )


def record_addresses(project: Path, new: tuple[str, ...]) -> None:
    """Add `new` addresses to the ledger of published ones, which is kept sorted. Raises OSError, with the ledger as it
    was, when it cannot be written."""
    records = project / CONTENT / RECORDS
    known = read_text(records / LEDGER, []) or ""
    write_all(records, {LEDGER: "".join(f"{address}\n" for address in sorted({*known.split(), *new}))})


def _publish(
    project: Path,
    content: Content,
    made: Catalogue,
    every: list[Sheet],
    facts: dict[str, Facts],
    settings: Settings,
    progress: Progress,
    allowed: Collection[str],
) -> Counter[str]:
    """Make what must be made again, verify it, and put it into the site; how many pages of each kind changed."""
    build, site, cache = project / BUILD, project / SITE, Cache(project / CACHE)
    identities = Identities()
    listed = list(pieces(made, every, facts, content.labels, content.prose, settings, cache))
    keys = {one.name: identities.of(*one.rests_on) for one in listed} | {_THEME: "", _HOSTING: ""}
    now = Memory(_makers(project, settings), keys)
    before = recall(project / _MEMORY, now.makers) if site.exists() else Memory(now.makers)
    if now.keys == before.keys and are_there(site, before.files()):
        return Counter()
    templates = Templates(content.labels, project / _COMPILED)
    framing = Framing(project, every, templates, now.makers, settings.site_url)
    all_pieces = [Piece(_THEME, (), framing.theme, is_framed=True), *listed]
    maker = Maker(
        *(templates, framing.framed, settings.site_url),
        *(project / PAGES, cache, site if site.exists() else None, replacing.prepare(build)),
        is_known=bool(before.keys),
    )
    framed = []
    with Workshop(maker, all_pieces) as workshop:
        for one in all_pieces:
            if before.stands(one.name, now.keys[one.name], site):
                now.made[one.name] = before.made[one.name]
            elif one.is_framed:
                framed.append(one)
            else:
                # While the others are looked for, and while MkDocs makes frames.
                workshop.order(one)
        if not framing.is_made():
            progress("mkdocs")
            _make_frames(framing)
        progress("make")
        for one in framed:
            workshop.order(one)
        outcome = workshop.outcome()
    now.made |= outcome.made
    now.scripts = before.scripts | outcome.reading.scripts
    hosting = dict(hosting_files(settings, now.scripts, now.made[_THEME].files, _moved(made)))
    configuration = hosting.pop(NGINX_CONF)
    outcome.add(maker.make([Piece(_HOSTING, (), hosting.items)]))
    now.made[_HOSTING] = outcome.made[_HOSTING]
    progress("verify")
    files = set(now.files())
    gone = set(before.files() if before.keys else files_below(site)) - files
    _verify(outcome.reading, site, files, gone, settings.site_url)
    names = {address.partition("/")[2] for address in _recorded(gone) - content.records.published.keys()}
    if faults := list(dead_pages(site, gone, {*allowed, *names})):
        raise UnpublishedError(f"{counted(len(faults), 'address', 'addresses')} would die", faults)
    progress("publish")
    (project / _MEMORY).unlink(missing_ok=True)
    replacing.replace(build, gone)
    write(build / NGINX_CONF, configuration)
    remember(project / _MEMORY, now)
    if gone or not before.keys:
        keep_only(project / PAGES, {file for sheet in every for file in sheet.files})
        cache.remove_others(PICTURES, set(now.pictures()))
    outcome.changed["removed"] = sum(file.endswith("/" + TWIN) for file in gone)
    return +outcome.changed


def _make_frames(framing: Framing) -> None:
    """Have MkDocs make the frames. Raises UnpublishedError when it refuses."""
    try:
        framing.make()
    except frame.FrameError as error:
        raise UnpublishedError("MkDocs refused the pages", str(error).splitlines()) from None


def _verify(reading: Reading, site: Path, files: set[str], gone: set[str], site_url: str) -> None:
    """Verify the pages that were read, and all others of the site too, where these may link to what is no more.

    Raises UnpublishedError when anything is wrong.
    """

    def ids_of(name: str) -> frozenset[str]:
        other = Reading()
        other.read(name, (site / name).read_bytes(), site_url)
        return other.ids[name]

    pages = {name for name in files if name.endswith(".html")}
    unread = pages - reading.ids.keys()
    if gone or (unread and any(ids_of(name) - ids for name, ids in reading.ids.items() if (site / name).exists())):
        for name in sorted(unread):
            reading.read(name, (site / name).read_bytes(), site_url)
    if faults := list(verify.problems(reading, files, ids_of)):
        raise UnpublishedError(f"{counted(len(faults), 'fault')} in the finished pages", faults)


def _makers(project: Path, settings: Settings) -> str:
    """A digest of all that decides what becomes of records: this program, the libraries, templates, words, prose,
    settings, fonts."""
    own = Path(__file__).parents[1]
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    inputs = [
        *sorted(path for path in own.rglob("*") if path.suffix in (".py", ".md", ".html", ".conf")),
        project / MKDOCS_YML,
        project / CONTENT / LABELS,
        *sorted((project / CONTENT / PROSE).rglob("*.md")),
        *sorted(path for path in (project / "overrides").rglob("*") if path.is_file() and path.suffix != ".pyc"),
    ]
    held = (f"{path.name}\0{path.read_bytes()!r}" for path in inputs)
    return digest([repr(settings), repr(fonts()), *sorted(path.name for path in packages), *held])


def _moved(made: Catalogue) -> dict[str, str]:
    """Former path below the site → present one."""
    records = [*made.standards, *made.fields, *made.batches, *made.organisations]
    paths = {old: address_of(record) for record in records for old in former_paths(record)}
    short = {old: short_of(record) for record, spellings in other_spellings(made).items() for old in spellings}
    return {f"{la}/{old}": f"{la}/{new}" for la in LANGUAGES for old, new in paths.items()} | short


def _recorded(files: Iterable[str]) -> set[str]:
    """The addresses of records, such as `standards/wq-1-8`, that have a page among `files`."""
    found = (file.split("/") for file in files if file.endswith("/index.html"))
    return {f"{parts[1]}/{parts[2]}" for parts in found if parts[0] in LANGUAGES and len(parts) == 4}


def _misprinted(project: Path, error: LabelError) -> Problem:
    return Problem(shown(project / CONTENT / LABELS), 1, str(error))


def _new_addresses(records: Records) -> tuple[str, ...]:
    return tuple(sorted(check.addresses(records) - records.published.keys()))
