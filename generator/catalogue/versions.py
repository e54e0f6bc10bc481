"""The versions of the list that were published, each with its whole list."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import deflate

from generator.catalogue.changes import changes
from generator.catalogue.columns import Facts
from generator.catalogue.facts import facts_in
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message
from generator.catalogue.records import Problem, shown
from generator.files.disk import read_file
from generator.files.foreign import is_foreign

VERSIONS = "versions"
"""The folder of the versions that are kept, below `content/`."""
ENDING = ".json.gz"
VERSION = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")
"""The name of a version. The list had names of another form before, whose data was not kept."""
_LARGEST = 256 * 2**20
"""Bytes of the longest list."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the list, as it was published."""

    name: str
    """Such as `2026-11-27-3f9a2c1b`."""
    number: int
    """Its place among all versions, in the order in which they were published."""
    digest: str
    """Of its records; '' where it is not known."""
    announced: int
    recorded: int
    facts: dict[str, Facts]
    """Address → facts of each of its standards."""
    data: bytes
    """Its `standards.json` with `number`, without spaces, in gzip."""

    @property
    def day(self) -> date:
        """The day on which the list had last changed."""
        return date.fromisoformat(self.name[:10])


@dataclass(frozen=True, slots=True)
class VersionChanges:
    """The addresses of the standards by which two versions differ."""

    added: list[str]
    changed: list[str]
    removed: list[str]


def read_versions(content: Path, problems: list[Problem]) -> list[Version]:
    """The versions kept below the folder `content`, the oldest first.

    A file that is none is added to `problems`.
    """
    versions: list[Version] = []
    for path in sorted((content / VERSIONS).glob("*")):
        if is_foreign(path.name):
            continue
        try:
            versions.append(_unpacked(path.name.removesuffix(ENDING), read_file(path)))
        except (OSError, ValueError, TypeError, KeyError, RecursionError, zlib.error) as error:
            problems.append(Problem(shown(path), 1, Message("check.no-version", reason=reason_of(error))))
    return in_order(versions)


def with_snapshots(versions: Iterable[Version], snapshots: Iterable[str | bytes]) -> list[Version]:
    """`versions`, the oldest first, with those of `snapshots` that are not among them.

    A snapshot is the text of a published `standards.json`.
    """
    versions = in_order(versions)
    for snapshot in snapshots:
        content = json.loads(snapshot)
        name = str(content["version"])
        if VERSION.fullmatch(name) and name not in {one.name for one in versions}:
            number = versions[-1].number + 1 if versions else 1
            text = json.dumps({"number": number} | content, ensure_ascii=False, separators=(",", ":"))
            versions.append(_version(content, number, bytes(deflate.gzip_compress(text.encode(), 9))))
    return versions


def in_order(versions: Iterable[Version]) -> list[Version]:
    """`versions` in the order in which they were published."""
    # Two machines that published at once gave the same number.
    return sorted(versions, key=lambda one: (one.number, one.name))


def changes_since(before: Version, after: Version) -> VersionChanges:
    """What differs between the standards of two versions."""
    addresses: dict[str, dict[str, None]] = {"+": {}, "~": {}, "-": {}}
    for change in changes(before.facts, after.facts):
        addresses[change.sign][change.address] = None
    return VersionChanges(*map(list, addresses.values()))


def _unpacked(name: str, data: bytes) -> Version:
    """The version in the file called `name`; raises an error, whose text says why, where it is none."""
    reader = zlib.decompressobj(wbits=31)
    text = reader.decompress(data, _LARGEST)
    if not reader.eof or reader.unused_data:
        raise ValueError(Message("check.cut-version"))
    content = json.loads(text)
    if not isinstance(content, dict) or not VERSION.fullmatch(name) or content.get("version") != name:
        raise ValueError(Message("check.misnamed-version"))
    return _version(content, int(content["number"]), data)


def _version(content: dict[str, Any], number: int, data: bytes) -> Version:
    return Version(
        content["version"],
        number,
        str(content.get("digest", "")),
        int(content["announced"]),
        int(content["recorded"]),
        facts_in(content),
        data,
    )
