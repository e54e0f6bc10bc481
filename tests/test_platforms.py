"""Other systems' ways: the line ends of Windows, folders that no program expects, no make."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from generator.files.disk import files_below
from tests import attachments
from tests.conftest import REPOSITORY, SITE_URL, WORLD, built, make_project


def like(world: Path, folder: Path) -> Path:
    """A project in `folder` with the content and the pictures of the built `world`."""
    project = make_project(folder, WORLD)
    shutil.copytree(world / ".cache", project / ".cache")
    return project


def site(project: Path) -> dict[str, bytes]:
    """File → content, of the site of a `project`."""
    folder = project / "build/site"
    return {name: (folder / name).read_bytes() for name in files_below(folder)}


def test_a_checkout_with_the_line_ends_of_windows_makes_the_same_site(tmp_path, world_project):
    project = like(world_project, tmp_path)
    for path in (project / "content").rglob("*.*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert site(built(project)) == site(world_project)


def test_git_gives_every_system_the_same_bytes():
    assert "* text=auto eol=lf\n" in (REPOSITORY / ".gitattributes").read_text("utf-8")


def test_every_command_works_in_a_folder_with_spaces_and_chinese_in_its_name(tmp_path, world_project):
    project = like(world_project, tmp_path / "the list’s $folder 灣區 標準")
    (project / "a file 附件.xlsx").write_bytes(attachments.xlsx())

    def said(*arguments: str) -> str:
        program = subprocess.run(
            (sys.executable, "-m", "generator", *arguments),
            cwd=project,
            env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "SITE_URL": SITE_URL},
            capture_output=True,
            text=True,
            check=False,
        )
        assert program.returncode == 0, program.stdout + program.stderr
        return program.stdout

    assert "No problems." in said("check")
    said("build")
    assert site(project) == site(world_project)
    said("changes")
    assert "+ tea-10" in said("import", "a file 附件.xlsx", "--batch", "2021-09")


def test_no_two_files_are_one_where_case_is_no_difference_and_windows_can_have_them_all(january_project):
    """No system with such names can be had here; macOS and Windows would lose one of the two."""
    tracked = subprocess.run(("git", "ls-files", "-z"), cwd=REPOSITORY, capture_output=True, text=True, check=False)
    names = [*site(january_project), *files_below(january_project / "build/pages"), *tracked.stdout.split("\0")[:-1]]
    assert len(names) > 1000
    folded = Counter(unicodedata.normalize("NFC", name).casefold() for name in {*names})
    assert [name for name, times in folded.items() if times > 1] == []
    refused = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ](/|$)|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.|/|$)', re.IGNORECASE)
    assert [name for name in names if refused.search(name)] == []


def test_what_the_readme_types_without_make_is_what_make_runs():
    readme = (REPOSITORY / "README.md").read_text("utf-8")
    (typed,) = re.findall(r"Without make.*?```\n(.*?)```", readme, re.DOTALL)
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for ending in ("--require-hashes", "-r requirements/site.txt", "-m generator build", "-m generator serve"):
        assert ending in typed
        assert ending in makefile
