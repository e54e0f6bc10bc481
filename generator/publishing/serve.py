"""The site on this machine, built again whenever a file changes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from livereload import Server

from generator.publishing.site import CONTENT, SITE

WATCHED = (CONTENT, "overrides", "generator/publishing/templates", "mkdocs.yml")


def serve(project: Path, port: int, build: Callable[[], None]) -> None:
    """Call `build`, then serve `build/site` on 127.0.0.1 at `port`, reloading open pages after each change.

    Returns when the server is stopped.
    """
    build()
    server = Server()
    for watched in WATCHED:
        server.watch(str(project / watched), build)
    logging.getLogger("tornado.access").setLevel(logging.WARNING)
    server.serve(root=str(project / SITE), host="127.0.0.1", port=port)
