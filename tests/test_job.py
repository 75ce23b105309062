"""The main job as plain functions."""

from __future__ import annotations

import ast
from pathlib import Path

from xlreport import job


def test_all_that_is_public_is_named() -> None:
    """`__all__` names every public function, type and list of the module, and nothing else of its own."""
    tree = ast.parse(Path(job.__file__).read_text(encoding="utf-8"))
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    own |= {target.id for node in tree.body if isinstance(node, ast.Assign) for target in node.targets}  # type: ignore[attr-defined]
    own = {name for name in own if not name.startswith("_")}
    assert own | {"Compared", "Dress", "RESULTS", "results"} == set(job.__all__)
