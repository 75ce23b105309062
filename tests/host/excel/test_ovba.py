"""The compression of macro projects."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.host.excel.vba import unpacked
from xlreport.host.excel.ovba import CHUNK, compress
from xlreport.safe.macros import decompress

EXAMPLES = {
    b"abcdefghijklmnopqrstuv.": "0119B000 6162636465666768 00696A6B6C6D6E6F70 00717273747576 2E",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": "012FB000 2361616162636465 82660070616768696A 013808"
    "616B6C00306D6E6F 700671027004107273747576 1077 78797A003C",
    b"a" * 73: "0103B002 614500",
}
"""The examples of [MS-OVBA] 3.2: none, normal and maximum compression."""


@pytest.mark.parametrize("data", EXAMPLES)
def test_the_examples_of_the_specification(data):
    """What the specification shows is read; what has one best way of packing comes out byte for byte."""
    expected = bytes.fromhex(EXAMPLES[data])
    assert decompress(expected) == unpacked(expected) == data
    packed = compress(data)
    assert unpacked(packed) == data
    assert len(packed) == len(expected)
    if not data.startswith(b"#"):  # where several copies are equally long, the example takes now this, now that one
        assert packed == expected


@given(st.binary(max_size=3 * CHUNK) | st.text("ab \r\n", max_size=3 * CHUNK).map(str.encode))
def test_what_goes_in_comes_out(data):
    """Text or noise, of any length: olevba and our own reader unpack what was packed."""
    packed = compress(data)
    if data:
        assert unpacked(packed)[: len(data)] == data
    assert decompress(packed)[: len(data)] == data


@pytest.mark.parametrize("size", [1, 4095, 4096, 4097, 8192, 10_000])
def test_noise_is_stored_as_it_is(size):
    """A chunk that compression would lengthen is a raw one, of 4,096 bytes; the last one is filled with zeros."""
    data = random.Random(size).randbytes(size)
    packed = compress(data)
    assert decompress(packed).rstrip(b"\0") == data.rstrip(b"\0")
    assert unpacked(packed).rstrip(b"\0") == data.rstrip(b"\0")
