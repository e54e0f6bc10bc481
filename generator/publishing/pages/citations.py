"""A standard → how to cite it, for writers, for reference managers."""

# What no source states is left out, or marked as unknown where a form has a mark for it; nothing stands in for it.

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.catalogue.languages import LANGUAGES, STANDINGS
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
    return min(LANGUAGES, key=lambda language: STANDINGS.index(standard.title[language].standing))


def written(standard: Standard) -> dict[str, str]:
    """Form → citation as one line of plain text.

    GB/T 7714—2025 puts the number before the title, with an em space between the two, and names no responsible body
    (as the style of the Chinese Zotero community has it); GB/T 7714—2015 has the body, the number after the title,
    and marks for an unknown place, publisher and year; ISO 690:2021 begins with the body and the number, and gives a
    translation of the title in brackets. Place and publisher are those of a printed edition, which no source names.
    """
    language = own_language(standard)
    title, year = standard.title[language].words, _year(standard)
    number = designation(standard.designation, "zh-Hans")
    body = standard.publisher.name[language].words if standard.publisher else ""
    translated = "" if language == "en" else f" [{standard.title['en'].words}]"
    return {
        "gbt_2025": ". ".join(filter(None, ("\u2003".join(filter(None, (number, title))) + "[S]", year))) + ".",
        "gbt_2015": "".join(
            (
                f"{body}. " if body else "",
                f"{title}: {number}" if number else title,
                f"[S]. [出版地不详]: [出版者不详], {year or '[出版日期不详]'}.",
            )
        ),
        "iso_690": "".join(
            (
                f"{body}. " if body else "",
                f"{standard.designation}, " if standard.designation else "",
                f"{title}{translated}. {year or '[n.d.]'}.",
            )
        ),
    }


def missing(standard: Standard) -> list[str]:
    """What a citation wants and no source states: names of attributes."""
    stated = {"designation": standard.designation, "publisher": standard.publisher, "issued_on": _year(standard)}
    return [name for name, value in stated.items() if not value]


def exports(standard: Standard) -> Iterator[tuple[str, str]]:
    """(ending of the file, text) for each form that reference managers read."""
    yield "bib", _bibtex(standard)
    yield "ris", _ris(standard)
    yield "json", indented([_csl(standard)])


def _year(standard: Standard) -> str:
    """The year it was issued, which is also the end of a designation."""
    if standard.issued_on:
        return str(standard.issued_on.year)
    year = standard.designation.rpartition("-")[2]
    return year if re.fullmatch("[0-9]{4}", year) else ""


def _bibtex(standard: Standard) -> str:
    """An entry `@standard` of biblatex; its key is the address."""
    language = own_language(standard)
    values = {
        "title": standard.title[language].words,
        "titleaddon": "" if language == "en" else f"[{standard.title['en'].words}]",
        "organization": standard.publisher.name[language].words if standard.publisher else "",
        "number": standard.designation,
        "date": standard.issued_on.isoformat() if standard.issued_on else _year(standard),
        "langid": "english" if language == "en" else "chinese",
        "note": _note(standard),
    }
    lines = "".join(f"  {name} = {{{value.translate(_TEX)}}},\n" for name, value in values.items() if value)
    return f"@standard{{{standard.address},\n{lines}}}\n"


def _ris(standard: Standard) -> str:
    """A record of the type STAND; its number stands in SN, where reference managers look for it."""
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
