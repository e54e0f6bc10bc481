"""The pages, as a translator reads them: golden files in three languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.publishing.pages import page_sets
from generator.publishing.pages.edition import editions
from generator.publishing.pages.rendering import Templates, markdown_page
from generator.publishing.pages.site_pages import SitePages
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
    "cases",
    "changes",
    "check",
    "coverage",
)


def world_pages(folder: Path) -> dict[str, str]:
    """file → Markdown for the imaginary world; `folder` is the working folder."""
    content = read_content(make_project(folder, WORLD))
    templates, catalogue = Templates(), content.catalogue()
    site = SitePages(catalogue, content.labels, content.prose, editions(catalogue, content.labels, set()))
    pages = [page for page_set in page_sets(site) for page in page_set.pages()]
    return {page.file: markdown_page(page, templates.body(page)) for page in pages}


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
