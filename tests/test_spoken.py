"""Every command speaks Chinese to whoever asks for it, in what it does and in what it refuses."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import generator.__main__ as program
from generator.catalogue.content import read_content
from generator.publishing.incremental.manifest import read_manifest
from generator.publishing.incremental.names import called
from generator.publishing.pages import PAGE_KINDS
from generator.publishing.published import KINDS_OF_PAGE, version_in
from tests.conftest import REPOSITORY
from tests.test_check import run
from tests.test_check_and_build import as_other

BY_THEMSELVES = re.compile(
    r"“[^”]*”|「[^」]*」|`[^`]*`|python -m generator( \w+)?|make \w+( [A-Z]+=('[^']*'|\S+))*"
    r"|https?://\S+|[\w.-]*[/.][\w./-]+|--\w+( [\w-]+)?"
)
"""What is quoted or typed, and paths: it is the same in every language."""
ENGLISH = re.compile(r"[A-Za-z]+(?: [A-Za-z]+){2,}")


def english_in(text: str) -> list[str]:
    """The English in `text`, outside what is quoted or typed."""
    return [words[0] for line in text.splitlines() for words in ENGLISH.finditer(BY_THEMSELVES.sub("", line))]


def test_the_usual_outputs_of_each_command(world):
    def said(*words: str) -> list[str]:
        outcome = run(*words, "--language", "zh-Hans", folder=world)
        assert (outcome.returncode, outcome.stderr) == (0, "")
        return outcome.stdout.splitlines()

    version = read_content(world).catalogue().version
    assert said("check")[0] == (
        f"8项标准、3个领域、2个批次、2个机构、7个应用案例、3个来源；已公布9项标准。版本 {version}。没有问题。"
    )
    *first, summary = said("build")
    assert first == [
        "content/records/addresses.txt 里加了18个新网址；请把这个文件和记录一起保存。",
        "content/versions/ 里加了1个新版本；请把这个文件夹和记录一起保存。",
        "网页里的规范网址以 http://127.0.0.1:8000/ 开头；放上网以前请设好 SITE_URL。",
    ]
    assert re.fullmatch(r"共(\d+)页，改动\1页（标准24、领域9、.+、入口1），\d+\.\d秒", summary)
    assert said("changes") == ["与 build/site/api/v1/standards.json 相比有0处变化。"]
    assert said("release") == [f"build/release 里是发行版 v{version}。"]
    assert re.fullmatch(rf"与版本 {version} 相同，共\d+个文件。", said("verify", "build/site")[-1])
    records = world / "content/records/standards/batch-unknown.csv"
    records.write_text(records.read_text("utf-8").replace("Bitter Tea", "Bitterest Tea"), "utf-8")
    assert said("changes")[-1] == "与 build/site/api/v1/standards.json 相比有1处变化。"
    explained = said("build", "--explain")
    assert "standards/ku-cha/（改动：ku-cha）" in explained
    assert "搜索索引（改动：ku-cha、versions/）" in explained
    assert said("rollback") == [f"build/site 里又是清单 {version}。下一次生成会按记录发布。"]
    assert version_in(world / "build/site") == version


def test_all_that_a_build_tells_of_has_a_name_in_chinese(built_world):
    kinds = {kind.__name__.rpartition(".")[2] for kind in PAGE_KINDS}
    assert kinds | {"removed"} == KINDS_OF_PAGE.keys()
    manifest = read_manifest(built_world / "build")
    # What is named by its address or its file is so in every language.
    names = {name for name in (*manifest.targets, *manifest.everywhere) if not re.search("[/.]", name)}
    assert {"search index", "the program", "home"} <= names
    assert {name for name in names if called(name) == name} == set()


def without_rights(world: Path) -> None:
    (world / "content/labels.yml").chmod(0)


def without_words(world: Path) -> None:
    path = world / "content/labels.yml"
    path.write_text(path.read_text("utf-8").replace("\nown_name_short:", "\nown_name_shrt:"), "utf-8")


def with_dead_links(world: Path) -> None:
    path = world / "content/pages/en/about.md"
    path.write_text(path.read_text("utf-8") + "\n[gone](../standards/gone/) [place](../standards/#no-place)\n", "utf-8")


def with_a_broken_hook(world: Path) -> None:
    (world / "overrides/words.py").write_text("1 / 0\n", "utf-8")


def with_odd_settings(world: Path) -> None:
    path = world / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("\nextra:\n", "\nextra:\nextras:\n"), "utf-8")


def with_a_broken_template(world: Path) -> None:
    (world / "overrides/main.html").write_text("{% if %}", "utf-8")


def with_a_stranger(world: Path) -> None:
    (world / "stranger.json").write_text("[]", "utf-8")


def with_a_site_of_nobody(world: Path) -> None:
    (world / "nobody/api/v1").mkdir(parents=True)
    (world / "nobody/api/v1/index.json").write_text(
        '{"version": "2026-11-23-00000000", "digest": "", "standards_url": "https://a/api/v1/standards.json"}', "utf-8"
    )


def as_it_is(_: Path) -> None:
    """The world needs no fault of its own."""


FAULTS: list[tuple[Callable[[Path], None], str, str]] = [
    (without_rights, "check", "content/labels.yml:1: 读不出来（没有权限）"),
    (without_words, "check", "content/labels.yml:1: 缺少词条“own_name_short”"),
    (with_odd_settings, "check", "mkdocs.yml:56: extra 下面应有各项的名称，缩进两格"),
    (with_a_broken_template, "check", "overrides/main.html:1: 不是可以印出的模板"),
    (with_dead_links, "build", "en/about/index.html 链接到 ../standards/gone/，但那里没有内容"),
    (with_dead_links, "build", "生成的网页有2个错误。什么都没有发布；build/site 保持原样。"),
    (
        with_a_broken_hook,
        "build",
        "overrides/words.py:1：MkDocs 无法继续（原文是“ZeroDivisionError",
    ),
    (with_a_broken_hook, "build", "MkDocs 不接受这些网页。什么都没有发布；build/site 保持原样。"),
    (as_it_is, "rollback", "没有更早的网站可以放回。build/site 保持原样。"),
    (as_it_is, "changes", "没有已发布的清单可以比较；请指明它的 standards.json"),
    (with_a_stranger, "changes --since stranger.json", "stranger.json：不是清单的快照（里面没有标准的清单）"),
    (as_it_is, "release", "build/site 里不是版本"),
    (
        as_it_is,
        "verify nowhere",
        "nowhere：api/v1/index.json 没有说是清单的哪个版本（没有这个文件或文件夹）。",
    ),
    (with_a_site_of_nobody, "verify nobody", "git 找不了这个版本"),
    (as_it_is, "import nowhere.xlsx", "nowhere.xlsx：读不出来（没有这个文件或文件夹）。没有写入任何文件。"),
    (as_it_is, "serve --teapot", "没有“--teapot”这个选项"),
]


@pytest.mark.parametrize(("arrange", "words", "sentence"), FAULTS, ids=[words for _, words, _ in FAULTS])
def test_what_goes_wrong_is_said_in_chinese_alone(world, arrange, words, sentence):
    arrange(world)
    for language in ("zh-Hans", "zh-Hant"):
        outcome = as_other(*words.split(), "--language", language, folder=world)
        said = (outcome.stdout + outcome.stderr).decode()
        assert outcome.returncode in (1, 2)
        assert (sentence in said) is (language == "zh-Hans")
        assert english_in(said) == []


def test_what_the_keyboard_stops_says_so(world, monkeypatch):
    def stop(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(program, "check_content", stop)
    outcome = CliRunner().invoke(program.commands, ["--language", "zh-Hans", "check"])
    assert (outcome.exit_code, outcome.output.strip()) == (1, "已停止。")


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("import", "请说明是哪个附件：make import FILE="), ("verify", "请说明是哪个网站：make verify URL=")],
)
def test_make_without_a_file_or_a_site_asks_for_it_in_chinese(tmp_path, target, sentence):
    shutil.copy(REPOSITORY / "Makefile", tmp_path)
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements/site.txt").touch()
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    for stamp in ("python", "site"):
        (tmp_path / f".venv/{stamp}.stamp").touch()
    outcome = subprocess.run(
        ("make", target, "ARGS=--language zh-Hans"),
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": f"{REPOSITORY}:{sysconfig.get_path('purelib')}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 2
    assert outcome.stderr.startswith(sentence)


@pytest.mark.parametrize(("language", "sentence"), [("zh-Hans", "文件太大"), ("zh-Hant", "檔案太大")])
def test_a_full_disk_is_said_in_chinese_alone(world, language, sentence):
    outcome = run("build", "--language", language, folder=world, largest=3000)
    assert outcome.returncode == 1
    assert f"（{sentence}）；" in outcome.stdout
    assert english_in(outcome.stdout + outcome.stderr) == []


@pytest.mark.parametrize(("language", "sentence"), [("zh-Hans", "端口已被占用"), ("zh-Hant", "連接埠已被佔用")])
def test_a_port_that_is_taken_is_said_in_chinese_alone(world, language, sentence):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        outcome = run("serve", "--language", language, "--port", str(taken.getsockname()[1]), folder=world)
    assert outcome.returncode == 1
    assert f"（{sentence}）；" in outcome.stderr
    assert english_in(outcome.stderr) == []
