"""Files that programs look for at a known place: llms.txt, security.txt."""

from __future__ import annotations

from datetime import date

from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Catalogue
from generator.publishing.pages.addresses import MARKDOWN_COPY, address_of
from generator.publishing.pages.sentences import as_of

SECURITY = ".well-known/security.txt"
_PAGES = ("standards", "fields", "batches", "cases", "organisations", "changes", "versions", "coverage", "check")
"""The pages that llms.txt leads to by their titles."""


def llms(catalogue: Catalogue, labels: dict[str, Labels], site_url: str) -> str:
    """The text of llms.txt: what the site is, where its facts stand.

    Source of the form: https://llmstxt.org/.
    """
    t = labels["en"]
    english = f"{site_url}en/"
    recorded, announced = len(catalogue.standards), catalogue.batches[-1].standards_total
    parts = [
        f"# {' · '.join(words('site_name') for words in labels.values())}",
        f"> {t('home_sentence')} {t('home_completeness', recorded=recorded, announced=announced)}",
        f"{t('unofficial')} {as_of(catalogue, t)} {t('version_sentence', version=catalogue.version)} "
        f"Every page has a copy in plain Markdown: add {MARKDOWN_COPY} to its address. Each page exists below "
        f"{', '.join(f'/{language}/' for language in LANGUAGES)} with the same path.",
        _links(
            "Pages",
            {t(f"{name}_title"): f"{english}{name}/{MARKDOWN_COPY}" for name in _PAGES}
            | {t("about"): f"{english}about/{MARKDOWN_COPY}"},
        ),
        _links(
            t("fields_title"),
            {field.name["en"].words: f"{english}{address_of(field)}{MARKDOWN_COPY}" for field in catalogue.fields},
        ),
        _links(
            "Data",
            {
                "What there is": f"{english}data/{MARKDOWN_COPY}",
                "Index": f"{site_url}api/v1/index.json",
                "The whole list": f"{site_url}api/v1/standards.json",
                "JSON Schema of a standard": f"{site_url}api/v1/schema/standard.json",
            },
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _links(heading: str, links: dict[str, str]) -> str:
    return f"## {heading}\n\n" + "\n".join(f"- [{name}]({address})" for name, address in links.items())


def security(contact: str, expires: date, site_url: str) -> str:
    """The text of security.txt (RFC 9116): whom to tell of a weakness, until when."""
    return (
        f"Contact: {contact}\n"
        f"Expires: {expires.isoformat()}T00:00:00Z\n"
        f"Preferred-Languages: {', '.join(LANGUAGES)}\n"
        f"Canonical: {site_url}{SECURITY}\n"
    )
