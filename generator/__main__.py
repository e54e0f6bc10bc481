"""The commands: check, import, changes, build, rollback, release, verify, serve, desk."""

from __future__ import annotations

import atexit
import gc
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path

import click
from rich.console import Console

from generator.announcing.questions import Answers
from generator.catalogue.changes import changes
from generator.catalogue.content import CONTENT, Content, read_content
from generator.catalogue.facts import facts_of
from generator.catalogue.machine import reason_of
from generator.catalogue.messages import Message, spoken_language
from generator.catalogue.records import RECORDS
from generator.catalogue.versions import VERSIONS
from generator.catalogue.wanted import wanted_lookup, wanted_of, work_list
from generator.command_line import SpokenArgument, SpokenGroup, SpokenOption
from generator.files.transaction import recover
from generator.publishing.build import STEPS, build, roll_back
from generator.publishing.guards import BUILD, refusal
from generator.publishing.incremental.names import called
from generator.publishing.published import (
    Published,
    StoppedError,
    UnpublishedError,
    keep_versions,
    last_snapshot,
    read_snapshot,
    record_addresses,
)
from generator.publishing.release import RELEASE, write_release
from generator.publishing.trial import check_content

FEW = 30
"""So many targets with the same reason are named one by one."""


_option = partial(click.option, cls=SpokenOption)


class _Commands(SpokenGroup):
    """Commands that say what the machine refuses them."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (OSError, MemoryError, RuntimeError) as error:
            sentence = refusal(error, Message("build.the-output"))
            # Who reads the output may have seen enough.
            if sentence is None or isinstance(error, BrokenPipeError):
                raise
            sys.exit(str(Message("commands.refused", sentence=sentence)))


@click.group(cls=_Commands, explanation=Message("commands.program"))
def commands() -> None:
    """The published list of Bay Area Standards, from records to a site in three languages."""


@commands.command("check", explanation=Message("commands.check"))
def check_command() -> None:
    """Say everything that is wrong with the content. Writes nothing."""
    _collect_nothing()
    content = check_content(Path())
    if content.problems:
        for problem in content.problems:
            click.echo(problem)
        click.echo(Message("commands.problems", count=len(content.problems)))
        sys.exit(1)
    catalogue = content.catalogue()
    click.echo(totals(content, catalogue.version))
    wanted = work_list(wanted_of(catalogue.standards, content.scripts))
    for sentence in (wanted, wanted_lookup(catalogue.lookup, date.today())):
        if sentence:
            click.echo(sentence)


@commands.command("import", explanation=Message("commands.import"))
@click.argument(
    "file",
    cls=SpokenArgument,
    called=Message("commands.file"),
    missing=Message("commands.which-file"),
    type=click.Path(allow_dash=True),
)
@_option("--batch", default="", metavar="2024-02", explanation=Message("commands.batch"))
@_option("--accept", multiple=True, metavar="4,7", explanation=Message("commands.accept"))
@_option("--new", multiple=True, metavar="12", explanation=Message("commands.new"))
@_option("--skip", multiple=True, metavar="9", explanation=Message("commands.skip"))
@_option("--column", multiple=True, metavar="C=designation", explanation=Message("commands.column"))
@_option("--notice", default="", metavar="2026-12-05", explanation=Message("commands.notice"))
@_option("--json", "as_data", is_flag=True, explanation=Message("commands.json"))
@_option("--write", is_flag=True, explanation=Message("commands.write"))
def import_command(file: str, as_data: bool, write: bool, **given: str | tuple[str, ...]) -> None:
    """Show what the attachment FILE (- for standard input) would change in the records.

    Everything wrong in it is said too.
    .xlsx, .xls, .ods, .csv, .docx, .html and .pdf are read. Nothing is written without --write.
    """
    # What reads and spells attachments takes a third of a second to load, for which no other command should wait.
    from generator.announcing import plan as importing
    from generator.announcing.attachments.attachment import data_of
    from generator.announcing.plan_json import plan_data
    from generator.announcing.preview import preview, receipt, visible

    _collect_nothing()
    content = Path(CONTENT)
    answers, options = _answers(given)
    # A name of bytes that are no text is recorded without them.
    name = (
        str(Message("commands.standard-input")) if file == "-" else Path(file).name.encode("utf-8", "replace").decode()
    )
    try:
        data = data_of(file)
    except OSError as error:
        sys.exit(visible(str(Message("commands.unreadable", file=file, reason=reason_of(error)))))
    recover(content)
    plan = importing.plan(content, name, data, answers, date.today())
    is_written = write and plan.may_be_written
    if is_written and plan.texts:
        importing.write_plan(content, plan)
    if as_data:
        click.echo(json.dumps(plan_data(plan), ensure_ascii=False, indent=1))
    elif is_written:
        click.echo("\n".join(receipt(plan)))
    else:
        click.echo("\n".join(preview(plan, name if file == "-" else file, options)))
    sys.exit(0 if plan.may_be_written else 1)


def _answers(given: Mapping[str, str | tuple[str, ...]]) -> tuple[Answers, list[str]]:
    """The editor's answers among the options `given`, with the words that give them again."""
    texts = {name: " ".join(str(given[name]).split()) for name in ("batch", "notice")}
    rows = {
        name: [row for listed in given[name] for row in listed.split(",") if row] for name in ("accept", "new", "skip")
    }
    answers = Answers(
        texts["batch"],
        frozenset(rows["accept"]),
        frozenset(rows["new"]),
        frozenset(rows["skip"]),
        texts["notice"],
        {place: column for place, _, column in (one.partition("=") for one in given["column"])},
    )
    words = {name: [text] for name, text in texts.items() if text} | rows | {"column": list(given["column"])}
    return answers, [word for name, values in words.items() for one in values for word in (f"--{name}", one)]


@commands.command("worksheet", explanation=Message("wanted.worksheet-command"))
@click.argument(
    "file",
    cls=SpokenArgument,
    called=Message("commands.file"),
    missing=Message("wanted.which-file"),
    default="worksheet.xlsx",
    type=click.Path(path_type=Path),
)
def worksheet_command(file: Path) -> None:
    """Write the worksheet of wanted titles into FILE, which is new."""
    # As above: it loads what writes workbooks.
    from generator.announcing.worksheet import worksheet_bytes

    content = _sound_content()
    _write_new(file, worksheet_bytes(content.catalogue(), content.scripts, spoken_language()))


@commands.command("proof", explanation=Message("wanted.proof-command"))
@click.argument("batch", cls=SpokenArgument, called=Message("wanted.batch"), missing=Message("wanted.which-batch"))
@click.argument(
    "file",
    cls=SpokenArgument,
    called=Message("commands.file"),
    missing=Message("wanted.which-file"),
    required=False,
    type=click.Path(path_type=Path),
)
def proof_command(batch: str, file: Path | None) -> None:
    """Write the proof sheet of the announcement BATCH into FILE, which is new."""
    # As above: it loads what prints pages.
    from generator.announcing.proof import proof_sheet

    content = _sound_content()
    catalogue = content.catalogue()
    batches = {address: one for one in catalogue.batches for address in (one.address, *one.former_addresses)}
    if batch not in batches:
        names = tuple(one.address for one in catalogue.batches)
        sys.exit(str(Message("wanted.no-batch", name=batch, names=names)))
    html = proof_sheet(catalogue, batches[batch], content.scripts, spoken_language()).encode()
    if file:
        _write_new(file, html)
        return
    # Whatever is below `build/` may be made again.
    file = Path(BUILD) / f"proof-{batches[batch].address}.html"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(html)
    click.echo(Message("wanted.written", file=str(file)))


def _sound_content() -> Content:
    """The content; ends the command where it has problems."""
    content = read_content(Path())
    if content.problems:
        sys.exit(str(Message("wanted.see-check", count=len(content.problems))))
    return content


def _write_new(file: Path, data: bytes) -> None:
    """Write `data` into `file`, which may hold nobody's work yet."""
    try:
        with file.open("xb") as stream:
            stream.write(data)
    except FileExistsError:
        sys.exit(str(Message("wanted.exists", file=str(file))))
    except FileNotFoundError:
        sys.exit(str(Message("wanted.no-folder", file=str(file))))
    click.echo(Message("wanted.written", file=str(file)))


@commands.command("changes", explanation=Message("commands.changes"))
@_option("--since", type=click.Path(path_type=Path), metavar="standards.json", explanation=Message("commands.since"))
def changes_command(since: Path | None) -> None:
    """Say what changed in the records since the list was last published.

    Each line begins with +, ~ or -. Writes nothing.
    """
    try:
        place, before = (str(since), read_snapshot(since)) if since else last_snapshot(Path())
    except UnpublishedError as failure:
        sys.exit("\n".join(map(str, failure.problems)))
    if not place:
        sys.exit(str(Message("commands.nothing-published")))
    differences = list(changes(before, facts_of(_sound_content().catalogue())))
    for change in differences:
        click.echo(change.line)
    click.echo(Message("commands.changes-since", count=len(differences), place=place))


@commands.command("rollback", explanation=Message("commands.rollback"))
def rollback_command() -> None:
    """Put the site before the last one back into build/site."""
    try:
        version = roll_back(Path())
    except UnpublishedError as failure:
        sys.exit(_failure(failure, Message("commands.not-rolled-back", summary=failure.summary)))
    click.echo(Message("commands.rolled-back", version=version))


@commands.command("build", explanation=Message("commands.build"))
@_option("--allow", multiple=True, metavar="wq-1-8", explanation=Message("commands.allow"))
@_option("--explain", is_flag=True, explanation=Message("commands.explain"))
def build_command(allow: tuple[str, ...], explain: bool) -> None:
    """Check the content, build the site and put it into build/site, all or nothing."""
    _collect_nothing()
    console = Console(stderr=True)
    with console.status("") as status:
        try:
            published = build(Path(), lambda step, share=None: status.update(f"{STEPS[step]} {share or ''}"), allow)
        except UnpublishedError as failure:
            status.stop()
            report(failure)
            sys.exit(1)
    if explain:
        for line in explanations(published.reasons):
            click.echo(line)
    _keep_what_lasts(published)
    if "//127.0.0.1" in published.url:
        click.echo(Message("commands.local-addresses", url=published.url))
    if published.remark:
        click.echo(published.remark)
    click.echo(published.summary)


def _keep_what_lasts(published: Published) -> None:
    """Keep new addresses and versions with the records, as `build/` may be deleted."""
    folder = RECORDS
    try:
        if published.new_addresses:
            record_addresses(Path(), published.new_addresses)
        folder = VERSIONS
        versions = keep_versions(Path())
    except OSError as error:
        sys.exit(str(Message("commands.not-kept", folder=f"{CONTENT}/{folder}", reason=reason_of(error))))
    if published.new_addresses:
        click.echo(Message("commands.new-addresses", count=len(published.new_addresses)))
    if versions:
        click.echo(Message("commands.new-versions", count=len(versions)))


@commands.command("release", explanation=Message("commands.release"))
def release_command() -> None:
    """Write the release of the version in build/site, with notes of what is new."""
    try:
        version = write_release(Path())
    except UnpublishedError as failure:
        sys.exit(_failure(failure, Message("commands.not-released", summary=failure.summary)))
    click.echo(Message("commands.released", folder=RELEASE, version=version))


@commands.command("verify", explanation=Message("commands.verify"))
@click.argument("site", cls=SpokenArgument, called=Message("commands.site"), missing=Message("commands.which-site"))
def verify_command(site: str) -> None:
    """Build the version that SITE names again, and say what differs.

    SITE is an address on the web, or a folder.
    """
    # As above: only this command asks another machine.
    from generator.publishing.verify import UnverifiedError, verify

    console = Console(stderr=True)
    with console.status(str(Message("commands.step-version"))):
        try:
            version, count, differences = verify(Path(), site)
        except UnverifiedError as failure:
            sys.exit(str(Message("commands.not-compared", reason=failure.reason)))
    files = Message("commands.files", count=count)
    for difference in differences:
        click.echo(difference)
    if differences:
        click.echo(Message("commands.differences", count=len(differences), version=version, files=files))
        sys.exit(1)
    click.echo(Message("commands.same", version=version, files=files))


@commands.command("serve", explanation=Message("commands.serve"))
@_option("--port", default=8000, type=click.IntRange(1, 65535), metavar="8000", explanation=Message("commands.port"))
def serve_command(port: int) -> None:
    """Build, show the site on 127.0.0.1, and build again whenever a file changes."""
    # As above: a server is loaded by the one command that has one.
    from generator.publishing.serve import PortError
    from generator.publishing.serve import serve as serve_site

    try:
        serve_site(Path(), port, build_and_say)
    except PortError as failure:
        sys.exit(str(Message("commands.no-port", port=str(port), reason=failure.reason)))


@commands.command("desk", explanation=Message("commands.desk"))
@_option(
    "--port", default=8100, type=click.IntRange(1024, 65535), metavar="8100", explanation=Message("commands.desk-port")
)
@_option("--no-browser", is_flag=True, explanation=Message("commands.no-browser"))
def desk_command(port: int, no_browser: bool) -> None:
    """Open the editor's desk in the browser, on this machine alone."""
    # As above.
    from generator.desk.server import BusyError, serve_desk

    try:
        serve_desk(Path(), port, open_browser=not no_browser)
    except BusyError as busy:
        sys.exit(str(Message("desk.busy", address=str(busy))))


def build_and_say() -> None:
    """One build for the server: says what changed, or what is wrong.

    It ends the server only when the keyboard does.
    """
    try:
        published = build(Path(), lambda step, share=None: None)
    except StoppedError as failure:
        report(failure)
        sys.exit(1)
    except UnpublishedError as failure:
        report(failure)
    else:
        click.echo(published.summary)


def report(failure: UnpublishedError) -> None:
    """Print why a site was not replaced, and that the last one stands."""
    for problem in failure.problems:
        click.echo(problem)
    if failure.is_begun:
        click.echo(Message("commands.being-published", summary=failure.summary))
    else:
        click.echo(Message("commands.not-published", summary=failure.summary))


def _failure(failure: UnpublishedError, stands: Message) -> str:
    """Why nothing happened, then what `stands`."""
    return "\n".join(map(str, [*failure.problems, stands]))


def explanations(reasons: Mapping[str, Message]) -> Iterator[Message]:
    """A line for each target with its reason; one line for many with the same.

    `reasons` are target → why it was made again.
    """
    targets: dict[Message, list[str]] = {}
    for target, reason in reasons.items():
        targets.setdefault(reason, []).append(target)
    for reason, names in targets.items():
        if len(names) > FEW:
            yield Message("commands.explained-many", count=len(names), reason=reason)
        else:
            yield from (Message("commands.explained", name=called(name), reason=reason) for name in names)


def _collect_nothing() -> None:
    """Collect no garbage in this process, at the end least of all.

    A long list is a million small objects that live until the command ends. Looking for what could be thrown away
    takes a fifth of the time, and finds nothing.
    """
    gc.disable()
    atexit.register(gc.freeze)


def totals(content: Content, version: str) -> Message:
    """The one line of a clean check; `version` is that of the list."""
    tables = content.records.tables
    announced = int(tables["batches"][-1]["standards_total"]) if tables["batches"] else 0
    counts = (
        Message("commands.standards", count=len(tables["standards"])),
        Message("commands.fields", count=len(tables["fields"])),
        Message("commands.batches", count=len(tables["batches"])),
        Message("commands.organisations", count=len(tables["organisations"])),
        Message("commands.cases", count=len(tables["cases"])),
        Message("commands.sources", count=len(tables["sources"])),
    )
    return Message("commands.totals", counts=counts, announced=announced, version=version)


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        # The code page of a machine may lack characters of a message.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    commands(prog_name="python -m generator")
