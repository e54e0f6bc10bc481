"""What mkdocs.yml and the environment decide, and what is said when they cannot be used."""

from __future__ import annotations

import os

import pytest

from generator.publishing.build import UnpublishedError, build
from generator.publishing.settings import SettingsError, environment, read_settings
from tests.conftest import REPOSITORY, quietly


@pytest.mark.parametrize("empty", ["", " "])
def test_an_empty_variable_counts_as_not_set_for_the_generator_and_for_mkdocs(monkeypatch, empty):
    monkeypatch.delenv("SITE_URL", raising=False)
    unset = read_settings(REPOSITORY)
    monkeypatch.setenv("SITE_URL", empty)
    monkeypatch.setenv("SECURITY_CONTACT", empty)
    before = dict(os.environ)
    assert read_settings(REPOSITORY) == unset
    assert not {"SITE_URL", "SECURITY_CONTACT"} & environment().keys()
    assert dict(os.environ) == before


def test_the_environment_decides_and_an_address_ends_with_a_slash(monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://standards.invalid/bay")
    monkeypatch.setenv("SECURITY_CONTACT", "mailto:editor@standards.invalid")
    settings = read_settings(REPOSITORY)
    assert settings.site_url == "https://standards.invalid/bay/"
    assert settings.security_contact == "mailto:editor@standards.invalid"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "mkdocs.yml: site_url, policy, security_contact, security_expires, repository must be set"),
        ("site_url: https://x/\nextra: {policy: p, repository: ''}", "mkdocs.yml: security_contact, security_expires"),
        ("site_url: [", "mkdocs.yml: while parsing"),
    ],
)
def test_a_setting_that_is_missing_is_named(tmp_path, text, sentence):
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    with pytest.raises(SettingsError) as error:
        read_settings(tmp_path)
    assert str(error.value).startswith(sentence)


def test_only_the_named_scripts_may_run():
    settings = read_settings(REPOSITORY)
    assert "; script-src 'self'; " in settings.policy_with(())
    assert "; script-src 'self' 'sha256-a' 'sha256-b'; " in settings.policy_with({"'sha256-b'", "'sha256-a'"})
    assert "{" not in settings.policy_with(())


def test_a_build_without_a_setting_says_so(world):
    path = world / "mkdocs.yml"
    path.write_text(path.read_text("utf-8").replace("  policy: >-", "  police: >-"), "utf-8")
    with pytest.raises(UnpublishedError) as error:
        build(world, quietly)
    assert error.value.problems == ["mkdocs.yml: policy must be set"]
