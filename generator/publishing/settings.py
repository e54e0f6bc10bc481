"""What `mkdocs.yml`, with the environment, says that the generator needs too."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from yaml_env_tag import construct_env_tag

CONFIGURATION = "mkdocs.yml"


@dataclass(frozen=True, slots=True)
class Settings:
    """`site_url`, where the site is published, ends with a slash; in `policy`, the Content-Security-Policy of a page,
    `{scripts}` stands for its inline scripts; `security_contact` is whom to tell of a weakness of the site, '' where
    nobody is named, until `security_expires`; `repository` is the address of the records' repository."""

    site_url: str
    policy: str
    security_contact: str
    security_expires: date
    repository: str


class _Loader(yaml.SafeLoader):
    """YAML with MkDocs' `!ENV`."""


_Loader.add_constructor("!ENV", construct_env_tag)


def read_settings(project: Path) -> Settings:
    """The settings of `project`."""
    forget_empty()
    said = yaml.load((project / CONFIGURATION).read_text(encoding="utf-8"), Loader=_Loader)
    extra = said["extra"]
    return Settings(
        said["site_url"].rstrip("/") + "/",
        extra["policy"],
        extra["security_contact"],
        extra["security_expires"],
        extra["repository"],
    )


def forget_empty() -> None:
    """Take an empty setting for one that is not set: MkDocs would read it as nothing at all."""
    for name in ("SITE_URL", "REPOSITORY_URL", "SECURITY_CONTACT"):
        if not os.environ.get(name, "unset").strip():
            del os.environ[name]
