"""Every version of the list as data, with an index of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from generator.catalogue.versions import Version, changes_since
from generator.publishing.exports.formats import VERSIONS_JSON, version_path
from generator.publishing.exports.json_objects import JsonObject
from generator.publishing.exports.json_text import indented


def version_files(versions: Sequence[Version], current: str, site_url: str) -> Iterator[tuple[str, str | bytes]]:
    """Yield (path below the site, content) of each version, and of their index.

    `versions` begin with the oldest; `current` names the version of the list on hand.
    """
    index: list[JsonObject] = []
    for before, version in zip((None, *versions), versions, strict=False):
        yield version_path(version.name), version.data
        index.append(_entry(before, version, site_url))
    yield VERSIONS_JSON, indented({"version": current, "versions": index[::-1]})


def _entry(before: Version | None, version: Version, site_url: str) -> JsonObject:
    return {
        "version": version.name,
        **({"digest": version.digest} if version.digest else {}),
        "day": str(version.day),
        "announced": version.announced,
        "recorded": version.recorded,
        **({"changes": asdict(changes_since(before, version))} if before else {}),
        "url": site_url + version_path(version.name),
        "bytes": len(version.data),
    }
