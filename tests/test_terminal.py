"""Verdicts as text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.rules.made import with_cell
from tests.samples import city
from xlreport import job
from xlreport.terminal import GUESSES, verdict_text, width

TYPED = replace(city(), last_year=None)


def test_suspects() -> None:
    """The likeliest suspects stand under the table, numbered, in the user's language and within the columns."""
    verdict = job.judge(Path("a.json"), with_cell(TYPED, "t3.granted.natural_person", 1480))
    zh, en = (verdict_text(verdict, language, 60) for language in ("zh", "en"))
    assert zh.index("可能填错的地方") > zh.index("T3-SUM")
    assert "  1. 表三!D8（（一）予以公开·自然人）填的是 1480，若为 1408\n     则全部勾稽相符" in zh
    assert "with 1408, all relations hold" in " ".join(en.split())
    listed = zh[zh.index("  1. ") :].splitlines()
    assert len(listed) > 1
    assert all(width(line) <= 60 for line in listed)


def test_only_the_likeliest() -> None:
    """Of many suspects the first few are told and the rest counted."""
    report = with_cell(TYPED, "t3.received.natural_person", 3449).totalled()
    verdict = job.judge(Path("a.json"), report)
    assert len(verdict.suspects) > GUESSES
    text = verdict_text(verdict)
    assert f"  {GUESSES}. " in text
    assert f"  {GUESSES + 1}. " not in text
    assert f"……另有 {len(verdict.suspects) - GUESSES} 种可能" in text


def test_none() -> None:
    """A report in order says nothing of suspects."""
    assert "可能填错" not in verdict_text(job.judge(Path("a.json"), TYPED))
