"""xlreport.collect.returned: what is ours among what goes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collect.made import TWO, report, write
from xlreport.collect import run
from xlreport.collect.returned import LEDGER
from xlreport.collect.run import collect

WRONG = {"t3.received.natural_person": 1}


def ledger(out: Path) -> bytes:
    return (out / "returns" / LEDGER).read_bytes()


def test_the_ledger_does_not_tell_how_a_run_went(tmp_path, monkeypatch) -> None:
    """Runs that were ended and gone on with, in whatever order, leave the ledger of a run that nothing disturbed."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in "dcba":
        write(folder, name, report(f"{name}局", WRONG, year=2023 if name == "b" else 2024))
        with monkeypatch.context() as ended:
            ended.setattr(run, "write_remarks", lambda *_: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                collect(folder, out, TWO)
    collect(folder, out, TWO)
    collect(folder, tmp_path / "afresh", TWO)
    assert ledger(out) == ledger(tmp_path / "afresh")
    assert ledger(out).splitlines() == sorted(set(ledger(out).splitlines()))


def test_the_ledger_still_knows_its_own(tmp_path) -> None:
    """What a run wrote is taken away by a later one, and the ledger with the last of it; what people changed stays."""
    folder, out = tmp_path / "in", tmp_path / "out"
    for name in "ab":
        write(folder, name, report(f"{name}局", WRONG))
    collect(folder, out, TWO)
    collect(folder, out, TWO)
    (out / "returns" / "a.json.txt").unlink()
    filled = out / "returns" / "已电话通知.txt"
    filled.write_text("已电话通知", encoding="utf-8")
    for name in "ab":
        write(folder, name, report(f"{name}局"))
    collect(folder, out, TWO)
    assert [path.name for path in (out / "returns").iterdir()] == [filled.name]
    filled.unlink()
    (out / "returns").rmdir()
    collect(folder, out, TWO)
    assert not (out / "returns").exists()
