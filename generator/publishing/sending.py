"""The records, sent to the repository from which the site is published."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from generator.catalogue.content import CONTENT
from generator.catalogue.messages import Message

_PATIENCE = 120
"""Seconds that git may take to send."""


class SendingError(Exception):
    """The records were not sent: a message that says why, and what stands."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository of the project, as far as its records are sent somewhere."""

    remote: str
    """Its name, such as `origin`."""
    url: str
    """Its address, without a password."""
    branch: str
    """The branch that is sent; '' where none is checked out."""
    changed: tuple[str, ...]
    """Files below `content/` that differ from the last commit."""
    waiting: int
    """How many commits the remote does not have yet, as far as is known here."""

    @property
    def is_behind(self) -> bool:
        """Whether there is something to send."""
        return bool(self.changed or self.waiting)


def repository_of(project: Path) -> Repository | None:
    """The repository that `project` is sent to.

    None without git, or where it has no remote.
    """
    try:
        remotes = _git(project, "remote").split()
        if not remotes or _git(project, "rev-parse", "--show-prefix").strip():
            return None
        branch = _git(project, "branch", "--show-current").strip()
        status = _git(project, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames", "--", CONTENT)
        remote = _git(project, "config", "--default", "", f"branch.{branch}.remote").strip() or remotes[0]
        url = _git(project, "remote", "get-url", remote).strip()
    except (OSError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    changed = tuple(line[3:] for line in status.split("\0") if line)
    return Repository(remote, _without_password(url), branch, changed, _waiting(project, remote, branch))


def send(project: Path, repository: Repository, subject: str) -> None:
    """Commit what changed below `content/`, with the `subject`, then push it.

    Raises SendingError when git refuses; what was committed by then stays, and goes with the next push.
    """
    if not repository.branch:
        raise SendingError(Message("publish.no-branch"))
    try:
        if repository.changed:
            _git(project, "add", "--all", "--", CONTENT)
            _git(project, "commit", "--quiet", "-m", subject, "--", CONTENT)
    except (OSError, subprocess.SubprocessError) as error:
        raise SendingError(Message("publish.not-committed", reason=_reason(error))) from None
    try:
        _git(project, "push", "--quiet", repository.remote, f"HEAD:refs/heads/{repository.branch}")
    except (OSError, subprocess.SubprocessError) as error:
        raise SendingError(Message("publish.not-sent", reason=_reason(error))) from None


def _waiting(project: Path, remote: str, branch: str) -> int:
    """How many commits of `branch` the `remote` does not have, as far as is known here."""
    try:
        return int(_git(project, "rev-list", "--count", "HEAD", f"^refs/remotes/{remote}/{branch}"))
    except (OSError, subprocess.SubprocessError, ValueError):
        # The branch was never sent: whatever it holds waits.
        return 1 if branch else 0


def _without_password(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    return f"{scheme}{mark}{rest.rpartition('@')[2]}" if mark else url


def _reason(error: Exception) -> str:
    """What git said, on one line."""
    said = error.stderr if isinstance(error, subprocess.CalledProcessError) else error
    return " ".join(str(said).split())[:500]


def _git(project: Path, *arguments: str) -> str:
    """What git prints. Raises OSError where there is no git, SubprocessError where it refuses or takes too long."""
    return subprocess.run(
        ("git", *arguments),
        cwd=project,
        # Nobody sits at its prompt.
        env=os.environ | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_PATIENCE,
        check=True,
    ).stdout
