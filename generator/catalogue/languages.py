"""The three languages of the list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

LANGUAGES: tuple[str, ...] = ("zh-Hans", "zh-Hant", "en")
"""BCP 47 tags, in the order in which texts stand side by side. Traditional is Hong Kong's."""

ALIAS_LANGUAGES = (*LANGUAGES, "pt")
"""The languages of other names of bodies: Portuguese is an official language of Macao."""
HTML_LANG = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK", "en": "en"}
"""language → the value of a `lang` attribute."""

SENTENCE_SPACE = {"zh-Hans": "", "zh-Hant": "", "en": " "}
"""language → what stands between two sentences."""

LIST_SEPARATOR = {"zh-Hans": "、", "zh-Hant": "、", "en": ", "}
"""language → what stands between the names of a list."""

Standing = Literal["official", "reported", "reviewed", "devised", "converted", "translated"]
"""How sure a text is.

`official`: the body's own: the published table, or the body that issued or announced it.
`reported`: as somebody else printed it, a newspaper say; the body's own wording was not seen.
`reviewed`: ours, checked by a named person on a named day.
`devised`: ours, written here; cataloguers call it a devised title.
`converted`: from the other Chinese script, checked by rule.
`translated`: ours, unofficial.
"""
STANDINGS: tuple[Standing, ...] = get_args(Standing)
"""The surest first."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text in one language."""

    words: str
    """A single line."""
    language: str
    """One of `LANGUAGES`."""
    standing: Standing
    """How sure it is."""
    review: str = ""
    """The day and the person that reviewed it; '' where nobody did."""

    @property
    def is_ours(self) -> bool:
        """Whether nobody else printed it."""
        return self.standing not in ("official", "reported")

    def __str__(self) -> str:
        return self.words


Trilingual = dict[str, Text]
"""A title or a name: language → the `Text` that its readers are shown, complete for all of `LANGUAGES`.

Where a language has none yet, that of another language stands in, and says so by its `language`.
"""


def own_texts(texts: Trilingual) -> Trilingual:
    """Language → the text in it; a language without one is left out."""
    return {language: text for language, text in texts.items() if text.language == language}


Wording = dict[str, str]
"""Our own prose about a record: language → words, complete for all of `LANGUAGES`."""
