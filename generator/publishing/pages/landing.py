"""The trilingual landing page, which is in no language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.figures import figures_of
from generator.catalogue.languages import SENTENCE_SPACE
from generator.publishing.pages import json_ld
from generator.publishing.pages.addresses import ROOT
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The landing page."""
    yield PageSet("", "landing", lambda: [_page(site)], has_version=True)


def _page(site: SitePages) -> Page:
    labels, figures = site.labels, figures_of(site.catalogue)
    title = " · ".join(words("site_name") for words in labels.values())
    values = {
        "editions": [
            {
                "language": language,
                "lang": edition.lang,
                "label": edition.escaped_labels,
                "figures": edition.say("landing_figures", announced=figures.announced, recorded=figures.recorded),
            }
            for language, edition in site.editions.items()
        ]
    }
    return Page(
        ROOT,
        "",
        "landing",
        title,
        title,
        "".join(SENTENCE_SPACE[language] + words("home_sentence") for language, words in labels.items()),
        values,
        json_ld=(
            json_ld.website("en", title, ""),
            json_ld.dataset(site.catalogue, "en", labels["en"]("site_title"), labels["en"]("home_description")),
        ),
    )
