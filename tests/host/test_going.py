"""What a click ends with on the screen."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from xlreport.host.going import go_to


@pytest.mark.parametrize(("visible", "gone"), [(True, True), (-1, True), (False, False), (0, False), (2, False)])
def test_go_to(visible: object, gone: bool) -> None:
    """A cell is selected where its sheet is shown; where that is hidden, however well, nothing is asked of Excel."""
    asked: list[str] = []

    def asking(what: str) -> Any:
        return lambda: asked.append(what)

    book = SimpleNamespace(activate=asking("book"))
    sheet = SimpleNamespace(visible=visible, book=book, activate=asking("sheet"))
    go_to(cast("Any", SimpleNamespace(sheet=sheet, select=asking("cell"))))
    assert asked == (["book", "sheet", "cell"] if gone else [])
