"""The hook that MkDocs runs for the frame of each page.

Its templates hold neither words nor data. From here they know `words`, key → language → text, escaped for HTML;
`html_lang`, language → the value of a `lang` attribute; `platform`, the address of the official platform; and the
`downloads` that the foot of a page names.
"""

import hashlib
import re
import sys
from base64 import b64encode
from pathlib import Path

import yaml
from jinja2 import BytecodeCache
from markupsafe import escape

PROJECT = Path(__file__).parent.parent
# `mkdocs` alone does not look for modules in the folder where it is run.
sys.path.append(str(PROJECT))

from generator.catalogue.languages import HTML_LANG  # noqa: E402
from generator.publishing.exports.formats import API, DOWNLOADS  # noqa: E402
from generator.publishing.pages.addresses import PLATFORM  # noqa: E402

LABELS = PROJECT / "content" / "labels.yml"


class _Compiled(BytecodeCache):
    """Templates that were compiled, for the languages to come: each is built in an environment of its own."""

    def __init__(self):
        self._codes = {}

    def load_bytecode(self, bucket):
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket):
        self._codes[bucket.key, bucket.checksum] = bucket.code


COMPILED = _Compiled()

IMPORT = re.compile(r'^@import "(.+)";\n', re.MULTILINE)
COMMENT = re.compile(r"^ *(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
"""A comment with lines of its own, in a script or a style sheet."""


def on_env(env, config, files):
    """Tell the templates what they print, and pack the scripts and style sheets."""
    env.bytecode_cache = COMPILED
    # Lines that hold a tag of a template alone leave no line in the page.
    env.trim_blocks = True
    # The base loader takes every value as text, as the generator does: a label may read “Yes”.
    labels = yaml.load(LABELS.read_text(encoding="utf-8-sig"), Loader=yaml.CBaseLoader)
    env.globals["words"] = {
        key: {language: escape(text) for language, text in texts.items() if isinstance(text, str)}
        for key, texts in labels.items()
    }
    # Chinese in JSON stays Chinese: half as long as its escapes.
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    env.globals["html_lang"] = HTML_LANG
    env.globals["platform"] = PLATFORM
    env.globals["downloads"] = [
        *((download.path, download.name) for download in DOWNLOADS if download.name),
        (f"{API}index.json", "API"),
    ]
    pack(files, Path(config.theme.custom_dir))
    return env


def pack(files, own):
    """Publish the scripts and style sheets of the folder `own` without comments, imported sheets within others."""
    sources = {
        Path(file.abs_src_path): file
        for file in files
        if file.src_uri.endswith((".js", ".css")) and own in Path(file.abs_src_path).parents
    }
    for path, file in sources.items():
        for part in IMPORT.findall(path.read_text(encoding="utf-8")):
            if files.get_file_from_path(sources[path.parent / part].src_uri):
                files.remove(sources[path.parent / part])
        file.content_string = COMMENT.sub("", joined(path))


def joined(path):
    """The text of a script or style sheet, with what it imports in the place of the import."""
    return IMPORT.sub(lambda rule: joined(path.parent / rule[1]), path.read_text(encoding="utf-8"))


def on_post_page(output, page, config):
    """Finish a page."""
    return with_hashes(output)


def on_post_template(output_content, template_name, config):
    """Finish the page of addresses that do not exist."""
    return with_hashes(output_content)


def with_hashes(output):
    """Name the page's own inline scripts in its Content-Security-Policy; no other one runs."""
    scripts = re.findall(r"<script>(.*?)</script>", output, re.DOTALL)
    hashes = sorted(f"'sha256-{b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    return output.replace("{scripts}", " ".join(hashes), 1)
