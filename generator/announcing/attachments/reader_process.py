"""The process that reads one attachment: its bytes on standard input, its tables as JSON on standard output."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict

from generator.announcing.attachments.attachment import NO_MEMORY, PATIENCE, AttachmentError
from generator.announcing.attachments.file_types import sheets_of

MEMORY = 1_500_000_000
"""Bytes that the process may take."""


def main() -> None:
    """Read standard input; what cannot be read is told as `refused`."""
    _limit()
    # It ends when the file is read: nothing is worth collecting before.
    gc.disable()
    remarks: list[str] = []
    try:
        sheets = sheets_of(sys.stdin.buffer.read(), remarks)
    except AttachmentError as error:
        told = {"refused": str(error)}
    except MemoryError:
        sys.exit(NO_MEMORY)
    else:
        told = {
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
    json.dump(told, sys.stdout)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit of the caller holds there too.
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PATIENCE, PATIENCE))


if __name__ == "__main__":
    main()
