"""Contents that show whether they are whole."""

from __future__ import annotations

import zlib

_LENGTH = 9
"""Bytes of the line in front of a content: the CRC-32 of its name and itself, in hexadecimal digits."""


def sealed(name: str, content: bytes) -> bytes:
    """`content` as it is to be written.

    `name` says what it is: a file that takes the place of another one is not what was written there.
    """
    return _seal(name, content) + content


def unsealed(name: str, stored: bytes | None) -> bytes | None:
    """The content that was sealed as `name`.

    None where `stored` is torn, damaged, or from elsewhere.
    """
    if stored is None:
        return None
    content = stored[_LENGTH:]
    return content if stored[:_LENGTH] == _seal(name, content) else None


def _seal(name: str, content: bytes) -> bytes:
    return b"%08x\n" % zlib.crc32(content, zlib.crc32(name.encode()))
