"""The content as it is: what the sources state stands in it. New records never break these tests."""

from __future__ import annotations

import subprocess

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.references import addresses
from generator.publishing.pages.sentences import correction_sentence, names_of
from tests.conftest import REPOSITORY

NINE_WITH_NUMBERS = {
    "WQ 1-8": "T/GBAS 6-2022",
    "WQ 1-9": "T/GBAS 7-2022",
    "WQ 1-10": "T/GBAS 8-2022",
    "WQ 1-11": "T/GBAS 9-2022",
    "WQ 1-12": "T/GBAS 10-2022",
    "WQ 1-13": "T/GBAS 11-2022",
    "WQ 1-14": "T/GBAS 12-2022",
    "WQ 1-15": "T/GBAS 14-2022",
    "WQ 1-16": "T/GBAS 15-2022",
}

NOT_LISTED = (
    "印刷流程控制的色調值(CTV)計算及應用要求",
    "橋島隧一體化建(構)築物防雷技術規範",
    "信息通信基础设施工程规划设计规范",
    "法人和其他組織跨境身份認證技術規範",
    "珠寶零售企業經營規範",
    "粤港澳大湾区绿色债券环境效益信息披露指标规范",
    "红炆海鳗",
    "粤菜菜品标准编制指南",
)


def test_the_content_has_no_problems(real_content):
    assert [str(problem) for problem in real_content.problems] == []


def test_the_standards_of_the_first_batch_that_a_source_names_stand_in_it(real_catalogue):
    assert len(real_catalogue.batches[0].standards) >= 39
    assert len(real_catalogue.standards) >= 51


def test_the_numbers_of_the_published_table(real_catalogue):
    both = {one.list_identifier: one.designation for one in real_catalogue.standards}
    assert {identifier: both.get(identifier) for identifier in NINE_WITH_NUMBERS} == NINE_WITH_NUMBERS


def test_what_no_source_says_is_listed_is_not(real_catalogue):
    titles = {text.words for one in real_catalogue.standards for text in one.title.values()}
    assert [title for title in NOT_LISTED if title in titles] == []


def test_the_totals_of_the_announcements(real_catalogue):
    totals = [(one.address, one.standards_added, one.standards_total) for one in real_catalogue.batches]
    assert totals[:6] == [
        ("2023-04", 110, 110),
        ("2024-02", 73, 183),
        ("2024-08", 32, 215),
        ("2025-05", 20, 235),
        ("2025-10", 27, 262),
        ("2026-01", 5, 267),
    ]


def test_a_figure_that_is_a_subtraction_or_a_sum_is_marked_derived(real_catalogue):
    assert {one.address: sorted(one.derived) for one in real_catalogue.batches[:6] if one.derived} == {
        "2024-08": ["standards"],
        "2026-01": ["standards"],
    }


DERIVED_BATCHES = {
    "xia-jiao": "2024-02",
    "shao-mai": "2024-02",
    "cha-shao-bao": "2024-02",
    "dan-ta": "2024-02",
    "chang-fen": "2024-02",
    "sheng-gun-zhou": "2024-02",
    "wq-1-229": "2025-05",
    "wq-1-230": "2025-05",
    "wq-1-252": "2025-10",
}


def test_a_batch_that_only_dates_lead_to_has_its_reason_and_no_day(real_catalogue):
    """Until an announcement's attachment states it."""
    derived = {one.address: one for one in real_catalogue.standards if one.derivation}
    assert {address: one.batch.address for address, one in derived.items()}.items() <= DERIVED_BATCHES.items()
    assert [address for address, one in derived.items() if one.announced_on] == []
    assert [address for address, one in derived.items() if not one.derivation.sources] == []


def test_the_changes_say_that_a_batch_is_derived(real_catalogue, real_content):
    named = names_of(real_catalogue)
    derived = [one for one in real_catalogue.corrections if one.attribute == "batch" and one.standard.derivation]
    for language in LANGUAGES:
        labels = real_content.labels[language]
        mark = labels("batch_as_derived", batch="")
        assert [one.standard.address for one in derived if mark not in correction_sentence(one, labels, named)] == []


def test_a_name_that_is_not_ours_is_printed_in_a_script_of_one_of_its_sources(real_catalogue):
    """工業貿易署 is printed by a Hong Kong newspaper, so it is no conversion of ours."""
    named = [(one, one.title) for one in real_catalogue.standards]
    named += [(one, one.name) for one in real_catalogue.fields + real_catalogue.organisations + real_catalogue.batches]
    assert [
        text.words
        for record, texts in named
        for text in texts.values()
        if text.standing in ("official", "reported")
        and all(source.languages for source in record.sources)
        and not any(text.language in source.languages for source in record.sources)
    ] == []


def test_the_departments_of_hong_kong_and_macao_are_named_as_they_are(real_catalogue):
    names = {one.address: one.name["zh-Hant"] for one in real_catalogue.organisations}
    assert (names["tid"].words, names["tid"].standing) == ("工業貿易署", "reported")
    assert (names["dsedt"].words, names["dsedt"].standing) == ("澳門特別行政區政府經濟及科技發展局", "reported")


def test_a_standard_stands_in_the_field_that_others_name(real_catalogue):
    fields = {one.address: one.field.address for one in real_catalogue.standards if one.field}
    esports = "yi-dong-dian-jing-sai-shi-yong-ji-ji-shu-yao-qiu-he-ce-shi-fang-fa"
    assert fields["ying-you-er-tuo-yu-fu-wu-gui-fan"] == "childcare"
    assert fields[esports] == "e-sports"


def test_the_fields_that_the_first_two_announcements_named(real_catalogue):
    named = [[field.name["zh-Hans"].words for field in batch.fields] for batch in real_catalogue.batches[:2]]
    assert named == [
        ["食品", "粤菜", "中医药", "交通", "养老", "物流"],
        ["预制菜", "家政", "气象", "绿色生态", "职场技能培训", "精油产品", "电线电缆"],
    ]


def test_every_text_stands_in_three_languages(real_catalogue):
    named = [
        *(one.title for one in real_catalogue.standards),
        *(one.name for one in real_catalogue.fields + real_catalogue.batches + real_catalogue.organisations),
    ]
    assert [text for text in named if list(text) != list(LANGUAGES) or not all(map(str, text.values()))] == []


def test_hong_kong_writes_what_conversion_gets_wrong(real_catalogue):
    titles = {one.address: one.title["zh-Hant"].words for one in real_catalogue.standards}
    assert titles["gan-zha-xia-zao"] == "乾炸蝦棗"
    assert titles["jiang-shu-tian-tang"] == "薑薯甜湯"
    assert titles["jiang-cong-chao-xie"] == "薑葱炒蟹"
    assert titles["wq-1-14"] == "蠔油"


MIRRORS = ("tgidrinks.com", "cngulu.com", "szsy-blled.com", "yhkmac.com", "jinbanggy.com", "xiandb.cn", "beiww.com")


def test_nobody_is_sent_to_a_mirror(real_catalogue):
    sent = [one.url for one in real_catalogue.sources if one.is_own_host]
    assert [url for url in sent if url.split("/")[2].endswith(MIRRORS)] == []


def test_every_address_is_in_the_ledger_of_published_ones(real_content):
    """Otherwise it was never built; `make site` adds it."""
    assert addresses(real_content.records) - real_content.records.published.keys() == set()


def test_the_first_two_batches_answer_to_their_numbers_too(real_catalogue):
    assert [one.former_addresses for one in real_catalogue.batches[:2]] == [("1",), ("2",)]


def test_every_label_is_printed_somewhere(real_content):
    """A label that nothing prints would be translated for nobody."""
    listed = subprocess.run(
        ("git", "grep", "-hoE", "[a-z][a-z_]+", "--", "generator", "overrides"),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    words = set(listed.stdout.split())
    families = (
        "ask",
        "found",
        "kind",
        "language",
        "standing",
        "status",
        "route",
        "region",
        "role",
        "facet",
        "theme",
        "verdict",
        "cite",
        "case",
        "checked",
        "event",
        "topic",
        "title",
        "log",
        "how",
        "evidence",
        "card",
        "stated",
    )
    keys = {key.partition(":")[0] for key in real_content.labels["en"].words}
    assert sorted(key for key in keys if key not in words and key.split("_")[0] not in families) == []
