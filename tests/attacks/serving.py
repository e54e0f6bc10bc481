"""Servers of the site: nginx as the build configures it, under load too, and `serve`."""

from __future__ import annotations

import random
import socket
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from tests.attacks.trial import Trial, generator_command, project_copy, run
from tests.conftest import SITE_URL
from tests.local_server import ODD_PATHS, LocalServer, local_server
from tests.nginx import BASE, nginx

CONNECTIONS = 50
LOAD_SECONDS = 5
_HIDDEN = (".git/config", ".htaccess", "en/.git/", ".x.md", "api/.env", "en/.DS_Store", ".site.webmanifest")
_OUTSIDE = (
    *("../nginx.conf", "../../mkdocs.yml", "..%2fnginx.conf", "%2e%2e/nginx.conf", "%2e%2e%2fnginx.conf"),
    *("..\\nginx.conf", "..%5cnginx.conf", "en/../../nginx.conf", "api/../../nginx.conf", "en/..;/..;/nginx.conf"),
    *("/etc/passwd", "//etc/passwd", "%c0%ae%c0%ae/nginx.conf", "....//....//nginx.conf", "feeds../nginx.conf"),
)
_NOWHERE = (
    *(
        "s/",
        "f/",
        "b/",
        "assets/",
        "cards/",
        "feeds/",
        "feeds/en/",
        "en/index.html/",
        "nowhere",
        "EN/",
        "en/standards/x/",
    ),
    *("f/%E0%A4/", "%ff/", "%ed%a0%80/", "en/%0d%0aX-Evil:%201/", "en/%00.html", "a" * 2000, "a/" * 1000, "%25%30%30"),
)
_NO_DATA = ("api/", "api/v1/", "api/v2/", "api/v1/x.json", "api/v1/standards/", "api/v1/citations/x.bib", "api/%ff")
_SLASHES = ("/en/", "en//", "en//standards/?q=a", "///", "s//wq-1-10/")
_METHODS = ("HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "CONNECT", "get", "FOO")
_RANGES = (
    "0-9",
    "0-",
    "-5",
    "99999999-",
    "5-2",
    "0-1,4-5",
    "0-0,-1",
    "abc",
    "0-9999999999999999999",
    ",".join(["0-1"] * 200),
)
_CONDITIONS = (
    {"If-None-Match": "*"},
    {"If-Match": '"x"'},
    {"If-Modified-Since": "Fri, 31 Dec 2100 00:00:00 GMT"},
    {"If-Unmodified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    {"If-Modified-Since": "yesterday"},
    {"If-Range": '"x"', "Range": "bytes=0-9"},
    {"If-None-Match": "\\" * 500},
)
_HEADERS = (
    {"Host": "evil.invalid"},
    {"Host": "127.0.0.1\t"},
    {"X-Forwarded-Host": "evil.invalid", "X-Original-URL": "/etc/passwd"},
    {"Accept-Encoding": "br;q=1, gzip;q=0, *"},
    {"Accept-Encoding": "identity;q=0"},
    {"Range": "bytes=0-9", "Accept-Encoding": "br"},
    {"Content-Length": "-1"},
    {"Transfer-Encoding": "chunked, identity"},
    {"Referer": "<script>", "User-Agent": "$(touch PWNED)"},
    {f"X-{n}": "a" * 1000 for n in range(40)},
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        return next((text for other, text in self.headers if other.lower() == name.lower()), "")


def trials(seed: int) -> Iterator[Trial]:
    """nginx asked one by one and by many at once, then `serve`."""
    with project_copy() as project, tempfile.TemporaryDirectory() as folder:
        build = run(generator_command("build"), project, {"SITE_URL": SITE_URL}, patience=600)
        if build.code:
            raise RuntimeError(build.output)
        with nginx(project, Path(folder), BASE) as address:
            yield _asked(urlsplit(address).netloc)
            yield _loaded(urlsplit(address).netloc, project / "build/site", random.Random(seed))
    with project_copy() as project, local_server(project) as server:
        yield _strangers(server)
        yield _damages(server, project)


def ask(host: str, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """The answer of the server at `host` to one request, sent as it is; status 0 where it closed the connection."""
    lines = {"Host": "standards.invalid", "Connection": "close", **(headers or {})}
    head = "".join(f"{name}: {text}\r\n" for name, text in lines.items())
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port)), 30) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1"))
        response = HTTPResponse(connection, method=method)
        try:
            response.begin()
            return Answer(response.status, response.getheaders(), response.read())
        except HTTPException:
            return Answer(0, [], b"")


def _asked(host: str) -> Trial:
    trial = Trial("4c", "nginx: hidden, outside, unknown, methods, ranges, conditions, headers: as RFC 9110 has it")
    unknown = ask(host, f"{BASE}nowhere/").body

    def expect(answer: Answer, is_right: bool, request: str) -> None:
        names = Counter(name.lower() for name, _ in answer.headers)
        # What is no request to nginx is answered before a site is chosen.
        is_safe = answer.status in (0, 400, 405, 501) or answer.header("X-Content-Type-Options") == "nosniff"
        is_right = is_right and is_safe and max(names.values(), default=0) <= 1 and not answer.header("X-Evil")
        trial.expect(is_right, f"{request[:120]}: {answer.status} {answer.headers} {answer.body[:60]!r}")

    for path in (*_HIDDEN, *_NOWHERE):
        answer = ask(host, BASE + path)
        expect(answer, answer.status == 400 or (answer.status, answer.body) == (404, unknown), path)
    for path in _OUTSIDE:
        answer = ask(host, BASE + path)
        is_within = answer.header("Location").startswith(BASE) if answer.status == 301 else answer.status in (400, 404)
        trial.expect(is_within and b"add_header" not in answer.body, f"{path}: {answer.status} {answer.headers}")
    for path in _NO_DATA:
        answer = ask(host, BASE + path)
        is_told = answer.body == b'{"title": "Not Found", "status": 404}' and "json" in answer.header("Content-Type")
        expect(answer, answer.status == 404 and is_told and answer.header("Access-Control-Allow-Origin") == "*", path)
    for path in _SLASHES:
        answer = ask(host, BASE + path)
        expect(answer, answer.status == 301 and "//" not in answer.header("Location"), path)
    for method in _METHODS:
        answer = ask(host, f"{BASE}en/", method)
        expect(answer, answer.status in ((200,) if method == "HEAD" else (400, 405)), method)
    for path in ("en/", "api/v1/standards.json", "nowhere/"):
        for text in _RANGES:
            answer = ask(host, BASE + path, headers={"Range": f"bytes={text}"})
            expect(answer, answer.status in ((404,) if path == "nowhere/" else (200, 206, 416)), f"{path} {text}")
        for headers in _CONDITIONS:
            answer = ask(host, BASE + path, headers=headers)
            expect(answer, answer.status in ((404,) if path == "nowhere/" else (200, 304, 412)), f"{path} {headers}")
    for headers in _HEADERS:
        answer = ask(host, f"{BASE}en/", headers=headers)
        expect(answer, answer.status in (200, 206, 400, 501) and "evil" not in str(answer.headers), str(headers))
        answer = ask(host, f"{BASE}en", headers=headers)
        expect(answer, answer.status in (301, 400, 501) and "evil" not in str(answer.headers), str(headers))
    return trial


def _loaded(host: str, site: Path, chance: random.Random) -> Trial:
    """Many connections at once, each in a thread of its own."""
    paths = [file.relative_to(site).as_posix().removesuffix("index.html") for file in site.rglob("*.html")]
    expected = {path: (site / (path if path.endswith(".html") else f"{path}index.html")).read_bytes() for path in paths}
    answers: Counter[str] = Counter()
    until = time.monotonic() + LOAD_SECONDS

    def visit(path_chance: random.Random) -> None:
        connection = HTTPConnection(host, timeout=30)
        while time.monotonic() < until:
            path = path_chance.choice(paths)
            try:
                connection.request("GET", BASE + path)
                response = connection.getresponse()
                is_right = (response.status, response.read()) == (200, expected[path])
                answers["right" if is_right else f"{path}: {response.status}"] += 1
            except OSError as error:
                answers[f"{path}: {error}"] += 1
                connection.close()
        connection.close()

    visitors = [threading.Thread(target=visit, args=(random.Random(chance.random()),)) for _ in range(CONNECTIONS)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join()
    trial = Trial("4c", f"nginx: {CONNECTIONS} connections of a client in Python for {LOAD_SECONDS} s: byte for byte")
    trial.tried = answers.total()
    trial.wrong += [f"{answer}, {times} times" for answer, times in answers.items() if answer != "right"]
    return trial


def _strangers(server: LocalServer) -> Trial:
    trial = Trial("4d", "serve: other addresses, names and origins are refused; odd paths get the 404 page")
    here = f"127.0.0.1:{server.port}"
    for address in {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), server.port)} - {"127.0.0.1"}:
        with socket.socket(socket.AF_INET6 if ":" in str(address) else socket.AF_INET) as outside:
            outside.settimeout(5)
            trial.expect(outside.connect_ex((address, server.port)) != 0, f"listens at {address}")
    for host in (
        "evil.invalid",
        f"evil.invalid:{server.port}",
        f"{here}.evil.invalid",
        "127.0.0.1",
        "[::1]",
        "0.0.0.0",
    ):
        for path in ("/en/", "/livereload", "/livereload.js", "/forcereload"):
            status, _ = server.ask(path, host)
            trial.expect(status == 421, f"Host {host}, {path}: {status}")
    for origin in ("http://evil.invalid", f"http://{here}.evil.invalid", "http://127.0.0.1:1", "null", "file://"):
        trial.expect(server.open_socket(origin) == 403, f"a socket of {origin}")
    trial.expect(server.open_socket(f"http://{here}") == 101, "its own page may not listen")
    unknown = server.ask("/nowhere/")
    for path in (*ODD_PATHS, *(f"/{path}" for path in (*_HIDDEN, *_OUTSIDE, *_NOWHERE) if path != "en/index.html/")):
        answer = server.ask(path)
        trial.expect(answer == unknown and unknown[0] == 404, f"{path[:120]}: {answer[0]}")
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "FOO"):
        status, _ = server.ask("/en/", method=method)
        trial.expect(status == (200 if method == "HEAD" else 405), f"{method}: {status}")
    trial.expect("Traceback" not in server.output(), f"a traceback: {server.output()[-500:]}")
    return trial


def _damages(server: LocalServer, project: Path) -> Trial:
    """Damage comes and goes while it runs; afterwards it follows changes as before, and ends without a traceback."""
    trial = Trial("4d", "serve: lives through damage of what it watches, Ctrl-C ends it without a traceback")
    content = project / "content"
    for file in ("labels.yml", "records/fields.yml", "records/standards/batch-2023-04.csv", "pages/en/about.md"):
        for damage in (b"", b"\xff\xfe\x00", b"a: [b", b"\0" * 1000, None):
            path = content / file
            before = path.read_bytes()
            path.unlink() if damage is None else path.write_bytes(damage)
            time.sleep(1)
            status, _ = server.ask("/en/")
            trial.expect(status == 200, f"{file} as {damage!r}: {status}")
            path.write_bytes(before)
    for folder in ("content/records", "content/pages", "overrides"):
        (project / folder).rename(project / "elsewhere")
        time.sleep(1)
        trial.expect(server.ask("/en/")[0] == 200, f"without {folder}")
        (project / "elsewhere").rename(project / folder)
    (project / "mkdocs.yml").rename(project / "elsewhere")
    time.sleep(1)
    trial.expect(server.ask("/en/")[0] == 200, "without mkdocs.yml")
    (project / "elsewhere").rename(project / "mkdocs.yml")
    about = content / "pages/en/about.md"
    about.write_text(about.read_text("utf-8").replace("# About", "# About tea"), "utf-8")
    until = time.monotonic() + 60
    while not (is_followed := b"About tea" in server.ask("/en/about/")[1]) and time.monotonic() < until:
        time.sleep(0.2)
    trial.expect(is_followed, "a change after the damages is not shown")
    trial.expect("Traceback" not in server.output(), f"a traceback: {server.output()[-1500:]}")
    labels = content / "labels.yml"
    labels.write_text(labels.read_text("utf-8").replace("en: Bay Area Standards", "en: Standards of the Bay"), "utf-8")
    time.sleep(0.5)
    code = server.interrupt()
    # A build that it stops is none that was published.
    trial.expect(code in (0, 1) and "Traceback" not in server.output(), f"Ctrl-C: {code}, {server.output()[-1500:]}")
    return trial
