"""Reports laid out in every way seen in the wild, and read back: no figure is wrong, and nearly all are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.published.made import read
from tests.published.sketch import Sketch, sketch
from tests.published.variants import BLIND, TABLES, VARIANTS, Variant
from tests.published.written import WRITERS
from tests.rules.made import consistent
from tests.samples import bureau, city
from xlreport.data import parse_report
from xlreport.errors import InputError
from xlreport.finding import Reading
from xlreport.form.weigh import Number
from xlreport.report import Report

PRINTED = [name for name, variant in VARIANTS.items() if not variant.refused]
REFUSED = [name for name, variant in VARIANTS.items() if variant.refused]
FLOORS = {"pdf": 0.97}
ON_PAPER = ("01 spans", "03 heads on two rows", "16 over pages", "16 in blocks", "22 metadata")
"""The variants that are set as PDF too: the others differ in words and numbers, which paper does not change."""


def back(source: Sketch, kind: str) -> Reading:
    suffix, write = WRITERS[kind]
    return read(write(source), suffix.removeprefix("."), lenient=True)


def told(source: Sketch, kind: str) -> Mapping[str, Number]:
    """The figures of a file; none where it is refused because all its columns have changed places."""
    try:
        return back(source, kind).report.figures
    except InputError as error:
        if error.key == "published.moved":
            return {}
        raise


def wrong(found: Mapping[str, Number], due: Mapping[str, Number]) -> dict[str, tuple[object, object]]:
    return {cell: (number, due.get(cell)) for cell, number in found.items() if due.get(cell) != number}


def judge(report: Report, variant: Variant, kind: str) -> None:
    """No figure is wrong, as many are there as the variant promises, and the others are told of.

    Where blank cells leave nothing, or columns have changed places, a text may be refused as one in which nobody knows
    what stands where.
    """
    source = variant.change(sketch(report))
    blank = any(not box.text for grid in source.blocks if not isinstance(grid, str) for box in grid.boxes if box.figure)
    blind = blank and kind in BLIND
    try:
        reading = back(source, kind)
    except InputError as error:
        if (blind and error.key == "published.no_cells") or (not variant.floor and error.key == "published.moved"):
            return
        raise
    found = reading.report.figures
    assert not wrong(found, source.due)
    assert reading.report.form == report.form
    if not blind:
        floor = min(variant.floor, FLOORS.get(kind, 1.0))
        assert sum(cell in found for cell in source.due) >= floor * len(source.due)
    told = {cell for finding in reading.findings for cell in finding.cells}
    assert source.due.keys() - found.keys() <= told


def cases() -> Iterator[tuple[str, str]]:
    for name in PRINTED:
        for kind in VARIANTS[name].kinds:
            if kind != "pdf" or name in ON_PAPER:
                yield name, kind


@pytest.mark.parametrize(("name", "kind"), list(cases()))
def test_variant(name: str, kind: str) -> None:
    """A city's figures, and those of a bureau with nothing to count, come back from every variant."""
    for report in (city(), bureau()):
        judge(report, VARIANTS[name], kind)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    """What cannot be read, or must not be, is refused with a reason of its own."""
    for kind in VARIANTS[name].kinds:
        with pytest.raises(InputError) as raised:
            back(VARIANTS[name].change(sketch(city())), kind)
        assert raised.value.key != "published.no_tables"


def test_every_variant() -> None:
    """Each of the 26 that were collected has a generator."""
    assert {name[:2] for name in VARIANTS} == {f"{number:02}" for number in range(1, 27)}


def test_real_figures(shared: Path) -> None:
    """The figures of every real case come back from every variant, as a page and as text."""
    for path in sorted((shared / "cases/published").glob("*[0-9].json")):
        report = parse_report(path.read_bytes())
        for name in PRINTED:
            variant = VARIANTS[name]
            for kind in {*variant.kinds[:1], *(x for x in variant.kinds if x not in TABLES)}:
                judge(report, variant, kind)


@settings(max_examples=60, phases=[Phase.explicit, Phase.generate])
@given(consistent(), st.sampled_from(PRINTED), st.sampled_from(PRINTED), st.sampled_from([*WRITERS]))
def test_pairs(report: Report, one: str, other: str, kind: str) -> None:
    """Of figures made up, with any two variants in one file of any kind, none is read wrong.

    The two may leave no table; in a text, no way to tell which number belongs to which cell.
    """
    kind = "page" if kind == "pdf" else kind  # which takes half a second
    source = VARIANTS[other].change(VARIANTS[one].change(sketch(report)))
    try:
        found = told(source, kind)
    except InputError as error:
        no_cells = "published.no_tables" if kind in TABLES else "published.no_cells"
        assert error.key in ("published.no_tables", no_cells)  # noqa: PT017 - it need not be raised
    else:
        assert not wrong(found, source.due)
