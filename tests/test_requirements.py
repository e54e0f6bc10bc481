"""The locked packages are whole: for every version of Python and every system, and each file by its hash."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import REPOSITORY

LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
VERSIONS = [classifier.split()[-1] for classifier in PROJECT["classifiers"] if classifier.endswith(tuple("0123456789"))]
SYSTEMS = [
    {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux"},
    {"os_name": "posix", "sys_platform": "darwin", "platform_system": "Darwin"},
    {"os_name": "nt", "sys_platform": "win32", "platform_system": "Windows"},
]


def locked(path: Path) -> dict[str, str]:
    """Package → version, of a file of requirements."""
    pairs = re.findall(r"^([\w.-]+)==(\S+)", path.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): version for name, version in pairs}


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_every_package_is_locked_to_one_version_and_the_hashes_of_its_files(path):
    entries = re.split(r"\n(?=\S)", path.read_text("utf-8").strip())
    form = r"[\w.-]+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+(\n    # .*)+"
    assert [entry for entry in entries if not re.fullmatch(form, entry.strip()) and entry[0] != "#"] == []
    assert len(locked(path)) > 50


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.stem)
def test_the_lock_has_what_the_project_asks_for(path):
    asked = PROJECT["dependencies"] + PROJECT["optional-dependencies"].get(path.stem, [])
    versions = locked(path)
    for requirement in map(Requirement, asked):
        assert requirement.specifier.contains(versions[canonicalize_name(requirement.name)]), requirement


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system["platform_system"])
def test_the_lock_has_what_its_packages_need_elsewhere(version, system):
    elsewhere = system | {"python_version": version, "python_full_version": f"{version}.0", "extra": ""}
    for name in ("site", "tests"):
        versions = locked(REPOSITORY / "requirements" / f"{name}.txt")
        for package in versions:
            try:
                needs = [Requirement(need) for need in requires(package) or ()]
            except PackageNotFoundError:
                # What is not needed here is not installed here.
                continue
            for need in needs:
                if need.marker is None or need.marker.evaluate(elsewhere):
                    assert canonicalize_name(need.name) in versions, f"{package} needs {need}"


def test_the_check_of_a_pull_request_tries_every_version():
    jobs = yaml.safe_load((REPOSITORY / ".github/workflows/check.yml").read_text("utf-8"))["jobs"]
    assert jobs["platforms"]["strategy"]["matrix"]["python"] == VERSIONS
    assert PROJECT["requires-python"] == f">={VERSIONS[0]}"
