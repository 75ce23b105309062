"""Zips from strangers."""

from __future__ import annotations

import contextlib
import io
import struct
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import HANGING
from tests.safe.made import PARTS, book, deflated
from xlreport.errors import InputError, UnsafeError, XlreportError
from xlreport.messages import LANGUAGES
from xlreport.safe.zips import MOST_ENTRIES, open_zip, pack, packed, repack, stored

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(data: bytes) -> InputError:
    """The error, told in one line in both languages, soon."""
    start = time.perf_counter()
    with pytest.raises(InputError) as caught:
        open_zip(data)
    assert time.perf_counter() - start < HANGING
    for language in LANGUAGES:
        line = caught.value.tell(language)
        assert line
        assert "\n" not in line
        assert "{" not in line
    return caught.value


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "safe.empty"),
        (b"\r\n \0", "safe.empty"),
        ("单位,年份\n某局,2024\n".encode(), "safe.not_zip"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "safe.not_zip"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "safe.password"),
        (OLE + "Workbook".encode("utf-16-le"), "safe.xls"),
        (OLE + "WordDocument".encode("utf-16-le"), "safe.doc"),
        (OLE, "safe.ole"),
        (b"PK\3\4" + bytes(100), "safe.truncated"),
        (book()[:-30], "safe.truncated"),
        (book()[: len(book()) // 2], "safe.truncated"),
    ],
)
def test_what_is_no_zip_is_told_for_what_it_is(data, key):
    """Empty, text, HTML, password-protected, .xls, truncated: each has its own sentence."""
    assert refused(data).key == key


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "xl/../../x", "a\\b", "C:/x", "a//b", "./a", "a\nb", ""])
def test_names_that_leave_the_folder_are_refused(name):
    """An absolute, upward, drive, backslash or control-character name is refused."""
    error = refused(pack([stored(name, b"")]))
    assert isinstance(error, UnsafeError)
    assert error.key == "safe.name"


@pytest.mark.parametrize("names", [("a.xml", "a.xml"), ("xl/a.xml", "XL/A.xml")])
def test_a_name_that_stands_twice_is_refused(names):
    """Two readers could each take another of two entries of one name."""
    assert refused(pack(stored(name, b"") for name in names)).key == "safe.twice"


def test_too_many_entries_are_refused():
    """A zip of very many small parts is refused by their number."""
    assert refused(pack(stored(f"{n}", b"") for n in range(MOST_ENTRIES + 1))).key == "safe.entries"


def test_a_bomb_is_refused_while_it_unpacks():
    """A gigabyte of zeros, or many parts that are a gigabyte together, never come to be."""
    assert refused(pack([deflated("a", bytes(10 << 20))])).key == "safe.ratio"
    assert refused(pack([deflated("a", bytes(70 << 20))])).key == "safe.size"
    mixed = bytes(range(256)) * 3000
    assert refused(pack(deflated(f"{n}", mixed) for n in range(100))).key == "safe.size"


def test_a_header_that_lies_about_sizes_is_not_believed():
    """A bomb that claims a hundred bytes is measured by what comes out of it."""
    assert refused(pack([deflated("a", bytes(70 << 20), size=100)])).key == "safe.size"
    assert refused(pack([deflated("a", b"abc", size=2)])).key == "safe.damaged"


def test_entries_that_share_their_bytes_are_refused():
    """A thousand directory entries over one packed part are refused before any is unpacked."""
    one = pack([deflated("a", bytes(1000))])
    at = one.index(b"PK\1\2")
    entry = one[at : one.index(b"PK\5\6")]
    many = b"".join(entry[:-1] + bytes([0x61 + n]) for n in range(20))
    data = one[:at] + many + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 20, 20, len(many), at, 0)
    assert refused(data).key == "safe.overlap"


def test_an_encrypted_entry_is_refused():
    """A zip with a password says so."""
    data = bytearray(book())
    at = data.index(b"PK\1\2")
    data[at + 8] |= 1
    assert refused(bytes(data)).key == "safe.encrypted"


def test_an_unknown_compression_is_refused():
    """A method that we do not unpack is named, not guessed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("a.xml", "x")
    assert refused(buffer.getvalue()).key == "safe.method"


def test_a_part_that_was_changed_by_accident_is_found():
    """A single other byte in a part is noticed and the part named."""
    data = bytearray(book())
    data[data.index(b"<v>1</v>") + 3] ^= 4
    error = refused(bytes(data))
    assert error.key == "safe.damaged"
    assert error.values["part"] == "xl/worksheets/sheet1.xml"


@given(
    st.dictionaries(st.from_regex(r"[a-z]{1,8}(/[一-龥a-z]{1,8}){0,2}\.xml", fullmatch=True), st.binary(), max_size=5)
)
def test_what_is_packed_unpacks_equal(parts):
    """Any parts come back as they were, here and by the standard library, and twice the same bytes."""
    entries = [packed(stored(name, b""), part) for name, part in parts.items()]
    data = pack(entries)
    assert data == pack(entries)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == parts
    if parts:
        assert dict(open_zip(data).parts) == parts


def test_only_the_named_parts_change():
    """A repacked zip leaves every other entry's bytes, date and place in the order as they were."""
    package = open_zip(book())
    after = open_zip(repack(package, {"xl/workbook.xml": b"<new/>"}, {"_rels/.rels"}))
    assert after.parts["xl/workbook.xml"] == b"<new/>"
    assert list(after.parts) == [name for name in PARTS if name != "_rels/.rels"]
    kept = [entry for entry in package.entries if entry.name not in ("xl/workbook.xml", "_rels/.rels")]
    assert [entry for entry in after.entries if entry.name != "xl/workbook.xml"] == kept


@given(st.integers(0, 5000), st.integers(0, 255), st.booleans())
def test_random_damage_ends_in_our_own_error(at, byte, cut):
    """A flipped byte or a cut anywhere is an XlreportError or does no harm; nothing else escapes."""
    data = bytearray(book())
    at %= len(data)
    data[at] = byte
    with contextlib.suppress(XlreportError):
        open_zip(bytes(data[:at] if cut else data))
