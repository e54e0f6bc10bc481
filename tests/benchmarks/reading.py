"""Weight of pages, beside what Lighthouse says: `python -m tests.benchmarks.reading`.

The real list is built and sent by nginx as its own configuration says. For a page of each kind, the heaviest of the
three languages: requests and bytes of the first view on a phone, as they are sent; bytes of the page itself; elements.
Then the scores of Lighthouse (from npm) in each language, for a phone on a slow line: performance, accessibility, best
practices, search engines; the median of three rounds for a page that is below 100 in any, as a busy moment of the
machine lowers them.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from tests.browsing import View, a_browser, first_view
from tests.chromium import FLAGS, find
from tests.conftest import REPOSITORY, built, make_project
from tests.nginx import BASE, nginx

LIGHTHOUSE = "lighthouse@13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = {
    "home": "",
    "list": "standards/",
    "standard": "standards/wq-1-8/",
    "fields": "fields/",
    "field": "fields/food/",
    "announcements": "batches/",
    "announcement": "batches/2023-04/",
    "organisations": "organisations/",
    "organisation": "organisations/guangdong-gba-standards-promotion-association/",
    "changes": "changes/",
    "about": "about/",
    "data": "data/",
}


def main() -> None:
    """Measure, and print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = built(make_project(folder / "project", REPOSITORY / "content/records"))
        subprocess.run(("npm", "install", "--silent", "--prefix", folder, LIGHTHOUSE), check=True)
        with nginx(project, folder, BASE) as address:
            print("| page | requests | failed | sent, KB | page, KB | elements | Lighthouse |")
            print("|---|---|---|---|---|---|---|")
            for kind, path in PAGES.items():
                with a_browser() as browser:
                    views = [first_view(browser, f"{address}{language}/{path}") for language in LANGUAGES]
                scores = (_scores(folder, f"{address}{language}/{path}") for language in LANGUAGES)
                print(f"| {' | '.join((kind, *_worst(views), ', '.join(scores)))} |", flush=True)


def _worst(views: list[View]) -> Iterator[str]:
    yield str(max(len(view.requests) for view in views))
    yield str(max(len(view.failed) for view in views))
    yield f"{max(view.sent for view in views) / 1000:.1f}"
    yield f"{max(view.html for view in views) / 1000:.1f}"
    yield str(max(view.elements for view in views))


def _scores(folder: Path, address: str) -> str:
    rounds = [lighthouse(folder, address)]
    if min(rounds[0]) < 100:
        rounds += [lighthouse(folder, address) for _ in range(2)]
    return " ".join(str(statistics.median(scores)) for scores in zip(*rounds, strict=True))


def lighthouse(folder: Path, address: str) -> list[int]:
    """Lighthouse's scores for the page at `address`; `folder` is where it is installed."""
    command = (
        *(folder / "node_modules/.bin/lighthouse", address, "--quiet", "--output=json"),
        *(f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags=--headless=new {' '.join(FLAGS)}"),
    )
    options = {"env": os.environ | {"CHROME_PATH": find()}, "stdout": subprocess.PIPE, "text": True}
    process = subprocess.run(command, **options)
    if process.returncode:
        # Now and then it misses the beginning of a page, and asks to be run again.
        process = subprocess.run(command, **options, check=True)
    categories = json.loads(process.stdout)["categories"]
    return [round(categories[name]["score"] * 100) for name in CATEGORIES]


if __name__ == "__main__":
    main()
