"""What the commands share: exit codes, what is refused before any work, and how findings look on a terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from xlreport.errors import UsageError
from xlreport.finding import Finding, Verdict

Command = Callable[..., Callable[..., None]]  # declares a command; what it returns declares an argument
OK, FOUND, UNUSABLE, FAILED = 0, 1, 2, 3  # interface, section 3
INTERRUPTED = 130
WIDEST = 120  # columns of a terminal that a sentence may fill


def complain(line: str) -> None:
    """Say one line on standard error."""
    print(f"xlreport: {' '.join(line.split())}", file=sys.stderr)


def of_kind(target: Path, *suffixes: str) -> None:
    """Refuse an output whose name says that it is something else."""
    if target.suffix.lower() not in suffixes:
        raise UsageError("cli.suffix", path=target, suffixes="、".join(suffixes))


def not_the_input(target: Path, *inputs: Path) -> None:
    """Refuse an output of another kind than the input in the input's place, by whatever name."""
    if os.path.realpath(target) in map(os.path.realpath, inputs):
        raise UsageError("cli.same_file", path=target)


def quoted(path: Path | str) -> str:
    """A path as it can be pasted into a command."""
    return subprocess.list2cmdline([str(path)]) if os.name == "nt" else shlex.quote(str(path))


def shown(verdict: Verdict, language: str) -> str:
    """A verdict as wide as the terminal."""
    from xlreport.results.text import verdict_text

    return verdict_text(verdict, language, _width())


def listed(findings: tuple[Finding, ...], language: str) -> str:
    """Findings as wide as the terminal."""
    from xlreport.results.text import findings_text

    return findings_text(findings, language, _width())


def _width() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)


def in_the_kind_of(target: Path, workbook: bytes) -> bytes:
    """A fresh workbook of ours, with our macros where `target` is an .xlsm."""
    if target.suffix.lower() != ".xlsm":
        return workbook
    from xlreport.host.excel.package import macro_workbook

    return macro_workbook(workbook)
