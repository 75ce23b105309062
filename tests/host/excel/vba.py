"""olevba, as the tests use it; it speaks to its parser in a way that has gone out of fashion."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools import olevba


def quietly(call: Callable[..., Any], *arguments: object, **named: object) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return call(*arguments, **named)


def unpacked(container: bytes) -> bytes:
    return bytes(quietly(olevba.decompress_stream, bytearray(container)))


def sources(data: bytes) -> dict[str, str]:
    """Every module that olevba extracts from a workbook or a macro project, by name."""
    parser = quietly(olevba.VBA_Parser, "book.xlsm", data=data)
    try:
        found = list(quietly(lambda: list(parser.extract_macros())))
    finally:
        parser.close()
    names = [path.rpartition("/")[2] for _, path, _, _ in found]
    assert len(names) == len(set(names))
    return {name: code for name, (_, _, _, code) in zip(names, found, strict=True)}
