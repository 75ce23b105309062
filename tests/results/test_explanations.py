"""Where a unit's explanations stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.results.test_answers import STOCK, answered, stock
from xlreport.errors import InputError
from xlreport.results.explanations import explanations_of
from xlreport.rules.explain import draft


def test_list_or_toml(tmp_path: Path) -> None:
    """A list of findings that was filled in and a TOML beside the report say the same; none at all is none."""
    path = tmp_path / "甲.json"
    assert explanations_of(path, STOCK) == ()
    listed = tmp_path / "清单.xlsx"
    listed.write_bytes(answered([stock()]))
    found = {one.code: one for one in explanations_of(path, STOCK, listed)}
    assert found["T2-STOCK"].text.startswith("见附件")
    drafted = draft(stock()).replace('text = ""', 'text = "另附"')
    (tmp_path / "甲.说明.toml").write_text(drafted, encoding="utf-8")
    beside = {one.code: one for one in explanations_of(path, STOCK)}
    assert {one.text for one in beside.values()} == {"另附"}
    assert {code: (one.cell, one.value) for code, one in beside.items()} == {
        code: (one.cell, one.value) for code, one in found.items()
    }


def test_a_mistake_names_the_file(tmp_path: Path) -> None:
    """What is wrong in a file of explanations is told with the name of that file, not of the report."""
    (tmp_path / "说明.xlsx").write_bytes(b"no workbook")
    with pytest.raises(InputError) as caught:
        explanations_of(tmp_path / "甲.json", STOCK, tmp_path / "说明.xlsx")
    assert "说明.xlsx" in caught.value.tell()


def test_a_name_that_leaves_no_room(tmp_path: Path) -> None:
    """A report whose name is as long as names can be has no explanations beside it, and that is no mistake."""
    assert explanations_of(tmp_path / f"{'长' * 83}a.json", STOCK) == ()
