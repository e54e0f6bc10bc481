"""The promises to those who rely on the published list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from generator.catalogue.columns import Facts
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.records import several
from generator.files.disk import read_if_there

_LEADS_ON = b'http-equiv="refresh"'


def broken(before: Mapping[str, Facts], after: Mapping[str, Facts], allowed: Collection[str]) -> Iterator[str]:
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
            yield (
                f"standards/{address} was published and is gone; bring the record back (a withdrawn standard keeps "
                f"its page), or put the address into former_addresses of the record it became, or say --allow {address}"
            )
    for column in NUMBERS:
        yield from _handed_on(column, before, after, heirs, allowed)
    merged = [address for address in before if heirs.get(address, address) != address and heirs[address] in before]
    if len(after) < len(before) and merged and "fewer" not in allowed:
        yield (
            f"{len(before)} standards were published and {len(after)} are recorded, none withdrawn: "
            f"{', '.join(merged[:5])} became part of others; undo it, or say --allow fewer"
        )


def _handed_on(
    column: str,
    before: Mapping[str, Facts],
    after: Mapping[str, Facts],
    heirs: Mapping[str, str],
    allowed: Collection[str],
) -> Iterator[str]:
    """A sentence for each number in `column` that another standard has now; `heirs` maps old address to new."""
    owners = {facts[column]: address for address, facts in after.items() if facts.get(column)}
    for address, facts in before.items():
        number = facts.get(column, "")
        owner = owners.get(number)
        if owner and owner != heirs.get(address) and number not in allowed:
            yield (
                f"{number} was published as {address} and would now be {owner}; an identifier stays with its "
                f"standard: correct it, or say --allow '{number}'"
            )


def dead_pages(site: Path, gone: Iterable[str], allowed: Collection[str]) -> Iterator[str]:
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
            yield f"{page}/ was published and would be gone; bring it back, or say --allow {address}"
