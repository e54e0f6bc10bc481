"""The calendars: days of announcements, days on which standards come into force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.catalogue.labels import Labels
from generator.catalogue.model import Catalogue, Shared
from generator.publishing.exports.feeds import FEEDS
from generator.publishing.pages.addresses import address_of, short_of
from generator.publishing.pages.sentences import news_of_batch

_LINE = 74
"""Bytes of a line, before which a further one has a space: 75 is the most (RFC 5545, 3.1)."""
_PIECES = re.compile(r"\\?.")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_files(catalogue: Catalogue, labels: dict[str, Labels], site_url: str) -> Iterator[tuple[str, str]]:
    """Yield (path below the site, text) of the calendar in each language.

    Source of the form: RFC 5545, with NAME of RFC 7986.
    """
    for language, t in labels.items():
        lines = map(_folded, _lines(catalogue, t, site_url))
        yield f"{FEEDS}{language}/calendar.ics", "".join(f"{line}\r\n" for line in lines)


def _lines(catalogue: Catalogue, t: Labels, site_url: str) -> Iterator[str]:
    yield from ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Bay Area Standards//EN")
    name = t("site_title").translate(_ESCAPES)
    # What programs look for that are older than RFC 7986 stands beside it.
    yield from (f"NAME:{name}", f"X-WR-CALNAME:{name}")
    yield from ("REFRESH-INTERVAL;VALUE=DURATION:P1D", "X-PUBLISHED-TTL:P1D")
    for record, day, summary in _days(catalogue, t):
        kind = short_of(record).partition("/")[0]
        yield "BEGIN:VEVENT"
        yield f"SUMMARY:{summary.translate(_ESCAPES)}"
        yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
        yield f"DTSTAMP:{day:%Y%m%d}T000000Z"
        # Nobody is busy on that day.
        yield "TRANSP:TRANSPARENT"
        yield f"UID:{kind}-{(*record.former_addresses, record.address)[0]}@bay-area-standards"
        yield f"URL:{site_url}{t.language}/{address_of(record)}"
        yield "END:VEVENT"
    yield "END:VCALENDAR"


def _days(catalogue: Catalogue, t: Labels) -> Iterator[tuple[Shared, date, str]]:
    """(record, day, what is on it) for each day of the calendar."""
    for batch in catalogue.batches:
        if batch.announced_on:
            yield batch, batch.announced_on, news_of_batch(batch, t)
    for standard in catalogue.standards:
        if standard.implemented_on:
            sentence = t("comes_into_force", title=standard.title[t.language].words)
            yield standard, standard.implemented_on, sentence


def _folded(line: str) -> str:
    """The line in short parts, no character or escape cut in two."""
    parts, room = [""], _LINE
    for piece in _PIECES.findall(line):
        size = len(piece.encode())
        if size > room:
            parts.append("")
            room = _LINE
        parts[-1] += piece
        room -= size
    return "\r\n ".join(parts)
