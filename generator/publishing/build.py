"""A build from beginning to end: read, compare, make, verify, publish."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from generator.catalogue.content import CONTENT
from generator.catalogue.facts import facts_of
from generator.catalogue.messages import Message
from generator.files import transaction
from generator.files.cache import CACHE, Cache
from generator.files.disk import write
from generator.publishing.framing.frames import frames_for, unknown_versions
from generator.publishing.guards import BUILD, exclusive, refusals
from generator.publishing.hosting import NGINX_CONF, hosting_files
from generator.publishing.incremental.manifest import (
    MANIFEST,
    Manifest,
    ManifestEntry,
    damages,
    read_manifest,
    stale_targets,
)
from generator.publishing.incremental.target import SITE, BuildPlan, Output, Target
from generator.publishing.incremental.workers import Builder, Outcome, Workers
from generator.publishing.inputs import frame_inputs, input_of_versions, inputs_everywhere, inputs_of_rows
from generator.publishing.pages.addresses import MARKDOWN_COPY
from generator.publishing.pages.page import PageSet
from generator.publishing.published import (
    SITE_FOLDER,
    Published,
    UnpublishedError,
    new_addresses,
    refuse_broken_promises,
    refuse_dead_addresses,
    version_in,
    versions_before,
)
from generator.publishing.sharing.redirects import moved_paths
from generator.publishing.targets import HOSTING, SiteTargets
from generator.publishing.trial import read_project
from generator.publishing.verification.site_checks import site_faults

STEPS = {
    "check": Message("commands.step-check"),
    "pages": Message("commands.step-pages"),
    "mkdocs": Message("commands.step-mkdocs"),
    "make": Message("commands.step-make"),
    "verify": Message("commands.step-verify"),
    "publish": Message("commands.step-publish"),
}
"""The name of each step of a build → what is done in it."""


class Progress(Protocol):
    """Is told what is being done."""

    def __call__(self, step: str, share: Message | None = None) -> object:
        """The name of a step that begins; `share` is how much of it is done."""
        ...


@dataclass(frozen=True, slots=True)
class _Build:
    """A build that is under way."""

    project: Path
    site: SiteTargets
    pages: list[PageSet]
    plan: BuildPlan


def build(project: Path, progress: Progress, allowed: Collection[str] = ()) -> Published:
    """Publish the site that `project` describes, or leave the last as it was.

    `allowed` names addresses and identifiers that may break with what was published. The last site is kept for
    `roll_back`. Raises UnpublishedError when anything is wrong.
    """
    started = time.monotonic()
    # A web server is mostly another user, who has to read the site whatever this one's other files are to be.
    os.umask(os.umask(0o022) & ~0o055)
    with exclusive(project), refusals(project):
        transaction.recover(project / CONTENT)
        progress("check")
        content, settings = read_project(project)
        if content.problems or settings is None:
            raise UnpublishedError(Message("build.problems", count=len(content.problems)), content.problems)
        catalogue = content.catalogue()
        facts = facts_of(catalogue)
        refuse_broken_promises(project, content, facts, allowed)
        before = versions_before(project, content.versions, allowed)
        progress("pages")
        site = SiteTargets(content, catalogue, facts, settings, Cache(project / CACHE), set(), before)
        pages = site.page_sets()
        targets = {target.name: target for target in site.targets(pages)}
        inputs = inputs_everywhere(project, settings, content.records)
        if settings.contact:
            # Every letter to the publisher tells the version.
            inputs["the version"] = catalogue.version
        rows = inputs_of_rows(content.records) | input_of_versions(before, catalogue.version)
        plan = BuildPlan(targets, site.reads, inputs, rows)
        changed, reasons = _make(_Build(project, site, pages, plan), progress, allowed)
    return Published(
        sum(len(page_set.languages) for page_set in pages),
        changed,
        reasons,
        time.monotonic() - started,
        new_addresses(content.records),
        settings.site_url,
        _remark(),
    )


def roll_back(project: Path) -> str:
    """Put the site before the last one back; the version of its list.

    The last one is kept in its place. Raises UnpublishedError when there is none to go back to, or a damaged one.
    """
    folder = project / BUILD
    with exclusive(project):
        if not transaction.can_step_back(folder):
            raise UnpublishedError(Message("build.no-earlier-site"))
        transaction.step_back(folder)
        files = read_manifest(folder).files()
        damaged, _ = damages(folder, files)
        if damaged or not files:
            transaction.step_back(folder)
            problems = [
                Message("build.damaged-file", file=f"{BUILD}/{name}", damage=damaged[name]) for name in sorted(damaged)
            ]
            raise UnpublishedError(Message("build.earlier-site-damaged"), problems)
    return version_in(project / SITE_FOLDER)


def _make(build: _Build, progress: Progress, allowed: Collection[str]) -> tuple[Counter[str], dict[str, Message]]:
    """Make what is stale, verify it, publish it; what changed, and why it was made again."""
    folder, plan, site = build.project / BUILD, build.plan, build.site
    manifest = read_manifest(folder)
    files = manifest.files()
    damaged, strays = damages(folder, files)
    stale = stale_targets(plan, manifest, damaged)
    if not stale and not strays and not damaged:
        return Counter(), {}
    if any(plan.targets[name].needs_frames for name in stale):
        inputs, url = frame_inputs(build.project, site.settings), site.settings.site_url
        site.frames = frames_for(build.project, build.pages, inputs, site.cache, url, lambda: progress("mkdocs"))
    progress("make")
    intact = {name: state for name, state in files.items() if name not in damaged}
    builder = Builder(plan, intact, transaction.prepare(folder), site.cache)
    with Workers(builder) as workers:
        workers.submit([plan.targets[name] for name in stale])
        outcome = workers.outcome(
            lambda share, total: progress("make", Message("build.share", share=share, total=total))
        )
    now = Manifest(plan.everywhere, plan.rows)
    now.targets = {name: outcome.entries.get(name) or manifest.targets[name] for name in plan.targets}
    now.scripts = sorted(outcome.scan.scripts.union(manifest.scripts if len(stale) < len(plan.targets) else ()))
    now.targets[HOSTING] = _make_hosting(builder, site, now, outcome)
    progress("verify")
    next_files = now.files()
    gone = (files.keys() | strays) - next_files.keys()
    # Without a manifest nobody knows which of the strays readers have the address of.
    readable = gone & (intact.keys() if manifest.targets else strays)
    _verify(builder.staged, folder, outcome, _below_site(next_files))
    refuse_dead_addresses(build.project / SITE_FOLDER, _below_site(readable), site.content.records, allowed)
    progress("publish")
    write(builder.staged / MANIFEST, now.to_bytes())
    transaction.commit(builder.staged, [*outcome.staged, MANIFEST], gone, leads_back=True)
    outcome.changed["removed"] = sum(name.endswith(f"/{MARKDOWN_COPY}") for name in readable)
    return +outcome.changed, stale


def _make_hosting(builder: Builder, site: SiteTargets, manifest: Manifest, outcome: Outcome) -> ManifestEntry:
    """Make what servers need, which tells of all that was made."""
    files = hosting_files(site.settings, manifest.scripts, moved_paths(site.catalogue))

    def make() -> Iterator[Output]:
        for name, text in files:
            yield Output(name if name == NGINX_CONF else f"{SITE}{name}", text.encode())

    hosting = builder.make([Target(HOSTING, make, reads_all=True)])
    outcome.merge(hosting)
    return hosting.entries[HOSTING]


def _verify(staged: Path, folder: Path, outcome: Outcome, files: set[str]) -> None:
    """Check the links and languages of every page that was made. Raises UnpublishedError when anything is wrong."""

    def page_text(name: str) -> str:
        new = staged / SITE / name
        return (new if new.exists() else folder / SITE / name).read_text(encoding="utf-8")

    if faults := list(site_faults(outcome.scan, files, page_text)):
        raise UnpublishedError(Message("build.page-faults", count=len(faults)), faults)


def _below_site(names: Iterable[str]) -> set[str]:
    """The paths below the site of those of `names` that belong to it."""
    return {name.removeprefix(SITE) for name in names if name.startswith(SITE)}


def _remark() -> Message | None:
    unknown = unknown_versions()
    return Message("build.not-compared", packages=tuple(unknown)) if unknown else None
