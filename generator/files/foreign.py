"""Files that other programs leave beside ours."""

from __future__ import annotations

import re

_FOREIGN = re.compile(
    r"\..*|.*~|~.*|#.*#|.*\.(bak|tmp|swp|orig|rej|part|crdownload|lnk)|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r",
    re.IGNORECASE | re.DOTALL,
)
"""Names of hidden files such as `.DS_Store`, locks of LibreOffice (`.~lock.a.csv#`) and Office (`~$a.csv`), swaps of
Vim (`.a.swp`), what editors keep (`a~`, `#a#`, `a.bak`), halves of downloads, and what Windows writes into folders."""


def is_foreign(name: str) -> bool:
    """Whether the file called `name` is none of the project's, and no fault either."""
    return bool(_FOREIGN.fullmatch(name))
