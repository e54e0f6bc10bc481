"""The templates of files that MkDocs does not frame."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.catalogue.languages import HTML_LANG
from generator.files.cache import Cache
from generator.publishing.compiled_templates import CompiledTemplates


def html_environment(policy: str = "", cache: Cache | None = None) -> Environment:
    """The templates, which escape whatever they print; `policy` says what their pages may load.

    `cache` keeps what they are compiled to.
    """
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=CompiledTemplates(cache) if cache else None,
    )
    environment.globals |= {"lang_of": HTML_LANG, "policy": policy}
    return environment
