"""The list of all fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue.figures import figures_of
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
    figures = figures_of(catalogue)
    values = {
        "lead": edition.say("fields_sentence", named=figures.fields_named, count=figures.fields_announced),
        "groups": [
            (
                batch.address,
                edition.say("fields_of_batch", batch=batch.name[edition.language]),
                field_links(edition, path, batch.fields),
            )
            for batch in catalogue.batches
            if batch.fields
        ],
        "others": field_links(edition, path, [field for field in catalogue.fields if not field.opened_by]),
        **edition.beginning(path, [one for one in catalogue.standards if one.field is None], "standards/?field=none"),
    }
    return edition.page("fields", path, t("fields_title"), t("fields_description", count=len(catalogue.fields)), values)


def field_links(edition: Edition, here: str, fields: Iterable[Field]) -> list[tuple[Link, str]]:
    """(link from the page at `here`, how many standards are recorded) of each of `fields`."""
    return [(edition.link(here, field), edition.say("recorded_count", count=len(field.standards))) for field in fields]
