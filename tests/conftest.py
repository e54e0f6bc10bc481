"""Projects and browsers that tests share.

An imaginary world is small enough to know by heart. The list as it stood in January 2026 is frozen, so that new records
never break a test. The content is read as it is.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.catalogue.content import Content, read_content
from generator.catalogue.facts import facts_of
from generator.catalogue.messages import Message, speak
from generator.catalogue.model import Catalogue
from generator.publishing.build import build
from generator.publishing.exports.published_list import PublishedList
from tests.browsing import PHONE, a_browser, served

REPOSITORY = Path(__file__).parents[1]
# What should come soon comes late on a busy machine.
expect.set_options(timeout=30_000)
# Most tests quote what is said in English, whatever this machine speaks.
os.environ["LC_ALL"] = "C.UTF-8"
WORLD = REPOSITORY / "tests/world/records"
JANUARY = REPOSITORY / "tests/january/records"
AWFUL = REPOSITORY / "tests/awful/records"
UNTITLED = {"tea-1": "en", "tea-2": "zh-Hant"}
"""Standards of the imaginary world → the language in which `without_titles` leaves them without a title."""
SITE_URL = "https://standards.invalid/bay/"


def make_project(folder: Path, records: Path) -> Path:
    """A project in `folder` with the real words and frame, and the records of the folder `records`."""
    for name in ("labels.yml", "scripts.yml", "synonyms.yml"):
        (folder / "content").mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "content" / name, folder / "content" / name)
    shutil.copytree(REPOSITORY / "content/pages", folder / "content/pages")
    shutil.copytree(records, folder / "content/records")
    shutil.copytree(REPOSITORY / "overrides", folder / "overrides", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    # The hook of the frame imports from it.
    (folder / "generator").symlink_to(REPOSITORY / "generator")
    _unlink_records(folder)
    return folder


def _unlink_records(project: Path) -> None:
    """The prose leads to records of the real list; where a project has not published them, their names stay."""
    published = (project / "content/records/addresses.txt").read_text("utf-8-sig").split()
    for path in (project / "content/pages").rglob("*.md"):
        prose = path.read_text("utf-8")
        prose = re.sub(
            r"\[([^\]]+)\]\(\.\./(\w+/[\w-]+)/(?:#[\w-]+)?\)",
            lambda link: link[0] if link[2] in published else link[1],
            prose,
        )
        path.write_text(prose, "utf-8")


def built(project: Path) -> Path:
    """The `project`, built as it would be for the web."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("SITE_URL", SITE_URL)
        build(project, quietly)
    return project


def change_standard(project: Path, address: str, cells: dict[str, str]) -> str:
    """Put `cells` into the row of a standard; where it stands, as the check says it."""
    folder = project / "content/records/standards"
    (path,) = (path for path in folder.glob("*.csv") if f"\n{address}," in path.read_text("utf-8"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.update(cells if row["address"] == address else {})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    line = next(n for n, row in enumerate(rows, 2) if row["address"] == address)
    return f"content/records/standards/{path.name}:{line}"


def published_list(content: Content) -> PublishedList:
    """The list of `content`, as a download says it."""
    catalogue = content.catalogue()
    return PublishedList(catalogue, facts_of(catalogue), content.labels, SITE_URL)


def quietly(step: str, share: Message | None = None) -> None:
    """Progress for a build that nobody watches."""


@pytest.fixture(autouse=True)
def speaks_english() -> Iterator[None]:
    """Whatever language a test has a command speak, the next one hears English."""
    yield
    speak("en")


@pytest.fixture
def world(tmp_path, monkeypatch) -> Path:
    """A fresh project of the imaginary world, which is the working folder."""
    monkeypatch.chdir(make_project(tmp_path, WORLD))
    return tmp_path


@pytest.fixture(scope="session")
def local_world(tmp_path_factory) -> Path:
    """The imaginary world, built as nothing but this machine will show it; to be copied."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project := make_project(tmp_path_factory.mktemp("local-world"), WORLD))
        build(project, quietly)
    return project


@pytest.fixture
def built_world(local_world, tmp_path, monkeypatch) -> Path:
    """A project of the imaginary world that was built before, which is the working folder."""
    monkeypatch.chdir(shutil.copytree(local_world, tmp_path, dirs_exist_ok=True, symlinks=True))
    return tmp_path


@pytest.fixture(scope="session")
def real_content() -> Content:
    """The real content, read and checked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(REPOSITORY)
        return read_content(Path())


@pytest.fixture(scope="session")
def real_catalogue(real_content) -> Catalogue:
    return real_content.catalogue()


def read(folder: Path, records: Path) -> Content:
    """The content of a project in `folder` with the `records`, read and checked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(make_project(folder, records))
        return read_content(Path())


@pytest.fixture(scope="session")
def january_content(tmp_path_factory) -> Content:
    """The content as of January 2026."""
    return read(tmp_path_factory.mktemp("january-content"), JANUARY)


@pytest.fixture(scope="session")
def january_catalogue(january_content) -> Catalogue:
    return january_content.catalogue()


@pytest.fixture(scope="session")
def world_content(tmp_path_factory) -> Content:
    """The content of the imaginary world."""
    return read(tmp_path_factory.mktemp("world-content"), WORLD)


@pytest.fixture(scope="session")
def world_catalogue(world_content) -> Catalogue:
    return world_content.catalogue()


@pytest.fixture(scope="session")
def january_project(tmp_path_factory) -> Path:
    """The site as of January 2026, built for an address below a folder."""
    return built(make_project(tmp_path_factory.mktemp("january"), JANUARY))


@pytest.fixture(scope="session")
def world_project(tmp_path_factory) -> Path:
    """The imaginary world, built; for tests that only look."""
    return built(make_project(tmp_path_factory.mktemp("world"), WORLD))


def without_titles(project: Path) -> Path:
    """The imaginary `project`, whose first standard has no English title, and its second no Traditional one."""
    for address, language in UNTITLED.items():
        change_standard(project, address, {f"title:{language}": "", f"standing:{language}": ""})
    return project


@pytest.fixture(scope="session")
def untitled_content(tmp_path_factory) -> Content:
    """The content of the imaginary world, two titles of which are wanted."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(without_titles(make_project(tmp_path_factory.mktemp("untitled-content"), WORLD)))
        return read_content(Path())


@pytest.fixture(scope="session")
def untitled_project(tmp_path_factory) -> Path:
    """The imaginary world, two titles of which are wanted, built; for tests that only look."""
    return built(without_titles(make_project(tmp_path_factory.mktemp("untitled"), WORLD)))


@pytest.fixture(scope="session")
def real_project(tmp_path_factory) -> Path:
    """The site of the real content, built; for tests that only look."""
    return built(make_project(tmp_path_factory.mktemp("real"), REPOSITORY / "content/records"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with a_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def site(january_project) -> Iterator[str]:
    """The address of the site as of January 2026."""
    with served(january_project / "build/site") as address:
        yield address


@pytest.fixture
def open_page(browser, site):
    """Opens a page of the site in a fresh browser; whatever goes wrong there is collected in `page.faults`."""
    contexts: list[BrowserContext] = []

    def opened(path: str, viewport=PHONE, **options) -> Page:
        context = browser.new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.faults = faults = []
        context.on("console", lambda said: said.type in ("error", "warning") and faults.append(said.text))
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on("request", lambda request: request.url.startswith(site) or faults.append(f"asked {request.url}"))
        # A request is aborted when a test leaves the page before it is answered.
        context.on(
            "requestfailed",
            lambda request: request.failure == "net::ERR_ABORTED" or faults.append(f"failed {request.url}"),
        )
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def violations_of(page: Page, name: str) -> list[str]:
    """What axe-core finds on `page`, with the elements concerned."""
    violations = Axe().run(page).response["violations"]
    return [f"{name}: {one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in violations]
