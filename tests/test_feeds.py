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


@pytest.fixture(params=["january_project", "world_project", "untitled_project"])
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
            page = entry.link.removeprefix(SITE_URL).partition("#")[0]
            assert (site / page / "index.html").is_file()


def test_the_list_tells_what_the_log_tells(world_project):
    site = world_project / "build/site"
    for language in LANGUAGES:
        read = feedparser.parse((site / f"feeds/{language}/list.xml").read_bytes())
        log = json.loads((site / "api/v1/changes.json").read_text("utf-8"))["changes"]
        assert [(one.updated[:10], one.title, one.summary, one.link) for one in read.entries] == [
            (one["day"], one["title"][language], one["summary"][language], one["url"][language]) for one in log
        ]


def test_an_announcement_is_told_with_its_days_on_the_day_it_was_recorded(january_project, january_catalogue):
    items = json.loads((january_project / "build/site/feeds/zh-Hans/list.json").read_text("utf-8"))["items"]
    told = {one["url"].removeprefix(f"{SITE_URL}zh-Hans/"): one for one in items}
    for batch in january_catalogue.batches:
        one = told[f"batches/{batch.address}/"]
        assert one["date_published"] == f"{batch.recorded_on}T00:00:00Z"
    assert told["batches/2024-08/"]["content_text"].startswith("只查到总数：2024年2月2日至2024年8月17日之间增加32项")
    calendar = (january_project / "build/site/feeds/zh-Hans/calendar.ics").read_text("utf-8").replace("\r\n ", "")
    undated = {one.address for one in january_catalogue.batches if not one.announced_on}
    assert [one for one in undated if f"/batches/{one}/" in calendar] == []


def test_an_id_stays_whatever_moves(world_project):
    """Where a record has its second address, its entry bears the first."""
    log = json.loads((world_project / "build/site/api/v1/changes.json").read_text("utf-8"))["changes"]
    (moved,) = (one for one in log if one["title"]["zh-Hans"] == "新收录：白毫")
    assert (moved["address"], moved["id"]) == ("tea-1", f"{moved['day']}-recorded-tea-1")
    (former,) = (one for one in log if one["id"].endswith("-recorded-bai-cha"))
    assert former["address"] != "bai-cha"


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
