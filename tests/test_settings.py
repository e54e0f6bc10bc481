"""What mkdocs.yml and the environment decide, and what is said when they cannot be used."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from generator.publishing.build import UnpublishedError, build
from generator.publishing.settings import Settings, environment, read_settings
from generator.publishing.trial import check_content
from tests.conftest import REPOSITORY, quietly


def settings_of(project: Path) -> Settings:
    """The settings of a `project` in which nothing is wrong."""
    settings = read_settings(project, problems := [])
    assert settings is not None, problems
    return settings


def sentences(project: Path) -> list[str]:
    """What is wrong with the settings of `project`."""
    settings = read_settings(project, problems := [])
    assert (settings is None) is bool(problems)
    return [f"{problem.line}: {problem.sentence}" for problem in problems]


@pytest.fixture
def mkdocs_yml(tmp_path) -> Path:
    """A copy of the configuration, in a project of nothing else."""
    return Path(shutil.copy(REPOSITORY / "mkdocs.yml", tmp_path))


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_variable_counts_as_not_set_for_the_generator_and_for_mkdocs(monkeypatch, empty):
    monkeypatch.delenv("SITE_URL", raising=False)
    unset = settings_of(REPOSITORY)
    monkeypatch.setenv("SITE_URL", empty)
    monkeypatch.setenv("SECURITY_CONTACT", empty)
    monkeypatch.setenv("CONTACT", empty)
    before = dict(os.environ)
    assert settings_of(REPOSITORY) == unset
    assert not {"SITE_URL", "SECURITY_CONTACT", "CONTACT"} & environment().keys()
    assert dict(os.environ) == before


def test_the_environment_decides_and_an_address_ends_with_a_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://standards.invalid/bay")
    monkeypatch.setenv("SECURITY_CONTACT", "mailto:editor@standards.invalid")
    settings = settings_of(REPOSITORY)
    assert settings.site_url == "https://standards.invalid/bay/"
    assert settings.security_contact == "mailto:editor@standards.invalid"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", ["site_url", "policy", "security_contact", "security_expires", "repository", "contact"]),
        ("site_url:\n", ["site_url", "policy", "security_contact", "security_expires", "repository", "contact"]),
        (
            "site_url: https://x/\nextra: {policy: 'a {scripts}', repository: ''}",
            ["security_contact", "security_expires", "contact"],
        ),
    ],
)
def test_a_setting_that_is_missing_is_named(tmp_path, text, names):
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert [sentence.partition(";")[0] for sentence in sentences(tmp_path)] == [
        f"1: {name} must be set" for name in names
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("site_name:", "site_name: [", "5: is not YAML from here on (did not find"),
        ("site_name:", "a: &a [*a]\nsite_name:", "3: ‘*a’ stands for what is elsewhere"),
        ("site_name:", f"a: {'[' * 3000}{']' * 3000}\nsite_name:", "3: is nested too deeply"),
        ("site_name: ", "site_name: !!python/object/apply:os.getcwd []\nsite: ", "3: ‘tag:yaml.org,2002:python/object"),
        ("nav:\n", "nav: 3\nnaw:\n", "19: nav must have a list"),
        ("\nextra:\n", "\nextra:\nextras:\n", "56: extra must have keys below it"),
        ("  - i18n:\n", "  - teapot:\n", "36: the plugin ‘teapot’ is not installed"),
        ("2027-11-01", "2027-13-01", "65: security_expires ‘2027-13-01’ cannot be used; write the day, such as"),
        ("2027-11-01", "[soon]", "65: security_expires must be set; write the day, such as 2027-11-01"),
        ("default-src 'none'", 'default-src "none"', "59: policy ‘default-src"),
        ("'self' {scripts}", "'self'", "59: policy ‘default-src"),
    ],
)
def test_a_configuration_that_cannot_be_used_gets_a_sentence_with_its_line(mkdocs_yml, old, new, sentence):
    text = mkdocs_yml.read_text("utf-8")
    assert old in text
    mkdocs_yml.write_text(text.replace(old, new, 1), "utf-8")
    assert [one[: len(sentence)] for one in sentences(mkdocs_yml.parent)] == [sentence]


@pytest.mark.parametrize("text", ["3", "- a\n- b", "null", "!!set {a, b}", "{[a]: b}"])
def test_a_configuration_of_another_shape_gets_a_sentence(tmp_path, text):
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert sentences(tmp_path)


@pytest.mark.parametrize("variable", ["SITE_URL", "REPOSITORY_URL", "SECURITY_CONTACT", "CONTACT"])
@pytest.mark.parametrize(
    "text",
    [
        "standards.invalid",
        "//standards.invalid/",
        "ftp://standards.invalid/",
        "https://",
        "https://[bad/",
        "https://standards.invalid/a b/",
        "https://standards.invalid/;}",
        "https://standards.invalid/'\"",
        "https://standards.invalid/\nadd_header",
        "https://standards.invalid/?query",
        "https://standards.invalid/#fragment",
        "https://standards.invalid/a/../b/",
        "https://standards.invalid:99999/",
        "https://editor:secret@standards.invalid/",
        "https://标准.invalid/",
        f"https://standards.invalid/{'a' * 255}",
        "mailto:editor@standards.invalid\nExpires: never",
        "mailto:editor",
    ],
)
def test_an_address_of_the_environment_that_servers_would_misread_is_refused(monkeypatch, variable, text):
    monkeypatch.setenv(variable, text)
    assert [sentence.partition(": ")[2][: len(variable)] for sentence in sentences(REPOSITORY)] == [variable]


@pytest.mark.parametrize(
    "text", ["http://127.0.0.1:8000", "https://standards.invalid/a-b/c_d.e/~f", "http://[::1]:80/"]
)
def test_any_other_address_is_taken(monkeypatch, text):
    monkeypatch.setenv("SITE_URL", text)
    monkeypatch.setenv("REPOSITORY_URL", text)
    assert settings_of(REPOSITORY).site_url == text.rstrip("/") + "/"
    assert settings_of(REPOSITORY).repository == text


def test_the_menu_names_pages_that_there_are(world):
    path = world / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  - about.md", "  - Tea:\n    - teapots.md"), "utf-8")
    assert [(problem.line, str(problem.sentence).partition(";")[0]) for problem in check_content(world).problems] == [
        (25, "nav names the page ‘teapots.md’, which is not in content/pages/")
    ]


def test_only_the_named_scripts_may_run():
    settings = settings_of(REPOSITORY)
    assert "; script-src 'self'; " in settings.policy_with(())
    assert "; script-src 'self' 'sha256-a' 'sha256-b'; " in settings.policy_with({"'sha256-b'", "'sha256-a'"})
    assert "{" not in settings.policy_with(())


def test_a_build_without_a_setting_says_so(world):
    path = world / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  policy: >-", "  police: >-"), "utf-8")
    with pytest.raises(UnpublishedError) as error:
        build(world, quietly)
    assert [str(problem).partition(";")[0] for problem in error.value.problems] == ["mkdocs.yml:1: policy must be set"]
    assert check_content(world).problems == error.value.problems
