"""A record → a digest of its facts, the same as long as they are."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from hashlib import blake2b
from operator import attrgetter

from generator.catalogue.languages import Text
from generator.catalogue.model import Batch, Catalogue, Correction, Field, Organisation, Source, Standard

_SAID_BY_OTHERS = {"standards", "fields", "organisations", "corrections", "published", "led", "superseded_by"}
"""Attributes of a record that the rows of other records fill."""


class Identities:
    """The digests of records, each made once."""

    def __init__(self) -> None:
        self._known: dict[object, str] = {}

    def of(self, *things: object) -> str:
        """A digest of `things`: records, plain values, tuples of either.

        Of a record it holds its own facts, its sources' too, and the addresses of other records that its own row
        names. What others say of it, such as which standards a field has, is not in it: whoever shows that rests on
        those others. Of the catalogue it holds everything.
        """
        return _digest(repr(tuple(map(self._told, things))))

    def _told(self, thing: object) -> object:
        match thing:
            case tuple():
                return tuple(map(self._told, thing))
            case Standard() | Field() | Batch() | Organisation() | Source() | Correction() | Catalogue():
                known = self._known.get(thing)
                if known is None:
                    known = self._known[thing] = _digest(repr(self._facts(thing)))
                return known
        return thing

    def _facts(self, record: object) -> tuple[object, ...]:
        if isinstance(record, Catalogue):
            return tuple(tuple(map(self._told, getattr(record, one.name))) for one in fields(record))
        return tuple(map(self._fact, _own(type(record))(record)))

    def _fact(self, value: object) -> object:
        match value:
            case dict():
                return tuple((name, self._fact(one)) for name, one in value.items())
            case Text():
                return (value.words, value.standing)
            case Source():
                return self._told(value)
            case Standard() | Field() | Batch() | Organisation():
                return (type(value).__name__, value.address)
            case frozenset():
                return tuple(sorted(value))
            case tuple() | list():
                return tuple(map(self._fact, value))
        return value


@cache
def _own(kind: type) -> attrgetter:
    """What a record's own row says."""
    return attrgetter(*(one.name for one in fields(kind) if one.name not in _SAID_BY_OTHERS))


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=12).hexdigest()
