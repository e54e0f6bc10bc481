"""The site on this machine, built again whenever a file changes."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from livereload.server import LiveScriptInjector
from livereload.watcher import Watcher
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, ErrorHandler, HTTPError
from tornado.websocket import WebSocketHandler

from generator.catalogue.content import CONTENT, DESK
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message
from generator.publishing.published import SITE_FOLDER
from generator.publishing.search.pronunciation import load_dictionaries

WATCHED = (CONTENT, "overrides", "generator/publishing/pages/templates", "mkdocs.yml")
_ADDRESS = "127.0.0.1"
_NAMES = (_ADDRESS, "localhost")
"""As which a browser on this machine asks for it."""
_SOON = 0.15
"""Seconds between two looks at the files; an editor should not have to wait for what was saved."""
_RELOADER = "/livereload.js"
_LOG = logging.getLogger(__name__)


class PortError(Exception):
    """The port cannot be had."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason)
        self.reason = reason
        """Why."""


def serve(project: Path, port: int, build: Callable[[], None]) -> None:
    """Call `build`, then serve `build/site` on 127.0.0.1 at `port`, reloading open pages after each change.

    Returns when the server is stopped. Raises PortError before anything is built.
    """
    try:
        sockets = bind_sockets(port, _ADDRESS)
    except OSError as error:
        raise PortError(reason_of(error)) from None
    logging.basicConfig(format="%(message)s")
    _LOG.setLevel(logging.INFO)
    # These two tell of each page that is opened, reloaded or not there.
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado").setLevel(logging.ERROR)
    watcher = _Watcher(project, build)
    build()
    # Once for all builds: each hands them on to the processes that it starts.
    load_dictionaries()
    HTTPServer(_Site(project / SITE_FOLDER, port)).add_sockets(sockets)
    _Reload.watcher = watcher
    _LOG.info(Message("commands.serving", address=f"http://{_ADDRESS}:{port}/"))
    IOLoop.current().add_callback(watcher.look)
    with suppress(KeyboardInterrupt):
        IOLoop.current().start()


class _Watcher(Watcher):
    """Builds once for all files that were saved, came or went since it last looked.

    The library's own passes over old files that come, and over a reload that soon follows another.
    """

    def __init__(self, project: Path, build: Callable[[], None]) -> None:
        super().__init__()
        self._project, self._build = project, build
        self._states = _states(project)

    def look(self) -> None:
        """Look at the files, now and from now on."""
        # First, as the next look may not depend on how this one ends.
        IOLoop.current().call_later(_SOON, self.look)
        before, self._states = self._states, _states(self._project)
        if self._states != before:
            self._build()
            _Reload.reload_waiters("*")


def _states(project: Path) -> dict[str, tuple[int, int]]:
    """Each watched file of `project` → when it was saved, in nanoseconds, and its size in bytes.

    Hidden files are left out: there other programs keep their locks and copies, and this one its transactions.
    """
    states: dict[str, tuple[int, int]] = {}
    for watched in WATCHED:
        path = project / watched
        files = [] if path.is_dir() else [str(path)]
        for folder, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".") and name not in (DESK, "__pycache__")]
            files += [f"{folder}/{name}" for name in names if not name.startswith(".")]
        for file in files:
            # What has gone meanwhile is as if it had not been there.
            with suppress(OSError):
                status = Path(file).stat()
                states[file] = status.st_mtime_ns, status.st_size
    return states


class _Site(Application):
    """Answers whoever asks for this machine by a name of its own, and nobody else.

    A stranger's page can have its own name lead to this machine, and would then read drafts (DNS rebinding).
    """

    def __init__(self, folder: Path, port: int) -> None:
        handlers: list[Any] = [
            ("/livereload", _Reload),
            (_RELOADER, LiveReloadJSHandler),
            ("/(.*)", _File, {"path": str(folder), "default_filename": "index.html"}),
        ]
        super().__init__(handlers, transforms=[_ReloadScript])
        # Browsers leave out the port of the web.
        self._hosts = {name if port == 80 else f"{name}:{port}" for name in _NAMES}

    def find_handler(self, request: HTTPServerRequest, **options: Any) -> Any:
        if request.host not in self._hosts:
            return self.get_handler_delegate(request, ErrorHandler, {"status_code": 421})
        return super().find_handler(request, **options)


class _File(StaticFileHandler):
    """A file of the site, or the site's own page where there is none."""

    def decode_argument(self, value: bytes, name: str | None = None) -> str:
        # A path in no encoding is the path of no file.
        return value.decode("utf-8", "replace")

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        if "\0" in absolute_path:
            raise HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def write_error(self, status_code: int, **options: Any) -> None:
        page = Path(self.root) / "404.html"
        # What lies outside the site is not there either.
        if status_code in (403, 404) and page.exists():
            self.set_status(404)
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **options)


class _Reload(LiveReloadHandler):
    """Tells open pages to reload; those of this server alone may listen."""

    # The library's own attributes are typed by the values that it gives them.
    watcher: Watcher | None = None  # pyright: ignore[reportIncompatibleVariableOverride]

    def check_origin(self, origin: str) -> bool:  # pyright: ignore[reportIncompatibleMethodOverride]
        return WebSocketHandler.check_origin(self, origin)


class _ReloadScript(LiveScriptInjector):
    """Puts the script that listens into each page, as a file: the pages' policy forbids inline ones."""

    script = f'<script src="{_RELOADER}"></script>'.encode()
