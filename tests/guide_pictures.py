"""Takes the pictures of the editor's guide: `python -m tests.guide_pictures`, then look at what changed."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Literal

from PIL import Image
from playwright.sync_api import Locator, Page, ViewportSize, expect

from generator.catalogue.languages import LANGUAGES
from generator.catalogue.messages import Message
from generator.publishing.build import build
from tests.attachments import xlsx
from tests.browsing import a_browser
from tests.conftest import REPOSITORY, WORLD, make_project, quietly
from tests.desks import open_desk

PICTURES = REPOSITORY / "content/guide"
_COLOURS = 48
WINDOW: ViewportSize = {"width": 1000, "height": 760}
ATTACHMENT = "幻想冬茶清单.xlsx"
DAY = "2022-01-09"
_TITLE = "关于冬茶的公告附件：冬茶清单（虚构，仅作示范）"
_HEADINGS = ["序号", "标准编号", "标准名称", "英文名称", "发布单位", "领域"]
_ROWS = [
    [1, "茶/T 20—2021", "冬茶的沏法", "Brewing of winter tea", "幻想茶研究院", "叶"],
    [2, "茶/T 21—2021", "茶壶的倒法", "Pouring from a teapot", "幻想茶研究院", "杯"],
    [3, "茶/T 22—2021", "梦里的茶", "", "空杯行会", "梦"],
    [4, "", "苦茶的喝法", "Drinking of bitter tea", "晨露茶会", "叶"],
]
"""What was never announced; the last row resembles a recorded standard, and its publisher is new."""
Role = Literal["button", "link"]


def announcement() -> bytes:
    """The attachment of an announcement that was never made."""
    return xlsx(_ROWS, _HEADINGS, _TITLE)


class Walk:
    """The first page of the guide, walked by somebody who reads `language`."""

    def __init__(self, page: Page, language: str, look: Callable[[str, Locator], None]) -> None:
        self.page = page
        self.language = language
        self.look = look
        """Is given the name of each picture, with what stands at its top."""
        self.pressed: list[str] = []
        """The words of all that was pressed or chosen, one after the other."""

    def to_the_end(self, attachment: Path) -> None:
        """Announce `attachment`, publish, then take all of it back."""
        self.look("home", self.page.locator("body"))
        self._read(attachment)
        self._complete()
        self._publish()
        self._undo()

    def _worded(self, key: str) -> str:
        self.pressed.append(Message(key).in_language(self.language))
        return self.pressed[-1]

    def _press(self, role: Role, key: str) -> None:
        name = self._worded(key)
        self.page.locator(":not(.unseen)").get_by_role(role, name=name, exact=True).first.click()

    def _read(self, attachment: Path) -> None:
        self._press("link", "desk.section-attachment")
        self.page.locator("#attachment").set_input_files(attachment)
        self._press("button", "desk.attachment-read")
        self.page.get_by_label(self._worded("desk.which-new"), exact=True).check()
        self.page.get_by_label(self._worded("desk.day"), exact=True).fill(DAY)
        self.look("announcement", self.page.locator("#announcement"))
        self._press("button", "desk.save-facts")
        expect(self.page.locator(".ask")).to_have_count(1)
        self.look("question", self.page.locator("body"))
        self._press("button", "desk.answer-another")
        expect(self.page.locator(".ask")).to_have_count(0)
        self.look("columns", self.page.locator("#file"))
        self._press("button", "desk.write")

    def _complete(self) -> None:
        self.page.locator("[name$='.name:en']").fill("The Society of Morning Dew")
        self.page.locator("[name$='.region']").select_option("macao")
        self.look("complete", self.page.locator("body"))
        self._press("button", "desk.complete-save-next")

    def _publish(self) -> None:
        self._press("button", "desk.see-build")
        expect(self.page.locator("#pages")).to_be_visible(timeout=120_000)
        self.look("see", self.page.locator("body"))
        self.page.locator(f"a[href$='path={self.language}/batches/']").click()
        self.page.wait_for_load_state("networkidle")
        self.look("comparison", self.page.locator(".frames"))
        self._press("link", "desk.see-back")
        self._press("link", "desk.see-next")
        self._press("button", "desk.publish-archive")
        expect(self.page.get_by_role("link", name=".zip")).to_be_visible()
        self.look("publish", self.page.locator("body"))

    def _undo(self) -> None:
        self._press("link", "desk.section-history")
        self.look("history", self.page.locator("body"))
        self._press("link", "desk.history-undo")
        self._press("button", "desk.history-undo")
        expect(self.page.get_by_role("status")).to_be_visible()
        # After what was completed, what was imported; its pages were built.
        self._press("link", "desk.history-undo")
        self.page.get_by_label(self._worded("desk.history-unpublished"), exact=True).check()
        self._press("button", "desk.history-undo")
        expect(self.page.get_by_role("status")).to_be_visible()
        self._press("link", "desk.section-publish")
        self._press("button", "desk.publish-back")
        expect(self.page.get_by_role("status")).to_be_visible()


def main() -> None:
    """Replace the pictures by what the desk looks like now."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir()
    # The desk shows where it is: the same folder each time.
    folder = Path(tempfile.gettempdir(), "bay-area-standards")
    with a_browser() as browser, tempfile.TemporaryDirectory() as other:
        attachment = Path(other) / ATTACHMENT
        attachment.write_bytes(announcement())
        for language in LANGUAGES:
            folder.mkdir()
            os.chdir(make_project(folder, WORLD))
            build(Path(), quietly)
            with open_desk(folder, language) as address:
                page = browser.new_page(viewport=WINDOW, color_scheme="light")
                page.goto(address)
                Walk(page, language, partial(_take, language)).to_the_end(attachment)
            shutil.rmtree(folder)


def _take(language: str, name: str, top: Locator) -> None:
    top.evaluate("top => top.scrollIntoView()")
    # The desk has few colours: so a picture is small, and its letters are sharp.
    picture = Image.open(io.BytesIO(top.page.screenshot())).convert("RGB").quantize(_COLOURS).convert("RGB")
    picture.save(PICTURES / f"{language}-{name}.webp", lossless=True, method=6)


if __name__ == "__main__":
    main()
