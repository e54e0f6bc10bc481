"""The program's own words: one name for one thing, docstrings that are quickly read."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"
MODULES = {str(path.relative_to(GENERATOR)): ast.parse(path.read_bytes()) for path in sorted(GENERATOR.rglob("*.py"))}
SHARED = {
    "page_sets",  # what every kind of page answers
    "PAGES",  # what each module of the desk answers to
    "main",  # what a module does that is run as a program
}
"""Names that several modules define because they mean the same in each."""
WORDS = 15


def defined(module: ast.Module) -> Iterator[str]:
    """The public names that a module defines at its top."""
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names = [node.name]
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [target.id for target in targets if isinstance(target, ast.Name)]
        else:
            names = []
        yield from (name for name in names if not name.startswith("_"))


def test_a_public_name_means_one_thing_in_the_package():
    modules = Counter(name for module in MODULES.values() for name in set(defined(module)))
    assert {name for name, count in modules.items() if count > 1} == SHARED


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_one_short_sentence_what_it_is(module):
    sentence = ast.get_docstring(MODULES[module]) or ""
    assert sentence.endswith(".")
    assert ". " not in sentence
    assert "\n" not in sentence
    assert len(sentence.split()) <= WORDS


@pytest.mark.parametrize("module", MODULES)
def test_the_first_line_of_a_docstring_is_short(module):
    for node in ast.walk(MODULES[module]):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            first, *_ = (ast.get_docstring(node) or "").splitlines() or [""]
            assert len(first.split()) <= WORDS, node.name
