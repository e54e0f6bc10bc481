"""Everything that people wrote, read with all that is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.catalogue import check
from generator.catalogue.assembly import catalogue
from generator.catalogue.figures import FIGURES
from generator.catalogue.labels import LabelError, Labels
from generator.catalogue.messages import Message
from generator.catalogue.model import Catalogue
from generator.catalogue.prose import Prose, read_prose
from generator.catalogue.records import RECORDS, Problem, Records, read_records, read_yaml, shown
from generator.catalogue.scripts import Scripts, read_scripts
from generator.catalogue.synonyms import Synonyms, read_synonyms
from generator.catalogue.versions import Version, read_versions
from generator.catalogue.wording_files import LABELS, read_labels
from generator.files.transaction import is_cut_off

CONTENT = "content"
"""The folder of everything that people write, in a project."""
DESK = "desk"
"""The folder below it of what belongs to this machine alone; git ignores it, and no list depends on it."""


@dataclass(frozen=True, slots=True)
class Content:
    """Everything below `content/`; complete only when it has no problems."""

    records: Records
    scripts: Scripts
    labels: dict[str, Labels]
    """By language."""
    prose: dict[str, dict[str, Prose]]
    """name → language → text."""
    synonyms: Synonyms
    versions: list[Version]
    """Those that were published before, the oldest first."""
    problems: list[Problem]

    def catalogue(self) -> Catalogue:
        """The model of the records, which have no problems."""
        return catalogue(self.records)


def read_content(project: Path) -> Content:
    """Read and check everything below `project/content`. Writes nothing."""
    content = project / CONTENT
    records = read_records(content)
    if is_cut_off(content):
        records.problems.append(Problem(shown(content / RECORDS), 1, Message("check.cut-off")))
    scripts = read_scripts(content, records.problems)
    labels = read_labels(content, scripts, records.problems)
    prose = read_prose(content, FIGURES, scripts, records.problems)
    synonyms = read_synonyms(content, prose, records.problems)
    versions = read_versions(content, records.problems)
    return Content(records, scripts, labels, prose, synonyms, versions, check.problems(records, scripts))


def misprinted(project: Path, error: LabelError) -> Problem:
    """The problem that a page wants a label which is missing, or does not fit."""
    path = project / CONTENT / LABELS
    line = next((row.line for row in read_yaml(path, []) or () if row.address == error.key), 1)
    sentence = Message("words.unfilled", key=error.key, language=error.language, fault=error.fault, places=error.places)
    if not error.fault:
        sentence = Message("words.missing", key=error.key, language=error.language)
    return Problem(shown(path), line, sentence)
