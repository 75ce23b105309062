"""xlreport.results.front: a sheet before the others of a list."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from tests.results.verdicts import unusable, wrong, wrong_report
from xlreport.finding import Verdict
from xlreport.results.answers import read_answers
from xlreport.results.front import front
from xlreport.results.sheet import findings_list

LINES = ("甲 & <乙>：", "1. 重复", "2. 逾期")


@pytest.mark.parametrize("verdict", [wrong(), unusable()])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_in_and_out_again(verdict: Verdict, language: str) -> None:
    """The sheet stands first, the others after it as they were; without it the list is the same bytes as before."""
    listed = findings_list([verdict], language)
    made = front(listed, LINES, language)
    book, plain = (openpyxl.load_workbook(BytesIO(one)) for one in (made, listed))
    first, *others = book.worksheets
    assert book.active is first
    assert [cell.value for cell in first["A"]] == list(LINES)
    for one, other in zip(others, plain.worksheets, strict=True):
        assert (one.title, one.print_area, one.print_title_rows) == (other.title, other.print_area, "$1:$1")
    assert front(made, ()) == listed
    assert front(made, LINES, language) == made
    assert front(front(listed, ("别的",), language), LINES, language) == made


def test_text_stays_text() -> None:
    """A line that begins as a formula does is text."""
    book = openpyxl.load_workbook(BytesIO(front(findings_list([wrong()]), ("=1+1",))))
    assert book.worksheets[0]["A1"].data_type == "s"


def test_no_more_than_a_cell_holds() -> None:
    """A line of very many names is cut where a cell ends: a longer one is a damaged workbook to Excel."""
    book = openpyxl.load_workbook(BytesIO(front(findings_list([wrong()]), ("名" * 40_000,))))
    assert 30_000 < len(str(book.worksheets[0]["A1"].value)) <= 32_767


def test_explanations_are_read() -> None:
    """A list with such a sheet that comes back filled in is read like any other."""
    book = openpyxl.load_workbook(BytesIO(front(findings_list([wrong()]), LINES)))
    book["问题清单"]["K2"] = "见附件"
    stream = BytesIO()
    book.save(stream)
    assert [one.text for one in read_answers(stream.getvalue(), wrong_report())] == ["见附件"]


@pytest.mark.office
def test_opens(tmp_path: Path, soffice: Callable[..., Path]) -> None:
    """LibreOffice opens it and shows the lines."""
    path = tmp_path / "清单.xlsx"
    path.write_bytes(front(findings_list([wrong()]), LINES))
    text = soffice(path, "html:HTML (StarCalc)", tmp_path).read_text(encoding="utf-8")
    assert text.index("甲 &amp; &lt;乙&gt;") < text.index("自然人 1480")
