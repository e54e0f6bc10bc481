"""Markdown pages → HTML: the one module that runs MkDocs."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag

CONFIGURATION = "mkdocs.yml"
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "html-to-markdown", "brotli")
"""The packages whose version changes the finished pages and their twins."""


class FrameError(Exception):
    """MkDocs refused the pages; the message is what it said."""


def render(project: Path, pages: Path, site: Path) -> None:
    """Run MkDocs in strict mode, as `project` configures it, on the folder `pages`, writing the folder `site`.

    Raises FrameError with MkDocs' own words when it fails.
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
    command = (
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--quiet",
        "--site-dir",
        str(site),
        "-f",
        str(project / CONFIGURATION),
    )
    done = subprocess.run(
        (sys.executable, *command), cwd=project, env=os.environ | quiet, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise FrameError((done.stderr + done.stdout).strip())


def site_url(project: Path) -> str:
    """Where the site is published, from `mkdocs.yml` alone; it ends with a slash."""
    return _configuration(project)["site_url"].rstrip("/") + "/"


def policy(project: Path) -> str:
    """The Content-Security-Policy of a page, from `mkdocs.yml`; `{scripts}` stands for its inline scripts."""
    return _configuration(project)["extra"]["policy"]


def security(project: Path) -> tuple[str, date]:
    """Whom to tell of a weakness of the site, '' where nobody is named, and until when that holds."""
    extra = _configuration(project)["extra"]
    return extra["security_contact"], extra["security_expires"]


def identity(project: Path) -> str:
    """What besides the files decides the HTML: the environment's part of the configuration, and versions."""
    configuration = _configuration(project)
    versions = [f"{package} {version(package)}" for package in PACKAGES]
    return "\n".join([configuration["site_url"], configuration["extra"]["repository"], *versions])


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' `!ENV`."""


_Loader.add_constructor("!ENV", construct_env_tag)


def _configuration(project: Path) -> dict:
    _forget_empty()
    return yaml.load((project / CONFIGURATION).read_text(encoding="utf-8"), Loader=_Loader)


def _forget_empty() -> None:
    """Take an empty setting for one that is not set: MkDocs would read it as nothing at all."""
    for name in ("SITE_URL", "REPOSITORY_URL", "SECURITY_CONTACT"):
        if not os.environ.get(name, "unset").strip():
            del os.environ[name]
