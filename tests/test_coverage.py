"""The page of coverage: how much is recorded in each language and each batch, as the records have it."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.languages import LANGUAGES


def tables(project: Path, language: str) -> list[dict[str, dict[str, str]]]:
    """Each table of the page: first cell of a row → heading → cell."""
    page = LexborHTMLParser((project / f"build/site/{language}/coverage/index.html").read_bytes())
    return [
        {
            row.css("th")[0].text(): dict(zip(headings, [cell.text() for cell in row.css("td")], strict=True))
            for row in table.css("tbody tr")
        }
        for table in page.css("table")
        if (headings := [heading.text() for heading in table.css("thead th")[1:]])
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_title_is_counted_once_by_its_standing_or_as_wanted(untitled_project, untitled_content, language):
    titles, _ = tables(untitled_project, language)
    t, standards = untitled_content.labels[language], untitled_content.catalogue().standards
    for own in LANGUAGES:
        column = t(f"language_{own}")
        assert sum(int(row[column]) for row in titles.values()) == len(standards)
        wanted = sum(standard.title[own].language != own for standard in standards)
        assert titles[t("title_wanted")][column] == str(wanted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_has_what_was_announced_beside_what_is_recorded_and_stated(january_project, january_content, language):
    _, batches = tables(january_project, language)
    t, catalogue = january_content.labels[language], january_content.catalogue()
    for batch in catalogue.batches:
        row = batches[batch.name[language].words]
        assert row[t("version_announced")] == str(batch.standards_added)
        assert row[t("version_recorded")] == str(len(batch.standards))
        assert row[t("list_identifier")] == str(sum(bool(one.list_identifier) for one in batch.standards))
    total = batches[t("coverage_total")]
    assert total[t("version_announced")] == str(catalogue.batches[-1].standards_total)
    assert total[t("version_recorded")] == str(len(catalogue.standards))


def test_a_field_that_we_assigned_is_none_that_a_source_states(world_project, world_catalogue):
    _, batches = tables(world_project, "en")
    with_field = [one for one in world_catalogue.standards if one.fields]
    stated = [one for one in with_field if any(not place.is_assigned_here for place in one.fields)]
    assert batches["Total"]["Field"] == str(len(stated)) != str(len(with_field))


def test_the_page_says_first_how_much_of_the_list_is_here(january_project, january_catalogue):
    text = (january_project / "build/site/en/coverage/index.md").read_text("utf-8")
    recorded, announced = len(january_catalogue.standards), january_catalogue.batches[-1].standards_total
    assert text.startswith(f"# Coverage\n\nThis catalogue holds {recorded} of the {announced} announced.")
