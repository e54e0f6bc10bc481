"""The kinds of files that cannot be read, with what to do about each."""

from __future__ import annotations

import re

_PICTURE = (
    "is a picture, not text; ask for the spreadsheet, or have its text recognised, hold that against the picture, and "
    "save it as .xlsx"
)
_ARCHIVE = "is an archive of files ({}); unpack it and import the file inside"
_SAVED_PAGE = "is a web archive (.mht); open it in a browser or in Excel, and save it as “Web page, HTML only” or .xlsx"

_BY_START: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL | re.IGNORECASE), sentence)
    for pattern, sentence in (
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|BM.{4}\0\0\0\0|RIFF.{4}WEBP", _PICTURE),
        (rb".{4}ftyp(?:hei|avi|mif)|\0\0\0\x0cjP  |<svg|<\?xml.{0,600}<svg", _PICTURE),
        (rb"Rar!\x1a", _ARCHIVE.format(".rar")),
        (rb"7z\xbc\xaf\x27\x1c", _ARCHIVE.format(".7z")),
        (rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ|.{257}ustar", _ARCHIVE.format(".tar, .gz")),
        (rb"\{\\rtf", "is a rich-text file (.rtf); open it in Word or WPS and save it as .docx"),
        (rb"(?:from: <saved by|mime-version:|snapshot-).{0,4000}(?:multipart/related|x-document-type)", _SAVED_PAGE),
        (
            rb"(?:(?:received|return-path|delivered-to|from|to|cc|subject|date|message-id|mime-version|reply-to|"
            rb"content-type|dkim-signature|x-[\w-]+): [^\n]*\n(?:[ \t][^\n]*\n)*){2}",
            "is a mail (.eml); open it, save what is attached to it, and import that",
        ),
        (
            rb"<\?xml.{0,3000}urn:schemas-microsoft-com:office:spreadsheet",
            "is an XML spreadsheet of 2003 (.xml); open it in Excel and save it as .xlsx",
        ),
        (
            rb"<\?xml.{0,3000}(?:office/word/2003/wordml|<pkg:package)",
            "is a Word file kept as XML; open it in Word and save it as .docx",
        ),
        (
            rb"<\?xml.{0,3000}<office:document",
            "is a flat OpenDocument file; open it in LibreOffice and save it as .ods or .docx",
        ),
        (rb"<\?xml.{0,3000}<uof:", "is a file of the office format UOF; open it in WPS and save it as .xlsx or .docx"),
        (
            rb"<\?xml(?!.{0,4000}<(?:html|table))",
            "is an XML file, made for programs; ask for the spreadsheet, or open it where "
            "it comes from and save its table as .xlsx",
        ),
        (rb"[{\[]\s*[{\[\"]", "is a JSON file, made for programs; ask for the spreadsheet"),
        (
            rb"\[InternetShortcut\]|L\0\0\0\x01\x14\x02",
            "is a link to a file, not the file; open it, and save what it shows",
        ),
        (
            rb"(?:CAJ|KDH ).{0,16}\0",
            "is a file of CAJViewer; open it there and print it into a PDF, or ask for the spreadsheet",
        ),
        (rb"%!PS", "is a PostScript file; save it as PDF"),
    )
)
"""What a file begins with → what it is."""

_BY_STREAM = (
    ("EncryptedPackage", "is protected by a password; open it, take the password off, and save it"),
    ("_VBA_PROJECT", "holds macros; open it, save it as .xlsx or .docx, which cannot hold any, and import that"),
    ("PowerPoint Document", "is a file of slides (.ppt); copy its table into a spreadsheet and save it as .xlsx"),
    ("__properties_version1.0", "is a mail of Outlook (.msg); open it, save what is attached to it, and import that"),
)
"""What stands in a file of Office before 2007 → what it is."""
OLD_WORD = "is a Word or WPS file of the old kind (.doc, .wps); open it in Word or WPS and save it as .docx"
NO_WORKBOOK = (
    "is an Office or WPS file of the old kind, but no workbook that can be read; open it in the program that made it "
    "(Word, WPS) and save it as .xlsx or .docx"
)

_BY_PART: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), sentence)
    for pattern, sentence in (
        (
            r"^(?:Doc_\d+/)?OFD\.xml$",
            "is an OFD file; open it in its reader or in WPS and save it as PDF, or ask for the spreadsheet",
        ),
        (
            r"\.iwa$|^Index\.zip$|^index\.apxl$",
            "is a file of Apple’s Numbers or Pages; open it there and press File > Export To > Excel or Word",
        ),
        (r"^xl/workbook\.bin$", "is a binary spreadsheet (.xlsb); open it in Excel and save it as .xlsx"),
        (
            r"^ppt/presentation\.xml$",
            "is a file of slides (.pptx); copy its table into a spreadsheet and save it as .xlsx",
        ),
        (r"(?:^|/)uof\.xml$", "is a file of the office format UOF; open it in WPS and save it as .xlsx or .docx"),
        (
            r"^META-INF/container\.xml$",
            "is an electronic book (.epub); copy its table into a spreadsheet and save it as .xlsx",
        ),
    )
)
"""The name of a part of a zipped file → what it is."""


def why_unreadable(start: bytes) -> str:
    """The sentence about a file that begins with `start`; '' where it may be read."""
    return next((sentence for pattern, sentence in _BY_START if pattern.match(start)), "")


def why_unreadable_office(data: bytes) -> str:
    """The sentence about an old file of Office; '' for a workbook."""
    if sentence := next((sentence for stream, sentence in _BY_STREAM if _has(data, stream)), ""):
        return sentence
    return OLD_WORD if _has(data, "WordDocument") and not _has(data, "Workbook") else ""


def why_unreadable_zip(names: set[str]) -> str:
    """The sentence about a zipped file that is no document, by its `names`."""
    listing = "\n".join(sorted(names))
    if sentence := next((sentence for pattern, sentence in _BY_PART if pattern.search(listing)), ""):
        return sentence
    files = [name for name in sorted(names) if not name.endswith("/")]
    more = f" and {len(files) - 3} more" if len(files) > 3 else ""
    return f"is a zip file that holds {', '.join(files[:3]) or 'nothing'}{more}; unpack it and import the file inside"


def _has(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data
