"""Of whom a clause speaks: of all that the tables cover, of a part of it, or of who knows whom."""

from __future__ import annotations

import re
from typing import Literal

from xlreport.report import Report

Scope = Literal["whole", "part", "unknown"]

_AREA = re.compile(r"[省市县区州旗盟](?:人民政府|管理委员会|管委会)?$")
_GOVERNMENT = re.compile(r"[省市县区州旗盟](?:人民)?政府(?:办(?:公室|公厅)?)?$")
_OWN = frozenset({"单位", "机关", "部门"})
LONGEST = 40
"""Characters of a lead that are compared with the agency's name."""


def covers_an_area(report: Report) -> bool:
    """Whether the tables are those of a whole district or city, not of one organ."""
    if report.kind is not None:
        return report.kind == "汇总"
    return bool(_AREA.search(report.agency))


def of_pronoun(word: str, report: Report) -> Scope:
    """The scope of 我局, 本机关, 全市."""
    who, what = word[0], word[1:]
    area = covers_an_area(report)
    if what in _OWN:
        return "part" if area else "whole"
    if not report.agency or (what[0] in report.agency and (area or what not in "省市县区州旗盟")):
        return "whole"
    return "part" if area and who != "全" else "unknown"


def of_lead(lead: str, report: Report) -> Scope:
    """The scope of what stands before the words that are understood, such as 县水务局 or 区政府办代表区政府."""
    if len(lead) > LONGEST:
        return "unknown"
    if lead == report.agency:
        return "whole"
    area = covers_an_area(report)
    parts = [part for part in re.split("代表|以", lead) if part]
    if all(_names(part, report.agency) for part in parts):
        return "part" if area and any(_GOVERNMENT.search(part) for part in parts) else "whole"
    if area and all(_GOVERNMENT.search(part) or part in ("本级", "市本级", "区本级", "县本级") for part in parts):
        return "part"
    return "unknown"


def _names(part: str, agency: str) -> bool:
    """Whether `part` abbreviates the agency's name: its characters stand in it, in their order, the last at the end."""
    rest = iter(agency)
    return len(part) > 1 and all(char in rest for char in part)
