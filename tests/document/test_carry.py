"""A report's data in a Word file of any make."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx as python_docx
import pytest

from tests.document.judges import ooxml_errors
from tests.samples import bureau, city
from xlreport import job
from xlreport.data import dump_report
from xlreport.document.carry import carry
from xlreport.envelope import Envelope, seal
from xlreport.published.read import open_page, opened

CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
THEIRS = {
    "customXml/item1.xml": b'<data xmlns="urn:their:own">&lt;1&gt;</data>',
    "docProps/custom.xml": (
        f'<Properties xmlns="{CUSTOM}" xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="7" name="Their"><vt:lpwstr>own</vt:lpwstr>'
        "</property></Properties>"
    ).encode(),
}
TYPE = (
    '<Override PartName="/docProps/custom.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>'
)
LINK = (
    '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" '
    'Target="{}"/></Relationships>'
)


def word() -> bytes:
    """A Word file that carries nothing."""
    file = io.BytesIO()
    document: Any = python_docx.Document()
    document.add_paragraph("某局文件")
    document.save(file)
    return carry(file.getvalue(), None)


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == len({name.casefold() for name in archive.namelist()})
        return {name: archive.read(name) for name in archive.namelist()}


def with_theirs() -> bytes:
    """One that has a custom XML part and a property of another program."""
    all_parts = parts(word()) | THEIRS
    for name, old, new in (
        ("[Content_Types].xml", "</Types>", TYPE),
        ("_rels/.rels", "</Relationships>", LINK.format("custom-properties", "docProps/custom.xml")),
        ("word/_rels/document.xml.rels", "</Relationships>", LINK.format("customXml", "../customXml/item1.xml")),
    ):
        all_parts[name] = all_parts[name].decode().replace(old, new).encode()
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in all_parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def envelope(report: Any) -> Envelope:
    return seal(report(), "1")


def carried(file: bytes) -> Any:
    page = open_page(file, ".docx")
    found = opened(page)
    return found and (dump_report(found.report), page.mark)


def told(report: Any) -> tuple[str, str]:
    """What a file that carries this report is found to carry."""
    return dump_report(report()), envelope(report).mark


@pytest.mark.parametrize("file", [word, with_theirs])
def test_carried(tmp_path: Path, file: Any) -> None:
    """The data are found again, by our reader and beside a schema that holds; nothing else of the file changes."""
    before, after = parts(file()), parts(carry(file(), envelope(city)))
    assert carried(carry(file(), envelope(city))) == told(city)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels", "docProps/custom.xml"}
    (tmp_path / "a.docx").write_bytes(file())
    (tmp_path / "b.docx").write_bytes(carry(file(), envelope(city)))
    assert ooxml_errors(tmp_path / "b.docx") == ooxml_errors(tmp_path / "a.docx")


def test_theirs_stay() -> None:
    """Custom XML and properties of another program stay, ours beside them under free names and numbers."""
    after = parts(carry(with_theirs(), envelope(city)))
    assert after["customXml/item1.xml"] == THEIRS["customXml/item1.xml"]
    assert b"urn:xlreport:document:1" in after["customXml/item2.xml"]
    properties = after["docProps/custom.xml"].decode()
    assert re.findall(r'pid="(\d+)" name="(\w+)"', properties) == [("7", "Their"), ("8", "xlreport")]
    ids = re.findall(r'Id="(\w+)"', after["word/_rels/document.xml.rels"].decode())
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("file", [word, with_theirs])
def test_only_the_last(file: Any) -> None:
    """Another report's data take the place of those from an earlier export; with none, nothing of ours is left."""
    once = carry(file(), envelope(bureau))
    assert carried(carry(once, envelope(city))) == told(city)
    assert set(parts(carry(once, envelope(city)))) == set(parts(once))
    bare = parts(carry(once, None))
    assert not any(b"urn:xlreport" in part or b'name="xlreport"' in part for part in bare.values())
    assert set(bare) - {"docProps/custom.xml"} == set(parts(file())) - {"docProps/custom.xml"}


def test_our_own_as_letterhead() -> None:
    """Last year's report of ours, made a letterhead, loses what it carried."""
    assert carried(job.render(bureau(), "docx"))[0] == told(bureau)[0]
    assert carried(carry(job.render(bureau(), "docx"), None)) is None
    assert carried(carry(job.render(bureau(), "docx"), envelope(city))) == told(city)


def test_comments() -> None:
    """A comment in the properties or in the lists of a package is no item of theirs."""
    all_parts = parts(with_theirs())
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in all_parts.items():
            commented = name in (*THEIRS, "[Content_Types].xml") or name.endswith(".rels")
            end = content.rindex(b"</") if commented else 0
            archive.writestr(name, content[:end] + b"<!-- theirs -->" + content[end:] if commented else content)
    assert carried(carry(file.getvalue(), envelope(city))) == told(city)
    again = carry(carry(file.getvalue(), envelope(bureau)), envelope(city))
    assert carried(again) == told(city)
    assert b"<!-- theirs -->" in parts(again)["docProps/custom.xml"]


def test_same_bytes() -> None:
    """The same file and report give the same bytes."""
    assert carry(with_theirs(), envelope(city)) == carry(with_theirs(), envelope(city))


@pytest.mark.parametrize("lost", ["[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"])
def test_what_a_broken_file_lacks(lost: str) -> None:
    """Of a package that lacks its lists new ones are made."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts(word()).items():
            if name != lost:
                archive.writestr(name, content)
    assert carried(carry(file.getvalue(), envelope(city)))[0] == told(city)[0]
