"""An attachment that was written is kept as it was announced, under a name that tells of which announcement."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from generator.announcing.journal import journal, undo
from generator.desk import attachment as page
from generator.desk.drafts import AttachmentDraft, all_drafts, begin_draft, keep_draft
from generator.files.disk import write
from tests.attachments import xlsx

DAY = date(2029, 12, 6)
NAME = "冬茶.xlsx"
DATA = xlsx([[1, "TEA 30", "茶/T 30—2029", "冬茶的沏法", "幻想茶研究院"]])


def draft_of(content: Path) -> AttachmentDraft:
    """An attachment that is ready to be written."""
    begun = begin_draft(content, NAME, DATA, DAY)
    draft = AttachmentDraft(begun.name, begun.file, begun.begun_on, "2029-12-05")
    keep_draft(content, draft)
    return draft


def write_draft(content: Path) -> str | None:
    """Write the draft as it was seen."""
    draft = draft_of(content)
    return page._written(content, draft, page._digest(page._planned(content, draft)))


def kept(content: Path) -> dict[str, bytes]:
    """Name → bytes of each attachment that is kept."""
    return {path.name: path.read_bytes() for path in (content / "attachments").glob("*")}


def test_it_is_kept_beside_others_and_never_in_their_place(world):
    content = world / "content"
    write(content / "attachments" / f"2029-12-{NAME}", b"of another day")
    assert write_draft(content) == "2029-12"
    assert kept(content) == {f"2029-12-{NAME}": b"of another day", "2029-12-冬茶-2.xlsx": DATA}


def test_it_is_kept_once(world):
    content = world / "content"
    write(content / "attachments/2029-12.xlsx", DATA)
    assert write_draft(content) == "2029-12"
    assert kept(content) == {"2029-12.xlsx": DATA}


def test_taking_it_back_gives_the_draft_back(world):
    content = world / "content"
    before = {path: path.read_bytes() for path in (content / "records").rglob("*") if path.is_file()}
    write_draft(content)
    assert all_drafts(content) == []
    undo(content, journal(content)[0], DAY)
    assert {path: path.read_bytes() for path in (content / "records").rglob("*") if path.is_file()} == before
    assert kept(content) == {}
    assert [draft.file for draft in all_drafts(content)] == [NAME]


@pytest.mark.parametrize("seen", ["", "something else"])
def test_what_was_not_seen_is_not_written(world, seen):
    content = world / "content"
    assert page._written(content, draft_of(content), seen) is None
    assert journal(content) == []
    assert kept(content) == {}


def test_what_the_announcement_says_is_told_apart_from_what_is_derived(world):
    draft = draft_of(world / "content")
    stated = AttachmentDraft(
        draft.name, draft.file, draft.begun_on, draft.batch, stated={"batches": {"place:zh-Hans": "茶馆"}}
    )
    facts = {
        str(fact.column): (fact.text, fact.origin.key)
        for fact in page._facts(stated, page._planned(world / "content", stated))
    }
    assert facts == {
        "Simplified name": ("2029年12月公布的一批", "desk.fact-ours"),
        "Traditional name": ("2029年12月公布的一批", "desk.fact-ours"),
        "English name": ("Announcement of December 2029", "desk.fact-ours"),
        "date announced": ("2029-12-05", "desk.fact-stated"),
        "place in Simplified Chinese": ("茶馆", "desk.fact-stated"),
        "place in Traditional Chinese": ("", "desk.fact-wanted"),
        "place in English": ("", "desk.fact-wanted"),
        "standards": ("1", "desk.fact-counted"),
        "standards in total": ("10", "desk.fact-derived"),
    }
