"""The check says everything that is wrong, where, and what would be right; and never falls over."""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import speaking
from generator.catalogue.numbers import number_key
from generator.catalogue.records import LEDGER_TITLE
from generator.files.seal import sealed
from generator.publishing.trial import check_content
from tests.conftest import AWFUL, REPOSITORY, change_standard, make_project


def messages(project: Path) -> list[str]:
    return [str(problem) for problem in read_content(project).problems]


def run(*arguments: str, folder: Path, largest: int = resource.RLIM_INFINITY) -> subprocess.CompletedProcess:
    """The command as an editor runs it, in `folder`, on a disk that takes files of up to `largest` bytes."""
    return subprocess.run(
        (sys.executable, "-m", "generator", *arguments),
        cwd=folder,
        # On such a disk Python would leave the half of a compiled module behind, for everybody.
        env={"PYTHONPATH": str(REPOSITORY), "PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)),
    )


def awful_messages(folder: Path, language: str) -> list[str]:
    """The problems of the awful set, told in `language`; `folder` is empty and the current one."""
    with speaking(language):
        return messages(make_project(folder, AWFUL))


def listed_messages(language: str) -> list[str]:
    return (AWFUL.parent / f"messages.{language}.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_an_awful_set_is_said_in_each_language(tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    assert awful_messages(tmp_path, language) == listed_messages(language)


def test_every_fault_of_an_awful_set_is_said_at_once(tmp_path):
    done = run("check", folder=make_project(tmp_path, AWFUL))
    *said, summary = done.stdout.splitlines()
    assert said == listed_messages("en")
    assert summary == f"{len(said)} problems. Nothing was written."
    assert done.returncode == 1
    assert done.stderr == ""


def test_clean_content_is_a_line_of_totals_and_one_of_what_is_wanted(world):
    done = run("check", folder=world)
    totals, wanted = done.stdout.splitlines()
    assert totals == (
        "8 standards, 3 fields, 2 batches, 2 organisations, 7 cases, 3 sources; 9 standards announced. "
        f"Version {read_content(world).catalogue().version}. No problems."
    )
    assert wanted.startswith("Wanted, though nothing is wrong: ")
    assert done.returncode == 0


def test_an_empty_folder_is_a_list_of_missing_files(tmp_path):
    done = run("check", folder=tmp_path)
    assert done.stdout.splitlines() == [
        "content/labels.yml:1: this file is missing",
        "content/pages:1: this folder is missing",
        "content/records/addresses.txt:1: this file is missing",
        "content/records/batches.yml:1: this file is missing",
        "content/records/fields.yml:1: this file is missing",
        "content/records/organisations.yml:1: this file is missing",
        "content/records/sources.yml:1: this file is missing",
        "content/records/standards:1: holds no CSV file; one file a batch is wanted",
        "content/scripts.yml:1: this file is missing",
        "content/synonyms.yml:1: this file is missing",
        "mkdocs.yml:1: this file is missing",
        "overrides:1: this folder is missing",
        "12 problems. Nothing was written.",
    ]


TEA_FILE = "standards/batch-2020-03.csv"
TEA = f"content/records/{TEA_FILE}"
REMEDY = "save it again as “CSV UTF-8”"


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("gb18030", f"{TEA}:2: is not UTF-8 but looks like GB18030; {REMEDY}"),
        ("big5hkscs", f"{TEA}:2: is not UTF-8 but looks like Big5; {REMEDY}"),
        ("utf-16", f"{TEA}:1: is not UTF-8 but UTF-16; {REMEDY}"),
    ],
)
def test_a_file_in_another_encoding_is_named_with_its_encoding(world, encoding, message):
    path = world / TEA
    header = path.read_text("utf-8").splitlines()[0]
    words = (
        "清单內的标准"
        if encoding != "big5hkscs"
        else "灣區標準是粵港澳大灣區共通執行的自願性技術標準，由廣東、香港、澳門三地共同公布"
    )
    if encoding == "gb18030":
        words = "湾区标准是粤港澳大湾区共通执行的自愿性技术标准，由广东、香港、澳门三地共同公布"
    path.write_bytes(f"{header}\n{words}\n".encode(encoding))
    assert message in messages(world)


def test_the_mark_that_excel_writes_before_utf_8_is_no_fault(world):
    path = world / TEA
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert messages(world) == []


GIT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\n"
HALF_MERGED = "git left two versions here; keep one, and take out the lines of <<<<<<<, ======= and >>>>>>>"


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        (
            "records/fields.yml",
            "a: [1\nb: 2\n",
            "content/records/fields.yml:2: is not YAML from here on (did not find expected ',' or ']'); "
            "check indents, colons and quotes",
        ),
        (
            "records/fields.yml",
            "leaves:\n  name:\n    en: {deep: {er: x}}\n",
            "content/records/fields.yml:3: ‘name:en’ is nested too deeply; a text or a list is wanted",
        ),
        (
            "records/fields.yml",
            "leaves: green\n",
            "content/records/fields.yml:1: ‘leaves’ has no keys below it; indent them by two spaces",
        ),
        (
            "records/fields.yml",
            "a: " + "[" * 3000 + "]" * 3000,
            "content/records/fields.yml:1: is nested too deeply; entries are `address:` with keys below it",
        ),
        (
            "records/standards/batch-2021-09.csv",
            'address\n"never closed',
            "content/records/standards/batch-2021-09.csv:2: is not CSV from here on (unexpected end of data); "
            "check the quotes of this row",
        ),
        (
            "records/standards/batch-2021-09.csv",
            "",
            "content/records/standards/batch-2021-09.csv:1: is empty; its first row names the columns of standards",
        ),
        (
            "records/standards/batch-2021-09.csv",
            "address;list_identifier;designation\ntea-9;;\n",
            "content/records/standards/batch-2021-09.csv:1: its cells are separated by ‘;’; save it as “CSV UTF-8”, "
            "with commas",
        ),
        (
            "records/standards/batch-2021-09.csv",
            "tea-9,TEA 9,Oolong\n",
            "content/records/standards/batch-2021-09.csv:1: its first row must name the columns: address, "
            "list_identifier and so on",
        ),
        (
            "records/standards/batch-2022-01.xlsx",
            "",
            "content/records/standards/batch-2022-01.xlsx:1: is not read; standards stand in .csv files here",
        ),
        (
            "pages/en/standards.md",
            "# Standards\n",
            "content/pages/en/standards.md:1: the page ‘standards’ is made from the records",
        ),
        (
            "labels.yml",
            "copy: {zh-Hans: '复制{what}', en: Copy}\n",
            "content/labels.yml:1: the label ‘copy’ has no zh-Hant",
        ),
        (
            "labels.yml",
            "copy: {zh-Hans: '复制{what}', zh-Hant: '複製{what}', en: Copy}\n",
            "content/labels.yml:1: the label ‘copy’ has the places none in en but {what} in zh-Hans",
        ),
        (
            "labels.yml",
            "copy: {zh-Hans: 複製, zh-Hant: 複製, en: Copy}\n",
            "content/labels.yml:1: copy:zh-Hans has ‘複製’, which script conversion would write ‘复制’ in zh-Hans; "
            "mend it, or add the form to scripts.yml if it is right here",
        ),
        (
            "pages/en/about.md",
            "Hello {{ number }}\n\n## Who\n",
            "content/pages/en/about.md:1: has no title; its first line is ‘# Title’",
        ),
        (
            "pages/en/about.md",
            "# About\n\n## Who\n",
            "content/pages/en/about.md:3: this heading has no id; end it with {#id}, the same in each language",
        ),
        (
            "pages/en/about.md",
            "# About\n\n{{ number }}\n",
            "content/pages/en/about.md:3: ‘number’ is not a figure; one of announced, announcements, "
            "fields_announced, fields_named, missing, newest, recorded, site, version",
        ),
        (
            "pages/zh-Hant/about.md",
            "# 关于\n",
            "content/pages/zh-Hant/about.md:1: this line has ‘关于’, which script conversion would write ‘關於’ in "
            "zh-Hant; mend it, or add the form to scripts.yml if it is right here",
        ),
        ("scripts.yml", "说: {zh-Hant: 說}\n", "content/scripts.yml:1: ‘说’ has no why"),
        ("records/fields.yml", f"leaves:\n{GIT}", f"content/records/fields.yml:2: {HALF_MERGED}"),
        ("records/changes.csv", f"made_on\n{GIT}", f"content/records/changes.csv:2: {HALF_MERGED}"),
        ("records/addresses.txt", GIT, f"content/records/addresses.txt:1: {HALF_MERGED}"),
        ("labels.yml", GIT, f"content/labels.yml:1: {HALF_MERGED}"),
        ("pages/en/about.md", f"# About\n\n{GIT}", f"content/pages/en/about.md:3: {HALF_MERGED}"),
    ],
)
def test_one_fault_one_sentence(world, file, text, message):
    (world / "content" / file).write_text(text, "utf-8")
    assert message in messages(world)


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("fields.yml", "a: b: c", "这里不该有冒号；文字里有冒号的，要用引号括起来"),
        ("fields.yml", "a: [1\nb: 2", "缺少逗号或右方括号“]”"),
        ("fields.yml", "a: {x: 1\nb: 2", "缺少逗号或右大括号“}”"),
        ("fields.yml", "a:\n\tb: 1", "文字不能以这个字符开头，要用引号括起来；缩进不能用制表符"),
        ("fields.yml", "a: 'x\nb: 1", "引号或括号没有结束"),
        ("fields.yml", "a:\n  - 1\n  b: 2", "列表的每一条要以连字符开头"),
        ("fields.yml", "a:\n  b: 1\n c: 2", "这里应该是一个栏名"),
        ("fields.yml", "a\n", "要逐条写“网址:”，各栏写在它的下面"),
        ("fields.yml", 'a: "\\q"', "双引号里的反斜杠要写两次"),
        ("fields.yml", "  a: 1\nb: 2", "缩进与上面不一致"),
        (TEA_FILE, 'address\n"b', "引号没有结束"),
        (TEA_FILE, 'address\n"b"c', "右引号后面应该是逗号"),
    ],
)
def test_what_a_file_lacks_is_said_in_the_language_of_its_editor(world, file, text, reason):
    (world / RECORDS / file).write_text(text, "utf-8")
    with speaking("zh-Hans"):
        assert [one for one in messages(world) if one.startswith(f"{RECORDS}/{file}:") and reason in one]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("a\u202eb", "this line holds an invisible character (U+202E); type the text again without it"),
        ("a\u200bb", "this line holds an invisible character (U+200B); type the text again without it"),
        ("a\u3164b", "this line holds an invisible character (U+3164); type the text again without it"),
        ("a\ue000b", "this line holds an invisible character (U+E000); type the text again without it"),
        ("a\rb", "this line holds an invisible character (U+000D); type the text again without it"),
        (
            "a\ufffdb",
            "this line holds ‘\ufffd’ (U+FFFD) in the place of a character that was lost; type the text again",
        ),
        ("a\u0378b", "this line holds U+0378, which is no character; type the text again without it"),
        ("{{ 7*7 }}", "‘{{ 7*7 }}’ would be printed as it stands; a figure is a plain name, such as {{ recorded }}"),
        ("{% if a %}", "‘{% if a %}’ would be printed as it stands; a figure is a plain name, such as {{ recorded }}"),
        ("{# a #}", "‘{# a #}’ would be printed as it stands; a figure is a plain name, such as {{ recorded }}"),
        (
            "{{ recorded",
            "‘{{ recorded’ would be printed as it stands; a figure is a plain name, such as {{ recorded }}",
        ),
        ("# Again", "this is a second main heading; the parts of a page begin with ## Heading {#id}"),
        ("#Again", "this is a second main heading; the parts of a page begin with ## Heading {#id}"),
        ("##Again {#a}", "this heading has no id; end it with {#id}, the same in each language"),
        ("## Again {#top}", "the id ‘top’ is taken; each heading has its own"),
        ("- # Again", "this is a heading in a list or a quotation; headings stand alone, as ## Heading {#id}"),
        ("=======", "makes a heading of the line above; write that as ## Heading {#id}"),
        ("```", "these quotes of code are never closed; end the code with a line of the same quotes"),
        ("<h1>Again</h1>", "holds ‘<h1>’; a page is Markdown without HTML"),
        ("<script", "holds ‘<script’; a page is Markdown without HTML"),
        ("<!-- hush", "holds ‘<!’; a page is Markdown without HTML"),
        (
            "[a](https://[bad/)",
            "links to ‘https://[bad/’, which is no address; write one that begins with https://",
        ),
        ("[a](javascript:b)", "links to ‘javascript:b’, which is no address; write one that begins with https://"),
        ("<data:text/html,a>", "links to ‘data:text/html,a’, which is no address; write one that begins with https://"),
        ("[a](#nowhere)", "links to ‘#nowhere’, but no heading of this page has that id"),
    ],
)
def test_one_wrong_line_of_a_page_one_sentence(world, line, sentence):
    path = world / "content/pages/en/about.md"
    path.write_text(f"# About\n\nTea.\n{line}\n", "utf-8")
    problems = [str(problem) for problem in read_content(world).problems]
    assert [one for one in problems if "pages/about:" not in one] == [f"content/pages/en/about.md:4: {sentence}"]


def test_what_a_page_may_hold(world):
    text = "# About\n\n{{ recorded }}\ttea.\n\n---\n\n[a](https://tea.invalid/?a=%20#b) <https://tea.invalid>\n\n"
    text += (
        '[b](#top) 1 < 2 `<b>` {x}\n\n```json\n# {"a": {"b": 1}}\n<b>\n```\n\n~~~\n---\n~~~\n\n| a |\n|---|\n| 茶 |\n'
    )
    for path in (world / "content/pages").glob("*/about.md"):
        path.write_text(text.replace("\n", "\r\n"), "utf-8", newline="")
    # It leads to sections that are gone.
    (world / "content/synonyms.yml").write_text("", "utf-8")
    assert messages(world) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("# About\n", "has no text below its title; the first paragraph tells what the page is about"),
        ("# About\n\n## Who {#who}\n", "has no text below its title; the first paragraph tells what the page is about"),
        ("# *About*\n\nTea.\n", "the title holds ‘*’; it is plain text"),
        ("About\n", "has no title; its first line is ‘# Title’"),
        ("# About\n\n" + "tea " * 60_000, "has 240,009 characters; part it into pages of at most 200,000"),
    ],
)
def test_a_page_has_a_title_and_a_text_of_bounded_length(world, text, sentence):
    (world / "content/pages/en/about.md").write_text(text, "utf-8")
    assert f"content/pages/en/about.md:1: {sentence}" in messages(world)


def test_what_stands_in_the_wrong_place_is_said_and_what_others_left_is_not(world):
    pages = world / "content/pages"
    for name in ("fr/about.md", "about.md", "en/notes.txt", "en/Über.md"):
        (pages / name).parent.mkdir(exist_ok=True)
        (pages / name).write_text("# Tea\n\nTea.\n", "utf-8")
    for name in (".DS_Store", "en/.about.md.swp", "en/about.md~", "zh-Hans/Thumbs.db"):
        (pages / name).write_bytes(b"\xff")
    assert [message.partition(";")[0] for message in messages(world)] == [
        "content/pages/about.md:1: is not read",
        "content/pages/en/notes.txt:1: is not read",
        "content/pages/en/Über.md:1: is not read",
        "content/pages/fr:1: is not read",
    ]


@pytest.mark.parametrize(
    ("english", "sentence"),
    [
        ("'{count[0]}'", "copy:en holds ‘{count[0]}’, which nothing fills; a place is a plain name, such as {count}"),
        ("'{count.__class__}'", "copy:en holds ‘{count.__class__}’, which nothing fills; a place is"),
        ("'{count:>99999999999}'", "copy:en holds ‘{count:>99999999999}’, which nothing fills; a place is"),
        ("'{count!r}'", "copy:en holds ‘{count!r}’, which nothing fills; a place is a plain name"),
        ("'{}'", "copy:en holds ‘{}’, which nothing fills; a place is a plain name"),
        ("'{0}'", "copy:en holds ‘{0}’, which nothing fills; a place is a plain name"),
        ("'{{ x }}'", "copy:en holds ‘{’, which nothing fills; a place is a plain name"),
        ("'}'", "copy:en holds ‘}’, which nothing fills; a place is a plain name"),
        ("'{count}'", "the label ‘copy’ has the places {count} in en but none in zh-Hans"),
        ("[Copy, Paste]", "copy:en holds a list; a label is one text"),
        ("~", "the label ‘copy’ has no en"),
        ("{one: Copy}", "the label ‘copy’ has en:one; write en alone, or one and other below it"),
        ("{one: {two: Copy}}", "‘en:one’ is nested too deeply; a text or a list is wanted"),
        ('"Co\\u200Bpy"', "copy:en holds an invisible character (U+200B); type the text again without it"),
        ('"Co\\npy"', "copy:en holds an invisible character (U+000A); type the text again without it"),
        ("<b>Copy</b>", "copy:en holds ‘<b>’, which would be printed as it stands; a label is plain text"),
        ("Copy" * 1000, "copy:en has 4,000 characters; a label has at most 1,000"),
    ],
)
def test_a_label_is_one_line_of_plain_text(world, english, sentence):
    (world / "content/labels.yml").write_text(f"copy: {{zh-Hans: 复制, zh-Hant: 複製, en: {english}}}\n", "utf-8")
    assert [one for one in messages(world) if one.startswith(f"content/labels.yml:1: {sentence}")]


def test_a_label_of_the_frame_has_nothing_to_fill_in(world):
    path = world / "content/labels.yml"
    text = path.read_text("utf-8")
    start = text.index("skip:\n")
    places = (
        text[start:]
        .replace("\n  zh-Hans: ", "\n  zh-Hans: '{count}' #", 1)
        .replace("\n  zh-Hant: ", "\n  zh-Hant: '{count}' #", 1)
    )
    path.write_text(text[:start] + places.replace("\n  en: ", "\n  en: '{count}' #", 1), "utf-8")
    line = text.count("\n", 0, start) + 1
    assert messages(world) == [
        f"content/labels.yml:{line}: the label ‘skip’ has places or plural forms, which "
        "overrides/partials/header.html cannot fill"
    ]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("说: {zh-Hant: 說, why: ~}", "‘说’ has no why"),
        ("说: {zh-Hant: '', why: a}", "‘说’ has no zh-Hant"),
        ('说: {zh-Hant: "說\\u202E", why: a}', "‘说’: zh-Hant holds an invisible character (U+202E)"),
        ("说: {zh-Hant: 說, why: a, who: b}", "‘who’ is not a key here; zh-Hant, also or why?"),
        ("说: 說", "‘说’ has no keys below it; indent them by two spaces"),
        ("- 说", "must be a list of entries `address:`, each with its keys below it"),
    ],
)
def test_a_reviewed_form_has_a_form_and_a_reason(world, entry, sentence):
    (world / "content/scripts.yml").write_text(f"{entry}\n", "utf-8")
    assert [one for one in messages(world) if one.startswith(f"content/scripts.yml:1: {sentence}")]


@pytest.mark.parametrize("file", ["sources.yml", "batches.yml", "fields.yml", "organisations.yml"])
def test_a_file_that_cannot_be_read_is_one_problem_and_not_a_hundred(world, file):
    (world / "content/records/addresses.txt").write_text("fields/leaves\nbatches/2020-03\n")
    (world / "content/records" / file).write_text("broken: [", "utf-8")
    assert messages(world) == [
        f"content/records/{file}:2: is not YAML from here on (did not find expected node content); "
        "check indents, colons and quotes"
    ]


def test_a_page_that_one_language_lacks_is_said(world):
    (world / "content/pages/zh-Hant/about.md").unlink()
    assert messages(world) == ["content/pages/zh-Hant/about.md:1: the page ‘about’ is missing in zh-Hant"]


A_STANDARD = {
    "address": "tea-9",
    "list_identifier": "TEA 9",
    "title:zh-Hans": "测试",
    "title:zh-Hant": "測試",
    "title:en": "Test",
    "standing:zh-Hans": "official",
    "standing:zh-Hant": "converted",
    "standing:en": "translated",
    "sources": "gazette",
    "recorded_on": "2021-09-01",
}


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("publisher", "guild-of-empty-cups | tea", "publisher takes one value; ‘guild-of-empty-cups | tea’ is several"),
        ("sources", "gazette; kettle", "sources ‘gazette; kettle’ is not in sources.yml; write | between several"),
        ("designation", "-", "designation says ‘-’; leave it empty where nothing is known"),
        ("designation", "茶/T 9—2020", "designation ‘茶/T 9—2020’ has a long dash before its year; write a hyphen, -"),
        (
            "list_identifier",
            "8-Jan",
            "list_identifier ‘8-Jan’ looks like a date that Excel made of a number; type the number again as text",
        ),
        ("issued_on", "2023/4/24", "issued_on ‘2023/4/24’ is not a date; write it as 2023-04-24"),
        ("title:en", "two\nlines", "title:en holds a line break; write it on one line"),
        ("title:zh-Hans", "", "tea-9 has no title:zh-Hans"),
        ("title:en", "", "standing:en stands beside no title:en; write the title, or take standing:en out"),
        (
            "standing:zh-Hant",
            "",
            "tea-9 has no standing:zh-Hant; say how sure the text is: "
            "official, reported, reviewed, devised, converted, translated",
        ),
        ("address", "page-2", "the address ‘page-2’ is kept for the site’s own pages"),
        ("former_addresses", "tea-9", "‘tea-9’ is the present address, not a former one"),
    ],
)
def test_one_wrong_cell_one_sentence(world, column, value, sentence):
    path = world / "content/records/standards/batch-2021-09.csv"
    # It tells of a standard that is not written again.
    (world / "content/records/cases.yml").unlink()
    header = path.read_text("utf-8").splitlines()[0].split(",")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header)
        writer.writeheader()
        writer.writerow(A_STANDARD | {column: value})
    assert messages(world) == [f"content/records/standards/batch-2021-09.csv:2: {sentence}"]


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_a_standard_without_a_title_in_one_language_has_no_problem(world, language):
    change_standard(world, "tea-1", {f"title:{language}": "", f"standing:{language}": ""})
    assert messages(world) == []


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("tea-9,x", "this row has 2 cells, the header 38: ‘{third}’ and what follows is missing"),
        (
            "tea-9" + ",x" * 38,
            'this row has 39 cells, the header only 38; a text that holds a comma stands in quotes: "a, b"',
        ),
    ],
)
def test_a_row_whose_cells_are_shifted_is_said_and_nothing_else(world, row, sentence):
    path = world / "content/records/standards/batch-2021-09.csv"
    header = path.read_text("utf-8").splitlines()[0]
    (world / "content/records/addresses.txt").write_text("standards/tea-9\n")
    path.write_text(f"{header}\n{row}\n", "utf-8")
    said = sentence.replace("{third}", header.split(",")[2])
    assert messages(world) == [f"content/records/standards/batch-2021-09.csv:2: {said}"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("batch_added:", "batch_addedd:", "content/labels.yml:1: the label ‘batch_added’ is printed, but is not here"),
        ("own_name_short:", "own_name_shrt:", "content/labels.yml:1: the label ‘own_name_short’ is missing"),
        (
            "en: How the list has grown",
            "en: How the list { has grown",
            "content/labels.yml:{line}: growth:en holds ‘{ has grown’, which nothing fills; a place",
        ),
        ("于{date}\n", "于{day}\n", "content/labels.yml:"),
    ],
)
def test_a_mistake_in_a_label_is_a_sentence(world, old, new, message):
    path = world / "content/labels.yml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
    line = text.count("\n", 0, text.index(old)) + 1
    found = [str(problem) for problem in check_content(world).problems]
    assert [one for one in found if one.startswith(message.replace("{line}", str(line)))]


def test_an_address_that_was_published_must_stay(world):
    (world / "content/records/addresses.txt").write_text("standards/bai-cha\nstandards/tea-4\nfields/spoons\n")
    assert messages(world) == [
        "content/records/addresses.txt:3: fields/spoons was published and is gone; bring the record back, or put "
        "this address into former_addresses of the record it became; did you mean ‘fields/cups’? "
        "(if it was never on the web, delete this line)"
    ]


def test_when_a_whole_file_is_gone_every_address_is_told_and_none_guessed_at(world):
    gone = [f"standards/spoon-{n}" for n in range(300)]
    (world / "content/records/addresses.txt").write_text("\n".join(gone))
    said = messages(world)
    assert [one.partition(" ")[2].partition(" ")[0] for one in said] == gone
    assert not any("did you mean" in one for one in said)


RECORDS = "content/records"
INVISIBLE = "holds an invisible character ({}); type the text again without it"
NOT_ON_THE_WEB = "is not a web address; it begins with https:// or http:// and a host"
ALIAS = "‘*x’ stands for what is elsewhere; write it out, or in quotes"
NAMED_BY_NONE = "leaves has no opened_by; where no announcement named it, write in named_by who does"
KEY = "has no word before its colon; every key is a word, such as name:"


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "sentence"),
    [
        # Values that are none.
        *(
            ("fields.yml", "en: Leaves", f"en: {nothing}", 1, "leaves has no name:en")
            for nothing in ("~", "null", "Null", "NULL", "")
        ),
        ("fields.yml", "opened_by: 2020-03", "opened_by: ~", 1, NAMED_BY_NONE),
        ("fields.yml", "en: Leaves", "en: 'null'", 5, "name:en says ‘null’; leave it empty where nothing is known"),
        ("fields.yml", "en: Leaves", "en: '~'", 5, "name:en says ‘~’; leave it empty where nothing is known"),
        ("fields.yml", "en: Leaves", "en: '???'", 5, "name:en says ‘???’; leave it empty where nothing is known"),
        *(
            (
                "fields.yml",
                "[gazette]",
                f"[{empty}, gazette]",
                14,
                "‘sources’ has an empty text in its list; take it out",
            )
            for empty in ("~", "null", "''")
        ),
        ("fields.yml", "[gazette]", "[]", 1, "leaves has no sources; a record that no source states is not published"),
        ("fields.yml", "leaves:", "~:", 1, KEY),
        ("fields.yml", "    en: Leaves", "    ? [en]\n    : Leaves", 5, KEY),
        # Parts of YAML that no record needs.
        ("fields.yml", "en: Leaves", "en: &x Leaves\n    fr: *x", 6, ALIAS),
        ("fields.yml", "[gazette]", "*x", 14, ALIAS),
        (
            "fields.yml",
            "en: Leaves",
            "en: !!binary TGVhdmVz",
            5,
            "‘name:en’ has the type tag:yaml.org,2002:binary; a text or a list is wanted",
        ),
        (
            "fields.yml",
            "cups:",
            "---\ncups:",
            16,
            "is not YAML from here on (but found another document); check indents, colons and quotes",
        ),
        (
            "fields.yml",
            "  opened_by",
            "  'name:en': x\n  opened_by",
            13,
            "‘name:en’ stands here a second time, first in line 5",
        ),
        (
            "fields.yml",
            "[foliage]",
            "['a | b']",
            8,
            "also_called:en has a | in a text, which stands between several in CSV; write them below each other",
        ),
        ("fields.yml", "[gazette]", "[gazette, gazette]", 14, "sources names ‘gazette’ 2 times; once is enough"),
        # Characters that nobody could read; test_texts.py has every kind.
        (TEA_FILE, "White Down", "White\u200b Down", 2, f"title:en {INVISIBLE.format('U+200B')}"),
        ("fields.yml", "en: Leaves", "en: \u3164", 5, f"name:en {INVISIBLE.format('U+3164')}"),
        (
            "fields.yml",
            "en: Leaves",
            "en: Leaves\u0378",
            5,
            "name:en holds U+0378, which is no character; type the text again without it",
        ),
        # What spreadsheets make of texts.
        *(
            (
                TEA_FILE,
                "White Down",
                error,
                2,
                f"title:en holds the error ‘{error}’ of a spreadsheet; write what should stand there",
            )
            for error in ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "########", "Err:502")
        ),
        (
            TEA_FILE,
            "TEA 1,",
            "2.02E+11,",
            2,
            "list_identifier is 2.02E+11, which Excel made of a longer number; type it again as text",
        ),
        (
            TEA_FILE,
            "White Down",
            "a" * 2001,
            2,
            "title:en has 2,001 characters; 2,000 are more than any text here has",
        ),
        # Addresses that no browser, disk or other record can take.
        *(
            ("organisations.yml", "https://tea.invalid/", url, 16, f"website ‘{url}’ {NOT_ON_THE_WEB}")
            for url in (
                "https://[bad",
                "https://tea.invalid:99999/",
                "https:///tea",
                "https://user:word@tea.invalid/",
                "https://localhost/",
                "https://tea.invalid/%zz",
                "javascript:alert(1)",
            )
        ),
        (
            TEA_FILE,
            "tea-1,",
            f"{'t' * 201},",
            2,
            f"the address ‘{'t' * 201}’ has 201 characters; 200 are the most for the name of a file",
        ),
        (
            "fields.yml",
            "leaves:",
            "con:",
            1,
            "the address ‘con’ opens a device on Windows, where no file can be called so; add a word",
        ),
        ("fields.yml", "leaves:", "list:", 1, "the address ‘list’ is kept for the site’s own pages"),
        ("fields.yml", "leaves:", "'null':", 1, "the address ‘null’ says that there is none; add a word"),
        # Days on which nothing can have happened.
        *(
            (
                "batches.yml",
                "announced_on: 2020-03-01",
                f"announced_on: {day}",
                8,
                f"announced_on ‘{day}’ does not lie between 1905 and 2099; correct its year",
            )
            for day in ("0001-01-01", "1899-12-30", "2203-03-01")
        ),
        # What is no record.
        (
            "addresses.txt",
            LEDGER_TITLE,
            "",
            1,
            f"is empty, as if nothing was ever published; bring it back, or begin a new list with ‘{LEDGER_TITLE}’",
        ),
        (
            "fields (copy).yml",
            "",
            "x",
            1,
            "is not read here; a file of standards belongs into standards/; move or delete it",
        ),
        (
            "batch-2023-04.csv",
            "",
            "x",
            1,
            "is not read here; a file of standards belongs into standards/; move or delete it",
        ),
        ("standards/a\nb.png", "", "x", 1, "is not read; standards stand in .csv files here"),
    ],
)
def test_one_damage_of_a_kind_one_sentence(world, file, old, new, line, sentence):
    path = world / RECORDS / file
    text = path.read_text("utf-8") if path.exists() else ""
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    shown = file.replace("\n", "\\n")
    assert f"{RECORDS}/{shown}:{line}: {sentence}" in messages(world)


UNPRINTED = (
    "name:{0} is {1}, but no source of whispering-teahouse has {0} among its languages; "
    "write converted or translated, or add the source that prints it"
)


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "sentence"),
    [
        # A case has a source, uses a standard of the list in a way that is known, and has all that its table needs.
        (
            "cases.yml",
            "  sources: [kettle]\n",
            "",
            60,
            "leak-certificate has no sources; a record that no source states is not published",
        ),
        (
            "cases.yml",
            "[gazette, kettle]",
            "[gazette, pot]",
            24,
            "sources ‘pot’ is not in sources.yml; add it there first",
        ),
        ("cases.yml", "[tea-4]", "[tea-44]", 67, "standards ‘tea-44’ is not in standards/; did you mean ‘tea-4’?"),
        ("cases.yml", "[leaves, dreams]", "[leaf]", 104, "fields ‘leaf’ is not in fields.yml; did you mean ‘leaves’?"),
        (
            "cases.yml",
            "kind: training",
            "kind: trainng",
            132,
            "kind ‘trainng’ is unknown; did you mean ‘training’?",
        ),
        ("cases.yml", "[macao, hong-kong]", "[macau]", 10, "regions ‘macau’ is unknown; did you mean ‘macao’?"),
        (
            "cases.yml",
            "  kind: training\n",
            "",
            126,
            "course-in-silence has no kind; one of demonstration, certification, event, authorities, institutions,"
            " training, planned is wanted",
        ),
        ("cases.yml", "    en: Runners carried empty trays.\n", "", 82, "moonlit-race has no described:en"),
        ("cases.yml", "    en: Tea Country\n", "", 12, "whispering-teahouse has place:zh-Hans but no place:en"),
        ("cases.yml", "  recorded_on: 2026-11-24\n", "", 2, "whispering-teahouse has no recorded_on"),
        (
            "cases.yml",
            "moonlit-race:",
            "planned:",
            82,
            "the address ‘planned’ is kept for a heading of the page of cases; add a word",
        ),
        (
            "cases.yml",
            "leak-certificate:",
            "whispering-teahouse:",
            60,
            "‘whispering-teahouse’ stands here a second time, first in line 2",
        ),
        # What lies after the days of its sources is planned; a day lies between two, or is one.
        (
            "cases.yml",
            "  happened_latest: 2021-12-01",
            "  happened_on: 2020-03-02",
            90,
            "moonlit-race lies after the last day on which it was spoken of, 2020-03-01; kind is planned",
        ),
        (
            "cases.yml",
            "  kind: planned",
            "  kind: event",
            148,
            "teahouse-on-the-moon lies after the last day on which it was spoken of, 2020-03-01; kind is planned",
        ),
        (
            "cases.yml",
            "  happened_on: 2020-02-29",
            "  happened_on: 2020-02-29\n  happened_latest: 2020-02-29",
            15,
            "whispering-teahouse has happened_on; take out the days around it",
        ),
        (
            "cases.yml",
            "  happened_latest: 2020-02-20",
            "  happened_latest: 2020-01-02",
            69,
            "happened_latest 2020-01-02 lies before happened_earliest 2020-01-03",
        ),
        (
            "events.yml",
            "  held_on: 2020-03-01",
            "  held_on: 2020-03-01\n  held_earliest: 2020-03-01",
            8,
            "first-kettle has held_on; take out the days around it",
        ),
        (
            "events.yml",
            "  held_latest: 2021-09-03",
            "  held_latest: 2021-08-31",
            35,
            "held_latest 2021-08-31 lies before held_earliest 2021-09-01",
        ),
        # A body has a record or a name; a result says who gives it.
        (
            "cases.yml",
            "    - organisation: institute-of-imaginary-tea\n      part:",
            "    - part:",
            27,
            "a body of whispering-teahouse has neither organisation nor name; write one of the two",
        ),
        (
            "cases.yml",
            "    - name:\n        zh-Hans: 低语茶馆",
            "    - organisation: guild-of-empty-cups\n      name:\n        zh-Hans: 低语茶馆",
            32,
            "a body of whispering-teahouse has both organisation and name; write one of the two",
        ),
        (
            "cases.yml",
            "organisation: institute-of-imaginary-tea",
            "organisation: institute",
            27,
            "organisation ‘institute’ is not in organisations.yml; add it there first",
        ),
        (
            "cases.yml",
            "      standing: {zh-Hans: official, zh-Hant: converted, en: translated}",
            "      standing: {zh-Hans: official, zh-Hant: converted}",
            36,
            "whispering-teahouse has standing:zh-Hans but no standing:en",
        ),
        ("cases.yml", "        en: Boiled the water\n", "", 27, "whispering-teahouse has no part:en"),
        (
            "cases.yml",
            "      standing: {zh-Hans: official, zh-Hant: converted, en: translated}\n",
            "",
            32,
            "a body of whispering-teahouse has no standing; say how sure each name is",
        ),
        (
            "cases.yml",
            "zh-Hant: converted, en: trans",
            "zh-Hant: official, en: trans",
            36,
            UNPRINTED.format("zh-Hant", "official"),
        ),
        (
            "cases.yml",
            "zh-Hant: converted, en: trans",
            "zh-Hant: reported, en: trans",
            36,
            UNPRINTED.format("zh-Hant", "reported"),
        ),
        (
            "cases.yml",
            "  sources: [gazette, kettle]",
            "  sources: [gazette]",
            59,
            "‘kettle’ is no source of whispering-teahouse; add it to its sources",
        ),
        ("cases.yml", "      source: kettle\n", "", 51, "whispering-teahouse has no source"),
        # What holds a list holds one, of entries with keys.
        *(
            (
                "cases.yml",
                f"  {key}:\n    -",
                f"  {key}: tea\n  note:\n    -",
                line,
                f"‘{key}’ holds a list, each entry of which begins with a hyphen",
            )
            for key, line in (("bodies", 26), ("results", 41))
        ),
        ("cases.yml", "  bodies:\n", "  bodies:\n    - tea\n", 27, "an entry of ‘bodies’ has keys, such as part:"),
        (
            "cases.yml",
            "        en: Boiled the water\n",
            "        en: Boiled the water\n      part: x\n",
            32,
            "‘part’ stands here a second time, first in line 28",
        ),
        (
            "cases.yml",
            "        en: Boiled the water\n",
            "        en: Boiled the water\n      role: x\n",
            32,
            "‘role’ is not a column of bodies",
        ),
        (
            "cases.yml",
            "  recorded_on: 2026-11-24\n",
            "  recorded_on: 2026-11-24\n  bodies: []\n",
            27,
            "‘bodies’ stands here a second time, first in line 26",
        ),
        # What happened around the list, what was said of it, how it is used.
        ("events.yml", "kind: award", "kind: reward", 40, "kind ‘reward’ is unknown; did you mean ‘award’?"),
        (
            "events.yml",
            "  sources: [kettle]\n",
            "",
            28,
            "call-for-dreams has no sources; a record that no source states is not published",
        ),
        (
            "events.yml",
            "  batch: 2020-03",
            "  batch: 2020-04",
            18,
            "batch ‘2020-04’ is not in batches.yml; did you mean ‘2020-03’?",
        ),
        (
            "events.yml",
            "[institute-of-imaginary-tea]",
            "[nobody]",
            17,
            "organisations ‘nobody’ is not in organisations.yml; add it there first",
        ),
        (
            "statements.yml",
            "topic: platform",
            "topic: platforms",
            12,
            "topic ‘platforms’ is unknown; did you mean ‘platform’?",
        ),
        ("statements.yml", "  batch: 2020-03\n", "", 2, "2020-03-features has no batch"),
        (
            "adoption.yml",
            "  said_on: 2020-04-01",
            "  said_on: 2020",
            3,
            "said_on ‘2020’ is not a date; write it as 2023-04-24",
        ),
        ("adoption.yml", "    en: more than 50\n", "", 2, "pots-2020-04 has no figure:en"),
        # A field was named by an announcement or by somebody.
        (
            "fields.yml",
            "  named_by:",
            "  opened_by: 2021-09\n  named_by:",
            40,
            "dreams was named by the announcement 2021-09; take out named_by",
        ),
        (
            "fields.yml",
            "    zh-Hant: 《水壺晚報》，2021年12月\n",
            "",
            40,
            "dreams has named_by:zh-Hans but no named_by:zh-Hant",
        ),
        # Sources have languages, records the day of their recording; reviewed is who did it when.
        (
            "sources.yml",
            "languages: [zh-Hans]",
            "languages: [zh]",
            12,
            "languages ‘zh’ is unknown; one of zh-Hans, zh-Hant, en is wanted",
        ),
        ("fields.yml", "  recorded_on: 2026-11-23\n", "", 1, "leaves has no recorded_on"),
        (
            "organisations.yml",
            "  recorded_on: 2026-11-23",
            "  recorded_on: yesterday",
            20,
            "recorded_on ‘yesterday’ is not a date; write it as 2023-04-24",
        ),
        (
            "batches.yml",
            "en: translated}",
            "en: reviewed}",
            7,
            "standing:en is reviewed; write in reviewed:en when and by whom: 2026-11-27 Chan Tai-man",
        ),
        (
            "batches.yml",
            "  announced_on",
            "  reviewed: {en: 2020-03-02 Nobody}\n  announced_on",
            8,
            "reviewed:en stands beside standing:en ‘translated’; write reviewed, or take it out",
        ),
    ],
)
def test_one_fault_of_what_supports_a_record_is_one_sentence(world, file, old, new, line, sentence):
    path = world / RECORDS / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    assert f"{RECORDS}/{file}:{line}: {sentence}" in messages(world)


REVIEW = "reviewed:zh-Hant ‘{}’ is not a day and a name, such as 2026-11-27 Chan Tai-man"


@pytest.mark.parametrize(
    ("address", "cells", "sentence"),
    [
        (
            "hen-chang",
            {f"batch_reason:{language}": "" for language in LANGUAGES},
            "has batch_derived_from; write in batch_reason why it follows",
        ),
        (
            "hen-chang",
            {"batch_derived_from": ""},
            "has a batch_reason; name in batch_derived_from the sources of it",
        ),
        (
            "hen-chang",
            {"batch_derived_from": "pot"},
            "batch_derived_from ‘pot’ is not in sources.yml; add it there first",
        ),
        (
            "ku-cha",
            {"batch_derived_from": "kettle", **dict.fromkeys((f"batch_reason:{one}" for one in LANGUAGES), "茶")},
            "has batch_derived_from; move its row to the file of the batch that it is derived to be in",
        ),
        (
            "tea-3",
            {"reviewed:zh-Hant": ""},
            "standing:zh-Hant is reviewed; write in reviewed:zh-Hant when and by whom: 2026-11-27 Chan Tai-man",
        ),
        (
            "tea-3",
            {"standing:zh-Hant": "converted"},
            "reviewed:zh-Hant stands beside standing:zh-Hant ‘converted’; write reviewed, or take it out",
        ),
        *(
            ("tea-3", {"reviewed:zh-Hant": review}, REVIEW.format(review))
            for review in ("Nobody", "2021-11-02", "2021-11-31 Nobody", "2 November 2021 Nobody")
        ),
        ("tea-1", {"recorded_on": ""}, "tea-1 has no recorded_on"),
        ("tea-1", {"recorded_on": "2026-11"}, "recorded_on ‘2026-11’ is not a date; write it as 2023-04-24"),
    ],
)
def test_a_standard_says_what_its_batch_and_its_review_rest_on(world, address, cells, sentence):
    place = change_standard(world, address, cells)
    assert messages(world) == [f"{place}: {sentence}"]


@pytest.mark.parametrize(
    ("attribute", "before", "after", "sentence"),
    [
        ("issued_on", "", "yesterday", "to: issued_on ‘yesterday’ is not a date; write it as 2023-04-24"),
        (
            "status",
            "foo",
            "current",
            "from: status ‘foo’ is unknown; one of current, upcoming, superseded, withdrawn is wanted",
        ),
        ("field", "", "leafs", "to: field ‘leafs’ is not in fields.yml; did you mean ‘leaves’?"),
        ("publisher", "", "nobody", "to: publisher ‘nobody’ is not in organisations.yml; add it there first"),
        ("batch", "2099-01", "2020-03", "from: batch ‘2099-01’ is not in batches.yml; add it there first"),
        (
            "supersedes",
            "tea-2 | tea-8",
            "tea-2",
            "from: supersedes ‘tea-8’ is not in standards/; did you mean ‘tea-9’?",
        ),
        ("title:zh-Hans", "白毫", "", "title:zh-Hans cannot become empty; write in to what it became"),
        (
            "title:en",
            "White Down",
            "#REF!",
            "to: title:en holds the error ‘#REF!’ of a spreadsheet; write what should stand there",
        ),
        (
            "designation",
            "",
            "茶/T 1—2020",
            "to: designation ‘茶/T 1—2020’ has a long dash before its year; write a hyphen, -",
        ),
        ("route", "confirmed", "confirmed", "route changes nothing; from and to are the same"),
    ],
)
def test_a_change_is_of_what_its_attribute_holds(world, attribute, before, after, sentence):
    path = world / RECORDS / "changes.csv"
    row = f"2022-01-01,,tea-1,{attribute},{before},{after},gazette\n"
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    assert messages(world) == [f"{RECORDS}/changes.csv:6: {sentence}"]


def test_a_former_address_is_as_good_as_the_present_one_in_a_change(world):
    path = world / RECORDS / "changes.csv"
    path.write_text(path.read_text("utf-8") + "2022-01-01,,bai-cha,batch,,1,gazette\n", "utf-8")
    assert messages(world) == []


@pytest.mark.parametrize(
    "name",
    [
        *(".~lock.fields.yml#", "~$fields.yml", ".fields.yml.swp", "fields.yml~", "#fields.yml#", "fields.yml.bak"),
        *(".DS_Store", "._fields.yml", "Thumbs.db", "desktop.ini"),
    ],
)
@pytest.mark.parametrize("folder", ["", "standards"])
def test_what_other_programs_leave_is_no_fault(world, folder, name):
    (world / RECORDS / folder / name).write_bytes(b"\0")
    assert messages(world) == []


@pytest.mark.parametrize(
    ("file", "edit", "sentence"),
    [
        (
            "fields.yml",
            lambda _: "".join(f"a{n}:\n" for n in range(300_000)),
            "1: is 2,588,890 characters long; 2,000,000 are more than any such file has",
        ),
        (
            "addresses.txt",
            lambda _: "".join(f"standards/x-{n}\n" for n in range(200_000)),
            "1001: here and below is more of what is said above; mend that first",
        ),
        (
            TEA_FILE,
            lambda text: text + "a\n" * 200_000,
            "1007: here and below is more of what is said above; mend that first",
        ),
        (
            TEA_FILE,
            lambda text: text + "".join(_chained(text, n) for n in range(5_000)),
            "507: here and below is more of what is said above; mend that first",
        ),
    ],
)
def test_of_endless_faults_the_first_thousand_are_said_soon(world, file, edit, sentence):
    path = world / RECORDS / file
    path.write_text(edit(path.read_text("utf-8")), "utf-8")
    said = messages(world)
    assert f"{RECORDS}/{file}:{sentence}" in said
    assert len(said) < 5_000


def _chained(text: str, number: int) -> str:
    """A standard that supersedes the next, as a row after the model of the first of `text`."""
    row = text.splitlines(keepends=True)[1]
    return row.replace("tea-1,TEA 1,茶/T 1-2020", f"n-{number},,").replace(
        ",,formulated", f",n-{(number + 1) % 5_000},formulated"
    )


@pytest.mark.parametrize("number", ["WQ 1-8", "wq1-8", "WQ1—8", "ＷＱ　１－８", " wq 1–8"])
def test_a_number_is_the_same_however_it_is_written(number):
    assert number_key(number) == "wq 1 8"


@pytest.mark.parametrize("number", ["WQ 1-18", "WQ 11-8", "WQ 01-8", "WQ 118", "Q 1-8", "WQ 1-8-2022", ""])
def test_another_number_is_another(number):
    assert number_key(number) != "wq 1 8"


FILES = [
    "labels.yml",
    "scripts.yml",
    "synonyms.yml",
    "records/sources.yml",
    "records/batches.yml",
    "records/standards/batch-2020-03.csv",
    "records/addresses.txt",
    "pages/en/about.md",
    "pages/zh-Hant/about.md",
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(file=st.sampled_from(FILES), start=st.integers(0, 3000), junk=st.binary(max_size=40))
def test_no_file_however_damaged_makes_the_check_fall_over(world, file, start, junk):
    path = world / "content" / file
    whole = path.read_bytes() if path.exists() else b""
    path.write_bytes(whole[:start] + junk + whole[start + len(junk) :])
    try:
        assert all(":" in message for message in messages(world))
    finally:
        path.write_bytes(whole)


@pytest.mark.parametrize("is_cut_off", [False, True])
def test_the_check_writes_nothing(world, is_cut_off):
    """Not even what would carry a cut-off import to its end."""
    if is_cut_off:
        coming = world / "content/.transaction-coming"
        (coming / "files/records").mkdir(parents=True)
        (coming / "files/records/batches.yml").write_text("", "utf-8")
        change = {"files": ["records/batches.yml"], "gone": [], "leads_back": False}
        (coming / "change").write_bytes(sealed("change", json.dumps(change).encode()))
    before = {path: path.stat().st_mtime_ns for path in world.rglob("*")}
    problems = [str(problem) for problem in check_content(world).problems]
    assert any("an import was cut off" in problem for problem in problems) is is_cut_off
    assert {path: path.stat().st_mtime_ns for path in world.rglob("*")} == before
