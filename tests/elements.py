"""Elements of finished pages that must be there."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode


def element(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    """The first element that `selector` finds in `tree`."""
    node = tree.css_first(selector)
    assert node is not None, f"There is no {selector}."
    return node


def attribute(tree: LexborHTMLParser | LexborNode, selector: str, name: str) -> str:
    """The attribute `name` of the first element that `selector` finds in `tree`."""
    text = element(tree, selector).attributes[name]
    assert text is not None, f"{name} of {selector} has no value."
    return text
