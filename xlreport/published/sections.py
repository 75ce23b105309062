"""From the paragraphs of a published report to its title, headings and texts by key."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xlreport.form import Form, Section
from xlreport.published.beside import foot, is_number
from xlreport.published.page import Block, Line, Table, likeness, plain, squeezed
from xlreport.published.titles import LIKE, is_numbered, title_of, told

_ORDINAL = re.compile(r"[（(]\s*[一二三四五六七八九十]+\s*[）)]")


class Text(NamedTuple):
    """What the words of a report say.

    lines: all its paragraphs from the title on, tables that are not statutory too. missing: sections not found.
    aside: 发文字号, 附件说明, 署名 and 成文日期, which are in no text.
    """

    agency: str
    year: int | None
    title: str
    text: Mapping[str, str]
    headings: Mapping[str, str]
    missing: tuple[str, ...]
    lines: tuple[str, ...]
    aside: tuple[str, ...]


def read_text(blocks: Sequence[Block], form: Form, tables: Mapping[str, int], known: str = "") -> Text:
    """The words of a report. tables: of each statutory table, which of the printed tables it is. known: as `show`."""
    numbers = [at for at, block in enumerate(blocks) if isinstance(block, Table)]
    anchors = {id_: numbers[number] for id_, number in tables.items()}
    found = title_of(blocks, form, known)
    title_at, after, title = found or (None, 0, "")
    blocks = _levelled(blocks, title_at)
    starts = _starts(blocks, form, anchors, after)
    agency, year = told(title)
    texts: dict[str, str] = {}
    headings: dict[str, str] = {}
    bounds = sorted(starts.values())
    first = bounds[0] if bounds else len(blocks)
    preamble = _lines(blocks, after if title_at is not None else first, first)
    aside = preamble[: bool(preamble and is_number(preamble[0]))]
    _keep(texts, "preamble", preamble[len(aside) :])
    for section in form.sections:
        if section.id not in starts:
            continue
        start = starts[section.id]
        heading = _line(blocks[start])
        end = next((bound for bound in bounds if bound > start), len(blocks))
        if squeezed(heading) != squeezed(section.heading):
            headings[section.id] = heading
        begin = max(start, anchors[section.table]) if section.table and section.table in anchors else start
        inside = _lines(blocks, begin + 1, end)  # a note stands under its table
        if end == len(blocks):
            kept = len(inside) - foot(inside, agency)
            inside, aside = inside[:kept], [*aside, *inside[kept:]]
        for key, lines in _by_key(section, inside).items():
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
    return Text(agency, year, title, texts, headings, missing, tuple(all_lines), tuple(aside))


def _keep(texts: dict[str, str], key: str, lines: Sequence[str]) -> None:
    if lines:
        texts[key] = "\n".join(lines)


def _line(block: Block) -> str:
    return block.text if isinstance(block, Line) else ""


def _lines(blocks: Sequence[Block], start: int, end: int) -> list[str]:
    return [block.text for block in blocks[start:end] if isinstance(block, Line)]


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


def _starts(blocks: Sequence[Block], form: Form, anchors: Mapping[str, int], after: int) -> dict[str, int]:
    """The block of each section's heading: the likest line between its neighbours' tables, headings first."""
    starts: dict[str, int] = {}
    low = after
    for number, section in enumerate(form.sections):
        later = [anchors[s.table] for s in form.sections[number:] if s.table and s.table in anchors]
        high = min(later, default=len(blocks))
        chosen = _likest(blocks, low, high, section)
        if chosen is not None:
            starts[section.id] = chosen
            low = chosen + 1
        if section.table and section.table in anchors:
            low = max(low, anchors[section.table] + 1)
    return starts


def _likest(blocks: Sequence[Block], low: int, high: int, section: Section) -> int | None:
    """Of several that are equally like it, the first; a line marked as a heading goes before one that is not."""
    wanted = plain(section.heading)
    best: tuple[int, float, int] | None = None
    for at in range(low, high):
        block = blocks[at]
        if not isinstance(block, Line) or not is_numbered(block.text):
            continue
        like = likeness(plain(block.text), wanted)
        if like >= LIKE or (block.level == 2 and block.text[0] == section.heading[0]):
            score = (int(block.level == 2), like, -at)
            best = max(best, score) if best else score
    return None if best is None else -best[2]


def _by_key(section: Section, lines: Sequence[str]) -> dict[str, list[str]]:
    """The lines of a section by text key: the heading line of a later key begins it.

    A heading that the form prints is dropped where the document would print it again.
    """
    keys = [key for key, _ in section.text]
    named = [plain(heading) for _, heading in section.text]
    found: dict[str, list[str]] = {key: [] for key in keys}
    at = 0
    for number, line in enumerate(lines):
        if _ORDINAL.match(line) and len(line) <= 40:
            later = _key_of(plain(line), named, at)
            if later is None and len(keys) > 1 and at == len(keys) - 2:
                later = len(keys) - 1  # further aspects, each with a heading of its own
            if later is not None:
                at = later
                after = lines[number + 1] if number + 1 < len(lines) else ""
                if squeezed(line) == squeezed(section.text[at][1]) and after and not _ORDINAL.match(after):
                    continue
        found[keys[at]].append(line)
    return {key: texts for key, texts in found.items() if texts}


def _key_of(line: str, named: Sequence[str], at: int) -> int | None:
    """The later key whose heading is like this line."""
    scored = [(likeness(line, name), number) for number, name in enumerate(named) if name and number > at]
    like, number = max(scored, default=(0.0, 0), key=lambda item: item[0])
    return number if like >= LIKE else None
