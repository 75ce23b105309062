"""xlreport.collect.export: as many outcomes as reports, each document as it would be alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.collect.made import graded, report, write
from tests.samples import city, write_workbook
from xlreport import job
from xlreport.collect.export import Exporter, Outcome, Task, export, plan
from xlreport.collect.pool import Limits
from xlreport.errors import InputError, UsageError

DOCX = Exporter("docx", job.Dress())


def outcomes(tasks: list[Task], exporter: Exporter = DOCX) -> dict[str, Outcome]:
    return {Path(outcome.source).name: outcome for outcome in export(tasks, exporter, 2)}


def test_each_as_alone(tmp_path: Path) -> None:
    """Documents lie in `output` as their reports do in the folder, with the bytes that each has alone."""
    (tmp_path / "in" / "局").mkdir(parents=True)
    write_workbook(city(), tmp_path / "in" / "市.xlsx")
    write(tmp_path / "in" / "局", "甲", report("甲局"))
    (tmp_path / "in" / "市.pdf").write_bytes(b"%PDF made before")
    found = outcomes(plan([tmp_path / "in"], "docx", tmp_path / "out"))
    assert {name: outcome.code for name, outcome in found.items()} == {"市.xlsx": 0, "甲.json": 0}
    for name, made in (("市.xlsx", "市.docx"), ("局/甲.json", "局/甲.docx")):
        alone = job.render(job.read(tmp_path / "in" / name).report, "docx")
        assert (tmp_path / "out" / made).read_bytes() == alone


def test_one_costs_only_itself(tmp_path: Path) -> None:
    """A report with errors, a file that is none, one too many and a place that refuses cost one document each."""
    good = write_workbook(city(), tmp_path / "good.xlsx")
    wrong = write(tmp_path, "wrong", replace(city(), figures={**city().figures, "t3.received.total": -1}, text={}))
    none = tmp_path / "none.xlsx"
    none.write_bytes(b"none")
    (tmp_path / "out" / "stands.docx").mkdir(parents=True)
    stands = write_workbook(city(), tmp_path / "stands.xlsx")
    found = outcomes(plan([good, wrong, none, tmp_path / "missing.xlsx", stands], "docx", tmp_path / "out"))
    assert {name: outcome.code for name, outcome in found.items()} == {
        "good.xlsx": 0,
        "wrong.json": 1,
        "none.xlsx": 2,
        "missing.xlsx": 2,
        "stands.xlsx": 3,
    }
    assert all(bool(outcome.why) == bool(outcome.code) for outcome in found.values())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["good.docx", "stands.docx"]


def test_findings_that_are_left(tmp_path: Path) -> None:
    """Errors that were allowed and warnings are counted, each by themselves; notes are not."""
    graded(tmp_path, {"error": "a", "warning": "b", "note": "c"})
    assert {found.severity for found in job.check(tmp_path / "c.json").findings} == {"note"}
    found = outcomes(plan([tmp_path], "docx", None), replace(DOCX, allow_errors=True))
    assert {name: (outcome.errors, outcome.warnings) for name, outcome in found.items()} == {
        "a.json": (1, 0),
        "b.json": (0, 1),
        "c.json": (0, 0),
    }


def test_a_process_that_is_lost(tmp_path: Path) -> None:
    """A report whose process takes too long has an outcome, too."""
    tasks = plan([write_workbook(city(), tmp_path / "a.xlsx")], "docx", None)
    (outcome,) = export(tasks, DOCX, 1, Limits(seconds=0.001))
    assert outcome.code == 2
    assert outcome.why


def test_places(tmp_path: Path) -> None:
    """Beside its report, unless there is a folder for all; a report named twice is one report."""
    path = write_workbook(city(), tmp_path / "a.xlsx")
    (task,) = plan([path, tmp_path], "pdf", None)
    assert task.target == str(tmp_path / "a.pdf")


@pytest.mark.parametrize("output", ["out", None])
def test_one_place_for_two(tmp_path: Path, output: str | None) -> None:
    """Nothing is made where one document would replace another."""
    one, other = (tmp_path / f"a{suffix}" for suffix in job.WORKBOOKS)
    one.touch()
    other.touch()
    with pytest.raises(UsageError) as told:
        plan([one, other], "pdf", tmp_path / output if output else None)
    assert told.value.key == "export.same_place"
    assert {told.value.values["one"], told.value.values["other"]} == {str(one), str(other)}


def test_what_is_read_stays(tmp_path: Path) -> None:
    """Nothing is made where a document would replace a report, the letterhead or an own layout, by whatever name."""
    names = ("a.xlsx", "a.docx", "a.json", "b.xlsx", "b.html")
    book, letterhead, data, other, profile = (tmp_path / name for name in names)
    for path in (book, data, other, profile):
        path.touch()
    letterhead.symlink_to(tmp_path / "b.docx")
    for paths, kind, dress in (
        ([book], "json", job.Dress()),
        ([book, other], "docx", job.Dress(letterhead=letterhead)),
        ([other], "html", job.Dress(str(tmp_path / "." / "b.html"))),
    ):
        read = [*paths, data] if kind == "json" else paths
        with pytest.raises(UsageError) as told:
            plan(read, kind, None, dress)
        assert told.value.key == "export.would_replace"
        plan(read[:1], kind, tmp_path / "out", dress)


def test_again(tmp_path: Path) -> None:
    """In a folder data beside a workbook of the same name are no report, and data are not made of data."""
    book = write_workbook(city(), tmp_path / "a.xlsx")
    write(tmp_path, "a", city())
    alone = write(tmp_path, "b", city())
    (tmp_path / "a.pdf").write_bytes(b"%PDF made before")
    assert [task.source for task in plan([tmp_path], "pdf", None)] == [str(book), str(alone)]
    (outcome,) = export(plan([tmp_path], "json", None), Exporter("json", job.Dress()), 1)
    assert (outcome.source, outcome.target, outcome.code) == (str(book), str(tmp_path / "a.json"), 0)


def test_no_folder(tmp_path: Path) -> None:
    """Several reports do not go into one file, and a folder without reports is no input."""
    path = write_workbook(city(), tmp_path / "a.xlsx")
    for output in (tmp_path / "all.pdf", path):
        with pytest.raises(UsageError, match="--output"):
            plan([path], "pdf", output)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError):
        plan([tmp_path / "empty"], "pdf", None)


def test_check(tmp_path: Path) -> None:
    """A profile that cannot be used is told before any report is read."""
    with pytest.raises(InputError):
        replace(DOCX, dress=job.Dress(profile=str(tmp_path / "none.toml"))).check()
