"""A page → Markdown, through its template."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from markupsafe import Markup

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG
from generator.catalogue.model import Record
from generator.files.disk import read_if_there, write
from generator.publishing.pages.page import ROOT, Page, address_of
from generator.publishing.pages.sentences import designation

_SPECIAL = str.maketrans({c: f"&#{ord(c)};" for c in "&<>\"'\\`*_{}[]#|~"})
_BREAKS = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON takes for a letter, and YAML for the end of a line or for nothing that may stand in a file."""
_LABEL = re.compile(r'\{\{ t\("(\w+)"\) \}\}')
_json = json.JSONEncoder(ensure_ascii=False).encode
_LIST_START = re.compile(r"^(?:[-+]|\d+[.)])(?=\s|$)")

_FOLDER = Path(__file__).with_name("templates")
_OPTIONS = {
    "loader": FileSystemLoader(_FOLDER),
    "autoescape": True,
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    # An environment lasts for one build.
    "auto_reload": False,
}


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


class Templates:
    """The templates of pages, with the words of each language; what they were compiled to is kept in the folder
    `compiled`, where there is one. Raises LabelError for a word that they want and is not there."""

    def __init__(self, labels: Mapping[str, Labels], compiled: Path | None = None) -> None:
        kept = _Compiled(compiled)
        # The landing page, which is in no language, has the words of all in what it shows.
        self._editions = {
            language: _Edition(language, labels.get(language, labels["zh-Hans"]), kept) for language in (ROOT, *labels)
        }

    def markdown(self, page: Page) -> str:
        """The Markdown file of `page`: front matter for the frame, then the body."""
        return f"---\n{front_matter(page)}---\n\n{self._editions[page.language].body(page)}\n"


class _Edition:
    """The templates in one language: undefined names are errors, and whatever a template prints is escaped."""

    def __init__(self, language: str, t: Labels, compiled: _Compiled) -> None:
        # `{#` begins the id of a heading in Markdown.
        self._templates = _MarkdownEnvironment(
            **_OPTIONS,
            finalize=escape,
            comment_start_string="<!--#",
            comment_end_string="#-->",
            extensions=[_Words],
            bytecode_cache=compiled,
        )
        self._here = ""
        known = {
            "lang_of": HTML_LANG,
            "t": t,
            "language": language,
            "written": t.written,
            "shown": lambda text, own: in_language(text, own, language),
            "designation": lambda number: designation(number, language),
            "to": self._to,
            **{_named(label): escape(t(label)) for label in _printed()},
        }
        self._known = known | {"show": self._templates.get_template("_macros.md").make_module(known)}
        self._template = cache(self._templates.get_template)

    def body(self, page: Page) -> str:
        self._here = page.path
        template = self._template(page.template)
        # `render` would gather what is known from several maps, name by name.
        context = template.new_context({**self._known, **page.shows, "page": page}, shared=True)
        return "".join(template.root_render_func(context)).strip()

    def _to(self, target: str | Record) -> str | Markup:
        """The link from the page that is being written to a record's page, or to a path."""
        # The address of a record has no character that means anything.
        is_path = isinstance(target, str)
        return link(self._here, target) if is_path else Markup(link(self._here, address_of(target)))


class _Words(Extension):
    """Makes of labels that stand by themselves, `{{ t("field") }}`, values that are looked up and escaped once."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _LABEL.sub(lambda found: f"{{{{ {_named(found[1])} }}}}", source)


def _named(label: str) -> str:
    return f"word_{label}"


@cache
def _printed() -> set[str]:
    """The labels that stand by themselves in some template."""
    return {label for path in _FOLDER.glob("*.md") for label in _LABEL.findall(path.read_text("utf-8"))}


class _Compiled(BytecodeCache):
    """Templates that were compiled: they are the same in each language, and in the next build, which finds them in
    `folder`."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._codes: dict[str, bytes] = {}

    def get_source_checksum(self, source: str) -> str:
        # Beside the template, this module decides what it is compiled to.
        return super().get_source_checksum(source + _own_source())

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get(bucket.key)
        if code is None and self._folder:
            code = self._codes[bucket.key] = read_if_there(self._folder / bucket.key) or b""
        if code:
            # Does nothing where it was compiled from another source, or by another version of Jinja; half a file is
            # left where a build was stopped.
            with suppress(EOFError, UnpicklingError):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        code = self._codes[bucket.key] = bucket.bytecode_to_string()
        if self._folder:
            # Where it cannot be kept, the next build compiles again.
            with suppress(OSError):
                write(self._folder / bucket.key, code)


@cache
def _own_source() -> str:
    return Path(__file__).read_text("utf-8")


class _Plain(CodeGenerator):
    """Makes of a template the Python that one would write by hand, where that does the same: Jinja's own takes twice
    as long.

    What `finalize` made of a value is escaped, and printed as it is. A name after a dot is an attribute, never a key.
    What is called is a function that asks for nothing of Jinja's.
    """

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(finalize.src)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.visit(node.node, frame)
        self.write("(*(")
        for one in node.args:
            self.visit(one, frame)
            self.write(", ")
        self.write(")")
        for one in node.kwargs:
            self.write(", ")
            self.visit(one, frame)
        self.write(")")


class _MarkdownEnvironment(Environment):
    code_generator_class = _Plain


def html_environment(policy: str = "") -> Environment:
    """The templates of pages without the frame, in plain HTML; `policy` says what they may load."""
    made = Environment(**_OPTIONS)
    made.globals |= {"lang_of": HTML_LANG, "policy": policy}
    return made


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
    return _BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", _json(value))


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
