"""The arrows of the house go one way."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlreport

PACKAGE = Path(xlreport.__file__).parent

FLOORS = [
    {"toml"},
    {"messages"},
    {"errors", "origin"},
    {"safe"},
    {"form"},
    {"report", "finding", "data", "envelope", "summary"},
    {"narrative", "workbook", "document", "published"},
    {"rules"},
    {"results"},
    {"job"},
    {"collect", "host"},
    {"demo"},
    {"cli"},
    {"__main__"},
]
"""From the ground up. A room may import rooms below its own; rooms on a floor do not know each other."""

FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
ALLOWED = {
    ("data", "report"),
    ("data", "finding"),
    ("finding", "report"),
    ("envelope", "data"),
    ("envelope", "finding"),
    ("envelope", "report"),
    ("summary", "report"),
}
"""Neighbours of the floor of values: report data are the values as JSON, a reading is a report with findings,
an envelope holds report data, and a summary is made of a report."""

MODULES = sorted(path.relative_to(PACKAGE) for path in PACKAGE.rglob("*.py"))


def room(module: str) -> str:
    """The room of xlreport.room.module; "" for the package itself."""
    return [*module.split("."), ""][1]


def imports(path: Path) -> Iterator[str]:
    """Every module of ours that a file imports, also inside functions."""
    package = ["xlreport", *path.parent.parts]
    for node in ast.walk(ast.parse((PACKAGE / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "xlreport")
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            if source == "xlreport":
                yield from (f"xlreport.{alias.name}" for alias in node.names)
            elif source.startswith("xlreport."):
                yield source


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_one_way(path: Path) -> None:
    """A module imports only rooms below its own, and modules of its own room."""
    here = path.parts[0].removesuffix(".py")
    if here == "__init__":
        assert not list(imports(path)), "the package itself imports nothing: a click pays for every import"
        return
    assert here in FLOOR, "a new room needs its floor"
    for module in imports(path):
        there = room(module)
        if there == here or there.startswith("__"):
            continue
        assert there in FLOOR, module
        assert FLOOR[there] < FLOOR[here] or (here, there) in ALLOWED, f"{path} must not import {module}"


def test_floors() -> None:
    """The floors are those of the house as it stands: the test sees rooms and imports."""
    rooms = {path.parts[0].removesuffix(".py") for path in MODULES} - {"__init__"}
    assert {"errors", "safe", "form", "report", "finding", "rules"} <= rooms <= set(FLOOR)
    assert "xlreport.form.weigh" in set(imports(Path("rules/identity.py")))
    assert "xlreport.rules" in set(imports(Path("rules/identity.py")))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_the_command_line_prints(path: Path) -> None:
    """Nothing below the command line prints."""
    if path.parts[0] != "cli":
        tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        calls = [n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        assert "print" not in calls
