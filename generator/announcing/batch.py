"""The announcement that an attachment belongs to."""

from __future__ import annotations

from generator.announcing import entries
from generator.announcing.attachments.normalise import in_one_form
from generator.announcing.attachments.table import Table
from generator.announcing.draft import Draft
from generator.announcing.matching import Matches
from generator.catalogue.cells import did_you_mean
from generator.catalogue.columns import BATCH
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.catalogue.records import UNKNOWN_BATCH


def choose_batch(draft: Draft, table: Table, matches: Matches, asked: str) -> None:
    """Give `draft` the announcement that is `asked` for, or else that `table` names."""
    if draft.notice:
        if not entries.is_new_batch(draft.notice):
            draft.problems.append(Message("import.notice-day", given=draft.notice))
    elif asked and _is_notice(draft, matches, asked):
        draft.notice = asked
        draft.remarks.append(Message("import.is-notice", day=asked))
    elif asked:
        _choose_asked(draft, asked)
    elif any(BATCH in row.cells for row in table.rows):
        _check_named(draft, table)
    else:
        _choose_from_file(draft, table, matches)


def _is_notice(draft: Draft, matches: Matches, asked: str) -> bool:
    """Whether every row is of an announcement already, and none is of the day or month that is `asked`."""
    is_known = draft.batches.address(asked) or any(row["announced_on"] == asked for row in draft.batches.rows.values())
    if is_known or not entries.is_new_batch(asked):
        return False
    return bool(matches) and all(match and draft.stated_batch(match.record) for _, match in matches)


def _choose_asked(draft: Draft, asked: str) -> None:
    draft.batch = asked if asked == UNKNOWN_BATCH else draft.batches.address(asked)
    if not draft.batch and entries.is_new_batch(asked):
        draft.batch = _new_batch(draft, asked)
    if not draft.batch:
        draft.problems.append(Message("import.unknown-batch", given=asked, batches=_listed(draft)))


def _check_named(draft: Draft, table: Table) -> None:
    """Each row names its announcement, which must exist."""
    for row in table.rows:
        name = row.cells.get(BATCH, "")
        if name and name != UNKNOWN_BATCH and not draft.batches.address(name):
            hint = did_you_mean(name, draft.batches.rows)
            draft.problems.append(Message("import.batch-not-recorded", row=row.called, name=name, hint=hint))


def _choose_from_file(draft: Draft, table: Table, matches: Matches) -> None:
    """Choose the announcement named above the table, or else that of all recorded rows."""
    recorded = {draft.stated_batch(match.record) if match else "" for _, match in matches}
    if table.is_own and matches and all(match for _, match in matches):
        return
    above = in_one_form(" ".join(table.above))
    named = {
        row.address
        for row in draft.batches.rows.values()
        for language in LANGUAGES
        if (name := in_one_form(row[f"name:{language}"])) and name in above
    }
    candidates = named or recorded
    if len(candidates) == 1 and "" not in candidates:
        draft.batch = candidates.pop()
    else:
        draft.problems.append(Message("import.which-batch", batches=_listed(draft)))


def _listed(draft: Draft) -> tuple[Message, ...]:
    rows = draft.batches.rows.values()
    return tuple(Message("import.record", address=row.address, title=row["name:zh-Hans"]) for row in rows)


def _new_batch(draft: Draft, asked: str) -> str:
    """The address of an announcement by its month; the second of a month has its day."""
    rows = draft.batches.rows
    earlier = [row for row in rows.values() if (row["announced_on"] or row["announced_earliest"]) <= asked]
    total = int(earlier[-1]["standards_total"]) if earlier else 0
    address, entry = entries.batch_entry(asked, total)
    if address in rows and rows[address]["announced_on"] == asked:
        return address
    if address in rows:
        address = asked
    draft.entries.setdefault("batches", {})[address] = entry
    return address


def days_of_batch(draft: Draft) -> tuple[str, str]:
    """The first and last day on which the announcement may have been; '' for none."""
    if entry := draft.entries.get("batches", {}).get(draft.batch):
        day = entry.get("announced_on")
        return (day, day) if day else (entry["announced_earliest"], entry["announced_latest"])
    if row := draft.batches.rows.get(draft.batch):
        day = row["announced_on"]
        return (day, day) if day else (row["announced_earliest"], row["announced_latest"])
    return "", ""


def names_of_batch(draft: Draft) -> dict[str, str]:
    """The announcement's name by language; the list's own where the rows are of several."""
    if new := draft.entries.get("batches", {}).get(draft.batch):
        return new["name"]
    if row := draft.batches.rows.get(draft.batch):
        return {language: row[f"name:{language}"] for language in LANGUAGES}
    return {"zh-Hans": "湾区标准", "zh-Hant": "灣區標準", "en": "Bay Area Standards"}
