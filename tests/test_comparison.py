"""What the last build changed is shown page by page; the whole site goes into one file."""

from __future__ import annotations

import zipfile

from generator.publishing.archive import write_archive
from generator.publishing.build import build, roll_back
from generator.publishing.comparison import changed_pages, changed_text, site_file
from generator.publishing.published import SITE_FOLDER, version_in
from tests.conftest import quietly
from tests.test_build_state import change_title

PAGE = "en/standards/tea-1/"


def test_a_changed_page_is_shown_beside_the_one_before(built_world):
    first = site_file(built_world, PAGE, is_before=False)
    change_title(built_world, "tea-1", "Whiter Down")
    build(built_world, quietly)
    pages = {page.path: page.effect for page in changed_pages(built_world)}
    assert pages[PAGE] == "changed"
    assert "en/standards/tea-4/" not in pages
    assert site_file(built_world, PAGE, is_before=True) == first
    assert b"Whiter Down" in (site_file(built_world, PAGE, is_before=False) or b"")
    passages = changed_text(built_world, PAGE)
    assert any("White Down" in passage.lines for passage in passages if passage.sign == "-")
    assert any("Whiter Down" in passage.lines for passage in passages if passage.sign == "+")
    # What did not change is before as it is now.
    same = "en/standards/tea-4/"
    assert site_file(built_world, same, is_before=True) == site_file(built_world, same, is_before=False)
    roll_back(built_world)
    assert site_file(built_world, PAGE, is_before=False) == first


def test_a_new_page_was_not_there_before(built_world):
    path = built_world / "content/records/standards/batch-2020-03.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    cells = dict.fromkeys(header.split(","), "") | {
        "address": "tea-77",
        "designation": "茶/T 77-2020",
        "title:zh-Hans": "空杯",
        "standing:zh-Hans": "official",
        "sources": "gazette",
        "recorded_on": "2026-11-24",
    }
    path.write_text("\n".join([header, *rows, ",".join(cells.values()), ""]), "utf-8", newline="\n")
    build(built_world, quietly)
    pages = changed_pages(built_world)
    assert [page.path for page in pages if page.effect == "added"] == [
        f"{language}/standards/tea-77/" for language in ("en", "zh-Hans", "zh-Hant")
    ]
    assert pages[0].effect == "added"
    assert site_file(built_world, "zh-Hans/standards/tea-77/", is_before=True) is None
    assert {passage.sign for passage in changed_text(built_world, "zh-Hans/standards/tea-77/")} == {"+"}


def test_no_file_outside_the_site_is_shown(built_world):
    for path in ("../manifest", "en/../../manifest", "/etc/passwd", "..", "en/standards/none/"):
        assert site_file(built_world, path, is_before=False) is None
        assert site_file(built_world, path, is_before=True) is None


def test_the_whole_site_is_one_file_that_is_the_same_each_time(built_world):
    path = write_archive(built_world)
    assert path.name == f"site-{version_in(built_world / SITE_FOLDER)}.zip"
    data = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.read("en/index.html") == (built_world / "build/site/en/index.html").read_bytes()
        assert archive.testzip() is None
    assert write_archive(built_world).read_bytes() == data
    # The archive is no part of the site, and the next build does not mind it.
    assert not build(built_world, quietly).changed
