"""Packages of Debian for a machine that lacks what a program needs."""

from __future__ import annotations

import os
import shutil
import subprocess

from generator.catalogue.messages import Message


def install(*packages: str, why: Message | str) -> None:
    """Print `why`, then install `packages`, on Debian or Ubuntu as root; elsewhere do nothing.

    Whether they are there then is for the caller to see.
    """
    if not shutil.which("apt-get") or os.geteuid():
        return
    print(Message("build.installing", why=why), flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("update", "-qq"), ("install", "-y", "-qq", "--no-install-recommends", *packages)):
        subprocess.run(("apt-get", *command), env=environment, stdout=subprocess.DEVNULL, check=False)
