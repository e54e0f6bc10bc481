"""What every page of the desk is made with."""

# A page is a module with handlers and a list PAGES, which `server.py` joins; its templates extend `base.html`.
#
#     class CasesPage(DeskHandler):
#         section = "cases"                        # of SECTIONS below: marked in the menu
#
#         async def get(self) -> None:
#             cases = await self.aside(all_cases, self.content)      # work that takes time, in a thread
#             self.show("cases.html", cases=cases)
#
#         async def post(self) -> None:            # ends in a redirect, so that nothing is sent twice
#             async with self.settings["writing"]:                   # one write at a time
#                 await self.aside(add_case, self.content, self.form())
#             self.tell(Message("desk.case-added"))                  # on the page that comes next
#             self.redirect("/cases")
#
#     PAGES: Routes = [("/cases", CasesPage)]
#
# A template says `{{ word("key", place=value) }}`, which is `desk.key` of `content/messages/desk.yml`; any other
# Message is printed as it is, `{{ message }}`, in the page's language. Each form begins with `{{ token }}`. What a
# person must mend is raised as `RefusalError(400, Message(…))`, or shown again with the form; a fault of the program is
# simply raised: it becomes a page that says so, and a traceback in the terminal.

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from tornado.web import HTTPError

from generator.catalogue.content import CONTENT
from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG, LANGUAGES
from generator.catalogue.messages import ColumnName, Message, speaking, spoken_language, system_language
from generator.desk.guard import Guarded, RefusalError
from generator.files.transaction import is_cut_off, recover
from generator.publishing.guards import refusal

SECTIONS = {
    "home": "/",
    "attachment": "/attachment",
    "complete": "/complete",
    "see": "/see",
    "publish": "/publish",
    "records": "/records",
    "history": "/history",
}
"""Section → its address, in the order of the menu.

Its words have the keys `section-` and, what it is for, `task-` with its name.
"""
Routes = list[tuple[str, type["DeskHandler"]]]
_LANGUAGE = "desk_language"
_YEAR = 365
_LOG = logging.getLogger(__name__)
_P = ParamSpec("_P")
_R = TypeVar("_R")
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
)


def word(key: str, /, **values: object) -> str:
    """The words `key` of the desk, in the language of the page."""
    return str(Message("desk." + key, **values))


def as_written(value: int | date | str) -> str:
    """A number or a day, as the language of the page writes it.

    A day may be a text such as 2026-05-18.
    """
    return Labels(spoken_language(), {}).written(date.fromisoformat(value) if isinstance(value, str) else value)


_TEMPLATES.globals |= {
    "word": word,
    "written": as_written,
    "column_name": ColumnName,
    "html_lang": HTML_LANG,
    "languages": LANGUAGES,
    "own_name": Message("desk.own-name").in_language,
    "sections": SECTIONS,
}


class DeskHandler(Guarded):
    """One page of the desk."""

    section = ""
    """The part of the desk that it belongs to, one of `SECTIONS`; '' for none."""

    @property
    def content(self) -> Path:
        """The folder of everything that people write."""
        return self.desk.project / CONTENT

    @property
    def language(self) -> str:
        """The one of `LANGUAGES` that was chosen, or that this machine speaks."""
        chosen = self.get_cookie(_LANGUAGE, "")
        return chosen if chosen in LANGUAGES else system_language()

    async def prepare(self) -> None:
        await super().prepare()
        if self.settings["is_cut_off"]:
            async with self.settings["writing"]:
                await self.aside(recover, self.content)
                self.settings["is_cut_off"] = False

    def show(self, template: str, **values: object) -> None:
        """Answer with the page that `template` makes of `values`."""
        own: dict[str, object] = {"language": self.language, "section": self.section}
        if self.get_status() < 400:
            # Whoever is refused is told nothing of the project.
            own |= {"token": Markup(self.xsrf_form_html()), "folder": str(self.desk.project.resolve())}
            own["told"] = self.settings.pop("told", None)
        with speaking(self.language):
            self.finish(_TEMPLATES.get_template(template).render(own | values))

    def tell(self, sentence: Message) -> None:
        """Say on the next page that is shown what was done."""
        self.settings["told"] = sentence

    async def aside(self, work: Callable[_P, _R], /, *args: _P.args, **values: _P.kwargs) -> _R:
        """The result of `work`, done in a thread while the desk answers others."""
        with speaking(self.language):
            return await asyncio.to_thread(work, *args, **values)

    def worded(self, value: object) -> str:
        """What `value` says, in the language of the page."""
        with speaking(self.language):
            return str(value)

    def form(self) -> dict[str, str]:
        """The fields of the form that was sent, each without blanks around it."""
        return {name: self.get_body_argument(name) for name in self.request.body_arguments}

    def write_error(self, status_code: int, **options: Any) -> None:
        error = options["exc_info"][1] if "exc_info" in options else None
        sentence = error.sentence if isinstance(error, RefusalError) else None
        if isinstance(error, HTTPError):
            sentence = sentence or (Message("desk.no-page") if status_code == 404 else Message("desk.no-request"))
        elif isinstance(error, Exception):
            sentence = refusal(error)
            if isinstance(error, OSError) and is_cut_off(self.content):
                self.settings["is_cut_off"] = True
                sentence = Message("desk.cut-off", sentence=sentence)
        self.show("error.html", status=status_code, sentence=sentence or Message("desk.fault"))

    def log_exception(self, typ: Any, value: Any, tb: Any) -> None:
        # Without the address of the request, which may hold the key.
        if not isinstance(value, HTTPError) and refusal(value) is None:
            _LOG.error(Message("desk.fault"), exc_info=(typ, value, tb))


class NoPage(DeskHandler):
    """Whatever else is asked for."""

    async def prepare(self) -> None:
        await super().prepare()
        raise HTTPError(404)


class _Language(DeskHandler):
    """Chooses the language, then shows the page again from which that was done."""

    def get(self, language: str) -> None:
        self.set_cookie(_LANGUAGE, language, expires_days=_YEAR, httponly=True, samesite="Strict")
        page = urlsplit(self.request.headers.get("Referer", "/"))
        # The guard has seen that this is one of the desk's own; two slashes would begin the name of a machine.
        path = f"/{page.path.lstrip('/')}"
        self.redirect(f"{path}?{page.query}" if page.query else path)


PAGES: Routes = [(f"/language/({'|'.join(LANGUAGES)})", _Language)]
