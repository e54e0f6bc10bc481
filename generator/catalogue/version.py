"""The version of the list, which names what its records hold."""

from __future__ import annotations

import hashlib
import json

from generator.catalogue.records import Records


def digest_of(records: Records) -> str:
    """The SHA-256 digest of `records`, in 64 hexadecimal digits.

    Any record that is added, taken out, moved or changed in a cell gives another one; comments and the way in which
    the files are written do not.
    """
    tables = [
        [
            table,
            [[row.address, records.batch_of.get(row.file, ""), sorted(row.cells.items())] for row in rows],
        ]
        for table, rows in records.tables.items()
    ]
    return hashlib.sha256(json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
