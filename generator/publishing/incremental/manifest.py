"""What the last build wrote, from which inputs; why a target is stale."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalogue.messages import Message
from generator.files.disk import is_folder, read_if_there, states_below
from generator.files.seal import sealed, unsealed
from generator.publishing.incremental.fingerprint import fingerprint
from generator.publishing.incremental.names import called
from generator.publishing.incremental.target import BuildPlan, Target

MANIFEST = "manifest"
"""Where the manifest lies below the folder of builds."""
_FORM = 2
"""Raised when the manifest's own form changes."""
OWNED = ("site", "pages", "nginx.conf")
"""What a build owns below the folder of builds."""


@dataclass(slots=True)
class ManifestEntry:
    """The rows and files of one target, as the last build made it."""

    rows: list[str] | None
    """The rows that it was given; None for all."""
    files: dict[str, str] = field(default_factory=dict)
    """File → its state: size, time of its last change in nanoseconds, fingerprint, with spaces between."""


@dataclass(slots=True)
class Manifest:
    """What a build wrote, and from which inputs."""

    everywhere: dict[str, str] = field(default_factory=dict)
    """Input → fingerprint of what any target may depend on."""
    rows: dict[str, str] = field(default_factory=dict)
    """Row → fingerprint of those of its cells that only targets given the row depend on."""
    targets: dict[str, ManifestEntry] = field(default_factory=dict)
    """Target → what was made of it."""
    scripts: list[str] = field(default_factory=list)
    """The inline scripts of all pages, as a Content-Security-Policy names them."""

    def files(self) -> dict[str, str]:
        """File → state, of all files."""
        return {name: state for entry in self.targets.values() for name, state in entry.files.items()}

    def to_bytes(self) -> bytes:
        """The manifest as the next build reads it."""
        targets = {name: [entry.rows, entry.files] for name, entry in self.targets.items()}
        content = [_FORM, self.everywhere, self.rows, targets, self.scripts]
        return sealed(MANIFEST, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def read_manifest(build: Path) -> Manifest:
    """The manifest in the folder `build`.

    An empty one where there is none, or none that a build wrote whole.
    """
    content = unsealed(MANIFEST, read_if_there(build / MANIFEST))
    if content is None or not content.startswith(b"[%d," % _FORM):
        return Manifest()
    _, everywhere, rows, targets, scripts = json.loads(content)
    return Manifest(everywhere, rows, {name: ManifestEntry(*entry) for name, entry in targets.items()}, scripts)


def state_of(size: int, changed: int, content: str) -> str:
    """The state of a file: its size in bytes, time, fingerprint.

    `changed` is in nanoseconds.
    """
    return f"{size} {changed} {content}"


def same_content(state: str, size: int, content: str) -> bool:
    """Whether a file in `state` has this size and fingerprint."""
    return state.startswith(f"{size} ") and state.endswith(content)


def damages(build: Path, files: Mapping[str, str]) -> tuple[dict[str, Message], set[str]]:
    """How the folder `build` differs from what a build wrote.

    `files` are file → state. Gives file → what happened to it, and the files that nobody made.
    """
    damaged: dict[str, Message] = {}
    strays: set[str] = set()
    seen = 0
    for name, there in _owned_files(build):
        state = files.get(name)
        if state is None:
            strays.add(name)
            continue
        seen += 1
        # A copy of the folder has other times; what it holds decides.
        if not stat.S_ISREG(there.st_mode) or (
            not state.startswith(f"{there.st_size} {there.st_mtime_ns} ")
            and not same_content(state, there.st_size, fingerprint(read_if_there(build / name) or b""))
        ):
            damaged[name] = Message("build.was-changed")
    if seen < len(files):
        missing = files.keys() - {name for name, _ in _owned_files(build)}
        damaged |= dict.fromkeys(missing, Message("build.is-missing"))
    return damaged, strays


def _owned_files(build: Path) -> Iterator[tuple[str, os.stat_result]]:
    """(file, its state) of all that a build owns, a link in the place of a folder too."""
    for owned in OWNED:
        path = build / owned
        if is_folder(path):
            for name, entry in states_below(path, f"{owned}/"):
                yield name, entry.stat(follow_symlinks=False)
        elif os.path.lexists(path):
            yield owned, path.lstat()


def stale_targets(plan: BuildPlan, manifest: Manifest, damaged: Mapping[str, Message]) -> dict[str, Message]:
    """Target → why it must be rebuilt, in the order of the plan."""
    inputs = {*plan.everywhere, *manifest.everywhere}
    changed = sorted(name for name in inputs if plan.everywhere.get(name) != manifest.everywhere.get(name))
    if changed:
        first = not manifest.everywhere
        return dict.fromkeys(plan.targets, Message("build.first-build") if first else _changed(changed))
    rows = {row for row, state in plan.rows.items() if manifest.rows.get(row) != state}
    stale = {}
    for name, target in plan.targets.items():
        if reason := _reason(target, manifest.targets.get(name), rows, damaged):
            stale[name] = reason
    return stale


def _reason(
    target: Target, entry: ManifestEntry | None, rows: set[str], damaged: Mapping[str, Message]
) -> Message | None:
    """Why `target` must be made again; None where it need not be."""
    if entry is None:
        return Message("build.new-target")
    if changed := rows if entry.rows is None else rows.intersection(entry.rows):
        return _changed(sorted(changed), 3)
    files = tuple(
        Message("build.damaged-file", file=name, damage=damaged[name]) for name in entry.files if name in damaged
    )
    return Message("build.damaged-files", files=files) if files else None


def _changed(names: Sequence[str], most: int = 1000) -> Message:
    """That inputs or rows changed; only so many are named."""
    inputs = tuple(map(called, names[:most]))
    if len(names) > most:
        return Message("build.more-inputs-changed", inputs=inputs)
    return Message("build.inputs-changed", inputs=inputs)
