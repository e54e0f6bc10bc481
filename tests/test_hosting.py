"""The site as a web server sends it: nothing foreign runs, everything has its type, old copies are not kept."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from dataclasses import replace
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import quote, unquote, urlsplit

import brotli
import pytest

from generator.files.disk import write
from generator.publishing.hosting import NGINX_CONF, hosting_files
from generator.publishing.settings import Settings
from tests.browsing import PHONE, first_view
from tests.conftest import REPOSITORY
from tests.nginx import BASE, nginx
from tests.test_settings import settings_of


@pytest.fixture(scope="session")
def sent(january_project, tmp_path_factory):
    """The address of the site as nginx sends it."""
    with nginx(january_project, tmp_path_factory.mktemp("nginx"), BASE) as address:
        yield address


@pytest.fixture(scope="session")
def real_settings() -> Settings:
    return settings_of(REPOSITORY)


@pytest.fixture(scope="session")
def sent_really(real_project, tmp_path_factory):
    """The address of the real list as nginx sends it."""
    with nginx(real_project, tmp_path_factory.mktemp("nginx"), BASE) as address:
        yield address


def ask(address: str, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", BASE + path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    answer = connection.getresponse()
    return answer, answer.read()


ANY = ["en/", "zh-Hant/standards/wq-1-10/", "s/wq-1-10/", "api/v1/standards.json", "feeds/en/list.xml", "nowhere/"]


@pytest.mark.parametrize("path", [*ANY, "assets/stylesheets/site.css", "cards/en/home.png", "en/index.md"])
def test_every_answer_is_safe(sent, path):
    answer, _ = ask(sent, path)
    policy = answer.getheader("Content-Security-Policy", "")
    assert policy.startswith("default-src 'none'; ")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.getheader("Strict-Transport-Security") == "max-age=31536000"
    assert answer.getheader("X-Content-Type-Options") == "nosniff"
    assert answer.getheader("Referrer-Policy") == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.getheader("Permissions-Policy", "")
    assert "/" not in (answer.getheader("Server") or "")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("en/", "text/html; charset=utf-8"),
        ("en/index.md", "text/markdown; charset=utf-8"),
        ("en/site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("llms.txt", "text/plain; charset=utf-8"),
        ("robots.txt", "text/plain; charset=utf-8"),
        ("sitemap.xml", "text/xml; charset=utf-8"),
        ("api/v1/standards.json", "application/json; charset=utf-8"),
        ("api/v1/standards.ndjson", "application/x-ndjson; charset=utf-8"),
        ("api/v1/standards.csv", "text/csv; charset=utf-8"),
        ("api/v1/citations/wq-1-10.bib", "application/x-bibtex; charset=utf-8"),
        ("api/v1/citations/wq-1-10.ris", "application/x-research-info-systems; charset=utf-8"),
        ("feeds/en/list.xml", "application/atom+xml; charset=utf-8"),
        ("feeds/en/list.json", "application/feed+json; charset=utf-8"),
        ("feeds/en/calendar.ics", "text/calendar; charset=utf-8"),
        ("assets/javascripts/site.js", "application/javascript; charset=utf-8"),
    ],
)
def test_every_text_has_its_type_and_says_its_encoding(sent, path, kind):
    answer, _ = ask(sent, path)
    assert (answer.status, answer.getheader("Content-Type")) == (200, kind)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("api/v1/standards.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("cards/en/home.png", "image/png"),
        ("s/wq-1-10/qr.svg", "image/svg+xml"),
        ("favicon.ico", "image/x-icon"),
    ],
)
def test_every_other_file_has_its_type(sent, path, kind):
    answer, _ = ask(sent, path)
    assert (answer.status, answer.getheader("Content-Type", "").partition(";")[0]) == (200, kind)


def test_everything_is_asked_for_again_and_sent_when_it_changed(sent):
    for path in (*ANY, "assets/stylesheets/site.css"):
        assert ask(sent, path)[0].getheader("Cache-Control") == "no-cache", path
    answer, _ = ask(sent, "en/")
    again, body = ask(sent, "en/", If_None_Match=answer.getheader("ETag", ""))
    assert (again.status, body) == (304, b"")


def test_other_sites_may_read_the_data_and_the_feeds_alone(sent):
    allowed = {path: ask(sent, path)[0].getheader("Access-Control-Allow-Origin") for path in ANY}
    assert allowed == {path: "*" if path.startswith(("api/", "feeds/")) else None for path in ANY}


@pytest.mark.parametrize(
    ("path", "best"),
    [
        ("en/", "gzip"),
        ("s/wq-1-8/", "gzip"),
        ("api/v1/standards.json", "br"),
        ("assets/stylesheets/site.css", "br"),
        ("sitemap.xml", "br"),
    ],
)
def test_texts_come_compressed_to_whoever_can_read_that(sent, path, best):
    _, plain = ask(sent, path)
    answer, packed = ask(sent, path, Accept_Encoding="gzip, deflate, br")
    assert answer.getheader("Content-Encoding") == best
    assert {"br": brotli.decompress, "gzip": gzip.decompress}[best](packed) == plain
    answer, packed = ask(sent, path, Accept_Encoding="gzip")
    assert answer.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(packed) == plain


def test_an_address_that_does_not_exist_is_answered_in_three_languages(sent):
    answer, body = ask(sent, "zh-Hant/standards/nothing/")
    assert answer.status == 404
    for words in ("找不到这个页面", "找不到這個網頁", "Page not found"):
        assert words in body.decode()


@pytest.mark.parametrize("path", ["assets/", "cards/", "s/", "f/", "b/", "feeds/", "feeds/en/", ".git/", ".git/a.md"])
def test_a_folder_without_a_page_and_what_is_hidden_are_addresses_that_do_not_exist(sent, path):
    answer, body = ask(sent, path)
    assert (answer.status, body) == (404, ask(sent, "nowhere/")[1])


@pytest.mark.parametrize("path", ["api/", "api/v1/", "api/v1/nothing", "api/v1/standards/nothing.json", "api/v1/a.csv"])
def test_programs_are_told_in_their_own_way_that_there_is_no_such_data(sent, path):
    answer, body = ask(sent, path)
    assert (answer.status, json.loads(body)) == (404, {"title": "Not Found", "status": 404})
    assert answer.getheader("Content-Type", "").startswith("application/problem+json")
    assert answer.getheader("Access-Control-Allow-Origin") == "*"
    assert answer.getheader("Content-Security-Policy")


@pytest.mark.parametrize("path", [*ANY, "assets/stylesheets/site.css", "cards/en/home.png", "api/v1/", "s/", ".git/"])
@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Range": "bytes=0-9"},
        {"Range": "bytes=99999999-"},
        {"Range": "bytes=0-1,4-5"},
        {"If_None_Match": "*"},
        {"If_Match": '"another"'},
        {"If_Unmodified_Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    ],
    ids=str,
)
def test_no_header_is_sent_twice(sent, path, headers):
    answer, _ = ask(sent, path, **headers)
    assert [name for name, times in Counter(name for name, _ in answer.getheaders()).items() if times > 1] == []
    assert answer.getheader("X-Content-Type-Options") == "nosniff"


# What RFC 3986 allows in a path, and what it allows when it is encoded.
@pytest.mark.parametrize(
    "base",
    [
        "/",
        "/a/b/",
        "/~x/",
        "/a.b+c/",
        "/$/",
        "/$uri/",
        "/(a)/",
        "/a*!'/",
        "/a;b/",
        "/@a:b,c=d&e/",
        "/湾区/",
        quote("/湾区/"),
        "/a%20b/",
        "/a%22b/",
        "/a%5Cb/",
        "/a%7Bb%7D/",
        "/a%23b/",
        "/a%3Fb/",
        "/a%25b/",
        "/a%5Bb%5E%5D/",
    ],
)
def test_a_site_may_lie_below_any_path(tmp_path, real_settings, base):
    settings = replace(real_settings, site_url=f"https://standards.invalid{base}")
    project = tmp_path / "project"
    site = {"404.html": "none", "en/index.html": "home", "s/x/index.html": "short", "api/v1/index.json": "{}"}
    for name, text in {**site, **{f".{name}": text for name, text in site.items()}}.items():
        write(project / "build/site" / name, text.encode())
    (conf,) = (text for name, text in hosting_files(settings, [], {}) if name == NGINX_CONF)
    (project / "build/nginx.conf").write_text(conf, "utf-8")
    with nginx(project, tmp_path / "nginx", unquote(base)) as address:
        encoded = quote(unquote(base))
        for path, answer in {
            "en/": (200, "home"),
            "api/v1/index.json": (200, "{}"),
            "s/": (404, "none"),
            "s/y/": (404, "none"),
            ".en/index.html": (404, "none"),
            ".api/v1/index.json": (404, "none"),
            "api/v1/": (404, '{"title": "Not Found", "status": 404}'),
        }.items():
            connection = HTTPConnection(urlsplit(address).netloc, timeout=60)
            connection.request("GET", encoded + path)
            response = connection.getresponse()
            assert (response.status, response.read().decode()) == answer, path
            connection.close()


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/en/standards/?q=a//b", "en/standards/?q=a//b"),
        ("en//standards/", "en/standards/"),
        ("en/standards//", "en/standards/"),
        ("//zh-Hant///", "zh-Hant/"),
    ],
)
def test_an_address_with_two_slashes_leads_to_the_one_without(sent, path, target):
    answer, _ = ask(sent, path)
    assert (answer.status, answer.getheader("Location")) == (301, BASE + target)


@pytest.mark.parametrize(
    "path", ["en//%0d%0aX-Evil:%201/", "/%5cevil.invalid//", "en%2Fstandards/", "en/standards%2f", "/%09/evil.invalid"]
)
def test_an_address_with_an_encoded_slash_leads_nowhere(sent, path):
    answer, body = ask(sent, path)
    assert (answer.status, body) == (404, ask(sent, "nowhere/")[1])
    assert answer.getheader("Location") is answer.getheader("X-Evil") is None


def test_an_address_without_its_last_slash_leads_on(sent):
    answer, _ = ask(sent, "en/standards/wq-1-10")
    assert (answer.status, answer.getheader("Location")) == (301, "/bay/en/standards/wq-1-10/")


@pytest.mark.parametrize(
    "path", ["", "en/", "zh-Hans/standards/?q=bing", "zh-Hant/fields/food/", "en/data/", "nowhere/"]
)
def test_pages_work_under_their_policy(browser, sent, path):
    """Whatever the policy forbids would be said on the console."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    faults = []
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(sent + path)
    page.wait_for_load_state("networkidle")
    if page.locator("[data-bas-search]").count():
        page.keyboard.press("/")
        page.keyboard.type("wq110")
        page.locator("[role=option]").first.wait_for()
    expected = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    # The page itself, and the one below the language that could have been meant.
    assert faults == ([expected] * 2 if path == "nowhere/" else [])
    context.close()


def test_a_script_that_is_not_ours_does_not_run(browser, sent):
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{sent}en/")
    page.evaluate(
        """() => {
          const made = document.createElement("script");
          made.textContent = "window.ran = true";
          document.body.append(made);
          document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    context.close()


def test_no_page_has_an_inline_handler_or_an_inline_style(january_project):
    """The policy would silently take them away."""
    inline = re.compile(r"<[a-z][^>]*?\s(?:on[a-z]+|style)\s*=", re.IGNORECASE)
    for file in (january_project / "build/site").rglob("*.html"):
        assert not inline.search(file.read_text()), file


def test_static_hosts_get_the_same_headers_and_the_redirects(january_project):
    site = january_project / "build/site"
    rules = parsed((site / "_headers").read_text())
    assert rules["/bay/*"]["X-Content-Type-Options"] == "nosniff"
    assert rules["/bay/*"]["Content-Security-Policy"] in (january_project / "build/nginx.conf").read_text()
    assert rules["/bay/api/*"] == {"Access-Control-Allow-Origin": "*"}
    # Cloudflare Pages reads no more than 100 rules, and no longer line.
    assert len(rules) <= 100
    assert max(map(len, (site / "_headers").read_text().splitlines())) <= 2000
    redirects = [line.split() for line in (site / "_redirects").read_text().splitlines()]
    assert ["/bay/s/tgbas8-2022/", "/bay/s/wq-1-10/", "301"] in redirects
    assert ["/bay/en/batches/1/", "/bay/en/batches/2023-04/", "301"] in redirects
    for _, target, _ in redirects:
        assert (site / target.removeprefix(BASE) / "index.html").exists(), target


def parsed(rules: str) -> dict[str, dict[str, str]]:
    """Path → name → value of the file `_headers`."""
    found: dict[str, dict[str, str]] = {}
    for block in re.split(r"^(?=/)", rules, flags=re.MULTILINE)[1:]:
        path, *headers = block.splitlines()
        found[path] = dict(header.strip().split(": ", 1) for header in headers)
    return found


def test_compressed_copies_are_the_same_each_time(january_project):
    site = january_project / "build/site"
    packed = (site / "assets/search.json.gz").read_bytes()
    # The time of day would stand in these four bytes.
    assert packed[4:8] == bytes(4)
    assert gzip.decompress(packed) == (site / "assets/search.json").read_bytes()


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
@pytest.mark.parametrize("path", ["", "standards/", "fields/food/", "standards/wq-1-8/"])
def test_a_page_is_light_and_all_of_it_arrives(sent, browser, language, path):
    view = first_view(browser, f"{sent}{language}/{path}")
    assert view.failed == []
    assert len(view.requests) <= 10, view.requests
    assert 2000 < view.html < view.sent < 75_000
    assert view.elements <= 2000


@pytest.mark.parametrize(("server", "project"), [("sent", "january_project"), ("sent_really", "real_project")])
def test_the_page_of_every_standard_comes_with_the_first_packets(request, server, project):
    address, site = request.getfixturevalue(server), request.getfixturevalue(project) / "build/site"
    paths = [f"{page.parent.relative_to(site).as_posix()}/" for page in site.glob("*/standards/*/index.html")]
    weights = {path: len(ask(address, path, Accept_Encoding="gzip")[1]) for path in paths}
    assert len(weights) > 150
    assert {page: weight for page, weight in weights.items() if weight >= 6000} == {}


@pytest.mark.parametrize(
    "path", ["en/", "zh-Hans/standards/", "zh-Hant/standards/wq-1-8/", "en/data/", "", "s/wq-1-8/"]
)
def test_nothing_but_style_sheets_is_waited_for(sent, path):
    text = ask(sent, path)[1].decode()
    head = text.partition("</head>")[0]
    scripts = re.findall(r"<script\b[^>]*\bsrc=[^>]*>", text)
    assert "<link" in head
    assert [one for one in scripts if not re.search(r'type="module"|\b(?:defer|async)\b', one)] == []
    assert "@import" not in text
