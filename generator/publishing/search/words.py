"""The words of the search, which a browser fetches with the index."""

from __future__ import annotations

from generator.catalogue.labels import Labels
from generator.publishing.exports.json_text import one_line

_FAMILIES = ("search_", "found_", "kind_")
_OTHERS = ("list_comma", "batch_derived", "new_here")
"""What the list says of rows from its other pages."""


def search_words(labels: Labels) -> tuple[str, str]:
    """The file of what the search says in one language, with its content."""
    words = {key: text for key, text in labels.words.items() if key.startswith(_FAMILIES) or key in _OTHERS}
    return f"assets/words/{labels.language}.json", one_line(words)
