"""The same workbook in the same bytes: fixed dates, fixed order of parts; and parts that openpyxl does not write."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, MutableMapping
from io import BytesIO

EPOCH = (2021, 9, 26, 0, 0, 0)
"""The date of everything in the template: the day of the notice of 2021."""

_TYPES = "[Content_Types].xml"
_REFERENCE = re.compile(rb"&#([0-9]{3,7});")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def _character(found: re.Match[bytes]) -> bytes:
    """The character that openpyxl wrote as a number, as everybody else writes it: UTF-8. ASCII may mean markup."""
    number = int(found[1])
    return chr(number).encode() if number > 127 else found[0]


def parts_of(workbook: bytes) -> dict[str, bytes]:
    """The parts of a workbook of our own, by name."""
    with zipfile.ZipFile(BytesIO(workbook)) as package:
        return {name: package.read(name) for name in package.namelist()}


def add_part(parts: MutableMapping[str, bytes], name: str, content: bytes, type_: str) -> None:
    """Put a new part among `parts`, with its content type."""
    assert name not in parts
    parts[name] = content
    override = f'<Override PartName="/{name}" ContentType="{type_}"/></Types>'
    parts[_TYPES] = parts[_TYPES].replace(b"</Types>", override.encode())


def rezip(parts: Mapping[str, bytes]) -> bytes:
    """These parts as a zip: every date fixed; the content types stay first, the other parts follow by name."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in sorted(parts, key=lambda n: (n != _TYPES, n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            package.writestr(entry, parts[name], compresslevel=9)
    return target.getvalue()


def stable(workbook: bytes) -> bytes:
    """`workbook`, by openpyxl, with every date fixed, and in UTF-8."""
    parts = parts_of(workbook)
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*EPOCH).encode()
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", parts[core])
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            parts[name] = _REFERENCE.sub(_character, part)
    return rezip(parts)
