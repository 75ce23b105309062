"""Give the rule set its next version when it has changed: `python -m tools.ruleset`."""

from __future__ import annotations

import ast
import hashlib
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from xlreport.rules import RULES
from xlreport.rules.ruleset import RECORD, ruleset

PACKAGE = RECORD.parents[1]
SOURCES = ("rules/*.py", "rules/errata/*.toml", "narrative/reading/*.py", "form/*.toml", "form/weigh.py")
ASIDE = {"__init__.py", "arrays.py", "entries.py", "errata.py", "explain.py", "page.py", "ruleset.py"}
"""Files of rules/ that judge nothing."""


def main() -> None:
    """Count up and record what the rule set is now."""
    now = digest()
    if recorded() == now:
        print(f"rule set {ruleset()}: unchanged")
        return
    head = RECORD.read_text(encoding="utf-8").splitlines()[0]
    RECORD.write_text(f'{head}\nversion = {ruleset() + 1}\ndigest = "{now}"\n', encoding="utf-8")
    print(f"rule set {ruleset()}")


def recorded() -> str:
    """The digest of the rule set that has the version."""
    found = re.search(r'(?m)^digest = "(\w*)"$', RECORD.read_text(encoding="utf-8"))
    return found[1] if found else ""


def digest() -> str:
    """What the rule set is, in 16 hexadecimal digits: codes, severities, forms, and the sources that judge.

    Comments, docstrings and white space do not count. Of what readers of files find, only the catalogue's words do.
    """
    found = hashlib.sha256()
    for rule in RULES.values():
        found.update(repr((rule.code, rule.severity, rule.forms, rule.basis)).encode())
    for path in sources():
        text = path.read_text(encoding="utf-8")
        bare = "".join(_code(text).split()) if path.suffix == ".py" else text
        found.update(f"{path.relative_to(PACKAGE).as_posix()}\n{bare}\n".encode())
    return found.hexdigest()[:16]


def sources() -> Iterator[Path]:
    """The files that judge."""
    for pattern in SOURCES:
        yield from (path for path in sorted(PACKAGE.glob(pattern)) if path.name not in ASIDE)


def _code(source: str) -> str:
    """Python without comments and docstrings."""
    lines = source.splitlines(keepends=True)
    spans = [
        (t.start, t.end) for t in tokenize.generate_tokens(io.StringIO(source).readline) if t.type == tokenize.COMMENT
    ]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            assert node.end_lineno is not None
            assert node.end_col_offset is not None
            first, last = (lines[n - 1].encode() for n in (node.lineno, node.end_lineno))
            start, end = len(first[: node.col_offset].decode()), len(last[: node.end_col_offset].decode())
            spans.append(((node.lineno, start), (node.end_lineno, end)))
    for (row, column), (last_row, last_column) in sorted(spans, reverse=True):
        rest = lines[last_row - 1][last_column:]
        lines[row - 1 : last_row] = [lines[row - 1][:column] + rest]
    return "".join(lines)


if __name__ == "__main__":
    main()
