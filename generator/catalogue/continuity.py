"""The promises to those who rely on the published list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from generator.catalogue.columns import Facts
from generator.catalogue.messages import Message
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.records import several
from generator.files.disk import read_if_there

_LEADS_ON = b'http-equiv="refresh"'


def broken(before: Mapping[str, Facts], after: Mapping[str, Facts], allowed: Collection[str]) -> Iterator[Message]:
    """A sentence for each promise of the list `before` that the list `after` breaks.

    An address dies, an identifier changes hands, or a record goes without being withdrawn. Addresses and identifiers
    in `allowed` are meant to; `fewer` allows a shorter list.
    """
    heirs = {
        former: address for address, facts in after.items() for former in several(facts.get("former_addresses", ""))
    }
    heirs |= {address: address for address in after}
    for address in before:
        if address not in heirs and address not in allowed:
            yield Message("check.standard-gone", address=address)
    for column in NUMBERS:
        yield from _handed_on(column, before, after, heirs, allowed)
    merged = [address for address in before if heirs.get(address, address) != address and heirs[address] in before]
    if len(after) < len(before) and merged and "fewer" not in allowed:
        merged = tuple(merged[:5])
        yield Message("check.fewer", published=len(before), recorded=len(after), merged=merged)


def _handed_on(
    column: str,
    before: Mapping[str, Facts],
    after: Mapping[str, Facts],
    heirs: Mapping[str, str],
    allowed: Collection[str],
) -> Iterator[Message]:
    """A sentence for each number in `column` that another standard has now; `heirs` maps old address to new."""
    owners = {facts[column]: address for address, facts in after.items() if facts.get(column)}
    for address, facts in before.items():
        number = facts.get(column, "")
        owner = owners.get(number)
        if owner and owner != heirs.get(address) and number not in allowed:
            yield Message("check.handed-on", number=number, address=address, owner=owner)


def dead_pages(site: Path, gone: Iterable[str], allowed: Collection[str]) -> Iterator[Message]:
    """A sentence for each page among the files `gone` that readers may link to."""
    for file in sorted(gone):
        page, _, name = file.rpartition("/")
        address = page.rpartition("/")[2]
        # With a record go the pages below its own, such as the notice of a field.
        if name != "index.html" or not {*allowed}.isdisjoint(page.split("/")):
            continue
        # Parts of a long list come and go with its length, other spellings of a number with the number.
        is_passing = "/page-" in page or (page[1:2] == "/" and _LEADS_ON in (read_if_there(site / file) or b""))
        if not is_passing:
            yield Message("check.page-gone", page=page, address=address)
