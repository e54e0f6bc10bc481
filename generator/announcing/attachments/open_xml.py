"""The parts of a document of Office since 2007."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from lxml.etree import XMLParser, fromstring
from lxml.etree import _Element as Element

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
"""The namespaces of the strict form of Open XML (ISO/IEC 29500-1), which Excel and Word offer in “Save As”."""
_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


def part(archive: zipfile.ZipFile, name: str) -> Element:
    """The root of a part of `archive`, in the transitional form of Open XML.

    Raises KeyError for a part that is not there, or lxml's XMLSyntaxError.
    """
    parser = XMLParser(resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True)
    return fromstring(transitional(archive.read(name)), parser)


def relation(archive: zipfile.ZipFile, source: str, kind: str) -> str:
    """The part of `archive` that `source` names as its `kind`; '' for none.

    A kind is a word such as `styles`.
    """
    folder, name = posixpath.split(source)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if relations not in archive.namelist():
        return ""
    for one in part(archive, relations):
        if (one.get("Type") or "").endswith(f"/{kind}"):
            target = posixpath.normpath(posixpath.join("/", folder, one.get("Target") or ""))
            return target.lstrip("/")
    return ""


def transitional(data: bytes) -> bytes:
    """The part `data` in the transitional form of Open XML, which libraries read."""
    return _STRICT.sub(_TRANSITIONAL, data)


def is_strict(archive: zipfile.ZipFile) -> bool:
    """Whether `archive` is in the strict form."""
    return bool(_STRICT.search(archive.read("_rels/.rels")))


def all_transitional(archive: zipfile.ZipFile) -> bytes:
    """The document `archive`, its parts in the transitional form."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for entry in archive.infolist():
            copy.writestr(entry, transitional(archive.read(entry)))
    return out.getvalue()
