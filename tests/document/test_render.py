"""The final document of any kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.samples import bureau
from xlreport.document.dress import Dress
from xlreport.document.render import render
from xlreport.envelope import seal
from xlreport.errors import DataError, InputError


def test_carried() -> None:
    """A page carries the data that it is given, and none where it is given none; a fragment bears their mark only."""
    sealed = seal(bureau(), "3")
    assert '"rules":"3"' in render(bureau(), "html", carried=sealed).decode()
    assert '"rules":' not in render(bureau(), "html").decode()
    assert " figures-" in render(bureau(), "html", carried=sealed, embed=True).decode()
    assert " figures-" not in render(bureau(), "html", embed=True).decode()


def test_dress(tmp_path: Path) -> None:
    """What an office adds is in it; a profile or a Word file that cannot be used is told by name."""
    assert "某府办〔2025〕1号" in render(bureau(), "html", Dress(number="某府办〔2025〕1号")).decode()
    with pytest.raises(DataError):
        render(bureau(), "pdf", Dress(profile="没有"))
    (tmp_path / "函头.docx").write_bytes(b"no Word file")
    with pytest.raises(InputError) as caught:
        render(bureau(), "docx", Dress(letterhead=tmp_path / "函头.docx"))
    assert "函头.docx" in caught.value.tell()


@pytest.mark.parametrize("kind", ["docx", "pdf", "html"])
def test_table3(kind: str, tmp_path: Path) -> None:
    """Every document can have table 3 turned, by the profile or in spite of it."""
    path = tmp_path / "a.toml"
    path.write_text('[page]\ntable3 = "landscape"', encoding="utf-8")
    upright, turned = render(bureau(), kind), render(bureau(), kind, Dress(table3="landscape"))
    assert upright != turned
    assert render(bureau(), kind, Dress(str(path))) == turned
    assert render(bureau(), kind, Dress(str(path), table3="portrait")) == upright
