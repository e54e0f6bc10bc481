"""What runs on GitHub: an editor on the web sees the preview of an attachment, and the check fails on a question."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
import yaml

from tests import attachments
from tests.conftest import REPOSITORY

WORKFLOWS = sorted((REPOSITORY / ".github/workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_runs_only_what_the_makefile_and_the_generator_have(path):
    jobs = yaml.safe_load(path.read_text("utf-8"))["jobs"].values()
    scripts = "\n".join(step.get("run", "") for job in jobs for step in job["steps"])
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    for line in scripts.splitlines():
        if line.strip().startswith("make "):
            target = line.split()[1]
            assert f"\n{target}:" in makefile
    # What people type reaches a shell as variables only.
    assert "${{ inputs" not in scripts
    assert "${{ github" not in scripts


def test_the_preview_of_a_pull_request_names_each_attachment_and_fails_on_a_problem(world):
    shutil.copytree(REPOSITORY / ".github", world / ".github")
    folder = world / "content/attachments"
    folder.mkdir()
    (folder / "2021-09.xlsx").write_bytes(attachments.xlsx())
    (folder / "2021-09 damaged.xlsx").write_bytes(attachments.damaged())

    def preview(*names: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (world / ".github/preview.sh", *(f"content/attachments/{name}" for name in names)),
            env=os.environ | {"PYTHON": sys.executable, "PYTHONPATH": str(REPOSITORY)},
            capture_output=True,
            text=True,
            check=False,
        )

    good = preview("2021-09.xlsx")
    assert good.returncode == 0
    assert good.stdout.startswith("### 2021-09.xlsx\n\n```\n2021-09.xlsx → 2021-09\n")
    assert "+ tea-10: TEA 10 · 茶/T 10-2021 · 茶壶的倒法\n" in good.stdout
    both = preview("2021-09 damaged.xlsx", "2021-09.xlsx")
    assert both.returncode == 1
    assert "6 problems. Nothing was written." in both.stdout
    assert "### 2021-09.xlsx" in both.stdout
