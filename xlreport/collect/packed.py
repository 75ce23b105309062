"""Many small values in little memory: each is held as bytes, and made anew when it is asked for."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar, overload

T = TypeVar("T")


def pack(values: Iterable[Any]) -> bytes:
    """Numbers, text, None, and tuples of them, in bytes that only this process reads."""
    return marshal.dumps(tuple(values))


class Packed(Sequence[T]):
    """Values of what was packed, each by `make`; immutable."""

    __slots__ = ("_make", "packed")

    def __init__(self, make: Callable[[tuple[Any, ...]], T], packed: Iterable[bytes]) -> None:
        self._make = make
        self.packed = tuple(packed)

    def __len__(self) -> int:
        return len(self.packed)

    def __iter__(self) -> Iterator[T]:
        return map(self._value, self.packed)

    @overload
    def __getitem__(self, at: int) -> T: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...

    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        return Packed(self._make, self.packed[at]) if isinstance(at, slice) else self._value(self.packed[at])

    def _value(self, packed: bytes) -> T:
        return self._make(marshal.loads(packed))  # noqa: S302  our own
