"""Pages filled into frames are the very pages that MkDocs makes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.catalogue.content import read_content
from generator.catalogue.facts import facts_of
from generator.files.cache import CACHE, Cache
from generator.publishing.build import build
from generator.publishing.framing import frames as framing
from generator.publishing.framing.filling import frames_of
from generator.publishing.framing.frames import unknown_versions
from generator.publishing.inputs import frame_inputs
from generator.publishing.pages import page_sets
from generator.publishing.pages.edition import editions
from generator.publishing.pages.page import PageSet
from generator.publishing.pages.site_pages import SitePages
from generator.publishing.targets import SiteTargets
from generator.publishing.verification.page_scan import scan_article, scan_page
from tests.conftest import SITE_URL, built, make_project, quietly, without_titles
from tests.test_settings import settings_of


def different_pages(project: Path, folder: Path) -> list[str]:
    """The pages of `project` that a plain build by MkDocs, into `folder`, makes otherwise."""
    subprocess.run(
        (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)),
        cwd=project,
        env=os.environ
        | {"SITE_URL": SITE_URL, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONHASHSEED": "0"},
        check=True,
    )
    site = project / "build/site"
    pages = {file.relative_to(folder): file for file in folder.rglob("*.html")}
    assert len(pages) > 60
    return [name.as_posix() for name, file in pages.items() if (site / name).read_bytes() != file.read_bytes()]


@pytest.mark.parametrize("name", ["january_project", "world_project", "untitled_project"])
def test_a_plain_mkdocs_build_of_the_pages_gives_the_same_site(name, request, tmp_path):
    assert different_pages(request.getfixturevalue(name), tmp_path / "site") == []


def test_so_it_does_where_readers_can_correct_a_record(world, monkeypatch, tmp_path_factory):
    monkeypatch.setenv("CONTACT", "mailto:tea@standards.invalid")
    monkeypatch.setenv("REPOSITORY_URL", "https://code.invalid/tea")
    assert different_pages(built(without_titles(world)), tmp_path_factory.mktemp("plain")) == []


@pytest.fixture(scope="module")
def january_pages(january_content) -> list[PageSet]:
    catalogue, labels = january_content.catalogue(), january_content.labels
    return list(page_sets(SitePages(catalogue, labels, january_content.prose, editions(catalogue, labels, set()))))


def test_every_page_is_filled_and_no_placeholder_is_left_in_the_site(january_project, january_pages):
    assert len(frames_of(january_pages)) < 0.2 * sum(len(page_set.languages) for page_set in january_pages)
    assert list((january_project / "build/site").rglob("*basslot*")) == []
    for file in (january_project / "build/site").rglob("*.html"):
        assert "basslot" not in file.read_text("utf-8"), file


def test_the_short_way_to_find_links_finds_those_that_a_parser_of_html_finds(january_project):
    """In every article that the templates wrote: records' pages, short pages."""
    site = january_project / "build/site"
    for file in (one for one in sorted(site.rglob("*.html")) if "/about/" not in str(one) and "/data/" not in str(one)):
        html, name = file.read_text("utf-8"), file.relative_to(site).as_posix()
        start = html.find("<article")
        article = html[start : html.rfind("</article>")] if start > 0 else html
        scans = [scan(name, article, SITE_URL) for scan in (scan_article, scan_page)]
        for one in scans:
            one.settle_places(article)
        targets, parsed = (one.targets for one in scans)
        # In the head of a short page it takes its own address, and those of other languages, for links too.
        assert (targets == parsed) if start > 0 else (targets.keys() >= parsed.keys()), name


def test_what_is_verified_of_a_filled_page_is_what_stands_in_the_file(january_project, january_pages, monkeypatch):
    """The scan of an article with its frame tells of the same links as one of the finished page."""
    scans = {}
    store = SiteTargets._page

    def noted(self, page, templates):
        for output in store(self, page, templates):
            if output.scan:
                scans[output.name] = output.scan
            yield output

    monkeypatch.setattr(SiteTargets, "_page", noted)
    monkeypatch.chdir(january_project)
    monkeypatch.setenv("SITE_URL", SITE_URL)
    content = read_content(january_project)
    catalogue, settings = content.catalogue(), settings_of(january_project)
    site = SiteTargets(content, catalogue, facts_of(catalogue), settings, Cache(january_project / CACHE), set())
    inputs = frame_inputs(january_project, settings)
    site.frames = framing.frames_for(january_project, january_pages, inputs, site.cache, SITE_URL, lambda: None)
    for target in site.targets(site.page_sets()):
        if target.needs_frames and "/" in target.name:
            list(target.make())
    assert len(scans) > 300
    everywhere = {target for scan in scans.values() for target in scan.targets}
    for name, scan in scans.items():
        whole = scan_page(scan.file, (january_project / "build" / name).read_text("utf-8"), SITE_URL)
        # Where all pages of a frame lead is told of one of them.
        assert scan.targets.keys() <= whole.targets.keys(), name
        assert whole.targets.keys() <= everywhere, name
        assert (list(scan.all_faults()), scan.headings, scan.is_translated, scan.scripts) == (
            list(whole.all_faults()),
            whole.headings,
            whole.is_translated,
            whole.scripts,
        )


def test_frames_last_while_only_records_change_and_outlast_the_folder_of_builds(world, monkeypatch):
    """MkDocs is not even started."""
    starts = []
    run = framing.run_mkdocs
    monkeypatch.setattr(framing, "run_mkdocs", lambda *values: starts.append(values) or run(*values))
    built(world)
    records = world / "content/records/standards/batch-2020-03.csv"
    records.write_text(records.read_text("utf-8").replace("White Down", "Whiter Down"), "utf-8")
    built(world)
    assert "Whiter Down" in (world / "build/site/en/standards/tea-1/index.html").read_text("utf-8")
    shutil.rmtree(world / "build")
    built(world)
    assert len(starts) == 1
    labels = world / "content/labels.yml"
    labels.write_text(labels.read_text("utf-8").replace("en: Bay Area Standards", "en: Standards of the Bay"), "utf-8")
    built(world)
    assert len(starts) == 2


def test_with_another_version_mkdocs_makes_every_page(world_project, tmp_path, monkeypatch):
    monkeypatch.setitem(framing.COMPARED, "mkdocs-material", ("0.0.1",))
    (unknown,) = unknown_versions()
    assert unknown.startswith("mkdocs-material 9")
    project = make_project(tmp_path, world_project / "content/records")
    monkeypatch.chdir(project)
    monkeypatch.setenv("SITE_URL", SITE_URL)
    assert unknown in str(build(project, quietly).remark)
    for file in (world_project / "build/site").rglob("*.html"):
        path = project / "build/site" / file.relative_to(world_project / "build/site")
        assert path.read_bytes() == file.read_bytes()


def test_a_build_that_knows_its_versions_makes_no_remark(built_world):
    assert unknown_versions() == []
    assert build(built_world, quietly).remark is None
