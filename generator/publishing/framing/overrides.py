"""The frame's own templates, styles and scripts, checked before MkDocs reads them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError

from generator.catalogue.messages import Message
from generator.catalogue.records import Problem, read_content_file, read_text, shown
from generator.catalogue.texts import unpublishable_lines
from generator.files.disk import files_below

OVERRIDES = "overrides"
"""The folder of the frame, in a project."""
FRAME_FILES = (
    "main.html",
    "landing.html",
    "404.html",
    "partials/alternate.html",
    "partials/contents.html",
    "partials/crumbs.html",
    "partials/footer.html",
    "partials/head.html",
    "partials/header.html",
    "partials/javascripts/base.html",
    "partials/linked.html",
    "partials/mark.html",
    "words.py",
)
"""The templates of the frame, and its hook. In the place of most MkDocs would silently take the theme's."""
_TEXTS = (".html", ".css", ".js", ".py", ".svg")


def check_overrides(project: Path, problems: list[Problem]) -> None:
    """Add to `problems` what keeps MkDocs from reading the frame of `project`."""
    folder = project / OVERRIDES
    if not folder.is_dir():
        problems.append(Problem(shown(folder), 1, Message("build.no-folder")))
        return
    environment = Environment()
    for name in sorted({*files_below(folder), *FRAME_FILES}):
        text = (read_text if name.endswith(_TEXTS) else read_content_file)(folder / name, problems)
        if not isinstance(text, str):
            continue
        file = shown(folder / name)
        problems.extend(Problem(file, *fault) for fault in unpublishable_lines(text))
        if not name.endswith(".html"):
            continue
        try:
            environment.parse(text)
        except TemplateSyntaxError as error:
            reason = Message("machine.other", words=error.message or "")
            sentence = Message("build.no-template", reason=reason, tag="{% … %}", variable="{{ … }}")
            problems.append(Problem(file, error.lineno, sentence))
