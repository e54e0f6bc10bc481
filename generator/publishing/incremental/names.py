"""How inputs and targets are called in an explanation."""

from __future__ import annotations

from generator.catalogue.messages import Message

_CALLED = {
    "landing": Message("build.kind-landing"),
    "home": Message("build.kind-home"),
    "the installed packages": Message("build.input-packages"),
    "the settings": Message("build.input-settings"),
    "the program of the frame": Message("build.input-program-of-frame"),
    "the program": Message("build.input-program"),
    "the fonts": Message("build.input-fonts"),
    "the order of the list": Message("build.input-order"),
    "the version": Message("build.input-version"),
    "the theme": Message("build.target-theme"),
    "hosting": Message("build.target-hosting"),
    "search index": Message("build.target-search"),
    "list in no language": Message("build.target-list"),
    "search words": Message("build.target-search-words"),
    "tables": Message("build.target-tables"),
    "versions": Message("build.target-versions"),
    "sitemap": Message("build.target-sitemap"),
    "log": Message("build.target-log"),
    "feeds": Message("build.target-feeds"),
    "calendars": Message("build.target-calendars"),
    "well-known files": Message("build.target-well-known"),
    "pictures of the list": Message("build.target-pictures"),
}


def called(name: str) -> Message | str:
    """How an input or a target is called.

    It is its `name`, where that is an address or a file.
    """
    return _CALLED.get(name, name)
