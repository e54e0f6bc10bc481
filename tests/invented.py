"""Invented lists of any length, unmistakably imaginary, varied enough to search."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.columns import TABLES
from generator.catalogue.languages import LANGUAGES

# (Simplified, Traditional, English); 40 × 34 × 16 = 21,760 titles.
_WORDS = """云雾 雲霧 misty|月光 月光 moonlit|青苔 青苔 mossy|风铃 風鈴 wind-chime|琥珀 琥珀 amber|彩虹 彩虹 rainbow
梦境 夢境 dreaming|星尘 星塵 stardust|水晶 水晶 crystal|羽毛 羽毛 feathered|珊瑚 珊瑚 coral|竹影 竹影 bamboo-shade
雪花 雪花 snowflake|晨露 晨露 dewy|火山 火山 volcanic|潮汐 潮汐 tidal|镜子 鏡子 mirrored|回声 回聲 echoing
纸鸢 紙鳶 kite|萤火 螢火 firefly|石榴 石榴 pomegranate|薄荷 薄荷 minted|丝绸 絲綢 silken|铜锣 銅鑼 gong
玻璃 玻璃 glass|木偶 木偶 puppet|沙漏 沙漏 hourglass|灯塔 燈塔 lighthouse|罗盘 羅盤 compass|飞鱼 飛魚 flying-fish
海马 海馬 seahorse|独角 獨角 unicorn|麒麟 麒麟 kirin|凤凰 鳳凰 phoenix|九尾 九尾 nine-tailed|魔法 魔法 magical
隐形 隱形 invisible|倒流 倒流 backward-flowing|无声 無聲 silent|千年 千年 thousand-year"""
_THINGS = """茶壶 茶壺 teapot|茶杯 茶杯 teacup|茶匙 茶匙 teaspoon|茶盘 茶盤 tea tray|糕点 糕點 pastry|饼干 餅乾 biscuit
雨伞 雨傘 umbrella|地毯 地毯 carpet|钟表 鐘錶 clock|乐器 樂器 instrument|邮票 郵票 stamp|书签 書籤 bookmark
风车 風車 windmill|滑梯 滑梯 slide|秋千 鞦韆 swing|气球 氣球 balloon|帐篷 帳篷 tent|吊床 吊床 hammock
花盆 花盆 flowerpot|浴缸 浴缸 bathtub|枕头 枕頭 pillow|被子 被子 quilt|围巾 圍巾 scarf|手套 手套 glove
拖鞋 拖鞋 slipper|纽扣 鈕扣 button|拉链 拉鏈 zipper|轮船 輪船 steamship|缆车 纜車 cable car|电梯 電梯 lift
桥梁 橋樑 bridge|隧道 隧道 tunnel|花园 花園 garden|城堡 城堡 castle"""
_KINDS = """通用规范 通用規範 General specification for
技术要求 技術要求 Technical requirements for
使用指南 使用指南 Guidelines for the use of
检测方法 檢測方法 Test methods for
服务规范 服務規範 Specification for services of
安全要求 安全要求 Safety requirements for
包装规范 包裝規範 Specification for packaging of
储存指南 儲存指南 Guidelines for storage of
运输要求 運輸要求 Requirements for carriage of
评价方法 評價方法 Evaluation methods for
标识规范 標識規範 Specification for labelling of
设计指南 設計指南 Guidelines for design of
维护规范 維護規範 Specification for maintenance of
安装要求 安裝要求 Installation requirements for
术语 術語 Vocabulary of
回收指南 回收指南 Guidelines for recycling of"""


def _entries(text: str) -> list[tuple[str, str, str]]:
    entries = (entry.split(" ", 2) for entry in text.replace("\n", "|").split("|"))
    return [(simplified, traditional, english) for simplified, traditional, english in entries]


def titles(count: int) -> Iterator[tuple[str, str, str]]:
    """`count` titles in the three languages, no two alike."""
    every = itertools.product(_entries(_KINDS), _entries(_THINGS), _entries(_WORDS))
    for kind, thing, word in itertools.islice(every, count):
        yield (
            f"{word[0]}{thing[0]}{kind[0]}",
            f"{word[1]}{thing[1]}{kind[1]}",
            f"{kind[2]} {word[2]} {thing[2]}s",
        )


WITHDRAWN, DERIVED, UNTITLED = 402, 403, 404
"""The numbers of a standard that is withdrawn, of one whose batch follows from dates, of one without English title."""


def write_standards(folder: Path, count: int) -> None:
    """Write `count` invented standards of the imaginary world into the records `folder`, in the place of
    its own, as one batch of that many."""
    standards = folder / "standards"
    for file in standards.glob("*.csv"):
        file.unlink()
    # What is told of the standards that are gone went with them.
    for name in ("changes.csv", "cases.yml", "events.yml"):
        (folder / name).unlink()
    columns = [column.name for column in TABLES["standards"]]
    with (standards / "batch-2020-03.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, columns, lineterminator="\n")
        rows.writeheader()
        for n, title in enumerate(titles(count), 1):
            rows.writerow(
                {
                    "address": f"tea-{n}",
                    "list_identifier": f"TEA {n}",
                    "designation": f"茶/T {n}-{2000 + n % 20}",
                    **{f"title:{language}": words for language, words in zip(LANGUAGES, title, strict=True)},
                    "standing:zh-Hans": "official",
                    "standing:zh-Hant": "converted",
                    "standing:en": "translated",
                    **(dict.fromkeys(("title:en", "standing:en"), "") if n == UNTITLED else {}),
                    "publisher": "institute-of-imaginary-tea",
                    "field": ("leaves", "cups")[n % 2],
                    "field_assigned_by": "source",
                    "status": "withdrawn" if n == WITHDRAWN else "current",
                    "sources": "gazette",
                    "batch_derived_from": "gazette" if n == DERIVED else "",
                    **{f"batch_reason:{language}": "2020" if n == DERIVED else "" for language in LANGUAGES},
                    "recorded_on": "2020-03-01",
                }
            )
    batches = folder / "batches.yml"
    text = batches.read_text("utf-8")
    text = text.replace("standards: 6\n  standards_total: 6\n", f"standards: {count}\n  standards_total: {count}\n")
    batches.write_text(
        text.replace("standards_total: 9", f"standards_total: {count + 3}"), encoding="utf-8", newline="\n"
    )
