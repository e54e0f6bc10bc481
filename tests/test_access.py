"""Any kind of page can be read and used by anybody: small phone, large letters, keyboard, forced colours."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from generator.catalogue.languages import LANGUAGES
from tests.browsing import DESK, PHONE, served
from tests.conftest import violations_of

KINDS = (
    "",
    "standards/",
    "standards/?q=zzzz",
    "standards/?field=food&with=",
    "standards/?only=wq-1-8,lu-e,nowhere",
    "standards/wq-1-10/",
    "standards/t-sata-094-2025/",
    "standards/ying-you-er-tuo-yu-fu-wu-gui-fan/",
    "fields/",
    "fields/food/",
    "fields/food/notice/",
    "fields/logistics/",
    "batches/",
    "batches/2023-04/",
    "batches/2024-02/",
    "organisations/",
    "organisations/gba-standardization-research-center/",
    "cases/",
    "changes/",
    "check/",
    "coverage/",
    "versions/",
    "data/",
    "about/",
    "questions/",
)
"""A page of each kind, and of each state that looks different; `with=` is followed by another language."""
WIDTHS = (320, 390, 719, 720, 1024, 1920)
SIZES = {390: {13, 16, 20, 24, 34}, 1280: {13, 16, 20, 28, 44}}
"""The sizes of letters by the width of the screen."""
SIGHTS = {
    "zh-Hans": ((320, "light"), (390, "dark"), (1280, "light")),
    "zh-Hant": ((320, "dark"), (390, "light"), (1280, "dark")),
    "en": tuple(product((320, 390, 1280), ("light", "dark"))),
}
"""How axe sees the pages of each language: by the width of the screen and the colours."""
# What WCAG 1.4.12 lets a reader set.
SPACING = """() => {
    const wide = new CSSStyleSheet();
    wide.replaceSync(`* { letter-spacing: 0.12em !important; line-height: 1.5 !important;
        word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
    document.adoptedStyleSheets = [wide];
}"""
# Texts that are seen, as [text, its element]; what only a screen reader says is clipped or of no size.
_SEEN = """const seen = [];
const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walk.nextNode()) {
    const one = walk.currentNode.parentElement;
    const isShown = walk.currentNode.data.trim() && one.checkVisibility({ visibilityProperty: true });
    if (!isShown || one.closest(".bas-skip, .bas-menu") || parseFloat(getComputedStyle(one).fontSize) === 0) continue;
    let around = one;
    while (around && getComputedStyle(around).clipPath === "none") around = around.parentElement;
    if (!around) seen.push([walk.currentNode, one]);
}"""
LETTERS = f"() => {{ {_SEEN} return [...new Set(seen.map(([, one]) => parseFloat(getComputedStyle(one).fontSize)))] }}"
# Texts that run into another or out of the screen.
COLLISIONS = f"""() => {{ {_SEEN}
    const boxes = seen.filter(([, one]) => !one.closest("svg")).flatMap(([text]) => {{
        const range = document.createRange();
        range.selectNodeContents(text);
        return [...range.getClientRects()].filter((box) => box.width > 1).map((box) => [box, text]);
    }});
    const found = boxes.filter(([box]) => box.left < -1 || box.right > innerWidth + 1).map(([, text]) => text.data);
    boxes.forEach(([a, text], n) => {{
        for (const [b, other] of boxes.slice(n + 1, n + 40)) {{
            const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (text !== other && across > 2 && down > 0.45 * Math.min(a.height, b.height)) {{
                found.push(`${{text.data}} on ${{other.data}}`);
            }}
        }}
    }});
    return found;
}}"""
# Paragraphs, and lines of lists and of tables of prose, that are wider than 35 Han, or 66 Latin letters.
LONG_LINES = f"""() => {{ {_SEEN}
    const blocks = "p, li, dd, dt, figcaption, summary, td, .bas-note, .bas-part";
    const set = new Set(seen.map(([, one]) => one.closest(blocks)).filter((one) => one));
    return [...set].filter((one) => {{
        if (one.closest("footer.bas-footer") || getComputedStyle(one).display === "inline") return false;
        const range = document.createRange();
        range.selectNodeContents(one);
        const boxes = [...range.getClientRects()];
        const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
        return width > 35.5 * parseFloat(getComputedStyle(one).fontSize) && one.children.length < 3;
    }}).map((one) => one.textContent.trim().slice(0, 60));
}}"""
# What a thumb touches and is lower than 24 px; a tick is touched by its label.
LOW_TARGETS = """() => [...document.querySelectorAll("a[href], button, summary, input, select")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".bas-skip"))
    .map((one) => one.closest(".bas-tick") ?? one)
    .filter((one) => Math.max(...[...one.getClientRects()].map((box) => box.height)) < 23.9)
    .map((one) => one.outerHTML.slice(0, 80))"""
# Where the keyboard is: a number for the element, and how it is told from others.
STOP = """() => {
    const one = document.activeElement;
    const ring = getComputedStyle(one.closest(".bas-seek") ?? one);
    const isRinged = ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
    const isSeen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    return [[...document.querySelectorAll("*")].indexOf(one), one === document.body, isRinged && isSeen,
        one.outerHTML.slice(0, 80)];
}"""


def pages(page: Page, site: str, language: str):
    """The name of each kind of page in `language`, as `page` shows it, every disclosure open."""
    for kind in KINDS:
        beside = "zh-Hans" if language == "en" else "en"
        page.goto(f"{site}{language}/{kind}{beside if kind.endswith('=') else ''}")
        settle(page)
        yield f"{language}/{kind}"


def settle(page: Page) -> None:
    """Wait for what script adds, then open every disclosure."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


def faults_of(page: Page, name: str, sights: tuple[tuple[int, str], ...]) -> list[str]:
    """What axe finds on `page` as each of the `sights` shows it."""
    found = []
    for width, scheme in sights:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
        found += violations_of(page, f"{name} at {width} in {scheme}")
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_on_any_kind_of_page_stands_in_the_way_of_anybody(open_page, site, language):
    page = open_page("")
    found = faults_of(page, "landing", SIGHTS[language])
    for name in pages(page, site, language):
        found += faults_of(page, name, SIGHTS[language])
    page.goto(f"{site}{language}/standards/wq-1-999/")
    settle(page)
    assert found + faults_of(page, "unknown address", SIGHTS[language]) == []


def test_a_page_of_what_is_no_longer_in_force_stands_in_nobodys_way(browser, world_project):
    page = browser.new_context().new_page()
    with served(world_project / "build/site") as site:
        for path in ("en/standards/tea-2/", "zh-Hans/standards/tea-4/", "s/tea-2/"):
            page.goto(site + path)
            settle(page)
            assert faults_of(page, path, SIGHTS["en"]) == []
    page.context.close()


@pytest.mark.parametrize("words", ["", "mooncake", "zzzz"])
def test_the_open_search_stands_in_nobodys_way(open_page, words):
    page = open_page("en/", DESK)
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    field.fill(words)
    expect(page.locator(".bas-search [role=option], .bas-search-ways a").first).to_be_visible()
    assert faults_of(page, words, SIGHTS["en"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_kind_of_page_fits_any_screen_and_letters_set_apart(open_page, site, language):
    page = open_page("")
    found = []
    for name in pages(page, site, language):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} at {width} scrolls sideways")
            found += [f"{name} at {width}: {one}" for one in page.evaluate(COLLISIONS)]
        page.evaluate(SPACING)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found.append(f"{name} set apart at {width} scrolls sideways")
            found += [f"{name} set apart at {width}: {one}" for one in page.evaluate(COLLISIONS)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_have_five_sizes_lines_a_measure_and_links_the_height_of_a_finger(open_page, site, language):
    page = open_page("")
    found = []
    for name in pages(page, site, language):
        is_paper = name.endswith("notice/")
        for width, sizes in SIZES.items():
            page.set_viewport_size({"width": width, "height": 900})
            letters = set(page.evaluate(LETTERS))
            if not (min(letters) >= 13 if is_paper else letters <= sizes):
                found.append(f"{name} at {width}: {sorted(letters)}")
        found += [f"{name}: {one}" for one in page.evaluate(LONG_LINES)]
        page.set_viewport_size(PHONE)
        found += [f"{name}: {one}" for one in page.evaluate(LOW_TARGETS)]
    assert found == []


def test_the_keyboard_is_seen_wherever_it_is(open_page, site):
    page = open_page("", DESK)
    found = []
    for name in pages(page, site, "en"):
        stops = set()
        while True:
            page.keyboard.press("Tab")
            number, is_over, is_seen, html = page.evaluate(STOP)
            if is_over or number in stops:
                break
            stops.add(number)
            found += [] if is_seen else [f"{name}: {html}"]
        assert (name, len(stops) > 3) == (name, True)
    assert found == []


def test_forced_colours_leave_what_matters_to_be_seen(open_page, site):
    page = open_page("en/standards/wq-1-10/", DESK, forced_colors="active")
    colour = "(all) => all.map((one) => getComputedStyle(one)[name])"
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")

    def colours(selector: str, name: str) -> set[str]:
        return set(page.locator(selector).evaluate_all(colour.replace("name", f'"{name}"')))

    assert ground not in colours(".bas-menu a[aria-current]", "borderBottomColor")
    assert colours(".bas-menu a:not([aria-current])", "borderBottomColor") == {ground}
    assert colours(".bas-languages a[aria-current]", "outlineStyle") == {"solid"}
    assert ground not in colours(".bas-answer", "borderLeftColor") | colours(".bas-go", "borderTopColor")
    assert colours(".bas-answer .bas-sure", "forcedColorAdjust") == {"none"}
    page.keyboard.press("/")
    page.keyboard.type("rice")
    expect(page.locator("[role=option][aria-selected=true]")).to_be_visible()
    assert ground not in colours("[role=option][aria-selected=true]", "borderLeftColor")
    assert colours("[role=option][aria-selected=false]", "borderLeftColor") == {ground}
    page.goto(f"{site}en/standards/#wq-1-10")
    assert colours(".bas-standards tr:target", "outlineStyle") == {"solid"}
