"""Colours and drawings that stand in several languages of the web are the same in each."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from generator.publishing.sharing.colours import PAPER, WATER, css
from generator.publishing.sharing.logo import STROKE, WAVES
from tests.conftest import REPOSITORY

OVERRIDES = REPOSITORY / "overrides"
STYLESHEETS = OVERRIDES / "assets/stylesheets"
DRAWINGS = (OVERRIDES / "assets/images/mark.svg", OVERRIDES / "partials/mark.html")


def colours(token: str) -> tuple[str, ...]:
    """The colour of `token` in the light and in the dark."""
    definition = re.search(rf"--{token}: light-dark\((.+), (.+)\);", (STYLESHEETS / "tokens.css").read_text())
    assert definition, token
    return definition.groups()


def test_pictures_and_the_icon_have_the_colours_of_the_pages():
    assert (css(WATER), css(PAPER)) == (colours("water")[0], colours("shade")[0])
    assert tuple(re.findall(r"stroke:(#\w+)", DRAWINGS[0].read_text())) == colours("water")


def test_the_bar_of_a_browser_has_the_colour_of_the_header():
    head = LexborHTMLParser((OVERRIDES / "partials/head.html").read_text())
    bars = {node.attributes["media"]: node.attributes["content"] for node in head.css("meta[name=theme-color]")}
    light, dark = colours("shade")
    assert bars == {"(prefers-color-scheme: light)": light, "(prefers-color-scheme: dark)": dark}
    header = re.search(r"^\.bas-header \{[^}]*\}", (STYLESHEETS / "frame.css").read_text(), re.MULTILINE)
    assert header and "background: var(--shade);" in header[0]


def test_the_logo_is_drawn_alike_everywhere():
    for drawing in DRAWINGS:
        text = drawing.read_text()
        assert [float(start) for start in re.findall(r"M3 ([\d.]+)c", text)] == list(WAVES)
        assert re.findall(r'stroke-width="([\d.]+)"', text) == [str(STROKE)]
    assert re.findall(r'd="[^"]+"', DRAWINGS[0].read_text()) == re.findall(r'd="[^"]+"', DRAWINGS[1].read_text())


def test_every_token_is_used_and_stands_in_one_place():
    sheets = {path.name: path.read_text() for path in STYLESHEETS.glob("*.css")}
    tokens = set(re.findall(r"(--[\w-]+):", sheets.pop("tokens.css")))
    used = {
        token
        for sheet in sheets.values()
        for token in re.findall(r"var\((--[\w-]+)\)", sheet)
        # What a sheet measures for itself is none.
        if token in tokens or f" {token}: " not in sheet
    }
    assert tokens == used | {"--letters", "--simplified", "--traditional"}
    # The printed notice measures in millimetres and points.
    del sheets["notice.css"]
    measures = r"(?:font-size|border-radius|padding|margin|gap)[\w-]*: [^;]*\drem"
    assert [line for sheet in sheets.values() for line in re.findall(measures, sheet)] == []
