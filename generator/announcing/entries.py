"""The entries that an import adds to the short lists."""

# What nobody has said yet stays empty, and the check asks for it.

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from generator.announcing import proposal
from generator.announcing.attachments.normalise import in_one_form
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.records import Records, Row

_MONTH = re.compile(r"\d{4}-\d{2}(?:-\d{2})?")
_BETWEEN = re.compile(r"([、，,；;/|])")
"""What stands between the names of a list."""
_NUMBERING = re.compile(r"^[（(]?(?:[一二三四五六七八九十]+|\d+)[)）]?[、.．:：]?\s*")

Entry = dict[str, Any]
"""Key → value of a YAML entry: a text, a number, a list of texts, or texts by language."""


def is_new_batch(asked: str) -> bool:
    """True where `asked` is a month or a day, such as 2026-05."""
    try:
        return bool(_first_day(asked))
    except ValueError:
        return False


def _first_day(asked: str) -> date:
    """The first day of a month, or a day; raises ValueError for anything else."""
    if not _MONTH.fullmatch(asked):
        raise ValueError(asked)
    return date.fromisoformat(asked if len(asked) > len("2026-05") else f"{asked}-01")


def batch_entry(asked: str, total: int) -> tuple[str, Entry]:
    """The address and entry of a new announcement.

    `asked` is its month or day. `total` is the number of standards announced before it; its own are not counted yet.
    """
    first = _first_day(asked)
    called = f"{first.year}年{first.month}月公布的一批"
    names = (called, called, f"Announcement of {first:%B} {first.year}")
    entry: Entry = {"name": dict(zip(LANGUAGES, names, strict=True)), "standing": dict.fromkeys(LANGUAGES, "devised")}
    if asked == first.isoformat():
        entry["announced_on"] = asked
    else:
        last = calendar.monthrange(first.year, first.month)[1]
        entry |= {"announced_earliest": first.isoformat(), "announced_latest": first.replace(day=last).isoformat()}
    entry |= {"standards": 0, "standards_total": total, "derived": ["standards_total"]}
    return f"{first:%Y-%m}", entry


def source_entry(names: Mapping[str, str], number: int) -> Entry:
    """The entry of the attachment `number`, from 1, of the announcement called `names`."""
    which = f"（{number}）" if number > 1 else ""
    return {
        "name": {
            "zh-Hans": f"{names['zh-Hans']}：清单附件{which}",
            "zh-Hant": f"{names['zh-Hant']}：清單附件{which}",
            "en": f"{names['en']}: attachment with the list{f' ({number})' if number > 1 else ''}",
        },
        "standing": dict.fromkeys(LANGUAGES, "devised"),
        "kind": "list",
    }


def notice_entry(given: str, number: int) -> Entry:
    """The entry of the attachment `number`, from 1, of a notice.

    `given` is its day or month.
    """
    first, is_day = _first_day(given), len(given) > len("2026-05")
    chinese = f"{first.year}年{first.month}月{f'{first.day}日' if is_day else ''}的通知"
    english = f"Notice of {f'{first.day} ' if is_day else ''}{first:%B} {first.year}"
    entry = source_entry({"zh-Hans": chinese, "zh-Hant": chinese, "en": english}, number)
    return entry | {"said_on": given} if is_day else entry


def organisation_entry(names: Mapping[str, str], standing: Mapping[str, str]) -> Entry:
    """The entry of a body that issues standards; its English name is to be completed."""
    return {
        "name": dict(names),
        "standing": dict(standing),
        "region": proposal.region(names["zh-Hans"]),
        "role": "issues",
        "part": {
            "zh-Hans": "发布清单所列的标准。",
            "zh-Hant": "發布清單所列的標準。",
            "en": "Issues standards on the list.",
        },
    }


def field_entry(names: Mapping[str, str], standing: Mapping[str, str], batch: str) -> Entry:
    """The entry of a field that the announcement `batch` opened.

    Its description is to be completed.
    """
    return {
        "name": dict(names),
        "standing": dict(standing),
        "about": dict.fromkeys(LANGUAGES, ""),
        "opened_by": batch,
    }


class NameIndex:
    """The records of a short list, by any of their names."""

    def __init__(self, records: Records, table: str) -> None:
        self.rows = {row.address: row for row in records.tables[table]}
        self.taken = proposal.Addresses(self.rows)
        self.by_name: dict[str, str] = {}
        for row in self.rows.values():
            for name in (row.address, *row.many("former_addresses"), *_names(row)):
                self.by_name.setdefault(in_one_form(name), row.address)

    def address(self, name: str) -> str:
        """The address of the record called `name`; '' where there is none."""
        return self.by_name.get(in_one_form(name), "")

    def within(self, title: str) -> str:
        """The address of the one record named in `title`; '' for none or several."""
        form = in_one_form(title)
        addresses = {address for name, address in self.by_name.items() if len(name) > 1 and name in form}
        return addresses.pop() if len(addresses) == 1 else ""

    def under(self, heading: str) -> str:
        """The address of the record that a heading names, numbered or not; '' for none."""
        bare = _NUMBERING.sub("", heading.strip())
        return self.address(bare) or self.address(re.sub(r"(?:领域|領域|类|類|标准|標準)$", "", bare))

    def listed(self, names: str) -> list[str]:
        """The addresses of the records that `names` lists; none where one is unknown.

        A name may hold what stands between names: of several readings the one with the longest names counts.
        """
        parts = _BETWEEN.split(names)
        addresses: list[str] = []
        while parts:
            # Every second part is a sign between two names.
            ends = range(len(parts), 0, -2)
            readings = ((end, self.under("".join(parts[:end]))) for end in ends if any(parts[:end]))
            end, address = next((reading for reading in readings if reading[1]), (0, ""))
            if not address:
                return []
            addresses.append(address)
            parts = parts[end + 1 :]
        return list(dict.fromkeys(addresses))


def _names(row: Row) -> list[str]:
    names = [row[f"name:{language}"] for language in LANGUAGES]
    return names + [name for language in LANGUAGES for name in row.many(f"also_called:{language}")]
