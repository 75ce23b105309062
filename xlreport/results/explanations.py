"""Where a unit's explanations stand: in a file beside its report, or in one that is named."""

from __future__ import annotations

from pathlib import Path

from xlreport.finding import Explanation
from xlreport.report import Report
from xlreport.rules.explain import SUFFIX, parse_explanations
from xlreport.safe.load import load, naming


def explanations_of(path: Path, report: Report, given: Path | None = None) -> tuple[Explanation, ...]:
    """The explanations for the report of `path`: in TOML, or written into a list of findings (.xlsx).

    `given` is read instead of the file beside `path`. Raises InputError.
    """
    beside = path.with_name(path.stem + SUFFIX)
    source = given or (beside if _there(beside) else None)
    if source is None:
        return ()
    with naming(source):
        if source.suffix.lower() == ".xlsx":
            from xlreport.results.answers import read_answers

            return read_answers(load(source), report)
        return parse_explanations(load(source))


def _there(path: Path) -> bool:
    """Whether there is such a file with something in it: `>` empties it beforehand, and a name can be too long."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False
