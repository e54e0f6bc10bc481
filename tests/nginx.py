"""An nginx that sends the site, this machine's or one from Debian.

Run as a program it makes sure that there is one, and fails with a sentence when none can be had.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.publishing.sharing.debian import install

BASE = "/bay/"
"""The path below which sites of the tests are sent."""
PACKAGES = ("nginx-light", "libnginx-mod-http-brotli-static")
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")


def find() -> str | None:
    """The path of an nginx that can send Brotli copies, or None."""
    path = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return path if BROTLI.exists() else None


@contextmanager
def nginx(project: Path, folder: Path, base: str) -> Iterator[str]:
    """The address at which nginx sends the site of `project` below `base`, as its own `nginx.conf` says.

    `folder` is for what nginx writes.
    """
    binary = find()
    assert binary, "There is no nginx: run `make test`, which installs one."
    below = folder / "root" / base.strip("/")
    below.parent.mkdir(parents=True)
    below.symlink_to((project / "build/site").resolve())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configuration = folder / "test.conf"
    configuration.write_text(
        f"load_module {BROTLI};\n"
        # Only root can read the folder of the tests.
        + ("user root;\n" if os.geteuid() == 0 else "")
        + f"pid {folder}/pid; error_log {folder}/error.log; daemon off; worker_processes 1;\n"
        "events {}\n"
        "http {\n"
        f"access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;\n"
        f"fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;\n"
        "include /etc/nginx/mime.types; default_type application/octet-stream;\n"
        f"server {{ listen 127.0.0.1:{port}; root {folder}/root;\n"
        f"include {(project / 'build/nginx.conf').resolve()}; }}\n"
        "}\n"
    )
    running = subprocess.Popen((binary, "-c", str(configuration)))
    try:
        for _ in range(1200):
            assert running.poll() is None, (folder / "error.log").read_text()
            try:
                socket.create_connection(("127.0.0.1", port), 0.1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}{base}"
    finally:
        running.terminate()
        running.wait()


def main() -> None:
    """Make sure that nginx is there; exit with a sentence when it cannot be had."""
    if find() is None:
        install(*PACKAGES, why="No nginx on this machine")
    if find() is None:
        sys.exit(f"No nginx with Brotli. On Debian and Ubuntu: sudo apt-get install {' '.join(PACKAGES)}")


if __name__ == "__main__":
    main()
