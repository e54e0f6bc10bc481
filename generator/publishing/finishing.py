"""What stands beside each finished file: a page's twin in Markdown, a text's compressed twins.

Each file is read once, for verification too. One that is the same as in the last site keeps the twins it had there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from generator.publishing.compression import ENDINGS, compressed
from generator.publishing.pictures import link_or_copy
from generator.publishing.twins import TWIN, twin
from generator.publishing.verify import Read, read_page

WORTH_A_PROCESS = 3000
"""So many files are finished in the time that further processes need to start."""


def finish(site: Path, last: Path) -> dict[str, Read]:
    """Write the twins below the folder `site`, whose predecessor is `last`; path → what verification needs, for each
    page of HTML."""
    names = [os.path.relpath(f"{folder}/{name}", site) for folder, _, names in os.walk(site) for name in sorted(names)]
    processes = os.cpu_count() or 1
    if len(names) < WORTH_A_PROCESS or processes == 1:
        return _finish(site, last, names)
    parts = [names[start :: processes * 4] for start in range(processes * 4)]
    # Spawned, as this process may run threads: a server's, a progress bar's.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        done = pool.map(partial(_finish, site.resolve(), last.resolve()), parts)
        return dict(sorted(item for part in done for item in part.items()))


def _finish(site: Path, last: Path, names: Iterable[str]) -> dict[str, Read]:
    read = {}
    for name in names:
        file, before = site / name, last / name
        data = file.read_bytes()
        if file.suffix == ".html":
            read[name] = read_page(data)
        twin_name = TWIN if file.name == "index.html" and name.partition("/")[0] in LANGUAGES else ""
        if before.exists() and before.read_bytes() == data:
            for other in filter(None, (twin_name, *(file.name + ending for ending in ENDINGS))):
                if (old := before.with_name(other)).exists():
                    link_or_copy(old, file.with_name(other))
            continue
        if twin_name and (text := twin(data.decode("utf-8"))):
            file.with_name(twin_name).write_text(text, encoding="utf-8", newline="")
        for ending, packed in compressed(file, data):
            file.with_name(file.name + ending).write_bytes(packed)
    return read
