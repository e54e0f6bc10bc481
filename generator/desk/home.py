"""The first page of the desk: where the list stands, what can be done."""

from __future__ import annotations

from generator.desk.handler import DeskHandler, Routes


class _Home(DeskHandler):
    section = "home"

    def get(self) -> None:
        if self.get_query_argument("key", ""):
            self.let_in()
            # Without the key, which is not to stay in what a browser remembers of its pages.
            self.redirect("/")
            return
        self.show("home.html")


PAGES: Routes = [("/", _Home)]
