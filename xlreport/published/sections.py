"""From the paragraphs of a published report to its title, headings and texts by key."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from xlreport.finding import Finding
from xlreport.form import Form
from xlreport.published.beside import foot, is_number
from xlreport.published.headings import find_headings
from xlreport.published.keys import by_key
from xlreport.published.page import Block, Line, Table, squeezed
from xlreport.published.pagenumbers import without_page_numbers
from xlreport.published.titles import title_of, told
from xlreport.published.unplaced import Unplaced, doubts


class Text(NamedTuple):
    """What the words of a report say.

    lines: all its paragraphs from the title on, tables that are not statutory too. missing: sections not found.
    aside: 目录, 发文字号, 附件说明, 署名 and 成文日期, which are in no text. doubts: what is to be said of words whose
    section is not certain.
    """

    agency: str
    year: int | None
    title: str
    text: Mapping[str, str]
    headings: Mapping[str, str]
    missing: tuple[str, ...]
    lines: tuple[str, ...]
    aside: tuple[str, ...]
    doubts: tuple[Finding, ...]


def read_text(blocks: Sequence[Block], form: Form, tables: Mapping[str, int], known: str = "") -> Text:
    """The words of a report. tables: of each statutory table, which of the printed tables it is. known: as `show`."""
    numbers = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
    anchors = {id_: numbers[number] for id_, number in tables.items()}
    found = title_of(blocks, form, known)
    title_at, after, title = found or (None, 0, "")
    blocks = _levelled(blocks, title_at)
    starts, contents, compared = find_headings(blocks, form, anchors, after)
    agency, year = told(title)
    texts: dict[str, str] = {}
    headings: dict[str, str] = {}
    above: dict[str, str] = {}
    bounds = sorted(heading.at for heading in starts.values())
    first = bounds[0] if bounds else len(blocks)
    before = _lines(blocks, after, first, contents)
    preamble = before if title_at is not None else []
    aside = preamble[: bool(preamble and is_number(preamble[0]))]
    _keep(texts, "preamble", preamble[len(aside) :])
    aside += [block.text for at in sorted(contents) if at >= after and isinstance(block := blocks[at], Line)]
    for section in form.sections:
        if section.id not in starts:
            continue
        start, heading, rest, *_ = starts[section.id]
        end = next((bound for bound in bounds if bound > start), len(blocks))
        if squeezed(heading) != squeezed(section.heading):
            headings[section.id] = heading
        begin = max(start, anchors[section.table]) if section.table and section.table in anchors else start
        inside = _lines(blocks, begin + 1, end)  # a note stands under its table
        over = [line for line in _lines(blocks, start + 1, begin) if "。" in line]
        if over:
            above[section.table or ""] = "".join(over)
        inside = [*[rest] * bool(rest), *over, *inside]
        if end == len(blocks):
            kept = len(inside) - foot(inside, agency)
            inside, aside = inside[:kept], [*aside, *inside[kept:]]
        for key, lines in by_key(section, without_page_numbers(inside)).items():
            if lines and lines[0] == heading and key == section.text[0][0]:
                lines.insert(0, heading)  # one goes when it is printed
            _keep(texts, key, lines)
    missing = tuple(section.id for section in form.sections if section.id not in starts)
    ours = set(anchors.values())
    shown = [
        block if isinstance(block, Line) else _in_words(block) for at, block in enumerate(blocks) if at not in ours
    ]
    skipped = sum(at < after for at in range(len(blocks)) if at not in ours)
    all_lines = [title] * (title_at is not None) + [line.text for line in shown[skipped:] if line.text]
    unplaced = Unplaced(
        missing=missing,
        guessed={id_: heading.words for id_, heading in starts.items() if heading.guessed},
        above=above,
        before="".join(before),
        titled=title_at is not None,
        compared=compared,
    )
    told_ = tuple(doubts(unplaced, form))
    return Text(agency, year, title, texts, headings, missing, tuple(all_lines), tuple(aside), told_)


def _keep(texts: dict[str, str], key: str, lines: Sequence[str]) -> None:
    if lines := without_page_numbers(lines):
        texts[key] = "\n".join(lines)


def _lines(blocks: Sequence[Block], start: int, end: int, without: Container[int] = ()) -> list[str]:
    return [
        block.text for at, block in enumerate(blocks[start:end], start) if isinstance(block, Line) and at not in without
    ]


def _in_words(table: Table) -> Line:
    """A table that is no statutory one, as a line."""
    return Line(" ".join(spot.text for spot in table.spots if spot.text))


def _levelled(blocks: Sequence[Block], title: int | None) -> Sequence[Block]:
    """With the title at level 1, and headings counted from there."""
    top = blocks[title] if title is not None else None
    if not isinstance(top, Line) or top.level < 2:
        return blocks
    lift = top.level - 1
    return [Line(x.text, max(0, x.level - lift)) if isinstance(x, Line) else x for x in blocks]
