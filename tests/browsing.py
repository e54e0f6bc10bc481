"""A real browser and a server of files for the tests that look at the finished site."""

from __future__ import annotations

import functools
import http.server
import io
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.chromium import FLAGS, find

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 900}


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

        def send_head(self) -> io.BytesIO | BinaryIO | None:
            try:
                return super().send_head()
            except ValueError:
                # No file can have such a path.
                self.send_error(404)

        def send_error(self, code: int, message=None, explain=None) -> None:
            page = (site / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), functools.partial(Below, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/bay/"
    server.shutdown()


@dataclass(frozen=True, slots=True)
class View:
    """What a browser loads for the first view of a page: the addresses of its `requests`, those of them that `failed`,
    the bytes that were `sent` for all and for the page itself, `html`, headers included, and its `elements`."""

    requests: list[str]
    failed: list[str]
    sent: int
    html: int
    elements: int


def first_view(browser: Browser, address: str) -> View:
    """The page at `address` in a phone that was never here, once nothing more comes."""
    page = browser.new_context(viewport=PHONE).new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    sent: Counter[str] = Counter()
    asked: dict[str, str] = {}
    failed: list[str] = []

    def answered(event: dict) -> None:
        url, status = event["response"]["url"], event["response"]["status"]
        if not url.startswith("data:"):
            asked[event["requestId"]] = url
            failed.extend([url] * (status >= 400))

    network.on("Network.responseReceived", answered)
    # Only this event counts what is compressed while it is sent.
    network.on("Network.loadingFinished", lambda one: sent.update({one["requestId"]: int(one["encodedDataLength"])}))
    page.on("requestfailed", lambda one: failed.append(one.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    elements = page.evaluate("document.querySelectorAll('*').length")
    page.context.close()
    own = next(sent[request] for request, url in asked.items() if url == address)
    return View(list(asked.values()), failed, sum(sent[request] for request in asked), own, elements)
