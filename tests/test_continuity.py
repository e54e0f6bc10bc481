"""What was published is not broken: addresses live on, identifiers stay, one step back is always open."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from generator.catalogue import check
from generator.catalogue.content import read_content
from generator.catalogue.continuity import broken
from generator.catalogue.facts import facts_in
from generator.publishing import published as site
from generator.publishing.build import build, roll_back
from generator.publishing.exports.list_files import standards_json
from generator.publishing.published import UnpublishedError, record_addresses, version_in
from tests.conftest import published_list, quietly
from tests.test_check import run
from tests.test_commands import replace

BEFORE = {
    "tea-1": {"address": "tea-1", "list_identifier": "TEA 1", "designation": "茶/T 1-2020"},
    "tea-2": {"address": "tea-2", "list_identifier": "TEA 2"},
}


@pytest.mark.parametrize(
    ("after", "allowed", "sentences"),
    [
        (BEFORE, (), []),
        ({**BEFORE, "tea-3": {"list_identifier": "TEA 3"}}, (), []),
        (
            {"tea-1": BEFORE["tea-1"]},
            (),
            [
                "standards/tea-2 was published and is gone; bring the record back (a withdrawn standard keeps its "
                "page), or put the address into former_addresses of the record it became, or say --allow tea-2"
            ],
        ),
        ({"tea-1": BEFORE["tea-1"]}, ("tea-2",), []),
        ({"tea-1": BEFORE["tea-1"], "x": {"list_identifier": "TEA 2", "former_addresses": "tea-2"}}, (), []),
        (
            {"tea-1": {"list_identifier": "TEA 2"}, "tea-2": {"list_identifier": "TEA 1"}},
            (),
            [
                "TEA 1 was published as tea-1 and would now be tea-2; an identifier stays with its standard: "
                "correct it, or say --allow 'TEA 1'",
                "TEA 2 was published as tea-2 and would now be tea-1; an identifier stays with its standard: "
                "correct it, or say --allow 'TEA 2'",
            ],
        ),
        (
            {"tea-1": {**BEFORE["tea-1"], "former_addresses": "tea-2"}},
            (),
            [
                "2 standards were published and 1 are recorded, none withdrawn: tea-2 became part of others; "
                "undo it, or say --allow fewer"
            ],
        ),
        ({"tea-1": {**BEFORE["tea-1"], "former_addresses": "tea-2"}}, ("fewer",), []),
    ],
)
def test_a_broken_promise_is_named_with_the_way_to_mean_it(after, allowed, sentences):
    assert list(map(str, broken(BEFORE, after, allowed))) == sentences


def publish(world: Path) -> None:
    """Build the world and keep its addresses, as the command does."""
    record_addresses(world, build(world, quietly).new_addresses)


def test_what_was_never_published_may_still_change(built_world):
    """A new record seen under `serve` only, whose address is being thought about."""
    replace(built_world / "content/records/standards/batch-unknown.csv", "ku-cha,", "ku-cha-2,")
    build(built_world, quietly)
    assert not (built_world / "build/site/en/standards/ku-cha").exists()


def test_an_identifier_that_changed_hands_is_not_published_unless_it_is_meant(built_world):
    publish(built_world)
    before = (built_world / "build/site/index.html").stat().st_mtime_ns
    replace(built_world / "content/records/standards/batch-2020-03.csv", "tea-3,TEA 3,", "tea-3,,")
    replace(built_world / "content/records/standards/batch-2021-09.csv", "tea-9,TEA 9,", "tea-9,TEA 3,")
    process = run("build", folder=built_world)
    assert process.returncode == 1
    assert process.stdout.splitlines() == [
        "TEA 3 was published as tea-3 and would now be tea-9; an identifier stays with its standard: "
        "correct it, or say --allow 'TEA 3'",
        "1 break with the published list. Nothing was published; build/site is as it was.",
    ]
    assert (built_world / "build/site/index.html").stat().st_mtime_ns == before
    assert run("build", "--allow", "TEA 3", folder=built_world).returncode == 0


def test_a_machine_that_did_not_build_the_last_site_holds_the_new_one_against_its_snapshot(built_world):
    shutil.copy(built_world / "build/site/api/v1/standards.json", built_world / "published.json")
    shutil.rmtree(built_world / "build")
    (built_world / "build").mkdir()
    shutil.move(built_world / "published.json", built_world / site.PUBLISHED)
    replace(built_world / "content/records/standards/batch-unknown.csv", "ku-cha,", "ku-cha-2,")
    with pytest.raises(UnpublishedError, match="1 break with the published list"):
        build(built_world, quietly)
    (built_world / site.PUBLISHED).write_text("[]", "utf-8")
    with pytest.raises(UnpublishedError) as refused:
        build(built_world, quietly)
    assert [str(problem) for problem in refused.value.problems] == [
        "build/published.json: is no snapshot of the list (it has no list of standards); "
        "a published api/v1/standards.json is wanted"
    ]


def test_a_page_that_would_die_is_not_published_over(built_world, monkeypatch):
    publish(built_world)
    monkeypatch.setattr(site, "broken", lambda *_: [])
    monkeypatch.setattr(check, "vanished_addresses", lambda _: [])
    replace(built_world / "content/records/standards/batch-unknown.csv", "ku-cha,", "ku-cha-2,")
    with pytest.raises(UnpublishedError) as refused:
        build(built_world, quietly)
    assert [str(problem) for problem in refused.value.problems] == [
        f"{page}/ku-cha/ was published and would be gone; bring it back, or say --allow ku-cha"
        for page in ("en/standards", "s", "zh-Hans/standards", "zh-Hant/standards")
    ]
    assert (built_world / "build/site/en/standards/ku-cha/index.html").is_file()


def test_one_step_back_and_forth(built_world):
    first = (built_world / "build/site/en/standards/ku-cha/index.html").read_bytes()
    version = version_in(built_world / "build/site")
    with pytest.raises(UnpublishedError, match="There is no earlier site to go back to"):
        roll_back(built_world)
    replace(built_world / "content/records/standards/batch-unknown.csv", "Bitter Tea", "Bitterest Tea")
    build(built_world, quietly)
    second = (built_world / "build/site/en/standards/ku-cha/index.html").read_bytes()
    assert first != second
    process = run("rollback", folder=built_world)
    assert process.stdout == (
        f"build/site holds the list {version} again. The next build publishes what the records say.\n"
    )
    assert (built_world / "build/site/en/standards/ku-cha/index.html").read_bytes() == first
    roll_back(built_world)
    assert (built_world / "build/site/en/standards/ku-cha/index.html").read_bytes() == second
    roll_back(built_world)
    build(built_world, quietly)
    assert (built_world / "build/site/en/standards/ku-cha/index.html").read_bytes() == second


def test_changes_are_those_since_the_published_snapshot(world):
    nothing = run("changes", folder=world)
    assert nothing.returncode == 1
    assert "There is no published list to compare with; name its standards.json: changes --since FILE" in nothing.stderr
    build(world, quietly)
    snapshot = world / "last-year.json"
    shutil.copy(world / "build/site/api/v1/standards.json", snapshot)
    replace(world / "content/records/standards/batch-unknown.csv", "Bitter Tea", "Bitterest Tea")
    expected = "~ ku-cha: English title: Bitter Tea → Bitterest Tea\n1 change since {}.\n"
    assert run("changes", folder=world).stdout == expected.format("build/site/api/v1/standards.json")
    assert run("changes", "--since", "last-year.json", folder=world).stdout == expected.format("last-year.json")
    snapshot.write_text("{", "utf-8")
    broken_file = run("changes", "--since", "last-year.json", folder=world)
    assert "last-year.json: is no snapshot of the list" in broken_file.stderr
    assert "Traceback" not in broken_file.stderr


def test_a_snapshot_holds_every_fact_of_the_records(world):
    listed = published_list(read_content(Path()))
    assert facts_in(json.loads(standards_json(listed))) == listed.facts
