"""The words of the search, which a browser fetches with the index."""

from __future__ import annotations

from generator.catalogue.figures import Figures
from generator.catalogue.labels import Labels
from generator.publishing.exports.json_text import one_line
from generator.publishing.pages.addresses import PLATFORM

_FAMILIES = ("search_", "missing_", "found_", "kind_", "set_")
_SHARING = ("share_system", "share_failed", "share_code_download")
_OTHERS = (
    "look_on_platform",
    "home_try",
    "home_examples",
    "colon",
    "list_comma",
    "batch_derived",
    "new_here",
    *_SHARING,
)
"""Labels of pages that scripts print too."""


def search_words(labels: Labels, figures: Figures) -> tuple[str, str]:
    """The file of what the search says in one language, with its content."""
    keys = (key for key in labels.words if key.startswith(_FAMILIES) or key in _OTHERS)
    words = {key: labels(key, recorded=figures.recorded, announced=figures.announced) for key in keys}
    words["platform"] = PLATFORM
    return f"assets/words/{labels.language}.json", one_line(words)
