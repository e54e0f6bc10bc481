"""Projects that were built, whose next build is attacked."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.files.disk import files_below, read_if_there
from generator.publishing.incremental.manifest import OWNED
from tests.attacks.trial import Run, Trial, copy_of, generator_command, project_copy, run
from tests.conftest import WORLD

Site = dict[str, str]
"""File of a build → digest."""
UNPUBLISHED = "Nothing was published; build/site is as it was."
_RECORDS = Path("content/records/standards/batch-2020-03.csv")


@dataclass(frozen=True, slots=True)
class Ground:
    """A built project, with an edit of which the next build would make another site."""

    project: Path
    """The built project; to be copied."""
    edited: Path
    """The same with the edit, not built anew; to be copied."""
    before: Site
    after: Site
    """What a build of the edited project from nothing gives."""


def site_of(project: Path) -> Site:
    """What a build owns in `project`, but for the manifest, which has times in it."""
    build = project / "build"
    names = sorted(name for name in files_below(build) if name.split("/")[0] in OWNED)
    return {name: _digest(build / name) for name in names}


def _digest(path: Path) -> str:
    content = None if path.is_symlink() else read_if_there(path)
    return "no file" if content is None else hashlib.md5(content).hexdigest()


@contextmanager
def ground(folder: Path) -> Iterator[Ground]:
    """A ground below `folder`, in the imaginary world."""
    with project_copy(WORLD) as project:
        must_build(project)
        edited = copy_of(project, folder / "edited")
        edit(edited)
        fresh = copy_of(edited, folder / "fresh")
        shutil.rmtree(fresh / "build")
        must_build(fresh)
        yield Ground(project, edited, site_of(project), site_of(fresh))


def edit(project: Path) -> None:
    """Change a title, the name of a field and a word: files of every kind differ, come and go."""
    replace(project / _RECORDS, "White Down", "Whiter Down")
    # Another batch: a record moves, a short link and a page of a spelling go.
    replace(project / _RECORDS, "tea-1,TEA 1,茶/T 1-2020", "tea-1,TEA 1,茶/T 17-2020")
    replace(project / "content/records/fields.yml", "en: Leaves", "en: Tea Leaves")


def replace(file: Path, old: str, new: str) -> None:
    """Replace the first `old` in `file`."""
    text = file.read_text("utf-8")
    assert old in text, (file, old)
    file.write_text(text.replace(old, new, 1), "utf-8", newline="\n")


def must_build(project: Path, environment: Mapping[str, str] | None = None) -> Run:
    """A build that nobody attacks."""
    result = run(generator_command("build"), project, environment)
    assert result.code == 0, result.output
    return result


def expect_honest(trial: Trial, what: str, result: Run, project: Path, ground: Ground) -> None:
    """Expect no traceback, a true sentence about what stands, and a next build that gives `ground.after`."""
    stands = site_of(project)
    faults = []
    if result.is_traceback or result.is_hanging:
        faults.append("hangs" if result.is_hanging else "a traceback")
    if UNPUBLISHED in result.output and stands != ground.before:
        faults.append("says that nothing was published, which is not so")
    if result.code == 0 and stands != ground.after:
        faults.append("ends well with a wrong site")
    if result.code > 0 and not result.output.strip():
        faults.append("fails without a word")
    following = run(generator_command("build"), project)
    if following.code or following.is_traceback:
        faults.append(f"the next build fails: {following.last_line()}")
    elif site_of(project) != ground.after:
        faults.append("the next build gives another site than one from nothing")
    trial.expect(not faults, f"{what}: {'; '.join(faults)} ({result.code}, {result.last_line()})")
