"""Markdown pages → HTML: the one module that runs MkDocs."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.catalogue.messages import Message
from generator.publishing.framing.overrides import OVERRIDES
from generator.publishing.settings import MKDOCS_YML, environment

_LEVEL = re.compile(r"^(?:ERROR|WARNING) +-  ", re.MULTILINE)
_TRACEBACK = "Traceback (most recent call last):"
_PLACE = re.compile(rf'^  File "(?:.*[/\\])?({OVERRIDES}[/\\].+)", line (\d+), in ', re.MULTILINE)
"""A line of our own in the way through a program."""
_PROGRAM = """
import sys
from generator.publishing.processes import end_with
end_with(int(sys.argv.pop(1)))
from mkdocs.__main__ import cli
cli()
"""
"""MkDocs in a process that ends with its parent."""


class MkDocsError(Exception):
    """MkDocs refused the pages."""

    def __init__(self, reasons: Iterable[Message]) -> None:
        super().__init__("MkDocs refused the pages")
        self.reasons = list(reasons)
        """Why."""


def run_mkdocs(project: Path, pages: Path, site: Path) -> None:
    """Run MkDocs in strict mode on the folder `pages`.

    It writes the folder `site`, as `project` configures it. Raises MkDocsError when it fails.
    """
    decided = {
        # The theme and a plugin announce their end of life on every run.
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        # No byte of the site may depend on the day, nor on the code page of the machine.
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "DOCS_DIR": str(pages.resolve()),
    }
    options = ("--strict", "--quiet", "--site-dir", str(site.resolve()), "-f", str(project / MKDOCS_YML))
    run = subprocess.run(
        (sys.executable, "-c", _PROGRAM, str(os.getpid()), "build", *options),
        cwd=project,
        env=environment() | decided,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if run.returncode < 0:
        raise MkDocsError([Message("build.mkdocs-ended", signal=-run.returncode)])
    if run.returncode:
        raise MkDocsError(_reasons(run.stderr + run.stdout))


def _reasons(output: str) -> Iterator[Message]:
    """What MkDocs said, without the way through its own program when it fell over."""
    words, crash, trace = output.partition(_TRACEBACK)
    for line in filter(None, _LEVEL.sub("", words).splitlines()):
        yield Message("build.mkdocs-says", words=line)
    if crash:
        places = _PLACE.findall(trace)
        where = ":".join(places[-1]) if places else MKDOCS_YML
        reason = Message("machine.other", words=trace.strip().splitlines()[-1])
        yield Message("build.mkdocs-crashed", where=where, reason=reason)
