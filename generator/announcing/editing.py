"""New texts of files, in which lines that need not change stay as written."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping

import yaml


def edited_csv(
    text: str,
    changed: Mapping[int, Mapping[str, str]] = {},
    removed: Iterable[int] = (),
    added: Iterable[Mapping[str, str]] = (),
    columns: Iterable[str] = (),
) -> str:
    """The CSV `text` with other rows.

    `changed` maps a line, from 1, to its new cells; `removed` are lines to take out; `added` are cells of rows to add
    below. A `text` that is empty begins with `columns` as its header.
    """
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines(keepends=True)
    if not lines:
        lines = [_line(list(columns), ending)]
    header = next(csv.reader([lines[0].lstrip("\ufeff")]))
    gone = set(removed)
    edited: list[str] = []
    for number, line in enumerate(lines, 1):
        if number in changed:
            edited.append(_line([changed[number].get(name.strip(), "") for name in header], ending))
        elif number not in gone:
            edited.append(line)
    new = [_line([cells.get(name.strip(), "") for name in header], ending) for cells in added]
    if new and edited and not edited[-1].endswith(("\n", "\r")):
        edited[-1] += ending
    return "".join(edited + new)


def _line(cells: list[str], ending: str) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator=ending).writerow(cells)
    return out.getvalue()


def with_entry(text: str, address: str, values: Mapping[str, object], before: int = 0) -> str:
    """The YAML `text` with a new entry for `address` at its end.

    Where `before` is given, it stands above the entry on that line and the comments that belong to it.
    """
    entry = f"{address}:\n" + "".join(entry_lines(values, "  "))
    if not before:
        return f"{text.rstrip()}\n\n{entry}" if text.strip() else entry
    lines = text.splitlines(keepends=True)
    at = before - 1
    while at and lines[at - 1].startswith("#"):
        at -= 1
    return "".join((*lines[:at], entry, "\n", *lines[at:]))


def with_value(text: str, line: int, value: str) -> str:
    """The YAML `text` with `value` added to the list whose key stands on `line`."""
    lines = text.splitlines(keepends=True)
    key = lines[line - 1]
    if "]" in key:
        head, _, tail = key.rpartition("]")
        lines[line - 1] = f"{head}{'' if head.rstrip().endswith('[') else ', '}{value}]{tail}"
        return "".join(lines)
    at = line
    while at < len(lines) and re.match(r"\s+-\s", lines[at]):
        at += 1
    indent = _indent_of(lines[at - 1]) if at > line else f"{_indent_of(key)}  "
    return "".join((*lines[:at], f"{indent}- {value}\n", *lines[at:]))


def _indent_of(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def entry_lines(values: Mapping[str, object], indent: str) -> Iterable[str]:
    """The lines of an entry `values`, each behind `indent`."""
    for key, value in values.items():
        if isinstance(value, Mapping) and key == "standing":
            yield f"{indent}{key}: {{{', '.join(f'{language}: {one}' for language, one in value.items())}}}\n"
        elif isinstance(value, Mapping):
            yield f"{indent}{key}:\n"
            yield from entry_lines(value, f"{indent}  ")
        elif isinstance(value, (list, tuple)):
            yield f"{indent}{key}: [{', '.join(scalar(one, flow=True) for one in value)}]\n"
        else:
            yield f"{indent}{key}: {scalar(value)}".rstrip() + "\n"


def scalar(value: object, *, flow: bool = False) -> str:
    """One value as YAML writes it on one line.

    '' is for what is to be completed.
    """
    text = str(value)
    if not text:
        return ""
    if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?|[1-9]\d*", text):
        return text
    plain = yaml.safe_dump([text] if flow else text, allow_unicode=True, width=10**6, default_flow_style=True)
    # Quoted as people quote here: a text of JSON is one of YAML.
    return json.dumps(text, ensure_ascii=False) if plain.lstrip("[")[0] in "'\"" else text
