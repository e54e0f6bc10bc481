"""The encoding of a text that somebody else saved."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes

from generator.announcing.attachments.attachment import AttachmentError
from generator.catalogue.messages import Message

_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "unicode": "utf-16",
}
"""What programs declare → what they write."""
_CHINESE = {"gb18030": "GB18030", "big5hkscs": "Big5"}
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
"""What a text may begin with → its encoding."""
_COMMON = frozenset("的标准標準编號编号名称名稱发發布单單位序规範规范指南要求服务務技术術管理产產品大湾灣区區粤粵")
_WESTERN = 0.1
"""The share of bytes beyond ASCII below which a text may be in a language of Western Europe."""
_DAMAGED = 0.01
"""The share of characters that may be damaged in a text before it is in another encoding."""


def start_of(data: bytes) -> bytes:
    """What `data` begins with, after white space.

    Where a mark says its encoding, it is turned into UTF-8.
    """
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    start = data[:8192].decode(encoding, "replace").encode() if encoding else data[:8192]
    return start.lstrip(b" \t\r\n")


def decoded(data: bytes, remarks: list[Message], declared: str = "") -> str:
    """The text of `data`, in the encoding that it is in.

    Its mark counts first, then UTF-8, then what it has `declared`, then GB18030 or Big5. `remarks` tells of a
    declaration that is wrong, or an encoding that nothing declares. Raises AttachmentError for an unknown one.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    declared = declared.lower()
    encoding = _encoding(data, _WIDER.get(declared, declared))
    if not encoding:
        raise AttachmentError(Message("reading.encoding-unknown"))
    name = _CHINESE.get(encoding, encoding.upper())
    if declared and encoding != _WIDER.get(declared, declared) and not data.isascii():
        remarks.append(Message("reading.encoding-other", declared=declared, name=name))
    elif not declared and encoding in _CHINESE:
        remarks.append(Message("reading.encoding-undeclared", name=name))
    return data.decode(encoding, "replace")


def _encoding(data: bytes, declared: str) -> str:
    """The encoding of `data`; '' where none is known."""
    # Hardly a text in another encoding is UTF-8 by chance.
    if _is(data, "utf-8"):
        return "utf-8"
    beyond = sum(byte > 0x7F for byte in data) / len(data)
    if (declared in _CHINESE or (declared not in ("", "utf-8") and beyond < _WESTERN)) and _is(data, declared):
        return declared
    if data.decode("utf-8", "replace").count("\ufffd") < _DAMAGED * len(data) and beyond >= _WESTERN:
        return "utf-8"
    likely: dict[str, float] = {}
    for encoding in _CHINESE:
        best = from_bytes(data, cp_isolation=[encoding]).best()
        if best:
            # Of two that can be read, the right one holds the commoner characters.
            likely[encoding] = 1 - best.chaos + sum(c in _COMMON for c in str(best)) / len(str(best))
    return max(likely, key=likely.__getitem__, default="")


def _is(data: bytes, encoding: str) -> bool:
    try:
        codecs.decode(data, encoding)
    except (UnicodeError, LookupError):
        return False
    return True
