"""Node.js, which checks types of JavaScript and workflows: one that is there, else Debian's package.

Run as a program it installs what `tests/javascript` locks, and fails with a sentence when it cannot be had.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from generator.publishing.sharing.debian import install

FOLDER = Path(__file__).parent / "javascript"
"""What npm installs from, and the settings of TypeScript."""
COMPILER = FOLDER / "node_modules/.bin/tsc"


def main() -> None:
    """Make sure that TypeScript is there; exit with a sentence when it cannot be had."""
    if shutil.which("npm") is None:
        install("npm", why="No Node.js on this machine")
    if shutil.which("npm") is None:
        sys.exit("No npm. Install Node.js, which brings it; on Debian and Ubuntu: sudo apt-get install npm")
    sys.exit(subprocess.run(("npm", "ci", "--no-audit", "--no-fund", "--silent"), cwd=FOLDER, check=False).returncode)


if __name__ == "__main__":
    main()
