"""Folders of reports made up for the tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.rules.made import WORDS
from xlreport.collect.settings import Settings
from xlreport.data import dump_report
from xlreport.form import load_form
from xlreport.form.weigh import Number
from xlreport.report import Report

TWO = Settings(workers=2)


def report(agency: str, figures: Mapping[str, Number] | None = None, **more: Any) -> Report:
    """Zeros but for `figures`, inputs only; the totals are computed."""
    form = load_form(more.pop("form", "2021"))
    cells: dict[str, Number] = {**dict.fromkeys(form.inputs, 0), **(figures or {})}
    made = Report(form.id, agency, more.pop("year", 2024), MappingProxyType(cells), WORDS)
    return replace(made.totalled(), derived=frozenset(), **more)


def write(folder: Path, name: str, made: Report) -> Path:
    """Report data at folder/name.json."""
    path = folder / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(dump_report(made), encoding="utf-8")
    return path


def graded(folder: Path, names: Mapping[str, str]) -> None:
    """Report data at folder/name.json, each with findings of one severity: error, warning or note."""
    plain = report("甲局")
    most = {
        "error": replace(plain, figures={**plain.figures, "t2.rules.issued": -1}),
        "warning": replace(plain, figures={k: v for k, v in plain.figures.items() if k != "t2.rules.issued"}),
        "note": replace(plain, text={**plain.text, "problems": f"{plain.text['problems']}学习,不够。"}),
    }
    for severity, name in names.items():
        write(folder, name, most[severity])


def roster(folder: Path, *lines: str) -> Path:
    """A roster of these lines: name, kind, parent, summed, former names, deadline."""
    path = folder / "名册.csv"
    path.write_text("\n".join(("单位,类别,上级,汇总,曾用名,截止日期", *lines)), encoding="utf-8-sig")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file under a folder but the journals, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".xlreport" not in path.parts
    }
