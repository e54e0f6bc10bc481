"""The one letter for each of the look-alikes that Unicode has of a Chinese letter."""

from __future__ import annotations

import re
import unicodedata

_RADICALS = (
    "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺⺻⺼⺽"
    "⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳㇆㇏㇐㇑㇒㇓"
    "㇔㇕㇖㇗㇘㇙㇚㇛㇜㇝㇞㇟㇠㇡"
)
"""The radicals and strokes that compatibility normalisation leaves alone."""
_LETTERS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑"
    "艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟𠃌乀一丨丿丿"
    "丶𠃍乛𠃊𠃎𠄌亅𡿨𠃋乀𠃑乚乙𠄎"
)
"""The letter that each of these looks like (Unicode 15, EquivalentUnifiedIdeograph.txt)."""
UNIFIED = dict(zip(_RADICALS, _LETTERS, strict=True))
"""Radical or stroke → the letter that is meant."""
_LOOKALIKES = re.compile(r"[\u2e80-\u2fdf\u31c0-\u31e3\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""Radicals, strokes, and compatibility letters: what PDFs hold in the place of letters."""


def unified(text: str) -> str:
    """`text` with the letter that is meant for each of its look-alikes: `⻝⽤` → `食用`."""
    return _LOOKALIKES.sub(lambda found: _letter(found[0]), text)


def lookalike(text: str) -> tuple[str, str]:
    """The first look-alike of `text`, with the letter that is meant; ('', '') for none."""
    for character in _LOOKALIKES.findall(text):
        # Twelve of the compatibility letters are letters of their own.
        if (letter := _letter(character)) != character:
            return character, letter
    return "", ""


def _letter(character: str) -> str:
    return UNIFIED.get(character) or unicodedata.normalize("NFKC", character)
