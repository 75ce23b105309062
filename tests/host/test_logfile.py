"""Where the log is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xlreport.host.logfile import log_path


@pytest.mark.parametrize(
    ("platform", "variables", "path"),
    [
        ("linux", {}, ".local/state/xlreport/addin.log"),
        ("linux", {"XDG_STATE_HOME": "/state"}, "/state/xlreport/addin.log"),
        ("darwin", {}, "Library/Logs/xlreport/addin.log"),
        ("win32", {}, "AppData/Local/xlreport/addin.log"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/xlreport/addin.log"),
    ],
)
def test_log_path(platform, variables, path, monkeypatch, tmp_path):
    """Each system keeps logs of the user's in a place of its own."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert log_path() == tmp_path / path
