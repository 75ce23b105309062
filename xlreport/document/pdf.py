"""The outline as a PDF in the look of GB/T 9704, by Typst in process: PDF/A-3a and PDF/UA-1, same input, same bytes.

The look is in official.typ; what is printed goes there as JSON, never as markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlreport.document.epoch import source_date
from xlreport.document.fonts import Font, FontSet, find_fonts, open_fonts
from xlreport.document.outline import Aside, Block, Grid, Heading, Outline, Paragraph
from xlreport.document.pdftags import retagged
from xlreport.document.profile import PARTS, Profile, load_profile
from xlreport.document.tabular import tabular
from xlreport.document.title import title_lines
from xlreport.errors import ProgramError

if TYPE_CHECKING:
    import typst

_NUMBERS = re.compile("(〔[0-9]{4}〕[0-9]+号|[0-9][0-9,.]*[%‰]?[\u3400-\u9fff\U00020000-\U0003ffff㎡㎞℃]?)")
"""100㎡, 2025年, 30号, 〔2021〕30号."""
_RUNS = re.compile("([!-.0-~]{50,}|—{29,})")
STANDARDS: Any = ["a-3a", "ua-1"]
EPOCH = 1_640_995_200
"""2022-01-01, when the form came into force: the date in the file unless SOURCE_DATE_EPOCH gives another."""


def render_pdf(outline: Outline, profile: Profile | None = None, *, fonts: FontSet | None = None) -> bytes:
    """The whole document as PDF.

    Raises InputError for a character that cannot be printed or that no font has; ProgramError when Typst refuses.
    """
    import typst  # 6 ms that most commands do not need

    fonts = (fonts or find_fonts()).covering("\n".join(_words(outline)))
    epoch = source_date()
    inputs = {
        "document": json.dumps(_document(outline, profile or load_profile("official"), fonts), ensure_ascii=False)
    }
    try:
        content, warnings = _compiler(fonts.fonts).compile_with_warnings(
            format="pdf",
            sys_inputs=inputs,
            pdf_standards=STANDARDS,
            timestamp=EPOCH if epoch is None else epoch,
        )
    except typst.TypstError as error:
        raise ProgramError("document.pdf.refused", reason=error.message) from error
    if warnings:
        raise ProgramError("document.pdf.refused", reason=warnings[0].message)
    assert isinstance(content, bytes)
    return retagged(content, [block for block in outline.blocks if isinstance(block, Grid)])


@cache
def _compiler(fonts: tuple[Font, ...]) -> typst.Compiler:
    import typst

    look = Path(__file__).with_name("official.typ")
    return typst.Compiler(input=look, root=look.parent, font_paths=open_fonts(font.path for font in fonts))


def _words(outline: Outline) -> Iterator[str]:
    """Everything that is printed."""
    yield outline.title
    for block in outline.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text
    yield "—0123456789"  # page numbers


def _document(outline: Outline, profile: Profile, fonts: FontSet) -> dict[str, Any]:
    """What official.typ reads."""
    return {
        "title": outline.title,
        "lines": title_lines(outline.title, outline.agency, profile.width / profile.sizes[0]),
        "look": {
            "margins": profile.margins,
            "lines": profile.lines,
            "characters": profile.characters,
            "number": profile.number,
            "sizes": profile.sizes,
            "faces": dict(zip(PARTS, profile.faces, strict=True)),
        },
        "author": [outline.agency] if outline.agency else [],
        "latin": fonts.faces["latin"].family,
        "faces": {face: fonts.families(face) for face in fonts.faces},
        "blocks": [
            _block(block) | {"signed": isinstance(after, Aside)}
            for block, after in zip(outline.blocks, (*outline.blocks[1:], None), strict=False)
        ],
        "carried": outline.carried and outline.carried.data,
    }


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": _spaced(text)}
        case Paragraph(text, note):
            return {"kind": "note" if note else "paragraph", "pieces": list(_pieces(_spaced(text)))}
        case Aside(text, place, indent, first):
            return {"kind": "aside", "text": _spaced(text), "place": place, "indent": indent, "first": first}
        case Grid():
            return {"kind": "table", "grid": tabular(block)}


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, and whether each stays whole: a number with what it counts.

    A run that has no place to break, and would leave the paper, breaks anywhere. Thousands of pieces are no trouble;
    a show rule of Typst would give up at some hundreds.
    """
    for piece in _RUNS.split(text):
        if _RUNS.fullmatch(piece):
            yield from ((character, True) for character in piece)
        else:
            yield from ((part, _NUMBERS.fullmatch(part) is not None) for part in _NUMBERS.split(piece) if part)


def _spaced(text: str) -> str:
    """A tab as a space: no font has a glyph for it."""
    return text.replace("\t", " ")
