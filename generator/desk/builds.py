"""The build that the desk has started, as it goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from generator.catalogue.messages import Message


@dataclass(slots=True)
class BuildRun:
    """One build of the site, in a process of its own."""

    step: str = ""
    """What is being done, in words."""
    is_running: bool = True
    failure: str | Message = ""
    """Why the site was not replaced; '' where it was, or is not yet."""
    problems: list[str] = field(default_factory=list)
    """What is wrong, one a line."""
    summary: str = ""
    """What was built, in words."""


def start_build(project: Path, language: str) -> BuildRun:
    """Start to build the site of `project`; what it says is in `language`."""
    run = BuildRun()
    Thread(target=_follow, args=(run, project, language), daemon=True).start()
    return run


def _follow(run: BuildRun, project: Path, language: str) -> None:
    """Keep `run` true until its process ends."""
    try:
        with subprocess.Popen(
            (sys.executable, "-m", "generator.desk.build_process", language),
            cwd=project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        ) as process:
            assert process.stdout
            for line in process.stdout:
                for name, value in json.loads(line).items():
                    setattr(run, name, value)
        if not run.summary and not run.failure:
            # It was ended from outside, or failed in a way that it printed in the terminal.
            run.failure = Message("publish.build-ended", code=str(process.returncode))
    finally:
        run.is_running = False
