"""The site on this machine, built again whenever a file changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from livereload import Server
from livereload.watcher import Watcher
from tornado.ioloop import PeriodicCallback

from generator.catalogue.content import CONTENT
from generator.publishing.published import SITE_FOLDER
from generator.publishing.search.pronunciation import load_dictionaries

WATCHED = (CONTENT, "overrides", "generator/publishing/pages/templates", "mkdocs.yml")
SOON = 150
"""Milliseconds between two looks at the files; an editor should not have to wait for what was saved."""


class _SoonWatcher(Watcher):
    """Looks more often than the library does by itself."""

    # The library's own method is typed by the one answer that it gives.
    def start(self, callback: Callable[[], None]) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        PeriodicCallback(callback, SOON).start()
        return True


def serve(project: Path, port: int, build: Callable[[], None]) -> None:
    """Call `build`, then serve `build/site` on 127.0.0.1 at `port`, reloading open pages after each change.

    Returns when the server is stopped.
    """
    build()
    # Once for all builds: each hands them on to the processes that it starts.
    load_dictionaries()
    server = Server(watcher=_SoonWatcher())
    for watched in WATCHED:
        server.watch(str(project / watched), build)
    logging.getLogger("tornado.access").setLevel(logging.WARNING)
    server.serve(root=str(project / SITE_FOLDER), host="127.0.0.1", port=port)
