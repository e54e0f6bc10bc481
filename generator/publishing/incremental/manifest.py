"""What the last build made of each piece, so that the next makes only what must be made again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.files.disk import are_there, read_if_there, write
from generator.publishing.incremental.workers import Made, files_of


@dataclass(slots=True)
class Memory:
    """`makers` is a digest of all that makes pieces, but for what they rest on; `keys` and `made` are, by the name of
    a piece, a digest of what it rested on, and what was made; `scripts` are the inline scripts of all pages."""

    makers: str = ""
    keys: dict[str, str] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)
    scripts: set[str] = field(default_factory=set)

    def stands(self, name: str, key: str, site: Path) -> bool:
        """Whether the piece `name`, resting on what has the digest `key`, is in the `site` as it would be made."""
        return self.keys.get(name) == key and are_there(site, self.made[name].files)

    def files(self) -> Iterator[str]:
        """Every file, a path below the site."""
        return files_of(self.made)

    def pictures(self) -> Iterator[str]:
        """The key of every picture in the cache."""
        return (picture for made in self.made.values() for picture in made.pictures)


def recall(path: Path, makers: str) -> Memory:
    """What was written to `path` by a build with the same `makers`; nothing where another wrote it, or none."""
    said = json.loads(read_if_there(path) or "{}")
    if said.get("makers") != makers:
        return Memory(makers)
    pieces = said["pieces"].items()
    return Memory(
        makers,
        {name: key for name, (key, _, _) in pieces},
        {name: Made(files, pictures) for name, (_, files, pictures) in pieces},
        set(said["scripts"]),
    )


def remember(path: Path, memory: Memory) -> None:
    """Write `memory` to `path`."""
    pieces = {name: (key, memory.made[name].files, memory.made[name].pictures) for name, key in memory.keys.items()}
    said = {"makers": memory.makers, "scripts": sorted(memory.scripts), "pieces": pieces}
    write(path, json.dumps(said, separators=(",", ":")))
