"""What is said after a click."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlreport.finding import Finding, Verdict
from xlreport.host.outcome import Action, Outcome, made, shown
from xlreport.messages import LANGUAGES, Phrase

ERROR = Finding("FIG-NEG", "error", "findings.FIG-NEG", {"address": "表三!D6", "name": "甲", "value": "-1"})
WARNING = ERROR._replace(severity="warning")
NOTE = ERROR._replace(severity="note")
READ_ONLY = (Phrase("host.read_only"),)


def test_counts() -> None:
    """The sentence tells how many errors there are, or warnings; notes do not count."""
    assert shown(Verdict("", findings=(ERROR, ERROR, WARNING, NOTE)), "validate", ()).status_bar()[:4] == "2 处错"
    assert "1 处提醒" in shown(Verdict("", findings=(WARNING, NOTE)), "validate", ()).status_bar()
    assert shown(Verdict("", findings=(NOTE,)), "validate", ()).status_bar() == "校验通过，可以生成报告"


def test_what_could_not_be_listed_is_told() -> None:
    """Where the workbook could not be written, the message says why, and tells the findings instead of “listed”."""
    outcome = shown(Verdict("", findings=(ERROR,) * 7), "validate", READ_ONLY)
    assert outcome.message().count("表三!D6（甲）填的是 -1") == 5
    assert "还有 2 处" in outcome.message()
    assert "只读" in outcome.message()
    assert "列在" not in outcome.status_bar()


def test_files() -> None:
    """The message names every file, a line each."""
    paths = (Path("a.docx"), Path("b.pdf"))
    assert "a.docx\nb.pdf" in made(Verdict(""), paths, ()).message()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("action", ["validate", "draft", "export", "clear"])
@pytest.mark.parametrize("findings", [(), (WARNING,), (ERROR,)])
@pytest.mark.parametrize("notes", [(), READ_ONLY])
def test_every_outcome_has_its_words(
    language: str, action: Action, findings: tuple[Finding, ...], notes: tuple[Phrase, ...]
) -> None:
    """Whatever comes out of a click can be said, in both languages, as one line in the status bar."""
    verdict = Verdict("", findings=findings)
    if action in ("draft", "clear"):
        outcome = Outcome(action)
    elif action == "export" and not verdict.errors:
        outcome = made(verdict, (), notes)
    else:
        outcome = shown(verdict, action, notes)
    assert outcome.status_bar(language)
    assert "\n" not in outcome.status_bar(language)
    assert outcome.message(language).startswith(outcome.status_bar(language))
