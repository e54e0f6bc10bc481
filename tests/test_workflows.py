"""What runs on GitHub: an editor on the web sees the preview of an attachment, and no stranger's text is code there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from markdown_it import MarkdownIt

from tests import attachments
from tests.conftest import REPOSITORY, change_standard

WORKFLOWS = {path.stem: path for path in sorted((REPOSITORY / ".github/workflows").glob("*.yml"))}
WORKFLOW = {name: yaml.safe_load(path.read_text("utf-8")) for name, path in WORKFLOWS.items()}
JOBS: dict[str, dict[str, Any]] = {
    f"{name} {job}": content for name, workflow in WORKFLOW.items() for job, content in workflow["jobs"].items()
}
HOSTILE = [
    "2021-09 `touch PWNED` $(touch PWNED) '; touch PWNED; ' \"; touch PWNED; \".csv",
    "2021-09 <img src=x onerror=alert(1)> [a](javascript:1)\n::error::a command\n```\n# a heading.csv",
]
"""Names of attachments, each of which is code to something."""


def step(job: str, beginning: str) -> dict[str, Any]:
    """The step of `job` whose name begins so."""
    (found,) = (one for one in JOBS[job]["steps"] if one.get("name", "").startswith(beginning))
    return found


def run(
    script: str, folder: Path, arguments: Sequence[str] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    """A step's `script`, as GitHub runs one that names bash, in `folder`."""
    return subprocess.run(
        ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, "bash", *arguments),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """What git prints about `folder`."""
    identity = ("-c", "user.name=Nobody", "-c", "user.email=nobody@standards.invalid")
    return subprocess.run(("git", *identity, *arguments), cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def workplace(world) -> Path:
    """The imaginary world as a runner has it: with its scripts, its Python and room for attachments."""
    shutil.copytree(REPOSITORY / ".github", world / ".github")
    python = world / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (world / "content/attachments").mkdir()
    return world


@pytest.fixture
def repository(tmp_path) -> Path:
    """A clone on a branch, whose server is beside it."""
    server, clone = tmp_path / "server", tmp_path / "clone"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(server))
    git(tmp_path, "clone", "--quiet", str(server), str(clone))
    git(clone, "checkout", "--quiet", "-b", "main")
    shutil.copytree(REPOSITORY / ".github", clone / ".github")
    (clone / "content/records/standards").mkdir(parents=True)
    (clone / "content/records/standards/batch-1.csv").write_text("address\n", "utf-8")
    (clone / "content/records/fields.yml").write_text("tea: {}\n", "utf-8")
    git(clone, "add", ".")
    git(clone, "commit", "--quiet", "--message", "Begin")
    git(clone, "push", "--quiet", "--set-upstream", "origin", "main")
    return clone


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_runs_only_what_the_makefile_and_the_generator_have(name):
    scripts = "\n".join(step.get("run", "") for job in WORKFLOW[name]["jobs"].values() for step in job["steps"])
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for line in scripts.splitlines():
        if line.strip().startswith("make "):
            target = line.split()[1]
            assert f"\n{target}:" in makefile
    # What people type reaches a shell as variables only.
    assert "${{" not in scripts


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_action_is_named_by_its_commit_with_the_version_beside_it(name):
    named = re.findall(r"^.*\buses:\s*(.*)$", WORKFLOWS[name].read_text("utf-8"), re.MULTILINE)
    assert [one for one in named if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def test_an_action_is_the_same_everywhere():
    texts = "\n".join(path.read_text("utf-8") for path in WORKFLOWS.values())
    named = set(re.findall(r"uses: (\S+)@(.*)", texts))
    assert len(named) == len({action for action, _ in named})


@pytest.mark.parametrize("job", JOBS)
def test_a_job_that_may_write_runs_nothing_of_the_project_but_the_commit(job):
    assert WORKFLOW[job.split()[0]]["permissions"] == {}
    rights = JOBS[job]["permissions"]
    if "write" in rights.values():
        programs = [step["run"].split()[0] for step in JOBS[job]["steps"] if "run" in step]
        assert set(programs) <= {".github/commit.sh", "echo", "gh"}
    # Only a job that pushes keeps what lets it push.
    for step in JOBS[job]["steps"]:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is (rights == {"contents": "write"})
    assert JOBS[job]["timeout-minutes"] <= 60


@pytest.mark.parametrize("job", JOBS)
def test_the_scripts_in_a_workflow_are_as_clean_as_those_in_files(job):
    shellcheck = Path(sys.executable).with_name("shellcheck")
    for step in JOBS[job]["steps"]:
        if script := step.get("run"):
            check = subprocess.run(
                (shellcheck, "--shell=bash", "-"), input=script, capture_output=True, text=True, check=False
            )
            assert check.stdout == ""


def test_the_published_site_gets_every_setting_and_its_hidden_files():
    settings = set(re.findall(r"!ENV \[(\w+),", (REPOSITORY / "mkdocs.yml").read_text("utf-8")))
    (build,) = (step for step in JOBS["publish build"]["steps"] if step.get("run") == "make site")
    assert build["env"].keys() == settings - {"DOCS_DIR"}
    (pages,) = (step for step in JOBS["publish build"]["steps"] if "/upload-pages-artifact@" in step.get("uses", ""))
    # security.txt is below .well-known.
    assert pages["with"] == {"path": "build/site", "include-hidden-files": True}


def preview(workplace: Path, *names: str) -> subprocess.CompletedProcess[str]:
    """What the preview says of attachments."""
    return run('.github/preview.sh "$@"', workplace, arguments=[f"content/attachments/{name}" for name in names])


def test_the_preview_of_a_pull_request_names_each_attachment_and_fails_on_a_problem(workplace):
    folder = workplace / "content/attachments"
    (folder / "2021-09.xlsx").write_bytes(attachments.xlsx())
    (folder / "2021-09 damaged.xlsx").write_bytes(attachments.damaged())
    good = preview(workplace, "2021-09.xlsx")
    assert good.returncode == 0
    assert good.stdout.startswith("```\n2021-09.xlsx\n\n2021-09.xlsx → 2021-09\n")
    chinese, english = MarkdownIt().parse(good.stdout)
    assert english.content.startswith("2021-09.xlsx\n\n2021-09.xlsx → 2021-09\n")
    for block in (chinese, english):
        assert "+ tea-10" in block.content
        assert "TEA 10 · 茶/T 10-2021 · 茶壶的倒法\n" in block.content
    assert chinese.content != english.content
    both = preview(workplace, "2021-09 damaged.xlsx", "2021-09.xlsx")
    assert both.returncode == 1
    assert "6 problems. Nothing was written." in both.stdout
    assert "\n2021-09.xlsx → 2021-09\n" in both.stdout


def test_a_pull_request_is_told_what_is_wrong_in_chinese_and_english(workplace):
    summary, script = workplace / "summary", step("check check", "What is wrong")["run"]
    assert run(script, workplace, GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    (workplace / "content/records/fields.yml").unlink()
    outcome = run(script, workplace, GITHUB_STEP_SUMMARY=str(summary))
    assert outcome.returncode == 1
    assert "fields.yml" not in outcome.stdout + outcome.stderr
    good_chinese, good_english, chinese, english = (
        block.content for block in MarkdownIt().parse(summary.read_text("utf-8"))
    )
    assert "没有问题。" in good_chinese
    assert "No problems." in good_english
    assert chinese.endswith("没有写入任何文件。\n")
    assert english.endswith("Nothing was written.\n")
    assert "content/records/fields.yml:1: this file is missing\n" in english


def test_a_pull_request_gets_the_proof_sheet_of_each_announcement_that_it_changes(workplace):
    git(workplace, "init", "--quiet")
    git(workplace, "add", "content")
    git(workplace, "commit", "--quiet", "--message", "Before")
    base = git(workplace, "rev-parse", "HEAD").strip()
    change_standard(workplace, "tea-1", {"title:en": "Imaginary White Down"})
    change_standard(workplace, "ku-cha", {"title:en": "Imaginary Bitter Tea"})
    git(workplace, "commit", "--quiet", "--all", "--message", "After")
    summary, script = workplace / "summary", step("check check", "The proof sheets")["run"]
    assert run(script, workplace, BASE=base, GITHUB_STEP_SUMMARY=str(summary)).returncode == 0
    (sheet,) = workplace.glob("build/proof-*.html")
    assert sheet.name == "proof-2020-03.html"
    assert "Imaginary White Down" in sheet.read_text("utf-8")
    assert sheet.name in summary.read_text("utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_name_of_an_announcement_is_no_command(workplace, name):
    shown = run('.github/proof.sh "$@"', workplace, arguments=[f"content/records/standards/batch-{name}"])
    assert shown.returncode == 1
    assert {block.type for block in MarkdownIt().parse(shown.stdout)} == {"fence"}
    assert shown.stderr == ""
    assert list(workplace.rglob("PWNED")) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_a_strangers_words_stay_inside_the_code_block_of_the_preview(workplace, name):
    heading, *rows = attachments.text("utf-8").decode().splitlines()
    words = [
        "````",
        "::error::a stranger’s command",
        "</code></pre><script>alert(1)</script>",
        "# a stranger’s heading",
    ]
    rows += [f'{n},TEA {n},茶/T {n}—2021,"茶{word}",幻想茶研究院' for n, word in enumerate(words, 90)]
    (workplace / "content/attachments" / name).write_text("\n".join([heading, *rows]), "utf-8")
    shown = preview(workplace, name)
    blocks = MarkdownIt().parse(shown.stdout)
    assert [block.type for block in blocks] == ["fence", "fence"]
    for block in blocks:
        assert [word for word in words if word not in block.content] == []
    assert list(workplace.rglob("PWNED")) == []


def test_new_changed_and_renamed_attachments_are_previewed_whatever_their_names(repository):
    folder = repository / "content/attachments"
    folder.mkdir()
    for name in ("old.csv", "changed.csv", "deleted.csv", "same.csv"):
        (folder / name).write_text(f"{name}\n" * 50, "utf-8")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Before")
    base = git(repository, "rev-parse", "HEAD").strip()
    git(repository, "mv", "content/attachments/old.csv", "content/attachments/renamed 灣區.csv")
    (folder / "changed.csv").write_text("changed\n", "utf-8")
    (folder / "deleted.csv").unlink()
    for name in HOSTILE:
        (folder / name).write_text("new\n", "utf-8")
    git(repository, "add", "--all")
    (repository / ".github/preview.sh").write_text('#!/bin/sh\nprintf "%s\\0" "$@"\n', "utf-8")
    git(repository, "commit", "--quiet", "--message", "A stranger’s")
    summary = repository / "summary"
    script = step("check check", "What the attachments")["run"]
    result = run(script, repository, BASE=base, GITHUB_STEP_SUMMARY=str(summary))
    assert result.returncode == 0
    named = {"changed.csv", "renamed 灣區.csv", *(name for name in HOSTILE)}
    assert set(summary.read_text("utf-8").split("\0")[:-1]) == {f"content/attachments/{name}" for name in named}
    # The log, whose lines may be commands, holds nothing of theirs.
    assert "stranger" not in result.stdout + result.stderr


@pytest.mark.parametrize("name", HOSTILE)
def test_an_import_on_the_web_takes_every_name_and_answer_as_data(workplace, name):
    (workplace / "content/attachments" / name).write_bytes(attachments.text("utf-8"))
    script = step("import read", "Write the records")["run"]
    summary = workplace / "summary"
    records = workplace / "content/records"
    before = (records / "standards/batch-2021-09.csv").read_bytes()

    def imported(answers: str) -> int:
        given = {"FILE": f"content/attachments/{name}", "BATCH": "2021-09", "ANSWERS": answers}
        return run(script, workplace, GITHUB_STEP_SUMMARY=str(summary), **given).returncode

    assert imported("; touch PWNED; $(touch PWNED) `touch PWNED`") != 0
    assert (records / "standards/batch-2021-09.csv").read_bytes() == before
    assert imported("") == 0
    written = (records / "standards/batch-2021-09.csv").read_bytes()
    assert written != before
    # Once more changes nothing, which is no failure.
    assert imported("") == 0
    assert (records / "standards/batch-2021-09.csv").read_bytes() == written
    assert {block.type for block in MarkdownIt().parse(summary.read_text("utf-8"))} == {"fence"}
    assert list(workplace.rglob("PWNED")) == []


def commit(repository: Path) -> subprocess.CompletedProcess[str]:
    """What the job of the import that may write does."""
    return run(step("import commit", "Commit")["run"], repository, FILE="content/attachments/`touch PWNED`.csv")


def test_an_import_commits_records_alone(repository):
    (repository / "content/records/standards/batch-2.csv").write_text("address\n", "utf-8")
    (repository / "content/records/fields.yml").write_text("tea: {}\ncups: {}\n", "utf-8")
    (repository / "content/records/stranger.sh").write_text("touch PWNED\n", "utf-8")
    (repository / "Makefile").write_text("stranger:\n", "utf-8")
    assert commit(repository).returncode == 0
    assert git(repository, "show", "--name-only", "--format=%s", "origin/main").split("\n")[:-1] == [
        "Import content/attachments/`touch PWNED`.csv",
        "",
        "content/records/fields.yml",
        "content/records/standards/batch-2.csv",
    ]
    assert list(repository.rglob("PWNED")) == []


def test_an_import_that_changes_nothing_is_no_failure(repository):
    before = git(repository, "rev-parse", "origin/main")
    result = commit(repository)
    assert (result.returncode, result.stdout) == (0, "Nothing changed.\n")
    assert git(repository, "rev-parse", "HEAD", "origin/main").split() == before.split() * 2


def test_what_others_pushed_meanwhile_is_kept(repository, tmp_path):
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(tmp_path / "server"), str(other))
    (other / "README.md").write_text("theirs\n", "utf-8")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "--message", "Theirs")
    git(other, "push", "--quiet")
    (repository / "content/records/fields.yml").write_text("cups: {}\n", "utf-8")
    assert commit(repository).returncode == 0
    assert git(repository, "show", "origin/main:README.md") == "theirs\n"
    assert git(repository, "show", "origin/main:content/records/fields.yml") == "cups: {}\n"


@pytest.mark.parametrize("is_released", [True, False])
def test_a_version_is_released_once_with_its_files(tmp_path, is_released):
    for name in ("notes.md", "standards.json", "standards.csv", "standards.xlsx", "changes.json", "SHA256SUMS"):
        (tmp_path / name).write_text("", "utf-8")
    program = tmp_path / "gh"
    program.write_text(f'#!/bin/sh\necho "$@"\n[ "$2" = create ] || exit {int(not is_released)}\n', "utf-8")
    program.chmod(0o755)
    result = run(
        step("publish release", "Release")["run"],
        tmp_path,
        PATH=f"{tmp_path}:{os.environ['PATH']}",
        TAG="v2026-11-27-3f9a2c1b",
        GITHUB_SHA="0" * 40,
    )
    assert result.returncode == 0
    view, *create = result.stdout.splitlines()
    assert view == "release view v2026-11-27-3f9a2c1b"
    assert bool(create) is not is_released
    # What it sends is there, and nothing of it was forgotten.
    for line in create:
        assert {word for word in line.split() if (tmp_path / word).is_file()} == {
            path.name for path in tmp_path.iterdir() if path.name != "gh"
        }


def test_a_publication_keeps_new_addresses_and_versions(repository):
    (repository / "content/versions").mkdir()
    (repository / "content/versions/2026-11-27-3f9a2c1b.json.gz").write_bytes(b"a version")
    (repository / "content/records/addresses.txt").write_text("fields/tea\n", "utf-8")
    assert run(step("publish keep", "Keep")["run"], repository).returncode == 0
    assert git(repository, "show", "--name-only", "--format=", "origin/main").split() == [
        "content/records/addresses.txt",
        "content/versions/2026-11-27-3f9a2c1b.json.gz",
    ]
