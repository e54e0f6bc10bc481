"""Every version that was published is kept, listed, released, and can be built again."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from pathlib import Path

import pytest

from generator.catalogue.versions import changes_since, with_snapshots
from generator.publishing.build import build
from generator.publishing.exports.list_files import standards_json
from generator.publishing.published import PUBLISHED, PUBLISHED_VERSIONS, keep_versions
from generator.publishing.release import write_release
from tests.browsing import served
from tests.conftest import published_list, quietly
from tests.test_api import validator
from tests.test_check import run
from tests.test_commands import replace
from tests.test_workflows import git

KEPT = "content/versions"
INDEX = "build/site/api/v1/versions/index.json"
UNKNOWN = "content/records/standards/batch-unknown.csv"


def publish(world: Path) -> str:
    """Build the world and keep its version, as the command does; the version."""
    build(world, quietly)
    keep_versions(world)
    return read(world / INDEX)["version"]


def publish_two(world: Path) -> tuple[str, str]:
    """Publish the world, then again with another title."""
    first = publish(world)
    replace(world / UNKNOWN, "Bitter Tea", "Bitterest Tea")
    return first, publish(world)


def read(path: Path):
    return json.loads(path.read_text("utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_keeps_its_version_once_and_is_not_stale_by_that(world):
    first = run("build", folder=world).stdout.splitlines()
    assert "1 new version in content/versions/; keep that folder with the records." in first
    second = run("build", folder=world).stdout.splitlines()
    assert ", 0 changed, " in second[-1]
    assert [line for line in second if "version" in line] == []
    site, kept = files(world / "build/site"), files(world / KEPT)
    assert len(kept) == 1
    # The folder of builds may go at any time, and the same list gives the same bytes.
    shutil.rmtree(world / "build")
    shutil.rmtree(world / KEPT)
    publish(world)
    assert files(world / KEPT) == kept
    assert files(world / "build/site") == site


def test_a_version_is_the_list_as_it_was_published(built_world):
    before = read(built_world / "build/site/api/v1/standards.json")
    first, second = publish_two(built_world)
    data = (built_world / KEPT / f"{first}.json.gz").read_bytes()
    assert json.loads(gzip.decompress(data)) == {"number": 1} | before
    assert (built_world / f"build/site/api/v1/versions/{first}/standards.json.gz").read_bytes() == data
    assert read(built_world / "build/site/api/v1/standards.json")["version"] == second


def test_versions_are_listed_the_newest_first_with_what_changed(built_world):
    first, second = publish_two(built_world)
    replace(built_world / "content/records/fields.yml", "Leaves", "Leaf")
    third = publish(built_world)
    index = read(built_world / INDEX)
    assert index["version"] == third
    none = {"added": [], "changed": [], "removed": []}
    assert [(one["version"], one.get("changes")) for one in index["versions"]] == [
        (third, none),
        (second, none | {"changed": ["ku-cha"]}),
        (first, None),
    ]
    valid = validator(built_world / "build/site/api/v1", "version")
    for one in index["versions"]:
        assert list(valid.iter_errors(one)) == []
        path = one["url"].removeprefix("http://127.0.0.1:8000/")
        assert (built_world / "build/site" / path).stat().st_size == one["bytes"]
        assert (one["recorded"], one["announced"]) == (8, 9)
        assert one["digest"][:8] == one["version"][-8:]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("zh-Hans", ["改动1项：[苦茶](../standards/ku-cha/)；", "最早保存的版本；"]),
        ("zh-Hant", ["改動1項：[苦茶](../standards/ku-cha/)；", "最早保存的版本；"]),
        ("en", ["1 changed: [Bitterest Tea](../standards/ku-cha/); ", "the first version kept; "]),
    ],
)
def test_the_page_of_versions_says_what_changed(built_world, language, lines):
    publish_two(built_world)
    page = (built_world / f"build/site/{language}/versions/index.md").read_text("utf-8").splitlines()
    rows = [row for row in page if row.startswith("| ")][-2:]
    assert all(words in row for words, row in zip(lines, rows, strict=True))


def test_a_version_is_not_lost_unless_it_is_meant(built_world):
    first, _ = publish_two(built_world)
    (built_world / KEPT / f"{first}.json.gz").unlink()
    refused = run("build", folder=built_world)
    assert refused.returncode == 1
    assert refused.stdout.splitlines() == [
        f"content/versions/{first}.json.gz was published and is gone; bring it back, or say --allow {first}",
        "1 version would be lost. Nothing was published; build/site is as it was.",
    ]
    assert run("build", "--allow", first, folder=built_world).returncode == 0
    assert first not in [one["version"] for one in read(built_world / INDEX)["versions"]]


def test_a_version_on_the_web_is_not_lost_by_a_machine_that_did_not_build_it(built_world):
    first, second = publish_two(built_world)
    shutil.copy(built_world / "build/site/api/v1/standards.json", built_world / "on-the-web.json")
    shutil.copy(built_world / INDEX, built_world / "index.json")
    shutil.rmtree(built_world / "build")
    (built_world / "build").mkdir()
    shutil.move(built_world / "on-the-web.json", built_world / PUBLISHED)
    shutil.move(built_world / "index.json", built_world / PUBLISHED_VERSIONS)
    # The last one may be missing here: it is committed after it was published.
    kept = (built_world / KEPT / f"{second}.json.gz").read_bytes()
    (built_world / KEPT / f"{second}.json.gz").unlink()
    replace(built_world / UNKNOWN, "Bitterest Tea", "Bitter Tea Again")
    third = publish(built_world)
    assert [one["version"] for one in read(built_world / INDEX)["versions"]] == [third, second, first]
    assert (built_world / KEPT / f"{second}.json.gz").read_bytes() == kept
    (built_world / KEPT / f"{first}.json.gz").unlink()
    assert "1 version would be lost" in run("build", folder=built_world).stdout
    (built_world / PUBLISHED_VERSIONS).write_text("[]", "utf-8")
    refused = run("build", folder=built_world).stdout
    assert refused.startswith("build/published-versions.json: is no index of versions (")


def test_what_only_serve_showed_is_no_version(built_world):
    """A site that was built but not kept, as `serve` does on every save."""
    replace(built_world / UNKNOWN, "Bitter Tea", "Bitterest Tea")
    build(built_world, quietly)
    replace(built_world / UNKNOWN, "Bitterest Tea", "Bitter Tea Again")
    last = publish(built_world)
    assert [path.name for path in (built_world / KEPT).iterdir()] == [f"{last}.json.gz"]


def other_name(path: Path) -> None:
    path.rename(path.with_name("2026-11-23-00000000.json.gz"))


@pytest.mark.parametrize(
    ("damage", "reason"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "it is cut off, or holds more than one list"),
        (lambda path: path.write_bytes(path.read_bytes() * 2), "it is cut off, or holds more than one list"),
        (lambda path: path.write_bytes(b"not compressed"), "Error -3 while decompressing data: incorrect header check"),
        (lambda path: path.write_bytes(gzip.compress(b"[]")), "its name is not that of its version"),
        (other_name, "its name is not that of its version"),
        (lambda path: (path.unlink(), path.mkdir()), "Is a directory"),
    ],
)
def test_a_damaged_version_is_one_sentence(built_world, damage, reason):
    name = publish(built_world)
    damage(built_world / KEPT / f"{name}.json.gz")
    (path,) = (built_world / KEPT).iterdir()
    result = run("check", folder=built_world)
    assert result.stdout.splitlines() == [
        f"content/versions/{path.name}:1: is no version of the list ({reason}); "
        "bring it back from the repository, or move it elsewhere",
        "1 problem. Nothing was written.",
    ]


def test_a_version_that_cannot_be_kept_is_kept_by_the_next_build(built_world):
    (built_world / KEPT).write_text("", "utf-8")
    refused = run("build", folder=built_world)
    assert refused.returncode == 1
    assert "content/versions: cannot be written (File exists). The site is published;" in refused.stderr
    (built_world / KEPT).unlink()
    assert "1 new version in content/versions/" in run("build", folder=built_world).stdout


def test_three_years_of_versions_of_the_real_list_are_small(real_content):
    listed = published_list(real_content)
    versions = []
    for n in range(60):
        for one in list(listed.facts.values())[n % 7 :: 7]:
            one["title:en"] = f"{one['title:en'].split(' No.')[0]} No. {n}"
        snapshot = json.loads(standards_json(listed)) | {"version": f"2029-01-01-{n:08x}"}
        versions = with_snapshots(versions, [json.dumps(snapshot)])
    assert len(versions) == 60
    assert len(changes_since(versions[-2], versions[-1]).changed) >= 7
    assert sum(len(one.data) for one in versions) < 1_000_000


def test_a_release_has_notes_in_three_languages_and_files_with_their_sums(built_world):
    first = publish(built_world)
    assert write_release(built_world) == first
    assert "The first version. changes.json has the whole log." in (built_world / "build/release/notes.md").read_text(
        "utf-8"
    )
    records = built_world / UNKNOWN
    header, *rows = records.read_text("utf-8").splitlines()
    cells = dict(zip(header.split(","), rows[-1].split(","), strict=True))
    assert cells["address"] == "ku-cha"
    cells |= {"address": "xin-cha", "title:zh-Hans": "新茶", "title:zh-Hant": "新茶", "title:en": "New Tea"}
    cells["recorded_on"] = "2027-03-01"
    records.write_text("\n".join([header, *rows, ",".join(cells.values())]) + "\n", "utf-8")
    second = publish(built_world)
    assert write_release(built_world) == second
    notes = (built_world / "build/release/notes.md").read_text("utf-8").splitlines()
    assert [line for line in notes if line.startswith(("##", "-", "Since", "自"))] == [
        f"## 湾区标准清单 {second}",
        f"自版本{first}以来的变动：",
        "- 新收录：新茶 · 来源没有说明属于哪一批",
        f"## 灣區標準清單 {second}",
        f"自版本{first}以來的變動：",
        "- 新收錄：新茶 · 來源沒有說明屬於哪一批",
        f"## The list of GBA Standards (Bay Area Standards) {second}",
        f"Since version {first}:",
        "- Newly recorded: New Tea · announcement not stated",
    ]
    folder = built_world / "build/release"
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text("utf-8").splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest() for name, data in files(folder).items() if name != "SHA256SUMS"
    }
    assert sums.keys() == {"notes.md", "standards.json", "standards.csv", "standards.xlsx", "changes.json"}


def test_a_release_of_another_version_is_refused(built_world):
    replace(built_world / UNKNOWN, "Bitter Tea", "Bitterest Tea")
    refused = run("release", folder=built_world)
    assert refused.returncode == 1
    assert "build/site does not hold the version" in refused.stderr


def test_a_served_copy_is_the_same_until_one_byte_changes(built_world):
    publish(built_world)
    with served(built_world / "build/site") as address:
        same = run("verify", address, folder=built_world)
        assert (same.returncode, same.stderr) == (0, "")
        assert same.stdout.startswith("The same as version ")
        path = built_world / "build/site/en/standards/ku-cha/index.html"
        path.write_bytes(path.read_bytes().replace(b"Bitter Tea", b"Bitter Tee", 1))
        (built_world / "build/site/robots.txt").unlink()
        changed = run("verify", address, folder=built_world)
    assert changed.returncode == 1
    assert changed.stdout.splitlines()[:-1] == [
        "en/standards/ku-cha/index.html differs",
        "robots.txt cannot be read (the site answers 404)",
    ]
    assert changed.stdout.splitlines()[-1].startswith("2 differences from version ")


def test_a_version_before_is_found_in_the_repository_and_built_again(built_world, tmp_path_factory):
    """The commit of its records lacks the versions, which are kept after they are published."""
    git(built_world, "init", "--quiet", "--initial-branch=main")
    (built_world / ".gitignore").write_text(f"/build/\n/.cache/\n/{KEPT}/\n", "utf-8")
    _, second = publish_two(built_world)
    copy = shutil.copytree(built_world / "build/site", tmp_path_factory.mktemp("copy") / "site")
    for title in ("Bitterest Tea", "Sweet Tea"):
        replace(built_world / UNKNOWN, "Bitterest Tea", title)
        publish(built_world)
        git(built_world, "add", ".")
        git(built_world, "commit", "--quiet", "--message", title)
    same = run("verify", str(copy), folder=built_world)
    assert (same.returncode, same.stderr) == (0, "")
    assert same.stdout.startswith(f"The same as version {second}, ")
    (copy / "stranger.html").write_text("a stranger’s", "utf-8")
    (copy / "robots.txt").write_text("a stranger’s", "utf-8")
    changed = run("verify", str(copy), folder=built_world)
    assert changed.returncode == 1
    assert changed.stdout.splitlines()[:-1] == ["robots.txt differs", "stranger.html is not part of the version"]


@pytest.mark.parametrize(
    ("index", "reason"),
    [
        (None, "api/v1/index.json names no version of the list (No such file or directory)"),
        ("[", "api/v1/index.json names no version of the list (Expecting value: line 1 column 2 (char 1))"),
        (
            '{"version": "2026-11-23-00000000", "digest": "", "standards_url": "https://a/api/v1/standards.json"}',
            "git cannot look for the version: fatal: not a git repository (or any of the parent directories): .git",
        ),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(world, tmp_path, index, reason):
    site = tmp_path / "somewhere"
    (site / "api/v1").mkdir(parents=True)
    if index:
        (site / "api/v1/index.json").write_text(index, "utf-8")
    refused = run("verify", str(site), folder=world)
    assert refused.returncode == 1
    assert refused.stderr.splitlines()[-1].endswith(f"{reason}. Nothing was compared.")
    assert "Traceback" not in refused.stderr
