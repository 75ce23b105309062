"""The draft: every text that figures and facts can give."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlreport.narrative.known import known
from xlreport.narrative.labels import name
from xlreport.narrative.length import overview_length
from xlreport.narrative.numbers import ordinal, written
from xlreport.narrative.told import Told
from xlreport.narrative.wording import (
    asked,
    contact,
    ended,
    numbered,
    punctuated,
    self_reference,
    sentence,
    tidy,
)
from xlreport.report import Report

if TYPE_CHECKING:
    from jinja2.sandbox import ImmutableSandboxedEnvironment

PARAGRAPH = "\u2029"
"""Ends a paragraph in a template, where the end of a line means nothing."""

DETAILS = (3, 2, 1, 0)
"""3: everything; 2: without the reasons for results; 1: nor classes of applicant and last year; 0: nor what tables 2
to 4 say in full, save for documents and results. What the clerk told is never left out."""


def draft(report: Report) -> Mapping[str, str]:
    """The text of each key that there is something to say for; a newline ends a paragraph.

    Every number stands in a cell, follows from cells, or was told as a fact. What a text cannot do without and nobody
    told is a hole, 【请填写：…】. Section 一 tells less detail rather than exceed the form's limit.
    """
    texts: dict[str, str] = {}
    values = _values(report)
    for detail in DETAILS:
        texts = {key: _render(key, {**values, "detail": detail}) for key in report.statute.text_keys if _drafted(key)}
        texts = {key: text for key, text in texts.items() if text}
        limit = report.statute.overview_limit
        if limit is None or overview_length(report, texts) <= limit:
            break
    return MappingProxyType(texts)


def _drafted(key: str) -> bool:
    return not key.startswith("note.")  # what stands under a table is the clerk's own


def _values(report: Report) -> dict[str, object]:
    we = self_reference(report.kind, report.agency)
    return {
        "report": report,
        "form": report.statute,
        "known": known(report),
        "told": Told(report),
        "year": str(report.year) if report.year else asked("年份"),
        "agency": tidy(report.agency) or asked("单位名称"),
        "we": we,
        "all_year": f"{we}全年" if report.kind == "汇总" else "全年",
        "contact": contact(report.contact or ""),
        "paragraph": PARAGRAPH,
    }


def _render(key: str, values: Mapping[str, object]) -> str:
    text = _environment().get_template(f"{key}.j2").render(values)
    paragraphs = (punctuated(re.sub(r"\s*\n\s*", "", paragraph)) for paragraph in text.split(PARAGRAPH))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from xlreport.safe.jinja import environment  # a heavy import, for drafting only

    made = environment(Path(__file__).with_name("templates"), escape=False)
    made.filters.update(
        asked=asked, ended=ended, n=written, name=name, numbered=numbered, ordinal=ordinal, sentence=sentence
    )
    return made
