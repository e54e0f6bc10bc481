"""The settings of `mkdocs.yml` that the generator needs too."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import yaml

from generator.catalogue.messages import Message
from generator.catalogue.records import Problem, read_node, shown

MKDOCS_YML = "mkdocs.yml"
_SCRIPTS = " {scripts}"
"""Stands, in the policy, for the inline scripts that may run."""
_ENV = "!ENV"
"""MkDocs' tag of a value that the environment may decide: `!ENV [NAME, default]`."""
_LANGUAGES = "i18n"
"""The plugin by which MkDocs knows the languages."""
_NULL = "tag:yaml.org,2002:null"
_TAGS = {
    _ENV,
    _NULL,
    *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "int", "float", "bool", "timestamp", "map", "seq")),
}
"""Of the values that may stand in `mkdocs.yml`. MkDocs would run what other tags name."""
_LISTS = ("nav", "markdown_extensions", "plugins", "hooks", "extra_css", "extra_javascript")
_MAPPINGS = ("theme", "extra", "validation")
_LONGEST = 255
"""Characters of the longest address. A QR code holds ten times as many."""
_WEB = re.compile(
    r"https?://(?:[a-z\d.-]+|\[[\da-f:]+\])(?::\d{1,5})?(?:/(?!\.{1,2}(?:/|$))[\w.~-]+)*/?", re.ASCII | re.IGNORECASE
)
"""An address that nginx, HTML and XML take as it stands."""
_MAIL = re.compile(r"mailto:[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+", re.ASCII | re.IGNORECASE)
_POLICY = re.compile(r"[^\x00-\x1f\x7f-\U0010ffff\"$\\<>&{}]+")
"""A policy that nginx and HTML take as it stands."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What `mkdocs.yml` and the environment decide."""

    site_url: str
    """Where the site is published, with a slash at its end."""
    policy: str
    """The Content-Security-Policy of a page, in which `{scripts}` stands for its inline scripts."""
    security_contact: str
    """Whom to tell of a weakness of the site; '' where nobody is named."""
    security_expires: date
    """Until when that holds."""
    repository: str
    """The address of the records' repository; '' where they cannot be seen."""
    contact: str
    """Whom to tell of an error of the list; '' where nobody is named."""
    menu: dict[str, int]
    """Page that the menu names, such as `about.md` → the line where it does."""

    def policy_with(self, scripts: Iterable[str]) -> str:
        """The policy under which the inline `scripts`, each named by its hash, may run."""
        return self.policy.replace(_SCRIPTS, "".join(f" {script}" for script in sorted(scripts)))


class _Entry(NamedTuple):
    """One setting as it is written."""

    line: int
    value: yaml.Node | None


_NOTHING = _Entry(1, None)
"""In the place of a setting that is not written."""


def read_settings(project: Path, problems: list[Problem]) -> Settings | None:
    """The settings of `project`; None, with problems added, where one is missing or wrong."""
    path = project / MKDOCS_YML
    node, file = read_node(path, problems), shown(path)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(file, 1, Message("build.settings-no-mapping")))
        return None
    written = _entries(node)
    faults = [*_foreign_tags(node), *_misshapen(written), *_unknown_plugins(written)]
    texts: dict[str, str] = {}
    if not faults:
        written |= _entries(written.get("extra", _NOTHING).value)
        for name, (is_right, remedy) in _RULES.items():
            line, value = written.get(name, _NOTHING)
            origin, text = _text(name, value)
            if text is None:
                faults.append((line, Message("build.setting-missing", name=name, remedy=remedy)))
            elif not is_right(text):
                faults.append((line, Message("build.setting-unusable", name=origin, text=text, remedy=remedy)))
            else:
                texts[name] = text
    if faults:
        problems.extend(Problem(file, line, sentence) for line, sentence in faults)
        return None
    return Settings(
        texts["site_url"].rstrip("/") + "/",
        texts["policy"],
        texts["security_contact"],
        date.fromisoformat(texts["security_expires"]),
        texts["repository"],
        texts["contact"],
        {page.value: page.start_mark.line + 1 for page in _scalars(written.get("nav", _NOTHING).value)},
    )


def environment() -> dict[str, str]:
    """The environment without empty variables: MkDocs would take these for values, not for unset."""
    return {name: value for name, value in os.environ.items() if value.strip()}


def _foreign_tags(root: yaml.Node) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each value whose tag is none of `_TAGS`."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if node.tag not in _TAGS:
            yield node.start_mark.line + 1, Message("build.foreign-tag", tag=node.tag)
        if isinstance(node, yaml.MappingNode):
            nodes += [one for entry in node.value for one in entry]
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value


def _misshapen(written: dict[str, _Entry]) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each setting of MkDocs that is neither a list nor has keys, but should."""
    for name, (line, value) in written.items():
        if name in _LISTS and not isinstance(value, yaml.SequenceNode):
            yield line, Message("build.setting-no-list", name=name)
        elif name in _MAPPINGS and not isinstance(value, yaml.MappingNode):
            yield line, Message("build.setting-no-keys", name=name)


def _unknown_plugins(written: dict[str, _Entry]) -> Iterator[tuple[int, Message]]:
    """(line, sentence) about each plugin that is not installed."""
    plugins = written.get("plugins", _NOTHING).value
    for plugin in plugins.value if isinstance(plugins, yaml.SequenceNode) else ():
        name = next(iter(_entries(plugin)), "") or str(plugin.value)
        # To list what is installed takes as long as the rest of the settings.
        if name != _LANGUAGES and not entry_points(group="mkdocs.plugins", name=name):
            yield plugin.start_mark.line + 1, Message("build.no-plugin", name=name)


def _entries(node: yaml.Node | None) -> dict[str, _Entry]:
    """Name → line and value of what a mapping holds."""
    entries = node.value if isinstance(node, yaml.MappingNode) else ()
    return {str(key.value): _Entry(key.start_mark.line + 1, value) for key, value in entries}


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The texts in `node`, at any depth."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from _scalars(entry)
    elif isinstance(node, yaml.MappingNode):
        for _, entry in node.value:
            yield from _scalars(entry)


def _text(name: str, node: yaml.Node | None) -> tuple[str, str | None]:
    """What decides the setting `name`, itself or a variable; its text, None where there is none."""
    if node is None or node.tag == _NULL:
        return name, None
    if node.tag == _ENV:
        parts, variables = list(_scalars(node)), environment()
        for variable in parts[:-1] or parts:
            if variable.value in variables:
                return variable.value, variables[variable.value]
        return _text(name, parts[-1] if len(parts) > 1 else None)
    return name, node.value if isinstance(node, yaml.ScalarNode) else None


def _is_web_address(text: str) -> bool:
    try:
        # Numbers of ports, and the colons of an IPv6 address, are counted here.
        return len(text) <= _LONGEST and bool(_WEB.fullmatch(text)) and urlsplit(text).port != 0
    except ValueError:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _is_contact(text: str) -> bool:
    return not text or bool(_MAIL.fullmatch(text)) or _is_web_address(text)


_CONTACT = Message("build.remedy-contact")
_RULES: dict[str, tuple[Callable[[str], bool], Message]] = {
    "site_url": (_is_web_address, Message("build.remedy-site-url")),
    "policy": (
        lambda text: text.count(_SCRIPTS) == 1 and bool(_POLICY.fullmatch(text.replace(_SCRIPTS, ""))),
        Message("build.remedy-policy", scripts=_SCRIPTS, forbidden='" $ \\ < > &'),
    ),
    "security_contact": (_is_contact, _CONTACT),
    "security_expires": (_is_day, Message("build.remedy-day")),
    "repository": (
        lambda text: not text or _is_web_address(text),
        Message("build.remedy-repository"),
    ),
    "contact": (_is_contact, _CONTACT),
}
"""Setting → whether a text can be used for it; what can."""
