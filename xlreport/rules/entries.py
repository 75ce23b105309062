"""Files of entries that people write: a schema, and an array of tables whose keys and types are known. Strict."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlreport.errors import DataError

LONGEST = 2_000
"""Characters of a text in an entry."""


def entries(
    content: bytes, schema: str, name: str, keys: Mapping[str, type | tuple[type, ...]]
) -> list[dict[str, Any]]:
    """The tables `[[name]]` of a TOML file that begins with `schema = "..."`; `keys` are all that an entry may have.

    Fractions come as Decimal. Raises DataError, whose sentence names the entry and the key.
    """
    import tomllib

    try:
        data = tomllib.loads(content.decode("utf-8-sig"), parse_float=Decimal)
    except UnicodeDecodeError:
        raise DataError("entries.not_utf8") from None
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise DataError("entries.not_toml", reason=" ".join(str(error).split())[:80]) from None
    if data.get("schema") != schema:
        raise DataError("data.schema", where="schema", expected=schema)
    for key in data:
        if key not in ("schema", name):
            raise DataError("data.unknown", where=key)
    found = data.get(name, [])
    if not isinstance(found, list) or not all(isinstance(entry, dict) for entry in found):
        raise DataError("entries.list", name=name)
    for number, entry in enumerate(found, 1):
        for key, value in entry.items():
            where = f"{name}[{number}].{key}"
            if key not in keys:
                raise DataError("data.unknown", where=where)
            _typed(value, keys[key], where)
    return found


def require(entry: Mapping[str, Any], where: str, *keys: str) -> None:
    """Raises DataError when the entry lacks one of the keys, or has an empty text for it."""
    for key in keys:
        if key not in entry or entry[key] == "":
            raise DataError("data.missing", where=f"{where}.{key}")


def _typed(value: object, wanted: type | tuple[type, ...], where: str) -> None:
    types = wanted if isinstance(wanted, tuple) else (wanted,)
    ambiguous = (isinstance(value, bool) and bool not in types) or (
        isinstance(value, datetime) and datetime not in types
    )
    if ambiguous or not isinstance(value, types):
        raise DataError(f"entries.{_NAMES[types[0]]}", where=where)
    if isinstance(value, str) and len(value) > LONGEST:
        raise DataError("data.long", where=where, length=len(value), limit=LONGEST)
    if isinstance(value, Decimal) and not value.is_finite():
        raise DataError("data.infinite", text=str(value))


_NAMES: Mapping[type, str] = {str: "text", date: "date", list: "array", int: "value", bool: "flag"}
