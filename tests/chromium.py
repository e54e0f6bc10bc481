"""A Chromium for the browser tests: one that is there, else Debian's package, else Playwright's own.

Run as a program it makes sure that there is one, and fails with a sentence when none can be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator.publishing.sharing.debian import install

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def find() -> str | None:
    """The path of a Chromium on this machine, or None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def main() -> None:
    """Make sure that a Chromium is there; exit with a sentence when none can be had."""
    if find() is None:
        install("chromium", "fonts-noto-cjk", why="No Chromium on this machine")
    if find() is None:
        subprocess.run((sys.executable, "-m", "playwright", "install", "chromium"), check=False)
    found = find()
    if found is None:
        sys.exit("No Chromium could be installed. Install one, or name it: make test CHROMIUM=/path/to/chromium")
    print(f"Browser tests use {found}")


if __name__ == "__main__":
    main()
