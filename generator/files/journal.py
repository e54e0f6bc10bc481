"""Several files written as one: all of them or none, wherever the program is cut off."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_STAGE = ".import"
_READY = "ready.json"


def write_all(folder: Path, texts: Mapping[str, str]) -> None:
    """Write `texts` (path below `folder` → text). Until all lie ready beside, nothing is changed; from then on,
    `recover` finishes what was cut off."""
    stage = folder / _STAGE
    shutil.rmtree(stage, ignore_errors=True)
    stage.mkdir()
    names = {str(n): name for n, name in enumerate(sorted(texts))}
    for n, name in names.items():
        _write(stage / n, texts[name])
    _write(stage / "names", json.dumps(names))
    # From this moment the import has happened.
    (stage / "names").rename(stage / _READY)
    recover(folder)


def recover(folder: Path) -> bool:
    """Finish an import below `folder` that was cut off after it lay ready, forget one that was cut off before;
    whether one was finished."""
    stage = folder / _STAGE
    ready = stage / _READY
    if not ready.exists():
        shutil.rmtree(stage, ignore_errors=True)
        return False
    for n, name in json.loads(ready.read_text(encoding="utf-8")).items():
        if (stage / n).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (stage / n).replace(folder / name)
    ready.unlink()
    shutil.rmtree(stage, ignore_errors=True)
    return True


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
