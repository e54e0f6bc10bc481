"""The whole list of standards, a part a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.columns import ROUTES, STATUSES
from generator.catalogue.languages import SENTENCE_SPACE
from generator.catalogue.model import Standard
from generator.publishing.pages.addresses import CHECK, LIST, ROWS, VERSIONS_PAGE, relative_link
from generator.publishing.pages.edition import Edition, Part, parts_of
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.site_pages import SitePages

Choices = list[tuple[str, str, list[tuple[str, str]]]]
"""(facet, its label, [(value, label) of each choice]) of what the list can be filtered by."""


Announcements = list[tuple[str, str, str]]
"""(address, name, what the list after it holds) of each announcement."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The parts of the list."""
    catalogue = site.catalogue
    choices = {language: _choices(edition) for language, edition in site.editions.items()}
    announcements = {language: list(_announcements(edition)) for language, edition in site.editions.items()}
    for path, part in parts_of(LIST, catalogue.standards, ROWS):

        def pages(path: str = path, part: Part = part) -> list[Page]:
            return [
                _page(edition, path, part, choices[edition.language], announcements[edition.language])
                for edition in site.editions.values()
            ]

        yield PageSet(path, "standards", pages, catalogue.changed_on, short=_short(part), has_version=True)


def _page(edition: Edition, path: str, part: Part, choices: Choices, announcements: Announcements) -> Page:
    t, catalogue = edition.labels, edition.catalogue
    recorded, announced = len(catalogue.standards), catalogue.batches[-1].standards_total
    values = {
        "check_href": relative_link(path, CHECK),
        "lead": edition.say("standards_sentence", recorded=recorded, announced=announced),
        "first": (part.number - 1) * ROWS,
        "rows_a_page": ROWS,
        "choices": choices,
        "announcements": announcements,
        "rows": edition.rows(path, part.standards),
        "titles_note": edition.titles_note(part.standards),
        "parts": edition.parts(path, part),
        "version": catalogue.version,
        "versions_href": relative_link(path, VERSIONS_PAGE),
    }
    title = edition.numbered(t("standards_title"), part)
    subject = Subject("", title, "", _short(part))
    return edition.page("standards", path, title, t("standards_description", count=recorded), values, subject)


def _short(part: Part) -> str:
    """The address in no language of the first part."""
    return LIST if part.number == 1 else ""


def _choices(edition: Edition) -> Choices:
    """The values that occur."""
    catalogue = edition.catalogue
    standards = catalogue.standards
    statuses, routes = {one.status for one in standards}, {one.route for one in standards}
    values = {
        "field": [(one.address, edition.name(one)) for one in catalogue.fields if one.standards],
        "batch": [(one.address, edition.name(one)) for one in catalogue.batches if one.standards],
        "publisher": [(one.address, edition.name(one)) for one in catalogue.organisations if one.published],
        "status": [(one, edition.say(f"status_{one}")) for one in STATUSES if one in statuses],
        "route": [(one, edition.say(f"route_{one}")) for one in ROUTES if one in routes],
    }
    for facet, choices in values.items():
        if not all(getattr(standard, facet) for standard in standards):
            choices.append(("none", edition.say("not_stated")))
    return [
        (facet, edition.say(f"facet_{facet}"), [(escape(value), label) for value, label in choices])
        for facet, choices in values.items()
        if len(choices) > 1
    ]


def _announcements(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """The announcements after which the list can be looked at, the oldest first."""
    batches = edition.catalogue.batches
    left_out = sum(standard.batch is None for standard in edition.catalogue.standards)
    recorded: list[Standard] = []
    for batch in batches:
        recorded += batch.standards
        derived = sum(standard.derivation is not None for standard in recorded)
        sentences = (
            edition.say(
                "list_until",
                batch=batch.name[edition.language],
                recorded=len(recorded),
                total=batch.standards_total,
            ),
            edition.say("list_until_derived", count=derived) if derived else "",
            edition.say("list_until_left_out", count=left_out) if left_out else "",
        )
        yield escape(batch.address), edition.name(batch), SENTENCE_SPACE[edition.language].join(filter(None, sentences))
