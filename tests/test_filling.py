"""Pages filled into frames are the very pages that MkDocs makes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from generator.publishing.build import build
from generator.publishing.framing import filling
from generator.publishing.framing.filling import Filled, frames, html_of, unknown_versions
from generator.publishing.framing.frames import FRAMED
from generator.publishing.pages.page import sheets
from generator.publishing.pages.rendering import Templates
from generator.publishing.verification.site_checks import Reading
from tests.conftest import SITE_URL, built, make_project, quietly


@pytest.mark.parametrize("name", ["january_project", "world_project"])
def test_a_plain_mkdocs_build_of_the_pages_gives_the_same_site(name, request, tmp_path):
    project = request.getfixturevalue(name)
    subprocess.run(
        (sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")),
        cwd=project,
        env=os.environ
        | {"SITE_URL": SITE_URL, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "PYTHONHASHSEED": "0"},
        check=True,
    )
    site = project / "build/site"
    made = {file.relative_to(tmp_path / "site"): file for file in (tmp_path / "site").rglob("*.html")}
    assert len(made) > 60
    assert [name.as_posix() for name, file in made.items() if (site / name).read_bytes() != file.read_bytes()] == []


def test_every_page_is_filled_and_no_mark_is_left_in_the_site(january_project, january_content):
    every = list(sheets(january_content.catalogue(), january_content.labels, january_content.prose))
    assert len(frames(every)) < 0.2 * sum(len(sheet.pages()) for sheet in every)
    assert list((january_project / "build/site").rglob("*basslot*")) == []
    for file in (january_project / "build/site").rglob("*.html"):
        assert "basslot" not in file.read_text("utf-8"), file


def test_a_page_is_read_with_its_frame_as_it_is_read_whole(january_project, january_content):
    """What verification finds in a filled page is what stands in the file."""
    every = list(sheets(january_content.catalogue(), january_content.labels, january_content.prose))
    filled = Filled(frames(every), january_project / FRAMED, SITE_URL)
    templates = Templates(january_content.labels)
    for page in (page for sheet in every for page in sheet.pages()):
        parts, whole = Reading(), Reading()
        finished = filled.finished(page, templates.markdown(page))
        finished.read_into(parts, SITE_URL)
        whole.read(finished.name, (january_project / "build/site" / finished.name).read_bytes(), SITE_URL)
        assert parts.targets == whole.targets
        assert (parts.faults, parts.ids, parts.translated, parts.scripts) == (
            whole.faults,
            whole.ids,
            whole.translated,
            whole.scripts,
        )


LIBRARY = Markdown(
    extensions=["toc", "tables", "fenced_code", "attr_list"], extension_configs={"toc": {"toc_depth": "1-2"}}
)
WORDS = st.text(st.sampled_from("茶 ab12.,—-&;#()=:'\"<>*_`{}[]|!\\/"), max_size=30)
PIECES = st.one_of(
    WORDS,
    WORDS.map(lambda words: f'<p class="x">{words.replace("<", "&#60;")}</p>'),
    WORDS.map(lambda words: f"## {words} {{#a-1}}"),
    st.sampled_from(
        ["<ul>\n<li>x</li>\n</ul>", "<dl>\n<div><dt>x</dt><dd>y</dd></div>\n</dl>", "- x\n- y", "# T {#top}"]
    ),
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=6))
def test_the_short_way_from_markdown_to_html_is_the_long_one(pieces):
    text = "\n\n".join(piece.strip() for piece in pieces).strip()
    assert html_of(text) == LIBRARY.reset().convert(text)


def test_frames_last_while_only_records_change(world):
    """MkDocs is not even started."""
    built(world)
    before = (world / "build/framed.sha256").stat().st_mtime_ns
    records = world / "content/records/standards/batch-2020-03.csv"
    records.write_text(records.read_text("utf-8").replace("White Down", "Whiter Down"), "utf-8")
    built(world)
    assert "Whiter Down" in (world / "build/site/en/standards/tea-1/index.html").read_text("utf-8")
    assert (world / "build/framed.sha256").stat().st_mtime_ns == before
    labels = world / "content/labels.yml"
    labels.write_text(labels.read_text("utf-8").replace("en: Its use is voluntary.", "en: Use it or not."), "utf-8")
    built(world)
    assert (world / "build/framed.sha256").stat().st_mtime_ns > before


def test_frames_that_lost_a_file_are_made_again(world):
    built(world)
    frame = next((world / "build/framed/en/standards").rglob("index.html"))
    frame.unlink()
    records = world / "content/records/standards/batch-2020-03.csv"
    records.write_text(records.read_text("utf-8").replace("White Down", "Whiter Down"), "utf-8")
    built(world)
    assert frame.exists()
    assert "Whiter Down" in (world / "build/site/en/standards/tea-1/index.html").read_text("utf-8")


def test_with_another_version_mkdocs_makes_every_page(world_project, tmp_path, monkeypatch):
    monkeypatch.setitem(filling.COMPARED, "mkdocs-material", ("0.0.1",))
    (unknown,) = unknown_versions()
    assert unknown.startswith("mkdocs-material 9")
    project = make_project(tmp_path, world_project / "content/records")
    monkeypatch.chdir(project)
    monkeypatch.setenv("SITE_URL", SITE_URL)
    assert unknown in build(project, quietly).remark
    assert len(list((project / "build/frames").rglob("*.md"))) == 67
    for file in (world_project / "build/site").rglob("*.html"):
        path = project / "build/site" / file.relative_to(world_project / "build/site")
        assert path.read_bytes() == file.read_bytes()


def test_a_build_that_knows_its_versions_makes_no_remark(world):
    assert unknown_versions() == []
    assert not list(built(world).glob("build/site/**/basslot*"))
