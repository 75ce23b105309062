"""Where the official faces are found: file names of well-known fonts, and the folders of each platform.

Names are looked for, not read: a folder of fonts may hold thousands.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

SYSTEM = {
    "body": (  # 仿宋
        *("仿宋_gb2312.ttf", "fangsong_gb2312.ttf", "simfang_gb2312.ttf"),
        *("simfang.ttf", "fangsong.ttf", "仿宋.ttf"),
        *("fzfsk.ttf", "fzfsjw.ttf", "方正仿宋_gbk.ttf", "方正仿宋简体.ttf"),
        *("stfangso.ttf", "stfangsong.ttf", "华文仿宋.ttf", "fandolfang-regular.otf"),
    ),
    "kai": (  # 楷体
        *("楷体_gb2312.ttf", "kaiti_gb2312.ttf", "simkai_gb2312.ttf"),
        *("simkai.ttf", "kaiti.ttf", "楷体.ttf"),
        *("fzktk.ttf", "fzktjw.ttf", "方正楷体_gbk.ttf", "方正楷体简体.ttf"),
        *("stkaiti.ttf", "华文楷体.ttf", "fandolkai-regular.otf"),
    ),
    "hei": ("simhei.ttf", "黑体.ttf", "fzhtk.ttf", "fzhtjw.ttf", "方正黑体_gbk.ttf", "方正黑体简体.ttf"),
    "title": ("fzxbsjw.ttf", "fzxbsk.ttf", "方正小标宋简体.ttf", "方正小标宋_gbk.ttf"),  # 小标宋
    "song": ("simsun.ttc", "simsun.ttf", "宋体.ttf"),
}
"""Face → file names, the best first."""

BUNDLED = {
    "body": "XLReportSong.otf",
    "kai": "XLReportKai.ttf",
    "hei": "XLReportHei.otf",
    "title": "XLReportTitle.otf",
    "song": "XLReportSong.otf",
    "latin": "LiberationSerif-Regular.ttf",
}
"""Face → file name in `HOME`; Latin letters and digits have the widths of Times New Roman."""

HOME = Path(__file__).with_name("fonts")

RESERVES = (("simsunb.ttf", 0), ("notoserifcjk-regular.ttc", 2), ("notosanscjk-regular.ttc", 2), ("msyh.ttc", 0))
"""(file name, face in it) of fonts with rare characters, opened only when all others lack one."""


def system_files() -> dict[str, Path]:
    """Font files of this machine by lower-case name; a user's own font goes before the system's."""
    found: dict[str, Path] = {}
    for folder, deep in _folders():
        for parent, _, names in os.walk(folder):
            for name in names:
                found.setdefault(name.lower(), Path(parent, name))
            if not deep:
                break
    return found


def _folders() -> Iterator[tuple[Path, bool]]:
    """(folder, whether its folders are searched too)."""
    try:
        home = Path.home()
    except RuntimeError:  # a user without a home, such as a container's
        home = Path(os.devnull)
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", home), "Microsoft/Windows/Fonts"), False
        yield Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"), False
    elif sys.platform == "darwin":
        yield home / "Library/Fonts", True
        yield Path("/Library/Fonts"), True
        yield Path("/System/Library/Fonts"), True
        for program in ("Word", "Excel"):
            yield Path(f"/Applications/Microsoft {program}.app/Contents/Resources/DFonts"), False
    else:
        yield home / ".local/share/fonts", True
        yield home / ".fonts", True
        yield Path("/usr/local/share/fonts"), True
        yield Path("/usr/share/fonts"), True
        for texmf in ("texlive/texmf-dist", "texmf-dist", "texmf"):
            yield Path("/usr/share", texmf, "fonts/opentype/public/fandol"), False
