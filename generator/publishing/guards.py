"""What a build waits for, with what it refuses in sentences."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.catalogue.content import misprinted
from generator.catalogue.labels import LabelError
from generator.catalogue.records import shown
from generator.files import transaction
from generator.files.disk import REFUSALS
from generator.publishing.framing.mkdocs import MkDocsError
from generator.publishing.incremental.manifest import MANIFEST
from generator.publishing.published import StoppedError, UnpublishedError
from generator.publishing.sharing.fonts import FontError

BUILD = "build"
"""The folder of everything that a build publishes, in a project."""
PATIENCE = 120
"""Seconds that a build waits for another one to end."""


@contextmanager
def exclusive(project: Path) -> Iterator[None]:
    """Have nothing else write into the folder of builds meanwhile, which is whole before.

    Two builds at once would write into each other's site. Raises UnpublishedError when another build does not end, when
    the machine refuses something, and when somebody stops it.
    """
    folder, before = project / BUILD, None
    try:
        folder.mkdir(exist_ok=True)
        with FileLock(folder / ".lock", timeout=PATIENCE):
            transaction.recover(folder)
            before = _stamp(folder)
            yield
    except Timeout:
        raise UnpublishedError("Another build is still running", []) from None
    except KeyboardInterrupt:
        raise StoppedError("Stopped", [], is_begun=_is_begun(folder, before)) from None
    except (OSError, MemoryError, RuntimeError) as error:
        sentence = refusal(error)
        if sentence is None:
            raise
        raise UnpublishedError("1 problem", [sentence], is_begun=_is_begun(folder, before)) from None


def _is_begun(folder: Path, before: tuple[int, int] | None) -> bool:
    """Whether the site in `folder` is no longer, or soon not, the one with the stamp `before`."""
    return transaction.is_cut_off(folder) or (before is not None and before != _stamp(folder))


def _stamp(folder: Path) -> tuple[int, int]:
    """What differs between one published site in `folder` and the next."""
    try:
        manifest = (folder / MANIFEST).lstat()
    except OSError:
        return 0, 0
    return manifest.st_ino, manifest.st_mtime_ns


def refusal(error: Exception, nowhere: str = BUILD) -> str | None:
    """What the machine refused; None where `error` is a fault of the program.

    `nowhere` says where, of an error that does not know.
    """
    match error:
        case shutil.Error():
            # Of several files that could not be copied, the first.
            _, where, reason = error.args[0][0]
            return f"{shown(Path(where))}: the machine refuses it ({reason})"
        case OSError():
            where = shown(Path(os.fsdecode(error.filename))) if error.filename else nowhere
            if error.errno in REFUSALS:
                return f"{where}: the disk refuses it ({error.strerror}); make room, or allow it to be read and written"
            return f"{where}: the machine refuses it ({error.strerror or error})"
        case MemoryError() | BrokenProcessPool():
            return "The machine has too little memory: it refused some, or ended a process that took it"
        case RuntimeError() if "start new thread" in str(error):
            return f"The machine refuses it ({error})"
        case _:
            return None


@contextmanager
def refusals(project: Path) -> Iterator[None]:
    """Raise UnpublishedError for what is wrong with words, fonts, pages."""
    try:
        yield
    except LabelError as error:
        raise UnpublishedError("1 problem", [misprinted(project, error)]) from None
    except FontError as error:
        raise UnpublishedError("1 problem", [error]) from None
    except MkDocsError as error:
        raise UnpublishedError("MkDocs refused the pages", str(error).splitlines()) from None
