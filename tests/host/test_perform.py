"""One click: whatever becomes of it, there are words for it, and the log has no cell values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from xlreport.errors import HostError, XlreportError
from xlreport.host import addin
from xlreport.host.outcome import Outcome
from xlreport.host.perform import ACTIONS, Told, perform
from xlreport.messages import say

FUNCTIONS = {"validate": "validate", "draft": "draft", "export": "export", "clear": "clear_marks"}


def done(monkeypatch: pytest.MonkeyPatch, action: str, outcome: object) -> tuple[Told, list[str]]:
    """What is told and logged when the function behind `action` returns or raises `outcome`."""

    def function(book: Any) -> object:
        assert book == "book"
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    monkeypatch.setattr(addin, FUNCTIONS[action], function)
    log: list[str] = []
    book: Any = "book"
    return perform(action, book, "zh", log.append), log


@pytest.mark.parametrize("action", ACTIONS)
def test_each_button(action, monkeypatch):
    """Each button has its function; its message is told, with the files that were made."""
    outcome = Outcome(action, paths=(Path("a.docx"),))
    told, log = done(monkeypatch, action, outcome)
    assert told == Told(outcome.message("zh"), "info", outcome.paths)
    assert log[0].startswith(f"{action}: pass, ")


def test_errors_found(monkeypatch):
    """A verdict with errors is a warning."""
    assert done(monkeypatch, "validate", Outcome("validate", "fail", errors=3))[0].kind == "warning"


def test_known_error(monkeypatch):
    """An exception of ours is its own sentence, and its key is in the log."""
    error: XlreportError = HostError("host.read_only")
    told, log = done(monkeypatch, "draft", error)
    assert told == Told(say("host.read_only"), "warning")
    assert log[0].startswith("draft: host.read_only, ")


def test_mistake_of_ours(monkeypatch):
    """Any other exception is told by its name; the log has where it was raised, and not its message."""
    told, log = done(monkeypatch, "validate", ValueError("某某局 1480"))
    assert told.kind == "error"
    assert "ValueError" in told.text
    assert "test_perform.py" in log[0]
    assert "1480" not in "".join([told.text, *log])
