"""How a web server has to send the site: its headers, its redirects, a configuration of nginx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from generator.publishing.exports.formats import DOWNLOADS
from generator.publishing.pages.rendering import html_environment

SCRIPTS = "{scripts}"
"""Stands, in the policy, for the inline scripts that may run."""
CONFIGURATION = "nginx.conf"
_HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(?:js|css)$")
SECURE = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer, beside the policy."""
ALWAYS = "public, max-age=31536000, immutable"
"""For files whose name changes with what they hold; anything else is asked for again each time."""
OPEN = ("api/", "feeds/")
"""What scripts of other sites may read."""
TYPES = {
    "feeds/": {
        "xml": "application/atom+xml",
        "json": "application/feed+json",
        "ics": "text/calendar",
    },
    "api/": {
        **{download.ending: download.media_type for download in DOWNLOADS},
        "bib": "application/x-bibtex",
        "ris": "application/x-research-info-systems",
    },
    "": {"md": "text/markdown", "webmanifest": "application/manifest+json"},
}
"""Folder → ending → type, where servers do not know it or take it for another."""


def hosting_files(
    site_url: str, policy: str, scripts: Iterable[str], files: Iterable[str], moved: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """(file, text) for a site with the theme's `files`: `_headers` and `_redirects` of static hosts, which belong into
    it, and `nginx.conf`, to be included where its `root` is served.

    `policy` is the Content-Security-Policy of one page, with `{scripts}` in it; `scripts` are the inline scripts of
    all pages, as a policy names them; `moved` leads from former paths below the site to present ones.
    """
    base = urlsplit(site_url).path
    # What a page cannot say of itself: that nobody may put it into a frame.
    full = f"{policy.replace(SCRIPTS, ' '.join(sorted(scripts)))}; frame-ancestors 'none'"
    secure = {"Content-Security-Policy": full, **SECURE}
    hashed = sorted(file for file in files if _HASHED.search(file))
    yield "_headers", "".join(_headers(base, secure, hashed))
    yield "_redirects", "".join(f"{base}{old} {base}{new} 301\n" for old, new in moved.items())
    template = html_environment().get_template("nginx.conf")
    yield CONFIGURATION, template.render(base=base, secure=secure, types=TYPES, open=OPEN, always=ALWAYS)


def _headers(base: str, secure: dict[str, str], hashed: list[str]) -> Iterator[str]:
    """The rules of Netlify and Cloudflare Pages, which join the headers of all rules that fit. Of their own accord
    they have every file asked for again each time."""
    yield _rule(f"{base}*", secure)
    for file in hashed:
        yield _rule(f"{base}{file}", {"Cache-Control": ALWAYS})
    for folder in OPEN:
        yield _rule(f"{base}{folder}*", {"Access-Control-Allow-Origin": "*"})
    for folder, types in TYPES.items():
        for ending, kind in types.items():
            yield _rule(f"{base}{folder}*.{ending}", {"Content-Type": f"{kind}; charset=utf-8"})


def _rule(path: str, headers: dict[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
