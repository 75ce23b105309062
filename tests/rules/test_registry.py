"""The registry: what exists, and that nothing is orphaned."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import xlreport
from xlreport import rules
from xlreport.rules import RULES, Rule

FIRST = [
    *("T3-BAL", "T3-SUM", "T3-ROW", "T4-SUM", "FIG-BLANK", "FIG-INT", "FIG-NEG", "FIG-TEXT", "FIG-ERR"),
    *("TXT-EMPTY", "TXT-HOLDER", "WB-FORM", "WB-CACHE"),
]
"""The codes that must exist from the start."""

JUDGED = [rule for rule in RULES.values() if rule.judge is not None]


def test_first_codes() -> None:
    """The codes promised from the start exist."""
    assert set(FIRST) <= set(RULES)


def test_severities_of_the_interface(shared: Path) -> None:
    """Every rule that the interface names has the severity that the interface gives it."""
    text = (shared / "interface.md").read_text(encoding="utf-8").split("## 5.")[1].split("## 6.")[0]
    named: dict[str, str] = {}
    for codes, severity in re.findall(r"^\| (`[^|]+`) \| (\w+) \|", text, re.MULTILINE):
        named |= dict.fromkeys(re.findall(r"`([A-Z0-9-]+)`", codes), severity)
    assert set(FIRST) <= set(named)
    for code in set(RULES) & set(named):
        assert RULES[code].severity == named[code], code


def test_one_file_each() -> None:
    """A rule has a file of its own, named by its code; every file that defines a rule is registered."""
    found = {}
    for module in pkgutil.iter_modules(rules.__path__):
        rule = getattr(importlib.import_module(f"xlreport.rules.{module.name}"), "RULE", None)
        if rule is not None:
            assert module.name == rule.code.lower().replace("-", "_")
            found[rule.code] = rule
    assert found == dict(RULES)
    assert all(code == rule.code for code, rule in RULES.items())


@pytest.mark.parametrize("rule", JUDGED, ids=lambda rule: rule.code)
def test_examples(rule: Rule) -> None:
    """The wrong case of a rule's page is found by it and by nothing it is not about; the right case passes."""
    assert rule.judge is not None
    assert rule.wrong is not None
    assert rule.right is not None
    found = list(rule.judge(rule.wrong.report()))
    assert found
    assert {(item.code, getattr(item, "severity", "")) for item in found} == {(rule.code, rule.severity)}
    assert list(rule.judge(rule.right.report())) == []


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    folder = Path(xlreport.__file__).parent
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            yield path.relative_to(folder), node


def test_no_code_without_rule() -> None:
    """Every code that is written anywhere in the program has a rule."""
    for path, node in nodes():
        if isinstance(node, ast.Constant) and re.fullmatch(r"(T\d|FIG|INF|TXT|WB)-[A-Z]+", str(node.value)):
            assert node.value in RULES, path


def test_readers_agree() -> None:
    """A finding that spells out code and severity is no graver than the registry says."""
    grades, compared = ("note", "warning", "error", "unusable"), 0
    for path, node in nodes():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            given = dict(zip(("code", "severity"), node.args, strict=False))
            given |= {str(keyword.arg): keyword.value for keyword in node.keywords}
            code, severity = given["code"], given["severity"]
            if isinstance(code, ast.Constant) and isinstance(severity, ast.Constant):
                assert grades.index(str(severity.value)) <= grades.index(RULES[str(code.value)].severity), path
                compared += 1
    assert compared
