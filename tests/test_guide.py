"""The editor's guide leads to where it says, in words and pictures of what is there."""

from __future__ import annotations

import re
import shlex
from itertools import groupby
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser

from generator.__main__ import commands
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import MESSAGES
from generator.catalogue.records import read_yaml
from tests.conftest import REPOSITORY
from tests.desks import open_desk
from tests.guide_pictures import ATTACHMENT, PICTURES, Walk, announcement

README = (REPOSITORY / "README.md").read_text("utf-8")
STARTER = (REPOSITORY / "desk.cmd").read_text("utf-8")
GUIDE = (REPOSITORY / "content/README.md").read_text("utf-8")
_, *PARTS = re.split("^## ", GUIDE, flags=re.MULTILINE)
FIRST_PAGES = {language: part.split("\n### ")[1] for language, part in zip(LANGUAGES, PARTS, strict=True)}
"""Language → how a batch is announced at the desk."""
QUOTED = {"zh-Hans": "“([^”]*)”", "zh-Hant": "「([^」]*)」", "en": "“([^”]*)”"}


def quoted(language: str) -> list[str]:
    """The words of the desk that the first page of the guide names, one after the other."""
    words = re.findall(QUOTED[language], FIRST_PAGES[language])
    return [word for word, _ in groupby(words)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_first_page_says_to_press_is_worded_so_at_the_desk(language):
    worded = {row[language] for row in read_yaml(MESSAGES / "desk.yml", []) or []}
    assert len(quoted(language)) > 25
    assert sorted(set(quoted(language)) - worded) == []


def test_each_picture_is_there_in_each_language_and_shown_once():
    shown = {language: re.findall(r"!\[\S.*\]\(guide/(\S+)\)", FIRST_PAGES[language]) for language in LANGUAGES}
    names = [name.removeprefix("en-") for name in shown["en"]]
    assert len(names) > 5
    assert shown == {language: [f"{language}-{name}" for name in names] for language in LANGUAGES}
    assert {path.name for path in PICTURES.iterdir()} == {name for group in shown.values() for name in group}
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) < 1_000_000


def typed(text: str) -> list[list[str]]:
    """The words of each command of the generator in `text`; one that is given by its options alone is an import."""
    lines = []
    for code in re.findall(r"`((?:[A-Z_]+=\S+ )?(?:make [a-z]|\S+ -m generator |--)[^`]*)`", text):
        match shlex.split(re.sub(r"^[A-Z_]+=\S+ ", "", code).replace("\\", "/")):
            case ["make", target, *variables]:
                values = [word for variable in variables for word in shlex.split(variable.partition("=")[2])]
                lines.append([{"site": "build"}.get(target, target), *values])
            case [_, "-m", "generator", *words]:
                lines.append(words)
            case options:
                lines.append(["import", *options])
    return lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_command_in_the_guide_is_understood(language):
    lines = typed(PARTS[LANGUAGES.index(language)])
    assert {"desk", "check", "import", "build", "serve", "changes", "rollback"} <= {line[0] for line in lines}
    assert {"--language", "--accept", "--column", "--allow", "--write"} <= {word for line in lines for word in line}
    for line in lines:
        outcome = CliRunner().invoke(commands, [*line, "value", "--help"])
        assert outcome.exit_code == 0, (line, outcome.output)


def test_whoever_follows_the_first_page_gets_there_and_back(built_world, browser: Browser, tmp_path_factory):
    attachment = tmp_path_factory.mktemp("received") / ATTACHMENT
    attachment.write_bytes(announcement())
    records, site = built_world / "content/records", built_world / "build/site"
    before = texts_of(records)
    seen = []
    with open_desk(built_world) as address:
        page = browser.new_page()
        page.goto(address)
        walk = Walk(page, "zh-Hans", lambda name, _: seen.append((name, (site / "zh-Hans/batches/2022-01").exists())))
        walk.to_the_end(attachment)
    pictures = re.findall(r"\(guide/zh-Hans-(\w+)\.webp\)", FIRST_PAGES["zh-Hans"])
    # The new announcement is in the site once that is built.
    assert seen == [(name, number >= pictures.index("see")) for number, name in enumerate(pictures)]
    words = iter(quoted("zh-Hans"))
    assert [word for word, _ in groupby(walk.pressed) if word not in words] == []
    assert not (site / "zh-Hans/batches/2022-01").exists()
    after = texts_of(records)
    # The first build has noted down the addresses of the imaginary world.
    assert not re.search("2022-01|cha-t|chen-lu", after.pop("addresses.txt"))
    del before["addresses.txt"]
    assert after == before


def texts_of(folder: Path) -> dict[str, str]:
    """The text of each file below `folder`."""
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def test_the_desk_starts_on_windows_by_what_make_runs_elsewhere():
    (lines,) = re.findall(r"On Windows, two commands.*?```\n(.*?)```", README, re.DOTALL)
    install, start = lines.splitlines()
    assert start == ".\\desk"
    for text in FIRST_PAGES.values():
        assert f"`{install}`" in text
        assert f"`{start}`" in text
        assert "`desk.cmd`" in text
        assert "`make desk`" in text
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    (oldest,) = re.findall(r"sys\.version_info < \(([^)]*)\)", makefile)
    assert f"sys.version_info < ({oldest})" in STARTER
    for part in ("-m venv", "--disable-pip-version-check --require-hashes", "-r requirements/site.txt"):
        assert part in STARTER
        assert part in makefile
    assert "-m generator desk" in STARTER


def test_the_starter_fits_windows():
    """Each label that is gone to is there; cmd reads its own lines alone until the code page is chosen."""
    assert set(re.findall(r"goto (\w+)", STARTER)) == set(re.findall(r"^:(\w+)", STARTER, re.MULTILINE))
    assert STARTER.partition("chcp 65001")[0].isascii()
    assert "*.cmd eol=crlf" in (REPOSITORY / ".gitattributes").read_text("utf-8").splitlines()
