"""Cells of another's workbook in which characters are struck out or raised, which calamine reads as all others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from xlreport.finding import struck
from xlreport.safe.xml import is_on, parse

_STRINGS, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_MARK = re.compile(rb"strike|vertAlign")
_MARKS = ("strike", "vertAlign")
_APART = "\0"
"""Between what is raised and what is not."""


class RichText:
    """The texts of a workbook that are in several fonts, and the cells that are struck out as a whole."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        strings = parts.get(_STRINGS, b"")
        self._strings = parse(_STRINGS, strings).findall("{*}si") if _MARK.search(strings) else []
        self._struck = _struck_styles(parts.get(_STYLES, b""))

    def of(self, part: bytes, sheet: Any) -> tuple[Mapping[str, str], frozenset[str]]:
        """Of a sheet (its part, and that parsed): texts by address, and addresses of cells that are struck out."""
        texts: dict[str, str] = {}
        crossed: set[str] = set()
        if not (self._strings or self._struck or _MARK.search(part)):
            return texts, frozenset()
        for cell in sheet.iterfind("{*}sheetData/{*}row/{*}c"):
            address = cell.get("r") or ""
            if cell.get("s", "0") in self._struck:
                crossed.add(address)
            text = cell.find("{*}is") if cell.get("t") == "inlineStr" else self._shared(cell)
            if text is not None and any(_is(run, name) for run in text.iterfind("{*}r") for name in _MARKS):
                texts[address] = _said(text, whole=cell.get("s", "0") in self._struck)
        return texts, frozenset(crossed - texts.keys())

    def _shared(self, cell: Any) -> Any | None:
        value = cell.findtext("{*}v") or "" if cell.get("t") == "s" else ""
        index = int(value) if value.isascii() and value.isdecimal() and len(value) < 9 else len(self._strings)
        return self._strings[index] if index < len(self._strings) else None


def _struck_styles(part: bytes) -> frozenset[str]:
    """Which formats of cells have a font that is struck out."""
    if b"strike" not in part:
        return frozenset()
    styles = parse(_STYLES, part)
    fonts = [is_on(font.find("{*}strike")) for font in styles.iterfind("{*}fonts/{*}font")]
    struck_fonts = {str(at) for at, on in enumerate(fonts) if on}
    formats: Sequence[Any] = styles.findall("{*}cellXfs/{*}xf")
    return frozenset(str(at) for at, one in enumerate(formats) if one.get("fontId", "0") in struck_fonts)


def _said(text: Any, *, whole: bool) -> str:
    """Digits that are raised stand on a line of their own. whole: runs without a font of their own are struck out."""
    words = []
    for run in text.iterfind("{*}r"):
        said = "".join(piece.text or "" for piece in run.iterfind("{*}t"))
        said = struck(said) if _is(run, "strike") or (whole and run.find("{*}rPr") is None) else said
        words.append(f"{_APART}{said}{_APART}" if _is(run, "vertAlign") else said)
    return re.sub(rf"(?<=\d){_APART}+(?=\d)", "\n", "".join(words)).replace(_APART, "")


def _is(run: Any, name: str) -> bool:
    return is_on(run.find(f"{{*}}rPr/{{*}}{name}"))
