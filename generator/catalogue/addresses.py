"""What an address may be, of which folders and files are named."""

from __future__ import annotations

import re

from generator.catalogue.messages import Message

_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 200
"""Characters. A name on a disk has 255 bytes at most; `.json.br` and the marks of a half-written file take some."""
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
"""What opens a device on Windows (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
_NOTHING = frozenset({"null", "none", "unknown"})
_OWN = re.compile(r"index|page-\d+")


def address_fault(address: str) -> Message | None:
    """The sentence about why no record can have `address`; None where one can."""
    if not _ADDRESS.fullmatch(address):
        return Message("check.address-letters", address=address)
    if len(address) > _LONGEST:
        return Message("check.address-length", address=address, length=len(address), most=_LONGEST)
    if _DEVICES.fullmatch(address):
        return Message("check.address-device", address=address)
    if address in _NOTHING:
        return Message("check.address-nothing", address=address)
    if _OWN.fullmatch(address):
        return Message("check.address-own", address=address)
    return None
