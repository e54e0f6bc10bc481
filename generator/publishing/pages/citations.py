"""A standard → how to cite it, for writers, for reference managers."""

# What no source states is left out; nothing stands in for it.

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.languages import STANDINGS, own_texts
from generator.catalogue.model import Standard
from generator.publishing.exports.json_text import indented
from generator.publishing.pages.sentences import designation

_TAGS = {"zh-Hans": "zh-CN", "zh-Hant": "zh-HK", "en": "en"}
"""Reference managers know these tags."""
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{c: f"\\{c}" for c in "%&#$_"},
    }
)


def own_language(standard: Standard) -> str:
    """The language in which a citation gives the title.

    It is that of the surest title, Chinese where two are alike.
    """
    titles = own_texts(standard.title)
    return min(titles, key=lambda language: STANDINGS.index(titles[language].standing))


def written(standard: Standard) -> dict[str, str]:
    """Form → citation as one line of plain text.

    The words are those of the official CSL styles “china-national-standard-gb-t-7714-2025-numeric” (which names neither
    body nor year of a standard), “…-2015-numeric” and “iso690-numeric-en”. Two clauses of ISO 690 are ours: the year
    alone, which needs no language, and a translation of the title in brackets, for which CSL has no place.
    A designation is printed as in the language of the title.
    """
    language = own_language(standard)
    title, year = standard.title[language].words, _year(standard)
    number = designation(standard.designation, language)
    body = standard.publisher.name[language].words if standard.publisher else ""
    translation = _translation(standard)
    return {
        "gbt_2025": _sentences("\u2003".join(filter(None, (number, title))) + "[S]"),
        "gbt_2015": _sentences(body, ": ".join(filter(None, (title, number))) + "[S]", year),
        "iso_690": _sentences(body, f"{title} {translation}".strip(), year, number),
    }


def _translation(standard: Standard) -> str:
    """The English title in brackets; '' where the citation gives it, or there is none."""
    english = own_texts(standard.title).get("en")
    return f"[{english.words}]" if english and own_language(standard) != "en" else ""


def _sentences(*parts: str) -> str:
    """The `parts` that are known, a full stop after each."""
    return ". ".join(filter(None, parts)) + "."


def missing(standard: Standard) -> list[str]:
    """What a citation wants and no source states: names of attributes."""
    stated = {"designation": standard.designation, "publisher": standard.publisher, "issued_on": _year(standard)}
    return [name for name, value in stated.items() if not value]


def exports(standard: Standard) -> Iterator[tuple[str, str]]:
    """(ending of the file, text) for each form that reference managers read."""
    yield "bib", bibtex(standard)
    yield "ris", ris(standard)
    yield "json", indented([_csl(standard)])


def _year(standard: Standard) -> str:
    """The year it was issued, which is also the end of a designation."""
    if standard.issued_on:
        return str(standard.issued_on.year)
    year = standard.designation.rpartition("-")[2]
    return year if re.fullmatch("[0-9]{4}", year) else ""


def bibtex(standard: Standard) -> str:
    """An entry `@standard` of biblatex; its key is the address."""
    language = own_language(standard)
    values = {
        "title": standard.title[language].words,
        "titleaddon": _translation(standard),
        "organization": standard.publisher.name[language].words if standard.publisher else "",
        "number": standard.designation,
        "date": standard.issued_on.isoformat() if standard.issued_on else _year(standard),
        "langid": "english" if language == "en" else "chinese",
        "note": _note(standard),
    }
    lines = "".join(f"  {name} = {{{value.translate(_TEX)}}},\n" for name, value in values.items() if value)
    return f"@standard{{{standard.address},\n{lines}}}\n"


def ris(standard: Standard) -> str:
    """A record of the type STAND.

    Its number stands in SN, where reference managers look for it.
    """
    language = own_language(standard)
    values = (
        ("TY", "STAND"),
        ("ID", standard.address),
        ("TI", standard.title[language].words),
        ("AU", standard.publisher.name[language].words if standard.publisher else ""),
        ("SN", standard.designation),
        ("PY", _year(standard)),
        ("DA", f"{standard.issued_on:%Y/%m/%d}" if standard.issued_on else ""),
        ("LA", _TAGS[language]),
        ("N1", _note(standard)),
    )
    return "".join(f"{tag}  - {value}\r\n" for tag, value in values if value) + "ER  - \r\n"


def _csl(standard: Standard) -> dict[str, object]:
    """An item of CSL-JSON (https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types)."""
    language, day, year = own_language(standard), standard.issued_on, _year(standard)
    values = {
        "id": standard.address,
        "type": "standard",
        "title": standard.title[language].words,
        "author": standard.publisher and [{"literal": standard.publisher.name[language].words}],
        "number": standard.designation,
        "issued": {"date-parts": [[day.year, day.month, day.day] if day else [int(year)]]} if year else None,
        "language": _TAGS[language],
        "note": _note(standard),
    }
    return {name: value for name, value in values.items() if value}


def _note(standard: Standard) -> str:
    return f"List identifier {standard.list_identifier}" if standard.list_identifier else ""
