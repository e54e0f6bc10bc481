"""What is new, as of when: the log, its feeds and data, the version."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import feedparser
import pytest

from generator.announcing.plan import Answers, plan, write_plan
from generator.catalogue.columns import TABLES
from generator.catalogue.content import Content, read_content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.log import log_of, newly_recorded
from generator.catalogue.model import Catalogue
from generator.catalogue.records import read_records
from generator.catalogue.version import digest_of
from generator.publishing.exports.feeds import feed_files
from generator.publishing.exports.log_files import log_files
from generator.publishing.published import new_addresses, record_addresses
from tests.conftest import JANUARY, SITE_URL, built, make_project
from tests.invented import titles

DAY = "2026-12-01"
SMOKE = {
    "address": "yan-wu-cha",
    "title:zh-Hans": "烟雾茶",
    "title:zh-Hant": "煙霧茶",
    "title:en": "Smoke Tea",
    "standing:zh-Hans": "official",
    "standing:zh-Hant": "converted",
    "standing:en": "translated",
    "field": "leaves",
    "field_assigned_by": "source",
    "sources": "gazette",
    "recorded_on": DAY,
}
"""A title that was announced in September or October 2021, and is recorded only now."""


def added(row: dict[str, str], file: str = "standards/batch-2021-09.csv") -> None:
    """Add `row` to a CSV file of the working folder's records."""
    path = Path("content/records") / file
    header = next(csv.reader([path.read_text("utf-8-sig").splitlines()[0]]))
    out = io.StringIO()
    csv.DictWriter(out, header, lineterminator="\n").writerow(row)
    path.write_text(path.read_text("utf-8") + out.getvalue(), "utf-8")


def make_room() -> None:
    """Let the second announcement of the working folder's records have room for more standards."""
    path = Path("content/records/batches.yml")
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("standards: 3\n  standards_total: 9", "standards: 300\n  standards_total: 306"), "utf-8"
    )


def the_catalogue() -> Catalogue:
    return sound().catalogue()


def sound() -> Content:
    content = read_content(Path())
    assert content.problems == []
    return content


def news(content: Content, feed: str) -> dict[str, list[tuple[str, str, str, str]]]:
    """Language → (day, title, summary, address below the language) of each entry of a feed."""
    texts = dict(feed_files(content.catalogue(), content.labels, SITE_URL))
    read = {language: feedparser.parse(texts[f"feeds/{language}/{feed}.xml"]).entries for language in LANGUAGES}
    return {
        language: [
            (one.updated[:10], one.title, one.summary, one.link.removeprefix(f"{SITE_URL}{language}/"))
            for one in entries
        ]
        for language, entries in read.items()
    }


def change(content: Content, id_: str) -> dict:
    """The entry of changes.json with that id, which stands in the lines alike."""
    texts = dict(log_files(content.catalogue(), content.labels, SITE_URL))
    changes = json.loads(texts["api/v1/changes.json"])["changes"]
    assert [json.loads(line) for line in texts["api/v1/changes.ndjson"].splitlines()] == changes
    (entry,) = (one for one in changes if one["id"] == id_)
    return entry


def test_an_announcement_is_new_only_where_it_was_recorded_soon_after(world):
    """Its id tells no kind apart: feeds have given it to readers."""
    path = Path("content/records/batches.yml")
    text = path.read_text("utf-8")
    for day, kind in (("2021-12-30", "announced"), ("2021-12-31", "recorded")):
        before, _, after = text.rpartition("recorded_on: 2026-11-23")
        path.write_text(f"{before}recorded_on: {day}{after}", "utf-8")
        assert change(sound(), f"{day}-announced-2021-09")["kind"] == kind


def test_a_title_recorded_for_an_old_announcement_is_news_of_the_day_it_was_recorded(world):
    before = sound()
    added(SMOKE)
    after = sound()
    title = {"zh-Hans": "新收录：烟雾茶", "zh-Hant": "新收錄：煙霧茶", "en": "Newly recorded: Smoke Tea"}
    summary = {
        "zh-Hans": "属秋茶（公布时间：2021年9月1日至2021年10月31日之间）",
        "zh-Hant": "屬秋茶（公布時間：2021年9月1日至2021年10月31日之間）",
        "en": "part of: Autumn flush (announced: Between 1 September 2021 and 31 October 2021)",
    }
    for feed in ("list", "leaves"):
        old, new = news(before, feed), news(after, feed)
        for language in LANGUAGES:
            entry = (DAY, title[language], summary[language], "standards/yan-wu-cha/")
            assert new[language] == [entry, *old[language]]
    assert news(before, "cups") == news(after, "cups")
    entry = change(after, f"{DAY}-recorded-yan-wu-cha")
    assert (entry["day"], entry["kind"], entry["address"], entry["batch"]) == (DAY, "recorded", "yan-wu-cha", "2021-09")
    assert (entry["title"], entry["summary"]) == (title, summary)
    assert after.catalogue().version.startswith(f"{DAY}-")
    assert after.catalogue().version != before.catalogue().version


def test_pages_of_the_site_tell_a_title_that_was_recorded(built_world):
    added(SMOKE)
    site = built(built_world) / "build/site"
    for language, kind in (("zh-Hans", "新收录"), ("zh-Hant", "新收錄"), ("en", "Newly recorded")):
        log = (site / language / "changes/index.md").read_text("utf-8")
        words = {"zh-Hans": "烟雾茶", "zh-Hant": "煙霧茶", "en": "Smoke Tea"}[language]
        assert f"- {kind} · [{words}](../standards/yan-wu-cha/) · " in log
        assert words in (site / language / "batches/2021-09/index.md").read_text("utf-8")
        assert words in (site / language / "fields/leaves/index.md").read_text("utf-8")
    version = json.loads((site / "api/v1/standards.json").read_text("utf-8"))["version"]
    assert version in (site / "en/changes/index.html").read_text("utf-8")
    assert json.loads((site / "api/v1/changes.json").read_text("utf-8"))["version"] == version


def test_a_correction_and_a_withdrawal_are_news(world):
    added(
        {"made_on": DAY, "standard": "tea-9", "attribute": "title:en", "from": "A title", "to": "1. A"}, "changes.csv"
    )
    added(
        {"made_on": DAY, "standard": "tea-9", "attribute": "status", "to": "withdrawn", "source": "kettle"},
        "changes.csv",
    )
    content = sound()
    told = {language: entries[:2] for language, entries in news(content, "list").items()}
    where = "standards/tea-9/"
    assert told["en"] == [
        (DAY, "Corrected or completed: 1. A title that begins with a number", "English title: A title → 1. A", where),
        (
            DAY,
            "Withdrawn: 1. A title that begins with a number",
            "Status: Withdrawn (source: The Evening Kettle)",
            where,
        ),
    ]
    assert told["zh-Hant"][1] == (DAY, "廢止：1. 數字開頭的名稱", "狀態：已廢止（來源：《水壺晚報》）", where)
    assert told["zh-Hans"][0][1:3] == ("更正或补充：1. 数字开头的名称", "英文名称：A title → 1. A")
    entry = change(content, f"{DAY}-withdrawn-tea-9-status")
    assert (entry["kind"], entry["attribute"], entry["to"], entry["source"]) == (
        "withdrawn",
        "status",
        "withdrawn",
        "kettle",
    )
    assert "from" not in entry


def test_a_build_without_a_change_changes_nothing(built_world):
    site = built(built_world) / "build/site"
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    built(built_world)
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_two_different_lists_never_have_one_version(tmp_path, monkeypatch):
    """Each cell of each record, changed by itself, gives another version; so does each record taken out."""
    monkeypatch.chdir(make_project(tmp_path, JANUARY))
    records = read_records(Path("content"))
    versions, lists = {digest_of(records)}, 1
    for table, rows in records.tables.items():
        for place, row in enumerate(rows):
            cells = dict(row.cells)
            for column in [column.name for column in TABLES[table]][:: 1 + (table == "standards") * 3]:
                object.__setattr__(row, "cells", cells | {column: "changed"})
                versions.add(digest_of(records))
                lists += 1
            object.__setattr__(row, "cells", cells)
            without = rows[:place] + rows[place + 1 :]
            records.tables[table] = without
            versions.add(digest_of(records))
            records.tables[table] = rows
            lists += 1
    assert len(versions) == lists > 1000
    # Of these the first eight digits differ too, which is what a version shows.
    assert len({one[:8] for one in versions}) == lists


def test_the_version_does_not_depend_on_how_the_files_are_written(world):
    version = the_catalogue().version
    path = world / "content/records/batches.yml"
    path.write_text("# A remark.\n" + path.read_text("utf-8"), "utf-8")
    for path in (world / "content/records/standards").glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert the_catalogue().version == version


def test_only_what_was_recorded_after_the_beginning_and_lately_is_new(world):
    make_room()
    assert newly_recorded(the_catalogue()) == set()
    added(SMOKE)
    assert {one.address for one in newly_recorded(the_catalogue())} == {"yan-wu-cha"}
    added({**SMOKE, "address": "wu-cha", "title:zh-Hans": "雾茶", "title:zh-Hant": "霧茶", "recorded_on": "2027-03-01"})
    assert {one.address for one in newly_recorded(the_catalogue())} == {"wu-cha"}


TITLES = list(islice(titles(21_000), 0, None, 337))


def _attachment(rows: list[dict[str, str]]) -> bytes:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def _import(number: int, today: date) -> None:
    """The import `number` of a year: of an older announcement, of a new one, or a notice of withdrawal."""
    some = islice(TITLES, number * 3, number * 3 + 1 + number % 3)
    rows = [{"标准名称": simplified, "英文名称": english} for simplified, _, english in some]
    # All titles are of one kind; where two resemble each other, both are meant.
    every = frozenset(str(line) for line in range(2, 2 + len(rows)))
    answers = Answers(f"{today:%Y-%m}" if number % 3 == 1 else "2021-09", new=every)
    if number % 5 == 4:
        rows, answers = (
            [{"标准编号": f"茶/T {number + 80}-2021", "标准名称": "", "状态": "废止"}],
            Answers(notice=str(today)),
        )
    made = plan(Path("content"), f"{number}.csv", _attachment(rows), answers, today)
    assert (made.problems, made.questions, made.left) == ([], [], [])
    write_plan(Path("content"), made)


def test_a_subscriber_sees_each_event_of_a_year_exactly_once(world):
    """Twenty imports; the list's Atom is read after each."""
    make_room()
    for number in range(4, 20, 5):
        added(
            {
                **SMOKE,
                "address": f"tui-cha-{number}",
                "designation": f"茶/T {number + 80}-2021",
                "recorded_on": "2026-11-30",
            }
        )
    begin, seen = date(2026, 12, 1), Counter()
    content = sound()
    subscribed = {one.id for one in _entries(content)}
    for number in range(20):
        today = begin + timedelta(days=18 * number)
        known = {entry.id for entry in log_of(content.catalogue())}
        # What was never published changes unseen.
        record_addresses(Path(), new_addresses(content.records))
        _import(number, today)
        content = sound()
        fresh = [entry for entry in log_of(content.catalogue()) if entry.id not in known]
        assert fresh != []
        unread = [one for one in _entries(content) if one.id not in subscribed]
        assert {one.updated[:10] for one in unread} == {one.published[:10] for one in unread} == {str(today)}
        assert len(unread) == len(fresh)
        seen.update(one.id for one in unread)
        subscribed |= seen.keys()
    assert set(seen.values()) == {1}
    assert len(seen) == sum(entry.day >= begin for entry in log_of(content.catalogue())) > 30


def _entries(content: Content) -> list:
    texts = dict(feed_files(content.catalogue(), content.labels, SITE_URL))
    read = feedparser.parse(texts["feeds/zh-Hans/list.xml"])
    assert not read.bozo
    return read.entries


@pytest.mark.parametrize("count", [90, 250])
def test_a_feed_holds_all_of_a_day(world, count):
    make_room()
    for n in range(count):
        added({**SMOKE, "address": f"tea-day-{n}", "title:en": f"Smoke Tea {n}"})
    days = Counter(one.updated[:10] for one in _entries(sound()))
    assert days[DAY] == count


def test_the_foot_of_a_page_says_up_to_when_it_tells(world, monkeypatch):
    (world / "content/records/lookups.yml").write_text(
        f"{DAY}:\n  what: {{zh-Hans: 茶叶, zh-Hant: 茶葉, en: Leaves}}\n", "utf-8"
    )
    site = built(world) / "build/site"
    for page in (
        "en/index.html",
        "en/standards/tea-2/index.html",
        "en/about/index.html",
        "en/fields/leaves/notice/index.html",
    ):
        html = (site / page).read_text("utf-8")
        assert "Announcements up to 31 October 2021. Sources last looked at on 1 December 2026." in html
    html = (site / "zh-Hant/batches/2021-09/index.html").read_text("utf-8")
    assert "公布情況截至2021年10月31日；來源最近查閱於2026年12月1日。" in html
    assert (site / "llms.txt").read_text("utf-8").count("Sources last looked at on 1 December 2026.") == 1
    listed = json.loads((site / "api/v1/standards.json").read_text("utf-8"))
    assert (listed["announced_up_to"], listed["sources_looked_at"]) == ("2021-10-31", DAY)
