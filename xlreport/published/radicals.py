"""Radicals as the characters that they look like: browsers print 一 as U+2F00, as fonts have one drawing for both."""

from __future__ import annotations

import unicodedata

_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母"
    "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹"
    "艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠"
    "饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
"""For U+2E80 and those after it, which no normalization changes: EquivalentUnifiedIdeograph.txt of Unicode 14."""

UNIFIED = {
    **dict(enumerate(_SUPPLEMENT, 0x2E80)),
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)},
    0x2F3E: "户",  # as simplified fonts draw it; NFKC has 戶
}
"""For `str.translate`. Nothing else is normalized: （ stays （."""
