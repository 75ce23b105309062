"""Schedulers and workers as an office would start them: processes of their own, certificates between them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from xlreport.collect.cluster.client import Certificates

ROOT = Path(__file__).parents[3]


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
def scheduler(folder: Path, *arguments: str) -> Iterator[str]:
    """The address of a scheduler on this machine."""
    path = Path(mkdtemp(dir=folder)) / "scheduler.json"
    process = _dask("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(path), *arguments)
    try:
        while not path.is_file() or not path.stat().st_size:
            assert process.poll() is None
            time.sleep(0.05)
        yield json.loads(path.read_text(encoding="utf-8"))["address"]
    finally:
        _end(process)


def worker(address: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """A worker of one thread without a nanny: who kills it, kills it."""
    always = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
    return _dask("worker", address, *always, *arguments, **environment)


@contextmanager
def workers(*processes: subprocess.Popen[bytes]) -> Iterator[tuple[subprocess.Popen[bytes], ...]]:
    """They are ended at the end, those that are left."""
    try:
        yield processes
    finally:
        for process in processes:
            _end(process)


def _dask(kind: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    surroundings: Mapping[str, str] = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments],
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
