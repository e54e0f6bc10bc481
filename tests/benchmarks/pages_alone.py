"""A build of the HTML pages in three languages alone: `python -m tests.benchmarks.pages_alone build`.

Links to files that are not there are not verified.
"""

from __future__ import annotations

from generator.__main__ import commands
from generator.publishing import build
from generator.publishing.targets import pieces

if __name__ == "__main__":
    build.pieces = lambda *everything: (piece for piece in pieces(*everything) if piece.is_framed)
    build.verify.problems = lambda *_: ()
    commands(prog_name="python -m generator")
