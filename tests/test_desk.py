"""The editor's desk: who may ask it, what its pages may load, what it says when it refuses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment, nodes

from generator.catalogue.messages import MESSAGES
from generator.catalogue.records import read_yaml
from generator.desk import handler
from tests.test_messages import PLACE

TEMPLATES = Path(handler.__file__).with_name("templates")


def words_of_templates() -> Iterator[tuple[str, str, set[str]]]:
    """(template, key, names of the values) of each `word` that a template prints."""
    for path in sorted(TEMPLATES.glob("*.html")):
        for call in Environment().parse(path.read_text("utf-8")).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "word" and isinstance(call.args[0], nodes.Const):
                yield path.name, call.args[0].value, {value.key for value in call.kwargs}


def test_every_word_of_a_template_is_worded():
    wordings = {
        row.address: {place for column in row.cells for place in PLACE.findall(row[column])}
        for row in read_yaml(MESSAGES / "desk.yml", []) or []
    }
    for where, key, names in words_of_templates():
        assert wordings.get(key) == names, (where, key)
