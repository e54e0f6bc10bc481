"""How a web server sends the site: its headers, its redirects, a configuration of nginx."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from generator.publishing.exports.formats import DOWNLOADS
from generator.publishing.html_templates import html_environment
from generator.publishing.settings import Settings

NGINX_CONF = "nginx.conf"
"""Not part of the site: nginx includes it where it serves the site's folder."""
MEDIA_TYPES = {
    "feeds/": {
        "xml": "application/atom+xml",
        "json": "application/feed+json",
        "ics": "text/calendar",
    },
    "api/": {
        **{download.ending: download.media_type for download in DOWNLOADS},
        "gz": "application/gzip",
    },
    "": {"md": "text/markdown", "webmanifest": "application/manifest+json"},
}
"""Folder → ending → type, where servers do not know it or take it for another."""
_SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Sent with every answer, beside the policy."""
_OPEN_FOLDERS = ("api/", "feeds/")
"""What scripts of other sites may read."""


def hosting_files(
    settings: Settings, scripts: Iterable[str], redirects: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield (file, text) of `_headers` and `_redirects`, which static hosts read, and of `nginx.conf`.

    `scripts` are the inline scripts of all pages, as a policy names them.
    `redirects` leads from former paths below the site to present ones.
    """
    base = urlsplit(settings.site_url).path
    # What a page cannot say of itself: that nobody may put it into a frame.
    policy = f"{settings.policy_with(scripts)}; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy, **_SECURITY_HEADERS}
    yield "_headers", "".join(_rules(base, headers))
    yield "_redirects", "".join(f"{base}{former} {base}{present} 301\n" for former, present in redirects.items())
    yield NGINX_CONF, _nginx_conf(unquote(base), headers)


def _nginx_conf(base: str, headers: Mapping[str, str]) -> str:
    """The configuration of nginx for a site below `base`, a path as nginx compares it: decoded."""
    environment = html_environment()
    environment.filters["quoted"] = _quoted
    values = {"secure": headers, "types": MEDIA_TYPES, "open": _OPEN_FOLDERS}
    return environment.get_template(NGINX_CONF).render(base=base, base_pattern=re.escape(base), **values)


def _quoted(text: str) -> Markup:
    """The `text` as one word of nginx' configuration, whatever stands in it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return Markup(f'"{escaped}"')


def _rules(base: str, headers: Mapping[str, str]) -> Iterator[str]:
    """The rules of Netlify and Cloudflare Pages, which join the headers of all that fit.

    Of their own accord these hosts have every file asked for again each time.
    """
    yield _rule(f"{base}*", headers)
    for folder in _OPEN_FOLDERS:
        yield _rule(f"{base}{folder}*", {"Access-Control-Allow-Origin": "*"})
    for folder, types in MEDIA_TYPES.items():
        for ending, media_type in types.items():
            yield _rule(f"{base}{folder}*.{ending}", {"Content-Type": f"{media_type}; charset=utf-8"})


def _rule(path: str, headers: Mapping[str, str]) -> str:
    return f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
