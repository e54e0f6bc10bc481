"""The home page, the growth that it draws, the landing page, the page of questions."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages.growth import growth_of
from tests.browsing import DESK, PHONE
from tests.elements import attribute, element
from tests.test_search import search
from tests.test_site import html

FIELD = ".bas-seek input"
DIALOG = ".bas-search"
QUESTIONS = [
    *("what", "binding", "who", "text", "new", "not-listed", "apply", "declare", "certificate", "mark", "withdrawn"),
    *("english-name", "whom-to-ask", "correct"),
]


def test_the_home_page_leads_with_the_figures_of_the_records(january_project):
    page = html(january_project / "build/site", "en/index.html")
    lead = element(page, ".bas-lead").text()
    assert "By 27 January 2026" in lead
    assert "there were 267; this unofficial catalogue has 51 of them." in lead
    fields = [(element(one, "a").text(), element(one, ".bas-count").text()) for one in page.css(".bas-fields li")]
    assert {
        ("Food", "10 recorded"),
        ("Cantonese cuisine", "31 recorded"),
        ("Traditional Chinese medicine", "1 recorded"),
        ("Transportation", "2 recorded"),
    } <= set(fields)
    assert [one for one in fields if one[1].startswith("0")] == []
    # What has no standard recorded here is a name in a line, and the 36 are explained where they are named.
    empty, explained = page.css("article > .bas-note")
    assert "Logistics" in {one.text() for one in empty.css("a")}
    assert "covers 36 fields. They name 13. We have not seen the names of the other 23" in explained.text()


def test_the_last_three_announcements_say_what_is_known_of_each(january_project):
    page = html(january_project / "build/site", "en/index.html")
    (news, _) = page.css(".bas-news")
    assert [" ".join(one.text().split()) for one in news.css("li")] == [
        "By 27 January 2026 5 added, 267 in all titles not seen yet",
        "14 October 2025, Foshan 27 added, 262 in all 1 recorded here",
        "By 21 May 2025 Announcement No. 5: 20 added, 235 in all titles not seen yet",
    ]


def test_an_announcement_says_how_many_of_its_standards_dates_alone_place_there(real_project, real_catalogue):
    page = html(real_project / "build/site", "en/index.html")
    said = {attribute(one, "a", "href"): one.text() for one in page.css(".bas-news")[0].css("li")}
    for batch in real_catalogue.batches[:-4:-1]:
        if derived := [one for one in batch.standards if one.derivation]:
            words = f"{len(batch.standards)} recorded here ({len(derived)} derived from dates)"
            assert said[f"batches/{batch.address}/"].rstrip().endswith(words)


def test_three_questions_are_answered_and_lead_to_their_full_answers(january_project):
    site = january_project / "build/site"
    for language in LANGUAGES:
        links = html(site, f"{language}/index.html").css(".bas-asked a")
        assert [one.attributes["href"] for one in links] == [
            "questions/#binding",
            "questions/#who",
            "questions/#text",
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_its_address_in_every_language(real_project, language):
    page = html(real_project / "build/site", f"{language}/questions/index.html")
    assert [one.attributes["id"] for one in page.css("article h2")] == QUESTIONS


def test_the_search_finds_the_questions(open_page):
    page = open_page("")
    queries = {
        "mandatory": "binding",
        "申請": "apply",
        "申报": "apply",
        "認證": "certificate",
        "certificate": "certificate",
    }
    for (query, place), found in zip(queries.items(), search(page, *queries), strict=True):
        assert f"questions/#{place}" in [path for path, _ in found["first"]], query


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_example_finds_a_standard(real_project, open_page, language):
    page = html(real_project / "build/site", f"{language}/index.html")
    examples = page.css(".bas-try a")
    assert len(examples) == 3
    for example, found in zip(examples, search(open_page(""), *(one.text() for one in examples)), strict=True):
        assert found["first"][0][0].startswith("standards/"), example.text()


def test_without_script_the_field_leads_to_the_list(open_page):
    page = open_page("zh-Hant/", java_script_enabled=False)
    page.fill(FIELD, "月餅")
    page.press(FIELD, "Enter")
    page.wait_for_url("**/zh-Hant/standards/?q=%E6%9C%88%E9%A4%85")
    expect(page.locator(".bas-standards tbody tr").first).to_be_visible()


def test_what_is_typed_into_the_field_is_searched_for(open_page):
    page = open_page("en/", DESK)
    page.locator(FIELD).focus()
    page.keyboard.type("mooncake")
    expect(page.locator(f"{DIALOG} input")).to_have_value("mooncake")
    expect(page.locator(f"{DIALOG} [role=option]").first).to_contain_text("Mooncakes")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_be_focused()


def test_an_input_method_chooses_its_characters_before_the_search_takes_over(open_page):
    page = open_page("zh-Hans/", DESK)
    page.locator(FIELD).focus()
    keys = page.context.new_cdp_session(page)
    for typed in ("y", "yue", "yue bing"):
        keys.send("Input.imeSetComposition", {"text": typed, "selectionStart": len(typed), "selectionEnd": len(typed)})
        expect(page.locator(DIALOG)).to_have_count(0)
    keys.send("Input.insertText", {"text": "月饼"})
    expect(page.locator(f"{DIALOG} input")).to_have_value("月饼")
    expect(page.locator(f"{DIALOG} [role=option]").first).to_contain_text("月饼")


def test_a_finger_on_the_field_opens_the_search(open_page):
    page = open_page("zh-Hant/", PHONE, has_touch=True)
    page.locator(FIELD).tap()
    expect(page.locator(f"{DIALOG} input")).to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hint_in_the_field_is_not_cut_on_the_narrowest_phone(open_page, language):
    page = open_page(f"{language}/", {"width": 320, "height": 640})
    widths = page.locator(FIELD).evaluate(
        """(field) => {
          const style = getComputedStyle(field);
          const pen = document.createElement("canvas").getContext("2d");
          pen.font = style.font;
          const inner = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
          return [pen.measureText(field.placeholder).width, inner];
        }"""
    )
    assert widths[0] <= widths[1]
    # What a browser adds to the field may cover the hint too: it looks as on a phone with more room.
    pictures = []
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 640})
        box = page.locator(FIELD).bounding_box()
        clip = {"x": box["x"], "y": box["y"], "width": widths[0] + 14, "height": box["height"]}
        pictures.append(page.screenshot(clip=clip))
    assert pictures[0] == pictures[1]


def test_the_growth_is_drawn_to_scale_in_time_and_number(january_catalogue):
    batches = january_catalogue.batches
    growth = growth_of(batches)
    start = batches[0].earliest.replace(month=1, day=1)
    for batch, mark in zip(batches, growth.totals, strict=True):
        assert mark.words == str(batch.standards_total)
        assert mark.x == pytest.approx(100 * (batch.latest - start).days / growth.days, abs=0.1)
    levels = [int(level) for level in re.findall(r"V(\d+)", growth.area)][: len(batches)]
    for batch, level in zip(batches, levels, strict=True):
        assert growth.height - level == pytest.approx(growth.height * batch.standards_total / 267, abs=1)
    # The line rises on known days alone; the days between which others were announced are spanned.
    known = [batch for batch in batches if batch.announced_on]
    assert [int(day) for day in re.findall(r"[HM](\d+)[^HM]*?V", growth.line)] == [
        (batch.announced_on - start).days for batch in known
    ]
    between = [batch for batch in batches if not batch.announced_on]
    for batch, span in zip(between, growth.spans, strict=True):
        assert span.x == pytest.approx(100 * (batch.earliest - start).days / growth.days, abs=0.1)
        assert span.x + span.width == pytest.approx(100 * (batch.latest - start).days / growth.days, abs=0.2)


def test_an_announcement_on_new_years_day_is_drawn(world_catalogue):
    first = world_catalogue.batches[0]
    day = first.earliest.replace(month=1, day=1)
    assert growth_of([replace(first, earliest=day, latest=day)]).totals[0].x == 0


def test_a_list_that_announced_nothing_yet_is_drawn_flat(world_catalogue):
    empty = replace(world_catalogue.batches[0], standards_added=0, standards_total=0)
    growth = growth_of([empty])
    assert [mark.words for mark in growth.totals] == ["0"]
    assert growth.area.endswith(f"V{growth.height}V{growth.height}z")


def test_the_picture_of_the_growth_is_said_in_words_too(january_project, january_catalogue):
    page = html(january_project / "build/site", "en/index.html")
    growth = element(page, ".bas-growth")
    assert [one.text() for one in growth.css("text:not(.bas-year)")] == ["110", "183", "215", "235", "262", "267"]
    assert element(growth, "svg").attributes["aria-hidden"] == "true"
    said = [" ".join(one.text().split()) for one in page.css("article details .bas-news li")]
    assert len(said) == len(january_catalogue.batches)
    assert said[0] == "24 April 2023 110 added, 110 in all"
    assert said[2] == "Between 2 February 2024 and 17 August 2024 32 added, 215 in all"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_letters_of_the_picture_are_thirteen_pixels_and_apart_at_any_width(open_page, width):
    page = open_page("zh-Hant/", {"width": width, "height": 800})
    texts = page.locator(".bas-growth text")
    sizes = texts.evaluate_all("(all) => all.map((one) => getComputedStyle(one).fontSize)")
    assert set(sizes) == {"13px"}
    boxes = texts.evaluate_all("(all) => all.map((one) => one.getBoundingClientRect().toJSON())")
    for n, one in enumerate(boxes):
        assert 0 <= one["left"] <= one["right"] <= width
        for other in boxes[:n]:
            assert (
                one["right"] <= other["left"]
                or other["right"] <= one["left"]
                or one["bottom"] <= other["top"]
                or other["bottom"] <= one["top"]
            )


def test_the_picture_is_drawn_in_the_colours_that_a_reader_forces(open_page):
    page = open_page("en/", forced_colors="active")
    colours = page.evaluate(
        """() => {
          const of = (selector, property) => getComputedStyle(document.querySelector(selector))[property];
          const drawn = [of(".bas-growth rect", "stroke"), of(".bas-growth text", "fill"), of(".bas-axis", "stroke")];
          return new Set([of("h1", "color"), ...drawn]).size;
        }"""
    )
    assert colours == 1


def test_the_smallest_phone_shows_all_three_ways_in(open_page):
    page = open_page("", viewport={"width": 320, "height": 568})
    for way in page.locator(".bas-enter").all():
        expect(way).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_screen_of_a_phone_holds_every_question(open_page, language):
    page = open_page(f"{language}/questions/", viewport=PHONE)
    asked = page.locator(".bas-contents a").all()
    assert [one.inner_text() for one in asked] == page.locator("h2").all_inner_texts()
    for one in asked:
        expect(one).to_be_in_viewport(ratio=1)


def test_the_landing_page_leads_on_to_what_was_chosen_until_something_else_is(open_page, site):
    page = open_page("")
    expect(page.locator("h1")).to_contain_text("灣區標準")
    page.locator(":lang(zh-Hant) .bas-enter").click()
    page.wait_for_url("**/zh-Hant/")
    page.goto(site)
    page.wait_for_url("**/zh-Hant/")
    # The switch of any page chooses anew.
    page.locator("[data-bas-language=en]").click()
    page.wait_for_url("**/en/")
    page.goto(site)
    page.wait_for_url("**/en/")


def test_the_landing_page_stays_for_who_goes_back_to_choose(open_page):
    page = open_page("")
    page.locator(":lang(en) .bas-enter").click()
    page.wait_for_url("**/en/")
    page.go_back()
    expect(page.locator(".bas-enter")).to_have_count(3)


def test_the_landing_page_stays_without_script(open_page):
    page = open_page("", java_script_enabled=False)
    expect(page.locator(".bas-enter")).to_have_count(3)
