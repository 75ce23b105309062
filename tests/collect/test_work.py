"""xlreport.collect.work: one file, as a process of the pool sees it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.collect.made import report, write
from xlreport import job
from xlreport.collect import work
from xlreport.collect.back import places
from xlreport.collect.work import Judge, Reader, Task, key_of


def judge(tmp_path: Path) -> Judge:
    return Judge("context", "zh", tmp_path / "back")


def test_a_file_that_changes_is_told(tmp_path, monkeypatch) -> None:
    """A file that is written to at every look has no verdict; one that comes to rest has that of its last state."""
    path = write(tmp_path, "a", report("甲"))
    looks = []

    def restless(task: Task) -> dict[str, object]:
        looks.append(task)
        with path.open("a") as file:
            file.write(" ")
        return {}

    task = Task("a.json", str(path))
    assert work._settled(task, "c", restless) == b""
    assert len(looks) == work.TRIES

    def calming(task: Task) -> dict[str, object]:
        return restless(task) if len(looks) == work.TRIES else {"size": path.stat().st_size}

    key, _, body = work._settled(task, "c", calming).partition(b" ")
    assert json.loads(body) == {"size": path.stat().st_size}
    assert key.decode() == key_of(task, "c")


def test_words_of_our_draft_are_nobodys(tmp_path) -> None:
    """Of a published report only what its office wrote itself is compared with others, not what we drafted for it."""
    told = report("甲局")
    drafted = {key: text for key, text in job.draft_text(told).items() if text}
    assert work._own_words(replace(told, text=drafted)) == []
    own = {**drafted, "other_matters": f"{drafted['other_matters']}\n本局另与三个街道共建了公开查阅点并派专人值守。"}
    assert len(work._own_words(replace(told, text=own))) == 1


def test_key(tmp_path) -> None:
    """The key changes with the name, the content, what lies beside and the context, and with nothing else."""
    path = write(tmp_path, "a", report("甲"))
    task = Task("a.json", str(path))
    first = key_of(task, "c")
    assert first == key_of(task, "c")
    assert first != key_of(task, "d")
    assert first != key_of(task._replace(name="b.json"), "c")
    path.touch()
    assert first == key_of(task, "c")
    beside = tmp_path / "a.说明.toml"
    beside.write_text("x", encoding="utf-8")
    assert first != key_of(task, "c")
    beside.unlink()
    path.write_bytes(path.read_bytes() + b" ")
    assert first != key_of(task, "c")
    assert key_of(Task("no", str(tmp_path / "no")), "c") == ""


def test_a_mistake_of_ours_costs_one_file(tmp_path, monkeypatch) -> None:
    """An exception that nobody foresaw becomes the verdict on its file, and says so."""

    def fail(*_: object) -> None:
        raise RuntimeError("中文")

    monkeypatch.setattr("xlreport.job.judge", fail)
    path = write(tmp_path, "a", report("甲"))
    _, _, body = judge(tmp_path)(Task("a.json", str(path))).partition(b" ")
    found = json.loads(body)
    assert found["status"] == "unusable"
    assert found["findings"][0]["code"] == "INPUT"
    assert "RuntimeError" in found["findings"][0]["message"]


def test_out_of_memory_is_the_pools_affair(tmp_path, monkeypatch) -> None:
    """A MemoryError goes up to the pool, which tells it from a mistake."""

    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("xlreport.job.judge", fail)
    path = write(tmp_path, "a", report("甲"))
    with pytest.raises(MemoryError):
        judge(tmp_path)(Task("a.json", str(path)))


def test_long_names(tmp_path) -> None:
    """A name as long as a file system takes leaves room for what goes back, and two of them stay apart."""
    names = [f"{'局' * 83}{end}.json" for end in "ab"]
    assert len({place for name in names for place in places(tmp_path, name)}) == 4
    path = write(tmp_path, "a", report("甲", {"t3.received.other": 1}))
    judge(tmp_path)(Task(names[0], str(path)))
    assert all(place.is_file() for place in places(tmp_path / "back", names[0]))


def test_a_disk_that_refuses_is_nobodys_verdict(tmp_path) -> None:
    """Where what goes back cannot be written, the reply says so."""
    (tmp_path / "back").write_bytes(b"a file in the way")
    path = write(tmp_path, "a", report("甲", {"t3.received.other": 1}))
    assert judge(tmp_path)(Task("a.json", str(path))).startswith(work.REFUSED)


def test_paths_of_ours_are_not_told(tmp_path) -> None:
    """A message names the file as the user knows it, not where we have unpacked it."""
    path = tmp_path / "17.json"
    path.write_bytes(b"")
    _, _, body = judge(tmp_path)(Task("甲.zip/乙.json", str(path))).partition(b" ")
    assert "甲.zip/乙.json" in json.loads(body)["findings"][0]["message"]
    assert str(tmp_path) not in body.decode()
    _, _, body = Reader("c")(Task("甲.zip/乙.json", str(path))).partition(b" ")
    assert str(tmp_path) not in body.decode()


def test_message(tmp_path) -> None:
    """What goes back to a unit names it, its errors by place, and what to do; a report that passes gets nothing."""
    path = write(tmp_path, "a", report("甲局", {"t3.received.natural_person": 3}))
    judge(tmp_path)(Task("sub/a.json", str(path)))
    text = (tmp_path / "back" / "sub" / "a.json.txt").read_text(encoding="utf-8")
    assert text.startswith("甲局：贵单位报送的 2024 年")
    assert "1. 【错误】表三!D6" in text
    write(tmp_path, "a", report("甲局"))
    judge(tmp_path)(Task("sub/a.json", str(path)))
    assert not list((tmp_path / "back" / "sub").iterdir())
