"""PDF/A-3a and PDF/UA-1 rule by rule: those of veraPDF's profiles that a file like ours can break, by the clauses.

ISO 19005-3 (A) and ISO 14289-1 (UA). veraPDF itself is in no registry that the project installs from.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.basePen import NullPen
from fontTools.ttLib import TTFont
from lxml import etree
from pdfminer.cmapdb import CMapParser, FileUnicodeMap
from pikepdf import Array, Dictionary, Name, Stream

from tests.document.conftest import a_report
from tests.document.test_pdf_structure import elements
from tests.samples import city
from xlreport import job

STANDARD = {
    *("Document", "Part", "Sect", "Div", "P", "H1", "H2", "H3", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot"),
    *("Caption", "Span", "Figure", "L", "LI", "Lbl", "LBody", "Note", "NonStruct", "Link"),
}
FILTERS = {"/FlateDecode", "/DCTDecode", "/ASCIIHexDecode", "/ASCII85Decode"}
DRESS = job.Dress(number="宿政发〔2025〕1号", date="2025年1月20日", attachments=("甲", "乙"))
FILES = {
    "a city's, with a picture": lambda: job.render(city(), "pdf", dress=DRESS, summary=True),
    "form 2019, nasty": lambda: job.render(a_report("2019"), "pdf"),
}


@pytest.fixture(scope="module", params=FILES)
def content(request: Any) -> bytes:
    """A whole file as `export` makes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XLREPORT_FONTS", "bundled")
        return FILES[request.param]()


@pytest.fixture
def pdf(content: bytes) -> Iterator[Any]:
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


def every(item: Any, depth: int = 0) -> Iterator[Any]:
    """An object and those within it, references not followed."""
    yield item
    inside = item.values() if isinstance(item, Dictionary | Stream) else item if isinstance(item, Array) else ()
    for one in inside:
        if not getattr(one, "is_indirect", False):
            yield from every(one, depth + 1)


def instructions(page: Any) -> Iterator[tuple[Any, str]]:
    """What a page draws with: operands and operator."""
    for one in pikepdf.parse_content_stream(page):
        assert not isinstance(one, pikepdf.ContentStreamInlineImage)
        yield one.operands, str(one.operator)


def test_file(content: bytes, pdf: Any) -> None:
    """A 6.1.2, 6.1.3, 6.1.9, 6.11: head, two identities, nothing after the end, no encryption, no requirements."""
    assert re.match(rb"%PDF-1\.7\n%[\x80-\xff]{4}\n", content)
    assert content.endswith((b"%%EOF", b"%%EOF\n"))
    assert content.count(b"%%EOF") == 1
    assert len(pdf.trailer.ID) == 2
    assert not pdf.is_encrypted
    keys = {"/Requirements", "/OpenAction", "/AA", "/AcroForm", "/Perms", "/NeedsRendering", "/Collection"}
    assert not keys & set(pdf.Root.keys())
    assert "/AlternatePresentations" not in pdf.Root.get("/Names", {})


def test_limits(pdf: Any) -> None:
    """A 6.1.7, 6.1.13: lengths of strings and names, sizes of numbers and pages, kinds of streams."""
    for one in (inner for item in pdf.objects for inner in every(item)):
        if isinstance(one, pikepdf.String):
            assert len(bytes(one)) < 32_768
        elif isinstance(one, Name):
            assert len(str(one).encode()) <= 128
            assert str(one).encode().decode("utf-8")
        elif isinstance(one, int):
            assert abs(one) <= 2**31 - 1
        elif isinstance(one, Stream):
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys())
            filters = one.get("/Filter", Array())
            assert {str(x) for x in (filters if isinstance(filters, Array) else [filters])} <= FILTERS
    for page in pdf.pages:
        left, bottom, right, top = map(float, page.MediaBox)
        assert 3 <= right - left <= 14_400
        assert 3 <= top - bottom <= 14_400
        assert not {"/AA", "/PresSteps", "/Annots"} & set(page.obj.keys())  # nothing that needs a flag, a name or a tag


def test_drawing(pdf: Any) -> None:
    """A 6.2.2, 6.1.13: what pages draw with is in their own resources; q nests 28 deep at most; no CMYK."""
    kinds = {"Tf": "/Font", "gs": "/ExtGState", "Do": "/XObject", "cs": "/ColorSpace", "CS": "/ColorSpace"}
    for page in pdf.pages:
        deep = 0
        for operands, said in instructions(page):
            deep += (said == "q") - (said == "Q")
            assert 0 <= deep <= 28
            assert said not in {"k", "K", "ri", "BX", "EX", "sh"}
            if said in kinds and not re.match("/(Device|Pattern$)", str(operands[0])):
                assert operands[0] in page.obj.Resources[kinds[said]]
        for state in page.obj.Resources.get("/ExtGState", {}).values():
            assert not {"/TR", "/TR2", "/HTP", "/SMask"} & set(state.keys())


def test_colours(pdf: Any) -> None:
    """A 6.2.3: one output intent, of a profile for RGB before version 5."""
    (intent,) = pdf.Root.OutputIntents
    profile = intent.DestOutputProfile.read_bytes()
    assert intent.S == Name.GTS_PDFA1
    assert profile[12:16] in (b"prtr", b"mntr")
    assert profile[16:20] == b"RGB "
    assert profile[8] < 5
    assert intent.DestOutputProfile.N == 3


def shown(pdf: Any) -> Iterator[tuple[Any, int]]:
    """Each font and each code of two bytes that is drawn with it."""
    for page in pdf.pages:
        font: Any = None
        for operands, operator in instructions(page):
            if operator == "Tf":
                font = page.obj.Resources.Font[operands[0]]
            elif operator in ("Tj", "TJ"):
                pieces = operands[0] if operator == "TJ" else operands
                for text in (bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)):
                    yield from ((font, int.from_bytes(text[n : n + 2])) for n in range(0, len(text), 2))


def test_fonts(pdf: Any) -> None:
    """A 6.2.11, UA 7.21: fonts whole and embedded; every sign is in the font, as wide as told, and has its meaning."""
    used: dict[Any, set[int]] = {}
    fonts = {}
    for font, code in shown(pdf):
        fonts[font.objgen] = font
        used.setdefault(font.objgen, set()).add(code)
    assert len(used) > 2
    for id_, font in fonts.items():
        (cid,) = font.DescendantFonts
        descriptor = cid.FontDescriptor
        assert (font.Type, font.Subtype, font.Encoding) == (Name.Font, Name.Type0, Name("/Identity-H"))
        assert re.fullmatch(r"/[A-Z]{6}\+\S+", str(cid.BaseFont))
        glyphs = program_widths(cid)
        listed = descriptor.CIDSet.read_bytes() if "/CIDSet" in descriptor else b"\xff" * len(glyphs)
        assert all(listed[n // 8] >> (7 - n % 8) & 1 for n in range(len(glyphs)))
        told = widths(cid)
        meaning = meanings(font.ToUnicode.read_bytes())
        for code in used[id_]:
            assert 0 < code < len(glyphs)  # 0 is .notdef
            assert abs(glyphs[code] - told.get(code, float(cid.get("/DW", 1000)))) <= 1
            assert not set(meaning[code]) & {"\0", "\ufffe", "\ufeff"}
            assert not any("\ue000" <= c <= "\uf8ff" or c >= "\U000f0000" for c in meaning[code])


def meanings(content: bytes) -> dict[int, str]:
    """The characters of each code."""
    found = FileUnicodeMap()
    CMapParser(found, io.BytesIO(content)).run()
    return dict(found.cid2unichr)


def program_widths(cid: Any) -> list[float]:
    """Of the font that is embedded: the width of each glyph, in thousandths."""
    descriptor = cid.FontDescriptor
    if cid.Subtype == Name.CIDFontType2:
        assert cid.CIDToGIDMap == Name.Identity
        font = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)
        metrics = font["hmtx"].metrics
        return [1000 * metrics[name][0] / font["head"].unitsPerEm for name in font.getGlyphOrder()]
    assert descriptor.FontFile3.Subtype == Name.CIDFontType0C
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(descriptor.FontFile3.read_bytes()), None)
    top = fonts[0]
    found = []
    for number in range(len(top.CharStrings.charStringsIndex)):
        charstring, _ = top.CharStrings.getItemAndSelector(top.charset[number])
        charstring.decompile()
        pen = NullPen()
        charstring.draw(pen)
        found.append(float(charstring.width) * 1000 * top.FontMatrix[0])
    return found


def widths(cid: Any) -> dict[int, float]:
    """The array W: first [w w w], or first last w."""
    found: dict[int, float] = {}
    items = list(cid.get("/W", []))
    while items:
        first = int(items.pop(0))
        if isinstance(items[0], Array):
            found |= {first + n: float(width) for n, width in enumerate(items.pop(0))}
        else:
            last, width = int(items.pop(0)), float(items.pop(0))
            found |= dict.fromkeys(range(first, last + 1), width)
    return found


def test_metadata(pdf: Any) -> None:
    """A 6.6, UA 5, 7.1: XMP in UTF-8, unfiltered, says standards, title and date as the file does, in known words."""
    stream = pdf.Root.Metadata
    assert "/Filter" not in stream
    packet = stream.read_bytes()
    root = etree.fromstring(packet)
    assert b"bytes=" not in packet.split(b"?>")[0]
    assert b"encoding=" not in packet.split(b"?>")[0]
    with pdf.open_metadata() as metadata:
        said = {key: metadata[key] for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "dc:title")}
        assert said == {
            "pdfaid:part": "3",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
            "dc:title": str(pdf.docinfo.Title),
        }
        assert metadata["dc:creator"] == [str(pdf.docinfo.Author)]
    known = ("purl.org/dc/elements/1.1/", "ns.adobe.com/", "www.aiim.org/pdfa/ns/", "www.w3.org/1999/02/22-rdf-syntax")
    described = set(re.findall(r"<pdfaSchema:namespaceURI>(.*?)</pdfaSchema:namespaceURI>", packet.decode()))
    for namespace in {etree.QName(element).namespace for element in root.iter("*")} - {"adobe:ns:meta/"}:
        assert any(word in str(namespace) for word in known) or namespace in described
    dates = [str(pdf.docinfo[key])[2:16] for key in ("/CreationDate", "/ModDate") if key in pdf.docinfo]
    in_xmp = re.findall(r"<xmp:(?:CreateDate|ModifyDate)>(.*?)<", packet.decode())
    assert {re.sub(r"\D", "", text)[:14] for text in in_xmp} == set(dates)


def test_attachment(pdf: Any) -> None:
    """A 6.8, UA 7.11: the data are one associated file, with both names, a media type, a relationship and a date."""
    (specification,) = pdf.Root.AF
    assert str(specification.F) == str(specification.UF) == "report.json"
    assert specification.AFRelationship == Name.Data
    assert str(specification.Desc)
    file = specification.EF.F
    assert file.Subtype == Name("/application/json")
    assert str(file.Params.ModDate).startswith("D:")
    names = pdf.Root.Names.EmbeddedFiles.Names
    assert [str(names[0]), names[1].objgen] == ["report.json", specification.objgen]


def test_structure(pdf: Any) -> None:
    """A 6.7, UA 7.1 to 7.5: each element has its parent, a standard type, and the children that its type may have."""
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.MarkInfo.get("/Suspects", False) is False
    assert re.fullmatch(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*", str(pdf.Root.Lang))
    parents = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"}, "TD": {"TR"}}
    parents |= {kind: {"Table"} for kind in ("THead", "TBody", "TFoot")}
    roles = {str(own)[1:]: str(role)[1:] for own, role in pdf.Root.StructTreeRoot.get("/RoleMap", {}).items()}
    assert not set(roles) & STANDARD
    assert set(roles.values()) <= STANDARD
    levels = []
    for element in elements(pdf.Root.StructTreeRoot):
        kind, parent = (
            roles.get(str(one.get("/S", "/"))[1:], str(one.get("/S", "/"))[1:]) for one in (element, element.P)
        )
        assert kind in STANDARD
        assert kind not in parents or parent in parents[kind]
        kids = Counter(str(kid.S)[1:] for kid in children(element))
        if kind == "TR":
            assert set(kids) <= {"TH", "TD"}
        if kind in ("THead", "TBody", "TFoot"):
            assert set(kids) == {"TR"}
        if kind == "Table":
            assert kids["THead"] <= 1
            assert not kids["THead"] or kids["TBody"]
        if kind == "Figure":
            assert str(element.Alt)
        levels += [int(kind[1])] if re.fullmatch("H[1-6]", kind) else []
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def children(element: Any) -> Iterator[Any]:
    kids = element.get("/K", Array())
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen
            yield kid


def test_grids(pdf: Any) -> None:
    """UA 7.2: the cells of a table fill a rectangle, none over another."""
    tables = [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) == "/Table"]
    assert len(tables) >= 3
    for table in tables:
        taken: set[tuple[int, int]] = set()
        rows = [element for element in elements(table) if str(element.S) == "/TR"]
        for row, line in enumerate(rows):
            column = 0
            for cell in children(line):
                while (row, column) in taken:
                    column += 1
                spans = {
                    key: int(part[key]) for part in attributes(cell) for key in ("/RowSpan", "/ColSpan") if key in part
                }
                down, across = spans.get("/RowSpan", 1), spans.get("/ColSpan", 1)
                places = {(r, c) for r in range(row, row + down) for c in range(column, column + across)}
                assert not places & taken
                taken |= places
        width = 1 + max(column for _, column in taken)
        assert taken == {(row, column) for row in range(len(rows)) for column in range(width)}


def attributes(element: Any) -> list[Any]:
    found = element.get("/A", Array())
    return list(found) if isinstance(found, Array) else [found]


def test_marked_content(pdf: Any) -> None:
    """UA 7.1, A 6.7: what is drawn is an artifact or belongs to the one element that the parent tree names for it."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    tree = dict(zip(map(int, list(numbers)[::2]), list(numbers)[1::2], strict=True))
    claimed: Counter[tuple[Any, int]] = Counter()
    for element in elements(pdf.Root.StructTreeRoot):
        kids = element.get("/K", Array())
        for kid in kids if isinstance(kids, Array) else [kids]:
            if isinstance(kid, int):
                claimed[element.Pg.objgen, kid] += 1
            elif isinstance(kid, Dictionary) and "/MCID" in kid:
                claimed[kid.get("/Pg", element.get("/Pg")).objgen, int(kid.MCID)] += 1
    assert set(claimed.values()) == {1}
    drawn = set()
    for page in pdf.pages:
        open_: list[str] = []
        for operands, operator in instructions(page):
            if operator in ("BDC", "BMC"):
                kind = str(operands[0])
                assert kind == "/Artifact" or "/Artifact" not in open_
                assert kind != "/Artifact" or not open_
                open_.append(kind)
                if kind != "/Artifact" and len(operands) > 1 and "/MCID" in operands[1]:
                    number = int(operands[1].MCID)
                    drawn.add((page.obj.objgen, number))
                    assert "/S" in tree[int(page.obj.StructParents)][number]
            elif operator == "EMC":
                open_.pop()
    assert drawn == set(claimed)
