"""Flip every comparison and sign of the rules, one at a time, and see whether a test of tests/rules fails.

`python -m tools.mutation [RULE.py …]`, with --write into docs/mutation.md; most of an hour for all. Cosmic Ray changes
the files of a copy of the project, never those of the project.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation.md"
RULES, TESTS = Path("xlreport") / "rules", Path("tests") / "rules"
COPIED = ("xlreport", "templates", "tests", "tools", "docs", "benchmarks", "pyproject.toml")

KEPT = (
    *("Eq_NotEq", "NotEq_Eq", "Is_IsNot", "IsNot_Is", "Lt_LtE", "Lt_GtE"),
    *("LtE_Lt", "LtE_Gt", "Gt_GtE", "Gt_LtE", "GtE_Gt", "GtE_Lt"),
)
LEFT_OUT = (
    "core/(?!AddNot|ReplaceAndWithOr|ReplaceOrWithAnd|Replace(Unary|Comparison|Binary)Operator).*",
    "core/ReplaceBinaryOperator_(?!Add_Sub|Sub_Add|Mul_Div|(Floor)?Div_Mul).*",
    "core/ReplaceUnaryOperator_(?!Delete|USub_UAdd).*",
    f"core/ReplaceComparisonOperator_(?!({'|'.join(KEPT)})$).*",
)
"""Operators of Cosmic Ray that are not used. What is left: a comparison for its opposite or its neighbour (< for >=
and for <=), + for -, * for /, a minus or a not dropped, a condition negated, and for or."""

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=first")
SLOW = ("test_identity.py", "test_locate.py", "test_readers.py", "test_arrays.py", "test_bounds.py")
"""Tests that come last."""

HEAD = """# Mutation of the rules

Made by `python -m tools.mutation --write` (Cosmic Ray, of the extra `dev`; an hour): in every file of `xlreport/rules`
each comparison is turned into its opposite and into its neighbour (`<` into `>=` and `<=`), each `+` into `-` and back,
`*` into `/` and back, a minus or `not` is dropped, a condition negated, `and` and `or` exchanged, one at a time. A
mutant is killed when a test of `tests/rules` fails."""

CONFIG = """
[cosmic-ray]
module-path = {module}
timeout = 90.0
excluded-modules = []
test-command = {command}
distributor.name = "local"
filters.operators-filter.exclude-operators = {left_out}
"""


@dataclass(frozen=True)
class Score:
    """What came of one file: mutants, and those that no test noticed, as (operator, line of the difference)."""

    module: str
    mutants: int
    survived: tuple[tuple[str, str], ...]


def run(*command: str, folder: Path) -> str:
    """A tool's output. Raises CalledProcessError."""
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def copy(folder: Path) -> None:
    """The project, to be mutated, where real cases beside the project stay beside it."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    if (ROOT.parent / "shared").is_dir():
        (folder.parent / "shared").symlink_to((ROOT.parent / "shared").resolve())


def tests(module: str, folder: Path) -> list[str]:
    """All test files of the rules, first those that name the module or its code, last the slow ones."""
    code = module.removesuffix(".py").replace("_", "-").upper()
    own = (f"rules.{module.removesuffix('.py')} ", f'"{code}"')

    def order(path: Path) -> tuple[bool, bool, str]:
        text = path.read_text(encoding="utf-8")
        return path.name in SLOW, not any(name in text for name in own), path.name

    return [str(TESTS / path.name) for path in sorted((folder / TESTS).glob("test_*.py"), key=order)]


def measure(module: str, folder: Path) -> Score:
    """Mutate one file in `folder`."""
    session = "session.sqlite"
    (folder / session).unlink(missing_ok=True)
    command = " ".join([sys.executable, "-m pytest", *OPTIONS, *tests(module, folder)])
    config = CONFIG.format(
        module=json.dumps(str(RULES / module)), command=json.dumps(command), left_out=json.dumps(LEFT_OUT)
    )
    (folder / "config.toml").write_text(config, encoding="utf-8")
    run("cosmic-ray", "init", "config.toml", session, folder=folder)
    run("cr-filter-operators", session, "config.toml", folder=folder)
    run("cosmic-ray", "exec", "config.toml", session, folder=folder)
    lines = run("cosmic-ray", "dump", session, folder=folder).splitlines()
    pairs = [json.loads(line) for line in lines]
    done = [(item, result) for item, result in pairs if result and result["worker_outcome"] != "skipped"]
    survived = (
        (item["mutations"][0]["operator_name"], _changed(result["diff"]))
        for item, result in done
        if result["test_outcome"] == "survived"
    )
    return Score(module, len(done), tuple(survived))


def _changed(difference: str) -> str:
    """The line as it became."""
    lines = [line[1:].strip() for line in difference.splitlines() if line.startswith("+") and line[1:2] != "+"]
    return lines[0] if lines else ""


def page(scores: list[Score]) -> Iterator[str]:
    """The page."""
    mutants, survived = sum(s.mutants for s in scores), sum(len(s.survived) for s in scores)
    share = 100 * (mutants - survived) / max(1, mutants)
    yield from (HEAD, "")
    yield f"{mutants} mutants, {mutants - survived} killed: {share:.1f} %."
    yield ""
    yield "| file | mutants | killed |"
    yield "|---|---|---|"
    for score in scores:
        yield f"| {score.module} | {score.mutants} | {score.mutants - len(score.survived)} |"
    yield ""
    yield "What survived:"
    yield ""
    for score in scores:
        for (operator, line), times in Counter(score.survived).items():
            yield f"- {score.module}, {operator.removeprefix('core/')}{f' ×{times}' if times > 1 else ''}: `{line}`"


def main() -> int:
    """Measure the files that are named, or all."""
    named = [name for name in sys.argv[1:] if not name.startswith("--")]
    modules = named or sorted(path.name for path in (ROOT / RULES).glob("*.py"))
    scores: list[Score] = []
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "project"
        folder.mkdir()
        copy(folder)
        for module in modules:
            score = measure(module, folder)
            sys.stderr.write(f"{module}: {score.mutants - len(score.survived)} of {score.mutants}\n")
            for operator, line in score.survived:
                sys.stderr.write(f"  {operator}: {line}\n")
            if score.mutants:
                scores.append(score)
    text = "\n".join((*page(scores), ""))
    sys.stdout.write(text)
    if "--write" in sys.argv and not named:
        PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
