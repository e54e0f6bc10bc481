"""Sheets of texts → an Excel workbook, the same bytes each time."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from string import ascii_uppercase
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_ROOT_RELATIONS = (
    (f"{_OFFICE}/officeDocument", "xl/workbook.xml"),
    (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
)
_STYLES = f"""<styleSheet xmlns="{_MAIN}"><fonts count="2">
<font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE6F0EE"/><bgColor indexed="64"/></patternFill></fill></fills>
<borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border>
<border><left/><right/><top/><bottom style="thin"><color auto="1"/></bottom><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"
 applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""
_CELL, _HEADING = 1, 2
"""Places in `cellXfs` above. Number format 49 is `@`: what is typed into such a cell stays a text."""
_PADDING = 182 / 256
"""What Excel counts into the width of a column beside its characters, in characters."""
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f\ufffe\uffff]")
"""Characters that a cell has as `_x0001_`: those that XML refuses, and the first one of a text that looks like that."""


@dataclass(frozen=True, slots=True)
class WorkbookSheet:
    """One sheet of a workbook, of texts alone."""

    name: str
    widths: dict[str, int]
    """Heading → width of its column in characters; at most 26."""
    rows: Sequence[Sequence[str]]
    """The texts below the headings; '' leaves a cell out."""

    def area(self, mark: str = "") -> str:
        """The cells that it fills, such as `A1:V52`; `$A$1:$V$52` with the mark `$`."""
        return f"{mark}A{mark}1:{mark}{ascii_uppercase[len(self.widths) - 1]}{mark}{len(self.rows) + 1}"


def workbook(sheets: Sequence[WorkbookSheet], title: str, comment: str, day: date) -> bytes:
    """The .xlsx file of `sheets`, dated `day`. Headings stay in sight, and filter.

    Source of the form: ECMA-376, part 1 (SpreadsheetML) and part 2 (the package).
    """
    # Text → its place among the texts that all sheets share: a cell holds the place.
    texts: dict[str, int] = {}
    # Path below `xl/` → kind; the sheets first, so that the relation `r1` leads to the first of them.
    parts = {f"worksheets/sheet{number}.xml": "worksheet" for number, _ in enumerate(sheets, 1)}
    parts |= {"styles.xml": "styles", "sharedStrings.xml": "sharedStrings"}
    file = io.BytesIO()
    with ZipFile(file, "w") as package:
        # The first part is the one by which programs tell what a file is.
        _add(package, "[Content_Types].xml", _content_types(parts))
        _add(package, "_rels/.rels", _relations(_ROOT_RELATIONS))
        _add(package, "docProps/core.xml", [_properties(title, comment, day)])
        _add(package, "xl/workbook.xml", _contents(sheets))
        relations = ((f"{_OFFICE}/{kind}", path) for path, kind in parts.items())
        _add(package, "xl/_rels/workbook.xml.rels", _relations(relations))
        _add(package, "xl/styles.xml", [_STYLES])
        for path, sheet in zip(parts, sheets, strict=False):
            _add(package, f"xl/{path}", _sheet(sheet, texts))
        _add(package, "xl/sharedStrings.xml", _shared(texts))
    return file.getvalue()


def _add(package: ZipFile, name: str, lines: Iterable[str]) -> None:
    """Add the part `name`, line by line: a long list takes little memory so."""
    # Dated 1980, as any that names no day: the same list gives the same bytes.
    part = ZipInfo(name)
    part.compress_type = ZIP_DEFLATED
    with package.open(part, "w") as file, io.TextIOWrapper(file, "utf-8", newline="\n") as stream:
        stream.write('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n')
        stream.writelines(lines)


def _content_types(parts: dict[str, str]) -> Iterator[str]:
    office = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    package = "application/vnd.openxmlformats-package"
    yield f'<Types xmlns="{_PACKAGE}/content-types">'
    yield f'<Default Extension="rels" ContentType="{package}.relationships+xml"/>'
    yield f'<Override PartName="/docProps/core.xml" ContentType="{package}.core-properties+xml"/>'
    yield f'<Override PartName="/xl/workbook.xml" ContentType="{office}.sheet.main+xml"/>'
    for path, kind in parts.items():
        yield f'<Override PartName="/xl/{path}" ContentType="{office}.{kind}+xml"/>'
    yield "</Types>"


def _relations(targets: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The part that names `targets`, each (type, path), `r1`, `r2`, `r3`."""
    yield f'<Relationships xmlns="{_PACKAGE}/relationships">'
    for number, (kind, target) in enumerate(targets, 1):
        yield f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
    yield "</Relationships>"


def _properties(title: str, comment: str, day: date) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:description>{escape(comment)}</dc:description>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created></cp:coreProperties>'
    )


def _contents(sheets: Sequence[WorkbookSheet]) -> Iterator[str]:
    yield f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
    for number, sheet in enumerate(sheets, 1):
        yield f'<sheet name="{escape(sheet.name)}" sheetId="{number}" r:id="r{number}"/>'
    yield "</sheets><definedNames>"
    for number, sheet in enumerate(sheets):
        quoted = "'{}'".format(sheet.name.replace("'", "''"))
        yield f'<definedName name="_xlnm._FilterDatabase" localSheetId="{number}" hidden="1">'
        yield f"{escape(quoted)}!{sheet.area('$')}</definedName>"
    yield "</definedNames></workbook>"


def _sheet(sheet: WorkbookSheet, texts: dict[str, int]) -> Iterator[str]:
    yield (
        f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    )
    for number, width in enumerate(sheet.widths.values(), 1):
        yield f'<col min="{number}" max="{number}" width="{width + _PADDING}" style="{_CELL}" customWidth="1"/>'
    yield f"</cols><sheetData>{_row(1, tuple(sheet.widths), _HEADING, texts)}"
    for number, row in enumerate(sheet.rows, 2):
        yield _row(number, row, _CELL, texts)
    yield f'</sheetData><autoFilter ref="{sheet.area()}"/></worksheet>'


def _row(number: int, row: Sequence[str], style: int, texts: dict[str, int]) -> str:
    cells = [
        f'<c r="{column}{number}" s="{style}" t="s"><v>{texts.setdefault(text, len(texts))}</v></c>'
        for column, text in zip(ascii_uppercase, row, strict=False)
        if text
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def _shared(texts: Iterable[str]) -> Iterator[str]:
    yield f'<sst xmlns="{_MAIN}">'
    for text in texts:
        # Without the attribute, spaces at either end would be taken away.
        yield f'<si><t xml:space="preserve">{_printable(text)}</t></si>'
    yield "</sst>"


def _printable(text: str) -> str:
    """`text` as a part of XML."""
    return _ESCAPED.sub(lambda character: f"_x{ord(character[0]):04X}_", escape(text))
