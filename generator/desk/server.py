"""The server of the desk, on this machine alone."""

from __future__ import annotations

import asyncio
import errno
import logging
import secrets
import socket
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import click
from filelock import FileLock, Timeout
from tornado.http1connection import HTTP1Connection
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler, stream_request_body

from generator.announcing.attachments.attachment import LARGEST
from generator.catalogue.cells import count_of
from generator.catalogue.content import CONTENT, DESK
from generator.catalogue.messages import Message
from generator.desk import attachment, completion, handler, history, home, publication, records
from generator.desk.guard import ADDRESS, LARGEST_FORM, Desk, Guarded, RefusalError
from generator.desk.handler import DeskHandler, NoPage
from generator.files.disk import read_if_there, write_whole
from generator.files.transaction import PlaceTakenError, recover

_MODULES = (handler, home, attachment, completion, publication, records, history)
"""The modules of pages, each with its PAGES."""
_LOCK, _PLACE = "lock", "address"
_PATIENCE = 60
"""Seconds in which a request must have come in whole."""
_MOST_PASSED_BY = 2**30
"""Bytes of a request that is too large, of which some are waited for."""
_STYLES = "overrides/assets"
_OWN_STYLES = Path(__file__).with_name("static")


class BusyError(Exception):
    """Another desk is open for this project; its message is where."""


def serve_desk(project: Path, port: int, *, open_browser: bool) -> None:
    """Open the desk of `project` at `port`, or any other where that is taken.

    Returns when it is stopped. Raises BusyError where one is open already, OSError when
    the disk refuses what it needs.
    """
    folder = project / CONTENT / DESK
    if folder.is_symlink():
        # Everything is written below the content.
        raise PlaceTakenError(errno.ELOOP, "a link or a folder is in the place of a file", str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    try:
        # The system gives it up with the process, however that ends.
        with FileLock(folder / _LOCK, timeout=0), suppress(KeyboardInterrupt):
            recover(project / CONTENT)
            asyncio.run(_serve(project, _sockets(port), open_browser))
    except Timeout:
        raise BusyError((read_if_there(folder / _PLACE) or b"").decode()) from None


def _sockets(port: int) -> list[socket.socket]:
    try:
        return bind_sockets(port, ADDRESS)
    except OSError:
        return bind_sockets(0, ADDRESS)


async def _serve(project: Path, sockets: list[socket.socket], open_browser: bool) -> None:
    """Answer at `sockets` until the process is interrupted."""
    logging.basicConfig(format="%(message)s")
    # It tells of each request that is refused, with its address.
    logging.getLogger("tornado").setLevel(logging.CRITICAL)
    desk = Desk(project, sockets[0].getsockname()[1], secrets.token_urlsafe(32))
    write_whole(project / CONTENT / DESK / _PLACE, f"http://{ADDRESS}:{desk.port}/")
    server = HTTPServer(desk_application(desk), max_body_size=LARGEST_FORM, body_timeout=_PATIENCE)
    server.add_sockets(sockets)
    click.echo(Message("desk.opened", address=desk.door))
    if open_browser:
        webbrowser.open(desk.door)
    await asyncio.Event().wait()


def desk_application(desk: Desk) -> Application:
    """All pages of `desk`."""
    files: list[Any] = [
        (r"/style/(tokens\.css)", _File, {"path": desk.project / _STYLES / "stylesheets"}),
        (r"/style/(mark\.svg)", _File, {"path": desk.project / _STYLES / "images"}),
        (r"/desk/([a-z]+\.(?:css|js))", _File, {"path": _OWN_STYLES}),
    ]
    return _Desk(
        [*files, *(route for page in _MODULES for route in page.PAGES)],
        default_handler_class=NoPage,
        desk=desk,
        writing=asyncio.Lock(),
        is_cut_off=False,
        xsrf_cookie_name=f"desk_form_{desk.port}",
        xsrf_cookie_kwargs={"httponly": True, "samesite": "Strict"},
        log_function=lambda _: None,
    )


class _Desk(Application):
    """Answers in words also what is too large to be read."""

    def find_handler(self, request: HTTPServerRequest, **options: Any) -> Any:
        if count_of(request.headers.get("Content-Length", "0")) not in range(LARGEST_FORM + 1):
            return self.get_handler_delegate(request, _TooLarge)
        return super().find_handler(request, **options)


@stream_request_body
class _TooLarge(DeskHandler):
    """Lets a form that is too large pass by: a browser shows an answer only when all was sent."""

    async def prepare(self) -> None:
        self.refuse_strangers()
        if self.request.connection:
            cast("HTTP1Connection", self.request.connection).set_max_body_size(_MOST_PASSED_BY)

    def data_received(self, chunk: bytes) -> None:
        """Forget it."""

    def post(self) -> None:
        raise RefusalError(413, Message("desk.too-large", most=LARGEST // 10**6))


class _File(Guarded, StaticFileHandler):
    """A style or script, which whoever has no key may see too: the page that says so is to be readable."""

    needs_key = False

    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")
