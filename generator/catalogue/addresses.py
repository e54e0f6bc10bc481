"""What an address may be, of which folders and files are named."""

from __future__ import annotations

import re

_ADDRESS = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 200
"""Characters. A name on a disk has 255 bytes at most; `.json.br` and the marks of a half-written file take some."""
_DEVICES = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
"""What opens a device on Windows (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)."""
_NOTHING = frozenset({"null", "none", "unknown"})
_OWN = re.compile(r"index|page-\d+")


def address_fault(address: str) -> str:
    """The sentence about why no record can have `address`; '' where one can."""
    if not _ADDRESS.fullmatch(address):
        return f"the address ‘{address}’ may hold only a–z, 0–9 and single hyphens, such as wq-1-8"
    if len(address) > _LONGEST:
        return f"the address ‘{address}’ has {len(address)} characters; {_LONGEST} are the most for the name of a file"
    if _DEVICES.fullmatch(address):
        return f"the address ‘{address}’ opens a device on Windows, where no file can be called so; add a word"
    if address in _NOTHING:
        return f"the address ‘{address}’ says that there is none; add a word"
    if _OWN.fullmatch(address):
        return f"the address ‘{address}’ is kept for the site’s own pages"
    return ""
