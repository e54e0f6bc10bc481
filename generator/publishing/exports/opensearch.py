"""The OpenSearch description, by which a browser adds the site as a search engine."""

from __future__ import annotations

from html import escape

from generator.catalogue.labels import Labels


def opensearch(words: Labels, site_url: str) -> str:
    """The description for the language of `words`.

    Its template is a plain address of the standards list.
    Source of the form: the OpenSearch 1.1 description document. A short name has at most 16 characters.
    """
    template = f"{site_url}{words.language}/standards/?q={{searchTerms}}"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">'
        f"<ShortName>{escape(words('opensearch_name'))}</ShortName>"
        f"<Description>{escape(words('opensearch_description'))}</Description>"
        f"<Language>{words.language}</Language>"
        "<InputEncoding>UTF-8</InputEncoding>"
        f'<Url type="text/html" template="{escape(template)}"/>'
        "</OpenSearchDescription>\n"
    )
