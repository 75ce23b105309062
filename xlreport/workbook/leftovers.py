"""What stands in a workbook where its template has nothing to fill in: typed over it, or beside it."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from xlreport.workbook.differences import Original, differences
from xlreport.workbook.moved import Fates
from xlreport.workbook.places import Place
from xlreport.workbook.plan import CHECKS, GUIDE

_LOCKED = (GUIDE, CHECKS)
"""Sheets that nobody fills in: what stands there is ours, or what a button wrote."""


def leftovers(template: Original, fates: Fates, taken: Collection[Place]) -> Iterator[tuple[str, str]]:
    """Address and content of every such cell, sheet by sheet; `taken`: cells that are read."""
    wrong = {
        address
        for finding in differences(template, fates)
        if finding.code in ("WB-LABEL", "WB-CALC")
        for address in finding.addresses
    }
    for name, fate in fates.of.items():
        if name in _LOCKED:
            continue
        own = template.sheets[name]
        known = {fate.at(at) for at in (*own.texts, *own.formulas)}
        words = {_bare(text) for text in own.texts.values()}
        for at, text in sorted(fate.sheet.texts.items()):
            place = Place(fate.name, *at)
            beside = at not in known and place not in taken and _bare(text) not in words
            over = place.address in wrong and at not in fate.sheet.formulas  # another formula is nothing filled in
            if text.strip() and (beside or over):
                yield place.address, text


def _bare(text: str) -> str:
    return "".join(text.split())
