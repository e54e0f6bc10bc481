"""The licences of what the site has from other projects."""

from __future__ import annotations

from importlib.metadata import distribution

LICENCES = "licences.txt"
_PARTS = {"mkdocs-material": "the frame of every page, assets/images/favicon.png"}
"""Package → what the site has of it."""


def licences() -> str:
    """The text of licences.txt: packages, what the site has of them, their notices.

    The notices are those that come with the installed packages.
    """
    return "\n\n".join(f"{_name(package)}: {part}\n\n{_notice(package)}" for package, part in _PARTS.items()) + "\n"


def _name(package: str) -> str:
    metadata = distribution(package).metadata
    return f"{metadata['Name']} {metadata['Version']}"


def _notice(package: str) -> str:
    """The files of licences that the installed `package` names."""
    installed = distribution(package)
    texts = (installed.read_text(f"licenses/{name}") for name in installed.metadata.get_all("License-File", []))
    return "\n\n".join(text.strip() for text in texts if text)
