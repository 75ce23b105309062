"""The same workbook in the same bytes: fixed dates, fixed order of parts."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

EPOCH = (2021, 9, 26, 0, 0, 0)
"""The date of everything in the template: the day of the notice of 2021."""

_REFERENCE = re.compile(rb"&#([0-9]{3,7});")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def _character(found: re.Match[bytes]) -> bytes:
    """The character that openpyxl wrote as a number, as everybody else writes it: UTF-8. ASCII may mean markup."""
    number = int(found[1])
    return chr(number).encode() if number > 127 else found[0]


def stable(workbook: bytes) -> bytes:
    """`workbook` with every date fixed, in UTF-8; the content types stay first, the other parts follow by name."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(workbook)) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*EPOCH).encode()
                content = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", content)
            if name.endswith((".xml", ".rels")):
                content = _REFERENCE.sub(_character, content)
            new.writestr(entry, content, compresslevel=9)
    return target.getvalue()
