"""What a trial counts, and the commands that it runs on copies of the project."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from tests.benchmarks.processes import memory_of_family
from tests.conftest import JANUARY, REPOSITORY, make_project

PATIENCE = 60
"""Seconds after which a command counts as one that hangs."""
_INTERVAL = 0.02
"""Seconds between two looks at the memory."""


@dataclass(slots=True)
class Trial:
    """What was tried of one kind, with what went wrong."""

    number: str
    """Its place in the table, such as 1a."""
    what: str
    """What was done, and what should have come of it."""
    tried: int = 0
    """How many attacks."""
    wrong: list[str] = field(default_factory=list)
    """What was done and what came of it, a line for each attack that was not withstood."""

    def expect(self, is_right: bool, description: str) -> None:
        """Count one attack, and keep its `description` where it went wrong."""
        self.tried += 1
        if not is_right:
            self.wrong.append(description)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a command."""

    code: int
    """Below 0 where a signal ended it."""
    output: str
    """Everything it printed."""
    seconds: float
    megabytes: float
    """The peak of memory of all its processes together."""
    is_hanging: bool = False
    """Whether it had to be ended."""

    @property
    def is_traceback(self) -> bool:
        return "Traceback (most recent call last)" in self.output

    def last_line(self) -> str:
        """The last that it printed, for a description."""
        lines = self.output.strip().splitlines()
        return lines[-1][:200] if lines else "(nothing)"


@contextmanager
def project_copy(records: Path = JANUARY) -> Iterator[Path]:
    """A project with the real words and the `records`, in a folder that goes when the trial is over."""
    with tempfile.TemporaryDirectory(prefix="attack-") as folder:
        yield make_project(Path(folder) / "project", records)


def generator_command(*arguments: str) -> list[str]:
    """The command line of one of the program's commands."""
    return [sys.executable, "-m", "generator", *arguments]


def run(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None, patience: float = PATIENCE
) -> Run:
    """Run `command` in `folder`, watching its time and memory."""
    variables = {**os.environ, "PYTHONPATH": str(REPOSITORY), **(environment or {})}
    started, most = time.monotonic(), 0.0
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        is_hanging = False
        while process.poll() is None:
            most = max(most, memory_of_family(process.pid))
            if time.monotonic() - started > patience:
                is_hanging = True
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            time.sleep(_INTERVAL)
        seconds = time.monotonic() - started
        output.seek(0)
        return Run(process.returncode, output.read().decode("utf-8", "replace"), seconds, most, is_hanging)


def same_files(one: Path, other: Path) -> bool:
    """Whether two folders hold the same files, byte for byte."""
    return _contents(one) == _contents(other)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()
    }


def copy_of(project: Path, folder: Path) -> Path:
    """A copy of the whole `project`, its build too, as the new folder `folder`."""
    return shutil.copytree(project, folder, symlinks=True)
