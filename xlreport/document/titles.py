"""How a title is worded, for an office, a government, a town: `titles.toml`, or an office's own wording."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from xlreport.report import Report
from xlreport.toml import read_toml


class Wording(NamedTuple):
    """`text` with {agency} and {year}, "" for the form's; `full`: ending of a short name → what completes it."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    full: Mapping[str, str] = MappingProxyType({})


class Title(NamedTuple):
    """A title, and the full name of the agency in it."""

    text: str
    agency: str


def titled(report: Report, wording: str = "") -> Title:
    """The title of a report. `wording`: a name in `wordings()`, an own one, or "" for that of its kind of office."""
    known = wordings()
    mine = next((one for one in known.values() if report.kind in one.kinds), Wording())
    chosen = known.get(wording, Wording(wording)) if wording else mine
    agency = report.agency + _rest(report.agency, chosen.full if chosen.kinds else mine.full)
    year = "" if report.year is None else str(report.year)
    text = chosen.text or report.statute.title
    return Title(text.replace("{year}", year).replace("{agency}", agency), agency)


def full_name(agency: str, kind: str | None) -> str:
    """The name as the title of an agency of that kind has it: 某市 of a government is 某市人民政府."""
    full = next((one.full for one in wordings().values() if kind in one.kinds), {})
    return agency + _rest(agency, full)


def full_names(agency: str) -> frozenset[str]:
    """The names that it has in the titles of agencies of any kind."""
    return frozenset(agency + _rest(agency, one.full) for one in wordings().values())


def _rest(agency: str, full: Mapping[str, str]) -> str:
    endings = (ending for ending in full if agency.endswith(ending))
    return full.get(max(endings, key=len, default=""), "")


@cache
def wordings() -> Mapping[str, Wording]:
    """By name."""
    known = read_toml(Path(__file__).with_name("titles.toml"))
    return {
        name: Wording(one.get("wording", ""), tuple(one.get("kinds", ())), one.get("full", {}))
        for name, one in known.items()
    }
