"""Damaged records that must be refused, odd ones that must pass, and what a build makes of those."""

from __future__ import annotations

import contextlib
import csv
import gc
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception

from click.testing import CliRunner

from generator.__main__ import commands
from generator.catalogue.languages import LANGUAGES
from tests.attacks.trial import Run, Trial, generator_command, project_copy, run
from tests.conftest import WORLD

Edit = Callable[[bytes], bytes]
_PATIENCE = 10
"""Seconds within which a check answers."""
_HUGE = "huge: "
"""Begins what is said of damages that could keep a check for long."""
_STANDARDS = "standards/batch-2020-03.csv"
_ENTRY = "leaves:\n  name: {zh-Hans: 叶, zh-Hant: 葉, en: Leaves}\n"
_INVISIBLE = (
    *("\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ufeff"),
    *("\u00ad", "\u061c", "\u180e", "\u3164", "\u2800", "\u115f", "\u1160", "\uffa0", "\u034f", "\u17b4", "\ufe0f"),
    *("\u2028", "\u2029", "\x85", "\x1b", "\x07", "\x00", "\ue000", "\U000f0000", "\U000e0041", "\U0001d173"),
    *("\ufffd", "\ufffc", "\u0378", "\ufdd0", "\uffff", "\U0001ffff", "\U0002fffe", "a" + "\u0301" * 500, " \u0301"),
)
_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "########", "Err:502")
_SHORTENED = ("2.02E+11", "2E+11", "1.5e10", "2.02E-7")
_NOT_ADDRESSES = (
    *(
        "https://[bad",
        "https://[::1",
        "https://",
        "https:///path",
        "https://?q",
        "https://#top",
        "https://.",
        "https://a",
    ),
    *("https://a..invalid/", "https://-.invalid/", "https://tea.invalid:x/", "https://tea.invalid:99999/"),
    *("https://tea.invalid:0/", "https://tea .invalid/", "https://tea.invalid/a b", "https://user:word@tea.invalid/"),
    *("https://tea.invalid@bad.invalid/", "javascript:alert(1)", "ftp://tea.invalid/", "//tea.invalid/", "tea.invalid"),
    *("https://tea.invalid/%zz", "https://tea.invalid/<b>", 'https://tea.invalid/"', "https://tea.invalid/\\x"),
    *("https://tea.invalid/{x}", "https://tea.invalid/|", "https://localhost/", "http://127.0.0.1/", "https://1.2.3/"),
    *(
        "https://" + "a" * 64 + ".invalid/",
        "https://tea.invalid/" + "a" * 3000,
        "https:tea.invalid",
        "https//tea.invalid",
    ),
)
_NO_ADDRESSES = (
    *("a" * 201, "a" * 255, "a" * 300, "con", "nul", "aux", "prn", "com1", "lpt9", "index", "page-1", "page-44"),
    *("Tea-9", "tea_9", "tea 9", "tea/9", "../tea", "tea--9", "-tea", "tea-", "茶", "tea.9", "tea\\9", "tea%2f9", "."),
)
_NO_DAYS = (
    "yesterday",
    "2020-02-30",
    "2020-2-3",
    "0001-01-01",
    "1899-12-30",
    "1900-01-01",
    "9999-12-31",
    "20200203",
    "44000",
)
_NOTHINGS = ("~", "null", "Null", "NULL", "")


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that happened to the records, which no site may come of."""

    what: str
    """For the list of what went wrong."""
    file: str
    """Below the records; where the check must say that something is wrong."""
    edit: Edit
    """What it does to the file's content."""
    place: str = ""
    """The file that is written, where it is another than the one to mend."""


def trials(seed: int) -> Iterator[Trial]:
    """The trials of this room; nothing is chosen at random."""
    del seed
    yield _damages()
    yield _odd_values()
    yield _odd_builds()


# --- damages ----------------------------------------------------------------------------------------------------------


def _damages() -> Trial:
    trial = Trial("1a", "records damaged: file:line, exit 1, nothing written, within 10 s")
    with project_copy(WORLD) as project:
        for damage in _every_damage():
            fault = _unanswered(project, damage)
            trial.expect(not fault, f"{damage.what} in {damage.file}: {fault}")
    return trial


def _unanswered(project: Path, damage: Damage) -> str:
    """What the check of the damaged `project` should have answered and did not; '' for nothing."""
    path = project / "content/records" / (damage.place or damage.file)
    before = path.read_bytes() if path.exists() else None
    path.write_bytes(damage.edit(before or b""))
    states = _states(project)
    is_huge = damage.what.startswith(_HUGE)
    answer = run(generator_command("check"), project, patience=_PATIENCE) if is_huge else _checked(project)
    written = _states(project) != states
    path.unlink() if before is None else path.write_bytes(before)
    return "something was written" if written else _badly_refused(answer, damage.file)


def _checked(project: Path) -> Run:
    """What the command answers in `project`, asked within this process: thousands of starts would take an hour."""
    with contextlib.chdir(project):
        result = CliRunner().invoke(commands, ["check"])
    gc.enable()
    is_crash = result.exc_info and not isinstance(result.exception, SystemExit)
    traceback = "".join(format_exception(result.exception)) if is_crash else ""
    return Run(result.exit_code, result.output + traceback, 0, 0)


def _badly_refused(answer: Run, file: str) -> str:
    if answer.is_traceback or answer.is_hanging or answer.code != 1:
        return "hangs" if answer.is_hanging else f"exit {answer.code}: {answer.last_line()}"
    lines = answer.output.splitlines()[:-1]
    if len(answer.output) > 1_000_000:
        return f"{len(lines)} lines of output"
    if not all(re.match(r"content/[^:]+:[1-9]\d*: \S", line) for line in lines):
        return f"no file:line in {next(line for line in lines if not re.match(r'content/[^:]+:[1-9]', line))[:200]}"
    named = any(line.startswith(f"content/records/{file}") for line in lines)
    return "" if named else f"another file is named: {lines[0][:200]}"


def _states(project: Path) -> dict[str, int]:
    return {path.as_posix(): path.lstat().st_mtime_ns for path in project.rglob("*")}


def _every_damage() -> Iterator[Damage]:
    yield from _damaged_yaml()
    yield from _damaged_values()
    yield from _damaged_addresses()
    yield from _damaged_csv()
    yield from _damaged_changes()
    yield from _damaged_ledger()
    yield from _damaged_files()
    yield from _huge_files()


def _damaged_yaml() -> Iterator[Damage]:
    for nothing in _NOTHINGS:
        for old, key in (
            ("en: Leaves", "en:"),
            ("opened_by: 2020-03", "opened_by:"),
            ("sources: [gazette]", "sources:"),
            ("en: The leaves of tea.", "en:"),
        ):
            yield Damage(f"‘{key} {nothing}’", "fields.yml", _replaced(old, f"{key} {nothing}"))
        yield Damage(f"[{nothing}, gazette]", "fields.yml", _replaced("[gazette]", f"[{nothing or repr('')}, gazette]"))
        yield Damage(f"key {nothing or '(empty)'}", "fields.yml", _replaced("    en: Leaves", f"    {nothing}: Leaves"))
        yield Damage(f"entry {nothing}", "fields.yml", _replaced("leaves:", f"{nothing}:"))
    for old, new in (
        ("[gazette]", "['', gazette]"),
        ("[gazette]", "['  ', gazette]"),
        ("[gazette]", "[]"),
        ("[gazette]", "{gazette: 1}"),
        ("[gazette]", "[[gazette]]"),
        ("[gazette]", "[{a: b}]"),
        ("[gazette]", "[gazette, gazette]"),
        ("[foliage]", "['a | b']"),
        ("en: Leaves", "en: [Leaves]"),
        ("en: Leaves", "en: {a: b}"),
        ("en: Leaves", "en: &x Leaves\n    fr: *x"),
        ("en: Leaves", "en: !!binary TGVhdmVz"),
        ("en: Leaves", "en: !!python/object/apply:os.getcwd []"),
        ("en: Leaves", "en: !leaf Leaves"),
        ("en: Leaves", "en: Leaves\n    en: Leaves"),
        ("en: Leaves", "en: Leaves\n    <<: {fr: x}"),
        ("en: Leaves", "? [en]\n    : Leaves"),
        ("en: Leaves", "en: 'Leaves"),
        ("en: Leaves", "en: a: b"),
        ("en: Leaves", "en: |\n      Leaves"),
        ("en: Leaves", "en: %x"),
        ("en: Leaves", "\ten: Leaves"),
        ("en: Leaves", "en: *nowhere"),
        ("en: Leaves", "en: ' Leaves'"),
        ("en: Leaves", "en: '???'"),
        ("en: Leaves", "en: '…'"),
        ("leaves:", "cups: {}\nleaves:"),
        ("leaves:", "? {a: b}\n: c\nleaves:"),
        ("opened_by:", "'name:en': twice\n  opened_by:"),
        ("opened_by:", "colour: green\n  opened_by:"),
    ):
        yield Damage(repr(new), "fields.yml", _replaced(old, new))
    yield Damage(
        "an entry that is another",
        "fields.yml",
        lambda data: data.replace(b"leaves:", b"leaves: &x", 1) + b"mugs: *x\n",
    )
    yield Damage("a second document", "fields.yml", lambda data: data + b"---\na: {b: c}\n")
    yield Damage("laughs", "fields.yml", lambda _: _laughs())
    for text in (
        "",
        "# nothing\n",
        "~\n",
        "- a\n- b\n",
        "text\n",
        "[1, 2]\n",
        "a: " + "[" * 5000,
        "a: " + "{b: " * 5000,
    ):
        yield Damage(f"only {text[:20]!r}", "batches.yml", _whole(text))
    for file in ("sources.yml", "batches.yml", "fields.yml", "organisations.yml"):
        yield Damage("NUL", file, lambda data: data.replace(b"en: ", b"en: \0", 1))
        yield Damage("not UTF-8", file, lambda data: data + b"\xff\xfe\xfa")
        yield Damage("UTF-16", file, lambda data: data.decode().encode("utf-16"))
        yield Damage("GB18030", file, lambda data: data.decode().encode("gb18030"))
        yield Damage(
            "cut in a character",
            file,
            lambda data: data[: data.index("茶".encode()) + 1] if "茶".encode() in data else data[:-9] + b"\xe8",
        )


def _damaged_values() -> Iterator[Damage]:
    for character in _INVISIBLE:
        yield Damage(f"title with {character[:3]!a}", _STANDARDS, _cell("title:en", f"White{character} Down"))
        yield Damage(
            f"name with {character[:3]!a}",
            "fields.yml",
            _replaced("Leaves", f'"{_escaped("L ")}{_escaped(character)}"'),
        )
    for text in (*_ERRORS, *_SHORTENED, "???", "-", "N/A", "无", "a" * 2001, "a" * 130_000, " ", "a\nb"):
        for column in ("title:en", "list_identifier", "designation", "also_called:zh-Hans"):
            if text.strip() or column == "title:en":
                yield Damage(f"{column} {text[:20]!r}", _STANDARDS, _cell(column, text))
    for text in _NOT_ADDRESSES:
        yield Damage(f"website {text[:60]}", "organisations.yml", _replaced("https://tea.invalid/", f"{_quoted(text)}"))
        yield Damage(f"url {text[:60]}", "sources.yml", _replaced("https://gazette.invalid/tea", f"{_quoted(text)}"))
    for text in _NO_DAYS:
        yield Damage(
            f"announced_on {text}", "batches.yml", _replaced("announced_on: 2020-03-01", f"announced_on: {text}")
        )
        yield Damage(f"issued_on {text}", _STANDARDS, _cell("issued_on", text))
        yield Damage(f"said_on {text}", "sources.yml", _replaced("said_on: 2020-03-01", f"said_on: {text}"))
    for text in ("six", "-6", "6.0", "1e3", "６", "0x6", "6 000", "9" * 10):
        yield Damage(f"standards {text}", "batches.yml", _replaced("standards: 6", f"standards: {text}"))
    for column, text in (
        ("status", "valid"),
        ("route", "formulated | confirmed"),
        ("standing:en", "certain"),
        ("field", "spoons"),
        ("field", "leaves | spoons"),
        ("field", "leaves | leaves"),
        ("field_assigned_by", "source | catalogue"),
        ("publisher", "nobody"),
        ("supersedes", "tea-99"),
        ("supersedes", "tea-1"),
        ("sources", "gazette#"),
        ("sources", "gazette | gazette"),
        ("sources", "gazette#1 | gazette#2"),
        ("former_addresses", "old | old"),
    ):
        yield Damage(f"{column} {text}", _STANDARDS, _cell(column, text))


def _damaged_addresses() -> Iterator[Damage]:
    for address in _NO_ADDRESSES:
        yield Damage(f"standard {address[:20]}", _STANDARDS, _cell("address", address))
        yield Damage(f"former address {address[:20]}", _STANDARDS, _cell("former_addresses", address))
        for file, entry in (
            ("fields.yml", "leaves:"),
            ("organisations.yml", "guild-of-empty-cups:"),
            ("sources.yml", "kettle:"),
        ):
            yield Damage(f"entry {address[:20]}", file, _replaced(entry, f"{_quoted(address)}:"))
    yield Damage("the feed of the list", "fields.yml", _replaced("leaves:", "list:"))
    yield Damage("the unknown batch", "batches.yml", _replaced("2021-09:", "unknown:"))
    yield Damage("a null address", "fields.yml", _replaced("leaves:", "'null':"))


def _damaged_csv() -> Iterator[Damage]:
    for what, edit in (
        ("empty", _whole("")),
        ("blank lines", _whole("\n\n\n")),
        ("semicolons", lambda data: data.replace(b",", b";")),
        ("tabs", lambda data: data.replace(b",", b"\t")),
        ("no header", lambda data: data.split(b"\n", 1)[1]),
        ("the header twice", lambda data: data.split(b"\n", 1)[0] + b"\n" + data),
        ("a column twice", lambda data: data.replace(b"route", b"status", 1)),
        ("an unknown column", lambda data: data.replace(b"route", b"rout", 1)),
        ("an open quote", lambda data: data + b'"tea'),
        ("a quote in the middle", lambda data: data + b'tea"9"x,\n'),
        ("a row cut off", lambda data: data[:-40]),
        ("a cell too many", lambda data: data.replace(b"official,", b"official,x,", 1)),
        ("a cell too few", lambda data: data.replace(b"official,", b"", 1)),
        ("NUL", lambda data: data.replace(b"White", b"Wh\0ite")),
        ("Mac's line ends in a cell", _cell("title:en", "a\rb")),
        ("not UTF-8", lambda data: data.replace(b"White", b"Wh\xefte")),
        ("UTF-16", lambda data: data.decode().encode("utf-16")),
        ("GB18030", lambda data: data.decode().encode("gb18030")),
        ("surrogates", lambda data: data.replace(b"White", b"\xed\xa0\xbd\xed\xb8\x80")),
        ("a spreadsheet", lambda _: b"PK\x03\x04" + bytes(range(256)) * 40),
        ("a web page", _whole("<!DOCTYPE html><html><body>404</body></html>")),
        ("one standard twice", lambda data: data + data.splitlines(keepends=True)[1]),
        ("in the wrong script", _cell("title:zh-Hans", "陳年烏龍")),
    ):
        yield Damage(what, _STANDARDS, edit)


def _damaged_changes() -> Iterator[Damage]:
    for attribute, before, after in (
        ("issued_on", "", "yesterday"),
        ("issued_on", "2020-02-30", "2020-03-01"),
        ("issued_on", "", "0001-01-01"),
        ("status", "current", "foo"),
        ("status", "foo", "current"),
        ("route", "", "formulated | confirmed"),
        ("field", "", "spoons"),
        ("field", "spoons", "leaves"),
        ("publisher", "", "nobody"),
        ("batch", "", "2099-01"),
        ("supersedes", "", "tea-99"),
        ("supersedes", "tea-2 | tea-99", "tea-2"),
        ("title:en", "White Down", ""),
        ("title:en", "White Down", "White\u200b Down"),
        ("title:en", "White Down", "#REF!"),
        ("title:en", "White Down", "White Down"),
        ("title:en", "a" * 3000, "White Down"),
        ("designation", "", "2.02E+11"),
        ("designation", "", "8-Jan"),
        ("designation", "", "茶/T 1—2020"),
        ("list_identifier", "", "-"),
        ("note:en", "", "not kept"),
        ("former_addresses", "", "tea-0"),
        ("", "a", "b"),
        ("<b>", "a", "b"),
        ("status", "", ""),
    ):
        row = ["2022-01-01", "", "tea-1", attribute, before, after, "gazette"]
        yield Damage(f"{attribute}: {before[:20]} → {after[:20]}", "changes.csv", _added(row))
    for row in (
        ["yesterday", "", "tea-1", "status", "", "current", "gazette"],
        ["0001-01-01", "", "tea-1", "status", "", "current", "gazette"],
        ["2020-01-01", "", "tea-1", "status", "", "current", "gazette"],
        ["2022-01-01", "2099-01", "tea-1", "status", "", "current", "gazette"],
        ["2022-01-01", "", "tea-99", "status", "", "current", "gazette"],
        ["2022-01-01", "", "", "status", "", "current", "gazette"],
        ["2022-01-01", "", "tea-1", "status", "", "current", "nobody"],
        ["2022-01-01", "", "tea-1", "status", "", "current"],
    ):
        yield Damage(f"a row {','.join(row)}", "changes.csv", _added(row))


def _damaged_ledger() -> Iterator[Damage]:
    for text in ("", "\n\n", "standards/spoon\n", "../../etc/passwd\n", "<b>\n", "\x1b[31mred\n", "fields/leaves/\n"):
        yield Damage(f"ledger {text!r}", "addresses.txt", _whole(text))
    yield Damage(
        "200,000 foreign lines", "addresses.txt", _whole("".join(f"standards/x-{n}\n" for n in range(200_000)))
    )


def _damaged_files() -> Iterator[Damage]:
    marks = b"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> other\n"
    for file in (
        "sources.yml",
        "batches.yml",
        "fields.yml",
        "organisations.yml",
        "changes.csv",
        "addresses.txt",
        _STANDARDS,
    ):
        yield Damage("marks of git", file, lambda data: data + marks)
        yield Damage("a mark of git", file, lambda data: data + b">>>>>>> 1a2b3c4 (tea)\n")
    for name in (
        *("batch-2023-04.csv", "fields (copy).yml", "fields copy.yml", "standards.yml", "stray.png", "Fields.YML"),
        *("standards/x.png", "standards/fields.yml", "standards/batch-2020-03.CSV", "standards/copy of batch.csv"),
        *("standards/batch-2099-01.csv", "standards/batch-.csv", "standards/batch-2020-03 (1).csv", "labels.yml"),
    ):
        yield Damage("a stray file", name, _whole("x"))
    yield Damage("a name with a line break", "standards/a\\nb.csv", _whole("x"), place="standards/a\nb.csv")
    yield Damage("a name that is no text", "standards/a\\u202eb.csv", _whole("x"), place="standards/a\u202eb.csv")


def _huge_files() -> Iterator[Damage]:
    many = 300_000
    for what, file, edit in (
        ("entries", "fields.yml", lambda _: b"".join(b"a%d:\n" % n for n in range(many))),
        ("keys", "fields.yml", lambda data: data + b"".join(b"  k%d: x\n" % n for n in range(many // 2))),
        ("unknown sources", "fields.yml", _replaced("[gazette]", f"[{', '.join(f'g{n}' for n in range(100_000))}]")),
        ("a long text", "fields.yml", _replaced("Leaves", "a" * 1_900_000)),
        ("rows", _STANDARDS, lambda data: data + data.splitlines(keepends=True)[1] * (many // 2)),
        ("short rows", _STANDARDS, lambda data: data + b"a\n" * many),
        ("empty rows", _STANDARDS, lambda data: data + (b"," * 27 + b"x\n") * 150_000),
        ("unknown references", _STANDARDS, lambda data: data + b"".join(_row(data, n) for n in range(30_000))),
        ("columns", _STANDARDS, lambda data: b",".join(b"c%d" % n for n in range(200_000)) + b"\n"),
        ("a chain", _STANDARDS, lambda data: data + b"".join(_link(data, n) for n in range(20_000))),
        ("an open quote", _STANDARDS, lambda data: data + b'"' + b"a,b\n" * 1_000_000),
        (
            "unknown standards",
            "changes.csv",
            lambda data: data + b"".join(b"2022-01-01,,x-%d,status,,current,\n" % n for n in range(100_000)),
        ),
        ("foreign lines", "addresses.txt", lambda _: b"".join(b"standards/x-%d\n" % n for n in range(200_000))),
        ("a long line", "addresses.txt", lambda data: data + b"a" * 5_000_000),
    ):
        yield Damage(f"{_HUGE}{what}", file, edit)


def _row(data: bytes, number: int) -> bytes:
    return (
        data.splitlines(keepends=True)[1]
        .replace(b"tea-1,TEA 1,", b"n-%d,N %d," % (number, number))
        .replace(b"leaves", b"l-%d" % number)
    )


def _link(data: bytes, number: int) -> bytes:
    return _row(data, number).replace(b",,formulated", b",n-%d,formulated" % ((number + 1) % 20_000))


def _laughs() -> bytes:
    lines = ["a0: &a0 {n: [lol, lol, lol]}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    return "\n".join(lines).encode()


def _replaced(old: str, new: str) -> Edit:
    def edit(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)

    return edit


def _whole(text: str) -> Edit:
    return lambda _: text.encode("utf-8", "surrogatepass")


def _cell(column: str, value: str) -> Edit:
    """An edit that puts `value` into `column` of the first record."""

    def edit(data: bytes) -> bytes:
        rows = list(csv.reader(io.StringIO(data.decode(), newline="")))
        rows[1][rows[0].index(column)] = value
        return _csv(rows)

    return edit


def _added(row: list[str]) -> Edit:
    return lambda data: data + _csv([row])


def _csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode("utf-8", "surrogatepass")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    return "".join(f"\\U{ord(character):08X}" for character in text)


# --- odd values -------------------------------------------------------------------------------------------------------

_TITLES = (
    "Tea 🍵 ☕\ufe0f 1\ufe0f\u20e3 🇭🇰",
    "𠮷野家 𠜎 𡃁 \U0002a6d6 \U0002b740 \U0002b820 \U0002ceb0 \U00030000 \U00031350",
    "葛\U000e0100飾 﨑\ufe00",
    "【茶】（第二版）——“甲”、《乙》：‘丙’！？…",
    "<b>Tea</b> & \"tea\" 'tea' &amp; <!-- tea -->",
    "Ação, café, cafe\u0301, naïve, Ðồng, ß",
    "{{ tea }} {% tea %} {tea} %s $tea `tea`",
    "*tea* _tea_ [tea](tea) # tea ~~tea~~ | tea | \\tea",
    "=1+1",
    "@tea +tea -tea",
    "'=1+1",
    "茶" * 600,
    "Tea " * 400 + "end",
    "a" * 300,
    "1. Tea",
    "2023",
    "true",
    "NULL's tea",
    "Error #5: tea (Err:5)",
    "C# and F# on the web, №5, ½ ㎡ ℃ ™ ①Ⅳ",
    "한국어 ไทยก็ที่ Tiếng Việt བོད་སྐད་ עִבְרִית العربية",
    "全角\u3000空格 and\u00a0a hard space",
    "ＷＱ１－８ ﾃｽﾄ",
    "http://tea.invalid/?a=b&c=d",
    "<script>alert(1)</script>",
    "../../../etc/passwd",
    "Tea; rm -rf / && `touch x` $(touch y)",
    "null island: ~ tea ~",
    "Tea — ‘quoted’ “twice” «thrice»",
    "100 % & 5E+3 kg of tea",
    "x",
    "叶",
)
_ODD: tuple[tuple[str, str, str, str], ...] = (
    ("a website in Chinese", "organisations.yml", "https://tea.invalid/", "https://茶.invalid/茶?茶=茶#茶"),
    (
        "a website with a port",
        "organisations.yml",
        "https://tea.invalid/",
        "http://tea.invalid:8443/%E8%8C%B6/a~b,(c);d",
    ),
    ("a website at a number", "organisations.yml", "https://tea.invalid/", "http://8.8.8.8/tea"),
    ("a quoted null", "fields.yml", "    en: Leaves", "    en: 'NULL tea'"),
    ("a document's first line", "fields.yml", "leaves:\n", "---\nleaves:\n"),
    ("a comment", "fields.yml", "leaves:\n", "# a comment\nleaves: # another\n"),
    ("an empty list", "fields.yml", "[foliage]", "[]"),
    ("an empty value that may be", "organisations.yml", "website: https://tea.invalid/", "website: ~"),
    (
        "an empty wording",
        "sources.yml",
        "  note:\n    zh-Hans: 只见剪报。\n    zh-Hant: 只見剪報。\n    en: Seen as a clipping only.\n",
        "  note: {en: ~, zh-Hans: , zh-Hant: null}\n",
    ),
    ("an address of 200", _STANDARDS, "\nhostile,", f"\n{'t' * 200},"),
    ("a number like a device", _STANDARDS, "茶/T 2-2020", "COM 1"),
    ("a long number", _STANDARDS, "茶/T 2-2020", f"T/{'A' * 300} 1-2020"),
    ("an old day", _STANDARDS, "2020-01-02", "1905-01-01"),
    ("a day to come", _STANDARDS, "2020-02-03", "2099-12-31"),
)


def _odd_values() -> Trial:
    trial = Trial("1b", "legal but odd values: the check has nothing to say")
    with project_copy(WORLD) as project:
        for what, file, edit in _odd_edits():
            path = project / "content/records" / file
            before = path.read_bytes()
            path.write_bytes(edit(before))
            answer = _checked(project)
            path.write_bytes(before)
            trial.expect(answer.code == 0, f"{what}: {answer.output.splitlines()[0][:200]}")
    return trial


def _odd_edits() -> Iterator[tuple[str, str, Edit]]:
    for title in _TITLES:
        yield f"the title {title[:40]}", _STANDARDS, _cell("title:en", title)
    for what, file, old, new in _ODD:
        yield what, file, _replaced(old, new)


# --- builds -----------------------------------------------------------------------------------------------------------


def _odd_builds() -> Trial:
    trial = Trial("1d", "what passed the check is built, and published as it was written")
    for what, edits in _builds():
        with project_copy(WORLD) as project:
            records = project / "content/records"
            for file, edit in edits:
                (records / file).write_bytes(edit((records / file).read_bytes()))
            checked = run(generator_command("check"), project)
            answer = run(generator_command("build"), project)
            is_right = answer.code == checked.code and not answer.is_traceback
            trial.expect(is_right, f"{what}: check {checked.code}, build {answer.code}: {answer.last_line()}")
            if answer.code == 0:
                trial.expect(_published(project), f"{what}: not published as written")
    return trial


def _builds() -> Iterator[tuple[str, list[tuple[str, Edit]]]]:
    yield "odd titles", [("standards/batch-unknown.csv", _with_odd_titles)]
    for what, file, old, new in _ODD:
        yield what, [(file, _replaced(old, new))]
    header = _STANDARDS, lambda data: data.splitlines(keepends=True)[0]
    yield (
        "no standards",
        [
            (_STANDARDS, header[1]),
            ("standards/batch-2021-09.csv", header[1]),
            ("standards/batch-unknown.csv", header[1]),
            ("changes.csv", header[1]),
        ],
    )
    for file in ("fields.yml", "organisations.yml", "changes.csv"):
        yield f"nothing in {file}", [(file, header[1] if file.endswith("csv") else _whole(""))]
    yield "no changes", [("changes.csv", header[1])]
    yield "a circle of reprints", [("sources.yml", _replaced("host: own", "host: copy"))]


def _with_odd_titles(data: bytes) -> bytes:
    """The records with one more for each odd title."""
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    odd = [dict(zip(header, rows[0], strict=True)) for _ in _TITLES]
    for number, (row, title) in enumerate(zip(odd, _TITLES, strict=True)):
        row |= {"address": f"odd-{number}", "title:en": title}
    return _csv([header, *rows, *([row[name] for name in header] for row in odd)])


def _published(project: Path) -> bool:
    """Whether the standards' data hold each English title of the records, and nobody else's."""
    titles = set()
    for file in (project / "content/records/standards").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as rows:
            titles |= {row["title:en"] for row in csv.DictReader(rows)}
    listed = json.loads((project / "build/site/api/v1/standards.json").read_bytes())["standards"]
    pages = all(
        (project / f"build/site/{language}/standards/{one['address']}/index.html").is_file()
        for one in listed
        for language in LANGUAGES
    )
    return pages and {one["title"]["en"] for one in listed} == titles
