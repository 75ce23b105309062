"""xlreport.collect.cluster.client: whom we work with."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.collect.made import report, write
from xlreport.cli import main
from xlreport.collect.cluster.client import Certificates, Patience, _check_workers, _instruct, connected
from xlreport.collect.cluster.wire import pack
from xlreport.collect.cluster.worker import identity
from xlreport.errors import UsageError


class Fake:
    """A client of workers at these addresses, with these answers."""

    def __init__(self, told: dict[str, object], scheduler: str = "tls://10.0.0.1:8786") -> None:
        self._told, self._scheduler = told, scheduler

    def scheduler_info(self) -> dict[str, Any]:
        """As Dask has it."""
        return {"address": self._scheduler, "workers": {address: {} for address in self._told}}

    def run(self, _asked: Callable[[], bytes], **_: str) -> dict[str, object]:
        """What each worker answers."""
        return self._told


def test_same_version() -> None:
    """Workers of the same version are welcome, and one that falls while it is asked holds nobody up."""
    _check_workers(Fake({"tls://10.0.0.2:1": identity(), "tls://10.0.0.3:1": OSError()}))


@pytest.mark.parametrize("answer", [pack(("0.0.1", 1, "b")), ModuleNotFoundError("xlreport")])
def test_other_version(answer: object) -> None:
    """One of another version, or without xlreport, is named."""
    with pytest.raises(UsageError, match=r"tls://10.0.0.3:1（(0.0.1/1|\?)）"):
        _check_workers(Fake({"tls://10.0.0.2:1": identity(), "tls://10.0.0.3:1": answer}))


@pytest.mark.parametrize(
    ("scheduler", "worker"), [("tcp://10.0.0.1:8786", "tcp://127.0.0.1:1"), ("tls://10.0.0.1:8786", "tcp://10.0.0.2:1")]
)
def test_open(scheduler: str, worker: str) -> None:
    """A scheduler that listens to a whole network, and a worker without encryption, get nothing."""
    with pytest.raises(UsageError) as caught:
        _check_workers(Fake({worker: identity()}, scheduler))
    assert caught.value.key == "cluster.open_worker"


def test_scheduler_without_xlreport() -> None:
    """A scheduler that cannot load what we ask it to load is told so."""

    class Bare:
        def register_plugin(self, _: object) -> None:
            """As a scheduler without xlreport."""
            raise ModuleNotFoundError("xlreport")

    with pytest.raises(UsageError, match=r'pip install "\.\[cluster\]"'):
        _instruct(Bare(), "tls://10.0.0.1:8786")


@pytest.mark.parametrize("module", ["dask", "distributed"])
def test_missing(tmp_path, monkeypatch, capsys, module: str) -> None:
    """Without the extra, a line says how to install it."""
    monkeypatch.setitem(sys.modules, module, None)
    write(tmp_path / "in", "a", report("甲"))
    command = ["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--scheduler", "tcp://127.0.0.1:1"]
    assert main(command) == 3
    assert '源码文件夹里运行 pip install ".[cluster]"' in capsys.readouterr().err


def test_no_reason(monkeypatch) -> None:
    """A scheduler that cannot be reached for no reason that is told leaves no gap in the sentence."""
    distributed = pytest.importorskip("distributed")

    def silent(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(distributed, "Client", silent)
    with pytest.raises(UsageError, match="没有说明原因"), connected("tcp://127.0.0.1:1", Certificates(), Patience()):
        pass
