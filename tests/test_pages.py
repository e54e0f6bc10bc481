"""The pages, as a translator reads them: golden files in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue.languages import LANGUAGES
from generator.publishing.build import read_content
from generator.publishing.pages.page import pages
from generator.publishing.pages.rendering import Templates
from tests.conftest import REPOSITORY, WORLD, make_project

GOLDEN = REPOSITORY / "tests/golden"
SHOWN = (
    "index",
    "standards",
    "standards/tea-1",
    "standards/tea-2",
    "standards/tea-4",
    "standards/hostile",
    "standards/ku-cha",
    "fields",
    "fields/leaves",
    "fields/cups",
    "batches",
    "batches/2020-03",
    "batches/2021-09",
    "organisations",
    "organisations/institute-of-imaginary-tea",
    "changes",
)


def world_pages(folder: Path) -> dict[str, str]:
    """file → Markdown for the imaginary world; `folder` is the working folder."""
    content = read_content(make_project(folder, WORLD))
    templates = Templates(content.labels)
    made = pages(content.catalogue(), content.labels, content.prose)
    return {page.file: templates.markdown(page) for page in made}


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        return world_pages(folder)


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_reads_as_its_golden_file(written, language, name):
    """`python -m tests.golden` writes the golden files anew; read what it changed."""
    assert written[f"{language}/{name}.md"] == (GOLDEN / language / f"{name}.md").read_text("utf-8")


def test_every_page_exists_in_every_language(written):
    paths = {
        language: {file.partition("/")[2] for file in written if file.startswith(f"{language}/")}
        for language in LANGUAGES
    }
    assert paths["zh-Hans"] == paths["zh-Hant"] == paths["en"]
    assert set(written) == {"zh/index.md"} | {
        f"{language}/{path}" for language in LANGUAGES for path in paths[language]
    }
    assert paths["en"] >= {f"{name}.md" for name in SHOWN}
