"""Where the final document goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.errors import HostError
from xlreport.host.folder import beside


def test_beside_the_workbook(tmp_path: Path) -> None:
    """The document of a saved workbook stands beside it, under its name."""
    assert beside(str(tmp_path / "年报 v1.2.xlsx")) == (tmp_path / "年报 v1.2", ())


def test_never_saved() -> None:
    """A workbook that was never saved has no place."""
    with pytest.raises(HostError, match="先保存"):
        beside("")


@pytest.mark.parametrize("home", ["Documents", ""])
def test_online(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str) -> None:
    """A URL is never turned into a path: the document goes to the user's own folder, which is told."""
    (tmp_path / home).mkdir(exist_ok=True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    target, (note,) = beside("https://d.docs.live.net/0123/%E5%B9%B4%E6%8A%A5%20(1).xlsx?web=1")
    assert target == tmp_path / home / "年报 (1)"
    assert note.values == {"folder": tmp_path / home}
