"""Files that a user names."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.errors import DataError, InputError
from xlreport.safe.load import load, naming


def test_load(tmp_path: Path) -> None:
    """The content as it is; a folder, nothing at all and an empty file are each told as what they are."""
    (tmp_path / "测试.json").write_bytes(b"{}")
    assert load(tmp_path / "测试.json") == b"{}"
    (tmp_path / "空.json").touch()
    told = []
    for path in (tmp_path, tmp_path / "无.json", tmp_path / "空.json"):
        with pytest.raises(InputError) as caught:
            load(path)
        assert path.name in caught.value.tell()
        told.append(caught.value.key)
    assert told == ["files.is_folder", "files.missing", "files.empty"]


def test_naming() -> None:
    """A mistake in a file names the file, the innermost one where files are read within files."""
    with pytest.raises(DataError) as caught, naming(Path("外.xlsx")), naming(Path("内.toml")):
        raise DataError("data.missing", where="form")
    assert caught.value.source == "内.toml"
