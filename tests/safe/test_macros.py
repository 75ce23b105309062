"""Whose macros a workbook carries."""

from __future__ import annotations

import contextlib
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import HANGING
from xlreport.errors import UnsafeError
from xlreport.host.excel.ovba import compress
from xlreport.host.excel.project import Kind, Module, vba_project
from xlreport.host.excel.sources import ADDIN, module
from xlreport.safe import macros
from xlreport.safe.macros import bare_source, check_macros, decompress
from xlreport.safe.workbooks import preflight
from xlreport.workbook.template import template_path
from xlreport.workbook.verify import verify

OURS = vba_project("Any", [Module("ThisDocument", Kind.WORKBOOK), *map(module, ADDIN)])


def project(code: str, kind: Kind = Kind.STANDARD) -> bytes:
    return vba_project("Any", [module("XlReport"), Module("Other", kind, code)])


def refused(data: bytes) -> UnsafeError:
    with pytest.raises(UnsafeError) as caught:
        check_macros(data)
    return caught.value


def test_ours_pass():
    """All our modules pass, and so do empty ones, also where the editor begins each with Option Explicit."""
    check_macros(OURS)
    check_macros(project("Option Explicit\n", Kind.SHEET))


def test_what_an_editor_changes_does_not_matter():
    """Letter case and white space change when a project is saved; the sources are still ours."""
    ours = module("XlrExcel")
    changed = ours.code.replace("action As String", "Action As String").replace("    ", "   ") + "\n\n"
    check_macros(vba_project("Any", [Module("XlrExcel", Kind.STANDARD, changed)]))


@pytest.mark.parametrize("kind", list(Kind))
def test_others_are_named(kind):
    """One line of anyone else's code, in whatever kind of module, is refused by the module's name."""
    error = refused(project("Sub Workbook_Open()\nEnd Sub\n", kind))
    assert (error.key, error.values) == ("safe.foreign_macros", {"module": "Other"})


def test_ours_with_a_change_is_not_ours():
    """One word changed in our own module makes it another's."""
    code = module("XlrWindows").code.replace("xlreport.host.click", "evil")
    assert refused(vba_project("Any", [Module("XlrWindows", Kind.STANDARD, code)])).key == "safe.foreign_macros"


def test_a_string_that_looks_like_an_attribute_is_code():
    """What is left out of the comparison can do nothing: attributes are no code."""
    assert bare_source("Attribute VB_Name = 1\nCall Evil\n") == "call evil"
    assert bare_source("Option Explicit\nx = 1: Attribute\n") == "option explicit x = 1: attribute"


@pytest.mark.parametrize(
    "data", [b"", b"x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), OURS[:3000], OURS[:600]]
)
def test_what_cannot_be_read_is_refused(data):
    """A project that is none, or is cut off, is refused in one sentence."""
    assert refused(data).key == "safe.macros_unreadable"


@given(st.integers(0, len(OURS) - 1), st.integers(1, 255), st.integers(0, len(OURS) - 1))
def test_damage_never_escapes(at, change, other):
    """Whatever bytes are changed: it is taken for ours, or refused, and soon."""
    data = bytearray(OURS)
    data[at] ^= change
    data[other] ^= change
    start = time.perf_counter()
    with contextlib.suppress(UnsafeError):
        check_macros(bytes(data))
    assert time.perf_counter() - start < HANGING


@given(st.binary(max_size=300))
def test_a_container_of_noise(data):
    """Noise is unpacked within bounds, or is a ValueError or a struct.error."""
    with contextlib.suppress(ValueError, struct.error):
        assert len(decompress(b"\x01" + data)) <= 4096 * len(data)


def test_a_bomb_is_not_unpacked():
    """Packed runs are unpacked up to a bound."""
    packed = compress(bytes(macros.MOST_SOURCE + 2 * 4096))
    assert len(packed) < 20_000
    with pytest.raises(ValueError, match="too much"):
        decompress(packed)


@pytest.mark.office
def test_libreoffice_leaves_them_ours(soffice: Callable[..., Path], tmp_path: Path):
    """The .xlsm as LibreOffice saves it is ours still: it keeps the sources."""
    saved = soffice(template_path("2021").with_suffix(".xlsm"), "xlsm:Calc MS Excel 2007 VBA XML", tmp_path / "甲 乙")
    data = saved.read_bytes()
    assert preflight(data, ".xlsm")
    assert verify(data, "a.xlsm") == ()
    with zipfile.ZipFile(saved) as package:
        names = {source.name for source in macros.read_sources(package.read("xl/vbaProject.bin"))}
    assert {"XlReport", "XlrExcel"} <= names
