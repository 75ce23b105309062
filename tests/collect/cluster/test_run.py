"""xlreport.collect.cluster: the same bytes as on one machine, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.collect import broken
from tests.collect.cluster import machines
from tests.collect.made import TWO, report, tree, write
from xlreport.cli import main
from xlreport.collect.cluster import run as cluster
from xlreport.collect.cluster.client import Certificates, Patience
from xlreport.collect.cluster.run import Cluster
from xlreport.collect.pool import Limits
from xlreport.collect.run import collect
from xlreport.collect.settings import Settings
from xlreport.messages import say

PATIENCE = Patience(20, 30)


@pytest.fixture(scope="module")
def certificates(tmp_path_factory) -> Certificates:
    return machines.certificates(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory, certificates) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("scheduler")
    with machines.scheduler(folder, "--host", "tls://127.0.0.1", *machines.options(certificates)) as address:
        yield address


@pytest.fixture
def far(scheduler, certificates) -> Settings:
    return TWO._replace(mapper=Cluster(scheduler, certificates, PATIENCE))


@pytest.fixture
def two(scheduler, certificates) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Two workers."""
    options = machines.options(certificates)
    with machines.workers(*(machines.worker(scheduler, *options) for _ in range(2))) as processes:
        yield list(processes)


def some(folder: Path, count: int = 40) -> Path:
    """Reports, a third of them right; some are drawn up so that something goes back."""
    for number in range(count):
        write(folder, f"{number}", report(f"{number}局", {"t3.received.natural_person": number % 3}))
    return folder


def test_a_worker_killed(tmp_path, far, two) -> None:
    """With a worker killed in the middle and twenty kinds of broken files: the bytes of a run on this machine."""
    folder = some(tmp_path / "测试 目录（一）")
    for name, (suffix, make, _) in broken.KINDS.items():
        (folder / f"{name}{suffix}").write_bytes(make())

    def progress(done: int, total: int, reused: int) -> None:
        if done == 15:
            os.kill(two[0].pid, signal.SIGKILL)

    collect(folder, tmp_path / "far", far, progress=progress)
    assert two[0].wait() == -signal.SIGKILL
    assert two[1].poll() is None
    collect(folder, tmp_path / "here", TWO)
    assert tree(tmp_path / "far") == tree(tmp_path / "here")
    assert collect(folder, tmp_path / "far", TWO).reused >= 60, "what was judged there is known here"


def test_poison(tmp_path, scheduler, certificates, far) -> None:
    """A file that two workers die of, one in a batch with others, one alone with it, is set aside; the rest goes on."""
    folder = some(tmp_path / "in", 20)
    write(folder, "毒", report("毒局"))
    options = (*machines.options(certificates), "--preload", str(Path(__file__).with_name("poison.py")))
    with machines.workers(*(machines.worker(scheduler, *options) for _ in range(3))) as processes:
        found = collect(folder, tmp_path / "far", far)
        assert [process.poll() for process in processes].count(None) == 1
    statuses = {seen.name: seen.why for seen in found.files if seen.status == "unusable"}
    assert statuses == {"毒.json": say("collect.lost.worker")}
    assert len(found.files) == 21
    assert collect(folder, tmp_path / "far", TWO).reused == 20, "what was set aside is tried again"


def test_limits(tmp_path, far, two) -> None:
    """A file that may not have the memory it needs costs its own process there as here, and the worker lives."""
    folder = some(tmp_path / "in", 4)
    limits = Limits(seconds=20, memory=1 << 20)
    collect(folder, tmp_path / "far", far._replace(limits=limits))
    found = collect(folder, tmp_path / "here", TWO._replace(limits=limits))
    assert {seen.why for seen in found.files} == {say("collect.lost.memory", megabytes=1)}
    assert tree(tmp_path / "far") == tree(tmp_path / "here")
    assert all(process.poll() is None for process in two)


def test_last_year(tmp_path, monkeypatch, far, two) -> None:
    """Last year's reports, and errata that only this machine knows, count there as here."""
    folder = some(tmp_path / "in", 12)
    for number in range(0, 12, 2):
        write(tmp_path / "last", f"{number}", report(f"{number}局", {"t3.carried_out.natural_person": 2}, year=2023))
    errata = 'schema = "xlreport/errata/1"\n[[erratum]]\ncode = "T3-BAL"\nseverity = "note"\nreason = "试行"\n'
    (tmp_path / "errata.toml").write_text(errata, encoding="utf-8")
    collect(folder, tmp_path / "plain", TWO, last_year=tmp_path / "last")
    monkeypatch.setenv("XLREPORT_ERRATA", str(tmp_path / "errata.toml"))
    collect(folder, tmp_path / "here", TWO, last_year=tmp_path / "last")
    collect(folder, tmp_path / "far", far, last_year=tmp_path / "last")
    assert tree(tmp_path / "far") == tree(tmp_path / "here") != tree(tmp_path / "plain")


def test_shipped(tmp_path, monkeypatch, far, two) -> None:
    """What workers do not see at its path, or see other content at, travels with its batch; the same bytes."""
    folder = some(tmp_path / "in", 30)
    made, sent = cluster.parcel, []

    def elsewhere(task, last, *, shipped: bool):
        sent.append(shipped)
        return made(task, last, shipped=shipped)._replace(path=b"/nowhere/" + os.fsencode(Path(task.path).name))

    monkeypatch.setattr(cluster, "parcel", elsewhere)
    collect(folder, tmp_path / "far", far)
    assert sent.count(False) < 16
    assert sent.count(True) == 30
    collect(folder, tmp_path / "here", TWO)
    assert tree(tmp_path / "far") == tree(tmp_path / "here")


def test_other_version(tmp_path, scheduler, certificates, capsys) -> None:
    """A worker of another version is refused by its name, and nothing is judged."""
    folder = some(tmp_path / "in", 1)
    options = (*machines.options(certificates), "--preload", str(Path(__file__).with_name("older.py")))
    with machines.workers(machines.worker(scheduler, *options)):
        assert main(command(folder, tmp_path / "out", scheduler, certificates)) == 2
    told = capsys.readouterr().err
    assert "0.0.1/" in told
    assert "tls://127.0.0.1:" in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out" / "status.xlsx").exists()


def command(folder: Path, out: Path, scheduler: str, given: Certificates) -> list[str]:
    options = ["--tls-ca", str(given.ca), "--tls-cert", str(given.cert), "--tls-key", str(given.key)]
    return ["collect", str(folder), "--out", str(out), "--scheduler", scheduler, *options]


def test_refused(tmp_path, scheduler, certificates, capsys, monkeypatch) -> None:
    """No scheduler, a stranger's certificate, none at all, no workers: one line each, 2, and no traceback."""
    folder = some(tmp_path / "in", 1)
    stranger = machines.certificates(tmp_path / "stranger")
    monkeypatch.setattr("xlreport.collect.cluster.run.Patience", lambda: Patience(3, 1))
    for address, given, word in (
        ("tls://127.0.0.1:1", certificates, "连不上"),
        (scheduler, stranger, "连不上"),
        (scheduler.replace("tls", "tcp"), certificates, "连不上"),
        (scheduler, certificates, "没有工作机"),
        (scheduler, certificates._replace(ca=tmp_path / "none"), "找不到"),
        (scheduler, certificates._replace(key=stranger.key), "用不了"),
    ):
        assert main(command(folder, tmp_path / "out", address, given)) == 2
        told = capsys.readouterr().err
        assert word in told
        assert told.count("\n") == 1


def test_local_cluster(tmp_path) -> None:
    """On a LocalCluster over loopback, with nannies and two threads a worker: the bytes of one machine, in sums too."""
    folder = some(tmp_path / "in")
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
