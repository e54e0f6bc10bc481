"""Texts of strangers in every value of the records: on pages, in data, feeds and tables."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import bibtexparser.entrypoint
import defusedxml.ElementTree
import openpyxl
import rispy
import vobject
import yaml
from playwright.sync_api import Browser, Dialog
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES
from tests.attacks.trial import Trial, generator_command, project_copy, run
from tests.browsing import DESK, a_browser, served
from tests.conftest import SITE_URL

PIECES = """<script>alert(1)</script>
</script><script>alert(1)</script>
</title><svg/onload=alert(1)>
"><img src=x onerror=alert(1)>
'><iframe src=javascript:alert(1)>
" autofocus onfocus=alert(1) x="
<style>*{display:none}</style>
<base href=//evil.invalid/>
<meta http-equiv=refresh content=0;url=//evil.invalid>
<a href="javascript:alert(1)">a</a>
<form action=//evil.invalid><input name=q>
<!-- comment
--> <!-- -->
<!--><script>alert(1)</script>
<![CDATA[ x ]]>
]]><b>b</b>
<?xml version="1.0"?><?php echo 1 ?>
<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;
<template><b>
<textarea><plaintext>
<math><mtext></p><style>
</p></div></main></body></html>
</td></tr></table>
</li></ul></dd></dl>
</section></article>
</textarea></select></option>
&lt;script&gt;alert(1)&lt;/script&gt;
&amp;lt;b&amp;gt; &#60;b&#62; &#x3c;b&#x3e; &nbsp;
&notanentity; &copy &lt
[link](javascript:alert(1))
[link]: javascript:alert(1)
![image](//evil.invalid/x.png)
![i](x){onerror=alert(1)}
<javascript:alert(1)>
<https://evil.invalid/>
https://evil.invalid/ www.evil.invalid
*b* **b** _i_ __b__ ***x***
`code` ``code`` ```
~~~ ~~strike~~
{: onclick=alert(1) #id .class }
{#evil .class onclick=alert(1)}
{ #top }
## Heading {#evil}
# Heading
=====
-----
> quote
- item
+ item
1. item
1) item
| a | b | | - | - |
[^1] [^1]: note
*[HTML]: abbreviation
!!! note "title"
/// caption
--8<-- "/etc/passwd"
$x$ $$x$$ \\(x\\) \\[x\\]
:smile: :material-home:
[TOC] [[toc]]
\\ \\\\ \\<b\\> \\* \\n
{{ 7*7 }} {{ config.site_url }}
{% raw %} {% include "x" %}
{# comment #}
${7*7} #{7*7} <%= 7*7 %>
%s %(x)s %n {0} {count} {count.__class__}
=1+1
=HYPERLINK("//evil.invalid","x")
=cmd|'/c calc'!A1
+1+1
-1+1
@SUM(1)
"=1+1"
'=1+1
,=1+1,
";=1+1;"
__proto__ constructor toString
__init__ __class__
../../etc/passwd ..\\..\\x
%3Cscript%3E %00 %0d%0aX: y
\\u003cscript\\u003e \\x3c \\074
\\");alert(1);//
'-alert(1)-'
"}];alert(1);[{"
{"@type":"Evil","url":"javascript:alert(1)"}
BEGIN:VEVENT END:VCALENDAR
;ATTENDEE:mailto:x \\, \\;
ER  - TY  - JOUR
}, @misc{evil, title={x}
\\input{/etc/passwd} \\write18{x} %comment
~ ~x~ ^x^ ==x== ++x++
Robert'); DROP TABLE standards;--
$(touch PWNED) `touch PWNED` ; touch PWNED
<b>𠀀</b> 𝕏 é é ﬀ
&#1114112; &#xD800; &#0;
data:text/html,<script>alert(1)</script>
vbscript:x
//evil.invalid/ \\\\evil.invalid\\x
<a b=c d='e' f="g">
<x-y z><svg><a xlink:href=javascript:x>
"quoted" 'quoted' „x“ «x»
C:\\x\\y /x/y/ a/b""".splitlines()
"""Each means something to somebody: HTML, XML, Markdown, Jinja, a spreadsheet, a citation, a calendar, a shell."""
REFUSED = (
    *(f"a{chr(code)}b" for code in (*range(1, 9), 11, 12, *range(14, 32), 0x7F, 0x85, 0x9B)),
    *(f"a{character}b" for character in "\u200b\u202e\u2028\u2029\u2066\ufeff\ufffe\uffff\ufdd0\ue000\U000e0041"),
)
"""What XML does not allow, or nobody sees."""
TEXTS = 1089
FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r")
_ADDRESSES = {"href", "src", "action", "srcset", "poster", "formaction", "data", "content", "xlink:href"}
Spoiler = Callable[[str], str]
"""Makes a hostile text of a harmless one."""
Structure = Counter[tuple[str, ...]]
"""What a page is made of but for its texts, with how often it has each."""


def trials(seed: int) -> Iterator[Trial]:
    """What cannot be published, then what must be published as the text that it is."""
    yield _refused()
    yield _published(random.Random(seed))
    yield _browsed(random.Random(seed))


def _refused() -> Trial:
    trial = Trial("4a", "characters that no XML holds or nobody sees, in a title: file:line, exit 1")
    with project_copy() as project:
        file = project / "content/records/standards/batch-2023-04.csv"
        before = file.read_text("utf-8")
        for text in REFUSED:
            file.write_text(before.replace("Simiao Rice", text, 1), "utf-8", newline="")
            check = run(generator_command("check"), project)
            is_right = check.code == 1 and "batch-2023-04.csv:2: " in check.output and not check.is_traceback
            trial.expect(is_right, f"{text!a}: {check.last_line()}")
    return trial


def _published(chance: random.Random) -> Trial:
    """Builds with hostile texts until there were enough, each compared with the one of harmless texts."""
    trial = Trial("4a", "hostile texts in every value: no new element, attribute, scheme or cell that runs")
    with project_copy() as project:
        records, harmless = project / "content/records", project.parent / "records"
        shutil.copytree(records, harmless)
        site = project / "build/site"
        if refused := _refusal(project):
            trial.expect(False, refused)
            return trial
        expected = structures(site)
        while trial.tried < TEXTS:
            # Nothing was published before: no version of the list stands beside this one.
            for folder in (project / "build", project / "content/versions", records):
                shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(harmless, records)
            texts: list[str] = []
            spoil(records, lambda text, texts=texts: texts.append(hostile(chance, text)) or texts[-1])
            trial.tried += len(texts)
            if refused := _refusal(project):
                trial.wrong.append(refused)
            else:
                trial.wrong += [*new_structure(expected, structures(site)), *misread(site), *running_cells(site)]
                trial.wrong += unlike_records(site, records)
    return trial


def hostile(chance: random.Random, text: str) -> str:
    """The `text` with one or two pieces before it, where a formula begins, or after it."""
    pieces = chance.sample(PIECES, chance.choice((1, 1, 2)))
    return " ".join((*pieces, text) if chance.random() < 0.5 else (text, *pieces))


def _refusal(project: Path) -> str:
    """Why the `project` was not published; '' where it was."""
    build = run(generator_command("build"), project, {"SITE_URL": SITE_URL}, patience=600)
    return build.output if build.code else ""


def spoil(records: Path, spoiler: Spoiler) -> None:
    """Put what `spoiler` makes of it in the place of each free text of the folder `records`."""
    for file in sorted((records / "standards").glob("*.csv")):
        rows = list(csv.DictReader(StringIO(file.read_text("utf-8"))))
        for row in rows:
            for column, text in row.items():
                if text and column.startswith("also_called:"):
                    row[column] = " | ".join(spoiler(name).replace("|", "/") for name in text.split(" | "))
                elif text and column in ("designation", "list_identifier"):
                    # What a page says depends on the year at the end.
                    row[column] = f"{spoiler('').strip()} {text}"
                elif text and column.startswith(("title:", "note:")):
                    row[column] = spoiler(text)
        with file.open("w", encoding="utf-8", newline="") as output:
            table = csv.DictWriter(output, rows[0], lineterminator="\n")
            table.writeheader()
            table.writerows(rows)
    for file in sorted(records.glob("*.yml")):
        entries = yaml.safe_load(file.read_text("utf-8"))
        text = yaml.safe_dump(_spoilt(entries, spoiler), allow_unicode=True, sort_keys=False, width=10**6)
        file.write_text(text, "utf-8", newline="")


def _spoilt(value: Any, spoiler: Spoiler, in_language: bool = False) -> Any:
    match value:
        case dict():
            return {
                key: part
                if key in ("standing", "reviewed")
                else _spoilt(part, spoiler, in_language or key in LANGUAGES)
                for key, part in value.items()
            }
        case list():
            spoilt = (_spoilt(part, spoiler, in_language) for part in value)
            # Of several texts none holds what stands between them in CSV.
            return [part.replace("|", "/") if isinstance(part, str) else part for part in spoilt]
        case str() if in_language:
            return spoiler(value)
    return value


def structures(site: Path) -> dict[str, Structure]:
    """Page below `site` → its structure."""
    return {file.relative_to(site).as_posix(): _structure(file.read_bytes()) for file in site.rglob("*.html")}


def _structure(page: bytes) -> Structure:
    structure: Structure = Counter()
    for node in LexborHTMLParser(page).css("*"):
        # A long title is set smaller.
        tag, attributes = node.tag or "", {k: v for k, v in node.attributes.items() if (k, v) != ("class", "bas-long")}
        # A phrase of another language is marked wherever it stands.
        if (tag, *attributes) != ("span", "lang"):
            structure[(tag, *sorted(attributes))] += 1
        for name in _ADDRESSES & attributes.keys():
            scheme, colon, _ = (attributes[name] or "").strip().partition(":")
            if tag != "meta" and colon and scheme.isalpha():
                structure[(tag, name, scheme)] += 1
        if tag in ("script", "style") and attributes.get("type") != "application/ld+json":
            structure[(tag, node.text())] += 1
    return structure


def new_structure(expected: dict[str, Structure], present: dict[str, Structure]) -> Iterator[str]:
    """What pages have that those of harmless texts have not, or the other way round.

    The addresses that other spellings of a number lead on from are others; such a page is as one of before.
    """
    for page, now in present.items():
        before = expected.get(page, now if now in expected.values() else Counter())
        if before != now:
            yield f"{page}: has {dict(now - before)}, lacks {dict(before - now)}"


def misread(site: Path) -> Iterator[str]:
    """The files that those who read their format do not take."""
    for file in sorted(site.rglob("*")):
        if (reader := READERS.get(file.suffix)) and file.is_file():
            try:
                reader(file.read_text("utf-8-sig"))
            except Exception as error:
                yield f"{file.relative_to(site)}: {error}"
    for ending in ("bib", "ris"):
        # The file of the whole list is those of the standards, one after another.
        files = sorted((site / "api/v1/citations").glob(f"*.{ending}"))
        entries = READERS[f".{ending}"]((site / f"api/v1/standards.{ending}").read_text("utf-8"))
        if entries != len(files):
            yield f"standards.{ending}: {entries} of {len(files)} entries"


def _read_json_ld(text: str) -> None:
    for node in LexborHTMLParser(text).css('script[type="application/ld+json"]'):
        json.loads(node.text())


def _read_bibtex(text: str) -> int:
    library = bibtexparser.entrypoint.parse_string(text)
    if library.failed_blocks or len(library.entries) != text.count("\n}\n"):
        raise ValueError(f"{len(library.entries)} entries, {len(library.failed_blocks)} that cannot be read")
    return len(library.entries)


def _read_ris(text: str) -> int:
    entries = len(rispy.loads(text))
    if entries != text.count("\nER  - "):
        raise ValueError(f"{entries} entries")
    return entries


READERS: dict[str, Callable[[str], object]] = {
    ".html": _read_json_ld,
    ".json": json.loads,
    ".webmanifest": json.loads,
    ".ndjson": lambda text: [json.loads(line) for line in text.splitlines()],
    ".xml": lambda text: defusedxml.ElementTree.fromstring(text.encode()),
    ".svg": lambda text: defusedxml.ElementTree.fromstring(text.encode()),
    ".ics": lambda text: vobject.readOne(text, validate=True),
    ".bib": _read_bibtex,
    ".ris": _read_ris,
}
"""Ending of a file → what reads it, or raises what is wrong."""


def running_cells(site: Path) -> Iterator[str]:
    """The cells of tables that a program would take for a formula."""
    for row in csv.reader(StringIO((site / "api/v1/standards.csv").read_text("utf-8-sig"))):
        yield from (f"standards.csv: {cell}" for cell in row if cell.startswith(FORMULA_BEGINS))
    for sheet in openpyxl.load_workbook(site / "api/v1/standards.xlsx"):
        for row in sheet.iter_rows():
            yield from (f"standards.xlsx: {cell.value}" for cell in row if cell.data_type == "f" or cell.hyperlink)


def unlike_records(site: Path, records: Path) -> Iterator[str]:
    """The titles that a page shows other than they are recorded."""
    for file in sorted((records / "standards").glob("*.csv")):
        for row in csv.DictReader(StringIO(file.read_text("utf-8"))):
            for language in LANGUAGES:
                page = site / language / "standards" / row["address"] / "index.html"
                heading = LexborHTMLParser(page.read_bytes()).css_first("h1")
                title = row[f"title:{language}"] or row["title:zh-Hans"]
                if heading is None or heading.text() != title:
                    yield f"{page.relative_to(site)}: {heading and heading.text()!r} is not {title!r}"


def _browsed(chance: random.Random) -> Trial:
    """Hostile addresses and queries in a browser, on a host that knows nothing but files and the 404 page."""
    trial = Trial("4b", "hostile addresses and queries in Chromium: nothing runs, leaves, pollutes or fails uncaught")
    with project_copy() as project:
        if refused := _refusal(project):
            trial.expect(False, refused)
            return trial
        with served(project / "build/site") as site, a_browser() as browser:
            for refusal in REFUSALS:
                visitor = Visitor(browser, site, refusal)
                for address in hostile_addresses(chance):
                    visitor.page.goto(site + address)
                    visitor.page.wait_for_load_state("networkidle")
                    harm = visitor.harm()
                    trial.expect(not harm, f"{address[:120]!a}: {harm}")
                visitor.page.context.close()
            visitor = Visitor(browser, site, "")
            visitor.page.goto(f"{site}en/standards/?field=food")
            visitor.page.keyboard.press("/")
            for query in [*PIECES, *ODD_QUERIES, *(_any_text(chance) for _ in range(100))]:
                visitor.ask(query)
                harm = visitor.harm()
                trial.expect(not harm, f"asked {query[:120]!a}: {harm}")
    return trial


REFUSALS = (
    "",
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } });"
    "Object.defineProperty(navigator, 'clipboard', { value: undefined });",
    "window.fetch = () => Promise.reject(new TypeError('offline'));",
)
"""What a browser keeps from a page: nothing; storage and clipboard; the network."""
ODD_QUERIES = (
    "\ud800",
    "a\udc00b",
    "\x00",
    "\u202e",
    "\ufffe",
    "__proto__",
    "constructor",
    "9" * 10_000,
    "丝" * 10_000,
)
_WAYS = (
    "en/standards/?q={}",
    "zh-Hans/standards/?field={}&sort={}",
    "zh-Hant/standards/?batch=none&publisher={}&__proto__[x]={}",
    "en/standards/wq-1-10/#{}",
    "s/{}/",
    "f/{}",
    "b/wq/{}/",
    "{}/en/",
    "s/wq-1-10/?{}#{}",
    "/en/standards/?q={}",
)
"""Where in an address a text may stand."""
_ODD_ENCODINGS = (
    "%",
    "%E0%A4",
    "%ED%A0%80",
    "%00",
    "%zz",
    "%u0041",
    "%25%",
    "..%2f..%2f",
    "%5c%5cevil.invalid",
    "a" * 60_000,
)


def hostile_addresses(chance: random.Random) -> Iterator[str]:
    """Addresses below the site that hold hostile texts, encoded or not, and what encodes no text."""
    for way in _WAYS:
        for text in chance.sample(PIECES, 8):
            encode = chance.choice((quote, quote_plus, lambda text: text.replace("%", "%25")))
            yield way.replace("{}", encode(text))
        for text in chance.sample(_ODD_ENCODINGS, 3):
            yield way.replace("{}", text)


def _any_text(chance: random.Random) -> str:
    """Up to 40 characters of any kind, lone surrogates too."""
    return "".join(
        chr(chance.choice((chance.randrange(0x3000), chance.randrange(0x11000))))
        for _ in range(chance.randrange(1, 40))
    )


class Visitor:
    """Somebody with a browser, who notes what goes wrong."""

    def __init__(self, browser: Browser, site: str, refusal: str) -> None:
        self.page = browser.new_context(viewport=DESK).new_page()
        self._site = site.removesuffix("/bay/")
        self._faults: list[str] = []
        if refusal:
            self.page.add_init_script(refusal)
        self.page.on("pageerror", lambda error: self._faults.append(str(error)))
        self.page.on("dialog", self._note_dialog)
        self.page.on("request", lambda request: self._note_request(request.url))

    def _note_dialog(self, dialog: Dialog) -> None:
        self._faults.append(f"ran {dialog.message}")
        dialog.dismiss()

    def _note_request(self, url: str) -> None:
        if not url.startswith(self._site):
            self._faults.append(f"asked {url[:200]}")

    def ask(self, query: str) -> None:
        """Put `query` into the search box, lone surrogates too."""
        box = self.page.locator("[role=combobox]")
        box.evaluate(
            "(box, query) => { box.value = JSON.parse(query); box.dispatchEvent(new Event('input')) }",
            json.dumps(query),
        )
        # It is answered in the same turn, or in the next.
        self.page.evaluate("() => new Promise((resolve) => setTimeout(resolve))")

    def harm(self) -> list[str]:
        """What went wrong since this was last asked."""
        faults = [*self._faults]
        self._faults.clear()
        polluted, headings, stray = self.page.evaluate(
            """() => [
                Object.keys(Object.prototype).length + Number("x" in {}),
                document.querySelectorAll("h1").length,
                document.querySelectorAll(":is(main, dialog) :is(script, iframe, base, style, object)").length,
            ]"""
        )
        if (polluted, headings, stray) != (0, 1, 0):
            faults.append(f"{polluted} properties of all objects, {headings} headings, {stray} foreign elements")
        if not self.page.url.startswith(self._site):
            faults.append(f"left for {self.page.url}")
        return faults
