"""How much is read: `python -m tests.published.measure` prints figures right, blank and wrong, for docs/import.md."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.published.made import read
from tests.published.sketch import sketch
from tests.published.test_variants import ON_PAPER
from tests.published.variants import VARIANTS
from tests.published.written import WRITERS
from tests.samples import bureau, city
from xlreport.data import parse_report
from xlreport.errors import InputError
from xlreport.report import Report

CASES = Path(__file__).parents[3] / "shared" / "cases" / "published"


def known() -> Iterator[tuple[str, Report]]:
    """The real reports at hand."""
    yield from (("city", city()), ("bureau", bureau()))
    yield from ((path.stem, parse_report(path.read_bytes())) for path in sorted(CASES.glob("*[0-9].json")))


def counted(content: bytes, kind: str, due: dict[str, object]) -> Counter[str]:
    """Figures that are due, by what became of them."""
    try:
        found = read(content, kind, lenient=True).report.figures
    except InputError:
        found = {}
    return Counter("blank" if cell not in found else "right" if found[cell] == due[cell] else "wrong" for cell in due)


def main() -> None:
    """Real files first, then the variants by kind of file."""
    for name, report in known():
        for path in CASES.glob(f"{name}.*"):
            if path.suffix in (".html", ".pdf", ".txt"):
                print(path.name, dict(counted(path.read_bytes(), path.suffix[1:], dict(report.figures))), flush=True)  # noqa: T201
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for _, report in known():
        for name, variant in VARIANTS.items():
            for kind in () if variant.refused else variant.kinds:
                if kind != "pdf" or name in ON_PAPER:
                    source = variant.change(sketch(report))
                    suffix, write = WRITERS[kind]
                    sums[kind] += counted(write(source), suffix[1:], dict(source.due))
    for kind, count in sums.items():
        print(kind, dict(count))  # noqa: T201


if __name__ == "__main__":
    main()
