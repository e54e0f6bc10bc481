"""The list as it was last published and as it would be → what would break for those who rely on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from generator.catalogue.columns import Facts
from generator.catalogue.numbers import NUMBERS
from generator.catalogue.records import several

_LEADS_ON = 'http-equiv="refresh"'


def broken(before: Mapping[str, Facts], after: Mapping[str, Facts], allowed: Collection[str]) -> Iterator[str]:
    """A sentence for each promise that `after` breaks: an address that dies, an identifier that changes hands,
    a record that is gone without being withdrawn. Those in `allowed` are meant."""
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
        owners = {facts[column]: address for address, facts in after.items() if facts.get(column)}
        for address, facts in before.items():
            number = facts.get(column, "")
            owner = owners.get(number)
            if owner and owner != heirs.get(address) and number not in allowed:
                yield (
                    f"{number} was published as {address} and would now be {owner}; an identifier stays with its "
                    f"standard: correct it, or say --allow '{number}'"
                )
    merged = [address for address in before if heirs.get(address, address) != address and heirs[address] in before]
    if len(after) < len(before) and merged and "fewer" not in allowed:
        yield (
            f"{len(before)} standards were published and {len(after)} are recorded, none withdrawn: "
            f"{', '.join(merged[:5])} became part of others; undo it, or say --allow fewer"
        )


def dead_pages(site: Path, gone: Iterable[str], allowed: Collection[str]) -> Iterator[str]:
    """A sentence for each page among the files `gone` of the `site` that a reader may have kept the address of."""
    for file in sorted(gone):
        page, _, name = file.rpartition("/")
        address = page.rpartition("/")[2]
        if name != "index.html" or address in allowed:
            continue
        # Parts of a long list come and go with its length, other spellings of a number with the number.
        is_passing = "/page-" in page or (page[1:2] == "/" and _LEADS_ON in (site / file).read_text(encoding="utf-8"))
        if not is_passing:
            yield f"{page}/ was published and would be gone; bring it back, or say --allow {address}"
