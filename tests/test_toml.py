"""TOML files of the package are parsed once and kept."""

from __future__ import annotations

import sys

import pytest

from xlreport.toml import read_toml

TEXT = 'a = 1\nb = [{ c = "二", d = 1.5, e = true }]\n'
DATA = {"a": 1, "b": [{"c": "二", "d": 1.5, "e": True}]}


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (tmp_path / "x.toml").write_text(TEXT, encoding="utf-8")
    return tmp_path / "x.toml"


def kept(path):
    return path.parent / "__pycache__" / "x.toml.kept"


def test_kept(path, monkeypatch):
    """The second reading parses nothing and gives the same."""
    assert read_toml(path) == DATA
    monkeypatch.setitem(sys.modules, "tomllib", None)
    assert read_toml(path) == DATA
    assert [entry.name for entry in kept(path).parent.iterdir()] == ["x.toml.kept"]


def test_never_old(path):
    """A changed file is parsed again, also when its size and time are the same."""
    read_toml(path)
    path.write_text(TEXT.replace("1\n", "2\n"), encoding="utf-8")
    assert read_toml(path) == {**DATA, "a": 2}


@pytest.mark.parametrize("length", [0, 5, 40])
def test_damaged(path, length):
    """What was kept and then damaged is parsed again."""
    read_toml(path)
    kept(path).write_bytes(kept(path).read_bytes()[:length])
    assert read_toml(path) == DATA


def test_nothing_can_be_written(path, monkeypatch):
    """Where nothing can be or may be kept, it is read all the same."""
    kept(path).parent.write_text("a file in the way", encoding="utf-8")
    assert read_toml(path) == DATA
    kept(path).parent.unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert read_toml(path) == DATA
    assert not kept(path).exists()
