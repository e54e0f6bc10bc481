"""A finished page → the same facts as plain Markdown, for programs that read text."""

from __future__ import annotations

from collections.abc import Callable

from generator.publishing.framing.filling import Finished

TWIN = "index.md"


def twin(page: Finished, site_url: str) -> tuple[str, Callable[[], bytes]]:
    """(path, what makes the content) of the twin of `page`, which is published below `site_url`: its article, with the
    page's own address last."""
    folder = page.name.removesuffix("index.html")
    return f"{folder}{TWIN}", lambda: f"{page.article.text}\n\n<{site_url}{folder}>\n".encode()
