"""The list as a spreadsheet: a sheet for each language, every cell a text."""

from __future__ import annotations

from collections.abc import Callable

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Standard
from generator.publishing.exports.published_list import PublishedList
from generator.publishing.exports.workbook import Sheet, workbook
from generator.publishing.pages.page import short_of


def standards_xlsx(published: PublishedList) -> bytes:
    """The list as .xlsx: a row for each standard, in list order, a sheet for each language, in its words.

    Nothing in it is a number, a date or a formula to Excel, so that none is ever changed by opening it: dates read
    2023-04-24, designations have a plain hyphen. The header stays in sight, and filters.
    """
    catalogue, sheets = published.catalogue, []
    for language in LANGUAGES:
        t = published.labels[language]
        columns = _columns(t, published.site_url)
        rows = [[cell(standard) for cell in columns.values()] for standard in catalogue.standards]
        sheets.append(Sheet(t("own_name"), {heading: _width(heading, t) for heading in columns}, rows))
    return workbook(sheets, published.labels["en"]("site_title"), catalogue.version, catalogue.newest)


def _columns(t: Labels, site_url: str) -> dict[str, Callable[[Standard], str]]:
    """Heading → what stands below it for a standard, in the language of `t`."""
    language, comma = t.language, t("list_comma")
    columns: dict[str, Callable[[Standard], str]] = {
        t("list_identifier"): lambda one: one.list_identifier,
        t("designation"): lambda one: one.designation,
    }
    for own in (language, *(other for other in LANGUAGES if other != language)):
        columns[t(f"title_{own}")] = lambda one, own=own: one.title[own].words
        columns[t("standing_of", title=t(f"title_{own}"))] = lambda one, own=own: t(
            f"standing_{one.title[own].standing}"
        )
    columns |= {
        t("field"): lambda one: one.field.name[language].words if one.field else "",
        t("field_assigned"): lambda one: t("assigned_here") if one.field and one.is_field_assigned_here else "",
        t("batch"): lambda one: one.batch.name[language].words if one.batch else "",
        t("announced_on"): lambda one: str(one.announced_on or ""),
        t("publisher"): lambda one: one.publisher.name[language].words if one.publisher else "",
        t("led_by"): lambda one: comma.join(body.name[language].words for body in one.led_by),
        t("status"): lambda one: t(f"status_{one.status}") if one.status else "",
        t("route"): lambda one: t(f"route_{one.route}") if one.route else "",
        t("issued_on"): lambda one: str(one.issued_on or ""),
        t("implemented_on"): lambda one: str(one.implemented_on or ""),
        t("withdrawn_on"): lambda one: str(one.withdrawn_on or ""),
        t("supersedes"): lambda one: comma.join(old.title[language].words for old in one.supersedes),
        t("sources"): lambda one: "; ".join(source.name[language].words for source in one.sources),
        t("link"): lambda one: site_url + short_of(one),
    }
    return columns


def _width(heading: str, t: Labels) -> int:
    wide = {t(f"title_{one}"): 44 for one in LANGUAGES}
    wide |= {t(key): width for key, width in {"sources": 44, "link": 36, "publisher": 30, "led_by": 30}.items()}
    return wide.get(heading, 16)
