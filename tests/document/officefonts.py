"""Our own fonts under the names that a DOCX asks for, so that LibreOffice sets it in about the right faces."""

from __future__ import annotations

from pathlib import Path

from xlreport.document.fontfiles import HOME

FACES = {
    "仿宋_GB2312": "XLReport Song",
    "楷体_GB2312": "XLReport Kai",
    "黑体": "XLReport Hei",
    "宋体": "XLReport Song",
    "方正小标宋简体": "XLReport Title",
    "Times New Roman": "Liberation Serif",
}


def fonts_conf(folder: Path) -> Path:
    """A file for FONTCONFIG_FILE."""
    matches = "".join(
        f'<match target="pattern"><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="assign" binding="same"><string>{ours}</string></edit></match>'
        for name, ours in FACES.items()
    )
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{HOME}</dir><cachedir>{folder / 'cache'}</cachedir>"
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{matches}</fontconfig>',
        encoding="utf-8",
    )
    return path
