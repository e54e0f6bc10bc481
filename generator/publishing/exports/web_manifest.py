"""The web manifest: how a phone shows the site among its apps."""

from __future__ import annotations

from generator.catalogue.labels import Labels
from generator.catalogue.languages import HTML_LANG
from generator.publishing.exports.json_text import indented
from generator.publishing.sharing.colours import PAPER, css


def web_manifest(labels: Labels) -> str:
    """The text of `site.webmanifest`, which lies in the folder of the language of `labels`.

    Source of the form: https://www.w3.org/TR/appmanifest/.
    """
    icons = [
        {
            "src": f"../assets/images/icon-{side}.png",
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "any maskable",
        }
        for side in (192, 512)
    ]
    manifest = {
        "name": labels("site_title"),
        "short_name": labels("site_name"),
        "description": labels("home_description"),
        "lang": HTML_LANG[labels.language],
        "id": "./",
        "start_url": "./",
        "scope": "../",
        # A list to read: the address and the way back are wanted.
        "display": "minimal-ui",
        "background_color": css(PAPER),
        "theme_color": css(PAPER),
        "icons": icons,
    }
    return indented(manifest)
