"""Report data, `xlreport/report/1`: a Report as JSON, in and out, strictly.

An unknown key, a wrong type or an id of another form raises DataError, whose sentence names it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from xlreport.errors import DataError
from xlreport.finding import plain
from xlreport.form import FORMS, Form, load_form
from xlreport.form.weigh import Number
from xlreport.report import NOT_APPLICABLE, Report

SCHEMA = "xlreport/report/1"
LONGEST = 32_767
"""Characters that a cell of a workbook can hold."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
_KEYS = {"schema", "form", "agency", "year", "figures", "text", "headings", "kind", "contact", "facts", "last_year"}
_REQUIRED = ("schema", "form", "agency", "year", "figures")


def parse_report(source: str | bytes) -> Report:
    """A Report from JSON text (UTF-8). Raises DataError."""
    return report_from(decode(source))


def decode(source: str | bytes) -> object:
    """The values of JSON text (UTF-8), fractions as Decimal, no key twice. Raises DataError."""
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source
        data: object = json.loads(
            text, parse_float=_decimal, parse_int=_integer, parse_constant=_constant, object_pairs_hook=_object
        )
    except UnicodeDecodeError:
        raise DataError("data.not_utf8") from None
    except json.JSONDecodeError as error:
        raise DataError("data.not_json", line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise DataError("data.too_deep") from None
    return data


def report_from(data: object) -> Report:
    """A Report from decoded JSON whose fractions are Decimal. Raises DataError."""
    return _report(_mapping(data, ""), "")


def dump_report(report: Report) -> str:
    """The JSON text of a Report: keys in the form's order, two spaces, a final newline."""
    return json.dumps(report_to(report), ensure_ascii=False, indent=1) + "\n"


def report_to(report: Report) -> dict[str, Any]:
    """The same as plain values. `text` is the final text where there is one, else the draft."""
    form = report.statute
    words = report.words
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "form": report.form,
        "agency": report.agency,
        "year": report.year,
        "figures": {cell: plain(report.figures.get(cell)) for cell in form.figures},
        "text": {key: words[key] for key in form.text_keys if key in words},
    }
    if report.headings:
        data["headings"] = dict(report.headings)
    if report.kind:
        data["kind"] = report.kind
    if report.contact:
        data["contact"] = report.contact
    if report.facts:
        data["facts"] = {k: v if isinstance(v, str) else plain(v) for k, v in report.facts.items()}
    if report.last_year:
        data["last_year"] = report_to(report.last_year)
    return data


def _report(data: Mapping[str, object], where: str) -> Report:
    _only(data, _KEYS, where)
    for key in _REQUIRED:
        if key not in data:
            raise DataError("data.missing", where=where + key)
    if data["schema"] != SCHEMA:
        raise DataError("data.schema", where=where + "schema", expected=SCHEMA)
    if data["form"] not in FORMS:
        raise DataError("data.form", where=where + "form", forms="、".join(FORMS))
    form = load_form(str(data["form"]))
    last_year = data.get("last_year")
    return Report(
        form=form.id,
        agency=one_line(data["agency"], where + "agency") if data["agency"] != "" else "",
        year=None if data["year"] is None else report_year(data["year"], where + "year"),
        figures=_figures(data["figures"], form, where + "figures"),
        text=_texts(data.get("text"), form.text_keys, where + "text"),
        headings=_texts(data.get("headings"), tuple(s.id for s in form.sections), where + "headings"),
        kind=_kind(data.get("kind"), form, where + "kind"),
        contact=None if data.get("contact") is None else _text(data["contact"], where + "contact") or None,
        facts=_facts(data.get("facts"), form, where + "facts"),
        last_year=None if last_year is None else _report(_mapping(last_year, where + "last_year"), "last_year."),
    )


def _figures(value: object, form: Form, where: str) -> Mapping[str, Number]:
    given = _mapping(value, where)
    for key in given:
        if key not in form.figures:
            raise DataError("data.figure", where=f"{where}.{key}", form=form.id)
    return MappingProxyType(
        {id_: _number(given[id_], f"{where}.{id_}") for id_ in form.figures if given.get(id_) is not None}
    )


def _texts(value: object, keys: tuple[str, ...], where: str) -> Mapping[str, str]:
    given = _mapping({} if value is None else value, where)
    _only(given, set(keys), where + ".")
    texts = {key: _text(given[key], f"{where}.{key}") for key in keys if given.get(key) is not None}
    return MappingProxyType({key: text for key, text in texts.items() if text.strip()})


def _facts(value: object, form: Form, where: str) -> Mapping[str, Number | str]:
    given = _mapping({} if value is None else value, where)
    _only(given, set(form.facts), where + ".")
    facts: dict[str, Number | str] = {}
    for key, fact in form.facts.items():
        answer = given.get(key)
        here = f"{where}.{key}"
        if answer is None or answer == "":
            continue
        if answer == NOT_APPLICABLE:
            facts[key] = NOT_APPLICABLE
        elif fact.kind in ("count", "amount"):
            facts[key] = number = _number(answer, here)
            if number < 0 or (fact.kind == "count" and number != int(number)):
                raise DataError("data.fact_number", where=here)
        else:
            facts[key] = text = _text(answer, here)
            if fact.kind == "choice" and not fact.many and text not in fact.options:
                raise DataError("data.choice", where=here, options="、".join(fact.options))
    return MappingProxyType(facts)


def _kind(value: object, form: Form, where: str) -> str | None:
    offices = [office.id for office in form.offices]
    if value is not None and value not in offices:
        raise DataError("data.kind", where=where, kinds="、".join(offices))
    return None if value is None else str(value)


def _only(data: Mapping[str, object], allowed: set[str], where: str) -> None:
    for key in data:
        if key not in allowed:
            raise DataError("data.unknown", where=where + key)


def _mapping(value: object, where: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise DataError("data.object", where=where) if where else DataError("data.top")
    return value


def _number(value: object, where: str) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise DataError("data.number", where=where)
    return value


def _text(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise DataError("data.text", where=where)
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if found := _UNPRINTABLE.search(text):
        raise DataError("data.control", where=where, code=f"U+{ord(found[0]):04X}")
    if len(text) > LONGEST:
        raise DataError("data.long", where=where, length=len(text), limit=LONGEST)
    return text


def one_line(value: object, where: str) -> str:
    """A line of text that is not empty, stripped. Raises DataError, which names `where`."""
    text = _text(value, where).strip()
    if not text or "\n" in text:
        raise DataError("data.line", where=where)
    return text


def report_year(value: object, where: str) -> int:
    """A reporting year: the regulation is in force since 2008. Raises DataError, which names `where`."""
    if isinstance(value, bool) or not isinstance(value, int) or not 2008 <= value <= 2100:
        raise DataError("data.year", where=where)
    return value


def _decimal(text: str) -> Number:
    number = Decimal(repr(float(text)))  # what a cell of a workbook can hold
    if not number.is_finite():
        raise DataError("data.huge", text=text if len(text) <= 20 else f"{text[:20]}…")
    if number != Decimal(text):
        raise DataError("data.digits", text=text[:30])
    return int(number) if number == number.to_integral_value() and abs(number) < 10**15 else number


def _integer(text: str) -> Number:
    return int(text) if len(text) <= 15 else _decimal(text)


def _constant(text: str) -> Callable[[], None]:
    raise DataError("data.infinite", text=text)


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    data = dict(pairs)
    if len(data) != len(pairs):
        keys = [key for key, _ in pairs]
        raise DataError("data.twice", where=next(key for key in keys if keys.count(key) > 1))
    return data
