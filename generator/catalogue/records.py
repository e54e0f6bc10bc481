"""The rows of the files of records, which know where they stand."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

import yaml

from generator.catalogue.columns import LISTED, TABLES, YAML_TABLES
from generator.catalogue.machine import in_words, reason_of
from generator.catalogue.messages import Message, column_in_file
from generator.catalogue.texts import conflict_line
from generator.files.disk import read_file
from generator.files.foreign import is_foreign

RECORDS = "records"
LEDGER = "addresses.txt"
LEDGER_TITLE = "# every address that was ever published, one a line"
"""The line by which a ledger that holds nothing yet differs from one that was emptied."""
CHANGES = "changes.csv"
_STANDARDS = "standards"
BATCH_FILE = "batch-"
UNKNOWN_BATCH = "unknown"
SEPARATOR = "|"
_YAML_FILES = {table: f"{table}.yml" for table in YAML_TABLES}
"""Table → its file."""
_OPTIONAL = ("cases", "events", "statements", "adoption", "lookups")
"""The tables without which there is a list all the same."""
_DEPTH = 10
_LONGEST_YAML = 2_000_000
"""Characters of the longest YAML file that is read: a hundredfold what the longest has."""
_ROWS = 100_000
"""Rows of one table that are read; five times what the site is built for."""
ENOUGH = 1000
"""Faults of one kind after which nobody reads on."""
_LONGEST_SENTENCE = 1000
"""Characters of a sentence that are printed, its end among them."""
_NULL = "tag:yaml.org,2002:null"
_EMPTY = yaml.ScalarNode(_NULL, "")
_PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}" for name in ("str", "null", "bool", "int", "float", "timestamp", "merge", "value")
}
"""What PyYAML takes texts for that are written without a tag such as `!!binary`."""
_LARGEST = 64 * 2**20
"""Bytes of the largest file that is read: tenfold what a list of 50,000 standards takes."""
_UNPRINTABLE = re.compile(
    r"[^\S \u3000]|[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff]"
)
"""Line breaks and what hides or turns around the text beside it."""
_SAMPLE = 100_000
"""Bytes by which an encoding is guessed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the editor can mend: `file:line: sentence`."""

    file: str
    line: int
    sentence: Message

    def __lt__(self, other: Problem) -> bool:
        # Alike in every language.
        return (self.file, self.line, repr(self.sentence)) < (other.file, other.line, repr(other.sentence))

    def __str__(self) -> str:
        # What it quotes may be anything. A problem is one line, read from left to right, and of bounded length.
        sentence = str(self.sentence)
        if len(sentence) > _LONGEST_SENTENCE:
            sentence = f"{sentence[: _LONGEST_SENTENCE - 300]} … {sentence[-300:]}"
        text = f"{self.file}:{self.line}: {sentence}"
        return _UNPRINTABLE.sub(lambda character: ascii(character[0])[1:-1], text)


Value = str | tuple[str, ...]
"""A cell: its text, or the texts of a YAML list."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record as its file has it."""

    file: str
    """As messages show it."""
    line: int
    """The first of the record, from 1."""
    address: str
    """'' where it has none."""
    cells: Mapping[str, Value]
    """Column → value, without the empty ones."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Column → its line, where it is not the row's own."""

    def __getitem__(self, column: str) -> str:
        """The text of `column`; '' when it is empty."""
        value = self.cells.get(column, "")
        return value if isinstance(value, str) else joined(value)

    def many(self, column: str) -> tuple[str, ...]:
        """The texts of a `column` that may hold several."""
        value = self.cells.get(column, ())
        if isinstance(value, str):
            return tuple(several(value))
        return value

    @property
    def called(self) -> Message:
        """How a sentence calls it."""
        return Message("check.record", address=self.address) if self.address else Message("check.this-row")

    def line_of(self, column: str) -> int:
        return self.lines.get(column, self.line)

    def problem(self, column: str, sentence: Message) -> Problem:
        """The problem with the value of `column` that `sentence` describes."""
        return Problem(self.file, self.line_of(column), sentence)


@dataclass(slots=True)
class Records:
    """All rows below `content/records`."""

    folder: str
    """As messages show it."""
    tables: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})
    """Name of `TABLES` → its rows in file order."""
    batch_of: dict[str, str] = field(default_factory=dict)
    """File of standards → the address of its batch; '' where no source states it."""
    headers: dict[str, list[str]] = field(default_factory=dict)
    """CSV file → the columns that its first row names."""
    published: dict[str, int] = field(default_factory=dict)
    """Published address → its line in the ledger."""
    problems: list[Problem] = field(default_factory=list)
    """What could not be read."""
    unread: set[str] = field(default_factory=set)
    """Tables of which a file could not be read, so that nothing can be said of references to them."""


def read_records(content: Path) -> Records:
    """Read every file of records below the folder `content`.

    Never raises for what a file holds: what cannot be read is a `Problem` in `Records.problems`.
    """
    folder = content / RECORDS
    records = Records(shown(folder))
    for table, file in _YAML_FILES.items():
        if table not in _OPTIONAL or os.path.lexists(folder / file):
            _read_table(folder / file, table, records)
    _read_batches(folder / _STANDARDS, records)
    # Nothing has changed yet where there is no such file.
    if os.path.lexists(folder / CHANGES):
        _read_csv(folder / CHANGES, "changes", records)
    _read_ledger(folder / LEDGER, records)
    for name in _names(folder):
        if name not in (*_YAML_FILES.values(), _STANDARDS, CHANGES, LEDGER):
            records.problems.append(Problem(shown(folder / name), 1, Message("check.no-record")))
    return records


def _read_table(path: Path, table: str, records: Records) -> None:
    """Add the rows of a YAML file to its `table`, those of the lists in its entries to theirs."""
    parts = {key: records.tables[key] for key in LISTED.get(table, ())}
    rows = read_yaml(path, records.problems, parts)
    if rows is None:
        records.unread.update((table, *parts))
    else:
        records.tables[table].extend(rows)


def _names(folder: Path) -> list[str]:
    """The names of what stands in `folder`, sorted, without what other programs left there."""
    return sorted(path.name for path in folder.glob("*") if not is_foreign(path.name))


def _read_batches(folder: Path, records: Records) -> None:
    """Add the rows of each CSV file in the `folder` of standards to `records`."""
    names = _names(folder)
    for name in names:
        if name.endswith(".csv"):
            _read_standards(folder / name, records)
        else:
            records.problems.append(Problem(shown(folder / name), 1, Message("check.not-csv")))
    if not any(name.endswith(".csv") for name in names):
        records.problems.append(Problem(shown(folder), 1, Message("check.no-csv")))


def _read_ledger(path: Path, records: Records) -> None:
    """Add the published addresses to `records`."""
    text = read_text(path, records.problems)
    if text is not None and not text.strip():
        records.problems.append(Problem(shown(path), 1, Message("check.empty-ledger", title=LEDGER_TITLE)))
    lines = [line.strip() for line in (text or "").split("\n")]
    records.published = {line: n for n, line in enumerate(lines, 1) if line and not line.startswith("#")}


def several(text: str) -> list[str]:
    """The values of a cell that may hold several."""
    return [part for one in text.split(SEPARATOR) if (part := one.strip())]


def joined(values: Iterable[str]) -> str:
    """Several values as one cell holds them."""
    return f" {SEPARATOR} ".join(values)


def once(values: Iterable[str]) -> tuple[str, ...]:
    """The `values`, or one for all where they are alike."""
    all_values = tuple(values)
    return all_values if len(set(all_values)) > 1 else all_values[:1]


def of_each(values: Sequence[str], count: int) -> Sequence[str]:
    """One of the `values` for each of `count`, where there may be one for all."""
    return [*values] * count if len(values) == 1 else values


def shown(path: Path) -> str:
    """`path` as messages show it: relative to the working folder where it lies below it."""
    try:
        # A link is shown where it stands, not where it leads.
        return Path(os.path.abspath(path)).relative_to(Path.cwd()).as_posix()  # noqa: PTH100
    except ValueError:
        return path.as_posix()


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a UTF-8 file, its line ends as Unix writes them.

    The byte order mark that Excel writes is no part of it.
    None, with a problem added, where it cannot be read, is in another encoding or half merged by git.
    """
    data = read_content_file(path, problems)
    if data is None:
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = Message("check.save-csv") if path.suffix == ".csv" else Message("check.save-text")
        sentence = Message("check.not-utf-8", guess=_guessed(data), remedy=remedy)
        problems.append(Problem(shown(path), line, sentence))
        return None
    if line := conflict_line(text):
        problems.append(Problem(shown(path), line, Message("check.two-versions")))
        return None
    return text


def read_content_file(path: Path, problems: list[Problem]) -> bytes | None:
    """What stands in a file.

    None, with a problem added, where it is missing or cannot be read.
    """
    try:
        return read_file(path, _LARGEST)
    except FileNotFoundError:
        sentence = Message("check.no-such-file")
    except OSError as error:
        sentence = Message("check.unreadable", reason=reason_of(error))
    problems.append(Problem(shown(path), 1, sentence))
    return None


def _guessed(data: bytes) -> Message | Literal[""]:
    """The clause about the encoding that `data` may have; '' for nobody knows which."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return Message("check.utf-16")
    # Seldom wanted, and slow to load.
    from charset_normalizer import from_bytes

    names = {"gb18030": "GB18030", "big5hkscs": "Big5", "big5": "Big5"}
    # The whole lines at the beginning tell enough.
    best = from_bytes(data[: data.rfind(b"\n", 0, _SAMPLE)], cp_isolation=["gb18030", "big5hkscs"]).best()
    return Message("check.like-encoding", encoding=names[best.encoding]) if best and best.encoding in names else ""


def read_yaml(
    path: Path, problems: list[Problem], parts: Mapping[str, list[Row]] = MappingProxyType({})
) -> list[Row] | None:
    """The entries of a YAML file `address: {key: …}` as rows, in file order.

    `parts` maps a key, which holds a list of entries without addresses, to the rows that these are added to, under
    the address of the entry that they are part of. None, with a problem added, where the file as a whole cannot be
    read.
    """
    node, file = read_node(path, problems), shown(path)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        problems.append(Problem(file, 1, Message("check.no-entries")))
        return None
    rows = []
    for key, line, value in _entries(node, "", file, problems):
        if not isinstance(value, yaml.MappingNode):
            problems.append(Problem(file, line, Message("check.no-keys", key=key)))
            continue
        own = [(name, _EMPTY if _text(name) in parts else one) for name, one in value.value]
        rows.append(_row(yaml.MappingNode(value.tag, own), key, line, file, problems))
        for name, entries in value.value:
            if (part := _text(name) or "") in parts:
                parts[part].extend(_part_rows(name, entries, key, file, problems))
    return rows


def _part_rows(key: yaml.Node, entries: yaml.Node, address: str, file: str, problems: list[Problem]) -> Iterator[Row]:
    """The rows of the list of `entries` that stands at `key` of the entry called `address`."""
    if not isinstance(entries, yaml.SequenceNode):
        problems.append(Problem(file, key.start_mark.line + 1, Message("check.no-list", key=key.value)))
        return
    for entry in entries.value:
        line = entry.start_mark.line + 1
        if isinstance(entry, yaml.MappingNode):
            yield _row(entry, address, line, file, problems)
        else:
            problems.append(Problem(file, line, Message("check.part-without-keys", key=key.value)))


def _row(node: yaml.MappingNode, address: str, line: int, file: str, problems: list[Problem]) -> Row:
    """The entry `node`, which stands on `line`, as a row."""
    cells: dict[str, Value] = {}
    lines: dict[str, int] = {}
    for column, at, cell in _flat(node, "", file, problems):
        if column in lines:
            problems.append(Problem(file, at, _second_time(column, lines[column])))
            continue
        lines[column] = at
        if cell:
            cells[column] = cell
    return Row(file, line, address, cells, lines)


def read_node(path: Path, problems: list[Problem]) -> yaml.Node | None:
    """What a YAML file holds; an empty mapping where it is empty.

    None, with a problem added, where it cannot be read.
    """
    text = read_text(path, problems)
    if text is None:
        return None
    file = shown(path)
    if len(text) > _LONGEST_YAML:
        problems.append(Problem(file, 1, Message("check.long-file", length=len(text), most=_LONGEST_YAML)))
        return None
    try:
        if fault := _unreadable(text):
            problems.append(Problem(file, *fault))
            return None
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.reader.ReaderError as error:
        line = text.encode()[: error.position].count(b"\n") + 1
        problems.append(Problem(file, line, Message("check.yaml-character", reason=in_words(error.reason))))
        return None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(file, line, Message("check.not-yaml", reason=in_words(error.problem or ""))))
        return None
    return node or yaml.MappingNode("tag:yaml.org,2002:map", [])


def _unreadable(text: str) -> tuple[int, Message] | None:
    """The line of YAML that PyYAML would take too long for, or crash on, and what is wrong there."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            return event.start_mark.line + 1, Message("check.alias", anchor=event.anchor)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEPTH:
                return event.start_mark.line + 1, Message("check.deep-file")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return None


def _entries(
    node: yaml.MappingNode, prefix: str, file: str, problems: list[Problem]
) -> Iterator[tuple[str, int, yaml.Node]]:
    """The (name, line, value) of each key of `node`; its name begins with `prefix`."""
    seen: dict[str, int] = {}
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not (own := _text(key)):
            problems.append(Problem(file, line, Message("check.no-key")))
            continue
        name = prefix + own
        if name in seen:
            problems.append(Problem(file, line, _second_time(name, seen[name])))
            continue
        seen[name] = line
        yield name, line, value


def _second_time(key: str, first: int) -> Message:
    """The sentence about a `key` that stands in the line `first` already."""
    return Message("check.second-time", key=key, line=str(first))


def _flat(node: yaml.MappingNode, prefix: str, file: str, problems: list[Problem]) -> Iterator[tuple[str, int, Value]]:
    """The (column, line, value) of each key of `node`; nested keys are joined by a colon."""
    for column, line, value in _entries(node, prefix, file, problems):
        text = _text(value)
        if text is not None:
            yield column, line, text
        elif isinstance(value, yaml.MappingNode) and not prefix:
            yield column, line, ""
            yield from _flat(value, f"{column}:", file, problems)
        elif isinstance(value, yaml.SequenceNode) and None not in (texts := [_text(one) for one in value.value]):
            yield column, line, tuple(filter(None, texts))
            if not all(texts):
                problems.append(Problem(file, line, Message("check.empty-text", key=column)))
        else:
            yield column, line, ""
            sentence = Message("check.deep-key", key=column)
            if isinstance(value, yaml.ScalarNode):
                sentence = Message("check.tagged", key=column, tag=value.tag)
            problems.append(Problem(file, line, sentence))


def _text(node: yaml.Node) -> str | None:
    """The text of `node`; '' where it is an unquoted ~ or null, None where it is no plain text."""
    if not isinstance(node, yaml.ScalarNode) or node.tag not in _PLAIN_TAGS:
        return None
    return "" if node.tag == _NULL else node.value


def _read_standards(path: Path, records: Records) -> None:
    """Add the rows of one batch's CSV to `records`; the file's name says the batch."""
    problems, file = records.problems, shown(path)
    name = path.stem
    if not name.startswith(BATCH_FILE):
        sentence = Message(
            "check.batch-file", pattern=f"{BATCH_FILE}<batch>.csv", unknown=f"{BATCH_FILE}{UNKNOWN_BATCH}.csv"
        )
        problems.append(Problem(file, 1, sentence))
        return
    batch = name.removeprefix(BATCH_FILE)
    records.batch_of[file] = "" if batch == UNKNOWN_BATCH else batch
    _read_csv(path, "standards", records)


def _read_csv(path: Path, table: str, records: Records) -> None:
    """Add the rows of a CSV file of `table` to `records`."""
    problems, file, taken = records.problems, shown(path), records.tables[table]
    text = read_text(path, problems)
    rows = _csv_rows(text, file, problems) if text is not None else iter(())
    header = _cut(next(rows, (1, []))[1], 0)
    if text is None or not _is_header(header, table, file, problems):
        records.unread.add(table)
        return
    records.headers[file] = header
    before = len(problems)
    for line, row in rows:
        cells = _cut(row, len(header))
        if len(cells) == len(header):
            values = {column: cell for column, cell in zip(header, cells, strict=True) if cell}
            taken.append(Row(file, line, values.get("address", ""), values))
        else:
            problems.append(Problem(file, line, _cell_count(cells, header)))
        if len(taken) > _ROWS:
            problems.append(Problem(file, line, Message("check.too-many-rows", most=_ROWS)))
        if len(taken) > _ROWS or len(problems) > before + ENOUGH:
            break
    if len(problems) > before:
        records.unread.add(table)


def _csv_rows(text: str, file: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """The (line, cells) of each row that is not empty; what is no CSV is added to `problems`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        problems.append(Problem(file, line, Message("check.not-csv-on", reason=reason_of(error))))


def _cut(cells: list[str], length: int) -> list[str]:
    """The `cells` without the empty ones that Excel adds after the first `length`."""
    while len(cells) > length and not cells[-1]:
        cells.pop()
    return cells


def _is_header(header: list[str], table: str, file: str, problems: list[Problem]) -> bool:
    """Whether `header` names columns of `table`; what is wrong with it is added to `problems`."""
    wanted = [column.name for column in TABLES[table]]
    if not header:
        problems.append(Problem(file, 1, Message("check.empty-table", table=table)))
    elif len(header) == 1 and (separator := re.search(r"[;\t]", header[0])):
        sentence = Message("check.tabs") if separator[0] == "\t" else Message("check.semicolons")
        problems.append(Problem(file, 1, sentence))
    elif not set(header) & set(wanted) or len(header) > 2 * len(wanted):
        problems.append(Problem(file, 1, Message("check.no-header", columns=tuple(wanted[:2]))))
    else:
        for n, name in enumerate(header):
            if name in header[:n]:
                problems.append(Problem(file, 1, Message("check.column-twice", column=name)))
        if lacking := [name for name in wanted if name not in header]:
            columns = tuple(map(column_in_file, lacking))
            problems.append(Problem(file, 1, Message("check.lacking-columns", columns=columns)))
        return True
    return False


def _cell_count(cells: list[str], header: list[str]) -> Message:
    """The sentence about a row of `cells` that are not as many as those of the `header`."""
    if len(cells) < len(header):
        missing = header[len(cells)]
        return Message("check.short-row", cells=len(cells), columns=len(header), missing=missing)
    return Message("check.long-row", cells=len(cells), columns=len(header))
