"""Files that no clerk meant to send: twenty kinds of broken, each with the verdict that it must get."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from tests.samples import city
from xlreport.data import dump_report
from xlreport.workbook.fill import fill


@cache
def sound() -> bytes:
    """A workbook in which nothing is wrong."""
    return fill(city())


def _with(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return target.getvalue()


def _without(name: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sound())) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
    return target.getvalue()


def _part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(sound())) as archive:
        return archive.read(name)


def _wrong() -> bytes:
    figures = MappingProxyType({**city().figures, "t3.received.natural_person": 7})
    return fill(replace(city(), figures=figures))


def _sheet() -> str:
    with zipfile.ZipFile(io.BytesIO(sound())) as archive:
        return next(name for name in archive.namelist() if name.endswith("sheet4.xml"))


KINDS: Mapping[str, tuple[str, Callable[[], bytes], str]] = MappingProxyType(
    {
        "empty": (".xlsx", lambda: b"", "skipped"),
        "zeros": (".xlsx", lambda: bytes(4096), "unusable"),
        "noise": (".xlsx", lambda: bytes(range(256)) * 40, "unusable"),
        "cut short": (".xlsx", lambda: sound()[: len(sound()) // 2], "unusable"),
        "flipped": (".xlsx", lambda: sound()[:9000] + bytes(64) + sound()[9064:], "unusable"),
        "text as xlsx": (".xlsx", "一、总体情况".encode, "unusable"),
        "old xls": (".xlsx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unusable"),
        "password": (
            ".xlsx",
            lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "unusable",
        ),
        "no workbook part": (".xlsx", lambda: _without("xl/workbook.xml"), "unusable"),
        "a sheet deleted": (".xlsx", lambda: _without(_sheet()), "fail"),
        "doctype": (".xlsx", lambda: _with("xl/workbook.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "unusable"),
        "bomb": (".xlsx", lambda: _with("xl/media/a.xml", bytes(30 << 20)), "unusable"),
        "far cell": (
            ".xlsx",
            lambda: _with(
                _sheet(),
                _part(_sheet()).replace(b"<sheetData>", b'<sheetData><row r="1048576"><c r="XFD1048576"/></row>'),
            ),
            "unusable",
        ),
        "external": (".xlsx", lambda: _with("xl/externalLinks/externalLink1.xml", b"<a/>"), "unusable"),
        "hidden macro": (".xlsx", lambda: _with("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"), "unusable"),
        "broken xml": (".xlsx", lambda: _with(_sheet(), b"<worksheet><sheetData>"), "unusable"),
        "json cut short": (".json", lambda: dump_report(city()).encode()[:400], "unusable"),
        "json of another schema": (".json", lambda: b'{"schema": "x/1"}', "unusable"),
        "json too deep": (".json", lambda: b"[" * 200_000, "unusable"),
        "figures that contradict": (".xlsx", _wrong, "fail"),
    }
)
"""By name: suffix, content, verdict."""
