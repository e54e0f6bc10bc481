"""What pages tell machines: JSON-LD, and what a reference manager takes."""

from __future__ import annotations

import json

from pyld import jsonld
from pyld.documentloader.base import RemoteDocument
from selectolax.lexbor import LexborHTMLParser

from generator.publishing.published import version_in
from tests.conftest import SITE_URL


def page(project, path: str) -> LexborHTMLParser:
    return LexborHTMLParser((project / "build/site" / path / "index.html").read_bytes())


def things(tree: LexborHTMLParser) -> dict[str, dict]:
    told = [json.loads(node.text()) for node in tree.css('script[type="application/ld+json"]')]
    return {thing["@type"]: thing for thing in told}


def test_a_standard_is_a_work_that_dublin_core_calls_a_standard(january_project):
    work = things(page(january_project, "zh-Hant/standards/wq-1-10"))["CreativeWork"]
    assert work == {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": f"{SITE_URL}s/wq-1-10/",
        "additionalType": "http://purl.org/dc/terms/Standard",
        "url": f"{SITE_URL}zh-Hant/standards/wq-1-10/",
        "name": "廣式月餅",
        "alternateName": [
            {"@language": "zh-Hans", "@value": "广式月饼"},
            {"@language": "en", "@value": "Cantonese-style Mooncakes"},
        ],
        "identifier": [
            {"@type": "PropertyValue", "propertyID": "list identifier", "value": "WQ 1-10"},
            {"@type": "PropertyValue", "propertyID": "designation", "value": "T/GBAS 8-2022"},
        ],
        "publisher": {"@type": "Organization", "name": "廣東省粵港澳大灣區標準促進會"},
        "about": [{"@type": "DefinedTerm", "name": "食品"}],
        "isPartOf": {"@id": f"{SITE_URL}#list"},
    }


def test_what_no_source_states_is_not_told(january_project):
    work = things(page(january_project, "en/standards/lu-e"))["CreativeWork"]
    assert work.keys().isdisjoint({"identifier", "publisher", "datePublished", "creativeWorkStatus"})


def test_the_home_page_is_the_site_and_the_list_with_its_downloads(january_project):
    told = things(page(january_project, "en"))
    assert told["WebSite"]["potentialAction"]["target"]["urlTemplate"] == (
        f"{SITE_URL}en/standards/?q={{search_term_string}}"
    )
    assert told["Dataset"]["version"] == version_in(january_project / "build/site")
    for download in told["Dataset"]["distribution"]:
        path = download["contentUrl"].removeprefix(SITE_URL)
        assert (january_project / "build/site" / path).is_file()


def test_a_field_is_a_term_and_an_announcement_an_event_where_its_day_is_known(january_project):
    field = things(page(january_project, "en/fields/food"))["DefinedTerm"]
    assert (field["name"], field["@id"]) == ("Food", f"{SITE_URL}f/food/")
    assert things(page(january_project, "en/batches/2023-04"))["Event"]["startDate"] == "2023-04-24"
    assert "Event" not in things(page(january_project, "en/batches/2024-08"))


def test_a_reference_manager_takes_a_standard_with_title_number_body_and_day(world_project):
    """So the translators of Zotero decide: a tag of a report, or og:type, would go before the type of Dublin Core."""
    tree = page(world_project, "en/standards/tea-1")
    named = {str(node.attributes["name"]): node.attributes["content"] for node in tree.css("meta[name][content]")}
    assert {name: text for name, text in named.items() if name.startswith(("citation_", "DC.", "eprints."))} == {
        "citation_title": "White Down",
        "citation_publication_date": "2020/01/02",
        "DC.title": "White Down",
        "DC.type": "standard",
        "DC.publisher": "The Institute of Imaginary Tea",
        "eprints.id_number": "茶/T 1-2020",
    }
    assert tree.css("meta[property='og:type']") == []


def test_pages_of_no_standard_are_web_pages(world_project):
    for path in ("en", "en/fields/leaves", "zh-Hans/standards"):
        assert page(world_project, path).css_matches("meta[property='og:type'][content='website']")


def test_a_hostile_title_stays_a_text(world_project):
    tree = page(world_project, "en/standards/hostile")
    assert things(tree)["CreativeWork"]["name"].startswith("<script>alert(1)</script>")
    assert [
        node.text() for node in tree.css("script") if "alert" in node.text() and "ld+json" not in (node.html or "")
    ] == []


VOCABULARY = {"@context": {"@vocab": "https://schema.org/", "@base": SITE_URL}}


def test_every_page_tells_json_ld_that_another_program_expands(january_project):
    """schema.org's own context is not asked for: its words are those of the vocabulary."""

    def schema_org(url: str, options: object) -> RemoteDocument:
        assert url == "https://schema.org"
        return RemoteDocument(contentType="application/ld+json", contextUrl=None, documentUrl=url, document=VOCABULARY)

    site = january_project / "build/site"
    expanded: dict[str, dict] = {}
    for file in sorted([site / "index.html", *site.glob("[sfb]/*/index.html"), *(site / "en").rglob("index.html")]):
        told = LexborHTMLParser(file.read_bytes()).css('script[type="application/ld+json"]')
        path = file.parent.relative_to(site).as_posix()
        leads_on = b'http-equiv="refresh"' in file.read_bytes()
        is_paper = path.endswith("/notice")
        # An announcement whose day is unknown is no event.
        assert leads_on or is_paper or told or path.startswith("b/"), path
        for one in told:
            (thing,) = jsonld.expand(json.loads(one.text()), jsonld.ExpandOptions(documentLoader=schema_org))
            expanded[f"{path} {thing['@type'][0]}"] = thing
    dataset = expanded["en https://schema.org/Dataset"]
    assert dataset["https://schema.org/license"][0]["@value"].startswith("https://creativecommons.org/publicdomain/")
    assert dataset["https://schema.org/spatialCoverage"][0]["@type"] == ["https://schema.org/Place"]
    names = expanded["en/standards/wq-1-10 https://schema.org/CreativeWork"]["https://schema.org/alternateName"]
    assert {"@language": "zh-Hant-HK", "@value": "廣式月餅"} in names or {
        "@language": "zh-hant-hk",
        "@value": "廣式月餅",
    } in names
