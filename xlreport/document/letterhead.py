"""An office's own Word file as the letterhead of the report.

Text placeholders such as {{ agency }} stand anywhere, also in headers and footers. {{ report }}, a section or a table
stands alone in its paragraph and becomes the statutory text. Each paragraph is a template of its own, rendered by the
hardened environment for strangers: so a mistake is named by its paragraph, and no loop or condition goes beyond it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from lxml import etree

from xlreport.document.compose import compose, printed
from xlreport.document.docx import body_xml, styles_xml
from xlreport.document.outline import Aside, Block, Grid, Heading, Outline
from xlreport.document.profile import Profile
from xlreport.errors import InputError, UnsafeError, XlreportError
from xlreport.messages import say
from xlreport.report import Report
from xlreport.safe.jinja import Budget, render
from xlreport.safe.letterheads import DOCUMENT, preflight
from xlreport.safe.xml import parse
from xlreport.safe.zips import repack

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STYLES = "word/styles.xml"
_PARTS = re.compile(r"word/(?:document|header\d*|footer\d*)\.xml")
_TOKEN = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_ALONE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_SECONDS = 2.0
_NEAR = 20


class Mistake(NamedTuple):
    """What is wrong in paragraph `number`, from 1, of a part; 0 where the whole file lacks something."""

    part: str
    number: int
    near: str
    error: XlreportError

    def tell(self, language: str = "zh") -> str:
        """One line: where, and what."""
        if not self.number:
            return self.error.tell(language)
        where = "body" if self.part == DOCUMENT else "header" if "header" in self.part else "footer"
        place = say(f"letterhead.{where}", language, number=self.number)
        return say("letterhead.mistake", language, place=place, near=self.near, reason=self.error.tell(language))


class Filled(NamedTuple):
    """The filled file, and what is wrong with the template; with a mistake the file is of no use."""

    content: bytes
    mistakes: tuple[Mistake, ...]


def check_letterhead(template: bytes, form: str = "2021") -> tuple[Mistake, ...]:
    """Every mistake in a letterhead. Raises UnsafeError for one that could harm, InputError for what is none."""
    sample = Report(form, "某市某局", 2024)
    return fill_letterhead(template, sample, compose(sample), None).mistakes


def fill_letterhead(template: bytes, report: Report, outline: Outline, profile: Profile | None) -> Filled:
    """The letterhead with the report in it. Raises as `check_letterhead`."""
    package = preflight(template)
    if _STYLES not in package.parts:
        raise InputError("letterhead.not_docx")
    blocks, values = _blocks(report, outline), _values(report, outline)
    styles = _Styles(parse(_STYLES, package.parts[_STYLES]), profile)
    changed, mistakes, used = {}, [], set()
    budget, end = Budget(seconds=_SECONDS), time.thread_time() + _SECONDS
    for name in sorted(filter(_PARTS.fullmatch, package.parts)):
        tree = parse(name, package.parts[name])
        for number, paragraph in enumerate(list(tree.iter(f"{_W}p")), 1):
            text = "".join(node.text or "" for node in _texts(paragraph))
            if not _MARK.search(text):
                continue
            if time.thread_time() > end:
                raise UnsafeError("template.endless")
            alone = _ALONE.fullmatch(text.strip())
            try:
                if alone and alone[1] in blocks and name == DOCUMENT:
                    used.add(alone[1])
                    _insert(paragraph, body_xml(blocks[alone[1]], profile, _room(tree)), styles)
                else:
                    _refuse_blocks(text, blocks)
                    _print(paragraph, values, budget)
            except (InputError, UnsafeError) as error:
                mistakes.append(Mistake(name, number, text.strip()[:_NEAR], error))
        changed[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    mistakes += [Mistake("", 0, "", InputError("letterhead.lacks", name=t)) for t in _lacking(used, report)]
    changed[_STYLES] = etree.tostring(styles.tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Filled(repack(package, changed), tuple(mistakes))


def _values(report: Report, outline: Outline) -> dict[str, object]:
    """What text placeholders may name: every figure by its name in the workbook, as the tables print it."""
    figures = report.statute.figures
    asides = {block.place: block.text for block in outline.blocks if isinstance(block, Aside)}
    return {
        "title": outline.title,
        "agency": outline.agency,
        "year": "" if outline.year is None else outline.year,
        "number": asides.get("number", ""),
        "date": asides.get("date", ""),
        **{id_.replace(".", "_"): printed(figure, report.figures.get(id_)) for id_, figure in figures.items()},
    }


def _blocks(report: Report, outline: Outline) -> dict[str, Sequence[Block]]:
    """What a placeholder of its own paragraph may name: the report, its preamble, each section, each table."""
    body = [block for block in outline.blocks if not isinstance(block, Aside)]
    starts = [at for at, block in enumerate(body) if isinstance(block, Heading) and block.level == 1]
    sections = zip(report.statute.sections, starts, [*starts[1:], len(body)], strict=True)
    tables: dict[str, Sequence[Block]] = {block.id: [block] for block in body if isinstance(block, Grid)}
    return {"report": body, "preamble": body[: starts[0]], **tables, **{s.id: body[a:b] for s, a, b in sections}}


def _lacking(used: set[str], report: Report) -> Iterator[str]:
    """The sections that a reader of the filled file would miss."""
    if "report" not in used:
        for section in report.statute.sections:
            if section.id not in used and section.table not in used:
                yield section.id


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph itself, not of a text box in it."""
    return [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]


def _refuse_blocks(text: str, blocks: Mapping[str, object]) -> None:
    for found in _ALONE.finditer(text):
        if found[1] in blocks:
            raise InputError("letterhead.alone", name=found[1])


def _print(paragraph: Any, values: Mapping[str, object], budget: Budget) -> None:
    """Fill the placeholders; each is printed as its first character is, and what stands round them stays as it is."""
    nodes = _texts(paragraph)
    text = "".join(node.text or "" for node in nodes)
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    if not tokens or "{%" in text or _MARK.search(_TOKEN.sub("", text)):
        tokens = [(0, len(text))]  # a condition, or a brace without its pair: the paragraph as a whole
    filled = [(start, end, render(text[start:end], values, escape=False, budget=budget)) for start, end in tokens]
    place = 0
    for node in nodes:
        own = node.text or ""
        first, last = place, place + len(own)
        place, pieces, at = last, [], first
        for start, end, words in filled:
            if end <= at or start >= last:
                continue
            pieces.append(text[at : max(at, start)])
            pieces.append(words if first <= start else "")
            at = min(end, last)
        pieces.append(text[at:last])
        node.text = _xml_text("".join(pieces))
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _xml_text(text: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)


def _insert(paragraph: Any, xml: bytes, styles: _Styles) -> None:
    """Put our paragraphs and tables in the place of the placeholder's."""
    root = etree.fromstring(xml)
    for element in root.iter(f"{_W}pStyle", f"{_W}tblStyle"):
        element.set(f"{_W}val", styles.known_as(str(element.get(f"{_W}val"))))
    parent, at = paragraph.getparent(), paragraph.getparent().index(paragraph)
    section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    ends_in_cell = parent.tag == f"{_W}tc" and len(root) and root[-1].tag == f"{_W}tbl"
    kept = [paragraph] if section is not None or ends_in_cell else []  # a section's end; a cell ends with a paragraph
    for node in _texts(paragraph):
        node.text = ""
    parent[at : at + 1] = [*root, *kept]


def _room(tree: Any) -> int:
    """Width of the text in twentieths of a point: of the last section, at most that of the official layout."""
    sections: list[Any] = list(tree.iter(f"{_W}sectPr"))
    size: Any = sections[-1].find(f"{_W}pgSz") if sections else None
    margins: Any = sections[-1].find(f"{_W}pgMar") if sections else None
    try:
        room = int(size.get(f"{_W}w")) - int(margins.get(f"{_W}left")) - int(margins.get(f"{_W}right"))
    except (AttributeError, TypeError, ValueError):
        room = 8844
    return max(4000, min(8844, room))


class _Styles:
    """The template's styles, to which ours are added; where it has one of the same name, it is the template's."""

    def __init__(self, tree: Any, profile: Profile | None) -> None:
        self.tree = tree
        theirs = {_name(style): style.get(f"{_W}styleId") for style in _named(tree)}
        taken = {style.get(f"{_W}styleId") for style in tree.iter(f"{_W}style")}
        self._ids: dict[str, str] = {}
        added = []
        for style in _named(etree.fromstring(styles_xml(profile))):
            own, name = style.get(f"{_W}styleId"), _name(style)
            self._ids[own] = theirs.get(name) or (own if own not in taken else f"xlreport{own}")
            if name not in theirs:
                added.append(style)
        for style in added:
            style.attrib.pop(f"{_W}default", None)
            style.set(f"{_W}styleId", self._ids[style.get(f"{_W}styleId")])
            for link in style.iter(f"{_W}basedOn", f"{_W}next"):
                link.set(f"{_W}val", self._ids[link.get(f"{_W}val")])
            tree.append(style)

    def known_as(self, own: str) -> str:
        """The id in the template of one of our styles."""
        return self._ids[own]


def _named(tree: Any) -> list[Any]:
    return [style for style in tree.iter(f"{_W}style") if style.find(f"{_W}name") is not None]


def _name(style: Any) -> str:
    name: Any = style.find(f"{_W}name")
    return str(name.get(f"{_W}val", "")).casefold()
