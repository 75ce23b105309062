"""Where LibreOffice and its Python are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from xlreport.host.libreoffice import programs
from xlreport.host.libreoffice.office import OfficeError
from xlreport.host.libreoffice.programs import pythons, soffice
from xlreport.host.libreoffice.start import PrivateOffice


def program(path: Path) -> Path:
    """A program that does nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_on_path(tmp_path, monkeypatch):
    """The soffice on PATH is taken first, then one named libreoffice."""
    monkeypatch.setenv("PATH", str(tmp_path))
    other = program(tmp_path / "libreoffice")
    assert soffice() == other
    first = program(tmp_path / "soffice")
    assert soffice() == first
    assert soffice(str(other)) == other


def test_where_installers_put_it(tmp_path, monkeypatch):
    """Without PATH, the newest that an installer put in its place is found."""
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    monkeypatch.setitem(programs.PLACES, sys.platform, [str(tmp_path / "libreoffice*" / "program" / "soffice")])
    program(tmp_path / "libreoffice7.6" / "program" / "soffice")
    newest = program(tmp_path / "libreoffice24.8" / "program" / "soffice")
    assert soffice() == newest


def test_missing(tmp_path, monkeypatch):
    """No LibreOffice, or not the one asked for, is a sentence."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "PLACES", {sys.platform: [], "linux": []})
    with pytest.raises(OfficeError, match="没有找到 LibreOffice"):
        soffice()
    with pytest.raises(OfficeError, match="nothing"):
        soffice(str(tmp_path / "nothing"))


@pytest.mark.parametrize(
    ("platform", "office", "python"),
    [
        ("linux", "opt/libreoffice24.8/program/soffice", "opt/libreoffice24.8/program/python"),
        ("win32", "LibreOffice/program/soffice.exe", "LibreOffice/program/python.exe"),
        ("darwin", "LibreOffice.app/Contents/MacOS/soffice", "LibreOffice.app/Contents/Resources/python"),
    ],
)
def test_own_python(tmp_path, monkeypatch, platform, office, python):
    """LibreOffice's own Python comes before the system's, wherever the platform keeps it."""
    monkeypatch.setattr(sys, "platform", platform)
    own = program(tmp_path / python)
    assert next(pythons(program(tmp_path / office))) == own


def test_does_not_start(tmp_path, app):
    """A soffice that ends at once is a sentence, and leaves no profile."""
    with pytest.raises(OfficeError, match="没有启动"):
        PrivateOffice(str(program(tmp_path / "soffice")))


def test_no_uno(tmp_path, monkeypatch):
    """Where no Python can speak to LibreOffice, the sentence says what to install."""
    silent = program(tmp_path / "python3")
    monkeypatch.setattr("xlreport.host.libreoffice.start.pythons", lambda _: [silent, Path(sys.executable)])
    with pytest.raises(OfficeError, match="python3-uno"):
        PrivateOffice(str(program(tmp_path / "soffice")))
