"""Files that are made together, the unit of what is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.publishing.verification.page_scan import PageScan

SITE = "site/"
"""Where the files of the site lie, below the folder of builds."""


@dataclass(frozen=True, slots=True)
class Output:
    """One file that a target makes."""

    name: str
    """Its path below the folder of builds, such as `site/en/index.html`."""
    content: bytes
    scan: PageScan | None = None
    """What there is to verify in it; None for what leads nowhere."""
    kind: str = ""
    """The kind of page that it is, to be counted; '' for other files."""


@dataclass(frozen=True, slots=True)
class Target:
    """Files that are made together."""

    name: str
    """Its own name, such as `standards/wq-1-8/`."""
    make: Callable[[], Iterable[Output]]
    """Makes them. It notes in the plan's `reads` which rows of the list it was given."""
    reads_all: bool = False
    """Whether it is given all rows."""
    needs_frames: bool = False
    """Whether it needs what MkDocs makes."""


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The targets of a build with all that they depend on."""

    targets: dict[str, Target]
    """name → target, in the order in which they are best made: what takes longest first."""
    reads: set[str]
    """Takes the name of each row that the target in hand is given."""
    everywhere: dict[str, str]
    """Input → fingerprint of what any target may depend on: program, words, settings, most of the records."""
    rows: dict[str, str]
    """Row → fingerprint of those of its cells that only the targets given the row depend on."""
