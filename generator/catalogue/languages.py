"""The three languages of the list, text in all three, how sure each text is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
"""BCP 47 tags, in the order in which texts stand side by side. Traditional is Hong Kong's."""

HTML_LANG = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK", "en": "en"}
"""language → the value of a `lang` attribute."""


class Standing(StrEnum):
    """How sure a text is."""

    OFFICIAL = "official"
    """The body's own: the published table, or the body that issued or announced it."""
    REPORTED = "reported"
    """As somebody else printed it, a newspaper say; the body's own wording was not seen."""
    REVIEWED = "reviewed"
    """Ours, checked by a reader of the language."""
    CONVERTED = "converted"
    """From the other Chinese script, checked by rule."""
    TRANSLATED = "translated"
    """Ours, unofficial."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language.

    `words` is a single line; `language` one of `LANGUAGES`.
    """

    words: str
    language: str
    standing: Standing

    def __str__(self) -> str:
        return self.words


Trilingual = dict[str, Text]
"""A title or a name: language → `Text`, complete for all of `LANGUAGES`."""

Wording = dict[str, str]
"""Our own prose about a record: language → words, complete for all of `LANGUAGES`."""
