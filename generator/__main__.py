"""The commands: check, build, serve."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console

from generator.publishing.serve import serve as serve_site
from generator.publishing.site import Content, UnpublishedError, build, check_content, counted, record_addresses

STEPS = {
    "check": "Checking the records",
    "pages": "Writing the pages",
    "mkdocs": "Framing them with MkDocs",
    "verify": "Verifying every link and language",
    "publish": "Putting the new site in place",
}


@click.group()
def commands() -> None:
    """The published list of Bay Area Standards, from records to a site in three languages."""


@commands.command("check")
def check_command() -> None:
    """Say everything that is wrong with the content. Writes nothing."""
    content = check_content(Path())
    if content.problems:
        for problem in content.problems:
            click.echo(problem)
        click.echo(f"{counted(len(content.problems), 'problem')}. Nothing was written.")
        sys.exit(1)
    click.echo(totals(content))


@commands.command("build")
def build_command() -> None:
    """Check the content, build the site and put it into build/site, all or nothing."""
    console = Console(stderr=True)
    with console.status("") as status:
        try:
            done = build(Path(), lambda step: status.update(STEPS[step]))
        except UnpublishedError as failure:
            status.stop()
            report(failure)
            sys.exit(1)
    if done.new_addresses:
        record_addresses(Path(), done.new_addresses)
        new = counted(len(done.new_addresses), "new address", "new addresses")
        click.echo(f"{new} in content/records/addresses.txt; keep that file with the records.")
    if "//127.0.0.1" in done.url:
        click.echo(f"Its canonical addresses begin with {done.url}; set SITE_URL before you put it on the web.")
    click.echo(f"{counted(done.pages, 'page')}, {done.changed} changed, {done.seconds:.1f} s")


@commands.command("serve")
@click.option("--port", default=8000, show_default=True, help="The port on 127.0.0.1.")
def serve_command(port: int) -> None:
    """Build, show the site on 127.0.0.1, and build again whenever a file changes."""
    try:
        serve_site(Path(), port, build_and_say)
    except OSError as error:
        sys.exit(f"Cannot serve on port {port} ({error.strerror}); name another one: serve --port 8001")


def build_and_say() -> None:
    """One build for the server: says what changed, or what is wrong, and never ends the server."""
    try:
        done = build(Path(), lambda step: None)
    except UnpublishedError as failure:
        report(failure)
    else:
        click.echo(f"{counted(done.pages, 'page')}, {done.changed} changed, {done.seconds:.1f} s")


def report(failure: UnpublishedError) -> None:
    """Print why a site was not replaced, and that the last one stands."""
    for problem in failure.problems:
        click.echo(problem)
    click.echo(f"{failure}. Nothing was published; build/site is as it was.")


def totals(content: Content) -> str:
    """The one line of a clean check."""
    made = content.catalogue()
    announced = made.batches[-1].standards_total if made.batches else 0
    counts = [
        counted(len(made.standards), "standard"),
        counted(len(made.fields), "field"),
        counted(len(made.batches), "batch", "batches"),
        counted(len(made.organisations), "organisation"),
        counted(len(made.sources), "source"),
    ]
    return f"{', '.join(counts)}; {announced} standards announced. No problems."


if __name__ == "__main__":
    commands(prog_name="python -m generator")
