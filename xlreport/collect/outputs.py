"""What a collection writes: the status of every unit, all findings and figures, a page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xlreport.collect import work
from xlreport.collect.collection import Collection
from xlreport.collect.journal import Journal
from xlreport.collect.page import Tally, summary_page
from xlreport.collect.tables import FIGURES, FINDINGS, KINDS, table
from xlreport.safe.write import write_pieces, write_whole

WRITTEN = ("status.xlsx", "summary.html", *(f"{name}.{kind}" for name in ("findings", "figures") for kind in KINDS))
"""What stands in the output folder itself, one way or the other."""


def write_all(
    collection: Collection, journal: Journal, out: Path, language: str, before: work.Before | None = None
) -> None:
    """Write everything into `out`. before: last year's reports. Raises OutputError."""
    from xlreport.collect.status import status_list  # it brings openpyxl

    tally = Tally()
    with table(out, "figures", FIGURES) as figures, table(out, "findings", FINDINGS) as findings:
        for line in collection.lines:
            for seen in line.files:
                if seen.key:
                    known = journal.get(seen.key)
                    about = {
                        "file": seen.name,
                        "unit": line.unit.name,
                        "code": line.unit.code,
                        "agency": seen.agency,
                        "year": seen.year,
                        "form": seen.form,
                    }
                    tally.add(seen, known, counts=collection.counts(line) and not _lost(known))
                    agency = work.called(seen.agency, seen.kind)
                    if before is not None and seen is line.files[0] and (last := before.of(agency)):
                        tally.compare(known["figures"], last.figures)
                    figures.add(_figures(known["figures"], about))
                    findings.add(_findings(known["findings"], about))
    write_whole(out / "status.xlsx", status_list(collection, language))
    write_pieces(out / "summary.html", summary_page(collection, tally, language))


def _lost(known: Mapping[str, Any]) -> bool:
    """Whether figures went with their rows, columns or sheets: a sum would take them for zeros."""
    shape = (one for one in known["findings"] if one["code"] == "WB-SHAPE")
    return any(not known["figures"].keys() >= set(one["cells"]) for one in shape)


def _figures(values: Mapping[str, Any], about: Mapping[str, Any]) -> dict[str, list[Any]]:
    return {
        **{name: [value] * len(values) for name, value in about.items()},
        "cell": list(values),
        "value": [float(value) for value in values.values()],
    }


def _findings(found: list[dict[str, Any]], about: Mapping[str, Any]) -> dict[str, list[Any]]:
    columns = {name: [value] * len(found) for name, value in about.items()}
    columns["rule"] = [one["code"] for one in found]
    for name in ("severity", "message", "cells", "addresses"):
        columns[name] = [one[name] for one in found]
    for name in ("expected", "actual", "difference"):
        columns[name] = [None if one.get(name) is None else float(one[name]) for one in found]
    columns["explanation"] = [one.get("explanation", "") for one in found]
    return columns
