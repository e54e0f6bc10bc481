"""What a build waits for, with what it refuses in sentences."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from generator.catalogue.content import misprinted
from generator.catalogue.labels import LabelError
from generator.catalogue.records import shown
from generator.files import transaction
from generator.files.disk import REFUSALS
from generator.publishing.framing.mkdocs import MkDocsError
from generator.publishing.published import UnpublishedError
from generator.publishing.sharing.fonts import FontError

BUILD = "build"
"""The folder of everything that a build publishes, in a project."""
PATIENCE = 120
"""Seconds that a build waits for another one to end."""


@contextmanager
def exclusive(project: Path) -> Iterator[None]:
    """Have nothing else write into the folder of builds meanwhile.

    Two builds at once would write into each other's site.

    Raises UnpublishedError when another build does not end, and when the disk refuses something.
    """
    try:
        (project / BUILD).mkdir(exist_ok=True)
        with FileLock(project / BUILD / ".lock", timeout=PATIENCE):
            yield
    except Timeout:
        raise UnpublishedError("Another build is still running", []) from None
    except OSError as error:
        if not error.filename and error.errno not in REFUSALS:
            raise
        where = shown(Path(os.fsdecode(error.filename))) if error.filename else BUILD
        sentence = f"{where}: the disk refuses it ({error.strerror}); make room, or allow it to be read and written"
        is_begun = transaction.is_cut_off(project / BUILD)
        raise UnpublishedError("1 problem", [sentence], is_begun=is_begun) from None


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
