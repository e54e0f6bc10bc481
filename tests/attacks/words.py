"""Damage to words, prose, settings and the frame, with machines that print or read little."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from contextlib import chdir
from pathlib import Path

from generator.publishing.build import build
from tests.attacks.trial import Trial, copy_of, generator_command, project_copy, run, same_files
from tests.conftest import WORLD, quietly
from tests.damages import DAMAGES, KINDS, ODD, Damage, damaged, files_of
from tests.test_check_and_build import faults_of

SECONDS = 10
"""So long a check may take."""
AT_RANDOM = 300
"""Damages at random."""
WRONG_LINES = {
    "content/pages/en/about.md": (
        "<<<<<<< HEAD",
        "a\u202eb",
        "{{ 7*7 }}",
        "{% if a %}",
        "# Again",
        "<script>",
        "[a](//[b/)",
    ),
    "content/labels.yml": (
        "copy: {zh-Hans: '{a[0]}', zh-Hant: '{a[0]}', en: '{a[0]}'}",
        "tea: [",
        "tea: ~",
        "a: &a [*a]",
    ),
    "content/scripts.yml": ("茶: 茶", "茶: {zh-Hant: [茶], why: {a: b}}", "- 茶", "茶: {zh-Hant: 茶, why: ''}"),
    "mkdocs.yml": ("nav: 3", "site_url:", "plugins: [teapot]", "a: !!python/name:os.system", "extra: ["),
    "overrides/main.html": ("{% if %}", "{{ page", "a\u200bb", "{% include %}"),
}
"""File → lines of which each is wrong at its end."""
WRONG_VARIABLES = (
    "https://a b/",
    "https://a/;}",
    "https://[bad/",
    "a.invalid",
    "https://a/?b",
    "https://a:b@c/",
    "\u202e",
)
CODE_PAGES = ("ascii", "cp1252", "cp936", "cp437", "utf-16")


def trials(seed: int) -> Iterator[Trial]:
    """Every trial of this room; `seed` decides what is damaged at random."""
    yield from _refused()
    yield _at_random(seed)
    yield _code_pages()


def _refused() -> Iterator[Trial]:
    """What must be refused with file and line, and nothing written."""
    lines = Trial("1a", "wrong words, pages, settings, templates: refused by `check`, file:line, nothing written")
    places = Trial("1a", "folders, pipes, devices, links, absurd sizes in the place of each file: the same")
    variables = Trial("1a", "odd addresses in the environment: the same")
    with project_copy(WORLD) as project:
        whole = copy_of(project, project.parent / "whole")
        for file, wrong in WRONG_LINES.items():
            for line in wrong:
                with damaged(project, Damage(file, "insert", 1, f"\n\n{line}\n".encode())):
                    lines.expect(*_refusal(project, file, line))
        for file in files_of(project):
            for kind in KINDS:
                is_optional = file.endswith(".csv") or "/assets/" in file
                if is_optional and kind in ("missing", "a folder"):
                    continue
                with damaged(project, Damage(file, kind, 0, b"")):
                    places.expect(*_refusal(project, file, kind))
        for name in ("SITE_URL", "REPOSITORY_URL", "SECURITY_CONTACT", "CONTACT"):
            for text in WRONG_VARIABLES:
                variables.expect(*_refusal(project, "mkdocs.yml", name, {name: text}))
        lines.expect(same_files(project, whole), "something was written")
    yield from (lines, places, variables)


def _refusal(project: Path, file: str, what: str, variables: Mapping[str, str] | None = None) -> tuple[bool, str]:
    """Whether `check` refuses the `project` as it should, for what is wrong in `file`; what it did."""
    check = run(generator_command("check"), project, variables)
    is_said = any(line.startswith(f"{file}:") and line.split(":")[1].isdigit() for line in check.output.splitlines())
    is_right = check.code == 1 and is_said and not check.is_traceback and check.seconds <= SECONDS
    return is_right, f"{file}, {what!r}: {check.code} after {check.seconds:.0f} s, {check.last_line()}"


def _at_random(seed: int) -> Trial:
    """Damages of which nobody knows whether they harm: `check` and `build` agree."""
    trial = Trial("1d", "damages at random of any file: built where `check` passes, refused the same way where not")
    chance = random.Random(seed)
    with project_copy(WORLD) as project, chdir(project):
        build(Path(), quietly)
        files = files_of(Path())
        for _ in range(AT_RANDOM):
            damage = Damage(chance.choice(files), chance.choice(DAMAGES), chance.random(), chance.choice(ODD))
            with damaged(Path(), damage):
                faults = faults_of(Path())
            trial.expect(not faults, f"{damage}: {faults[:2]}")
    return trial


def _code_pages() -> Trial:
    """What is printed where characters are lacking."""
    trial = Trial("2g", "commands on machines whose code page lacks characters: no traceback")
    with project_copy(WORLD) as project:
        (project / "content/records/fields.yml").write_text("leaves: 绿葉\n葉绿: 🍵\n", encoding="utf-8")
        for encoding in CODE_PAGES:
            for command in (["check"], ["build"], ["changes"], ["rollback"], ["import", "茶\udcff.csv"]):
                said = run(generator_command(*command), project, {"PYTHONIOENCODING": encoding})
                trial.expect(said.code == 1 and not said.is_traceback, f"{encoding}, {command[0]}: {said.last_line()}")
    return trial
