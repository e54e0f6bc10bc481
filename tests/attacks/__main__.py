"""Repeats the trials and prints their table: `python -m tests.attacks [--seed N] [ROOM …]`."""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module

from tests.attacks.trial import Trial

ROOMS = {
    "records": "damaged and odd records",
    "words": "damaged words, pages, settings and templates",
    "processes": "kills, signals and machines that refuse",
    "state": "damage of what the program wrote, and edits in any order",
    "attachments": "damaged and hostile attachments",
    "texts": "texts of strangers in every value",
    "serving": "the server of the site and its addresses",
}
"""Module of trials → what it attacks."""


def main() -> None:
    """Run the trials of the rooms named, or of all; exit with 1 where one attack was not withstood."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "rooms", nargs="*", metavar="ROOM", help=", ".join(f"{name}: {what}" for name, what in ROOMS.items())
    )
    parser.add_argument("--seed", type=int, default=2026, help="what is chosen at random is chosen by it")
    arguments = parser.parse_args()
    if unknown := set(arguments.rooms) - set(ROOMS):
        parser.error(f"no such room: {', '.join(sorted(unknown))}; one of {', '.join(ROOMS)}")
    wrong: list[Trial] = []
    print("| # | trial | tried | wrong | seconds |\n|---|---|---|---|---|")
    for room in arguments.rooms or ROOMS:
        started = time.monotonic()
        for trial in import_module(f"tests.attacks.{room}").trials(arguments.seed):
            seconds, started = time.monotonic() - started, time.monotonic()
            print(f"| {trial.number} | {trial.what} | {trial.tried} | {len(trial.wrong)} | {seconds:.0f} |", flush=True)
            if trial.wrong:
                wrong.append(trial)
    for trial in wrong:
        print(f"\n{trial.number}:", *trial.wrong, sep="\n  ")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
