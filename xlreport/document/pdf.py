"""The outline as a PDF in the look of GB/T 9704, by Typst in process: PDF/A-3a and PDF/UA-1, same input, same bytes.

The look is in official.typ; what is printed goes there as JSON, never as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xlreport.document.epoch import source_date
from xlreport.document.fonts import FontSet, find_fonts
from xlreport.document.outline import Aside, Block, Grid, Heading, Outline, Paragraph
from xlreport.document.pdftags import retagged
from xlreport.document.picture import drawn, words
from xlreport.document.profile import PARTS, Profile, load_profile
from xlreport.document.sheets import Sheets, sheets, wider
from xlreport.document.tabular import tabular
from xlreport.document.title import title_lines
from xlreport.document.typesetter import typeset

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
    fonts = (fonts or find_fonts()).covering("\n".join(_words(outline)))
    epoch = source_date()
    content = typeset(
        "official.typ",
        _document(outline, profile or load_profile("official"), fonts),
        fonts,
        format="pdf",
        pdf_standards=STANDARDS,
        timestamp=EPOCH if epoch is None else epoch,
    )
    return retagged(content, [block for block in outline.blocks if isinstance(block, Grid)])


def faces_used(profile: Profile, *, summary: bool = False) -> dict[str, list[str]]:
    """What official.typ prints in each face: the parts of the profile, page numbers, the summary, digits."""
    uses: dict[str, list[str]] = {}
    for part, face in zip(PARTS, profile.faces, strict=True):
        uses.setdefault(face, []).append(part)
    if profile.number != "none":
        uses.setdefault("song", []).append("number")
    if summary:
        for face in ("hei", "song"):
            uses.setdefault(face, []).append("summary")
    return uses | {"latin": ["latin"]}


def _words(outline: Outline) -> Iterator[str]:
    """Everything that is printed."""
    yield outline.title
    for block in outline.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text
    if outline.summary:
        yield from words(outline.summary)
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
        "runs": [_run(run, profile) for run in sheets(outline.blocks, profile)],
        "carried": outline.carried and outline.carried.data,
        "summary": outline.summary and drawn(outline.summary),
    }


def _run(run: Sheets, profile: Profile) -> dict[str, Any]:
    blocks = [wider(block, profile) if run.turned and isinstance(block, Grid) else block for block in run.blocks]
    after = (*blocks[1:], None)
    signed = ({"signed": isinstance(block, Aside)} for block in after)
    parts = [_block(block) | also for block, also in zip(blocks, signed, strict=True)]
    return {"turned": run.turned, "room": run.room, "blocks": parts}


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
