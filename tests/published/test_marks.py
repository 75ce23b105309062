"""Runs of Word that styles hide, strike out, raise or paint white."""

from __future__ import annotations

import pytest

from tests.published.made import read, rezipped, stripped
from tests.published.test_doubt import CELL, FIGURES, REPORT

NUMBER = f'<w:t xml:space="preserve">{FIGURES[CELL]}</w:t></w:r>'
OTHERS = {cell: number for cell, number in FIGURES.items() if cell != CELL}
DOUBTFUL = {
    "strike": "<w:strike/>",
    "double strike": '<w:dstrike w:val="true"/>',
    "superscript": '<w:vertAlign w:val="superscript"/>',
    "raised": '<w:position w:val="10"/>',
    "lowered": '<w:position w:val="-6"/>',
    "white": '<w:color w:val="ffffff"/>',
    "white of the theme": '<w:color w:val="auto" w:themeColor="background1"/>',
}
OFF = {
    "no strike": '<w:strike w:val="0"/>',
    "baseline": '<w:vertAlign w:val="baseline"/>',
    "not raised": '<w:position w:val="0"/>',
    "grey": '<w:color w:val="BFBFBF" w:themeColor="background1" w:themeShade="BF"/>',
    "black": '<w:color w:val="000000"/>',
    "seen": '<w:vanish w:val="false"/>',
}


def style(id_: str, inner: str, base: str = "", kind: str = "character") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{id_}">{based}<w:rPr>{inner}</w:rPr></w:style>'


def figures(run: str, styles: str = "", number: str = NUMBER) -> dict[str, object]:
    """With a run behind the number of one cell, and styles besides those of the document."""
    content = rezipped(stripped(REPORT, "docx"), "word/styles.xml", "</w:styles>", f"{styles}</w:styles>")
    content = rezipped(content, "word/document.xml", NUMBER, number + run)
    return dict(read(content, "docx", lenient=True).report.figures)


def run(properties: str, text: str = "<w:t>9</w:t>") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{text}</w:r>"


def ways(inner: str) -> list[tuple[str, str]]:
    """The properties of a run that say so, and the styles they need."""
    chain = style("a", inner) + style("b", "", "a") + style("c", "<w:b/>", "b")
    return [(inner, ""), ('<w:rStyle w:val="a"/>', style("a", inner)), ('<w:rStyle w:val="c"/>', chain)]


@pytest.mark.parametrize("look", DOUBTFUL)
def test_doubtful(look: str) -> None:
    """A struck, raised or white digit beside a number makes it doubtful, told by the run, its style, or one below."""
    for properties, styles in ways(DOUBTFUL[look]):
        assert figures(run(properties), styles) == OTHERS


def test_hidden() -> None:
    """A hidden digit is none, however it is told."""
    for properties, styles in ways("<w:vanish/>"):
        assert figures(run(properties), styles) == FIGURES


@pytest.mark.parametrize("look", OFF)
def test_off(look: str) -> None:
    """What a run or a style says of itself goes before what the style below says."""
    on = "".join([*DOUBTFUL.values(), "<w:vanish/>"])
    tag = OFF[look].split()[0]
    below = style("a", next(f"<w:{x}" for x in on.split("<w:") if f"<w:{x}".startswith(tag)))
    whole = {**FIGURES, CELL: FIGURES[CELL] * 10 + 9}
    assert figures(run(f'<w:rStyle w:val="a"/>{OFF[look]}'), below) == whole
    assert figures(run('<w:rStyle w:val="b"/>'), below + style("b", OFF[look], "a")) == whole


def test_struck_as_a_whole() -> None:
    """A number that is struck out as a whole is no figure; one that is raised as a whole is."""
    for look, kept in (("strike", False), ("raised", True)):
        number = NUMBER.replace("<w:t ", f"</w:r><w:r><w:rPr>{DOUBTFUL[look]}</w:rPr><w:t ")
        found = figures(run(DOUBTFUL[look]), number=number)
        assert found.get(CELL) == (FIGURES[CELL] * 10 + 9 if kept else None)


def test_paragraph_style() -> None:
    """The style of the paragraph counts too; a toggle in both styles is off."""
    paragraph = style("p", "<w:vanish/>", kind="paragraph")
    both = paragraph + style("a", "<w:vanish/>")
    between = '</w:p><w:p><w:pPr><w:pStyle w:val="p"/></w:pPr>'
    assert figures(between + run(""), paragraph) == FIGURES
    assert figures(between + run('<w:rStyle w:val="a"/>'), both) == OTHERS


def test_circle() -> None:
    """Styles that are based on one another in a circle end."""
    styles = style("a", "<w:strike/>", "b") + style("b", "", "a")
    assert figures(run('<w:rStyle w:val="b"/>'), styles) == OTHERS


@pytest.mark.parametrize("gap", ["<w:tab/>", "<w:ptab/>", "<w:br/>", '<w:br w:type="page"/>', "<w:cr/>"])
def test_gaps(gap: str) -> None:
    """Numbers with a tab or a break between are two."""
    assert figures(run("", f"{gap}<w:t>9</w:t>")) == OTHERS
