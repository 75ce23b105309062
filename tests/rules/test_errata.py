"""Errata: rules graded otherwise for a season."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from tests.rules.made import report
from tests.rules.test_entries import ERRATUM
from xlreport import job
from xlreport.errors import InputError
from xlreport.finding import Amendment, Finding, Verdict
from xlreport.rules import RULES, errata, judge
from xlreport.rules.errata import FOLDER, SCHEMA, Erratum, known_errata, parse_errata, today

DAY = date(2026, 1, 20)
LONG = report(
    text={"overview.lead": "长" * 1200 + "。", "problems": "已整改。", "other_matters": "没有收取信息处理费。"}
)


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1768867200")
    monkeypatch.delenv("XLREPORT_ERRATA", raising=False)


def erratum(**more: object) -> Erratum:
    return Erratum("TXT-LEN", "note", None, None, (), (), "通知", "a.toml")._replace(**more)  # type: ignore[arg-type]


def judged(tmp_path: Path, text: str) -> Verdict:
    path = tmp_path / "勘误.toml"
    path.write_text(text, encoding="utf-8")
    return job.judge(Path("a.json"), LONG, errata=(path,))


def graded(verdict: Verdict, code: str = "TXT-LEN") -> list[str]:
    return [finding.severity for finding in verdict.findings if finding.code == code]


def test_another_severity(tmp_path: Path) -> None:
    """A rule is graded as the erratum says, the verdict follows, and the result tells which erratum did it."""
    assert graded(job.judge(Path("a.json"), LONG)) == ["warning"]
    verdict = judged(tmp_path, ERRATUM.replace('"note"', '"error"'))
    assert graded(verdict) == ["error"]
    assert verdict.status == "fail"
    assert verdict.to_json()["errata"] == [
        {"code": "TXT-LEN", "severity": "error", "count": 1, "reason": "通知", "source": "勘误.toml"}
    ]


ROUNDED = report(
    text={"overview.oversight": "受理投诉22件，比2023年（31件）下降28.9%。又23件，比2023年（31件）下降9%。"}
)
"""A slip of rounding, which TXT-TREND calls a note, and a change that does not follow."""


@pytest.mark.parametrize(
    ("more", "severities"),
    [
        ({"severity": "error"}, ["note", "error"]),
        ({"severity": "error", "notes": True}, ["error", "error"]),
        ({"severity": "note"}, ["note", "note"]),
        ({"severity": "off"}, []),
    ],
    ids=str,
)
def test_notes_stay_notes(more: dict[str, object], severities: list[str]) -> None:
    """What a rule itself calls a note is graded only where the erratum says so of notes; switched off, it is gone."""
    found = [one for one in judge(ROUNDED)[0] if one.code == "TXT-TREND"]
    assert [one.severity for one in found] == ["note", "warning"]
    graded_, _, (told,) = errata.amend(found, [], [erratum(code="TXT-TREND", **more)], ROUNDED, DAY)
    assert [one.severity for one in graded_] == severities
    assert told.concerned == 2


def test_notes_in_a_file(tmp_path: Path) -> None:
    """A file says it by `notes = true`; of a rule that only gives notes it need not be said."""
    (one,) = parse_errata(f"{ERRATUM}notes = true\n".encode(), "a.toml")
    assert one.notes
    note = next(code for code, rule in RULES.items() if rule.severity == "note")
    assert erratum(code=note, severity="warning").grade("note") == "warning"


def test_off(tmp_path: Path) -> None:
    """A rule that is off finds nothing, and the result says how much is not told."""
    verdict = judged(tmp_path, ERRATUM.replace('"note"', '"off"'))
    assert graded(verdict) == []
    assert verdict.errata == (Amendment("TXT-LEN", "off", 1, "通知", "勘误.toml"),)


def test_open_relations_of_a_rule_that_is_off() -> None:
    """Nor are relations of a rule that is off left open."""
    blank = report({"t3.received.natural_person": 1, "t3.concluded.natural_person": None})
    findings, open_ = judge(blank)
    assert {item.code for item in open_} >= {"T3-BAL"}
    off = erratum(code="T3-BAL", severity="off")
    _, left, told = errata.amend(findings, open_, [off], blank, DAY)
    assert "T3-BAL" not in {item.code for item in left}
    assert [one.code for one in told] == ["T3-BAL"]


@pytest.mark.parametrize(
    ("more", "applies"),
    [
        ({}, True),
        ({"since": DAY}, True),
        ({"since": date(2026, 1, 21)}, False),
        ({"until": DAY}, True),
        ({"until": date(2026, 1, 19)}, False),
        ({"years": (2023, 2024)}, True),
        ({"years": (2025,)}, False),
        ({"forms": ("2021",)}, True),
        ({"forms": ("2019",)}, False),
    ],
    ids=str,
)
def test_season(more: dict[str, object], applies: bool) -> None:
    """An erratum is in force from its first day to its last, for its years and forms; without them, always."""
    assert erratum(**more).applies(LONG, DAY) is applies


def test_a_report_without_year() -> None:
    """An erratum for some years does not touch a report whose year is not known."""
    assert not erratum(years=(2024,)).applies(report(year=None), DAY)


def test_the_last_one_counts() -> None:
    """Of several errata in force for a rule, the last counts, and only it is told."""
    finding = Finding("TXT-LEN", "warning", "words.TXT-LEN.warning")
    both = [erratum(severity="off"), erratum(severity="error", source="b.toml")]
    found, _, told = errata.amend([finding], [], both, LONG, DAY)
    assert [one.severity for one in found] == ["error"]
    assert [(one.source, one.concerned) for one in told] == [("b.toml", 1)]


def test_in_force_without_findings() -> None:
    """An erratum in force is told even when it concerned nothing."""
    assert errata.amend([], [], [erratum()], LONG, DAY)[2][0].concerned == 0


def test_where_they_come_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First the package's, then those that the environment names, then those that are given."""
    texts = {name: tmp_path / f"{name}.toml" for name in ("package", "environment", "given", "other")}
    for path in texts.values():
        path.write_text(ERRATUM, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "2026.toml").write_text(ERRATUM, encoding="utf-8")
    monkeypatch.setattr(errata, "FOLDER", folder)
    monkeypatch.setenv("XLREPORT_ERRATA", os.pathsep.join(map(str, (texts["environment"], texts["other"]))))
    names = [one.source for one in known_errata(texts["given"])]
    assert names == ["2026.toml", "environment.toml", "other.toml", "given.toml"]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A file that cannot be read is named, and nothing is judged without it."""
    for path in (tmp_path / "没有.toml", tmp_path):
        with pytest.raises(InputError) as caught:
            known_errata(path)
        assert str(path) in caught.value.tell()
        assert "Errno" not in caught.value.tell()


def test_the_package() -> None:
    """The errata that the package brings along are in order."""
    for path in FOLDER.glob("*.toml"):
        assert parse_errata(path.read_bytes(), path.name)
    assert (FOLDER / "README.md").is_file()
    assert SCHEMA in ERRATUM


def test_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the check is today, or that of SOURCE_DATE_EPOCH."""
    assert today() == DAY
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "99999999999")
    assert today().year == 5138
    for useless in ("999999999999", "-1", "²", ""):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", useless)
        assert abs((today() - date.today()).days) <= 1  # noqa: DTZ011


def test_every_rule_can_be_graded() -> None:
    """Each rule but those that make a file unusable can be switched off."""
    for code, rule in RULES.items():
        text = ERRATUM.replace("TXT-LEN", code).encode()
        if rule.severity != "unusable":
            assert parse_errata(text, "a")[0].code == code
