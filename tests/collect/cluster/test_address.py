"""xlreport.collect.cluster.address: which schedulers we talk to."""

from __future__ import annotations

import pytest

from tests.collect.made import report, write
from xlreport.cli import main
from xlreport.collect.cluster.address import check_address
from xlreport.errors import UsageError


@pytest.mark.parametrize(
    "address",
    ["tls://10.1.2.3:8786", "tls://head.example:1", "tcp://127.0.0.1:8786", "tcp://[::1]:2", "tcp://localhost:3"],
)
def test_taken(address: str) -> None:
    """With certificates anywhere, without them on this machine."""
    assert check_address(address) == address


@pytest.mark.parametrize(
    "address", ["tcp://10.1.2.3:8786", "tcp://head.example:1", "tcp://0.0.0.0:8786", "tcp://[::]:1"]
)
def test_open(address: str) -> None:
    """Nothing unpublished goes over a network that others can listen to."""
    with pytest.raises(UsageError) as caught:
        check_address(address)
    assert caught.value.key == "cluster.open"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "head",
        "head:8786",
        "tls://head",
        "tls://:8786",
        "tls://head:x",
        "ws://127.0.0.1:1",
        "ucx://h:1",
        "tls://h:1/x",
    ],
)
def test_no_address(address: str) -> None:
    """What is no address of a scheduler is told how one looks."""
    with pytest.raises(UsageError) as caught:
        check_address(address)
    assert caught.value.key == "cluster.address"


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--scheduler", "tcp://10.1.2.3:8786"], "加密"),
        (["--scheduler", "tls://127.0.0.1:1"], "证书"),
        (["--tls-ca", "ca.pem"], "--scheduler"),
    ],
)
def test_command(tmp_path, capsys, monkeypatch, options: list[str], word: str) -> None:
    """Said in one line, with 2, before anything is sent; certificates may come from Dask's own configuration."""
    monkeypatch.delenv("DASK_DISTRIBUTED__COMM__TLS__CA_FILE", raising=False)
    write(tmp_path / "in", "a", report("甲"))
    assert main(["collect", str(tmp_path / "in"), "--out", str(tmp_path / "out"), *options]) == 2
    told = capsys.readouterr().err
    assert word in told
    assert told.count("\n") == 1
