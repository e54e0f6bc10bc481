"""Every text of the site is marked with its language, and written as that language is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue
from generator.catalogue.scripts import Scripts, read_scripts
from generator.publishing.pages import citations
from tests.conftest import REPOSITORY
from tests.elements import attribute
from tests.published_texts import INSERTED, PublishedText, names_in, texts_of

CHINESE = ("zh-Hans", "zh-Hant")
HAN = "[\u3400-\u9fff\U00020000-\U0002ffff〇]"
FULL_WIDTH = "[，。；：？！、（）《》「」『』…]"
NEWSPAPER = "[日早晚商時时導导者信明][报報]|文[汇匯][报報]|大公[报報]"


class Rule(NamedTuple):
    """A pattern that no text may hold."""

    languages: tuple[str, ...]
    """The languages that it holds for."""
    pattern: str
    wrong: tuple[str, ...]
    """Texts with the fault."""
    right: tuple[str, ...]
    """Texts that look like them."""


RULES = {
    "no half-width space beside full-width punctuation": Rule(
        CHINESE,
        rf"(?<![·→|#.-]) (?={FULL_WIDTH})|(?<={FULL_WIDTH}) (?![·→|])",
        ("自愿采用。 本站整理", "领域 （食品）", "链接： 短"),
        ("茶（第2页） · 湾区标准", "茶。本站", "| 茶（新） |", "- 《茶报》"),
    ),
    "no half-width punctuation beside a Chinese letter": Rule(
        CHINESE,
        rf"(?<={HAN})[,:;?!()]|[,:;?!()](?={HAN})",
        ("官方: 茶", "茶,酒", "茶(新)", "茶?"),
        ("T/TEA 1:2020", "茶（新），酒", "ISO: 2020", "f(x)"),
    ),
    "no straight quotation marks": Rule(
        LANGUAGES, "[\"']", ('the "list"', "the body's"), ("the “list”", "the body’s", "“茶”")
    ),
    "no corner brackets in Simplified": Rule(("zh-Hans",), "[「」『』]", ("「茶」",), ("“茶”",)),
    "no curly quotation marks in Traditional": Rule(
        ("zh-Hant",), "[“”‘]|(?<![A-Za-z])’", ("“茶”",), ("「茶」", "That’s")
    ),
    "no Chinese punctuation in English": Rule(
        ("en",), "[「」『』《》，。；：？！、（）]", ("Tea，cups", "《Tea》"), ("Tea, cups", "Tea · cups")
    ),
    "no ellipsis but …… in Chinese": Rule(
        CHINESE, r"(?<!…)(?:…|…{3,})(?!…)|\.\.\.", ("茶…", "茶...", "茶………"), ("茶……",)
    ),
    "no ellipsis but … in English": Rule(("en",), r"\.\.\.|……", ("Tea...", "Tea……"), ("Tea …",)),
    "no dash in Chinese but —— and that of a number": Rule(
        CHINESE,
        rf"{HAN}(?:—|–|--)(?!—)|(?<!—)(?:—|–|--){HAN}",
        ("茶—酒", "茶–酒", "茶--酒"),
        ("茶——酒", "T/TEA 1—2020"),
    ),
    "no hyphen for a dash in English": Rule(
        ("en",), r"(?<=\S) --? (?!\S*\])|\w--\w", ("tea - cups", "tea--cups"), ("tea – cups", "T/TEA 1-2020", "  - tea")
    ),
    "no 、 between quoted names": Rule(
        CHINESE, "[”」》]、[“「《]", ("“茶”、“酒”", "《茶》、《酒》", "「茶」、「酒」"), ("“茶”“酒”", "“茶”、酒")
    ),
    "no 、 between a day and a place, or a file and a row": Rule(
        CHINESE,
        r"\d[日號号]、(?!\d)|、第\d+行",
        ("2020年3月1日、茶乡", "茶.xlsx、第4行"),
        ("3月1日、2日", "茶.xlsx，第4行"),
    ),
    "a space between a Chinese letter and a Latin one": Rule(
        CHINESE,
        rf"{HAN}[A-Za-z]|[A-Za-z]{HAN}",
        ("用curl读取", "T/TEA标准"),
        ("用 curl 读取", "茶/T 1—2020", "（curl）"),
    ),
    "no space between a Chinese letter and a number": Rule(
        CHINESE,
        rf"{HAN} \d+(?![\w.—-])|(?<![A-Za-z] )(?<![\w.—-])\d+ {HAN}",
        ("共 3 项", "选 65001（茶）"),
        ("共3项", "T/TEA 1—2020 白毫", "GB/T 7714 的", "CC0 1.0 的", "A4 单页"),
    ),
    "a newspaper stands in 《》": Rule(
        CHINESE,
        rf"(?:{NEWSPAPER})(?![道告名社網网价價]|[^《》]*》)",
        ("水壶晚报", "南方日报（转载）", "香港文匯報"),
        ("《水壶晚报》", "《人民日报海外版》", "当日报道", "日报社"),
    ),
    "a designation has an em dash before its year in Chinese": Rule(
        CHINESE, r"/[A-Z]+ [\d.-]+-(?:19|20)\d\d\b", ("T/TEA 1-2020", "T/TEA 1.2-2020"), ("T/TEA 1—2020", "WQ 1-10")
    ),
}
MARKED = {
    # A number may begin with a letter of any script.
    "Chinese in English is marked": Rule(("en",), f"{HAN}(?!/T)", ("Tea 茶",), (f"Tea {INSERTED}", "茶/T 1-2020")),
    "English in Chinese is marked": Rule(
        CHINESE,
        r"[A-Za-z’-]+(?: [A-Za-z’-]+)* [a-z’-]+ [A-Za-z’-]+",
        ("又作 Requirements of bitter tea",),
        ("《Evening Kettle》", "T/TEA 1—2020", "用 curl 读取"),
    ),
}


NAMES = re.compile(
    "Bay|Area|Standards?|Guangdong|Hong|Kong|Macao|Mainland|Greater|Chinese|English|Simplified|Traditional|A4"
    "|Excel|Atom|BibTeX|LaTeX|Zotero|EndNote|Legislative|Council|Information|Public|Service|Platform|I|[A-Z]{2,}"
)
"""Words that begin with a capital wherever they stand."""


class Published(NamedTuple):
    """A built site, as a reader of languages sees it."""

    site: Path
    catalogue: Catalogue
    texts: list[PublishedText]

    def faults(self, rule: Rule) -> list[PublishedText]:
        """The texts that break `rule`, but for titles and names that a source prints so."""
        catalogue = self.catalogue
        named = [
            *(one.title for one in catalogue.standards),
            *(one.name for one in catalogue.organisations),
            *(body.name for one in catalogue.cases for body in one.bodies),
        ]
        sure = ("official", "reported", "converted")
        titles = [text.words for texts in named for text in texts.values() if text.standing in sure]
        titles += [one.before for one in catalogue.corrections if one.attribute.startswith("title:")]
        printed = [title for title in titles if re.search(rule.pattern, title)]
        as_printed = re.compile("|".join(map(re.escape, printed)) or "$^")
        return [
            text
            for text in self.texts
            if text.language in rule.languages and re.search(rule.pattern, as_printed.sub(INSERTED, text.words))
        ]


@pytest.fixture(scope="module", params=["world", "untitled", "real"])
def published(request) -> Published:
    content, project = (request.getfixturevalue(f"{request.param}_{what}") for what in ("content", "project"))
    site, catalogue = project / "build/site", content.catalogue()
    texts = texts_of(site, catalogue, content.labels)
    # The title that tries to be markup breaks every rule.
    return Published(site, catalogue, [text for text in texts if "{#id .c}" not in text.words])


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return read_scripts(REPOSITORY / "content", [])


PAGE = """<html lang="en"><head><title>Tea</title><meta name="description" content="Of tea"></head><body>
<p title="Hot">Tea <span lang="zh-Hans">茶</span> &amp; <code>"x"</code> cups <span class="x">Full</span></p>
<img alt="A cup"><b data-copied="Copied"></b><button data-copy="茶">Copy</button><td>鐵<br></td></body></html>"""
FILES = {
    "en/index.html": PAGE,
    "en/index.md": '# Tea\n\n- [Black](x "y") · `"x"`\n',
    "en/list.ics": "SUMMARY:Tea at\r\n  five\r\n",
    "en/list.xml": "<title>Tea &amp; cups</title>",
    "api/tea.json": '{"name": {"zh-Hant": ["鐵"]}}',
}
TEXTS = {
    *(("en/index.html", "en", words) for words in ("Of tea", "Hot", f"Tea {INSERTED} & {INSERTED} cups", "Full")),
    *(("en/index.html", "en", words) for words in ("Tea", "A cup", "Copied", "Copy", "鐵")),
    ("en/index.html", "zh-Hans", f"{INSERTED}茶{INSERTED}{INSERTED}{INSERTED}"),
    ("en/index.md", "en", "# Tea"),
    ("en/index.md", "en", f'- [Black](x "y") · {INSERTED}'),
    ("en/list.ics", "en", f"{INSERTED}Tea at five"),
    ("en/list.xml", "en", f"{INSERTED}Tea & cups{INSERTED}"),
    ("api/tea.json", "zh-Hant", "鐵"),
}


def test_a_text_is_found_wherever_it_stands(tmp_path, world_content):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    texts = texts_of(tmp_path, world_content.catalogue(), world_content.labels)
    assert {text for text in texts if text.file in FILES} == TEXTS
    assert {text.file.partition("/")[0] for text in texts if text.file not in FILES} > {"cards"}


@pytest.mark.parametrize("name", RULES | MARKED)
def test_a_rule_tells_wrong_from_right(name):
    rule = (RULES | MARKED)[name]
    assert [text for text in rule.wrong if not re.search(rule.pattern, text)] == []
    assert [text for text in rule.right if re.search(rule.pattern, text)] == []


@pytest.mark.parametrize("name", RULES)
def test_every_text_is_written_as_its_language_is(published, name):
    assert published.faults(RULES[name]) == []


@pytest.mark.parametrize("name", MARKED)
def test_a_phrase_of_another_language_is_marked_with_it(published, name):
    assert [text for text in published.faults(MARKED[name]) if text.is_markup] == []


def test_an_english_name_on_a_chinese_page_is_marked(published):
    names = [name for name in names_in(published.catalogue, "en") if " " in name]
    names = re.compile("|".join(map(re.escape, set(names) - names_in(published.catalogue, "zh-Hans"))))
    pages = [text for text in published.texts if text.is_markup and text.language in CHINESE]
    assert [text for text in pages if names.search(text.words)] == []


@pytest.mark.parametrize("language", CHINESE)
def test_no_text_has_a_letter_of_the_other_script(published, scripts, language):
    texts = [text for text in published.texts if text.language == language]
    strangers = scripts.strangers_in([text.words for text in texts], language)
    assert [(text, wrong) for text, wrong in zip(texts, strangers, strict=True) if wrong != ("", "")] == []


@pytest.mark.parametrize("language", CHINESE)
def test_a_citation_is_in_the_script_of_its_title(published, scripts, language):
    cited = [one for one in published.catalogue.standards if citations.own_language(one) == language]
    texts = [text for one in cited for text in citations.written(one).values()]
    assert set(scripts.strangers_in(texts, language)) <= {("", "")}


def test_a_letter_of_the_other_script_is_found_in_any_text(scripts):
    assert scripts.strangers_in(["[出版地不详]"], "zh-Hant") == [("详", "詳")]
    assert scripts.strangers_in(["[出版地不詳]"], "zh-Hans") == [("詳", "详")]


def test_a_description_is_a_sentence_of_its_own(published):
    """Search engines print it below the title."""
    described = {
        page: attribute(LexborHTMLParser(page.read_bytes()), "meta[name=description]", "content")
        for language in LANGUAGES
        for page in (published.site / language).rglob("index.html")
        # A title as long as a page, or of nothing but markup, makes no sentence.
        if b"<article" in page.read_bytes() and page.parent.name not in ("hen-chang", "hostile")
    }
    sentence = re.compile("[A-Z“].{40,300}[.]|[“「《]?[^a-z，。].{10,160}。", re.DOTALL)
    assert {page: text for page, text in described.items() if not sentence.fullmatch(text)} == {}
    assert [text for text, count in Counter(described.values()).items() if count > 1] == []


def test_a_label_has_no_capitals_but_those_of_a_sentence_and_of_names(real_content):
    words = real_content.labels["en"].words
    capitals = {
        key: [word for word in re.findall(r"(?<=[a-z,;)}] )[A-Z]\w*|(?<=-)[A-Z]\w*", text) if not NAMES.fullmatch(word)]
        for key, text in words.items()
    }
    assert {key: found for key, found in capitals.items() if found} == {}


def test_a_label_that_counts_has_a_form_for_one(real_content):
    """“1 standards” is wrong, and nobody sees it until a list has one."""
    words = real_content.labels["en"].words
    plural = re.compile(r"\{count\} (?:[a-z]+ )?(?:[a-z]+s|are|were|have)\b")
    assert [key for key, text in words.items() if plural.search(text) and ":" not in key] == []


def test_no_reader_is_shown_the_file_of_a_record(published):
    files = [path for path in published.site.rglob("*.*") if path.suffix in (".html", ".md", ".xml", ".ics")]
    assert [
        path for path in files if re.search(rb"content/records|standards/batch-|sources\.yml", path.read_bytes())
    ] == []


def test_nothing_that_is_read_aloud_is_empty(published):
    for page in published.site.rglob("*.html"):
        tree = LexborHTMLParser(page.read_bytes())
        # What is hidden is not read, and the mark stands in a link beside the name of the site.
        assert (
            tree.css(":is([alt=''], [aria-label=''], [title=''], [placeholder='']):not([hidden], .bas-mark)") == []
        ), page
        silent = [node.html for node in tree.css("a, h1, h2, h3, th, dt, summary, option") if not node.text().strip()]
        assert silent == [], page
