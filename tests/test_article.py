"""The article of a page says in Markdown what it says in HTML."""

from __future__ import annotations

import pytest

from generator.publishing.framing.article import read_article


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<h1 id="top">Tea</h1>\n<p>One\ntwo  three</p>', "# Tea\n\nOne two three"),
        ('<p><span>TEA 1</span> \n<span lang="en">x</span> <button>Copy</button></p>', "TEA 1 x"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "- a\n- b"),
        ("<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n<p>c</p>", "1. a\n1. b\n\nc"),
        ("<ul><li>a<ul>\n<li>b</li>\n</ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<dl>\n<div><dt>Leaf</dt><dd>green</dd></div>\n</dl>", "- Leaf: green"),
        ("<dl><div><dt>Leaf</dt><dd><ul><li>a</li><li>b</li></ul></dd></div></dl>", "- Leaf:\n  - a\n  - b"),
        (
            "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>",
            "| a | b |\n| --- | --- |\n| 1 | |",
        ),
        ("<table><tr><td>a|b</td></tr><tr><td>c</td></tr></table>", "| a\\|b |\n| --- |\n| c |"),
        ("<details><summary>More</summary><p>x</p></details>", "**More**\n\nx"),
        ("<p>Run <code>a  *b* &lt;c&gt;</code> now</p>", "Run `a  *b* <c>` now"),
        ("<pre><code>if a:\n    b\n</code></pre>\n<p>x</p>", "```\nif a:\n    b\n```\n\nx"),
        ("<p>&lt;b&gt; *a* [x](y) &amp; `z`</p>", "&lt;b> \\*a\\* \\[x\\](y) & \\`z\\`"),
        ('<p><a href="../a_(b)/?c=1&amp;d">e</a></p>', "[e](../a_%28b%29/?c=1&d)"),
        ('<section class="bas-share"><p>Share</p></section><p>x</p>', "x"),
        ("<nav><ol><li>x</li></ol></nav><svg><rect/></svg><p>y</p>", "y"),
        # Hand-written HTML may be anything; what it says is not lost.
        ("<li>a</li></ul></p><p>b", "- a\n\nb"),
        ("<p>1 < 2</p>", "1 &lt; 2"),
    ],
)
def test_html_reads_as_markdown(html, text):
    assert read_article(html).text == text


def test_links_places_and_headings_are_found_in_what_is_not_said_too():
    found = read_article(
        '<h1 id="top">x</h1><form><a href="a/?b=1&amp;c" id="a">a</a></form><p><img src="b.svg"></p><h1>y</h1>'
    )
    assert found.links == [("a", "a/?b=1&c"), ("img", "b.svg")]
    assert found.ids == {"top", "a"}
    assert found.headings == 2
