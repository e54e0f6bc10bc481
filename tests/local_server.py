"""The server of the command `serve`, and what strangers may ask it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.conftest import REPOSITORY

PATIENCE = 300
"""Seconds after which something that should happen has failed, on the busiest machine."""
ODD_PATHS = (
    "/nowhere/",
    "/en/%00",
    "/en/%ff",
    "/%ed%a0%80/",
    "/f/%E0%A4/",
    "/%",
    "/en/%zz/",
    "//etc/passwd",
    "/../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fmkdocs.yml",
    "/en/../../nginx.conf",
    "/..%5c..%5cmkdocs.yml",
    "/s/",
    "/forcereload",
    "/" + "a" * 300 + "/",
    "/" + "a/" * 3000,
)
"""None is an address of the site."""


@dataclass(frozen=True, slots=True)
class LocalServer:
    """A running `serve`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path
    """Takes what it prints."""

    def output(self) -> str:
        """What it has printed."""
        return self.log.read_text("utf-8")

    def ask(self, path: str, host: str = "", method: str = "GET") -> tuple[int, bytes]:
        """The status and body of its answer to `method` for `path`, asked as `host` or as itself."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body

    def open_socket(self, origin: str) -> int:
        """The status of its answer to a page of `origin` that wants to listen."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Origin": origin}
        connection.request("GET", "/livereload", headers=headers | SOCKET)
        status = connection.getresponse().status
        connection.close()
        return status

    def interrupt(self) -> int:
        """Its exit code, when Ctrl-C reaches it and all its processes, as a terminal sends it."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)


SOCKET = {"Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


@contextmanager
def local_server(project: Path) -> Iterator[LocalServer]:
    """A server of `project` that answers; ended at the end."""
    log = project / "serve.log"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("wb") as output:
        process = subprocess.Popen(
            (sys.executable, "-u", "-m", "generator", "serve", "--port", str(port)),
            cwd=project,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    server = LocalServer(process, port, log)
    try:
        wait_for("shows the site", server.output)
        yield server
    finally:
        if process.poll() is None:
            server.interrupt()


def wait_for(words: str, text: Callable[[], str]) -> None:
    """Until `text` gives one that holds `words`."""
    until = time.monotonic() + PATIENCE
    while words not in text():
        assert time.monotonic() < until, f"‘{words}’ never came: {text()}"
        time.sleep(0.05)
