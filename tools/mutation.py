"""Flip every comparison and sign of the rules, one at a time, and see whether a test of tests/rules fails.

`python -m tools.mutation [FILE.py …]`, with --write into docs/mutation.md; an hour for all. mutmut makes the mutants,
in a copy of the project, and tries each with the tests that reach it, in a fork. What it calls survived may have been
held back by a cache, or be code that runs on import: so it is written into the file and tried again, by all tests of
the rules in a process of their own.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation.md"
RULES, TESTS = Path("xlreport") / "rules", Path("tests") / "rules"
COPIED = ("xlreport", "templates", "tests", "tools", "docs", "benchmarks")
FILES = ("pyproject.toml", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md")

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=first")
SLOW = ("test_identity.py", "test_locate.py", "test_readers.py", "test_arrays.py", "test_bounds.py")
"""Tests that come last."""

CONFIG = f"""
[tool.mutmut]
source_paths = ["xlreport"]
only_mutate = {{only}}
also_copy = {json.dumps([*COPIED[1:], *FILES[1:]])}
pytest_add_cli_args = {json.dumps(OPTIONS[1:])}
pytest_add_cli_args_test_selection = ["{TESTS}"]
use_git_change_detection = false
"""

DRIVER = """
import sys
import libcst as cst
from mutmut.mutation import mutators

OPPOSITE = {
    cst.LessThan: cst.GreaterThanEqual, cst.GreaterThanEqual: cst.LessThan,
    cst.GreaterThan: cst.LessThanEqual, cst.LessThanEqual: cst.GreaterThan,
}

def opposite(node):
    if turned := OPPOSITE.get(type(node.operator)):
        yield node.with_changes(operator=turned())

KEPT = {"operator_keywords", "operator_swap_op", "operator_remove_unary_ops"}
kept = [pair for pair in mutators.mutation_operators if pair[1].__name__ in KEPT]
mutators.mutation_operators[:] = [*kept, (cst.ComparisonTarget, opposite)]
from mutmut.__main__ import cli
cli()
"""
"""mutmut with no more operators than the page names."""

HEAD = """# Mutation of the rules

Made by `python -m tools.mutation --write` (mutmut, of the extra `dev`; an hour, so never in CI): in every function of
`xlreport/rules` each comparison is turned into its neighbour and its opposite (`<` into `<=` and `>=`, `==` into `!=`,
`in` into `not in`), `+` into `-` and back, `*` into `/`, `and` into `or` and back, a sign turned, a `not` dropped, one
at a time. A mutant is killed when a test of `tests/rules` fails.
"""


class Score(NamedTuple):
    """What came of one file: how many mutants, and the lines, as they were and became, that no test noticed."""

    module: str
    mutants: int
    survived: list[str]


def copy(folder: Path, only: list[str]) -> None:
    """The project, to be mutated; the real cases beside it stay beside it."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(CONFIG.format(only=json.dumps([str(RULES / name) for name in only])))
    if (ROOT.parent / "shared").is_dir():
        (folder.parent / "shared").symlink_to((ROOT.parent / "shared").resolve())


def mutmut(folder: Path, *arguments: str) -> str:
    """What mutmut prints, without its progress."""
    command = (sys.executable, "-c", DRIVER, *arguments)
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True).stdout


def tests(module: str, folder: Path) -> list[str]:
    """All test files of the rules, first those that name the module or its code, last the slow ones."""
    name = module.removesuffix(".py")
    own = (f"rules.{name} ", f'"{name.upper().replace("_", "-")}"')

    def order(path: Path) -> tuple[bool, bool, str]:
        text = path.read_text(encoding="utf-8")
        return path.name in SLOW, not any(word in text for word in own), path.name

    return [str(TESTS / path.name) for path in sorted((folder / TESTS).glob("test_*.py"), key=order)]


def survives(mutant: str, module: str, folder: Path) -> bool:
    """Whether all tests pass with the mutant in the file."""
    path = folder / RULES / module
    sound = path.read_text(encoding="utf-8")
    mutmut(folder, "apply", mutant)
    assert path.read_text(encoding="utf-8") != sound, mutant
    command = (sys.executable, "-m", "pytest", *OPTIONS, *tests(module, folder))
    try:
        return subprocess.run(command, cwd=folder, check=False, capture_output=True, timeout=600).returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_text(sound, encoding="utf-8")


def changed(mutant: str, folder: Path) -> str:
    """The line as it was and as it became."""
    lines = [line for line in mutmut(folder, "show", mutant).splitlines() if line[:1] in "+-" and line[1:2] not in "+-"]
    old, new = ([line[1:].strip() for line in lines if line[0] == sign] for sign in "-+")
    return f"`{' '.join(old)}` → `{' '.join(new)}`"


def measure(module: str, folder: Path) -> Score:
    """What came of the mutants of one file, after mutmut has run."""
    path = folder / "mutants" / RULES / f"{module}.meta"
    codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"] if path.is_file() else {}
    doubted = [mutant for mutant, code in codes.items() if code in (0, 5, 33, None)]
    return Score(module, len(codes), [changed(one, folder) for one in doubted if survives(one, module, folder)])


def page(scores: list[Score]) -> Iterator[str]:
    """The page."""
    mutants, survived = sum(s.mutants for s in scores), sum(len(s.survived) for s in scores)
    share = 100 * (mutants - survived) / max(1, mutants)
    yield from (HEAD, f"{mutants} mutants, {mutants - survived} killed: {share:.1f} %.", "")
    yield from ("| file | mutants | killed |", "|---|---|---|")
    yield from (f"| {score.module} | {score.mutants} | {score.mutants - len(score.survived)} |" for score in scores)
    yield from ("", "What survived:", "")
    yield from (f"- {score.module}: {line}" for score in scores for line in score.survived)


def main() -> int:
    """Measure the files that are named, or all."""
    named = [name for name in sys.argv[1:] if not name.startswith("--")]
    modules = named or sorted(path.name for path in (ROOT / RULES).glob("*.py"))
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "project"
        folder.mkdir()
        copy(folder, modules)
        mutmut(folder, "run", "--max-children", str(os.cpu_count() or 1))
        for module in modules:
            score = measure(module, folder)
            sys.stderr.write(f"{module}: {score.mutants - len(score.survived)} of {score.mutants}\n")
            sys.stderr.writelines(f"  {line}\n" for line in score.survived)
            scores += [score] if score.mutants else []
    text = "\n".join((*page(scores), ""))
    sys.stdout.write(text)
    if "--write" in sys.argv and not named:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
