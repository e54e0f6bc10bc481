"""A LibreOffice that writes attachments, this machine's or one from Debian.

Run as a program it makes sure that there is one, and fails with a sentence when none can be had.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from generator.publishing.sharing.debian import install

PACKAGES = ("libreoffice-calc-nogui", "libreoffice-writer-nogui")
_LIBRARIES = Path("/usr/lib/libreoffice/program")


def find() -> str | None:
    """The path of a LibreOffice that writes spreadsheets and documents, or None."""
    path = shutil.which("soffice")
    has_both = not _LIBRARIES.exists() or all((_LIBRARIES / f"lib{one}lo.so").exists() for one in ("sc", "sw"))
    return path if has_both else None


def converted(data: bytes, name: str, kind: str, folder: Path) -> bytes:
    """The file `name` that holds `data`, as LibreOffice saves it as `kind`, such as `ods`.

    `folder` is for what LibreOffice writes.
    """
    binary = find()
    assert binary, "There is no LibreOffice: run `make test`, which installs one."
    (folder / name).write_bytes(data)
    module = "--writer" if kind == "docx" else "--calc"
    program = "MS Word 2007 XML" if kind == "docx" else ""
    subprocess.run(
        (
            binary,
            "--headless",
            f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}",
            module,
            "--convert-to",
            f"{kind}:{program}".rstrip(":"),
            "--outdir",
            folder,
            folder / name,
        ),
        check=True,
        capture_output=True,
        timeout=240,
    )
    return (folder / name).with_suffix(f".{kind}").read_bytes()


def main() -> None:
    """Make sure that LibreOffice is there; exit with a sentence when it cannot be had."""
    if find() is None:
        install(*PACKAGES, why="No LibreOffice on this machine")
    if find() is None:
        sys.exit(f"No LibreOffice. On Debian and Ubuntu: sudo apt-get install {' '.join(PACKAGES)}")


if __name__ == "__main__":
    main()
