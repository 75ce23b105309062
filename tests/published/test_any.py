"""Any report comes back from any of our documents: exactly from what it carries, and rightly from what it shows.

XLREPORT_EXAMPLES=1000 looks at a thousand reports instead of a few.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from tests.document.test_fidelity import reports, steady
from tests.published.made import KINDS, document, page, read, shown, stripped, words
from xlreport.data import dump_report, parse_report
from xlreport.report import Report

EXAMPLES = int(os.environ.get("XLREPORT_EXAMPLES", "5"))


@pytest.mark.parametrize("kind", KINDS)
def test_carried(kind: str) -> None:
    """A document that carries its report gives back exactly that, with nothing to be said of it."""

    @steady(EXAMPLES)
    @given(reports().map(held))
    def check(report: Report) -> None:
        reading = read(document(report, kind), kind)
        assert dump_report(reading.report) == dump_report(report)
        assert reading.findings == ()

    check()


@pytest.mark.parametrize("kind", KINDS)
def test_visible(kind: str) -> None:
    """One that carries nothing shows the same form, agency, year, figures and text; no figure is another."""

    @steady(EXAMPLES)
    @given(reports().map(held))
    def check(report: Report) -> None:
        assume("2024年" not in report.agency)  # 2024年某局…… is how some word their title
        content = stripped(report, kind)
        assert page(content, kind).carried is None
        found = shown(content, kind).report
        assert found.figures == report.figures
        assert (found.form, found.year) == (report.form, report.year)
        assert squeezed(found.agency) == squeezed(report.agency)
        assert "".join(words(found)) == "".join(words(report))

    check()


def held(report: Report) -> Report:
    """As report data hold it: empty texts are none, and of a number there are as many digits as a workbook holds."""
    figures = {cell: n if n < 10**15 else Decimal(repr(float(n))) for cell, n in report.figures.items()}
    return parse_report(dump_report(replace(report, figures=figures)))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
