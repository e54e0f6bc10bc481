"""Writes the messages about the awful records anew: `python -m tests.awful_messages`, then read what changed."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from tests.conftest import AWFUL
from tests.test_check import awful_messages


def main() -> None:
    """Replace `tests/awful/messages.*.txt` by what is said now."""
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            lines = awful_messages(Path(folder), language)
        file = AWFUL.parent / f"messages.{language}.txt"
        file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
