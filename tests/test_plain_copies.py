"""Every page stands beside itself as plain Markdown that says the same, and programs find the way there."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.catalogue.languages import LANGUAGES
from generator.publishing.exports.well_known import security
from tests.conftest import SITE_URL, built
from tests.elements import attribute, element


def pages(site):
    for language in LANGUAGES:
        for page in sorted((site / language).rglob("index.html")):
            if b"<article" in page.read_bytes():
                yield page


def test_every_page_has_its_plain_copy_which_names_the_page(january_project):
    site = january_project / "build/site"
    found = list(pages(site))
    assert len(found) > 250
    for page in found:
        text = page.with_name("index.md").read_text("utf-8")
        assert text.startswith("# "), page
        assert text.endswith(f"\n\n<{SITE_URL}{page.parent.relative_to(site).as_posix()}/>\n"), page
        html = LexborHTMLParser(page.read_bytes())
        assert attribute(html, "link[type='text/markdown']", "href") == "index.md"


def test_a_plain_copy_has_the_facts_of_its_page_and_nothing_only_to_click(january_project):
    text = (january_project / "build/site/zh-Hant/standards/wq-1-10/index.md").read_text("utf-8")
    assert text.startswith("# 廣式月餅\n\n繁體中文 · 本網站繁簡轉換\n")
    for fact in (
        "- 广式月饼 · 簡體中文 · 官方",
        "**已納入灣區標準清單**\n\n2023年4月24日公布。自願採用，沒有強制力。",
        "- 標準編號：T/GBAS 8—2022",
        "- 批次：[第一批](../../batches/2023-04/)，2023年4月24日，深圳",
        "## 根據",
    ):
        assert fact in text
    for button in ("複製三語連結", "下載", "<svg", "<span"):
        assert button not in text


def rendered(text: str) -> str:
    return MarkdownIt().enable("table").render(text)


def said(tree: LexborHTMLParser | LexborNode) -> str:
    """All that a page says, without the signs between: letters and figures."""
    return "".join(re.findall(r"[^\W_]", tree.text()))


CLICKED = (
    "button, svg, form, .bas-around, .bas-crumbs, .bas-next, .bas-parts [aria-current], .bas-parts [href^='#'], "
    ".bas-share, .bas-answer [href^='#'], .bas-views, [hidden]"
)
"""What is there to be clicked, is shown by script alone, or only leads on, and says nothing of the record."""


@pytest.mark.parametrize("name", ["january_project", "world_project", "untitled_project"])
def test_a_page_and_its_plain_copy_say_the_same_with_the_same_links(name, request):
    """Two templates print the same values; what one of them says and the other does not is found here."""
    site = request.getfixturevalue(name) / "build/site"
    for page in pages(site):
        if page.parent.name in ("about", "data", "questions"):
            # Its plain copy is the hand-written Markdown itself.
            continue
        article = element(LexborHTMLParser(page.read_bytes()), "article")
        copy = LexborHTMLParser(rendered(page.with_name("index.md").read_text("utf-8").rpartition("\n\n<")[0]))
        for node in article.css(CLICKED):
            node.decompose()
        # What renders the copy encodes the Chinese in an address.
        links = [{unquote(node.attributes["href"] or "") for node in tree.css("a")} for tree in (article, copy)]
        assert links[0] == links[1], page
        assert said(article) == said(copy), page


def test_every_link_of_a_plain_copy_arrives(january_project):
    site = january_project / "build/site"
    for page in pages(site):
        for target in re.findall(r"\]\(([^)\s]+)\)", page.with_name("index.md").read_text("utf-8")):
            path = target.partition("#")[0].partition("?")[0].replace(SITE_URL, f"{site}/")
            if path and not path.startswith("http"):
                arrived = (page.parent / path).resolve()
                assert (arrived / "index.html" if path.endswith("/") else arrived).is_file(), (page, target)


def test_a_hostile_title_is_no_markup_in_a_plain_copy(world_project):
    for text in (
        (world_project / "build/site/en/standards/hostile/index.md").read_text("utf-8"),
        (world_project / "build/site/en/fields/cups/index.md").read_text("utf-8"),
    ):
        tree = LexborHTMLParser(rendered(text))
        assert tree.css("script, img, em, b") == []
        assert [one for one in tree.css("a") if (one.attributes["href"] or "").startswith("javascript")] == []


def test_llms_txt_leads_to_plain_copies_and_data_that_exist(january_project):
    site = january_project / "build/site"
    text = (site / "llms.txt").read_text("utf-8")
    assert text.startswith("# 湾区标准 · 灣區標準 · Bay Area Standards\n\n> ")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) > 15
    for link in links:
        assert link.startswith(SITE_URL)
        assert (site / link.removeprefix(SITE_URL)).is_file(), link
    assert json.loads((site / "api/v1/index.json").read_text())["version"] in text


def test_security_txt_has_what_the_rfc_asks_for():
    lines = dict(
        line.split(": ", 1) for line in security("mailto:a@b.invalid", date(2027, 11, 1), SITE_URL).splitlines()
    )
    assert lines == {
        "Contact": "mailto:a@b.invalid",
        "Expires": "2027-11-01T00:00:00Z",
        "Preferred-Languages": "zh-Hans, zh-Hant, en",
        "Canonical": f"{SITE_URL}.well-known/security.txt",
    }


def test_security_txt_is_published_only_where_somebody_answers(world, monkeypatch):
    file = built(world) / "build/site/.well-known/security.txt"
    assert not file.exists()
    monkeypatch.setenv("SECURITY_CONTACT", "https://answers.invalid/")
    built(world)
    assert file.read_text().startswith("Contact: https://answers.invalid/\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_the_site_is_filled_in_on_the_data_page(january_project, language):
    html = (january_project / f"build/site/{language}/data/index.html").read_text("utf-8")
    assert "site:/" not in html
    assert f'href="{SITE_URL}api/v1/standards.xlsx"' in html
