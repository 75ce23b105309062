"""Which schedulers we talk to: with certificates on both sides, or on this machine only."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from xlreport.errors import UsageError


def check_address(address: str) -> str:
    """The address, if it is tls://HOST:PORT, or tcp://HOST:PORT of this machine. Raises UsageError for any other."""
    try:
        parts = urlsplit(address)
        there = bool(parts.hostname and parts.port) and not (parts.path or parts.query or parts.username)
    except ValueError:  # a port that is none
        there = False
    if not there or parts.scheme not in ("tls", "tcp"):
        raise UsageError("cluster.address", address=address)
    if not safe(address):
        raise UsageError("cluster.open", address=address)
    return address


def safe(address: str) -> bool:
    """Whether what goes there cannot be read or changed on the way."""
    parts = urlsplit(address)
    return parts.scheme == "tls" or (parts.scheme == "tcp" and _here(parts.hostname or ""))


def _here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
