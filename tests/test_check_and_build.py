"""What the check passes is built, what it refuses is not, whatever was done to a file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from generator.publishing.build import build
from generator.publishing.framing.overrides import FRAME_FILES, OVERRIDES
from generator.publishing.published import UnpublishedError
from generator.publishing.trial import check_content
from tests.conftest import REPOSITORY, WORLD, make_project, quietly
from tests.damages import DAMAGES, KINDS, ODD, Damage, damaged, files_of

FINISHED = re.compile(r"faults? in the finished pages|MkDocs refused|addresse?s? would die|with the published list")
"""What only a build can refuse."""
UNPUBLISHABLE = re.compile("[\u202e\u200b\u3164\ufffd\ue000]")
"""What no published page holds."""
UNPRINTED = re.compile("{{|{%|{#")
"""What no page of prose holds; a title may."""


def faults_of(project: Path) -> list[str]:
    """How what `check` and `build` say of `project` does not agree; nothing where it does."""
    checked = [str(problem) for problem in check_content(project).problems]
    try:
        build(project, quietly)
    except UnpublishedError as refusal:
        refused = [str(problem) for problem in refusal.problems]
        if checked:
            # The check tries one page of each kind with the labels, a build all pages at once.
            return [] if refused == checked or "is printed, but" in checked[0] else [*checked, *refused]
        is_right = FINISHED.search(str(refusal)) or "the label ‘" in refused[0]
        return [] if is_right and not any("Traceback" in one for one in refused) else refused
    if checked:
        return [f"was published in spite of: {checked}"]
    pages = sorted((project / "build/site").rglob("*.html"))
    marks = [(page, UNPUBLISHABLE.search(page.read_text("utf-8"))) for page in pages]
    marks += [
        (page, UNPRINTED.search(page.read_text("utf-8")))
        for page in pages
        if page.parent.name in ("about", "data", "questions")
    ]
    return [f"{page}: {mark}" for page, mark in marks if mark]


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> list[str]:
    return files_of(make_project(tmp_path_factory.mktemp("files"), WORLD))


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data(), kind=st.sampled_from(DAMAGES), place=st.floats(0, 1), text=st.sampled_from(ODD))
def test_a_build_publishes_what_the_check_passes_and_nothing_else(built_world, files, data, kind, place, text):
    damage = Damage(data.draw(st.sampled_from(files)), kind, place, text)
    with damaged(built_world, damage):
        assert faults_of(built_world) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_place_of_a_file_gets_a_sentence(world, files, kind):
    for file in files:
        # A list may have fewer batches and changes; which styles and pictures are wanted only the finished pages say.
        # Nobody may have used it, and nothing happened around it.
        if kind == "missing" and Path(file).stem in ("cases", "events", "statements", "adoption"):
            continue
        if kind in ("missing", "a folder") and ("/assets/" in file or file.endswith(".csv")):
            continue
        with damaged(world, Damage(file, kind, 0, b"")):
            problems = [str(problem) for problem in check_content(world).problems]
        assert any(problem.startswith(f"{file}:1: ") for problem in problems), (file, problems)


@pytest.mark.parametrize(
    "folder", ["content", "content/records", "content/records/standards", "content/pages", "overrides"]
)
@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_in_the_place_of_a_folder_gets_a_sentence(world, folder, kind):
    (world / folder).rename(world / "elsewhere")
    KINDS[kind](world / folder)
    problems = [str(problem) for problem in check_content(world).problems]
    assert [problem for problem in problems if problem.startswith(folder)]
    with pytest.raises(UnpublishedError) as refusal:
        build(world, quietly)
    assert [str(problem) for problem in refusal.value.problems] == problems


def test_every_template_of_the_frame_is_wanted():
    templates = (
        path.relative_to(REPOSITORY / OVERRIDES).as_posix() for path in (REPOSITORY / OVERRIDES).rglob("*.html")
    )
    assert sorted(FRAME_FILES) == sorted([*templates, "words.py"])


def as_other(*command: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """A command of the program run by somebody to whom rights apply, as they do not to root."""
    without_root = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") * (os.geteuid() == 0)
    return subprocess.run(
        (*without_root, sys.executable, "-m", "generator", *command),
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | variables,
        capture_output=True,
        timeout=120,
        check=False,
    )


UNREADABLE = (
    "content/labels.yml",
    "content/pages/en/about.md",
    "content/records/addresses.txt",
    "content/records/changes.csv",
    "content/records/fields.yml",
    "content/records/standards/batch-2020-03.csv",
    "content/scripts.yml",
    "mkdocs.yml",
    "overrides/assets/javascripts/site.js",
    "overrides/main.html",
)


@pytest.mark.parametrize("command", ["check", "build"])
def test_files_that_may_not_be_read_get_a_sentence_each(world, command):
    for file in UNREADABLE:
        (world / file).chmod(0)
    process = as_other(command, folder=world)
    assert process.returncode == 1
    refused = [line for line in process.stdout.decode().splitlines() if "cannot be read (Permission denied)" in line]
    assert [line.partition(":")[0] for line in refused] == sorted(UNREADABLE)
    assert b"Traceback" not in process.stdout + process.stderr


@pytest.mark.parametrize("folder", ["content", "content/records/standards", "content/pages/en", "overrides"])
def test_a_folder_that_may_not_be_read_gets_a_sentence(world, folder):
    (world / folder).chmod(0)
    try:
        process = as_other("check", folder=world)
    finally:
        (world / folder).chmod(0o755)
    output = (process.stdout + process.stderr).decode()
    assert process.returncode == 1
    assert folder in output
    assert "Traceback" not in output


@pytest.mark.parametrize(
    ("encoding", "command"),
    [
        ("ascii", "check"),
        ("cp936", "check"),
        ("cp1252", "check"),
        ("cp1252", "build"),
        ("cp1252", "changes"),
        ("cp1252", "rollback"),
        ("cp1252", "import"),
    ],
)
def test_a_command_prints_on_any_code_page(world, encoding, command):
    (world / "content/records/fields.yml").write_text("leaves: 绿葉\n葉绿: 🍵\n", "utf-8")
    files = ["茶\u202e.csv"] * (command == "import")
    process = as_other(command, *files, folder=world, PYTHONIOENCODING=encoding)
    assert process.returncode == 1
    assert b"Traceback" not in process.stderr + process.stdout
