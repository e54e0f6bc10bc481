"""The texts of an OpenDocument spreadsheet with their looks."""

from __future__ import annotations

import re

from odf.element import Element
from odf.namespaces import DRAWNS, OFFICENS, STYLENS, TABLENS, TEXTNS
from odf.opendocument import OpenDocument
from odf.style import Style

from generator.announcing.attachments.shown import Run

_UNSEEN = ((OFFICENS, "annotation"), (TEXTNS, "note"), (TEXTNS, "ruby-text"))
"""Elements of a cell that are no part of its text."""
_LINES = ((TEXTNS, "p"), (TEXTNS, "h"), (TEXTNS, "line-break"))


class OpenLooks:
    """The named looks of a document."""

    def __init__(self, document: OpenDocument) -> None:
        styles = [*document.styles.getElementsByType(Style), *document.automaticstyles.getElementsByType(Style)]
        self.styles = {str(style.getAttrNS(STYLENS, "name")): style for style in styles}

    def is_hidden(self, table: Element) -> bool:
        """Whether `table` is a hidden sheet."""
        style = self.styles.get(table.getAttrNS(TABLENS, "style-name") or "")
        return bool(style) and any(child.getAttrNS(TABLENS, "display") == "false" for child in style.childNodes)

    def runs(self, cell: Element, style: str) -> list[Run]:
        """The text of `cell`, which has that style."""
        return self._runs(cell, self._look(style, Run(""))) if cell.childNodes else []

    def _look(self, name: str, look: Run) -> Run:
        """The look of a text in a style within what looks as `look`."""
        chain: list[Element] = []
        while name in self.styles and len(chain) < 12:
            chain.append(self.styles[name])
            name = str(self.styles[name].getAttrNS(STYLENS, "parent-style-name") or "")
        for style in reversed(chain):
            for properties in style.childNodes:
                lines = [properties.getAttrNS(STYLENS, f"text-line-through-{one}") for one in ("style", "type")]
                position = properties.getAttrNS(STYLENS, "text-position")
                if any(lines):
                    look = look._replace(is_struck="none" not in lines)
                if position:
                    look = look._replace(is_raised=str(position).startswith(("super", "33")))
        return look

    def _runs(self, node: Element, look: Run) -> list[Run]:
        runs: list[Run] = []
        for child in node.childNodes:
            if child.nodeType == child.TEXT_NODE:
                runs.append(look._replace(text=re.sub(r"\s+", " ", str(child))))
            elif child.nodeType != child.ELEMENT_NODE or child.qname in _UNSEEN or child.qname[0] == DRAWNS:
                continue
            elif child.qname == (TEXTNS, "s"):
                runs.append(look._replace(text=" " * int(child.getAttrNS(TEXTNS, "c") or 1)))
            elif child.qname == (TEXTNS, "tab"):
                runs.append(look._replace(text="\t"))
            else:
                if child.qname in _LINES:
                    runs.append(look._replace(text="\n"))
                runs += self._runs(child, self._look(child.getAttrNS(TEXTNS, "style-name") or "", look))
        return runs
