"""The release of a version: its files, with notes of what is new."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.catalogue.labels import Labels
from generator.catalogue.log import LogEntry, log_of
from generator.catalogue.messages import Message
from generator.catalogue.model import Batch, Catalogue, Standard
from generator.catalogue.versions import Version
from generator.files.disk import read_file, remove, write
from generator.publishing.exports.formats import API, CHANGES_JSON, version_path
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.sentences import as_of, log_sentence, log_title, names_of
from generator.publishing.published import SITE_FOLDER, UnpublishedError, version_in
from generator.publishing.trial import read_project

RELEASE = "build/release"
"""Where the files of a release are written."""
_FILES = (*(f"{API}standards.{ending}" for ending in ("json", "csv", "xlsx")), CHANGES_JSON)
"""Files of the site that are part of it."""
_LONGEST = 100
"""How many entries the notes list in each language; GitHub takes 125,000 characters."""


def write_release(project: Path) -> str:
    """Write the release of the version in `build/site`; the name of the version.

    Raises UnpublishedError when the records give another version, or none.
    """
    content, settings = read_project(project)
    if content.problems or settings is None:
        raise UnpublishedError(Message("build.problems", count=len(content.problems)), content.problems)
    catalogue, site = content.catalogue(), project / SITE_FOLDER
    name = catalogue.version
    if version_in(site) != name:
        raise UnpublishedError(Message("build.not-built", folder=SITE_FOLDER, version=name))
    earlier = [one for one in content.versions if one.name != name]
    files = {Path(path).name: read_file(site / path) for path in _FILES}
    notes = "\n\n".join(
        _notes(catalogue, labels, earlier[-1] if earlier else None) for labels in content.labels.values()
    )
    files["notes.md"] = f"{notes}\n\n<{settings.site_url}{version_path(name)}>\n".encode()
    sums = [f"{hashlib.sha256(data).hexdigest()}  {file}\n" for file, data in sorted(files.items())]
    files["SHA256SUMS"] = "".join(sums).encode()
    remove(project / RELEASE)
    for file, data in files.items():
        write(project / RELEASE / file, data)
    return name


def entries_since(log: list[LogEntry], version: Version) -> list[LogEntry]:
    """Those of `log` that came after `version`."""
    return [entry for entry in log if not _is_in(version, entry)]


def _is_in(version: Version, entry: LogEntry) -> bool:
    """Whether `version` had what `entry` tells; of its own day, its standards and totals say it."""
    if entry.day != version.day:
        return entry.day < version.day
    record, correction = entry.record, entry.correction
    match record:
        case Standard():
            addresses = {record.address, *record.former_addresses}
            facts = next((version.facts[one] for one in addresses if one in version.facts), None)
            if facts is None or not correction:
                return facts is not None
            return facts.get(correction.attribute, "") == correction.after
        case Batch():
            return record.standards_total <= version.announced
        case _:
            # It holds no cases; mostly it was published after those of its day were recorded.
            return True


def _notes(catalogue: Catalogue, t: Labels, before: Version | None) -> str:
    """What is new since the version `before`, in the language of `t`."""
    heading = f"## {t('site_title')} {catalogue.version}"
    if before is None:
        return "\n\n".join((heading, as_of(catalogue, t), t("release_first")))
    named, entries = names_of(catalogue), entries_since(log_of(catalogue), before)
    lines = [
        f"- {escape(log_title(entry, t))} · {escape(log_sentence(entry, t, named))}" for entry in entries[:_LONGEST]
    ]
    if len(entries) > _LONGEST:
        lines.append(f"- {t('release_more', count=len(entries) - _LONGEST)}")
    since = t("release_since", version=before.name)
    return "\n\n".join((heading, as_of(catalogue, t), since, "\n".join(lines) or t("release_unchanged")))
