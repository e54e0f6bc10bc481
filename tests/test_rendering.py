"""Whatever a record holds is inert on the page, and a page's link arrives wherever the site stands."""

from __future__ import annotations

import html
from urllib.parse import quote

import markdown as python_markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from generator.files.cache import Cache
from generator.publishing.pages import samples
from generator.publishing.pages.addresses import relative_link
from generator.publishing.pages.edition import editions
from generator.publishing.pages.escaping import escape, escape_url, plain_markdown, with_languages
from generator.publishing.pages.rendering import Templates, article_html, as_yaml
from generator.publishing.pages.sentences import designation
from generator.publishing.pages.site_pages import SitePages
from tests.elements import element

LINE = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Cn")), min_size=1)


def rendered(source: str) -> LexborHTMLParser:
    return LexborHTMLParser(python_markdown.markdown(source, extensions=["attr_list", "tables", "toc"]))


@given(LINE.filter(lambda text: text == text.strip()))
def test_a_text_reads_the_same_in_a_heading_a_paragraph_and_an_attribute(text):
    page = rendered(
        f'# {escape(text)} {{#top}}\n\nx {escape(text)} x\n\n<p data-copy="{escape(text)}">{escape(text)}</p>\n'
    )
    assert element(page, "h1").text() == text
    assert element(page, "h1").attributes == {"id": "top"}
    assert page.css("p")[0].text() == f"x {text} x"
    assert page.css("p")[1].attributes == {"data-copy": text}
    assert element(page, "h1").css("*")[1:] == []


@pytest.mark.parametrize("text", ["- a", "+ a", "1. a", "12) a", "> a", "# a", "    a", "* a"])
def test_a_text_that_begins_like_a_list_does_not_become_one(text):
    assert (
        html.unescape(element(rendered(str(escape(text.strip()))), "body").html or "")
        == f"<body><p>{text.strip()}</p></body>"
    )


@pytest.mark.parametrize(
    ("source", "target", "relative"),
    [
        ("", "standards/wq-1-8/", "standards/wq-1-8/"),
        ("standards/wq-1-8/", "fields/food/", "../../fields/food/"),
        ("standards/wq-1-8/", "standards/wq-1-9/", "../wq-1-9/"),
        ("standards/", "", "../"),
        ("standards/wq-1-8/", "", "../../"),
        ("", "about/#complete", "about/#complete"),
        ("about/", "about/#complete", "./#complete"),
    ],
)
def test_a_link_is_relative_so_that_the_site_can_stand_anywhere(source, target, relative):
    assert relative_link(source, target) == relative


@pytest.mark.parametrize(
    ("number", "language", "printed"),
    [
        ("T/GBAS 6-2022", "zh-Hans", "T/GBAS 6—2022"),
        ("T/GBAS 6-2022", "zh-Hant", "T/GBAS 6—2022"),
        ("T/GBAS 6-2022", "en", "T/GBAS 6-2022"),
        ("T/GBAS 6-1", "zh-Hans", "T/GBAS 6-1"),
    ],
)
def test_chinese_sets_the_year_of_a_designation_off_with_a_long_dash(number, language, printed):
    assert designation(number, language) == printed


@given(LINE.filter(lambda text: text == text.strip()))
def test_a_text_reads_the_same_in_a_plain_copy(text):
    copy = plain_markdown(f"# {escape(text)}\n\n- x · {escape(text)}\n")
    page = LexborHTMLParser(MarkdownIt().render(copy))
    assert element(page, "h1").text() == text
    assert element(page, "li").text() == f"x · {text}"
    assert page.css("h1 *, li *") == []


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://tea.invalid/%E8%8C%B6/%E6%96%B0%E8%81%9E", "https://tea.invalid/茶/新聞"),
        # What means something in an address, or is no Chinese, stays as it is.
        (
            "https://tea.invalid/%E8%8C%B6%2F%20?q=%EF%BC%8C%C3%A9&n='(1)",
            "https://tea.invalid/茶%2F%20?q=%EF%BC%8C%C3%A9&amp;n=%27%281%29",
        ),
    ],
)
def test_an_address_is_printed_as_it_is_read_and_leads_to_the_same(url, printed):
    assert escape_url(url) == printed
    assert quote(html.unescape(printed), safe="/:?=&%") == url.translate({ord(c): quote(c) for c in "'()"})


@pytest.mark.parametrize(
    ("text", "language", "marked"),
    [
        ("Tea of the east", "en", "Tea of the east"),
        ("Also 《茶，酒》 & tea", "en", 'Also <span lang="zh-Hans">《茶，酒》</span> &#38; tea'),
        ("Also 鐵觀音", "en", 'Also <span lang="zh-Hant-HK">鐵觀音</span>'),
        ("又作 Bitter tea (for all)。", "zh-Hans", '又作 <span lang="en">Bitter tea (for all)</span>。'),
        ("《Evening Kettle》，T/TEA 1-2020", "zh-Hant", "《Evening Kettle》，T/TEA 1-2020"),
    ],
)
def test_a_phrase_of_another_language_is_marked_with_it(text, language, marked):
    assert with_languages(text, language) == marked
    assert plain_markdown(marked).replace("\\", "") == text


BLOCKS = st.sampled_from(
    ["<ul>\n<li>x</li>\n</ul>", '<p class="x">y</p>', "<dl>\n<div><dt>x</dt><dd>y</dd></div>\n</dl>", "# T {#top}"]
)


@given(st.lists(BLOCKS | LINE.map(lambda text: f"## {escape(text.strip() or 'x')} {{#a-1}}"), min_size=1, max_size=6))
def test_the_article_of_a_page_is_what_python_markdown_makes_of_it(blocks):
    text = "\n\n".join(blocks)
    extensions = ["toc", "tables", "fenced_code", "attr_list"]
    library = python_markdown.markdown(text, extensions=extensions, extension_configs={"toc": {"toc_depth": "1-2"}})
    assert article_html(text) == library


@given(st.recursive(st.text(), lambda held: st.lists(held) | st.dictionaries(st.text(), held), max_leaves=5))
def test_front_matter_is_read_as_what_it_says(value):
    """By PyYAML as MkDocs calls it, whatever a title is made of."""
    assert yaml.safe_load(as_yaml({"title": value, "kind": "x"})) == {"title": value, "kind": "x"}


@pytest.mark.parametrize("part", [0.01, 0.5, 0.99])
def test_half_a_compiled_template_is_compiled_again(tmp_path, world_content, part):
    catalogue, labels = world_content.catalogue(), world_content.labels
    site = SitePages(catalogue, labels, world_content.prose, editions(catalogue, labels, set()))
    pages = [page for page_set in samples(site) for page in page_set.pages()]

    def bodies() -> list[str]:
        templates = Templates(Cache(tmp_path))
        return [templates.body(page) for page in pages]

    first = bodies()
    entries = {path: path.read_bytes() for path in (tmp_path / "templates").iterdir()}
    assert len(entries) > 10
    for path, code in entries.items():
        path.write_bytes(code[: int(len(code) * part)])
    assert bodies() == first
    assert {path: path.read_bytes() for path in entries} == entries
