"""Records → the published site, all or nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from generator.announcing.journal import recover
from generator.catalogue import check
from generator.catalogue.check import counted
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue, catalogue
from generator.catalogue.records import LEDGER, RECORDS, Problem, Records, read_records, read_text, shown
from generator.catalogue.scripts import read_scripts
from generator.publishing import filling, frame, pictures, verify
from generator.publishing.api import data_files
from generator.publishing.cards import cards
from generator.publishing.codes import Code
from generator.publishing.continuity import broken, dead_pages
from generator.publishing.data import STANDARDS_JSON, Facts, facts_in, facts_of
from generator.publishing.feeds import feed_files
from generator.publishing.finishing import finish
from generator.publishing.fonts import FontError
from generator.publishing.guides import SECURITY, llms, security
from generator.publishing.hosting import CONFIGURATION, SCRIPTS, hosting_files
from generator.publishing.labels import LABELS, LabelError, Labels, read_labels
from generator.publishing.manifest import manifest
from generator.publishing.mark import ICONS
from generator.publishing.markdown import environment, html_environment, markdown
from generator.publishing.notices import notices
from generator.publishing.opensearch import opensearch
from generator.publishing.pages import FIGURES, Page, moved, pages, short_of
from generator.publishing.pictures import Picture
from generator.publishing.prose import Prose, read_prose
from generator.publishing.redirects import redirects
from generator.publishing.search import SEARCH_INDEX, search_index
from generator.publishing.short import moved_short, short_pages
from generator.publishing.sitemap import robots, sitemaps
from generator.publishing.workbook import STANDARDS_XLSX, standards_xlsx

CONTENT = "content"
BUILD = "build"
PATIENCE = 120
"""Seconds that a build waits for another one to end."""
PAGES = "build/pages"
SITE = "build/site"
FRAMES = "build/frames"
"""The pages that MkDocs makes: one of each kind, with marks where a page says something of its own."""
FRAMED = "build/framed"
"""What it made of them."""
OWN_SITEMAP = {"sitemap.xml", "sitemap.xml.gz"}
"""MkDocs writes a sitemap of its own, and compresses it with the time of day in it."""
_FRAMES_SEAL = "build/framed.sha256"
PICTURES = "build/pictures"
PUBLISHED = "build/published.json"
"""The snapshot of the list that is on the web, for a machine that did not build it."""
_NEXT = "build/site.next"
_LAST = "build/site.last"
_ASIDE = "build/site.aside"
_SEAL = "build/site.sha256"

Files = dict[str, str | bytes]
"""Path below a folder → what the file holds."""
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
class Beside:
    """What the site holds beside MkDocs' pages. `moved` leads from former paths to present ones."""

    files: Files
    pictures: list[Picture]
    moved: dict[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """What a build did. `changed` counts the pages that were written or removed, `seconds` its time; `remark` is what
    should be known of it, '' mostly."""

    pages: int
    changed: int
    seconds: float
    new_addresses: tuple[str, ...]
    url: str
    remark: str


def read_content(project: Path) -> Content:
    """Read and check everything below `project/content`."""
    content = project / CONTENT
    recover(content / RECORDS)
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
    templates, tried = environment(), set()
    try:
        for page in pages(content.catalogue(), content.labels, content.prose):
            if (page.language, page.kind) not in tried:
                tried.add((page.language, page.kind))
                markdown(page, templates, content.labels)
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
    (project / BUILD).mkdir(exist_ok=True)
    try:
        # Two builds at once, one by `serve` say, would write into each other's site.
        with FileLock(project / BUILD / ".lock", timeout=PATIENCE):
            return _build(project, progress, started, allowed)
    except Timeout:
        raise UnpublishedError("Another build is still running", []) from None
    except LabelError as error:
        raise UnpublishedError("1 problem", [_misprinted(project, error)]) from None
    except FontError as error:
        raise UnpublishedError("1 problem", [error]) from None


def roll_back(project: Path) -> str:
    """Put the site before the last one back, and keep the last one in its place; the version of the list that
    stands now.

    Raises UnpublishedError when there is none.
    """
    try:
        with FileLock(project / BUILD / ".lock", timeout=PATIENCE):
            _recover(project)
            if not (project / _LAST).exists() or not (project / SITE).exists():
                raise UnpublishedError("There is no earlier site to go back to", [])
            (project / _SEAL).unlink(missing_ok=True)
            (project / SITE).rename(project / _ASIDE)
            (project / _LAST).rename(project / SITE)
            (project / _ASIDE).rename(project / _LAST)
    except Timeout:
        raise UnpublishedError("Another build is still running", []) from None
    snapshot = _read_if_there(project / SITE / STANDARDS_JSON)
    return str(json.loads(snapshot)["version"]) if snapshot else ""


def last_snapshot(project: Path) -> tuple[str, dict[str, Facts]]:
    """Where the snapshot of the list as last published lies, and its standards; ('', {}) where there is none.

    Raises UnpublishedError when it cannot be read.
    """
    for path in (project / PUBLISHED, project / SITE / STANDARDS_JSON):
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
            [f"{shown(path)}: is no snapshot of the list ({error}); a published {STANDARDS_JSON} is wanted"],
        ) from None


def _build(project: Path, progress: Progress, started: float, allowed: Collection[str]) -> Published:
    _recover(project)
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
    written = _written(made, content)
    files = {page.file: text for page, text in written.items()}
    paths = {page.path: page for page in written if page.language in content.labels}
    url = frame.site_url(project)
    others = _other_files(project, made, content, facts, paths, url)
    beside = Beside(others, list(_pictures(made, content, url)), _moved(made))
    changed = write_changed(project / PAGES, files)
    drawn = pictures.identity(beside.pictures)
    seal = _digest(project, files | beside.files, f"{frame.identity(project)} {drawn}")
    if _read_if_there(project / _SEAL) != seal + _inventory(project / SITE):
        trials = {address for address in _recorded(project / SITE) if address not in content.records.published}
        names = {address.partition("/")[2] for address in trials}
        _publish(project, written, beside, url, seal, progress, {*allowed, *names})
    unknown = filling.unknown_versions()
    remark = (
        f"MkDocs framed every page, which takes longer: {', '.join(unknown)} was not compared yet." if unknown else ""
    )
    return Published(len(files), changed, time.monotonic() - started, _new_addresses(content.records), url, remark)


def record_addresses(project: Path, new: tuple[str, ...]) -> None:
    """Add `new` addresses to the ledger of published ones, which is kept sorted."""
    ledger = project / CONTENT / RECORDS / LEDGER
    known = read_text(ledger, []) or ""
    _write(ledger, "".join(f"{address}\n" for address in sorted({*known.split(), *new})))


def write_changed(folder: Path, files: dict[str, str]) -> int:
    """Make `folder` hold exactly `files` (path → text), writing only what differs; how many differed.

    Files that did not change keep their time, so that whatever watches the folder stays quiet.
    """
    changed = 0
    for name, text in files.items():
        if _read_if_there(folder / name) != text:
            _write(folder / name, text)
            changed += 1
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(folder).as_posix() not in files:
            path.unlink()
            changed += 1
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return changed


def _written(made: Catalogue, content: Content) -> dict[Page, str]:
    """Every page, with its Markdown file."""
    templates = environment()
    return {page: markdown(page, templates, content.labels) for page in pages(made, content.labels, content.prose)}


def _other_files(
    project: Path, made: Catalogue, content: Content, facts: dict[str, Facts], paths: dict[str, Page], url: str
) -> Files:
    """file → content for what the site holds beside MkDocs' pages."""
    templates = html_environment(frame.policy(project).replace(f" {SCRIPTS}", ""))
    contact, expires = frame.security(project)
    return {
        **dict(redirects(made, content.labels, url, templates)),
        **dict(short_pages(made, content.labels, url, templates)),
        **dict(notices(made, content.labels, url, templates)),
        **dict(sitemaps(url, paths)),
        "robots.txt": robots(url),
        "llms.txt": llms(made, content.labels, url),
        **({SECURITY: security(contact, expires, url)} if contact else {}),
        SEARCH_INDEX: search_index(made, content.prose),
        **dict(data_files(made, facts, url)),
        STANDARDS_XLSX: standards_xlsx(made, content.labels, url),
        **dict(feed_files(made, content.labels, url)),
        **{f"{language}/opensearch.xml": opensearch(words, url) for language, words in content.labels.items()},
        **{f"{language}/site.webmanifest": manifest(words) for language, words in content.labels.items()},
    }


def _pictures(made: Catalogue, content: Content, url: str) -> Iterator[Picture]:
    """The pictures of the site: what a chat shows of a link, QR codes, icons."""
    yield from cards(made, content.labels, url)
    for records in (made.standards, made.fields, made.batches):
        for record in records:
            short = short_of(record)
            yield Code(f"{short}qr.svg", url + short)
            yield Code(f"{short}qr.png", url + short)
    yield from ICONS


def _moved(made: Catalogue) -> dict[str, str]:
    """Former path below the site → present one."""
    pages = moved(made).items()
    return {f"{la}/{old}": f"{la}/{new}" for la in LANGUAGES for old, new in pages} | moved_short(made)


def _recorded(site: Path) -> set[str]:
    """The addresses of records, such as `standards/wq-1-8`, that have a page in `site`."""
    return {
        f"{page.parts[-3]}/{page.parts[-2]}" for page in site.glob("*/*/*/index.html") if page.parts[-4] in LANGUAGES
    }


def _publish(
    project: Path,
    written: dict[Page, str],
    beside: Beside,
    url: str,
    seal: str,
    progress: Progress,
    allowed: Collection[str],
) -> None:
    """Build the new site beside the last one, verify it, and swap the two."""
    progress("mkdocs")
    site = project / _NEXT
    shutil.rmtree(site, ignore_errors=True)
    try:
        _frame(project, written, site, url)
    except frame.FrameError as error:
        raise UnpublishedError("MkDocs refused the pages", str(error).splitlines()) from None
    for name, text in beside.files.items():
        _write(site / name, text)
    for name in OWN_SITEMAP - beside.files.keys():
        (site / name).unlink(missing_ok=True)
    progress("pictures")
    pictures.place(beside.pictures, site, project / PICTURES)
    hosting = dict(hosting_files(site, url, frame.policy(project), beside.moved, html_environment()))
    configuration = hosting.pop(CONFIGURATION)
    for name, text in hosting.items():
        _write(site / name, text)
    progress("verify")
    read = finish(site, project / SITE)
    if faults := list(verify.problems(site, url, read)):
        raise UnpublishedError(f"{counted(len(faults), 'fault')} in the finished pages", faults)
    if faults := list(dead_pages(project / SITE, site, allowed)):
        raise UnpublishedError(f"{counted(len(faults), 'address', 'addresses')} would die", faults)
    progress("publish")
    _swap(project)
    _write(project / BUILD / CONFIGURATION, configuration)
    _write(project / _SEAL, seal + _inventory(project / SITE))


def _frame(project: Path, written: dict[Page, str], site: Path, url: str) -> None:
    """Have the `written` pages framed into the folder `site`: by MkDocs, or into frames that it makes."""
    if filling.unknown_versions():
        frame.render(project, project / PAGES, site)
        return
    frames = filling.frames(written)
    texts = {one.page.file: one.markdown for one in frames}
    seal = _digest(project, texts, frame.identity(project))
    if _read_if_there(project / _FRAMES_SEAL) != seal + _inventory(project / FRAMED):
        (project / _FRAMES_SEAL).unlink(missing_ok=True)
        shutil.rmtree(project / FRAMED, ignore_errors=True)
        write_changed(project / FRAMES, texts)
        frame.render(project, project / FRAMES, project / FRAMED)
        _write(project / _FRAMES_SEAL, seal + _inventory(project / FRAMED))
    made = {filling.html_file(one.page): one for one in frames}
    for folder, _, names in os.walk(project / FRAMED):
        below = Path(folder).relative_to(project / FRAMED)
        for name in names:
            one = made.get((below / name).as_posix())
            if one is None and name in OWN_SITEMAP:
                continue
            if one is None:
                (site / below).mkdir(parents=True, exist_ok=True)
                pictures.link_or_copy(Path(folder, name), site / below / name)
                continue
            for file, html in filling.filled(one, Path(folder, name).read_text(encoding="utf-8"), written, url):
                _write(site / file, html)


def _swap(project: Path) -> None:
    last, site, following = project / _LAST, project / SITE, project / _NEXT
    shutil.rmtree(last, ignore_errors=True)
    (project / _SEAL).unlink(missing_ok=True)
    if site.exists():
        site.rename(last)
    following.rename(site)


def _recover(project: Path) -> None:
    """Bring the last site back if a build or a step back was cut off between taking one away and putting another."""
    last, site, aside = project / _LAST, project / SITE, project / _ASIDE
    if last.exists() and not site.exists():
        last.rename(site)
    if aside.exists() and not last.exists():
        aside.rename(last)


def _misprinted(project: Path, error: LabelError) -> Problem:
    return Problem(shown(project / CONTENT / LABELS), 1, str(error))


def _digest(project: Path, files: Files, more: str) -> str:
    """A digest of `files`, of `more`, and of all that decides what becomes of them: to tell whether what was made of
    them still stands."""
    digest = hashlib.sha256(more.encode())
    own = Path(__file__).parent
    inputs = [
        *sorted((*own.glob("*.py"), *own.glob("templates/*"))),
        project / frame.CONFIGURATION,
        project / CONTENT / LABELS,
        *sorted(path for path in (project / "overrides").rglob("*") if path.is_file()),
    ]
    for path in inputs:
        if "__pycache__" not in path.parts:
            digest.update(f"\0{path.name}\0".encode() + path.read_bytes())
    for name in sorted(files):
        digest.update(f"\0{name}\0".encode() + _bytes(files[name]))
    return digest.hexdigest() + "\n"


def _inventory(site: Path) -> str:
    """A digest of which files `site` holds and how large they are: a site that lost one is built again."""
    held = sorted(
        (os.path.relpath(folder, site), name, Path(folder, name).stat().st_size)
        for folder, _, names in os.walk(site)
        for name in names
    )
    return hashlib.sha256(repr(held).encode()).hexdigest() + "\n"


def _new_addresses(records: Records) -> tuple[str, ...]:
    return tuple(address for address in check.addresses(records) if address not in records.published)


def _read_if_there(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""


def _write(path: Path, content: str | bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_bytes(content))


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
