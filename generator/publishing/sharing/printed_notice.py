"""The printed notice of a field: its standards on one sheet of paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from jinja2 import Environment

from generator.catalogue.evidence import CONFIDENCES, evidence_of
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES, SENTENCE_SPACE
from generator.catalogue.model import Catalogue, Field
from generator.publishing.pages.addresses import ROWS, address_of, short_of
from generator.publishing.pages.sentences import as_of, field_about, numbers, titles_note

LEAST_KNOWN = 1 / 5
"""The share of numbers that must be known for a column of them."""


def notices(
    field: Field, catalogue: Catalogue, labels: dict[str, Labels], site_url: str, templates: Environment
) -> Iterator[tuple[str, str]]:
    """(file below the site, HTML) of the notice of `field` in each language.

    It bears the QR code of the field's short address.
    """
    template = templates.get_template("notice.html")
    standards = field.standards[:ROWS]
    numbered = sum(bool(standard.list_identifier or standard.designation) for standard in standards)
    path = f"{address_of(field)}notice/"
    levels = Counter(evidence_of(standard).level for standard in standards)
    for language in LANGUAGES:
        t = labels[language]
        html = template.render(
            t=t,
            title=t("notice_title", name=field.name[language].words),
            field=field,
            about=field_about(field, t),
            sureness=t("notice_sure", **{level: levels[level] for level in CONFIDENCES}),
            titles_note=titles_note(standards, t),
            space=SENTENCE_SPACE[language],
            standards=standards,
            numbered=numbered,
            has_numbers=numbered >= LEAST_KNOWN * len(standards),
            rest=len(field.standards[ROWS:]),
            path=path,
            short=short_of(field),
            root="../" * (path.count("/") + 1),
            site_url=site_url,
            labels=labels,
            languages=LANGUAGES,
            numbers=numbers,
            as_of=as_of(catalogue, t),
        )
        yield f"{language}/{path}index.html", html
