"""What is said of a record in a sentence, in one language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date

from generator.catalogue.columns import BATCH, ENDED
from generator.catalogue.evidence import Evidence, evidence_of, is_hearsay
from generator.catalogue.figures import figures_of
from generator.catalogue.labels import Labels
from generator.catalogue.languages import SENTENCE_SPACE, Text, Trilingual
from generator.catalogue.log import LogEntry
from generator.catalogue.model import Batch, Catalogue, Correction, Field, Record, Shared, Standard
from generator.catalogue.records import several

_YEAR = re.compile(r"-(\d{4})$")
_SENTENCE_END = re.compile(r"(?<=。)|(?<=\.) (?=[A-Z])")

Named = dict[str, dict[str, Record]]
"""Attribute → address, present or former → the record that it names."""


Shown = Callable[[str, str], str]
"""A text, the language that it is in → how a sentence writes it."""


def first_sentence(text: str) -> str:
    """The first sentence of a `text` in any of the languages."""
    return _SENTENCE_END.split(text, maxsplit=1)[0]


def names_of(catalogue: Catalogue) -> Named:
    """The records that the attributes of a standard refer to."""
    tables = {
        "publisher": catalogue.organisations,
        "field": catalogue.fields,
        "batch": catalogue.batches,
        "supersedes": catalogue.standards,
    }
    return {
        name: {address: record for record in records for address in (record.address, *record.former_addresses)}
        for name, records in tables.items()
    }


def correction_sentence(
    one: Correction,
    t: Labels,
    named: Named,
    shown: Shown = lambda text, _: text,
    title_of: Callable[[Standard], Text] | None = None,
) -> str:
    """A change of a standard, in the language of `t`.

    `shown` is how the sentence writes what was and what is; `title_of` gives the title of a standard.
    """
    name, _, language = one.attribute.partition(":")
    attribute = attribute_name(one.attribute, t)
    if name == "supersedes":
        title_of = title_of or (lambda standard: standard.title[t.language])
        before, after = (_titles(text, t, named, shown, title_of) for text in (one.before, one.after))
    else:
        values = [_value(name, text, t, named) for text in (one.before, one.after)]
        before, after = (shown(value, language or t.language) if value else "" for value in values)
    if name == BATCH and one.standard.derivation and one.standard.batch is named[BATCH].get(one.after):
        after = t("batch_as_derived", batch=after)
    if not before and name in ("status", "withdrawn_on", "supersedes"):
        return t("correction_set", attribute=attribute, after=after)
    if not before:
        return t("correction_added", attribute=attribute, after=after)
    if not after:
        return t("correction_removed", attribute=attribute, before=before)
    return t("correction_changed", attribute=attribute, before=before, after=after)


def attribute_name(column: str, t: Labels) -> str:
    """What readers call the `column` of a standard."""
    name, _, language = column.partition(":")
    return t(f"title_{language}" if name == "title" else name)


def _titles(text: str, t: Labels, named: Named, shown: Shown, title_of: Callable[[Standard], Text]) -> str:
    """The titles of the standards whose addresses are `text`."""
    records = (named["supersedes"].get(address) for address in several(text))
    titles = (title_of(record) for record in records if isinstance(record, Standard))
    return t("list_comma").join(shown(title.words, title.language) for title in titles)


def _value(attribute: str, text: str, t: Labels, named: Named) -> str:
    """The `text` of a column for a reader: the name of what an address stands for, a day in words."""
    match attribute:
        case "field":
            return t("list_comma").join(_name(attribute, address, t, named) for address in several(text))
        case "publisher" | "batch":
            return _name(attribute, text, t, named)
        case "designation":
            return designation(text, t.language)
        case "status" | "route" if text:
            return t(f"{attribute}_{text}")
        case "announced_on" | "issued_on" | "implemented_on" | "withdrawn_on" if text:
            return t.written(date.fromisoformat(text))
    return text


def _name(attribute: str, address: str, t: Labels, named: Named) -> str:
    """The name of the record at `address`, which an `attribute` refers to."""
    record = named[attribute].get(address)
    return record.name[t.language].words if record and not isinstance(record, Standard) else address


def verdict(standard: Standard, t: Labels) -> str:
    """Whether `standard` is on the list, and since when, in one line."""
    first, sentence = answer(standard, t)
    return t("verdict", first=first, sentence=sentence)


def answer(standard: Standard, t: Labels) -> tuple[str, str]:
    """Whether `standard` is on the list or no longer in force; what its announcement was."""
    if standard.status == "withdrawn" and standard.withdrawn_on:
        first = t("verdict_withdrawn_on", date=standard.withdrawn_on)
    elif not is_in_use(standard):
        first = t(f"status_{standard.status}")
    else:
        first = t("verdict_listed_low" if is_hearsay(standard) else "verdict_listed")
    if standard.announced_on:
        return first, t("verdict_announced", date=standard.announced_on)
    if standard.batch:
        sentence = "verdict_derived" if standard.derivation else "verdict_batch"
        return first, t(sentence, batch=standard.batch.name[t.language].words)
    return first, t("verdict_unstated")


def how_sure(standard: Standard, t: Labels) -> str:
    """How sure it is that `standard` is on the list, and what states it best."""
    evidence = evidence_of(standard)
    return t(f"how_sure_{evidence.level}", grounds=_grounds(evidence, t))


def _grounds(evidence: Evidence, t: Labels) -> str:
    """What the best source of `evidence` is, and how many others there are."""
    if not evidence.sources:
        return t("evidence_older")
    best, *others = evidence.sources
    grounds = t(f"evidence_{best.kind}_{'copy' if best.is_copy else 'own'}")
    if others:
        return t("evidence_more", best=grounds, count=len(others))
    return t("evidence_only", best=grounds) if evidence.level == "low" else grounds


def is_in_use(subject: Shared | Catalogue) -> bool:
    """Whether `subject` still holds; only a standard may not."""
    return not isinstance(subject, Standard) or subject.status not in ENDED


def sureness(standard: Standard, t: Labels) -> str:
    """How sure the listing of `standard` is, as a sentence of its own."""
    return t("message_how_sure", line=how_sure(standard, t))


def in_brief(subject: Shared | Catalogue, t: Labels) -> str:
    """What is to be known first of `subject`, in a few words."""
    match subject:
        case Standard():
            if not is_in_use(subject):
                return answer(subject, t)[0]
            if is_hearsay(subject):
                return t("on_list_low")
            return t("on_list_since", date=subject.announced_on) if subject.announced_on else t("on_list")
        case Field():
            return t("field_recorded", count=len(subject.standards)) if subject.standards else t("empty_fields")
        case Batch():
            return t("batch_added", count=subject.standards_added, total=subject.standards_total)
        case Catalogue():
            count = figures_of(subject)
            return t("landing_figures", announced=count.announced, recorded=count.recorded)


def titles_of(record: Shared) -> Trilingual:
    """The title of a standard, the name of any other record."""
    return record.title if isinstance(record, Standard) else record.name


def field_about(field: Field, t: Labels) -> str:
    """What `field` is about, marked as our own description."""
    return t("field_about", about=field.about[t.language])


def titles_note(standards: Iterable[Standard], t: Labels) -> str:
    """A remark on titles of `standards` that are our own or wanted; '' for none."""
    titles = [standard.title[t.language] for standard in standards]
    remarks = {
        "titles_note": any(title.is_ours for title in titles if title.language == t.language),
        "untitled_note": any(title.language != t.language for title in titles),
    }
    return SENTENCE_SPACE[t.language].join(t(key) for key, is_due in remarks.items() if is_due)


def when(batch: Batch, t: Labels) -> str:
    """The day of an announcement, or the days between which it was."""
    return (
        t.written(batch.announced_on)
        if batch.announced_on
        else t("between", earliest=batch.earliest, latest=batch.latest)
    )


def announcement_sentence(batch: Batch, t: Labels) -> str:
    """When, where, by whom standards were announced, how many the list then had."""
    added = t("standards_count", count=batch.standards_added)
    is_first = batch.standards_added == batch.standards_total
    if is_first:
        added = _in_fields(t("lead_first", standards=added), batch.fields_total, t)
    elif batch.fields_added:
        added = t("lead_with_fields", standards=added, count=batch.fields_added)
    sentence = _announced(batch, added, t)
    if is_first:
        return sentence
    total = _in_fields(t("standards_count", count=batch.standards_total), batch.fields_total, t)
    return sentence + SENTENCE_SPACE[t.language] + t("lead_since", total=total)


def _in_fields(standards: str, fields: int | None, t: Labels) -> str:
    return t("lead_in_fields", standards=standards, fields=t("fields_count", count=fields)) if fields else standards


def _announced(batch: Batch, added: str, t: Labels) -> str:
    """That what `batch` `added` was announced, as exactly as the records say when."""
    if batch.announced_on is None:
        key = "lead_by_totals" if batch.is_known_by_totals else "lead_between"
        return t(key, earliest=batch.earliest, latest=batch.latest, added=added, count=batch.standards_added)
    if batch.place:
        return t("lead_on_at", day=batch.announced_on, place=batch.place[t.language], added=added)
    return t("lead_on", day=batch.announced_on, added=added)


def news_of_batch(batch: Batch, t: Labels) -> str:
    """An announcement as a calendar or a feed tells it."""
    return t("news_of_batch", name=batch.name[t.language].words, count=batch.standards_added)


def log_title(entry: LogEntry, t: Labels) -> str:
    """What an `entry` of the log tells, in a few words."""
    record = entry.record
    if isinstance(record, Batch):
        return news_of_batch(record, t)
    return t(f"log_{entry.kind}") + t("colon") + record.title[t.language].words


def log_sentence(entry: LogEntry, t: Labels, named: Named, shown: Shown = lambda text, _: text) -> str:
    """The rest of what an `entry` of the log tells.

    `shown` is as for a correction.
    """
    record = entry.record
    if entry.correction:
        source = entry.correction.source
        cited = t("source_of", name=source.name[t.language].words) if source else ""
        return correction_sentence(entry.correction, t, named, shown) + SENTENCE_SPACE[t.language] * bool(cited) + cited
    match record:
        case Batch():
            return announcement_sentence(record, t)
        case Standard():
            return t("list_comma").join(filter(None, (numbers(record, t), announcement_of(record, t))))
        case _:
            return t(f"case_{record.kind}") + t("colon") + record.described[t.language]


def announcement_of(standard: Standard, t: Labels) -> str:
    """To which announcement `standard` belongs, when that was."""
    if standard.batch is None:
        return t("log_of_unknown")
    name = standard.batch.name[t.language].words
    if standard.derivation:
        return t("log_of_derived", batch=name)
    return t("log_of_batch", batch=name, when=when(standard.batch, t))


def as_of(catalogue: Catalogue, t: Labels) -> str:
    """Up to when the list is told, and when its sources were last looked at."""
    if catalogue.lookup is None:
        return t("as_of_unlooked", announced=catalogue.announced_up_to)
    return t("as_of", announced=catalogue.announced_up_to, looked=catalogue.lookup.day)


def numbers(standard: Standard, t: Labels) -> str:
    """The numbers of `standard` that are known, as the language of `t` prints them."""
    stated = (standard.list_identifier, designation(standard.designation, t.language))
    return t("list_comma").join(filter(None, stated))


def sharing(record: Shared, t: Labels) -> str:
    """A message that tells what `record` is, for its link to follow."""
    sure = (sureness(record, t),) if isinstance(record, Standard) else ()
    return SENTENCE_SPACE[t.language].join((_about(record, t), *sure, _unofficial(record, t)))


def meta_description(standard: Standard, t: Labels) -> str:
    """What `standard` is, as short as a search engine prints it."""
    return SENTENCE_SPACE[t.language].join((_about(standard, t), _unofficial(standard, t)))


def _unofficial(record: Shared, t: Labels) -> str:
    """That neither the catalogue nor a title of its own is official."""
    is_title_ours = isinstance(record, Standard) and record.title[t.language].is_ours
    return t("message_unofficial_title" if is_title_ours else "message_unofficial")


def _about(record: Shared, t: Labels) -> str:
    """What `record` is, in a sentence."""
    match record:
        case Standard():
            title, identifiers, standing = record.title[t.language].words, numbers(record, t), verdict(record, t)
            key = "message_standard_numbered" if identifiers else "message_standard"
            return t(key, title=title, numbers=identifiers, verdict=standing)
        case Field():
            return t("message_field", name=record.name[t.language].words, recorded=in_brief(record, t))
        case Batch():
            return t("message_batch", name=record.name[t.language].words, added=in_brief(record, t))


def designation(number: str, language: str) -> str:
    """The designation `number` as `language` prints it.

    Chinese sets its year off with an em dash.
    """
    return number if language == "en" else _YEAR.sub(r"—\1", number)
