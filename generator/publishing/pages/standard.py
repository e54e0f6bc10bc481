"""The page of one standard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES, SENTENCE_SPACE
from generator.catalogue.model import Standard
from generator.publishing.pages import citations, json_ld
from generator.publishing.pages.addresses import PLATFORM, address_of, relative_link, short_of
from generator.publishing.pages.cases import case_links
from generator.publishing.pages.edition import Edition, Link, changed_on
from generator.publishing.pages.escaping import escape, escape_url
from generator.publishing.pages.page import Page, PageSet, Subject
from generator.publishing.pages.sentences import (
    answer,
    attribute_name,
    designation,
    is_in_use,
    meta_description,
    numbers,
    sharing,
)
from generator.publishing.pages.site_pages import SitePages

NEIGHBOURS = 6
"""How many other standards of its field a standard's page names."""

_STATED = ("field", "publisher", "status", "route", "issued_on", "implemented_on")
"""What a reader asks of every standard below the answer; what no source states is named as such."""

_QUESTIONS = ("mark", "certificate", "whom-to-ask")
"""What is asked next and no record answers, by its ids on the page of questions."""

_CITATION_FILES = (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "json"))


class _Around(NamedTuple):
    """The standards that a standard's page names beside its own."""

    previous: Standard | None
    next: Standard | None
    neighbours: list[Standard]


def page_sets(site: SitePages) -> Iterator[PageSet]:
    """The page of each standard."""
    ordered = site.catalogue.standards
    places = {one: n for field in site.catalogue.fields for n, one in enumerate(field.standards) if one.field is field}
    for previous, standard, following in zip([None, *ordered], ordered, [*ordered[1:], None], strict=False):
        around = _Around(previous, following, _neighbours(standard, places))

        def pages(standard: Standard = standard, around: _Around = around) -> list[Page]:
            return [_page(edition, standard, around) for edition in site.editions.values()]

        path, short = address_of(standard), short_of(standard)
        yield PageSet(path, "standard", pages, changed_on(standard), standard, short)


def _page(edition: Edition, standard: Standard, around: _Around) -> Page:
    t, language = edition.labels, edition.language
    path, short, title = address_of(standard), short_of(standard), edition.title(standard).words
    message, names = sharing(standard, t), edition.names(standard.title)
    values = {
        "item": edition.item(path, standard),
        "own": names[LANGUAGES.index(language)],
        "others": [name for name in names if name.lang != edition.lang],
        "untitled": edition.untitled(standard),
        "is_correctable": edition.is_correctable,
        **_answer(edition, standard, path),
        **edition.sharing(path, short, message),
        "copies": _copies(edition, standard),
        "questions": [edition.question(path, question) for question in _QUESTIONS],
        **_facts(edition, standard, path),
        "not_given": _not_given(edition, standard),
        "note": edition.wording(standard.note),
        **_citation(edition, standard, path),
        "cases": case_links(edition, path, standard.cases),
        **edition.events(path, standard.events),
        "corrections": edition.corrections(path, reversed(standard.corrections)),
        **_evidence(edition, standard),
        "neighbours": edition.items(path, around.neighbours),
        "neighbours_title": edition.say("neighbours", field=standard.field.name[language]) if standard.field else "",
        "previous": edition.item(path, around.previous).link if around.previous else None,
        "next": edition.item(path, around.next).link if around.next else None,
    }
    linked = (json_ld.standard(standard, language, path, short),)
    meta = json_ld.citation_meta(standard, language)
    subject = Subject("standards", title, standard.record, short, linked, meta)
    heading = " · ".join(filter(None, (title, numbers(standard, t))))
    return edition.page("standard", path, heading, meta_description(standard, t), values, subject)


def _answer(edition: Edition, standard: Standard, path: str) -> dict[str, object]:
    """What a reader comes for: is it on the list, where is the text or the successor."""
    space = SENTENCE_SPACE[edition.language]
    first, sentence = answer(standard, edition.labels)
    is_past = not is_in_use(standard)
    if not is_past:
        sentence += space + edition.labels("verdict_voluntary")
    number = standard.designation or standard.list_identifier
    if standard.superseded_by:
        successor = edition.item(path, standard.superseded_by[0])
        go, copies, note = Link(successor.href, edition.say("see_successor")), "", ""
    elif standard.text_url:
        go, copies, note = Link(escape_url(standard.text_url), edition.say("read_text")), "", ""
    else:
        go = Link(PLATFORM, edition.say("look_up_text"))
        copies = number or standard.title["zh-Hans"].words
        note = edition.say("look_by_number" if number else "look_by_title") + space
    return {
        "first": escape(first),
        "sentence": escape(sentence),
        "is_past": is_past,
        "how_sure": edition.how_sure(standard),
        "go": go,
        "go_copies": escape(copies),
        "go_note": note,
    }


def _copies(edition: Edition, standard: Standard) -> list[tuple[str, str, str]]:
    """(what a button copies, what it is called, what is said of it then) for numbers, then titles."""
    # Numbers in the plain form, which other programs find.
    stated = filter(None, (standard.list_identifier, standard.designation))
    copies = [
        (escape(number), edition.say("copy_number", number=designation(number, edition.language)), escape(number))
        for number in stated
    ]
    for language, text in edition.own_titles(standard).items():
        standing = f" · {edition.labels(f'standing_{text.standing}')}" if text.is_ours else ""
        name = edition.say("copy_title", title=edition.labels(f"title_{language}"))
        copies.append((escape(text.words), name, escape(text.words + standing)))
    return copies


def _facts(edition: Edition, standard: Standard, path: str) -> dict[str, object]:
    """What the sources state; '', None or nothing where they do not."""
    days = ("issued_on", "implemented_on", "withdrawn_on")
    batch, announced_on = standard.batch, standard.announced_on
    is_of_the_day = batch is not None and announced_on is not None and batch.announced_on == announced_on
    return {
        "fields": [(edition.link(path, place.field), place.is_assigned_here) for place in standard.fields],
        "batch": edition.link(path, batch) if batch else None,
        "is_derived": standard.derivation is not None,
        "announced_on": edition.day(announced_on),
        "announced_in": edition.wording(batch.place) if batch and is_of_the_day else "",
        "publisher": edition.link(path, standard.publisher) if standard.publisher else None,
        "led_by": edition.links(path, standard.led_by),
        "status": edition.say(f"status_{standard.status}") if standard.status else "",
        "days": [(edition.say(name), edition.day(getattr(standard, name))) for name in days if getattr(standard, name)],
        "route": edition.say(f"route_{standard.route}") if standard.route else "",
        "succession": [
            (edition.say(name), edition.items(path, standards))
            for name, standards in (("supersedes", standard.supersedes), ("superseded_by", standard.superseded_by))
            if standards
        ],
        "also_called": edition.other_names(standard.also_called),
    }


def _not_given(edition: Edition, standard: Standard) -> str:
    """Says what no source states; '' where each is stated."""
    t = edition.labels
    *others, last = [""] + [t(name).lower() for name in _STATED if not getattr(standard, name)]
    what = t("list_or").join(filter(None, (t("list_comma").join(filter(None, others)), last)))
    return edition.say("not_given", what=what) if what else ""


def _evidence(edition: Edition, standard: Standard) -> dict[str, object]:
    """Who says so, why the standard is in its batch where nobody does, when that was looked at."""
    derivation, lookup = standard.derivation, edition.catalogue.lookup
    looked = (edition.say("looked_on", date=lookup.day),) if lookup else ()
    recorded = edition.say("recorded_here_on", date=standard.recorded_on)
    stated = {
        source: edition.labels("list_comma").join(
            _stated_name(fact, edition.labels) for fact, sources in standard.stated_by.items() if source in sources
        )
        for source in standard.sources
    }
    lines = zip(standard.sources, edition.sources(standard.sources, standard.rows), strict=True)
    return {
        "sources": [line._replace(states=escape(stated[source])) for source, line in lines],
        "batch_reason": edition.wording(derivation.reason) if derivation else "",
        "batch_sources": edition.sources(derivation.sources) if derivation else [],
        "recorded": SENTENCE_SPACE[edition.language].join((recorded, *looked)),
    }


def _stated_name(column: str, t: Labels) -> str:
    """What readers call the `column` of a standard within a sentence."""
    if column in ("led_by", "also_called", "supersedes"):
        return t(f"stated_{column}")
    name = attribute_name(column, t)
    # A title is called after its language, which English writes with a capital.
    return name if column.startswith("title:") else name[:1].lower() + name[1:]


def _citation(edition: Edition, standard: Standard, path: str) -> dict[str, object]:
    """How to cite the standard, where the files for reference managers lie, what they lack."""
    comma = edition.labels("list_comma")
    files = f"../api/v1/citations/{standard.address}"
    return {
        "citations": [
            (edition.say(f"cite_{form}"), escape(text)) for form, text in citations.written(standard).items()
        ],
        "citation_lang": HTML_LANG[citations.own_language(standard)],
        "uncited": edition.say("cite_missing", what=comma.join(edition.labels(name).lower() for name in missing))
        if (missing := citations.missing(standard))
        else "",
        "citation_files": [(name, relative_link(path, f"{files}.{ending}")) for name, ending in _CITATION_FILES],
    }


def _neighbours(standard: Standard, places: dict[Standard, int]) -> list[Standard]:
    """The standards nearest to `standard` in the order of its principal field, itself left out."""
    if standard.field is None:
        return []
    others = standard.field.standards
    start = max(0, min(places[standard] - NEIGHBOURS // 2, len(others) - NEIGHBOURS - 1))
    return [other for other in others[start : start + NEIGHBOURS + 1] if other is not standard]
