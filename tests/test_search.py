"""Whatever a person types, in any script, spelling or language, the right standard comes first."""

from __future__ import annotations

import csv
import gzip
import json
import re
import string
import unicodedata

import pytest
from playwright.sync_api import Page, expect

from generator.catalogue.content import read_content
from generator.catalogue.numbers import search_key
from generator.files.cache import Cache
from generator.publishing.search.index import search_index
from generator.publishing.search.variants import variants_of
from tests.benchmarks.undrawn import undrawn
from tests.browsing import DESK, PHONE, served
from tests.conftest import REPOSITORY, SITE_URL, WORLD, built, make_project, violations_of
from tests.invented import DERIVED, UNTITLED, WITHDRAWN, write_standards

TABLES = REPOSITORY / "tests/search"
SEARCH = """async ({queries, data}) => {
  const {loaded} = await import(new URL("assets/javascripts/elements.js", document.baseURI));
  const {Index, TIERS} = await import(new URL("assets/javascripts/search/engine.js", document.baseURI));
  const {index} = data ? {index: new Index(JSON.parse(data))} : await loaded({dataset: {root: "", language: "en"}});
  return queries.map((query) => {
    const found = index.search(query);
    return {
      first: found.ranked().slice(0, 20).map((one) => [index.data.paths[one], TIERS[found.tiers[one]]]),
      missing: found.numberIsMissing,
    };
  });
}"""


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def search(page: Page, *queries: str, data: str = "") -> list[dict]:
    """What the engine finds for each of `queries`, in the page's site, or in the index `data`."""
    return page.evaluate(SEARCH, {"queries": list(queries), "data": data})


@pytest.fixture
def engine(open_page) -> Page:
    """The landing page, at the root of the site, from which the engine is loaded."""
    return open_page("")


@pytest.fixture(scope="module")
def real_index(real_content, tmp_path_factory) -> str:
    """The index of the records as they are now."""
    return search_index(real_content, real_content.catalogue(), Cache(tmp_path_factory.mktemp("cache")))


@pytest.mark.parametrize("is_real", [False, True], ids=["january", "now"])
def test_the_expected_page_comes_first(engine, real_index, is_real):
    """All numbers and whole titles, and 98 % over all: the queries were written by reading the records.

    `now` is what comes first on the list as it is now, where that differs; what January lacks has no `first`.
    """
    rows = [{**row, "first": (is_real and row["now"]) or row["first"]} for row in table("queries.csv")]
    rows = [row for row in rows if row["first"]]
    found = search(engine, *(row["query"] for row in rows), data=real_index if is_real else "")
    missed = [
        (row["kind"], row["query"], row["first"], one["first"][:1])
        for row, one in zip(rows, found, strict=True)
        if not one["first"] or one["first"][0][0] != row["first"]
    ]
    assert len(rows) >= 600
    assert [miss for miss in missed if miss[0] in ("number", "title")] == []
    assert len(missed) <= len(rows) * 0.02, missed


@pytest.mark.parametrize("is_real", [False, True], ids=["january", "now"])
def test_what_must_not_be_among_the_results_is_not(engine, real_index, is_real):
    rows = table("not-among.csv")
    found = search(engine, *(row["query"] for row in rows), data=real_index if is_real else "")
    wrong = [
        (row["query"], row["not among"])
        for row, one in zip(rows, found, strict=True)
        if row["not among"] in (path for path, _ in one["first"])
    ]
    assert wrong == []


def test_what_must_find_nothing_finds_nothing_and_what_must_not_be_first_is_not(engine):
    rows = table("not-first.csv")
    found = search(engine, *(row["query"] for row in rows))
    wrong = [
        (row["query"], one["first"][:1])
        for row, one in zip(rows, found, strict=True)
        if (one["first"] and one["first"][0][0] == row["not first"]) or (not row["not first"] and one["first"])
    ]
    assert wrong == []


def test_a_number_that_is_not_on_the_list_says_so_and_offers_the_nearest(engine):
    missing, known, near = search(engine, "WQ 1-300", "WQ 1-252", "gbas 16")
    assert missing["missing"]
    assert missing["first"][0][0] == "standards/wq-1-252/"
    assert not known["missing"]
    assert near["missing"]
    assert near["first"][0][0] == "standards/wq-1-16/"


def test_the_tiers_are_plain_and_ties_stand_in_list_order(open_page, world_project):
    page = open_page("")
    with served(world_project / "build/site") as address:
        page.goto(address)
        number, start, title, oolong, name, sound, words, like = search(
            page, "TEA 1", "茶/T", "白毫", "陈年乌龙", "silver tip", "baihao", "oolong 2020", "oolnog"
        )
    assert number["first"][0] == ["standards/tea-1/", "number"]
    assert start["first"][:4] == [[f"standards/tea-{n}/", "number start"] for n in (1, 2, 3, 4)]
    assert title["first"][0] == ["standards/tea-1/", "title"]
    assert oolong["first"][:2] == [["standards/tea-2/", "title"], ["standards/tea-3/", "title start"]]
    assert name["first"][0] == ["standards/tea-1/", "name"]
    assert sound["first"][0] == ["standards/tea-1/", "sound"]
    assert words["first"][0] == ["standards/tea-2/", "words"]
    assert [one[1] for one in like["first"][:2]] == ["like", "like"]


FOLDED = [
    "WQ 1-8",
    "ＷＱ　１－８",
    "T/GBAS 6—2022",
    "Café  au-lait",
    "sī miáo mǐ",
    "絲苗米",
    "安全基础要求 粮食加工品",
    "鮮（凍）清遠麻雞產品",
    "蠔油 2022 oyster",
    "ﬁne ǅ ß İ",
    "衞生署 衛生局 麵包 麪包",
    "a\u0301b\u200bc",
    "①②Ⅷ",
    "⻝品 ⻋ ⻥丸 丝苗⽶ 〾 ⺀",
    "月餠",
    "T/GB\u200bAS 20\u00ad22 \ufefff\u2060oo\u200e \u2067b\u2069 月\u200d饼\ufe00",
    "葛\U000e0100 饼\U000e01ef a\U000e0100",
    "",
    "   ",
    "\t\n",
    "T/GRA 014-2025",
    "茶/T 1-2020",
    "𠀀茶 𠀀 a",
    "각 한국",
    "ﷺ ㈱ ½",
    *string.punctuation,
]


HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
BESIDE_HAN = re.compile(f"(?<=[{HAN}]) | (?=[{HAN}])")


def _folded(text: str, variants: dict[str, str]) -> str:
    """The rules of the browser's folding.js in other words: one case and width, no accents or signs, each variant
    in its one form, one space between words, none beside a Chinese character."""
    lower = unicodedata.normalize("NFD", UNSEEN.sub("", unicodedata.normalize("NFKC", text)).lower())
    bare = "".join(c for c in lower if unicodedata.category(c)[0] != "M")
    plain = "".join(variants.get(c, c) for c in unicodedata.normalize("NFC", bare))
    words = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in plain)
    return BESIDE_HAN.sub("", " ".join(words.split()))


def test_the_browser_folds_as_the_generator_does(engine, tmp_path):
    variants = variants_of(["丝苗米蚝油鲜冻清远麻鸡产品粮食卫生面包署局车鱼饼"], [("餠", "饼")], Cache(tmp_path))
    script = """async ({texts, pairs}) => {
      const url = new URL("assets/javascripts/search/folding.js", document.baseURI);
      const {Folding, foldedNumber} = await import(url);
      const folding = new Folding(pairs);
      return texts.map((text) => [folding.text(text), foldedNumber(text)]);
    }"""
    pairs = "".join(variant + form for variant, form in variants.items())
    browser = engine.evaluate(script, {"texts": FOLDED, "pairs": pairs})
    assert browser == [[_folded(text, variants), search_key(text)] for text in FOLDED]


@pytest.mark.parametrize("title", ["二〇二五年", "㐀茶", "茶 T/A 1-2020 abc", "𠀀茶", "①茶"])
def test_a_title_with_rare_or_other_characters_is_indexed_all_the_same(title, monkeypatch, tmp_path):
    project = make_project(tmp_path, WORLD)
    monkeypatch.chdir(project)
    records = project / "content/records/standards/batch-unknown.csv"
    records.write_text(records.read_text("utf-8").replace("苦茶", title), "utf-8")
    content = read_content(project)
    index = json.loads(search_index(content, content.catalogue(), Cache(tmp_path / "cache")))
    assert title in index["zh-Hans"]


HOSTILE = [
    "x" * 100_000,
    "饼" * 100_000,
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit=1">',
    "".join(map(chr, range(32))),
    "\ud800",
    "月\udc00饼",
    "(a+)+$[",
    "__proto__",
    "constructor",
    ".*",
    "\\",
    "%",
    "&lt;b&gt;",
    "‮abc",
]


def test_hostile_queries_do_nothing(open_page):
    page = open_page("en/")
    page.keyboard.press("/")
    field = page.get_by_role("combobox")
    for query in HOSTILE:
        field.evaluate("(field, query) => { field.value = query; field.dispatchEvent(new Event('input')); }", query)
        expect(page.locator(".bas-search-status")).not_to_be_empty()
    assert page.evaluate("window.hit") is None
    assert page.locator(".bas-search :is(script, img, b)").count() == 0
    field.fill("oyster")
    expect(page.get_by_role("option").first).to_contain_text("Oyster Sauce")
    assert page.faults == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [("zh-Hans", "月餅", "广式月饼"), ("zh-Hant", "oyster sauce", "蠔油"), ("en", "simiaomi", "Simiao Rice")],
)
def test_results_stand_in_the_language_of_the_page(open_page, viewport, language, typed, shown):
    page = open_page(f"{language}/about/", viewport)
    page.locator("[data-bas-search]").click()
    page.keyboard.type(typed)
    first = page.get_by_role("option").first
    expect(first.locator(".bas-result-title")).to_have_text(shown)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(shown)
    assert page.faults == []


def test_the_keyboard_opens_moves_chooses_and_closes(open_page):
    page = open_page("en/", DESK)
    field = page.get_by_role("combobox")
    for keys in ("/", "Control+k", "Meta+k"):
        page.keyboard.press(keys)
        expect(field).to_be_focused()
        page.keyboard.press("Escape")
        expect(field).not_to_be_visible()
    page.keyboard.press("/")
    page.keyboard.type("oyster")
    options = page.get_by_role("option")
    expect(options).to_have_count(3)
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("Oyster Sauce")
    page.keyboard.press("ArrowDown")
    expect(chosen).to_contain_text("Chiu Chow Oyster Omelette")
    assert field.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(chosen).to_contain_text("See the results in the list")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/standards/?q=oyster")
    expect(page.locator("input[name=q]")).to_have_value("oyster")
    # Typed into a field, a slash is a slash.
    page.locator("input[name=q]").press("/")
    expect(page.get_by_role("dialog")).not_to_be_visible()


def test_the_slash_opens_the_box_right_after_it_was_closed(open_page):
    page = open_page("en/", DESK)
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.evaluate(
        """() => {
            const box = document.querySelector("dialog");
            box.close();
            // Where the browser sends keys until it next draws the page.
            document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
        }"""
    )
    expect(page.get_by_role("combobox")).to_be_focused()


def test_screen_readers_are_told_what_is_there(open_page):
    page = open_page("en/", DESK)
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Number or title, in any language")
    # Before anything is typed, the fields that have standards are there to choose from.
    expect(field).to_have_attribute("aria-expanded", "true")
    page.keyboard.type("qqqqqq")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.fill("mooncake")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox")).to_have_attribute("id", field.get_attribute("aria-controls"))
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("1 result")
    assert violations_of(page, "search") == []
    page.keyboard.press("Escape")
    expect(page.locator("[data-bas-search]")).to_have_attribute("aria-haspopup", "dialog")


def test_the_matched_part_is_marked_in_whichever_language_it_matched(open_page):
    page = open_page("en/")
    page.keyboard.press("/")
    page.keyboard.type("絲苗")
    option = page.get_by_role("option").first
    expect(option).to_contain_text("Simiao Rice")
    expect(option).to_contain_text("matched “丝苗米”")
    expect(option.locator("mark")).to_have_text("丝苗")
    page.get_by_role("combobox").fill("simiao")
    expect(page.get_by_role("option").first.locator("mark")).to_have_text("Simiao")


@pytest.mark.parametrize(
    ("query", "first", "marks"),
    [
        ("T/GBAS 8-2022", "Cantonese-style Mooncakes", []),
        ("T/GBAS 8-2022 mooncakes", "Cantonese-style Mooncakes", ["Mooncakes"]),
        ("t/", "Simiao Rice", []),
        ("ri", "Simiao Rice", ["Ri"]),
        ("the oil", "Peanut Oil", ["Oil"]),
        ("style cantonese", "Cantonese-style Mooncakes", ["Cantonese", "style"]),
        ("花生", "Peanut Oil", ["花生"]),
        ("oysters", "Oyster Sauce", ["Oyster"]),
        ("peanutoil", "Peanut Oil", ["Peanut Oil"]),
    ],
)
def test_whole_words_are_marked_and_no_letters_of_numbers(open_page, query, first, marks):
    page = open_page("en/")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill(query)
    option = page.get_by_role("option", name=first).first
    expect(option.locator("mark")).to_have_text(marks)
    inside = page.locator(".bas-result-title mark").evaluate_all(
        "(all) => all.map((one) => one.previousSibling?.textContent ?? '').filter((text) => /[a-z]$/i.test(text))"
    )
    assert inside == []


def test_a_number_that_is_missing_beside_one_that_is_there_is_named(open_page):
    page = open_page("zh-Hans/")
    page.keyboard.press("/")
    page.get_by_role("combobox").fill("WQ 1-10、WQ 1-300")
    status = page.locator(".bas-search-status")
    expect(status).to_have_text("不在本站收录的51项之中：WQ 1-300。1个结果")
    expect(page.get_by_role("option")).to_contain_text("广式月饼")
    expect(page.get_by_role("dialog").get_by_role("button", name="复制“WQ 1-300”")).to_be_visible()
    page.get_by_role("combobox").fill("WQ 1-")
    expect(status).to_have_text("12个结果")
    expect(page.get_by_role("option", name="在清单中查看结果")).to_be_visible()


def test_the_list_says_which_number_is_missing_and_shows_none_in_its_place(open_page):
    page = open_page("en/standards/?q=WQ+1-10+WQ+1-300", DESK)
    titles = page.locator(".bas-standards tbody .bas-title")
    expect(page.locator(".bas-filter output")).to_have_text(
        "Not among the 51 recorded here: WQ 1-300. 1 standard matches"
    )
    expect(titles).to_have_text(["Cantonese-style Mooncakes"])
    page.locator("input[name=q]").fill("WQ 1-300")
    expect(titles).to_have_count(0)
    expect(page.get_by_role("button", name="Copy “WQ 1-300”")).to_be_visible()


PRECISION = r"""async (data) => {
  const {Index, TIERS} = await import(new URL("assets/javascripts/search/engine.js", document.baseURI));
  const {isWord} = await import(new URL("assets/javascripts/search/lines.js", document.baseURI));
  const index = new Index(JSON.parse(data));
  const {folding, standards, data: {names, fields, batch, publisher, numbers}} = index;
  const named = (one) => one < 0 ? [] :
    [...["zh-Hans", "zh-Hant", "en"].map((language) => index.title(one, language)), ...names[one].split("\n")];
  const texts = Array.from({length: standards}, (_, one) =>
    [one, ...fields[one], batch[one], publisher[one]].flatMap(named).map((text) => folding.text(text)));
  const words = texts.flatMap(([simplified, , english]) =>
    [...folding.words(english), ...simplified.match(/\p{Script=Han}{2}/gu) ?? []]);
  const holds = (text, word) => [...text].some((_, at) => text.startsWith(word, at) && isWord(text, at, word));
  const isNamed = (one, word) => one >= standards || texts[one].some((text) => holds(text, word))
    || numbers[one].toLowerCase().match(/[a-z]+|\d+/g)?.includes(word);
  // What says nothing is passed over, and what other words mean too has a table of its own.
  const isPlain = (word) => !/[的了是有和与及在要我查找]/.test(word)
    && index.synonyms.split(word).every(({others}) => !others.length);
  return [...new Set(words)].filter(isPlain).map((word) => {
    const found = index.search(word);
    const others = found.ranked().filter((one) => !isNamed(one, word) && TIERS[found.tiers[one]] !== "sound");
    return [word, others.map((one) => index.data.paths[one])];
  });
}"""


@pytest.mark.parametrize("content", ["january_content", "real_content"])
def test_a_word_of_a_title_finds_no_standard_that_is_not_named_so(content, request, engine, tmp_path):
    content = request.getfixturevalue(content)
    found = engine.evaluate(PRECISION, search_index(content, content.catalogue(), Cache(tmp_path)))
    assert len(found) > 200
    assert [(word, others) for word, others in found if others] == []


def test_nothing_found_offers_a_way_on(open_page):
    page = open_page("zh-Hant/")
    page.keyboard.press("/")
    page.keyboard.type("qqqqqq")
    # Of the list after that announcement, most is not recorded here.
    expect(page.locator(".bas-search-status")).to_have_text("不在本網站收錄的51項之中；已公布的共267項。")
    expect(page.get_by_role("dialog").get_by_role("link", name="到官方平台查閱")).to_have_attribute(
        "href", "https://www.gbsrc.org.cn/"
    )
    page.get_by_role("dialog").get_by_role("link", name="瀏覽所有領域").click()
    page.wait_for_url("**/zh-Hant/fields/")


def test_on_a_phone_the_box_fills_the_screen_and_nothing_jumps(open_page):
    page = open_page("zh-Hans/standards/")
    page.locator("[data-bas-search]").click()
    box = page.get_by_role("dialog").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, PHONE["width"], PHONE["height"])
    field = page.locator(".bas-search [role=combobox]")
    place = field.bounding_box()
    page.keyboard.type("饼")
    expect(page.locator(".bas-search [role=option]").first).to_be_visible()
    assert field.bounding_box() == place
    # Anything below 16 px makes an iPhone enlarge the page.
    assert field.evaluate("(field) => parseFloat(getComputedStyle(field).fontSize)") >= 16


def test_the_index_is_fetched_when_it_is_wanted_and_not_before(open_page, site):
    page = open_page("en/")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}en/fields/", wait_until="networkidle")
    assert [url for url in asked if "search.json" in url] == []
    page.keyboard.press("/")
    page.keyboard.type("food")
    expect(page.get_by_role("option").first).to_contain_text("Food")
    assert [url for url in asked if "search.json" in url] == [f"{site}assets/search.json"]
    assert [url for url in asked if "words/" in url] == [f"{site}assets/words/en.json"]


def test_the_box_is_named_and_can_be_closed_before_its_words_are_there(open_page):
    page = open_page("zh-Hant/")
    page.route(re.compile("/assets/(search|words/zh-Hant).json"), lambda route: None)
    page.keyboard.press("/")
    box = page.get_by_role("dialog", name="搜尋")
    expect(box.get_by_role("combobox", name="編號或名稱，繁簡英、粵拼均可")).to_be_focused()
    box.get_by_role("button", name="關閉").click()
    expect(box).to_be_hidden()


def test_an_index_that_cannot_be_fetched_is_said_and_tried_again(open_page):
    page = open_page("en/")
    page.route("**/search.json", lambda route: route.fulfill(status=503, body=""))
    page.keyboard.press("/")
    expect(page.locator(".bas-search-status")).to_have_text("The search could not be loaded; please try again later.")
    page.unroute("**/search.json")
    page.keyboard.type("soy")
    expect(page.get_by_role("option").first).to_contain_text("Soy Sauce")


def test_the_list_is_filtered_by_the_same_engine_with_counts_that_follow(open_page):
    page = open_page("en/standards/?q=chicken", DESK)
    titles = page.locator(".bas-standards tbody .bas-title")
    expect(titles).to_have_count(3)
    field = page.locator("select[name=field]")
    expect(field.locator("option[value=cantonese-cuisine]")).to_have_text("Cantonese cuisine (2)")
    expect(field.locator("option[value=food]")).to_have_text("Food (1)")
    expect(field.locator("option[value=logistics]")).to_have_count(0)
    field.select_option("food")
    expect(titles).to_have_text(["Fresh (Frozen) Qingyuan Partridge Chicken Products"])
    expect(page.locator("select[name=batch] option[value='2023-04']")).to_have_text("First batch (1)")


def test_a_browser_can_add_the_site_as_a_search_engine(january_project, open_page, site):
    for language, name in (("zh-Hans", "湾区标准"), ("zh-Hant", "灣區標準"), ("en", "GBA Standards")):
        text = (january_project / f"build/site/{language}/opensearch.xml").read_text("utf-8")
        assert f"<ShortName>{name}</ShortName>" in text
        assert len(name) <= 16
        assert f'template="{SITE_URL}{language}/standards/?q={{searchTerms}}"' in text
    page = open_page("en/standards/?q=%E6%9C%88%E9%A5%BC")
    expect(page.locator(".bas-standards tbody .bas-title")).to_have_text(["Cantonese-style Mooncakes"])
    link = page.locator("link[rel=search]").get_attribute("href")
    assert page.request.get(f"{site}en/standards/{link}").ok


@pytest.fixture(scope="module")
def long_site(tmp_path_factory):
    """The site of an invented list of 450, whose pictures nobody looks at."""
    folder = make_project(tmp_path_factory.mktemp("long"), WORLD)
    write_standards(folder / "content/records", 450)
    with undrawn():
        built(folder)
    with served(folder / "build/site") as address:
        yield address, folder / "build/site"


def test_a_long_list_is_paged_at_plain_addresses_and_every_page_is_light(long_site):
    _, site = long_site
    heavy = []
    for path in sorted(site.rglob("*.html")):
        text = path.read_text("utf-8")
        nodes = len(re.findall(r"<[a-zA-Z]", text))
        if len(text.encode()) > 150_000 or nodes > 2000:
            heavy.append((path.relative_to(site).as_posix(), len(text.encode()), nodes))
    assert heavy == []
    parts = sorted(path.parent.name for path in (site / "en/standards").glob("page-*/index.html"))
    assert parts == ["page-2", "page-3"]
    pages = [site / f"en/standards/{part}index.html" for part in ("", "page-2/", "page-3/")]
    listed = [set(re.findall(r'class="bas-title"><a href="([^"]+)"', page.read_text("utf-8"))) for page in pages]
    assert [len(one) for one in listed] == [200, 200, 50]


def test_a_long_list_is_filtered_from_the_index_on_whichever_page(long_site, open_page):
    address, _ = long_site
    page = open_page("")
    page.goto(f"{address}en/standards/page-2/?q=TEA+401")
    expect(page.locator(".bas-standards tbody .bas-number").first).to_contain_text("TEA 401")
    page.locator(".bas-standards tbody .bas-title a").first.click()
    expect(page.locator(".bas-code").first).to_have_text("TEA 401")
    page.go_back()
    page.locator(".bas-filter button[type=reset]").click()
    expect(page.locator(".bas-standards tbody tr")).to_have_count(200)
    expect(page.locator(".bas-standards tbody .bas-number").first).to_contain_text("TEA 201")
    page.goto(f"{address}en/standards/?field=leaves")
    expect(page.locator(".bas-standards tbody tr")).to_have_count(200)
    page.locator(".bas-more-rows").click()
    expect(page.locator(".bas-standards tbody tr")).to_have_count(225)


def test_a_long_list_is_printed_whole_from_its_button(long_site, open_page):
    address, _ = long_site
    page = open_page("")
    page.goto(f"{address}en/standards/page-2/?with=zh-Hans")
    expect(page.locator(".bas-beside").last).to_be_visible()
    printed = page.evaluate(
        """() => new Promise((resolve) => {
            window.print = () => resolve(document.querySelectorAll("tbody .bas-beside").length);
            document.querySelector("[data-view=print]").click();
        })"""
    )
    assert printed == 450
    expect(page.locator(".bas-standards tbody .bas-number").last).to_contain_text("TEA 450")
    expect(page.locator(".bas-standards caption")).to_have_text("450 standards match")


def test_a_set_holds_standards_of_any_page_of_a_long_list(long_site, open_page):
    address, _ = long_site
    page = open_page("")
    numbers = page.locator(".bas-standards tbody .bas-number")
    for part, number in (("page-3/", "TEA 401"), ("", "TEA 2"), ("page-2/?q=TEA+399", "TEA 399")):
        page.goto(f"{address}en/standards/{part}")
        row = page.locator(".bas-standards tbody tr", has=page.get_by_text(number, exact=True))
        row.locator(".bas-tick").click()
        expect(page.locator(".bas-tray")).to_be_visible()
    page.get_by_role("link", name="See the set").click()
    expect(numbers).to_have_text([re.compile("TEA 401"), re.compile("TEA 2"), re.compile("TEA 399")])
    expect(page.locator(".bas-parts")).to_be_hidden()
    page.goto(f"{address}en/standards/?only={','.join(f'tea-{n}' for n in range(1, 301))}")
    expect(numbers).to_have_count(200)
    page.locator(".bas-more-rows").click()
    expect(numbers).to_have_count(300)


def test_an_address_of_a_row_on_another_page_shows_it_marked(long_site, open_page):
    address, _ = long_site
    page = open_page("")
    for path in ("standards/#tea-401", "standards/?sort=-number#tea-20", "standards/page-2/#tea-401"):
        page.goto("about:blank")
        page.goto(f"{address}en/{path}")
        row = page.locator(f"#{path.partition('#')[2]}:target")
        # The row may stand in the page as it was sent, before script has sorted it.
        expect(page.locator(".bas-standards tbody tr").nth(200)).to_be_attached()
        expect(row).to_be_in_viewport()
        expect(row).to_have_count(1)
    page.goto(f"{address}en/standards/page-2/#nothing")
    page.wait_for_load_state("networkidle")
    expect(page.locator(".bas-standards tbody tr").first).to_have_attribute("id", "tea-201")


def test_a_row_from_another_page_is_marked_as_it_is_there(long_site, open_page):
    address, _ = long_site
    page = open_page("")
    for number, cell, mark in ((WITHDRAWN, ".bas-title", "Withdrawn"), (DERIVED, ".bas-batch", "derived from dates")):
        page.goto(f"{address}en/standards/page-3/")
        own = page.locator(f".bas-standards tr:has(a[href$='/tea-{number}/'])")
        expect(own.locator(cell)).to_contain_text(mark)
        words = own.inner_text()
        page.goto(f"{address}en/standards/?q=TEA+{number}")
        drawn = page.locator(f".bas-standards tr:has(a[href$='/tea-{number}/'])")
        expect(drawn.locator(cell)).to_contain_text(mark)
        assert drawn.inner_text() == words
    page.goto(f"{address}en/standards/?q=TEA+{UNTITLED}")
    expect(page.locator(f".bas-standards a[href$='/tea-{UNTITLED}/']")).to_have_attribute("lang", "zh-Hans")
    page.goto(f"{address}en/standards/?q=TEA+{WITHDRAWN}")
    expect(page.locator(f".bas-standards a[href$='/tea-{WITHDRAWN}/']")).not_to_have_attribute("lang", re.compile(""))


def test_the_index_is_small(january_project):
    data = (january_project / "build/site/assets/search.json").read_bytes()
    scripts = (january_project / "build/site/assets/javascripts/search").glob("*.js")
    # Eight kilobytes of it are what people type for what the records say.
    assert len(gzip.compress(data, 9)) <= 34 * 1024
    assert sum(len(gzip.compress(path.read_bytes(), 9)) for path in scripts) <= 18 * 1024
    assert json.loads(data)["kinds"][0] == ["standard", 51]
