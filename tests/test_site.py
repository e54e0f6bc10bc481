"""A build is all or nothing, changes nothing twice, and gives the same bytes on any day."""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from pathlib import Path

import pytest
from filelock import FileLock
from selectolax.lexbor import LexborHTMLParser

from generator.catalogue.content import read_content
from generator.catalogue.languages import LANGUAGES
from generator.files.disk import write
from generator.files.seal import sealed
from generator.files.transaction import prepare
from generator.publishing.build import build
from generator.publishing.exports import sitemap
from generator.publishing.pages import page_sets
from generator.publishing.pages.edition import editions
from generator.publishing.pages.site_pages import SitePages
from generator.publishing.published import UnpublishedError, record_addresses
from generator.publishing.trial import check_content
from tests.conftest import AWFUL, REPOSITORY, SITE_URL, WORLD, make_project, quietly
from tests.elements import attribute, element


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_second_build_changes_nothing(world):
    first = build(world, quietly)
    times = {path: path.stat().st_mtime_ns for path in (world / "build").rglob("*") if path.is_file()}
    second = build(world, quietly)
    assert (first.pages, first.changed.total()) == (second.pages, first.pages)
    assert second.changed.total() == 0
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_two_builds_in_two_places_on_two_days_are_byte_for_byte_the_same(tmp_path, monkeypatch):
    sites = []
    for day in ("Mon", "Tue"):
        project = make_project(tmp_path / day, WORLD)
        monkeypatch.chdir(project)
        for path in project.rglob("*"):
            os.utime(path, (time.time() - 86400 * len(sites), 0))
        build(project, quietly)
        sites.append(snapshot(project / "build/site"))
    assert sorted(sites[0]) == sorted(sites[1])
    assert [name for name in sites[0] if sites[0][name] != sites[1][name]] == []


def test_no_page_holds_the_day_of_the_build(world_project):
    today = time.strftime("%Y-%m-%d")
    named = [name for name, data in snapshot(world_project / "build/site").items() if today.encode() in data]
    assert named == []


def test_a_build_that_fails_leaves_the_last_site_as_it_was(built_world):
    before = snapshot(built_world / "build/site")
    shutil.rmtree(built_world / "content/records")
    shutil.copytree(AWFUL, built_world / "content/records")
    count = len(check_content(Path()).problems)
    with pytest.raises(UnpublishedError, match=f"^{count} problems$"):
        build(built_world, quietly)
    assert snapshot(built_world / "build/site") == before


def test_pages_that_mkdocs_refuses_leave_the_last_site_as_it_was(built_world):
    before = snapshot(built_world / "build/site")
    about = built_world / "content/pages/en/about.md"
    about.write_text(about.read_text("utf-8") + "\n[nowhere](nowhere.md)\n", "utf-8")
    with pytest.raises(UnpublishedError) as failure:
        build(built_world, quietly)
    assert "nowhere.md" in "\n".join(map(str, failure.value.problems))
    assert snapshot(built_world / "build/site") == before


def test_a_link_that_leads_nowhere_is_found_in_the_finished_pages(built_world):
    before = snapshot(built_world / "build/site")
    about = built_world / "content/pages/en/about.md"
    about.write_text(
        about.read_text("utf-8") + "\n[gone](../standards/gone/) [place](../standards/#no-place)\n", "utf-8"
    )
    with pytest.raises(UnpublishedError) as failure:
        build(built_world, quietly)
    assert [str(problem) for problem in failure.value.problems] == [
        "en/about/index.html links to ../standards/gone/, which does not exist",
        "en/about/index.html links to ../standards/#no-place, but en/standards/index.html has no such place",
    ]
    assert snapshot(built_world / "build/site") == before


def test_a_site_that_was_being_replaced_is_replaced_even_if_the_next_build_fails(built_world):
    staged = prepare(built_world / "build")
    write(staged / "site/robots.txt", "replaced")
    change = {"files": ["site/robots.txt"], "gone": [], "leads_back": True}
    write(staged.parent / "change", sealed("change", json.dumps(change).encode()))
    staged.parent.rename(built_world / "build/.transaction-coming")
    (built_world / "content/records/batches.yml").write_text("broken: [", "utf-8")
    with pytest.raises(UnpublishedError):
        build(built_world, quietly)
    assert (built_world / "build/site/robots.txt").read_text() == "replaced"


def test_a_changed_title_is_published_and_a_record_that_is_gone_leaves_nothing_behind(built_world):
    unknown = built_world / "content/records/standards/batch-unknown.csv"
    unknown.write_text(unknown.read_text("utf-8").replace("Bitter Tea", "Very Bitter Tea"), "utf-8", newline="\n")
    autumn = built_world / "content/records/standards/batch-2021-09.csv"
    autumn.write_text("".join(autumn.read_text("utf-8").splitlines(keepends=True)[:2]), "utf-8", newline="\n")
    (built_world / "content/records/cases.yml").unlink()
    published = build(built_world, quietly)
    assert (published.changed["removed"], published.changed["home"]) == (3, 3)
    assert "Very Bitter Tea" in (built_world / "build/site/en/standards/ku-cha/index.html").read_text("utf-8")
    assert not (built_world / "build/site/en/standards/hen-chang").exists()
    assert not (built_world / "build/pages/en/standards/hen-chang.md").exists()


def test_an_address_that_moves_is_published_at_once(built_world):
    path = built_world / "content/records/organisations.yml"
    path.write_text(path.read_text("utf-8").replace("[cup-guild]", "[cup-guild, cup-society]"), "utf-8")
    published = build(built_world, quietly)
    assert "organisations/cup-society" in published.new_addresses
    assert (built_world / "build/site/en/organisations/cup-society/index.html").is_file()


def test_a_site_that_lost_a_file_is_built_again(built_world):
    (built_world / "build/site/en/index.html").unlink()
    build(built_world, quietly)
    assert (built_world / "build/site/en/index.html").is_file()


def test_two_builds_at_once_wait_for_each_other(world, monkeypatch):
    monkeypatch.setattr("generator.publishing.guards.PATIENCE", 0.1)
    (world / "build").mkdir()
    with FileLock(world / "build/.lock"), pytest.raises(UnpublishedError, match="Another build is still running"):
        build(world, quietly)


def test_the_ledger_takes_new_addresses_and_keeps_the_old(world):
    ledger = world / "content/records/addresses.txt"
    ledger.write_bytes(b"\xef\xbb\xbfstandards/tea-2\r\n")
    record_addresses(world, ("fields/cups", "standards/tea-1"))
    assert ledger.read_bytes() == b"fields/cups\nstandards/tea-1\nstandards/tea-2\n"


def test_an_empty_setting_is_one_that_is_not_set(built_world, monkeypatch):
    monkeypatch.setenv("SITE_URL", "")
    monkeypatch.setenv("REPOSITORY_URL", "")
    assert build(built_world, quietly).url == "http://127.0.0.1:8000/"


def html(site: Path, name: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / name).read_bytes())


def test_a_former_address_leads_to_the_present_one_in_every_language(world_project):
    site = world_project / "build/site"
    redirects = {
        f"{language}/{old}": attribute(html(site, f"{language}/{old}index.html"), "meta[http-equiv=refresh]", "content")
        for language in LANGUAGES
        for old in ("standards/bai-cha/", "batches/1/", "organisations/cup-guild/")
    }
    assert redirects == {
        f"{language}/{old}": f"0; url=../{new}/"
        for language in LANGUAGES
        for old, new in (
            ("standards/bai-cha/", "tea-2"),
            ("batches/1/", "2020-03"),
            ("organisations/cup-guild/", "guild-of-empty-cups"),
        )
    }


def test_a_hostile_title_stays_a_title_everywhere(world_project):
    for language in LANGUAGES:
        page = html(world_project / "build/site", f"{language}/standards/hostile/index.html")
        title = element(page, "h1").text()
        assert title.startswith("<script>alert(1)</script> *b* _i_ [x](javascript:alert(1)) {#id .c}")
        assert title in element(page, "title").text()
        assert title in attribute(page, "meta[name=description]", "content")
        assert [
            one.text() for one in page.css("script") if "alert" in one.text() and one.attributes.get("type") is None
        ] == []
        assert [one.attributes["src"] for one in page.css("img")] == ["../../../s/hostile/qr.svg"]
        assert page.css("b, i, em, strong:not(.bas-growth strong, .bas-answer strong, .bas-letterhead strong)") == []


def test_every_page_names_itself_and_its_other_languages_absolutely(world_project):
    page = html(world_project / "build/site", "zh-Hant/standards/tea-1/index.html")
    assert attribute(page, "html", "lang") == "zh-Hant-HK"
    assert attribute(page, "link[rel=canonical]", "href") == f"{SITE_URL}zh-Hant/standards/tea-1/"
    assert {link.attributes["hreflang"]: link.attributes["href"] for link in page.css("link[hreflang]")} == {
        "zh-Hans": f"{SITE_URL}zh-Hans/standards/tea-1/",
        "zh-Hant-HK": f"{SITE_URL}zh-Hant/standards/tea-1/",
        "en": f"{SITE_URL}en/standards/tea-1/",
        "x-default": f"{SITE_URL}s/tea-1/",
    }


def test_the_site_brings_along_no_script_of_the_theme(january_project):
    """Its bundle would be the heaviest thing on a page, for a switch that ten lines do."""
    scripts = {name.rpartition("/")[2] for name in snapshot(january_project / "build/site") if name.endswith(".js")}
    own = {path.name for path in (REPOSITORY / "overrides/assets/javascripts").rglob("*.js")}
    assert scripts == own


def test_the_sitemap_lists_every_page_with_its_languages(world_project):
    site = world_project / "build/site"
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    listed = set(re.findall(r"<loc>([^<]+)</loc>", sitemap))
    pages = {
        SITE_URL + path.relative_to(site).as_posix().removesuffix("index.html")
        for path in site.rglob("index.html")
        # What only leads on, and what is for paper, is not to be found.
        if 'content="noindex"' not in path.read_text("utf-8")
    }
    assert listed == pages
    short = {page for page in pages if re.fullmatch(r"([sfb]/.*|standards/)", page.removeprefix(SITE_URL))}
    assert len(short) == 14
    assert sitemap.count("<xhtml:link") == 3 * (len(pages) - 1 - len(short) * 4) + 4 * 4 * len(short)


def test_the_sitemap_says_when_a_page_last_said_something_new(world_project):
    sitemap = (world_project / "build/site/sitemap.xml").read_text("utf-8")
    days = dict(re.findall(r"<loc>([^<]+)</loc>(?:<lastmod>([^<]+)</lastmod>)?", sitemap))
    lastmod = {path: days[SITE_URL + path] for path in ("en/", "en/standards/tea-1/", "s/tea-4/", "en/about/")}
    assert lastmod == {
        "en/": "2026-11-24",
        "en/standards/tea-1/": "2026-11-23",
        "s/tea-4/": "2026-11-23",
        "en/about/": "",
    }
    robots = (world_project / "build/site/robots.txt").read_text("utf-8")
    assert f"Sitemap: {SITE_URL}sitemap.xml\n" in robots


def test_a_long_sitemap_is_an_index_of_its_parts(monkeypatch, world):
    monkeypatch.setattr(sitemap, "ADDRESSES", 5)
    content = read_content(world)
    catalogue = content.catalogue()
    site = SitePages(catalogue, content.labels, content.prose, editions(catalogue, content.labels, set()))
    listed = list(page_sets(site))[1:]
    files = dict(sitemap.sitemaps(SITE_URL, listed))
    parts = re.findall(r"<loc>([^<]+)</loc>", files.pop("sitemap.xml"))
    assert parts == [f"{SITE_URL}{name}" for name in files]
    counts = [text.count("<url>") for text in files.values()]
    assert max(counts) == 5
    assert sum(counts) == 1 + sum(4 if page.short else 3 for page in listed)


def test_there_is_no_handler_in_any_page_and_no_style_attribute(january_project):
    """A strict Content-Security-Policy holds."""
    site = january_project / "build/site"
    attributes = []
    for name in snapshot(site):
        if name.endswith(".html"):
            for node in html(site, name).css("*"):
                attributes += [f"{name} {key}" for key in node.attributes if key.startswith("on") or key == "style"]
    assert attributes == []


def test_every_static_file_arrives(january_project):
    site, project = january_project / "build/site", january_project
    wanted = {
        path.relative_to(project / "overrides").as_posix() for path in (project / "overrides/assets").rglob("*.*")
    }
    missing = {name for name in wanted if not (site / name).is_file()}
    sheet = "assets/stylesheets/site.css"
    imports = re.findall(r'@import "(.+)";', (project / "overrides" / sheet).read_text())
    assert missing == {f"assets/stylesheets/{name}" for name in imports}
    # What is imported is published within it: a reader asks for one file.
    assert "@import" not in (site / sheet).read_text()
    for selector in (":root", "[hidden]", ".bas-header", ".bas-answer"):
        assert f"{selector} {{" in (site / sheet).read_text()
    assert [name for name in snapshot(site) if name.startswith("partials/")] == []


def test_breadcrumbs_are_told_to_search_engines(world_project):
    page = html(world_project / "build/site", "en/standards/hostile/index.html")
    crumbs = json.loads(element(page, 'script[type="application/ld+json"]').text())
    assert [(one["position"], one["item"]) for one in crumbs["itemListElement"]] == [
        (1, f"{SITE_URL}en/"),
        (2, f"{SITE_URL}en/standards/"),
        (3, f"{SITE_URL}en/standards/hostile/"),
    ]
    assert crumbs["itemListElement"][2]["name"].startswith("<script>alert(1)</script>")


def test_a_build_after_a_change_is_the_same_as_one_from_nothing(built_world, tmp_path_factory, monkeypatch):
    """Pages that did not change keep what stands beside them."""
    records = built_world / "content/records/standards/batch-2020-03.csv"
    records.write_text(records.read_text("utf-8").replace("Aged Oolong, Second Edition", "Older Oolong"), "utf-8")
    build(built_world, quietly)
    fresh = make_project(tmp_path_factory.mktemp("fresh"), built_world / "content/records")
    monkeypatch.chdir(fresh)
    build(fresh, quietly)
    assert snapshot(built_world / "build/site") == snapshot(fresh / "build/site")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_title_says_the_name_of_the_list_once(january_project, language):
    """The name of a body may have it too; the home page is the list."""
    site = january_project / "build/site"
    files = [file for file in (site / language).rglob("index.html") if "organisations" not in file.parts]
    for file in files:
        page = html(site, file.relative_to(site).as_posix())
        if file.parent != site / language and not page.css_matches("meta[http-equiv=refresh]"):
            title = element(page, "title").text()
            assert len(re.findall("湾区标准|灣區標準|Bay Area Standards|GBA Standards", title)) == 1, title
