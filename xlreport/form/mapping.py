"""What of one form is the same thing in another, as data: `2019-2021.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from xlreport.form.load import FORMS, load_form
from xlreport.toml import read_toml


@cache
def mapping(old: str, new: str) -> Mapping[str, str]:
    """Inputs of form `old`, each with the input of form `new` that is the same thing.

    Raises KeyError where there is no such mapping.
    """
    name = f"{old}-{new}.toml"
    if {old, new} - set(FORMS) or not Path(__file__).with_name(name).is_file():
        raise KeyError(name)
    data = read_toml(Path(__file__).with_name(name))
    inputs = load_form(old).inputs
    pairs = [(cell, cell) for pattern in data["same"] for cell in _like(pattern, inputs)]
    for pattern, target in data["moved"].items():
        pairs += [(cell, target.replace("*", cell.rpartition(".")[2])) for cell in _like(pattern, inputs)]
    return MappingProxyType(dict(pairs))


def _like(pattern: str, cells: Iterable[str]) -> Iterator[str]:
    wanted = pattern.split(".")
    for cell in cells:
        parts = cell.split(".")
        if len(parts) == len(wanted) and all(w in ("*", p) for w, p in zip(wanted, parts, strict=True)):
            yield cell
