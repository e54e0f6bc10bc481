"""Values → JSON whose Chinese stays Chinese, the same text each time."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _quoted

one_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A value → its JSON on one line, without spaces."""


def indented(value: object) -> str:
    """The JSON of `value`: each member on a line, one space deeper at each level."""
    return _indented(value, "\n") + "\n"


def _indented(value: object, line: str) -> str:
    # What `json.dumps(…, indent=1)` prints: with an indent, the library takes twice as long.
    if isinstance(value, str):
        return _quoted(value)
    inner = f"{line} "
    if isinstance(value, dict) and value:
        members = [f"{inner}{_quoted(name)}: {_indented(one, inner)}" for name, one in value.items()]
        return f"{{{','.join(members)}{line}}}"
    if isinstance(value, (list, tuple)) and value:
        return f"[{','.join([inner + _indented(one, inner) for one in value])}{line}]"
    return one_line(value)
