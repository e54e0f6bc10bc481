"""Whoever shares a page has a link, a message, a code and a sheet of paper at hand, without any service."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from io import BytesIO

import pypdfium2
import pytest
import segno
import zxingcpp
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, expect
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES
from tests.browsing import DESK, PHONE
from tests.conftest import SITE_URL, violations_of
from tests.elements import attribute


@pytest.fixture
def sharer(browser, site) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def copied(page: Page, button: str) -> str:
    page.locator("#bas-said").evaluate("said => said.textContent = ''")
    page.locator(".bas-share details").evaluate("details => details.open = true")
    page.get_by_role("button", name=button, exact=True).click()
    page.locator("#bas-said:not(:empty)").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def test_the_short_link_and_that_of_the_page_are_copied(sharer, site):
    sharer.goto(f"{site}zh-Hant/fields/food/?x=1#standards")
    assert copied(sharer, "複製三語連結") == f"{site}f/food/"
    assert copied(sharer, "複製繁體版連結") == f"{site}zh-Hant/fields/food/"


@pytest.mark.parametrize(
    ("path", "button", "message"),
    [
        (
            "zh-Hans/standards/wq-1-10/",
            "复制介绍和链接",
            "湾区标准《广式月饼》（WQ 1-10、T/GBAS 8—2022）：已列入湾区标准清单；2023年4月24日公布。"
            "可靠程度：中，见于第三方转载的官方清单，另有2个来源。非官方目录。公布情况截至2026年1月27日。\n{site}s/wq-1-10/",
        ),
        (
            "en/standards/shao-e/",
            "Copy description and link",
            "Bay Area Standard “Roast Goose”. On the GBA Standards list. Announced on 24 April 2023. "
            "How sure are we? Medium: a press report on the outlet’s own site. "
            "Unofficial catalogue; the English title is unofficial too. "
            "Announcements up to 27 January 2026.\n{site}s/shao-e/",
        ),
        (
            "zh-Hant/batches/2024-02/",
            "複製介紹及連結",
            "灣區標準清單（第二批）：新增73項標準，清單總數達183項。非官方目錄。公布情況截至2026年1月27日。\n{site}b/2024-02/",
        ),
    ],
)
def test_a_message_says_what_it_is_and_ends_with_the_link(sharer, site, path, button, message):
    sharer.goto(site + path)
    assert copied(sharer, button) == message.format(site=site)


def test_the_system_sheet_is_offered_first_where_there_is_one_and_given_the_bare_link(sharer, site):
    sharer.goto(f"{site}en/fields/food/")
    assert sharer.locator("[data-bas-share=system]").is_hidden()
    sharer.add_init_script("navigator.share = async (given) => { window.given = given; }")
    sharer.goto(f"{site}en/fields/food/")
    expect(sharer.locator(".bas-share button:visible").first).to_have_text("Send")
    sharer.get_by_role("button", name="Send", exact=True).click()
    assert sharer.evaluate("window.given") == {"title": sharer.title(), "url": f"{site}f/food/"}


def test_without_script_the_link_the_code_and_the_notice_are_there(open_page):
    page = open_page("zh-Hans/fields/food/", java_script_enabled=False)
    assert page.locator(".bas-share button:visible").count() == 0
    page.click("summary:has-text('二维码')")
    assert page.locator(".bas-share img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.locator(".bas-short-link").get_attribute("href") == "../../../f/food/"
    page.click("a:has-text('打印单页通知')")
    assert page.locator("h1").inner_text() == "食品"


def test_the_share_row_is_accessible(open_page):
    page = open_page("en/fields/food/", viewport=DESK)
    page.click("summary:has-text('QR code')")
    assert violations_of(page, "share row") == []


def read_code(picture: Image.Image) -> str:
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text


def opened(data_url: str) -> Image.Image:
    return Image.open(BytesIO(base64.b64decode(data_url.removeprefix("data:image/png;base64,"))))


def test_every_code_leads_to_the_short_address_of_its_page(january_project, open_page, site):
    folder = january_project / "build/site"
    codes = sorted(code.relative_to(folder).as_posix() for code in folder.glob("[sfb]/*/qr.svg"))
    pages = [page for page in folder.glob("[sfb]/*/index.html") if 'hreflang="x-default"' in page.read_text()]
    assert codes == sorted(page.with_name("qr.svg").relative_to(folder).as_posix() for page in pages)
    page = open_page("en/")
    for code in codes:
        assert read_code(opened(page.evaluate(DRAW_CODE, [site, code]))) == f"{SITE_URL}{code.removesuffix('qr.svg')}"


DRAW_CODE = """async ([site, code]) => {
    const { drawCode } = await import(`${site}assets/javascripts/pictures.js`);
    return (await drawCode(site + code)).toDataURL();
}"""


def downloaded(page: Page, button: str) -> tuple[str, Image.Image]:
    """The name of the file that the `button` downloads, and the picture."""
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Image.open(download.value.path())


@pytest.mark.parametrize(
    ("path", "short", "code_button", "card_button"),
    [
        ("zh-Hans/standards/wq-1-10", "s/wq-1-10", "下载二维码（PNG）", "下载方形图片，附二维码"),
        ("zh-Hant/fields/food", "f/food", "下載二維碼（PNG）", "下載方形圖片，附二維碼"),
        ("en/batches/2024-02", "b/2024-02", "Download the QR code (PNG)", "Download a square picture with the QR code"),
    ],
)
def test_pictures_to_send_are_drawn_when_asked_for(open_page, january_project, path, short, code_button, card_button):
    url = f"{SITE_URL}{short}/"
    page = open_page(f"{path}/", color_scheme="dark")
    page.click(".bas-share summary")
    name, code = downloaded(page, code_button)
    assert (name, code.format) == (f"{short.replace('/', '-')}-qr.png", "PNG")
    assert code.size == segno.make(url, error="m", micro=False, boost_error=False).symbol_size(20, border=4)
    assert read_code(code) == url
    name, card = downloaded(page, card_button)
    assert (name, card.format, card.size) == (f"{short.replace('/', '-')}.png", "PNG", (1080, 1080))
    assert read_code(card) == url
    with Image.open(january_project / f"build/site/cards/{path}.png") as wide:
        upper = wide.convert("RGB").resize((1080, 567))
    difference = ImageChops.difference(card.convert("RGB").crop((0, 0, 1080, 567)), upper)
    assert max(ImageStat.Stat(difference).mean) < 5
    # Where nothing can be downloaded, as in some chats, the picture on the page can be kept.
    assert page.get_by_role("img", name=card_button).evaluate("image => image.decode().then(() => image.naturalWidth)")
    assert page.locator(".bas-share img").count() == 2
    assert violations_of(page, "pictures") == []
    assert page.faults == []


def test_a_picture_that_cannot_be_drawn_is_said_to_be_missing(sharer, site):
    sharer.route("**/cards/**", lambda route: route.abort())
    sharer.goto(f"{site}en/standards/wq-1-10/")
    sharer.click(".bas-share summary")
    sharer.get_by_role("button", name="Download a square picture").click()
    expect(sharer.locator("#bas-said")).to_have_text("Could not make the picture; please try again later")


def test_the_code_on_a_page_can_be_read_on_light_and_dark(open_page, tmp_path):
    for scheme in ("light", "dark"):
        page = open_page("en/standards/wq-1-10/", color_scheme=scheme)
        page.click("summary:has-text('QR code')")
        page.locator(".bas-share img").evaluate("image => image.decode()")
        page.locator(".bas-share").screenshot(path=tmp_path / f"{scheme}.png")
        assert read_code(Image.open(tmp_path / f"{scheme}.png")) == f"{SITE_URL}s/wq-1-10/"


AS_OF = {
    "zh-Hans": "公布情况截至2026年1月27日。",
    "zh-Hant": "公布情況截至2026年1月27日。",
    "en": "Announcements up to 27 January 2026.",
}


UNOFFICIAL = {"zh-Hans": "非官方目录", "zh-Hant": "非官方目錄", "en": "unofficial catalogue"}
SURE = {"zh-Hans": "可靠程度：高", "zh-Hant": "可靠程度：高", "en": "How sure we are: high for"}


@pytest.mark.parametrize(("paper_size", "sides"), [("A4", [595, 842]), ("Letter", [612, 792])])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_notice_is_one_sheet_of_paper_with_the_standards_the_date_and_a_code(
    browser, site, tmp_path, language, paper_size, sides
):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site}{language}/fields/food/notice/")
    page.pdf(path=tmp_path / "notice.pdf", format=paper_size, prefer_css_page_size=True)
    with pypdfium2.PdfDocument(tmp_path / "notice.pdf") as paper:
        (sheet,) = paper
        assert sheet.get_size() == pytest.approx(sides, abs=1)
        words = sheet.get_textpage().get_text_range()
        assert UNOFFICIAL[language] in words.replace("\r\n", " " if language == "en" else "")
        assert SURE[language] in words.replace("\r\n", " ")
        assert AS_OF[language] in words.replace("\r\n", " ")
        assert f"{SITE_URL}f/food/" in words.replace("\r\n", "")
        assert "WQ 1-10" in words
        assert read_code(sheet.render(scale=2).to_pil()) == f"{SITE_URL}f/food/"
    assert violations_of(page, "notice") == []
    context.close()


def test_a_preview_has_title_sentence_picture_and_languages(january_project):
    site = january_project / "build/site"
    page = LexborHTMLParser((site / "zh-Hant/standards/wq-1-10/index.html").read_text())
    told = [(one.attributes["property"], one.attributes["content"]) for one in page.css("meta[property]")]
    assert dict(told) | {"og:description": "…"} == {
        "og:site_name": "灣區標準",
        "og:title": "廣式月餅 · WQ 1-10、T/GBAS 8—2022",
        "og:description": "…",
        "og:url": f"{SITE_URL}zh-Hant/standards/wq-1-10/",
        "og:locale": "zh_HK",
        "og:locale:alternate": "en_GB",
        "og:image": f"{SITE_URL}cards/zh-Hant/standards/wq-1-10.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "廣式月餅 · WQ 1-10、T/GBAS 8—2022",
    }
    assert [value for name, value in told if name == "og:locale:alternate"] == ["zh_CN", "en_GB"]
    assert attribute(page, "meta[name='twitter:card']", "content") == "summary_large_image"


def test_every_page_has_a_picture_that_exists(january_project):
    site = january_project / "build/site"
    seen = set()
    for file in site.rglob("index.html"):
        image = LexborHTMLParser(file.read_text()).css_first("meta[property='og:image']")
        if image:
            seen.add(str(image.attributes["content"]).removeprefix(SITE_URL))
    assert {path for path in seen if not (site / path).is_file()} == set()
    assert seen == {path.relative_to(site).as_posix() for path in (site / "cards").rglob("*.png")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_manifest_names_icons_that_exist(january_project, language):
    site = january_project / "build/site"
    manifest = json.loads((site / language / "site.webmanifest").read_text())
    assert manifest["lang"] == {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK", "en": "en"}[language]
    for icon in manifest["icons"]:
        with Image.open(site / language / icon["src"]) as drawn:
            assert "{}x{}".format(*drawn.size) == icon["sizes"]
    for name, side in (("favicon.ico", 32), ("assets/images/icon-180.png", 180)):
        with Image.open(site / name) as drawn:
            assert drawn.size == (side, side)
