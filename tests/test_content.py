"""The real content: what the sources state, and nothing they do not."""

from __future__ import annotations

import subprocess
from collections import Counter

from generator.catalogue.check import addresses
from generator.catalogue.languages import LANGUAGES, Standing
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


def test_the_standards_that_a_source_says_are_listed_stand_in_the_batch_it_states(real_catalogue):
    held = Counter(one.batch.address if one.batch else "not stated" for one in real_catalogue.standards)
    assert held == {"2023-04": 39, "2025-10": 1, "not stated": 11}


def test_the_numbers_of_the_published_table(real_catalogue):
    both = {one.list_identifier: one.designation for one in real_catalogue.standards if one.publisher}
    assert both | {"WQ 1-16": "T/GBAS 15-2022"} == NINE_WITH_NUMBERS


def test_what_no_source_says_is_listed_is_not(real_catalogue):
    titles = {text.words for one in real_catalogue.standards for text in one.title.values()}
    assert [title for title in NOT_LISTED if title in titles] == []


def test_the_totals_of_the_announcements(real_catalogue):
    assert [(one.address, one.standards_added, one.standards_total) for one in real_catalogue.batches] == [
        ("2023-04", 110, 110),
        ("2024-02", 73, 183),
        ("2024-08", 32, 215),
        ("2025-05", 20, 235),
        ("2025-10", 27, 262),
        ("2026-01", 5, 267),
    ]


def test_a_figure_that_is_a_subtraction_or_a_sum_is_marked_derived(real_catalogue):
    assert {one.address: sorted(one.derived) for one in real_catalogue.batches if one.derived} == {
        "2024-02": ["standards_total"],
        "2024-08": ["standards"],
        "2025-05": ["standards_total"],
        "2026-01": ["standards"],
    }


def test_only_the_fields_that_an_announcement_named_are_fields(real_catalogue):
    assert {one.address: [field.name["zh-Hans"].words for field in one.fields] for one in real_catalogue.batches} == {
        "2023-04": ["食品", "粤菜", "中医药", "交通", "养老", "物流"],
        "2024-02": ["预制菜", "家政", "气象", "绿色生态", "职场技能培训", "精油产品", "电线电缆"],
        "2024-08": [],
        "2025-05": [],
        "2025-10": [],
        "2026-01": [],
    }


def test_no_source_states_a_field_so_each_is_said_to_be_ours(real_catalogue):
    assert [one.address for one in real_catalogue.standards if one.field and not one.is_field_assigned_here] == []


def test_only_what_a_source_states_is_dated_or_given_a_status(real_catalogue):
    stated = ("issued_on", "implemented_on", "withdrawn_on", "status", "route")
    assert [(one.address, name) for one in real_catalogue.standards for name in stated if getattr(one, name)] == []


def test_an_english_title_is_official_only_where_the_body_gave_it(real_catalogue):
    official = [one.address for one in real_catalogue.standards if one.title["en"].standing is Standing.OFFICIAL]
    assert official == ["t-sata-094-2025"]


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


def test_nobody_is_sent_to_a_host_that_is_not_the_outlets_own(real_catalogue):
    own = sorted({one.url.split("/")[2] for one in real_catalogue.sources if one.is_own_host})
    assert own == [
        "accessinfo.hk",
        "bnnbreaking.com",
        "en.cnis.ac.cn",
        "english.shantou.gov.cn",
        "gba.investhk.gov.hk",
        "gzdaily.dayoo.com",
        "news.cri.cn",
        "shundecity.com",
        "softmeal.org",
        "static.nfapp.southcn.com",
        "www.bastillepost.com",
        "www.hk01.com",
        "www.hkcss.org.hk",
        "www.must.edu.mo",
        "www.scmp.com",
        "www.shanwei.gov.cn",
        "www.tid.gov.hk",
        "www.wenweipo.com",
    ]


def test_every_address_is_in_the_ledger_of_published_ones(real_content):
    """Otherwise it was never built; `make site` adds it."""
    assert [one for one in addresses(real_content.records) if one not in real_content.records.published] == []


def test_a_batch_answers_to_its_number_too(real_catalogue):
    numbers = [one.former_addresses for one in real_catalogue.batches]
    assert numbers == [("1",), ("2",), (), (), (), ()]


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
    families = ("language", "standing", "status", "route", "region", "role", "facet", "theme", "verdict")
    keys = {key.partition(":")[0] for key in real_content.labels["en"].words}
    assert sorted(key for key in keys if key not in words and key.split("_")[0] not in families) == []
