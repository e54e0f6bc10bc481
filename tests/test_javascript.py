"""The site's JavaScript keeps the types that its comments state."""

from __future__ import annotations

import subprocess

from tests.node import COMPILER, FOLDER


def test_every_script_keeps_its_types():
    assert COMPILER.exists(), "There is no TypeScript: run `make test`, which installs it."
    check = subprocess.run((COMPILER, "--project", FOLDER), capture_output=True, text=True, check=False)
    assert (check.returncode, check.stdout) == (0, "")
