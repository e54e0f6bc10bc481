"""Markdown pages → HTML: the one module that runs MkDocs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from generator.publishing.settings import MKDOCS_YML, environment


class MkDocsError(Exception):
    """MkDocs refused the pages; the message is its own."""


def run_mkdocs(project: Path, pages: Path, site: Path) -> None:
    """Run MkDocs in strict mode on the folder `pages`.

    It writes the folder `site`, as `project` configures it. Raises MkDocsError with MkDocs' own words when it fails.
    """
    quiet = {
        # The theme and a plugin announce their end of life on every run.
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        # No byte of the site may depend on the day.
        "SOURCE_DATE_EPOCH": "0",
        "PYTHONHASHSEED": "0",
        "DOCS_DIR": str(pages.resolve()),
    }
    options = ("--strict", "--quiet", "--site-dir", str(site.resolve()), "-f", str(project / MKDOCS_YML))
    run = subprocess.run(
        (sys.executable, "-m", "mkdocs", "build", *options),
        cwd=project,
        env=environment() | quiet,
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise MkDocsError((run.stderr + run.stdout).strip())
