"""xlreport.collect.cluster.run: what is sent when, over a line that only pretends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.collect.made import TWO, report, write
from xlreport.collect.cluster import run
from xlreport.collect.cluster.run import _Run
from xlreport.collect.cluster.wire import Answer, Landed, Parcel, pack, unpack
from xlreport.collect.pool import Lost
from xlreport.collect.work import Reader, Task

Decide = Callable[[list[Parcel]], Landed | None]


class Pretence:
    """A line that decides at once what becomes of a batch."""

    def __init__(self, decide: Decide, threads: int = 1) -> None:
        self._decide, self._threads = decide, threads
        self._flying: dict[str, list[Parcel]] = {}
        self.batches: list[list[Parcel]] = []
        self.most = 0

    def send(self, _order: bytes, parcels: bytes) -> str:
        """Take a batch."""
        self.batches.append([Parcel(*one) for one in unpack(parcels)])
        self._flying[str(len(self.batches))] = self.batches[-1]
        bytes_ = sum(len(parcel.content or b"") for batch in self._flying.values() for parcel in batch)
        self.most = max(self.most, bytes_)
        return str(len(self.batches))

    def next(self) -> tuple[str, Landed | None]:
        """Give the oldest back."""
        key = next(iter(self._flying))
        return key, self._decide(self._flying.pop(key))

    def threads(self) -> int:
        """As many as told."""
        return self._threads


def fine(parcels: list[Parcel]) -> Landed:
    return Landed(pack([Answer(reply=parcel.name.encode()) for parcel in parcels]))


def shipping(parcels: list[Parcel]) -> Landed:
    answers = [Answer(unseen=True) if one.content is None else Answer(reply=b"!") for one in parcels]
    return Landed(pack(answers))


def outcomes(line: Pretence, folder: Path, names: list[str]) -> dict[str, bytes | Lost]:
    tasks = [Task(name, str(folder / f"{name}.json")) for name in names]
    found = [(task.name, reply) for task, reply in _Run(line, Reader("context"), TWO).outcomes(tasks)]  # type: ignore[arg-type]
    assert len(found) == len(names)
    return dict(found)


@pytest.fixture
def names(tmp_path) -> list[str]:
    for number in range(200):
        write(tmp_path, str(number), report("甲")) if number == 0 else (tmp_path / f"{number}.json").write_bytes(b"{}")
    return [str(number) for number in range(200)]


def test_batches_grow(tmp_path, names) -> None:
    """A few files are spread over all threads; many travel together."""
    line = Pretence(fine, threads=4)
    assert outcomes(line, tmp_path, names) == {name: name.encode() for name in names}
    sizes = [len(batch) for batch in line.batches]
    assert sizes[:8] == [1] * 8
    assert max(sizes) > 8
    assert max(sizes) <= run.BATCH


def test_one_look_is_enough(tmp_path, names) -> None:
    """When one file is not to be seen at its path, the content of all others goes with them at once."""
    line = Pretence(shipping)
    outcomes(line, tmp_path, names)
    sent = [parcel for batch in line.batches for parcel in batch]
    assert len(sent) - len(names) == sum(parcel.content is None for parcel in sent) < 5


def test_bytes_on_their_way(tmp_path, names, monkeypatch) -> None:
    """No more bytes are on their way than may be, but for the last batch; a file that is too large is judged here."""
    monkeypatch.setattr(run, "HEAVY", 100)
    monkeypatch.setattr(run, "FLYING", 1000)
    for name in names[1:]:
        (tmp_path / f"{name}.json").write_bytes(b"{" + b" " * 90 + b"}")
    line = Pretence(shipping, threads=50)
    found = outcomes(line, tmp_path, names)
    assert line.most < 1000 + 2 * 100
    assert b"received" in bytes(found["0"])  # type: ignore[arg-type]


def test_a_worker_falls(tmp_path, names) -> None:
    """All that was with it is tried once more, each alone; only who falls again is set aside."""
    line = Pretence(lambda parcels: None if any(one.name in ("7", "150") for one in parcels) else fine(parcels))
    found = outcomes(line, tmp_path, names)
    assert {name for name, reply in found.items() if isinstance(reply, Lost)} == {"7", "150"}
    for name in ("7", "150"):
        tries = [batch for batch in line.batches if any(one.name == name for one in batch)]
        assert [len(batch) for batch in tries][1:] == [1]


def test_unreadable(tmp_path, names) -> None:
    """What cannot be read here is told as it is here, also when it was to be tried again."""
    gone = {"3", "190"}

    def falls(parcels: list[Parcel]) -> Landed | None:
        for name in gone:
            (tmp_path / f"{name}.json").unlink(missing_ok=True)
        return None if len(parcels) > 1 else fine(parcels)

    found = outcomes(Pretence(falls), tmp_path, names)
    for name in gone & {name for name, reply in found.items() if reply != name.encode()}:
        assert b"refused" in bytes(found[name])  # type: ignore[arg-type]
    assert b"refused" in bytes(found["190"])  # type: ignore[arg-type]
