"""The desk's last two steps: the new site beside the published one, then its publication."""

from __future__ import annotations

import mimetypes
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from urllib.parse import unquote

from tornado.web import HTTPError

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.desk.builds import BuildRun, start_build
from generator.desk.handler import DeskHandler, Routes
from generator.desk.home import overview_of
from generator.files.disk import read_file
from generator.files.transaction import can_step_back
from generator.publishing.archive import write_archive
from generator.publishing.build import roll_back
from generator.publishing.comparison import ChangedPage, changed_pages, changed_text, heading, site_file
from generator.publishing.guards import BUILD
from generator.publishing.published import SITE_FOLDER, UnpublishedError, version_in
from generator.publishing.sending import SendingError, repository_of, send

_MOST = 200
"""How many changed pages of one language are listed."""
_FRAMED = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
"""What a framed page of the site may do: be looked at."""


class _PublicationHandler(DeskHandler):
    section = "see"

    @property
    def run(self) -> BuildRun | None:
        """The build that this desk started last."""
        return self.settings.get("build_run")


class _See(_PublicationHandler):
    async def get(self) -> None:
        project, language = self.desk.project, self.get_query_argument("language", self.language)
        pages = await self.aside(changed_pages, project)
        shown = [page for page in pages if page.language == language]
        self.show(
            "see.html",
            run=self.run,
            overview=await self.aside(overview_of, project, date.today()),
            version=version_in(project / SITE_FOLDER),
            counts=_counts(pages),
            pages=await self.aside(lambda: [(one, heading(project, one)) for one in shown[:_MOST]]),
            more=len(shown) - _MOST,
            shown_language=language,
        )

    def post(self) -> None:
        if self.run is None or not self.run.is_running:
            self.settings["build_run"] = start_build(self.desk.project, self.language)
        self.redirect("/see")


def _counts(pages: list[ChangedPage]) -> Mapping[str, int]:
    """Language → how many pages changed in it."""
    return {language: sum(page.language == language for page in pages) for language in LANGUAGES}


class _Progress(_PublicationHandler):
    """How far the build is, for the script of the page."""

    def get(self) -> None:
        run = self.run
        is_running = run is not None and run.is_running
        self.finish({"is_running": is_running, "step": run.step if run else ""})


class _Comparison(_PublicationHandler):
    """One page of the site, before and now."""

    policy = f"{DeskHandler.policy}; frame-src 'self'"

    async def get(self) -> None:
        project, path = self.desk.project, self.get_query_argument("path", "")
        pages = await self.aside(changed_pages, project)
        page = next((one for one in pages if one.path == path), None)
        if page is None:
            raise HTTPError(404)
        passages = await self.aside(changed_text, project, path)
        self.show("comparison.html", page=page, heading=heading(project, page), passages=passages)


class _SiteFile(DeskHandler):
    """A file of the site, before or now, for a frame."""

    policy = _FRAMED

    def get(self, when: str, path: str) -> None:
        path = unquote(path)
        content = site_file(self.desk.project, path, is_before=when == "before")
        if content is None:
            raise HTTPError(404)
        kind, _ = mimetypes.guess_type("page.html" if path.endswith("/") or not path else path)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind and kind.startswith("text/") else str(kind))
        self.finish(content)


class _Publish(_PublicationHandler):
    section = "publish"

    async def get(self) -> None:
        await self.answer()

    async def answer(self, sentence: Message | None = None, *, is_sent: bool = False) -> None:
        """Show the page, with a `sentence` about what was just done, or was not."""
        project = self.desk.project
        repository = await self.aside(repository_of, project)
        overview = await self.aside(overview_of, project, date.today())
        self.show(
            "publish.html",
            repository=repository,
            version=version_in(project / SITE_FOLDER),
            unbuilt=overview.changes,
            site=(project / SITE_FOLDER).resolve(),
            archive=_archive(project),
            can_go_back=can_step_back(project / BUILD),
            sentence=sentence,
            is_sent=is_sent,
        )

    async def post(self) -> None:
        project, form = self.desk.project, self.form()
        subject = form.get("subject", "").strip()
        async with self.settings["writing"]:
            repository = await self.aside(repository_of, project)
            if repository is None or not subject:
                raise HTTPError(400)
            try:
                await self.aside(send, project, repository, subject)
            except SendingError as error:
                self.set_status(502)
                await self.answer(error.message)
                return
        await self.answer(Message("publish.sent", remote=repository.remote, url=repository.url), is_sent=True)


class _Archive(_PublicationHandler):
    """The site as one file."""

    async def get(self) -> None:
        path = _archive(self.desk.project)
        if path is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", f'attachment; filename="{path.name}"')
        self.finish(await self.aside(read_file, path))

    async def post(self) -> None:
        try:
            await self.aside(write_archive, self.desk.project)
        except UnpublishedError as failure:
            self.show("unpublished.html", failure=failure)
            return
        self.redirect("/publish#archive")


class _Back(_PublicationHandler):
    """The site before the last one, put back."""

    def get(self) -> None:
        # Whoever chooses another language asks for the page again.
        self.redirect("/publish")

    async def post(self) -> None:
        try:
            version = await self.aside(roll_back, self.desk.project)
        except UnpublishedError as failure:
            self.show("unpublished.html", failure=failure)
            return
        self.settings["build_run"] = None
        self.show("publish-back.html", version=version)


def _archive(project: Path) -> Path | None:
    """The archive of the site that stands in `build/site`; None where it was not written yet."""
    path = project / BUILD / f"site-{version_in(project / SITE_FOLDER)}.zip"
    return path if path.exists() else None


PAGES: Routes = [
    ("/see", _See),
    ("/see/progress", _Progress),
    ("/see/page", _Comparison),
    ("/see/(before|now)/(.*)", _SiteFile),
    ("/publish", _Publish),
    ("/publish/archive", _Archive),
    ("/publish/back", _Back),
]
