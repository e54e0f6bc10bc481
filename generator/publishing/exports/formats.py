"""The downloads: each file that holds all standards of the list."""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Pages name the downloads, whose makers need the addresses of pages: only a maker is loaded when it is wanted.
    from generator.publishing.exports.published_list import PublishedList

API = "api/v1/"
"""The folder of the data, below the site."""


@dataclass(frozen=True, slots=True)
class Download:
    """One file that holds all standards."""

    path: str
    """Where it lies below the site, such as `api/v1/standards.csv`."""
    media_type: str
    """By which servers and JSON-LD tell what it is."""
    maker: str
    """`module:function` of what makes it, the module beside this one."""
    name: str = ""
    """What the foot of each page calls it, in any language; '' where that does not name it."""

    @property
    def ending(self) -> str:
        """The end of its name, such as `csv`."""
        return self.path.rpartition(".")[2]

    def make(self, published: PublishedList) -> str | bytes:
        """The content of the file, for the list as it is `published`."""
        return resolve_name(f"{__package__}.{self.maker}")(published)


JSON = Download(f"{API}standards.json", "application/json", "list_files:standards_json", "JSON")
"""Also what later lists are compared with."""

CHANGES_JSON = f"{API}changes.json"
CHANGES_NDJSON = f"{API}changes.ndjson"
"""The whole log, as one object and as lines."""

VERSIONS_JSON = f"{API}versions/index.json"
"""The index of the versions of the list."""

DOWNLOADS = (
    Download(
        f"{API}standards.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "spreadsheet:standards_xlsx",
        "Excel",
    ),
    Download(f"{API}standards.csv", "text/csv", "list_files:standards_csv", "CSV"),
    JSON,
    Download(f"{API}standards.ndjson", "application/x-ndjson", "list_files:standards_ndjson"),
    Download(f"{API}standards.bib", "application/x-bibtex", "citation_files:standards_bib"),
    Download(f"{API}standards.ris", "application/x-research-info-systems", "citation_files:standards_ris"),
)
"""In the order in which they are named, for people first.

A new one is a row here, with a module that makes it. All who name downloads read the rows: the build, `index.json`,
the JSON-LD of the list, the types that a server sends, the foot of each page.
"""


def version_path(name: str) -> str:
    """Where the whole list of the version `name` lies below the site."""
    return f"{API}versions/{name}/standards.json.gz"
