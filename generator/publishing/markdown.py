"""A page → Markdown, through its template."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from generator.catalogue.languages import HTML_LANG
from generator.publishing.labels import Labels
from generator.publishing.pages import ROOT, Page
from generator.publishing.sentences import designation

_SPECIAL = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~"})
_BREAKS = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON takes for a letter, and YAML for the end of a line or for nothing that may stand in a file."""
_LIST_START = re.compile(r"^(?:[-+]|\d+[.)])(?=\s|$)")


def escape(text: object) -> Markup:
    """`text` as inert in Markdown, in HTML and in an HTML attribute: its special characters become
    character references. The one place where text from a record is escaped; `Markup` passes unchanged.
    """
    return text if isinstance(text, Markup) else _escaped(str(text))


@lru_cache(maxsize=50_000)
def _escaped(text: str) -> Markup:
    """Titles and labels stand on many pages."""
    escaped = text.translate(_SPECIAL)
    if _LIST_START.match(escaped):
        escaped = f"&#{ord(escaped[0])};{escaped[1:]}"
    return Markup(escaped)


def environment() -> Environment:
    """The templates of pages: undefined names are errors, and whatever a template prints is escaped."""
    # `{#` begins the id of a heading in Markdown.
    made = _environment(finalize=escape, comment_start_string="<!--#", comment_end_string="#-->")
    made.filters["designation"] = designation
    return made


def html_environment(policy: str = "") -> Environment:
    """The templates of pages without the frame, in plain HTML; `policy` says what they may load."""
    made = _environment()
    made.globals["policy"] = policy
    return made


def _environment(**options: object) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        **options,
    )
    made.globals["lang_of"] = HTML_LANG
    return made


def markdown(page: Page, templates: Environment, labels: dict[str, Labels]) -> str:
    """The Markdown file of `page`: front matter for the frame, then the body."""
    words = labels.get(page.language, labels["zh-Hans"])
    body = templates.get_template(page.template).render(
        page.shows,
        page=page,
        language=page.language,
        t=words,
        written=words.written,
        shown=lambda text, own: in_language(text, own, page.language),
        to=lambda path: link(page.path, path),
    )
    return f"---\n{front_matter(page)}---\n\n{body.strip()}\n"


def in_language(text: str, own: str, around: str) -> Markup:
    """`text`, which is in the language `own`, for a sentence in the language `around`."""
    return escape(text) if own == around else Markup(f'<span lang="{HTML_LANG[own]}">{escape(text)}</span>')


def front_matter(page: Page) -> str:
    """What the frame needs of `page`, as YAML.

    The theme prints title and description into HTML as they are, so they are escaped here; heading and
    crumbs are plain text, which the frame escapes for HTML and for JSON.
    """
    values = {
        "title": str(escape(page.title)),
        "description": str(escape(page.description)),
        "kind": page.kind,
        "heading": page.heading,
        "crumbs": [{"title": title, "path": path} for title, path in page.crumbs],
        "record": page.record,
        "short": page.short,
        "linked": list(page.linked),
        "cited": dict(page.cited),
    }
    if page.language == ROOT:
        values["template"] = "landing.html"
    return "".join(f"{name}: {as_yaml(value)}\n" for name, value in values.items())


def as_yaml(value: object) -> str:
    """`value` as JSON, which YAML 1.2 is made to read as it stands; a dumper of YAML takes thirty times as long."""
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def link(source: str, target: str) -> str:
    """The relative link from the page at path `source` to `target`, both such as `standards/wq-1-8/`.

    Relative, so that the site works below any address. A fragment is kept.
    """
    *here, _ = source.split("/")
    path, mark, fragment = target.partition("#")
    *there, file = path.split("/")
    shared = 0
    while shared < min(len(here), len(there)) and here[shared] == there[shared]:
        shared += 1
    way = [".."] * (len(here) - shared) + there[shared:]
    return f"{'/'.join((*(way or ['.']), file))}{mark}{fragment}"
