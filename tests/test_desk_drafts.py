"""Attachments that are being read outlast a crash of the desk with every answer that was kept."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.announcing.questions import Answer
from generator.catalogue.messages import Message
from generator.desk.drafts import (
    AttachmentDraft,
    all_drafts,
    attachment_of,
    begin_draft,
    draft_called,
    drop_draft,
    keep_draft,
)
from generator.files.disk import write
from generator.files.transaction import recover
from tests.test_journal import die_after

DAY = date(2026, 11, 27)
DATA = b"\x00\xff of a file"
QUESTION = Message("import.says-less", row="3", address="tea-4", columns=(Message("words.no-places"), "杯"))
STATED = {"batches": {"place:zh-Hans": "茶馆"}, "sources": {"url": "https://winter.invalid/"}}


def answered(draft: AttachmentDraft, kind: str = "accept", row: str = "3") -> AttachmentDraft:
    """`draft` with an answer."""
    assert kind in ("accept", "new", "skip")
    return draft.with_answer(QUESTION, Answer(kind, row, Message("import.if-it-is")))


def test_a_draft_is_kept_with_all_that_was_said(tmp_path):
    draft = begin_draft(tmp_path, "冬茶 1.xlsx", DATA, DAY)
    said = AttachmentDraft(
        draft.name, draft.file, draft.begun_on, "2029-12", columns={"C": "designation"}, stated=STATED
    )
    keep_draft(tmp_path, answered(said))
    assert all_drafts(tmp_path) == [answered(said)]
    assert attachment_of(tmp_path, draft) == DATA
    assert answered(said).answers.stated == STATED


def test_an_answer_is_changed_and_withdrawn(tmp_path):
    draft = begin_draft(tmp_path, "list.csv", DATA, DAY)
    changed = answered(answered(draft), "new")
    assert (changed.answers.accepted, changed.answers.new) == (frozenset(), frozenset("3"))
    assert answered(changed, "skip", "4").without_answer("3").answers.skipped == frozenset("4")
    assert changed.without_answer("3") == draft


def test_the_same_file_is_not_begun_twice(tmp_path):
    draft = begin_draft(tmp_path, "list.csv", DATA, DAY)
    keep_draft(tmp_path, answered(draft))
    assert begin_draft(tmp_path, "list.csv", DATA, DAY) == answered(draft)
    assert begin_draft(tmp_path, "list.csv", DATA + b"2", DAY).name != draft.name


def test_what_is_discarded_is_gone(tmp_path):
    draft = begin_draft(tmp_path, "list.csv", DATA, DAY)
    drop_draft(tmp_path, draft)
    assert all_drafts(tmp_path) == []
    assert draft_called(tmp_path, draft.name) is None


@pytest.mark.parametrize("noise", [b"", b"torn", b"{}"])
def test_a_torn_draft_is_none(tmp_path, noise):
    draft = begin_draft(tmp_path, "list.csv", DATA, DAY)
    write(tmp_path / draft.files[1], noise)
    assert all_drafts(tmp_path) == []


@pytest.mark.parametrize("deed", ["begin", "keep", "drop"])
def test_a_desk_that_is_killed_anywhere_leaves_the_draft_before_or_after(tmp_path, deed):
    outcomes = []
    for cut in range(200):
        (content := tmp_path / str(cut)).mkdir()
        before = begin_draft(content, "list.csv", DATA, DAY) if deed != "begin" else None
        child = os.fork()
        if child == 0:
            die_after(cut)
            _do(deed, content, before)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        recover(content)
        kept = all_drafts(content)
        assert all(attachment_of(content, draft) == DATA for draft in kept)
        outcomes.append(len(kept) == 1 and (deed == "begin" or kept == [before]))
        if before and deed == "keep":
            assert kept in ([before], [answered(before)])
        shutil.rmtree(content)
        if status == 0:
            break
    # Before it, then after it, and nothing between.
    assert outcomes == sorted(outcomes, reverse=deed != "begin")
    assert set(outcomes) == {True, False}


def _do(deed: str, content: Path, draft: AttachmentDraft | None) -> None:
    if draft is None:
        begin_draft(content, "list.csv", DATA, DAY)
    elif deed == "keep":
        keep_draft(content, answered(draft))
    else:
        drop_draft(content, draft)
