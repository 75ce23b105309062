"""A client of a Dask cluster whose machines are all ours: nobody in between, everybody of the same version."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from xlreport import __version__
from xlreport.collect.cluster.address import check_address, safe
from xlreport.collect.cluster.wire import unpack
from xlreport.errors import ProgramError, UsageError
from xlreport.messages import Phrase
from xlreport.rules.ruleset import ruleset

NAMED = 3
"""Workers named in a line that tells of many."""


class Certificates(NamedTuple):
    """Files in PEM. What is not given is taken from Dask's own configuration and environment."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


class Patience(NamedTuple):
    """Seconds to wait for the scheduler, and for workers to be there."""

    scheduler: float = 10
    workers: float = 30


@contextmanager
def connected(address: str, certificates: Certificates, patience: Patience) -> Iterator[Any]:
    """A client of the cluster at `address`, once it has workers and all of them have been looked at.

    Raises UsageError where it cannot be reached or must not be used, ProgramError where Dask is not installed.
    """
    check_address(address)
    distributed = _dask()
    security = _security(certificates, distributed.Security) if address.startswith("tls:") else None
    try:
        client = distributed.Client(address, security=security, timeout=patience.scheduler, set_as_default=False)
    except (OSError, RuntimeError, ValueError) as error:
        why = str(_root(error)) or Phrase("cluster.silent")
        raise UsageError("cluster.unreachable", address=address, reason=why) from None
    try:
        _await_workers(client, address, patience)
        _check_workers(client)
        _instruct(client, address)
        yield client
    finally:
        client.close(timeout=patience.scheduler)


def _dask() -> Any:
    """Dask, silent: what it has to say is said by us."""
    try:
        import dask

        dask.config.set({"logging": dict.fromkeys(("distributed", "distributed.client", "tornado"), "critical")})
        import distributed
    except ImportError:
        raise ProgramError("cluster.missing") from None
    return distributed


def _security(given: Certificates, made: Callable[..., Any]) -> Any:
    """Certificates on both sides. Raises UsageError for what is not there."""
    fields = {"tls_ca_file": given.ca, "tls_client_cert": given.cert, "tls_client_key": given.key}
    security = made(require_encryption=True, **{name: str(path) for name, path in fields.items() if path})
    if not (security.tls_ca_file and security.tls_client_cert):
        raise UsageError("cluster.certificates")
    for path in filter(None, (security.tls_ca_file, security.tls_client_cert, security.tls_client_key)):
        if "\n" not in path and not Path(path).is_file():
            raise UsageError("cluster.no_certificate", path=path)
    try:
        security.get_connection_args("client")
    except OSError as error:  # SSLError is one
        raise UsageError("cluster.bad_certificate", path=security.tls_client_cert, reason=error) from None
    return security


def _root(error: BaseException) -> BaseException:
    """What was the matter in the first place."""
    while error.__cause__ or error.__context__:
        error = error.__cause__ or error.__context__ or error
    return error


def _await_workers(client: Any, address: str, patience: Patience) -> None:
    try:
        client.wait_for_workers(1, timeout=patience.workers)
    except TimeoutError:
        raise UsageError("cluster.no_workers", address=address, seconds=int(patience.workers)) from None


def _check_workers(client: Any) -> None:
    """Raise UsageError for a worker whom others could overhear, or of another version."""
    from xlreport.collect.cluster.worker import identity

    info = client.scheduler_info()
    for address in (info["address"], *info["workers"]):
        if not safe(address):
            raise UsageError("cluster.open_worker", address=address)
    refuse(client.run(identity, on_error="return"))


def _instruct(client: Any, address: str) -> None:
    """Raise UsageError for a scheduler that cannot do as we need: it is most likely without xlreport."""
    from xlreport.collect.cluster.plugin import OneLife

    try:
        client.register_plugin(OneLife())
    except Exception as error:
        raise UsageError("cluster.scheduler", address=address, reason=repr(error)) from error


def refuse(told: dict[str, Any]) -> None:
    """Raise UsageError that names the workers whose `identity` is another; one that has just fallen counts for none."""
    other = {worker: _version(answer) for worker, answer in told.items() if not isinstance(answer, OSError)}
    here = f"{__version__}/{ruleset()}"
    names = [f"{worker}（{version}）" for worker, version in sorted(other.items()) if version != here]
    if names:
        raise UsageError("cluster.other_version", count=len(names), workers="、".join(names[:NAMED]), here=here)


def _version(answer: object) -> str:
    """A question mark for who has no xlreport at all."""
    if not isinstance(answer, bytes):
        return "?"
    version, rules, _ = unpack(answer)
    return f"{version}/{rules}"
