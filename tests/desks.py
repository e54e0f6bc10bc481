"""A desk that is open, for tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCALES = {"zh-Hans": "zh_CN.UTF-8", "zh-Hant": "zh_HK.UTF-8", "en": "C.UTF-8"}
"""Language → a locale by which a machine says that it speaks it."""


@contextmanager
def open_desk(project: Path, language: str = "zh-Hans") -> Iterator[str]:
    """The address, with its key, of the desk of `project` on a machine that speaks `language`."""
    with subprocess.Popen(
        (sys.executable, "-m", "generator", "desk", "--no-browser", "--port", "18100"),
        cwd=project,
        env=os.environ | {"LC_ALL": LOCALES[language]},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            assert process.stdout
            address = re.search(r"http://\S+?key=[\w-]+", process.stdout.readline())
            assert address
            yield address[0]
        finally:
            process.terminate()
