"""What travels between the machines: plain values in msgpack, none of them a pickle."""

from __future__ import annotations

import struct
from typing import Any, BinaryIO, NamedTuple

_HEAD = struct.Struct(">Q")


class Order(NamedTuple):
    """What is to be done with every file of a run, and all that results depend on besides the files.

    version, ruleset: of who orders; who does it must have the same. does: "judge" or "read". before: whether there are
    last year's reports. epoch: seconds since 1970, some time today. errata: name and content of those that the
    environment names.
    """

    version: str
    ruleset: int
    does: str
    context: str
    language: str
    seconds: float
    memory: int
    before: bool
    epoch: int
    errata: list[tuple[str, bytes]]


class Parcel(NamedTuple):
    """A file to read.

    name: as it is shown; path: where it lies for who orders; digest: SHA-256 of its content; content: None where it is
    to be read at `path`; beside: what lies beside it. last: the unit's report of last year, "" where there is none,
    None where it is not known whose report this is.
    """

    name: str
    path: bytes
    size: int
    digest: bytes
    content: bytes | None
    beside: bytes | None
    last: str | None


class Answer(NamedTuple):
    """What became of a file: one of these.

    reply: the deed's, with what goes `back` to the unit; lost: as in `pool.Lost`; wanted: whose report of last year is
    needed; unseen: there is no such file at its path; failed: what the worker itself stumbled over.
    """

    reply: bytes | None = None
    back: tuple[bytes, ...] = ()
    lost: str = ""
    wanted: str = ""
    unseen: bool = False
    failed: str = ""


class Landed(NamedTuple):
    """What became of a batch: one of these, or nothing where it killed the process that had it.

    answers: packed; other: the identity of a worker that may not answer, because it is of another version and came
    after the others had been asked for theirs; failed: what the worker stumbled over.
    """

    answers: bytes | None = None
    other: bytes | None = None
    failed: str = ""


def pack(value: Any) -> bytes:
    """Plain values as bytes."""
    import msgpack

    packed: bytes = msgpack.packb(value, unicode_errors="surrogateescape")
    return packed


def unpack(content: bytes) -> Any:
    """Plain values from bytes; lists come as lists."""
    import msgpack

    return msgpack.unpackb(content, unicode_errors="surrogateescape")


def send(pipe: BinaryIO, content: bytes) -> None:
    """Put a message into a pipe."""
    pipe.write(_HEAD.pack(len(content)) + content)
    pipe.flush()


def receive(pipe: BinaryIO) -> bytes | None:
    """The next message of a pipe; None when the other end is gone."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    (size,) = _HEAD.unpack(head)
    content = pipe.read(size)
    return content if len(content) == size else None
