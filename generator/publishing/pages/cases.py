"""The page of the standards in use: cases by kind, figures of use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue.columns import CASE_KINDS, REGIONS
from generator.catalogue.log import fields_of_case
from generator.catalogue.model import Adoption, Batch, Case, CaseBody, Standard
from generator.publishing.pages.addresses import CASES
from generator.publishing.pages.edition import Edition, Link, latest
from generator.publishing.pages.escaping import escape
from generator.publishing.pages.page import Page, PageSet
from generator.publishing.pages.site_pages import SitePages

_SURE = ("official", "reported")
"""How sure a name is that somebody prints as it stands."""


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of the standards in use."""
    day = latest(case.recorded_on for case in site.catalogue.cases)
    yield PageSet(CASES, "cases", lambda: [_page(edition) for edition in site.editions.values()], day)


def _page(edition: Edition) -> Page:
    t, catalogue = edition.labels, edition.catalogue
    cases = [(kind, [case for case in catalogue.cases if case.kind == kind]) for kind in CASE_KINDS]
    values = {
        "groups": [
            (kind, edition.say(f"case_{kind}"), [_entry(edition, case) for case in of_kind])
            for kind, of_kind in cases
            if of_kind
        ],
        "figures": [
            *(row for batch in catalogue.batches for row in _batch_figures(edition, batch)),
            *adoption_figures(edition, catalogue.adoption),
        ],
    }
    return edition.page("cases", CASES, t("cases_title"), t("cases_description"), values)


def _entry(edition: Edition, case: Case) -> dict[str, object]:
    """A case as the page prints it."""
    return {
        "address": case.address,
        "title": escape(case.title[edition.language].words),
        "when": edition.days(case.earliest, case.latest),
        "place": edition.wording(case.place),
        "described": edition.wording(case.described),
        "standards": edition.items(CASES, case.standards),
        "fields": edition.links(CASES, fields_of_case(case)),
        "batches": [(edition.link(CASES, batch), is_derived) for batch, is_derived in _batches(case).items()],
        "bodies": [_body(edition, body) for body in case.bodies],
        "results": [
            (edition.wording(one.figure), edition.wording(one.counts), edition.sources([one.source])[0].name)
            for one in case.results
        ],
        "note": edition.wording(case.note),
        "sources": edition.sources(case.sources),
    }


def _batches(case: Case) -> dict[Batch, bool]:
    """The announcements of the standards, each with whether dates alone lead to it."""
    batches: dict[Batch, bool] = {}
    for one in case.standards:
        if one.batch:
            batches[one.batch] = batches.get(one.batch, True) and one.derivation is not None
    return batches


def _body(edition: Edition, body: CaseBody) -> dict[str, object]:
    """A body with its part; its name in the language, and how sure it is where nobody prints it so."""
    name = body.name[edition.language]
    return {
        "link": edition.link(CASES, body.organisation) if body.organisation else None,
        "name": escape(name.words),
        "standing": "" if name.standing in _SURE else edition.say(f"standing_{name.standing}"),
        "part": edition.wording(body.part),
    }


def case_links(edition: Edition, here: str, cases: list[Case]) -> list[tuple[Link, str]]:
    """(link from the page at `here`, kind) of each of `cases`."""
    return [(edition.case_link(here, case), edition.say(f"case_{case.kind}")) for case in cases]


def cases_of(standards: Iterable[Standard]) -> list[Case]:
    """The cases of `standards`, each once."""
    return list(dict.fromkeys(case for standard in standards for case in standard.cases))


def _batch_figures(edition: Edition, batch: Batch) -> Iterator[dict[str, object]]:
    """The figures of use among those of an announcement, whose page has their sources."""
    scope = edition.link(CASES, batch)
    day = edition.written(batch.announced_on) if batch.announced_on else ""
    shared = {"day": day, "scope": scope.name, "scope_href": scope.href, "note": "", "sources": []}
    for region in REGIONS:
        if region in batch.pledged:
            counts = f"{edition.say('pledged')}{edition.say('colon')}{edition.say(f'region_{region}')}"
            yield {"figure": edition.written(batch.pledged[region]), "counts": counts, **shared}
    if batch.declared_total is not None:
        counts = edition.say("declared_total")
        yield {"figure": edition.written(batch.declared_total), "counts": counts, **shared}


def adoption_figures(edition: Edition, figures: list[Adoption]) -> list[dict[str, object]]:
    """The `figures` of use that others give."""
    return [
        {
            "day": edition.written(one.said_on),
            "figure": edition.wording(one.figure),
            "counts": edition.wording(one.counts),
            "scope": edition.wording(one.scope),
            "scope_href": "",
            "note": edition.wording(one.note),
            "sources": edition.sources(one.sources),
        }
        for one in figures
    ]
