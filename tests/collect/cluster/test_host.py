"""xlreport.collect.cluster.host: the process below a Dask worker."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.collect.made import TWO, report, write
from xlreport.collect.cluster.order import order_of
from xlreport.collect.cluster.parcel import parcel
from xlreport.collect.cluster.wire import Answer, Order, pack, unpack
from xlreport.collect.cluster.worker import _Host
from xlreport.collect.work import Judge, Reader, Task


@pytest.fixture
def order(tmp_path, monkeypatch) -> Order:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return order_of(Judge("context", "zh", tmp_path / "back"), TWO)


@pytest.fixture
def host(order) -> Iterator[_Host]:
    made = _Host(pack(order))
    yield made
    made.end()


def ask(host: _Host, *parcels: Any) -> list[Answer]:
    answers = host.ask(pack(parcels))
    assert answers is not None
    return [Answer(*one) for one in unpack(answers)]


def test_same_file(tmp_path, host) -> None:
    """A file is read at its path where it is the same one; other content, another kind of file, and none are unseen."""
    path = write(tmp_path, "甲", report("甲", {"t3.received.natural_person": 1}))
    seen = parcel(Task("单位/甲.json", str(path)), None, shipped=False)
    assert seen is not None
    assert seen.content is None
    os.mkfifo(tmp_path / "pipe")
    unseen = [
        seen._replace(digest=bytes(32)),
        seen._replace(path=os.fsencode(tmp_path / "nothing")),
        seen._replace(path=os.fsencode(tmp_path / "pipe")),
        seen._replace(path=os.fsencode(tmp_path)),
    ]
    first, *others = ask(host, seen, *unseen)
    assert first.reply is not None
    assert first.reply.split()[0] != b"{"
    assert len(first.back) == 2
    assert all(other == Answer(unseen=True, back=[]) for other in others)  # type: ignore[arg-type]
    assert not (tmp_path / "back").exists(), "who orders writes what goes back"


def test_ends_with_its_worker(tmp_path, order) -> None:
    """When its worker is gone it goes too, with all that it laid out."""
    host = _Host(pack(order))
    path = write(tmp_path / "in", "甲", report("甲"))
    ask(host, parcel(Task("甲.json", str(path)), None, shipped=True))
    assert list(tmp_path.glob("xlreport-*"))
    host._to.close()
    assert host._process.wait(20) == 0
    assert not list(tmp_path.glob("xlreport-*"))
    host._from.close()


def test_reader(tmp_path, order) -> None:
    """It reads for sums as well, and does what it did before after a file that took too long."""
    host = _Host(pack(order_of(Reader("context"), TWO)._replace(seconds=0.001)))
    path = write(tmp_path / "in", "甲", report("甲"))
    one = parcel(Task("甲.json", str(path)), None, shipped=True)
    assert [answer.lost for answer in ask(host, one, one)] == ["time", "time"]
    host.end()


def test_last_year_is_asked_for(tmp_path, order) -> None:
    """Where there are last year's reports, it says whose it needs, but for what cannot be read."""
    host = _Host(pack(order._replace(before=True)))
    path = write(tmp_path / "in", "甲", report("甲 局"))
    (tmp_path / "in" / "乙.json").write_text("{", encoding="utf-8")
    one = parcel(Task("甲.json", str(path)), None, shipped=True)
    other = parcel(Task("乙.json", str(path.with_name("乙.json"))), None, shipped=True)
    assert one is not None
    first, second, third = ask(host, one, other, one._replace(last=""))
    assert first.wanted == "甲局"
    assert second.reply is not None
    assert third.reply is not None
    host.end()


def test_errata_and_day(tmp_path, monkeypatch) -> None:
    """The order holds the day and the errata of who orders, by name and content."""
    errata = tmp_path / "errata.toml"
    errata.write_text('schema = "xlreport/errata/1"\nerratum = []\n', encoding="utf-8")
    monkeypatch.setenv("XLREPORT_ERRATA", str(errata))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    made = order_of(Reader("context"), TWO)
    assert (made.does, made.epoch, made.errata) == ("read", 1_700_000_000, [("errata.toml", errata.read_bytes())])


def test_a_restless_file(tmp_path, monkeypatch) -> None:
    """A file that is written to at every look makes no parcel."""
    path = write(tmp_path, "a", report("甲"))
    marks = iter(range(100))
    monkeypatch.setattr("xlreport.collect.work.stamp", lambda _: next(marks))
    monkeypatch.setattr(time, "sleep", lambda _: None)
    assert parcel(Task("a", str(path)), None, shipped=True) is None
    with pytest.raises(OSError, match="nothing"):
        parcel(Task("a", str(Path(tmp_path) / "nothing")), None, shipped=True)


def test_ends_when_its_disk_refuses(tmp_path, host) -> None:
    """What it cannot lay out it says, and what was at hand then is not taken for the next batch: another is started."""
    path = write(tmp_path / "in", "甲", report("甲"))
    one = parcel(Task("甲.json", str(path)), None, shipped=True)
    assert one is not None
    ask(host, one)
    (folder,) = tmp_path.glob("xlreport-*")
    (folder / "batch").touch()
    assert all(answer.failed for answer in ask(host, one, one))
    assert host._process.wait(20) == 0
    assert host.ask(pack([one])) is None
