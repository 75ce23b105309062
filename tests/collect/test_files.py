"""xlreport.collect.files: N files in, N names out."""

from __future__ import annotations

import zipfile

from tests.collect.made import TWO
from xlreport.collect.files import found_files


def test_names_that_look_alike(tmp_path) -> None:
    """Two files of one name are told apart by a number that no other file has."""
    folder = tmp_path / "in"
    folder.mkdir()
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        for name in ("测.json", "NN.json", "测.json (2)"):
            archive.writestr(name, b"{")
    gbk = (folder / "a.zip").read_bytes().replace(b"NN", "测".encode("gbk"))
    (folder / "a.zip").write_bytes(gbk)
    names = sorted(one.name for one in found_files(folder, (), tmp_path / "store", TWO))
    assert names == ["a.zip/测.json", "a.zip/测.json (2)", "a.zip/测.json (3)"]
