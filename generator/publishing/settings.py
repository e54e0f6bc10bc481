"""The settings of `mkdocs.yml` that the generator needs too."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

MKDOCS_YML = "mkdocs.yml"
_SCRIPTS = " {scripts}"
"""Stands, in the policy, for the inline scripts that may run."""


class SettingsError(Exception):
    """`mkdocs.yml` cannot be used; the message is a sentence for whoever wrote it."""


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

    def policy_with(self, scripts: Iterable[str]) -> str:
        """The policy under which the inline `scripts`, each named by its hash, may run."""
        return self.policy.replace(_SCRIPTS, "".join(f" {script}" for script in sorted(scripts)))


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' `!ENV [NAME, default]`."""


def read_settings(project: Path) -> Settings:
    """The settings of `project`. Raises SettingsError when one is missing."""
    try:
        written = yaml.load((project / MKDOCS_YML).read_text(encoding="utf-8"), Loader=_Loader) or {}
    except yaml.YAMLError as error:
        raise SettingsError(f"{MKDOCS_YML}: {error}") from None
    settings: dict[str, Any] = {**(written.get("extra") or {}), **written}
    if missing := [name for name in Settings.__slots__ if settings.get(name) is None]:
        raise SettingsError(f"{MKDOCS_YML}: {', '.join(missing)} must be set")
    values = {name: settings[name] for name in Settings.__slots__}
    return Settings(**values | {"site_url": values["site_url"].rstrip("/") + "/"})


def environment() -> dict[str, str]:
    """The environment without empty variables: MkDocs would take these for values, not for unset."""
    return {name: value for name, value in os.environ.items() if value.strip()}


def _variable(loader: _Loader, node: yaml.SequenceNode) -> object:
    *names, default = loader.construct_sequence(node)
    variables = environment()
    return next((variables[name] for name in names if name in variables), default)


_Loader.add_constructor("!ENV", _variable)
