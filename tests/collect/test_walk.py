"""xlreport.collect.walk: every file, once, with why it is not read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from xlreport.collect.walk import shown, walk

DEEP = 1200
"""Levels; Python recurses a thousand."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes")


def told(folder, without=()) -> dict[str, str]:
    return {one.name: one.skipped or one.refused for one in walk(folder, without)}


def test_kinds(tmp_path) -> None:
    """Reports and zips are read; lock files, hidden ones, other kinds and pipes are named with their reason."""
    for name in (
        "b.xlsx",
        "a.XLSM",
        "c.json",
        "d.zip",
        "~$b.xlsx",
        ".~lock.b.xlsx#",
        ".DS_Store",
        "e.jpg",
        "g.doc",
        "h.RAR",
        "b.说明.toml",
    ):
        (tmp_path / name).write_bytes(b"x")
    os.mkfifo(tmp_path / "f.xlsx")
    assert told(tmp_path) == {
        ".DS_Store": "collect.hidden",
        ".~lock.b.xlsx#": "collect.lock",
        "a.XLSM": "",
        "b.xlsx": "",
        "b.说明.toml": "collect.beside",
        "c.json": "",
        "d.zip": "",
        "e.jpg": "collect.other_kind",
        "f.xlsx": "collect.no_file",
        "g.doc": "collect.save_as.docx",
        "h.RAR": "collect.unpack",
        "~$b.xlsx": "collect.lock",
    }


def test_links(tmp_path) -> None:
    """A link to a folder is followed; one that leads back, or to nothing, is named."""
    inside, outside = tmp_path / "in", tmp_path / "elsewhere"
    inside.mkdir()
    outside.mkdir()
    (outside / "a.xlsx").write_bytes(b"x")
    (inside / "there").symlink_to(outside)
    (inside / "back").symlink_to(inside)
    (inside / "gone.xlsx").symlink_to(tmp_path / "nothing")
    assert told(inside) == {"back": "collect.looped", "gone.xlsx": "collect.unreadable", "there/a.xlsx": ""}


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_unreadable_folder(tmp_path) -> None:
    """A folder that cannot be listed stands for what is in it."""
    (tmp_path / "shut").mkdir(mode=0)
    assert told(tmp_path) == {"shut": "collect.unreadable_folder"}


def test_deep(tmp_path) -> None:
    """Folders may be nested deeper than a recursion goes."""
    here = os.getcwd()  # noqa: PTH109
    os.chdir(tmp_path)
    try:
        for _ in range(DEEP):
            os.mkdir("d")  # noqa: PTH102
            os.chdir("d")
        Path("a.xlsx").write_bytes(b"x")
        found = told(tmp_path)
        Path("a.xlsx").unlink()
    finally:  # level by level, since those who tidy up after tests are recursive
        while os.getcwd() != str(tmp_path):  # noqa: PTH109
            os.chdir("..")
            os.rmdir("d")  # noqa: PTH106
        os.chdir(here)
    assert found == {"d/" * DEEP + "a.xlsx": ""}


def test_our_own(tmp_path) -> None:
    """What is ours is left out, by whatever name."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.xlsx").write_bytes(b"x")
    (tmp_path / "b.xlsx").write_bytes(b"x")
    assert told(tmp_path, [tmp_path / "." / "out"]) == {"b.xlsx": ""}


def test_another_collection(tmp_path) -> None:
    """What a collection wrote is skipped with a word, wherever it was put; reports beside it are not."""
    out, away = tmp_path / "out", tmp_path / "away"
    (out / ".xlreport").mkdir(parents=True)
    (out / ".xlreport" / "judged").write_bytes(b"x")
    for folder in (out / "returns", away):
        folder.mkdir()
        (folder / ".xlreport").write_bytes(b"x")
        (folder / "a.xlsx.txt").write_bytes(b"x")
    for name in ("status.xlsx", "summary.html", "a.xlsx"):
        (out / name).write_bytes(b"x")
    ours = dict.fromkeys((".xlreport", "returns", "status.xlsx", "summary.html"), "collect.ours")
    assert told(out) == {**ours, "a.xlsx": ""}
    assert told(tmp_path) == {f"out/{name}": why for name, why in told(out).items()} | {"away": "collect.ours"}


def test_gbk(tmp_path) -> None:
    """A name in GBK is shown as what it says."""
    raw = os.fsencode(tmp_path) + b"/" + "测试局.xlsx".encode("gbk")
    with open(raw, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    assert told(tmp_path) == {"测试局.xlsx": ""}
    assert shown("局") == "局"
