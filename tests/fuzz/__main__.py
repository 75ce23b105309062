"""A coverage-guided fuzz of the reader of workbooks: whatever the bytes, only our own exceptions may escape.

Arguments are libFuzzer's, such as -max_total_time=60. A crash is written to a file of the current folder, which as the
only argument replays it. The first byte of an input says what the others are; see `workbook`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["xlreport"]):
    from tests.fuzz.made import mutated, seeds, workbook
    from xlreport.errors import InputError
    from xlreport.messages import LANGUAGES
    from xlreport.rules import judge
    from xlreport.workbook.read import read_workbook

LIMITS = ("-timeout=20", "-rss_limit_mb=2500", "-max_len=120000", "-print_final_stats=1")


def read(data: bytes) -> None:
    """Read and judge one workbook, and tell every finding. Anything raised but InputError is a crash."""
    try:
        reading = read_workbook(workbook(data), "a.xlsx")
    except InputError as error:
        told = [error.tell(language) for language in LANGUAGES]
    else:
        findings = [*reading.findings, *judge(reading.report)[0]]
        told = [finding.message(language) for finding in findings for language in LANGUAGES]
    for sentence in told:
        assert "\n" not in sentence, sentence


def mutate(data: bytes, size: int, seed: int) -> bytes:
    """A mutation of libFuzzer's own, or a change that knows XML."""
    return mutated(data, seed)[:size] if seed % 3 else bytes(atheris.Mutate(data, size))


def main() -> None:
    """Fuzz from the seeds for as long as the arguments say."""
    if any(Path(argument).is_file() for argument in sys.argv[1:]):
        atheris.Setup(sys.argv, read)
        atheris.Fuzz()
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds()):
            Path(folder, str(number)).write_bytes(seed)
        atheris.Setup([sys.argv[0], *LIMITS, *sys.argv[1:], folder], read, custom_mutator=mutate)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
