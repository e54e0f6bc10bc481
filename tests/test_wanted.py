"""What is wanted of the list: a work list for the editor, and no fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from generator.__main__ import commands
from generator.catalogue.content import Content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Standard
from generator.catalogue.wanted import wanted_lookup, wanted_of, work_list
from tests.conftest import change_standard


def wants(content: Content, address: str) -> set[tuple[str, str]]:
    """The (column, lack) of all that is wanted of one standard."""
    standards = [one for one in content.catalogue().standards if one.address == address]
    return {(one.column, one.lack) for one in wanted_of(standards, content.scripts)}


def titled(standard: Standard, traditional: str) -> Standard:
    """`standard` with a converted Traditional title."""
    title = replace(standard.title["zh-Hant"], words=traditional, language="zh-Hant", standing="converted")
    standard.title["zh-Hant"] = title
    return standard


def test_a_missing_title_is_wanted_in_its_own_language(untitled_content):
    assert ("title:en", "missing") in wants(untitled_content, "tea-1")
    assert ("title:zh-Hant", "missing") in wants(untitled_content, "tea-2")
    assert ("title:zh-Hant", "missing") not in wants(untitled_content, "tea-1")


def test_a_translation_is_wanted_to_be_reviewed_until_it_is(real_content):
    for standard in real_content.catalogue().standards:
        is_translated = standard.title["en"].standing == "translated"
        assert (("title:en", "unreviewed") in wants(real_content, standard.address)) == is_translated


@pytest.mark.parametrize(
    ("title", "doubtful"),
    [
        ("想像的茶后", {"后"}),
        ("想像的水面", {"面"}),
        ("想像的規範", set()),
        ("想像的茶葉", set()),
        ("想像的乾炸茶", set()),
    ],
)
def test_a_letter_is_doubtful_where_conversion_had_a_choice_that_nobody_reviewed(world_content, title, doubtful):
    places = world_content.scripts.doubts(title)
    assert {title[place] for place in places} == doubtful
    assert all(others and title[place] not in others for place, others in places.items())
    standard = titled(world_content.catalogue().standards[0], title)
    lacks = {(one.column, one.lack) for one in wanted_of([standard], world_content.scripts)}
    assert (("title:zh-Hant", "doubtful") in lacks) == bool(doubtful)


def test_an_official_title_is_not_doubted(world_content):
    standard = titled(world_content.catalogue().standards[0], "想像的茶后")
    standard.title["zh-Hant"] = replace(standard.title["zh-Hant"], standing="official")
    assert all(one.column != "title:zh-Hant" for one in wanted_of([standard], world_content.scripts))


def test_what_we_assigned_or_derived_is_wanted_from_a_source(real_content):
    for standard in real_content.catalogue().standards:
        lacks = wants(real_content, standard.address)
        assert (("field", "unstated") in lacks) == any(place.is_assigned_here for place in standard.fields)
        assert (("batch", "unstated") in lacks) == bool(standard.derivation)
        assert (("batch", "missing") in lacks) == (standard.batch is None)


def test_check_says_what_is_wanted_after_its_totals_as_no_problem(world):
    change_standard(world, "tea-1", {"title:en": "", "standing:en": "", "list_identifier": ""})
    result = CliRunner().invoke(commands, ["check"])
    assert result.exit_code == 0, result.output
    totals, wanted = result.output.splitlines()[:2]
    assert totals.endswith("No problems.")
    assert "1 without English title" in wanted
    assert "without list identifier" in wanted


def test_nothing_wanted_is_not_spoken_of():
    assert work_list([]) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_work_list_counts_in_every_language(real_content, language):
    sentence = work_list(wanted_of(real_content.catalogue().standards, real_content.scripts))
    assert sentence
    untranslated = sum(one.title["en"].standing == "translated" for one in real_content.catalogue().standards)
    assert str(untranslated) in sentence.in_language(language)


def test_sources_want_a_look_after_ninety_days(real_catalogue):
    lookup = real_catalogue.lookup
    day = lookup.day.toordinal()
    assert wanted_lookup(lookup, date.fromordinal(day + 90)) is None
    assert "91 days ago" in str(wanted_lookup(lookup, date.fromordinal(day + 91)))
    assert wanted_lookup(None, date.fromordinal(day + 91)) is None
