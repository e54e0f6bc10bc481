"""Firefox and WebKitGTK, the engine of Safari, for the tests: this machine's, or Debian's packages.

Run as a program it makes sure that both are there, and fails with a sentence when one cannot be had.
Both take the commands of WebDriver: WebKitGTK by HTTP, Firefox by a socket, as no package brings what would translate.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from generator.publishing.sharing.debian import install

PACKAGES = {"Firefox": ("firefox-esr",), "WebKitGTK": ("webkit2gtk-driver", "xvfb")}
_PREFERENCES = """\
user_pref("marionette.port", 0);
user_pref("app.update.auto", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
"""
_PATIENCE = 120
"""Seconds after which a browser that does not answer has failed, on the busiest machine."""

Send = Callable[[str, dict[str, Any]], Any]
"""Gives the answer to a command of WebDriver, by its name, with its values."""


class RefusalError(Exception):
    """What a browser answers that does not do what it is asked."""


def find(name: str) -> str | None:
    """The path of Firefox, or of what drives WebKitGTK; None where it is not, or has no display to draw on."""
    if name == "Firefox":
        return shutil.which("firefox-esr") or shutil.which("firefox")
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None


def _found(name: str) -> str:
    path = find(name)
    assert path, f"There is no {name}: run `make test`, which installs one."
    return path


@contextmanager
def _process(
    *command: str, stdout: int | None = None, env: dict[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    running = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL, env=env)
    try:
        yield running
    finally:
        running.terminate()
        running.wait()
        if running.stdout:
            running.stdout.close()


def _patiently(attempt: Callable[[], Any], running: subprocess.Popen[bytes]) -> Any:
    """What `attempt` gives as soon as the program that is `running` is ready for it."""
    for _ in range(_PATIENCE * 20):
        assert running.poll() is None, f"{running.args} has ended."
        try:
            return attempt()
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError(f"{running.args} does not answer.")


@contextmanager
def firefox(folder: Path) -> Iterator[Send]:
    """A Firefox that takes commands; `folder` is for what it writes."""
    (folder / "user.js").write_text(_PREFERENCES, "utf-8")
    with _process(_found("Firefox"), "--headless", "--no-remote", "--marionette", "--profile", str(folder)) as running:
        port = _patiently(lambda: int((folder / "MarionetteActivePort").read_text()), running)
        with (
            socket.create_connection(("127.0.0.1", port), _PATIENCE) as connection,
            connection.makefile("rb") as answers,
        ):

            def received() -> Any:
                length = b""
                while not length.endswith(b":"):
                    length += answers.read(1) or b":"
                return json.loads(answers.read(int(length[:-1])))

            def send(name: str, values: dict[str, Any]) -> Any:
                command = json.dumps([0, 1, f"WebDriver:{name}", values]).encode()
                connection.sendall(b"%d:%b" % (len(command), command))
                _, _, error, answer = received()
                if error:
                    raise RefusalError(error)
                return answer.get("value") if answer else None

            received()
            send("NewSession", {})
            yield send


@contextmanager
def webkit(folder: Path) -> Iterator[Send]:
    """A WebKitGTK that takes commands; `folder` is for what it writes."""
    driver = _found("WebKitGTK")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    paths = {"Navigate": "url", "ExecuteAsyncScript": "execute/async", "PerformActions": "actions", "Back": "back"}

    def asked(method: str, path: str, values: dict[str, Any] | None = None) -> Any:
        data = None if values is None else json.dumps(values).encode()
        request = urllib.request.Request(address + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RefusalError(error.read().decode()) from error

    screen = ("Xvfb", "-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp")
    with _process(*screen, stdout=subprocess.PIPE) as display:
        assert display.stdout
        number = display.stdout.readline().decode().strip()
        environment = os.environ | {"DISPLAY": f":{number}", "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
        with _process(driver, f"--port={port}", env=environment) as running:
            _patiently(lambda: asked("GET", "/status"), running)
            session = asked("POST", "/session", {"capabilities": {}})["sessionId"]
            yield lambda name, values: asked("POST", f"/session/{session}/{paths[name]}", values)
            asked("DELETE", f"/session/{session}")


def main() -> None:
    """Make sure that the browsers are there; exit with a sentence when one cannot be had."""
    for name, packages in PACKAGES.items():
        if find(name) is None:
            install(*packages, why=f"No {name} on this machine")
        if find(name) is None:
            sys.exit(f"No {name}. On Debian and Ubuntu: sudo apt-get install {' '.join(packages)}")
        print(f"Tests in {name} use {find(name)}")


if __name__ == "__main__":
    main()
