"""The editor's desk under hostile names, two pages at once, and a machine that refuses."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import pytest

from generator.announcing.journal import journal
from generator.announcing.questions import Answer
from generator.catalogue.content import read_content
from generator.catalogue.messages import Message
from generator.desk.drafts import all_drafts, begin_draft, keep_draft
from generator.files.disk import write
from generator.files.seal import sealed
from generator.files.transaction import is_cut_off
from generator.publishing.build import build
from generator.publishing.exports.formats import JSON
from generator.publishing.published import SITE_FOLDER, keep_versions, record_addresses
from tests.attachments import xlsx
from tests.conftest import REPOSITORY, change_standard, quietly
from tests.desks import open_desk
from tests.test_desk import CSV, Visitor, door_of, said, start
from tests.test_worksheet import DAY, PERSON, TITLE, filled_in, imported

ROWS = [
    [1, "TEA 101", "茶/T 101—2026", "想象茶艺甲式", "幻想茶研究院"],
    [2, "TEA 102", "茶/T 102—2031", "想象茶艺乙式", "幻想茶研究院"],
    [3, "TEA 103", "茶/T 103—2032", "想象茶艺丙式", "幻想茶研究院"],
]
"""A list of imaginary standards, two of which are of a year that has not come."""


@pytest.fixture
def editor(world):
    """A browser that came into the desk of the imaginary world."""
    with open_desk(world, "en") as door:
        yield Visitor(door).come_in()


def send(editor: Visitor, path: str, **fields: str) -> str:
    """Where the form with these `fields` leads."""
    body = urlencode({"_xsrf": editor.token(), **fields}).encode()
    answer, page = editor.ask(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 302, page
    return answer.headers["Location"]


def hidden(editor: Visitor, path: str, name: str) -> str:
    """What the page at `path` sends as `name` without being asked."""
    _, page = editor.ask(path)
    field = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert field, page
    return field[1]


def upload(editor: Visitor, name: str = "list.xlsx") -> str:
    """The page of an attachment with `ROWS`, which is a new announcement."""
    answer, _ = editor.upload(name, xlsx(ROWS, title=""))
    path = answer.headers["Location"]
    send(editor, path, kind="new", day="2026-05-18", state=hidden(editor, path, "state"))
    return path


@pytest.mark.parametrize(
    "name",
    [
        "第三批清单附件" * 50 + ".xlsx",
        "..\\..\\x.xlsx",
        "CON.xlsx",
        "清单\u202exslx.xlsx",
        "\u2028.xlsx",
        "第三批.xlsx",
    ],
)
def test_an_attachment_is_kept_whatever_it_is_called(world, editor, name):
    path = upload(editor, name)
    for row in ("3", "4"):
        send(editor, path, do=f"answer accept {row}")
    assert send(editor, path, do="write", seen=hidden(editor, path, "seen")) == "/complete/2026-05"
    (kept,) = (world / "content/attachments").iterdir()
    assert kept.name.startswith("2026-05-")
    assert kept.name.isprintable()


def test_two_answers_at_once_are_both_kept(world, editor):
    path = upload(editor)
    token = editor.token()
    bodies = [urlencode({"_xsrf": token, "do": f"answer accept {row}"}).encode() for row in ("3", "4")]
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    with ThreadPoolExecutor() as pool:
        answers = [*pool.map(lambda body: editor.ask(path, "POST", body, **form)[0].status, bodies)]
    assert answers == [302, 302]
    (draft,) = all_drafts(world / "content")
    assert draft.answers.accepted == {"3", "4"}


def test_a_page_that_was_open_before_takes_nothing_back(world, editor):
    path = upload(editor)
    state = hidden(editor, path, "state")
    send(editor, path, kind="new", day="2026-06-18", state=state)
    assert send(editor, path, kind="new", day="2026-05-18", state=state) == f"{path}?changed=1"
    assert [draft.batch for draft in all_drafts(world / "content")] == ["2026-06-18"]


def test_what_was_discarded_is_not_brought_back_by_another_page(world, editor):
    path = upload(editor)
    token = editor.token()
    send(editor, path, do="drop")
    body = urlencode({"_xsrf": token, "do": "answer accept 3"}).encode()
    answer, page = editor.ask(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 404
    assert said(page) == str(Message("desk.no-page"))
    assert not list(Path(world, "content/desk/drafts").glob("*/*"))


def test_no_address_of_a_framed_page_is_a_fault(editor):
    for path in ("/see/now/%00", "/see/before/%00", "/see/now/..%5c..%5cmkdocs.yml", "/see/now/%252e%252e/mkdocs.yml"):
        assert editor.ask(path)[0].status == 404


def test_a_record_that_no_file_could_hold_is_refused_in_words(editor):
    token = editor.token()
    empty = [(f"/records/{table}/", {}) for table in ("standards", "sources", "cases", "organisations", "fields")]
    odd = [
        ("/records/organisations/", {"own-address": address, "name:en": "Imagined"})
        for address in ("../x", "a b", "# x", "*x*", "null", "2026-02-31", "con", "x" * 300)
    ]
    batches = [(f"/records/standards/{one}", {"batch": batch}) for one in ("", "tea-1") for batch in ("../x", "<b>")]
    emptied = [(f"/records/{one}", {}) for one in ("sources/gazette", "events/first-kettle", "looked-at")]
    for path, fields in (*empty, *emptied, *odd, *batches):
        body = urlencode({"_xsrf": token, **fields}).encode()
        answer, page = editor.ask(path, "POST", body, Content_Type="application/x-www-form-urlencoded")
        assert answer.status == 200, (path, fields)
        assert "Nothing was saved; please mend this first" in page


def test_an_import_is_taken_back_after_its_site_was_built(built_world):
    with open_desk(built_world, "en") as door:
        editor = Visitor(door).come_in()
        path = upload(editor)
        for row in ("3", "4"):
            send(editor, path, do=f"answer accept {row}")
        send(editor, path, do="write", seen=hidden(editor, path, "seen"))
        before = {*keep_versions(built_world)}
        built = build(built_world, quietly)
        assert {"batches/2026-05", "standards/tea-101"} <= {*built.new_addresses}
        record_addresses(built_world, built.new_addresses)
        (version,) = {*keep_versions(built_world)} - before
        ledger = (built_world / "content/records/addresses.txt").read_text("utf-8")
        _, page = editor.ask("/history/000001")
        assert re.search(r"\d pages will be gone. Were they on the web already\?", page)
        send(editor, "/history/000001", unpublished="yes")
        content = read_content(built_world)
        assert not content.problems
        # What nobody saw is no version of the list either, and the next build minds nothing.
        assert {one.name for one in content.versions} == before
        build(built_world, quietly)
        send(editor, "/history/000002")
        assert version in {one.name for one in read_content(built_world).versions}
        assert (built_world / "content/records/addresses.txt").read_text("utf-8") == ledger
        assert not read_content(built_world).problems
        # The same is not offered twice.
        assert [entry.may_be_undone for entry in journal(built_world / "content")] == [True, False, False]


def test_an_attachment_that_another_version_of_the_desk_kept_is_shown(world):
    content = world / "content"
    sentence = Message("desk.no-longer-said", count=3)
    draft = begin_draft(content, "list.csv", CSV, date(2026, 11, 27))
    keep_draft(content, draft.with_answer(sentence, Answer("skip", "2", sentence)))
    place = content / draft.files[1]
    later = json.loads(place.read_bytes()[9:]) | {"colour": "red"}
    place.write_bytes(sealed("answers", json.dumps(later).encode()))
    with open_desk(world, "en") as door:
        editor = Visitor(door).come_in()
        for path in ("/", "/attachment", f"/attachment/{draft.name}"):
            answer, page = editor.ask(path)
            assert answer.status == 200, path
        assert str(Message("desk.of-another-version")) in page


@pytest.mark.parametrize("damage", ["{broken", "[]", "{}", "\0"])
def test_a_damaged_site_is_as_good_as_none(world, damage):
    write(world / SITE_FOLDER / JSON.path, damage)
    with open_desk(world, "en") as door:
        editor = Visitor(door).come_in()
        for path in ("/", "/see", "/publish"):
            assert editor.ask(path)[0].status == 200, path


@pytest.mark.parametrize("kind", ["link", "dangling link", "file"])
def test_nothing_is_kept_outside_the_content(world, tmp_path_factory, kind):
    elsewhere, place = tmp_path_factory.mktemp("elsewhere"), world / "content/desk"
    if kind == "file":
        place.write_text("tea")
    else:
        place.symlink_to(elsewhere if kind == "link" else elsewhere / "nowhere")
    with start(world) as process:
        words, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert words.startswith("content/desk: ")
    assert "Traceback" not in words
    assert list(elsewhere.iterdir()) == []


REFUSING = """
import os, pathlib, sys
put = os.replace
def replace(old, new):
    if pathlib.Path("refused").exists() and str(old) == "content/records/batches.yml":
        raise PermissionError(13, "Permission denied", str(old))
    put(old, new)
os.replace = replace
from generator.__main__ import commands
commands(["desk", "--no-browser"])
"""
"""A desk on a system where nobody replaces a file that another program has open."""


@pytest.fixture
def refused(world):
    """A browser in a desk which may not replace a file while `refused` lies in the project."""
    env = os.environ | {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(REPOSITORY), "PYTHONWARNINGS": "ignore"}
    with subprocess.Popen((sys.executable, "-c", REFUSING), env=env, stdout=subprocess.PIPE, text=True) as process:
        yield Visitor(door_of(process)).come_in()
        process.terminate()


def test_a_write_that_an_open_file_holds_up_is_finished_once_that_is_closed(world, refused):
    path = upload(refused)
    for row in ("3", "4"):
        send(refused, path, do=f"answer accept {row}")
    fields = {"_xsrf": refused.token(), "do": "write", "seen": hidden(refused, path, "seen")}
    (world / "refused").touch()
    form = {"Content_Type": "application/x-www-form-urlencoded"}
    answer, page = refused.ask(path, "POST", urlencode(fields).encode(), **form)
    assert answer.status == 500
    for _ in range(2):
        assert "Writing began and is not finished: content/records/batches.yml" in said(page)
        # No page shows half of it.
        answer, page = refused.ask("/history")
        assert answer.status == 500
    (world / "refused").unlink()
    assert "list.xlsx" in refused.ask("/history")[1]
    assert "2026-05:" in (world / "content/records/batches.yml").read_text("utf-8")
    assert not is_cut_off(world / "content")


def test_a_title_that_others_printed_is_not_replaced_while_a_batch_is_completed(world, editor):
    change_standard(world, "tea-1", {"title:en": "Pekoe", "standing:en": "official"})
    file = world / "content/records/standards/batch-2020-03.csv"
    before = file.read_bytes()
    path = "/complete/2020-03"
    _, page = editor.ask(f"{path}?all=1")
    assert 'name="tea-1.title:en"' not in page
    assert ">Pekoe</a>" in page
    fields = {name: hidden(editor, f"{path}?all=1", name) for name in ("tea-1.seen",)}
    kept = {"tea-1.title:zh-Hant": "白毫", "tea-1.field": "leaves", "tea-1.title:en": "Other"}
    assert send(editor, path, **fields, **kept).startswith(path)
    assert file.read_bytes() == before


def test_a_page_says_in_its_own_language_what_is_wrong_in_a_file(world):
    (world / "content/records/sources.yml").write_text("gazette: [\n")
    with open_desk(world, "zh-Hans") as door:
        editor = Visitor(door).come_in()
        editor.ask("/language/en")
        for path in ("/records/standards/tea-1", "/complete", "/complete/2020-03", "/complete/worksheet.xlsx"):
            answer, page = editor.ask(path)
            assert answer.status in (400, 404), path
            assert not re.search("[一-鿿]", said(page)), path


def test_nothing_was_reviewed_on_a_day_that_has_not_come(world, editor):
    path = "/complete/2020-03"
    fields = {"reviewer": "A. Editor", "reviewed-on": "2999-01-01", "tea-1.reviewed:en": "yes"}
    body = urlencode({"_xsrf": editor.token(), "tea-1.seen": hidden(editor, f"{path}?all=1", "tea-1.seen"), **fields})
    answer, page = editor.ask(path, "POST", body.encode(), Content_Type="application/x-www-form-urlencoded")
    assert answer.status == 200
    assert str(Message("edits.later-review", day="2999-01-01")) in page
    sheet = filled_in({"hen-chang": {TITLE: "Very long tea", DAY: "2999-01-01", PERSON: "A. Editor"}})
    assert [problem.key for problem in imported(sheet).problems] == ["wanted.later-review"]
