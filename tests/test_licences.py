"""What the site has from other projects is published with their notices."""

from __future__ import annotations

import base64
import hashlib
import re
import sysconfig
from importlib.metadata import distributions
from pathlib import Path


def notices(package: str) -> list[str]:
    """The licences that come with an installed package, from its folder of metadata."""
    (folder,) = Path(sysconfig.get_path("purelib")).glob(f"{package.replace('-', '_')}-*.dist-info/licenses")
    return [file.read_text("utf-8").strip() for file in folder.iterdir()]


def test_every_file_from_a_package_is_named_with_the_licence_of_the_package(world_project):
    site = world_project / "build/site"
    text = (site / "licences.txt").read_text("utf-8")
    origin = {
        sha: installed
        for installed in distributions()
        for sha in re.findall(r",sha256=([\w-]+),[1-9]", installed.read_text("RECORD") or "")
    }
    found = {}
    for path in site.rglob("*"):
        if path.is_file():
            sha = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")
            if installed := origin.get(sha):
                found[path.relative_to(site).as_posix()] = installed.name
    assert found
    for path, package in found.items():
        assert path in text
        assert [notice for notice in notices(package) if notice not in text] == []


def test_the_frame_of_pages_has_its_notice(world_project):
    text = (world_project / "build/site/licences.txt").read_text("utf-8")
    assert "mkdocs-material " in text
    assert "frame of every page" in text
    assert "Copyright (c) 2016-2025 Martin Donath" in text
    assert "The above copyright notice and this permission notice shall be included" in text


def test_the_page_of_data_leads_to_the_licences_in_each_language(world_project):
    for language in ("zh-Hans", "zh-Hant", "en"):
        assert "licences.txt" in (world_project / f"build/site/{language}/data/index.html").read_text("utf-8")
