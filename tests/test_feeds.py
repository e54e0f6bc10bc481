"""What is new, for feed readers and calendars."""

from __future__ import annotations

import dataclasses
import json
import re

import feedparser
import pytest
import vobject

from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.publishing.exports.calendars import calendar_files
from tests.conftest import SITE_URL


@pytest.fixture(params=["january_project", "world_project"])
def feeds(request):
    return request.getfixturevalue(request.param) / "build/site/feeds"


def test_every_feed_is_read_without_fault_and_in_both_forms_alike(feeds):
    found = sorted(feeds.glob("*/*.xml"))
    assert {path.parent.name for path in found} == set(LANGUAGES)
    for path in found:
        read = feedparser.parse(path.read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "atom10"
        assert read.feed.language == HTML_LANG[path.parent.name]
        told = json.loads(path.with_suffix(".json").read_text("utf-8"))
        assert told["version"] == "https://jsonfeed.org/version/1.1"
        assert [(one.id, one.title, one.link) for one in read.entries] == [
            (one["id"], one["title"], one["url"]) for one in told["items"]
        ]
        ids = [one.id for one in read.entries]
        assert len(set(ids)) == len(ids)
        days = [one.updated for one in read.entries]
        assert days == sorted(days, reverse=True)
        site = feeds.parent
        for entry in read.entries:
            assert (site / entry.link.removeprefix(SITE_URL) / "index.html").is_file()


def test_the_list_tells_announcements_and_corrections(world_project):
    read = feedparser.parse((world_project / "build/site/feeds/en/list.xml").read_bytes())
    assert [(one.updated[:10], one.title, one.summary) for one in read.entries] == [
        ("2021-12-24", "Leaking Cups", "Date withdrawn: 6 May 2021"),
        ("2021-12-24", "Leaking Cups", "Traditional Chinese title: 滴漏杯 → 漏杯"),
        (
            "2021-10-31",
            "GBA Standards (Bay Area Standards): Autumn flush, 3 standards added",
            "Between 1 September 2021 and 31 October 2021: 3 standards added, bringing the list to 9.",
        ),
        ("2021-09-01", "Aged Oolong", "Designation added: 茶/T 2-2020"),
        ("2021-09-01", "Aged Oolong", "Status: Current → Superseded"),
        (
            "2020-03-01",
            "GBA Standards (Bay Area Standards): First flush, 6 standards added",
            "6 standards added, bringing the list to 6.",
        ),
    ]


def test_what_is_known_by_two_days_is_given_no_day(january_project, january_catalogue):
    feeds = january_project / "build/site/feeds/zh-Hans"
    undated = {f"{SITE_URL}zh-Hans/batches/{one.address}/" for one in january_catalogue.batches if not one.announced_on}
    items = json.loads((feeds / "list.json").read_text("utf-8"))["items"]
    assert {one["url"] for one in items if "date_published" not in one} == undated != set()
    for one in items:
        if one["url"] in undated:
            assert re.match(r"\d{4}年\d+月\d+日至\d{4}年\d+月\d+日之间：新增", one["content_text"])
    calendar = (feeds / "calendar.ics").read_text("utf-8").replace("\r\n ", "")
    assert [url for url in undated if url in calendar] == []
    for file in feeds.glob("*.json"):
        for one in json.loads(file.read_text("utf-8"))["items"]:
            assert ("date_published" in one) is ("之间" not in one["content_text"])


def test_an_id_is_the_first_address_whatever_moved_since(world_project):
    read = feedparser.parse((world_project / "build/site/feeds/zh-Hans/leaves.xml").read_bytes())
    ids = {one.title: one.id for one in read.entries}
    assert ids["白毫"] == f"{SITE_URL}s/tea-1/"
    assert f"{SITE_URL}s/bai-cha/" in {one.id for one in read.entries}


def test_the_calendar_has_announcements_and_days_of_coming_into_force(world_project):
    raw = (world_project / "build/site/feeds/zh-Hant/calendar.ics").read_bytes()
    calendar = vobject.readOne(raw.decode("utf-8"), validate=True)
    events = [(one.dtstart.value.isoformat(), one.summary.value) for one in calendar.vevent_list]
    assert events == [("2020-03-01", "灣區標準：頭春，新增6項"), ("2020-02-03", "灣區標準《白毫》開始實施")]
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert {one.transp.value for one in calendar.vevent_list} == {"TRANSPARENT"}


@pytest.mark.parametrize("title", ["白毫，" * 60, "a, b; c\\n" * 20, "\\" * 99, "𠀀茶" * 40])
def test_a_calendar_gives_back_any_title_from_short_lines(world_content, title):
    catalogue = world_content.catalogue()
    (standard,) = (one for one in catalogue.standards if one.implemented_on)
    standard.title["zh-Hans"] = dataclasses.replace(standard.title["zh-Hans"], words=title)
    text = dict(calendar_files(catalogue, world_content.labels, SITE_URL))["feeds/zh-Hans/calendar.ics"]
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert vobject.readOne(text, validate=True).vevent_list[1].summary.value == f"湾区标准《{title}》开始实施"


def test_pages_name_their_feeds(january_project):
    html = (january_project / "build/site/en/fields/food/index.html").read_text("utf-8")
    named = re.findall(r'type="application/(?:atom\+xml|feed\+json)" title="[^"]+" href="([^"]+)"', html)
    assert named == ["../../../feeds/en/list.xml", "../../../feeds/en/list.json", "../../../feeds/en/food.xml"]
