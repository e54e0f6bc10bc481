"""Gives the theme's templates the site's words, so that no template holds any.

MkDocs runs this as a hook; `words` is then known in every template: key → language → text.
"""

from pathlib import Path

import yaml

LABELS = Path(__file__).parent.parent / "content" / "labels.yml"


def on_env(env, config, files):
    """Make the labels and the languages' HTML tags known to the templates."""
    env.globals["words"] = yaml.load(LABELS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    env.globals["html_lang"] = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK", "en": "en"}
    return env
