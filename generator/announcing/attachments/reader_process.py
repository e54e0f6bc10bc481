"""The process that reads one attachment from standard input, into JSON."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict

from generator.announcing.attachments.attachment import NO_MEMORY, READING_TIME, AttachmentError
from generator.announcing.attachments.file_types import sheets_of

MEMORY = 1_500_000_000
"""Bytes that the process may take."""


def main() -> None:
    """Write the tables of the attachment on standard input as JSON.

    Of one that is refused, it writes why, as `refused`.
    """
    _limit()
    # It ends when the file is read: nothing is worth collecting before.
    gc.disable()
    remarks: list[str] = []
    try:
        sheets = sheets_of(sys.stdin.buffer.read(), remarks)
    except AttachmentError as error:
        answer: dict[str, object] = {"refused": str(error)}
    except MemoryError:
        sys.exit(NO_MEMORY)
    else:
        answer = {
            "sheets": [
                asdict(sheet)
                | {
                    "rows": [[(cell.text, cell.damage) for cell in row] for row in sheet.rows],
                    "hidden_rows": sorted(sheet.hidden_rows),
                }
                for sheet in sheets
            ],
            "remarks": remarks,
        }
    json.dump(answer, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the caller holds there too.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (READING_TIME, READING_TIME))


if __name__ == "__main__":
    main()
