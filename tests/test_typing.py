"""Typing in the list's filter: by an input method, and faster than a browser lets an address change."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browsing import DESK


def test_a_word_that_an_input_method_composes_changes_the_list_when_it_is_chosen(open_page):
    page = open_page("en/standards/", DESK)
    rows = page.locator(".bas-standards tbody tr")
    # Before script has shown the field nothing could be typed into it.
    page.locator(".bas-filter [name=q]").click()
    method = page.context.new_cdp_session(page)
    for letters in ("ㄩ", "ㄩㄝ", "ㄩㄝˋ"):
        method.send("Input.imeSetComposition", {"text": letters, "selectionStart": 0, "selectionEnd": len(letters)})
        expect(rows).to_have_count(51)
    method.send("Input.insertText", {"text": "月餅"})
    expect(rows).to_have_count(1)
    expect(page).to_have_url(re.compile(r"\?q=%E6%9C%88%E9%A4%85$"))
    assert page.faults == []


def test_the_list_follows_where_the_browser_refuses_to_change_the_address(open_page):
    page = open_page("en/standards/", DESK)
    page.evaluate("() => { history.replaceState = history.pushState = () => { throw new DOMException('refused') } }")
    page.locator(".bas-filter [name=q]").click()
    page.locator(".bas-filter [name=q]").press_sequentially("oyster")
    rows = page.locator(".bas-standards tbody tr")
    expect(rows).to_have_count(2)
    page.locator("select[name=field]").select_option("cantonese-cuisine")
    expect(rows).to_have_count(1)
    assert page.faults == []
