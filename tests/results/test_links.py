"""Links from a list to the cells of the workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.results.links import Link, link

LIST = Path("/结果/清单.xlsx")


@pytest.mark.parametrize(
    ("source", "reference"),
    [
        ("/结果/甲局.xlsx", "甲局.xlsx"),
        ("/结果/上报/甲 局#1%.xlsx", "上报/甲%20局%231%25.xlsx"),
        ("/报送/甲.xlsm", "../报送/甲.xlsm"),
        ("/结果/a:b.xlsx", "./a%3Ab.xlsx"),
        ('/结果/"<&>.xlsx', "%22%3C%26%3E.xlsx"),
    ],
)
def test_reference(source: str, reference: str) -> None:
    """A link names the workbook as it lies from the list, escaped as a reference must be."""
    assert link(source, ("表三!D6", "表三!D7"), LIST) == Link(reference.removeprefix("./"), "'表三'!D6")


def test_no_link() -> None:
    """There is no link to report data, to no cell, from no place, or to what is no address."""
    assert link("/结果/甲.json", ("表三!D6",), LIST) is None
    assert link("/结果/甲.xlsx", (), LIST) is None
    assert link("/结果/甲.xlsx", ("表三!D6",), None) is None
    for address in ("表三", "表三!", "'a'!b!D6", "表三!D6\n", "http://x!A1"):
        assert link("/结果/甲.xlsx", (address,), LIST) is None


def test_a_quote_in_the_name_of_a_sheet() -> None:
    """A quotation mark in a sheet's name is doubled."""
    assert link("/结果/甲.xlsx", ("a'b!D6",), LIST) == Link("甲.xlsx", "'a''b'!D6")
