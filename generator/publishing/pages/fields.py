"""The list of all fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue.figures import figures_of
from generator.catalogue.languages import SENTENCE_SPACE
from generator.catalogue.model import Field
from generator.publishing.pages.edition import Edition, Link
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The list of fields."""
    yield PageSet(
        "fields/", "fields", lambda: [_page(edition) for edition in site.editions.values()], site.catalogue.changed_on
    )


def _page(edition: Edition) -> Page:
    t, catalogue, path = edition.labels, edition.catalogue, "fields/"
    others, empty_others = recorded_fields(edition, path, (field for field in catalogue.fields if not field.opened_by))
    values = {
        "lead": fields_sentence(edition),
        "groups": [
            (
                batch.address,
                edition.say("fields_of_batch", batch=batch.name[edition.language]),
                edition.say("fields_named_of", count=batch.fields_added, named=len(batch.fields))
                if batch.fields_added
                else "",
                *recorded_fields(edition, path, batch.fields),
            )
            for batch in catalogue.batches
            if batch.fields
        ],
        "others": others,
        "empty_others": empty_others,
        **edition.beginning(path, [one for one in catalogue.standards if one.field is None], "standards/?field=none"),
    }
    return edition.page("fields", path, t("fields_title"), t("fields_description", count=len(catalogue.fields)), values)


def recorded_fields(edition: Edition, here: str, fields: Iterable[Field]) -> tuple[list[tuple[Link, str]], list[Link]]:
    """Those of `fields` with standards recorded here, with how many; those without."""
    both = list(fields)
    counts = [
        (edition.link(here, field), edition.say("recorded_count", count=len(field.standards)))
        for field in both
        if field.standards
    ]
    return counts, edition.links(here, (field for field in both if not field.standards))


def fields_sentence(edition: Edition) -> str:
    """How many fields were announced, how many of them were named, how many others name."""
    figures = figures_of(edition.catalogue)
    sentences = [edition.say("fields_sentence", named=figures.fields_named, count=figures.fields_announced)]
    if (unnamed := figures.fields_announced - figures.fields_named) > 0:
        sentences.append(edition.say("fields_not_named", count=unnamed))
    if others := len(edition.catalogue.fields) - figures.fields_named:
        sentences.append(edition.say("fields_named_by_others", count=others))
    return SENTENCE_SPACE[edition.language].join(sentences)
