"""The one place where text from a record becomes inert in a page."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from generator.catalogue.languages import HTML_LANG
from generator.catalogue.scripts import converter

_SPECIAL = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~"})
_LIST_START = re.compile(r"^(?:[-+]|\d+[.)])(?=\s|$)")
_REFERENCE = re.compile(r"&#(\d+);")
_AMPERSAND = re.compile(r"&#38;(?=#?\w+;)")
_IN_MARKDOWN = {str(ord(c)): f"\\{c}" for c in "\\`*_[]#|~>-+"} | {str(ord("<")): "&lt;"}
_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff〇]"
_WORD = "[A-Za-z][A-Za-z’-]*"
_FOREIGN = {
    "zh": re.compile(rf"{_WORD}(?:,? {_WORD}| \({_WORD}(?: {_WORD})*\)){{2,}}"),
    "en": re.compile(rf"[《「“（]*{_HAN}(?:[{_HAN[1:-1]}《》「」“”（），、。：；]*[{_HAN[1:-1]}》」”）])?"),
}
"""Chinese in English; in Chinese, three words of English or more, which are no longer a name or an abbreviation."""
_MARK = re.compile(r'<span lang="[^"]+">|</span>')
_ENCODED_HAN = re.compile("(?:%E[4-9](?:%[89AB][0-9A-F]){2})+")
_IN_URL = str.maketrans(
    {"&": "&amp;", '"': "%22", "'": "%27", "<": "%3C", ">": "%3E", "(": "%28", ")": "%29", " ": "%20"}
)


@lru_cache(maxsize=50_000)
def escape(text: str) -> str:
    """`text` as inert in Markdown, in HTML and in an HTML attribute.

    Its special characters become decimal character references, which nothing else in a page's text is written with.
    """
    escaped = text.translate(_SPECIAL)
    if _LIST_START.match(escaped):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return escaped


def escape_url(url: str) -> str:
    """`url` for an attribute, and for the destination of a link in Markdown.

    Chinese stands in it as it is read: a browser sends the same bytes, and a page has a third of them.
    """
    return _ENCODED_HAN.sub(lambda letters: unquote(letters[0]), url).translate(_IN_URL)


def in_language(text: str, own: str, around: str) -> str:
    """`text`, which is in the language `own`, escaped for a sentence in the language `around`."""
    return escape(text) if own == around else f'<span lang="{HTML_LANG[own]}">{escape(text)}</span>'


@lru_cache(maxsize=50_000)
def with_languages(text: str, language: str) -> str:
    """`text` in `language`, escaped; a phrase of another language is marked with that."""
    escaped, end = "", 0
    for phrase in _FOREIGN[language[:2]].finditer(text):
        escaped += escape(text[end : phrase.start()]) + in_language(phrase[0], _language_of(phrase[0]), language)
        end = phrase.end()
    return escaped + escape(text[end:]) if end else escape(text)


def _language_of(phrase: str) -> str:
    """The language of a phrase that stands in a text of another one."""
    if phrase[0].isascii():
        return "en"
    return "zh-Hans" if converter("hk2s").convert(phrase) == phrase else "zh-Hant"


def plain_markdown(text: str) -> str:
    """Markdown with `escape`d texts, as people read it: character references become what they stand for.

    What Markdown would take for its own has a backslash in front of it. No phrase is marked with its language.
    """
    text = _MARK.sub("", text)
    if "&" not in text:
        return text
    text = _AMPERSAND.sub(r"\\&", text.replace("&amp;", "&"))
    return _REFERENCE.sub(_character, text)


def _character(reference: re.Match[str]) -> str:
    character = chr(int(reference[1]))
    # `escape` writes a figure so only where it would begin a numbered list.
    return reference[0] if character.isdigit() else _IN_MARKDOWN.get(reference[1], character)
