"""The process that reads one attachment from standard input, into JSON."""

from __future__ import annotations

import gc
import json
import os
import sys
from contextlib import redirect_stderr, suppress

from generator.announcing.attachments.attachment import NO_MEMORY, READING_TIME, AttachmentError, sheet_data
from generator.announcing.attachments.file_types import sheets_of
from generator.catalogue.messages import Message, message_data

MEMORY = 1_200_000_000
"""Bytes that the process may take."""


def main() -> None:
    """Write the tables of the attachment on standard input as JSON.

    Of one that is refused, it writes why, as `refused`.
    """
    data = sys.stdin.buffer.read()
    # Libraries print what they think of a file. The answer goes where nothing else can be written.
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    _limit()
    # It ends when the file is read: nothing is worth collecting before.
    gc.disable()
    try:
        with redirect_stderr(sys.stdout):
            content = _answer(data)
        # A text of a damaged file may hold halves of characters.
        answer.write(json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))
    except MemoryError:
        # For an orderly exit there may be none either.
        os._exit(NO_MEMORY)
    answer.close()


def _answer(data: bytes) -> dict[str, object]:
    remarks: list[Message] = []
    try:
        sheets = sheets_of(data, remarks)
    except AttachmentError as error:
        return {"refused": message_data(error.clause)}
    return {"sheets": [sheet_data(sheet) for sheet in sheets], "remarks": [message_data(remark) for remark in remarks]}


def _limit() -> None:
    """Have the system refuse what is too much, where it can: before the caller notices, and when nobody waits."""
    try:
        import resource
    except ImportError:
        return  # Windows has no such limits.
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, READING_TIME)):
        # macOS takes no limit of memory; an editor may have set a lower one.
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, (most, most))


if __name__ == "__main__":
    main()
