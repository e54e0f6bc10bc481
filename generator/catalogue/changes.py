"""The changes between two lists, standard by standard."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from generator.catalogue.columns import STANDARD, Facts, Kind
from generator.catalogue.messages import ChoiceName, ColumnName, Message
from generator.catalogue.records import SEPARATOR, several

_COLUMNS = [column.name for column in STANDARD]
_MANY = frozenset(column.name for column in STANDARD if column.many)
_CHOICES = frozenset(column.name for column in STANDARD if column.kind is Kind.CHOICE)

Sign = Literal["+", "~", "-"]
"""Whether a standard came, changed or went."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two lists."""

    sign: Sign
    address: str
    """The standard's, in the later list where it is in both."""
    attribute: str
    """The column; '' where a whole standard came or went."""
    before: str
    after: str

    @property
    def line(self) -> Message:
        """The difference in words."""
        if not self.attribute:
            what = self.after or self.before
            return Message("check.change", sign=self.sign, address=self.address, what=what)
        what = Message("check.change-of", column=ColumnName(self.attribute), what=self._what())
        return Message("check.change", sign=self.sign, address=self.address, what=what)

    def _what(self) -> str | ChoiceName | Message:
        """What the attribute became."""
        if SEPARATOR in self.before or self.attribute in _MANY:
            old, new = several(self.before), several(self.after)
            differences = (*(f"+{one}" for one in new if one not in old), *(f"-{one}" for one in old if one not in new))
            return " ".join(differences) or Message("check.another-order")
        if not self.before:
            return self._value(self.after)
        after = self._value(self.after) if self.after else Message("check.empty")
        return Message("check.from-to", before=self._value(self.before), after=after)

    def _value(self, text: str) -> str | ChoiceName:
        return ChoiceName(self.attribute, text) if self.attribute in _CHOICES else text


def changes(before: Mapping[str, Facts], after: Mapping[str, Facts]) -> Iterator[Change]:
    """Every difference between two lists, by address, in the order of `after`, what went last.

    A standard whose address moved is the same one when the new record names the old address as former.
    """
    moved = {
        former: address
        for address, facts in after.items()
        for former in several(facts.get("former_addresses", ""))
        if former in before and former not in after
    }
    origins = {address: former for former, address in moved.items()}
    for address, facts in after.items():
        origin = origins.get(address, address)
        if origin not in before:
            yield Change("+", address, "", "", headline(facts))
            continue
        if origin != address:
            yield Change("~", address, "address", origin, address)
        for column in sorted({*before[origin], *facts}, key=_order):
            old, new = before[origin].get(column, ""), facts.get(column, "")
            if old != new and column not in ("address", "former_addresses"):
                yield Change("~", address, column, old, new)
    for address, facts in before.items():
        if address not in after and address not in moved:
            yield Change("-", address, "", headline(facts), "")


def headline(facts: Facts) -> str:
    """A standard in one line: its numbers and its title."""
    named = (facts.get(column, "") for column in ("list_identifier", "designation", "title:zh-Hans"))
    return " · ".join(filter(None, named))


def _order(column: str) -> int:
    return _COLUMNS.index(column) if column in _COLUMNS else len(_COLUMNS)
