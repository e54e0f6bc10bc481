"""What an announcement, the list of them, a field, the list of bodies say first, as the records have it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.columns import SEATS
from generator.catalogue.figures import figures_of
from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages.addresses import PLATFORM, address_of
from tests.conftest import REPOSITORY, built
from tests.elements import attribute, element

LEADS = {
    # The first: what the list began with.
    "2023-04": {
        "zh-Hans": "2023年4月24日，粤港澳三地在深圳公布首批110项标准，涵盖25个领域。",
        "zh-Hant": "2023年4月24日，粵港澳三地在深圳公布首批110項標準，涵蓋25個領域。",
        "en": "Guangdong, Hong Kong and Macao announced the first 110 standards in 25 fields in Shenzhen "
        "on 24 April 2023.",
    },
    # No source says that all 73 are in the new fields.
    "2024-02": {
        "zh-Hans": "2024年2月1日，粤港澳三地在东莞公布73项标准，新增7个领域。清单至此共有183项标准，涵盖32个领域。",
        "zh-Hant": "2024年2月1日，粵港澳三地在東莞公布73項標準，新增7個領域。清單至此共有183項標準，涵蓋32個領域。",
        "en": "Guangdong, Hong Kong and Macao announced 73 standards and 7 new fields in Dongguan on 1 February 2024. "
        "The list then had 183 standards in 32 fields.",
    },
    # No announcement was seen.
    "2024-08": {
        "zh-Hans": "只查到总数：2024年2月2日至2024年8月17日之间增加32项标准。清单至此共有215项标准，涵盖32个领域。",
        "zh-Hant": "只查到總數：2024年2月2日至2024年8月17日之間增加32項標準。清單至此共有215項標準，涵蓋32個領域。",
        "en": "Known only from totals: between 2 February 2024 and 17 August 2024, 32 standards were added. "
        "The list then had 215 standards in 32 fields.",
    },
    # One was, without its day.
    "2025-05": {
        "zh-Hans": "2025年1月1日至2025年5月21日之间公布20项标准；哪一天公布，来源没有说明。清单至此共有235项标准。",
        "zh-Hant": "2025年1月1日至2025年5月21日之間公布20項標準；哪一天公布，來源沒有說明。清單至此共有235項標準。",
        "en": "Between 1 January 2025 and 21 May 2025, 20 standards were announced. No source gives the exact day. "
        "The list then had 235 standards.",
    },
}
"""Announcement → its first sentences by language."""


def page(project: Path, language: str, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / language / path / "index.html").read_bytes())


def numbers(text: str) -> list[int]:
    return [int(one.replace(",", "")) for one in re.findall(r"\d[\d,]*", text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("batch", LEADS)
def test_an_announcement_leads_with_what_one_would_quote(january_project, language, batch):
    lead = LEADS[batch][language]
    assert element(page(january_project, language, f"batches/{batch}"), ".bas-lead").text().startswith(lead)
    copy = (january_project / f"build/site/{language}/batches/{batch}/index.md").read_text("utf-8")
    assert copy.split("\n\n")[1].startswith(lead)


def test_a_figure_that_follows_from_others_is_marked_beside_the_sentence(world_project):
    lead = element(page(world_project, "en", "batches/2020-03"), ".bas-lead")
    assert element(lead, ".bas-ours").text() == "Derived from published totals: Total."
    assert page(world_project, "en", "batches/2021-09").css(".bas-lead .bas-ours") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_counts_the_titles_as_the_records_have_them(january_project, january_catalogue, language):
    for batch in january_catalogue.batches:
        tree = page(january_project, language, address_of(batch))
        first, sentence = element(tree, ".bas-answer strong").text(), element(tree, ".bas-answer p").text()
        recorded, announced = len(batch.standards), batch.standards_added
        assert set(numbers(first)) == ({recorded, announced} if recorded else {announced})
        derived = sum(one.derivation is not None for one in batch.standards)
        grounds = {recorded - derived, derived} if 0 < derived < recorded else set()
        rest = {announced - recorded} if recorded else set()
        assert set(numbers(sentence.removeprefix(first))) == grounds | rest
        assert len(tree.css(".bas-standards tbody tr")) == recorded
        assert attribute(tree, ".bas-go", "href") == PLATFORM


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_said_twice_before_the_table(january_project, january_catalogue, language):
    """But for how many were announced: the sentence says it, and the answer how many of them are here."""
    for batch in january_catalogue.batches:
        tree = page(january_project, language, address_of(batch))
        told = numbers(f"{element(tree, '.bas-lead').text()} {element(tree, '.bas-answer').text()}")
        # Two figures may be alike: 183 pledged in Hong Kong when the list had 183.
        stated = Counter(
            (
                batch.standards_total,
                batch.fields_total,
                batch.led_by_hong_kong_or_macao,
                batch.declared_total,
                *(
                    count
                    for part in (batch.taking_part, batch.taking_part_total, batch.pledged)
                    for count in part.values()
                ),
            )
        )
        twice = Counter(told) - stated
        assert [one for one in stated if one and one != batch.standards_added and twice[one]] == [], batch.address


def test_the_button_leads_to_the_announcement_where_its_text_is_known(world_project):
    button = element(page(world_project, "en", "batches/2020-03"), ".bas-go")
    assert (button.attributes["href"], button.text()) == (
        "https://gazette.invalid/announcement",
        "Read the announcement",
    )


def test_an_announcement_of_fields_alone_lacks_no_titles(world, world_content):
    file = world / "content/records/batches.yml"
    file.write_text(
        file.read_text("utf-8")
        + "2022-02:\n  name: {zh-Hans: 冬茶, zh-Hant: 冬茶, en: Winter flush}\n"
        + "  standing: {zh-Hans: reported, zh-Hant: converted, en: translated}\n  announced_on: 2022-02-01\n"
        + "  standards: 0\n  standards_total: 9\n  fields: 1\n  sources: [gazette]\n  recorded_on: 2026-11-23\n",
        "utf-8",
    )
    built(world)
    answer = element(page(world, "en", "batches/2022-02"), ".bas-answer").text()
    news = element(page(world, "en", ""), ".bas-news li").text()
    t = world_content.labels["en"]
    assert t("titles_all_elsewhere") not in answer
    assert t("look_on_platform") not in answer
    assert t("news_unseen") not in news


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_place_without_a_figure_is_named(january_project, january_content, language):
    t = january_content.labels[language]
    tree = page(january_project, language, "batches/2024-02")
    (missing,) = tree.css(".bas-regions + .bas-note")
    assert t("region_guangdong") in missing.text()
    # Here Guangdong is counted with the Mainland.
    assert page(january_project, language, "batches/2025-05").css(".bas-regions + .bas-note") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_many_fields_are_named_is_told_where_their_number_stands(january_project, january_content, language):
    catalogue, t = january_content.catalogue(), january_content.labels[language]
    named = 0
    for batch in catalogue.batches:
        named += len(batch.fields)
        text = element(page(january_project, language, address_of(batch)), "article").text()
        if batch.fields_total:
            assert t("fields_named", named=named, count=batch.fields_total) in text
    figures = figures_of(catalogue)
    listed = element(page(january_project, language, "batches"), "article").text()
    assert t("fields_sentence", named=figures.fields_named, count=figures.fields_announced) in listed


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_of_announcements_gives_the_counts_the_newest_first(january_project, january_content, language):
    catalogue, t = january_content.catalogue(), january_content.labels[language]
    entries = page(january_project, language, "batches").css(".bas-timeline > li")
    for batch, entry in zip(reversed(catalogue.batches), entries, strict=True):
        text = entry.text()
        for label, count in (
            ("added_count", batch.standards_added),
            ("total_count", batch.standards_total),
            ("recorded_here", len(batch.standards)),
        ):
            assert t(label, count=count) in text
        assert (t("derived") in text) == bool(batch.derived & {"standards", "standards_total", "fields_total"})
        assert (t("batch_derived") in text) == any(one.derivation for one in batch.standards)
        assert batch.place is None or batch.place[language] in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_field_says_how_much_of_it_is_here_and_where_the_rest_is(january_project, january_catalogue, language):
    figures = figures_of(january_catalogue)
    for field in january_catalogue.fields:
        tree = page(january_project, language, address_of(field))
        told = numbers(element(tree, ".bas-answer").text())
        if count := len(field.standards):
            assert told == [count] == [len(tree.css(".bas-standards tbody tr"))]
        else:
            assert told == [figures.recorded, figures.announced]
            assert tree.css("table, #standards") == []
        assert attribute(tree, ".bas-go", "href") == PLATFORM


@pytest.mark.parametrize("language", LANGUAGES)
def test_bodies_stand_by_region_each_once_with_what_is_theirs(january_project, january_content, language):
    catalogue, t = january_content.catalogue(), january_content.labels[language]
    tree = page(january_project, language, "organisations")
    regions = {one.region for one in catalogue.organisations}
    assert [node.attributes["id"] for node in tree.css("article h2")] == [one for one in SEATS if one in regions]
    entries = {attribute(entry, "a", "href"): entry.text() for entry in tree.css(".bas-organisations li")}
    assert len(entries) == len(tree.css(".bas-organisations li")) == len(catalogue.organisations)
    for body in catalogue.organisations:
        text = entries[f"{body.address}/"]
        assert body.part[language] in text
        for label, records in (("body_issued", body.published), ("body_led", body.led), ("body_cases", body.cases)):
            assert (t(label, count=len(records)) in text) == bool(records)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_about_explains_the_badges_in_their_own_words(january_content, language):
    about = (REPOSITORY / f"content/pages/{language}/about.md").read_text("utf-8")
    explained = {words.lower() for words in re.findall(r"^- \*\*(.+?)\*\*", about, re.MULTILINE)}
    t = january_content.labels[language]
    badges = (*(f"standing_{one}" for one in ("official", "reported", "devised", "converted", "translated")),)
    assert {t(badge) for badge in (*badges, "assigned_here", "batch_derived")} <= explained
