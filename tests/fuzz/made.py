"""Workbooks from the bytes that a fuzzer makes, and the bytes it starts from."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache

from xlreport.form import load_form
from xlreport.report import Report
from xlreport.safe.workbooks import WORKBOOK
from xlreport.safe.zips import Package, open_zip, pack, stored
from xlreport.workbook.fill import fill
from xlreport.workbook.places import layout

_STRINGS = "xl/sharedStrings.xml"
_CELLS = ("D6", "J6", "A8", "K7")
_NAMES = (b"t3_received_other", b"agency", b"xlreport_version", b"t4_reconsideration_total")
_SLOT = re.compile(rb"""(?<=>)[^<>]*(?=<)|(?<==["'])[^"'<>]*(?=["'])""")
_TOKENS = (
    *(b"", b"x", b"-1", b"0", b"1e999", b"nan", b"1048576", b"4294967296", b"A0", b"XFD1048576", b"D6:A1", b"$"),
    *(b"#REF!", b"_xD800_", b"&#65535;", "Ⅷ".encode(), "１２".encode(), b"\xff", b"s", b"e", b"d", b"shared", b"rId1"),
    *(b"'", b"!", b"(", b'"', b"..", b"/xl/a.xml", b"xl/worksheets/sheet4.xml", b"<f>1</f>", b"<r><t>x</t></r>"),
)
_SEEDS = (
    *(
        b' s="3"><v>12</v>',
        b' t="s"><v>0</v>',
        b' t="e"><v>#DIV/0!</v>',
        b' t="d"><v>2024-03-05</v>',
        b' t="b"><v>1</v>',
    ),
    *(b' t="inlineStr"><is><t>12&#20214; _x0041_</t></is>', b' t="str"><f>A1&amp;"x"</f><v>x</v>'),
    *(b'><f t="shared" ref="D6:D9" si="0">SUM(\'a\'\'b\'!$A1:B$2,TRUE())</f><v>1e400</v>', b'><f t="shared" si="0"/>'),
    *(b'><f>IF(1E5&gt;.5,#REF!+_xlfn.X(a.b!C3),"a""b")</f><v>-0.5</v>', b' r="A1"><v>1</v>'),
)


def workbook(data: bytes) -> bytes:
    """A filled workbook with these bytes in it.

    By the first of them, the others are a whole part, the file itself, the text of a name, the table of strings, or
    else the XML of one cell.
    """
    kind, rest = data[:1], data[1:]
    package = _filled()
    parts = _xml(package)
    number = kind[0] if kind else 0
    if number < len(parts):
        return _with(package, parts[number], rest)
    if kind == b"z":
        return rest
    if kind == b"n":
        name = _NAMES[len(rest) % len(_NAMES)]
        old = re.compile(rb'(<definedName name="%b"[^>]*>)[^<]*' % name)
        return _with(package, WORKBOOK, old.sub(lambda found: found[1] + rest, package.parts[WORKBOOK]))
    part_name = layout(package).sheets["表三"]
    part = package.parts[part_name]
    if kind == b"s":
        package = open_zip(_with(package, part_name, _cell("D6", b' t="s"><v>0</v>', part)))
        return pack([*package.entries, stored(_STRINGS, rest)])
    return _with(package, part_name, _cell(_CELLS[number % len(_CELLS)], rest, part))


def mutated(data: bytes, seed: int) -> bytes:
    """The same with the next text or attribute value after some place changed: most XML that it makes is still XML."""
    chance = random.Random(seed)
    slot = _SLOT.search(data, chance.randrange(len(data) or 1))
    if slot is None:
        return data
    old, token = slot[0], chance.choice(_TOKENS)
    at = chance.randrange(len(old) + 1)
    new = chance.choice((token, old[:at] + token + old[at:], old[:at], b""))
    return data[: slot.start()] + new + data[slot.end() :]


def seeds() -> Iterator[bytes]:
    """One input of every kind."""
    package = _filled()
    yield from (bytes([number]) + package.parts[name] for number, name in enumerate(_xml(package)))
    yield b"z" + pack(package.entries)
    yield b"s" + b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>12</t></si></sst>'
    yield from (b"n" + text for text in ("表三!$D$6".encode(), b"#REF!", b'"2021"', b"1", b"'a''b'!$A$1:$B$2"))
    yield from (bytes([128 + n % len(_CELLS)]) + seed for n in range(len(_CELLS)) for seed in _SEEDS)


def _with(package: Package, name: str, part: bytes) -> bytes:
    """The package with one part changed, not compressed: a fuzzer has no time for that."""
    return pack(stored(name, part) if entry.name == name else entry for entry in package.entries)


def _xml(package: Package) -> list[str]:
    return [name for name in package.parts if name.endswith((".xml", ".rels"))]


def _cell(address: str, inside: bytes, part: bytes) -> bytes:
    """The sheet with the rest of that cell's tag, and what is in it, replaced."""
    old = re.compile(rb'<c r="%b"[^>]*?(?:/>|>.*?</c>)' % address.encode())
    return old.sub(lambda _: b'<c r="' + address.encode() + b'"' + inside + b"</c>", part, count=1)


@cache
def _filled() -> Package:
    figures = {cell: number for number, cell in enumerate(load_form("2021").inputs)}
    return open_zip(fill(Report("2021", "某局", 2024, figures, {"problems": "一"})))
