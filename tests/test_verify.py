"""Verification finds what a reader would trip over in the finished pages."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.files.disk import files_below
from generator.publishing.verification.page_scan import scan_page
from generator.publishing.verification.site_checks import SiteScan, site_faults
from tests.conftest import SITE_URL

HOME = "en/index.html"


@pytest.fixture
def site(world_project, tmp_path):
    return shutil.copytree(world_project / "build/site", tmp_path / "site")


def faults(site: Path) -> list[str]:
    files, scan = set(files_below(site)), SiteScan()
    for name in sorted(files):
        if name.endswith(".html"):
            scan.add(scan_page(name, (site / name).read_text("utf-8"), SITE_URL))
            # As a build does with what it makes together.
            scan.forget_arrived({one for one in files if one.startswith(name.removesuffix("index.html"))})
    return [str(fault) for fault in site_faults(scan, files, lambda name: (site / name).read_text("utf-8"))]


def test_a_good_site_has_no_faults(site):
    assert faults(site) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("</main>", '<a href="//evil.invalid/">x</a></main>', None),
        ("</main>", '<img src="//evil.invalid/x.png"></main>', f"{HOME} loads //evil.invalid/x.png from another host"),
        ("</main>", '<a href="nowhere/">x</a></main>', f"{HOME} links to nowhere/, which does not exist"),
        ("</main>", '<a href="/en/">x</a></main>', f"{HOME} links to /en/, which does not exist"),
        ("</main>", '<a href="/bay/en/">x</a></main>', None),
        ("</main>", '<a href="../../../">x</a></main>', f"{HOME} links to ../../../, which does not exist"),
        ("</main>", '<a href="#nowhere">x</a></main>', f"{HOME} links to #nowhere, but {HOME} has no such place"),
        ("</main>", "<h1>x</h1></main>", f"{HOME} has 2 main headings"),
        ('<html lang="en"', '<html lang="fr"', f"{HOME} says that its language is ‘fr’"),
        (f'canonical" href="{SITE_URL}en/', 'canonical" href="x', f"{HOME} has the canonical address ‘x’"),
        (
            f'hreflang="zh-Hans" href="{SITE_URL}',
            'hreflang="zh-Hans" href="',
            f"{HOME} does not name its own address in each language",
        ),
        (f'x-default" href="{SITE_URL}', 'x-default" href="', f"{HOME} has no address for other languages (x-default)"),
    ],
)
def test_one_fault_one_sentence(site, old, new, fault):
    page = site / HOME
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    assert faults(site) == ([fault] if fault else [])


def test_a_page_that_one_language_lacks_is_found(site):
    shutil.rmtree(site / "zh-Hant/changes")
    found = faults(site)
    assert "changes/index.html is missing in zh-Hant" in found
