"""An office's own Word file as the letterhead of the report.

Text placeholders such as {{ agency }} stand anywhere, also in headers and footers. {{ report }}, a section or a table
stands alone in its paragraph and becomes the statutory text. Each paragraph is a template of its own, rendered by the
hardened environment for strangers: so a mistake is named by its paragraph, and no loop or condition goes beyond it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from lxml import etree

from xlreport.document.compose import compose
from xlreport.document.docx import body_xml, styles_xml
from xlreport.document.outline import Outline
from xlreport.document.placeholders import blocks as named_blocks
from xlreport.document.placeholders import covers, lacking, unknown, unplaced
from xlreport.document.placeholders import values as named_values
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
_ADDED = {"number": "--number", "date": "--date", "attachments": "--attachment"}
"""What an office adds: placeholder and option."""


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
    """The letterhead with the report in it.

    Raises as `check_letterhead`, and InputError where it has no place for a number, a date or attachments.
    """
    package = preflight(template)
    if _STYLES not in package.parts:
        raise InputError("letterhead.not_docx")
    blocks, values = named_blocks(report, outline), named_values(report, outline)
    styles = _Styles(parse(_STYLES, package.parts[_STYLES]), profile)
    changed: dict[str, bytes] = {}
    mistakes: list[Mistake] = []
    used: set[str | None] = set()
    said: list[str] = []
    budget, end = Budget(seconds=_SECONDS), time.thread_time() + _SECONDS
    for name in sorted(filter(_PARTS.fullmatch, package.parts)):
        tree = parse(name, package.parts[name])
        paragraphs: list[Any] = list(tree.iter(f"{_W}p"))
        for number, paragraph in enumerate(paragraphs, 1):
            text = "".join(node.text or "" for node in _texts(paragraph))
            if not _MARK.search(text):
                continue
            if time.thread_time() > end:
                raise UnsafeError("template.endless")
            alone = _ALONE.fullmatch(text.strip())
            errors: list[XlreportError] = []
            if alone and alone[1] in blocks and name == DOCUMENT:
                own = covers(alone[1], report)
                if used & own:
                    errors.append(InputError("letterhead.twice", name=alone[1]))
                else:
                    _insert(paragraph, body_xml(blocks[alone[1]], profile, _room(tree)), styles)
                used |= own
            else:
                words, errors = _print(paragraph, values, blocks, budget)
                said.append(words)
                if alone and alone[1] in _ADDED and not words and not errors and _may_go(paragraph):
                    paragraph.getparent().remove(paragraph)
            mistakes += [Mistake(name, number, text.strip()[:_NEAR], error) for error in errors]
        changed[name] = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    mistakes += [Mistake("", 0, "", error) for error in lacking(used, report)]
    if not mistakes and (lost := unplaced(outline, used, "\n".join(said))):
        options, names = "、".join(map(_ADDED.__getitem__, lost)), "、".join(f"{{{{ {place} }}}}" for place in lost)
        raise InputError("letterhead.no_place", options=options, names=names)
    changed[_STYLES] = etree.tostring(styles.tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return Filled(repack(package, changed), tuple(mistakes))


def _texts(paragraph: Any) -> list[Any]:
    """The text nodes of a paragraph itself, not of a text box in it."""
    return [node for node in paragraph.iter(f"{_W}t") if next(node.iterancestors(f"{_W}p")) is paragraph]


def _print(
    paragraph: Any, values: Mapping[str, object], blocks: Mapping[str, object], budget: Budget
) -> tuple[str, list[XlreportError]]:
    """Fill the placeholders; each is printed as its first character is, and what stands round them stays as it is.

    The words filled in, and every mistake; with one the paragraph stays as it is.
    """
    nodes = _texts(paragraph)
    text = "".join(node.text or "" for node in nodes)
    tokens = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    if not tokens or "{%" in text or _MARK.search(_TOKEN.sub("", text)):
        tokens = [(0, len(text))]  # a condition, or a brace without its pair: the paragraph as a whole
    filled: list[tuple[int, int, str]] = []
    errors: dict[str, XlreportError] = {}
    for start, end in tokens:
        try:
            filled.append((start, end, render(text[start:end], values, escape=False, budget=budget)))
        except UnsafeError as error:  # perhaps of the budget, which is then spent for all
            return "", [*errors.values(), error]
        except InputError as error:
            errors |= {told.tell(): told for told in _named(error, values, blocks)}
    if errors:
        return "", list(errors.values())
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
    return "".join(words for _, _, words in filled), []


def _named(error: InputError, values: Mapping[str, object], blocks: Mapping[str, object]) -> Iterator[InputError]:
    """A mistake for each name that there is not."""
    if error.key != "template.unknown":
        yield error
        return
    for name in error.values["names"]:  # type: ignore[attr-defined]
        yield InputError("letterhead.alone", name=name) if name in blocks else unknown(name, {**values, **blocks})


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
    stays = section is not None or ends_in_cell or (not len(root) and not _may_go(paragraph))
    kept = [paragraph] if stays else []  # a section's end; a cell ends with a paragraph
    for node in _texts(paragraph):
        node.text = ""
    parent[at : at + 1] = [*root, *kept]


def _may_go(paragraph: Any) -> bool:
    """Whether an empty paragraph holds nothing else: no shape, line or section's end; and keeps no tables apart."""
    parent, table = paragraph.getparent(), f"{_W}tbl"
    plain = {f"{_W}{tag}" for tag in ("pPr", "r", "proofErr")}, {f"{_W}{tag}" for tag in ("rPr", "t")}
    runs = [child for child in paragraph if child.tag == f"{_W}r"]
    return (
        parent.tag == f"{_W}body"
        and all(child.tag in plain[0] for child in paragraph)
        and all(child.tag in plain[1] for run in runs for child in run)
        and not [*paragraph.iterfind(f"{_W}pPr/{_W}sectPr"), *paragraph.iterfind(f"{_W}pPr/{_W}pBdr")]
        and not all(near is not None and near.tag == table for near in (paragraph.getprevious(), paragraph.getnext()))
    )


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
        theirs = {_name(style): style.get(f"{_W}styleId") for style in _styles_of(tree)}
        taken = {style.get(f"{_W}styleId") for style in tree.iter(f"{_W}style")}
        self._ids: dict[str, str] = {}
        added = []
        for style in _styles_of(etree.fromstring(styles_xml(profile))):
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


def _styles_of(tree: Any) -> list[Any]:
    return [style for style in tree.iter(f"{_W}style") if style.find(f"{_W}name") is not None]


def _name(style: Any) -> str:
    name: Any = style.find(f"{_W}name")
    return str(name.get(f"{_W}val", "")).casefold()
