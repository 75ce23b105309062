"""xlreport.collect.cluster: the same bytes as on one machine, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.collect import broken
from tests.collect.cluster import machines
from tests.collect.made import TWO, report, tree, write
from xlreport.cli import main
from xlreport.collect.cluster.client import Certificates, Patience, connected
from xlreport.collect.cluster.parcel import parcel
from xlreport.collect.cluster.run import Cluster
from xlreport.collect.cluster.wire import Parcel
from xlreport.collect.pool import Limits
from xlreport.collect.run import collect
from xlreport.collect.settings import Settings
from xlreport.collect.work import Task
from xlreport.errors import ProgramError
from xlreport.messages import say

ONE = TWO._replace(workers=1)
PATIENCE = Patience(20, 30)
POISON = Path(__file__).with_name("poison.py")


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Certificates:
    return machines.certificates(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory, certificates) -> Iterator[str]:
    """A scheduler without workers."""
    with machines.scheduler(tmp_path_factory.mktemp("scheduler"), certificates) as address:
        yield address


@pytest.fixture(scope="module")
def crew(tmp_path_factory, certificates) -> Iterator[machines.Crew]:
    """A scheduler, and as many workers as are asked for."""
    with (
        machines.scheduler(tmp_path_factory.mktemp("scheduler"), certificates) as address,
        machines.Crew(address, certificates, "--preload", str(POISON)) as made,
    ):
        yield made


@pytest.fixture
def far(crew, certificates) -> Settings:
    return TWO._replace(mapper=Cluster(crew.address, certificates, PATIENCE))


def some(folder: Path, count: int) -> Path:
    """Reports, a fourth of them wrong, so that something goes back."""
    for number in range(count):
        write(folder, f"{number}", report(f"{number}局", {"t3.received.natural_person": int(number % 4 == 1)}))
    return folder


def test_limits(tmp_path, far, crew) -> None:
    """A file that takes longer than it may costs its own process there as here, and the workers live."""
    processes = crew.living(2)
    folder = some(tmp_path / "in", 4)
    limits = Limits(seconds=0.001)
    collect(folder, tmp_path / "far", far._replace(limits=limits))
    found = collect(folder, tmp_path / "here", ONE._replace(limits=limits))
    assert {seen.why for seen in found.files} == {say("collect.lost.time", seconds=0)}
    assert tree(tmp_path / "far") == tree(tmp_path / "here")
    assert all(process.poll() is None for process in processes)


def test_last_year(tmp_path, monkeypatch, far, crew) -> None:
    """Last year's reports, and errata that only this machine knows, count there as here."""
    crew.living(2)
    folder = some(tmp_path / "in", 12)
    for number in range(0, 12, 2):
        write(tmp_path / "last", f"{number}", report(f"{number}局", {"t3.carried_out.natural_person": 2}, year=2023))
    errata = 'schema = "xlreport/errata/1"\n[[erratum]]\ncode = "T3-BAL"\nseverity = "note"\nreason = "试行"\n'
    (tmp_path / "errata.toml").write_text(errata, encoding="utf-8")
    collect(folder, tmp_path / "plain", ONE, last_year=tmp_path / "last")
    monkeypatch.setenv("XLREPORT_ERRATA", str(tmp_path / "errata.toml"))
    command = [sys.executable, "-m", "xlreport", "collect", str(folder), "--out", str(tmp_path / "here")]
    command += ["--last-year", str(tmp_path / "last")]  # in a process of its own: a pool keeps its surroundings
    subprocess.run(command, cwd=machines.ROOT, check=False, capture_output=True)
    collect(folder, tmp_path / "far", far, last_year=tmp_path / "last")
    assert tree(tmp_path / "far") == tree(tmp_path / "here") != tree(tmp_path / "plain")


def test_shipped(tmp_path, monkeypatch, far, crew) -> None:
    """What workers do not see at its path, or see other content at, travels with its batch; the same bytes."""
    crew.living(2)
    folder = some(tmp_path / "in", 30)
    sent = []

    def elsewhere(task: Task, last: str | None, *, shipped: bool) -> Parcel:
        sent.append(shipped)
        made = parcel(task, last, shipped=shipped)
        assert made is not None
        return made._replace(path=b"/nowhere/" + os.fsencode(Path(task.path).name))

    monkeypatch.setattr("xlreport.collect.cluster.run.parcel", elsewhere)
    collect(folder, tmp_path / "far", far)
    assert sent.count(False) < 16
    assert sent.count(True) == 30
    collect(folder, tmp_path / "here", ONE)
    assert tree(tmp_path / "far") == tree(tmp_path / "here")


def test_other_version(tmp_path, empty, certificates, capsys) -> None:
    """A worker of another version is refused by its name, and nothing is judged."""
    folder = some(tmp_path / "in", 1)
    with machines.Crew(empty, certificates, "--preload", str(POISON.with_name("older.py"))) as crew:
        crew.living(1)
        assert main(command(folder, tmp_path / "out", empty, certificates)) == 2
    told = capsys.readouterr().err
    assert "0.0.1/" in told
    assert "tls://127.0.0.1:" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out" / "status.xlsx").exists()


def command(folder: Path, out: Path, scheduler: str, given: Certificates) -> list[str]:
    options = ["--tls-ca", str(given.ca), "--tls-cert", str(given.cert), "--tls-key", str(given.key)]
    return ["collect", str(folder), "--out", str(out), "--scheduler", scheduler, *options]


def test_refused(tmp_path, empty, certificates, capsys, monkeypatch) -> None:
    """No scheduler, a stranger's certificate, none at all, no workers: one line each, 2, and no traceback."""
    folder = some(tmp_path / "in", 1)
    stranger = machines.certificates(tmp_path / "stranger")
    monkeypatch.setattr("xlreport.collect.cluster.run.Cluster", partial(Cluster, patience=Patience(3, 1)))
    for address, given, word in (
        ("tls://127.0.0.1:1", certificates, "连不上"),
        (empty, stranger, "连不上"),
        (empty.replace("tls", "tcp"), certificates, "连不上"),
        (empty, certificates, "没有工作机"),
        (empty, certificates._replace(ca=tmp_path / "none"), "找不到"),
        (empty, certificates._replace(key=stranger.key), "用不了"),
    ):
        assert main(command(folder, tmp_path / "out", address, given)) == 2
        told = capsys.readouterr().err
        assert word in told
        assert told.count("\n") == 1


def test_local_cluster(tmp_path) -> None:
    """On a LocalCluster over loopback, with a nanny and two threads: the bytes of one machine, in sums too."""
    folder = some(tmp_path / "in", 8)
    script = [sys.executable, "-m", "tests.collect.cluster.local"]
    process = subprocess.Popen(script, cwd=machines.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        address = ["--scheduler", process.stdout.readline().strip()]
        for out, more in ((tmp_path / "far", address), (tmp_path / "here", [])):
            assert main(["collect", str(folder), "--out", str(out), *more]) == 1
            assert main(["rollup", str(folder), "--out", str(out / "sum.xlsx"), *more]) == 1
        process.communicate()
    assert tree(tmp_path / "far") == tree(tmp_path / "here")


def test_a_worker_killed(tmp_path, far, crew) -> None:
    """With a worker killed in the middle and twenty kinds of broken files: the bytes of a run on this machine."""
    victim, other = crew.living(2)
    folder = some(tmp_path / "测试 目录（一）", 20)
    for name, (suffix, make, _) in broken.KINDS.items():
        (folder / f"{name}{suffix}").write_bytes(make())
    with zipfile.ZipFile(folder / "甲.zip", "w") as archive:
        archive.writestr("乙.xlsx", broken.sound())

    def progress(done: int, total: int, reused: int) -> None:
        if done == 10:
            os.kill(victim.pid, signal.SIGKILL)

    collect(folder, tmp_path / "far", far, progress=progress)
    assert victim.wait() == -signal.SIGKILL
    assert other.poll() is None
    collect(folder, tmp_path / "here", ONE)
    assert tree(tmp_path / "far") == tree(tmp_path / "here")
    assert collect(folder, tmp_path / "far", ONE).reused >= 30, "what was judged there is known here"


def test_poison(tmp_path, far, crew) -> None:
    """A file that two workers die of, one in a batch with others, one alone with it, is set aside; the rest goes on."""
    crew.living(3)
    folder = some(tmp_path / "in", 20)
    write(folder, "毒", report("毒局"))
    found = collect(folder, tmp_path / "far", far)
    assert len(crew.living()) == 1
    statuses = {seen.name: seen.why for seen in found.files if seen.status == "unusable"}
    assert statuses == {"毒.json": say("collect.lost.worker")}
    assert len(found.files) == 21
    assert collect(folder, tmp_path / "far", ONE).reused == 20, "what was set aside is tried again"


def test_a_worker_whose_disk_is_full(tmp_path, monkeypatch, crew, far, certificates) -> None:
    """What one worker cannot write another does, to the same bytes; where nobody can, the run ends with a word."""
    folder = some(tmp_path / "in", 60)
    for process in crew.living():
        machines._end(process)
    monkeypatch.setenv("XLREPORT_TEST_FULL", "1")
    crew.living(1)
    with pytest.raises(ProgramError, match="磁盘已满"):
        collect(folder, tmp_path / "full", far)
    monkeypatch.delenv("XLREPORT_TEST_FULL")
    crew.living(2)
    with connected(crew.address, certificates, PATIENCE) as client:
        client.wait_for_workers(2)
    collect(folder, tmp_path / "far", far)
    collect(folder, tmp_path / "here", ONE)
    assert tree(tmp_path / "far") == tree(tmp_path / "here")
    for process in crew.living():
        machines._end(process)
