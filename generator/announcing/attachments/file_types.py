"""The kind of a file by its bytes, whatever its name says."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from generator.announcing.attachments.attachment import AttachmentError, Sheet
from generator.announcing.attachments.bounds import MARKUP, MAX_TAGS, PARTS, TOO_MUCH, UNPACKED, bounded
from generator.announcing.attachments.encodings import start_of
from generator.announcing.attachments.unreadable import (
    MACROS,
    PROTECTED,
    why_unreadable,
    why_unreadable_office,
    why_unreadable_zip,
)
from generator.catalogue.messages import Message

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURE = re.compile(r"(?:^|/)(?:media|Pictures|ObjectReplacements|Thumbnails)/")
"""The folders of a zipped document whose files may be large, and are not read."""
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")

_Reader = tuple[str, str]
"""The module and the function that read a kind of file."""


def sheets_of(data: bytes, remarks: list[Message]) -> list[Sheet]:
    """The tables that `data` holds; how it was understood is added to `remarks`.

    Raises AttachmentError for a file that is damaged, protected, hostile or of no known kind.
    """
    with _damage_named(Message("reading.kind-document")):
        kind, (module, function) = _kind(data)
    # Each kind's libraries take long to load, and one file is of one kind.
    read = getattr(import_module(f"generator.announcing.attachments.{module}"), function)
    with _damage_named(kind):
        sheets = list(bounded(read(data, remarks)))
    if not any(cell.text for sheet in sheets for row in sheet.rows for cell in row):
        raise AttachmentError(Message("reading.no-table", kind=kind))
    return sheets


@contextmanager
def _damage_named(kind: Message) -> Iterator[None]:
    """Whatever is raised over the content of a file is a damage of the file.

    Other people's formats, with their readers, fail in as many ways as files do. That our own readers do not fail by
    themselves is for the tests of intact files to say.
    """
    try:
        yield
    except (AttachmentError, MemoryError):
        raise
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".strip(": ").split())[:120]
        raise AttachmentError(Message("reading.damaged", kind=kind, what=what)) from error


def _kind(data: bytes) -> tuple[Message, _Reader]:
    """The editor's name for the kind of file that `data` is, with its reader."""
    if data[:4] == b"PK\x03\x04":
        return _zipped(data)
    if data[:8] == _OLE:
        if clause := why_unreadable_office(data):
            raise AttachmentError(clause)
        return Message("reading.kind-xls"), ("spreadsheets", "xls")
    start = start_of(data).lower()
    if start.startswith(b"%pdf-"):
        return Message("reading.kind-pdf"), ("pdf", "pdf")
    if clause := why_unreadable(start_of(data)):
        raise AttachmentError(clause)
    if start.startswith(b"<") or b"<html" in start or b"<table" in start:
        return Message("reading.kind-page"), ("web_pages", "html")
    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise AttachmentError(Message("reading.no-kind"))
    return Message("reading.kind-csv"), ("spreadsheets", "csv")


def _zipped(data: bytes) -> tuple[Message, _Reader]:
    """The kind of a file of Office since 2007, or of an OpenDocument file."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise AttachmentError(Message("reading.zip-cut")) from None
    names = {entry.filename for entry in archive.infolist()}
    _refuse_hostile(archive)
    if "xl/workbook.xml" in names:
        return Message("reading.kind-xlsx"), ("spreadsheets", "xlsx")
    if any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return Message("reading.kind-word"), ("word", "docx")
    if "content.xml" in names and "mimetype" in names:
        if b"spreadsheet" not in archive.read("mimetype")[:200]:
            raise AttachmentError(Message("reading.open-document"))
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise AttachmentError(PROTECTED)
        return Message("reading.kind-ods"), ("spreadsheets", "ods")
    raise AttachmentError(why_unreadable_zip(names))


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    """Raise AttachmentError for an `archive` that is protected, or could harm whoever reads it."""
    entries = archive.infolist()
    markup = [entry for entry in entries if not _PICTURE.search(entry.filename)]
    if (
        len(entries) > PARTS
        or sum(entry.file_size for entry in entries) > UNPACKED
        or sum(entry.file_size for entry in markup) > MARKUP
    ):
        raise AttachmentError(TOO_MUCH)
    if any(entry.flag_bits & 1 for entry in entries):
        raise AttachmentError(PROTECTED)
    if any(entry.filename.endswith("vbaProject.bin") for entry in entries):
        raise AttachmentError(MACROS)
    tags = 0
    for entry in markup:
        part = archive.read(entry)
        tags += part.count(b"<")
        # As UTF-16 it is the same letters with zeros between.
        if _DECLARATION.search(part.replace(b"\0", b"")):
            raise AttachmentError(Message("reading.entities"))
    if tags > MAX_TAGS:
        raise AttachmentError(TOO_MUCH)
