"""Who may ask the desk for something, with what its pages may load."""

# A page of a stranger can send forms to this machine, frame its pages, or give it a name of the stranger's own (DNS
# rebinding). So a request must name this machine, come from one of the desk's own pages, and have the key.

from __future__ import annotations

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tornado.web import HTTPError, RequestHandler

from generator.announcing.attachments.attachment import LARGEST
from generator.catalogue.messages import Message

ADDRESS = "127.0.0.1"
LARGEST_FORM = LARGEST + 2**20
"""Bytes of the largest request: an attachment with what is said about it."""
_NAMES = (ADDRESS, "localhost")
"""As which a browser on this machine asks for it."""
_OWN = ("same-origin", "none")
"""What a browser says of a request by a page of the desk, or by hand."""
_SAFE = ("GET", "HEAD")
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that is open."""

    project: Path
    port: int
    key: str
    """What a browser must have been told by the start."""

    @property
    def hosts(self) -> list[str]:
        """The names under which it may be asked."""
        return [f"{name}:{self.port}" for name in _NAMES]

    @property
    def door(self) -> str:
        """The address that lets a browser in; never to be logged."""
        return f"http://{ADDRESS}:{self.port}/?key={self.key}"


class RefusalError(HTTPError):
    """A request that is answered by a page which says why it is not followed."""

    def __init__(self, status: int, sentence: Message) -> None:
        super().__init__(status)
        self.sentence = sentence


class Guarded(RequestHandler):
    """Answers the desk's own pages alone; whoever overrides `prepare` calls it first."""

    needs_key = True
    policy = _POLICY

    @property
    def desk(self) -> Desk:
        return self.settings["desk"]

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        self.set_header("Content-Security-Policy", self.policy)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-store")
        # With no referrer at all, browsers would hide the origin of forms too.
        self.set_header("Referrer-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    async def prepare(self) -> None:
        self.refuse_strangers()
        if self.request.method not in _SAFE:
            try:
                self.check_xsrf_cookie()
            except HTTPError:
                raise RefusalError(403, Message("desk.old-form")) from None

    def refuse_strangers(self) -> None:
        """Raise RefusalError for a request by no page of the desk, or without key."""
        headers = self.request.headers
        if self.request.host not in self.desk.hosts:
            raise RefusalError(421, Message("desk.other-host"))
        origins = [*_origins(headers.get_list("Origin")), *_origins(headers.get_list("Referer"))]
        is_own = headers.get("Sec-Fetch-Site", "none") in _OWN and {*origins} <= {*self.desk.hosts}
        # Browsers name the origin of every form.
        if not is_own or not (origins or self.request.method in _SAFE):
            raise RefusalError(403, Message("desk.other-origin"))
        if self.needs_key and not self._is_let_in():
            raise RefusalError(403, Message("desk.no-key"))

    def _is_let_in(self) -> bool:
        given = self.get_query_argument("key", "") or self.get_cookie(self._cookie, "")
        return hmac.compare_digest((given or "").encode(), self.desk.key.encode())

    def let_in(self) -> None:
        """Have the browser remember the key, until it is closed."""
        self.set_cookie(self._cookie, self.desk.key, httponly=True, samesite="Strict")

    @property
    def _cookie(self) -> str:
        """Its name has the port, as browsers give all ports of a machine the same cookies."""
        return f"desk_{self.desk.port}"


def _origins(values: list[str]) -> Iterator[str]:
    """The host and port of each address that a browser says; `null` is nobody's."""
    for value in values:
        try:
            parts = urlsplit(value)
        except ValueError:
            yield value
            continue
        yield parts.netloc if parts.scheme == "http" else value
