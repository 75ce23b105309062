"""xlreport.collect.journal: what was written down is there, whatever happened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlreport.collect.journal import Journal
from xlreport.errors import OutputError, UsageError


def test_back(tmp_path) -> None:
    """What was added is there, in this run and in the next; the last word on a key counts."""
    with Journal(tmp_path / "j") as journal:
        journal.add("a", '{"x": "一"}'.encode())
        journal.add("b", b"{}")
        assert journal.get("a") == {"x": "一"}
    with Journal(tmp_path / "j") as journal:
        journal.add("a", b'{"x": 2}')
        assert "b" in journal
        assert len(journal) == 2
    with Journal(tmp_path / "j") as journal:
        assert journal.get("a") == {"x": 2}


@given(st.integers(0, 200))
def test_cut_off(tmp_path_factory, length: int) -> None:
    """A journal that was cut off anywhere gives the whole lines before, and takes new ones."""
    path = tmp_path_factory.mktemp("cut") / "j"
    with Journal(path) as journal:
        for number in range(5):
            journal.add(f"k{number}", b'{"n": %d}' % number)
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    with Journal(path) as journal:
        assert list(journal) == [f"k{number}" for number in range(whole[:length].count(b"\n"))]
        journal.add("new", b'{"n": 9}')
    with Journal(path) as journal:
        assert journal.get("new") == {"n": 9}


def test_a_damaged_line_is_not_believed(tmp_path) -> None:
    """A line whose checksum is wrong is as if it were not there."""
    with Journal(tmp_path / "j") as journal:
        journal.add("a", b'{"x": 1}')
        journal.add("b", b'{"x": 2}')
    path = tmp_path / "j"
    path.write_bytes(path.read_bytes().replace(b'"x": 1', b'"x": 7'))
    with Journal(path) as journal:
        assert list(journal) == ["b"]


@pytest.mark.skipif(sys.platform == "win32", reason="no flock")
def test_one_at_a_time(tmp_path) -> None:
    """Two runs do not write into one journal."""
    with Journal(tmp_path / "j"), pytest.raises(UsageError):
        Journal(tmp_path / "j")


@contextmanager
def no_larger(size: int) -> Iterator[None]:
    """Files that may not grow beyond that."""
    import resource
    import signal

    old, limit = signal.signal(signal.SIGXFSZ, signal.SIG_IGN), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limit[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, old)


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits")
def test_full_disk(tmp_path) -> None:
    """A disk that refuses is an OutputError, and what was there stays."""
    with Journal(tmp_path / "j") as journal:
        journal.add("a", b"{}")
        with no_larger((tmp_path / "j").stat().st_size + 5), pytest.raises(OutputError):
            journal.add("b", b'{"long": "enough"}')
        journal.add("c", b"{}")
    with Journal(tmp_path / "j") as journal:
        assert list(journal) == ["a", "c"]


def add_all(journal: Journal, keys: list[str]) -> None:
    for key in keys:
        journal.add(key, b"{}")


@pytest.mark.skipif(sys.platform != "linux", reason="needs limits")
def test_no_room_for_the_index(tmp_path) -> None:
    """Its own index refused is an OutputError, whoever is refused; nobody holds the journal then, and it is whole."""
    path, many = tmp_path / "j", [f"k{number * 4801 % 8000:0500}" for number in range(8000)]
    with Journal(path) as journal, no_larger(8000 * 520), pytest.raises(OutputError):
        add_all(journal, many)
    there = path.read_bytes()
    assert len(there) < 8000 * 512, "the journal itself had room"
    with Journal(path) as journal:
        assert list(journal) == many[: there.count(b"\n")]
        add_all(journal, many)
    with no_larger(1 << 20), pytest.raises(OutputError) as refused:
        Journal(path)
    assert "sqlite" not in str(refused.value)
    with Journal(path) as journal:
        assert len(journal) == len(many)
