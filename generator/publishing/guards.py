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
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message
from generator.catalogue.records import shown
from generator.files import transaction
from generator.files.disk import REFUSALS
from generator.publishing.framing.mkdocs import MkDocsError
from generator.publishing.incremental.manifest import MANIFEST
from generator.publishing.published import StoppedError, UnpublishedError
from generator.publishing.sharing.fonts import NO_FONT, FontError

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
        raise UnpublishedError(Message("build.still-running")) from None
    except KeyboardInterrupt:
        raise StoppedError(Message("build.stopped"), is_begun=_is_begun(folder, before)) from None
    except (OSError, MemoryError, RuntimeError) as error:
        sentence = refusal(error)
        if sentence is None:
            raise
        raise UnpublishedError(
            Message("build.problems", count=1), [sentence], is_begun=_is_begun(folder, before)
        ) from None


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


def refusal(error: Exception, nowhere: Message | str = BUILD) -> Message | None:
    """What the machine refused; None where `error` is a fault of the program.

    `nowhere` says where, of an error that does not know.
    """
    match error:
        case shutil.Error():
            # Of several files that could not be copied, the first.
            _, where, reason = error.args[0][0]
            return Message("build.machine-refuses", where=shown(Path(where)), reason=reason)
        case OSError():
            where = shown(Path(os.fsdecode(error.filename))) if error.filename else nowhere
            if error.errno in REFUSALS:
                return Message("build.disk-refuses", where=where, reason=reason_of(error))
            return Message("build.machine-refuses", where=where, reason=reason_of(error))
        case MemoryError() | BrokenProcessPool():
            return Message("build.too-little-memory")
        case RuntimeError() if "start new thread" in str(error):
            return Message("build.no-thread", reason=reason_of(error))
        case _:
            return None


@contextmanager
def refusals(project: Path) -> Iterator[None]:
    """Raise UnpublishedError for what is wrong with words, fonts, pages."""
    try:
        yield
    except LabelError as error:
        raise UnpublishedError(Message("build.problems", count=1), [misprinted(project, error)]) from None
    except FontError:
        raise UnpublishedError(Message("build.problems", count=1), [NO_FONT]) from None
    except MkDocsError as error:
        raise UnpublishedError(Message("build.mkdocs-refuses"), error.reasons) from None
