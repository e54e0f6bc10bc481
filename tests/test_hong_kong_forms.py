"""Chinese titles in the forms of Hong Kong's screens: proposed so, and never called errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.announcing.proposal import OtherScript
from generator.catalogue.scripts import Scripts, on_screens, read_scripts
from tests.conftest import REPOSITORY

FORMS = """税务 稅務|温度 溫度|脱水 脫水|户外 戶外|兑换 兌換|锐器 銳器|愉悦 愉悅|说明 說明|阅读 閱讀|蕴藏 蘊藏|酝酿 醞釀
面粉 麵粉|面包 麵包|云吞面 雲吞麵|车仔面 車仔麵|竹升面 竹升麵|腌面 醃麵|面部 面部|表面 表面|群组 群組|山峰 山峰
床垫 床墊|启动 啟動|厘米波 厘米波|三周年 三周年|姜撞奶 薑撞奶|姜汁 薑汁|丑橘 丑橘|东涌 東涌|葵涌 葵涌|鲗鱼涌 鰂魚涌
邻里 鄰里|村里 村里|公里 公里|里面 裏面|台风 颱風|台湾 台灣|卫生 衞生|占卜 占卜|皇后 皇后|太后诞 太后誕|干货 乾貨
干部 幹部|腊味 臘味|卤水 滷水|咸鱼 鹹魚|松树 松樹|肉松 肉鬆|制度 制度|腌制 醃製|沿着 沿着|面条 麵條"""
PAIRS = [tuple(pair.split()) for pair in FORMS.replace("\n", "|").split("|")]


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return read_scripts(REPOSITORY / "content", [])


@pytest.mark.parametrize(("simplified", "traditional"), PAIRS)
def test_a_title_is_proposed_in_the_form_of_hong_kongs_screens_and_back(scripts, simplified, traditional):
    assert OtherScript(scripts).text(simplified, "zh-Hant") == traditional
    assert OtherScript(scripts).text(traditional, "zh-Hans") == simplified
    assert scripts.strangers_in([traditional], "zh-Hant") == [("", "")]
    assert scripts.strangers_in([simplified], "zh-Hans") == [("", "")]


@pytest.mark.parametrize(
    "title", ["衛生", "衞生", "布告", "佈告", "占地", "佔地", "周年", "週年", "厘米", "一綫", "線路"]
)
def test_what_hong_kong_writes_in_two_ways_is_no_error_in_either(scripts, title):
    assert scripts.strangers_in([title], "zh-Hant") == [("", "")]


@pytest.mark.parametrize(
    ("title", "wrong"),
    [("面包", "面"), ("后台", "后"), ("頭发", "发"), ("干货", "干货"), ("这里", "这"), ("标准", "标准")],
)
def test_a_simplified_letter_in_a_traditional_title_is_an_error(scripts, title, wrong):
    assert set(wrong) <= set(scripts.strangers_in([title], "zh-Hant")[0][0])


def test_a_letter_of_the_list_of_forms_is_shown_as_screens_show_it():
    assert "".join(map(on_screens, "税温户脱鋭兑悦説閲藴")) == "稅溫戶脫銳兌悅說閱蘊"


def test_the_records_of_the_list_hold_no_letter_that_only_looks_like_one():
    for file in sorted(Path(REPOSITORY / "content/records").rglob("*.csv")):
        assert not any("\u2e80" <= letter <= "\u2fdf" for letter in file.read_text("utf-8-sig")), file
