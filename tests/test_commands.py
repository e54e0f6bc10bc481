"""Commands print and leave behind what an editor needs."""

from __future__ import annotations

import errno
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from generator.__main__ import FEW, commands, explanations
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.catalogue.records import LEDGER_TITLE
from generator.files import transaction
from tests.conftest import REPOSITORY
from tests.local_server import ODD_PATHS, local_server, wait_for
from tests.test_check import run


def test_a_build_ends_with_one_line_of_pages_changes_and_seconds(world):
    first, second = run("build", folder=world), run("build", folder=world)
    assert first.returncode == second.returncode == 0
    assert first.stdout.splitlines()[:3] == [
        "18 new addresses in content/records/addresses.txt; keep that file with the records.",
        "1 new version in content/versions/; keep that folder with the records.",
        "Its canonical addresses begin with http://127.0.0.1:8000/; set SITE_URL before you put it on the web.",
    ]
    kinds = r"standard 24, field 9, .+, landing 1"
    assert re.fullmatch(rf"85 pages, 85 changed \({kinds}\), \d+\.\d s", first.stdout.splitlines()[3])
    assert re.fullmatch(r"85 pages, 0 changed, \d+\.\d s", second.stdout.splitlines()[-1])
    assert "new address" not in second.stdout
    assert "new version" not in second.stdout
    assert "standards/bai-cha\n" in (world / "content/records/addresses.txt").read_text("utf-8")


def test_a_build_that_cannot_be_says_why_and_what_happened_to_the_site(world):
    (world / "content/records/fields.yml").write_text("leaves: green\n", "utf-8")
    process = run("build", folder=world)
    assert process.returncode == 1
    assert "content/records/fields.yml:1: ‘leaves’ has no keys below it; indent them by two spaces" in process.stdout
    assert process.stdout.splitlines()[-1].endswith("Nothing was published; build/site is as it was.")
    assert "Traceback" not in process.stdout + process.stderr


def test_a_disk_that_takes_half_a_file_is_told_of_and_the_site_stands(built_world):
    assert run("build", folder=built_world).returncode == 0
    site = {path: path.read_bytes() for path in (built_world / "build/site").rglob("*") if path.is_file()}
    replace(built_world / "content/records/standards/batch-unknown.csv", "Bitter Tea", "Bitterest Tea")
    process = run("build", folder=built_world, largest=3000)
    assert process.returncode == 1
    assert re.search(
        r"^build/\.transaction-next-\S+: the disk refuses it \(.+\); make room, or", process.stdout, re.MULTILINE
    )
    assert process.stdout.splitlines()[-1].endswith("Nothing was published; build/site is as it was.")
    assert "Traceback" not in process.stdout + process.stderr
    assert {path: path.read_bytes() for path in (built_world / "build/site").rglob("*") if path.is_file()} == site
    assert " changed (" in run("build", folder=built_world).stdout


def test_a_step_back_that_the_disk_refuses_is_told_of(world):
    # Where not even root may write.
    (world / "build").symlink_to("/sys")
    process = run("rollback", folder=world)
    assert process.returncode == 1
    assert re.fullmatch(
        r"/sys/\.lock: the disk refuses it \(.+\); .+\n1 problem\. build/site is as it was\.\n", process.stderr
    )


def test_addresses_that_cannot_be_entered_are_entered_by_the_next_build(built_world, monkeypatch):
    ledger = built_world / "content/records/addresses.txt"
    before = ledger.read_text("utf-8") if ledger.exists() else ""
    with monkeypatch.context() as patch:
        patch.setattr(transaction, "write", refuse)
        process = CliRunner().invoke(commands, "build")
    assert process.exit_code == 1
    sentence = "content/records: cannot be written (No space left on device). The site is published;"
    assert process.output.startswith(sentence)
    assert (ledger.read_text("utf-8") if ledger.exists() else "") == before
    assert run("build", folder=built_world).stdout.startswith("18 new addresses in content/records/addresses.txt")


@pytest.mark.parametrize(
    ("output", "environment", "expected"),
    [
        (Path("/dev/full"), {}, "the output: the disk refuses it (No space left on device)"),
        (None, {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}, r"‘\u8336’ is not in batches.yml"),
    ],
)
def test_what_the_output_does_not_take_is_no_crash(world, output, environment, expected):
    replace(world / "content/records/fields.yml", "opened_by: 2020-03", "opened_by: 茶")
    with (output or world / "output").open("wb") as file:
        process = subprocess.run(
            (sys.executable, "-m", "generator", "check"),
            cwd=world,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)} | environment,
            stdout=file,
            stderr=subprocess.PIPE,
        )
    assert process.returncode == 1
    words = process.stderr if output else (world / "output").read_bytes()
    assert expected in words.decode(environment.get("PYTHONIOENCODING", "utf-8"))
    assert b"Traceback" not in process.stderr


def refuse(path: Path, _: str) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_serve_shows_every_change_survives_mistakes_and_ends_cleanly(built_world):
    with local_server(built_world) as server:

        def shown(path: str) -> Callable[[], str]:
            return lambda: server.ask(path)[1].decode("utf-8")

        wait_for("Bitter Tea", shown("/en/standards/ku-cha/"))
        records = built_world / "content/records/standards/batch-unknown.csv"
        replace(records, "Bitter Tea", "Bitterest Tea")
        wait_for("Bitterest Tea", shown("/en/standards/ku-cha/"))
        replace(records, "translated", "transalted")
        wait_for("‘transalted’", server.output)
        replace(records, "transalted", "translated")
        replace(built_world / "content/labels.yml", "en: Bay Area Standards", "en: Standards of the Bay")
        wait_for("Standards of the Bay", shown("/en/standards/ku-cha/"))
        replace(built_world / "content/pages/en/about.md", "# About", "# About tea")
        wait_for("About tea", shown("/en/about/"))
        # An older copy is put in the place of a record.
        older = built_world / "older.csv"
        older.write_text(records.read_text("utf-8").replace("Bitterest Tea", "Sweet Tea"), "utf-8")
        os.utime(older, (1_000_000_000, 1_000_000_000))
        older.rename(records)
        wait_for("Sweet Tea", shown("/en/standards/ku-cha/"))
        assert (built_world / "content/records/addresses.txt").read_text("utf-8") == f"{LEDGER_TITLE}\n"
        server.interrupt()
    assert "Traceback" not in server.output()
    assert "85 pages, " in server.output()


def test_serve_builds_no_more_often_than_files_change(built_world):
    with local_server(built_world) as server:
        before = server.output().count("73 pages, ")
        standards = built_world / "content/records/standards"
        # An office has the table open, an editor a swap, a desktop its view.
        for name in (".~lock.batch-unknown.csv#", ".batch-unknown.csv.swp", ".DS_Store"):
            (standards / name).write_bytes(b"locked by somebody")
        (built_world / "content/.loop").symlink_to(".loop")
        time.sleep(2)
        assert server.output().count("73 pages, ") == before


def test_serve_goes_on_when_what_it_watches_is_gone_for_a_while(built_world):
    with local_server(built_world) as server:
        (built_world / "overrides").rename(built_world / "elsewhere")
        wait_for("Nothing was published; build/site is as it was.", server.output)
        assert server.ask("/en/")[0] == 200
        (built_world / "elsewhere").rename(built_world / "overrides")
        replace(built_world / "content/pages/en/about.md", "# About", "# About tea")
        wait_for("About tea", lambda: server.ask("/en/about/")[1].decode("utf-8"))


def test_serve_answers_this_machine_alone(built_world):
    with local_server(built_world) as server:
        here = f"127.0.0.1:{server.port}"
        for host in (here, f"localhost:{server.port}"):
            assert server.ask("/en/", host)[0] == 200
        for host in ("drafts.example", f"drafts.example:{server.port}", "127.0.0.1", "127.0.0.1:1", f"{here}.example"):
            for path in ("/en/", "/livereload", "/livereload.js", "/nowhere/"):
                assert server.ask(path, host)[0] == 421, (host, path)
        assert server.open_socket(f"http://{here}") == 101
        for origin in ("http://drafts.example", "http://127.0.0.1:1", f"http://{here}.example", "null"):
            assert server.open_socket(origin) == 403, origin


def test_serve_has_its_own_page_for_whatever_is_not_there(built_world):
    page = (built_world / "build/site/404.html").read_bytes()
    body = page[page.index(b"<body") :]
    with local_server(built_world) as server:
        for path in ODD_PATHS:
            status, text = server.ask(path)
            assert (status, text.endswith(body)) == (404, True), path
    assert "Traceback" not in server.output()


def test_an_open_page_is_reloaded_after_every_change(built_world, browser):
    listening: list[str] = []

    def note(frame: str | bytes) -> None:
        if '"info"' in str(frame):
            listening.append(str(frame))

    with local_server(built_world) as server:
        page = browser.new_page()
        page.on("websocket", lambda socket: socket.on("framesent", note))
        page.goto(f"http://127.0.0.1:{server.port}/en/about/")
        # The second follows the first at once.
        for old, new in (("# About", "# Of tea"), ("# Of tea", "# Of more tea")):
            while not listening:
                page.wait_for_timeout(20)
            listening.clear()
            replace(built_world / "content/pages/en/about.md", old, new)
            expect(page.locator("h1")).to_have_text(new.removeprefix("# "))
        page.close()


def test_a_port_that_cannot_be_had_is_said_before_anything_is_built(world):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = run("serve", "--port", str(port), folder=world)
    assert process.returncode == 1
    assert process.stderr == (
        f"Cannot serve on port {port} (Address already in use); name another one: make serve ARGS='--port 8001'\n"
    )
    assert not (world / "build").exists()
    for port in ("0", "65536", "-1", "http"):
        process = run("serve", "--port", port, folder=world)
        assert process.returncode == 2
        assert process.stderr.startswith("Invalid value for ‘--port’: a whole number from 1 to 65535 is wanted\n")


def test_a_reason_that_many_targets_share_is_told_once():
    food, labels = (
        Message("build.inputs-changed", inputs=("food",)),
        Message("build.inputs-changed", inputs=("labels.yml",)),
    )
    few = {"fields/food/": food, "standards/": food}
    assert list(map(str, explanations(few))) == ["fields/food/: food changed", "standards/: food changed"]
    many = {f"standards/{number}/": labels for number in range(FEW + 1)}
    assert list(map(str, explanations(many | few))) == [
        f"{FEW + 1} targets: labels.yml changed",
        "fields/food/: food changed",
        "standards/: food changed",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("check", "--teapot"), "没有“--teapot”这个选项"),
        (("check", "--helpp"), "没有“--helpp”这个选项；是不是 --help？"),
        (("chek",), "没有“chek”这个命令；是不是 check？"),
        (("build", "--allow"), "“--allow”后面要写内容"),
        (("build", "--explain=all"), "“--explain”后面不写内容"),
        (("serve", "--port", "tea"), "“--port”的内容不能用；应是1到65535之间的整数"),
        (("check", "--language", "tea"), "“--language”的内容不能用；应是zh-Hans、zh-Hant、en 之一"),
        (("import", "my", "list.xlsx"), "多写了内容；名称里有空格时，请用引号括起来"),
        (
            ("import",),
            "请说明是哪个附件：make import FILE=annex.xlsx，或在 import 后面写文件名（- 是标准输入）",
        ),
        (
            ("verify",),
            "请说明是哪个网站：make verify URL=https://example.org/，或在 verify 后面写网址或文件夹",
        ),
    ],
)
def test_what_is_typed_wrong_is_said_in_the_language_that_is_asked_for(words, sentence):
    outcome = CliRunner().invoke(commands, ["--language", "zh-Hans", *words])
    assert outcome.exit_code == 2
    fault, hint = outcome.output.splitlines()
    assert fault == sentence
    assert re.fullmatch(r"说明：\S+( \w+)? --help", hint)


def test_every_command_explains_itself_in_each_language():
    for name in ("", *commands.commands):
        explanations = {}
        for language in LANGUAGES:
            words = [name, "--language", language, "--help"] if name else ["--language", language, "--help"]
            outcome = CliRunner().invoke(commands, words)
            assert outcome.exit_code == 0
            explanations[language] = outcome.output
        assert len({*explanations.values()}) == len(LANGUAGES)
        for language in ("zh-Hans", "zh-Hant"):
            assert not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}", explanations[language])


def test_the_language_is_that_of_the_machine_or_the_one_asked_for_last(monkeypatch):
    monkeypatch.setenv("LC_ALL", "zh_HK.UTF-8")
    assert CliRunner().invoke(commands, []).output.startswith("用法：")
    assert "指令" in CliRunner().invoke(commands, ["--help"]).output
    assert "命令" in CliRunner().invoke(commands, ["--help", "--language=zh-Hans"]).output
    twice = ["--language", "zh-Hans", "--help", "--language", "en"]
    assert "Commands" in CliRunner().invoke(commands, twice).output
    # It may be the name of a file too.
    assert "說明：" in CliRunner().invoke(commands, ["import", "x", "--", "--language", "en"]).output
