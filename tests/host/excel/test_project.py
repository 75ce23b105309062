"""Macro projects: what is written is what every reader finds."""

from __future__ import annotations

import struct
from io import BytesIO

import olefile
import pytest

from tests.host.excel.checker import check
from tests.host.excel.vba import sources
from xlreport.host.excel.project import Kind, Module, encrypt, vba_project
from xlreport.safe.macros import decompress, read_sources

MODULES = (
    Module("ThisWorkbook", Kind.WORKBOOK),
    Module("Sheet1", Kind.SHEET),
    Module("Plain", Kind.STANDARD, "Option Explicit\nPublic Sub A()\nEnd Sub\n"),
    Module("Watcher", Kind.CLASS, "Private x As Long\n"),
)
PROJECT = vba_project("Name", MODULES)


def decrypted(text: str) -> tuple[int, bytes]:
    """The project key and the data of an encrypted value ([MS-OVBA] 2.4.3.3)."""
    data = bytes.fromhex(text)
    seed, version, key = data[0], data[0] ^ data[1], data[0] ^ data[2]
    assert version == 2
    plain = bytearray([key])
    for at in range(3, len(data)):
        plain.append(data[at] ^ (data[at - 2] + plain[-1] & 0xFF))
    content = bytes(plain)[1 + (seed & 6) // 2 :]
    (size,) = struct.unpack_from("<I", content)
    assert len(content) == 4 + size
    return key, content[4:]


def test_no_defect():
    """The compound file has no defect, for our checker and for olefile."""
    streams, defects = check(PROJECT)
    assert defects == []
    assert set(streams) == {"PROJECT", "PROJECTwm", "VBA/dir", "VBA/_VBA_PROJECT", *(f"VBA/{m.name}" for m in MODULES)}
    olefile.OleFileIO(BytesIO(PROJECT), raise_defects=olefile.DEFECT_POTENTIAL).close()


def test_the_sources_come_out_as_they_went_in():
    """Olevba and our own reader find every module with its source, and nothing else."""
    assert sources(PROJECT) == {m.name: m.source.decode() for m in MODULES}
    assert {name: text.encode() for name, text in read_sources(PROJECT)} == {m.name: m.source for m in MODULES}


def test_same_bytes():
    """The same modules give the same project."""
    assert vba_project("Name", MODULES) == PROJECT
    assert vba_project("Other", MODULES) != PROJECT


def test_nothing_compiled():
    """The version says that the source is to be compiled, and no module has anything before its source."""
    streams = check(PROJECT).streams
    assert streams["VBA/_VBA_PROJECT"] == bytes.fromhex("CC61 FFFF 00 0000")
    assert all(decompress(streams[f"VBA/{m.name}"]) == m.source for m in MODULES)


@pytest.mark.parametrize("seed", range(0, 256, 5))
@pytest.mark.parametrize("data", [bytes(4), b"\0", b"\xff", b"any data"])
def test_encryption(seed, data):
    """What is encrypted is decrypted as the specification says, with the key that the project's id gives."""
    id_ = "{917DED54-440B-4FD1-A5C1-74ACF261E600}"
    assert decrypted(encrypt(id_, data, seed)) == (sum(id_.encode()) & 0xFF, data)


def test_the_project_is_open():
    """The PROJECT stream lists every module by its kind, and says: not protected, no password, visible."""
    lines = check(PROJECT).streams["PROJECT"].decode("ascii").split("\r\n")
    fields = dict(line.split("=", 1) for line in lines if "=" in line)
    assert lines[1:5] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=Sheet1/&H00000000",
        "Module=Plain",
        "Class=Watcher",
    ]
    key = sum(fields["ID"].strip('"').encode()) & 0xFF
    assert decrypted(fields["CMG"].strip('"')) == (key, bytes(4))
    assert decrypted(fields["DPB"].strip('"')) == (key, b"\0")
    assert decrypted(fields["GC"].strip('"')) == (key, b"\xff")


def test_only_ascii():
    """A source that is not ASCII is not taken: its meaning would depend on the machine."""
    with pytest.raises(UnicodeEncodeError):
        vba_project("Name", [Module("Plain", Kind.STANDARD, "' 年报\n")])
