"""The editor's guide leads to where it says, and names what is there."""

from __future__ import annotations

import re

from tests.conftest import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
STARTER = (REPOSITORY / "desk.cmd").read_text("utf-8")


def test_the_desk_starts_on_windows_by_what_make_runs_elsewhere():
    (typed,) = re.findall(r"On Windows, two commands.*?```\n(.*?)```", README, re.DOTALL)
    assert typed.splitlines()[1:] == [".\\desk"]
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    # The version that is asked for is the one that make asks for.
    (oldest,) = re.findall(r"sys\.version_info < \(([^)]*)\)", makefile)
    assert f"sys.version_info < ({oldest})" in STARTER
    for part in (
        "-m venv",
        "--disable-pip-version-check --require-hashes",
        "-r requirements/site.txt",
        "generator desk",
    ):
        assert part in STARTER
        assert part in makefile


def test_the_starter_fits_windows():
    """Each label that is gone to is there; cmd reads its own lines alone until the code page is chosen."""
    assert set(re.findall(r"goto (\w+)", STARTER)) == set(re.findall(r"^:(\w+)", STARTER, re.MULTILINE))
    assert STARTER.partition("chcp 65001")[0].isascii()
    assert "*.cmd eol=crlf" in (REPOSITORY / ".gitattributes").read_text("utf-8").splitlines()
