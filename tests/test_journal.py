"""What was written can be taken back and brought again, and is never half there."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from generator.announcing import journal as journals
from generator.announcing.journal import UndoError, journal, undo, write_journaled
from generator.catalogue.content import read_content
from generator.catalogue.messages import Message
from generator.files.disk import files_below, write
from generator.files.seal import sealed
from generator.files.transaction import is_cut_off, recover
from generator.publishing import serve
from tests.test_importing import die_after

DAY = date(2027, 3, 1)
WHAT = Message("words.list")
BEFORE = {"records/a.csv": b"a\r\n", "records/b.yml": b"b\n", "attachments/list.xlsx": b"\xff\x00"}
TEXTS = {
    "records/a.csv": "A\r\n",
    "records/new/c.csv": "c\n",
    "attachments/notice.pdf": b"\xfe\x00",
    "records/b.yml": None,
}
AFTER = {
    "records/a.csv": b"A\r\n",
    "records/new/c.csv": b"c\n",
    "attachments/list.xlsx": b"\xff\x00",
    "attachments/notice.pdf": b"\xfe\x00",
}


@pytest.fixture
def content(tmp_path) -> Path:
    for name, data in BEFORE.items():
        write(tmp_path / name, data)
    return tmp_path


def contents(content: Path) -> dict[str, bytes]:
    """What stands below `content`, without what the desk keeps there."""
    names = [name for name in files_below(content) if not name.startswith(("desk/", ".transaction"))]
    return {name: (content / name).read_bytes() for name in names}


def test_what_was_written_is_taken_back_and_brought_again(content):
    write_journaled(content, WHAT, TEXTS, DAY)
    assert contents(content) == AFTER
    undo(content, journal(content)[0], DAY)
    assert contents(content) == BEFORE
    undo(content, journal(content)[0], DAY)
    assert contents(content) == AFTER
    assert [entry.deed for entry in journal(content)] == ["redone", "undone", "written"]
    assert [entry.may_be_undone for entry in journal(content)] == [True, False, False]
    assert [str(entry.sentence) for entry in journal(content)] == [
        "Done again: holds a list; a label is one text",
        "Taken back: holds a list; a label is one text",
        "holds a list; a label is one text",
    ]
    assert journal(content)[2].made_on == "2027-03-01"


def test_one_after_the_other_is_taken_back_the_newest_first(content):
    for text in ("1", "2", "3"):
        write_journaled(content, WHAT, {"records/a.csv": text}, DAY)
    for text in ("2", "1"):
        (last, *_) = (entry for entry in journal(content) if entry.deed == "written" and entry.may_be_undone)
        undo(content, last, DAY)
        assert (content / "records/a.csv").read_text() == text


def test_what_concerns_other_files_is_taken_back_in_any_order(content):
    write_journaled(content, WHAT, {"records/a.csv": "A"}, DAY)
    write_journaled(content, WHAT, {"records/b.yml": "B"}, DAY)
    first = journal(content)[1]
    assert first.may_be_undone
    undo(content, first, DAY)
    assert contents(content) == BEFORE | {"records/b.yml": b"B"}


@pytest.mark.parametrize("name", ["records/a.csv", "records/new/c.csv", "records/b.yml"])
def test_nothing_is_taken_back_where_somebody_wrote_since(content, name):
    write_journaled(content, WHAT, TEXTS, DAY)
    write(content / name, "by hand")
    (entry,) = journal(content)
    assert not entry.may_be_undone
    with pytest.raises(UndoError, match=f"{name} changed since"):
        undo(content, entry, DAY)
    assert contents(content) == AFTER | {name: b"by hand"}
    assert len(journal(content)) == 1


def test_what_was_damaged_where_it_was_kept_is_not_put_back(content):
    write_journaled(content, WHAT, TEXTS, DAY)
    (entry,) = journal(content)
    write(content / "desk/undo/000001/before/records/a.csv", "other")
    with pytest.raises(UndoError, match=r"what was kept of records/a\.csv is damaged"):
        undo(content, entry, DAY)
    assert contents(content) == AFTER


def test_a_torn_entry_is_none(content):
    write_journaled(content, WHAT, TEXTS, DAY)
    write(content / "desk/undo/000001/entry", b"torn")
    assert journal(content) == []
    write_journaled(content, WHAT, {"records/a.csv": "2"}, DAY)
    assert [entry.name for entry in journal(content)] == ["000002"]


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"{}",
        b'{"deed": "written", "what": {"key": "words.x", "values": {}}, "made_on": "", "before": {}, "after": {}}',
        b'{"deed": "written", "what": {"key": "nowhere.x", "values": {}}, "made_on": "", "before": {}, "after": {}}',
        b'{"what": {"key": "words.list", "values": {}}}',
    ],
)
def test_what_another_version_of_the_program_wrote_is_none(content, data):
    write_journaled(content, WHAT, TEXTS, DAY)
    write(content / "desk/undo/000002/entry", sealed("entry", data))
    assert [entry.name for entry in journal(content)] == ["000001"]


def test_the_oldest_entries_are_forgotten(content, monkeypatch):
    monkeypatch.setattr(journals, "_MOST", 3)
    for text in "12345":
        write_journaled(content, WHAT, {"records/a.csv": text}, DAY)
    assert [entry.name for entry in journal(content)] == ["000005", "000004", "000003"]
    assert sorted(path.name for path in (content / "desk/undo").iterdir()) == ["000003", "000004", "000005"]


def test_a_write_that_is_killed_anywhere_is_there_with_its_way_back_or_not_at_all(content):
    outcomes = []
    for cut in range(200):
        shutil.rmtree(content)
        for name, data in BEFORE.items():
            write(content / name, data)
        child = os.fork()
        if child == 0:
            die_after(cut)
            write_journaled(content, WHAT, TEXTS, DAY)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        recover(content)
        assert not is_cut_off(content)
        entries = journal(content)
        outcomes.append(bool(entries))
        assert contents(content) == (AFTER if entries else BEFORE), f"cut off at step {cut}"
        if entries:
            undo(content, entries[0], DAY)
            assert contents(content) == BEFORE
        if status == 0:
            break
    # Cut early it did not happen, cut late it did, and nothing between.
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) > len(TEXTS)
    assert outcomes.count(True) > len(TEXTS)


def test_the_list_does_not_depend_on_what_the_desk_keeps(world):
    before = read_content(world)
    watched = serve._states(world)
    write_journaled(world / "content", WHAT, {"attachments/list.xlsx": b"x"}, DAY)
    write(world / "content/desk/undo/junk", b"\xff")
    after = read_content(world)
    assert after.problems == before.problems
    assert serve._states(world).keys() - watched.keys() == {str(world / "content/attachments/list.xlsx")}
