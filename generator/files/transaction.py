"""A site → the next one, all or nothing, with a way back: only the files that differ are moved.

A change is a folder: `files` holds those that are new or different, `change.json` names them and those that go. A
change is complete, and will be carried out to its end however often that is cut off, once its folder is `coming`.
Carrying it out gathers its opposite, which then is the change that leads `back`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

from generator.files.disk import files_below, forsake, write

SITE = "site"
NEXT = "site.next"
"""Where a change is prepared."""
BACK = "site.back"
_COMING = "site.coming"
_GOING = "site.going"
_CHANGE = "change.json"
FILES = "files"


def prepare(build: Path) -> Path:
    """An empty folder for the files of the next change of `build/site`."""
    shutil.rmtree(build / NEXT, ignore_errors=True)
    files = build / NEXT / FILES
    files.mkdir(parents=True)
    return files


def replace(build: Path, gone: Iterable[str]) -> None:
    """Carry out the prepared change of `build/site`, from which the files `gone` go; the change that leads back is
    kept."""
    _complete(build / NEXT, gone)
    (build / NEXT).rename(build / _COMING)
    recover(build)


def can_step_back(build: Path) -> bool:
    """Whether there is a change that leads back."""
    return (build / BACK / _CHANGE).exists()


def step_back(build: Path) -> None:
    """Carry out the change that leads back; the one that leads forth again is kept in its place."""
    (build / BACK).rename(build / _COMING)
    recover(build)


def recover(build: Path) -> None:
    """End a change that was cut off; nothing where none was."""
    site, coming, going = build / SITE, build / _COMING, build / _GOING
    if (coming / _CHANGE).exists():
        if site.exists():
            _carry_out(site, coming, going)
        else:
            # The first site.
            (coming / FILES).rename(site)
        (coming / _CHANGE).unlink()
    shutil.rmtree(coming, ignore_errors=True)
    if (going / _CHANGE).exists():
        shutil.rmtree(build / BACK, ignore_errors=True)
        going.rename(build / BACK)


def _carry_out(site: Path, coming: Path, going: Path) -> None:
    change = json.loads((coming / _CHANGE).read_text("utf-8"))
    for name in (*change["files"], *change["gone"]):
        new = coming / FILES / name
        # A file that has come already has left its place in the change.
        if (site / name).exists() and (new.exists() or name in change["gone"]):
            _move(site / name, going / FILES / name)
        if new.exists():
            _move(new, site / name)
    for name in change["gone"]:
        forsake((site / name).parent, site)
    went = {name for name in change["files"] if (going / FILES / name).exists()}
    _complete(going, (name for name in change["files"] if name not in went))


def _complete(change: Path, gone: Iterable[str]) -> None:
    """Write what the `change` consists of."""
    (change / FILES).mkdir(parents=True, exist_ok=True)
    written = {"files": sorted(files_below(change / FILES)), "gone": sorted(gone)}
    part = change / f"{_CHANGE}.part"
    write(part, json.dumps(written))
    part.rename(change / _CHANGE)


def _move(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    file.replace(to)
