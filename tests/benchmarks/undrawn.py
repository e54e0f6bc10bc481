"""The command, but that pictures are empty files: `python -m tests.benchmarks.undrawn build`.

Pictures are drawn once in the life of a record. Loads nothing else, so that what is measured is the command.
"""

from __future__ import annotations

from pathlib import Path

from generator.__main__ import commands
from generator.files.disk import write
from generator.publishing.sharing import image_cache as pictures


def empty(picture: pictures.Picture, path: Path) -> None:
    """In the place of drawing `picture`."""
    write(path, b"")


if __name__ == "__main__":
    pictures._draw = empty
    commands(prog_name="python -m generator")
