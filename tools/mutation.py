"""Flip every comparison and sign of the rules, one at a time, and see whether a test of tests/rules fails.

`python -m tools.mutation [FILE.py …]`: mutmut makes the mutants in build/mutation, a copy of the project, and tries
each with the tests that reach it, in a fork. May be stopped at any time: what was tried is kept, and the next run tries
the rest, and what survived once more; files that are named are tried whole. --write puts what was tried into
docs/mutation.md and tries nothing. What no test can notice is told in mutation.toml and not tried again. What was
killed is believed until its function changes; without build/mutation all is tried.
"""

from __future__ import annotations

import filecmp
import json
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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

CHANGES = """
import json, sys
from pathlib import Path
from mutmut.mutation.diff_apply import get_diff_for_mutant

names = [name for path in sys.argv[1:] for name in json.loads(Path(path).read_text())["exit_code_by_key"]]
diffs = {name: get_diff_for_mutant(name, path="/".join(name.split(".")[:3]) + ".py") for name in names}
print(json.dumps(diffs))
"""

SURVIVED, SKIPPED = (0, 5, 33), 34
"""mutmut's codes: no test noticed, or reaches, it; not to be tried. After 120 s of processor time one is killed."""

HEAD = f"""# Mutation of the rules

Made by `python -m tools.mutation`, then `--write` (mutmut, of the extra `dev`; an hour, so never in CI): in the
functions of `xlreport/rules` each comparison is turned into its neighbour and its opposite (`<` into `<=` and `>=`,
`==` into `!=`, `in` into `not in`), `+` into `-` and back, `*` into `/`, `and` into `or` and back, a sign turned, a
`not` dropped, `continue` into `break`, one at a time. A mutant is killed when a test of `tests/rules` fails; not tried
are the tests of {" and ".join(f"`{name}`" for name in LEFT_OUT)}, nor functions with a decorator (properties, caches),
nor what stands outside of functions.
"""


class Score(NamedTuple):
    """What came of one file: mutants, how many were tried, the lines that survived, and those that must, with why."""

    module: str
    mutants: int
    tried: int
    survived: list[str]
    equal: list[tuple[str, str]]

    @property
    def killed(self) -> int:
        """How many mutants a test noticed."""
        return self.tried - len(self.survived)


def renew() -> None:
    """Bring the copy up to date; mutmut must see anew what tests reach that have changed."""
    stats = MUTANTS / "mutmut-stats.json"
    if stats.is_file():
        known = json.loads(stats.read_text(encoding="utf-8"))
        names = [path.name for path in (COPY / TESTS).glob("*.py")]
        _, changed, gone = filecmp.cmpfiles(ROOT / TESTS, COPY / TESTS, names, shallow=False)
        for test in list(known["duration_by_test"]):
            if Path(test.partition("::")[0]).name in {*changed, *gone}:
                del known["duration_by_test"][test]
        stats.write_text(json.dumps(known), encoding="utf-8")
    for name in COPIED:
        shutil.rmtree(COPY / name, ignore_errors=True)
        shutil.copytree(ROOT / name, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy2(ROOT / name, COPY / name)
    with (COPY / "pyproject.toml").open("a", encoding="utf-8") as project:
        project.write(CONFIG)
    shutil.rmtree(MUTANTS / "tests", ignore_errors=True)
    others = shutil.ignore_patterns("__pycache__", "*.py")  # mutmut copies them once only
    shutil.copytree(ROOT / "xlreport", MUTANTS / "xlreport", ignore=others, dirs_exist_ok=True)


def python(script: str, *arguments: str) -> str:
    """What a script prints in the copy."""
    command = (sys.executable, "-c", script, *arguments)
    return subprocess.run(command, cwd=COPY, check=False, capture_output=True, text=True).stdout


def results() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Each file's results, where mutmut keeps them."""
    for path in sorted((MUTANTS / RULES).glob("*.py.meta")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def changes() -> dict[str, str]:
    """The line as it was and as it became, of each mutant; numbered where several of a file read the same."""
    diffs: dict[str, str] = json.loads(python(CHANGES, *(str(path) for path, _ in results())))
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for name, diff in diffs.items():
        old, new = (" ".join(line[1:].strip() for line in diff.splitlines()[2:] if line[:1] == sign) for sign in "-+")
        arrow, module = f"`{old}` → `{new}`", name.rpartition(".")[0]
        seen[module, arrow] += 1
        found[name] = arrow if seen[module, arrow] == 1 else f"{arrow} ({seen[module, arrow]})"
    return found


def equal(lines: Mapping[str, str]) -> dict[str, str]:
    """Of each mutant that no test can notice: why; `lines` are its changes."""
    told: dict[str, dict[str, str]] = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8"))
    why = {
        (f"xlreport.rules.{Path(file).stem}", line): reason
        for file, lines in told.items()
        for line, reason in lines.items()
    }
    return {name: why[key] for name, line in lines.items() if (key := (name.rpartition(".")[0], line)) in why}


def again() -> None:
    """Let mutmut try what survived once more, and what no test can notice not at all."""
    told = equal(changes())
    for path, result in results():
        for name, code in result["exit_code_by_key"].items():
            if name in told or code in (*SURVIVED, SKIPPED):
                result["exit_code_by_key"][name] = SKIPPED if name in told else None
        path.write_text(json.dumps(result), encoding="utf-8")


def scores() -> Iterator[Score]:
    """What came of each file that has mutants."""
    lines = changes()
    told = equal(lines)
    for path, result in results():
        codes = result["exit_code_by_key"]
        tried = [name for name, code in codes.items() if code is not None and name not in told]
        survived = [lines[name] for name in tried if codes[name] in SURVIVED]
        why = [(lines[name], told[name]) for name in codes if name in told]
        if codes:
            yield Score(path.name.removesuffix(".meta"), len(codes), len(tried), survived, why)


def page(found: Sequence[Score]) -> Iterator[str]:
    """The page."""
    mutants, tried, killed = (sum(getattr(one, field) for one in found) for field in ("mutants", "tried", "killed"))
    equal = sum(len(one.equal) for one in found)
    yield from (HEAD, f"Of {mutants} mutants no test can notice {equal}. Of the others {tried} were tried,")
    yield from (f"and {killed} killed: {100 * killed / max(1, tried):.1f} %.", "")
    yield from ("| file | mutants | no test can notice | tried | killed |", "|---|---|---|---|---|")
    yield from (f"| {one.module} | {one.mutants} | {len(one.equal)} | {one.tried} | {one.killed} |" for one in found)
    yield from ("", "## What survived", "", *(f"- {one.module}: {line}" for one in found for line in one.survived))
    yield from ("", "## What no test can notice, and why", "")
    yield from (f"- {one.module}: {line}: {why}" for one in found for line, why in one.equal)


def main() -> int:
    """Try the files that are named, or what has not been tried; or write the page."""
    if "--write" in sys.argv:
        PAGE.write_text("\n".join((*page(list(scores())), "")), encoding="utf-8")
        return 0
    renew()
    again()
    python(DRIVER, "run", "--max-children", "1", *(f"xlreport.rules.{Path(name).stem}.*" for name in sys.argv[1:]))
    for one in scores():
        sys.stdout.write(f"{one.module}: {one.killed} killed of {one.tried} tried of {one.mutants}\n")
        sys.stdout.writelines(f"  {line}\n" for line in one.survived)
    return 0


if __name__ == "__main__":
    sys.exit(main())
