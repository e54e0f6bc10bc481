"""Writes the golden pages anew: `python -m tests.golden`, then read what changed."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from tests.test_pages import GOLDEN, SHOWN, world_pages


def main() -> None:
    """Replace `tests/golden` by what the imaginary world's pages are now."""
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        written = world_pages(Path(folder))
    shutil.rmtree(GOLDEN, ignore_errors=True)
    for language in LANGUAGES:
        for name in SHOWN:
            file = GOLDEN / language / f"{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(written[f"{language}/{name}.md"], encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
