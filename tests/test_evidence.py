"""How sure the listing of a standard is, and which source states what."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from generator.announcing.plan import Answers, plan, write_plan
from generator.catalogue.content import read_content
from generator.catalogue.evidence import evidence_of
from generator.catalogue.model import Standard
from generator.catalogue.records import read_records
from generator.publishing.pages.sentences import how_sure
from tests import attachments
from tests.conftest import change_standard

TODAY = date(2021, 11, 1)


def standard(project: Path, address: str) -> Standard:
    content = read_content(project)
    assert content.problems == []
    return next(one for one in content.catalogue().standards if one.address == address)


def line(project: Path, address: str, language: str = "en") -> str:
    return how_sure(standard(project, address), read_content(project).labels[language])


def say_of_the_gazette(project: Path, kind: str, host: str) -> None:
    """What the gazette of the imaginary world is, and where it was read."""
    path = project / "content/records/sources.yml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("kind: government", f"kind: {kind}").replace("host: own", f"host: {host}"), "utf-8")


@pytest.mark.parametrize(
    ("kind", "host", "sentence"),
    [
        ("list", "own", "High: the official table"),
        ("list", "copy", "Medium: a third-party copy of the official table"),
        ("government", "own", "High: a government’s own page"),
        ("government", "copy", "Medium: a third-party copy of a government’s statement"),
        ("body", "own", "Medium: an organisation’s own page"),
        ("body", "copy", "Low: only a third-party copy of an organisation’s statement"),
        ("press", "own", "Medium: a press report on the outlet’s own site"),
        ("press", "copy", "Low: only a third-party copy of a press report"),
        ("unsigned", "own", "Low: only an unsigned page"),
        ("unsigned", "copy", "Low: only an unsigned copy"),
    ],
)
def test_official_words_are_surer_than_others_and_an_original_than_a_copy(world, kind, host, sentence):
    say_of_the_gazette(world, kind, host)
    assert line(world, "tea-2") == sentence


def test_the_best_source_decides_and_the_others_are_counted(world):
    assert [one.address for one in evidence_of(standard(world, "tea-1")).sources] == ["gazette", "kettle"]
    assert line(world, "tea-1") == "High: a government’s own page and 1 more source"
    assert line(world, "tea-1", "zh-Hans") == "高，见于政府网页，另有1个来源"
    assert line(world, "tea-1", "zh-Hant") == "高，見於政府網頁，另有1個來源"


def test_a_source_that_is_older_than_the_announcement_cannot_state_the_listing(world):
    """The gazette of March 2020 knows nothing of the autumn of 2021."""
    assert [one.address for one in evidence_of(standard(world, "tea-9")).sources] == ["second-annex"]
    change_standard(world, "tea-9", {"sources": "gazette"})
    assert line(world, "tea-9") == "Low: only sources older than the announcement"


def test_a_record_may_say_which_of_its_sources_state_the_listing(world):
    change_standard(world, "tea-1", {"stated_by": "listed=kettle | designation=gazette"})
    assert line(world, "tea-1") == "Low: only a third-party copy of a press report"
    change_standard(world, "tea-9", {"stated_by": "listed=gazette"})
    assert line(world, "tea-9") == "High: a government’s own page"


def test_what_nobody_can_open_is_no_original(world):
    path = world / "content/records/sources.yml"
    path.write_text(path.read_text("utf-8").replace("  url: https://gazette.invalid/tea\n", ""), "utf-8")
    assert evidence_of(standard(world, "tea-2")).level == "medium"


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("gazette", "stated_by ‘gazette’ does not say which source states what; write it as designation=softmeal"),
        (
            "designaton=gazette",
            "stated_by names ‘designaton’, which is not a column of standards; did you mean ‘designation’?",
        ),
        ("led_by=gazette", "stated_by names a source of led_by, which is empty"),
        ("batch=second-annex", "stated_by names ‘second-annex’, which is no source of tea-2; add it to its sources"),
        ("listed=kettle", "stated_by names ‘kettle’, which is no source of tea-2; add it to its sources"),
        ("listed=gazette | listed=gazette", "stated_by names ‘listed=gazette’ 2 times; once is enough"),
    ],
)
def test_what_a_source_is_said_to_state_is_held_against_the_record(world, cell, sentence):
    place = change_standard(world, "tea-2", {"stated_by": cell})
    assert [str(problem) for problem in read_content(world).problems] == [f"{place}: {sentence}"]


def test_a_number_that_an_attachment_changes_is_no_longer_stated_by_the_source_before(world):
    """Of the listing the attachment is a source like the others."""
    change_standard(world, "tea-1", {"stated_by": "designation=gazette | issued_on=gazette | listed=kettle"})
    data = attachments.xlsx([["TEA 1", "茶/T 7-2021", "白毫"]], ["识别号", "标准编号", "标准名称"], "")
    made = plan(Path("content"), "autumn.xlsx", data, Answers("2021-09", frozenset({"2"})), TODAY)
    assert (made.problems, made.questions) == ([], [])
    write_plan(Path("content"), made)
    row = next(row for row in read_records(Path("content")).tables["standards"] if row.address == "tea-1")
    assert row["designation"] == "茶/T 7-2021"
    annex = row.many("sources")[-1].partition("#")[0]
    assert row.many("stated_by") == ("issued_on=gazette", "listed=kettle", f"listed={annex}")
    assert line(world, "tea-1").startswith("High: the official table")


def test_the_three_standards_of_one_unsigned_post_are_the_least_sure(real_content):
    labels = real_content.labels
    alone = [one for one in real_content.catalogue().standards if [s.kind for s in one.sources] == ["unsigned"]]
    of_the_post = {one.address for one in alone if one.sources[0].address == "forum-2023-04-24"}
    assert of_the_post == {
        "lao-nian-ju-jia-hu-li-fu-wu-gui-fan",
        "chuan-tong-liang-cha-shi-yong-zhi-nan",
        "ying-you-er-tuo-yu-fu-wu-gui-fan",
    }
    for one in alone:
        assert how_sure(one, labels["zh-Hans"]) == "低，只有一份未署名的转载"
        assert how_sure(one, labels["zh-Hant"]) == "低，只有一份沒有署名的轉載"
        assert how_sure(one, labels["en"]) == "Low: only an unsigned copy"


def test_no_real_listing_is_called_surer_than_what_was_seen(real_content):
    """No attachment and no government page that lists a standard has been seen at its own place yet."""
    for one in real_content.catalogue().standards:
        evidence = evidence_of(one)
        seen = [source for source in evidence.sources if source.file or source.is_own_host]
        official = [source for source in evidence.sources if source.kind in ("list", "government")]
        assert evidence.sources
        assert evidence.level == ("high" if {*seen} & {*official} else "medium" if seen or official else "low")


def test_the_data_say_how_sure_a_listing_is_and_by_which_sources(january_project):
    path = january_project / "build/site/api/v1/standards/wq-1-10.json"
    assert json.loads(path.read_text("utf-8"))["evidence"] == {
        "level": "medium",
        "kind": "list",
        "sources": ["the-table", "nanfang-daily-2023-04-25", "forum-2023-04-24"],
        "summary": {
            "zh-Hans": "中，见于第三方转载的官方清单，另有2个来源",
            "zh-Hant": "中，見於第三方轉載的官方清單，另有2個來源",
            "en": "Medium: a third-party copy of the official table and 2 more sources",
        },
    }


def test_a_column_of_links_gives_the_pages_of_the_standards(world):
    rows = [["TEA 1", "白毫", "https://platform.invalid/tea/1"], ["TEA 2", "陈年乌龙", "查看"]]
    data = attachments.xlsx(rows, ["识别号", "标准名称", "标准链接"], "")
    made = plan(Path("content"), "autumn.xlsx", data, Answers("2021-09"), TODAY)
    write_plan(Path("content"), made)
    rows = {row.address: row for row in read_records(Path("content")).tables["standards"]}
    assert (rows["tea-1"]["text_url"], rows["tea-2"]["text_url"]) == ("https://platform.invalid/tea/1", "")
    assert any("text_url ‘查看’ is not a web address" in str(remark) for remark in made.remarks + made.left)
