"""What social cards say: the pictures that chats show of links."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.catalogue.evidence import evidence_of
from generator.catalogue.labels import Labels
from generator.catalogue.languages import LANGUAGES, own_texts
from generator.catalogue.model import Batch, Catalogue, Field, Shared, Standard
from generator.publishing.pages.addresses import address_of
from generator.publishing.pages.sentences import (
    field_about,
    in_brief,
    is_in_use,
    numbers,
    sureness,
    titles_of,
    verdict,
    when,
)
from generator.publishing.sharing.card_drawing import Card, Phrases

CARDS = "cards/"


def cards(subject: Shared | Catalogue, announced_up_to: date, labels: dict[str, Labels]) -> Iterator[Card]:
    """The cards of a record, or of the list.

    One in each language comes first, then that of the short link.
    Standards that were announced later than `announced_up_to` are not told of.
    """
    path = "home" if isinstance(subject, Catalogue) else address_of(subject).strip("/")
    for language, t in labels.items():
        large, *small = _titles(subject, labels, language)
        yield Card(
            f"{CARDS}{language}/{path}.png",
            ((t("site_name"), language),),
            _phrases({language: _above(subject, t)}),
            (large,),
            tuple(small),
            _phrases({language: _below(subject, t)}),
            _phrases({language: verdict(subject, t) if isinstance(subject, Standard) else in_brief(subject, t)}),
            (*_phrases({language: _more(subject, t)}), (t("card_note", announced=announced_up_to), language)),
            "",
            is_in_use(subject),
        )
    yield _card_of_short_link(subject, path, announced_up_to, labels)


def _card_of_short_link(subject: Shared | Catalogue, path: str, day: date, labels: dict[str, Labels]) -> Card:
    """The card in all languages; it says in how many words one line has room for."""
    titles = _titles(subject, labels, LANGUAGES[0])
    note = "unofficial_catalogue"
    if isinstance(subject, Standard) and is_in_use(subject):
        note = f"card_sure_{evidence_of(subject).level}"
    # A number is the same in each, but for its dash; days in three languages have no room.
    below = {LANGUAGES[0]: numbers(subject, labels[LANGUAGES[0]])} if isinstance(subject, Standard) else {}
    return Card(
        f"{CARDS}{path}.png",
        tuple((t("site_name"), language) for language, t in labels.items()),
        _phrases({language: _above(subject, t) for language, t in labels.items()}),
        tuple(title for title in titles if title[1] != "en"),
        tuple(title for title in titles if title[1] == "en"),
        _phrases(below),
        tuple((in_brief(subject, t), language) for language, t in labels.items()),
        tuple((t(note), language) for language, t in labels.items()),
        day.isoformat(),
        is_in_use(subject),
    )


def _titles(subject: Shared | Catalogue, labels: dict[str, Labels], language: str) -> Phrases:
    """The title in `language`, or what stands in for it, then those in the others."""
    if isinstance(subject, Catalogue):
        words = {one: t("site_title") for one, t in labels.items()}
        return _phrases({language: words[language]} | words)
    titles = titles_of(subject)
    own = {one: title.words for one, title in own_texts(titles).items()}
    return _phrases({titles[language].language: titles[language].words} | own)


def _phrases(words: dict[str, str]) -> Phrases:
    """Language → `words` as phrases; those that two languages share once."""
    first = {text: language for language, text in reversed(words.items())}
    # In these fonts a curly apostrophe is as broad as a Chinese character.
    return tuple((text.replace("’", "'"), language) for text, language in reversed(first.items()) if text)


def _above(subject: Shared | Catalogue, t: Labels) -> str:
    """What stands above the title: the field of a standard, the kind of anything else."""
    match subject:
        case Catalogue():
            return ""
        case Standard():
            return t("list_comma").join(place.field.name[t.language].words for place in subject.fields)
        case Field():
            return t("field")
        case Batch():
            return t("batch")


def _below(subject: Shared | Catalogue, t: Labels) -> str:
    """What stands below the title."""
    match subject:
        case Standard():
            return numbers(subject, t)
        case Batch():
            return when(subject, t)
        case _:
            return ""


def _more(subject: Shared | Catalogue, t: Labels) -> str:
    """What else is to be known."""
    match subject:
        case Catalogue():
            return t("home_sentence")
        case Standard():
            return sureness(subject, t) if is_in_use(subject) else ""
        case Field():
            return field_about(subject, t)
        case Batch():
            return ""
