"""A reader reports an error where somebody hears it, and is never shown the name of a file."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.published import version_in
from tests.conftest import SITE_URL, built

FOOT = "footer.bas-footer a"
REPOSITORY_URL = "https://code.invalid/tea/list"


def links(project, path: str) -> dict[str, str]:
    """Words → address of each link at the foot of a page."""
    tree = LexborHTMLParser((project / "build/site" / path / "index.html").read_bytes())
    assert "content/records" not in (tree.body or tree).text()
    return {link.text(): str(link.attributes["href"]) for link in tree.css(FOOT)}


def test_no_link_where_nobody_hears(world_project):
    for path in (
        "en/standards/tea-1",
        "zh-Hans/fields/leaves",
        "zh-Hant/batches/2020-03",
        "en/organisations/guild-of-empty-cups",
    ):
        assert (
            links(world_project, path)
            .keys()
            .isdisjoint({"Correct this record", "Tell us about an error", "来信指出错误", "來信指出錯誤"})
        )


def test_the_repository_is_linked_at_the_line_of_the_record(world, monkeypatch):
    monkeypatch.setenv("REPOSITORY_URL", REPOSITORY_URL)
    foot = links(built(world), "zh-Hant/standards/tea-1")
    assert foot["更正這項記錄"] == f"{REPOSITORY_URL}/blob/main/content/records/standards/batch-2020-03.csv#L2"
    assert "來信指出錯誤" not in foot


@pytest.mark.parametrize(
    ("language", "link", "subject", "lines"),
    [
        (
            "en",
            "Tell us about an error",
            "Correction: White Down",
            ["What is wrong, and which public source says so:", "Page: ", "Record: ", "List version: "],
        ),
        ("zh-Hans", "来信指出错误", "更正：白毫", ["哪里有误，依据哪个公开来源：", "页面：", "记录：", "清单版本："]),
        ("zh-Hant", "來信指出錯誤", "更正：白毫", ["哪裏有誤，根據哪個公開來源：", "網頁：", "記錄：", "清單版本："]),
    ],
)
def test_a_letter_has_page_record_and_version_in_the_language(world, monkeypatch, language, link, subject, lines):
    monkeypatch.setenv("CONTACT", "mailto:tea@standards.invalid")
    monkeypatch.setenv("REPOSITORY_URL", REPOSITORY_URL)
    project = built(world)
    foot = links(project, f"{language}/standards/tea-1")
    assert len([one for one in foot.values() if one.startswith(REPOSITORY_URL)]) == 1
    address = urlsplit(foot[link])
    assert (address.scheme, address.path) == ("mailto", "tea@standards.invalid")
    assert address.query.isascii()
    assert not set(address.query) & set(" /:+\"'<>")
    letter = parse_qs(address.query, strict_parsing=True)
    assert letter["subject"] == [subject]
    begin, page, record, version = lines
    assert letter["body"][0].split("\r\n") == [
        begin,
        "",
        "",
        f"{page}{SITE_URL}{language}/standards/tea-1/",
        f"{record}standards/tea-1",
        f"{version}{version_in(project / 'build/site')}",
    ]


def test_a_web_address_is_linked_as_it_is(world, monkeypatch):
    monkeypatch.setenv("CONTACT", "https://answers.invalid/tea")
    foot = links(built(world), "en/fields/leaves")
    assert foot["Tell us about an error"] == "https://answers.invalid/tea"
    assert "Correct this record" not in foot


def test_a_hostile_title_stays_in_the_subject(world, monkeypatch):
    monkeypatch.setenv("CONTACT", "mailto:tea@standards.invalid")
    foot = links(built(world), "en/standards/hostile")
    letter = parse_qs(urlsplit(foot["Tell us about an error"]).query, strict_parsing=True)
    assert letter.keys() == {"subject", "body"}
    assert letter["subject"][0].startswith("Correction: <script>alert(1)</script>")
