"""The kinds of files that cannot be read, with what to do about each."""

from __future__ import annotations

import re

from generator.catalogue.messages import Message

_PICTURE = Message("reading.picture")
PROTECTED = Message("reading.protected")
MACROS = Message("reading.macros")

_BY_START: tuple[tuple[re.Pattern[bytes], Message], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), clause)
    for pattern, clause in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0\0\0\0|RIFF.{4}WEBP", _PICTURE),
        (rb".{4}ftyp(?:hei|avi|mif)|\0\0\0\x0cjP  |<svg|<\?xml.{0,600}<svg", _PICTURE),
        (rb"Rar!\x1a", Message("reading.archive", endings=".rar")),
        (rb"7z\xbc\xaf\x27\x1c", Message("reading.archive", endings=".7z")),
        (rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|.{257}ustar", Message("reading.archive", endings=(".tar", ".gz"))),
        (rb"\{\\rtf", Message("reading.rich-text")),
        (
            rb"(?:from: <saved by|mime-version:|snapshot-).{0,4000}(?:multipart/related|x-document-type)",
            Message("reading.web-archive"),
        ),
        (
            rb"(?:(?:received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|reply-to|"
            rb"content-type|dkim-signature|x-[\w-]+): [^\n]*\n(?:[ \t][^\n]*\n)*){2}",
            Message("reading.mail"),
        ),
        (rb"<\?xml.{0,3000}urn:schemas-microsoft-com:office:spreadsheet", Message("reading.xml-spreadsheet")),
        (rb"<\?xml.{0,3000}(?:office/word/2003/wordml|<pkg:package)", Message("reading.word-xml")),
        (rb"<\?xml.{0,3000}<office:document", Message("reading.flat-open-document")),
        (rb"<\?xml.{0,3000}<uof:", Message("reading.uof")),
        (rb"<\?xml(?!.{0,4000}<(?:html|table))", Message("reading.xml")),
        (rb"[{\[]\s*[{\[\"]", Message("reading.json")),
        (rb"\[InternetShortcut\]|L\0\0\0\x01\x14\x02", Message("reading.shortcut")),
        (rb"(?:CAJ|KDH ).{0,16}\0", Message("reading.caj")),
        (rb"%!PS", Message("reading.postscript")),
    )
)
"""What a file begins with → what it is."""

_BY_STREAM = (
    ("EncryptedPackage", PROTECTED),
    ("_VBA_PROJECT", MACROS),
    ("PowerPoint Document", Message("reading.old-slides")),
    ("__properties_version1.0", Message("reading.outlook-mail")),
)
"""What stands in a file of Office before 2007 → what it is."""

_BY_PART: tuple[tuple[re.Pattern[str], Message], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), clause)
    for pattern, clause in (
        (r"^(?:Doc_\d+/)?OFD\.xml$", Message("reading.ofd")),
        (r"\.iwa$|^Index\.zip$|^index\.apxl$", Message("reading.apple")),
        (r"^xl/workbook\.bin$", Message("reading.xlsb")),
        (r"^ppt/presentation\.xml$", Message("reading.slides")),
        (r"(?:^|/)uof\.xml$", Message("reading.uof")),
        (r"^META-INF/container\.xml$", Message("reading.epub")),
    )
)
"""The name of a part of a zipped file → what it is."""


def why_unreadable(start: bytes) -> Message | None:
    """Why a file that begins with `start` cannot be read; None where it may be."""
    return next((clause for pattern, clause in _BY_START if pattern.match(start)), None)


def why_unreadable_office(data: bytes) -> Message | None:
    """Why an old file of Office cannot be read; None for a workbook."""
    if clause := next((clause for stream, clause in _BY_STREAM if _has(data, stream)), None):
        return clause
    return Message("reading.old-word") if _has(data, "WordDocument") and not _has(data, "Workbook") else None


def why_unreadable_zip(names: set[str]) -> Message:
    """Why a zipped file cannot be read that is no document, by its `names`."""
    listing = "\n".join(sorted(names))
    if clause := next((clause for pattern, clause in _BY_PART if pattern.search(listing)), None):
        return clause
    files = tuple(name for name in sorted(names) if not name.endswith("/"))
    if not files:
        return Message("reading.empty-zip")
    if len(files) > 3:
        return Message("reading.zip-with-more", files=files[:3], count=len(files) - 3)
    return Message("reading.zip", files=files)


def _has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data
