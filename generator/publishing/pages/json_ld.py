"""A page → its structured data: JSON-LD in the words of schema.org."""

from __future__ import annotations

import json

from generator.catalogue.figures import SITE_URL_PLACEHOLDER
from generator.catalogue.languages import HTML_LANG, LANGUAGES, Text, own_texts
from generator.catalogue.model import Batch, Catalogue, Field, Standard
from generator.publishing.exports.formats import DOWNLOADS

LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
"""Of the records and of what this site adds to them; not of the standards' texts."""

JsonLd = dict[str, object]
"""One thing in the words of schema.org."""

_LIST = f"{SITE_URL_PLACEHOLDER}#list"
_FIELDS = f"{SITE_URL_PLACEHOLDER}#fields"


def breadcrumbs(language: str, crumbs: tuple[tuple[str, str], ...], heading: str, path: str) -> JsonLd:
    """The way from the home page to the page at `path`."""
    items = [*crumbs, (heading, path)]
    return _thing(
        "BreadcrumbList",
        itemListElement=[
            {"@type": "ListItem", "position": n, "name": title, "item": f"{SITE_URL_PLACEHOLDER}{language}/{target}"}
            for n, (title, target) in enumerate(items, 1)
        ],
    )


def standard(one: Standard, language: str, path: str, short: str) -> JsonLd:
    """A standard, as the creative work that Dublin Core calls a standard.

    schema.org has no type for one.
    """
    name = one.title[language]
    identifiers = {"list identifier": one.list_identifier, "designation": one.designation}
    return _thing(
        "CreativeWork",
        **{"@id": SITE_URL_PLACEHOLDER + short},
        additionalType="http://purl.org/dc/terms/Standard",
        url=f"{SITE_URL_PLACEHOLDER}{language}/{path}",
        name=name.words if name.language == language else _in_language(name),
        alternateName=[_in_language(title) for title in own_texts(one.title).values() if title != name],
        identifier=[
            {"@type": "PropertyValue", "propertyID": name, "value": number}
            for name, number in identifiers.items()
            if number
        ],
        publisher=one.publisher and {"@type": "Organization", "name": one.publisher.name[language].words},
        datePublished=one.issued_on and one.issued_on.isoformat(),
        creativeWorkStatus=one.status,
        about=[{"@type": "DefinedTerm", "name": place.field.name[language].words} for place in one.fields],
        isPartOf={"@id": _LIST},
    )


def citation_meta(one: Standard, language: str) -> dict[str, str]:
    """What a reference manager takes from a standard's page.

    Zotero knows the type by `DC.type` in lower case, where no `og:type` and no tag of a report says otherwise.
    It takes the number of a standard from the tag that EPrints gave.
    """
    title = one.title[language]
    stated = {
        "citation_title": title.words,
        "citation_language": "" if title.language == language else HTML_LANG[title.language],
        "citation_publication_date": one.issued_on.isoformat().replace("-", "/") if one.issued_on else "",
        "DC.title": title.words,
        "DC.type": "standard",
        "DC.publisher": one.publisher.name[language].words if one.publisher else "",
        "eprints.id_number": one.designation or one.list_identifier,
    }
    return {name: value for name, value in stated.items() if value}


def field(one: Field, language: str, path: str, short: str) -> JsonLd:
    """A field, as a term of the set of fields."""
    return _thing(
        "DefinedTerm",
        **{"@id": SITE_URL_PLACEHOLDER + short},
        url=f"{SITE_URL_PLACEHOLDER}{language}/{path}",
        name=one.name[language].words,
        description=one.about[language],
        termCode=one.address,
        inDefinedTermSet={
            "@type": "DefinedTermSet",
            "@id": _FIELDS,
            "url": f"{SITE_URL_PLACEHOLDER}{language}/fields/",
        },
    )


def batch(one: Batch, language: str, path: str, short: str) -> JsonLd:
    """An announcement whose day is known, as the event that it was."""
    return _thing(
        "Event",
        **{"@id": SITE_URL_PLACEHOLDER + short},
        url=f"{SITE_URL_PLACEHOLDER}{language}/{path}",
        name=one.name[language].words,
        startDate=str(one.announced_on),
        location=one.place and {"@type": "Place", "name": one.place[language]},
    )


def dataset(catalogue: Catalogue, language: str, name: str, description: str) -> JsonLd:
    """The list as a dataset, with where to download it."""
    return _thing(
        "Dataset",
        **{"@id": _LIST},
        url=f"{SITE_URL_PLACEHOLDER}{language}/standards/",
        name=name,
        description=description,
        version=catalogue.version,
        license=LICENCE,
        inLanguage=[HTML_LANG[language] for language in LANGUAGES],
        dateModified=catalogue.changed_on.isoformat(),
        temporalCoverage=f"{catalogue.batches[0].earliest}/{catalogue.announced_up_to}",
        isAccessibleForFree=True,
        spatialCoverage={"@type": "Place", "name": "Guangdong–Hong Kong–Macao Greater Bay Area"},
        distribution=[
            {"@type": "DataDownload", "encodingFormat": one.media_type, "contentUrl": SITE_URL_PLACEHOLDER + one.path}
            for one in DOWNLOADS
        ],
    )


def website(language: str, name: str, path: str) -> JsonLd:
    """The site, whose home page lies at `path`, and how `language` searches it."""
    return _thing(
        "WebSite",
        url=SITE_URL_PLACEHOLDER + path,
        name=name,
        potentialAction={
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{SITE_URL_PLACEHOLDER}{language}/standards/?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    )


def _in_language(text: Text) -> dict[str, str]:
    """A text that names its language."""
    return {"@language": HTML_LANG[text.language], "@value": text.words}


def _thing(kind: str, **values: object) -> JsonLd:
    """A thing of schema.org with the values that are stated."""
    stated = {name: value for name, value in values.items() if value}
    return {"@context": "https://schema.org", "@type": kind, **stated}


serialise = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
"""A thing → its JSON, as the theme's template prints it."""
