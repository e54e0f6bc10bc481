"""The dependencies of a build, as fingerprints."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterable
from pathlib import Path

from generator.catalogue.columns import TABLES
from generator.catalogue.prose import PROSE
from generator.catalogue.records import LEDGER, RECORDS, Records
from generator.catalogue.synonyms import SYNONYMS
from generator.catalogue.versions import VERSIONS, Version
from generator.catalogue.wording_files import LABELS
from generator.publishing.incremental.fingerprint import fingerprint, fingerprint_of, fingerprint_of_files
from generator.publishing.settings import MKDOCS_YML, Settings
from generator.publishing.sharing.fonts import fonts

_PROGRAM = Path(__file__).parents[1]
_FRAME_MODULES = ("catalogue/languages.py", "publishing/exports/formats.py")
"""Modules of the program that the hook of MkDocs imports."""
_OWN_CELLS = ("title:", "standing:", "reviewed:", "also_called:", "note:", "issued_on", "implemented_on")
"""Beginnings of the columns of a standard that decide nothing but how it is itself shown.

Any other says where it stands, what it belongs to or what its address is, on which any page may depend.
"""


def frame_inputs(project: Path, settings: Settings) -> dict[str, str]:
    """Input → fingerprint of what decides how frames look."""
    packages = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    return {
        "the installed packages": fingerprint_of(sorted(path.name for path in packages)),
        "the settings": fingerprint_of([repr(settings)]),
        "the program of the frame": fingerprint_of_files([_PROGRAM / module for module in _FRAME_MODULES]),
        MKDOCS_YML: fingerprint_of_files([project / MKDOCS_YML]),
        "overrides/": _of_folder(project / "overrides"),
        LABELS: fingerprint_of_files([project / "content" / LABELS]),
    }


def inputs_everywhere(project: Path, settings: Settings, records: Records) -> dict[str, str]:
    """Input → fingerprint of what any file of the site may depend on."""
    content = project / "content"
    tables = [path for path in (content / RECORDS).glob("[!.]*.*") if path.name != LEDGER]
    return {
        **frame_inputs(project, settings),
        "the program": _of_folder(_PROGRAM),
        "the fonts": fingerprint_of([repr(fonts())]),
        f"{PROSE}/": _of_folder(content / PROSE),
        SYNONYMS: fingerprint_of_files([content / SYNONYMS]),
        **{path.name: fingerprint_of_files([path]) for path in sorted(tables)},
        "the order of the list": _order(records),
    }


def inputs_of_rows(records: Records) -> dict[str, str]:
    """Standard → fingerprint of the cells that decide nothing but how it is itself shown."""
    own = _columns(is_own=True)
    return {row.address: fingerprint_of([row[column] for column in own]) for row in records.tables["standards"]}


def input_of_versions(versions: Iterable[Version], current: str) -> dict[str, str]:
    """The fingerprint of `versions` but the `current` one, which a build may keep after it.

    It is that of a row, as only what is given all rows tells of versions.
    """
    return {f"{VERSIONS}/": fingerprint(b"".join(one.data for one in versions if one.name != current))}


def _order(records: Records) -> str:
    """Where each standard stands, what it belongs to, what its address is."""
    others = _columns(is_own=False)
    rows = records.tables["standards"]
    return fingerprint_of("\0".join((row.file, str(row.line), *(row[column] for column in others))) for row in rows)


def _columns(*, is_own: bool) -> list[str]:
    return [column.name for column in TABLES["standards"] if column.name.startswith(_OWN_CELLS) is is_own]


def _of_folder(folder: Path) -> str:
    """The fingerprint of all files below `folder`, with their paths."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    names = (path.relative_to(folder).as_posix() for path in files)
    return fingerprint_of([*names, fingerprint_of_files(files)])
