"""Systems that are not this one, with users whose names are Chinese and have spaces."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest


@pytest.fixture
def windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Windows on which the user has started Excel; its roaming folder."""
    user = tmp_path / "Users" / "张 三（一）"
    roaming = user / "AppData" / "Roaming"
    (roaming / "Microsoft" / "Excel").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("APPDATA", str(roaming))
    monkeypatch.setenv("LOCALAPPDATA", str(user / "AppData" / "Local"))
    return roaming


@pytest.fixture
def macos(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Mac on which the user has started Excel; his home."""
    home = tmp_path / "Users" / "张 三（一）"
    (home / "Library" / "Group Containers" / "UBF8T346G9.Office").mkdir(parents=True)
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setenv("HOME", str(home))
    return home
