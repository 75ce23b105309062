"""Schedulers and workers as an office would start them: processes of their own, certificates between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xlreport.collect.cluster.client import Certificates

ROOT = Path(__file__).parents[3]
Process = subprocess.Popen[bytes]


def certificates(folder: Path) -> Certificates:
    """A CA of its own and one certificate signed by it."""
    folder.mkdir(parents=True, exist_ok=True)
    authority = ec.generate_private_key(ec.SECP256R1())
    key = ec.generate_private_key(ec.SECP256R1())
    made = Certificates(folder / "ca.pem", folder / "cert.pem", folder / "key.pem")
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"xlreport {folder.name}")])
    ca = _signed(named, authority.public_key(), authority, ca=True)
    (folder / "ca.pem").write_bytes(ca.public_bytes(serialization.Encoding.PEM))
    cert = _signed(named, key.public_key(), authority, ca=False)
    (folder / "cert.pem").write_bytes(cert.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return made


def _signed(
    issuer: x509.Name, key: ec.EllipticCurvePublicKey, authority: ec.EllipticCurvePrivateKey, *, ca: bool
) -> x509.Certificate:
    now = datetime.now(UTC)
    subject = issuer if ca else x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "machine")])
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .sign(authority, hashes.SHA256())
    )


def options(given: Certificates) -> list[str]:
    """As Dask's own programs take them."""
    return ["--tls-ca-file", str(given.ca), "--tls-cert", str(given.cert), "--tls-key", str(given.key)]


@contextmanager
def scheduler(folder: Path, given: Certificates) -> Iterator[str]:
    """The address of a scheduler on this machine."""
    path = folder / "scheduler.json"
    always = ("--host", "tls://127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(path))
    process = _dask("scheduler", *always, *options(given))
    try:
        while not path.is_file() or not path.stat().st_size:
            assert process.poll() is None
            time.sleep(0.05)
        yield json.loads(path.read_text(encoding="utf-8"))["address"]
    finally:
        _end(process)


class Crew:
    """Workers of one thread without nannies: who kills one, kills it."""

    def __init__(self, address: str, given: Certificates, *arguments: str) -> None:
        self.address = address
        self._processes: list[Process] = []
        always = (address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        self._arguments = (*always, *options(given), *arguments)

    def living(self, least: int = 0) -> list[Process]:
        """Those that are alive, at least so many; new ones come while we go on."""
        living = [process for process in self._processes if process.poll() is None]
        new = [_dask("worker", *self._arguments) for _ in range(least - len(living))]
        self._processes += new
        return living + new

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes:
            _end(process)


def _dask(kind: str, *arguments: str) -> Process:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: Process) -> None:
    process.kill()
    process.wait()
