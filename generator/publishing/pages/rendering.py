"""A page → its Markdown in `build/pages`, its article in HTML, its plain copy."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.catalogue.figures import SITE_URL_PLACEHOLDER
from generator.files.cache import Cache
from generator.publishing.compiled_templates import CompiledTemplates
from generator.publishing.pages.addresses import ROOT
from generator.publishing.pages.escaping import escape, plain_markdown
from generator.publishing.pages.page import Page

_FOLDER = Path(__file__).with_name("templates")
_GAPS = re.compile(r"\n{3,}")
_HEADING = re.compile(r"^(#{1,3}) (.+) \{#([a-z0-9-]+)\}\n*$", re.MULTILINE)
_HEADING_ID = re.compile(r" \{#[\w-]+\}$", re.MULTILINE)
_BREAKS = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON takes for a letter, and YAML for the end of a line or for nothing that may stand in a file."""
_json = json.JSONEncoder(ensure_ascii=False).encode


class Templates:
    """The templates of pages. They print values that are escaped already, and nothing else.

    `cache` keeps what they are compiled to. Raises LabelError for a label that they print and is not there.
    """

    def __init__(self, cache: Cache | None = None) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(_FOLDER),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # `{#` begins the id of a heading in Markdown.
            comment_start_string="<!--#",
            comment_end_string="#-->",
            auto_reload=False,
            bytecode_cache=CompiledTemplates(cache) if cache else None,
        )
        self._macros = {form: self._environment.get_template(f"{form}/_macros.md").module for form in ("page", "plain")}
        self._template = functools.cache(self._environment.get_template)

    def body(self, page: Page) -> str:
        """The text of the page: headings with ids, blocks of HTML.

        Hand-written prose is Markdown as it stands.
        """
        return self._render("page", page)

    def plain(self, page: Page, site_url: str) -> str:
        """The file beside the page, which says the same in plain Markdown.

        The page's own address stands last. `site_url` is where the site is published.
        """
        if page.kind == "prose":
            body = str(page.values["body"]).replace(SITE_URL_PLACEHOLDER, site_url)
            text = f"# {page.heading}\n\n{_HEADING_ID.sub('', body)}"
        else:
            text = plain_markdown(self._render("plain", page))
        return f"{text}\n\n<{site_url}{page.language}/{page.path}>\n"

    def _render(self, form: str, page: Page) -> str:
        template = self._template(f"{form}/{page.kind}.md")
        # `render` would gather the values from several maps, and `import` in a template its macros anew for each page.
        context = template.new_context({**page.values, "show": self._macros[form]}, shared=True)
        return _GAPS.sub("\n\n", "".join(template.root_render_func(context)).strip())


def markdown_page(page: Page, body: str) -> str:
    """The file that MkDocs reads: front matter for the frame, then the `body`."""
    return f"---\n{front_matter(page)}---\n\n{body}\n"


def article_html(body: str) -> str:
    """The body of a page of records as HTML.

    It is the same as Python-Markdown makes of it: headings with ids between blocks of HTML, which stay as they are.
    """
    return _HEADING.sub(_heading, body)


def _heading(heading: re.Match[str]) -> str:
    level = len(heading[1])
    return f'<h{level} id="{heading[3]}">{heading[2]}</h{level}>'


def front_matter(page: Page) -> str:
    """What the frame needs of `page`, as YAML.

    The theme prints title and description into HTML as they are, so they are escaped here. Heading and
    crumbs are plain text, which the frame escapes for HTML and for JSON.
    """
    values = {
        "title": escape(page.title),
        "description": escape(page.description),
        "kind": page.kind,
        "heading": page.heading,
        "crumbs": [{"title": title, "path": path} for title, path in page.crumbs],
        "record": page.record,
        "short": page.short,
        "json_ld": list(page.json_ld),
        "citation_meta": dict(page.citation_meta),
        "letter": dict(page.letter),
        "as_of": page.as_of,
    }
    if page.language == ROOT:
        values["template"] = "landing.html"
    return as_yaml(values)


def as_yaml(values: Mapping[str, object]) -> str:
    """A line for each value, as JSON, which YAML is made to read.

    A dumper of YAML takes thirty times as long.
    """
    lines = "".join([f"{name}: {_json(value)}\n" for name, value in values.items()])
    return _BREAKS.sub(lambda character: f"\\u{ord(character[0]):04x}", lines)
