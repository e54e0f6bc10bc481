"""What the program says to a person, in that person's language."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES, LIST_SEPARATOR

MESSAGES = Path(__file__).resolve().parents[2] / "content" / "messages"
"""The folder of their wording: `check.yml` has the message `check.no-line` under the key `no-line`."""
_TRADITIONAL = re.compile(r"zh[-_](?:hant|hk|tw|mo)|.*traditional", re.IGNORECASE)
_UNTIDY = re.compile("[: ]")
"""What stands in the name of a column, but not in a key."""
_PRINTED_AS = {"kind": ("case", "event", "source"), "languages": ("language",), "regions": ("region",)}
"""Column → how the labels of what it may hold begin, where that is not its name."""
_process = {"language": "en"}
_here: ContextVar[str] = ContextVar("language", default="")


class Message:
    """A sentence, or a clause of one, that is worded when somebody reads it."""

    __slots__ = ("key", "values")

    def __init__(self, key: str, /, **values: object) -> None:
        """Name the message `key`, such as `check.no-line`, with the `values` of its places.

        A value is a text, a number, a day, a `ColumnName`, a `ChoiceName`, another message, or a tuple of these. A
        whole-number `count` chooses the plural form.
        """
        self.key = key
        self.values = values

    def in_language(self, language: str) -> str:
        """The wording in one of `LANGUAGES`.

        Raises LabelError where there is none, or it has a place that nothing fills.
        """
        file, _, key = self.key.partition(".")
        values = {name: _worded(value, language) for name, value in self.values.items()}
        return Labels(language, _wordings(file)[language])(key, **values)

    def __str__(self) -> str:
        return self.in_language(spoken_language())

    def __repr__(self) -> str:
        return f"Message({self.key!r}, {self.values!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.key, self.values) == (other.key, other.values)

    def __hash__(self) -> int:
        return hash(repr(self))


@dataclass(frozen=True, slots=True)
class ColumnName:
    """A column of the records as people call it."""

    name: str
    """Such as `title:en`."""
    is_in_file: bool = False
    """Whether it is looked for in a file, where it stands as `name`: that is said too."""

    def in_language(self, language: str) -> str:
        """The name in one of `LANGUAGES`.

        Of a column that the records do not have, it is `name` itself.
        """
        called = _wordings("columns")[language].get(_UNTIDY.sub("_", self.name), "")
        if not called or (self.is_in_file and language == "en"):
            return self.name
        return f"{called}（{self.name}）" if self.is_in_file else called

    def __str__(self) -> str:
        return self.in_language(spoken_language())


def column_in_file(name: str) -> ColumnName:
    """The column `name`, for somebody who must find it in a file."""
    return ColumnName(name, is_in_file=True)


@dataclass(frozen=True, slots=True)
class ChoiceName:
    """One of the words that a column may hold, as the site calls it."""

    column: str
    """Such as `status`."""
    choice: str
    """Such as `withdrawn`."""
    is_in_file: bool = False
    """Whether it is to be written into a file, as `choice`: that is said too."""

    def in_language(self, language: str) -> str:
        """The name in one of `LANGUAGES`; `choice` itself where it has none."""
        column = self.column.partition(":")[0]
        words = _wordings("labels")[language] | _wordings("columns")[language]
        keys = (f"{beginning}_{self.choice}" for beginning in _PRINTED_AS.get(column, (column,)))
        called = next((words[key] for key in keys if key in words), "")
        if not called or (self.is_in_file and language == "en"):
            return self.choice
        return f"{self.choice}（{called}）" if self.is_in_file else called

    def __str__(self) -> str:
        return self.in_language(spoken_language())


def choices_in_file(column: str, choices: Iterable[str]) -> tuple[ChoiceName, ...]:
    """The words that `column` may hold, for somebody who must write one into a file."""
    return tuple(ChoiceName(column, choice, is_in_file=True) for choice in choices)


def in_series(clauses: Iterable[Message]) -> Message:
    """One message of several `clauses`, which semicolons part; there is at least one."""
    *earlier, series = clauses
    for clause in reversed(earlier):
        series = Message("words.in-series", first=clause, rest=series)
    return series


def spoken_language() -> str:
    """The language in which a message is worded now."""
    return _here.get() or _process["language"]


def speak(language: str) -> None:
    """Word the messages of this process in `language` from now on."""
    _process["language"] = language


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Word messages in `language` within this block, whatever the process speaks."""
    token = _here.set(language)
    try:
        yield
    finally:
        _here.reset(token)


def system_language() -> str:
    """The one of `LANGUAGES` that this machine speaks; English for any other."""
    named = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    if not named:
        # Windows names it nowhere in the environment.
        named = (locale.getlocale()[0] or "") if os.name != "nt" else windows_language()
    return language_of(named)


def language_of(tag: str) -> str:
    """The one of `LANGUAGES` nearest to a tag such as `zh_HK.UTF-8` or `zh-CN`."""
    if not re.match(r"(?:zh|chinese)", tag, re.IGNORECASE):
        return "en"
    return "zh-Hant" if _TRADITIONAL.match(tag) else "zh-Hans"


def windows_language() -> str:
    """The tag of the language that Windows speaks, such as `zh_HK`.

    '' for one without a tag.
    """
    import ctypes

    number = getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage()  # noqa: B009 # other systems have none
    return locale.windows_locale.get(number, "")


def message_data(message: Message) -> dict[str, Any]:
    """`message` as JSON can say it."""
    return {"key": message.key, "values": {name: _value_data(value) for name, value in message.values.items()}}


def message_of(data: Mapping[str, Any]) -> Message:
    """The message of `message_data`."""
    return Message(data["key"], **{name: _value_of(value) for name, value in data["values"].items()})


def _value_data(value: object) -> object:
    match value:
        case Message():
            return message_data(value)
        case ColumnName():
            return {"column": value.name, "is_in_file": value.is_in_file}
        case ChoiceName():
            return {"column": value.column, "choice": value.choice, "is_in_file": value.is_in_file}
        case tuple() | list():
            return [_value_data(one) for one in value]
        case date():
            return value.isoformat()
        case _:
            return value


def _value_of(data: Any) -> object:
    match data:
        case {"key": _}:
            return message_of(data)
        case {"column": column, "choice": choice, "is_in_file": is_in_file}:
            return ChoiceName(column, choice, is_in_file)
        case {"column": name, "is_in_file": is_in_file}:
            return ColumnName(name, is_in_file)
        case list():
            return tuple(map(_value_of, data))
        case _:
            return data


def _worded(value: object, language: str) -> object:
    """`value` as a message in `language` has it; a whole number stays one, as it may choose the plural form."""
    match value:
        case Message() | ColumnName() | ChoiceName():
            return value.in_language(language)
        case tuple() | list():
            return LIST_SEPARATOR[language].join(str(_worded(one, language)) for one in value)
        case date():
            # As it stands in the files, where it is compared.
            return value.isoformat()
        case _:
            return value


@cache
def _wordings(file: str) -> dict[str, dict[str, str]]:
    """Language → key → wording of one file, or of the site's labels; a plural form has the key `key:one`."""
    folder = MESSAGES.parent if file == "labels" else MESSAGES
    entries = yaml.load((folder / f"{file}.yml").read_text("utf-8"), yaml.CSafeLoader)  # a safe one
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for key, forms in entries.items():
        for language, form in forms.items():
            plurals = {f"{key}:{name}": text for name, text in form.items()} if isinstance(form, dict) else {key: form}
            words[language] |= plurals
    return words
