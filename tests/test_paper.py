"""A printed page is a document: whose list, which address, as of when, and nothing that works by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser, expect

from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages.sentences import as_of, how_sure
from tests.browsing import DESK, PHONE, served
from tests.conftest import SITE_URL

MARGIN = 28
"""In points: a little less than the margins of a sheet."""
SHEETS = {"A4": 673, "Letter": 695}
"""Format → the width between its margins, in pixels."""
KINDS = {
    "standards/wq-1-10/": "s/wq-1-10/",
    "batches/2024-02/": "b/2024-02/",
    "fields/food/": "f/food/",
    "standards/": "standards/",
}
"""Page → the address on its paper."""
BY_HAND = ("share_link", "share_more", "share_notice", "cite", "view_print", "filter_words", "list_after", "theme_dark")


class Paper:
    """The sheets of a page, and the words on each but its number, without spaces and breaks."""

    def __init__(self, pdf: bytes) -> None:
        self.document = pypdfium2.PdfDocument(pdf)
        texts = [bare(sheet.get_textpage().get_text_range()) for sheet in self.document]
        numbers = [f"{n}/{len(texts)}" for n, _ in enumerate(texts, 1)]
        assert all(number in text for number, text in zip(numbers, texts, strict=True))
        # It is written first or last.
        self.sheets = [
            text.removeprefix(number).removesuffix(number) for number, text in zip(numbers, texts, strict=True)
        ]
        self.text = "".join(self.sheets)

    def codes(self) -> list[str]:
        """What the QR codes on the first sheet say."""
        return [code.text for code in zxingcpp.read_barcodes(self.document[0].render(scale=3).to_pil())]

    def outside(self) -> list[str]:
        """The words that reach into a margin, but for the number of the sheet."""
        words = []
        for sheet in self.document:
            width, _ = sheet.get_size()
            page = sheet.get_textpage()
            for n in range(page.count_rects()):
                left, _, right, top = page.get_rect(n)
                if top > 2 * MARGIN and (left < MARGIN or right > width - MARGIN):
                    words.append(page.get_text_bounded(*page.get_rect(n)))
        return words


def bare(text: str) -> str:
    """`text` without spaces, and hyphens, which may end lines; letters that stand for others are these."""
    return re.sub(r"[\s\ufffe\u00ad\u0002-]", "", unicodedata.normalize("NFKC", text))


def printed(browser: Browser, address: str, size: str = "A4", **options) -> Paper:
    """The page at `address` as a reader prints it who has just opened it."""
    settings: dict[str, Any] = {"viewport": DESK, **options}
    page = browser.new_page(**settings)
    page.goto(address)
    if "?" in address:
        page.wait_for_load_state("networkidle")
    paper = Paper(page.pdf(format=size))
    page.close()
    return paper


@pytest.fixture(scope="module")
def real_site(real_project) -> Iterator[str]:
    """The address of the site of the real content."""
    with served(real_project / "build/site") as address:
        yield address


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("path", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_paper_says_whose_list_it_is_where_it_is_from_and_as_of_when(
    browser, site, january_content, language, path, size
):
    t, catalogue = january_content.labels[language], january_content.catalogue()
    paper = printed(browser, f"{site}{language}/{path}", size)
    address = SITE_URL + KINDS[path]
    head = bare("".join((t("site_title"), t("unofficial"), "https://www.gbsrc.org.cn/", as_of(catalogue, t))))
    assert paper.sheets[0].startswith(head + bare(address))
    assert paper.codes() == [address]
    assert [words for key in BY_HAND if bare(words := t(key)) in paper.text] == []
    assert "content/records" not in paper.text
    assert paper.outside() == []
    assert all(paper.sheets)


@pytest.mark.parametrize("options", [{"java_script_enabled": False}, {"viewport": PHONE}, {"color_scheme": "dark"}])
def test_paper_is_the_same_without_script_from_a_phone_and_in_the_dark(browser, site, options):
    address = f"{site}en/standards/wq-1-10/"
    usual, other = printed(browser, address), printed(browser, address, **options)
    assert other.sheets == usual.sheets
    assert other.codes() == usual.codes()
    images = [paper.document[0].render(scale=1).to_pil() for paper in (usual, other)]
    assert images[0] == images[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_on_paper_with_how_sure_it_is(browser, site, january_content, january_catalogue, language):
    t = january_content.labels[language]
    standard = next(one for one in january_catalogue.standards if one.address == "wq-1-10")
    paper = printed(browser, f"{site}{language}/standards/wq-1-10/")
    assert len(paper.sheets) == 1
    for words in (how_sure(standard, t), t("look_up_text") + "https://www.gbsrc.org.cn/", "WQ 1-10"):
        assert bare(words) in paper.text
    for title in standard.title.values():
        assert bare(title.words) in paper.text


@pytest.mark.parametrize("size", SHEETS)
@pytest.mark.parametrize("view", ["zh-Hans", "zh-Hant", "en", "zh-Hans en", "zh-Hant en", "en zh-Hans"])
def test_the_real_list_is_a_table_on_three_sheets_at_most(browser, real_site, real_content, real_catalogue, view, size):
    language, *others = view.split()
    t = real_content.labels[language]
    query = f"?with={others[0]}" if others else ""
    paper = printed(browser, f"{real_site}{language}/standards/{query}", size)
    assert 2 <= len(paper.sheets) <= 3
    beside = [t(f"language_{other}") for other in others]
    heading = bare("".join((t("title"), *beside, t("number"), t("field"), t("batch"))))
    titles = [bare(one.title[name].words) for one in real_catalogue.standards for name in (language, *others)]
    assert [title for title in titles if title not in paper.text] == []
    with_rows = [sheet for sheet in paper.sheets if any(title in sheet for title in titles)]
    assert len(with_rows) > 1
    assert [sheet for sheet in with_rows if heading not in sheet] == []
    assert bare(f"{t('letter_version')}{t('colon')}{real_catalogue.version}") in paper.text
    assert paper.outside() == []


@pytest.mark.parametrize("width", SHEETS.values())
@pytest.mark.parametrize("path", ["en/standards/", "en/standards/?with=zh-Hans", "zh-Hant/standards/?with=en"])
def test_no_word_of_a_row_reaches_into_the_next_cell(open_page, path, width):
    page = open_page(path, {"width": width, "height": 900})
    if "?" in path:
        expect(page.locator(".bas-beside").last).to_be_visible()
    page.emulate_media(media="print")
    cells = page.locator(".bas-standards :is(th, td)")
    assert cells.count() > 200
    wider = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.innerText)"
    assert cells.evaluate_all(wider) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SHEETS)
def test_the_second_announcement_takes_three_sheets_at_most(browser, real_site, language, size):
    paper = printed(browser, f"{real_site}{language}/batches/2024-02/", size)
    assert len(paper.sheets) <= 3
    assert paper.outside() == []


def test_a_filtered_list_says_on_paper_what_it_is_filtered_by(browser, site):
    paper = printed(browser, f"{site}en/standards/?q=oil&field=food&sort=-title")
    assert len(paper.sheets) == 1
    for words in ("Title or numberoil", "FieldFood", "1 standard matches", "Title↓Number"):
        assert bare(words) in paper.text
    assert "Number↕" not in paper.text


def test_the_button_of_a_page_prints_it_with_its_code(open_page):
    page = open_page("en/standards/wq-1-10/")
    page.locator(".bas-share summary").click()
    page.evaluate(
        """() => {
            window.printed = new Promise((resolve) => {
                window.print = () => resolve(document.querySelector(".bas-share img").naturalWidth);
            });
        }"""
    )
    page.get_by_role("button", name="Print this page").click()
    assert page.evaluate("() => window.printed") > 0


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_the_notice_of_a_field_is_a_link_that_stands_open(open_page, viewport):
    page = open_page("en/fields/food/", viewport)
    expect(page.get_by_role("link", name="Print a notice")).to_be_visible()


def test_paper_has_the_citation_that_its_reader_opened(open_page):
    page = open_page("en/standards/wq-1-10/", DESK)
    assert bare("GB/T 7714") not in Paper(page.pdf(format="A4")).text
    page.locator(".bas-citation summary").click()
    text = Paper(page.pdf(format="A4")).text
    assert bare("GB/T 7714-2025") in text
    assert "BibTeX" not in text
