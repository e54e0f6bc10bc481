"""A real browser and a server of files for the tests that look at the finished site."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.chromium import FLAGS, find

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@contextmanager
def a_browser() -> Iterator[Browser]:
    """A Chromium; the tests fail where there is none."""
    path = find()
    assert path, "There is no Chromium: run `make test`, which installs one."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


class Server(http.server.ThreadingHTTPServer):
    """A server that lets a browser open many connections at once; five in waiting is the default."""

    request_queue_size = 128


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of the folder `site`, served below a folder as GitHub Pages does, with its 404 page."""

    class Below(http.server.SimpleHTTPRequestHandler):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/bay"))

        def send_error(self, code: int, message=None, explain=None) -> None:
            page = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), functools.partial(Below, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/bay/"
    server.shutdown()
