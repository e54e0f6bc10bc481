"""The built site as one file, to be handed to whoever runs the web server."""

from __future__ import annotations

import zipfile
from pathlib import Path

from generator.files.disk import files_below, read_file
from generator.publishing.guards import BUILD, exclusive
from generator.publishing.published import SITE_FOLDER, version_in

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The day of every file in the archive, so that the same site gives the same bytes."""
_READABLE = 0o100644 << 16


def write_archive(project: Path) -> Path:
    """Write the site in `build/site` as a .zip beside it; its path.

    It is named after the version. Raises UnpublishedError where another build does not end, or the disk refuses it.
    """
    with exclusive(project):
        site = project / SITE_FOLDER
        path = project / BUILD / f"site-{version_in(site)}.zip"
        part = path.with_suffix(".part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in sorted(files_below(site)):
                entry = zipfile.ZipInfo(name, _EPOCH)
                entry.external_attr = _READABLE
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, read_file(site / name))
        part.replace(path)
    return path
