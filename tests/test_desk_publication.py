"""The desk's last two steps, in a browser: the new site beside the last, then its publication."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conftest import violations_of
from tests.desks import open_desk
from tests.test_build_state import change_title
from tests.test_sending import git

PAGE = "en/standards/tea-1/"


@pytest.fixture
def desk(built_world):
    """The address of an open desk of a world that was built before."""
    with open_desk(built_world) as address:
        yield address


def test_a_change_is_seen_and_taken_back(built_world, desk, browser):
    change_title(built_world, "tea-1", "Whiter Down")
    page = browser.new_page()
    page.goto(desk)
    page.locator("nav.menu").get_by_role("link", name="预览").click()
    expect(page.get_by_text("记录有1处改动")).to_be_visible()
    page.get_by_role("button", name="生成网站").click()
    expect(page.get_by_role("status").filter(has_text="网站已生成")).to_be_visible()
    assert not violations_of(page, page.url)
    expect(page.get_by_role("link", name="打开核对表")).to_have_attribute("href", "/complete/2021-09/proof")
    page.get_by_role("link", name="EN", exact=False).last.click()
    page.get_by_role("link", name="Whiter Down").click()
    expect(page.locator("ins").first).to_have_text("Whiter Down")
    expect(page.locator("del").first).to_have_text("White Down")
    before, now = (page.frame_locator(f"iframe[title='{title}']") for title in ("原来", "现在"))
    expect(before.get_by_role("heading", level=1)).to_have_text("White Down")
    expect(now.get_by_role("heading", level=1)).to_have_text("Whiter Down")
    # The style sheet of the framed page is loaded too.
    assert now.locator("h1").evaluate("h1 => getComputedStyle(h1).fontWeight") == "600"
    assert not violations_of(page, page.url)
    page.locator("nav.menu").get_by_role("link", name="发布").click()
    page.get_by_role("button", name="换回上一次的网站").click()
    expect(page.get_by_role("status")).to_contain_text("已换回清单版本")
    assert "White Down" in (built_world / "build/site" / PAGE / "index.html").read_text("utf-8")


def test_what_is_wrong_is_said_and_the_site_stays(built_world, desk, browser):
    site = (built_world / "build/site" / PAGE / "index.html").read_bytes()
    page = browser.new_page()
    page.goto(desk)
    page.locator("nav.menu").get_by_role("link", name="预览").click()
    expect(page.get_by_role("button", name="生成网站")).to_be_visible()
    # Somebody else spoils a record meanwhile.
    change_title(built_world, "tea-1", " ")
    page.get_by_role("button", name="生成网站").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("batch-2020-03.csv:2")
    expect(alert).to_contain_text("原来的网站保持不变")
    assert (built_world / "build/site" / PAGE / "index.html").read_bytes() == site
    # Until it is mended, nothing is offered but to mend it.
    expect(page.get_by_role("button", name="生成网站")).to_have_count(0)
    page.get_by_role("link", name="改正").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("白毫")


def test_the_site_is_handed_over_as_one_file(built_world, desk, browser, tmp_path):
    page = browser.new_page()
    page.goto(desk)
    page.locator("nav.menu").get_by_role("link", name="发布").click()
    expect(page.get_by_text("没有连接远程仓库")).to_be_visible()
    page.get_by_role("button", name="打包成 .zip").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(r"site-.*\.zip")).click()
    download.value.save_as(tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        assert PAGE + "index.html" in archive.namelist()
    assert not violations_of(page, page.url)


def test_nothing_is_sent_before_the_editor_says_so(built_world, browser, monkeypatch):
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "A. Editor")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "editor@standards.invalid")
    remote = _with_remote(built_world)
    change_title(built_world, "tea-1", "Whiter Down")
    with open_desk(built_world) as desk:
        page = browser.new_page()
        page.goto(desk)
        page.locator("nav.menu").get_by_role("link", name="预览").click()
        page.get_by_role("button", name="生成网站").click()
        expect(page.get_by_role("status").filter(has_text="网站已生成")).to_be_visible()
        page.get_by_role("link", name="下一步：发布").click()
        assert git(remote, "rev-list", "--count", "main") == "1"
        expect(page.get_by_text(str(remote))).to_be_visible()
        page.get_by_label("说明").fill("更正白毫的英文名称")
        page.get_by_role("button", name="发布", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("已发送到")
        assert git(remote, "log", "--format=%s", "-1") == "更正白毫的英文名称"
        assert "batch-2020-03.csv" in git(remote, "show", "--name-only", "--format=")


def _with_remote(project: Path) -> Path:
    """The repository elsewhere that `project` is sent to from now on."""
    remote = project / "build/remote.git"
    git(project, "init", "--quiet", "--bare", "-b", "main", str(remote))
    git(project, "init", "--quiet", "-b", "main")
    (project / ".gitignore").write_text("/build/\n/.cache/\n/content/desk/\n")
    git(project, "remote", "add", "origin", str(remote))
    git(project, "add", "content", ".gitignore")
    git(project, "commit", "--quiet", "-m", "begin")
    git(project, "push", "--quiet", "-u", "origin", "main")
    return remote
