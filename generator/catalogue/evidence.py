"""How surely the sources of a standard state that it is listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from generator.catalogue.columns import LISTING, SOURCE_KINDS, SourceKind
from generator.catalogue.model import Source, Standard

Confidence = Literal["high", "medium", "low"]
"""How sure something is."""
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
_OFFICIAL: frozenset[SourceKind] = frozenset({"list", "government"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """What states that a standard is on the list."""

    level: Confidence
    sources: tuple[Source, ...]
    """Those that state it, the best first."""

    @property
    def kind(self) -> SourceKind | Literal[""]:
        """What the best of the sources is; '' where none states it."""
        return self.sources[0].kind if self.sources else ""


def evidence_of(standard: Standard) -> Evidence:
    """What states that `standard` is on the list.

    A source that is older than the announcement cannot, unless the record says that it does.
    """
    able = tuple(one for one in standard.sources if not one.said_on or one.said_on >= standard.earliest)
    ranked = tuple(sorted(standard.stated_by.get(LISTING, able), key=_rank))
    return Evidence(_confidence(ranked[0]) if ranked else "low", ranked)


def is_hearsay(standard: Standard) -> bool:
    """Whether nothing better than hearsay states that `standard` is on the list."""
    return evidence_of(standard).level == "low"


def _rank(source: Source) -> tuple[int, int]:
    return CONFIDENCES.index(_confidence(source)), SOURCE_KINDS.index(source.kind)


def _confidence(source: Source) -> Confidence:
    """How sure it is what `source` states: official words are surer than others, an original than a copy."""
    if source.kind == "unsigned":
        return "low"
    is_official = source.kind in _OFFICIAL
    is_original = bool(source.url or source.file) and not source.is_copy
    if is_official and is_original:
        return "high"
    return "medium" if is_official or is_original else "low"
