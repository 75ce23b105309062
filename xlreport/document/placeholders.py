"""What a placeholder in an office's own Word file may name, and what it should have named."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches

from xlreport.document.compose import printed
from xlreport.document.outline import Aside, Block, Grid, Heading, Outline
from xlreport.errors import InputError
from xlreport.report import Report

_LIKE = 0.75


def values(report: Report, outline: Outline) -> dict[str, str | int]:
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


def blocks(report: Report, outline: Outline) -> dict[str, Sequence[Block]]:
    """What a placeholder of its own paragraph may name: report, preamble, each section, each table, attachments."""
    body = [block for block in outline.blocks if not isinstance(block, Aside)]
    starts = [at for at, block in enumerate(body) if isinstance(block, Heading) and block.level == 1]
    sections = zip(report.statute.sections, starts, [*starts[1:], len(body)], strict=True)
    tables: dict[str, Sequence[Block]] = {block.id: [block] for block in body if isinstance(block, Grid)}
    return {
        "report": body,
        "preamble": body[: starts[0]],
        **tables,
        **{section.id: body[start:end] for section, start, end in sections},
        "attachments": [b for b in outline.blocks if isinstance(b, Aside) and b.place == "attachment"],
    }


def covers(name: str, report: Report) -> frozenset[str]:
    """The sections and tables that one of `blocks` prints; what is no part of another stands for itself."""
    sections = report.statute.sections
    if name == "report":
        return frozenset({"report", "preamble"}.union(*(covers(section.id, report) for section in sections)))
    return frozenset({name, *(section.table for section in sections if section.id == name and section.table)})


def lacking(used: Collection[str | None], report: Report) -> Iterator[InputError]:
    """The sections that a reader of the filled file would miss; `used`: what is covered. A table does for its own."""
    for section in report.statute.sections:
        if section.id not in used and section.table not in used:
            yield InputError("letterhead.lacks", name=section.id, heading=section.heading)


def unplaced(outline: Outline, used: Collection[str | None], said: str) -> list[str]:
    """The placeholders of what an office adds that the filled file shows nowhere."""
    texts = {b.place: b.text for b in outline.blocks if isinstance(b, Aside) and b.place in ("number", "date")}
    lost = [place for place, text in texts.items() if text not in said]
    attached = any(isinstance(block, Aside) and block.place == "attachment" for block in outline.blocks)
    return [*lost, *(["attachments"] if attached and "attachments" not in used else [])]


def unknown(name: str, known: Mapping[str, object]) -> InputError:
    """What is wrong with a name that is none of `known`, and which was probably meant."""
    close = get_close_matches(name, known, 1, _LIKE)
    return InputError(f"letterhead.{'unknown_like' if close else 'unknown'}", name=name, like="".join(close))
