"""Flip every comparison and sign of the rules, one at a time, and see whether a test of tests/rules fails.

`python -m tools.mutation [FILE.py …]`: mutmut makes the mutants in build/mutation, a copy of the project, and tries
each with the tests that reach it, in a fork. May be stopped at any time: what was tried is kept, and the next run tries
the rest, and what survived once more; files that are named are tried whole. --write puts what was tried into
docs/mutation.md and tries nothing. What no test can notice is told in mutation.toml and not tried again.
"""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "mutation.md"
EQUIVALENT = ROOT / "tools" / "mutation.toml"
COPY = ROOT / "build" / "mutation"
MUTANTS = COPY / "mutants"
RULES, TESTS = Path("xlreport") / "rules", Path("tests") / "rules"
COPIED = ("xlreport", "templates", "tests", "tools", "docs", "benchmarks")
FILES = ("pyproject.toml", "README.md", "README.zh-CN.md", "CHANGELOG.md", "CONTRIBUTING.md")

LEFT_OUT = ("test_bounds.py", "test_ruleset.py")
"""Tests that take half of the time and see few mistakes; tests of the source, which any mutant would fail."""

IGNORED = (f"--ignore={TESTS / name}" for name in LEFT_OUT)
OPTIONS = ("-p", "no:cacheprovider", "-p", "no:xdist", "--hypothesis-profile=first", *IGNORED)
CONFIG = f"""
[tool.mutmut]
source_paths = ["xlreport"]
only_mutate = ["{RULES}/*.py"]
also_copy = {json.dumps([*COPIED[1:], *FILES[1:]])}
pytest_add_cli_args = {json.dumps(OPTIONS)}
pytest_add_cli_args_test_selection = ["{TESTS}"]
use_git_change_detection = false
timeout_constant = 60
timeout_multiplier = 5
"""

DRIVER = """
import os, resource, sys
import libcst as cst
from mutmut.mutation import mutators
from mutmut.runners.harness import PytestRunner
from mutmut.state import state

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

class Fresh:
    def pytest_runtest_setup(self):
        for name, module in list(sys.modules.items()):
            if name.startswith("xlreport.rules"):
                for one in vars(module).values():
                    getattr(one, "cache_clear", int)()

    def pytest_collection_finish(self):
        self.imported = set(state()._stats)

    def pytest_sessionfinish(self):
        for function in self.imported if os.environ.get("MUTANT_UNDER_TEST") == "stats" else ():
            state().tests_by_mangled_function_name[function].update(state().duration_by_test)

def execute(self, params, *, plugins=(), plain=PytestRunner.execute_pytest):
    return plain(self, params, plugins=[*plugins, Fresh()])

def run(self, *, mutant_name, tests, plain=PytestRunner.run_tests):
    if mutant_name:
        resource.setrlimit(resource.RLIMIT_CPU, (120, 121))
        if len(tests) == len(state().duration_by_test):
            for name in [name for name in sys.modules if name.split(".")[0] in ("xlreport", "tests")]:
                del sys.modules[name]
    elif os.environ["MUTANT_UNDER_TEST"] != "fail":
        return 0  # the sound code has just passed, when what each test reaches was seen
    return plain(self, mutant_name=mutant_name, tests=tests)

PytestRunner.execute_pytest, PytestRunner.run_tests = execute, run
from mutmut.__main__ import cli
cli()
"""
"""mutmut with no more operators than the page names, and with no result of another test or of sound code in a cache."""

SURVIVED = (0, 5, 33)
"""mutmut's codes of mutants that no test noticed, or reaches. After 120 s of processor time one is killed."""

HEAD = f"""# Mutation of the rules

Made by `python -m tools.mutation`, then `--write` (mutmut, of the extra `dev`; an hour, so never in CI): in the
functions of `xlreport/rules` each comparison is turned into its neighbour and its opposite (`<` into `<=` and `>=`,
`==` into `!=`, `in` into `not in`), `+` into `-` and back, `*` into `/`, `and` into `or` and back, a sign turned, a
`not` dropped, `continue` into `break`, one at a time. A mutant is killed when a test of `tests/rules` fails; not tried
are the tests of {" and ".join(f"`{name}`" for name in LEFT_OUT)}, nor functions with a decorator (properties, caches),
nor what stands outside of functions.
"""


class Score(NamedTuple):
    """What came of one file. `survived`: lines that no test noticed, as they were and became, and why that must be so.

    The reason is empty where a test could notice.
    """

    module: str
    mutants: int
    tried: int
    survived: list[tuple[str, str]]

    @property
    def killed(self) -> int:
        """How many mutants a test noticed."""
        return self.tried - len(self.survived)

    @property
    def equal(self) -> int:
        """How many mutants no test can notice."""
        return sum(bool(why) for _, why in self.survived)


def renew() -> None:
    """Bring the copy up to date; where a test has changed, mutmut must see anew which reach what."""
    before = COPY / "before"
    if (COPY / "tests").is_dir():
        (COPY / "tests").rename(before)
    for name in COPIED:
        shutil.rmtree(COPY / name, ignore_errors=True)
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, COPY / name)
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(CONFIG)
    if before.is_dir():
        same = filecmp.dircmp(before / "rules", COPY / TESTS)
        if same.diff_files or same.left_only or same.right_only:
            (MUTANTS / "mutmut-stats.json").unlink(missing_ok=True)
        shutil.rmtree(before)
        shutil.rmtree(MUTANTS / "tests", ignore_errors=True)


def mutmut(*arguments: str) -> str:
    """What mutmut prints."""
    command = (sys.executable, "-c", DRIVER, *arguments)
    return subprocess.run(command, cwd=COPY, check=False, capture_output=True, text=True).stdout


@cache
def changed(mutant: str) -> str:
    """The line as it was and as it became."""
    lines = [line for line in mutmut("show", mutant).splitlines() if line[:1] in "+-" and line[1:2] not in "+-"]
    old, new = (" ".join(line[1:].strip() for line in lines if line[0] == sign) for sign in "-+")
    return f"`{old}` → `{new}`"


def results() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each file's results, where mutmut keeps them."""
    for path in sorted((MUTANTS / RULES).glob("*.py.meta")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def reasons(module: str) -> Mapping[str, str]:
    """By line, as it was and became: why no test can notice."""
    why: dict[str, dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    return why.get(module, {})


def forget() -> None:
    """Let mutmut try again what survived and could be killed."""
    for path, result in results():
        codes, why = result["exit_code_by_key"], reasons(path.name.removesuffix(".meta"))
        doubted = [name for name, code in codes.items() if code in SURVIVED and changed(name) not in why]
        codes.update(dict.fromkeys(doubted))
        path.write_text(json.dumps(result), encoding="utf-8")


def scores() -> Iterator[Score]:
    """What came of each file that has mutants."""
    for path, result in results():
        codes, module = result["exit_code_by_key"], path.name.removesuffix(".meta")
        lines = [changed(name) for name, code in codes.items() if code in SURVIVED]
        tried = sum(code is not None for code in codes.values())
        if codes:
            yield Score(module, len(codes), tried, [(line, reasons(module).get(line, "")) for line in lines])


def page(found: Sequence[Score]) -> Iterator[str]:
    """The page."""
    mutants, tried, killed, equal = (
        sum(getattr(one, field) for one in found) for field in ("mutants", "tried", "killed", "equal")
    )
    yield from (HEAD, f"{tried} of {mutants} mutants were tried, {killed} were killed: {100 * killed / tried:.1f} %.")
    yield from (f"{equal} of the others no test can notice: {100 * killed / (tried - equal):.1f} % of the rest.", "")
    yield from ("| file | mutants | tried | killed | no test can notice |", "|---|---|---|---|---|")
    yield from (f"| {one.module} | {one.mutants} | {one.tried} | {one.killed} | {one.equal} |" for one in found)
    for title, wanted in (("What no test can notice, and why:", True), ("What survived:", False)):
        lines = [(one.module, *pair) for one in found for pair in one.survived if bool(pair[1]) == wanted]
        yield from ("", title, "", *(f"- {module}: {line}{why and f': {why}'}" for module, line, why in lines))


def main() -> int:
    """Try the files that are named, or what has not been tried; or write the page."""
    named = [f"xlreport.rules.{name.removesuffix('.py')}.*" for name in sys.argv[1:] if not name.startswith("--")]
    if "--write" in sys.argv:
        PAGE.write_text("\n".join((*page(list(scores())), "")), encoding="utf-8")
        return 0
    renew()
    forget()
    mutmut("run", "--max-children", "1", *named)
    for one in scores():
        sys.stdout.write(f"{one.module}: {one.killed} killed of {one.tried} tried of {one.mutants}\n")
        sys.stdout.writelines(f"  {line}\n" for line, why in one.survived if not why)
    return 0


if __name__ == "__main__":
    sys.exit(main())
