"""What browsers do each in their own way is the same to readers in Chromium, Firefox and WebKitGTK."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from tests.browsing import DESK, served
from tests.webdriver import RefusalError, Send, firefox, webkit

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Backspace": "\ue003", "Control": "\ue009"}
"""Keys without a letter, as WebDriver writes them."""
WATCH = """\
for (const kind of ["error", "unhandledrejection"]) {
  addEventListener(kind, ({ message, reason }) => (sessionStorage.faults += `${message ?? reason}\\n`));
}
sessionStorage.faults ??= "";
"""
"""Keeps what no script of the site has caught, in front of the first of them."""


class Reader:
    """A reader at a desk, whose browser takes the commands of WebDriver by `send`."""

    def __init__(self, send: Send, site: str) -> None:
        self.send = send
        self.site = site

    def go(self, address: str) -> None:
        """Load a page."""
        self.send("Navigate", {"url": address})

    def back(self) -> None:
        """One step back in the history."""
        self.send("Back", {})

    def run(self, function: str, *arguments: Any) -> Any:
        """What a function of JavaScript gives in the page."""
        script = f"const [...given] = arguments; const done = given.pop(); done(({function})(...given));"
        return self.send("ExecuteAsyncScript", {"script": script, "args": list(arguments)})

    def press(self, *keys: str) -> None:
        """Strike `keys`, such as `a`, `Enter` or `Control+v`."""
        strokes = []
        for chord in keys:
            parts = [KEYS.get(key, key) for key in chord.split("+")]
            strokes += [{"type": "keyDown", "value": key} for key in parts]
            strokes += [{"type": "keyUp", "value": key} for key in reversed(parts)]
        self.send("PerformActions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def open(self, path: str) -> None:
        """Load a page of the site, and wait until its scripts are there."""
        self.go(self.site + path)
        self.until("() => document.querySelector('[data-bas-search]').role", "button")

    def until(self, function: str, expected: Any) -> None:
        """Wait until a function of JavaScript gives in the page what is `expected`."""
        value = None
        for _ in range(600):
            try:
                value = self.run(function)
            except RefusalError as error:
                # The page was left meanwhile.
                value = error
            if value == expected:
                return
            time.sleep(0.05)
        assert value == expected


@contextmanager
def chromium(browser: Browser) -> Iterator[Send]:
    """The Chromium of all tests, as it would take the commands of WebDriver."""
    names = {letter: name for name, letter in KEYS.items()}
    with browser.new_page(viewport=DESK) as page:

        def send(name: str, values: dict[str, Any]) -> Any:
            try:
                if name == "Navigate":
                    return page.goto(values["url"])
                if name == "Back":
                    return page.go_back()
                if name == "ExecuteAsyncScript":
                    function = (
                        f"(given) => new Promise((done) => (function () {{ {values['script']} }})(...given, done))"
                    )
                    return page.evaluate(function, values["args"])
                for stroke in values["actions"][0]["actions"]:
                    act = page.keyboard.down if stroke["type"] == "keyDown" else page.keyboard.up
                    act(names.get(stroke["value"]) or stroke["value"])
            except Error as error:
                raise RefusalError from error

        yield send


@pytest.fixture(scope="module")
def watched(january_project, tmp_path_factory) -> Iterator[str]:
    """The address of the site as of January 2026, which keeps what none of its scripts has caught."""
    site = tmp_path_factory.mktemp("watched") / "site"
    shutil.copytree(january_project / "build/site", site, copy_function=os.link)
    script = site / "assets/javascripts/site.js"
    text = script.read_text("utf-8")
    script.unlink()
    script.write_text(WATCH + text, "utf-8")
    with served(site) as address:
        yield address


@pytest.fixture(scope="module", params=[chromium, firefox, webkit], ids=["Chromium", "Firefox", "WebKitGTK"])
def open_browser(request, watched, tmp_path_factory) -> Iterator[Reader]:
    # Playwright runs once in a process.
    given = request.getfixturevalue("browser") if request.param is chromium else tmp_path_factory.mktemp("browser")
    with request.param(given) as send:
        yield Reader(send, watched)


@pytest.fixture
def reader(open_browser) -> Iterator[Reader]:
    """A reader who was never here, at the home page; nothing that a script has not caught may be left."""
    open_browser.open("en/")
    open_browser.run("() => { localStorage.clear(); sessionStorage.faults = ''; }")
    yield open_browser
    assert open_browser.run("() => sessionStorage.faults") == ""


ROWS = "() => document.querySelector('.bas-standards').tBodies[0].rows.length"
OUTPUT = "() => document.querySelector('.bas-filter output').textContent"
WORDS = "() => document.querySelector('.bas-filter [name=q]').value"
QUERY = "() => new URLSearchParams(location.search).get('q')"
TITLE = "() => document.querySelector('h1')?.textContent"
FIRST = "() => document.querySelector('.bas-search [role=option] .bas-result-title')?.textContent"
IS_OPEN = "() => document.querySelector('dialog')?.open ?? false"
FOCUS_FILTER = "() => document.querySelector('.bas-filter [name=q]').focus()"
KEY_OF_METHOD = """(selector, key) => document.querySelector(selector).dispatchEvent(
    new KeyboardEvent("keydown", { key, keyCode: 229, bubbles: true, cancelable: true }))"""
"""What Safari sends after the end of a word for the key that ended it; true where nobody has used it."""
COMPOSE = """(selector, typed, word) => {
    const field = document.querySelector(selector);
    field.focus();
    if (typed) field.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    field.value = typed || word;
    field.dispatchEvent(new InputEvent("input", { data: typed || word, isComposing: Boolean(typed), bubbles: true }));
    if (word) field.dispatchEvent(new CompositionEvent("compositionend", { data: word, bubbles: true }));
}"""
"""Compose `typed` in a field, or end with `word`."""


def search(reader: Reader, words: str) -> None:
    """Type `words` into the search box."""
    reader.press("/")
    reader.until("() => document.activeElement.role", "combobox")
    reader.press(*words)


def filter_by(reader: Reader, words: str, count: int) -> None:
    """Have the list show the `count` standards that fit `words`."""
    reader.open("en/standards/")
    reader.until("() => !document.querySelector('.bas-filter').hidden", True)
    reader.run(FOCUS_FILTER)
    reader.press(*words)
    reader.until(ROWS, count)


def test_what_is_typed_is_found_and_followed_by_enter(reader):
    search(reader, "simiaomi")
    reader.until(FIRST, "Simiao Rice")
    reader.press("Enter")
    reader.until(TITLE, "Simiao Rice")


def test_enter_before_there_is_anything_to_follow_is_not_lost(reader):
    reader.press("/", *"simiaomi", "Enter", "Enter")
    reader.until(TITLE, "Simiao Rice")


def test_the_number_cell_of_the_list_is_copied_and_pasted(reader):
    reader.open("en/standards/")
    reader.run("() => getSelection().selectAllChildren(document.querySelector('#wq-1-10 .bas-number'))")
    reader.press("Control+c")
    search(reader, "")
    reader.press("Control+v")
    reader.until("() => document.activeElement.value.split(/[,\\s]+/).join(' ')", "WQ 1-10 T/GBAS 8-2022")


def test_the_list_follows_every_key_and_the_address_the_last(reader):
    filter_by(reader, "soy", 2)
    reader.press(*["Backspace", "x"] * 75, *["Backspace"] * 4, *"oyster")
    reader.until(ROWS, 2)
    reader.until(QUERY, "oyster")
    assert reader.run(WORDS) == "oyster"


def test_back_brings_the_words_of_the_filter_with_its_list(reader):
    filter_by(reader, "oyster", 2)
    first = reader.run("() => document.querySelector('.bas-standards tbody .bas-title a').textContent")
    reader.run("() => document.querySelector('.bas-standards tbody .bas-title a').click()")
    reader.until(TITLE, first)
    reader.back()
    reader.until(WORDS, "oyster")
    reader.until(ROWS, 2)
    reader.until(QUERY, "oyster")


def test_back_finds_the_page_without_the_box_and_in_it_what_fits_its_words(reader):
    search(reader, "simiaomi")
    reader.until(FIRST, "Simiao Rice")
    reader.press("Enter")
    reader.until(TITLE, "Simiao Rice")
    reader.back()
    reader.until("() => location.pathname", "/bay/en/")
    reader.until(IS_OPEN, False)
    search(reader, "")
    # A browser that has kept the page has kept the words; either way the results are theirs.
    first = {"": "Food", "simiaomi": "Simiao Rice"}[reader.run("() => document.activeElement.value")]
    reader.until(FIRST, first)


@pytest.mark.parametrize("follow", ["Enter", "click"])
def test_a_result_on_the_same_page_closes_the_box_and_is_gone_to(reader, follow):
    reader.open("en/about/")
    search(reader, "list identifier")
    reader.until("() => document.querySelector('.bas-search [role=option]')?.hash", "#numbers")
    if follow == "Enter":
        reader.press("Enter")
    else:
        reader.run("() => document.querySelector('.bas-search [role=option]').click()")
    reader.until("() => [location.hash, document.activeElement.id]", ["#numbers", "numbers"])
    assert not reader.run(IS_OPEN)
    reader.until("() => Math.round(document.querySelector('#numbers').getBoundingClientRect().top) < 200", True)


def test_the_key_that_ends_a_word_of_an_input_method_does_nothing_else(reader):
    search(reader, "oyster")
    reader.until(FIRST, "Oyster Sauce")
    for key in ("Enter", "ArrowDown", "ArrowUp"):
        assert reader.run(KEY_OF_METHOD, ".bas-search input", key)
    chosen = "() => document.querySelector('.bas-search [aria-selected=true] .bas-result-title').textContent"
    assert [reader.run(chosen), reader.run("() => location.pathname")] == ["Oyster Sauce", "/bay/en/"]
    # As it ends a word it reaches no browser's own closing of the box.
    assert not reader.run(KEY_OF_METHOD, ".bas-search input", "Escape")
    reader.press("Escape")
    reader.until(IS_OPEN, False)
    assert reader.run(KEY_OF_METHOD, ".bas-seek input", "/")
    assert not reader.run(IS_OPEN)


def test_the_list_stays_while_a_word_is_composed(reader):
    filter_by(reader, "oyster", 2)
    for typed in ("ㄩㄝˋ", "人戈", "yuebzzz"):
        reader.run(COMPOSE, "[name=q]", typed, "")
        assert (reader.run(ROWS), reader.run(OUTPUT)) == (2, "2 standards match")
    reader.run(COMPOSE, "[name=q]", "", "月餅")
    reader.until(ROWS, 1)
    reader.until(QUERY, "月餅")


def test_the_results_stay_while_a_word_is_composed(reader):
    search(reader, "oyster")
    reader.until(FIRST, "Oyster Sauce")
    for typed in ("ㄩㄝˋ", "人戈", "yuebzzz"):
        reader.run(COMPOSE, ".bas-search input", typed, "")
        assert reader.run(FIRST) == "Oyster Sauce"
    reader.run(COMPOSE, ".bas-search input", "", "丝苗米")
    reader.until(FIRST, "Simiao Rice")


def test_a_phone_that_composes_every_word_is_shown_results_at_each_letter(reader):
    search(reader, "soy")
    reader.run(COMPOSE, ".bas-search input", "oyster sau", "")
    reader.until(FIRST, "Oyster Sauce")


def test_the_language_switch_keeps_the_words_just_typed(reader):
    filter_by(reader, "oyster", 2)
    reader.press("s", "Backspace")
    reader.run("() => document.querySelector('[data-bas-language=zh-Hans]').focus()")
    reader.run("() => document.activeElement.click()")
    reader.until("() => document.documentElement.lang", "zh-Hans")
    reader.until(WORDS, "oyster")
    reader.until(ROWS, 2)


def test_a_key_without_a_name_and_copy_buttons_do_no_harm(reader):
    reader.open("en/standards/wq-1-10/")
    nameless = "(place) => document.querySelector(place).dispatchEvent(new Event('keydown', { bubbles: true }))"
    for place in ("body", "[data-bas-search]"):
        reader.run(nameless, place)
    copying = "[data-copy], [data-copy-file], [data-bas-share=link]"
    assert reader.run("(which) => document.querySelectorAll(which).length", copying) > 3
    reader.run("(which) => document.querySelectorAll(which).forEach((button) => button.click())", copying)
    reader.until("() => document.querySelector('#bas-said').textContent !== ''", True)


def test_the_theme_is_switched_and_remembered(reader):
    reader.run("() => { for (const n of [1, 2]) document.querySelector('.bas-theme').click() }")
    reader.open("en/about/")
    assert reader.run("() => document.documentElement.dataset.theme") == "dark"
