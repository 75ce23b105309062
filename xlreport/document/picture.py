"""A Summary as a picture: what summary.typ reads, and the same drawing as SVG for a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xlreport.document.fonts import FontSet, find_fonts
from xlreport.document.typesetter import typeset
from xlreport.summary import FOOT, HEAD, Summary

_FRACTION = re.compile(r"-?\d+\.\d{3,}")
"""Typst writes nanometres."""


def drawn(summary: Summary) -> dict[str, Any]:
    """The JSON of a picture. `length`: of a bar, in parts of the longest of its chart."""
    return {
        "head": HEAD,
        "foot": FOOT,
        "title": summary.title,
        "remark": summary.remark,
        "alt": summary.words,
        "numbers": [{"label": bar.label, "value": bar.told, "blank": bar.value is None} for bar in summary.numbers],
        "charts": [
            {
                "id": chart.id,
                "title": chart.title,
                "remark": chart.remark,
                "bars": [
                    {
                        "label": bar.label,
                        "part": bar.part,
                        "group": bar.group,
                        "value": bar.told,
                        "share": bar.share,
                        "length": float(max(0, bar.value or 0) / longest) if longest else 0.0,
                        "blank": bar.value is None,
                    }
                    for bar in chart.bars
                ],
            }
            for chart in summary.charts
            for longest in [max((bar.value or 0 for bar in chart.bars), default=0)]
        ],
    }


def words(summary: Summary) -> Iterator[str]:
    """Everything that is printed on it."""
    yield from (HEAD, FOOT, summary.words, "件%<>.—")


def draw_svg(summary: Summary, fonts: FontSet | None = None) -> str:
    """The picture as an SVG element for a page: letters are outlines, so it needs no font. Raises as render_pdf."""
    fonts = (fonts or find_fonts()).covering("\n".join(words(summary)))
    values = {"summary": drawn(summary), "faces": {face: fonts.families(face) for face in fonts.faces}}
    svg = typeset("summary_svg.typ", values, fonts, format="svg").decode()
    svg = _FRACTION.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), svg)
    ids = {name: f"p{number}" for number, name in enumerate(dict.fromkeys(re.findall(r' id="(\w+)"', svg)))}
    svg = re.sub(r'(?<= id=")\w+|(?<=#)\w+', lambda found: ids.get(found[0], found[0]), svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
