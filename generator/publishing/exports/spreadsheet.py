"""The list as a spreadsheet: a sheet for each language, every cell a text."""

from __future__ import annotations

from collections.abc import Callable

from generator.catalogue.facts import of_title
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Standard
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.exports.workbook import WorkbookSheet, workbook
from generator.publishing.pages.addresses import short_of
from generator.publishing.pages.sentences import how_sure

_CellText = Callable[[Standard], str]
"""Reads the text of a cell off a standard; '' where no source states it."""


def standards_xlsx(published: PublishedList) -> bytes:
    """The list as .xlsx: a sheet for each language, a row for each standard.

    Nothing in it is a number, a date or a formula to Excel, so that none is ever changed by opening it: dates read
    2023-04-24, designations have a plain hyphen.
    """
    catalogue, sheets = published.catalogue, []
    for language in LANGUAGES:
        t = published.labels[language]
        columns = _columns(t, published.site_url)
        cells = [cell for _, _, cell in columns]
        rows = [[cell(standard) for cell in cells] for standard in catalogue.standards]
        sheets.append(WorkbookSheet(t("own_name"), {heading: width for heading, width, _ in columns}, rows))
    return workbook(sheets, published.labels["en"]("site_title"), catalogue.version, catalogue.changed_on)


def _columns(t: Labels, site_url: str) -> list[tuple[str, int, _CellText]]:
    """(heading, width in characters, cell) of each column, in the language of `t`."""
    language, comma = t.language, t("list_comma")
    titles: list[tuple[str, int, _CellText]] = []
    for own in (language, *(other for other in LANGUAGES if other != language)):
        heading = t(f"title_{own}")
        titles += [
            (heading, 44, of_title(own, lambda title: title.words)),
            (t("standing_of", title=heading), 16, of_title(own, lambda title: t(f"standing_{title.standing}"))),
        ]
    return [
        (t("list_identifier"), 16, lambda one: one.list_identifier),
        (t("designation"), 16, lambda one: one.designation),
        *titles,
        (t("field"), 16, lambda one: comma.join(place.field.name[language].words for place in one.fields)),
        (t("field_assigned"), 16, lambda one: _assigned_here(one, t)),
        (t("batch"), 16, lambda one: one.batch.name[language].words if one.batch else ""),
        (t("batch_reason"), 30, lambda one: one.derivation.reason[language] if one.derivation else ""),
        (t("announced_on"), 16, lambda one: str(one.announced_on or "")),
        (t("publisher"), 30, lambda one: one.publisher.name[language].words if one.publisher else ""),
        (t("led_by"), 30, lambda one: comma.join(body.name[language].words for body in one.led_by)),
        (t("status"), 16, lambda one: t(f"status_{one.status}") if one.status else ""),
        (t("route"), 16, lambda one: t(f"route_{one.route}") if one.route else ""),
        (t("issued_on"), 16, lambda one: str(one.issued_on or "")),
        (t("implemented_on"), 16, lambda one: str(one.implemented_on or "")),
        (t("withdrawn_on"), 16, lambda one: str(one.withdrawn_on or "")),
        (t("supersedes"), 16, lambda one: comma.join(old.title[language].words for old in one.supersedes)),
        (t("text_url"), 36, lambda one: one.text_url),
        (t("how_sure"), 44, lambda one: how_sure(one, t)),
        (t("sources"), 44, lambda one: t("semicolon").join(source.name[language].words for source in one.sources)),
        (t("link"), 36, lambda one: site_url + short_of(one)),
    ]


def _assigned_here(standard: Standard, t: Labels) -> str:
    """Whether its fields are of our own choice; with their names, where not all are."""
    ours = [place.field.name[t.language].words for place in standard.fields if place.is_assigned_here]
    if not ours:
        return ""
    words = t("assigned_here")
    return words if len(ours) == len(standard.fields) else f"{t('list_comma').join(ours)}{t('colon')}{words}"
