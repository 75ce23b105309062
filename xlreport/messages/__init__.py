"""The catalogue of every sentence a user reads, in Chinese (`zh/`) and English (`en/`).

A key is `file.name`, or `file.group.name`: `say("report.type", "zh", where="figures")` fills the sentence `type` of
`zh/report.toml`. A file is read when its first sentence is asked for.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from xlreport.toml import read_toml

LANGUAGES = ("zh", "en")
JOINTS = {"zh": "；", "en": "; "}
_COMMAS = {"zh": "、", "en": ", "}


class Names(tuple[str, ...]):
    """Names in a row: as a value they are told as the language of the sentence tells them."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A part of a sentence, itself of the catalogue: as a value it is said in the language of its sentence."""

    key: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def tell(self, language: str = "zh") -> str:
        """It alone, in `language`."""
        return say(self.key, language, **self.values)


@cache
def _load(language: str, name: str) -> dict[str, Any]:
    path = Path(__file__).with_name(language) / f"{name}.toml"
    return read_toml(path)


def preferred() -> str:
    """The language that XLREPORT_LANG asks for, or Chinese."""
    language = os.environ.get("XLREPORT_LANG", "zh")
    return language if language in LANGUAGES else "zh"


def say(key: str, language: str = "zh", /, **values: object) -> str:
    """The sentence of `key` in `language`, its {placeholders} filled; a value may be a Phrase, or a tuple of them.

    Raises KeyError for a key the catalogue does not have: that is a mistake in the program.
    """
    name, *parts = key.split(".")
    found: Any = _load(language, name)
    for part in parts:
        found = found[part]
    if not isinstance(found, str):
        raise KeyError(key)
    return found.format_map({name: _said(value, language) for name, value in values.items()})


def sentences(name: str, language: str) -> dict[str, str]:
    """The sentences of one flat file of the catalogue, unfilled: for a program that cannot import us."""
    return {key: str(sentence) for key, sentence in _load(language, name).items()}


def _said(value: object, language: str) -> object:
    if isinstance(value, Phrase):
        return value.tell(language)
    if isinstance(value, Names):
        return _COMMAS[language].join(value)
    if isinstance(value, tuple):
        return JOINTS[language].join(str(_said(item, language)) for item in value)
    return value


def translated(sentence: str, language: str) -> str:
    """An English sentence of the standard library's argparse in `language`; itself where the catalogue has none."""
    found = _load(language, "argparse").get(sentence, sentence)
    return str(found)
