"""Hostile and damaged workbooks, whole zips with bad insides: read or refused in seconds, by an error of ours."""

from __future__ import annotations

import contextlib
import random
import time

import pytest

from tests.conftest import HANGING
from tests.safe.made import MAIN
from tests.workbook.test_read import RECEIVED, put
from xlreport.errors import UnsafeError, XlreportError
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import open_zip, pack, repack, stored
from xlreport.workbook.fill import fill, write_draft
from xlreport.workbook.read import read_workbook
from xlreport.workbook.template import template_bytes


def test_counts_that_reserve_memory_are_not_passed_on():
    """A string table that claims four thousand million entries would end the process below; it is read as it is."""
    strings = f'<sst xmlns="{MAIN}" count="4294967295" uniqueCount="4294967295"><si><t>某局</t></si></sst>'
    package = open_zip(put(template_bytes("2021"), "agency", "<v>0</v>", ' t="s"'))
    data = pack([*package.entries, stored("xl/sharedStrings.xml", strings.encode())])
    assert read_workbook(data).report.agency == "某局"


def test_one_long_string_shared_by_many_cells_is_refused():
    """A string of two megabytes in fifty thousand cells, a small file, would be a hundred gigabytes."""
    text = "".join(chr(0x4E00 + n % 9973) for n in range(700_000))
    strings = f'<sst xmlns="{MAIN}"><si><t>{text}</t></si></sst>'
    package = open_zip(put(template_bytes("2021"), "agency", "<v>0</v>" + '</c><c t="s"><v>0</v>' * 50_000, ' t="s"'))
    start = time.perf_counter()
    with pytest.raises(UnsafeError):
        read_workbook(pack([*package.entries, stored("xl/sharedStrings.xml", strings.encode())]))
    assert time.perf_counter() - start < HANGING


@pytest.mark.parametrize("piece", ['<c t="e"', '<c r="A1" t="e">', '<c r="A1" t="e"><f>', "<sst ", "<a>"])
def test_endless_repetition_costs_no_more_than_its_length(piece):
    """A part that repeats what a pattern begins with, without an end, is judged in seconds."""
    package = open_zip(template_bytes("2021"))
    entries = []
    for name in ("xl/worksheets/sheet4.xml", WORKBOOK):
        start = time.perf_counter()
        part = package.parts[name] + piece.encode() * 100_000
        with contextlib.suppress(XlreportError):
            read_workbook(repack(package, {name: part}))
        entries.append(time.perf_counter() - start)
    start = time.perf_counter()
    with contextlib.suppress(XlreportError):
        read_workbook(pack([*package.entries, stored("xl/sharedStrings.xml", piece.encode() * 100_000)]))
    assert max(*entries, time.perf_counter() - start) < HANGING


@pytest.mark.parametrize(
    ("old", "new"),
    [('min="2"', 'min="abc"'), ('width="62"', 'width="1e999"'), ('width="62"', 'width="nan"'), (' ht="', ' ht="x')],
)
def test_measures_that_are_none_are_passed_over(old, new):
    """A width or height that is no number stops no draft from being written."""
    part = open_zip(template_bytes("2021")).parts["xl/worksheets/sheet6.xml"].decode()
    assert old in part
    data = repack(open_zip(template_bytes("2021")), {"xl/worksheets/sheet6.xml": part.replace(old, new).encode()})
    assert read_workbook(write_draft(data, {"problems": "一"})).report.draft == {"problems": "一"}


def test_damage_inside_the_parts_ends_in_our_own_error():
    """Bytes changed at random inside the XML, the zip being sound, are read or refused; nothing else escapes."""
    package = open_zip(fill(Report("2021", "某局", 2024, {RECEIVED: 5}, {"problems": "一"})))
    names = [name for name in package.parts if name.endswith((".xml", ".rels"))]
    chance = random.Random(2024)
    tokens = (b"1048576", b'"', b"<", b"&", b' r="XFD1"', b't="e"', b"\0", b"99999999999", b"<row>", b"\xff")
    start = time.perf_counter()
    for _ in range(60):
        name = chance.choice(names)
        part = bytearray(package.parts[name])
        at = chance.randrange(len(part))
        part[at : at + chance.randrange(3)] = chance.choice(tokens)
        data = repack(package, {name: bytes(part)})
        for use in (read_workbook, lambda data: write_draft(data, {"problems": "x"})):
            try:
                use(data)
            except XlreportError as error:
                assert "\n" not in error.tell()  # noqa: PT017  # which error it is depends on where the damage is
    assert time.perf_counter() - start < HANGING
