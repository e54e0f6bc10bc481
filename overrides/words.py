"""Gives the theme's templates the site's words, so that no template holds any; lets their inline scripts run; has each
template compiled once.

MkDocs runs this as a hook; `words` is then known in every template: key → language → text, escaped for HTML.
"""

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import yaml
from jinja2 import BytecodeCache
from markupsafe import escape

LABELS = Path(__file__).parent.parent / "content" / "labels.yml"


class _Compiled(BytecodeCache):
    """Templates that were compiled, for the languages to come: each is built in an environment of its own."""

    def __init__(self):
        self._codes = {}

    def load_bytecode(self, bucket):
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()

COMMENT = re.compile(r"^ *(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment with lines of its own, in a script or a style sheet."""


def on_env(env, config, files):
    """Make the labels and the languages' HTML tags known to the templates."""
    env.bytecode_cache = COMPILED
    # The base loader takes every value as text, as the generator does: a label may read “Yes”.
    labels = yaml.load(LABELS.read_text(encoding="utf-8-sig"), Loader=yaml.CBaseLoader)
    env.globals["words"] = {
        key: {language: escape(text) for language, text in texts.items() if isinstance(text, str)}
        for key, texts in labels.items()
    }
    # Chinese in JSON stays Chinese: half as long as its escapes.
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    env.globals["html_lang"] = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant-HK", "en": "en"}
    publish_bare(files, Path(config.theme.custom_dir))
    return env


def publish_bare(files, own):
    """Leave out of the scripts and style sheets in the folder `own` what only their writers read."""
    for file in files:
        if file.src_uri.endswith((".js", ".css")) and own in Path(file.abs_src_path).parents:
            file.content_string = COMMENT.sub("", file.content_string)


def on_post_page(output, page, config):
    """Name the page's own inline scripts in its Content-Security-Policy; no other one runs."""
    scripts = re.findall(r"<script>(.*?)</script>", output, re.DOTALL)
    hashes = sorted(f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return output.replace("{scripts}", " ".join(hashes), 1)
