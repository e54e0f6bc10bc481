"""The editor's desk: whom it answers, what its pages may load, what outlasts it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from jinja2 import Environment, nodes
from tornado.httpclient import AsyncHTTPClient
from tornado.httpclient import HTTPResponse as Answer
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from generator.announcing.attachments.attachment import LARGEST
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import MESSAGES, Message
from generator.catalogue.records import read_yaml
from generator.desk import attachment, handler, home
from generator.desk.guard import LARGEST_FORM, Desk
from generator.desk.server import desk_application
from tests.conftest import REPOSITORY, WORLD, make_project
from tests.desks import open_desk
from tests.test_messages import PLACE

TEMPLATES = Path(handler.__file__).with_name("templates")
PAGES = ("/", "/attachment", "/attachment/0123456789abcdef", "/language/en", "/nowhere")
FILES = ("/desk/desk.css", "/desk/desk.js", "/style/tokens.css", "/style/mark.svg")
CSV = "序号,标准编号,标准名称\n1,茶/T 30—2029,冬茶的沏法\n".encode()


Ask = Callable[[str], Awaitable[Answer]]
"""Gives the answer to a path."""


class Visitor:
    """Somebody who asks a desk: by the headers of a browser, unless others are given."""

    def __init__(self, door: str) -> None:
        self.door = urlsplit(door)
        self.host = self.door.netloc
        self.cookies: dict[str, str] = {}

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> tuple[HTTPResponse, str]:
        """The answer, and its text; `headers` have _ for -, and an empty one is not sent."""
        given = {"Host": self.host, "Cookie": "; ".join(f"{name}={one}" for name, one in self.cookies.items())}
        if method == "POST":
            given |= {"Origin": f"http://{self.host}", "Sec-Fetch-Site": "same-origin"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.door.port or 0, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        for name, value in given.items():
            if value:
                connection.putheader(name, value)
        if method == "POST":
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body or None)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        for cookie in answer.msg.get_all("Set-Cookie") or []:
            name, _, rest = cookie.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer, text

    def come_in(self) -> Visitor:
        """Follow the address that the start printed."""
        answer, _ = self.ask(f"/?{self.door.query}")
        assert (answer.status, answer.headers["Location"]) == (302, "/")
        return self

    def token(self) -> str:
        """The token of the forms."""
        _, page = self.ask("/attachment")
        token = re.search(r'name="_xsrf" value="([^"]+)"', page)
        assert token
        return token[1]

    def send(self, path: str, **headers: str) -> tuple[HTTPResponse, str]:
        """The answer to a form that asks for nothing but to be saved."""
        body = urlencode({"_xsrf": self.token(), "do": "save"}).encode()
        return self.ask(path, "POST", body, Content_Type="application/x-www-form-urlencoded", **headers)

    def upload(self, name: str, data: bytes, token: str = "") -> tuple[HTTPResponse, str]:
        """The answer to a form with a file."""
        parts = (
            b'--x\r\nContent-Disposition: form-data; name="_xsrf"\r\n\r\n',
            (token or self.token()).encode(),
            b'\r\n--x\r\nContent-Disposition: form-data; name="attachment"; filename="' + name.encode() + b'"\r\n',
            b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n--x--\r\n",
        )
        return self.ask("/attachment", "POST", b"".join(parts), Content_Type="multipart/form-data; boundary=x")


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project of the imaginary world."""
    return make_project(tmp_path_factory.mktemp("desk"), WORLD)


@pytest.fixture(scope="module")
def door(project) -> Iterator[str]:
    """The address by which a browser comes into the desk of that project."""
    with open_desk(project, "en") as address:
        yield address


@pytest.fixture
def stranger(door) -> Visitor:
    """A visitor without the key."""
    return Visitor(door)


@pytest.fixture
def editor(door) -> Visitor:
    """A visitor who came in by the printed address."""
    return Visitor(door).come_in()


def said(page: str) -> str:
    """What an error page says."""
    sentence = re.search(r'<p class="lead">(.*?)</p>', page)
    assert sentence, page
    return sentence[1]


# --- who is answered ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_nobody_without_the_key_sees_a_page(stranger, path):
    for key in ("", "?key=", "?key=wrong", f"?key={'x' * 43}"):
        answer, page = stranger.ask(path + key)
        assert answer.status == 403
        assert said(page) == str(Message("desk.no-key"))
    stranger.cookies = {f"desk_{stranger.door.port}": "wrong"}
    assert stranger.ask(path)[0].status == 403


def test_whoever_is_refused_is_told_nothing_of_the_project(stranger, project):
    assert str(project) not in stranger.ask("/")[1]


@pytest.mark.parametrize("path", (*PAGES, *FILES))
@pytest.mark.parametrize(
    "host", ["evil.invalid", "127.0.0.1", "127.0.0.1:1", "localhost.evil.invalid", "0.0.0.0", "[::1]", ""]
)
def test_another_name_of_this_machine_is_answered_with_nothing(editor, host, path):
    port = editor.door.port
    names = [host] if ":" in host or not host else [host, f"{host}:{port}"]
    for name in set(names) - {f"127.0.0.1:{port}"}:
        answer, page = editor.ask(path, Host=name)
        assert answer.status in (400, 421)
        assert "编辑台" not in page


def test_both_names_of_this_machine_are_answered(editor):
    assert editor.ask("/")[0].status == 200
    assert editor.ask("/", Host=f"localhost:{editor.door.port}")[0].status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.invalid"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Origin": "https://{host}"},
        {"Origin": "http://{host}.evil.invalid"},
        {"Origin": "http://user@{host}"},
        {"Origin": ""},
        {"Origin": "", "Referer": "http://evil.invalid/{host}"},
        {"Referer": "http://evil.invalid/"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "anything"},
    ],
    ids=str,
)
def test_a_form_from_another_page_changes_nothing(editor, headers):
    answer, page = editor.send("/attachment", **{name: one.format(host=editor.host) for name, one in headers.items()})
    assert answer.status == 403
    assert said(page) == str(Message("desk.other-origin"))


@pytest.mark.parametrize("headers", [{"Sec_Fetch_Site": "cross-site"}, {"Referer": "http://evil.invalid/"}], ids=str)
def test_another_page_can_neither_show_a_page_of_the_desk_nor_lead_there(editor, headers):
    for path in (*PAGES, *FILES):
        assert editor.ask(path, **headers)[0].status == 403


def test_a_form_without_its_token_changes_nothing(editor):
    for token in ("wrong", "2|00000000|00000000000000000000000000000000|1"):
        answer, page = editor.upload("list.csv", CSV, token)
        assert answer.status == 403
        assert said(page) == str(Message("desk.old-form"))


def test_the_key_stays_in_a_cookie_that_no_script_and_no_other_site_gets(door):
    visitor = Visitor(door)
    answer, _ = visitor.ask(f"/?{visitor.door.query}")
    (cookie,) = answer.msg.get_all("Set-Cookie") or []
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "key" not in answer.headers["Location"]
    token = next(one for one in visitor.ask("/attachment")[0].msg.get_all("Set-Cookie") or [])
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in token.split(";")}


def test_the_server_listens_on_this_machine_alone(door):
    port = urlsplit(door).port
    tables = "".join(Path("/proc/net", name).read_text("ascii") for name in ("tcp", "tcp6"))
    sockets = [line.split() for line in tables.splitlines()]
    listening = [local for _, local, _, state, *_ in sockets if state == "0A" and local.endswith(f":{port:04X}")]
    # 127.0.0.1, from its last byte to its first.
    assert listening == [f"0100007F:{port:04X}"]


# --- what pages may do --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", (*PAGES, *FILES))
def test_every_answer_forbids_what_its_page_does_not_need(editor, path):
    for answer, _ in (editor.ask(path), editor.ask(path, Host="evil.invalid")):
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'; ")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Server"] is None


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_no_template_has_a_script_or_a_style_of_its_own(path):
    text = path.read_text("utf-8")
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|javascript:", text)
    assert "|safe" not in text.replace(" ", "")


def test_every_form_that_changes_something_has_a_token():
    forms = [
        form
        for path in TEMPLATES.glob("*.html")
        for form in re.findall(r"<form.*?</form>", path.read_text("utf-8"), re.DOTALL)
        if 'method="post"' in form
    ]
    assert forms
    assert all("{{ token }}" in form for form in forms)


def test_every_page_speaks_the_language_that_was_chosen(editor):
    for language in LANGUAGES:
        answer, _ = editor.ask(f"/language/{language}", Referer=f"http://{editor.host}/attachment?a=b")
        assert answer.headers["Location"] == "/attachment?a=b"
        assert Message("desk.attachment-title").in_language(language) in editor.ask("/attachment")[1]


@pytest.mark.parametrize("path", ["//evil.invalid/", "///evil.invalid", "/%5cevil.invalid/"])
def test_the_choice_of_a_language_leads_to_no_other_machine(editor, path):
    answer, _ = editor.ask("/language/en", Referer=f"http://{editor.host}{path}")
    assert answer.headers["Location"] == f"/{path.lstrip('/')}"


# --- what comes in --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["..\\..\\evil.csv", "../../evil.csv", "C:\\evil.csv", "/etc/evil.csv", "a" * 300 + ".csv", "..."],
)
def test_a_name_of_a_file_leads_nowhere(editor, project, name):
    before = {path for path in project.rglob("*") if "desk" not in path.parts}
    answer, _ = editor.upload(name, CSV + name.encode("unicode_escape"))
    assert answer.status == 302
    assert {path for path in project.rglob("*") if "desk" not in path.parts} == before
    draft = project / "content/desk/drafts" / answer.headers["Location"].rpartition("/")[2]
    assert sorted(path.name for path in draft.iterdir()) == ["answers", "attachment"]


@pytest.mark.parametrize(
    "path",
    [
        "/desk/../server.py",
        "/desk/..%2fserver.py",
        "/desk/%2e%2e/server.py",
        "/desk/..%5cserver.py",
        "/style/../../mkdocs.yml",
        "/style/base.css",
        "/attachment/..%2f..%2fundo",
        "/attachment/%00",
        "/language/en%0d%0aSet-Cookie:%20a=b",
        "//evil.invalid/",
    ],
)
def test_no_address_leads_out_of_the_desk(editor, path):
    answer, page = editor.ask(path)
    assert answer.status == 404
    assert said(page) == str(Message("desk.no-page"))


def test_a_file_that_cannot_be_read_is_refused_in_words(editor, project):
    before = sorted(project.glob("content/desk/drafts/*"))
    answer, page = editor.upload("list.xlsx", b"PK\x03\x04 not a workbook")
    assert answer.status == 400
    assert "list.xlsx" in said(page)
    assert sorted(project.glob("content/desk/drafts/*")) == before


def test_a_file_that_is_too_large_is_refused_in_words(editor):
    answer, page = editor.upload("list.csv", b"x" * LARGEST_FORM)
    assert answer.status == 413
    assert said(page) == str(Message("desk.too-large", most=LARGEST // 10**6))


def test_a_form_that_is_no_form_is_refused_in_words(editor):
    for body, kind in ((b"\xff" * 99, "multipart/form-data"), (b"a=%ff&_xsrf=x", "application/x-www-form-urlencoded")):
        answer, page = editor.ask("/attachment", "POST", body, Content_Type=kind)
        assert answer.status in (400, 403)
        assert "Traceback" not in page
        assert said(page)


# --- two at once, and the end -------------------------------------------------------------------------------------


def start(project: Path, *, without: str = "") -> subprocess.Popen[str]:
    """The process of a desk of `project`, in which the modules named `without` do not exist."""
    lost = "".join(f"sys.modules[{name!r}] = None; " for name in without.split())
    run = f"import sys; {lost}from generator.__main__ import commands; commands(['desk', '--no-browser'])"
    return subprocess.Popen(
        (sys.executable, "-c", run),
        cwd=project,
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )


def door_of(process: subprocess.Popen[str]) -> str:
    """The address that a desk printed."""
    assert process.stdout
    address = re.search(r"http://\S+?key=[\w-]+", line := process.stdout.readline())
    assert address, line
    return address[0]


@pytest.mark.parametrize("without", ["", "fcntl resource termios pwd grp"], ids=["here", "elsewhere"])
def test_a_second_desk_says_where_the_first_is_until_that_ends(world, without):
    """Also where a system has nothing of what only POSIX has."""
    with start(world, without=without) as first:
        address = urlsplit(door_of(first)).netloc
        with start(world, without=without) as second:
            words, _ = second.communicate()
        assert words.strip() == str(Message("desk.busy", address=f"http://{address}/"))
        assert second.returncode == 1
        first.send_signal(signal.SIGKILL)
    with start(world, without=without) as third:
        visitor = Visitor(door_of(third)).come_in()
        answer, _ = visitor.upload("list.csv", CSV)
        assert "list.csv" in visitor.ask(answer.headers["Location"])[1]
        third.terminate()


def test_the_key_is_printed_once(world):
    with start(world) as process:
        visitor = Visitor(door_of(process)).come_in()
        for path in ("/nowhere", "/?key=wrong", f"/nowhere?{visitor.door.query}"):
            visitor.ask(path)
        visitor.ask("/", Host="evil.invalid")
        process.send_signal(signal.SIGINT)
        assert process.communicate()[0] == ""
        assert process.returncode == 0


# --- a fault of the program ---------------------------------------------------------------------------------------


def answers_of(project: Path, ask: Callable[[Ask], Awaitable[list[Answer]]]) -> list[Answer]:
    """What `ask` gets from a desk of `project` in this process, by a function that asks with the key."""

    async def asked() -> list[Answer]:
        sockets = bind_sockets(0, "127.0.0.1")
        desk = Desk(project, sockets[0].getsockname()[1], "key")
        server = HTTPServer(desk_application(desk))
        server.add_sockets(sockets)
        headers = {"Cookie": f"desk_{desk.port}=key"}

        async def answer(path: str) -> Answer:
            return await AsyncHTTPClient().fetch(f"http://{desk.hosts[0]}{path}", headers=headers, raise_error=False)

        answers = await ask(answer)
        server.stop()
        return answers

    # In a thread of its own: Playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked()).result()


def answer_of(project: Path, path: str) -> Answer:
    """What a desk of `project` in this process answers."""

    async def ask(answer: Ask) -> list[Answer]:
        return [await answer(path)]

    (one,) = answers_of(project, ask)
    return one


def test_the_desk_answers_others_while_something_takes_its_time(world, monkeypatch):
    is_answered = threading.Event()
    monkeypatch.setattr(attachment, "all_drafts", lambda _: [] if is_answered.wait(60) else None)

    async def ask(answer: Ask) -> list[Answer]:
        slow = asyncio.ensure_future(answer("/attachment"))
        quick = await answer("/nowhere")
        is_answered.set()
        return [quick, await slow]

    assert [one.code for one in answers_of(world, ask)] == [404, 200]


def test_a_fault_of_the_program_is_said_in_words_and_told_in_the_terminal(world, monkeypatch, caplog):
    monkeypatch.setattr(home, "overview_of", lambda *_: 1 / 0)
    answer = answer_of(world, "/")
    assert answer.code == 500
    assert said(answer.body.decode()) == str(Message("desk.fault"))
    assert "Zero" not in answer.body.decode()
    assert "ZeroDivisionError" in caplog.text
    assert "key" not in caplog.text.replace("monkeypatch", "")


def test_what_the_disk_refuses_is_said_in_words(world, monkeypatch):
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "content/records/cases.yml")

    monkeypatch.setattr(home, "overview_of", refused)
    answer = answer_of(world, "/")
    assert "content/records/cases.yml" in said(answer.body.decode())


# --- words ----------------------------------------------------------------------------------------------------------


def words_of_templates() -> Iterator[tuple[str, str, set[str]]]:
    """(template, key, names of the values) of each `word` that a template prints."""
    for path in sorted(TEMPLATES.glob("*.html")):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "word" and isinstance(call.args[0], nodes.Const):
                yield path.name, call.args[0].value, {value.key for value in call.kwargs}


def test_every_word_of_a_template_is_worded():
    wordings = {
        row.address: {place for column in row.cells for place in PLACE.findall(row[column])}
        for row in read_yaml(MESSAGES / "desk.yml", []) or []
    }
    for where, key, names in words_of_templates():
        assert wordings.get(key) == names, (where, key)
    for section in handler.SECTIONS:
        assert f"section-{section}" in wordings
        assert section == "home" or f"task-{section}" in wordings
