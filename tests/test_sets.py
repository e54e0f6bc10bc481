"""A set of standards that a reader chooses: ticks, the tray, the link, the list that shows it, paper, QR code."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect
from segno import encoder

from generator.catalogue.languages import LANGUAGES
from tests.browsing import DESK, PHONE
from tests.conftest import REPOSITORY, SITE_URL, violations_of
from tests.test_paper import Paper, bare
from tests.test_views import addresses, rows, saved

SET = "standards/?only=wq-1-8,wq-1-10"
CHOSEN = {"zh-Hans": "已选2项", "zh-Hant": "已選2項", "en": "2 chosen"}
LEAD = {
    "zh-Hans": "从清单中选出的2项标准。",
    "zh-Hant": "從清單中選出的2項標準。",
    "en": "2 standards chosen from the list.",
}
CLIPBOARD = ["clipboard-read", "clipboard-write"]
MODULE = """([name, source]) => new Promise((resolve) => {
    addEventListener(name, ({ detail }) => resolve(detail), { once: true });
    const script = document.createElement("script");
    script.type = "module";
    script.src = source;
    document.head.append(script);
})"""
FILLED = [
    14,
    26,
    42,
    62,
    84,
    106,
    122,
    152,
    180,
    213,
    271,
    367,
    458,
    520,
    586,
    718,
    792,
    858,
    1003,
    1273,
    1528,
    1952,
    2953,
]
"""Lengths that fill a version: of others, segno pads the data in a way of its own."""


def tick(page: Page, address: str) -> Locator:
    """The tick of the standard at `address`."""
    return page.locator(f".bas-tick input[value={address}]")


def tray(page: Page) -> Locator:
    return page.locator(".bas-tray")


def choose(page: Page, *chosen: str) -> None:
    """Tick the standards at the addresses `chosen`, as with a finger."""
    for one in chosen:
        tick(page, one).locator("..").click()
    expect(tray(page)).to_be_visible()


def run(page: Page, module: str, function: str, arguments: Sequence[object]):
    """What `function` of a script of the site gives for each of `arguments`."""
    page.route(
        "**/assets/javascripts/test-of-sets.js",
        lambda route: route.fulfill(
            content_type="text/javascript",
            body=f"""import {{ {function} }} from "./{module}";
            const results = {json.dumps(arguments)}.map((one) => {function}(one));
            dispatchEvent(new CustomEvent("test-of-sets", {{ detail: JSON.stringify(results) }}));""",
        ),
    )
    source = page.locator("script[src$='site.js']").evaluate("(one) => one.src").replace("site.js", "test-of-sets.js")
    return json.loads(page.evaluate(MODULE, ["test-of-sets", source]))


# --- choosing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "first", "second"),
    [
        ("standards/", "wq-1-8", "wq-1-10"),
        ("fields/food/", "wq-1-8", "wq-1-10"),
        ("batches/2023-04/", "wq-1-8", "lu-e"),
        ("organisations/shantou-institute-of-standards-and-coding/", "", ""),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_of_every_table_are_ticked_and_the_tray_counts_them(open_page, language, path, first, second):
    page = open_page(f"{language}/{path}")
    boxes = page.locator(".bas-tick input")
    expect(boxes.first).to_be_attached()
    assert boxes.count() == rows(page).count()
    if not first:
        first, second = (boxes.nth(n).get_attribute("value") for n in (0, 1))
    expect(tray(page)).to_have_count(0)
    choose(page, first, second)
    expect(tray(page).get_by_role("status")).to_have_text(CHOSEN[language])
    assert page.faults == []


def test_the_set_goes_with_the_reader_across_pages_tabs_and_languages(open_page, site):
    page = open_page("en/standards/")
    choose(page, "wq-1-8")
    page.goto(f"{site}zh-Hant/fields/food/")
    expect(tick(page, "wq-1-8")).to_be_checked()
    choose(page, "wq-1-10")
    expect(tray(page).get_by_role("status")).to_have_text("已選2項")
    other = page.context.new_page()
    other.goto(f"{site}en/standards/wq-1-9/")
    expect(tray(other).get_by_role("status")).to_have_text("2 chosen")
    tick(page, "wq-1-8").locator("..").click()
    expect(tray(other).get_by_role("status")).to_have_text("1 chosen")
    tray(other).get_by_role("button", name="Clear").click()
    expect(tray(page)).to_be_hidden()
    expect(page.locator(".bas-tick :checked")).to_have_count(0)
    assert page.faults == []


def test_rows_that_the_filter_puts_in_have_ticks_too(open_page):
    page = open_page("en/standards/", DESK)
    choose(page, "wq-1-10")
    page.locator("select[name=field]").select_option("elderly-care")
    expect(rows(page)).to_have_count(2)
    expect(page.locator(".bas-tick input")).to_have_count(2)
    page.locator("select[name=field]").select_option("food")
    expect(tick(page, "wq-1-10")).to_be_checked()


def test_what_was_cleared_can_be_had_again(open_page):
    page = open_page("en/standards/")
    choose(page, "wq-1-8", "wq-1-10")
    tray(page).get_by_role("button", name="Clear").click()
    expect(tray(page).get_by_role("status")).to_have_text("Set cleared")
    expect(tick(page, "wq-1-8")).not_to_be_checked()
    expect(tray(page).get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tray(page).get_by_role("status")).to_have_text("2 chosen")
    expect(tick(page, "wq-1-8")).to_be_checked()


def test_a_set_is_chosen_and_seen_by_the_keyboard_alone(open_page):
    page = open_page("en/standards/", DESK)
    expect(tick(page, "wq-1-8")).to_be_visible()
    page.locator(".bas-standards thead button").last.focus()
    page.keyboard.press("Tab")
    expect(tick(page, "wq-1-8")).to_be_focused()
    page.keyboard.press("Space")
    expect(tray(page)).to_be_visible()
    expect(tick(page, "wq-1-8")).to_be_focused()
    skip = page.get_by_role("link", name="Skip to your set")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="See the set")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    expect(rows(page)).to_have_count(1)


def test_a_tick_and_its_row_are_heard_apart(open_page):
    page = open_page("en/standards/", DESK)
    box = page.get_by_role("checkbox", name="Choose Simiao Rice", exact=True)
    expect(box).to_be_visible()
    expect(page.get_by_role("rowheader", name="Simiao Rice", exact=True)).to_have_count(1)
    box.check()
    region = page.get_by_role("region", name="Your set")
    assert re.sub(r"\n +", "\n", region.aria_snapshot()).splitlines()[1:] == [
        "- status: 1 chosen",
        '- link "See the set":',
        f"- /url: {page.url.replace('/standards/', '/standards/?only=wq-1-8')}",
        '- button "Copy link"',
        '- button "Clear"',
    ]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tick_is_as_large_as_a_thumb_and_moves_nothing(open_page, language, width):
    page = open_page(f"{language}/standards/", {"width": width, "height": 800}, java_script_enabled=False)
    page.evaluate("document.documentElement.classList.add('js')")
    before = page.locator(".bas-title a").first.bounding_box()
    page = open_page(f"{language}/standards/", {"width": width, "height": 800})
    expect(tick(page, "wq-1-8")).to_be_visible()
    assert before
    after = page.locator(".bas-title a").first.bounding_box()
    assert after and after["x"] == before["x"]
    box = page.locator(".bas-tick").first.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44 and box["x"] >= 0
    choose(page, "wq-1-8")
    bar = tray(page).bounding_box()
    assert bar and round(bar["y"] + bar["height"]) == 800
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for way in tray(page).locator("a:visible, button:visible").all():
        place = way.bounding_box()
        assert place and place["height"] >= 44 and place["x"] + place["width"] <= width


def test_the_tray_covers_neither_the_last_line_nor_what_has_the_focus(open_page):
    page = open_page("en/standards/", DESK)
    choose(page, "wq-1-8")
    page.keyboard.press("End")
    page.locator("footer a").last.focus()
    line, bar = page.locator("footer p").last.bounding_box(), tray(page).bounding_box()
    assert line and bar and line["y"] + line["height"] <= bar["y"]
    for n in range(1, 30):
        box = page.locator(".bas-tick input").nth(n)
        box.focus()
        place, bar = box.bounding_box(), tray(page).bounding_box()
        assert place and bar and place["y"] + place["height"] <= bar["y"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_tray_and_the_set_are_accessible(open_page, site, language, viewport, scheme):
    page = open_page(f"{language}/standards/", viewport, color_scheme=scheme)
    choose(page, "wq-1-8", "wq-1-10")
    assert violations_of(page, "tray") == []
    tray(page).get_by_role("link").click()
    page.locator(".bas-set summary").click()
    expect(page.locator(".bas-set img")).to_be_visible()
    assert violations_of(page, "set") == []


def test_without_script_nothing_is_ticked_and_the_list_is_whole(open_page):
    page = open_page(f"en/{SET}", java_script_enabled=False)
    expect(rows(page)).to_have_count(51)
    expect(page.locator(".bas-tick")).to_have_count(0)
    link, heading = page.locator(".bas-title a").first.bounding_box(), page.locator("h1").bounding_box()
    assert link and heading and link["x"] == heading["x"]


def test_once_loaded_the_tray_and_the_set_need_no_network(open_page):
    page = open_page("en/standards/")
    choose(page, "wq-1-8", "wq-1-10")
    tray(page).get_by_role("link").click()
    expect(page.locator(".bas-lead")).to_have_text(LEAD["en"])
    page.go_back()
    expect(rows(page)).to_have_count(51)
    expect(page.locator("h1")).to_have_text("Standards")
    page.context.set_offline(True)
    choose(page, "wq-1-9")
    tray(page).get_by_role("link").click()
    expect(page.locator(".bas-lead")).to_have_text("3 standards chosen from the list.")
    assert addresses(page) == ["wq-1-8", "wq-1-10", "wq-1-9"]


# --- the link ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "language"), [("zh-CN", "zh-Hans"), ("zh-HK", "zh-Hant"), ("en-GB", "en"), ("pt-PT", "en")]
)
def test_the_copied_link_opens_in_the_receivers_language(open_page, site, locale, language):
    page = open_page("zh-Hant/standards/", permissions=CLIPBOARD)
    choose(page, "wq-1-10", "ying-you-er-tuo-yu-fu-wu-gui-fan", "wq-1-8")
    tray(page).get_by_role("button", name="複製連結").click()
    expect(page.locator("#bas-said")).to_contain_text("所選標準的連結")
    link = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(re.escape(site) + r"standards/\?only=wq-1-10,\.[a-z0-9]{7},wq-1-8", link)
    page = open_page(link.removeprefix(site), locale=locale)
    page.wait_for_url(f"**/{language}/standards/?only=*")
    expect(rows(page)).to_have_count(3)
    assert addresses(page) == ["wq-1-10", "ying-you-er-tuo-yu-fu-wu-gui-fan", "wq-1-8"]


def test_a_short_name_never_changes(open_page):
    """It stands in links that people keep."""
    names = {
        "wq-1-8": "wq-1-8",
        "t-gra-014-2025": "t-gra-014-2025",
        "sixteen-letters-": "sixteen-letters-",
        "chi-zhi-zheng-pan-long-shan": ".0vhoz50",
        "a" * 70: ".0op6497",
    }
    page = open_page("en/standards/")
    assert run(page, "set.js", "shortName", list(names)) == list(names.values())


def test_no_two_addresses_that_were_published_share_a_short_name(open_page):
    ledger = (REPOSITORY / "content/records/addresses.txt").read_text("utf-8-sig").split()
    listed = [one.removeprefix("standards/") for one in ledger if one.startswith("standards/")]
    names = run(open_page("en/standards/"), "set.js", "shortName", listed)
    assert len(set(names)) == len(set(listed)) > 50
    assert all(re.fullmatch(r"[a-z0-9-]{1,16}|\.[a-z0-9]{7}", name) for name in names)


def test_where_two_share_a_short_name_the_address_is_written(open_page):
    twins = ["invented-rice-soup-477a5z", "invented-soup-rice-bwx21z"]
    page = open_page("en/standards/")
    assert run(page, "set.js", "shortName", list(twins)) == [".153jk0r", ".153jk0r"]
    page = open_page("en/standards/")
    assert run(page, "set.js", "setAddress", [[*twins, "wq-1-8"]]) == [f"standards/?only={','.join(twins)},wq-1-8"]


@pytest.mark.parametrize(
    "only",
    [
        "wq-1-8,wq-1-10",
        "WQ-1-8,WQ-1-10",
        "WQ 1-8,T/GBAS 8-2022",
        "wq1-8，ＷＱ 1－10",
        "wq-1-8%2Cwq-1-10",
        "wq-1-8,wq-1-8,WQ 1-8,wq-1-10,",
        "wq-1-8、wq-1-10。",
        "%00wq-1-8,%20,,wq-1-10)",
    ],
)
def test_any_spelling_of_a_set_is_read(open_page, only):
    page = open_page(f"en/standards/?only={only}")
    expect(page.locator(".bas-lead")).to_have_text(LEAD["en"])
    assert addresses(page) == ["wq-1-8", "wq-1-10"]
    expect(page.locator(".bas-set-missing")).to_have_count(0)
    assert page.faults == []


def test_what_is_not_recorded_is_said_as_it_was_asked_for(open_page):
    page = open_page("en/standards/?only=wq-1-10,WQ 9-99,%3Cimg src=x onerror=alert(1)%3E,wq-1-8")
    expect(page.locator(".bas-set-missing")).to_contain_text(
        "2 standards in this link are not recorded here: WQ 9-99, img src=x onerror=alert(1"
    )
    expect(page.locator(".bas-set-missing").get_by_role("link")).to_have_attribute("href", "https://www.gbsrc.org.cn/")
    assert addresses(page) == ["wq-1-10", "wq-1-8"]
    assert page.locator(".bas-set img[src=x]").count() == 0
    assert page.faults == []


@pytest.mark.parametrize(
    "only",
    ["", "nowhere", ",,,", "__proto__,constructor,toString", ".0000000", "%00%01%7F", "%E0%A4", ",".join(["x"] * 3000)],
)
def test_a_set_of_nothing_says_so_and_leads_to_the_list(open_page, only):
    page = open_page(f"en/standards/?only={only}")
    expect(page.locator(".bas-lead")).to_have_text("This link names no standard that is recorded here.")
    expect(page.locator(".bas-standards")).to_be_hidden()
    page.get_by_role("link", name="See the whole list").click()
    expect(page).to_have_url(re.compile("/en/standards/$"))
    expect(rows(page)).to_have_count(51)
    assert page.faults == []


def test_ten_thousand_entries_are_read(open_page):
    page = open_page("en/standards/")
    many = ",".join([*(f"x{n}" for n in range(10_000)), "wq-1-8"])
    page.evaluate(
        """(only) => {
            history.pushState(null, "", `?only=${only}`);
            dispatchEvent(new PopStateEvent("popstate"));
        }""",
        many,
    )
    expect(page.locator(".bas-set-missing")).to_contain_text("10,000 standards in this link are not recorded here: x0,")
    assert len(page.locator(".bas-set-missing").inner_text()) < 200
    assert addresses(page) == ["wq-1-8"]


def test_a_standard_that_moved_is_found_by_its_former_address(open_page, site):
    page = open_page("en/")

    def moved(route) -> None:
        index = route.fetch().json()
        place = index["paths"].index("standards/wq-1-10/")
        route.fulfill(json=index | {"moved": {"mooncakes": place, "moon-cakes-in-cantonese-style": place}})

    page.route("**/assets/search.json", moved)
    (short,) = run(page, "set.js", "shortName", ["moon-cakes-in-cantonese-style"])
    for former in ("mooncakes", "moon-cakes-in-cantonese-style", short):
        page.goto(f"{site}en/standards/?only={former},wq-1-8")
        expect(page.locator(".bas-lead")).to_have_text(LEAD["en"])
        assert addresses(page) == ["wq-1-10", "wq-1-8"]


# --- the list of a set ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_a_set_in_its_order_and_says_so(open_page, language):
    page = open_page(f"{language}/standards/?only=wq-1-10,wq-1-8", DESK)
    expect(page.locator(".bas-lead")).to_have_text(LEAD[language])
    assert addresses(page) == ["wq-1-10", "wq-1-8"]
    assert page.title().startswith(page.locator("h1").inner_text())
    page.locator("th[data-sort=number] button").click()
    expect(rows(page).first).to_have_attribute("id", "wq-1-8")
    expect(page).to_have_url(re.compile(r"\?only=wq-1-10,wq-1-8&sort=number$"))
    page.locator(".bas-filter button[type=reset]").click()
    expect(rows(page).first).to_have_attribute("id", "wq-1-10")
    expect(page).to_have_url(re.compile(r"\?only=wq-1-10,wq-1-8$"))


def test_a_set_survives_typing_the_facets_a_second_language_and_the_switch(open_page):
    page = open_page("en/standards/?only=wq-1-8,wq-1-10,lu-e", DESK)
    expect(rows(page)).to_have_count(3)
    page.locator("[name=q]").press_sequentially("moon")
    expect(page).to_have_url(re.compile(r"\?only=wq-1-8,wq-1-10,lu-e&q=moon$"))
    expect(rows(page)).to_have_count(1)
    page.locator("[name=q]").fill("zzzz")
    expect(page.locator(".bas-filter output")).to_have_text("None of the standards in this set matches.")
    page.locator("[name=q]").fill("")
    expect(rows(page)).to_have_count(3)
    page.locator("select[name=field]").select_option("food")
    expect(rows(page)).to_have_count(2)
    assert "Food (2)" in page.locator("select[name=field]").inner_text()
    page.locator("[data-with=zh-Hans]").click()
    expect(page.locator(".bas-beside").last).to_be_visible()
    page.locator("[data-bas-language=zh-Hans]").click()
    expect(page).to_have_url(re.compile(r"/zh-Hans/standards/\?only=wq-1-8,wq-1-10,lu-e&field=food&with=en$"))
    expect(rows(page)).to_have_count(2)


def test_unticking_takes_a_standard_out_of_the_set_until_one_step_back(open_page):
    page = open_page("en/standards/?only=wq-1-8,wq-1-10,wq-1-9", DESK)
    expect(page.locator(".bas-set")).not_to_be_empty()
    expect(tick(page, "wq-1-10")).to_be_checked()
    expect(tray(page)).to_have_count(0)
    tick(page, "wq-1-10").press("Space")
    expect(page).to_have_url(re.compile(r"\?only=wq-1-8,wq-1-9$"))
    expect(rows(page)).to_have_count(2)
    expect(tick(page, "wq-1-9")).to_be_focused()
    page.go_back()
    expect(rows(page)).to_have_count(3)
    expect(tick(page, "wq-1-10")).to_be_checked()


def test_nothing_is_unticked_before_the_set_has_come(open_page, site):
    page = open_page("en/")
    waiting = []
    page.route("**/assets/search.json", lambda route: waiting.append(route))
    page.goto(f"{site}en/{SET}")
    expect(tick(page, "wq-1-8")).to_be_disabled()
    page.wait_for_load_state("load")
    page.unroute("**/assets/search.json")
    for one in waiting:
        one.continue_()
    expect(page.locator(".bas-lead")).to_have_text(LEAD["en"])
    tick(page, "wq-1-8").press("Space")
    expect(page).to_have_url(re.compile(r"\?only=wq-1-10$"))
    expect(rows(page)).to_have_count(1)


def test_the_ticks_of_all_that_is_listed_work_in_a_set_of_it(open_page, site):
    page = open_page("en/standards/")
    listed = addresses(page)
    page.goto(f"{site}en/standards/?only={','.join(listed)}")
    expect(page.locator(".bas-lead")).to_have_text("51 standards chosen from the list.")
    expect(page.locator(".bas-tick :disabled")).to_have_count(0)
    page.get_by_role("link", name="See the whole list").click()
    expect(page.locator("h1")).to_have_text("Standards")
    expect(page.locator(".bas-tick :is(:disabled, :checked)")).to_have_count(0)


def test_the_focus_is_on_the_heading_once_the_last_of_a_set_is_unticked(open_page):
    page = open_page("en/standards/?only=wq-1-8")
    expect(page.locator(".bas-set")).not_to_be_empty()
    tick(page, "wq-1-8").press("Space")
    expect(page.locator(".bas-lead")).to_have_text("This link names no standard that is recorded here.")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_set_that_was_sent_can_be_added_to(open_page):
    page = open_page(f"en/{SET}")
    page.get_by_role("link", name="Add to this set").click()
    expect(page).to_have_url(re.compile("/en/standards/$"))
    expect(tick(page, "wq-1-8")).to_be_checked()
    choose(page, "wq-1-9")
    tray(page).get_by_role("link").click()
    expect(rows(page)).to_have_count(3)
    assert addresses(page) == ["wq-1-8", "wq-1-10", "wq-1-9"]


def test_a_set_is_shared_by_its_link_the_system_and_a_code(open_page, site):
    page = open_page("en/")
    page.add_init_script("navigator.share = (what) => ((window.shared = what), Promise.resolve())")
    page.context.grant_permissions(CLIPBOARD)
    page.goto(f"{site}en/standards/?only=WQ 1-8,wq-1-10&sort=title")
    expect(page.locator(".bas-lead")).to_have_text(LEAD["en"])
    page.locator("[data-view=link]").click()
    expect(page.locator("#bas-said")).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == site + SET
    page.locator(".bas-set button").first.click()
    assert page.evaluate("window.shared.url") == site + SET
    page.locator(".bas-set summary").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the QR code (PNG)").click()
    assert download.value.suggested_filename == "standards-set-of-2-qr.png"
    with Image.open(download.value.path()) as picture:
        assert [one.text for one in zxingcpp.read_barcodes(picture)] == [site + SET]


@pytest.mark.parametrize("ending", ["csv", "bib", "ris"])
def test_files_of_a_set_hold_it_in_its_order_and_say_how_many(open_page, january_project, ending):
    page = open_page("en/standards/?only=wq-1-10,lu-e,wq-1-8")
    expect(rows(page)).to_have_count(3)
    file = saved(page, ending)
    assert re.fullmatch(rf"standards-set-of-3-\d{{4}}-\d\d-\d\d-[0-9a-f]{{8}}\.{ending}", file.suggested_filename)
    content = Path(file.path()).read_bytes()
    if ending == "csv":
        table = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert [row["address"] for row in table] == ["wq-1-10", "lu-e", "wq-1-8"]
    else:
        folder = january_project / "build/site/api/v1/citations"
        assert content == b"".join((folder / f"{one}.{ending}").read_bytes() for one in ("wq-1-10", "lu-e", "wq-1-8"))


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_set_of_25_is_one_sheet_with_its_own_address_and_code(open_page, site, language, size):
    page = open_page(f"{language}/standards/", DESK)
    chosen = addresses(page)[:25]
    page.goto(f"{site}{language}/standards/?only={','.join(chosen)}")
    expect(page.locator(".bas-set details")).to_be_visible()
    link = page.locator(".bas-views").get_attribute("data-link") or ""
    titles = page.locator(".bas-title a").all_inner_texts()
    paper = Paper(page.pdf(format=size))
    assert len(paper.sheets) == 1
    assert paper.codes() == [link]
    assert bare(link) in paper.text
    assert [title for title in titles if bare(title) not in paper.text] == []
    assert len(titles) == 25
    version = page.locator(".bas-note a[href$='versions/']").inner_text()
    assert bare(version) in paper.text
    assert paper.outside() == []


def test_the_list_is_as_it_was_sent_once_its_set_is_left(open_page):
    page = open_page("en/standards/", DESK)
    sent = [
        page.title(),
        *(page.locator(one).inner_text() for one in ("h1", ".bas-lead", "caption", ".bas-letterhead")),
    ]
    code = page.locator(".bas-qr img").get_attribute("src")
    choose(page, "wq-1-8")
    tray(page).get_by_role("link").click()
    expect(rows(page)).to_have_count(1)
    expect(tray(page)).to_be_hidden()
    page.go_back()
    expect(rows(page)).to_have_count(51)
    expect(page.locator("h1")).to_have_text("Standards")
    left = [
        page.title(),
        *(page.locator(one).inner_text() for one in ("h1", ".bas-lead", "caption", ".bas-letterhead")),
    ]
    assert left == sent
    assert urlsplit(page.locator(".bas-qr img").get_attribute("src") or "").path.endswith(code or "-")
    expect(tray(page)).to_be_visible()


# --- QR codes ---------------------------------------------------------------------------------------------------------


def as_picture(modules: list[list[int]]) -> Image.Image:
    """The code of `modules`, four pixels a module, with its quiet zone."""
    side = len(modules)
    picture = Image.new("L", (side + 8, side + 8), 255)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    return picture.resize((4 * (side + 8), 4 * (side + 8)), Image.Resampling.NEAREST)


def test_a_fine_code_is_large_on_a_screen_and_left_out_on_paper(open_page, site):
    page = open_page("en/")
    fine = "export const qrCode = () => ({ modules: Array.from({ length: 150 }, () => Array(150).fill(1)) });"
    page.route("**/javascripts/qr.js", lambda route: route.fulfill(content_type="text/javascript", body=fine))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{site}en/{SET}")
        page.locator(".bas-set summary").click()
        box = page.locator(".bas-set img").bounding_box()
        assert box and box["width"] == box["height"] >= min(158 * 3, width - 60)
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print")
    expect(page.locator(".bas-qr img")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hans", "标准太多，二维码放不下，请复制链接。"),
        ("zh-Hant", "標準太多，二維碼放不下，請複製連結。"),
        ("en", "There are too many standards for a QR code. Copy the link instead."),
    ],
)
def test_it_is_said_where_no_code_holds_a_set(open_page, site, language, words):
    page = open_page(f"{language}/")
    none = "export const qrCode = () => { throw new RangeError(); };"
    page.route("**/javascripts/qr.js", lambda route: route.fulfill(content_type="text/javascript", body=none))
    page.goto(f"{site}{language}/{SET}")
    expect(page.locator(".bas-set .bas-note")).to_have_text(words)
    expect(page.locator(".bas-set details")).to_have_count(0)
    page.emulate_media(media="print")
    expect(page.locator(".bas-qr img")).to_be_hidden()


def test_qr_codes_of_any_length_are_read(open_page):
    link = f"{SITE_URL}standards/?only="
    texts = [link + "wq-1-8," * n + "wq-1-9" for n in (0, 1, 5, 12, 25, 50, 100)]
    texts += ["x" * n for n in range(1, 801, 47)] + ["湾區標準" * n for n in (1, 3, 10, 40, 100, 200)]
    codes = run(open_page("en/"), "qr.js", "qrCode", list(texts))
    for text, code in zip(texts, codes, strict=True):
        assert [one.text for one in zxingcpp.read_barcodes(as_picture(code["modules"]))] == [text]


def test_qr_codes_are_those_of_another_encoder_with_the_best_mask(open_page):
    texts = ["x" * n for n in FILLED]
    codes = run(open_page("en/"), "qr.js", "qrCode", list(texts))
    for text, code in zip(texts, codes, strict=True):
        options = {"error": code["level"], "mode": "byte", "encoding": "utf-8", "boost_error": False, "micro": False}
        others = [segno.make(text, mask=mask, **options) for mask in range(8)]
        same = others[code["mask"]]
        assert (same.version, [list(row) for row in same.matrix]) == (code["version"], code["modules"])
        side = len(same.matrix)
        penalties = [encoder.evaluate_mask(one.matrix, side, side) for one in others]
        assert penalties[code["mask"]] == min(penalties)


def test_a_text_too_long_for_a_code_is_refused(open_page):
    page = open_page("en/standards/")
    with pytest.raises(Exception, match="too long for a QR code"):
        page.evaluate("import('../../assets/javascripts/qr.js').then(({ qrCode }) => qrCode('x'.repeat(2954)))")
