"""The pages of a site together: every link arrives, each page exists in every language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.publishing.verification.page_scan import LinkTarget, PageScan


@dataclass(slots=True)
class SiteScan:
    """What there is to verify in several pages."""

    faults: list[Message] = field(default_factory=list)
    targets: dict[LinkTarget, tuple[str, str]] = field(default_factory=dict)
    """Where they lead → the first (page, address) that leads there."""
    translated: set[str] = field(default_factory=set)
    """The pages that name their other languages."""
    scripts: set[str] = field(default_factory=set)
    """The inline scripts that they allow themselves."""

    def add(self, page: PageScan) -> None:
        """Take in what there is to verify in one more page."""
        self.faults += page.all_faults()
        for target, address in page.targets.items():
            self.targets.setdefault(target, (page.file, address))
        if page.is_translated:
            self.translated.add(page.file)
        self.scripts |= page.scripts

    def merge(self, other: SiteScan) -> None:
        """Take in what there is to verify in other pages."""
        self.faults += other.faults
        for target, link in other.targets.items():
            self.targets.setdefault(target, link)
        self.translated |= other.translated
        self.scripts |= other.scripts

    def forget_arrived(self, files: Collection[str]) -> None:
        """Forget the links that arrive at one of `files`.

        A long list has half a million, most to what lies near.
        """
        self.targets = {
            (file, place): link for (file, place), link in self.targets.items() if place or file not in files
        }


def site_faults(scan: SiteScan, files: Collection[str], page_text: Callable[[str], str]) -> Iterator[Message]:
    """A sentence for each fault of the site that holds `files`.

    `scan` is of the pages among them that were made. `page_text` gives the HTML of a page, in which the place that a
    link leads to is looked for.
    """
    yield from scan.faults
    for (target, place), (page, address) in scan.targets.items():
        if target not in files:
            yield Message("build.dead-link", page=page, address=address)
        elif place and target.endswith(".html") and f'id="{place}"' not in page_text(target):
            yield Message("build.dead-place", page=page, address=address, target=target)
    for path in sorted({page.partition("/")[2] for page in scan.translated}):
        for language in LANGUAGES:
            if f"{language}/{path}" not in files:
                yield Message("build.page-missing", page=path, language=language)
