"""The home page: search, answers, the last announcements, how the list grew, fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from generator.catalogue.figures import figures_of
from generator.catalogue.log import log_of
from generator.catalogue.model import Batch
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import CHECK, PLATFORM, QUESTIONS, relative_link
from generator.publishing.pages.changes import days_of_log
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.escaping import escape, with_languages
from generator.publishing.pages.fields import fields_sentence, recorded_fields
from generator.publishing.pages.growth import growth_of
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages

_ANSWERS = ("binding", "who", "text")
"""The questions that the home page answers, by their ids on the page of all."""

_NEWS = 3
"""How many announcements the home page names, the last first."""


class _News(NamedTuple):
    """An announcement in a line."""

    link: Link
    """Says what was added."""
    name: str
    """'' where no source gives it one."""
    when: str
    between: str
    """All that is known of the day."""
    recorded: str


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The home page."""

    def pages() -> list[Page]:
        return [_page(edition) for edition in site.editions.values()]

    yield PageSet("", "home", pages, site.catalogue.changed_on, has_version=True)


def _page(edition: Edition) -> Page:
    t, catalogue, language = edition.labels, edition.catalogue, edition.language
    figures = figures_of(catalogue)
    fields, empty_fields = recorded_fields(edition, "", catalogue.fields)
    news = [_news(edition, batch) for batch in catalogue.batches]
    values = {
        "lead": edition.say("home_lead", newest=figures.newest, announced=figures.announced, recorded=figures.recorded),
        "platform": Link(PLATFORM, edition.say("home_rest")),
        "standards_href": relative_link("", "standards/"),
        "examples": [_example(edition, words) for words in t("home_examples").split(t("list_comma"))],
        "answers": [(edition.question("", question), edition.say(f"ask_{question}_answer")) for question in _ANSWERS],
        "questions_href": relative_link("", QUESTIONS),
        "check_href": relative_link("", CHECK),
        "news": news[::-1][:_NEWS],
        "batches_href": relative_link("", "batches/"),
        "growth": growth_of(catalogue.batches),
        "all_news": news,
        "fields": fields,
        "empty_fields": empty_fields,
        "fields_sentence": fields_sentence(edition),
        "fields_href": relative_link("", "fields/"),
        "visit_days": days_of_log(log_of(catalogue)),
        "changes_href": relative_link("", "changes/"),
    }
    title, description = t("site_title"), t("home_description")
    linked = (
        json_ld.website(language, t("site_name"), f"{language}/"),
        json_ld.dataset(catalogue, language, title, description),
    )
    return replace(edition.page("home", "", title, description, values), json_ld=linked)


def _example(edition: Edition, words: str) -> Link:
    """The standards list, filtered by `words`."""
    query = escape(urlencode({"q": words}))
    return Link(f"{relative_link('', 'standards/')}?{query}", with_languages(words, edition.language))


def _news(edition: Edition, batch: Batch) -> _News:
    t, name = edition.labels, batch.name[edition.language]
    day = t.written(batch.announced_on) if batch.announced_on else t("not_after", date=batch.latest)
    added = edition.say("news_line", count=batch.standards_added, total=batch.standards_total)
    return _News(
        Link(edition.link("", batch).href, added),
        "" if name.standing == "devised" else edition.name(batch),
        edition.say("day_and_place", day=day, place=batch.place[edition.language]) if batch.place else escape(day),
        edition.when(batch),
        _recorded(edition, batch),
    )


def _recorded(edition: Edition, batch: Batch) -> str:
    """How many standards of `batch` are recorded here."""
    count = len(batch.standards)
    if not count and batch.standards_added:
        return edition.say("news_unseen")
    if derived := sum(standard.derivation is not None for standard in batch.standards):
        return edition.say("news_recorded_by_dates", count=count, derived=derived)
    return edition.say("recorded_here", count=count)
