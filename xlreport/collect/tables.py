"""Findings and figures in long form: a line for each, for DuckDB, pandas and Excel.

Parquet where pyarrow is there (the extra `collect`), else CSV; either way written piece by piece, never held whole.
"""

from __future__ import annotations

import csv
import importlib.util
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from xlreport.errors import OutputError, reason

if TYPE_CHECKING:
    import pyarrow as pa

PIECE = 2_000
"""Lines that are held as Python's values."""

GROUP = 4 << 20
"""Bytes of Arrow's columns that become a row group: the writer keeps some kilobytes of each to the end."""

KINDS = ("parquet", "csv")
"""Suffixes of what is written; of a table there is one or the other."""

_OF: Mapping[str, str] = {
    "file": "name",
    "unit": "name",
    "code": "name",
    "agency": "name",
    "year": "int",
    "form": "name",
}
FIGURES: Mapping[str, str] = {
    **_OF,
    "cell": "name",
    "value": "number",
}
FINDINGS: Mapping[str, str] = {
    **_OF,
    "rule": "name",
    "severity": "name",
    "message": "text",
    "cells": "texts",
    "addresses": "texts",
    "expected": "number",
    "actual": "number",
    "difference": "number",
    "explanation": "text",
}
"""Columns and their types."""

Columns = Mapping[str, Sequence[Any]]


class Sink(Protocol):
    """Takes lines as columns of equal length."""

    def add(self, columns: Columns) -> None:
        """Take more lines."""


def parquet_there() -> bool:
    """Whether Parquet can be written."""
    return importlib.util.find_spec("pyarrow") is not None


@contextmanager
def table(folder: Path, name: str, types: Mapping[str, str]) -> Iterator[Sink]:
    """A table `name`.parquet, or .csv, that stands in its place once all of it is written. Raises OutputError."""
    parquet = parquet_there()
    path = folder / f"{name}.{KINDS[not parquet]}"
    part = path.with_name(f".{path.name}.part")
    try:
        if parquet:
            with _parquet(part, types) as sink:
                yield sink
        else:
            with part.open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(types)
                yield _Csv(writer, tuple(types))
        os.replace(part, path)  # noqa: PTH105
        path.with_suffix(f".{KINDS[parquet]}").unlink(missing_ok=True)  # of a run before
    except OSError as error:
        raise OutputError("files.refused", path=path, reason=reason(error)) from None
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _parquet(path: Path, types: Mapping[str, str]) -> Iterator[_Parquet]:
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_memory_pool(pa.system_memory_pool())  # the others keep some megabytes more than they use
    kinds = {
        "name": pa.dictionary(pa.int32(), pa.string()),
        "text": pa.string(),
        "texts": pa.list_(pa.string()),
        "int": pa.int32(),
        "number": pa.float64(),
    }
    schema = pa.schema([(name, kinds[kind]) for name, kind in types.items()])
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        sink = _Parquet(writer, schema)
        yield sink
        sink.flush()


class _Parquet:
    def __init__(self, writer: Any, schema: pa.Schema) -> None:
        self._writer, self._schema = writer, schema
        self._held: dict[str, list[Any]] = {name: [] for name in schema.names}
        self._group: list[pa.Table] = []

    def add(self, columns: Columns) -> None:
        for name, held in self._held.items():
            held.extend(columns[name])
        if len(held) >= PIECE:
            self._pack()
            if sum(piece.nbytes for piece in self._group) >= GROUP:
                self._write()

    def flush(self) -> None:
        self._pack()
        self._write()

    def _pack(self) -> None:
        import pyarrow as pa

        if any(self._held.values()):
            self._group.append(pa.table(self._held, schema=self._schema))
            for held in self._held.values():
                held.clear()

    def _write(self) -> None:
        import pyarrow as pa

        if self._group:
            self._writer.write_table(pa.concat_tables(self._group).unify_dictionaries().combine_chunks())
            self._group.clear()


class _Csv:
    def __init__(self, writer: Any, names: tuple[str, ...]) -> None:
        self._writer, self._names = writer, names

    def add(self, columns: Columns) -> None:
        for row in zip(*(columns[name] for name in self._names), strict=True):
            self._writer.writerow([_cell(value) for value in row])


def _cell(value: Any) -> Any:
    """A value as a CSV cell that no spreadsheet program takes for a formula."""
    if isinstance(value, list):
        value = " ".join(value)
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
