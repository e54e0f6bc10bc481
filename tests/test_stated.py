"""What an announcement says of itself beside its list goes into its record, and into that of its source."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from generator.announcing.plan import Plan, plan
from generator.announcing.questions import Answers
from tests.attachments import xlsx

DAY = date(2030, 1, 2)
ROWS = [[1, "TEA 30", "茶/T 30—2029", "冬茶的沏法", "幻想茶研究院"]]


def planned(world: Path, **stated: dict[str, str]) -> Plan:
    """The plan to import a new announcement of which that is `stated`."""
    return plan(world / "content", "冬茶.xlsx", xlsx(ROWS), Answers("2029-12-05", stated=stated), DAY)


def entry(result: Plan, table: str) -> dict:
    """The last entry of a `table` that the plan would write."""
    return [*yaml.safe_load(result.texts[f"{table}.yml"]).values()][-1]


def test_what_is_stated_stands_in_the_order_of_the_file(world):
    batches = {"place:zh-Hans": "茶馆", "place:zh-Hant": "茶館", "place:en": "Teahouse", "pledged:macao": "7"}
    result = planned(world, batches=batches, sources={"url": "https://winter.invalid/tea", "host": "own"})
    batch, source = entry(result, "batches"), entry(result, "sources")
    assert batch["place"] == {"zh-Hans": "茶馆", "zh-Hant": "茶館", "en": "Teahouse"}
    assert batch["pledged"] == {"macao": 7}
    assert [*batch].index("announced_on") < [*batch].index("place") < [*batch].index("standards")
    assert (source["url"], source["host"], source["file"]) == ("https://winter.invalid/tea", "own", "冬茶.xlsx")
    assert not result.problems


def test_a_total_that_is_not_stated_is_derived(world):
    batch = entry(planned(world, batches={"standards": "3"}), "batches")
    assert (batch["standards"], batch["standards_total"], batch["derived"]) == (3, 12, ["standards_total"])
    batch = entry(planned(world, batches={"standards_total": "10"}), "batches")
    assert (batch["standards"], batch["standards_total"]) == (1, 10)
    assert "derived" not in batch


def test_what_is_said_in_one_language_is_wanted_in_the_others(world):
    result = planned(world, batches={"place:zh-Hans": "茶馆"})
    assert {column for column in ("place:zh-Hant", "place:en") for one in result.left if column in str(one)} == {
        "place:zh-Hant",
        "place:en",
    }


def test_a_figure_that_is_none_is_named_and_nothing_planned(world):
    result = planned(world, batches={"standards": "七十三"}, sources={"url": "javascript:alert(1)"})
    assert len(result.problems) == 2
    assert not result.texts
