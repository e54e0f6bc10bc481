"""Commands print and leave behind what an editor needs."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from generator.__main__ import FEW, explanations
from tests.conftest import REPOSITORY
from tests.test_check import run

PATIENCE = 300
"""Seconds after which something that should happen has failed, on the busiest machine."""


def test_a_build_ends_with_one_line_of_pages_changes_and_seconds(world):
    first, second = run("build", folder=world), run("build", folder=world)
    assert first.returncode == second.returncode == 0
    assert first.stdout.splitlines()[:2] == [
        "17 new addresses in content/records/addresses.txt; keep that file with the records.",
        "Its canonical addresses begin with http://127.0.0.1:8000/; set SITE_URL before you put it on the web.",
    ]
    kinds = r"standard 24, field 6, .+, landing 1"
    assert re.fullmatch(rf"67 pages, 67 changed \({kinds}\), \d+\.\d s", first.stdout.splitlines()[2])
    assert re.fullmatch(r"67 pages, 0 changed, \d+\.\d s", second.stdout.splitlines()[-1])
    assert "new address" not in second.stdout
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


def test_addresses_that_cannot_be_entered_are_entered_by_the_next_build(built_world):
    ledger = built_world / "content/records/addresses.txt"
    before = ledger.read_text("utf-8") if ledger.exists() else ""
    # Where the addresses would be put first, a file stands in the way.
    (built_world / "content/records/.transaction-coming").write_text("", "utf-8")
    process = run("build", folder=built_world)
    assert process.returncode == 1
    assert "content/records: cannot be written" in process.stderr
    assert "Traceback" not in process.stderr
    assert (ledger.read_text("utf-8") if ledger.exists() else "") == before
    (built_world / "content/records/.transaction-coming").unlink()
    assert run("build", folder=built_world).stdout.startswith("17 new addresses in content/records/addresses.txt")


def fetched(port: int, path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=5) as answer:
            return answer.read().decode("utf-8")
    except OSError:
        return ""


def wait_for(words: str, text: Callable[[], str]) -> None:
    """Until `text` gives one that holds `words`."""
    until = time.monotonic() + PATIENCE
    while words not in text():
        assert time.monotonic() < until, f"‘{words}’ never came: {text()}"
        time.sleep(0.05)


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_serve_shows_every_change_survives_mistakes_and_ends_cleanly(built_world):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = built_world / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            (sys.executable, "-u", "-m", "generator", "serve", "--port", str(port)),
            cwd=built_world,
            env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def shown(path: str) -> Callable[[], str]:
        return lambda: fetched(port, path)

    try:
        wait_for("Bitter Tea", shown("en/standards/ku-cha/"))
        records = built_world / "content/records/standards/batch-unknown.csv"
        replace(records, "Bitter Tea", "Bitterest Tea")
        wait_for("Bitterest Tea", shown("en/standards/ku-cha/"))
        replace(records, "translated", "transalted")
        wait_for("‘transalted’", log.read_text)
        replace(records, "transalted", "translated")
        replace(built_world / "content/labels.yml", "en: Its use is voluntary.", "en: Use it or not.")
        wait_for("Use it or not.", shown("en/standards/ku-cha/"))
        replace(built_world / "content/pages/en/about.md", "# About", "# About tea")
        wait_for("About tea", shown("en/about/"))
        assert (built_world / "content/records/addresses.txt").read_text("utf-8") == ""
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(PATIENCE)
    assert "Traceback" not in log.read_text("utf-8")
    assert "67 pages, " in log.read_text("utf-8")


def test_a_reason_that_many_targets_share_is_told_once():
    few = {"fields/food/": "food changed", "standards/": "food changed"}
    assert list(explanations(few)) == ["fields/food/: food changed", "standards/: food changed"]
    many = {f"standards/{number}/": "labels.yml changed" for number in range(FEW + 1)}
    assert list(explanations(many | few)) == [
        f"{FEW + 1} targets: labels.yml changed",
        "fields/food/: food changed",
        "standards/: food changed",
    ]
