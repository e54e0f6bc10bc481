"""Projects for the tests: an imaginary world, small enough to know by heart, and the real content."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.catalogue.model import Catalogue
from generator.publishing.site import Content, Published, build, read_content

REPOSITORY = Path(__file__).parents[1]
WORLD = REPOSITORY / "tests/world/records"
AWFUL = REPOSITORY / "tests/awful/records"
SITE_URL = "https://standards.invalid/bay/"


def make_project(folder: Path, records: Path) -> Path:
    """A project in `folder` with the real words and frame, and the records of the folder `records`."""
    for name in ("labels.yml", "scripts.yml"):
        (folder / "content").mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / "content" / name, folder / "content" / name)
    shutil.copytree(REPOSITORY / "content/pages", folder / "content/pages")
    shutil.copytree(records, folder / "content/records")
    shutil.copytree(REPOSITORY / "overrides", folder / "overrides", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    return folder


def quietly(step: str) -> None:
    """Progress for a build that nobody watches."""


@pytest.fixture
def world(tmp_path, monkeypatch) -> Path:
    """A fresh project of the imaginary world, which is the working folder."""
    monkeypatch.chdir(make_project(tmp_path, WORLD))
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


@pytest.fixture(scope="session")
def real_project(tmp_path_factory) -> tuple[Path, Published]:
    """The real site, built for an address below a folder, and what the build said."""
    folder = make_project(tmp_path_factory.mktemp("real"), REPOSITORY / "content/records")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SITE_URL", SITE_URL)
        return folder, build(folder, quietly)


@pytest.fixture(scope="session")
def world_project(tmp_path_factory) -> Path:
    """The imaginary world, built; for tests that only look."""
    folder = make_project(tmp_path_factory.mktemp("world"), WORLD)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("SITE_URL", SITE_URL)
        build(folder, quietly)
    return folder
