"""A number of the list is found wherever a query has it, and said to be missing only where it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from generator.catalogue.content import Content
from generator.catalogue.languages import LANGUAGES
from generator.catalogue.model import Standard
from generator.catalogue.numbers import search_key, undated
from generator.files.cache import Cache
from generator.publishing.search.index import search_index
from tests.conftest import SITE_URL
from tests.test_search import table

FIND = """async ({data, queries}) => {
  const {Index, TIERS} = await import(new URL("assets/javascripts/search/engine.js", document.baseURI));
  const index = new Index(JSON.parse(data));
  return queries.map((query) => {
    const found = index.search(query);
    return {
      first: found.ranked().slice(0, 5).map((one) => [index.data.paths[one], TIERS[found.tiers[one]]]),
      missing: found.missing,
      isMissing: found.numberIsMissing,
    };
  });
}"""
MENTIONS = """async ({data, texts}) => {
  const {Index} = await import(new URL("assets/javascripts/search/engine.js", document.baseURI));
  const index = new Index(JSON.parse(data));
  return texts.map((text) => index.numbers.mentions(text).map(({start, end, documents, text: spelling}) => {
    if (text.slice(start, end) !== spelling) throw new Error(`${spelling} stands elsewhere in ${text}`);
    return [spelling, documents.map((one) => index.data.paths[one])];
  }));
}"""
LISTS = ["january_content", "real_content", "world_content"]


@pytest.fixture
def page(open_page) -> Page:
    """The landing page, from which the engine is loaded."""
    return open_page("")


@pytest.fixture
def data_of(tmp_path_factory):
    """The search index of some content."""

    def data(content: Content) -> str:
        return search_index(content, content.catalogue(), Cache(tmp_path_factory.mktemp("cache")))

    return data


def numbered(content: Content) -> list[tuple[Standard, str]]:
    """Each number of the list, with its standard."""
    standards = content.catalogue().standards
    return [(one, number) for one in standards for number in (one.list_identifier, one.designation) if number]


def path(standard: Standard) -> str:
    return f"standards/{standard.address}/"


def _seen(text: str) -> str:
    """The `text` of a cell, in which characters that nobody sees are written as escapes."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda escape: chr(int(escape[1], 16)), text)


def in_contexts(numbers: list[tuple[Standard, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each number in each context, with the pages that it names, in order."""
    for place, (standard, number) in enumerate(numbers):
        other, its_number = next(one for one in numbers[place + 1 :] + numbers if one[0] is not standard)
        values = {
            "address": standard.address,
            "encoded": quote(number, safe=""),
            "site": SITE_URL,
            "other": its_number,
        }
        for language, name in zip(LANGUAGES, ("hans", "hant", "en"), strict=True):
            values[f"own-{name}"] = standard.title[language].words
            values[f"other-{name}"] = other.title[language].words
        for row in table("contexts.csv"):
            context = _seen(row["context"]).replace("\\t", "\t").replace("\\n", "\n")
            spelling = re.sub(row["from"], _seen(row["to"]), number) if row["from"] else number
            query = context
            for name, value in {**values, "number": spelling}.items():
                query = query.replace(f"{{{name}}}", value)
            # A title that begins with a figure would make another number.
            if re.search(re.escape(spelling) + r"\d", query):
                continue
            named = [path(standard)] if "{other}" not in context else [path(standard), path(other)]
            yield query, named[::-1] if context.startswith("{other}") else named


@pytest.mark.parametrize("content", LISTS)
def test_a_number_is_found_in_any_context(content, request, page, data_of):
    content = request.getfixturevalue(content)
    cases = list(in_contexts(numbered(content)))
    found = page.evaluate(FIND, {"data": data_of(content), "queries": [query for query, _ in cases]})
    wrong = [
        (query, named, one)
        for (query, named), one in zip(cases, found, strict=True)
        if one["missing"] or [document for document, _ in one["first"][: len(named)]] != named
    ]
    assert len(table("contexts.csv")) >= 80
    assert wrong == []


@pytest.mark.parametrize("content", LISTS)
def test_a_number_that_is_being_typed_is_not_denied(content, request, page, data_of):
    content = request.getfixturevalue(content)
    numbers = numbered(content)
    cases = [
        (before + spelling[:length], path(standard))
        for standard, number in numbers
        for before in ("", "月饼 ", "mooncake ", "标准号")
        for spelling in (number, number.replace(" ", ""), number.lower(), number.replace("-", "—"))
        for length in range(1, len(spelling) + 1)
    ]
    found = page.evaluate(FIND, {"data": data_of(content), "queries": [query for query, _ in cases]})
    denied = [query for (query, _), one in zip(cases, found, strict=True) if one["missing"] or one["isMissing"]]
    assert denied == []


def test_the_beginning_of_a_number_gives_those_that_begin_so(page, data_of, january_content):
    queries = ["WQ", "WQ 1", "WQ 1-", "WQ 1-1", "T/GBAS 8-20", "T/GBAS 8-202", "T/GRA 0", "月饼 wq 1-22"]
    found = page.evaluate(FIND, {"data": data_of(january_content), "queries": queries})
    first = [
        {search_key(document.split("/")[1])[:6] for document, tier in one["first"] if tier == "number start"}
        for one in found
    ]
    assert first[:4] == [{"wq 1 8", "wq 1 9", "wq 1 1"}] * 3 + [{"wq 1 1"}]
    assert first[4:] == [{"wq 1 1"}, {"wq 1 1"}, {"tgra 1"}, {"wq 1 2"}]


def unlisted(content: Content) -> Iterator[tuple[str, str]]:
    """Numbers that have the form of the list's and are not on it, with the page of the nearest; '' for any."""
    numbers = numbered(content)
    keys = {search_key(number) for _, number in numbers}
    for standard, number in numbers:
        candidates = [
            (f"{number[:-4]}{year}", path(standard)) for year in ("1999", "2030") if undated(number) != number
        ]
        figures = re.search(r"(\d+)(?:-\d{4})?$", number)
        assert figures
        for beyond in ("7777", "12345"):
            candidates.append((f"{number[: figures.start(1)]}{beyond}{number[figures.end(1) :]}", ""))
        yield from ((one, near) for one, near in candidates if search_key(one) not in keys)


@pytest.mark.parametrize("content", LISTS)
def test_a_number_that_is_not_on_the_list_is_named_as_missing(content, request, page, data_of):
    content = request.getfixturevalue(content)
    known = numbered(content)[0]
    cases = [
        (context.format(number), number, near, known[1] in context)
        for number, near in unlisted(content)
        for context in ("{}", "{} 标准", "《{}》", "符合{}的规定", known[1] + "、{}", "{} " + known[1])
    ]
    found = page.evaluate(FIND, {"data": data_of(content), "queries": [query for query, *_ in cases]})
    for (query, number, near, names_known), one in zip(cases, found, strict=True):
        assert one["missing"] == [number], query
        assert one["isMissing"] is not names_known, query
        first = one["first"][0][0]
        assert first == path(known[0]) if names_known else not near or query != number or first == near, query


ODD = st.text(max_size=30)


@settings(
    max_examples=20, deadline=None, suppress_health_check=(HealthCheck.function_scoped_fixture, HealthCheck.too_slow)
)
@given(st.lists(st.tuples(st.integers(0, 1000), ODD, ODD), min_size=1, max_size=40))
def test_a_number_is_found_in_any_text(page, data_of, january_content, around):
    """Letters and figures that touch a number make another one of it, and so stand apart from it here."""
    numbers = numbered(january_content)
    cases = [
        (path(standard), f"{before} {number} {after}")
        for place, before, after in around
        for standard, number in [numbers[place % len(numbers)]]
    ]
    queries = [query for _, query in cases]
    found = page.evaluate(FIND, {"data": data_of(january_content), "queries": queries})
    for (standard, query), one in zip(cases, found, strict=True):
        assert one["first"][0][0] == standard, query
        assert one["missing"] == [], query


def test_a_text_is_read_for_all_its_numbers(page, data_of, january_content):
    text = (
        "符合T∕GBAS 8-2022、WQ 1-300及《WQ 1-9》；http://host.invalid/en/standards/xia-jiao/ 与 GB 2760-2014 不在此列。"
    )
    (mentions,) = page.evaluate(MENTIONS, {"data": data_of(january_content), "texts": [text]})
    assert mentions == [
        ["T∕GBAS 8-2022", ["standards/wq-1-10/"]],
        ["WQ 1-300", []],
        ["WQ 1-9", ["standards/wq-1-9/"]],
        ["http://host.invalid/en/standards/xia-jiao/", ["standards/xia-jiao/"]],
    ]


def test_another_number_is_not_taken_for_one_of_the_list(page, data_of, january_content):
    texts = ["GB/T 8-2022", "T/GBAS 8.1-2022", "XWQ 1-10", "WQ 1", "T/GBASX 8-2022", "8-2023", "2022-11-08", "ISO 9001"]
    assert page.evaluate(MENTIONS, {"data": data_of(january_content), "texts": texts}) == [[]] * len(texts)


def test_letters_of_any_script_and_figures_among_them_are_read(page, data_of, world_content):
    data = json.loads(data_of(world_content))
    data["forms"] = data["forms"].replace("\ttea 1\t", "\ttea 1\tdb 44 t 123 2020\tt 123 2020\t", 1)
    texts = ["绿茶标准茶/T 1-2020", "DB44/T 123-2020", "db 44 t 123", "DB44/T 124-2020", "DB45/T 123-2020"]
    mentions = page.evaluate(MENTIONS, {"data": json.dumps(data), "texts": texts})
    assert [[bool(documents) for _, documents in one] for one in mentions] == [[True], [True], [True], [False], []]


def test_numbers_in_a_row_need_their_letters_once(page, data_of, real_content):
    texts = [
        "WQ 1-8、1-10",
        "wq1-8/1-10和1-11",
        "T/GBAS 6-2022 and 7-2022",
        "WQ 1-8、1-300",
        "WQ 1-8 12",
        "WQ 1-8\t1-10",
    ]
    mentions = page.evaluate(MENTIONS, {"data": data_of(real_content), "texts": texts})
    assert [[spelling for spelling, _ in one] for one in mentions] == [
        ["WQ 1-8", "1-10"],
        ["wq1-8", "1-10", "1-11"],
        ["T/GBAS 6-2022", "7-2022"],
        ["WQ 1-8"],
        ["WQ 1-8"],
        ["WQ 1-8"],
    ]


OTHER_SERIES = [
    "GB/T 8-2022",
    "DB44/T 6-2022",
    "T/CAS 8—2022",
    "Q/ABC 8-2022",
    "ISO 9001",
    "ISO/IEC 17025:2017",
    "GB2760",
]


def test_a_number_of_another_series_is_neither_denied_nor_taken_for_one_of_the_list(page, data_of, real_content):
    queries = [query for number in OTHER_SERIES for query in (number, f"{number} 月饼", f"酱油 {number}")]
    found = page.evaluate(FIND, {"data": data_of(real_content), "queries": queries})
    first = [one["first"][0][0] if one["first"] else "" for one in found]
    assert first == ["", "standards/wq-1-10/", "standards/wq-1-13/"] * len(OTHER_SERIES)
    assert [one["missing"] for one in found] == [[]] * len(queries)
